//! Finds *turning words*: words beside a quote that reverse or weaken its meaning. They are a negation (*not*), a
//! denial (*denied that*), a condition (*if*), the mark of a question, or, if the quote is given as the source's own
//! statement, reported speech (*the mayor said*). A quote in an earlier message, to which a mail replies, counts as
//! reported speech, too.
//!
//! The rules use word lists (`lexicons/<language>/context_….txt`) and no parser, in English and German. They look only
//! at the sentence of the quote. In doubt, they find nothing. `clause` has the rules for the words before and after the
//! quote, `speech` those for reported speech. `quotes.tsv` has the quotes with which a test measures the rules.
//!
//! `voice_words` finds words *in* a quote that tell its voice: *the mayor said*, *reportedly*.

mod clause;
mod speech;
mod voice_words;

use std::ops::Range;

use sourcewise_quotes::{ParagraphKind, SegmentedDocument};
use unicode_segmentation::UnicodeSegmentation;

use crate::lexicons::ContextWords;
use clause::Clause;
use speech::reported;
pub use voice_words::{VoiceWords, voice_words};

/// A phrase in the word lists has at most this many words.
const MAX_PHRASE_WORDS: usize = 4;
/// A quote that begins with a figure and has at most this many words states nothing by itself.
const MAX_FIGURE_WORDS: usize = 5;
/// A lower-case word of a name, such as *for* or *von*, has at most this many bytes.
const MAX_LINK_BYTES: usize = 3;

/// Words that reverse or weaken the meaning of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurningWords {
    pub kind: TurnKind,
    /// Byte range of the words in the document.
    pub words: Range<usize>,
    /// Byte range of the sentence in the document.
    pub sentence: Range<usize>,
}

/// How turning words change the meaning of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnKind {
    /// *not toxic*
    Negation,
    /// *denied that it is toxic*
    Denial,
    /// *is it toxic?*
    Question,
    /// *if it is toxic*
    Condition,
    /// *the mayor said it is toxic*: the source reports someone else's statement.
    Reported,
    /// The quote is in an earlier message, which a mail quotes.
    QuotedMessage,
}

/// Words that change the meaning of a quote: how they do, and their byte range in the document.
type Found = (TurnKind, Range<usize>);

/// Finds the turning words of the quote at the byte range `quote` of the document. `is_own` tells whether the quote is
/// given as the source's own statement: only then does reported speech count.
pub fn turning_words(
    document: &SegmentedDocument,
    quote: &Range<usize>,
    is_own: bool,
) -> Option<TurningWords> {
    let (text, passages) = (document.text(), document.passages());
    let (first, last) = passages_of(document, quote);
    let sentence = passages.get(first)?.range.start..passages.get(last)?.range.end;
    if is_term(&text[quote.clone()]) {
        return None;
    }
    if is_own && document.kind(&passages[first]) == ParagraphKind::QuotedMessage {
        return Some(TurningWords { kind: TurnKind::QuotedMessage, words: quote.clone(), sentence });
    }
    let lists = ContextWords::of(document.language())?;
    let clause = Clause::of(text, &sentence, quote, lists);
    let found = clause
        .negation()
        .or_else(|| clause.denial())
        .or_else(|| clause.question(text, &sentence, quote))
        .or_else(|| clause.condition())
        .or_else(|| is_own.then(|| reported(document, first, &sentence, quote, lists))?);
    found.map(|(kind, words)| TurningWords { kind, words, sentence })
}

/// Returns the indices of the passages in which a quote begins and ends. There may be no such passages.
fn passages_of(document: &SegmentedDocument, quote: &Range<usize>) -> (usize, usize) {
    let passages = document.passages();
    let first = passages.partition_point(|passage| passage.range.end <= quote.start);
    (first, passages.partition_point(|passage| passage.range.end < quote.end))
}

/// Whether a quote is a name, a term or a figure, which states nothing: *Committee for Quiet Streets*, *3.5 tonnes*.
fn is_term(quote: &str) -> bool {
    let words: Vec<&str> = quote.unicode_words().collect();
    let is_figure = words.len() <= MAX_FIGURE_WORDS && quote.starts_with(|c: char| c.is_numeric());
    let is_named = quote.contains("so-called") || quote.contains("sogenannte");
    let is_name =
        words.iter().all(|word| word.starts_with(char::is_uppercase) || word.len() <= MAX_LINK_BYTES);
    is_figure || is_named || is_name
}

/// A word beside a quote.
struct Word {
    lower: String,
    range: Range<usize>,
    /// Whether a mark that ends a clause separates the word from the one before it.
    after_mark: bool,
}

/// Splits a range of a text into words.
fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    let mut end = range.start;
    let word = |(at, word): (usize, &str)| {
        let at = range.start + at;
        let after_mark = has_mark(&text[end..at]);
        end = at + word.len();
        Word { lower: lower(word), range: at..end, after_mark }
    };
    text[range.clone()].unicode_word_indices().map(word).collect()
}

/// Joins the words to one phrase in lower case.
fn phrase(words: &[Word]) -> String {
    words.iter().map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ")
}

fn lower(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// Whether the text between two words contains a punctuation mark that ends a clause.
fn has_mark(text: &str) -> bool {
    text.contains([',', ';', ':', '.', '!', '?', '(', ')', '–', '—', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line for each quote: language, verdict (`turned` or not), voice of the answer, the text around the quote, and
    /// the quote. No rule was fitted to them.
    const QUOTES: &str = include_str!("quotes.tsv");
    const MIN_PRECISION_PERCENT: usize = 90;
    const MIN_RECALL_PERCENT: usize = 60;

    fn check(language: &str, voice: &str, text: &str, quote: &str) -> Option<TurningWords> {
        let document = SegmentedDocument::of(text.into(), &[], Some(language), language);
        let start = text.find(quote).expect("the quote is in the text");
        turning_words(&document, &(start..start + quote.len()), voice == "own")
    }

    #[test]
    fn turned_quotes_are_found_with_the_required_precision() {
        let (mut right, mut wrong, mut missed) = (0_usize, 0_usize, 0_usize);
        for line in QUOTES.lines() {
            let [language, verdict, voice, text, quote] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("five columns: {line}");
            };
            match (check(language, voice, text, quote), verdict) {
                (Some(_), "turned") => right += 1,
                (Some(_), _) => wrong += 1,
                (None, "turned") => missed += 1,
                (None, _) => {}
            }
        }
        let figures = format!("{right} right, {wrong} wrong, {missed} missed");
        assert!(right * 100 >= (right + wrong) * MIN_PRECISION_PERCENT, "{figures}");
        assert!(right * 100 >= (right + missed) * MIN_RECALL_PERCENT, "{figures}");
    }
}
