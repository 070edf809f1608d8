//! Compares the place that a citation names with the place of its quote, if the document has pages, chapters or times.

use std::ops::Range;

use sourcewise_quotes::divisions::clock;
use sourcewise_quotes::{Division, DivisionKind, Divisions, Place, VerifiedQuote};

use super::context::Context;
use super::locator::{Locator, LocatorKind, Numeral};
use super::problems;
use crate::files::Span;
use crate::ids::SourceId;
use crate::problem::Problem;

/// Checks the locator of a citation. One of the occurrences of its quote must be there. Without a quote, the locator
/// must not be after the document's last page, chapter or time. Returns `None` also if nothing can be compared: the
/// document has no divisions of the locator's kind, or the place of an occurrence is unknown.
pub(super) fn check_locator(
    context: &Context<'_>,
    source: &SourceId,
    quote: Option<&VerifiedQuote>,
    locator: &Locator,
    span: Span,
) -> Option<Problem> {
    let divisions = context.divisions(source)?;
    let is_comparable = match divisions.kind {
        DivisionKind::Page => locator.kind == LocatorKind::Page,
        DivisionKind::Chapter => locator.kind == LocatorKind::Chapter,
        DivisionKind::Time => locator.kind == LocatorKind::Time,
    };
    if !is_comparable {
        return None;
    }
    let source = source.as_str();
    let Some(quote) = quote else {
        return is_beyond(locator, divisions)
            .then(|| problems::no_such_place(source, locator, divisions.kind, divisions.highest, span));
    };
    let found: Option<Vec<_>> = quote.places().map(|place| numbered(divisions, place)).collect();
    // If the place of one occurrence is unknown, the author may mean that one.
    let found = found?;
    let is_right =
        |division: &Division| locator.ranges.iter().any(|range| range.contains(locator.kind, division));
    if found.iter().any(|(first, last)| is_right(first) || last.is_some_and(is_right)) {
        return None;
    }
    let (first, last) = found.first()?;
    let right = written_place(divisions.kind, first, *last);
    let is_counted = divisions.kind == DivisionKind::Page && first.name.is_none();
    Some(problems::wrong_place(source, locator, &right, is_counted, span))
}

/// Returns the division (page, chapter or time) in which an occurrence begins, and the one in which it ends if that is
/// a later one. `None` if the first is unknown or has no number.
fn numbered<'d>(divisions: &'d Divisions, place: &Place) -> Option<(&'d Division, Option<&'d Division>)> {
    divisions.of(&place.range()).filter(|(first, _)| first.number.is_some())
}

/// Describes the place of a range of a document in a message: `paragraph 3 (p. 2)`, or only the paragraph.
pub(super) fn described(
    context: &Context<'_>,
    source: &SourceId,
    paragraph: usize,
    range: &Range<usize>,
) -> String {
    let division = context.divisions(source).and_then(|divisions| {
        let (first, last) = divisions.of(range).filter(|(first, _)| first.number.is_some())?;
        Some(format!(" ({})", written_place(divisions.kind, first, last)))
    });
    format!("paragraph {paragraph}{}", division.unwrap_or_default())
}

/// Whether a range of the locator begins after the last page, chapter or time. False if the last one is unknown.
fn is_beyond(locator: &Locator, divisions: &Divisions) -> bool {
    let is_beyond =
        |number: &Numeral| matches!(number, Numeral::Number(number) if *number > divisions.highest);
    divisions.highest > 0 && locator.ranges.iter().any(|range| is_beyond(&range.first))
}

/// Writes a place as a locator, such as `pp. 3–4`.
pub fn written_place(kind: DivisionKind, first: &Division, last: Option<&Division>) -> String {
    let number = |division: &Division| division.number.map(|number| number.to_string()).unwrap_or_default();
    let label = |division: &Division| division.name.clone().unwrap_or_else(|| number(division));
    match (kind, last) {
        (DivisionKind::Page, Some(last)) => format!("pp. {}–{}", label(first), label(last)),
        (DivisionKind::Page, None) => format!("p. {}", label(first)),
        (DivisionKind::Chapter, _) => format!("ch. {}", number(first)),
        (DivisionKind::Time, _) => first.number.map(clock).unwrap_or_default(),
    }
}
