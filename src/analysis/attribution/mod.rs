//! Detects the voice of each sentence (own, attributed, hedged, forecast), the cue words that reveal it, and the
//! speaker.
//!
//! The rules are for English only and use no parser. In doubt, the voice is the document's own.
//!
//! `tokens` splits sentences into words and `quotations` finds quotations. `verbs`, `grammar` and `voice_phrases` hold
//! word classes. `complement` classifies the words after a verb, `verb_group` the auxiliaries before it. `noun_phrase`
//! finds the ends of noun phrases, `subject` the subject of a verb. `speaker` decides whether a form is used as a verb,
//! and who the speaker is. `idioms` and `nouns` find cues that are not verbs, `attribution_cues` collects all cues, and
//! `speech` finds speakers named in the previous sentence.

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

use sourcewise_quotes::{ParagraphKind, SegmentedDocument, primary};

pub use verbs::CueClass;
pub use voice_phrases::{find_cues, split_at_cues};

use crate::Voice;
use attribution_cues::attribution_cues;
use cue::AttributionCue;
use speech::QuotationShape;
use tokens::{Token, tokens};

/// The voice of a sentence, with the speaker and the words from which the voice was detected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    pub voice: Voice,
    /// The person or thing to which the statement is attributed: byte range in the document's text.
    pub speaker: Option<Range<usize>>,
    /// The cue words: byte ranges in the document's text, within the sentence, sorted and disjoint.
    pub cues: Vec<Range<usize>>,
    /// The class of the best cue, which is one with a speaker if possible. `None` unless the voice is `Attributed`.
    pub class: Option<CueClass>,
}

impl Attribution {
    fn own() -> Self {
        Self { voice: Voice::Own, speaker: None, cues: Vec::new(), class: None }
    }

    /// Returns the speaker's name in the document's text; `None` if there is none, or only a pronoun.
    pub fn named_speaker<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.speaker.as_ref().map(|range| &text[range.clone()]).filter(|name| !is_pronoun(name))
    }
}

/// Whether the rules support a language, given as a BCP 47 tag. In other languages, every passage gets the document's
/// own voice, so the voice carries no information there.
pub fn is_supported_language(language: &str) -> bool {
    primary(language) == "en"
}

/// Whether the name of a speaker is only a pronoun of the third person (*she*) or a word such as *many*, and so names
/// no one. Ignores case.
pub fn is_pronoun(name: &str) -> bool {
    let pronouns = [
        "he", "she", "it", "they", "who", "which", "one", "some", "many", "others", "this", "that", "these",
        "those",
    ];
    pronouns.contains(&name.to_lowercase().as_str())
}

/// Returns the attribution of every passage, in the order of `document.passages()`. In an unsupported language, the
/// voice of all is `Own`.
pub fn attributions(document: &SegmentedDocument) -> Vec<Attribution> {
    let passages = document.passages();
    if !is_supported_language(document.language()) {
        return vec![Attribution::own(); passages.len()];
    }
    let reader = PassageReader::of(document, document.paragraphs().iter().map(|paragraph| &paragraph.range));
    let read = (0..passages.len()).map(|index| reader.read(index));
    let (mut result, shapes): (Vec<_>, Vec<_>) = read.unzip();
    speech::continue_speech(&mut result, &shapes);
    result
}

/// Returns the attribution of one passage, given by its index in `document.passages()`. Ignores the passages before it,
/// so a quotation is never attributed to a speaker named there. The document's language must be supported.
pub(crate) fn attribution_alone(document: &SegmentedDocument, index: usize) -> Attribution {
    let paragraph = &document.paragraphs()[document.passages()[index].paragraph - 1];
    PassageReader::of(document, std::iter::once(&paragraph.range)).read(index).0
}

/// Detects the attributions of passages in some paragraphs of a document.
struct PassageReader<'d> {
    document: &'d SegmentedDocument,
    lower: String,
    quotes: Vec<Range<usize>>,
}

impl<'d> PassageReader<'d> {
    fn of(document: &'d SegmentedDocument, paragraphs: impl Iterator<Item = &'d Range<usize>>) -> Self {
        let quotes = quotations::quotations(document.text(), paragraphs);
        Self { document, lower: document.text().to_ascii_lowercase(), quotes }
    }

    /// Returns the attribution of a passage, and how much of it is quoted. Headings and boilerplate are in the
    /// document's own voice.
    fn read(&self, index: usize) -> (Attribution, QuotationShape) {
        let (text, passages) = (self.document.text(), self.document.passages());
        let passage = &passages[index];
        if matches!(self.document.kind(passage), ParagraphKind::Heading | ParagraphKind::Boilerplate) {
            return (Attribution::own(), QuotationShape::default());
        }
        let starts_paragraph = index == 0 || passages[index - 1].paragraph != passage.paragraph;
        let tokens = tokens(text, &self.lower, passage.range.clone(), &self.quotes);
        let attribution = attribution(text, &self.lower, &tokens, starts_paragraph);
        (attribution, QuotationShape::of(passage.paragraph, &tokens))
    }
}

/// Removes a relative pronoun, and the punctuation before it, from the end of a speaker: *the miller, who* becomes *the
/// miller*. A speaker that is only a pronoun stays.
fn without_relative(tokens: &[Token<'_>], speaker: &Range<usize>) -> Range<usize> {
    let last =
        tokens.get(speaker.end - 1).is_some_and(|token| matches!(token.lower, "who" | "which" | "that"));
    let mut end = speaker.end - usize::from(last && speaker.len() > 1);
    while end > speaker.start + 1 && tokens.get(end - 1).is_some_and(|token| !token.is_word()) {
        end -= 1;
    }
    speaker.start..if last { end } else { speaker.end }
}

/// Detects the attribution of one sentence by its own words. Attribution takes precedence over doubt, and doubt over
/// the future. A name before a colon is a speaker only at the start of a paragraph; then all other cues are ignored.
fn attribution(text: &str, lower: &str, tokens: &[Token<'_>], starts_paragraph: bool) -> Attribution {
    let mut found = attribution_cues(tokens);
    if let Some((name, colon)) = Some(tokens).filter(|_| starts_paragraph).and_then(speech::transcript) {
        found = vec![AttributionCue {
            class: CueClass::Quotation,
            cue: colon,
            whole_sentence: true,
            speaker: Some(name),
        }];
    }
    // Prefer cues with a speaker, then cues that cover the whole sentence, then cues other than nouns.
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

    /// Returns the voice, the speaker and the cues of every sentence of a text.
    fn attributions_of(text: &str) -> Vec<(Voice, String, Vec<String>)> {
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let words = |range: &Range<usize>| document.text()[range.clone()].to_owned();
        let one = |said: &Attribution| {
            let to = said.speaker.as_ref().map(words).unwrap_or_default();
            (said.voice, to, said.cues.iter().map(words).collect())
        };
        attributions(&document).iter().map(one).collect()
    }

    fn assert_attribution(text: &str, voice: Voice, to: &str, cues: &[&str]) {
        let cues: Vec<String> = cues.iter().map(|cue| (*cue).to_owned()).collect();
        assert_eq!(attributions_of(text), [(voice, to.to_owned(), cues)], "{text}");
    }

    #[test]
    fn attribution_takes_precedence_over_hedge_over_forecast() {
        assert_attribution("The mill burnt down on Friday.", Voice::Own, "", &[]);
        assert_attribution("The mill reportedly burnt.", Voice::Hedged, "", &["reportedly"]);
        assert_attribution("The mill is said to be haunted.", Voice::Hedged, "", &["is said to"]);
        assert_attribution("It may be that it will burn.", Voice::Hedged, "", &["may"]);
        assert_attribution("The mill will open in May.", Voice::Forecast, "", &["will"]);
        assert_attribution("Analysts expect the mill will open.", Voice::Attributed, "Analysts", &["expect"]);
        assert_attribution("It may burn, officials said.", Voice::Attributed, "officials", &["said"]);
    }

    #[test]
    fn months_names_and_nouns_are_no_cues() {
        assert_attribution("In May, Will Lee sold the mill of his own free will.", Voice::Own, "", &[]);
    }

    #[test]
    fn speech_continues_with_its_speaker_for_one_long_sentence() {
        let long =
            "“All of the mill burnt to the ground in an hour or so, and no one could have put it out.”";
        let found =
            attributions_of(&format!("“It burnt,” said Ann Lee. {long} {long} “It burnt.” It was old."));
        assert_eq!(found[1], (Voice::Attributed, "Ann Lee".to_owned(), vec!["“".to_owned()]));
        let voices: Vec<Voice> = found.into_iter().skip(2).map(|(voice, ..)| voice).collect();
        assert_eq!(voices, [Voice::Own; 3]);
        assert_attribution("LEE: It was lightning and nothing else.", Voice::Attributed, "LEE", &[":"]);
    }

    #[test]
    fn documents_in_other_languages_have_their_own_voice() {
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
        fn every_attribution_has_cues_within_its_sentence(
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
        fn any_text_is_processed_without_panic(text in "\\PC{0,80}") {
            let document = SegmentedDocument::of(text.as_str().into(), &[], Some("en"), "en");
            prop_assert_eq!(attributions(&document).len(), document.passages().len());
        }
    }
}
