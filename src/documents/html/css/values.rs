//! Reads the values of properties: lengths, numbers and the parts of shorthands.

/// The font size of text for which a page declares none.
pub(crate) const DEFAULT_FONT_PX: f64 = 16.0;

/// The size of a desktop screen, for lengths in its hundredths.
const SCREEN_PX: (f64, f64) = (1280.0, 800.0);

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Length {
    Px(f64),
    Percent(f64),
}

/// Reads a length. `None` for words and for functions such as `var()`.
pub(crate) fn length(value: &str, font_px: f64) -> Option<Length> {
    let (number, unit) = number_and_unit(value)?;
    let px = match unit {
        "%" => return Some(Length::Percent(number)),
        // Old pages leave the unit out.
        "" | "px" => 1.0,
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
    };
    Some(Length::Px(number * px))
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
        assert_eq!(length("auto", 10.0), None);
        assert_eq!(length("var(--x)", 10.0), None);
    }
}
