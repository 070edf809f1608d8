//! Parses the syntax of citations and markers: `[@source]`, `[see @source, p. 3 "words"]` and `[?question]`. `inline`
//! looks up the ids and verifies the words; `locator` parses the place.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::locator::{Locator, split_locator};
use super::quotation_marks::{DOUBLE_MARKS, closing_marks};
use crate::ids::{QuestionId, SourceId};

/// The parsed content of a pair of brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A citation of one source or more: `@gazette "words"; @letter`.
    Sources(Vec<SourceReference>),
    /// A marker, which shows the answers to a question: `?cause`.
    Question(QuestionId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceReference {
    /// The words before the source: `see`.
    pub(super) prefix: Option<String>,
    pub(super) id: SourceId,
    pub(super) quote: Option<String>,
    pub(super) locator: Option<Locator>,
}

/// Whether the text in brackets is a citation or marker: `@…`, `-@…` or `?…`. Also words and `@…`, such as `see @mill`,
/// if `is_source` holds for an id after an `@`. Any other `@` in brackets is part of an address or a name.
pub(super) fn is_reference(label: &str, is_source: impl Fn(&str) -> bool) -> bool {
    if label.starts_with(['@', '?']) || label.starts_with("-@") {
        return true;
    }
    let mut mentions = label.match_indices('@').filter(|(at, _)| begins_source(label, *at));
    mentions.any(|(at, _)| is_source(&label[at + 1..at + 1 + id_len(&label[at + 1..])]))
}

/// Whether the `@` at this byte begins a source: at the start or after white space. A `-` may be between, by which the
/// citations of Pandoc leave out the author.
fn begins_source(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix('-').unwrap_or(&text[..at]);
    before.chars().next_back().is_none_or(char::is_whitespace)
}

/// Returns the length of the id at the start of a text: up to white space, a double quotation mark, or `;`, `,`, `.`,
/// `:`, `{`.
fn id_len(text: &str) -> usize {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '.' | ':' | '{') || DOUBLE_MARKS.contains(&c);
    text.find(ends).unwrap_or(text.len())
}

/// Returns the byte ranges of the sources' ids, without `@`, in the text between the brackets of a citation.
pub(super) fn source_ranges(label: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(c) = label[at..].chars().next() {
        let next = at + c.len_utf8();
        if c == '@' && begins_source(label, at) {
            ranges.push(next..next + id_len(&label[next..]));
        }
        // Within a quote, `@` begins no source.
        let quoted = Some(c).filter(|mark| DOUBLE_MARKS.contains(mark)).and_then(|mark| {
            let (end, close) = label[next..].char_indices().find(|(_, c)| closing_marks(mark).contains(c))?;
            Some(next + end + close.len_utf8())
        });
        at = quoted.unwrap_or(next);
    }
    ranges
}

/// Why a text is not a citation or marker, and how to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CitationError {
    /// The end of the message: a clause.
    pub(super) reason: String,
    pub(super) help: String,
}

impl CitationError {
    pub(super) fn new(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: help.into() }
    }
}

/// Ids of the site that help texts show in examples.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExampleIds<'a> {
    pub(super) source: &'a str,
    pub(super) question: &'a str,
}

/// Parses the text between the brackets of a citation or marker.
pub(super) fn parse(label: &str, examples: ExampleIds<'_>) -> Result<Reference, CitationError> {
    let label = label.trim();
    if let Some(id) = label.strip_prefix('?') {
        let error = || {
            CitationError::new(
                "the id of a question must follow `?`",
                format!("write the question's id, such as `[?{}]`", examples.question),
            )
        };
        let id = QuestionId::parse(id.trim()).ok_or_else(error)?;
        return Ok(Reference::Question(id));
    }
    let mut rest = label;
    let mut sources = Vec::new();
    loop {
        let (prefix, from) = split_prefix(label, rest)?;
        let (source, after) = parse_source(from, examples)?;
        sources.push(SourceReference { prefix, ..source });
        match after.strip_prefix(';') {
            Some(next) => rest = next.trim_start(),
            None if after.is_empty() => return Ok(Reference::Sources(sources)),
            None => return Err(text_after_source(label, after, &sources)),
        }
    }
}

/// Splits off the words before a source, if there are any, and returns them with the text from its `@`. `rest` is the
/// end of `label`. A `-` before the `@`, by which Pandoc leaves out the author, is dropped: citations here show a
/// number, and no author. It is an error if no `@` follows, or if the words have formatting or quotation marks.
fn split_prefix<'t>(label: &str, rest: &'t str) -> Result<(Option<String>, &'t str), CitationError> {
    let source = rest.match_indices('@').map(|(at, _)| at).find(|at| begins_source(rest, *at));
    let Some(at) = source.filter(|at| !rest[..*at].contains(';')) else {
        return Err(missing_at(&label[..label.len() - rest.len()], rest));
    };
    let prefix = rest[..at].strip_suffix('-').unwrap_or(&rest[..at]);
    if let Some(mark) = prefix.chars().find(|c| FORMATTING.contains(c) || DOUBLE_MARKS.contains(c)) {
        let reason = format!("the words before a source can't contain `{mark}`");
        return Err(CitationError::new(reason, "write these words before the brackets".to_owned()));
    }
    let prefix = prefix.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok((Some(prefix).filter(|prefix| !prefix.is_empty()), &rest[at..]))
}

/// Characters that mark words up in Markdown.
const FORMATTING: [char; 4] = ['*', '_', '`', '~'];

/// The error for a source without `@`, or for a missing source after `;`. `before` is the text before it, empty
/// or up to the last `;`; `rest` is the text after that.
fn missing_at(before: &str, rest: &str) -> CitationError {
    if rest.is_empty() {
        let help = format!("write `[{}]`, or another source after `;`", before.trim_end_matches([';', ' ']));
        return CitationError::new("no source follows `;`", help);
    }
    CitationError::new("every source must begin with `@`", format!("write `[{before}@{rest}]`"))
}

/// The error for the text `after` a source that is neither a place, a quote nor a further source. `sources` are all
/// sources before this text.
fn text_after_source(label: &str, after: &str, sources: &[SourceReference]) -> CitationError {
    let before = label[..label.len() - after.len()].trim_end();
    if after.starts_with([',', '.', '&', '@']) && after.contains('@') {
        let (_, other) = after.split_once('@').unwrap_or_default();
        let reason = format!("a `;` is missing between the sources, before `@{other}`");
        return CitationError::new(reason, format!("write `[{before}; @{other}]`"));
    }
    let words = after.trim_start_matches([',', ':', ' ']);
    if words.starts_with(DOUBLE_MARKS) {
        let mark = &after[..after.len() - words.len()];
        let reason = format!("only a space may be between source and quote, not `{}`", mark.trim());
        return CitationError::new(reason, format!("write `[{before} {words}]`"));
    }
    if sources.iter().any(|source| source.quote.is_some()) {
        let reason = format!("only `;` and another source may follow a quote, not `{after}`");
        return CitationError::new(
            reason,
            format!("put this text outside the brackets: `[{before}] {words}`"),
        );
    }
    if after.starts_with('.') && !after.contains(' ') {
        let reason = "a source's id is the name of its file without the ending";
        return CitationError::new(reason, format!("write `[{before}]`"));
    }
    CitationError::new(
        format!("`{after}` is not in quotation marks"),
        format!(
            "if these are words of the document, write `[{before} \"{}\"]`; otherwise write `[{before}]`",
            words.trim_matches(SINGLE_MARKS)
        ),
    )
}

/// Single quotation marks. They don't begin or end a quote, because most of them are apostrophes.
const SINGLE_MARKS: [char; 6] = ['\'', '‘', '’', '‚', '‹', '›'];

/// Parses a source, which begins with `@`, with its quote and place, and returns it with the text after it.
fn parse_source<'t>(
    text: &'t str,
    examples: ExampleIds<'_>,
) -> Result<(SourceReference, &'t str), CitationError> {
    let text = text.strip_prefix('@').unwrap_or(text);
    let (id, rest) = text.split_at(id_len(text));
    let error = || {
        CitationError::new(
            "the id of a source must follow `@`",
            format!("write the source's id, such as `[@{}]`", examples.source),
        )
    };
    let id = SourceId::parse(&id.nfc().collect::<String>()).ok_or_else(error)?;
    let mut rest = rest.trim_start();
    if rest.starts_with('{') {
        let place = rest.trim_matches(['{', '}']);
        let help = format!("write `[@{id}, {place}]`");
        return Err(CitationError::new("Sourcewise doesn't read braces in citations", help));
    }
    let mut source = SourceReference { prefix: None, id, quote: None, locator: None };
    // The place may be before the quote or after it.
    loop {
        if source.quote.is_none()
            && let Some((quote, after)) = split_quote(&source.id, rest)?
        {
            (source.quote, rest) = (Some(quote), after);
        } else if source.locator.is_none()
            && let Some((locator, after)) = split_locator(rest.trim_start_matches([',', ' ']))
        {
            (source.locator, rest) = (Some(locator), after);
        } else {
            return Ok((source, rest));
        }
    }
}

/// Splits off the quote at the start of a text, if there is one. A quotation mark without a closing one is an error.
fn split_quote<'t>(id: &SourceId, text: &'t str) -> Result<Option<(String, &'t str)>, CitationError> {
    let Some(open) = text.chars().next().filter(|c| DOUBLE_MARKS.contains(c)) else { return Ok(None) };
    let (inner, closing) = (&text[open.len_utf8()..], closing_marks(open));
    let error = || {
        let close = closing.first().unwrap_or(&open);
        CitationError::new("the quotation mark is not closed", format!("write `[@{id} {text}{close}]`"))
    };
    let (at, close) = inner.char_indices().find(|(_, c)| closing.contains(c)).ok_or_else(error)?;
    Ok(Some((inner[..at].to_owned(), inner[at + close.len_utf8()..].trim_start())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(label: &str) -> Result<Reference, CitationError> {
        super::parse(label, ExampleIds { source: "gazette", question: "cause" })
    }

    fn source(id: &str, quote: Option<&str>) -> SourceReference {
        let id = SourceId::parse(id).expect("id");
        SourceReference { prefix: None, id, quote: quote.map(str::to_owned), locator: None }
    }

    #[test]
    fn parses_one_source_a_quote_and_several_sources() {
        assert_eq!(parse("@a"), Ok(Reference::Sources(vec![source("a", None)])));
        assert_eq!(parse("@a “two words”"), Ok(Reference::Sources(vec![source("a", Some("two words"))])));
        let both = vec![source("a", Some("one; two")), source("b-c", None)];
        assert_eq!(parse("@a \"one; two\" ; @b-c"), Ok(Reference::Sources(both)));
    }

    #[test]
    fn parses_words_before_a_source_and_places_after_it() {
        let read = |label: &str| {
            let Ok(Reference::Sources(sources)) = parse(label) else { panic!("{label} is a citation") };
            let part = |source: SourceReference| {
                let locator = source.locator.map(|locator| locator.text);
                [source.prefix, Some(source.id.to_string()), source.quote, locator]
                    .map(Option::unwrap_or_default)
                    .join("|")
            };
            sources.into_iter().map(part).collect::<Vec<_>>()
        };
        assert_eq!(
            read("see @a, pp. 3-4; also @b \"one; two\", ch. 2"),
            ["see|a||pp. 3–4", "also|b|one; two|ch. 2"]
        );
        assert_eq!(read("-@a p. 3, “words”;but see\n-@b"), ["|a|words|p. 3", "but see|b||"]);
        assert_eq!(read("@a, 33, 35"), ["|a||33, 35"]);
    }

    #[test]
    fn words_with_an_at_sign_are_a_citation_if_they_name_a_source() {
        let is_reference = |label: &str| is_reference(label, |id| id == "a");
        for label in ["@x", "-@x", "?x", "see @a", "see @a, p. 3", "see -@a", "as in @x and @a"] {
            assert!(is_reference(label), "{label}");
        }
        for label in ["see @x", "mail x@a", "see (@a)", "a @ b", "see", ""] {
            assert!(!is_reference(label), "{label}");
        }
    }

    #[test]
    fn invalid_labels_are_errors() {
        for wrong in
            ["@", "@a words", "@a \"open", "@a; b", "? ", "@a;", "@a{p. 3}", "so *often* @a", "@a, p. 3 @b"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
