//! Recognises the marks of notes: links from a text to its notes (¹, `[1]`, `*`) and back from them (`↩`). Marks are
//! not words of a sentence, so they are left out of the text.
//!
//! An element is a mark in one of three cases: it has the role of a mark; it is a short link without words that is
//! raised, is in brackets, is an arrow, or has a class for notes; or it is raised text in brackets. So the raised
//! 2 of m² is not a mark.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::class_names;
use super::strip::INLINE_ELEMENTS;
use super::tree::{Id, Tree};
use crate::url::percent_decoded;

/// Maximum length of an element that is one mark, or several in a row.
const MAX_MARK_CHARS: usize = 12;
/// Maximum length of an element with the role of a mark. Such a mark may have words: “note 12”.
const MAX_MARK_WITH_ROLE_CHARS: usize = 40;
/// An element with more nodes is not a mark.
const MAX_MARK_NODES: usize = 32;
/// Maximum number of ancestors that are searched for the superscript or link around a text.
const MAX_MARK_LEVELS: usize = 8;

/// The marks of a page or chapter.
pub(crate) struct References<'t> {
    tree: &'t Tree,
    /// The ids of the elements of this page.
    ids: OnceCell<BTreeSet<&'t str>>,
    /// Whether an address leads to an element of another file.
    leads_elsewhere: &'t dyn Fn(&str) -> bool,
}

impl<'t> References<'t> {
    /// `leads_elsewhere` returns whether the address in a link is that of an element in another file.
    pub(crate) fn new(tree: &'t Tree, leads_elsewhere: &'t dyn Fn(&str) -> bool) -> Self {
        Self { tree, ids: OnceCell::new(), leads_elsewhere }
    }

    /// Whether an element is the mark of a note, or the link back from one. `before` is the text in front of it.
    pub(crate) fn is_mark(&self, id: Id, before: &str) -> bool {
        let name = self.tree.name(id);
        if has_role_of_mark(self.tree, id) {
            return self.short_text(id, MAX_MARK_WITH_ROLE_CHARS).is_some();
        }
        if !matches!(name, "sup" | "a") {
            return false;
        }
        let Some(text) = self.short_text(id, MAX_MARK_CHARS) else { return false };
        // Words in brackets or in a link are words of the sentence: “[not]”.
        if text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1) {
            return false;
        }
        let links = || self.nodes(id).filter_map(|id| anchor(self.tree, id));
        let is_bracketed = text.starts_with('[') && text.ends_with(']');
        let is_link = links().next().is_some();
        // After a digit, a raised number may be an exponent. It is the mark of a note only if its link leads to an
        // existing element.
        let is_exponent =
            || before.ends_with(char::is_numeric) && !links().any(|link| self.leads_to_element(link));
        match name {
            "sup" => is_bracketed || is_link && !is_exponent(),
            _ if !is_link => false,
            _ if is_bracketed || is_back_arrow(&text) => true,
            _ => (self.is_raised(id) || has_class_of_mark(self.tree, id)) && !is_exponent(),
        }
    }

    fn nodes(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.tree.below(id).take(MAX_MARK_NODES)
    }

    /// Returns the text of an element, unless it is long or has many nodes.
    fn short_text(&self, id: Id, max_chars: usize) -> Option<String> {
        let mut text = String::new();
        for (count, id) in self.tree.below(id).enumerate() {
            text.push_str(self.tree.text(id).unwrap_or_default());
            if count >= MAX_MARK_NODES || text.trim().chars().nth(max_chars).is_some() {
                return None;
            }
        }
        Some(text.trim().to_owned())
    }

    /// Whether all text of a link is raised.
    fn is_raised(&self, link: Id) -> bool {
        let is_in_sup = |id: Id| {
            let mut around = self.tree.up(id).take(MAX_MARK_LEVELS).take_while(|up| *up != link);
            around.any(|up| self.tree.name(up) == "sup")
        };
        let mut texts = self
            .nodes(link)
            .filter(|id| self.tree.text(*id).is_some_and(|text| !text.trim().is_empty()))
            .peekable();
        texts.peek().is_some() && texts.all(is_in_sup)
    }

    fn leads_to_element(&self, address: &str) -> bool {
        let fragment = address.rsplit('#').next().unwrap_or_default();
        let decoded = percent_decoded(fragment);
        let ids = self.ids.get_or_init(|| self.tree.element_ids());
        ids.contains(fragment)
            || decoded.is_some_and(|id| ids.contains(id.as_str()))
            || (self.leads_elsewhere)(address)
    }
}

/// Returns the address of a link if it has a fragment (`#note-1`) and so leads to an element.
fn anchor(tree: &Tree, id: Id) -> Option<&str> {
    let address = if tree.name(id) == "a" { tree.attribute(id, "href")? } else { return None };
    address.split_once('#').is_some_and(|(_, fragment)| !fragment.is_empty()).then_some(address)
}

fn has_role_of_mark(tree: &Tree, id: Id) -> bool {
    let has = |key, roles: &[&str]| {
        tree.attribute(id, key)
            .is_some_and(|value| value.split_ascii_whitespace().any(|one| roles.contains(&one)))
    };
    INLINE_ELEMENTS.contains(&tree.name(id))
        && (has("role", &["doc-noteref", "doc-backlink"])
            || has("epub:type", &["noteref", "annoref", "backlink"]))
}

fn has_class_of_mark(tree: &Tree, id: Id) -> bool {
    let class = tree.attribute(id, "class").unwrap_or_default();
    class_names::is_notes_name(class)
        || class.split_ascii_whitespace().any(|class| matches!(class, "noteref" | "fnref"))
}

fn is_back_arrow(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '↩' | '↑' | '^' | '\u{fe0e}' | '⤴' | '⇑'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::html::blocks;
    use crate::html::css::Styles;

    const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

    fn text(paragraph: &str) -> String {
        let page = format!("<p>{paragraph}</p><ol><li id=n1>A note.</ol>");
        let tree = Tree::parse(&page, LIMITS).expect("a page within limits");
        let references = References::new(&tree, &|address| address == "notes.xhtml#n2");
        blocks::extract(&tree, Tree::ROOT, &Styles::default(), &references).remove(0).text
    }

    #[test]
    fn marks_of_notes_are_no_words_of_the_sentence() {
        for mark in [
            "<sup><a href=#n1>1</a></sup>",
            "<a href=#n1><sup>1</sup></a>",
            "<a href=#n1><b><sup> 1 </sup></b></a>",
            "<a href=notes.xhtml#n2><sup>1</sup></a>",
            "<a href=#n1 role='doc-noteref'>note 1</a>",
            "<a href=notes.xhtml#n2 epub:type='x noteref'>1</a>",
            "<a href=#n1 class=footnote-ref>1</a>",
            "<sup><a href=#n1>1</a>, <a href=#n1>2</a></sup>",
            "<sup>[1]</sup>",
            "<a href=#n1>[1]</a>",
            "<a href=#r1>↩</a>",
            "<span epub:type=noteref><a href=#n1>*</a></span>",
        ] {
            assert_eq!(
                text(&format!("The mill{mark} burnt in 1823{mark}.")),
                "The mill burnt in 1823.",
                "{mark}"
            );
            assert_eq!(text(&format!("a{mark}b")), "a\u{fffc}b", "{mark}");
        }
    }

    #[test]
    fn figures_and_words_are_no_marks() {
        for (paragraph, expected) in [
            ("10<sup>6</sup> m<sup>2</sup> H<sub>2</sub>O", "10⁶ m² H₂O"),
            ("10<sup><a href=#powers>6</a></sup>", "10⁶"),
            ("<b>10</b><a href=#powers><sup>6</sup></a>", "10⁶"),
            ("10<a href=other.xhtml#n2><sup>6</sup></a>", "10⁶"),
            ("He did <a href=#n1>[not]</a> say so", "He did [not] say so"),
            ("He did <a href=#n1><sup>not</sup></a> say so", "He did ^not say so"),
            ("It has <a href=#n1>2</a> wheels", "It has 2 wheels"),
            ("It has <a href=x><sup>2</sup></a> wheels", "It has ² wheels"),
        ] {
            assert_eq!(text(paragraph), expected);
        }
        let long = format!("<a href=#n1 role=doc-noteref>{}</a>", "x".repeat(41));
        assert!(text(&long).starts_with('x'));
        let many = format!("<sup><a href=#n1>1</a>{}</sup>", "<b></b>".repeat(40));
        assert_eq!(text(&format!("a{many}")), "a¹");
    }
}
