//! Pictures of few colours as PNG: a palette, and an index into it for every pixel, which takes a third of the space.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

/// Writes an opaque picture of four bytes a pixel as PNG.
///
/// Written for builds without optimisation, too, where iterators and maps would take longer than the drawing.
pub(super) fn encode(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, EncodingError> {
    let (pixels, _) = pixels.as_chunks();
    // Much alike colours count as one, those with the same first bits: as many bits as give few enough of them.
    let picture = (1..=5).rev().find_map(|bits| Indexed::of(pixels, width as usize, bits));
    let Indexed { indexes, colours } = picture.expect("one bit each of red, green and blue is eight colours");
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    // The next level takes a fifth longer, for a fifteenth less.
    encoder.set_deflate_compression(DeflateCompression::Level(2));
    encoder.set_filter(Filter::NoFilter);
    encoder.set_palette(colours.iter().flat_map(|colour| colour.shown).collect::<Vec<u8>>());
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indexes)?;
    writer.finish()?;
    Ok(bytes)
}

/// Red, green, blue, and how little is seen through: nothing, in a picture that is opaque.
type Pixel = [u8; 4];

struct Indexed {
    /// The number of every pixel's colour.
    indexes: Vec<u8>,
    colours: Vec<Colour>,
}

/// Colours that count as one.
#[derive(Default)]
struct Colour {
    /// The one that stands for them: that of the longest run, so that areas keep theirs.
    shown: [u8; 3],
    longest: usize,
}

impl Indexed {
    /// `None` if the first `bits` of red, of green and of blue tell too many colours apart.
    fn of(pixels: &[Pixel], width: usize, bits: u32) -> Option<Self> {
        let mut indexes = vec![0; pixels.len()];
        let mut colours: Vec<Colour> = Vec::new();
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
                let pixel = pixels[start];
                let mut end = start + 1;
                while end < row_end && pixels[end] == pixel {
                    end += 1;
                }
                let number = &mut numbers[bucket(pixel, bits)];
                if number.is_none() {
                    // A palette has 256 colours.
                    *number = Some(u8::try_from(colours.len()).ok()?);
                    colours.push(Colour::default());
                }
                let number = number.unwrap_or_default();
                let known = &mut colours[usize::from(number)];
                if known.longest < end - start {
                    let [red, green, blue, _] = pixel;
                    *known = Colour { shown: [red, green, blue], longest: end - start };
                }
                indexes[start..end].fill(number);
                start = end;
            }
        }
        Some(Self { indexes, colours })
    }
}

/// The first bits of red, green and blue as one number.
fn bucket([red, green, blue, _]: Pixel, bits: u32) -> usize {
    let cut = 8 - bits;
    ((red >> cut) as usize) << (2 * bits) | ((green >> cut) as usize) << bits | (blue >> cut) as usize
}
