//! Colours of text and of its background, as far as they decide whether the text can be seen.

use std::collections::BTreeMap;

use crate::ReadError;
use crate::deadline::Deadline;
use crate::xml::{self, Element, XmlEvent};

/// Text can't be seen if its red, green and blue each differ by at most this much (of 255) from the background.
const MAX_INVISIBLE_DIFFERENCE: u8 = 20;

/// The red, green and blue of a colour, each from 0 to 255.
pub(crate) type Rgb = [u8; 3];

pub(crate) const WHITE: Rgb = [255; 3];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextColour {
    Rgb(Rgb),
    /// Chosen by Word so that the text can be seen (`auto`), or unknown.
    Visible,
}

/// The background of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backdrop {
    /// No background of its own: that of the surrounding element is seen.
    Transparent,
    Rgb(Rgb),
    /// A pattern, a picture, or an unknown colour.
    Unknown,
}

impl Backdrop {
    /// Returns this background or, if it is transparent, the one behind it.
    pub(crate) fn or(self, behind: Self) -> Self {
        if self == Self::Transparent { behind } else { self }
    }
}

/// Whether a text of this colour looks like its background. A transparent background is white; before an unknown one,
/// every text can be seen.
pub(crate) fn is_invisible(colour: TextColour, backdrop: Backdrop) -> bool {
    let backdrop = match backdrop {
        Backdrop::Transparent => WHITE,
        Backdrop::Rgb(rgb) => rgb,
        Backdrop::Unknown => return false,
    };
    let TextColour::Rgb(colour) = colour else { return false };
    colour.iter().zip(backdrop).all(|(a, b)| a.abs_diff(b) <= MAX_INVISIBLE_DIFFERENCE)
}

/// The colours of the document's theme, by their names in the theme: `lt1`, `accent2` …
#[derive(Debug)]
pub(crate) struct Theme(BTreeMap<String, Rgb>);

impl Default for Theme {
    fn default() -> Self {
        Self(BTreeMap::from([("lt1".to_owned(), WHITE), ("dk1".to_owned(), [0; 3])]))
    }
}

impl Theme {
    pub(crate) fn read(theme: &str, deadline: Deadline) -> Result<Self, ReadError> {
        let mut colours = Self::default();
        let mut open = None;
        xml::parse(theme, deadline, |event| {
            if let XmlEvent::Open(element) = event {
                match element.name {
                    "srgbClr" | "sysClr" => {
                        let value = element.attribute("lastClr").or_else(|| element.attribute("val"));
                        if let (Some(name), Some(rgb)) = (open.take(), value.and_then(hexadecimal)) {
                            colours.0.insert(name, rgb);
                        }
                    }
                    "fmtScheme" => open = None,
                    name => open = Some(name.to_owned()),
                }
            }
            Ok(())
        })?;
        Ok(colours)
    }

    /// Returns a colour by its name in documents and drawings.
    pub(crate) fn colour(&self, name: &str) -> Option<Rgb> {
        let name = match name {
            "background1" | "light1" | "bg1" => "lt1",
            "text1" | "dark1" | "tx1" => "dk1",
            "background2" | "light2" | "bg2" => "lt2",
            "text2" | "dark2" | "tx2" => "dk2",
            "hyperlink" => "hlink",
            "followedHyperlink" => "folHlink",
            name => name,
        };
        self.0.get(name).copied()
    }

    /// Returns the colour that an element states: a colour of the theme (`themed`), with a tint or shade, or else
    /// the one in `plain`. These four are the names of the attributes to read. `None` if the element states no
    /// colour.
    fn attribute(&self, element: &Element, [plain, themed, tint, shade]: [&str; 4]) -> Option<TextColour> {
        let number = |name| element.own_attribute(name).and_then(|value| u8::from_str_radix(value, 16).ok());
        let name = element.own_attribute(themed).filter(|name| *name != "none");
        let Some(name) = name else {
            let value = element.own_attribute(plain)?;
            return Some(hexadecimal(value).map_or(TextColour::Visible, TextColour::Rgb));
        };
        let Some(rgb) = self.colour(name) else { return Some(TextColour::Visible) };
        let rgb = number(tint).map_or(rgb, |tint| rgb.map(|c| 255 - scaled(255 - c, tint)));
        Some(TextColour::Rgb(number(shade).map_or(rgb, |shade| rgb.map(|c| scaled(c, shade)))))
    }

    /// Reads `w:background`: the colour of the page.
    pub(crate) fn page(&self, element: &Element) -> Backdrop {
        match self.attribute(element, ["color", "themeColor", "themeTint", "themeShade"]) {
            Some(TextColour::Rgb(rgb)) => Backdrop::Rgb(rgb),
            _ => Backdrop::Unknown,
        }
    }

    /// Reads `w:color`: the colour of a text.
    pub(crate) fn text_colour(&self, element: &Element) -> TextColour {
        self.attribute(element, ["val", "themeColor", "themeTint", "themeShade"])
            .unwrap_or(TextColour::Visible)
    }

    /// Reads `w:shd`: a background, or a pattern of two colours.
    pub(crate) fn shading(&self, element: &Element) -> Backdrop {
        let pattern = element.own_attribute("val").unwrap_or("clear");
        let fill = self.attribute(element, ["fill", "themeFill", "themeFillTint", "themeFillShade"]);
        let colour = self.attribute(element, ["color", "themeColor", "themeTint", "themeShade"]);
        let rgb = |colour, other| if let Some(TextColour::Rgb(rgb)) = colour { rgb } else { other };
        match pattern {
            "nil" => Backdrop::Transparent,
            "clear" => match fill {
                Some(TextColour::Rgb(rgb)) => Backdrop::Rgb(rgb),
                _ => Backdrop::Transparent,
            },
            "solid" => Backdrop::Rgb(rgb(colour, [0; 3])),
            // A pattern such as `pct20`: dots of the foreground colour on 20 percent of the area.
            _ => match pattern.strip_prefix("pct").and_then(|percent| percent.parse::<u16>().ok()) {
                Some(percent) if percent <= 100 => {
                    let (dots, ground) = (rgb(colour, [0; 3]), rgb(fill, WHITE));
                    let mix = |i: usize| {
                        let sum = u16::from(dots[i]) * percent + u16::from(ground[i]) * (100 - percent);
                        u8::try_from(sum / 100).unwrap_or(u8::MAX)
                    };
                    Backdrop::Rgb([mix(0), mix(1), mix(2)])
                }
                _ => Backdrop::Unknown,
            },
        }
    }
}

/// Returns the background that the value of `w:highlight` names.
pub(crate) fn highlight(name: &str) -> Backdrop {
    match name {
        "none" => Backdrop::Transparent,
        "white" => Backdrop::Rgb(WHITE),
        "black" => Backdrop::Rgb([0; 3]),
        "yellow" => Backdrop::Rgb([255, 255, 0]),
        "green" => Backdrop::Rgb([0, 255, 0]),
        "cyan" => Backdrop::Rgb([0, 255, 255]),
        "magenta" => Backdrop::Rgb([255, 0, 255]),
        "blue" => Backdrop::Rgb([0, 0, 255]),
        "red" => Backdrop::Rgb([255, 0, 0]),
        "darkBlue" => Backdrop::Rgb([0, 0, 128]),
        "darkCyan" => Backdrop::Rgb([0, 128, 128]),
        "darkGreen" => Backdrop::Rgb([0, 128, 0]),
        "darkMagenta" => Backdrop::Rgb([128, 0, 128]),
        "darkRed" => Backdrop::Rgb([128, 0, 0]),
        "darkYellow" => Backdrop::Rgb([128, 128, 0]),
        "darkGray" => Backdrop::Rgb([128; 3]),
        "lightGray" => Backdrop::Rgb([192; 3]),
        _ => Backdrop::Unknown,
    }
}

/// Parses a colour such as `FF8000` or `#FF8000`. `None` if it doesn't have six hexadecimal digits.
pub(crate) fn hexadecimal(value: &str) -> Option<Rgb> {
    let digits = value.strip_prefix('#').unwrap_or(value);
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

/// Multiplies a value by `part`/255.
fn scaled(value: u8, part: u8) -> u8 {
    u8::try_from(u16::from(value) * u16::from(part) / 255).unwrap_or(u8::MAX)
}
