//! How much of each pixel an outline covers, in steps.
//!
//! By the area that lies within it, whichever way round it runs: the rule `nonzero` of SVG, but for outlines that cross
//! one another the other way round, which letters and convex shapes don't.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use resvg::tiny_skia::{self, Path, PathSegment, Transform};

use super::{HEIGHT, WIDTH};

/// So many steps lead from no cover to all of it. More can't be told apart by eye, and a picture takes more room with each.
pub(super) const STEPS: u8 = 12;
/// What covers less of a pixel doesn't make half a step.
const LEAST: f32 = 0.5 / STEPS as f32;

/// What an outline covers of the pixels around it.
#[derive(Default)]
pub(super) struct Mask {
    /// The column and the row of its first pixel.
    pub(super) at: [i32; 2],
    pub(super) width: usize,
    pub(super) height: usize,
    /// What is covered, row by row.
    pub(super) runs: Vec<Run>,
}

/// Pixels beside one another that are covered alike.
pub(super) struct Run {
    pub(super) row: u16,
    pub(super) column: u16,
    pub(super) length: u16,
    /// How many steps of each are covered: never none.
    pub(super) cover: u8,
}

impl Mask {
    /// The mask of an outline. What the rasterizer held is lost. `None` for one that is larger than a card.
    pub(super) fn of(outline: &Path, to_pixels: Transform, rasterizer: &mut Rasterizer) -> Option<Self> {
        let bounds = outline.bounds().transform(to_pixels)?.round_out()?;
        if bounds.width() > WIDTH || bounds.height() > HEIGHT {
            return None;
        }
        let [width, height] = [bounds.width() as usize, bounds.height() as usize];
        rasterizer.reset(width, height);
        let corner = bounds.to_rect();
        trace(outline, to_pixels.post_translate(-corner.x(), -corner.y()), rasterizer);
        Some(Self { at: [bounds.x(), bounds.y()], width, height, runs: runs(rasterizer) })
    }
}

/// What was drawn, as runs.
fn runs(rasterizer: &Rasterizer) -> Vec<Run> {
    let (width, _) = rasterizer.dimensions();
    let mut runs: Vec<Run> = Vec::new();
    // Where the row at hand ends, and its number.
    let (mut end, mut row) = (width, 0);
    rasterizer.for_each_pixel(|at, part| {
        // Most of what surrounds letters isn't covered at all.
        if part < LEAST {
            return;
        }
        while at >= end {
            end += width;
            row += 1;
        }
        let column = u16::try_from(at + width - end).expect("a card is less wide");
        let cover = steps(part);
        let last = runs.last_mut().filter(|run| run.row == row && run.cover == cover);
        match last.filter(|run| run.column + run.length == column) {
            Some(run) => run.length += 1,
            None => runs.push(Run { row, column, length: 1, cover }),
        }
    });
    runs
}

/// Draws an outline. `to_grid` leads from its own coordinates to the rasterizer's.
fn trace(outline: &Path, to_grid: Transform, rasterizer: &mut Rasterizer) {
    let grid = |mut at: tiny_skia::Point| {
        to_grid.map_point(&mut at);
        point(at.x, at.y)
    };
    let (mut start, mut pen) = (Point::default(), Point::default());
    for segment in outline.segments() {
        let from = pen;
        match segment {
            PathSegment::MoveTo(to) => {
                start = grid(to);
                pen = start;
            }
            PathSegment::LineTo(to) => {
                pen = grid(to);
                rasterizer.draw_line(from, pen);
            }
            PathSegment::QuadTo(control, to) => {
                pen = grid(to);
                rasterizer.draw_quad(from, grid(control), pen);
            }
            PathSegment::CubicTo(first, second, to) => {
                pen = grid(to);
                rasterizer.draw_cubic(from, grid(first), grid(second), pen);
            }
            PathSegment::Close => {
                pen = start;
                rasterizer.draw_line(from, pen);
            }
        }
    }
}

/// How many of the steps a part of a pixel is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 1")]
fn steps(cover: f32) -> u8 {
    (cover.min(1.0) * f32::from(STEPS) + 0.5) as u8
}
