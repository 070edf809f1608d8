//! Handles the start of elements of formulas, drawings and shapes, and chooses between alternative forms of the
//! same content.

use super::super::colours::{self, Backdrop};
use super::super::names::Vocabulary;
use super::super::paragraph::{Piece, Place, Run};
use super::super::properties::is_on;
use super::super::shapes::{Anchor, OldShape};
use super::{BlockBuilder, Tag};
use crate::SetAsideReason;
use crate::xml::Element;

impl BlockBuilder<'_> {
    pub(super) fn enter_math(&mut self, element: &Element) -> Tag {
        let is_in_formula = self.formula.is_open();
        if element.name == "r" {
            let place = self.frames.last().map_or_else(Place::default, |frame| frame.place.clone());
            self.runs.push(Run { place, ..Run::default() });
            return Tag::Run;
        }
        match element.name {
            "oMath" => self.formula.enter(element.name, None),
            "t" if self.parent() == Tag::Run => return Tag::Text,
            "rPr" | "oMathPara" => return Tag::Other,
            name if is_in_formula => self.formula.enter(name, element.own_attribute("val")),
            _ => return Tag::Other,
        }
        Tag::Math
    }

    /// Enters `mc:AlternateContent`, or the first alternative in it that Word knows. Returns `None` for other
    /// alternatives, which are skipped.
    pub(super) fn enter_alternative(&mut self, element: &Element) -> Option<Tag> {
        let Some(Tag::Alternatives(taken)) = self.frames.last_mut().map(|frame| &mut frame.tag) else {
            return (element.name == "AlternateContent").then_some(Tag::Alternatives(false));
        };
        let is_known =
            |prefix: &str| Vocabulary::of(&element.namespace_of_prefix(prefix)) != Vocabulary::Foreign;
        let required = element.attribute("Requires").unwrap_or_default();
        if *taken || !required.split_whitespace().all(is_known) {
            return None;
        }
        *taken = true;
        Some(Tag::Other)
    }

    /// Handles the start of a property that Word 2010 added, or of a part of one.
    pub(super) fn enter_word_2010(&mut self, element: &Element) -> Tag {
        let parent = self.parent();
        let Some(run) = self.runs.last_mut() else { return Tag::Other };
        match parent {
            Tag::RunProperties => {
                run.properties.set(Vocabulary::Word2010, element, self.theme);
                if element.name == "textFill" { Tag::TextFill } else { Tag::Other }
            }
            Tag::TextFill => {
                run.properties.set_fill(element, self.theme);
                Tag::TextFill
            }
            _ => Tag::Other,
        }
    }

    /// Handles the start of an element of a drawing or shape. Elements of other vocabularies of Office have no
    /// effect.
    pub(super) fn enter_drawing(
        &mut self,
        vocabulary: Vocabulary,
        element: &Element,
        place: &mut Place,
    ) -> Tag {
        let parent = self.parent();
        match (vocabulary, element.name) {
            (Vocabulary::Drawing, "inline" | "anchor") => {
                self.anchor = Anchor::default();
                if element.name == "anchor" {
                    self.remove_picture();
                }
                return Tag::Anchor;
            }
            (Vocabulary::Drawing, "positionH" | "positionV") => {
                self.anchor.is_vertical = element.name == "positionV";
                self.anchor.is_from_page = element.attribute("relativeFrom") == Some("page");
            }
            (Vocabulary::Drawing, "posOffset") => return Tag::Offset,
            (Vocabulary::Drawing, "extent") if parent == Tag::Anchor => self.anchor.set_extent(element),
            (Vocabulary::Drawing, "docPr") if parent == Tag::Anchor => {
                self.anchor.is_hidden = element.attribute("hidden").is_some_and(|value| is_on(Some(value)));
            }
            (Vocabulary::Drawing, "graphic") if parent == Tag::Anchor && self.anchor.is_unseen() => {
                place.set_aside(SetAsideReason::Hidden);
            }
            (Vocabulary::Shape, "wsp") => self.is_shape_filled = false,
            (Vocabulary::Shape, "spPr") => return Tag::ShapeProperties,
            (Vocabulary::Shape, "style") if !self.is_shape_filled => self.fill_shape(Backdrop::Unknown, 0),
            (Vocabulary::Drawing, name) if parent == Tag::ShapeProperties && name.ends_with("Fill") => {
                let fill = if name == "noFill" { Backdrop::Transparent } else { Backdrop::Unknown };
                self.fill_shape(fill, 1);
                return Tag::ShapeFill;
            }
            (Vocabulary::Drawing, "srgbClr" | "schemeClr") if parent == Tag::ShapeFill => {
                let value = element.attribute("val").unwrap_or_default();
                let rgb = colours::hexadecimal(value).or_else(|| self.theme.colour(value));
                self.fill_shape(rgb.map_or(Backdrop::Unknown, Backdrop::Rgb), 2);
            }
            (Vocabulary::OldShape, "shape" | "rect" | "roundrect" | "oval" | "group" | "line" | "image") => {
                let shape = OldShape::read(element, self.theme);
                if shape.is_unseen {
                    place.set_aside(SetAsideReason::Hidden);
                }
                place.backdrop = shape.backdrop.or(place.backdrop);
                if parent == Tag::Picture && shape.is_beside {
                    self.remove_picture();
                }
            }
            _ => {}
        }
        Tag::Other
    }

    /// Sets the background of a shape's text. The shape is the open element `depth` levels above the last one.
    fn fill_shape(&mut self, fill: Backdrop, depth: usize) {
        self.is_shape_filled = true;
        let index = self.frames.len().checked_sub(depth + 1);
        if let Some(shape) = index.and_then(|index| self.frames.get_mut(index)) {
            shape.place.backdrop = fill.or(shape.place.backdrop);
        }
    }

    /// Removes the picture that was added at the start of the open drawing, because the picture is beside the
    /// text, not between two characters.
    fn remove_picture(&mut self) {
        if let Some(run) = self.runs.last_mut()
            && run.pieces.pop_if(|piece| *piece == Piece::Picture).is_some()
        {
            self.pieces -= 1;
        }
    }
}
