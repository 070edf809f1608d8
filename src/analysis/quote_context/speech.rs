//! Finds reported speech: the quote is given as the source's own statement, but the source says that someone else said
//! it.

use std::ops::Range;

use sourcewise_quotes::SegmentedDocument;
use unicode_segmentation::UnicodeSegmentation;

use super::words::{
    MAX_PHRASE_WORDS, Word, has_mark, is_quotation_mark, lower, phrase, phrase_at, range_of,
    without_parentheses, words, words_and_gap,
};
use super::{FoundTurn, TurnKind};
use crate::attribution::{Attribution, CueClass, attribution_alone, is_supported_language};
use crate::lexicons::ContextWords;

/// A cue after a quote is at most this many words away from it: *…, the mayor of Ford said*.
pub(super) const MAX_WORDS_TO_CUE: usize = 5;

/// First words of clauses that commas usually set off: *as the mayor says, …*.
const ASIDES: [&str; 3] = ["as", "so", "wie"];
/// German phrases that report the words around them, without a clause that depends on the phrase. So do phrases
/// that begin with *nach*, which are not listed here.
const NO_VERBS: [&str; 4] = ["es heißt", "es hieß", "laut", "zufolge"];
/// Forms of verbs (subjunctive) by which German marks reported speech, also without *dass*.
pub(super) const REPORTING_FORMS: [&str; 20] = [
    "dürfe", "dürften", "gebe", "gehe", "habe", "hätte", "hätten", "könne", "könnten", "müsse", "müssten",
    "sei", "seien", "solle", "wäre", "wären", "werde", "wolle", "würde", "würden",
];

/// Finds a cue of reported speech that governs the quote, whose sentence begins with the passage at `index`. `sentence`
/// is the part of it that is near the quote.
pub(super) fn reported(
    document: &SegmentedDocument,
    index: usize,
    sentence: &Range<usize>,
    quote: &Range<usize>,
    lists: &ContextWords,
) -> Option<FoundTurn> {
    let text = document.text();
    let cues = if is_supported_language(lists.language()) {
        cues_by_rule(text, &attribution_alone(document, index), lists)
    } else {
        let listed = |phrase: &str| lists.reports.contains(phrase) || lists.beliefs.contains(phrase);
        let cues = phrases_in(text, sentence, listed).into_iter();
        cues.filter(|cue| !is_noun(text, cue, sentence) && !is_own_verb(text, cue, sentence, lists)).collect()
    };
    let is_aside = |cue: &Range<usize>| {
        let words = words(text, sentence.start..cue.start);
        let clause = words.iter().rposition(|word| word.gap.has_mark()).unwrap_or(0);
        words.get(clause).is_some_and(|word| ASIDES.contains(&word.lower.as_str()))
    };
    let mut cues = cues.into_iter().filter(|cue| sentence.start <= cue.start && cue.end <= sentence.end);
    cues.find(|cue| governs(text, cue, quote, lists, is_aside(cue))).map(|cue| (TurnKind::Reported, cue))
}

/// Returns the cues of an attribution that report speech or a belief, unless its speaker is the document itself.
/// Denials are left out: `clause` finds those.
fn cues_by_rule(text: &str, attribution: &Attribution, lists: &ContextWords) -> Vec<Range<usize>> {
    let is_denial = |cue: &Range<usize>| lists.denials.contains(lower(&text[cue.clone()]).as_str());
    let is_belief = |cue: &Range<usize>| {
        let end = text[cue.start..].find('\n').map_or(text.len(), |end| cue.start + end);
        phrase_at(&words(text, cue.start..end), |phrase| lists.beliefs.contains(phrase)).is_some()
    };
    let is_own = is_own_speaker(text, attribution, lists);
    let beliefs = attribution.cues.iter().filter(|cue| !is_own && is_belief(cue));
    let cues = speech_cues(text, attribution, lists).iter().chain(beliefs);
    cues.filter(|cue| !is_denial(cue)).cloned().collect()
}

/// Returns the cues of an attribution by a verb of speech, a preposition or a noun, unless its speaker is the document
/// itself.
pub(super) fn speech_cues<'a>(
    text: &str,
    attribution: &'a Attribution,
    lists: &ContextWords,
) -> &'a [Range<usize>] {
    let speaks = matches!(attribution.class, Some(CueClass::Speech | CueClass::Preposition | CueClass::Noun));
    if speaks && !is_own_speaker(text, attribution, lists) { &attribution.cues } else { &[] }
}

/// Whether the speaker of an attribution is the document itself: *we*, *our review*, but not *our neighbour*.
fn is_own_speaker(text: &str, attribution: &Attribution, lists: &ContextWords) -> bool {
    attribution.speaker.as_ref().is_some_and(|speaker| is_own(&words(text, speaker.clone()), lists))
}

fn is_own(speaker: &[Word], lists: &ContextWords) -> bool {
    let Some((first, rest)) = speaker.split_first() else { return false };
    let is_work = |word: &Word| lists.own_works.contains(word.lower.as_str());
    lists.own_speakers.contains(first.lower.as_str())
        || lists.own_determiners.contains(first.lower.as_str()) && rest.iter().any(is_work)
}

/// Whether the subject of a German verb is the document itself: it is in the same clause, before the verb or right
/// after it.
fn is_own_verb(text: &str, cue: &Range<usize>, sentence: &Range<usize>, lists: &ContextWords) -> bool {
    let (before, last) = words_and_gap(text, sentence.start..cue.start);
    let clause = before.iter().rposition(|word| word.gap.has_mark()).unwrap_or(0);
    let clause = if last.has_mark() { before.len() } else { clause };
    let after = words(text, cue.end..sentence.end);
    let after = &after[..after.len().min(2)];
    let after = if after.first().is_some_and(|word| word.gap.has_mark()) { &[] } else { after };
    (clause..before.len()).any(|start| is_own(&before[start..], lists)) || is_own(after, lists)
}

/// Whether a German cue is a noun, by its capital: *beim Schreiben*. False at the start of a sentence or
/// quotation, where verbs have a capital, too.
fn is_noun(text: &str, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let (before, last) = words_and_gap(text, sentence.start..cue.start);
    let is_capital = text[cue.clone()].starts_with(char::is_uppercase);
    is_capital && !before.is_empty() && !last.has_mark() && !last.has_quotation_mark
}

/// Returns the cues in a sentence that the list `reports` has, for languages without rules of attribution.
pub(super) fn cues_by_list(text: &str, sentence: &Range<usize>, lists: &ContextWords) -> Vec<Range<usize>> {
    phrases_in(text, sentence, |phrase| lists.reports.contains(phrase))
}

/// Whether a German phrase of reporting needs no clause that depends on it: a preposition (*laut*, *nach*), *es heißt*
/// or *es hieß*.
pub(super) fn is_german_preposition(phrase: &str) -> bool {
    phrase.starts_with("nach ") || NO_VERBS.contains(&phrase)
}

/// Returns the phrases in a range of a text that are listed. `is_listed` gets them in lower case.
pub(super) fn phrases_in(
    text: &str,
    range: &Range<usize>,
    is_listed: impl Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let words = words(text, range.clone());
    let mut found = Vec::new();
    for start in 0..words.len() {
        for length in 1..=MAX_PHRASE_WORDS.min(words.len() - start) {
            let words = &words[start..start + length];
            if is_listed(phrase(words).as_str()) {
                found.push(range_of(words));
            }
        }
    }
    found
}

/// Whether the quote is what the cue reports. Between a cue and a quote after it, the only marks may be those before
/// *that* and those of a parenthesis; directly before the quote also a colon, or a comma where one is usual. Between a
/// quote and a cue after it, there must be a comma or quotation mark, and there may be a few words without punctuation
/// marks. `is_aside` tells whether the cue is in a clause such as *as the mayor says*.
pub(super) fn governs(
    text: &str,
    cue: &Range<usize>,
    quote: &Range<usize>,
    lists: &ContextWords,
    is_aside: bool,
) -> bool {
    if cue.end <= quote.start {
        return governs_after(text, cue, quote, lists, is_aside);
    }
    let Some(between) = text.get(quote.end..cue.start) else { return false };
    let inner = between.trim_start_matches(|c: char| c.is_whitespace() || is_quotation_mark(c) || c == ',');
    let is_separated = between.trim_start().len() > inner.len();
    is_separated && between.unicode_words().count() <= MAX_WORDS_TO_CUE && !has_mark(inner)
}

/// Whether a cue governs a quote after it; see [`governs`].
fn governs_after(
    text: &str,
    cue: &Range<usize>,
    quote: &Range<usize>,
    lists: &ContextWords,
    is_aside: bool,
) -> bool {
    let phrase = lower(&text[cue.clone()]);
    let (words, last) = words_and_gap(text, cue.start..quote.start);
    let (words, last) = without_parentheses(words, last, lists);
    let rest = &words[phrase.unicode_words().count().min(words.len())..];
    let is_german = lists.language() == "de";
    let is_verb = is_german && !is_german_preposition(phrase.trim_end_matches(','));
    let is_clause_start = |word: &Word| lists.clause_starts.contains(word.lower.as_str());
    let has_clause = rest.iter().any(|word| is_clause_start(word) && (word.gap.has_mark() || !is_german));
    let is_indirect = || {
        let quoted = super::words::words(text, quote.clone());
        rest.is_empty() || quoted.iter().any(|word| REPORTING_FORMS.contains(&word.lower.as_str()))
    };
    // After *according to the mayor*, a comma is usual.
    let takes_comma = is_aside
        || phrase.contains(' ')
        || phrase.ends_with(',')
        || last.has_quotation_mark
        || (if is_verb { is_indirect() } else { is_german });
    let is_joined = !last.has_mark() || last.is_colon() || last.is_comma() && takes_comma;
    let mut marked = rest.iter().skip(usize::from(phrase.ends_with(','))).filter(|word| word.gap.has_mark());
    is_joined && marked.all(is_clause_start) && (!is_verb || has_clause || last.has_mark())
}
