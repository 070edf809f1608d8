//! Numbers with their units, and the lengths of units on a desktop screen.

/// The font size of text for which a page declares none.
pub(crate) const DEFAULT_FONT_PX: f64 = 16.0;

/// The width and height of a desktop screen in CSS pixels.
pub(crate) const SCREEN_PX: (f64, f64) = (1280.0, 800.0);

/// Returns the length of a unit in pixels; `None` if the unit is not known.
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

/// Splits `-1.5em` into -1.5 and `em`.
pub(crate) fn number_and_unit(value: &str) -> Option<(f64, &str)> {
    let bytes = value.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_sign = |at: usize| matches!(bytes.get(at), Some(b'-' | b'+'));
    let mut end = usize::from(is_sign(0));
    while is_digit(end) || (bytes.get(end) == Some(&b'.') && is_digit(end + 1)) {
        end += 1;
    }
    // An `e` before digits begins an exponent, not the unit `em`.
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
