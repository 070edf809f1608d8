//! Decides whether a style raises or lowers a part of a line, as in 10⁶.

use super::cascade::Declared;
use super::values::{Length, length, length_of};

/// Text that is moved by less, relative to its own font size, counts as on the line.
const MIN_SHIFT_EM: f64 = 0.15;
/// Text with at most this share of the font size around it is small.
const MAX_SMALL_RATIO: f64 = 0.85;
/// The usual height of a line in percent of the font size. `vertical-align` takes percentages of it.
const LINE_PERCENT: f64 = 120.0;

/// Text above or below the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    Raised,
    Lowered,
}

/// The height at which a style puts a part of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Height {
    /// The style doesn't decide it. The element has its usual height: a `sup` is raised.
    #[default]
    Usual,
    OnLine,
    Shifted(Shift),
}

/// Returns the height at which a style puts a part of a line. `around_px` is the font size of the text around it.
pub(crate) fn height_of(declared: &Declared<'_>, font_px: f64, around_px: f64) -> Height {
    let is_small = font_px <= around_px * MAX_SMALL_RATIO;
    let shift = |up_px: f64| {
        let shift = if up_px > 0.0 { Shift::Raised } else { Shift::Lowered };
        (up_px.abs() >= MIN_SHIFT_EM * font_px).then_some(Height::Shifted(shift))
    };
    let px = |side: &str| match length(declared.value(side), font_px) {
        Some(Length::Px(px)) => Some(px),
        _ => None,
    };
    if declared.value("position") == "relative"
        && let Some(moved) = px("top").map(|top| -top).or_else(|| px("bottom")).and_then(shift)
    {
        return moved;
    }
    let align = declared.value("vertical-align");
    match align {
        "super" => Height::Shifted(Shift::Raised),
        "sub" => Height::Shifted(Shift::Lowered),
        "top" | "text-top" if is_small => Height::Shifted(Shift::Raised),
        // Small digits at the end of a number still look like an index, so only larger text is put on the line.
        "baseline" | "initial" | "unset" if !is_small => Height::OnLine,
        _ => match length_of(align, font_px, LINE_PERCENT / 100.0 * font_px) {
            Some(up_px) => shift(up_px).unwrap_or(if is_small { Height::Usual } else { Height::OnLine }),
            None => Height::Usual,
        },
    }
}
