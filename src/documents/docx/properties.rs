//! The properties of runs that decide whether their text can be seen, is struck out, or is a superscript or subscript.
//!
//! A property comes from the run itself, or else from its character style, its paragraph's style, the style of the
//! table, or the document's defaults (ECMA-376, part 1, 17.7.2).

use super::colours::{self, Backdrop, TextColour, Theme};
use super::names::Vocabulary;
use super::symbols::SymbolFont;
use crate::SetAsideReason;
use crate::xml::Element;

/// Minimum size of text that can be read, in half points.
const MIN_SIZE_HALF_POINTS: u32 = 4;
/// The size of text if no property states it, in half points.
const DEFAULT_SIZE_HALF_POINTS: u32 = 20;
/// Minimum width of characters that can be read, in percent of their usual width.
const MIN_WIDTH_PERCENT: u32 = 10;
/// Text with at least this transparency can't be seen. In thousandths of a percent.
const MIN_TRANSPARENCY: u32 = 90_000;

/// The vertical position of a run's characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Height {
    #[default]
    Baseline,
    Raised,
    Lowered,
}

/// Properties of a run, as stated in one place (the run or one of its styles). A field is `None` if that place
/// doesn't state the property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunProperties {
    strike: Option<bool>,
    double_strike: Option<bool>,
    vanish: Option<bool>,
    always_vanish: Option<bool>,
    height: Option<Height>,
    /// Distance above the baseline, in half points.
    position: Option<i32>,
    /// The font size, in half points.
    size: Option<u32>,
    /// The font size in half points that is used if `is_complex` is on, for scripts such as Arabic.
    complex_size: Option<u32>,
    is_complex: Option<bool>,
    width_percent: Option<u32>,
    /// Distance added to every character, in twentieths of a point.
    spacing: Option<i32>,
    colour: Option<TextColour>,
    shading: Option<Backdrop>,
    highlight: Option<Backdrop>,
    is_unfilled: Option<bool>,
    is_outlined: Option<bool>,
    font: Option<SymbolFont>,
}

/// How the text of a run looks: the result of all its properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) aside: Option<SetAsideReason>,
    pub(crate) height: Height,
    /// Distance above the baseline, in half points.
    pub(crate) position: i32,
    /// The font size, in half points.
    pub(crate) size: u32,
    pub(crate) font: SymbolFont,
}

/// Whether a property with this value is on. Without a value, it is.
pub(crate) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

impl RunProperties {
    /// Reads a property, an element in `w:rPr`.
    pub(crate) fn set(&mut self, vocabulary: Vocabulary, element: &Element, theme: &Theme) {
        if vocabulary == Vocabulary::Word2010 && element.name == "textOutline" {
            self.is_outlined = Some(true);
        }
        if vocabulary != Vocabulary::Word {
            return;
        }
        let value = element.own_attribute("val");
        let on = Some(is_on(value));
        match element.name {
            "strike" => self.strike = on,
            "dstrike" => self.double_strike = on,
            "vanish" => self.vanish = on,
            "specVanish" => self.always_vanish = on,
            "vertAlign" => {
                self.height = Some(match value {
                    Some("superscript") => Height::Raised,
                    Some("subscript") => Height::Lowered,
                    _ => Height::Baseline,
                });
            }
            "position" => self.position = value.map(half_points),
            "sz" => self.size = value.and_then(|value| half_points(value).try_into().ok()),
            "szCs" => self.complex_size = value.and_then(|value| half_points(value).try_into().ok()),
            "cs" | "rtl" => self.is_complex = on,
            "w" => self.width_percent = value.and_then(|value| value.trim_end_matches('%').parse().ok()),
            "spacing" => {
                self.spacing = value.map(|value| half_points(value).saturating_mul(twips_factor(value)));
            }
            "color" => self.colour = Some(theme.text_colour(element)),
            "shd" => self.shading = Some(theme.shading(element)),
            "highlight" => self.highlight = value.map(colours::highlight),
            "rFonts" => {
                let font = element.own_attribute("ascii").or_else(|| element.own_attribute("hAnsi"));
                let font = font.map(SymbolFont::named);
                let themed = element.own_attribute("asciiTheme").map(|_| SymbolFont::None);
                self.font = themed.or(font).or(self.font);
            }
            _ => {}
        }
    }

    /// Reads an element in `w14:textFill`, which takes precedence over the colour of the text.
    pub(crate) fn set_fill(&mut self, element: &Element, theme: &Theme) {
        let value = element.own_attribute("val").unwrap_or_default();
        match element.name {
            "noFill" => self.is_unfilled = Some(true),
            "gradFill" => self.colour = Some(TextColour::Visible),
            "alpha" => {
                self.is_unfilled =
                    value.parse().ok().map(|transparency: u32| transparency >= MIN_TRANSPARENCY);
            }
            "srgbClr" => self.colour = colours::hexadecimal(value).map(TextColour::Rgb),
            "schemeClr" => {
                self.colour = Some(theme.colour(value).map_or(TextColour::Visible, TextColour::Rgb));
            }
            _ => {}
        }
    }

    /// Returns these properties, and those that only `base` states.
    pub(crate) fn or(self, base: Self) -> Self {
        Self {
            strike: self.strike.or(base.strike),
            double_strike: self.double_strike.or(base.double_strike),
            vanish: self.vanish.or(base.vanish),
            always_vanish: self.always_vanish.or(base.always_vanish),
            height: self.height.or(base.height),
            position: self.position.or(base.position),
            size: self.size.or(base.size),
            complex_size: self.complex_size.or(base.complex_size),
            is_complex: self.is_complex.or(base.is_complex),
            width_percent: self.width_percent.or(base.width_percent),
            spacing: self.spacing.or(base.spacing),
            colour: self.colour.or(base.colour),
            shading: self.shading.or(base.shading),
            highlight: self.highlight.or(base.highlight),
            is_unfilled: self.is_unfilled.or(base.is_unfilled),
            is_outlined: self.is_outlined.or(base.is_outlined),
            font: self.font.or(base.font),
        }
    }

    /// Combines the properties of a run with those of its styles (character, paragraph, table) and the defaults.
    pub(crate) fn combined(self, styles: [Self; 3], defaults: Self) -> Self {
        // Two styles that both turn on a property of this kind turn it off again (17.7.3).
        let toggled = |property: fn(&Self) -> Option<bool>| {
            let on = styles.iter().filter(|style| property(style) == Some(true)).count();
            Some(property(&self).unwrap_or(property(&defaults) == Some(true) || on % 2 == 1))
        };
        let [character, paragraph, table] = styles;
        Self {
            strike: toggled(|properties| properties.strike),
            vanish: toggled(|properties| properties.vanish),
            ..self.or(character).or(paragraph).or(table).or(defaults)
        }
    }

    /// Returns how text with these properties looks in front of `behind`.
    pub(crate) fn look(&self, behind: Backdrop) -> Look {
        let (is_struck, is_hidden) = (self.is_struck(), self.is_hidden(behind));
        let aside = is_hidden.then_some(SetAsideReason::Hidden);
        Look {
            aside: aside.or(is_struck.then_some(SetAsideReason::Struck)),
            height: self.height.unwrap_or_default(),
            position: self.position.unwrap_or(0),
            size: self.shown_size(),
            font: self.font.unwrap_or_default(),
        }
    }

    fn is_struck(&self) -> bool {
        self.strike == Some(true) || self.double_strike == Some(true)
    }

    /// Whether the text can't be seen. `webHidden` doesn't count: it hides text only in Word's web view.
    fn is_hidden(&self, behind: Backdrop) -> bool {
        let size = self.shown_size();
        // Characters are about half as wide as high, so a spacing of minus half the size puts them on top of one
        // another. (`size` is in half points, `spacing` in twentieths of a point.)
        let collapsed = -i64::from(self.spacing.unwrap_or(0)) >= i64::from(size) * 5;
        let highlight = self.highlight.unwrap_or(Backdrop::Transparent);
        let backdrop = highlight.or(self.shading.unwrap_or(Backdrop::Transparent)).or(behind);
        let is_outlined = self.is_outlined == Some(true);
        let unseen = self.is_unfilled == Some(true)
            || colours::is_invisible(self.colour.unwrap_or(TextColour::Visible), backdrop);
        self.vanish == Some(true)
            || self.always_vanish == Some(true)
            || size < MIN_SIZE_HALF_POINTS
            || self.width_percent.is_some_and(|percent| percent < MIN_WIDTH_PERCENT)
            || collapsed
            || (unseen && !is_outlined)
    }

    /// Returns the font size in half points.
    fn shown_size(&self) -> u32 {
        let size = if self.is_complex == Some(true) { self.complex_size } else { self.size };
        size.unwrap_or(DEFAULT_SIZE_HALF_POINTS)
    }
}

/// Reads a length in half points, or with a unit: `24`, `12pt`, `0.5in`. 0 if it is not a length.
fn half_points(value: &str) -> i32 {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &value[digits.len()..] {
        "" => 1.0,
        "pt" => 2.0,
        "in" => 144.0,
        "cm" => 144.0 / 2.54,
        "mm" => 14.4 / 2.54,
        "pc" | "pi" => 24.0,
        _ => return 0,
    };
    let length: f64 = digits.parse().unwrap_or(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "a length beyond the range becomes its end")]
    let rounded = (length * factor).round() as i32;
    rounded
}

/// Returns the factor that converts the result of [`half_points`] to twentieths of a point, for a property whose
/// lengths are in twentieths if they have no unit.
fn twips_factor(value: &str) -> i32 {
    if value.ends_with(|c: char| c.is_ascii_alphabetic()) { 10 } else { 1 }
}
