//! What stands at the head and foot of pages and belongs to none of them: running titles, numbers of pages. It is known
//! by its coming back at the same place, the same or counting.

use std::collections::BTreeSet;

use super::rows::Row;

/// Rows at each edge of a page that are looked at.
const EDGE: usize = 3;
/// How far apart the same row may stand on two pages, in points.
const PLACE: f64 = 4.0;
/// Space that parts a number of a page from its text, by the size of the font.
const APART: f64 = 1.6;

/// A row that may be furniture.
struct Candidate {
    page: usize,
    row: usize,
    base: f64,
    text: String,
    /// Numbers that it begins or ends with, less the number of the page.
    counts: Vec<i64>,
    /// It is nothing but the number of a page, apart from all else.
    lonely: bool,
}

/// Takes it away. Pages are rows from top to foot.
pub(crate) fn remove(pages: &mut [Vec<Row>]) {
    let candidates: Vec<Candidate> =
        pages.iter().enumerate().flat_map(|(page, rows)| candidates(page, rows)).collect();
    let returns = |one: &Candidate| {
        candidates.iter().any(|other| {
            let shared = one.counts.iter().any(|count| other.counts.contains(count));
            other.page != one.page
                && (other.base - one.base).abs() < PLACE
                && (shared || other.text == one.text)
        })
    };
    let gone = candidates.iter().filter(|one| returns(one) || one.lonely);
    let gone: BTreeSet<(usize, usize)> = gone.map(|one| (one.page, one.row)).collect();
    for (page, rows) in pages.iter_mut().enumerate() {
        let mut row = 0;
        rows.retain(|_| {
            row += 1;
            !gone.contains(&(page, row - 1))
        });
    }
}

fn candidates(page: usize, rows: &[Row]) -> Vec<Candidate> {
    let edge = |index: &usize| *index < EDGE || *index + EDGE >= rows.len();
    (0..rows.len())
        .filter(edge)
        .filter_map(|index| {
            let row = rows.get(index)?;
            let text = row.text();
            let tokens: Vec<&str> = text.split_whitespace().collect();
            let number = i64::try_from(page).ok()?;
            // Notes count, too: their marks are raised, and below them there is more often than not a number of the page.
            let outermost = index == 0 || index + 1 == rows.len();
            let ends = [row.words.first(), row.words.last()].into_iter().flatten();
            let ends = ends.filter(|word| outermost && !word.raised);
            let counts = ends.filter_map(|word| Some(counted(&word.text)? - number)).collect();
            let lonely = is_page_number(&tokens) && stands_apart(rows, index);
            let text =
                text.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }).collect();
            Some(Candidate { page, row: index, base: row.base, text, counts, lonely })
        })
        .collect()
}

/// The number of a page, as it is written at its edge.
fn counted(token: &str) -> Option<i64> {
    let bare = token.trim_matches(|letter: char| !letter.is_alphanumeric());
    if bare.len() > 4 { None } else { bare.parse().ok() }
}

/// `7`, `- 7 -`, `Page 7 of 9`, `7/9`.
fn is_page_number(tokens: &[&str]) -> bool {
    let words =
        ["page", "of", "p.", "seite", "von", "sur", "de", "página", "pagina", "di", "/", "|", "-", "–", "—"];
    let has_number = tokens.iter().any(|token| token.chars().any(|letter| letter.is_ascii_digit()));
    let all = tokens.iter().all(|token| {
        let digits =
            token.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '/' | '-' | '–' | '|'));
        digits && token.len() <= 9 || words.contains(&token.to_lowercase().as_str())
    });
    has_number && all && tokens.len() <= 5
}

/// Whether there is more than the space of a line between a row and those above and below it.
fn stands_apart(rows: &[Row], index: usize) -> bool {
    let Some(row) = rows.get(index) else { return false };
    let outermost = index == 0 || index + 1 == rows.len();
    let above = index.checked_sub(1).and_then(|above| rows.get(above));
    let gaps =
        [above.map(|above| above.base - row.base), rows.get(index + 1).map(|below| row.base - below.base)];
    outermost && gaps.into_iter().flatten().all(|gap| gap > APART * row.size)
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::super::words::Word;
    use super::*;

    fn page(lines: &[(&str, f64)]) -> Vec<Row> {
        let words = lines.iter().flat_map(|(text, base)| {
            (0_u8..).zip(text.split(' ')).map(|(index, text)| Word {
                text: text.to_owned(),
                left: 30.0 * f64::from(index),
                right: 30.0 * f64::from(index) + 25.0,
                base: *base,
                size: 10.0,
                bold: false,
                raised: false,
                spaced: true,
            })
        });
        rows(words.collect())
    }

    fn left(mut pages: Vec<Vec<Row>>) -> Vec<Vec<String>> {
        remove(&mut pages);
        pages.iter().map(|rows| rows.iter().map(Row::text).collect()).collect()
    }

    #[test]
    fn what_comes_back_or_counts_goes_and_text_stays() {
        let pages = vec![
            page(&[("Of tides", 800.0), ("One text.", 700.0), ("7", 20.0)]),
            page(&[("Of tides", 800.0), ("Another text.", 700.0), ("8", 20.0)]),
            page(&[("What the moon does 9", 810.0), ("A third.", 700.0)]),
            page(&[("10 What the sea does", 810.0), ("In 1953 the sea rose", 700.0), ("by 4 feet.", 688.0)]),
        ];
        let expected: [&[&str]; 4] =
            [&["One text."], &["Another text."], &["A third."], &["In 1953 the sea rose", "by 4 feet."]];
        assert_eq!(left(pages), expected);
    }

    #[test]
    fn the_number_of_an_only_page_goes_but_no_figure_in_its_text() {
        let apart = page(&[("Text.", 700.0), ("Page 1 of 1", 20.0)]);
        let within = page(&[("It fell in", 700.0), ("1953", 688.0)]);
        assert_eq!(left(vec![apart]), [["Text."]]);
        assert_eq!(left(vec![within]), [["It fell in", "1953"]]);
    }
}
