//! The problem of a quote that is not in its document, with the passage that is most similar to it.

use sourcewise_quotes::Nearest;

use crate::files::Span;
use crate::problem::{Code, Problem};

/// The passage that is most similar to a quote that is not in the document.
pub(super) struct Near<'a> {
    /// The place of the passage, such as `paragraph 3 (p. 2)`.
    pub(super) place: String,
    /// The passage's text, its lines joined.
    pub(super) passage: String,
    /// What to quote instead, in quotation marks.
    pub(super) suggested: String,
    pub(super) nearest: &'a Nearest,
}

/// A part of a quote, between elisions (`…`), that is not in the document.
pub(super) struct WrongPart {
    pub(super) words: String,
    /// The words of the first other part that is in the document, and their place.
    pub(super) right: Option<(String, String)>,
}

/// A quote that is not in the document of `source`. If it has several parts, `part` is the wrong one. `near` is the
/// passage most similar to the quote, or to that part. `elsewhere` are other sources whose documents have the quote.
pub(super) fn quote_not_found(
    source: &str,
    (part, near): (Option<&WrongPart>, Option<&Near<'_>>),
    elsewhere: &[&str],
    span: Span,
) -> Problem {
    let differences = near.map_or(&[][..], |near| &near.nearest.differences);
    let is_reordered = !differences.is_empty()
        && differences.iter().all(|(quoted, actual)| is_moved(&format!("{quoted}{actual}"), differences));
    let words = part.map_or("these words".to_owned(), |part| format!("the words “{}”", part.words));
    let absence = if is_reordered { "are in another order" } else { "are not" };
    let message = format!("{words} {absence} in the document of `{source}`");
    let help = match (near, elsewhere) {
        (_, [first, ..]) => format!(
            "they are in the document of `{first}`: name that source in the citation, or move the answer to its record"
        ),
        (Some(near), []) => format!("quote the document exactly: {}", near.suggested),
        (None, []) => {
            "the document contains nothing similar: copy the words from it, or cite another source".to_owned()
        }
    };
    let mut problem = Problem::error(Code::QuoteNotFound, span, message, help);
    if let Some((words, place)) = part.and_then(|part| part.right.as_ref()) {
        problem = problem.note(format!("“{words}” is in {place}"));
    }
    let Some(near) = near else { return problem };
    let problem = problem.note(format!("the most similar passage is in {}: “{}”", near.place, near.passage));
    let described = described(differences);
    let is_case_only = |(quoted, actual): &(String, String)| quoted.to_lowercase() == actual.to_lowercase();
    if !differences.is_empty() && differences.iter().all(is_case_only) {
        return problem
            .note(format!("only capital letters differ, but they must match: {}", described.join("; ")));
    }
    if differences.is_empty() {
        let is_row = near.passage.contains('\t');
        return problem.note(if is_row {
            "these are different cells of a table: write `…` between them"
        } else {
            "only punctuation differs"
        });
    }
    problem.note(described.join("; "))
}

/// Puts words of a document into quotation marks from which they can be copied, with the marks, to where the quote is
/// written: a TOML file, or a citation in Markdown.
pub(super) fn in_marks(words: &str, in_markdown: bool) -> String {
    let needs_no_escape = !words.contains(['"', '\\']);
    match (in_markdown, needs_no_escape) {
        (false, true) => format!("“{words}”"),
        (false, false) => format!("`{}`", toml::Value::String(words.to_owned())),
        (true, _) if !words.contains('”') => format!("“{words}”"),
        (true, true) => format!("\"{words}\""),
        (true, false) => format!("«{words}»"),
    }
}

/// Whether the quote and the passage have these words at different places. Then one difference says that the quote
/// lacks the words, and another one that the passage lacks them.
fn is_moved(words: &str, differences: &[(String, String)]) -> bool {
    let is_missing = |(quoted, actual): &(String, String)| quoted.is_empty() && actual == words;
    let is_added = |(quoted, actual): &(String, String)| actual.is_empty() && quoted == words;
    differences.iter().any(is_missing) && differences.iter().any(is_added)
}

/// Describes the differences between a quote and the most similar passage. Words that are elsewhere in the passage are
/// described only once.
fn described(differences: &[(String, String)]) -> Vec<String> {
    let described =
        differences.iter().filter_map(|(quoted, actual)| match (quoted.as_str(), actual.as_str()) {
            (quoted, "") if is_moved(quoted, differences) => {
                Some(format!("“{quoted}” is at another place in this passage"))
            }
            ("", actual) if is_moved(actual, differences) => None,
            (quoted, "") => Some(format!("“{quoted}” is not in this passage")),
            ("", actual) => Some(format!("“{actual}” is missing from the quote")),
            (quoted, actual) => Some(format!("“{quoted}” is “{actual}” in this passage")),
        });
    described.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggested_words_can_be_copied_with_their_marks() {
        for (words, in_toml, in_markdown) in [
            ("the mill", "“the mill”", "“the mill”"),
            ("said \"no\"", "`'said \"no\"'`", "“said \"no\"”"),
            ("it's \"no\" now", "`\"\"\"it's \"no\" now\"\"\"`", "“it's \"no\" now”"),
            ("said “no”", "“said “no””", "\"said “no”\""),
            (r"C:\mill", r"`'C:\mill'`", r"“C:\mill”"),
        ] {
            assert_eq!(in_marks(words, false), in_toml);
            assert_eq!(in_marks(words, true), in_markdown);
        }
    }
}
