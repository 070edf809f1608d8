//! Where words are in a document, as readers find the place: page, chapter or time, and paragraph.

use std::ops::Range;

use serde::Serialize;
use sourcewise_quotes::divisions::clock;
use sourcewise_quotes::{Division, DivisionKind};

use super::fragment;
use super::locale::Locale;
use super::view::PlaceView;
use crate::verify::Source;

/// The pages, the chapter or the time of a range of a document. `compare.json` has these fields.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct PageRange<'a> {
    /// The page on which the range begins, counted from 1 in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<usize>,
    /// The number printed on that page, if it differs from `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page_label: Option<&'a str>,
    /// The page on which the range ends, if that is a later one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_page: Option<usize>,
    /// The number printed on the last page, if it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_page_label: Option<&'a str>,
    /// The title of the chapter in which the range begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) chapter: Option<&'a str>,
    /// The number in the chapter's title, if it has one.
    #[serde(skip)]
    chapter_number: Option<usize>,
    /// The time at which subtitles show the first words: `00:01:23`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<String>,
}

impl<'a> PageRange<'a> {
    /// Returns the pages, the chapter or the time of a byte range of a source's document; all fields are `None` if the
    /// document has none of them.
    pub(super) fn of(source: &'a Source, range: &Range<usize>) -> Self {
        let Some(divisions) = source.divisions() else { return Self::default() };
        let Some((first, last)) = divisions.of(range) else { return Self::default() };
        let name = |division: &'a Division| division.name.as_deref();
        match divisions.kind {
            DivisionKind::Page => Self {
                page: first.number,
                page_label: name(first),
                last_page: last.and_then(|last| last.number),
                last_page_label: last.and_then(name),
                ..Self::default()
            },
            DivisionKind::Chapter => {
                Self { chapter: name(first), chapter_number: first.number, ..Self::default() }
            }
            DivisionKind::Time => Self { time: first.number.map(clock), ..Self::default() },
        }
    }

    /// Returns the pages or the time as they are cited: "p. xii", "pp. 12–13", "00:01:23". `None` for chapters, or if
    /// nothing is known.
    pub(super) fn cited(&self, locale: &Locale) -> Option<String> {
        if self.time.is_some() {
            return self.time.clone();
        }
        let number =
            |page: Option<usize>, label: Option<&str>| Some(label.map_or(page?.to_string(), str::to_owned));
        let first = number(self.page, self.page_label)?;
        Some(match number(self.last_page, self.last_page_label) {
            Some(last) => locale.fill("pages", &[("n", &format!("{first}–{last}"))]),
            None => locale.fill("page", &[("n", &first)]),
        })
    }

    /// Returns the pages, the chapter or the time: "p. xii (page 4 of the PDF)", "ch. 2", "“The ford”", "at 00:01:23".
    /// A chapter is named by its number if its title is a single word with a number, else by its title.
    pub(super) fn text(&self, locale: &Locale) -> Option<String> {
        if let Some(time) = &self.time {
            return Some(locale.fill("time", &[("n", time)]));
        }
        if let Some(title) = self.chapter {
            let number = self.chapter_number.filter(|_| !title.contains(char::is_whitespace));
            return Some(match number {
                Some(number) => locale.numbered("chapter", number),
                None => locale.fill("chapter_title", &[("title", title)]),
            });
        }
        let cited = self.cited(locale)?;
        if self.page_label.is_none() && self.last_page_label.is_none() {
            return Some(cited);
        }
        let page = self.page?.to_string();
        Some(match self.last_page {
            Some(last) => locale.fill("pages_in_file", &[("page", &cited), ("n", &format!("{page}–{last}"))]),
            None => locale.fill("page_in_file", &[("page", &cited), ("n", &page)]),
        })
    }
}

/// Builds the view of the place of a byte range of a document: "p. 12, paragraph 3". `paragraph` is the number of its
/// paragraph, from 1.
pub(super) fn place_view(
    source: &Source,
    paragraph: usize,
    range: &Range<usize>,
    locale: &Locale,
) -> PlaceView {
    let pages = PageRange::of(source, range);
    let numbered = locale.numbered("paragraph", paragraph);
    PlaceView {
        place: pages.text(locale).into_iter().chain([numbered]).collect::<Vec<_>>().join(", "),
        paragraph,
        page: pages.page,
        page_label: pages.page_label.map(str::to_owned),
        last_page: pages.last_page,
        last_page_label: pages.last_page_label.map(str::to_owned),
        chapter: pages.chapter.map(str::to_owned),
        time: pages.time,
    }
}

/// Returns a link to words where they were published. In a PDF with a known page, it leads to the page, else to the
/// words themselves (a text fragment). `None` if the record has no `url`.
pub(super) fn original(source: &Source, words: &str, range: &Range<usize>) -> Option<String> {
    let url = source.about.url.as_deref()?;
    let page = PageRange::of(source, range).page.filter(|_| is_pdf(url));
    Some(match page {
        Some(page) => format!("{}#page={page}", url.split('#').next().unwrap_or(url)),
        None => fragment::link(url, words),
    })
}

/// Whether an address leads to a PDF file, judging by the address: its path ends in `.pdf` or has a part `pdf`, as in
/// `/report.pdf` and `/pdf/2101.00001`.
pub(super) fn is_pdf(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "pdf")
        || path.split('/').skip(3).any(|part| part == "pdf")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pdf_files_are_told_from_others() {
        for url in ["https://a.example/b/Report.PDF?x=1#page=3", "https://a.example/pdf/2101.00001"] {
            assert!(is_pdf(url), "{url}");
        }
        for url in ["https://a.example/report", "https://pdf/report", "https://a.example/?file=a.pdf", ""] {
            assert!(!is_pdf(url), "{url}");
        }
    }
}
