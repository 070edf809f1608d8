//! Determines properties of text from the elements around it: the kind of its block, and whether it is raised or
//! lowered.

use super::class_names;
use super::css::{Height, Shift, Styles};
use super::tree::{Id, Tree};
use crate::BlockKind;

/// Maximum number of ancestors that are examined for the kind of a block.
const MAX_KIND_LEVELS: usize = 64;
/// Maximum length of text that counts as raised or lowered because of a style.
const MAX_SHIFTED_CHARS: usize = 12;

/// Determines the kind of a block, and the level of a heading, from its ancestor elements.
pub(crate) fn kind_and_level(tree: &Tree, owner: Id) -> (BlockKind, u8) {
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

/// Returns whether an element's tag or style raises or lowers its text within a line. The style of elements other than
/// `sup` and `sub` counts only if the text is short and has a digit: pages also shift other text, for its looks.
pub(crate) fn shift(tree: &Tree, id: Id, styles: &Styles) -> Option<Shift> {
    match (tree.name(id), styles.height(id)) {
        ("sup", Height::Usual) => Some(Shift::Raised),
        ("sub", Height::Usual) => Some(Shift::Lowered),
        ("sup" | "sub", Height::Shifted(shift)) => Some(shift),
        ("" | "img" | "td" | "th", _) | (_, Height::Usual | Height::OnLine) => None,
        (_, Height::Shifted(shift)) => {
            let text = tree.text_below(id);
            let is_short = text.chars().count() <= MAX_SHIFTED_CHARS;
            (is_short && text.contains(|c: char| c.is_ascii_digit())).then_some(shift)
        }
    }
}
