//! Reads the values of properties: lengths, numbers and the parts of shorthands.

use super::calculation::{Calculated, calculate};

/// The font size of text for which a page declares none.
pub(crate) const DEFAULT_FONT_PX: f64 = 16.0;

/// The width and height of a desktop screen in CSS pixels.
pub(crate) const SCREEN_PX: (f64, f64) = (1280.0, 800.0);

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Length {
    Px(f64),
    Percent(f64),
}

/// Reads a length. `None` for words and for functions other than `calc()`. A sum of a length and a percentage counts as
/// one of the width of the screen.
pub(crate) fn length(value: &str, font_px: f64) -> Option<Length> {
    if let Some(("calc", sum)) = function(value) {
        let Calculated { px, percent, .. } = calculate(sum, font_px)?;
        let is_percentage = px == 0.0 && percent != 0.0;
        return Some(if is_percentage {
            Length::Percent(percent)
        } else {
            Length::Px(px + percent * SCREEN_PX.0 / 100.0)
        });
    }
    match number_and_unit(value)? {
        (percent, "%") => Some(Length::Percent(percent)),
        // Old pages leave the unit out.
        (px, "") => Some(Length::Px(px)),
        (number, unit) => Some(Length::Px(number * px_of_unit(unit, font_px)?)),
    }
}

/// Reads a length with percentages of another one.
pub(crate) fn length_of(value: &str, font_px: f64, whole_px: f64) -> Option<f64> {
    if let Some(("calc", sum)) = function(value) {
        let Calculated { px, percent, .. } = calculate(sum, font_px)?;
        return Some(px + percent * whole_px / 100.0);
    }
    Some(match length(value, font_px)? {
        Length::Px(px) => px,
        Length::Percent(percent) => percent * whole_px / 100.0,
    })
}

/// The length of a unit in pixels.
pub(crate) fn px_of_unit(unit: &str, font_px: f64) -> Option<f64> {
    Some(match unit {
        "px" => 1.0,
        "em" => font_px,
        "rem" => DEFAULT_FONT_PX,
        "ex" | "ch" => font_px / 2.0,
        "vw" | "svw" | "lvw" | "dvw" | "vi" | "vmax" => SCREEN_PX.0 / 100.0,
        "vh" | "svh" | "lvh" | "dvh" | "vb" | "vmin" => SCREEN_PX.1 / 100.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        "q" => 2.4 / 2.54,
        _ => return None,
    })
}

/// Reads a number, or a percentage as a fraction of 1.
pub(crate) fn fraction(value: &str) -> Option<f64> {
    match number_and_unit(value)? {
        (number, "") => Some(number),
        (number, "%") => Some(number / 100.0),
        _ => None,
    }
}

/// Splits `-1.5em` into -1.5 and `em`.
pub(crate) fn number_and_unit(value: &str) -> Option<(f64, &str)> {
    let bytes = value.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_sign = |at: usize| matches!(bytes.get(at), Some(b'-' | b'+'));
    let mut end = usize::from(is_sign(0));
    while is_digit(end) || (bytes.get(end) == Some(&b'.') && is_digit(end + 1)) {
        end += 1;
    }
    // The e of an exponent is not that of `em`.
    let exponent = end + 1 + usize::from(is_sign(end + 1));
    if bytes.get(end) == Some(&b'e') && is_digit(exponent) {
        end = exponent;
        while is_digit(end) {
            end += 1;
        }
    }
    let number = value[..end].parse().ok()?;
    Some((number, &value[end..]))
}

/// Splits a function such as `rect(1px, 2px)` into its name and the text in its brackets.
pub(crate) fn function(value: &str) -> Option<(&str, &str)> {
    let (name, rest) = value.split_once('(')?;
    Some((name.trim(), rest.strip_suffix(')')?.trim()))
}

/// Whether a value depends on something that is not computed, such as a custom property.
pub(crate) fn is_unknown(value: &str) -> bool {
    ["var(", "env(", "calc(", "min(", "max(", "clamp(", "attr("].iter().any(|name| value.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_their_units() {
        assert_eq!(length("-60em", 10.0), Some(Length::Px(-600.0)));
        assert_eq!(length("1e3px", 10.0), Some(Length::Px(1000.0)));
        assert_eq!(length(".5rem", 10.0), Some(Length::Px(8.0)));
        assert_eq!(length("-100%", 10.0), Some(Length::Percent(-100.0)));
        assert_eq!(length("-100vw", 10.0), Some(Length::Px(-1280.0)));
        assert_eq!(length("calc(-100% - 20px)", 10.0), Some(Length::Px(-1300.0)));
        assert_eq!(length("calc(50% * -2)", 10.0), Some(Length::Percent(-100.0)));
        assert_eq!(length_of("calc(100% + 2px)", 10.0, 20.0), Some(22.0));
        assert_eq!(length("auto", 10.0), None);
        assert_eq!(length("var(--x)", 10.0), None);
    }
}
