//! Drawings and shapes, as far as they hide the text in them or are its background.

use super::colours::{Backdrop, Theme, WHITE, hexadecimal};
use crate::xml::Element;

/// Maximum width and height of a page in Word (22 inches), in English Metric Units of 1/914,400 inch.
const MAX_PAGE_EMU: i64 = 22 * 914_400;
/// Maximum plausible distance of a column or paragraph from the page's edge (8 inches), in the same unit.
const MAX_INSET_EMU: i64 = 8 * 914_400;
/// Minimum width and height of a drawing whose text can be read (2 points), in the same unit.
const MIN_EXTENT_EMU: i64 = 2 * 12_700;
const EMU_PER_POINT: i64 = 12_700;

/// The place of a drawing on the page, in English Metric Units.
#[derive(Debug, Default)]
pub(crate) struct Anchor {
    /// Whether the distance that is being read is from the page's edge.
    pub(crate) is_from_page: bool,
    /// Whether the distance that is being read is vertical.
    pub(crate) is_vertical: bool,
    /// The horizontal and the vertical distance, and whether each is from the page's edge.
    offsets: [Option<(i64, bool)>; 2],
    extents: Option<[i64; 2]>,
    pub(crate) is_hidden: bool,
}

impl Anchor {
    pub(crate) fn set_offset(&mut self, text: &str) {
        if let Ok(offset) = text.trim().parse() {
            self.offsets[usize::from(self.is_vertical)] = Some((offset, self.is_from_page));
        }
    }

    /// Reads the width and height of the drawing from `wp:extent`.
    pub(crate) fn set_extent(&mut self, element: &Element) {
        let length = |name| element.attribute(name).and_then(|value| value.parse().ok());
        self.extents = length("cx").zip(length("cy")).map(|(width, height)| [width, height]);
    }

    /// Whether the drawing can't be seen: it is hidden, too small, or outside the page.
    pub(crate) fn is_unseen(&self) -> bool {
        let extents = self.extents.unwrap_or([MAX_PAGE_EMU; 2]);
        let is_off = |(offset, extent): (&Option<(i64, bool)>, i64)| {
            offset.is_some_and(|(offset, is_from_page)| is_off_page(offset, extent, is_from_page))
        };
        self.is_hidden
            || extents.iter().any(|extent| *extent < MIN_EXTENT_EMU)
            || self.offsets.iter().zip(extents).any(is_off)
    }
}

fn is_off_page(offset: i64, extent: i64, is_from_page: bool) -> bool {
    let edge = if is_from_page { 0 } else { -MAX_INSET_EMU };
    offset > MAX_PAGE_EMU || offset.saturating_add(extent) <= edge
}

/// A shape in the older format, VML.
#[derive(Debug)]
pub(crate) struct OldShape {
    pub(crate) is_unseen: bool,
    /// Whether the shape is beside the text, not between its characters.
    pub(crate) is_beside: bool,
    pub(crate) backdrop: Backdrop,
}

impl OldShape {
    pub(crate) fn read(element: &Element, theme: &Theme) -> Self {
        let style = element.attribute("style").unwrap_or_default();
        let property = |name: &str| {
            let mut declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
            declarations.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
        };
        let length = |name| property(name).and_then(emu);
        let extent = |name| length(name).unwrap_or(MAX_PAGE_EMU);
        let is_off = |edge, size| length(edge).is_some_and(|edge| is_off_page(edge, extent(size), false));
        let is_tiny = |size| extent(size) < MIN_EXTENT_EMU;
        let is_unseen = property("visibility") == Some("hidden")
            || property("display") == Some("none")
            || is_off("margin-left", "width")
            || is_off("margin-top", "height")
            || is_tiny("width")
            || is_tiny("height");
        let is_filled = !matches!(element.attribute("filled"), Some("f" | "false" | "0"));
        let backdrop = match element.attribute("fillcolor") {
            _ if !is_filled => Backdrop::Transparent,
            None => Backdrop::Rgb(WHITE),
            Some(colour) => named_colour(colour, theme),
        };
        Self { is_unseen, is_beside: property("position") == Some("absolute"), backdrop }
    }
}

/// Reads a colour such as `#ff8000`, `#f80`, `white [3212]`.
fn named_colour(colour: &str, theme: &Theme) -> Backdrop {
    let name = colour.split_whitespace().next().unwrap_or_default();
    let short = name.strip_prefix('#').filter(|digits| digits.len() == 3);
    let long: Option<String> = short.map(|digits| digits.chars().flat_map(|digit| [digit, digit]).collect());
    let named = match name {
        "white" | "window" => theme.colour("bg1"),
        "black" => Some([0; 3]),
        name => hexadecimal(long.as_deref().unwrap_or(name)),
    };
    named.map_or(Backdrop::Unknown, Backdrop::Rgb)
}

/// Reads a length such as `-72.5pt`, `3in` or `0`; `None` if the unit is not known.
fn emu(length: &str) -> Option<i64> {
    let digits = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let points = match &length[digits.len()..] {
        "pt" | "" => 1.0,
        "px" => 0.75,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        _ => return None,
    };
    let number: f64 = digits.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "a length beyond the range becomes its end")]
    let rounded = (number * points) as i64;
    Some(rounded.saturating_mul(EMU_PER_POINT))
}
