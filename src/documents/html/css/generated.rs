//! Determines what the pseudo-elements `::before` and `::after` show: nothing, a space, a sign or words. Their content
//! is never part of the text, but it can separate words.

use super::cascade::Declared;
use super::scan;
use crate::html::tree::{Id, Tree};
use crate::text::{is_invisible, is_zero_width};

/// The content that a pseudo-element shows, which is not text of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Generated {
    #[default]
    Nothing,
    Space,
    /// Punctuation, a symbol, a picture or a counter.
    Sign,
    Words,
}

impl Generated {
    /// Determines the content of a pseudo-element of the element `id`. `declared` are its declarations.
    pub(crate) fn of(declared: &Declared<'_>, tree: &Tree, id: Id) -> Self {
        let is_hidden = declared.value("display") == "none"
            || matches!(declared.value("visibility"), "hidden" | "collapse")
            || matches!(declared.value("position"), "absolute" | "fixed");
        if is_hidden {
            return Self::Nothing;
        }
        let mut most = Self::Nothing;
        let mut rest = declared.value("content").trim();
        // The words after a slash are only read aloud.
        while !rest.is_empty() && !rest.starts_with('/') {
            let (part, after) = Self::first_of(rest, tree, id);
            most = most.max(part);
            rest = after.trim_start();
        }
        most
    }

    /// Reads the first part of a value of `content`. Returns what it shows, and the rest of the value.
    fn first_of<'v>(value: &'v str, tree: &Tree, id: Id) -> (Self, &'v str) {
        if let Some((text, after)) = scan::string(value) {
            return (Self::of_text(&text), after);
        }
        let end = scan::find(value, &[' ', '/', '"', '\'']).filter(|end| *end > 0).unwrap_or(value.len());
        let (part, after) = value.split_at(end);
        if let Some(inside) = part.strip_prefix("attr(") {
            let name = scan::identifier(inside.trim_start()).map(|(name, _)| name.to_ascii_lowercase());
            let text = name.and_then(|name| tree.attribute(id, &name));
            return (Self::of_text(text.unwrap_or_default()), after);
        }
        let adds_nothing = matches!(
            part,
            "none" | "normal" | "initial" | "unset" | "inherit" | "no-open-quote" | "no-close-quote"
        );
        (if adds_nothing { Self::Nothing } else { Self::Sign }, after)
    }

    fn of_text(text: &str) -> Self {
        let seen = || text.chars().filter(|c| !is_invisible(*c) && !is_zero_width(*c));
        if seen().any(char::is_alphanumeric) {
            Self::Words
        } else if seen().any(|c| !c.is_whitespace()) {
            Self::Sign
        } else if seen().next().is_some() {
            Self::Space
        } else {
            Self::Nothing
        }
    }
}
