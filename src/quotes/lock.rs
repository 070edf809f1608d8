//! Lock entries: the verified quotes of a document that can't be published, so that they can be checked on a machine
//! without the document. The program's `load/lock.rs` parses and formats the file of all entries.
//!
//! Each entry is sealed by a hash of its source's id and its contents. The seal detects manual edits, bad merges
//! and entries under another source's id. It is not a signature: anyone can recompute it. Therefore, entries that
//! no document can have are refused as well, such as one whose quote is longer than its byte range. Only the
//! document can show that a possible entry is genuine.

use std::fmt::Write as _;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::divisions::Divisions;
use crate::normalize::normal;
use crate::pattern::QuotePattern;

/// Number of hexadecimal digits of a SHA-256 hash.
const SHA256_CHARS: usize = 64;

/// The first line of what is hashed for a seal. It changes with the format, so that no seal is valid in two formats.
const SEAL_FORMAT: &str = "sourcewise lock 2";

/// The normal form of a text has at most this many times its bytes (UAX 15, table 9: U+FDFA in UTF-8).
const MAX_NORMAL_EXPANSION: usize = 11;

/// The lock entry of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// SHA-256 of the document's file, in lower-case hexadecimal.
    pub sha256: String,
    /// SHA-256 of the source's id and all other fields of this entry, in lower-case hexadecimal.
    pub seal: String,
    /// Number of words in the whole document.
    pub words: usize,
    /// Whether the document's text was recognised in images by a program (OCR).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine_read: bool,
    /// Whether the text was taken from the metadata of a web page, because the page itself has hardly any.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_metadata: bool,
    /// The verified quotes, sorted by paragraph and offset, each once.
    #[serde(default)]
    pub quote: Vec<LockedQuote>,
    /// The pages, chapters or times in which the quotes are, if the document has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divisions: Option<Divisions>,
}

/// A verified quote in a lock entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedQuote {
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// Byte offset in the document where the quote begins.
    pub start: usize,
    /// Byte offset in the document where the quote ends (exclusive).
    pub end: usize,
    /// The quote in the document's characters; an elision or paragraph break is `…`, an insertion is in brackets.
    pub text: String,
    /// Further occurrences of the quote in the document, in order: paragraph, start and end of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<[usize; 3]>,
}

/// Why a lock entry proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockDamage {
    /// The seal doesn't fit this source and these contents.
    Seal,
    /// The seal fits, but no document can have this hash, or these words at these places.
    Contents,
}

impl LockedSource {
    /// Seals the entry for the source `id`.
    #[must_use]
    pub fn sealed(self, id: &str) -> Self {
        Self { seal: self.compute_seal(id), ..self }
    }

    fn compute_seal(&self, id: &str) -> String {
        // A length before each text makes the concatenation unambiguous.
        let mut all = format!("{SEAL_FORMAT}\n{} {id}\n", id.len());
        // Writing to a string can't fail.
        let _ = writeln!(all, "{} {} {}", self.sha256.len(), self.sha256, self.words);
        if self.machine_read {
            all.push_str("machine_read\n");
        }
        if self.from_metadata {
            all.push_str("from_metadata\n");
        }
        for LockedQuote { paragraph, start, end, text, also } in &self.quote {
            let _ = writeln!(all, "{paragraph} {start} {end} {} {text}", text.len());
            for [paragraph, start, end] in also {
                let _ = writeln!(all, "also {paragraph} {start} {end}");
            }
        }
        if let Some(divisions) = &self.divisions {
            divisions.write_for_seal(&mut all);
        }
        sha256(all.as_bytes())
    }

    /// Checks that this is the entry of the source `id`, as it was sealed, and that a document can have its contents.
    ///
    /// # Errors
    /// The damage, if the entry must not prove a quote.
    pub fn check(&self, id: &str) -> Result<(), LockDamage> {
        if self.seal != self.compute_seal(id) {
            return Err(LockDamage::Seal);
        }
        let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
        let is_possible = self.sha256.len() == SHA256_CHARS
            && self.sha256.chars().all(hex)
            && self.quote.is_sorted_by(|one, next| one < next)
            && self.quote.iter().all(LockedQuote::is_possible)
            && self.divisions.as_ref().is_none_or(Divisions::is_possible)
            && self.has_paragraphs_in_order();
        if is_possible { Ok(()) } else { Err(LockDamage::Contents) }
    }

    /// Whether paragraph numbers never decrease if the occurrences of all quotes are sorted by offset. The same offset
    /// must have the same paragraph.
    fn has_paragraphs_in_order(&self) -> bool {
        let mut starts: Vec<(usize, usize)> = self
            .quote
            .iter()
            .flat_map(LockedQuote::places)
            .map(|[paragraph, start, _]| (start, paragraph))
            .collect();
        starts.sort_unstable();
        starts.windows(2).all(|pair| {
            let [(start, paragraph), (next_start, next_paragraph)] = [pair[0], pair[1]];
            paragraph == next_paragraph || (start < next_start && paragraph < next_paragraph)
        })
    }
}

impl LockedQuote {
    /// Returns the byte range of every occurrence.
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.places().map(|[_, start, end]| start..end)
    }

    /// Returns the paragraph, start and end of every occurrence.
    fn places(&self) -> impl Iterator<Item = [usize; 3]> + '_ {
        std::iter::once([self.paragraph, self.start, self.end]).chain(self.also.iter().copied())
    }

    /// Whether a document can contain these words at these places.
    fn is_possible(&self) -> bool {
        let places: Vec<[usize; 3]> = self.places().collect();
        if QuotePattern::parse(&self.text).is_none()
            || !places.iter().all(|[paragraph, start, end]| *paragraph > 0 && start < end)
        {
            return false;
        }
        let words = document_words(&self.text);
        let bytes: usize = words.iter().map(|part| part.len()).sum();
        let normal_bytes: usize = words.iter().map(|part| normal(part).len()).sum();
        let is_whole = words == [self.text.as_str()];
        // If the text fills the range exactly, its brackets and ellipses (if any) may be the document's own. Otherwise
        // they must be the author's, and the words between them must fit into the range.
        let length = self.end - self.start;
        let first_fits = length == self.text.len() || (!is_whole && bytes <= length);
        // Only the first occurrence is stored as text. Further ones have the same normal form, but perhaps other
        // characters, so only their minimum length is known. Occurrences don't overlap, except those of a quote over
        // several paragraphs: one may begin in a paragraph in which another ends. The breaks between the paragraphs of
        // such a quote are stored as `…`, like elisions.
        first_fits
            && self
                .also
                .iter()
                .all(|[_, start, end]| normal_bytes <= (end - start).saturating_mul(MAX_NORMAL_EXPANSION))
            && places.windows(2).all(|pair| {
                let [[paragraph, start, end], [next_paragraph, next, _]] = [pair[0], pair[1]];
                end <= next || (!is_whole && start < next && paragraph < next_paragraph)
            })
    }
}

/// Splits the text of a quote at elisions and insertions, as `matcher` writes them. Returns the parts between them,
/// trimmed: the words that the document must contain.
fn document_words(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(['…', '[']).map(|found| from + found) {
        let length = if rest[at..].starts_with('…') {
            Some('…'.len_utf8())
        } else {
            rest[at..].find(']').map(|end| end + 1)
        };
        let Some(length) = length else {
            from = at + 1;
            continue;
        };
        parts.push(rest[..at].trim());
        rest = &rest[at + length..];
        from = 0;
    }
    parts.push(if parts.is_empty() { rest } else { rest.trim() });
    parts
}

/// Computes the SHA-256 hash (FIPS 180-4), in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Division, DivisionKind, SegmentedDocument, prove_words};

    const HASH: &str = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

    const OLD_SEAL: &str = "db2ffce73954c3dc653d5377ec98960b9456ceb910fea4c68b2e575b1c1663ca";

    fn quote(paragraph: usize, start: usize, end: usize, text: &str, also: &[[usize; 3]]) -> LockedQuote {
        LockedQuote { paragraph, start, end, text: text.to_owned(), also: also.to_vec() }
    }

    fn entry(quotes: &[LockedQuote]) -> LockedSource {
        let divisions = Divisions {
            kind: DivisionKind::Page,
            highest: 3,
            list: vec![Division { start: 5, number: Some(2), name: Some("ii".to_owned()) }],
        };
        let (quote, divisions) = (quotes.to_vec(), Some(divisions));
        LockedSource { sha256: HASH.to_owned(), words: 40, quote, divisions, ..LockedSource::default() }
            .sealed("mill")
    }

    fn divisions(entry: &mut LockedSource) -> &mut Divisions {
        entry.divisions.as_mut().expect("the entry has divisions")
    }

    #[test]
    fn an_entry_without_pages_has_the_seal_that_it_had_before_there_were_any() {
        let old = LockedSource { divisions: None, ..entry(&[quote(1, 10, 19, "the mill ", &[])]) };
        assert_eq!(old.sealed("mill").seal, OLD_SEAL);
    }

    #[test]
    fn a_seal_is_valid_for_one_source_and_these_contents() {
        let sealed = entry(&[quote(1, 10, 19, "the mill ", &[[2, 30, 39]])]);
        assert_eq!(sealed.check("mill"), Ok(()));
        assert_eq!(sealed.check("ferry"), Err(LockDamage::Seal));
        let edits: [fn(&mut LockedSource); 13] = [
            |entry| entry.sha256 = entry.sha256.replace('5', "6"),
            |entry| entry.words += 1,
            |entry| entry.machine_read = true,
            |entry| entry.from_metadata = true,
            |entry| entry.quote[0].paragraph = 2,
            |entry| entry.quote[0].start -= 1,
            |entry| entry.quote[0].end += 1,
            |entry| entry.quote[0].text = "the bill ".to_owned(),
            |entry| entry.quote[0].also.clear(),
            |entry| entry.quote.clear(),
            |entry| entry.divisions = None,
            |entry| divisions(entry).highest = 4,
            |entry| divisions(entry).list[0].number = Some(1),
        ];
        for (number, edit) in edits.into_iter().enumerate() {
            let mut edited = sealed.clone();
            edit(&mut edited);
            assert_eq!(edited.check("mill"), Err(LockDamage::Seal), "edit {number}");
        }
    }

    #[test]
    fn a_sealed_entry_with_impossible_contents_is_refused() {
        let impossible = [
            vec![quote(1, 10, 18, "the miller", &[])],
            vec![quote(1, 10, 40, "the miller", &[])],
            vec![quote(1, 10, 20, "the miller … the ferry", &[])],
            vec![quote(1, 10, 20, "the miller [of old] sold", &[])],
            vec![quote(0, 10, 20, "the miller", &[])],
            vec![quote(1, 20, 10, "the miller", &[])],
            vec![quote(1, 10, 13, " … ", &[])],
            vec![quote(1, 10, 20, "the miller", &[[1, 10, 20]])],
            vec![quote(1, 10, 20, "the miller", &[[1, 15, 25]])],
            vec![quote(1, 10, 20, "the miller", &[[1, 30, 30]])],
            vec![quote(2, 10, 20, "the miller", &[[1, 30, 40]])],
            vec![quote(1, 10, 20, "the miller", &[[2, 50, 60], [2, 30, 40]])],
            vec![quote(1, 10, 37, "the miller sold the ferries", &[[2, 50, 52]])],
            vec![quote(1, 10, 20, "the miller", &[]), quote(1, 10, 20, "the miller", &[])],
            vec![quote(2, 30, 40, "the miller", &[]), quote(1, 10, 20, "the ferrie", &[])],
            vec![quote(1, 30, 40, "the miller", &[]), quote(2, 10, 20, "the ferrie", &[])],
            vec![quote(1, 10, 20, "the miller", &[]), quote(2, 10, 20, "the ferrie", &[])],
        ];
        for (number, quotes) in impossible.iter().enumerate() {
            assert_eq!(entry(quotes).check("mill"), Err(LockDamage::Contents), "entry {number}");
        }
        let no_hash = LockedSource { sha256: "none".to_owned(), ..entry(&[]) }.sealed("mill");
        assert_eq!(no_hash.check("mill"), Err(LockDamage::Contents));
        let mut no_such_page = entry(&[]);
        divisions(&mut no_such_page).highest = 1;
        assert_eq!(no_such_page.sealed("mill").check("mill"), Err(LockDamage::Contents));
    }

    #[test]
    fn every_quote_that_a_document_proves_makes_a_possible_entry() {
        let text = "The o\u{fb03}ce\u{a0}of  the\nThe old mill — it’s said [sic] — burnt… and burnt. The o\u{ad}ld  mill fell.\n\
                    A mill \u{fdfa} and an o\u{fb03}ce burnt. The old mill a\u{301} burnt. So the mill of the owner [a ferry burnt.\n\
                    The office of the mill burnt; the mill burnt -- again.";
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let written = [
            "The old mill",
            "old … burnt",
            "[T]he old mill",
            "mill [at the ford] burnt",
            "[t]he old … [it] burnt",
            "it's said [sic] - burnt",
            "burnt… and burnt",
            "office",
            "burnt",
            "The office of the",
            "mill … burnt … mill",
            "owner [a ferry burnt",
            "the mill … [a ferry",
            "the mill burnt - again",
        ];
        let proved: Vec<_> = written.iter().filter_map(|words| prove_words(words, &document)).collect();
        assert!(proved.len() >= 11, "{proved:?}");
        for quote in &proved {
            assert_eq!(entry(&[quote.to_lock()]).check("mill"), Ok(()), "{quote:?}");
        }
        let all: std::collections::BTreeSet<_> = proved.iter().map(crate::VerifiedQuote::to_lock).collect();
        assert_eq!(entry(&all.into_iter().collect::<Vec<_>>()).check("mill"), Ok(()));
    }
}
