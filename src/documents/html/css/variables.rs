//! Replaces custom properties, such as `var(--accent)`, that have one value on the whole page. Others are not known.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::scan;

/// Longer values are not kept.
const MAX_VALUE_BYTES: usize = 200;
/// Maximum number of custom properties in the values of others.
const MAX_NESTED: usize = 4;

/// A style sheet that would grow by more is left as it is.
const MAX_GROWTH_BYTES: usize = 1_000_000;

/// The values of the custom properties of a page, by name; `None` if a property has several.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    values: BTreeMap<String, Option<String>>,
}

impl Variables {
    /// Finds the custom properties in style sheets.
    pub(crate) fn of(sheets: &[String]) -> Self {
        let mut variables = Self::default();
        for sheet in sheets {
            for (at, _) in sheet.match_indices("--") {
                // Only at the start of a declaration.
                if sheet[..at].trim_end().ends_with(['{', ';']) {
                    variables.add(&sheet[at..]);
                }
            }
        }
        variables
    }

    fn add(&mut self, declaration: &str) {
        let Some((name, after)) = scan::identifier(declaration) else { return };
        let Some(value) = after.trim_start().strip_prefix(':') else { return };
        let limit = value.floor_char_boundary(MAX_VALUE_BYTES);
        let Some(end) = scan::find(&value[..limit], &[';', '}']) else { return };
        let value = value[..end].trim();
        let known = self.values.entry(name).or_insert_with(|| Some(value.to_owned()));
        if known.as_deref() != Some(value) {
            *known = None;
        }
    }

    /// Replaces the custom properties in a style sheet.
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

    /// Replaces the outermost custom properties; `None` if there is none that is known.
    fn replace_once(&self, sheet: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = sheet;
        let mut is_changed = false;
        while let Some(at) = rest.find("var(") {
            let (before, inside) = (&rest[..at], &rest[at + "var(".len()..]);
            out.push_str(before);
            let name = inside.split([',', ')']).next().unwrap_or_default().trim();
            let end = scan::find(inside, &[')']);
            if let (Some(Some(value)), Some(end)) = (self.values.get(name), end) {
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
    fn only_properties_with_one_value_are_replaced() {
        let sheet =
            ":root { --look: none; --ink: var( --dark ); --dark: #111; --sea: red } .a { --sea: blue }"
                .to_owned();
        let variables = Variables::of(&[sheet]);
        assert_eq!(
            variables.replace("display: var(--look, block); color: var(--ink)"),
            "display: none; color: #111"
        );
        assert_eq!(variables.replace("color: var(--sea); top: var(--x)"), "color: var(--sea); top: var(--x)");
    }
}
