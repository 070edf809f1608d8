//! Interprets the operators that set colours, paint shapes and images, and clip (ISO 32000-1, 8.4 to 8.9). They decide
//! whether text is visible.

use std::rc::Rc;

use hayro_syntax::object::{Dict, Object, Stream};
use hayro_syntax::page::Resources;

use super::colours::{Colour, ColourSpace};
use super::content::{ClipRule, Interpreter, number};
use super::paint::Painted;
use super::shapes::{Area, Path, Shape};
use super::state::Ink;
use crate::ReadError;

/// Maximum thickness of a rule (a thin line), in points.
const MAX_RULE_THICKNESS: f64 = 3.0;
/// Minimum length of a rule, as a multiple of its thickness.
const MIN_RULE_PROPORTION: f64 = 3.0;

impl Interpreter<'_> {
    /// Interprets an operator of paths, clips, images, colours or line widths, or `gs`, which sets several parameters.
    /// Returns false for any other operator.
    pub(crate) fn paint_operator(
        &mut self,
        operator: &[u8],
        operands: &[&Object],
        resources: &Resources,
    ) -> Result<bool, ReadError> {
        let numbers: Vec<f64> = operands.iter().filter_map(|operand| number(operand)).collect();
        match operator {
            b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"h" => self.extend_path(operator, &numbers),
            b"W" => self.pending_clip = Some(ClipRule::NonZero),
            b"W*" => self.pending_clip = Some(ClipRule::EvenOdd),
            // `F` is an older name of `f`.
            b"f" | b"F" => self.paint_path(Some(ClipRule::NonZero), false)?,
            b"B" | b"b" => self.paint_path(Some(ClipRule::NonZero), true)?,
            b"f*" => self.paint_path(Some(ClipRule::EvenOdd), false)?,
            b"B*" | b"b*" => self.paint_path(Some(ClipRule::EvenOdd), true)?,
            b"S" | b"s" => self.paint_path(None, true)?,
            b"n" => self.paint_path(None, false)?,
            b"sh" => self.add_painted(Shape::rectangle(self.state.clip.area), None, PaintKind::Shape)?,
            b"w" => self.state.line_width = numbers.first().copied().unwrap_or(self.state.line_width),
            b"gs" => self.set_state(operands, resources),
            b"g" | b"rg" | b"k" => set_device(&mut self.state.fill, &numbers),
            b"G" | b"RG" | b"K" => set_device(&mut self.state.stroke, &numbers),
            b"cs" | b"CS" => {
                let space = Rc::new(self.colour_space(operands, resources)?);
                let ink = if operator == b"cs" { &mut self.state.fill } else { &mut self.state.stroke };
                ink.paint = space.initial();
                ink.space = space;
            }
            b"sc" | b"scn" => self.state.fill.paint = self.state.fill.space.colour(&numbers),
            b"SC" | b"SCN" => self.state.stroke.paint = self.state.stroke.space.colour(&numbers),
            b"BI" => {
                if let [Object::Stream(image), ..] = operands {
                    self.add_image(image)?;
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn extend_path(&mut self, operator: &[u8], numbers: &[f64]) {
        let at = |x: f64, y: f64| self.state.page.apply((x, y));
        match (operator, numbers) {
            (b"m", &[x, y]) => self.path.move_to(at(x, y)),
            (b"l", &[x, y]) => self.path.line_to(at(x, y)),
            (b"c", &[x1, y1, x2, y2, x, y]) => self.path.curve_to(Some(at(x1, y1)), at(x2, y2), at(x, y)),
            (b"v", &[x2, y2, x, y]) => self.path.curve_to(None, at(x2, y2), at(x, y)),
            (b"y", &[x1, y1, x, y]) => self.path.curve_to(Some(at(x1, y1)), at(x, y), at(x, y)),
            (b"re", &[x, y, width, height]) => {
                let (right, top) = (x + width, y + height);
                self.path.rectangle([at(x, y), at(right, y), at(right, top), at(x, top)]);
            }
            // `h` closes an outline. Here, all outlines count as closed.
            _ => {}
        }
    }

    /// Ends the path. Fills it by the rule `fill`, if any; strokes it if `stroke` is set; clips to it if `pending_clip`
    /// is set.
    fn paint_path(&mut self, fill: Option<ClipRule>, stroke: bool) -> Result<(), ReadError> {
        let path = std::mem::take(&mut self.path);
        let clip = self.pending_clip.take();
        if stroke {
            self.add_lines(&path)?;
        }
        if let Some(shape) = fill.and_then(|rule| path.shape(rule == ClipRule::EvenOdd)) {
            if is_rule(&shape.area) && is_seen_on_paper(&self.state.fill) && !self.is_off() {
                self.paint.add_rule(shape.area, &mut self.page_budget)?;
            }
            self.add_painted(shape, Some(self.state.fill.clone()), PaintKind::Shape)?;
        }
        if let Some(shape) = clip.and_then(|rule| path.shape(rule == ClipRule::EvenOdd)) {
            self.page_budget.take(shape.bytes())?;
            self.state.clip.restrict(shape);
        }
        Ok(())
    }

    /// Adds to the rules each outline of a stroked path that is a single horizontal or vertical line and can be seen.
    fn add_lines(&mut self, path: &Path) -> Result<(), ReadError> {
        if self.is_off() || !is_seen_on_paper(&self.state.stroke) {
            return Ok(());
        }
        let (x, y) = self.state.page.right;
        let half = self.state.line_width * x.hypot(y) / 2.0;
        for outline in path.outlines() {
            if let [from, to] = outline.as_slice() {
                let area = Area::around([(from.0, from.1 - half), (to.0, to.1 + half), *from, *to]);
                if is_rule(&area) {
                    self.paint.add_rule(area, &mut self.page_budget)?;
                }
            }
        }
        Ok(())
    }

    /// Records that a shape is painted, unless it is in a layer that is off. `ink` is `None` for images and shadings,
    /// whose colours are unknown.
    fn add_painted(&mut self, shape: Shape, ink: Option<Ink>, kind: PaintKind) -> Result<(), ReadError> {
        if self.is_off() {
            return Ok(());
        }
        let state = &self.state;
        let opacity = ink.as_ref().map_or(state.fill.opacity, |ink| ink.opacity);
        let is_solid = !state.is_blended && !state.is_masked && kind != PaintKind::StencilImage;
        let fill = ink.and_then(|ink| ink.paint);
        let is_image = kind != PaintKind::Shape;
        let painted = Painted { shape, clip: state.clip.clone(), fill, opacity, is_solid, is_image };
        self.paint.add(painted, &mut self.page_budget)
    }

    /// Records an image. Its area is the unit square, transformed by the current matrix.
    pub(crate) fn add_image(&mut self, image: &Stream) -> Result<(), ReadError> {
        let dictionary = image.dict();
        let mut path = Path::default();
        let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        path.rectangle(square.map(|corner| self.state.page.apply(corner)));
        let is_set = |key: &[u8]| dictionary.get::<bool>(key) == Some(true);
        let has_mask =
            [&b"SMask"[..], b"Mask", b"SMaskInData"].iter().any(|key| dictionary.contains_key(key));
        let is_stencil = has_mask || is_set(b"ImageMask") || is_set(b"IM");
        let kind = if is_stencil { PaintKind::StencilImage } else { PaintKind::Image };
        path.shape(false).map_or(Ok(()), |shape| self.add_painted(shape, None, kind))
    }

    /// Applies the parameters of a graphics state dictionary (ISO 32000-1, table 58).
    fn set_state(&mut self, operands: &[&Object], resources: &Resources) {
        let [Object::Name(name)] = operands else { return };
        let Some(parameters) = resources.get_ext_g_state(name) else { return };
        let opacity = |key: &[u8]| parameters.get::<f64>(key).map(|opacity| opacity.clamp(0.0, 1.0));
        self.state.fill.opacity = opacity(b"ca").unwrap_or(self.state.fill.opacity);
        self.state.stroke.opacity = opacity(b"CA").unwrap_or(self.state.stroke.opacity);
        self.state.line_width = parameters.get::<f64>(b"LW").unwrap_or(self.state.line_width);
        if let Some(mode) = parameters.get::<Object>(b"BM") {
            self.state.is_blended =
                !matches!(&mode, Object::Name(name) if matches!(&**name, b"Normal" | b"Compatible"));
        }
        if parameters.contains_key(b"SMask") {
            self.state.is_masked = parameters.get::<Dict>(b"SMask").is_some();
        }
    }

    fn colour_space(
        &mut self,
        operands: &[&Object],
        resources: &Resources,
    ) -> Result<ColourSpace, ReadError> {
        let [Object::Name(name)] = operands else { return Ok(ColourSpace::default()) };
        match resources.get_color_space(name) {
            Some(space) => ColourSpace::read(&space, &mut self.budget),
            None => ColourSpace::read(&Object::Name(name.clone()), &mut self.budget),
        }
    }
}

/// What is painted besides text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PaintKind {
    Shape,
    Image,
    /// An image with transparent parts.
    StencilImage,
}

/// Whether lines in an ink can be seen on white paper. Lines of unknown colour count as seen.
fn is_seen_on_paper(ink: &Ink) -> bool {
    ink.paint.is_none_or(|colour| colour.over(Colour::WHITE, ink.opacity).stands_out_from(Colour::WHITE))
}

fn set_device(ink: &mut Ink, components: &[f64]) {
    ink.space = Rc::default();
    ink.paint = ink.space.colour(components);
}

/// Whether an area is a horizontal or vertical rule: thin, and long compared to its thickness.
fn is_rule(area: &Area) -> bool {
    let (thin, long) = if area.height() < area.width() {
        (area.height(), area.width())
    } else {
        (area.width(), area.height())
    };
    thin <= MAX_RULE_THICKNESS && long >= MIN_RULE_PROPORTION * thin
}
