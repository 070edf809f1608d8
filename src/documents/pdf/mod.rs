//! The reader of PDF documents: from bytes to text in the order in which it is read, in blocks.
//!
//! A PDF knows of glyphs and their places, and of nothing else. `preflight`, `sandbox` and `streams` keep hostile files
//! at bay; `pages` opens the file, and `content` finds the `glyphs`, with `fonts` of two kinds, `simple` and `composite`,
//! that are made of `descriptors`, `maps`, `encodings`, `programs`, `metrics` and `tex`; `words`, `rows`, `furniture`, `order`, `paragraphs`, `kinds` and
//! `flow` find what they make up; `hyphens` makes lines one text; `meta` reads what the file says of itself. Pictures
//! are not read, also those of text.

mod composite;
mod content;
mod descriptors;
mod encodings;
mod flow;
mod fonts;
mod furniture;
mod glyphs;
mod hyphens;
mod kinds;
mod lines;
mod maps;
mod matrix;
mod meta;
mod metrics;
mod order;
mod pages;
mod paragraphs;
mod preflight;
mod programs;
mod rows;
mod sandbox;
mod simple;
mod streams;
mod tex;
mod words;

use flow::Draft;
use glyphs::Glyph;
use hyphens::Lexicon;
use rows::Row;
use sandbox::CancelToken;
use streams::Budget;
use words::Word;

use crate::{Block, BlockKind, ExtractedText, Limits, ReadError};

/// Letters that a page has on average, at least: fewer are stamps on pictures of pages.
const LETTERS: usize = 20;

/// Reads a document.
///
/// # Errors
/// If it is damaged, locked, too large or too slow to read, or holds no text.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge);
    }
    let bytes = bytes.to_vec();
    sandbox::run(limits.seconds, move |watch| document(bytes, limits, watch))
}

fn document(bytes: Vec<u8>, limits: Limits, watch: &CancelToken) -> Result<ExtractedText, ReadError> {
    preflight::check(&bytes, limits, watch)?;
    let pdf = pages::load(bytes)?;
    watch.check()?;
    let pages = pages::pages(&pdf, limits.decompressed_bytes, watch)?;
    let meta = meta::meta(&pdf, &mut Budget::new(limits.decompressed_bytes))?;
    let letters: usize = pages.iter().map(|page| letters(page)).sum();
    if letters < LETTERS * pages.len().max(1) {
        return Err(ReadError::NoText);
    }
    let (text, blocks) = written(&drafts(pages, watch)?);
    ExtractedText { text, blocks, meta }.checked(limits)
}

fn letters(page: &[Glyph]) -> usize {
    page.iter().filter(|glyph| glyph.text.chars().any(char::is_alphanumeric)).count()
}

/// Lays out what the pages show.
fn drafts(pages: Vec<Vec<Glyph>>, watch: &CancelToken) -> Result<Vec<Draft>, ReadError> {
    let mut pages: Vec<Vec<Row>> = pages
        .into_iter()
        .map(|page| {
            watch.check()?;
            Ok(rows::rows(words::words(&page)))
        })
        .collect::<Result<_, ReadError>>()?;
    furniture::remove(&mut pages);
    let pages: Vec<Vec<Vec<Row>>> = pages
        .into_iter()
        .map(|rows| {
            watch.check()?;
            let words: Vec<Word> = rows.into_iter().flat_map(|row| row.words).collect();
            Ok(order::columns(words))
        })
        .collect::<Result<_, ReadError>>()?;
    Ok(flow::flow(&pages))
}

/// The text of the blocks, and where each is in it.
fn written(drafts: &[Draft]) -> (String, Vec<Block>) {
    let lines: Vec<Vec<String>> =
        drafts.iter().map(|draft| draft.rows.iter().map(Row::text).collect()).collect();
    let lexicon = Lexicon::of(lines.iter().flatten().map(String::as_str));
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (draft, lines) in drafts.iter().zip(lines) {
        let block = if draft.kind == BlockKind::Table {
            lines.join("\n")
        } else {
            let mut block = String::new();
            for line in lines {
                hyphens::append(&mut block, &line, &lexicon);
            }
            block
        };
        let block = block.replace('\u{ad}', "");
        let block = block.trim();
        if block.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(block);
        blocks.push(Block { kind: draft.kind, range: start..text.len() });
    }
    (text, blocks)
}

#[cfg(test)]
mod tests;
