//! Converts a tree to blocks of text, in document order.
//!
//! White space is collapsed as in CSS. Block elements separate blocks, inline elements do not. Two consecutive line
//! breaks also separate blocks, because old pages have no other paragraphs.

use std::cell::LazyCell;

use super::class_names;
use super::tables;
use super::tree::{Id, Step, Tree};
use super::visibility::Styles;
use crate::BlockKind;
use crate::scripts::{subscript, superscript};
use crate::text::CollapsedText;

/// A block of text, with the properties by which `article` decides whether it is part of the article.
#[derive(Debug)]
pub(crate) struct BlockDraft {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
    /// Words that are struck out, with the byte offset in `text` of the place where they were.
    pub(crate) struck: Vec<(usize, String)>,
    /// The element that contains the block.
    pub(crate) owner: Id,
    /// Bytes of the text that are within links.
    pub(crate) link_bytes: usize,
    /// Whether the block contains a link with `rel="sponsored"`.
    pub(crate) is_sponsored: bool,
    /// Whether the block is within a link that contains block elements, as links around teasers do.
    pub(crate) is_teaser: bool,
    /// The level of a heading, from 1; 0 for other blocks.
    pub(crate) level: u8,
}

/// Maximum number of ancestors that are examined for the kind of a block.
const MAX_KIND_LEVELS: usize = 64;
/// Maximum length of a footnote reference.
const MAX_REFERENCE_CHARS: usize = 6;
/// Maximum number of nodes in an element that are searched for the text of a footnote reference.
const MAX_REFERENCE_NODES: usize = 32;
/// Maximum number of nodes in a superscript that are searched for a link.
const MAX_SUPERSCRIPT_NODES: usize = 16;

/// Extracts the blocks below a node. Leaves out footnote references and struck-out words.
pub(crate) fn extract(tree: &Tree, top: Id, styles: &Styles) -> Vec<BlockDraft> {
    let (text_buffer, line) = (CollapsedText::default(), LineState::default());
    let mut collector = BlockCollector {
        tree,
        blocks: Vec::new(),
        text_buffer,
        line,
        row: None,
        links: Vec::new(),
        pre_depth: 0,
    };
    let targets = LazyCell::new(|| tree.element_ids());
    let is_target = |id: &str| targets.contains(id);
    let mut skipped: Option<Id> = None;
    for step in tree.walk(top) {
        match step {
            Step::In(id) if skipped.is_none() => {
                let name = tree.name(id);
                if is_reference_mark(tree, id, is_target) {
                    skipped = Some(id);
                } else if matches!(name, "del" | "s" | "strike")
                    || !name.is_empty() && styles.is_struck(tree, id)
                {
                    collector.strike(id);
                    skipped = Some(id);
                } else if matches!(name, "sup" | "sub") {
                    collector.push_script(id);
                    skipped = Some(id);
                } else {
                    collector.enter(id);
                }
            }
            Step::Out(id) if skipped == Some(id) => skipped = None,
            Step::Out(id) if skipped.is_none() => collector.leave(id),
            _ => {}
        }
    }
    collector.end_block(top);
    collector.blocks
}

/// Properties of the current block, whose text is in `text_buffer`.
#[derive(Debug, Default)]
struct LineState {
    struck: Vec<(usize, String)>,
    link_bytes: usize,
    is_sponsored: bool,
    is_teaser: bool,
    /// The number of consecutive line breaks before the current position.
    breaks: u8,
}

struct BlockCollector<'t> {
    tree: &'t Tree,
    blocks: Vec<BlockDraft>,
    text_buffer: CollapsedText,
    line: LineState,
    /// The open table row, and the text of its cells.
    row: Option<(Id, Vec<String>)>,
    /// The open links, and whether each contains a block element.
    links: Vec<(Id, bool)>,
    /// The number of open `pre` elements.
    pre_depth: usize,
}

impl BlockCollector<'_> {
    fn enter(&mut self, id: Id) {
        if let Some(text) = self.tree.text(id) {
            return self.push_text(text);
        }
        match self.tree.name(id) {
            "br" => self.line_break(id),
            "img" => self.text_buffer.push_picture(),
            "a" => self.links.push((id, false)),
            "pre" => {
                self.end_block_before(id);
                self.pre_depth += 1;
            }
            "tr" if self.row.is_none() && tables::is_data_row(self.tree, id) => {
                self.end_block_before(id);
                self.row = Some((id, Vec::new()));
            }
            name if is_block(name) => {
                if let Some((_, is_teaser)) = self.links.last_mut() {
                    *is_teaser = true;
                }
                self.end_block_before(id);
            }
            _ => {}
        }
    }

    fn leave(&mut self, id: Id) {
        let parent = self.tree.parent(id);
        match (self.tree.name(id), &mut self.row) {
            ("tr", Some((row, _))) if *row == id => self.end_row(id),
            ("td" | "th", Some((row, cells))) if parent == Some(*row) => cells.push(self.text_buffer.take()),
            ("pre", _) => {
                self.pre_depth = self.pre_depth.saturating_sub(1);
                self.end_block(id);
            }
            ("a", _) => self.links.truncate(self.links.len().saturating_sub(1)),
            (name, _) if is_block(name) => self.end_block(id),
            _ => {}
        }
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

    /// Sets the text of a struck-out element aside.
    fn strike(&mut self, id: Id) {
        let words = self.tree.text_below(id);
        // The words on both sides are not one word.
        let separates = words.contains(char::is_whitespace);
        self.line.struck.push((self.text_buffer.len(), words));
        if separates {
            self.text_buffer.push_space();
        }
    }

    /// Appends the text of a `sup` or `sub` element.
    fn push_script(&mut self, id: Id) {
        let text = self.tree.text_below(id);
        let text = match self.tree.name(id) {
            "sup" => superscript(&text, self.text_buffer.end()),
            _ => subscript(&text),
        };
        self.push_text(&text);
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

    /// Ends the current block, which belongs to `owner`.
    fn end_block(&mut self, owner: Id) {
        if self.row.is_some() {
            return self.text_buffer.push_space();
        }
        let leading_space = self.text_buffer.leading_space();
        let text = self.text_buffer.take();
        let line = std::mem::take(&mut self.line);
        if !text.is_empty() {
            let place = |at: usize| at.saturating_sub(leading_space).min(text.len());
            let struck = line.struck.into_iter().map(|(at, words)| (place(at), words)).collect();
            let (kind, level) = kind_and_level(self.tree, owner);
            let link_bytes = line.link_bytes.min(text.len());
            self.blocks.push(BlockDraft {
                kind,
                text,
                struck,
                owner,
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
        self.text_buffer.take();
        let texts = tables::row_blocks(cells);
        let link_bytes = if texts.len() == 1 { line.link_bytes } else { 0 };
        for text in texts {
            let link_bytes = link_bytes.min(text.len());
            self.blocks.push(BlockDraft {
                kind: BlockKind::Table,
                text,
                struck: Vec::new(),
                owner: id,
                link_bytes,
                is_sponsored: line.is_sponsored,
                is_teaser: false,
                level: 0,
            });
        }
    }
}

/// Determines the kind of a block, and the level of a heading, from its ancestor elements.
fn kind_and_level(tree: &Tree, owner: Id) -> (BlockKind, u8) {
    let mut nearest = BlockKind::Paragraph;
    for id in tree.up(owner).take(MAX_KIND_LEVELS) {
        let attribute = |key| tree.attribute(id, key).unwrap_or_default();
        let kind = match tree.name(id) {
            "h1" => return (BlockKind::Heading, 1),
            "h2" => return (BlockKind::Heading, 2),
            "h3" => return (BlockKind::Heading, 3),
            "h4" | "summary" => return (BlockKind::Heading, 4),
            "h5" => return (BlockKind::Heading, 5),
            "h6" | "legend" => return (BlockKind::Heading, 6),
            "figcaption" | "caption" => return (BlockKind::Caption, 0),
            "blockquote" => BlockKind::Quote,
            "li" | "dd" | "dt" => BlockKind::Item,
            _ if attribute("role") == "heading" => return (BlockKind::Heading, 3),
            _ => BlockKind::Paragraph,
        };
        let role = attribute("role");
        let notes = matches!(role, "doc-footnote" | "doc-endnote" | "doc-endnotes" | "note")
            || class_names::is_notes_name(attribute("class"))
            || class_names::is_notes_name(attribute("id"));
        if notes && !matches!(tree.name(id), "body" | "html" | "article" | "main") {
            return (BlockKind::Note, 0);
        }
        if nearest == BlockKind::Paragraph {
            nearest = kind;
        }
    }
    (nearest, 0)
}

/// Whether an element is a footnote reference such as `[1]`, or the link back from a footnote. The 2 of m² is neither.
/// `is_target` tells whether the page has an element with an id.
fn is_reference_mark(tree: &Tree, id: Id, is_target: impl Fn(&str) -> bool) -> bool {
    let name = tree.name(id);
    if !matches!(name, "sup" | "a") {
        return false;
    }
    let attribute = |id, key| tree.attribute(id, key).unwrap_or_default();
    if attribute(id, "role").starts_with("doc-noteref") || attribute(id, "role") == "doc-backlink" {
        return true;
    }
    let text = tree.below(id).take(MAX_REFERENCE_NODES).filter_map(|id| tree.text(id)).collect::<String>();
    let text = text.trim();
    let is_bracketed = text.starts_with('[') && text.ends_with(']');
    let is_short = text.chars().count() <= MAX_REFERENCE_CHARS;
    let is_anchor_link = |id: Id| {
        tree.name(id) == "a" && attribute(id, "href").contains('#') && !attribute(id, "href").ends_with('#')
    };
    // Words in brackets or in a link are words of the sentence: “[not]”.
    let has_word = text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1);
    if has_word {
        return false;
    }
    // After a digit, a raised number may be an exponent. It is the number of a note only if its link has a target.
    let follows_digit = tree.text_before(id).is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()));
    let links = || tree.below(id).take(MAX_SUPERSCRIPT_NODES).filter(|id| is_anchor_link(*id));
    if name == "sup" && follows_digit && !is_bracketed {
        return links().any(|link| attribute(link, "href").rsplit('#').next().is_some_and(&is_target));
    }
    let is_back_arrow =
        !text.is_empty() && text.chars().all(|c| matches!(c, '↩' | '↑' | '^' | '\u{fe0e}' | '⤴' | '⇑'));
    match name {
        "sup" => is_short && (is_bracketed || links().next().is_some()),
        _ => is_anchor_link(id) && (is_back_arrow || (is_short && is_bracketed)),
    }
}

/// Whether browsers display an element as a block.
fn is_block(name: &str) -> bool {
    #[rustfmt::skip]
    const BLOCKS: &[&str] = &[
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p",
        "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn blocks(page: &str) -> Vec<(BlockKind, String)> {
        let limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };
        let tree = Tree::parse(page, limits).expect("a page within limits");
        extract(&tree, Tree::ROOT, &Styles::of(&tree, &[]))
            .into_iter()
            .map(|block| (block.kind, block.text))
            .collect()
    }

    fn texts(page: &str) -> Vec<String> {
        blocks(page).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn words_are_neither_joined_nor_split() {
        assert_eq!(
            texts(
                "<div>The <b>har</b>bour<br>was <i>closed</i>.<p>A&shy;gain</p>And\n <span>then</span><div>not.</div>"
            ),
            ["The harbour was closed.", "Again", "And then", "not."]
        );
        assert_eq!(texts("<td>One.<br>\n<br>Two.<br><br><br>Three."), ["One.", "Two.", "Three."]);
        assert_eq!(texts("<pre>a  b\n  c</pre>d\ne"), ["a  b\n  c", "d e"]);
    }

    #[test]
    fn block_kinds_follow_from_ancestor_elements() {
        use BlockKind::{Caption, Heading, Item, Note, Paragraph, Quote};
        let page = "<h2>H</h2><p>P<ul><li>I<li><p>J</p></ul><blockquote><p>Q</p></blockquote>\
                    <figure><img><figcaption>C</figcaption></figure><ol class=footnotes><li>N</ol>";
        let kinds: Vec<_> = blocks(page).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Heading, Paragraph, Item, Item, Quote, Caption, Note]);
    }

    #[test]
    fn struck_out_words_keep_their_place() {
        let struck = |page: &str| {
            let limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };
            let tree = Tree::parse(page, limits).expect("a page within limits");
            let blocks = extract(&tree, Tree::ROOT, &Styles::of(&tree, &[]));
            let places = blocks.into_iter().flat_map(|block| {
                let text = block.text;
                block.struck.into_iter().map(move |(at, words)| (text[..at].to_owned(), words))
            });
            places.collect::<Vec<_>>()
        };
        let place = |before: &str, words: &str| vec![(before.to_owned(), words.to_owned())];
        assert_eq!(struck("<p>The mill <del>burnt</del> <ins>stood</ins>.</p>"), place("The mill", "burnt"));
        assert_eq!(struck("<pre>\n éé<s>x</s>éé\n</pre>"), place("éé", "x"));
        assert_eq!(struck("<pre>é <s>x</s>\n</pre>"), place("é", "x"));
    }

    #[test]
    fn footnote_references_are_removed_and_exponents_are_not() {
        let page = "It grew<sup><a href=#fn1>1</a></sup> to 10<sup>6</sup> m<sup>2</sup><sup>[2]</sup> \
                    there.<a href=#ref1>↩</a>";
        assert_eq!(texts(page), ["It grew to 10⁶ m² there."]);
    }
}
