//! Parses the syntax of citations and markers: `[@source]`, `[@source "words"]` and `[?question]`. `inline` looks up
//! the ids and verifies the words.

use unicode_normalization::UnicodeNormalization;

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
    pub(super) id: SourceId,
    pub(super) quote: Option<String>,
}

/// Whether the text in brackets is a citation or marker: `@…` or `?…`.
pub(super) fn is_reference(label: &str) -> bool {
    label.starts_with(['@', '?'])
}

/// Why a text is not a citation, and how to write it.
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
        if !rest.starts_with('@') {
            return Err(missing_at(&label[..label.len() - rest.len()], rest));
        }
        let (source, after) = parse_source(rest, examples)?;
        sources.push(source);
        match after.strip_prefix(';') {
            Some(next) => rest = next.trim_start(),
            None if after.is_empty() => return Ok(Reference::Sources(sources)),
            None => return Err(text_after_source(label, after, &sources)),
        }
    }
}

/// The error for a source without `@`. `before` ends with the `;` before it.
fn missing_at(before: &str, rest: &str) -> CitationError {
    if rest.is_empty() {
        let help = format!("write `[{}]`, or another source after `;`", before.trim_end_matches([';', ' ']));
        return CitationError::new("no source follows `;`", help);
    }
    CitationError::new("every source must begin with `@`", format!("write `[{before}@{rest}]`"))
}

/// The error for text that is neither a quote nor a further source.
fn text_after_source(label: &str, after: &str, sources: &[SourceReference]) -> CitationError {
    let before = label[..label.len() - after.len()].trim_end();
    if after.starts_with([',', '.', '&']) && after.contains('@') {
        let (_, other) = after.split_once('@').unwrap_or_default();
        let reason = format!("a `;` is missing between the sources, before `@{other}`");
        return CitationError::new(reason, format!("write `[{before}; @{other}]`"));
    }
    let words = after.trim_start_matches([',', ':', ' ']);
    if let Some((place, rest)) = split_place(words) {
        let quote = if rest.starts_with(['"', '“', '„', '«']) { rest } else { "\"…\"" };
        let has_quote = sources.last().is_some_and(|source| source.quote.is_some());
        let cited = if has_quote { before.to_owned() } else { format!("{before} {quote}") };
        return CitationError::new(
            format!("`{place}` can't be part of a citation: Sourcewise finds the place by the quoted words"),
            format!("write `[{cited}]`, or put the place after the brackets: `[{before}] ({place})`"),
        );
    }
    if words.starts_with(['"', '“', '„', '«']) {
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

/// Quotation marks that don't begin or end a quote, because most of them are apostrophes.
const SINGLE_MARKS: [char; 6] = ['\'', '‘', '’', '‚', '‹', '›'];

/// The words that name a place in a document, before its number.
const PLACE_WORDS: [&str; 18] = [
    "p",
    "pp",
    "page",
    "pages",
    "para",
    "paras",
    "par",
    "paragraph",
    "paragraphs",
    "line",
    "lines",
    "section",
    "sec",
    "chapter",
    "§",
    "¶",
    "s",
    "seite",
];

/// Splits off a place such as `p. 3` or `paragraphs 4–5`, which Sourcewise finds itself.
fn split_place(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || c == '.' || c.is_ascii_digit())?;
    let (word, rest) = text.split_at(end);
    let number = rest.trim_start_matches(['.', ' ']);
    let is_place = PLACE_WORDS.contains(&word.to_lowercase().as_str());
    if !is_place || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number_end = number.find([' ', '"', '“', ';', ',']).unwrap_or(number.len());
    let place_end = text.len() - number.len() + number_end;
    Some((&text[..place_end], text[place_end..].trim_start_matches([',', ' '])))
}

/// Parses a source, which begins with `@`, and returns it with the text after it.
fn parse_source<'t>(
    text: &'t str,
    examples: ExampleIds<'_>,
) -> Result<(SourceReference, &'t str), CitationError> {
    let text = text.strip_prefix('@').unwrap_or(text);
    let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '"' | '“' | '„' | '«' | ',' | '.' | ':');
    let end = text.find(ends).unwrap_or(text.len());
    let (id, rest) = text.split_at(end);
    let error = || {
        CitationError::new(
            "the id of a source must follow `@`",
            format!("write the source's id, such as `[@{}]`", examples.source),
        )
    };
    let id = SourceId::parse(&id.nfc().collect::<String>()).ok_or_else(error)?;
    let rest = rest.trim_start();
    let closing = match rest.chars().next() {
        Some('"') => '"',
        Some('“') => '”',
        Some('„') => '“',
        Some('«') => '»',
        _ => return Ok((SourceReference { id, quote: None }, rest)),
    };
    let inner = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    let end = inner.find(closing).ok_or_else(|| {
        CitationError::new("the quotation mark is not closed", format!("write `[@{id} {rest}{closing}]`"))
    })?;
    let quote = Some(inner[..end].to_owned());
    Ok((SourceReference { id, quote }, inner[end + closing.len_utf8()..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(label: &str) -> Result<Reference, CitationError> {
        super::parse(label, ExampleIds { source: "gazette", question: "cause" })
    }

    fn source(id: &str, quote: Option<&str>) -> SourceReference {
        SourceReference { id: SourceId::parse(id).expect("id"), quote: quote.map(str::to_owned) }
    }

    #[test]
    fn parses_one_source_a_quote_and_several_sources() {
        assert_eq!(parse("@a"), Ok(Reference::Sources(vec![source("a", None)])));
        assert_eq!(parse("@a “two words”"), Ok(Reference::Sources(vec![source("a", Some("two words"))])));
        let both = vec![source("a", Some("one; two")), source("b-c", None)];
        assert_eq!(parse("@a \"one; two\" ; @b-c"), Ok(Reference::Sources(both)));
    }

    #[test]
    fn places_are_told_from_words() {
        for (text, place, rest) in [
            ("p. 3", "p. 3", ""),
            ("paragraph 24", "paragraph 24", ""),
            ("p.3", "p.3", ""),
            ("§ 4–5, \"words\"", "§ 4–5", "\"words\""),
        ] {
            assert_eq!(split_place(text), Some((place, rest)), "{text}");
        }
        for words in ["people 3", "p", "page by page", "3 people", ""] {
            assert_eq!(split_place(words), None, "{words}");
        }
    }

    #[test]
    fn invalid_labels_are_errors() {
        for wrong in ["@", "@a words", "@a \"open", "@a; b", "? ", "@a;"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
