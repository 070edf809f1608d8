//! Parses declarations, splits shorthands, and drops values that browsers ignore.

use super::colours;
use super::scan;
use super::values::{self, is_unknown, length, number_and_unit};
use super::variables::Variables;

/// A declaration of a property in [`PROPERTIES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub(crate) property: &'static str,
    /// In lower case, with single spaces; the value of `content` as it is written.
    pub(crate) value: String,
    pub(crate) is_important: bool,
}

/// The properties that decide whether text is seen and how it reads, in alphabetical order.
#[rustfmt::skip]
const PROPERTIES: &[&str] = &[
    "animation", "animation-fill-mode", "animation-name", "background-clip", "background-color", "background-image",
    "bottom", "clip", "clip-path", "color", "content", "content-visibility", "direction", "display", "filter", "float",
    "font-size", "height", "left", "line-height", "list-style-type", "margin-left", "margin-top", "mask-image", "max-height", "max-width",
    "min-height", "min-width",
    "opacity", "overflow-x", "overflow-y", "padding-bottom", "position", "right", "scale", "text-decoration-line",
    "text-fill-color", "text-indent", "text-security", "text-shadow", "text-stroke", "top", "transform", "translate", "unicode-bidi",
    "vertical-align", "visibility", "width",
];

/// Parses the declarations of a block or of a `style` attribute.
pub(crate) fn parse(block: &str) -> Vec<Declaration> {
    let mut parsed = Vec::new();
    for part in scan::split(&Variables::replace_own(block), ';') {
        let Some((name, value)) = part.split_once(':') else { continue };
        let name = scan::unescape(name.trim()).to_ascii_lowercase();
        let name = name.strip_prefix("-webkit-").unwrap_or(&name);
        let (value, is_important) = without_importance(value.trim());
        let value = match name {
            "content" => value.to_owned(),
            _ => simplified(value),
        };
        for (name, value) in longhands(name, &value) {
            if let Ok(at) = PROPERTIES.binary_search(&name)
                && is_valid(name, &value)
            {
                parsed.push(Declaration { property: PROPERTIES[at], value, is_important });
            }
        }
    }
    parsed
}

/// Returns a value in lower case, with single spaces, and without a `calc()` around a single number or length.
fn simplified(value: &str) -> String {
    let value = scan::unescape(value).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    match values::function(&value) {
        Some(("calc", inside)) if !inside.contains([' ', '(', '*', '/']) => inside.to_owned(),
        _ => value,
    }
}

fn without_importance(value: &str) -> (&str, bool) {
    let is_important =
        |(before, after): &(&str, &str)| !before.is_empty() && after.trim().eq_ignore_ascii_case("important");
    match value.rsplit_once('!').filter(is_important) {
        Some((value, _)) => (value.trim_end(), true),
        None => (value, false),
    }
}

/// Returns the longhand properties that a shorthand or an alias sets, with their values.
fn longhands<'n>(name: &'n str, value: &str) -> Vec<(&'n str, String)> {
    let all = |names: &[&'static str]| names.iter().map(|name| (*name, value.to_owned())).collect();
    let sides = |top: &'static str, right: &'static str, bottom: &'static str, left: &'static str| {
        let parts = words(value);
        let side = |at: [usize; 4]| {
            parts.get(at[parts.len().clamp(1, 4) - 1]).copied().unwrap_or_default().to_owned()
        };
        let sides = [
            (top, side([0, 0, 0, 0])),
            (right, side([0, 1, 1, 1])),
            (bottom, side([0, 0, 2, 2])),
            (left, side([0, 1, 1, 3])),
        ];
        sides.into_iter().filter(|(name, _)| !name.is_empty()).collect()
    };
    match name {
        "font" if is_global(value) => vec![("font-size", value.to_owned())],
        "overflow" => {
            let parts = words(value);
            let (x, y) =
                (parts.first().copied().unwrap_or_default(), parts.last().copied().unwrap_or_default());
            vec![("overflow-x", x.to_owned()), ("overflow-y", y.to_owned())]
        }
        "margin" => sides("margin-top", "", "", "margin-left"),
        "padding" => sides("", "", "padding-bottom", ""),
        "inset" => sides("top", "right", "bottom", "left"),
        "inset-inline-start" => all(&["left"]),
        "inset-block-start" => all(&["top"]),
        "margin-inline-start" => all(&["margin-left"]),
        "margin-block-start" => all(&["margin-top"]),
        "inline-size" => all(&["width"]),
        "block-size" => all(&["height"]),
        "background" => {
            let parts = words(value);
            let colour = parts.iter().find(|part| colours::is_colour(part)).copied();
            let is_image = |part: &&&str| part.contains('(') && !colours::is_colour(part);
            let (image, is_text) = (parts.iter().find(is_image).copied(), parts.contains(&"text"));
            vec![
                ("background-color", colour.unwrap_or("transparent").to_owned()),
                ("background-image", image.unwrap_or("none").to_owned()),
                ("background-clip", if is_text { "text" } else { "border-box" }.to_owned()),
            ]
        }
        "font" => {
            let size = words(value).into_iter().find_map(|part| {
                let size = part.split('/').next().unwrap_or_default();
                number_and_unit(size)
                    .is_some_and(|(_, unit)| !unit.is_empty() || part.contains('/') || size == "0")
                    .then(|| size.to_owned())
            });
            vec![("font-size", size.unwrap_or_else(|| "medium".to_owned()))]
        }
        "text-decoration" => {
            let is_line = |part: &&str| matches!(*part, "line-through" | "none" | "underline" | "overline");
            let lines: Vec<&str> = words(value).into_iter().filter(is_line).collect();
            vec![("text-decoration-line", if lines.is_empty() { "none".to_owned() } else { lines.join(" ") })]
        }
        "list-style" | "list-style-image" => list_style(name, value),
        "mask" => all(&["mask-image"]),
        _ => vec![(name, value.to_owned())],
    }
}

/// Returns the type of list that `list-style` or `list-style-image` sets. An image replaces numbers, as `none` does.
fn list_style(name: &str, value: &str) -> Vec<(&'static str, String)> {
    let parts = words(value);
    let has_image = parts.iter().any(|part| part.contains('(') && !part.starts_with("symbols("));
    let mut kinds = parts.into_iter().filter(|part| !matches!(*part, "inside" | "outside"));
    let kind = match name {
        _ if has_image => "none",
        "list-style-image" => return Vec::new(),
        _ => kinds.next().unwrap_or("initial"),
    };
    vec![("list-style-type", kind.to_owned())]
}

/// Whether browsers support a value of a property; `None` if the property has nothing to do with whether text is seen.
pub(crate) fn is_supported(name: &str, value: &str) -> Option<bool> {
    const OTHER_BROWSERS: [&str; 4] = ["-moz-", "-ms-", "-o-", "-apple-"];
    let name = name.trim().to_ascii_lowercase();
    if OTHER_BROWSERS.iter().any(|prefix| name.starts_with(prefix)) {
        return Some(false);
    }
    let name = name.strip_prefix("-webkit-").unwrap_or(&name);
    let longhands = longhands(name, &simplified(value.trim()));
    let known: Vec<_> = longhands.iter().filter(|(name, _)| PROPERTIES.binary_search(name).is_ok()).collect();
    (!known.is_empty()).then(|| known.iter().all(|(name, value)| is_valid(name, value)))
}

/// Splits a value at the spaces that are not in brackets.
pub(crate) fn words(value: &str) -> Vec<&str> {
    scan::split(value, ' ').into_iter().filter(|part| !part.is_empty()).collect()
}

/// Whether a value is valid for every property, such as `inherit`.
pub(crate) fn is_global(value: &str) -> bool {
    matches!(value, "inherit" | "initial" | "unset" | "revert" | "revert-layer")
}

/// Whether browsers accept a value of a property. They ignore a declaration with any other value.
fn is_valid(property: &str, value: &str) -> bool {
    if is_unknown(value) || is_global(value) {
        return true;
    }
    let is_length =
        |keywords: &[&str]| length(value, values::DEFAULT_FONT_PX).is_some() || keywords.contains(&value);
    match property {
        #[rustfmt::skip]
        "display" => value.split(' ').all(|word| matches!(word,
            "none" | "block" | "inline" | "inline-block" | "flex" | "inline-flex" | "grid" | "inline-grid" | "contents"
            | "flow-root" | "flow" | "list-item" | "table" | "inline-table" | "table-cell" | "table-row" | "table-caption"
            | "table-column" | "table-column-group" | "table-row-group" | "table-header-group" | "table-footer-group"
            | "ruby" | "ruby-base" | "ruby-text" | "math" | "-webkit-box" | "-webkit-inline-box" | "run-in"
        )),
        "visibility" => matches!(value, "visible" | "hidden" | "collapse"),
        "content-visibility" => matches!(value, "visible" | "hidden" | "auto"),
        "opacity" => values::fraction(value).is_some(),
        "position" => matches!(value, "static" | "relative" | "absolute" | "fixed" | "sticky" | "-sticky"),
        "float" => matches!(value, "none" | "left" | "right" | "inline-start" | "inline-end"),
        "direction" => matches!(value, "ltr" | "rtl"),
        "overflow-x" | "overflow-y" => {
            matches!(value, "visible" | "hidden" | "clip" | "scroll" | "auto" | "overlay")
        }
        "color" | "background-color" | "text-fill-color" => colours::is_colour(value),
        "left" | "right" | "top" | "bottom" | "margin-left" | "margin-top" => is_length(&["auto"]),
        "text-indent" | "padding-bottom" => {
            is_length(&[]) || words(value).iter().any(|one| length(one, values::DEFAULT_FONT_PX).is_some())
        }
        "width" | "height" | "max-width" | "max-height" | "min-width" | "min-height" => is_length(&[
            "auto",
            "none",
            "min-content",
            "max-content",
            "fit-content",
            "stretch",
            "-webkit-fill-available",
        ]),
        "line-height" => is_length(&["normal"]),
        "vertical-align" => is_length(&[
            "baseline",
            "sub",
            "super",
            "top",
            "text-top",
            "middle",
            "bottom",
            "text-bottom",
            "-webkit-baseline-middle",
        ]),
        #[rustfmt::skip]
        "font-size" => is_length(&[
            "xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large", "smaller", "larger", "math",
        ]),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(block: &str) -> Vec<String> {
        let shown = |one: &Declaration| {
            format!("{}: {}{}", one.property, one.value, if one.is_important { " !" } else { "" })
        };
        parse(block).iter().map(shown).collect()
    }

    #[test]
    fn shorthands_are_split_and_invalid_values_dropped() {
        assert_eq!(parsed("DISPLAY : None ! important; display: gone"), ["display: none !"]);
        assert_eq!(parsed("margin: 1px 2px 3px -4em"), ["margin-top: 1px", "margin-left: -4em"]);
        assert_eq!(
            parsed("inset: 0 auto auto -99em"),
            ["top: 0", "right: auto", "bottom: auto", "left: -99em"]
        );
        assert_eq!(parsed("font: italic 0/1 serif"), ["font-size: 0"]);
        assert_eq!(
            parsed("text-decoration: underline line-through red"),
            ["text-decoration-line: underline line-through"]
        );
        assert_eq!(
            parsed("background: url(a;b.png) #FFF"),
            ["background-color: #fff", "background-image: url(a;b.png)", "background-clip: border-box"]
        );
        assert_eq!(
            parsed("list-style: inside; list-style: lower-roman outside; list-style-image: url(dot.png)"),
            ["list-style-type: initial", "list-style-type: lower-roman", "list-style-type: none"]
        );
        assert_eq!(parsed("d\\69splay: none; co\\6cor: red"), ["display: none", "color: red"]);
    }
}
