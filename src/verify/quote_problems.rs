//! The problems of quotes: changed in meaning, out of context, not verifiable, too long.
//! `near_problems` has the problem that shows the passage most similar to a quote.

use sourcewise_analysis::Voice;
use sourcewise_analysis::quote_context::TurnKind;
use sourcewise_documents::{LeftOutKind, SetAsideReason};
use sourcewise_quotes::{Apart, Cut, LockedQuote, Refusal};

use super::left_out::QuotedPart;
use crate::files::Span;
use crate::problem::{Code, Problem};
use crate::text::{excerpt, pluralize};

pub(super) fn quote_empty(span: Span) -> Problem {
    Problem::error(
        Code::QuoteEmpty,
        span,
        "this quote contains no words from a document",
        "quote some words of the document, or remove the quote; `…` and `[your own words]` are not enough",
    )
}

pub(super) fn quote_too_long(words: usize, limit: usize, span: Span) -> Problem {
    Problem::error(
        Code::QuoteTooLong,
        span,
        format!("this quote has {words} words, but the limit is {limit}"),
        "quote less and write the rest in your own words, or raise `quote_words` under `[limits]` in `site.toml`",
    )
}

/// A message about two parts of a quote shows at most this many words of each.
const MAX_SHOWN_WORDS: usize = 8;

/// Quotes of a source that has neither a document nor an entry in the lock. `renamed` is the id of another document,
/// without a record, that contains some of the quotes: the record may have been renamed. `span` is the first quote's.
pub(super) fn quotes_without_document(
    source: &str,
    count: usize,
    renamed: Option<&str>,
    span: Span,
) -> Problem {
    let them = if count == 1 { "this quote".to_owned() } else { format!("{count} quotes") };
    let message = format!("{them} can't be verified: the document of `{source}` is missing");
    let help = match renamed {
        Some(other) => format!(
            "if the record was renamed from `{other}`, give the document the same name, or write its file name into the \
             record: `document = \"…\"`"
        ),
        None => format!(
            "put the document into `seeds/` as `{source}.pdf` (or `.txt`, `.html` …), or into `originals/` if it must not be \
             published; if another machine has it, run `sourcewise verify` there and copy `seeds/quotes.lock` here"
        ),
    };
    let problem = Problem::error(Code::QuoteUnproved, span, message, help);
    match renamed {
        Some(other) => {
            problem.note(format!("the document of `{other}` has these words, and `{other}` has no record"))
        }
        None => problem,
    }
}

/// A quote that is not in the lock, of a source without a document. `near` is the most similar quote in the lock.
pub(super) fn quote_not_in_lock(source: &str, near: Option<&LockedQuote>, span: Span) -> Problem {
    let problem = Problem::error(
        Code::QuoteUnproved,
        span,
        format!(
            "this quote can't be verified: the document of `{source}` is missing, and the lock file does not contain the quote"
        ),
        "correct the quote, or run `sourcewise verify` on a machine that has the document (in `originals/`, or with \
         `--originals DIR`) and copy its `seeds/quotes.lock` here",
    );
    let Some(near) = near else { return problem };
    problem.note(format!(
        "the most similar quote in the lock file is “{}”, from paragraph {}",
        near.text, near.paragraph
    ))
}

/// The document's file contains the words of a quote, but they are not in its text: hidden, struck out, or in the
/// header or footer of a page.
pub(super) fn quote_set_aside(source: &str, reason: SetAsideReason, span: Span) -> Problem {
    let (fact, help) = match reason {
        SetAsideReason::Struck => (
            "crosses out words of this quote",
            "crossed-out words are no longer what the document says: quote what remains, or describe the change in your own words",
        ),
        SetAsideReason::Hidden => (
            "hides words of this quote from its readers",
            "quote only what a reader of the document sees: these words are in the file, but invisible",
        ),
        SetAsideReason::PageEdge => (
            "has words of this quote only in the header or footer of a page",
            "quote the text of its pages: a header says what document this is, not what it states",
        ),
    };
    Problem::error(Code::QuoteNotFound, span, format!("the document of `{source}` {fact}"), help)
}

/// The words of a quote are in a part of the document that is not in its text although readers see it.
pub(super) fn quote_left_out(source: &str, part: &QuotedPart<'_>, span: Span) -> Problem {
    let count = pluralize(part.words.split_whitespace().count(), "word");
    let message = format!("these words are in the file of `{source}`, but {}", place_of(part));
    Problem::error(Code::QuoteNotFound, span, message, take_in_help(source, part))
        .note(format!("this part has {count}: “{}”", excerpt(part.words, 0)))
}

/// The note that a left-out part of a document has the words of a quotation, and how to include that part.
pub(super) fn part_note(source: &str, part: &QuotedPart<'_>) -> String {
    format!("they are in the file of `{source}`, {}; {}", place_of(part), take_in_help(source, part))
}

fn place_of(part: &QuotedPart<'_>) -> String {
    let fact = match part.kind {
        LeftOutKind::Navigation => "was taken for navigation",
        LeftOutKind::Teaser => "was taken for links to other pages",
        LeftOutKind::Comments => "was taken for readers' comments",
        LeftOutKind::Other => "seems not to belong to the article",
        LeftOutKind::Excluded => "its record excludes",
    };
    format!("in a part that {fact} ({})", part.place)
}

/// The help for quoting words of a left-out part: how to change `include` or `exclude` in the record. It advises
/// against words that are not of the article's author.
fn take_in_help(source: &str, part: &QuotedPart<'_>) -> String {
    let record = format!("`seeds/{source}.toml`");
    if part.kind == LeftOutKind::Excluded {
        return format!("to quote this part, remove `{}` from `exclude` in {record}", part.name);
    }
    let line = format!("include = {}", include_value(part.include, part.name));
    let edit = if part.include.is_empty() {
        let into = if part.has_record { record } else { format!("a record {record}") };
        format!("write `{line}` into {into}, below its `title`")
    } else {
        format!("change the line with `include` in {record} to `{line}`")
    };
    let of_others = match part.kind {
        LeftOutKind::Comments => "readers wrote this, not its author",
        LeftOutKind::Teaser => "this leads to another one",
        _ => return format!("to include this part, {edit}"),
    };
    format!("quote the article, because {of_others}; if it is part of the article nevertheless, {edit}")
}

/// The value of `include` with one more part: a text if it is the only one, else a list.
fn include_value(include: &[String], name: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let names: Vec<String> = include.iter().map(String::as_str).chain([name]).map(quoted).collect();
    if include.is_empty() { names.concat() } else { format!("[{}]", names.join(", ")) }
}

/// A quote at `place` whose meaning the words `turning` beside it change. `sentence` is the document's, with asterisks
/// around these words. `in_markdown` is true if the quote is in Markdown, where no key can explain it.
pub(super) fn quote_context(
    kind: TurnKind,
    turning: &str,
    place: &str,
    sentence: &str,
    in_markdown: bool,
    span: Span,
) -> Problem {
    let message = match kind {
        TurnKind::Negation => {
            format!("in the document, “{turning}” stands beside these words and negates them")
        }
        TurnKind::Denial => {
            format!("in the document, “{turning}” stands before these words and takes them back")
        }
        TurnKind::Question => "this quote is part of a question in the document".to_owned(),
        TurnKind::Condition => format!("this quote depends on “{turning}” in the document"),
        TurnKind::Wish => format!(
            "in the document, “{turning}” stands before these words: they are a wish, a plan or a demand there"
        ),
        TurnKind::Reported => format!("“{turning}”: the document reports what someone else says"),
        TurnKind::QuotedMessage => {
            "this quote is in an earlier message, to which the document replies".to_owned()
        }
        TurnKind::Comment => "this quote is from a reader's comment, which is part of the document because of the record's `include`".to_owned(),
    };
    let more = match kind {
        TurnKind::Question => "quote the whole question".to_owned(),
        _ => format!("quote “{turning}”, too"),
    };
    let help = match kind {
        TurnKind::Reported | TurnKind::QuotedMessage | TurnKind::Comment => {
            "write `voice = \"attributed\"` and who says so, `to = \"…\"`, or explain in `context = \"…\"` why it is the source's own statement".to_owned()
        }
        _ if in_markdown => format!(
            "{more}, or choose other words; if your own sentence already says what the document's whole sentence says, accept \
             this warning by its id: see `sourcewise help checks`"
        ),
        _ => format!(
            "{more}, and see that position, summary and voice say what the whole sentence says; or explain in \
             `context = \"…\"` why they are right as they are"
        ),
    };
    Problem::warning(Code::QuoteContext, span, message, help)
        .note(format!("the sentence, in {place}: “{sentence}”"))
}

/// A quote that runs over a line end at which the paragraph with the number `paragraph` may end.
pub(super) fn quote_line_end(paragraph: usize, span: Span) -> Problem {
    Problem::warning(
        Code::QuoteLineEnd,
        span,
        "the words of this quote are on two lines, which may be two paragraphs",
        "if the two lines are one sentence, join them in the document; otherwise quote the words of one line",
    )
    .note(format!("the first line is in paragraph {paragraph} of the document"))
}

/// An answer without `voice`, although `words` in or beside its quote show that the source does not state it itself.
pub(super) fn voice_missing(voice: Voice, words: &str, span: Span) -> Problem {
    let (message, help) = match voice {
        Voice::Attributed => (
            format!("“{words}”: the quote reports what someone else says, but the answer has no `voice`"),
            "write `voice = \"attributed\"` and who says so, `to = \"…\"`; or `voice = \"own\"` if the source states \
             this itself",
        ),
        _ => (
            format!("“{words}” expresses doubt, but the answer has no `voice`"),
            "write `voice = \"hedged\"`; or `voice = \"own\"` if the source states this as a fact",
        ),
    };
    Problem::warning(Code::VoiceMissing, span, message, help)
        .note("without `voice`, an answer is the source's own statement")
}

/// The document contains the words of a quote, but the quote changes what they say, or joins words that are apart.
pub(super) fn quote_refused(source: &str, written: &str, refusal: &Refusal, span: Span) -> Problem {
    let (message, help) = match refusal {
        Refusal::Cut(cut, around) => {
            let what = match cut {
                Cut::Word => "cuts off part of a word",
                Cut::Figure => "cuts off part of a number",
                Cut::Compound(_) => "cuts off part of a compound word",
                Cut::Negation => "leaves out a negation",
            };
            (
                format!("this quote {what} in the document of `{source}`"),
                format!("quote it whole: the document has “{around}”"),
            )
        }
        Refusal::ElidedNegation(word) => (
            format!("`…` leaves out “{word}”, which changes what the document of `{source}` says"),
            format!("keep “{word}” in the quote, or quote the two parts separately"),
        ),
        Refusal::BentInsertion(text) => (
            format!("`[{text}]` changes what the document of `{source}` says"),
            "an insertion may only explain: remove it, and say it outside the quote".to_owned(),
        ),
        Refusal::Apart(apart) => (apart_message(source, apart), apart_help(apart, written)),
        Refusal::AcrossParagraphs(paragraphs) => {
            let (first, last) = (paragraphs.start(), paragraphs.end());
            let to = if first + 1 == *last { "and" } else { "to" };
            (
                format!("this quote runs over paragraphs {first} {to} {last} of the document of `{source}`"),
                "quote the words of one paragraph, or write a quote for each".to_owned(),
            )
        }
    };
    Problem::error(Code::QuoteNotFound, span, message, help)
}

/// Returns the message for two parts of a quote that are in different paragraphs of the document, or in another order.
fn apart_message(source: &str, Apart { segments: [first, second], paragraphs }: &Apart) -> String {
    let (first, second) = (shortened(first), shortened(second));
    match paragraphs {
        [one, other] if one == other => {
            format!("in the document of `{source}`, “{second}” is not after “{first}”, but before it")
        }
        [one, other] => format!(
            "these words are in the document of `{source}`, but apart: “{first}” in paragraph {one}, “{second}” in \
             paragraph {other}"
        ),
    }
}

/// Shortens words to the first and last ones, with `…` between, if they are more than [`MAX_SHOWN_WORDS`].
fn shortened(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= MAX_SHOWN_WORDS {
        return words.to_owned();
    }
    let half = MAX_SHOWN_WORDS / 2;
    format!("{} … {}", all[..half].join(" "), all[all.len() - half..].join(" "))
}

/// Help for a quote whose parts are in different paragraphs or in another order.
fn apart_help(apart: &Apart, written: &str) -> String {
    let written = written.replace("[…]", "…").replace("[...]", "…");
    let order = match apart.paragraphs {
        [one, other] if one == other => "put the parts in the document's order, or write a quote for each",
        _ => "write a quote for each part: a quote must not join paragraphs",
    };
    let brackets = "write `… [words]` where your words replace words of the document";
    match (written.contains('…') || written.contains("..."), written.contains('[')) {
        (true, true) => format!("{order}; {brackets}"),
        (false, true) => brackets.to_owned(),
        _ => order.to_owned(),
    }
}
