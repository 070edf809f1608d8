//! The words that the program itself puts into pages, where no template can: counts, labels of marks.

use pulldown_cmark::BlockQuoteKind;

use crate::compare::Agreement;
use crate::load::Voice;

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// "3 of 5 sources answer, in 2 ways"
pub(super) fn marker(answered: usize, examined: usize, ways: usize) -> String {
    match (answered, ways) {
        (0, _) => format!("none of {} answers", plural(examined, "source", "sources")),
        (1, _) => format!("1 of {} answers", plural(examined, "source", "sources")),
        (answered, 1) => format!("{answered} of {examined} sources answer, all one way"),
        (answered, ways) => format!("{answered} of {examined} sources answer, in {ways} ways"),
    }
}

/// How the answers stand to one another: "differ: 2 ways".
pub(super) fn agreement(agreement: Agreement, ways: usize) -> String {
    match agreement {
        Agreement::OneVoice => "one voice".to_owned(),
        Agreement::Single => "one origin only".to_owned(),
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

/// What a voice means, in two or three words.
pub(super) fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Own => "states it",
        Voice::Attributed => "attributes it",
        Voice::Hedged => "hedges it",
        Voice::Forecast => "expects it",
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
        assert_eq!(marker(3, 5, 2), "3 of 5 sources answer, in 2 ways");
        assert_eq!(marker(2, 5, 1), "2 of 5 sources answer, all one way");
        assert_eq!(marker(1, 5, 1), "1 of 5 sources answers");
        assert_eq!(marker(1, 1, 1), "1 of 1 source answers");
        assert_eq!(marker(0, 5, 0), "none of 5 sources answers");
    }

    #[test]
    fn origins_are_counted_where_they_are_fewer_than_the_sources() {
        assert_eq!(witnesses(2, 1), "2 sources, 1 origin");
        assert_eq!(witnesses(2, 2), "2 sources");
    }
}
