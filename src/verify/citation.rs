//! Reading `[@source]`, `[@source "words"]` and `[?question]`. Whether they exist is looked up elsewhere.

use unicode_normalization::UnicodeNormalization;

use crate::ids::{QuestionId, SourceId};

/// What stands between the brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// `@a "words"; @b`
    Sources(Vec<SourceReference>),
    /// `?training-chips`
    Question(QuestionId),
}

/// One source that is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceReference {
    /// Which.
    pub(super) id: SourceId,
    /// Words claimed to stand in it.
    pub(super) quote: Option<String>,
}

/// True for a link label that is meant as a reference: `@…` or `?…`.
pub(super) fn is_reference(label: &str) -> bool {
    label.starts_with(['@', '?'])
}

/// Reads a label. The error says what is wrong with it.
pub(super) fn parse(label: &str) -> Result<Reference, String> {
    let label = label.trim();
    if let Some(id) = label.strip_prefix('?') {
        let id = QuestionId::parse(id.trim()).ok_or("after `?` comes the id of a question")?;
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
            None => {
                return Err(format!("after a source comes `\"` or `;`, not `{after}`"));
            }
        }
    }
}

fn parse_source(text: &str) -> Result<(SourceReference, &str), String> {
    let Some(text) = text.strip_prefix('@') else {
        return Err("every source begins with `@`".to_owned());
    };
    let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '"' | '“' | '„' | '«' | ',' | '.');
    let end = text.find(ends).unwrap_or(text.len());
    let (id, rest) = text.split_at(end);
    let id = SourceId::parse(&id.nfc().collect::<String>()).ok_or("after `@` comes the id of a source")?;
    let rest = rest.trim_start();
    let closing = match rest.chars().next() {
        Some('"') => '"',
        Some('“') => '”',
        Some('„') => '“',
        Some('«') => '»',
        _ => return Ok((SourceReference { id, quote: None }, rest)),
    };
    let inner = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    let end = inner.find(closing).ok_or("the quotation mark is never closed")?;
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
    fn sources_come_alone_with_words_or_several_at_once() {
        assert_eq!(parse("@a"), Ok(Reference::Sources(vec![source("a", None)])));
        assert_eq!(parse("@a “two words”"), Ok(Reference::Sources(vec![source("a", Some("two words"))])));
        let both = vec![source("a", Some("one; two")), source("b-c", None)];
        assert_eq!(parse("@a \"one; two\" ; @b-c"), Ok(Reference::Sources(both)));
    }

    #[test]
    fn what_can_not_be_read_says_why() {
        for wrong in ["@", "@a words", "@a \"open", "@a; b", "? ", "@a;"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
