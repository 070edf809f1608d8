//! Parses the colours of CSS, and decides whether text can be seen on a background.

use super::values::{fraction, function, number_and_unit};

/// A colour, with its parts from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Colour {
    pub(crate) rgb: [f64; 3],
    pub(crate) alpha: f64,
}

/// Two colours look the same if each of their parts differs by less than this.
const MIN_DIFFERENCE: f64 = 0.04;
/// Text with a smaller alpha or opacity can't be seen.
pub(crate) const MIN_ALPHA: f64 = 0.05;

impl Colour {
    pub(crate) const WHITE: Self = Self { rgb: [1.0; 3], alpha: 1.0 };
    pub(crate) const BLACK: Self = Self { rgb: [0.0; 3], alpha: 1.0 };

    /// Returns the colour that readers see if this colour is in front of another.
    pub(crate) fn over(self, behind: Self) -> Self {
        let blend = |at: usize| self.rgb[at] * self.alpha + behind.rgb[at] * (1.0 - self.alpha);
        Self { rgb: [blend(0), blend(1), blend(2)], alpha: self.alpha + behind.alpha * (1.0 - self.alpha) }
    }

    pub(crate) fn is_unseen_on(self, behind: Self) -> bool {
        let text = self.over(behind);
        text.rgb.iter().zip(behind.rgb).all(|(one, other)| (one - other).abs() < MIN_DIFFERENCE)
    }
}

/// Whether a value is a colour, even one that [`parse`] doesn't compute.
pub(crate) fn is_colour(value: &str) -> bool {
    let is_function = || function(value).is_some_and(|(name, _)| FUNCTIONS.contains(&name));
    parse(value).is_some() || SYSTEM_COLOURS.contains(&value) || is_function()
}

/// Colours that depend on the browser or the text. [`parse`] doesn't compute them.
#[rustfmt::skip]
const SYSTEM_COLOURS: &[&str] = &[
    "accentcolor", "accentcolortext", "activetext", "buttonborder", "buttonface", "buttontext", "currentcolor", "field",
    "fieldtext", "graytext", "highlight", "highlighttext", "linktext", "mark", "marktext", "selecteditem", "selecteditemtext",
    "visitedtext",
];
const FUNCTIONS: &[&str] = &[
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "light-dark",
];

/// Parses a colour in lower case. `None` if the value is not a colour, or if its colour is not computed.
pub(crate) fn parse(value: &str) -> Option<Colour> {
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if let Some((name, arguments)) = function(value) {
        let separators = |c: char| c == ',' || c == '/' || c.is_whitespace();
        let parts: Vec<&str> = arguments.split(separators).filter(|part| !part.is_empty()).collect();
        let alpha = match parts.get(3) {
            Some(alpha) => fraction(alpha)?.clamp(0.0, 1.0),
            None => 1.0,
        };
        // A wholly transparent colour looks the same whatever its other parts are.
        if alpha == 0.0 && parts.len() == 4 && FUNCTIONS.contains(&name) {
            return Some(Colour { rgb: [0.0; 3], alpha });
        }
        let &[first, second, third] = parts.first_chunk::<3>()?;
        let rgb = match name {
            "rgb" | "rgba" => [channel(first)?, channel(second)?, channel(third)?],
            "hsl" | "hsla" => hsl_to_rgb(degrees(first)?, percent(second)?, percent(third)?),
            "hwb" => {
                let (white, black) = (percent(second)?, percent(third)?);
                if white + black >= 1.0 {
                    [white / (white + black); 3]
                } else {
                    hsl_to_rgb(degrees(first)?, 1.0, 0.5).map(|part| part * (1.0 - white - black) + white)
                }
            }
            "lab" | "lch" | "oklab" | "oklch" => grey(name, first, second, third)?,
            _ => return None,
        };
        return Some(Colour { rgb, alpha });
    }
    match value {
        "transparent" => Some(Colour { rgb: [0.0; 3], alpha: 0.0 }),
        "canvas" => Some(Colour::WHITE),
        "canvastext" => Some(Colour::BLACK),
        name => {
            let at = NAMED.binary_search_by_key(&name, |(name, _)| name).ok()?;
            hexadecimal(NAMED[at].1)
        }
    }
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let long: String = match digits.len() {
        3 | 4 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 | 8 => digits.to_owned(),
        _ => return None,
    };
    let part =
        |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok().map(|part| f64::from(part) / 255.0);
    Some(Colour { rgb: [part(0)?, part(2)?, part(4)?], alpha: if long.len() == 8 { part(6)? } else { 1.0 } })
}

/// Parses a part of `rgb()`: a number up to 255, or a percentage.
fn channel(value: &str) -> Option<f64> {
    let part = match number_and_unit(value)? {
        (number, "") => number / 255.0,
        (number, "%") => number / 100.0,
        _ => return None,
    };
    Some(part.clamp(0.0, 1.0))
}

fn percent(value: &str) -> Option<f64> {
    match number_and_unit(value)? {
        (number, "" | "%") => Some((number / 100.0).clamp(0.0, 1.0)),
        _ => None,
    }
}

fn degrees(value: &str) -> Option<f64> {
    match number_and_unit(value)? {
        (number, "" | "deg") => Some(number),
        (number, "turn") => Some(number * 360.0),
        (number, "rad") => Some(number.to_degrees()),
        (number, "grad") => Some(number * 0.9),
        _ => None,
    }
}

fn hsl_to_rgb(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let amount = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|turn| {
        let k = (turn + hue / 30.0).rem_euclid(12.0);
        lightness - amount * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

/// Converts white, black or a grey in one of the functions `lab`, `lch`, `oklab` and `oklch`; `None` for other colours,
/// which are not computed.
fn grey(name: &str, lightness: &str, second: &str, third: &str) -> Option<[f64; 3]> {
    let is_ok = name.starts_with("ok");
    let lightness = match number_and_unit(lightness)? {
        (number, "%") => number / 100.0,
        (number, "") => number / if is_ok { 1.0 } else { 100.0 },
        _ => return None,
    };
    // In `lch` and `oklch`, the third value is a hue, which grey doesn't have.
    let is_grey =
        number_and_unit(second)?.0 == 0.0 && (name.ends_with("lch") || number_and_unit(third)?.0 == 0.0);
    if lightness >= 1.0 {
        return Some([1.0; 3]);
    }
    if lightness <= 0.0 {
        return Some([0.0; 3]);
    }
    let linear = if is_ok {
        lightness.powi(3)
    } else if lightness > 0.08 {
        ((lightness * 100.0 + 16.0) / 116.0).powi(3)
    } else {
        lightness * 100.0 / 903.3
    };
    let part = if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    is_grey.then_some([part; 3])
}

/// The colours with names, in alphabetical order.
#[rustfmt::skip]
const NAMED: [(&str, &str); 148] = [
    ("aliceblue", "f0f8ff"), ("antiquewhite", "faebd7"), ("aqua", "00ffff"), ("aquamarine", "7fffd4"),
    ("azure", "f0ffff"), ("beige", "f5f5dc"), ("bisque", "ffe4c4"), ("black", "000000"), ("blanchedalmond", "ffebcd"),
    ("blue", "0000ff"), ("blueviolet", "8a2be2"), ("brown", "a52a2a"), ("burlywood", "deb887"),
    ("cadetblue", "5f9ea0"), ("chartreuse", "7fff00"), ("chocolate", "d2691e"), ("coral", "ff7f50"),
    ("cornflowerblue", "6495ed"), ("cornsilk", "fff8dc"), ("crimson", "dc143c"), ("cyan", "00ffff"),
    ("darkblue", "00008b"), ("darkcyan", "008b8b"), ("darkgoldenrod", "b8860b"), ("darkgray", "a9a9a9"),
    ("darkgreen", "006400"), ("darkgrey", "a9a9a9"), ("darkkhaki", "bdb76b"), ("darkmagenta", "8b008b"),
    ("darkolivegreen", "556b2f"), ("darkorange", "ff8c00"), ("darkorchid", "9932cc"), ("darkred", "8b0000"),
    ("darksalmon", "e9967a"), ("darkseagreen", "8fbc8f"), ("darkslateblue", "483d8b"), ("darkslategray", "2f4f4f"),
    ("darkslategrey", "2f4f4f"), ("darkturquoise", "00ced1"), ("darkviolet", "9400d3"), ("deeppink", "ff1493"),
    ("deepskyblue", "00bfff"), ("dimgray", "696969"), ("dimgrey", "696969"), ("dodgerblue", "1e90ff"),
    ("firebrick", "b22222"), ("floralwhite", "fffaf0"), ("forestgreen", "228b22"), ("fuchsia", "ff00ff"),
    ("gainsboro", "dcdcdc"), ("ghostwhite", "f8f8ff"), ("gold", "ffd700"), ("goldenrod", "daa520"),
    ("gray", "808080"), ("green", "008000"), ("greenyellow", "adff2f"), ("grey", "808080"), ("honeydew", "f0fff0"),
    ("hotpink", "ff69b4"), ("indianred", "cd5c5c"), ("indigo", "4b0082"), ("ivory", "fffff0"), ("khaki", "f0e68c"),
    ("lavender", "e6e6fa"), ("lavenderblush", "fff0f5"), ("lawngreen", "7cfc00"), ("lemonchiffon", "fffacd"),
    ("lightblue", "add8e6"), ("lightcoral", "f08080"), ("lightcyan", "e0ffff"), ("lightgoldenrodyellow", "fafad2"),
    ("lightgray", "d3d3d3"), ("lightgreen", "90ee90"), ("lightgrey", "d3d3d3"), ("lightpink", "ffb6c1"),
    ("lightsalmon", "ffa07a"), ("lightseagreen", "20b2aa"), ("lightskyblue", "87cefa"), ("lightslategray", "778899"),
    ("lightslategrey", "778899"), ("lightsteelblue", "b0c4de"), ("lightyellow", "ffffe0"), ("lime", "00ff00"),
    ("limegreen", "32cd32"), ("linen", "faf0e6"), ("magenta", "ff00ff"), ("maroon", "800000"),
    ("mediumaquamarine", "66cdaa"), ("mediumblue", "0000cd"), ("mediumorchid", "ba55d3"), ("mediumpurple", "9370db"),
    ("mediumseagreen", "3cb371"), ("mediumslateblue", "7b68ee"), ("mediumspringgreen", "00fa9a"),
    ("mediumturquoise", "48d1cc"), ("mediumvioletred", "c71585"), ("midnightblue", "191970"), ("mintcream", "f5fffa"),
    ("mistyrose", "ffe4e1"), ("moccasin", "ffe4b5"), ("navajowhite", "ffdead"), ("navy", "000080"),
    ("oldlace", "fdf5e6"), ("olive", "808000"), ("olivedrab", "6b8e23"), ("orange", "ffa500"),
    ("orangered", "ff4500"), ("orchid", "da70d6"), ("palegoldenrod", "eee8aa"), ("palegreen", "98fb98"),
    ("paleturquoise", "afeeee"), ("palevioletred", "db7093"), ("papayawhip", "ffefd5"), ("peachpuff", "ffdab9"),
    ("peru", "cd853f"), ("pink", "ffc0cb"), ("plum", "dda0dd"), ("powderblue", "b0e0e6"), ("purple", "800080"),
    ("rebeccapurple", "663399"), ("red", "ff0000"), ("rosybrown", "bc8f8f"), ("royalblue", "4169e1"),
    ("saddlebrown", "8b4513"), ("salmon", "fa8072"), ("sandybrown", "f4a460"), ("seagreen", "2e8b57"),
    ("seashell", "fff5ee"), ("sienna", "a0522d"), ("silver", "c0c0c0"), ("skyblue", "87ceeb"),
    ("slateblue", "6a5acd"), ("slategray", "708090"), ("slategrey", "708090"), ("snow", "fffafa"),
    ("springgreen", "00ff7f"), ("steelblue", "4682b4"), ("tan", "d2b48c"), ("teal", "008080"), ("thistle", "d8bfd8"),
    ("tomato", "ff6347"), ("turquoise", "40e0d0"), ("violet", "ee82ee"), ("wheat", "f5deb3"), ("white", "ffffff"),
    ("whitesmoke", "f5f5f5"), ("yellow", "ffff00"), ("yellowgreen", "9acd32"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_all_notations() {
        let white = Some(Colour::WHITE);
        for value in [
            "#fff",
            "#ffff",
            "#ffffffff",
            "rgb(255 255 255)",
            "rgb(100%, 100%, 100%)",
            "hsl(90deg 10% 100%)",
            "white",
        ] {
            assert_eq!(parse(value), white, "{value}");
        }
        for value in ["rgb(1 2 3 / 0)", "rgba(1,2,3,0%)", "#1230", "hsla(0,0%,0%,0)", "oklch(50% 0.1 20 / 0)"]
        {
            assert_eq!(parse(value).map(|colour| colour.alpha), Some(0.0), "{value}");
        }
        assert_eq!(parse("hsl(120, 100%, 50%)"), parse("lime"));
        assert_eq!(parse("hwb(120 0% 0%)"), parse("#0f0"));
        assert_eq!(parse("rebeccapurple"), parse("#639"));
        for value in ["", "#ff", "url(x)", "var(--x)", "currentcolor", "rgb(1)"] {
            assert_eq!(parse(value), None, "{value}");
        }
    }

    #[test]
    fn nearly_equal_colours_look_the_same() {
        let is_unseen = |text, behind| {
            parse(text).zip(parse(behind)).is_some_and(|(text, behind)| text.is_unseen_on(behind))
        };
        assert!(is_unseen("#fefefe", "white") && is_unseen("rgb(0 0 0 / 2%)", "white"));
        assert!(!is_unseen("#ddd", "white") && !is_unseen("white", "#333"));
    }
}
