//! Parses a chapter's Markdown into a flat list of blocks, of the few kinds that the manual uses. `terminal` and `man`
//! render the blocks.

use std::mem;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A block of a chapter.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    /// A heading of level 1 to 6.
    Heading(u8, Vec<Inline>),
    Paragraph(Vec<Inline>),
    /// A code block, without the line break at its end.
    Code(String),
    /// One item of a list. `depth` is 0 in an outermost list; `marker` is `-`, or a number such as `1.`.
    Item {
        depth: usize,
        marker: String,
        text: Vec<Inline>,
    },
    /// A table as a list of rows. A row is a list of cells; the first row is the head.
    Table(Vec<Vec<Vec<Inline>>>),
}

/// A run of text within a block, with a single style.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Code(String),
    Strong(String),
}

impl Inline {
    /// Returns the text without its style.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Strong(text) => text,
        }
    }
}

/// Parses a chapter. Leaves out HTML comments. Adds the address of a link after its text, but replaces a link to
/// another chapter by the command that prints that chapter.
pub(super) fn parse(markdown: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        builder.add(event);
    }
    builder.blocks
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    /// The text of the current block so far.
    text: Vec<Inline>,
    /// For each open list the number of its next item; `None` for a list without numbers.
    lists: Vec<Option<u64>>,
    rows: Vec<Vec<Vec<Inline>>>,
    is_strong: bool,
    /// The address of the link that the parser is inside of.
    link: Option<String>,
    /// The content so far of the code block that the parser is inside of.
    code: Option<String>,
}

impl Builder {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None if self.is_strong => self.text.push(Inline::Strong(text.into_string())),
                None => self.text.push(Inline::Text(text.into_string())),
            },
            Event::Code(text) => self.text.push(Inline::Code(text.into_string())),
            Event::SoftBreak | Event::HardBreak => self.text.push(Inline::Text(" ".to_owned())),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.is_strong = true,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.into_string()),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.code = Some(String::new());
            }
            Tag::List(first) => {
                // Ends the text of the item that contains this list.
                self.end_item();
                self.lists.push(first);
            }
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = mem::take(&mut self.text);
                self.blocks.push(Block::Heading(number(level), text));
            }
            TagEnd::Paragraph if self.lists.is_empty() => {
                let text = mem::take(&mut self.text);
                self.blocks.push(Block::Paragraph(text));
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.blocks.push(Block::Code(code.trim_end().to_owned()));
            }
            TagEnd::Strong => self.is_strong = false,
            TagEnd::Link => {
                let address = self.link.take().unwrap_or_default();
                if let Some(chapter) = address.strip_suffix(".md") {
                    self.text.pop();
                    self.text.push(Inline::Code(format!("help {chapter}")));
                } else {
                    self.text.push(Inline::Text(format!(" ({address})")));
                }
            }
            TagEnd::TableCell => {
                let cell = mem::take(&mut self.text);
                self.rows.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            TagEnd::Table => {
                let rows = mem::take(&mut self.rows);
                self.blocks.push(Block::Table(rows));
            }
            _ => {}
        }
    }

    /// Adds the text read since the last block as a list item, if there is text and an open list.
    fn end_item(&mut self) {
        let text = mem::take(&mut self.text);
        let depth = self.lists.len().saturating_sub(1);
        let Some(next) = self.lists.last_mut().filter(|_| !text.is_empty()) else { return };
        let marker = next.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
        *next = next.map(|number| number + 1);
        self.blocks.push(Block::Item { depth, marker, text });
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
