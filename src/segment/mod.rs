//! Second phase: documents → passages with paragraph numbers and byte ranges, and their normal form.
//!
//! A paragraph is what stands between blank lines. In a document whose lines are not broken to a width, every line
//! is one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::ids::SourceId;
use crate::load::Loaded;
use crate::text::normal::Folded;
use crate::text::sentences::sentences;

/// A document broken to a width has no line longer than this, in characters.
const WRAPPED_WIDTH: usize = 100;
/// In a document broken to a width, lines that are not the last of their paragraph are mostly at least this long, and
/// mostly end in the middle of a sentence.
const WRAPPED_LINE: usize = 45;

/// All documents that are at hand, cut up.
#[derive(Debug)]
pub struct Corpus {
    documents: BTreeMap<SourceId, Segmented>,
}

impl Corpus {
    /// The document of a source, if it is at hand.
    pub fn get(&self, source: &SourceId) -> Option<&Segmented> {
        self.documents.get(source)
    }

    /// All documents, by source.
    pub fn iter(&self) -> impl Iterator<Item = (&SourceId, &Segmented)> {
        self.documents.iter()
    }
}

/// A document, cut into paragraphs.
#[derive(Debug)]
pub struct Segmented {
    text: Arc<str>,
    paragraphs: Vec<Range<usize>>,
    folded: Folded,
    /// Where each paragraph begins in the folded text.
    folded_starts: Vec<usize>,
}

/// A stretch of a document with a place; usually a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Number of its paragraph, from 1.
    pub paragraph: usize,
    /// Its bytes in the document.
    pub range: Range<usize>,
}

impl Segmented {
    /// Cuts a document.
    pub fn of(text: Arc<str>) -> Self {
        let paragraphs = paragraphs(&text);
        let folded = Folded::of_paragraphs(&text, paragraphs.iter().cloned());
        let breaks = memchr::memchr_iter(b'\n', folded.text().as_bytes()).map(|feed| feed + 1);
        let folded_starts = std::iter::once(0).chain(breaks).collect();
        Self { text, paragraphs, folded, folded_starts }
    }

    /// The document's own text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its normal form, a paragraph to a line.
    pub fn folded(&self) -> &Folded {
        &self.folded
    }

    /// Number, from 1, of the paragraph in which a place of the folded text lies.
    pub fn paragraph_at(&self, folded: usize) -> usize {
        self.folded_starts.partition_point(|start| *start <= folded)
    }

    /// Where a paragraph, by its number, ends in the folded text; the end of that for one that isn't there.
    pub fn end_of_paragraph(&self, number: usize) -> usize {
        self.folded_starts.get(number).map_or(self.folded.text().len(), |start| start - 1)
    }

    /// All paragraphs, in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().map(|range| &self.text[range.clone()])
    }

    /// All passages, in order.
    pub fn passages(&self) -> impl Iterator<Item = Passage> + '_ {
        self.paragraphs.iter().enumerate().flat_map(|(index, range)| {
            let inner = sentences(&self.text[range.clone()]);
            let start = range.start;
            inner
                .into_iter()
                .map(move |cut| Passage { paragraph: index + 1, range: start + cut.start..start + cut.end })
        })
    }
}

/// Cuts every document that is at hand.
pub fn segment(loaded: &Loaded) -> Corpus {
    let documents = loaded.sources.iter().filter_map(|source| {
        let document = source.document.as_ref()?;
        Some((source.id.clone(), Segmented::of(document.text.clone())))
    });
    Corpus { documents: documents.collect() }
}

fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines {
        let content = trimmed(text, &line);
        if content.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if wrapped && open && !is_item(&text[content.clone()]) => last.end = content.end,
            _ => paragraphs.push(content),
        }
        open = true;
    }
    paragraphs
}

/// The lines of a text. Besides the line feed, a lone carriage return, the form feed that some programs put between
/// pages, and Unicode's own separators end one.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (at, c) in text.char_indices() {
        let ends = match c {
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
            '\r' => !text[at + 1..].starts_with('\n'),
            _ => false,
        };
        if ends {
            lines.push(start..at);
            start = at + c.len_utf8();
        }
    }
    lines.push(start..text.len());
    lines
}

fn trimmed(text: &str, line: &Range<usize>) -> Range<usize> {
    let white = |c: char| c.is_whitespace() || c == '\u{feff}';
    let whole = &text[line.clone()];
    let start = line.start + (whole.len() - whole.trim_start_matches(white).len());
    start..start + whole.trim_matches(white).len()
}

/// True for a document whose lines were broken to a width, so that a line feed within a block means nothing.
///
/// Such lines are of like length, end in the middle of a sentence, and mostly go on in lower case; headlines don't.
fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let content: Vec<&str> = lines.iter().map(|line| &text[trimmed(text, line)]).collect();
    let wide = content.iter().filter(|line| line.chars().count() > WRAPPED_WIDTH).count();
    let full = content.iter().filter(|line| !line.is_empty()).count();
    if wide * 10 > full {
        return false;
    }
    let inner = content.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let (mut on, mut all) = (0_usize, 0_usize);
    for pair in inner {
        all += 1;
        let open = !pair[0].ends_with(['.', '!', '?', ':', '。', '”', '"']);
        let goes_on = !pair[1].starts_with(char::is_uppercase) && !is_item(pair[1]);
        on += usize::from(open && goes_on && pair[0].chars().count() >= WRAPPED_LINE);
    }
    all > 0 && on * 2 > all
}

/// True for a line that begins an item of a list.
fn is_item(line: &str) -> bool {
    let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - marker.len();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '•', '·', '+']),
        // More digits are a year at the end of a sentence.
        1..=3 => marker.strip_prefix(['.', ')']),
        _ => None,
    };
    rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn every_line_is_a_paragraph_where_lines_are_not_broken() {
        let long = "x ".repeat(80);
        let text = format!("Title\n{long}\nShort line.\r\n\r\n  last  ");
        assert_eq!(cut(&text), ["Title", long.trim(), "Short line.", "last"]);
    }

    #[test]
    fn lines_broken_to_a_width_are_joined_up_to_the_blank_line() {
        let text = "The river mill at the old ford was built of stone\nand burnt down in the spring of that dry year,\nas they say.\n\n- an item of the list\n- another item\n";
        let paragraphs = cut(text);
        assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
        assert!(paragraphs[0].ends_with("as they say."));
    }

    #[test]
    fn headlines_and_pages_stay_apart() {
        let lines = "The mill at the ford burns against all that was foretold\nThe ferry loses the biggest of its ropes again";
        assert_eq!(cut(lines).len(), 2);
        assert_eq!(cut("One page\u{c}another\rand a line\u{2029}more").len(), 4);
    }

    #[test]
    fn passages_know_their_paragraph_and_their_bytes() {
        let document = Segmented::of("A first. A second.\nA third.".into());
        let passages: Vec<_> =
            document.passages().map(|p| (p.paragraph, &document.text()[p.range])).collect();
        assert_eq!(passages, [(1, "A first."), (1, "A second."), (2, "A third.")]);
        assert_eq!(document.paragraph_at(0), 1);
        assert_eq!(document.paragraph_at(document.folded().text().find("third").expect("there")), 2);
    }
}
