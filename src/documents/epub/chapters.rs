//! Finds the chapters in the text of a book: from its table of contents, or else from the headings with which its files
//! begin. Where neither is clear, the chapter is left unknown rather than guessed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::contents::ContentsEntry;
use crate::numerals::parse_roman;
use crate::{Block, BlockKind, Division, DivisionKind, Divisions, ExtractedText};

/// The words that precede the number of a chapter in its title.
const CHAPTER_WORDS: [&str; 10] =
    ["chapter", "ch", "chap", "kapitel", "kap", "chapitre", "capítulo", "capitolo", "hoofdstuk", "rozdział"];
/// Chapters have numbers of at most this many digits. A longer number is probably a year.
const MAX_NUMBER_DIGITS: usize = 3;
/// Highest chapter number in Roman numerals. Higher ones have a `C`, `D` or `M`, which is more likely just a letter.
const MAX_ROMAN_CHAPTER: usize = 99;

/// A file of the book, and the range of its text in that of the whole book.
pub(super) struct BookFile<'n> {
    pub(super) name: &'n str,
    pub(super) range: Range<usize>,
    /// Whether the file is outside of the reading order (`linear="no"`). Then it doesn't continue the chapter
    /// before it.
    pub(super) is_aside: bool,
}

/// Returns the chapters of a book; `None` if no chapter has a title.
pub(super) fn divisions(
    contents: &[ContentsEntry],
    files: &[BookFile<'_>],
    extracted: &ExtractedText,
) -> Option<Divisions> {
    let mut chapters = Divisions { kind: DivisionKind::Chapter, highest: 0, list: Vec::new() };
    let mut entries: BTreeMap<&str, Vec<&ContentsEntry>> = BTreeMap::new();
    for entry in contents {
        entries.entry(entry.file.as_str()).or_default().push(entry);
    }
    for file in files {
        let starts = match entries.get(file.name) {
            Some(entries) => from_contents(file, entries, extracted),
            None if contents.is_empty() => from_heading(file, extracted),
            None if file.is_aside => vec![(file.range.start, None)],
            // The file continues the chapter before it.
            None => Vec::new(),
        };
        for (start, title) in starts {
            let number = title.as_deref().and_then(number_in_title);
            chapters.highest = chapters.highest.max(number.unwrap_or(0));
            chapters.push(Division { start, number, name: title });
        }
    }
    chapters.list.iter().any(|chapter| chapter.name.is_some()).then_some(chapters)
}

/// Where a chapter begins in the text of the book, in bytes, and its title; `None` if the title is unknown.
type ChapterStart = (usize, Option<String>);

/// Returns the chapter of a file of a book without a table of contents: the whole file. Its title is the heading at the
/// beginning of the file.
fn from_heading(file: &BookFile<'_>, extracted: &ExtractedText) -> Vec<ChapterStart> {
    let first = blocks(file, extracted).first().filter(|block| block.kind == BlockKind::Heading);
    let title = first.map(|block| extracted.text[block.range.clone()].split_whitespace().collect::<Vec<_>>());
    vec![(file.range.start, title.map(|words| words.join(" ")))]
}

/// Returns the chapters of a file by the `entries` of the table of contents that lead to it. Those of the highest
/// level among them are chapters, the others are sections of these. If the start of a chapter is not found, the
/// whole file is one chapter without a title.
fn from_contents(
    file: &BookFile<'_>,
    entries: &[&ContentsEntry],
    extracted: &ExtractedText,
) -> Vec<ChapterStart> {
    let depth = entries.iter().map(|entry| entry.depth).min();
    let highest: Vec<&&ContentsEntry> = entries.iter().filter(|entry| Some(entry.depth) == depth).collect();
    let mut rest = blocks(file, extracted);
    let mut starts = Vec::new();
    for entry in &highest {
        let heading = rest.iter().position(|block| {
            block.kind == BlockKind::Heading
                && is_heading_of(&extracted.text[block.range.clone()], &entry.title)
        });
        let start = match heading {
            Some(index) if entry.has_fragment => {
                let start = rest[index].range.start;
                rest = &rest[index + 1..];
                start
            }
            _ if starts.is_empty() && (highest.len() == 1 || !entry.has_fragment) => file.range.start,
            _ => return vec![(file.range.start, None)],
        };
        starts.push((start, Some(entry.title.clone())));
    }
    starts
}

/// Returns the blocks of the text that come from a file of the book.
fn blocks<'e>(file: &BookFile<'_>, extracted: &'e ExtractedText) -> &'e [Block] {
    let index = |offset| extracted.blocks.partition_point(|block| block.range.start < offset);
    &extracted.blocks[index(file.range.start)..index(file.range.end)]
}

/// Whether a heading has all words of an entry's title, or the first ones: a title may be split into two headings.
fn is_heading_of(heading: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let heading = words(heading);
    !heading.is_empty() && words(title).starts_with(&heading)
}

/// Returns the number in the title of a chapter: `Chapter 2`, `2. The ford`, `II`.
fn number_in_title(title: &str) -> Option<usize> {
    let mut words = title.split_whitespace();
    let first = words.next()?;
    let is_chapter_word = CHAPTER_WORDS.contains(&first.trim_end_matches(['.', ':']).to_lowercase().as_str());
    if is_chapter_word {
        return parse_number(words.next()?.trim_end_matches(['.', ':', ',', ')', '—', '–']));
    }
    let bare = first.trim_end_matches(['.', ':', ')']);
    // Without a full stop after it, a number may belong to the words of the title.
    if bare.len() < first.len() || words.next().is_none() { parse_number(bare) } else { None }
}

/// Parses a number in digits or Roman numerals.
fn parse_number(written: &str) -> Option<usize> {
    if written.len() <= MAX_NUMBER_DIGITS && written.bytes().all(|byte| byte.is_ascii_digit()) {
        return written.parse().ok();
    }
    parse_roman(written).filter(|number| *number <= MAX_ROMAN_CHAPTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_chapter_is_told_from_words_of_its_title() {
        for (title, number) in [
            ("Chapter 2", Some(2)),
            ("CHAPTER IV: The ford", Some(4)),
            ("Kapitel 12 – Die Furt", Some(12)),
            ("3. The ford", Some(3)),
            ("3", Some(3)),
            ("XI", Some(11)),
            ("V. The ford", Some(5)),
            ("12 Rules of the ford", None),
            ("1984", None),
            ("I met the miller", None),
            ("C. The ford", None),
            ("Chapter the last", None),
            ("Chapter", None),
            ("The ford", None),
        ] {
            assert_eq!(number_in_title(title), number, "{title}");
        }
    }

    #[test]
    fn a_heading_is_the_beginning_of_its_title() {
        assert!(is_heading_of("Chapter 1", "CHAPTER 1: The ford"));
        assert!(is_heading_of("The “ford”", "The ford"));
        assert!(!is_heading_of("Chapter 1", "Chapter 12"));
        assert!(!is_heading_of("* * *", "The ford"));
    }
}
