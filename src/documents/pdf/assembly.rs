//! Makes the text of a document from its blocks, and collects the words that are set aside.

use super::flow::FlowBlock;
use super::hyphens::{self, HyphenationLexicon};
use super::labels::PageLabels;
use super::lines::{LineParts, TextLine};
use crate::{BlockKind, Divisions, ExtractedText, SetAsideReason};

/// Joins the lines of each block, and the blocks into one text. `aside` has for each page the words that are set
/// aside, each with the reason. These words have no place in the text, so they get the offset of the first block
/// that begins on their page or a later one, or else of the end of the text.
pub(crate) fn assemble(
    blocks: &[FlowBlock],
    aside: Vec<Vec<(SetAsideReason, String)>>,
    labels: &PageLabels,
) -> ExtractedText {
    let lines: Vec<Vec<LineParts>> = blocks.iter().map(parts).collect();
    let lexicon = HyphenationLexicon::of(lines.iter().flatten().map(|line| line.text.as_str()));
    let mut document = Assembly::new(labels);
    let mut aside = aside.into_iter().enumerate().peekable();
    for (block, lines) in blocks.iter().zip(lines) {
        while let Some((_, parts)) = aside.next_if(|(page, _)| *page <= block.page) {
            document.set_aside(parts);
        }
        document.push(block, lines, &lexicon);
    }
    for (_, parts) in aside {
        document.set_aside(parts);
    }
    let end = document.read.text.len();
    for aside in &mut document.read.set_aside {
        aside.at = aside.at.min(end);
    }
    ExtractedText { divisions: Some(document.pages), ..document.read }
}

fn parts(block: &FlowBlock) -> Vec<LineParts> {
    block.lines.iter().map(|line: &TextLine| line.parts(block.kind == BlockKind::Table)).collect()
}

/// A document to which blocks are added one by one.
struct Assembly<'l> {
    read: ExtractedText,
    pages: Divisions,
    labels: &'l PageLabels,
}

impl<'l> Assembly<'l> {
    fn new(labels: &'l PageLabels) -> Self {
        Self { read: ExtractedText::default(), pages: labels.divisions(), labels }
    }

    /// Returns the offset at which the next block begins.
    fn next_start(&self) -> usize {
        let length = self.read.text.len();
        if length == 0 { 0 } else { length + "\n\n".len() }
    }

    /// Sets words aside where the next block begins.
    fn set_aside(&mut self, parts: Vec<(SetAsideReason, String)>) {
        let start = self.next_start();
        for (reason, words) in parts {
            self.read.push_set_aside(reason, start, &words);
        }
    }

    fn push(&mut self, flow: &FlowBlock, lines: Vec<LineParts>, lexicon: &HyphenationLexicon) {
        let mut block = String::new();
        let mut struck = Vec::new();
        let mut pages = vec![(0, flow.page)];
        let mut breaks = flow.page_breaks.iter().peekable();
        for (index, line) in lines.into_iter().enumerate() {
            if flow.kind == BlockKind::Table {
                if !block.is_empty() {
                    block.push('\n');
                }
                block.push_str(&line.text);
            } else {
                hyphens::append(&mut block, &line.text, lexicon);
            }
            let start = block.len() - line.text.len();
            while let Some((_, page)) = breaks.next_if(|(line, _)| *line <= index) {
                pages.push((start, *page));
            }
            struck.extend(line.struck.into_iter().map(|(at, words)| (start + at, words)));
        }
        let block = block.trim_end_matches(|letter: char| letter.is_whitespace() || letter == '\u{ad}');
        let start = if block.is_empty() { self.read.text.len() } else { self.next_start() };
        for (at, words) in struck {
            self.read.push_set_aside(SetAsideReason::Struck, start + at.min(block.len()), &words);
        }
        for (at, page) in pages.into_iter().filter(|(at, _)| *at < block.len()) {
            self.pages.push(self.labels.division(start + at, page));
        }
        self.read.push(flow.kind, block);
    }
}
