//! Finds the words in a quote that tell its voice, for answers whose author gave none: *the mayor said*, *reportedly*.
//!
//! A hedge may be beside the quote, too, if it governs the quote. Reported speech beside a quote is found in `speech`.

use std::ops::Range;

use sourcewise_quotes::SegmentedDocument;
use unicode_segmentation::UnicodeSegmentation;

use super::passages_of;
use super::speech::{
    MAX_WORDS_TO_CUE, REPORTING_FORMS, cues_by_list, governs, is_german_preposition, phrases_in, speech_cues,
};
use super::words::{is_term, lower, words};
use crate::Voice;
use crate::attribution::{attribution_alone, is_supported_language};
use crate::lexicons::{ContextWords, english};

/// Hedges that are ignored here, because they express permission or ability as often as doubt: *visitors may swim*.
const AMBIGUOUS_MODALS: [&str; 3] = ["could", "may", "might"];
/// In German, a verb of speech in the quote is a cue if one of these words begins the clause after it, or if the clause
/// has one of the [`REPORTING_FORMS`] or comes after a colon or quotation mark.
const CLAUSE_STARTS: [&str; 3] = ["dass", "ob", "wie"];

/// Words that tell the voice of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceWords {
    /// Never [`Voice::Own`], and never [`Voice::Forecast`]: what a source announces is often its own statement.
    pub voice: Voice,
    /// Byte range of the words in the document.
    pub words: Range<usize>,
}

/// Finds words that tell the voice of the quote at the byte range `quote` of the document: reported speech in the
/// quote, or else a hedge in it or beside it. `None` in other languages than English and German, for a quote that is
/// only a name, a term or a figure, and in doubt.
pub fn voice_words(document: &SegmentedDocument, quote: &Range<usize>) -> Option<VoiceWords> {
    let lists = ContextWords::of(document.language())?;
    let text = document.text();
    let (first, last) = passages_of(document, quote);
    let passages = document.passages().get(first..=last)?;
    if is_term(&text[quote.clone()]) {
        return None;
    }
    let is_inside = |cue: &Range<usize>| quote.start <= cue.start && cue.end <= quote.end;
    let attributed = if is_supported_language(lists.language()) {
        (first..=last).find_map(|index| {
            let attribution = attribution_alone(document, index);
            let is_claim = |cue: &Range<usize>| lists.reports.contains(lower(&text[cue.clone()]).as_str());
            let mut cues = speech_cues(text, &attribution, lists).iter();
            cues.find(|cue| is_inside(cue) && is_claim(cue)).cloned()
        })
    } else {
        cues_by_list(text, quote, lists).into_iter().find(|cue| is_report(text, cue, quote))
    };
    let hedges = || {
        let sentence = passages.first()?.range.start..passages.last()?.range.end;
        let hedges = phrases_in(text, &sentence, |phrase| is_hedge(phrase, lists));
        hedges.into_iter().find(|cue| is_inside(cue) || is_beside(text, cue, quote, lists))
    };
    let found = |voice: Voice| move |words| VoiceWords { voice, words };
    attributed.map(found(Voice::Attributed)).or_else(|| hedges().map(found(Voice::Hedged)))
}

fn is_hedge(phrase: &str, lists: &ContextWords) -> bool {
    let is_english = is_supported_language(lists.language());
    let is_in_english = || english().hedged.contains(phrase) && !AMBIGUOUS_MODALS.contains(&phrase);
    lists.hedges.contains(phrase) || is_english && is_in_english()
}

/// Whether a hedge governs a quote beside it, with few words between. A comma after the hedge doesn't separate them:
/// *Reportedly, …*.
fn is_beside(text: &str, hedge: &Range<usize>, quote: &Range<usize>, lists: &ContextWords) -> bool {
    let comma = usize::from(text[hedge.end..].starts_with(','));
    let between = text.get(hedge.end + comma..quote.start).or_else(|| text.get(quote.end..hedge.start));
    let is_near = between.is_some_and(|between| between.unicode_words().count() <= MAX_WORDS_TO_CUE);
    is_near && governs(text, &(hedge.start..hedge.end + comma), quote, lists, false)
}

/// Whether a German phrase from the list `reports` reports the words around it in the quote: it is no verb (*laut*), or
/// it follows them (*…, sagte die Müllerin*), or a clause of reported speech follows it.
fn is_report(text: &str, cue: &Range<usize>, quote: &Range<usize>) -> bool {
    let phrase = lower(&text[cue.clone()]);
    let is_preposition = is_german_preposition(&phrase);
    let follows = text[quote.start..cue.start].trim_end().ends_with([',', '“', '”', '"', '«']);
    if is_preposition || follows {
        return true;
    }
    let after = &text[cue.end..quote.end];
    let Some(mark) = after.find([',', ':', '„', '"', '»']) else { return false };
    let clause = words(text, cue.end + mark..quote.end);
    let starts_clause = clause.first().is_some_and(|word| CLAUSE_STARTS.contains(&word.lower.as_str()));
    let is_reported = clause.iter().any(|word| REPORTING_FORMS.contains(&word.lower.as_str()));
    let is_clause = !after[mark..].starts_with(',') && !clause.is_empty() || starts_clause || is_reported;
    is_clause && after[..mark].unicode_words().count() <= MAX_WORDS_TO_CUE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(language: &str, text: &str, quote: &str) -> Option<(Voice, String)> {
        let document = SegmentedDocument::of(text.into(), &[], Some(language), language);
        let start = text.find(quote).expect("the quote is in the text");
        let found = voice_words(&document, &(start..start + quote.len()))?;
        Some((found.voice, text[found.words].to_owned()))
    }

    #[test]
    fn words_of_speech_and_doubt_in_a_quote_tell_its_voice() {
        for (language, text, voice, words) in [
            ("en", "The mayor said the pool was safe to swim in.", Voice::Attributed, "said"),
            ("en", "The pool was safe, the mayor said on Monday.", Voice::Attributed, "said"),
            ("en", "According to the mayor, the pool was safe.", Voice::Attributed, "According to"),
            ("en", "The owner denied that the pool was closed.", Voice::Attributed, "denied"),
            ("en", "The pool was reportedly closed for a week.", Voice::Hedged, "reportedly"),
            ("en", "The pool may have been closed for a week.", Voice::Hedged, "may have"),
            ("de", "Angeblich war das Becken sauber.", Voice::Hedged, "Angeblich"),
            ("de", "Die Müllerin sagte am Montag, das Becken sei sauber.", Voice::Attributed, "sagte"),
            ("de", "Die Müllerin sagte, dass das Becken sauber war.", Voice::Attributed, "sagte"),
            ("de", "Das Becken war sauber, sagte die Müllerin.", Voice::Attributed, "sagte"),
            ("de", "Laut der Müllerin war das Becken sauber.", Voice::Attributed, "Laut"),
        ] {
            let quote = text.trim_end_matches('.');
            assert_eq!(found(language, text, quote), Some((voice, words.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_hedge_beside_a_quote_counts_if_it_governs_the_quote() {
        let text = "Reportedly, the pool was closed; the hall stayed open.";
        assert_eq!(found("en", text, "the pool was closed"), Some((Voice::Hedged, "Reportedly".to_owned())));
        let text = "The pool was reportedly closed for a week; the hall stayed open.";
        assert_eq!(found("en", text, "closed for a week"), Some((Voice::Hedged, "reportedly".to_owned())));
        assert_eq!(found("en", text, "the hall stayed open"), None);
    }

    #[test]
    fn the_sources_own_statements_have_no_such_words() {
        for (language, text) in [
            ("en", "We said the pool was safe to swim in."),
            ("en", "Visitors may swim until noon."),
            ("en", "The pool could hold two hundred people."),
            ("en", "The mayor spoke to the swimmers on Monday."),
            ("en", "The mayor ordered the swimmers to leave."),
            ("de", "Das Fest fand am Montag statt, die Müllerin kam zu spät."),
            ("de", "Die Müllerin erklärte den Kindern die Mühle."),
            ("de", "Das Becken ist seit Montag sauber."),
        ] {
            assert_eq!(found(language, text, text.trim_end_matches('.')), None, "{text}");
        }
    }
}
