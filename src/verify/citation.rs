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

/// Parses a label.
pub(super) fn parse(label: &str) -> Result<Reference, CitationError> {
    let label = label.trim();
    if let Some(id) = label.strip_prefix('?') {
        let error = || {
            CitationError::new(
                "the id of a question must follow `?`",
                "write the question's id, such as `[?cause]`",
            )
        };
        let id = QuestionId::parse(id.trim()).ok_or_else(error)?;
        return Ok(Reference::Question(id));
    }
    let mut rest = label;
    let mut sources = Vec::new();
    loop {
        let (source, after) = parse_source(rest)?;
        sources.push(source);
        match after.strip_prefix(';') {
            Some(next) => rest = next.trim_start(),
            None if after.is_empty() => return Ok(Reference::Sources(sources)),
            None => return Err(text_after_source(label, after, &sources)),
        }
    }
}

/// The error for text that is neither a quote nor a further source.
fn text_after_source(label: &str, after: &str, sources: &[SourceReference]) -> CitationError {
    if after.starts_with([',', '.', '&']) && after.contains('@') {
        let reason = format!(
            "a `;` is missing between the sources, before `{}`",
            &after[after.find('@').unwrap_or(0)..]
        );
        return CitationError::new(reason, "separate sources with `;`, such as `[@one; @other]`");
    }
    if sources.iter().any(|source| source.quote.is_some()) {
        let reason = format!("only `;` and another source may follow a quote, not `{after}`");
        return CitationError::new(reason, "put this text outside the brackets");
    }
    let source = label[..label.len() - after.len()].trim_end();
    CitationError::new(
        format!("`{after}` is not in quotation marks"),
        format!(
            "if these are words of the document, write `[{source} \"{after}\"]`; otherwise write `[{source}]`"
        ),
    )
}

/// Parses `@source` or `@source "words"` at the start of a text. Also returns the rest of the text.
fn parse_source(text: &str) -> Result<(SourceReference, &str), CitationError> {
    let Some(text) = text.strip_prefix('@') else {
        return Err(CitationError::new(
            "every source must begin with `@`",
            "write `@` before each source, such as `[@one; @other]`",
        ));
    };
    let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '"' | '“' | '„' | '«' | ',' | '.');
    let end = text.find(ends).unwrap_or(text.len());
    let (id, rest) = text.split_at(end);
    let error = || {
        CitationError::new(
            "the id of a source must follow `@`",
            "write the source's id, such as `[@gazette]`",
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
        CitationError::new(
            "the quotation mark is not closed",
            format!("write `{closing}` after the quoted words"),
        )
    })?;
    let quote = Some(inner[..end].to_owned());
    Ok((SourceReference { id, quote }, inner[end + closing.len_utf8()..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn invalid_labels_are_errors() {
        for wrong in ["@", "@a words", "@a \"open", "@a; b", "? ", "@a;"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
