//! Encodes PNGs with a palette. Each contains a hash of its inputs: the SVG, the fonts and the drawing code. With it,
//! the next build knows whether it can reuse the picture.

use flate2::Crc;
use png::{BitDepth, ColorType, Encoder, EncodingError, Filter};
use sourcewise_quotes::sha256;

use crate::ids::FastMap;

/// The keyword of the PNG text chunk that holds the hash.
const KEYWORD: &str = "Sourcewise";
/// The last chunk of every PNG file, which is the same in all of them.
const END: [u8; 12] = *b"\0\0\0\0IEND\xaeB`\x82";

/// An image with a palette. Its PNG takes half the space of one with three colour values per pixel.
struct PaletteImage {
    /// The palette index of every pixel, row by row.
    indexes: Vec<u8>,
    /// RGB values of up to 256 colours.
    palette: Vec<[u8; 3]>,
}

impl PaletteImage {
    /// Converts RGBA pixels. Up to 256 colours stay exact; if there are more, similar colours are merged.
    fn new(pixels: &[u8], width: u32) -> Self {
        let (pixels, _) = pixels.as_chunks();
        let indexed = (1..=8).rev().find_map(|bits| Self::with_bits(pixels, width as usize, bits));
        indexed.expect("one bit per channel makes eight colours")
    }

    /// Merges colours that agree in the leading `bits` of each channel into the first of these colours. `None` if more
    /// than 256 remain.
    fn with_bits(pixels: &[[u8; 4]], width: usize, bits: u32) -> Option<Self> {
        let mask = u8::MAX << (8 - bits);
        let mut indexes = Vec::with_capacity(pixels.len());
        let mut palette = FastMap::default();
        let mut above: &[[u8; 4]] = &[];
        for row in pixels.chunks_exact(width) {
            // Most rows repeat the row above. Comparing rows first saves most of the time in an unoptimised build.
            if row == above {
                indexes.extend_from_within(indexes.len() - width..);
                continue;
            }
            above = row;
            for run in row.chunk_by(|one, next| one == next) {
                let colour @ [red, green, blue] = [run[0][0], run[0][1], run[0][2]];
                let entry = palette.entry([red & mask, green & mask, blue & mask]);
                indexes.resize(indexes.len() + run.len(), u8::try_from(entry.index()).ok()?);
                entry.or_insert(colour);
            }
        }
        Some(Self { indexes, palette: palette.into_values().collect() })
    }

    fn encode(&self, (width, height): (u32, u32)) -> Result<Vec<u8>, EncodingError> {
        let mut png = Vec::new();
        let mut encoder = Encoder::new(&mut png, width, height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(self.palette.concat());
        // PNG's other filters store differences between neighbouring pixels. Those of palette indexes don't compress
        // better.
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.indexes)?;
        writer.finish()?;
        Ok(png)
    }
}

/// Encodes opaque RGBA pixels as PNG and embeds `inputs`: the hash of what the picture was made from.
pub(super) fn encode_with_hash(
    pixels: &[u8],
    size: (u32, u32),
    inputs: &str,
) -> Result<Vec<u8>, EncodingError> {
    Ok(embed_hash(PaletteImage::new(pixels, size.0).encode(size)?, inputs))
}

/// Inserts a text chunk before the end of a PNG: the hash `inputs` and a hash of everything before the chunk. The
/// second shows whether the file was changed later.
fn embed_hash(mut png: Vec<u8>, inputs: &str) -> Vec<u8> {
    png.truncate(png.len() - END.len());
    let chunk = hash_chunk(&png, inputs);
    png.extend(chunk);
    png.extend(END);
    png
}

/// Whether a PNG has this hash of its inputs and was not changed since it was encoded.
pub(super) fn has_hash(png: &[u8], inputs: &str) -> bool {
    let length = hash_chunk(b"", inputs).len();
    let parts =
        png.strip_suffix(&END).and_then(|rest| rest.split_at_checked(rest.len().checked_sub(length)?));
    parts.is_some_and(|(body, found)| found == hash_chunk(body, inputs))
}

/// Builds the text chunk that follows `body`, with the hash `inputs` and a hash of `body`.
fn hash_chunk(body: &[u8], inputs: &str) -> Vec<u8> {
    let text = format!("{KEYWORD}\0{inputs} {}", sha256(body));
    let chunk = [b"tEXt", text.as_bytes()].concat();
    let mut checksum = Crc::new();
    checksum.update(&chunk);
    let length = u32::try_from(text.len()).expect("two hashes are short");
    [&length.to_be_bytes()[..], &chunk, &checksum.sum().to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_256_colours_are_kept_and_more_are_merged() {
        let picture = |colours: u8| -> Vec<[u8; 4]> {
            let rows = (0..colours).flat_map(|row| (0..16).map(move |column| [row, column, 0, 255]));
            rows.collect()
        };
        let colours = |picture: &[[u8; 4]]| -> Vec<[u8; 3]> {
            let PaletteImage { indexes, palette } = PaletteImage::new(picture.as_flattened(), 16);
            indexes.into_iter().map(|index| palette[usize::from(index)]).collect()
        };
        let few = picture(16);
        assert_eq!(
            colours(&few),
            few.iter().map(|[red, green, blue, _]| [*red, *green, *blue]).collect::<Vec<_>>()
        );
        let many = picture(17);
        let reduced = colours(&many);
        assert_eq!(reduced.len(), many.len());
        for ([red, green, blue, _], shown) in many.iter().zip(reduced) {
            assert_eq!([red & !1, green & !1, *blue], shown);
        }
    }

    #[test]
    fn a_hash_is_valid_for_its_inputs_and_the_unchanged_file() {
        let png = embed_hash([b"any picture", &END[..]].concat(), "from this");
        assert!(has_hash(&png, "from this") && !has_hash(&png, "from that"));
        let mut changed = png.clone();
        changed[0] ^= 1;
        assert!(!has_hash(&changed, "from this"));
        assert!(!has_hash(&png[1..], "from this") && !has_hash(b"", "from this"));
    }
}
