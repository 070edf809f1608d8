//! Stores what is painted on a page besides text, in painting order, to find what is behind text and what covers it.

use std::collections::BTreeMap;

use super::colours::{Colour, Paint};
use super::matrix::Vector;
use super::shapes::{Area, Shape};
use super::state::Clip;
use super::streams::Budget;
use crate::ReadError;

/// Minimum width and height of a shape that can be the background of text, in points. Thin lines are smaller.
const MIN_BACKGROUND_SIDE: f64 = 2.0;
/// Minimum width of an image that can be a strip of a scanned page, relative to the page.
const MIN_STRIP_WIDTH: f64 = 0.5;
/// Minimum height of a band, in points. Shapes are looked up by the horizontal bands of the page that they touch.
const MIN_BAND_HEIGHT: f64 = 24.0;
/// Maximum number of bands of a page.
const MAX_BANDS: f64 = 512.0;
/// Maximum number of rules (thin lines) of a page that are stored. A page with more is a drawing; further rules
/// are dropped.
const MAX_RULES: usize = 20_000;
/// A shape with at least this opacity hides the text behind it.
const MIN_COVERING_OPACITY: f64 = 0.95;

/// A filled shape or an image.
#[derive(Debug)]
pub(crate) struct Painted {
    pub(crate) shape: Shape,
    pub(crate) clip: Clip,
    /// The colour; `None` for images, patterns and unknown colours.
    pub(crate) fill: Paint,
    /// From 0 to 1.
    pub(crate) opacity: f64,
    /// Whether the shape or image hides what is below it, if its opacity is high enough. False for an image with
    /// transparent parts, and for anything painted with a blend mode or soft mask.
    pub(crate) is_solid: bool,
    pub(crate) is_image: bool,
}

impl Painted {
    fn contains(&self, point: Vector) -> bool {
        self.shape.contains(point) && self.clip.contains(point)
    }

    /// Whether the shape or image hides everything below it.
    fn is_opaque(&self) -> bool {
        self.is_solid && self.opacity >= MIN_COVERING_OPACITY && !self.shape.is_unknown
    }
}

/// Everything that is painted on a page besides text.
#[derive(Debug)]
pub(crate) struct PaintLog {
    page: Area,
    painted: Vec<Painted>,
    /// The indices of what is painted in each horizontal band of the page.
    bands: BTreeMap<usize, Vec<usize>>,
    band_height: f64,
    /// Rules: stroked lines, and filled shapes that are as thin as lines.
    pub(crate) rules: Vec<Area>,
}

impl PaintLog {
    pub(crate) fn new(page: Area) -> Self {
        let band_height = (page.height() / MAX_BANDS).max(MIN_BAND_HEIGHT);
        Self { page, painted: Vec::new(), bands: BTreeMap::new(), band_height, rules: Vec::new() }
    }

    /// Returns the number of shapes and images painted so far.
    pub(crate) fn count(&self) -> usize {
        self.painted.len()
    }

    /// Adds a shape or image. Leaves out what is outside the page, or is too small to be a background. An image as wide
    /// as a strip of a scan is never too small: some programs draw a page in many strips.
    pub(crate) fn add(&mut self, new: Painted, budget: &mut Budget) -> Result<(), ReadError> {
        let area = new.shape.area.intersect(&new.clip.area).intersect(&self.page);
        let is_strip = new.is_image && area.width() >= MIN_STRIP_WIDTH * self.page.width();
        let is_small = area.width() < MIN_BACKGROUND_SIDE || area.height() < MIN_BACKGROUND_SIDE;
        let is_outside = area.width() <= 0.0 || area.height() <= 0.0;
        if is_outside || is_small && !is_strip {
            return Ok(());
        }
        let bands = self.band(area.bottom)..=self.band(area.top);
        let count = bands.clone().count();
        budget.take(size_of::<Painted>() + new.shape.bytes() + count * size_of::<usize>())?;
        for band in bands {
            self.bands.entry(band).or_default().push(self.painted.len());
        }
        self.painted.push(new);
        Ok(())
    }

    pub(crate) fn add_rule(&mut self, area: Area, budget: &mut Budget) -> Result<(), ReadError> {
        if self.rules.len() < MAX_RULES {
            budget.take(size_of::<Area>())?;
            self.rules.push(area);
        }
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the page has few bands")]
    fn band(&self, y: f64) -> usize {
        ((y - self.page.bottom) / self.band_height).clamp(0.0, MAX_BANDS) as usize
    }

    /// Returns what is painted at a point, each with its number in painting order, the last one first.
    fn at(&self, point: Vector) -> impl Iterator<Item = (usize, &Painted)> {
        let band = self.bands.get(&self.band(point.1)).into_iter().flatten().rev();
        let painted = band.filter_map(|index| Some((*index, self.painted.get(*index)?)));
        painted.filter(move |(_, painted)| painted.contains(point))
    }

    /// Returns the colour at a point after the first `order` shapes and images are painted; `None` if it is unknown.
    pub(crate) fn background(&self, point: Vector, order: usize) -> Paint {
        let mut layers: Vec<(Colour, f64)> = Vec::new();
        for (_, painted) in self.at(point).filter(|(index, _)| *index < order) {
            let colour = painted.fill.filter(|_| painted.is_solid && !painted.shape.is_unknown)?;
            layers.push((colour, painted.opacity));
            if painted.opacity >= MIN_COVERING_OPACITY {
                break;
            }
        }
        Some(
            layers
                .into_iter()
                .rev()
                .fold(Colour::WHITE, |below, (colour, opacity)| colour.over(below, opacity)),
        )
    }

    /// Whether every point is covered by something opaque that is painted after the first `order` shapes and images.
    pub(crate) fn covers(&self, mut points: impl Iterator<Item = Vector>, order: usize) -> bool {
        points.all(|point| {
            let mut later = self.at(point).take_while(|(index, _)| *index >= order);
            later.any(|(_, painted)| painted.is_opaque())
        })
    }

    /// Whether an image is painted at a point.
    pub(crate) fn has_image(&self, point: Vector) -> bool {
        self.at(point).any(|(_, painted)| painted.is_image)
    }

    /// Whether an image is halfway between two points, and at neither of them.
    pub(crate) fn has_image_between(&self, one: Vector, other: Vector) -> bool {
        let halfway = (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1));
        let mut images = self.at(halfway).filter(|(_, painted)| painted.is_image);
        images.any(|(_, image)| !image.contains(one) && !image.contains(other))
    }

    /// Returns the area of the page that images cover, in square points. Parts that overlap count more than once.
    pub(crate) fn image_size(&self) -> f64 {
        let images = self.painted.iter().filter(|painted| painted.is_image);
        let visible = |image: &Painted| image.shape.area.intersect(&image.clip.area).intersect(&self.page);
        images.map(|image| visible(image).size()).sum()
    }

    pub(crate) fn page(&self) -> Area {
        self.page
    }
}
