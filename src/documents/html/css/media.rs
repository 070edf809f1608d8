//! Evaluates media queries for a desktop screen, on which most pages show all their text. A query that is not
//! understood doesn't apply.

use super::values::{Length, SCREEN_PX, length};
use super::{conditions, scan};

/// Whether a list of media queries matches a desktop screen. An empty list matches all media.
pub(crate) fn matches(queries: &str) -> bool {
    let queries = queries.trim().to_ascii_lowercase();
    queries.is_empty() || scan::split(&queries, ',').iter().any(|query| evaluate(query) == Some(true))
}

/// Evaluates a query: a medium, features, or both.
fn evaluate(query: &str) -> Option<bool> {
    let query = query.trim();
    conditions::evaluate(query.strip_prefix("only ").unwrap_or(query), &|part| match part {
        "all" | "screen" => Some(true),
        "print" | "speech" | "tty" | "tv" | "projection" | "handheld" | "braille" | "embossed" | "aural" => {
            Some(false)
        }
        _ => feature(part),
    })
}

/// Evaluates a feature, such as `min-width: 40em` or `400px <= width`.
fn feature(feature: &str) -> Option<bool> {
    let size = |name: &str| match name.trim().trim_start_matches("device-") {
        "width" => Some(SCREEN_PX.0),
        "height" => Some(SCREEN_PX.1),
        _ => None,
    };
    if let Some((name, value)) = feature.split_once(':') {
        let (name, value) = (name.trim(), value.trim());
        if let Some(size) = name.strip_prefix("min-").and_then(size) {
            return Some(size >= px(value)?);
        }
        if let Some(size) = name.strip_prefix("max-").and_then(size) {
            return Some(size <= px(value)?);
        }
        return keyword(name, value);
    }
    if feature.contains(['<', '>', '=']) {
        return range(feature, size);
    }
    match feature {
        "color" | "width" | "height" | "hover" | "pointer" | "any-hover" | "any-pointer" => Some(true),
        "monochrome" | "grid" | "prefers-reduced-motion" | "prefers-contrast" => Some(false),
        _ => None,
    }
}

fn keyword(name: &str, value: &str) -> Option<bool> {
    Some(match name {
        "orientation" => value == "landscape",
        "hover" | "any-hover" => value == "hover",
        "pointer" | "any-pointer" => value == "fine",
        "prefers-color-scheme" => value == "light",
        "prefers-reduced-motion"
        | "prefers-contrast"
        | "prefers-reduced-transparency"
        | "prefers-reduced-data" => value == "no-preference",
        "forced-colors" | "inverted-colors" => value == "none",
        "scripting" => value == "enabled",
        "display-mode" => value == "browser",
        _ => return None,
    })
}

/// Evaluates `width >= 40em` or `400px <= width < 900px`.
fn range(feature: &str, size: impl Fn(&str) -> Option<f64>) -> Option<bool> {
    let value = |text: &str| size(text).or_else(|| px(text.trim()));
    let mut rest = feature;
    let mut left: Option<(f64, &str)> = None;
    loop {
        let at = rest.find(['<', '>', '=']).unwrap_or(rest.len());
        let right = value(&rest[..at])?;
        if let Some((left, operator)) = left {
            let holds = match operator {
                "<" => left < right,
                "<=" => left <= right,
                ">" => left > right,
                ">=" => left >= right,
                _ => (left - right).abs() < f64::EPSILON,
            };
            if !holds || at == rest.len() {
                return Some(holds);
            }
        }
        if at == rest.len() {
            return None;
        }
        let length = 1 + usize::from(rest[at + 1..].starts_with('='));
        left = Some((right, &rest[at..at + length]));
        rest = &rest[at + length..];
    }
}

/// Parses a length as pixels. An `em` is the default font size.
fn px(value: &str) -> Option<f64> {
    match length(value, super::values::DEFAULT_FONT_PX)? {
        Length::Px(px) => Some(px),
        Length::Percent(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_match_a_desktop_screen_or_not() {
        for query in [
            "",
            "all",
            "Only Screen",
            "print, screen",
            "not print",
            "screen and (min-width: 48em)",
            "not (max-width: 600px)",
            "(width >= 600px)",
            "(600px <= width < 1500px)",
            "(orientation: portrait) or (hover: hover)",
            "(min-width: 300px) and (prefers-color-scheme: light)",
        ] {
            assert!(matches(query), "{query}");
        }
        for query in [
            "print",
            "not screen",
            "(max-width:600px)",
            "not all and (min-width: 800px)",
            "(300px <= width < 500px)",
            "(min-width: 300px) and (max-width: 500px)",
            "(prefers-color-scheme: dark)",
            "(prefers-reduced-motion: reduce)",
            "(min-something: 1px)",
            "not (min-something: 1px)",
        ] {
            assert!(!matches(query), "{query}");
        }
    }
}
