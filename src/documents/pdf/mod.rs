//! Reads PDF documents: extracts their text in reading order, in blocks. A PDF contains only glyphs and their
//! positions; words, lines, columns and paragraphs are inferred from these. Text in images is not recognized.
//!
//! - Safety: `preflight` checks limits before parsing, `sandbox` adds a timeout and catches panics, `streams` limits
//!   the decompressed size.
//! - Glyphs: `pages` opens the file, `content` interprets its operators and collects `glyphs`, `objects` runs forms, `fields`
//!   draws what was filled in.
//!   Fonts (`fonts`) are `simple` or `composite`; they use `descriptors`, `collections`, `maps`, `encodings`,
//!   `programs`, `metrics` and `tex`.
//! - Visibility: `painting` interprets the operators that set `colours` and clips in the `state`, and paint `shapes`.
//!   `paint` stores what they paint, `layers` decides which content is off, `strikes` finds the words that are struck
//!   out, `visibility` decides which glyphs readers see, and `tilt` makes lines level that were scanned askew or are
//!   drawn at an angle.
//! - Parts: `page_ranges` finds the pages that a record excludes.
//! - Layout: `words` (with their `letters` and `accents`, in the order of `right_to_left`) and `lines` group the
//!   glyphs, `headers` removes headers and footers, `order` splits pages into columns, `paragraphs` groups lines
//!   into blocks, `kinds` classifies the blocks (both compare them with the `body_style`), and `flow` joins blocks
//!   across columns and pages.
//! - Text: `assembly` makes the text of the blocks, `hyphens` joins the lines of a block. `meta` reads the metadata,
//!   `labels` the printed page numbers.

mod accents;
mod assembly;
mod body_style;
mod collections;
mod colours;
mod composite;
mod content;
mod descriptors;
mod encodings;
mod fields;
mod flow;
mod fonts;
mod glyphs;
mod headers;
mod hyphens;
mod kinds;
mod labels;
mod layers;
mod letters;
mod lines;
mod maps;
mod matrix;
mod median;
mod meta;
mod metrics;
mod objects;
mod order;
mod page_ranges;
mod pages;
mod paint;
mod painting;
mod paragraphs;
mod preflight;
mod programs;
mod right_to_left;
mod sandbox;
mod shapes;
mod simple;
mod state;
mod streams;
mod strikes;
mod tex;
mod tilt;
mod visibility;
mod words;

use std::collections::BTreeMap;

use flow::{FlowBlock, PageColumns};
use labels::PageLabels;
use sandbox::CancelToken;
use streams::Budget;
use visibility::PageGlyphs;
use words::PlacedWord;

use crate::parts::{PlaceInFile, WholeDocument};
use crate::{ExtractedText, Limits, NamedParts, ReadError, SetAsideReason};

/// Minimum number of letters and digits in a document for each of its pages that is mostly image. A document with fewer
/// is taken for a scan without text, and its letters for stamps or page numbers.
const MIN_LETTERS_PER_IMAGE: usize = 20;

/// Reads a document without the pages in `parts.exclude`.
///
/// # Errors
/// If the document is damaged, encrypted, too large, compressed too many times or too slow to read, or has no text.
pub(crate) fn read_parts(
    bytes: &[u8],
    parts: &NamedParts,
    limits: Limits,
) -> Result<ExtractedText, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge);
    }
    let (bytes, parts) = (bytes.to_vec(), parts.clone());
    sandbox::run(limits.seconds, move |cancel| document(bytes, &parts, limits, cancel))
}

/// Reads a whole document: no pages are excluded.
#[cfg(test)]
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    read_parts(bytes, &NamedParts::default(), limits)
}

fn document(
    bytes: Vec<u8>,
    parts: &NamedParts,
    limits: Limits,
    cancel: &CancelToken,
) -> Result<ExtractedText, ReadError> {
    preflight::check(&bytes, limits, cancel)?;
    let pdf = pages::load(bytes)?;
    cancel.check()?;
    let mut pages = pages::pages(&pdf, limits.decompressed_bytes, cancel)?;
    let meta = meta::meta(&pdf, &mut Budget::new(limits.decompressed_bytes))?;
    let labels = PageLabels::read(&pdf, pages.len(), cancel)?;
    let letters: usize = pages.iter().map(count_letters).sum();
    let images = pages.iter().filter(|page| page.is_image).count();
    if letters < MIN_LETTERS_PER_IMAGE * images {
        return Err(ReadError::NoText);
    }
    let (excluded, part_faults) = page_ranges::excluded(parts, pages.len());
    let all = take_excluded(&mut pages, &excluded, &labels, cancel)?;
    let is_machine_read = pages.iter().any(|page| page.is_machine_read);
    let aside = |page: &PageGlyphs| {
        vec![
            (SetAsideReason::Hidden, words::joined(&page.hidden)),
            (SetAsideReason::PageEdge, words::joined(&page.artifacts)),
        ]
    };
    let mut aside: Vec<_> = pages.iter().map(aside).collect();
    let (blocks, edges) = lay_out(pages, &excluded, cancel)?;
    for (aside, words) in aside.iter_mut().zip(edges) {
        aside.push((SetAsideReason::PageEdge, words));
    }
    let document = assembly::assemble(&blocks, aside, &labels);
    ExtractedText { is_machine_read, all, part_faults, meta, ..document }.checked(limits)
}

/// Empties the excluded pages, and returns their words; `None` if they have no words. `excluded` has the indexes of
/// these pages, each with the entry of the record's `exclude` that names it.
fn take_excluded(
    pages: &mut [PageGlyphs],
    excluded: &BTreeMap<usize, String>,
    labels: &PageLabels,
    cancel: &CancelToken,
) -> Result<Option<WholeDocument>, ReadError> {
    let mut all = WholeDocument::default();
    for (index, entry) in excluded {
        let page = std::mem::take(&mut pages[*index]);
        let blocks = lay_out(vec![page], &BTreeMap::new(), cancel)?.0;
        let words = assembly::assemble(&blocks, Vec::new(), labels).text;
        all.push_excluded(&words, entry, PlaceInFile::Page(index + 1));
    }
    Ok((!all.left_out.is_empty()).then_some(all))
}

fn count_letters(page: &PageGlyphs) -> usize {
    let glyphs = page.turned.iter().chain([&page.visible]).flatten();
    glyphs.filter(|glyph| glyph.text.chars().any(char::is_alphanumeric)).count()
}

/// Groups the glyphs of all pages into blocks. Also returns the words of each page's header and footer. No block
/// continues over one of the `excluded` pages.
fn lay_out(
    pages: Vec<PageGlyphs>,
    excluded: &BTreeMap<usize, String>,
    cancel: &CancelToken,
) -> Result<(Vec<FlowBlock>, Vec<String>), ReadError> {
    let are_scans = 2 * pages.iter().filter(|page| page.is_image).count() > pages.len();
    let mut upright = Vec::new();
    let mut turned = Vec::new();
    for page in pages {
        cancel.check()?;
        upright.push(lines::into_lines(words::words(&page.visible)));
        turned.push(page.turned.map(|glyphs| words::words(&glyphs)));
    }
    let edges = headers::remove(&mut upright, are_scans);
    let columns = upright.into_iter().zip(turned).enumerate().map(|(index, (lines, turned))| {
        cancel.check()?;
        let words: Vec<PlacedWord> = lines.into_iter().flat_map(|line| line.words).collect();
        let turned = turned.into_iter().flat_map(order::columns).collect();
        let is_excluded = excluded.contains_key(&index);
        Ok(PageColumns { upright: order::columns(words), turned, is_excluded })
    });
    Ok((flow::flow(&columns.collect::<Result<Vec<_>, ReadError>>()?), edges))
}

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
pub(crate) mod visibility_tests;
