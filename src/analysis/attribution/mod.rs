//! How each sentence of a document says what it says: in the document's own voice, put to somebody, at a distance, or
//! as what is to come; by which words that is known, and to whom it is put.
//!
//! By rule, English only, and without a parser. `tokens` cuts, `quoted` knows quotations; `verbs`, `grammar` and `cues`
//! hold the words. `complement` tells what follows a verb, `group` what stands before it, `phrase` where a noun phrase
//! ends, `speaker` which one is the subject, `forms` whether a verb is one there; `idioms` and `nouns` know the cues
//! that are no verbs; `evidence` puts that together, `speech` what a sentence has from the one before. Where the
//! rules are unsure, the voice is the document's own.

mod attribution_cues;
mod complement;
mod cue;
mod grammar;
mod idioms;
mod noun_phrase;
mod nouns;
mod quotations;
mod speaker;
mod speech;
mod subject;
mod tokens;
mod verb_group;
mod verbs;
mod voice_phrases;

use std::ops::Range;

use sourcewise_quotes::{Kind, SegmentedDocument, primary};

pub use verbs::CueClass;
pub use voice_phrases::{find_cues, split_at_cues};

use crate::Voice;
use attribution_cues::attribution_cues;
use cue::AttributionCue;
use speech::QuotationShape;
use tokens::{Token, tokens};

/// How a sentence says what it says, and by which words that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The voice.
    pub voice: Voice,
    /// To whom it is put: bytes in the document's text.
    pub speaker: Option<Range<usize>>,
    /// The words by which the voice is known, in order, apart: bytes in the document's text, all in the sentence.
    pub cues: Vec<Range<usize>>,
    /// What kind of cue puts it to somebody, if one does.
    pub class: Option<CueClass>,
}

impl Attribution {
    fn own() -> Self {
        Self { voice: Voice::Own, speaker: None, cues: Vec::new(), class: None }
    }
}

/// Whether the rules know a language, by its BCP 47 tag; in others every passage speaks in the document's own voice, which
/// says nothing.
pub fn is_supported_language(language: &str) -> bool {
    primary(language) == "en"
}

/// True for words that stand for somebody whom a passage alone does not name.
pub fn is_pronoun(name: &str) -> bool {
    let known = [
        "he", "she", "it", "they", "who", "which", "one", "some", "many", "others", "this", "that", "these",
        "those",
    ];
    known.contains(&name.to_lowercase().as_str())
}

/// What is known of every passage of a document, in the order of `document.passages()`.
pub fn attributions(document: &SegmentedDocument) -> Vec<Attribution> {
    let passages = document.passages();
    if !is_supported_language(document.language()) {
        return vec![Attribution::own(); passages.len()];
    }
    let text = document.text();
    let lower = text.to_ascii_lowercase();
    let quotes = quotations::quotations(text, document.paragraphs().iter().map(|paragraph| &paragraph.range));
    let mut said: Vec<Attribution> = Vec::with_capacity(passages.len());
    let mut shapes = Vec::with_capacity(passages.len());
    let mut paragraph = 0;
    for passage in passages {
        let begins = std::mem::replace(&mut paragraph, passage.paragraph) != passage.paragraph;
        let (one, shape) = match document.kind(passage) {
            Kind::Heading | Kind::Boilerplate => (Attribution::own(), QuotationShape::default()),
            Kind::Text | Kind::Item => {
                let tokens = tokens(text, &lower, passage.range.clone(), &quotes);
                (attribution(text, &lower, &tokens, begins), QuotationShape::of(passage.paragraph, &tokens))
            }
        };
        said.push(one);
        shapes.push(shape);
    }
    speech::continue_speech(&mut said, &shapes);
    said
}

/// *The miller, who*: the miller.
fn without_relative(tokens: &[Token<'_>], speaker: &Range<usize>) -> Range<usize> {
    let last =
        tokens.get(speaker.end - 1).is_some_and(|token| matches!(token.lower, "who" | "which" | "that"));
    let mut end = speaker.end - usize::from(last && speaker.len() > 1);
    while end > speaker.start + 1 && tokens.get(end - 1).is_some_and(|token| !token.is_word()) {
        end -= 1;
    }
    speaker.start..if last { end } else { speaker.end }
}

/// What is known of one sentence by itself. Only one that `begins` a paragraph has a speaker before a colon.
fn attribution(text: &str, lower: &str, tokens: &[Token<'_>], begins: bool) -> Attribution {
    let mut found = attribution_cues(tokens);
    if let Some((name, colon)) = Some(tokens).filter(|_| begins).and_then(speech::transcript) {
        found = vec![AttributionCue {
            class: CueClass::Quotation,
            cue: colon,
            whole_sentence: true,
            speaker: Some(name),
        }];
    }
    // Who is named goes before nobody, and who says all of it before who says a part.
    let best = found
        .iter()
        .min_by_key(|one| (one.speaker.is_none(), !one.whole_sentence, one.class == CueClass::Noun));
    if let Some(best) = best {
        let bytes = |range: &Range<usize>| tokens[range.start].range.start..tokens[range.end - 1].range.end;
        let cues = voice_phrases::merge_adjacent(text, found.iter().map(|one| bytes(&one.cue)));
        let speaker = best.speaker.as_ref().map(|speaker| bytes(&without_relative(tokens, speaker)));
        return Attribution { voice: Voice::Attributed, speaker, cues, class: Some(best.class) };
    }
    let unquoted = tokens.iter().filter(|token| token.is_word() && !token.quoted);
    let starts: Vec<usize> = unquoted.map(|token| token.range.start).collect();
    match voice_phrases::hedge_or_forecast(text, lower, &starts) {
        Some((voice, cues)) => Attribution { voice, speaker: None, cues, class: None },
        None => Attribution::own(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Voice, speaker and cues of every sentence of a text.
    fn heard(text: &str) -> Vec<(Voice, String, Vec<String>)> {
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let words = |range: &Range<usize>| document.text()[range.clone()].to_owned();
        let one = |said: &Attribution| {
            let to = said.speaker.as_ref().map(words).unwrap_or_default();
            (said.voice, to, said.cues.iter().map(words).collect())
        };
        attributions(&document).iter().map(one).collect()
    }

    fn heard_as(text: &str, voice: Voice, to: &str, cues: &[&str]) {
        let cues: Vec<String> = cues.iter().map(|cue| (*cue).to_owned()).collect();
        assert_eq!(heard(text), [(voice, to.to_owned(), cues)], "{text}");
    }

    #[test]
    fn who_is_named_goes_before_a_hedge_and_a_hedge_before_a_forecast() {
        heard_as("The mill burnt down on Friday.", Voice::Own, "", &[]);
        heard_as("The mill reportedly burnt.", Voice::Hedged, "", &["reportedly"]);
        heard_as("The mill is said to be haunted.", Voice::Hedged, "", &["is said to"]);
        heard_as("It may be that it will burn.", Voice::Hedged, "", &["may"]);
        heard_as("The mill will open in May.", Voice::Forecast, "", &["will"]);
        heard_as("Analysts expect the mill will open.", Voice::Attributed, "Analysts", &["expect"]);
        heard_as("It may burn, officials said.", Voice::Attributed, "officials", &["said"]);
    }

    #[test]
    fn months_and_names_and_nouns_are_no_cues() {
        heard_as("In May, Will Lee sold the mill of his own free will.", Voice::Own, "", &[]);
    }

    #[test]
    fn speech_goes_on_with_its_speaker_for_one_long_sentence() {
        let long =
            "“All of the mill burnt to the ground in an hour or so, and nobody could have put it out.”";
        let found = heard(&format!("“It burnt,” said Ann Lee. {long} {long} “It burnt.” It was old."));
        assert_eq!(found[1], (Voice::Attributed, "Ann Lee".to_owned(), vec!["“".to_owned()]));
        let voices: Vec<Voice> = found.into_iter().skip(2).map(|(voice, ..)| voice).collect();
        assert_eq!(voices, [Voice::Own; 3]);
        heard_as("LEE: It was lightning and nothing else.", Voice::Attributed, "LEE", &[":"]);
    }

    #[test]
    fn documents_in_other_languages_speak_for_themselves() {
        let text = "Die Mühle brannte am Freitag ab, said der Müller.";
        let document = SegmentedDocument::of(text.into(), &[], Some("de"), "en");
        assert!(attributions(&document).iter().all(|said| *said == Attribution::own()));
    }

    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "said", "the", "miller", "“", "”", "\"", ",", ".", "who", "that", "to", "by", "(", ")", "Lee", "—", "called", "and", "reports",
        "according", "claim", "has", "'s", "é", "put", "it", "at", "9", ":", "may", "will", "\n", "saying", "’", "''", "whom", "of",
    ];

    proptest! {
        #[test]
        fn every_claim_shows_cues_within_its_sentence(
            words in prop::collection::vec(prop::sample::select(PIECES), 0..30),
            spaced in any::<bool>(),
        ) {
            let text = words.join(if spaced { " " } else { "" });
            let document = SegmentedDocument::of(text.as_str().into(), &[], Some("en"), "en");
            for (passage, said) in document.passages().iter().zip(attributions(&document)) {
                let within = |cue: &Range<usize>| passage.range.start <= cue.start && cue.end <= passage.range.end;
                prop_assert_eq!(said.voice == Voice::Own, said.cues.is_empty());
                prop_assert!(said.cues.iter().all(within));
                prop_assert!(said.cues.windows(2).all(|pair| pair[0].end <= pair[1].start));
                prop_assert!(said.speaker.is_none_or(|to| document.text().get(to).is_some_and(|to| !to.is_empty())));
            }
        }

        #[test]
        fn any_text_is_heard_without_fault(text in "\\PC{0,80}") {
            let document = SegmentedDocument::of(text.as_str().into(), &[], Some("en"), "en");
            prop_assert_eq!(attributions(&document).len(), document.passages().len());
        }
    }
}
