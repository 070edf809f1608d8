//! What the styles of a Word document mean. A style's id is in the language of the program that made it, its name is
//! English where it is built in, and styles of one's own rest on built-in ones.

use std::collections::BTreeMap;

use crate::xml::{self, Piece};
use crate::{BlockKind, ReadError};

/// Styles rest on one another no deeper than this.
const CHAIN: usize = 20;

/// The styles of a document, by id.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: BTreeMap<String, Written>,
    /// The language that text is in unless it says otherwise.
    pub(crate) language: Option<String>,
}

/// What a style says of paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// The kind of block it makes.
    pub(crate) kind: Option<BlockKind>,
    /// Whether it is that of the document's title.
    pub(crate) is_title: bool,
    /// Whether it is that of a table of contents.
    pub(crate) is_contents: bool,
}

#[derive(Debug, Default)]
struct Written {
    name: String,
    based_on: Option<String>,
    level: Option<u8>,
    numbered: bool,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(crate) fn read(styles: &str) -> Result<Self, ReadError> {
        let mut all = Self::default();
        let mut open: Option<(String, Written)> = None;
        xml::read(styles, |piece| match piece {
            Piece::Open(element) => {
                let value = || element.attribute("val").map(str::to_owned);
                match (element.name.as_str(), &mut open) {
                    ("style", _) => {
                        let id = element.attribute("styleId").unwrap_or_default().to_owned();
                        open = Some((id, Written::default()));
                    }
                    ("lang", None) if all.language.is_none() => all.language = value(),
                    ("name", Some((_, style))) => style.name = value().unwrap_or_default().to_lowercase(),
                    ("basedOn", Some((_, style))) => style.based_on = value(),
                    ("outlineLvl", Some((_, style))) => {
                        style.level = value().and_then(|level| level.parse().ok());
                    }
                    ("numId", Some((_, style))) => style.numbered = value().is_some_and(|value| value != "0"),
                    _ => {}
                }
            }
            Piece::Close(name) if name == "style" => all.styles.extend(open.take()),
            Piece::Close(_) | Piece::Text(_) => {}
        })?;
        Ok(all)
    }

    /// What a style means: what it says itself, or what the one says that it rests on.
    pub(crate) fn of(&self, id: Option<&str>) -> Style {
        let mut next = id;
        for _ in 0..CHAIN {
            let Some(id) = next else { break };
            let written = self.styles.get(id);
            let named =
                written.map(|written| meaning(&written.name)).filter(|style| *style != Style::default());
            if let Some(style) = named.or_else(|| written.and_then(Written::own)) {
                return style;
            }
            let by_id = meaning(&spaced(id));
            if by_id != Style::default() {
                return by_id;
            }
            next = written.and_then(|written| written.based_on.as_deref());
        }
        Style::default()
    }
}

impl Written {
    fn own(&self) -> Option<Style> {
        let heading = self.level.is_some_and(|level| level < 9).then_some(BlockKind::Heading);
        let kind = heading.or(self.numbered.then_some(BlockKind::Item))?;
        Some(Style { kind: Some(kind), ..Style::default() })
    }
}

/// What a built-in name means.
fn meaning(name: &str) -> Style {
    let kind = match name {
        "title" | "subtitle" => Some(BlockKind::Heading),
        _ if name.starts_with("heading ") => Some(BlockKind::Heading),
        "quote" | "intense quote" | "block text" => Some(BlockKind::Quote),
        "caption" => Some(BlockKind::Caption),
        "footnote text" | "endnote text" => Some(BlockKind::Note),
        _ if name.starts_with("list bullet") || name.starts_with("list number") => Some(BlockKind::Item),
        _ => None,
    };
    let is_contents = name.starts_with("toc ") || name.starts_with("table of ");
    Style { kind, is_title: name == "title", is_contents }
}

/// An id as the name it was made from: `Heading1` is "heading 1", `IntenseQuote` is "intense quote".
fn spaced(id: &str) -> String {
    let mut name = String::new();
    for c in id.chars() {
        if !name.is_empty() && !name.ends_with(' ') && (c.is_uppercase() || c.is_ascii_digit()) {
            name.push(' ');
        }
        name.extend(c.to_lowercase());
    }
    name
}
