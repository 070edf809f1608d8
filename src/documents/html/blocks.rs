//! Converts a tree to blocks of text, in document order.
//!
//! White space is collapsed as in CSS. Block elements separate blocks, inline elements do not. Two consecutive line
//! breaks also separate blocks, because old pages mark paragraphs only with them.

mod shifted;
#[cfg(test)]
mod tests;

use super::css::{Generated, Styles};
use super::elements::kind_and_level;
use super::names::is_block;
use super::references::References;
use super::tables::{self, Cell};
use super::tree::{Id, Step, Tree};
use crate::text::CollapsedText;
use crate::{BlockKind, SetAside, SetAsideReason};

/// A block of text, with the properties by which `article` decides whether it is part of the article.
#[derive(Debug)]
pub(crate) struct BlockDraft {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
    /// The number of the list item that the block begins, such as `1.`, which is not in `text`.
    pub(crate) number: Option<String>,
    /// Words that are struck out or hidden, at their places in `text`.
    pub(crate) set_aside: Vec<SetAside>,
    /// The element that contains the block.
    pub(crate) owner: Id,
    /// The text nodes of the block, and the elements in it whose text is changed or left out, such as marks of notes.
    pub(crate) nodes: Vec<Id>,
    /// Bytes of the text that are within links.
    pub(crate) link_bytes: usize,
    /// Whether the block contains a link with `rel="sponsored"`.
    pub(crate) is_sponsored: bool,
    /// Whether the block is within a link that contains block elements, as links around teasers do.
    pub(crate) is_teaser: bool,
    /// The level of a heading, from 1; 0 for other blocks.
    pub(crate) level: u8,
}

/// Extracts the blocks below a node. Leaves out the marks of notes, and sets struck-out and hidden words aside.
pub(crate) fn extract<'t>(
    tree: &'t Tree,
    top: Id,
    styles: &'t Styles,
    references: &'t References<'t>,
) -> Vec<BlockDraft> {
    let mut collector = BlockCollector {
        tree,
        styles,
        references,
        blocks: Vec::new(),
        text_buffer: CollapsedText::default(),
        number: None,
        line: LineState::default(),
        row: None,
        links: Vec::new(),
        pre_depth: 0,
    };
    let mut skipped: Option<Id> = None;
    for step in tree.walk(top) {
        match step {
            Step::In(id) if skipped.is_none() => {
                let is_done = collector.leave_out(id) || collector.push_shifted(id);
                if is_done {
                    skipped = Some(id);
                } else {
                    collector.enter(id);
                    push_generated(&mut collector.text_buffer, styles.generated_before(id));
                }
            }
            Step::Out(id) if skipped == Some(id) => skipped = None,
            Step::Out(id) if skipped.is_none() => {
                push_generated(&mut collector.text_buffer, styles.generated_after(id));
                collector.leave(id);
            }
            _ => {}
        }
    }
    collector.end_block(top);
    collector.attach_set_aside();
    collector.blocks
}

/// Properties of the current block, whose text is in `text_buffer`.
#[derive(Debug, Default)]
struct LineState {
    set_aside: Vec<SetAside>,
    nodes: Vec<Id>,
    link_bytes: usize,
    is_sponsored: bool,
    is_teaser: bool,
    /// The number of consecutive line breaks before the current position.
    breaks: u8,
}

struct BlockCollector<'t> {
    tree: &'t Tree,
    styles: &'t Styles,
    references: &'t References<'t>,
    blocks: Vec<BlockDraft>,
    text_buffer: CollapsedText,
    /// The number of the open list item, if the item has no block yet.
    number: Option<String>,
    line: LineState,
    /// The open table row, and the text of its cells.
    row: Option<(Id, Vec<Cell>)>,
    /// The open links, and whether each contains a block element.
    links: Vec<(Id, bool)>,
    /// The number of open `pre` elements.
    pre_depth: usize,
}

impl BlockCollector<'_> {
    fn enter(&mut self, id: Id) {
        if let Some(text) = self.tree.text(id) {
            if !text.trim().is_empty() {
                self.line.nodes.push(id);
            }
            return self.push_text(text);
        }
        push_non_text(&mut self.text_buffer, self.tree, id);
        match self.tree.name(id) {
            "br" => self.line_break(id),
            "a" => self.links.push((id, false)),
            "pre" => {
                self.end_block_before(id);
                self.pre_depth += 1;
            }
            "tr" if self.row.is_none() && tables::is_data_row(self.tree, id) => {
                self.end_block_before(id);
                self.row = Some((id, Vec::new()));
            }
            _ if self.is_block(id) => {
                if let Some((_, is_teaser)) = self.links.last_mut() {
                    *is_teaser = true;
                }
                self.end_block_before(id);
                if self.tree.name(id) == "li" {
                    self.number = self.styles.list_number(id).map(str::to_owned);
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, id: Id) {
        let parent = self.tree.parent(id);
        let is_block = self.is_block(id);
        match (self.tree.name(id), &mut self.row) {
            ("tr", Some((row, _))) if *row == id => self.end_row(id),
            ("td" | "th", Some((row, cells))) if parent == Some(*row) => {
                let set_aside = std::mem::take(&mut self.line.set_aside);
                cells.push(Cell::take(&mut self.text_buffer, set_aside));
            }
            ("pre", _) => {
                self.pre_depth = self.pre_depth.saturating_sub(1);
                self.end_block(id);
            }
            ("a", _) => self.links.truncate(self.links.len().saturating_sub(1)),
            (name, _) if is_block => {
                self.end_block(id);
                if name == "li" {
                    self.number = None;
                }
            }
            _ => {}
        }
    }

    /// Whether an element separates the text before, in and after it.
    fn is_block(&self, id: Id) -> bool {
        /// A floating text that is shorter and has no digits counts as the large first letter of a chapter: part
        /// of a word.
        const MIN_FLOATING_CHARS: usize = 4;
        let is_initial = || {
            let text = self.tree.text_below(id);
            text.trim().chars().nth(MIN_FLOATING_CHARS - 1).is_none() && !text.contains(char::is_numeric)
        };
        is_block(self.tree.name(id)) || self.styles.is_block(id) && !is_initial()
    }

    fn push_text(&mut self, text: &str) {
        let before = self.text_buffer.len();
        if self.pre_depth > 0 && self.row.is_none() {
            self.text_buffer.push_lines(text);
        } else {
            self.text_buffer.push(text);
        }
        if !text.trim().is_empty() {
            self.line.breaks = 0;
        }
        if let Some((link, is_teaser)) = self.links.last() {
            let attribute = |key| self.tree.attribute(*link, key);
            if attribute("href").is_some() {
                self.line.link_bytes += self.text_buffer.len() - before;
                self.line.is_teaser |= *is_teaser;
            }
            self.line.is_sponsored |= attribute("rel").is_some_and(|rel| rel.contains("sponsored"));
        }
    }

    /// Leaves out an element if it is the mark of a note, struck out, or hidden. Returns whether it is.
    fn leave_out(&mut self, id: Id) -> bool {
        if let Some((words, leaves_gap)) = self.tree.hidden_text(id) {
            self.set_aside(SetAsideReason::Hidden, words);
            if leaves_gap {
                self.text_buffer.push_space();
            }
            return true;
        }
        let name = self.tree.name(id);
        if name.is_empty() {
            return false;
        }
        if self.references.is_mark(id, self.text_buffer.end()) {
            self.line.nodes.push(id);
            self.text_buffer.push_mark();
            return true;
        }
        let is_struck = matches!(name, "del" | "s" | "strike") || self.styles.is_struck(id);
        if is_struck {
            self.strike(id);
        }
        is_struck
    }

    /// Sets the text of a struck-out element aside.
    fn strike(&mut self, id: Id) {
        let words = self.tree.text_below(id);
        let separates = words.contains(char::is_whitespace);
        self.line.nodes.push(id);
        self.set_aside(SetAsideReason::Struck, &words);
        // Struck-out words separate the words on both sides. Struck-out characters without spaces may be part of a
        // number. What is left of the number must not be read as another number, unless an `ins` beside the
        // element has the correction.
        if separates {
            self.text_buffer.push_space();
        } else if !self.tree.siblings(id).into_iter().flatten().any(|next| self.tree.name(next) == "ins") {
            self.text_buffer.push_removal();
        }
    }

    fn set_aside(&mut self, reason: SetAsideReason, words: &str) {
        self.line.set_aside.push(SetAside { reason, at: self.text_buffer.len(), words: words.to_owned() });
    }

    fn line_break(&mut self, id: Id) {
        self.line.breaks = self.line.breaks.saturating_add(1);
        if self.line.breaks >= 2 && self.row.is_none() {
            self.end_block(self.tree.parent(id).unwrap_or(id));
        }
        self.text_buffer.push_space();
    }

    fn end_block_before(&mut self, id: Id) {
        self.end_block(self.tree.parent(id).unwrap_or(id));
    }

    /// Ends the current block, which belongs to `owner`. Within a table row, only separates words.
    fn end_block(&mut self, owner: Id) {
        if self.row.is_some() {
            return self.text_buffer.push_space();
        }
        let mut line = std::mem::take(&mut self.line);
        let Cell { text, set_aside } = Cell::take(&mut self.text_buffer, std::mem::take(&mut line.set_aside));
        if text.is_empty() {
            self.line.set_aside = set_aside;
            self.attach_set_aside();
        } else {
            let (kind, level) = kind_and_level(self.tree, owner);
            let link_bytes = line.link_bytes.min(text.len());
            self.blocks.push(BlockDraft {
                kind,
                text,
                number: self.number.take(),
                set_aside,
                owner,
                nodes: line.nodes,
                link_bytes,
                is_sponsored: line.is_sponsored,
                is_teaser: line.is_teaser,
                level,
            });
        }
    }

    fn end_row(&mut self, id: Id) {
        let cells = self.row.take().map(|(_, cells)| cells).unwrap_or_default();
        let line = std::mem::take(&mut self.line);
        self.line.set_aside = line.set_aside;
        self.text_buffer.take();
        let blocks = tables::row_blocks(cells);
        let link_bytes = if blocks.len() == 1 { line.link_bytes } else { 0 };
        for Cell { text, set_aside } in blocks {
            let link_bytes = link_bytes.min(text.len());
            self.blocks.push(BlockDraft {
                kind: BlockKind::Table,
                text,
                number: None,
                set_aside,
                owner: id,
                nodes: line.nodes.clone(),
                link_bytes,
                is_sponsored: line.is_sponsored,
                is_teaser: false,
                level: 0,
            });
        }
        self.attach_set_aside();
    }

    /// Adds words set aside after a block to the end of that block. Keeps those before the first block for its start.
    fn attach_set_aside(&mut self) {
        self.line.set_aside.iter_mut().for_each(|words| words.at = 0);
        if let Some(block) = self.blocks.last_mut() {
            let end = block.text.len();
            let words = std::mem::take(&mut self.line.set_aside).into_iter();
            block.set_aside.extend(words.map(|words| SetAside { at: end, ..words }));
        }
    }
}

/// Marks the place of a node that readers see, but that is not part of the page's text.
fn push_non_text(buffer: &mut CollapsedText, tree: &Tree, id: Id) {
    match tree.name(id) {
        "" if tree.is_gap(id) => buffer.push_mark(),
        "" if tree.is_cut(id) => buffer.push_words_unknown(),
        "img" => buffer.push_picture(),
        // Readers see the value of an input field.
        "input" if tree.attribute(id, "type") != Some("hidden") => buffer.push_picture(),
        _ => {}
    }
}

/// Marks the place of content that a style generates. The text buffer drops a mark at the start or end of a block.
fn push_generated(buffer: &mut CollapsedText, generated: Generated) {
    match generated {
        Generated::Nothing => {}
        Generated::Space => buffer.push_space(),
        Generated::Sign => buffer.push_picture(),
        Generated::Words => buffer.push_words_unknown(),
    }
}
