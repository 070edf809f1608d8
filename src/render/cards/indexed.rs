//! Pictures of few colours as PNG: a palette, and an index into it for every pixel, which takes a third of the space.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{BitDepth, ColorType, Encoder, EncodingError, chunk};
use resvg::tiny_skia::IntRect;

use super::mask::{Mask, STEPS};
use super::{HEIGHT, WIDTH};

/// Red, green, blue, and how little is seen through: nothing, in a picture that is opaque.
type Pixel = [u8; 4];

/// A picture as numbers of colours.
pub(super) struct Indexed {
    /// The number of every pixel's colour, row by row.
    pub(super) indexes: Vec<u8>,
    /// Red, green and blue of every colour: 256 of them at most.
    pub(super) colours: Vec<[u8; 3]>,
}

/// A colour that a picture is filled with.
pub(super) struct Ink {
    colour: [u8; 3],
    /// What comes of the colours below it, by their numbers and by how many steps of a pixel it covers.
    mixes: [[Option<u8>; STEPS as usize + 1]; 256],
}

impl Ink {
    pub(super) fn new(colour: [u8; 3]) -> Self {
        Self { colour, mixes: [[None; STEPS as usize + 1]; 256] }
    }

    /// The number of what comes of a colour that is covered by so many steps; `None` if there are too many.
    fn over(&mut self, below: u8, cover: u8, colours: &mut Vec<[u8; 3]>) -> Option<u8> {
        let mix = &mut self.mixes[usize::from(below)][usize::from(cover)];
        if mix.is_none() {
            let below = colours[usize::from(below)];
            let colour = [0, 1, 2].map(|channel| mixed(below[channel], self.colour[channel], cover));
            *mix = number(colours, colour);
        }
        *mix
    }
}

impl Indexed {
    /// A picture of so many pixels, all of them white, in room that there is.
    pub(super) fn white(mut room: Vec<u8>, pixels: usize) -> Self {
        room.clear();
        room.resize(pixels, 0);
        Self { indexes: room, colours: vec![[u8::MAX; 3]] }
    }

    /// Fills all of some pixels. `None` if they reach beyond the picture, or there come to be too many colours.
    pub(super) fn fill_all(&mut self, pixels: IntRect, colour: [u8; 3]) -> Option<()> {
        let edges = [pixels.left(), pixels.right(), pixels.top(), pixels.bottom()];
        let [left, right, top, bottom] = edges.map(|edge| usize::try_from(edge).unwrap_or(usize::MAX));
        if right > WIDTH as usize || bottom > HEIGHT as usize || left > right || top > bottom {
            return None;
        }
        let number = number(&mut self.colours, colour)?;
        let rows = self.indexes.chunks_exact_mut(WIDTH as usize).take(bottom).skip(top);
        rows.for_each(|row| row[left..right].fill(number));
        Some(())
    }

    /// Fills what a mask covers that begins in this column and row. `None` if it reaches beyond the picture, or there come to
    /// be too many colours.
    pub(super) fn fill(&mut self, mask: &Mask, [column, row]: [i32; 2], ink: &mut Ink) -> Option<()> {
        let [left, top] = [column.saturating_add(mask.at[0]), row.saturating_add(mask.at[1])];
        let (left, top) = (usize::try_from(left).ok()?, usize::try_from(top).ok()?);
        if left + mask.width > WIDTH as usize || top + mask.height > HEIGHT as usize {
            return None;
        }
        let all = number(&mut self.colours, ink.colour)?;
        for run in &mask.runs {
            let start = (top + usize::from(run.row)) * WIDTH as usize + left + usize::from(run.column);
            let pixels = &mut self.indexes[start..start + usize::from(run.length)];
            if run.cover == STEPS {
                pixels.fill(all);
                continue;
            }
            for pixel in pixels {
                *pixel = ink.over(*pixel, run.cover, &mut self.colours)?;
            }
        }
        Some(())
    }

    /// An opaque picture of four bytes a pixel, much alike colours counted as one.
    pub(super) fn of(pixels: &[u8], width: u32) -> Self {
        let (pixels, _) = pixels.as_chunks();
        // Those are alike that have the same first bits: as many bits as give few enough colours.
        let picture = (1..=5).rev().find_map(|bits| alike(pixels, width as usize, bits));
        picture.expect("one bit each of red, green and blue is eight colours")
    }

    /// Writes it as PNG.
    pub(super) fn png(&self, (width, height): (u32, u32)) -> Result<Vec<u8>, EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, width, height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(self.colours.concat());
        let mut writer = encoder.write_header()?;
        writer.write_chunk(chunk::IDAT, &self.deflated(width)?)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// The rows, each behind the number of its filter, which is none. All at once: row by row takes an eighth longer.
    fn deflated(&self, width: u32) -> io::Result<Vec<u8>> {
        let mut rows = Vec::with_capacity(self.indexes.len() + HEIGHT as usize);
        for row in self.indexes.chunks_exact(width as usize) {
            rows.push(0);
            rows.extend_from_slice(row);
        }
        // The next level takes a fifth longer, for a fifteenth less.
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(2));
        encoder.write_all(&rows)?;
        encoder.finish()
    }
}

/// The number of a colour among others, which it may join; `None` if there are too many.
fn number(colours: &mut Vec<[u8; 3]>, colour: [u8; 3]) -> Option<u8> {
    let known = colours.iter().position(|known| *known == colour);
    let number = u8::try_from(known.unwrap_or(colours.len())).ok()?;
    if known.is_none() {
        colours.push(colour);
    }
    Some(number)
}

#[expect(clippy::cast_possible_truncation, reason = "what lies between two bytes is one")]
fn mixed(below: u8, above: u8, cover: u8) -> u8 {
    let [below, above, cover, all] = [below, above, cover, STEPS].map(u16::from);
    ((below * (all - cover) + above * cover + all / 2) / all) as u8
}

/// Numbers the colours of a picture, of which those count as one that have the same first `bits` of red, of green and of
/// blue. Of those the one with the longest run is taken, so that areas keep theirs. `None` if there are too many.
///
/// Written for builds without optimisation, too, where iterators and maps would take longer than the drawing.
fn alike(pixels: &[Pixel], width: usize, bits: u32) -> Option<Indexed> {
    let mut indexes = vec![0; pixels.len()];
    let mut colours: Vec<[u8; 3]> = Vec::new();
    let mut longest: Vec<usize> = Vec::new();
    // The numbers of colours, by their first bits.
    let mut numbers = vec![None; 1 << (3 * bits)];
    let mut start = 0;
    while start < pixels.len() {
        let row_end = start + width;
        let row = &pixels[start..row_end];
        // Most rows are paper alone, as those above them.
        if start > 0 && row == &pixels[start - width..start] {
            indexes.copy_within(start - width..start, start);
            start = row_end;
        }
        while start < row_end {
            let pixel @ [red, green, blue, _] = pixels[start];
            let mut end = start + 1;
            while end < row_end && pixels[end] == pixel {
                end += 1;
            }
            let number = &mut numbers[bucket(pixel, bits)];
            if number.is_none() {
                *number = Some(u8::try_from(colours.len()).ok()?);
                colours.push([0; 3]);
                longest.push(0);
            }
            let number = number.unwrap_or_default();
            if longest[usize::from(number)] < end - start {
                longest[usize::from(number)] = end - start;
                colours[usize::from(number)] = [red, green, blue];
            }
            indexes[start..end].fill(number);
            start = end;
        }
    }
    Some(Indexed { indexes, colours })
}

/// The first bits of red, green and blue as one number.
fn bucket([red, green, blue, _]: Pixel, bits: u32) -> usize {
    let cut = 8 - bits;
    ((red >> cut) as usize) << (2 * bits) | ((green >> cut) as usize) << bits | (blue >> cut) as usize
}
