//! The styles of a Word document: which kind of block they mark (heading, list item …), and which properties they give
//! to text.
//!
//! A built-in style always has an English name, but its id is in the language of the program that wrote the file.
//! Custom styles are usually based on built-in ones. So a style's meaning is found by its name, its properties,
//! its id (if that is English), and the styles that it is based on.

use std::collections::BTreeMap;

use super::colours::{Backdrop, Theme};
use super::names::Vocabulary;
use super::properties::RunProperties;
use crate::deadline::Deadline;
use crate::xml::{self, Element, XmlEvent};
use crate::{BlockKind, ReadError};

/// Maximum length of a chain of styles in which each is based on the next.
const MAX_STYLE_CHAIN: usize = 20;
const MAX_STYLES: usize = 50_000;
/// Maximum outline level of a heading, counted from 0. Word uses 9 for body text.
pub(crate) const MAX_HEADING_LEVEL: u8 = 8;

/// The list id of a paragraph or style that is in no list.
pub(crate) const NO_LIST: &str = "0";

#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_id: BTreeMap<String, StyleDefinition>,
    /// The ids of the default styles, for paragraphs and for characters without a style of their own.
    default_paragraph: Option<String>,
    default_character: Option<String>,
    pub(crate) defaults: RunProperties,
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

/// The properties that a style gives to text and to its background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StyleProperties {
    pub(crate) run: RunProperties,
    /// The shading of a paragraph, or of a table's cells.
    pub(crate) shading: Option<Backdrop>,
}

/// The list that a style puts paragraphs into.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StyleList<'s> {
    pub(crate) id: &'s str,
    pub(crate) level: Option<usize>,
}

/// What a style can be applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleType {
    Paragraph,
    Character,
    Table,
    Other,
}

#[derive(Debug, Default)]
struct StyleDefinition {
    /// `None` if the file doesn't state it.
    style_type: Option<StyleType>,
    name: String,
    based_on: Option<String>,
    level: Option<u8>,
    /// The id of the list that the style puts paragraphs into; `0` for none.
    list: Option<String>,
    list_level: Option<usize>,
    properties: StyleProperties,
}

/// The elements that are open while styles are parsed.
#[derive(Debug, Default)]
struct Place {
    id: String,
    style: Option<StyleDefinition>,
    /// The names of the open elements.
    path: Vec<String>,
}

impl Styles {
    pub(crate) fn read(styles: &str, theme: &Theme, deadline: Deadline) -> Result<Self, ReadError> {
        let mut all = Self::default();
        let mut place = Place::default();
        xml::parse(styles, deadline, |event| {
            match event {
                XmlEvent::Open(element) => {
                    all.enter(&element, &mut place, theme);
                    place.path.push(element.name.to_owned());
                }
                XmlEvent::Close(name) => {
                    place.path.pop();
                    if name == "style"
                        && let Some(style) = place.style.take()
                    {
                        all.by_id.insert(std::mem::take(&mut place.id), style);
                    }
                }
                XmlEvent::Text(_) => {}
            }
            if all.by_id.len() > MAX_STYLES { Err(ReadError::TooLarge) } else { Ok(()) }
        })?;
        Ok(all)
    }

    fn enter(&mut self, element: &Element, place: &mut Place, theme: &Theme) {
        let vocabulary = Vocabulary::of(&element.namespace);
        let is_in = |name: &str| place.path.iter().any(|open| open == name);
        let parent = place.path.last().map_or("", String::as_str);
        let value = || element.own_attribute("val").map(str::to_owned);
        if is_in("rPrDefault") && parent == "rPr" {
            self.defaults.set(vocabulary, element, theme);
        }
        let Some(style) = &mut place.style else {
            match element.name {
                "style" if vocabulary == Vocabulary::Word => {
                    (place.id, place.style) = self.style(element);
                }
                "lang" if self.language.is_none() => self.language = value(),
                _ => {}
            }
            return;
        };
        // `tblStylePr` formats a part of a table, such as its first row. Which cells belong to that part is not
        // computed, so the background of all cells counts as unknown.
        if is_in("tblStylePr") {
            if element.name == "shd" && theme.shading(element) != Backdrop::Transparent {
                style.properties.shading = Some(Backdrop::Unknown);
            }
            return;
        }
        match parent {
            "rPr" => style.properties.run.set(vocabulary, element, theme),
            "textFill" | "solidFill" | "srgbClr" | "schemeClr" if is_in("rPr") => {
                style.properties.run.set_fill(element, theme);
            }
            "pPr" | "tcPr" | "tblPr" if element.name == "shd" && vocabulary == Vocabulary::Word => {
                style.properties.shading = Some(theme.shading(element));
            }
            _ => {}
        }
        match element.name {
            "name" => style.name = value().unwrap_or_default().to_lowercase(),
            "basedOn" => style.based_on = value(),
            "outlineLvl" => style.level = value().and_then(|level| level.parse().ok()),
            "numId" => style.list = value(),
            "ilvl" => style.list_level = value().and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    /// Reads the attributes of a style: its id and type, and whether it is a default.
    fn style(&mut self, element: &Element) -> (String, Option<StyleDefinition>) {
        let id = element.own_attribute("styleId").unwrap_or_default().to_owned();
        let style_type = match element.own_attribute("type") {
            Some("paragraph") => Some(StyleType::Paragraph),
            Some("character") => Some(StyleType::Character),
            Some("table") => Some(StyleType::Table),
            Some(_) => Some(StyleType::Other),
            None => None,
        };
        if matches!(element.own_attribute("default"), Some("1" | "true" | "on")) {
            match style_type {
                None | Some(StyleType::Paragraph) => self.default_paragraph = Some(id.clone()),
                Some(StyleType::Character) => self.default_character = Some(id.clone()),
                Some(StyleType::Table | StyleType::Other) => {}
            }
        }
        (id, Some(StyleDefinition { style_type, ..StyleDefinition::default() }))
    }

    /// Returns the properties of a style and of the styles that it is based on. If there is no such style, those of the
    /// default style for `style_type`.
    pub(crate) fn properties(&self, style_type: StyleType, id: Option<&str>) -> StyleProperties {
        let is_of_type = |style: &StyleDefinition| style.style_type.is_none_or(|known| known == style_type);
        let known = |id: &&str| self.by_id.get(*id).is_some_and(is_of_type);
        let default = match style_type {
            StyleType::Paragraph => self.default_paragraph.as_deref(),
            StyleType::Character => self.default_character.as_deref(),
            StyleType::Table | StyleType::Other => None,
        };
        let mut next = id.filter(known).or(default);
        let mut properties = StyleProperties::default();
        for _ in 0..MAX_STYLE_CHAIN {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            properties.run = properties.run.or(style.properties.run);
            properties.shading = properties.shading.or(style.properties.shading);
            next = style.based_on.as_deref();
        }
        properties
    }

    /// Returns the list that a style, or one that it is based on, puts paragraphs into. Without an `id`, the default
    /// style counts. `None` if there is no such list.
    pub(crate) fn list<'s>(&'s self, id: Option<&'s str>) -> Option<StyleList<'s>> {
        let mut next = id.or(self.default_paragraph.as_deref());
        let mut level = None;
        for _ in 0..MAX_STYLE_CHAIN {
            let style = next?;
            let definition = self.by_id.get(style)?;
            level = level.or(definition.list_level);
            if let Some(id) = &definition.list {
                return definition.has_list().then_some(StyleList { id, level });
            }
            next = definition.based_on.as_deref();
        }
        None
    }

    /// Returns the meaning of a style: its own, or that of the nearest style it is based on.
    pub(crate) fn of(&self, id: Option<&str>) -> ParagraphStyle {
        let mut next = id;
        for _ in 0..MAX_STYLE_CHAIN {
            let Some(id) = next else { break };
            let definition = self.by_id.get(id);
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
    fn has_list(&self) -> bool {
        self.list.as_deref().is_some_and(|list| list != NO_LIST)
    }

    /// Returns the meaning of a custom style by its outline level (a heading) or list numbering (a list item).
    fn meaning_by_properties(&self) -> Option<ParagraphStyle> {
        let heading =
            self.level.is_some_and(|level| level <= MAX_HEADING_LEVEL).then_some(BlockKind::Heading);
        let kind = heading.or(self.has_list().then_some(BlockKind::Item))?;
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
    // In ids, as in `TableofFigures`, the words “table of” have no capital letter between them.
    let is_contents = ["toc ", "table of ", "tableof "].iter().any(|start| name.starts_with(start));
    ParagraphStyle { kind, is_title: name == "title", is_contents }
}

/// Restores a style's name from its id: `Heading1` → "heading 1", `IntenseQuote` → "intense quote", `TOC1` → "toc 1".
fn name_from_id(id: &str) -> String {
    let mut name = String::new();
    let mut before = ' ';
    let mut chars = id.chars().peekable();
    while let Some(c) = chars.next() {
        let precedes_small = chars.peek().is_some_and(|next| next.is_lowercase());
        let begins_word = c.is_uppercase() && (!before.is_uppercase() || precedes_small);
        let begins_number = c.is_ascii_digit() && !before.is_ascii_digit();
        if before != ' ' && (begins_word || begins_number) {
            name.push(' ');
        }
        name.extend(c.to_lowercase());
        before = c;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_styles_follow_from_ids() {
        for (id, name) in [
            ("Heading1", "heading 1"),
            ("Heading10", "heading 10"),
            ("IntenseQuote", "intense quote"),
            ("TOC1", "toc 1"),
            ("TOCHeading", "toc heading"),
        ] {
            assert_eq!(name_from_id(id), name);
        }
        for id in ["TOC1", "TableofFigures"] {
            assert!(meaning_by_name(&name_from_id(id)).is_contents, "{id}");
        }
    }
}
