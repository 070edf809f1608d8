//! Parses locators: the place in a document that a citation names, in the forms of Pandoc (`p. 12`, `ch. 2`, `§ 4`) or
//! as a time (`0:08`). `places` compares them with the place of the quote.

use sourcewise_documents::numerals::parse_roman;
use sourcewise_quotes::Division;

use super::quotation_marks::DOUBLE_MARKS;

/// A place in a document, as a citation names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locator {
    pub(super) kind: LocatorKind,
    /// The place as written, but with single spaces and en dashes.
    pub text: String,
    /// Whether it is only numbers of pages, without a word such as `p.`.
    is_bare: bool,
    pub(super) ranges: Vec<NumberRange>,
}

impl Locator {
    pub fn is_page(&self) -> bool {
        self.kind == LocatorKind::Page
    }

    pub fn is_time(&self) -> bool {
        self.kind == LocatorKind::Time
    }

    /// For a locator that is only numbers of pages, without a word: whether there are several pages. Otherwise `None`.
    pub fn bare_pages(&self) -> Option<bool> {
        let is_several = self.ranges.len() > 1 || self.ranges.iter().any(|range| range.first != range.last);
        self.is_bare.then_some(is_several)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LocatorKind {
    Page,
    Chapter,
    /// A time in a recording: `0:08`.
    Time,
    /// A line, a figure, a paragraph … Sourcewise does not check whether the quote is there, because documents count
    /// these in their own ways.
    Other,
}

/// A range of numbers, with both ends; for a single number, they are equal. After `ff`, `last` is `usize::MAX`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberRange {
    pub(super) first: Numeral,
    last: Numeral,
}

/// The number of a page or chapter, or seconds. Roman numbers differ from others: books number some pages with them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Numeral {
    Number(usize),
    Roman(usize),
    /// Any other, such as `a-3`, in lower case.
    Label(String),
}

/// Words and abbreviations before the numbers of pages, chapters and other places, in English and German.
const PAGE_WORDS: &str = "p pp page pages seite seiten";
const CHAPTER_WORDS: &str = "ch chs chap chaps chapter chapters kap kapitel";
const OTHER_WORDS: &str = "§ §§ ¶ ¶¶ abb abbildung abs absatz abschn abschnitt anm anmerkung art article articles artikel band bd \
    bk bks bl blatt book books buch col cols column columns fig figs figure figures fn fol folio folios fols footnote \
    footnotes fußnote l line lines ll n nn no nos note notes nr number numbers op opus par para paragraph paragraphs paras \
    part parts pt pts rn s sec secs section sections sp spalte ss tab table tables teil v verse verses vol vols volume \
    volumes z zeile zeilen";
/// A Roman numeral without a word such as `p.` before it is a page only up to this number. A higher one may be a word,
/// such as *mix*.
const MAX_BARE_ROMAN: usize = 89;
/// A citation may name a time this much before or after that of its quote.
const MAX_TIME_DIFFERENCE_SECONDS: usize = 30;
/// Words and signs that join two numbers.
const JOINING_WORDS: [&str; 8] = ["-", "–", "—", "--", "&", "and", "und", "bis"];
/// Marks after a number: `f` adds the following page, `ff` all following pages.
const FOLLOWING: [&str; 4] = ["f", "ff", "f.", "ff."];

/// Splits off a locator at the start of a text, and returns it with the rest. If it begins with a word such as `p.`,
/// all up to `;`, `@` or a quotation mark belongs to it: `p. 3, note 2`. After a number without such a word, no other
/// words may follow. `None` if the text begins with no locator.
pub(super) fn split_locator(text: &str) -> Option<(Locator, &str)> {
    let (kind, numbers_at) = kind_of(text)?;
    let numbers = &text[numbers_at..];
    let numbers = &numbers[..numbers_len(numbers)?];
    let rest = &text[numbers_at + numbers.len()..];
    let ends = |c: char| matches!(c, ';' | '@') || DOUBLE_MARKS.contains(&c);
    let end = rest.find(ends).unwrap_or(rest.len());
    let more = rest[..end].trim_end_matches([',', ':', ' ', '\n']);
    // In `3 people`, the number is probably a quoted word and no page. A time, `0:08`, is no page either.
    let is_time = numbers_at == 0 && numbers.contains(':');
    let kind = if is_time { LocatorKind::Time } else { kind };
    let is_bare = numbers_at == 0 && !is_time;
    if numbers_at == 0 && !more.is_empty() || !more.is_empty() && !more.starts_with([',', ' ', '\n', '.']) {
        return None;
    }
    let whole = &text[..numbers_at + numbers.len() + more.len()];
    let shown = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    let locator = Locator { kind, text: with_dashes(&shown), is_bare, ranges: ranges(numbers) };
    Some((locator, rest[end..].trim_start()))
}

/// Returns the kind of a locator, from the word at its start, and the offset of its numbers. Digits or a Roman numeral
/// without a word are pages. `None` if the text begins with any other word.
fn kind_of(text: &str) -> Option<(LocatorKind, usize)> {
    let end = text.find(|c: char| !c.is_alphabetic() && !matches!(c, '§' | '¶')).unwrap_or(text.len());
    let word = text[..end].to_lowercase();
    let is_in = |words: &str| words.split(' ').any(|known| known == word);
    let kind = match &text[..end] {
        // `S` is German for page (*Seite*). A lowercase `s` is the section of an English law.
        "" | "S" => LocatorKind::Page,
        _ if is_in(PAGE_WORDS) => LocatorKind::Page,
        _ if is_in(CHAPTER_WORDS) => LocatorKind::Chapter,
        _ if is_in(OTHER_WORDS) => LocatorKind::Other,
        _ => {
            let is_roman = parse_roman(&word).is_some_and(|number| number <= MAX_BARE_ROMAN);
            return is_roman.then_some((LocatorKind::Page, 0));
        }
    };
    let rest = &text[end..];
    let after = rest.strip_prefix('.').filter(|_| end > 0).unwrap_or(rest);
    Some((kind, text.len() - after.trim_start().len()))
}

/// Returns the length of the numbers at the start of a text: `12–14, 20 f.`. `None` if it begins with none.
fn numbers_len(text: &str) -> Option<usize> {
    let mut end = None;
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| !c.is_whitespace() && c != ',').map(|skip| from + skip) {
        let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | ';') || DOUBLE_MARKS.contains(&c);
        let len = text[at..].find(is_end).unwrap_or(text.len() - at);
        let token = &text[at..at + len];
        if is_number(token) || end.is_some() && FOLLOWING.contains(&token) {
            end = Some(at + len);
        } else if len == 0 || end.is_none() || !JOINING_WORDS.contains(&token) {
            break;
        }
        from = at + len;
    }
    end
}

/// Whether a word is a number: in digits, also with letters as in `A-3`, or a Roman one.
fn is_number(token: &str) -> bool {
    let is_roman = |part: &str| parse_roman(part).is_some();
    let token = token.trim_end_matches('.');
    token.contains(|c: char| c.is_ascii_digit()) && token.contains(char::is_alphanumeric)
        || !token.is_empty() && token.split(['-', '–', '—']).all(is_roman)
}

fn ranges(numbers: &str) -> Vec<NumberRange> {
    let joined = with_dashes(numbers);
    let mut ranges: Vec<NumberRange> = Vec::new();
    for token in joined.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty()) {
        let (token, following) = match token.trim_end_matches('.') {
            token if !token.starts_with(|c: char| c.is_ascii_digit()) => (token, ""),
            token => token.split_at(token.trim_end_matches('f').len()),
        };
        if FOLLOWING.contains(&token) {
            if let Some(last) = ranges.last_mut() {
                last.last = following_page(&last.last, token);
            }
        } else if !JOINING_WORDS.contains(&token) {
            let mut range = NumberRange::parse(token);
            range.last = following_page(&range.last, following);
            ranges.push(range);
        }
    }
    ranges
}

/// Returns the last page of a range after which `mark` is written: with `f` the next page, with `ff` no limit, and
/// otherwise `page`.
fn following_page(page: &Numeral, mark: &str) -> Numeral {
    match (page, mark) {
        (Numeral::Number(number), "f") => Numeral::Number(number.saturating_add(1)),
        (Numeral::Number(_), "ff") => Numeral::Number(usize::MAX),
        _ => page.clone(),
    }
}

/// Replaces hyphens between digits, double hyphens, and dashes with spaces around them by en dashes without spaces.
fn with_dashes(text: &str) -> String {
    let mut written = text.to_owned();
    for dash in [" -- ", " - ", " – ", " — ", "--"] {
        written = written.replace(dash, "–");
    }
    let chars: Vec<char> = written.chars().collect();
    let is_between_digits = |at: usize| {
        let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let dash = |(at, c): (usize, &char)| if *c == '-' && is_between_digits(at) { '–' } else { *c };
    chars.iter().enumerate().map(dash).collect()
}

impl NumberRange {
    /// Parses a number or a range. The last number of a range may be shortened: `123–8` is `123–128`. A text that
    /// is no range of two numbers of one kind, such as `A–3`, becomes a single numeral.
    fn parse(token: &str) -> Self {
        let mut ends = token.split(['–', '—']);
        let single = || Self { first: Numeral::parse(token), last: Numeral::parse(token) };
        let (Some(first), Some(last), None) = (ends.next(), ends.next(), ends.next()) else {
            return single();
        };
        let shortened = first.len().checked_sub(last.len()).and_then(|missing| first.get(..missing));
        match (Numeral::parse(first), Numeral::parse(last)) {
            (Numeral::Number(from), Numeral::Number(to)) if to < from => {
                let whole = Numeral::parse(&format!("{}{last}", shortened.unwrap_or_default()));
                Self { first: Numeral::Number(from), last: whole }
            }
            (first @ Numeral::Number(_), last @ Numeral::Number(_))
            | (first @ Numeral::Roman(_), last @ Numeral::Roman(_)) => Self { first, last },
            _ => single(),
        }
    }

    /// Whether a page, chapter or time is in the range. A page counts by its printed number or its number in the file,
    /// a chapter by its Arabic or Roman number. A time may be off by [`MAX_TIME_DIFFERENCE_SECONDS`].
    pub(super) fn contains(&self, kind: LocatorKind, division: &Division) -> bool {
        let is_in = |number: &Numeral| self.first <= *number && *number <= self.last;
        let is_number_in = division.number.is_some_and(|number| is_in(&Numeral::Number(number)));
        match (kind, division.number, &division.name) {
            (LocatorKind::Page, _, Some(label)) => is_number_in || is_in(&Numeral::parse(label)),
            (LocatorKind::Chapter, Some(number), _) => is_number_in || is_in(&Numeral::Roman(number)),
            (LocatorKind::Time, Some(second), _) => {
                self.first <= Numeral::Number(second.saturating_add(MAX_TIME_DIFFERENCE_SECONDS))
                    && Numeral::Number(second.saturating_sub(MAX_TIME_DIFFERENCE_SECONDS)) <= self.last
            }
            _ => is_number_in,
        }
    }
}

/// Parses a time, such as `1:23` or `00:01:23`, as seconds.
fn seconds(written: &str) -> Option<usize> {
    const MAX_PARTS: usize = 3;
    let parts: Option<Vec<usize>> = written.split(':').map(|part| part.parse().ok()).collect();
    let parts = parts.filter(|parts| (2..=MAX_PARTS).contains(&parts.len()))?;
    parts.into_iter().try_fold(0_usize, |sum, part| sum.checked_mul(60)?.checked_add(part))
}

impl Numeral {
    fn parse(written: &str) -> Self {
        if let Some(number) = written.parse().ok().or_else(|| seconds(written)) {
            return Self::Number(number);
        }
        parse_roman(written).map_or_else(|| Self::Label(written.to_lowercase()), Self::Roman)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<(LocatorKind, String, &str)> {
        split_locator(text).map(|(locator, rest)| (locator.kind, locator.text, rest))
    }

    #[test]
    fn locators_are_told_from_words() {
        use LocatorKind::{Chapter, Other, Page, Time};
        for (text, kind, locator, rest) in [
            ("p. 3", Page, "p. 3", ""),
            ("p.3", Page, "p.3", ""),
            ("pp. 12-14, 20 \"words\"", Page, "pp. 12–14, 20", "\"words\""),
            ("pp. 12 - 14", Page, "pp. 12–14", ""),
            ("S. 7 f.; @b", Page, "S. 7 f.", "; @b"),
            ("p. A-3, “words”", Page, "p. A-3", "“words”"),
            ("xii", Page, "xii", ""),
            ("33, 35–38", Page, "33, 35–38", ""),
            ("pages iv–vi and 9", Page, "pages iv–vi and 9", ""),
            ("chap.\n 2", Chapter, "chap. 2", ""),
            ("Kap. IV", Chapter, "Kap. IV", ""),
            ("xii–xiv", Page, "xii–xiv", ""),
            ("0:08", Time, "0:08", ""),
            ("l. 14", Other, "l. 14", ""),
            ("v. 2", Other, "v. 2", ""),
            ("s. 3", Other, "s. 3", ""),
            ("§3", Other, "§3", ""),
            ("§§ 4–5, note 2", Other, "§§ 4–5, note 2", ""),
            ("p. 3 and elsewhere", Page, "p. 3 and elsewhere", ""),
        ] {
            assert_eq!(split(text), Some((kind, locator.to_owned(), rest)), "{text}");
        }
        for words in ["people 3", "p", "p. the", "page by page", "3 people", "mill p. 3", "in 1823", "", "§"]
        {
            assert_eq!(split(words), None, "{words}");
        }
    }

    #[test]
    fn a_range_contains_pages_by_their_printed_number_or_that_in_the_file() {
        let page = |number, label: &str| Division {
            start: 0,
            number: Some(number),
            name: Some(label.to_owned()).filter(|label| !label.is_empty()),
        };
        let covers = |text: &str, division: &Division| {
            let (locator, _) = split_locator(text).expect("a locator");
            locator.ranges.iter().any(|range| range.contains(locator.kind, division))
        };
        for locator in
            ["p. 12", "pp. 10–14", "pp. 3, 12", "pp. 11f.", "p. 9 ff.", "pp. 10-4", "p. 340", "pp. 338–41"]
        {
            assert!(covers(locator, &page(12, "340")), "{locator}");
        }
        for locator in ["p. 13", "pp. 3–11", "p. 11", "p. 10 f.", "p. xii"] {
            assert!(!covers(locator, &page(12, "340")), "{locator}");
        }
        assert!(covers("p. XII", &page(14, "xii")) && covers("pp. x–xv", &page(14, "xii")));
        assert!(covers("p. a-3", &page(14, "A-3")) && !covers("p. A-4", &page(14, "A-3")));
        assert!(covers("ch. IV", &page(4, "The ford")) && !covers("ch. 5", &page(4, "The ford")));
    }
}
