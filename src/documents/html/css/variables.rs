//! Replaces uses of custom properties, such as `var(--accent)`, by values. The value is known if the property is
//! declared in the block of its use, if all declarations on the page have the same value, or if there is no declaration
//! and the use has a fallback. Other uses remain, because their value depends on the element.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::scan;

/// Longer values are not stored.
const MAX_VALUE_BYTES: usize = 200;
/// Maximum number of times that custom properties are replaced in the values of other custom properties.
const MAX_NESTED: usize = 4;

/// A style sheet that would grow by more is left as it is.
const MAX_GROWTH_BYTES: usize = 1_000_000;

/// The values of the custom properties of a page, by name; `None` if a property has several values or one that is too
/// long.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    values: BTreeMap<String, Option<String>>,
    /// Whether all style sheets of the page were read. If not, a property without a declaration may have one in another
    /// sheet, so fallbacks are not used.
    is_complete: bool,
}

impl Variables {
    /// Finds the custom properties in style sheets and in blocks of declarations, which must have no comments.
    pub(crate) fn of<'s>(texts: impl Iterator<Item = &'s str>, is_complete: bool) -> Self {
        let mut variables = Self { is_complete, ..Self::default() };
        for text in texts {
            for (at, _) in text.match_indices("--") {
                let before = text[..at].trim_end();
                // Only a name at the start of a declaration declares a property.
                if before.is_empty() || before.ends_with(['{', ';']) {
                    variables.add(&text[at..]);
                } else if before.ends_with("@property")
                    && let Some((name, _)) = scan::identifier(&text[at..])
                {
                    variables.values.insert(name, None);
                }
            }
        }
        variables
    }

    /// Replaces the uses of custom properties that are declared in the same block of declarations.
    pub(crate) fn replace_own(block: &str) -> Cow<'_, str> {
        if block.contains("--") && block.contains("var(") {
            Self::of(std::iter::once(block), false).replace(block)
        } else {
            Cow::Borrowed(block)
        }
    }

    fn add(&mut self, declaration: &str) {
        let Some((name, after)) = scan::identifier(declaration) else { return };
        let Some(value) = after.trim_start().strip_prefix(':') else { return };
        let limit = value.floor_char_boundary(MAX_VALUE_BYTES);
        let end = scan::find(&value[..limit], &[';', '}']).or((limit == value.len()).then_some(limit));
        let value = end.map(|end| value[..end].trim().to_owned());
        let known = self.values.entry(name).or_insert_with(|| value.clone());
        if *known != value {
            *known = None;
        }
    }

    /// Replaces the uses of custom properties in a style sheet.
    pub(crate) fn replace<'s>(&self, sheet: &'s str) -> Cow<'s, str> {
        let mut replaced = Cow::Borrowed(sheet);
        for _ in 0..MAX_NESTED {
            match self.replace_once(&replaced) {
                Some(next) if next.len() <= sheet.len() + MAX_GROWTH_BYTES => replaced = Cow::Owned(next),
                _ => break,
            }
        }
        replaced
    }

    /// Replaces the uses that have a known value; `None` if there are none. The new text may have uses again.
    fn replace_once(&self, sheet: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = sheet;
        let mut is_changed = false;
        while let Some(at) = rest.find("var(") {
            let (before, inside) = (&rest[..at], &rest[at + "var(".len()..]);
            out.push_str(before);
            let name = inside.split([',', ')']).next().unwrap_or_default().trim();
            let end = scan::find(inside, &[')']);
            let fallback = || inside[..end?].split_once(',').map(|(_, fallback)| fallback.trim());
            let value = match self.values.get(name) {
                Some(value) => value.as_deref(),
                None if self.is_complete => fallback(),
                None => None,
            };
            if let (Some(value), Some(end)) = (value, end) {
                out.push_str(value);
                is_changed = true;
                rest = &inside[end + 1..];
            } else {
                out.push_str("var(");
                rest = inside;
            }
        }
        out.push_str(rest);
        is_changed.then_some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_properties_with_one_value_or_a_fallback_are_replaced() {
        let sheet = "@property --wide { syntax: '*' } :root { --look: none; --ink: var( --dark ); --dark: #111; \
                     --sea: red } .a { --sea: blue }";
        let written = "display: var(--look, block); color: var(--ink); top: var(--x, 1px)";
        let replace = |text: &str, is_complete| {
            Variables::of(std::iter::once(sheet), is_complete).replace(text).into_owned()
        };
        assert_eq!(replace(written, true), "display: none; color: #111; top: 1px");
        assert_eq!(replace(written, false), "display: none; color: #111; top: var(--x, 1px)");
        let unknown = "color: var(--sea, red); top: var(--x); width: var(--wide, 1px)";
        assert_eq!(replace(unknown, true), unknown);
    }

    #[test]
    fn properties_declared_beside_their_use_are_replaced() {
        assert_eq!(
            Variables::replace_own("--look: none; display: var(--look); color: var(--ink, red)"),
            "--look: none; display: none; color: var(--ink, red)"
        );
    }
}
