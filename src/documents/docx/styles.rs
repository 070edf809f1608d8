//! Maps the styles of a Word document to block kinds. A style's id is in the language of the program that wrote it;
//! the name of a built-in style is English; custom styles are usually based on built-in ones.

use std::collections::BTreeMap;

use crate::xml::{self, XmlEvent};
use crate::{BlockKind, ReadError};

/// Maximum length of a chain of styles that are based on one another.
const MAX_STYLE_CHAIN: usize = 20;
/// Maximum outline level of a heading, counted from 0. Word uses 9 for body text.
pub(crate) const MAX_HEADING_LEVEL: u8 = 8;

/// The styles of a document, by id.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: BTreeMap<String, StyleDefinition>,
    /// The default language of the text.
    pub(crate) language: Option<String>,
}

/// The meaning of a style for the paragraphs that have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ParagraphStyle {
    pub(crate) kind: Option<BlockKind>,
    /// Whether the style marks the document's title.
    pub(crate) is_title: bool,
    /// Whether the style marks entries of a table of contents.
    pub(crate) is_contents: bool,
}

#[derive(Debug, Default)]
struct StyleDefinition {
    name: String,
    based_on: Option<String>,
    level: Option<u8>,
    numbered: bool,
}

impl Styles {
    pub(crate) fn read(styles: &str) -> Result<Self, ReadError> {
        let mut all = Self::default();
        let mut open: Option<(String, StyleDefinition)> = None;
        xml::parse(styles, |event| match event {
            XmlEvent::Open(element) => {
                let value = || element.attribute("val").map(str::to_owned);
                match (element.name.as_str(), &mut open) {
                    ("style", _) => {
                        let id = element.attribute("styleId").unwrap_or_default().to_owned();
                        open = Some((id, StyleDefinition::default()));
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
            XmlEvent::Close(name) if name == "style" => all.styles.extend(open.take()),
            XmlEvent::Close(_) | XmlEvent::Text(_) => {}
        })?;
        Ok(all)
    }

    /// Returns the meaning of a style: its own, or that of the nearest style it is based on.
    pub(crate) fn of(&self, id: Option<&str>) -> ParagraphStyle {
        let mut next = id;
        for _ in 0..MAX_STYLE_CHAIN {
            let Some(id) = next else { break };
            let definition = self.styles.get(id);
            let named = definition
                .map(|definition| meaning_by_name(&definition.name))
                .filter(|style| *style != ParagraphStyle::default());
            if let Some(style) = named.or_else(|| definition.and_then(StyleDefinition::meaning_by_properties))
            {
                return style;
            }
            let by_id = meaning_by_name(&name_from_id(id));
            if by_id != ParagraphStyle::default() {
                return by_id;
            }
            next = definition.and_then(|definition| definition.based_on.as_deref());
        }
        ParagraphStyle::default()
    }
}

impl StyleDefinition {
    /// Returns the meaning that follows from the outline level or list numbering of a custom style.
    fn meaning_by_properties(&self) -> Option<ParagraphStyle> {
        let heading =
            self.level.is_some_and(|level| level <= MAX_HEADING_LEVEL).then_some(BlockKind::Heading);
        let kind = heading.or(self.numbered.then_some(BlockKind::Item))?;
        Some(ParagraphStyle { kind: Some(kind), ..ParagraphStyle::default() })
    }
}

/// Returns the meaning of a built-in style; the default for other names.
fn meaning_by_name(name: &str) -> ParagraphStyle {
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
    ParagraphStyle { kind, is_title: name == "title", is_contents }
}

/// Restores a style's name from its id: `Heading1` → "heading 1", `IntenseQuote` → "intense quote".
fn name_from_id(id: &str) -> String {
    let mut name = String::new();
    for c in id.chars() {
        if !name.is_empty() && !name.ends_with(' ') && (c.is_uppercase() || c.is_ascii_digit()) {
            name.push(' ');
        }
        name.extend(c.to_lowercase());
    }
    name
}
