//! Decides whether the declarations of an element hide its box with everything in it.

use super::cascade::Declared;
use super::colours::{self, MIN_ALPHA};
use super::declarations::words;
use super::scan;
use super::values::{Length, SCREEN_PX, fraction, function, length, number_and_unit};

/// A box that is moved this far up or left is out of sight.
const MIN_OFF_SCREEN_PX: f64 = 900.0;
/// A box that is moved this far right is out of sight, too, although pages can be scrolled to the right; so is a
/// box whose property `right` or `bottom` is at least this.
const MIN_FAR_PX: f64 = 5000.0;
/// A box that a transform or margin moves this far up or left is out of sight. In percent of the size of the box
/// (transform), or of the box around it (margin).
const MIN_OFF_SCREEN_PERCENT: f64 = 500.0;
/// A box that hides its overflow shows nothing if its width or height is at most this.
const MAX_HIDDEN_BOX_PX: f64 = 1.0;
/// Text that is blurred by at least this radius can't be read.
const MIN_BLUR_PX: f64 = 4.0;

/// A box with its declarations, and what decides which of them apply.
pub(crate) struct StyledBox<'d, 't> {
    pub(crate) declared: &'d Declared<'t>,
    /// Whether the box is a part of a line, to which sizes and transforms don't apply.
    pub(crate) is_inline: bool,
    pub(crate) font_px: f64,
}

impl StyledBox<'_, '_> {
    /// Returns the property that hides the box.
    pub(crate) fn hidden_by(&self) -> Option<&'static str> {
        let value = |property: &str| self.declared.value(property);
        let checks: [(&'static str, bool); 6] = [
            ("display", value("display") == "none"),
            ("content-visibility", value("content-visibility") == "hidden" && !self.is_inline),
            ("filter", functions(value("filter")).any(|(name, argument)| hides_by_filter(name, argument))),
            ("mask-image", is_transparent_mask(value("mask-image"))),
            ("content", value("content").starts_with("url(")),
            // Browsers show every letter as the same sign, as in a field for a password.
            ("text-security", !matches!(value("text-security"), "" | "none" | "initial" | "unset")),
        ];
        let hiding = checks.into_iter().find(|(_, hides)| *hides).map(|(property, _)| property);
        hiding
            .or_else(|| self.hidden_by_clip())
            .or_else(|| self.hidden_by_size())
            .or_else(|| self.hidden_by_place())
            .or_else(|| self.hidden_by_transform())
    }

    fn length(&self, property: &str) -> Option<Length> {
        length(self.declared.value(property), self.font_px)
    }

    pub(crate) fn hides_overflow(&self) -> bool {
        !self.is_inline
            && ["overflow-x", "overflow-y"].iter().any(|property| {
                matches!(self.declared.value(property), "hidden" | "clip" | "scroll" | "auto" | "overlay")
            })
    }

    fn is_positioned(&self) -> bool {
        matches!(self.declared.value("position"), "absolute" | "fixed" | "relative")
    }

    fn is_fixed(&self) -> bool {
        self.declared.value("position") == "fixed"
    }

    fn hidden_by_clip(&self) -> Option<&'static str> {
        let is_placed = matches!(self.declared.value("position"), "absolute" | "fixed");
        if is_placed && is_empty_rectangle(self.declared.value("clip")) {
            return Some("clip");
        }
        is_empty_shape(self.declared.value("clip-path")).then_some("clip-path")
    }

    fn hidden_by_size(&self) -> Option<&'static str> {
        if !self.hides_overflow() {
            return None;
        }
        let is_tiny = |property: &str| match self.length(property) {
            Some(Length::Px(px)) => px <= MAX_HIDDEN_BOX_PX,
            Some(Length::Percent(percent)) => percent <= 0.0,
            None => false,
        };
        let is_set = |property: &str| self.length(property).is_some() && !is_tiny(property);
        let by_height = ["height", "max-height"].into_iter().find(|property| is_tiny(property));
        let by_width = ["width", "max-width"].into_iter().find(|property| is_tiny(property));
        let has_no_line =
            number_and_unit(self.declared.value("line-height")).is_some_and(|(number, _)| number == 0.0);
        by_height
            .or(Some("line-height").filter(|_| has_no_line && !is_set("height")))
            .filter(|_| !is_set("padding-bottom") && !is_set("min-height"))
            .or(by_width.filter(|_| !is_set("min-width")))
    }

    fn hidden_by_place(&self) -> Option<&'static str> {
        let is_margin_far = |property: &str| match self.length(property) {
            Some(Length::Percent(percent)) => percent <= -MIN_OFF_SCREEN_PERCENT,
            _ => self.is_before(property, false),
        };
        let by_position = if self.is_positioned() { self.hidden_by_position() } else { None };
        by_position
            .or((is_margin_far("margin-left") || self.is_beyond("margin-left", MIN_FAR_PX))
                .then_some("margin-left"))
            .or((!self.is_inline && is_margin_far("margin-top")).then_some("margin-top"))
    }

    fn hidden_by_position(&self) -> Option<&'static str> {
        let is_fixed = self.is_fixed();
        let sides = [
            ("left", "right", true, SCREEN_PX.0),
            ("right", "left", true, SCREEN_PX.0),
            ("top", "bottom", is_fixed, SCREEN_PX.1),
            ("bottom", "top", is_fixed, SCREEN_PX.1),
        ];
        for (side, other, is_percent_far, screen_px) in sides {
            // A box that is stretched beyond both sides is centred.
            if self.is_before(side, is_percent_far) && !self.is_before(other, is_percent_far) {
                return Some(side);
            }
            // A page can be scrolled down to a box that is not fixed. `left` and `top` win over the opposite sides.
            let is_scrolled_to = !is_fixed && side == "top";
            let is_overridden = matches!(side, "right" | "bottom") && self.length(other).is_some();
            let min_px = if is_fixed { screen_px } else { MIN_FAR_PX };
            if !is_scrolled_to && !is_overridden && self.is_beyond(side, min_px) {
                return Some(side);
            }
        }
        None
    }

    /// Whether a property is so far below 0 that the box is out of sight. `is_percent_far` says whether -100 % is
    /// far enough for that.
    fn is_before(&self, property: &str, is_percent_far: bool) -> bool {
        match self.length(property) {
            Some(Length::Px(px)) => px <= -MIN_OFF_SCREEN_PX,
            Some(Length::Percent(percent)) => is_percent_far && percent <= -100.0,
            None => false,
        }
    }

    /// Whether a property has a value of at least `min_px` or, for a fixed box, of at least 100 %, the size of the
    /// screen.
    fn is_beyond(&self, property: &str, min_px: f64) -> bool {
        match self.length(property) {
            Some(Length::Px(px)) => px >= min_px,
            Some(Length::Percent(percent)) => self.is_fixed() && percent >= 100.0,
            None => false,
        }
    }

    fn hidden_by_transform(&self) -> Option<&'static str> {
        if self.is_inline {
            return None;
        }
        if functions(self.declared.value("transform"))
            .any(|(name, arguments)| self.hides_by_transform(name, arguments))
        {
            return Some("transform");
        }
        let scale = self.declared.value("scale");
        if words(scale).iter().take(2).any(|part| fraction(part) == Some(0.0)) {
            return Some("scale");
        }
        let translate = words(self.declared.value("translate"));
        let is_far = |at: usize| translate.get(at).is_some_and(|part| self.is_moved_away(part, at == 0));
        (is_far(0) || is_far(1)).then_some("translate")
    }

    fn hides_by_transform(&self, name: &str, arguments: &str) -> bool {
        let parts: Vec<&str> = arguments.split(',').map(str::trim).collect();
        let number = |at: usize| parts.get(at).and_then(|part| fraction(part));
        match name {
            "scale" | "scalex" | "scaley" | "scale3d" => (0..2).any(|at| number(at) == Some(0.0)),
            "translate" | "translate3d" => {
                parts.iter().take(2).zip([true, false]).any(|(part, is_x)| self.is_moved_away(part, is_x))
            }
            "translatex" => self.is_moved_away(arguments, true),
            "translatey" => self.is_moved_away(arguments, false),
            "rotatex" | "rotatey" => {
                let degrees =
                    number_and_unit(arguments).filter(|(_, unit)| *unit == "deg").map(|(degrees, _)| degrees);
                degrees.is_some_and(|degrees| (degrees.rem_euclid(180.0) - 90.0).abs() < 1.0)
            }
            "matrix" => {
                let all: Vec<f64> = (0..6).filter_map(number).collect();
                let [scale_x, skew_y, skew_x, scale_y, x, y] = all[..] else { return false };
                (scale_x * scale_y - skew_x * skew_y).abs() < 1e-6
                    || x <= -MIN_OFF_SCREEN_PX
                    || y <= -MIN_OFF_SCREEN_PX
            }
            _ => false,
        }
    }

    /// Whether the box is out of sight after it is moved by `distance`, to the right (`is_x`) or down.
    fn is_moved_away(&self, distance: &str, is_x: bool) -> bool {
        match length(distance, self.font_px) {
            Some(Length::Px(px)) => px <= -MIN_OFF_SCREEN_PX || (is_x && px >= MIN_FAR_PX),
            Some(Length::Percent(percent)) => {
                // A fixed box at an edge of the screen is out of sight if it is moved across the edge by its own
                // size.
                let (start, end) = if is_x { ("left", "right") } else { ("top", "bottom") };
                let is_at = |side: &str| matches!(self.length(side), Some(Length::Px(px)) if px.abs() < 1.0);
                percent <= -MIN_OFF_SCREEN_PERCENT
                    || self.is_fixed()
                        && (percent <= -100.0 && is_at(start) || percent >= 100.0 && is_at(end))
            }
            None => false,
        }
    }
}

/// Iterates over the functions of a value such as `scale(2) rotate(9deg)`.
fn functions(value: &str) -> impl Iterator<Item = (&str, &str)> {
    words(value).into_iter().filter_map(function)
}

fn hides_by_filter(name: &str, argument: &str) -> bool {
    match name {
        "opacity" => fraction(argument).is_some_and(|opacity| opacity < MIN_ALPHA),
        "blur" => {
            matches!(length(argument, super::values::DEFAULT_FONT_PX), Some(Length::Px(px)) if px >= MIN_BLUR_PX)
        }
        _ => false,
    }
}

/// Whether a mask is a gradient between transparent colours.
fn is_transparent_mask(value: &str) -> bool {
    let Some((name, arguments)) = function(value) else { return false };
    let parts = scan::split(arguments, ',');
    let colours = parts.iter().filter_map(|part| colours::parse(words(part).first()?));
    let alphas: Vec<f64> = colours.map(|colour| colour.alpha).collect();
    name.ends_with("-gradient") && !alphas.is_empty() && alphas.iter().all(|alpha| *alpha < MIN_ALPHA)
}

/// Whether the rectangle of `clip` is at most a pixel wide or high.
fn is_empty_rectangle(clip: &str) -> bool {
    let Some(("rect", arguments)) = function(clip) else { return false };
    let sides = arguments.split([',', ' ']).filter(|part| !part.is_empty());
    let px = |side| match length(side, super::values::DEFAULT_FONT_PX) {
        Some(Length::Px(px)) => Some(px),
        _ => None,
    };
    let Some(sides) = sides.map(px).collect::<Option<Vec<f64>>>() else { return false };
    let &[top, right, bottom, left] = sides.as_slice() else { return false };
    right - left <= MAX_HIDDEN_BOX_PX || bottom - top <= MAX_HIDDEN_BOX_PX
}

/// Whether the shape of `clip-path` shows nothing of the box.
fn is_empty_shape(clip_path: &str) -> bool {
    let Some((name, arguments)) = words(clip_path).first().and_then(|shape| function(shape)) else {
        return false;
    };
    let is_zero = |part: &str| number_and_unit(part).is_some_and(|(number, _)| number == 0.0);
    match name {
        "inset" => {
            let sides = words(arguments.split(" round ").next().unwrap_or_default());
            let percent = |at: [usize; 4]| {
                let side = sides.get(at[sides.len().clamp(1, 4) - 1])?;
                match length(side, super::values::DEFAULT_FONT_PX)? {
                    Length::Percent(percent) => Some(percent),
                    Length::Px(px) => (px >= MIN_FAR_PX).then_some(100.0).or((px == 0.0).then_some(0.0)),
                }
            };
            let covers =
                |one: Option<f64>, other: Option<f64>| one.unwrap_or(0.0) + other.unwrap_or(0.0) >= 100.0;
            covers(percent([0; 4]), percent([0, 0, 2, 2]))
                || covers(percent([0, 1, 1, 1]), percent([0, 1, 1, 3]))
        }
        "circle" | "ellipse" => {
            let radii = arguments.split("at ").next().unwrap_or_default();
            words(radii).iter().any(|part| is_zero(part))
        }
        "polygon" => is_flat_polygon(arguments),
        _ => false,
    }
}

/// Whether the points of a polygon enclose no area. Their units are ignored.
fn is_flat_polygon(arguments: &str) -> bool {
    let points: Option<Vec<(f64, f64)>> = arguments
        .split(',')
        .filter(|point| !matches!(point.trim(), "evenodd" | "nonzero"))
        .map(|point| {
            let parts = words(point.trim());
            let &[x, y] = parts.as_slice() else { return None };
            Some((number_and_unit(x)?.0, number_and_unit(y)?.0))
        })
        .collect();
    let Some(points) = points else { return false };
    let next = points.iter().cycle().skip(1);
    let twice_area: f64 = points.iter().zip(next).map(|(one, other)| one.0 * other.1 - other.0 * one.1).sum();
    twice_area.abs() < 1e-6
}
