//! Compares the colour of text with the colour behind it.

use super::cascade::{Blame, Declared};
use super::colours::{self, Colour, MIN_ALPHA};

/// The colours of text and of the background that apply to everything in an element.
#[derive(Clone)]
pub(crate) struct TextColour<'t> {
    /// The colour of text; `None` if it is not known.
    colour: Option<Colour>,
    colour_blame: Option<Blame<'t>>,
    /// The colour that overrides `colour`, if one is declared; the inner `None` if it is not known.
    fill: Option<(Option<Colour>, Blame<'t>)>,
    /// Whether letters have an outline or a shadow, by which readers see them whatever their colour.
    has_outline: bool,
    /// The colour behind the text; `None` if it is not known, as with pictures.
    pub(crate) backdrop: Option<Colour>,
    backdrop_blame: Option<Blame<'t>>,
    /// Whether the background is shown only in the shape of the letters. Then transparent letters can be seen.
    is_background_clipped: bool,
}

impl<'t> TextColour<'t> {
    /// Black text on a white page.
    pub(crate) const INITIAL: Self = Self {
        colour: Some(Colour::BLACK),
        colour_blame: None,
        fill: None,
        has_outline: false,
        backdrop: Some(Colour::WHITE),
        backdrop_blame: None,
        is_background_clipped: false,
    };

    /// Returns the declaration that gives text the colour of its background, or makes it transparent.
    pub(crate) fn hidden_by(&self) -> Option<Blame<'t>> {
        let (colour, blame) = match self.fill {
            Some((colour, blame)) => (colour?, Some(blame)),
            None => (self.colour?, self.colour_blame),
        };
        let is_unseen = if colour.alpha < MIN_ALPHA {
            !self.is_background_clipped
        } else {
            self.backdrop.is_some_and(|behind| colour.is_unseen_on(behind))
        };
        blame.or(self.backdrop_blame).filter(|_| is_unseen && !self.has_outline)
    }

    /// Sets the colours that an element declares.
    pub(crate) fn set(&mut self, declared: &Declared<'t>) {
        match declared.get("color") {
            Some(("inherit" | "unset" | "currentcolor", _)) | None => {}
            Some(("initial", blame)) => (self.colour, self.colour_blame) = (Some(Colour::BLACK), Some(blame)),
            Some((value, blame)) => (self.colour, self.colour_blame) = (colours::parse(value), Some(blame)),
        }
        match declared.get("text-fill-color") {
            Some(("inherit" | "unset", _)) | None => {}
            Some(("currentcolor" | "initial", _)) => self.fill = None,
            Some((value, blame)) => self.fill = Some((colours::parse(value), blame)),
        }
        for property in ["text-shadow", "text-stroke"] {
            match declared.value(property) {
                "" | "inherit" => {}
                value => {
                    self.has_outline =
                        !matches!(value, "none" | "initial" | "0") && !value.contains("transparent");
                }
            }
        }
        self.set_background(declared);
    }

    fn set_background(&mut self, declared: &Declared<'t>) {
        match declared.get("background-color") {
            None | Some(("initial" | "unset", _)) => {}
            Some((value, blame)) => match self.background(value) {
                Some(colour) if colour.alpha == 0.0 => {}
                Some(colour) => {
                    self.backdrop = match self.backdrop {
                        Some(behind) => Some(colour.over(behind)),
                        None => Some(colour).filter(|colour| colour.alpha >= 1.0),
                    };
                    self.backdrop_blame = Some(blame);
                }
                None => self.backdrop = None,
            },
        }
        if !matches!(declared.value("background-image"), "" | "none" | "initial" | "unset") {
            self.backdrop = None;
        }
        match declared.value("background-clip") {
            "" => {}
            value => self.is_background_clipped = value == "text",
        }
    }

    /// Returns the colour of a value of `background-color`; `None` if it is not known.
    fn background(&self, value: &str) -> Option<Colour> {
        if value == "currentcolor" { self.colour } else { colours::parse(value) }
    }
}
