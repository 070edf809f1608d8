//! The words that the program itself puts into pages, where no template can: counts, labels of marks.

use pulldown_cmark::BlockQuoteKind;

use crate::compare::Agreement;
use crate::load::Voice;

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// "3 of 5 sources answer, in 2 ways"
pub(super) fn marker(answered: usize, examined: usize, ways: usize, agreement: Agreement) -> String {
    let sources = plural(examined, "source", "sources");
    match (answered, agreement) {
        (0, _) => format!("none of {sources} answers"),
        (1, Agreement::Differ) => format!("1 of {sources} answers, in {ways} ways"),
        (1, _) => format!("1 of {sources} answers"),
        (_, Agreement::Differ) => format!("{answered} of {sources} answer, in {ways} ways"),
        (_, Agreement::Single) => format!("{answered} of {sources} answer, all one way, from one origin"),
        (_, Agreement::OneVoice | Agreement::Unanswered) => {
            format!("{answered} of {sources} answer, all one way")
        }
    }
}

/// How the answers stand to one another: "differ: 2 ways".
pub(super) fn agreement(agreement: Agreement, answered: usize, ways: usize) -> String {
    match agreement {
        Agreement::OneVoice => "one voice".to_owned(),
        Agreement::Single => "one origin only".to_owned(),
        Agreement::Differ if answered == 1 => format!("one source: {ways} ways"),
        Agreement::Differ => format!("differ: {ways} ways"),
        Agreement::Unanswered => "no answer".to_owned(),
    }
}

/// "2 sources, 1 origin": said only where the two numbers differ.
pub(super) fn witnesses(sources: usize, independent: usize) -> String {
    let count = plural(sources, "source", "sources");
    if sources == independent {
        count
    } else {
        format!("{count}, {}", plural(independent, "origin", "origins"))
    }
}

/// A voice in words.
pub(super) fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Own => "in its own voice",
        Voice::Attributed => "attributed",
        Voice::Hedged => "hedged",
        Voice::Forecast => "as a forecast",
    }
}

/// The class and the title of an alert.
pub(super) fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}

/// What a number in the text leads to.
pub(super) fn source_number(number: usize) -> String {
    format!("Source {number}")
}

/// Where in a document words stand.
pub(super) fn paragraph(number: usize) -> String {
    format!("paragraph {number}")
}

/// What a footnote's mark leads to.
pub(super) fn footnote(number: usize) -> String {
    format!("Note {number}")
}

/// The heading of the footnotes.
pub(super) fn footnotes() -> &'static str {
    "Notes"
}

/// The way back from a footnote.
pub(super) fn back() -> &'static str {
    "Back to the text"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_counts_with_its_denominator() {
        assert_eq!(marker(3, 5, 2, Agreement::Differ), "3 of 5 sources answer, in 2 ways");
        assert_eq!(marker(2, 5, 1, Agreement::OneVoice), "2 of 5 sources answer, all one way");
        assert_eq!(marker(2, 5, 1, Agreement::Single), "2 of 5 sources answer, all one way, from one origin");
        assert_eq!(marker(1, 5, 1, Agreement::Single), "1 of 5 sources answers");
        assert_eq!(marker(1, 1, 2, Agreement::Differ), "1 of 1 source answers, in 2 ways");
        assert_eq!(marker(0, 5, 0, Agreement::Unanswered), "none of 5 sources answers");
    }

    #[test]
    fn one_source_alone_does_not_differ_in_words() {
        assert_eq!(agreement(Agreement::Differ, 1, 2), "one source: 2 ways");
        assert_eq!(agreement(Agreement::Differ, 2, 2), "differ: 2 ways");
    }

    #[test]
    fn origins_are_counted_where_they_are_fewer_than_the_sources() {
        assert_eq!(witnesses(2, 1), "2 sources, 1 origin");
        assert_eq!(witnesses(2, 2), "2 sources");
    }
}
