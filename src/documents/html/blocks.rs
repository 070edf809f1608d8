//! The blocks of a tree, in the page's order: what a reader sees as one stretch of text.
//!
//! White space is folded as CSS folds it. Inline elements part nothing, all others do. Two line breaks in a row part
//! blocks as well, for old pages have no other paragraphs.

use super::names;
use super::tables;
use super::tree::{Id, Step, Tree};
use crate::BlockKind;
use crate::text::Folder;

/// A block that may become part of a reading.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
    /// The element that it stands in.
    pub(crate) owner: Id,
    /// Bytes of its text that are links.
    pub(crate) linked: usize,
    /// Whether one of its links is paid for.
    pub(crate) paid: bool,
    /// Whether it stands in a link that holds blocks: a teaser.
    pub(crate) card: bool,
    /// A heading's level, from 1.
    pub(crate) level: u8,
}

/// The blocks below a node.
pub(crate) fn drafts(tree: &Tree, top: Id) -> Vec<Draft> {
    let (folder, line) = (Folder::default(), Line::default());
    let mut flat = Flat { tree, drafts: Vec::new(), folder, line, row: None, links: Vec::new(), pre: 0 };
    let mut skipped: Option<Id> = None;
    for step in tree.walk(top) {
        match step {
            Step::In(id) if skipped.is_none() => {
                if is_reference_mark(tree, id) {
                    skipped = Some(id);
                } else {
                    flat.enter(id);
                }
            }
            Step::Out(id) if skipped == Some(id) => skipped = None,
            Step::Out(id) if skipped.is_none() => flat.leave(id),
            _ => {}
        }
    }
    flat.end_block(top);
    flat.drafts
}

/// What is known of the line being gathered.
#[derive(Debug, Default)]
struct Line {
    linked: usize,
    paid: bool,
    card: bool,
    breaks: u8,
}

struct Flat<'t> {
    tree: &'t Tree,
    drafts: Vec<Draft>,
    folder: Folder,
    line: Line,
    /// The row of a table that is being gathered, and its cells.
    row: Option<(Id, Vec<String>)>,
    /// The links that the walk is in, and whether they hold blocks.
    links: Vec<(Id, bool)>,
    /// How many `pre` the walk is in.
    pre: usize,
}

impl Flat<'_> {
    fn enter(&mut self, id: Id) {
        if let Some(text) = self.tree.text(id) {
            return self.text(text);
        }
        match self.tree.name(id) {
            "br" => self.line_break(id),
            "a" => self.links.push((id, false)),
            "pre" => {
                self.end_block_before(id);
                self.pre += 1;
            }
            "tr" if self.row.is_none() && tables::is_data_row(self.tree, id) => {
                self.end_block_before(id);
                self.row = Some((id, Vec::new()));
            }
            name if is_block(name) => {
                if let Some((_, card)) = self.links.last_mut() {
                    *card = true;
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
            ("td" | "th", Some((row, cells))) if parent == Some(*row) => cells.push(self.folder.take()),
            ("pre", _) => {
                self.pre = self.pre.saturating_sub(1);
                self.end_block(id);
            }
            ("a", _) => self.links.truncate(self.links.len().saturating_sub(1)),
            (name, _) if is_block(name) => self.end_block(id),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let before = self.folder.len();
        if self.pre > 0 && self.row.is_none() {
            self.folder.push_lines(text);
        } else {
            self.folder.push(text);
        }
        if !text.trim().is_empty() {
            self.line.breaks = 0;
        }
        if let Some((link, card)) = self.links.last() {
            let attribute = |key| self.tree.attribute(*link, key);
            if attribute("href").is_some() {
                self.line.linked += self.folder.len() - before;
                self.line.card |= *card;
            }
            self.line.paid |= attribute("rel").is_some_and(|rel| rel.contains("sponsored"));
        }
    }

    fn line_break(&mut self, id: Id) {
        self.line.breaks = self.line.breaks.saturating_add(1);
        if self.line.breaks >= 2 && self.row.is_none() {
            self.end_block(self.tree.parent(id).unwrap_or(id));
        }
        self.folder.space();
    }

    fn end_block_before(&mut self, id: Id) {
        self.end_block(self.tree.parent(id).unwrap_or(id));
    }

    /// Ends the block that stands in `owner`.
    fn end_block(&mut self, owner: Id) {
        if self.row.is_some() {
            return self.folder.space();
        }
        let text = self.folder.take();
        let line = std::mem::take(&mut self.line);
        if !text.is_empty() {
            let (kind, level) = kind(self.tree, owner);
            let linked = line.linked.min(text.len());
            self.drafts.push(Draft { kind, text, owner, linked, paid: line.paid, card: line.card, level });
        }
    }

    fn end_row(&mut self, id: Id) {
        let cells = self.row.take().map(|(_, cells)| cells).unwrap_or_default();
        let line = std::mem::take(&mut self.line);
        self.folder.take();
        let texts = tables::row_blocks(cells);
        let linked = if texts.len() == 1 { line.linked } else { 0 };
        for text in texts {
            let linked = linked.min(text.len());
            self.drafts.push(Draft {
                kind: BlockKind::Table,
                text,
                owner: id,
                linked,
                paid: line.paid,
                card: false,
                level: 0,
            });
        }
    }
}

/// What a block is, by the elements around it, and a heading's level.
fn kind(tree: &Tree, owner: Id) -> (BlockKind, u8) {
    let mut found = BlockKind::Paragraph;
    for id in tree.up(owner).take(64) {
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
            || names::is_notes(attribute("class"))
            || names::is_notes(attribute("id"));
        if notes && !matches!(tree.name(id), "body" | "html" | "article" | "main") {
            return (BlockKind::Note, 0);
        }
        if found == BlockKind::Paragraph {
            found = kind;
        }
    }
    (found, 0)
}

/// Whether an element is the mark of a footnote, or the way back from one: `[1]`, but not the 2 of m².
fn is_reference_mark(tree: &Tree, id: Id) -> bool {
    let name = tree.name(id);
    if !matches!(name, "sup" | "a") {
        return false;
    }
    let attribute = |id, key| tree.attribute(id, key).unwrap_or_default();
    if attribute(id, "role").starts_with("doc-noteref") || attribute(id, "role") == "doc-backlink" {
        return true;
    }
    let text = tree.below(id).take(32).filter_map(|id| tree.text(id)).collect::<String>();
    let text = text.trim();
    let bracketed = text.starts_with('[') && text.ends_with(']');
    let short = text.chars().count() <= 6;
    let links_here = |id: Id| {
        tree.name(id) == "a" && attribute(id, "href").contains('#') && !attribute(id, "href").ends_with('#')
    };
    let back =
        !text.is_empty() && text.chars().all(|c| matches!(c, '↩' | '↑' | '^' | '\u{fe0e}' | '⤴' | '⇑'));
    match name {
        "sup" => short && (bracketed || tree.below(id).take(16).any(links_here)),
        _ => links_here(id) && (back || (short && bracketed)),
    }
}

/// Whether browsers set an element apart from what stands beside it.
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
        let limits = Limits { file_bytes: 1 << 20, unfolded_bytes: 1 << 20, seconds: 10 };
        let tree = Tree::parse(page, limits).expect("a page within limits");
        drafts(&tree, Tree::ROOT).into_iter().map(|draft| (draft.kind, draft.text)).collect()
    }

    fn texts(page: &str) -> Vec<String> {
        blocks(page).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn words_are_neither_glued_nor_torn() {
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
    fn kinds_follow_the_elements_around() {
        use BlockKind::{Caption, Heading, Item, Note, Paragraph, Quote};
        let page = "<h2>H</h2><p>P<ul><li>I<li><p>J</p></ul><blockquote><p>Q</p></blockquote>\
                    <figure><img><figcaption>C</figcaption></figure><ol class=footnotes><li>N</ol>";
        let kinds: Vec<_> = blocks(page).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Heading, Paragraph, Item, Item, Quote, Caption, Note]);
    }

    #[test]
    fn footnote_marks_go_and_powers_stay() {
        let page = "It grew<sup><a href=#fn1>1</a></sup> to 10<sup>6</sup> m<sup>2</sup><sup>[2]</sup> \
                    there.<a href=#ref1>↩</a>";
        assert_eq!(texts(page), ["It grew to 106 m2 there."]);
    }
}
