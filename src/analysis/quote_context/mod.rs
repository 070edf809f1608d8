//! Finds *turning words*: words beside a quote that reverse or weaken its meaning. These are a negation (*not*), a
//! denial (*denied that*), a condition (*if*), a wish (*hopes to*), the mark of a question, or, if the quote is given
//! as the source's own statement, reported speech (*the mayor said*). A quote in an earlier message, to which a mail
//! replies, or in a comment by a reader, counts as reported speech, too.
//!
//! The rules use word lists (`lexicons/<language>/context_….txt`) and no parser, in English and German. They look only
//! at the sentences that the quote is in. In doubt, they find nothing. `words` splits a sentence into words. `clause`
//! has the rules for negations, denials and questions, `condition`, `wish` and `speech` those for what they are named
//! after. A test measures the rules with the quotes in `quotes.tsv`, `clauses.tsv` and `later.tsv`.
//!
//! `voice_words` finds words that tell the voice of a quote: reported speech *in* the quote (*the mayor said*), or a
//! hedge in it or beside it (*reportedly*).

mod clause;
mod condition;
mod speech;
mod voice_words;
mod wish;
mod words;

use std::ops::Range;

use sourcewise_quotes::{ParagraphKind, SegmentedDocument};

use crate::lexicons::ContextWords;
use clause::Clause;
use condition::condition;
use speech::reported;
pub use voice_words::{VoiceWords, voice_words};
use wish::wish;
use words::is_term;

/// Words of the same sentence are looked at up to this many bytes before and after the quote: a document without full
/// stops is one long sentence.
const MAX_NEAR_BYTES: usize = 2_000;

/// Words that reverse or weaken the meaning of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurningWords {
    pub kind: TurnKind,
    /// Byte range of the words in the document. For `QuotedMessage` and `Comment`, the byte range of the quote itself.
    pub words: Range<usize>,
    /// Byte range of the sentence in the document, or of all sentences that the quote is in.
    pub sentence: Range<usize>,
}

/// How turning words change the meaning of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnKind {
    /// *not toxic*: the source says that what the quote states is not so.
    Negation,
    /// *denied that it is toxic*: someone says that it is not so.
    Denial,
    /// *is it toxic?*: the source asks whether it is so.
    Question,
    /// *if it is toxic*: the quote is, or depends on, a condition.
    Condition,
    /// *hopes to sell*: a wish, a demand, a plan or an attempt, which need not come true.
    Wish,
    /// *the mayor said it is toxic*: the source reports someone else's statement.
    Reported,
    /// The quote is in an earlier message, which a mail quotes. No words beside it are needed.
    QuotedMessage,
    /// The quote is in a comment that a reader of the page wrote. No words beside it are needed.
    Comment,
}

/// Which turning words to look for besides negations, denials, conditions and questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sought {
    /// Reported speech, earlier messages and comments: if the quote is given as the source's own statement.
    pub reports: bool,
    /// Wishes, demands, plans and attempts: if the quote is given as a fact.
    pub wishes: bool,
}

/// Words that change the meaning of a quote: how they do, and their byte range in the document.
type FoundTurn = (TurnKind, Range<usize>);

/// Finds the turning words of the quote at the byte range `quote` of the document. If there are several, an earlier
/// message or comment comes first, then a negation, a denial, a question, a condition, a wish, reported speech. `None`
/// also for a quote that is only a name, a term or a figure. Messages and comments are recognized in every language,
/// words only in English and German.
pub fn turning_words(
    document: &SegmentedDocument,
    quote: &Range<usize>,
    sought: Sought,
) -> Option<TurningWords> {
    let (text, passages) = (document.text(), document.passages());
    let (first, last) = passages_of(document, quote);
    let sentence = passages.get(first)?.range.start..passages.get(last)?.range.end;
    if is_term(&text[quote.clone()]) {
        return None;
    }
    let others = match document.kind(&passages[first]) {
        ParagraphKind::QuotedMessage => Some(TurnKind::QuotedMessage),
        ParagraphKind::Comment => Some(TurnKind::Comment),
        _ => None,
    };
    if let Some(kind) = others.filter(|_| sought.reports) {
        return Some(TurningWords { kind, words: quote.clone(), sentence });
    }
    let lists = ContextWords::of(document.language())?;
    let near = near(text, &sentence, quote);
    let clause = Clause::of(text, &near, quote, lists);
    let found = clause
        .negation()
        .or_else(|| clause.denial())
        .or_else(|| clause.question(text, &sentence, quote))
        .or_else(|| condition(text, &near, quote, lists))
        .or_else(|| sought.wishes.then(|| wish(text, &near, quote, lists))?)
        .or_else(|| sought.reports.then(|| reported(document, first, &near, quote, lists))?);
    found.map(|(kind, words)| TurningWords { kind, words, sentence })
}

/// Returns the part of a sentence that is at most `MAX_NEAR_BYTES` away from the quote.
fn near(text: &str, sentence: &Range<usize>, quote: &Range<usize>) -> Range<usize> {
    let start = text.ceil_char_boundary(quote.start.saturating_sub(MAX_NEAR_BYTES));
    let end = text.floor_char_boundary(quote.end.saturating_add(MAX_NEAR_BYTES));
    start.max(sentence.start)..end.min(sentence.end)
}

/// Returns the indices of the passages in which a quote begins and ends. An index may be too high, if there is no such
/// passage.
fn passages_of(document: &SegmentedDocument, quote: &Range<usize>) -> (usize, usize) {
    let passages = document.passages();
    let first = passages.partition_point(|passage| passage.range.end <= quote.start);
    (first, passages.partition_point(|passage| passage.range.end < quote.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line for each quote: language, verdict (`turned` or `fair`), voice of the answer, the text around the quote
    /// (`\n` is a line end), and the quote. `clauses.tsv` was written before the rules for conditions and wishes,
    /// `later.tsv` after them. No rule was fitted to `quotes.tsv` and `later.tsv`.
    const QUOTES: [(&str, &str); 3] = [
        ("quotes.tsv", include_str!("quotes.tsv")),
        ("clauses.tsv", include_str!("clauses.tsv")),
        ("later.tsv", include_str!("later.tsv")),
    ];
    const MIN_PRECISION_PERCENT: usize = 93;
    const MIN_RECALL_PERCENT: usize = 80;

    fn check(language: &str, voice: &str, text: &str, quote: &str) -> Option<TurningWords> {
        let document = SegmentedDocument::of(text.into(), &[], Some(language), language);
        let start = text.find(quote).expect("the quote is in the text");
        turning_words(
            &document,
            &(start..start + quote.len()),
            Sought { reports: voice == "own", wishes: true },
        )
    }

    /// Checks the figures of one list. If they are too low, the message has them, and the lines that the rules get
    /// wrong.
    fn check_figures(name: &str, lines: &str) {
        let (mut right, mut wrong, mut missed) = (0_usize, Vec::new(), Vec::new());
        for line in lines.lines() {
            let [language, verdict, voice, text, quote] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("five columns: {line}");
            };
            match (check(language, voice, &text.replace("\\n", "\n"), quote), verdict) {
                (Some(_), "turned") => right += 1,
                (Some(_), "fair") => wrong.push(line),
                (None, "turned") => missed.push(line),
                (None, "fair") => {}
                _ => panic!("turned or fair: {line}"),
            }
        }
        let found = right + wrong.len();
        let turned = right + missed.len();
        let figures =
            format!("{name}: {right} of {found} right, {right} of {turned} found\n{wrong:#?}\n{missed:#?}");
        assert!(right * 100 >= found * MIN_PRECISION_PERCENT, "{figures}");
        assert!(right * 100 >= turned * MIN_RECALL_PERCENT, "{figures}");
    }

    #[test]
    fn turned_quotes_are_found_with_the_required_precision() {
        for (name, lines) in QUOTES {
            check_figures(name, lines);
        }
    }

    #[test]
    fn a_term_in_quotation_marks_does_not_interrupt_a_quotation() {
        assert_eq!(check("en", "own", "No. “Wheel” mill burnt.", "mill"), None);
    }

    #[test]
    fn words_far_from_the_quote_in_an_endless_sentence_do_not_count() {
        let far = "The keeper said that the pump ".repeat(200);
        let text = format!("If nobody pays, {far} and so on, the pool will be closed and {far}");
        let sought = Sought { reports: true, wishes: true };
        let document = SegmentedDocument::of(text.as_str().into(), &[], Some("en"), "en");
        let start = text.find("the pool will").expect("the quote is in the text");
        assert_eq!(turning_words(&document, &(start..start + "the pool will be closed".len()), sought), None);
        assert!(
            check("en", "own", "If nobody pays, the pool will be closed.", "the pool will be closed")
                .is_some()
        );
    }
}
