//! Reads the values of properties: lengths, numbers and the parts of shorthands.

use super::calculation::{Calculated, calculate};
pub(crate) use super::units::{DEFAULT_FONT_PX, SCREEN_PX, number_and_unit, px_of_unit};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Length {
    Px(f64),
    Percent(f64),
}

/// Reads a length. `None` for words and for functions other than `calc()`. In a sum of a length and a percentage,
/// the percentage is taken of the width of the screen.
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

/// Reads a length in pixels. Percentages are of `whole_px`.
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

/// Reads a number, or a percentage as a fraction of 1.
pub(crate) fn fraction(value: &str) -> Option<f64> {
    match number_and_unit(value)? {
        (number, "") => Some(number),
        (number, "%") => Some(number / 100.0),
        _ => None,
    }
}

/// Splits a function such as `rect(1px, 2px)` into its name and the text in its brackets.
pub(crate) fn function(value: &str) -> Option<(&str, &str)> {
    let (name, rest) = value.split_once('(')?;
    Some((name.trim(), rest.strip_suffix(')')?.trim()))
}

/// Whether a value has a function that is not computed for every property, such as `var()` or `min()`.
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
