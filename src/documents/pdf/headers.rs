//! Removes headers and footers: running titles and page numbers. They are lines at the edge of a page that repeat at
//! the same position on several pages, with the same text or with numbers that count up. The outermost line of a page
//! is also removed if it is only a page number, at a distance from the text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::body_style::BodyStyle;
use super::lines::TextLine;

/// Maximum number of lines at the top, and at the bottom, of a page that may be headers or footers.
const MAX_EDGE_LINES: usize = 3;
/// Maximum difference between the heights of a header's baselines on two pages, in points.
const MAX_BASELINE_DRIFT: f64 = 4.0;
/// Minimum distance between the baselines of a page number and of the text, relative to the font size.
const MIN_PAGE_NUMBER_GAP: f64 = 1.6;
/// Minimum distance between the baselines of a header or footer and of the text, relative to the text's line spacing.
const MIN_GAP: f64 = 1.15;

/// Minimum share of a document's words that are in no header or footer. With less, only page numbers are removed.
const MIN_TEXT_PERCENT: usize = 33;

/// Minimum number of lines on a page for which the next page may count as the same slide with more lines.
const MIN_SLIDE_LINES: usize = 4;

/// A line that may be a header or footer.
struct Candidate {
    page: usize,
    line: usize,
    base: f64,
    /// The text, with `#` for each digit, so that lines with different page numbers are alike.
    text: String,
    /// The numbers at the start and end of the line, each minus the page's index: for page numbers, the same on all
    /// pages. Empty unless the line is the first or last of its page.
    page_offsets: Vec<i64>,
    /// Whether the line is only a page number, at a distance from the text.
    is_page_number: bool,
}

/// Removes headers and footers, and returns their words for each page. The lines of each page are sorted from top to
/// bottom.
///
/// `are_scans` tells whether most pages are images, of which headers may be the only text.
pub(crate) fn remove(pages: &mut [Vec<TextLine>], are_scans: bool) -> Vec<String> {
    let candidates: Vec<Candidate> =
        pages.iter().enumerate().flat_map(|(page, lines)| candidates(page, lines)).collect();
    let mut by_text: BTreeMap<&str, Vec<&Candidate>> = BTreeMap::new();
    let mut by_offset: BTreeMap<i64, Vec<&Candidate>> = BTreeMap::new();
    for one in &candidates {
        by_text.entry(&one.text).or_default().push(one);
        for offset in &one.page_offsets {
            by_offset.entry(*offset).or_default().push(one);
        }
    }
    let slides = slides(pages);
    let repeats = |one: &Candidate| {
        let counting = one.page_offsets.iter().filter_map(|offset| by_offset.get(offset));
        let mut others = by_text.get(one.text.as_str()).into_iter().chain(counting).flatten();
        others.any(|other| {
            slides.get(other.page) != slides.get(one.page)
                && (other.base - one.base).abs() < MAX_BASELINE_DRIFT
        })
    };
    let page_numbers = candidates.iter().filter(|one| one.is_page_number);
    let page_numbers: BTreeSet<(usize, usize)> = page_numbers.map(|one| (one.page, one.line)).collect();
    let repeated = candidates.iter().filter(|one| repeats(one)).map(|one| (one.page, one.line));
    let mut removed: BTreeSet<(usize, usize)> = repeated.chain(page_numbers.iter().copied()).collect();
    let body = BodyStyle::of(pages.iter());
    let text = |(page, lines): (usize, &Vec<TextLine>)| {
        let has_text = !are_scans || (0..lines.len()).any(|line| !removed.contains(&(page, line)));
        if has_text { between_edges(lines, body) } else { 0..0 }
    };
    let texts: Vec<Range<usize>> = pages.iter().enumerate().map(text).collect();
    removed.retain(|(page, line)| texts.get(*page).is_some_and(|text| !text.contains(line)));
    if !are_scans && are_most_words(&removed, pages) {
        removed = page_numbers;
    }
    take_lines(&removed, pages)
}

/// Removes lines (page and line), and returns their words for each page.
fn take_lines(removed: &BTreeSet<(usize, usize)>, pages: &mut [Vec<TextLine>]) -> Vec<String> {
    let mut words = vec![String::new(); pages.len()];
    for (page, (lines, words)) in pages.iter_mut().zip(&mut words).enumerate() {
        let mut index = 0..lines.len();
        lines.retain(|line| {
            let is_removed = index.next().is_some_and(|index| removed.contains(&(page, index)));
            if is_removed {
                words.push_str(&line.text());
                words.push(' ');
            }
            !is_removed
        });
    }
    words
}

/// Whether these lines (page and line) contain most of a document's words. Then the document's pages are similar
/// as a whole, and what repeats is not a header.
fn are_most_words(lines: &BTreeSet<(usize, usize)>, pages: &[Vec<TextLine>]) -> bool {
    let removed = lines.iter().filter_map(|(page, line)| pages.get(*page)?.get(*line));
    let removed: usize = removed.map(|line| line.words.len()).sum();
    let all: usize = pages.iter().flatten().map(|line| line.words.len()).sum();
    100 * (all - removed) < MIN_TEXT_PERCENT * all
}

/// Returns the range of lines between a page's header and footer.
fn between_edges(lines: &[TextLine], body: BodyStyle) -> Range<usize> {
    let is_gap = |index: &usize| match lines.get(index - 1..=*index) {
        Some([above, below]) => above.base - below.base > MIN_GAP * body.leading * body.size,
        _ => false,
    };
    let count = lines.len();
    let top = (1..=MAX_EDGE_LINES.min(count)).rev().find(is_gap).unwrap_or(0);
    let bottom = (count.saturating_sub(MAX_EDGE_LINES).max(1)..count).find(is_gap).unwrap_or(count);
    top..bottom.max(top)
}

/// Numbers the slides of a presentation. Successive pages that show the same slide, with more of its lines each time,
/// have the same number: their lines repeat, but are no headers. Each remaining page is a slide of its own.
fn slides(pages: &[Vec<TextLine>]) -> Vec<usize> {
    let mut slides: Vec<usize> = Vec::with_capacity(pages.len());
    let mut before: Vec<(String, f64)> = Vec::new();
    for page in pages {
        let lines: Vec<(String, f64)> = page.iter().map(|line| (line.text(), line.base)).collect();
        let is_same = |one: &(String, f64)| {
            before.iter().any(|(text, base)| *text == one.0 && (base - one.1).abs() < MAX_BASELINE_DRIFT)
        };
        let fewest = lines.len().min(before.len());
        let continues =
            fewest >= MIN_SLIDE_LINES && 2 * lines.iter().filter(|line| is_same(line)).count() > fewest;
        let last = slides.last().copied().unwrap_or_default();
        slides.push(if continues { last } else { last + 1 });
        before = lines;
    }
    slides
}

fn candidates(page: usize, lines: &[TextLine]) -> Vec<Candidate> {
    let edge = |index: &usize| *index < MAX_EDGE_LINES || *index + MAX_EDGE_LINES >= lines.len();
    (0..lines.len())
        .filter(edge)
        .filter_map(|index| {
            let line = lines.get(index)?;
            let text = line.text();
            let tokens: Vec<&str> = text.split_whitespace().collect();
            let page_index = i64::try_from(page).ok()?;
            // A note may begin with a number that increases from page to page, too: its marker. But such a marker is a
            // superscript, or its line is not the outermost one.
            let outermost = index == 0 || index + 1 == lines.len();
            let ends = [line.words.first(), line.words.last()].into_iter().flatten();
            let ends = ends.filter(|word| outermost && !word.is_raised());
            let page_offsets =
                ends.filter_map(|word| Some(parse_page_number(&word.text)? - page_index)).collect();
            let is_page_number = is_page_number(&tokens) && is_apart(lines, index);
            let text =
                text.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }).collect();
            Some(Candidate { page, line: index, base: line.base, text, page_offsets, is_page_number })
        })
        .collect()
}

/// Parses a page number of at most four digits, ignoring punctuation around it.
fn parse_page_number(token: &str) -> Option<i64> {
    const MAX_NUMBER_BYTES: usize = 4;
    let bare = token.trim_matches(|letter: char| !letter.is_alphanumeric());
    if bare.len() > MAX_NUMBER_BYTES { None } else { bare.parse().ok() }
}

/// Whether a line is only a page number, such as `7`, `- 7 -`, `Page 7 of 9` or `7/9`.
fn is_page_number(tokens: &[&str]) -> bool {
    const MAX_TOKENS: usize = 5;
    const MAX_NUMBER_BYTES: usize = 9;
    let words =
        ["page", "of", "p.", "seite", "von", "sur", "de", "página", "pagina", "di", "/", "|", "-", "–", "—"];
    let has_number = tokens.iter().any(|token| token.chars().any(|letter| letter.is_ascii_digit()));
    let all = tokens.iter().all(|token| {
        let digits =
            token.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '/' | '-' | '–' | '|'));
        digits && token.len() <= MAX_NUMBER_BYTES || words.contains(&token.to_lowercase().as_str())
    });
    has_number && all && tokens.len() <= MAX_TOKENS
}

/// Whether a line is the first or last line of a page, at a distance from the lines above and below.
fn is_apart(lines: &[TextLine], index: usize) -> bool {
    let Some(line) = lines.get(index) else { return false };
    let outermost = index == 0 || index + 1 == lines.len();
    let above = index.checked_sub(1).and_then(|above| lines.get(above));
    let gaps =
        [above.map(|above| above.base - line.base), lines.get(index + 1).map(|below| line.base - below.base)];
    outermost && gaps.into_iter().flatten().all(|gap| gap > MIN_PAGE_NUMBER_GAP * line.size)
}

#[cfg(test)]
mod tests {
    use super::super::lines::into_lines;
    use super::super::words::{PlacedWord, Script};
    use super::*;

    fn page(lines: &[(&str, f64)]) -> Vec<TextLine> {
        let words = lines.iter().flat_map(|(text, base)| {
            (0_u8..).zip(text.split(' ')).map(|(index, text)| PlacedWord {
                text: text.to_owned(),
                left: 30.0 * f64::from(index),
                right: 30.0 * f64::from(index) + 25.0,
                base: *base,
                size: 10.0,
                bold: false,
                script: Script::Baseline,
                struck: false,
                space_before: true,
            })
        });
        into_lines(words.collect())
    }

    fn remaining(mut pages: Vec<Vec<TextLine>>) -> Vec<Vec<String>> {
        remove(&mut pages, false);
        pages.iter().map(|lines| lines.iter().map(TextLine::text).collect()).collect()
    }

    #[test]
    fn repeated_and_counting_lines_are_removed_and_text_stays() {
        let pages = vec![
            page(&[("Of tides", 800.0), ("One text.", 700.0), ("7", 20.0)]),
            page(&[("Of tides", 800.0), ("Another text.", 700.0), ("8", 20.0)]),
            page(&[("What the moon does 9", 810.0), ("A third.", 700.0)]),
            page(&[("10 What the sea does", 810.0), ("In 1953 the sea rose", 700.0), ("by 4 feet.", 688.0)]),
        ];
        let expected: [&[&str]; 4] =
            [&["One text."], &["Another text."], &["A third."], &["In 1953 the sea rose", "by 4 feet."]];
        assert_eq!(remaining(pages), expected);
    }

    #[test]
    fn lines_at_the_distance_of_the_text_are_no_headers() {
        let list = |first: &str| {
            page(&[
                ("Gauge", 700.0),
                (first, 688.0),
                ("at the pier", 676.0),
                ("of oak", 664.0),
                ("Gauge", 652.0),
            ])
        };
        let kept = |first| ["Gauge", first, "at the pier", "of oak", "Gauge"].map(str::to_owned);
        assert_eq!(remaining(vec![list("One"), list("Two")]), [kept("One"), kept("Two")]);
    }

    #[test]
    fn pages_that_have_hardly_anything_else_have_no_headers() {
        let form =
            |name: &str| page(&[("Receipt of the mill", 700.0), (name, 600.0), ("Keep it safe", 500.0)]);
        assert_eq!(remaining(vec![form("Flour"), form("Bran")]).concat().len(), 6);
    }

    #[test]
    fn lines_of_a_slide_that_is_shown_step_by_step_stay() {
        let shown =
            [("Tides", 380.0), ("The moon pulls", 300.0), ("The sea bulges", 280.0), ("So it ebbs", 260.0)];
        let more = [shown.as_slice(), &[("and it flows", 240.0)]].concat();
        let pages = vec![page(&shown), page(&more), page(&[("Tides", 380.0), ("Thanks", 200.0)])];
        assert_eq!(
            remaining(pages),
            [
                vec!["The moon pulls", "The sea bulges", "So it ebbs"],
                vec!["The moon pulls", "The sea bulges", "So it ebbs", "and it flows"],
                vec!["Thanks"]
            ]
        );
    }

    #[test]
    fn a_single_page_loses_its_page_number_but_no_number_in_the_text() {
        let apart = page(&[("Text.", 700.0), ("Page 1 of 1", 20.0)]);
        let within = page(&[("It fell in", 700.0), ("1953", 688.0)]);
        assert_eq!(remaining(vec![apart]), [["Text."]]);
        assert_eq!(remaining(vec![within]), [["It fell in", "1953"]]);
    }
}
