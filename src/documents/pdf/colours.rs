//! Colours of text and shapes, as far as they decide whether text can be seen on what lies behind it (ISO 32000-1,
//! 8.6).

use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as ByteString};

use super::streams::{Budget, decoded};
use crate::ReadError;

/// Minimum difference between the colours of text and of its background that readers can see. Black and white differ
/// by 1. On white, a light grey of 0.92 is invisible, a grey of 0.85 is not.
const MIN_CONTRAST: f64 = 0.101;
/// The weight of the largest difference in red, green or blue. The difference in brightness has the weight 1; the
/// greater result counts. By brightness alone, yellow on white would be invisible, because both are bright.
const HUE_WEIGHT: f64 = 0.35;
/// Maximum nesting of colour spaces that are based on others.
const MAX_SPACE_DEPTH: usize = 4;

/// A colour: red, green and blue, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Colour([f64; 3]);

impl Colour {
    pub(crate) const BLACK: Self = Self([0.0; 3]);
    pub(crate) const WHITE: Self = Self([1.0; 3]);

    fn grey(level: f64) -> Self {
        Self([level.clamp(0.0, 1.0); 3])
    }

    /// Converts the components of a device colour space.
    fn of_device(components: &[f64]) -> Option<Self> {
        match *components {
            [grey] => Some(Self::grey(grey)),
            [red, green, blue] => Some(Self([red, green, blue].map(|part| part.clamp(0.0, 1.0)))),
            [cyan, magenta, yellow, black] => {
                Some(Self([cyan, magenta, yellow].map(|ink| (1.0 - ink - black).clamp(0.0, 1.0))))
            }
            _ => None,
        }
    }

    /// Returns this colour painted over `below` with an opacity.
    pub(crate) fn over(self, below: Self, opacity: f64) -> Self {
        let mut mixed = below.0;
        for (part, own) in mixed.iter_mut().zip(self.0) {
            *part = own * opacity + *part * (1.0 - opacity);
        }
        Self(mixed)
    }

    /// Whether text of this colour can be seen on a background.
    pub(crate) fn stands_out_from(self, background: Self) -> bool {
        let [red, green, blue] = [0, 1, 2].map(|part: usize| {
            self.0.get(part).copied().unwrap_or_default()
                - background.0.get(part).copied().unwrap_or_default()
        });
        let brightness = (0.299 * red + 0.587 * green + 0.114 * blue).abs();
        let hue = red.abs().max(green.abs()).max(blue.abs());
        brightness.max(HUE_WEIGHT * hue) >= MIN_CONTRAST
    }
}

/// The colour that an operator sets; `None` if there is no single known colour, as for a pattern.
pub(crate) type Paint = Option<Colour>;

/// A colour space, reduced to what is needed to convert its components.
#[derive(Clone, Debug, Default)]
pub(crate) enum ColourSpace {
    /// Grey, RGB or CMYK, by the number of components.
    #[default]
    Device,
    Lab,
    /// A table of colours. A component is an index in the table.
    Indexed(Vec<Colour>),
    /// One ink, whose amount is from 0 to 1: its colour at the amount 0, and at the amount 1.
    Ink(Colour, Colour),
    /// Several inks, or one of unknown colour. If the amounts of all are 0, the result is white, the colour of paper.
    UnknownInks,
    /// A pattern, or a space that is not understood.
    Unknown,
}

impl ColourSpace {
    /// Reads a colour space: a name or an array.
    pub(crate) fn read(object: &Object, budget: &mut Budget) -> Result<Self, ReadError> {
        Self::read_nested(object, budget, MAX_SPACE_DEPTH)
    }

    fn read_nested(object: &Object, budget: &mut Budget, depth: usize) -> Result<Self, ReadError> {
        let parts: Vec<Object> = match object {
            Object::Array(parts) => parts.iter::<Object>().take(5).collect(),
            name => vec![name.clone()],
        };
        let Some(Object::Name(family)) = parts.first() else { return Ok(Self::Unknown) };
        let Some(depth) = depth.checked_sub(1) else { return Ok(Self::Unknown) };
        Ok(match (&**family, parts.get(1..).unwrap_or_default()) {
            (
                b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"G" | b"RGB" | b"CMYK" | b"CalGray"
                | b"CalRGB" | b"ICCBased",
                _,
            ) => Self::Device,
            (b"Lab", _) => Self::Lab,
            (b"Indexed" | b"I", [base, _, table, ..]) => {
                let base_space = Self::read_nested(base, budget, depth)?;
                let size = component_count(base);
                let bytes = match table {
                    Object::String(bytes) => ByteString::as_bytes(bytes).to_vec(),
                    Object::Stream(stream) => decoded(stream, budget)?,
                    _ => Vec::new(),
                };
                let colour = |entry: &[u8]| {
                    let parts: Vec<f64> = entry.iter().map(|part| f64::from(*part) / 255.0).collect();
                    base_space.colour(&parts)
                };
                let colours: Option<Vec<Colour>> = bytes.chunks_exact(size).take(256).map(colour).collect();
                colours.map_or(Self::Unknown, Self::Indexed)
            }
            (b"Separation", [Object::Name(ink), alternate, tint, ..]) => {
                ink_space(ink, &Self::read_nested(alternate, budget, depth)?, tint)
            }
            (b"DeviceN", _) => Self::UnknownInks,
            _ => Self::Unknown,
        })
    }

    /// Returns the initial colour of the space, if it is known (ISO 32000-1, 8.6.8). Usually, this is black.
    pub(crate) fn initial(&self) -> Paint {
        match self {
            Self::Device | Self::Lab => Some(Colour::BLACK),
            Self::Indexed(colours) => colours.first().copied(),
            Self::Ink(_, full) => Some(*full),
            Self::UnknownInks | Self::Unknown => None,
        }
    }

    /// Converts components to a colour, if it is known.
    pub(crate) fn colour(&self, components: &[f64]) -> Paint {
        match (self, components) {
            (Self::Device, _) => Colour::of_device(components),
            // Only colours near grey are converted, by their lightness.
            (Self::Lab, [lightness, a, b]) if a.abs().max(b.abs()) < 5.0 => {
                Some(Colour::grey(lightness / 100.0))
            }
            (Self::Indexed(colours), [number]) => colours.get(index(*number)?).copied(),
            (Self::Ink(none, full), [tint]) => Some(full.over(*none, tint.clamp(0.0, 1.0))),
            (Self::UnknownInks, [_, ..]) if components.iter().all(|tint| *tint <= 0.0) => Some(Colour::WHITE),
            _ => None,
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is from 0 to 255")]
fn index(number: f64) -> Option<usize> {
    (0.0..256.0).contains(&number).then_some(number as usize)
}

/// Returns the number of components of a device colour space, or of one based on an ICC profile; 3 for other spaces.
fn component_count(space: &Object) -> usize {
    let name = |name: &Name| match &**name {
        b"DeviceGray" | b"CalGray" | b"G" => 1,
        b"DeviceCMYK" | b"CMYK" => 4,
        _ => 3,
    };
    match space {
        Object::Name(family) => name(family),
        Object::Array(parts) => match parts.iter::<Object>().nth(1) {
            Some(Object::Stream(profile)) => {
                profile.dict().get::<usize>(b"N").filter(|count| (1..=4).contains(count)).unwrap_or(3)
            }
            _ => parts.iter::<Name>().next().map_or(3, |family| name(&family)),
        },
        _ => 3,
    }
}

/// Returns the space of one ink. `tint` is the function that gives its colour on screens, in the space `alternate`. If
/// the function is of a type that is not read, only the colours of the inks `Black`, `All` and `None` are known.
fn ink_space(ink: &[u8], alternate: &ColourSpace, tint: &Object) -> ColourSpace {
    let function: Option<Dict> = match tint {
        Object::Dict(function) => Some(function.clone()),
        Object::Stream(stream) => Some(Stream::dict(stream).clone()),
        _ => None,
    };
    let exponential = function.filter(|function| function.get::<usize>(b"FunctionType") == Some(2));
    let end = |key: &[u8], default: f64| {
        let parts = exponential.as_ref().map(|function| function.get::<Array>(key));
        let parts =
            parts.map(|parts| parts.map_or(vec![default], |parts| parts.iter::<f64>().take(4).collect()));
        parts.and_then(|parts| alternate.colour(&parts))
    };
    match (end(b"C0", 0.0), end(b"C1", 1.0), ink) {
        (Some(none), Some(full), _) => ColourSpace::Ink(none, full),
        (_, _, b"Black" | b"All") => ColourSpace::Ink(Colour::WHITE, Colour::BLACK),
        // An ink of this name paints nothing.
        (_, _, b"None") => ColourSpace::Ink(Colour::WHITE, Colour::WHITE),
        _ => ColourSpace::UnknownInks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stands_out_by_brightness_or_hue() {
        let colour =
            |components: &[f64]| Colour::of_device(components).expect("one, three or four components");
        for (components, seen) in [
            (&[1.0][..], false),
            (&[0.95], false),
            (&[0.85], true),
            (&[0.0], true),
            (&[1.0, 1.0, 0.0], true),
            (&[1.0, 1.0, 0.9], false),
            (&[0.0, 0.0, 0.0, 0.0], false),
            (&[0.0, 0.0, 0.0, 1.0], true),
        ] {
            assert_eq!(colour(components).stands_out_from(Colour::WHITE), seen, "{components:?}");
        }
    }

    #[test]
    fn faint_colours_are_mixed_with_their_background() {
        let faint = Colour::BLACK.over(Colour::WHITE, 0.05);
        assert!(!faint.stands_out_from(Colour::WHITE) && faint.stands_out_from(Colour::BLACK));
    }
}
