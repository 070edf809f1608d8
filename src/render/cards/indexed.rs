//! Pictures of few colours as PNG: a palette, and an index into it for every pixel, which takes a third of the space.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

/// How many colours a palette has.
const COLOURS: usize = 256;

/// Writes an opaque picture of four bytes a pixel as PNG.
///
/// Written for builds without optimisation, too, where iterators and maps would take longer than the drawing.
pub(super) fn encode(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, EncodingError> {
    let runs = runs(pixels);
    let Palette { bits, colours, numbers } = palette(&runs);
    let mut indexes = vec![0; pixels.len() / 4];
    let mut start = 0;
    for run in &runs {
        let number = numbers[bucket(run.colour, bits)];
        if number > 0 {
            indexes[start..start + run.length].fill(number);
        }
        start += run.length;
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(3));
    encoder.set_filter(Filter::NoFilter);
    encoder.set_palette(colours.concat());
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indexes)?;
    writer.finish()?;
    Ok(bytes)
}

/// A stretch of pixels of one colour: red, green, blue.
struct Run {
    colour: [u8; 3],
    length: usize,
}

fn runs(pixels: &[u8]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start + 4 <= pixels.len() {
        let colour = [pixels[start], pixels[start + 1], pixels[start + 2]];
        let mut end = start + 4;
        while end + 4 <= pixels.len()
            && pixels[end] == colour[0]
            && pixels[end + 1] == colour[1]
            && pixels[end + 2] == colour[2]
        {
            end += 4;
            if end - start == 32 {
                end = skip(pixels, end);
            }
        }
        runs.push(Run { colour, length: (end - start) / 4 });
        start = end;
    }
    runs
}

/// Most of a card is paper: goes on by many pixels while they are as those before them.
fn skip(pixels: &[u8], mut end: usize) -> usize {
    for step in [4096, 128] {
        while end + step <= pixels.len() && pixels[end..end + step] == pixels[end - 4..end + step - 4] {
            end += step;
        }
    }
    end
}

/// Which colours a picture has. Much alike ones count as one: those with the same first bits.
struct Palette {
    /// How many bits of red, of green and of blue count.
    bits: u32,
    /// The colours by number: of those that count as one, the one with the longest run, so that areas keep theirs.
    colours: Vec<[u8; 3]>,
    /// The numbers by bucket.
    numbers: Vec<u8>,
}

fn palette(runs: &[Run]) -> Palette {
    let mut bits = 5;
    loop {
        let mut longest: Vec<Option<&Run>> = vec![None; 1 << (3 * bits)];
        for run in runs {
            let known = &mut longest[bucket(run.colour, bits)];
            if known.is_none_or(|known| known.length < run.length) {
                *known = Some(run);
            }
        }
        let mut numbers = vec![0; longest.len()];
        let mut colours = Vec::new();
        for (number, known) in numbers.iter_mut().zip(&longest) {
            if let Some(run) = known {
                // Beyond the last number it is not used.
                *number = u8::try_from(colours.len()).unwrap_or(u8::MAX);
                colours.push(run.colour);
            }
        }
        if colours.len() <= COLOURS {
            return Palette { bits, colours, numbers };
        }
        bits -= 1;
    }
}

/// The first bits of red, green and blue as one number.
fn bucket([red, green, blue]: [u8; 3], bits: u32) -> usize {
    let cut = 8 - bits;
    ((red >> cut) as usize) << (2 * bits) | ((green >> cut) as usize) << bits | (blue >> cut) as usize
}
