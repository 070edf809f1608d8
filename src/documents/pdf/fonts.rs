//! Fonts of a PDF, made such that the decoder of glyphs can read them: it takes much for granted that files do not keep
//! to. Whether a font is bold is found here, too.

use pdf_extract::{Dictionary, Document, Object, Stream};

use super::unfold::{Budget, unfold};
use crate::Refusal;

/// Dictionaries and arrays within one another, at most.
const DEPTH: usize = 12;
/// Weight of a font from which it is bold (CSS Fonts 4, 2.2: semi-bold).
const BOLD_WEIGHT: f64 = 600.0;
/// Bit of a font descriptor's flags that asks for bold (ISO 32000-1, table 123).
const FORCE_BOLD: i64 = 1 << 18;
/// What the decoder knows as the encoding of a font of one byte a glyph.
const ENCODINGS: [&[u8]; 3] = [b"MacRomanEncoding", b"WinAnsiEncoding", b"MacExpertEncoding"];
/// Where the standard encoding differs from the one that the decoder takes when it is told of none (ISO 32000-1, D.2).
const STANDARD: [(i64, &str); 27] = [
    (39, "quoteright"),
    (96, "quoteleft"),
    (161, "exclamdown"),
    (162, "cent"),
    (163, "sterling"),
    (165, "yen"),
    (167, "section"),
    (169, "quotesingle"),
    (170, "quotedblleft"),
    (171, "guillemotleft"),
    (172, "guilsinglleft"),
    (173, "guilsinglright"),
    (174, "fi"),
    (175, "fl"),
    (177, "endash"),
    (178, "dagger"),
    (179, "daggerdbl"),
    (180, "periodcentered"),
    (182, "paragraph"),
    (183, "bullet"),
    (184, "quotesinglbase"),
    (185, "quotedblbase"),
    (186, "quotedblright"),
    (187, "guillemotright"),
    (188, "ellipsis"),
    (191, "questiondown"),
    (208, "emdash"),
];

/// Copies what lies in a file, with all that it points to, unfolded.
pub(super) struct Copier<'a> {
    /// The file.
    pub(super) document: &'a Document,
    /// What may still be unfolded.
    pub(super) budget: &'a mut Budget,
}

impl Copier<'_> {
    fn copy(&mut self, object: &Object, depth: usize) -> Result<Object, Refusal> {
        self.budget.take(std::mem::size_of::<Object>())?;
        let Ok((_, object)) = self.document.dereference(object) else { return Ok(Object::Null) };
        Ok(match object {
            _ if depth == 0 => Object::Null,
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| self.copy(item, depth - 1)).collect::<Result<_, _>>()?)
            }
            Object::Dictionary(dictionary) => Object::Dictionary(self.dictionary(dictionary, depth)?),
            Object::Stream(stream) => match unfold(self.document, stream, self.budget)? {
                Some(content) => {
                    let mut plain = self.dictionary(&stream.dict, depth)?;
                    plain.remove(b"Filter");
                    plain.remove(b"DecodeParms");
                    Object::Stream(Stream::new(plain, content))
                }
                None => Object::Null,
            },
            other => other.clone(),
        })
    }

    fn dictionary(&mut self, dictionary: &Dictionary, depth: usize) -> Result<Dictionary, Refusal> {
        // What leads upwards, or is of no use in reading text.
        let entries = dictionary.iter().filter(|(key, _)| {
            !matches!(key.as_slice(), b"Parent" | b"CharProcs" | b"Resources" | b"FontFile2" | b"CIDToGIDMap")
        });
        entries.map(|(key, value)| Ok((key.clone(), self.copy(value, depth - 1)?))).collect()
    }

    /// A font, mended; nothing if it is none. The streams in it are still in their places, which [`super::pages`]
    /// changes: a stream must be an object of its own.
    pub(super) fn font(&mut self, object: &Object) -> Result<Option<Font>, Refusal> {
        let Object::Dictionary(mut font) = self.copy(object, DEPTH)? else { return Ok(None) };
        let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default().to_vec();
        font.set("BaseFont", Object::Name(name.clone()));
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let bold = if composite { mend_composite(&mut font) } else { mend_simple(&mut font, &name) };
        let name = String::from_utf8_lossy(&name).into_owned();
        Ok(Some(Font { bold: bold || is_bold_name(&name), dictionary: font }))
    }
}

/// A font that the decoder can read.
#[derive(Debug)]
pub(super) struct Font {
    /// Its strokes are heavy.
    pub(super) bold: bool,
    /// It, whole.
    pub(super) dictionary: Dictionary,
}

/// Mends a font of several bytes a glyph; says whether its descriptor calls it bold.
fn mend_composite(font: &mut Dictionary) -> bool {
    let encoding = font.get(b"Encoding").and_then(Object::as_name).unwrap_or_default().to_vec();
    if !matches!(font.get(b"ToUnicode"), Ok(Object::Stream(_))) {
        font.remove(b"ToUnicode");
        // Such codes are the characters themselves.
        if [&b"UCS2"[..], b"UTF16"].iter().any(|part| encoding.windows(part.len()).any(|at| at == *part)) {
            let map = b"1 beginbfrange\n<0000> <ffff> <0000>\nendbfrange\n".to_vec();
            font.set("ToUnicode", Object::Stream(Stream::new(Dictionary::new(), map)));
        }
    }
    if !matches!(font.get(b"Encoding"), Ok(Object::Stream(_))) {
        font.set("Encoding", "Identity-H");
    }
    let descendants = font.get(b"DescendantFonts").and_then(Object::as_array).cloned().unwrap_or_default();
    let first = descendants.first().and_then(|first| first.as_dict().ok()).cloned();
    let mut descendant = first.unwrap_or_default();
    let bold = descriptor(&descendant).is_some_and(is_bold);
    descendant.set("FontDescriptor", Dictionary::new());
    let default = descendant.get(b"DW").ok().and_then(number).unwrap_or(1000.0);
    descendant.set("DW", whole(default));
    let widths = descendant.get(b"W").and_then(Object::as_array).map(|widths| ranges_spelt_out(widths));
    descendant.set("W", Object::Array(widths.unwrap_or_default()));
    font.set("DescendantFonts", vec![Object::Dictionary(descendant)]);
    bold
}

/// Widths of glyphs as runs only: `first [w w w]`, none as `first last w`.
fn ranges_spelt_out(widths: &[Object]) -> Vec<Object> {
    let mut out = Vec::new();
    let mut rest = widths;
    loop {
        match rest {
            [first, Object::Array(run), tail @ ..] if first.as_i64().is_ok() => {
                let run = run.iter().map(|width| Object::from(number(width).unwrap_or(1000.0))).collect();
                out.extend([first.clone(), Object::Array(run)]);
                rest = tail;
            }
            [first, last, width, tail @ ..] => {
                if let (Ok(from), Ok(to), Some(width)) = (first.as_i64(), last.as_i64(), number(width)) {
                    let count = usize::try_from(to.min(0xffff) - from + 1).unwrap_or(0);
                    out.extend([
                        Object::from(from),
                        Object::Array(vec![Object::from(width); count.min(0x1_0000)]),
                    ]);
                }
                rest = tail;
            }
            _ => return out,
        }
    }
}

/// Mends a font of one byte a glyph; says whether its descriptor calls it bold.
fn mend_simple(font: &mut Dictionary, name: &[u8]) -> bool {
    let bold = descriptor(font).is_some_and(is_bold);
    if !matches!(font.get(b"ToUnicode"), Ok(Object::Stream(_))) {
        font.remove(b"ToUnicode");
    }
    if !font
        .get(b"Subtype")
        .and_then(Object::as_name)
        .is_ok_and(|kind| kind == b"Type3" || kind == b"TrueType")
    {
        font.set("Subtype", "Type1");
    }
    super::tex::mend(font);
    mend_encoding(font);
    let unit = glyph_unit(font);
    let missing = descriptor(font).and_then(|found| number(found.get(b"MissingWidth").ok()?)).unwrap_or(0.0);
    let first = font.get(b"FirstChar").ok().and_then(number).unwrap_or(0.0);
    match font.get(b"Widths").and_then(Object::as_array) {
        Ok(given) => {
            let mut widths = vec![Object::from(missing); 256];
            let skipped = usize::try_from(whole(first).as_i64().unwrap_or(0)).unwrap_or(0);
            for (slot, width) in widths.iter_mut().skip(skipped).zip(given) {
                *slot = Object::from(number(width).unwrap_or(missing) * unit);
            }
            font.set("Widths", widths);
            font.set("FirstChar", 0);
            font.set("LastChar", 255);
        }
        Err(_) if font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type3") => {
            font.set("Widths", vec![Object::from(missing); 256]);
            font.set("FirstChar", 0);
            font.set("LastChar", 255);
        }
        // The decoder knows the widths of the standard fonts only.
        Err(_) => font.set("BaseFont", standard_font(&String::from_utf8_lossy(name))),
    }
    bold
}

/// What one in the widths of a font stands for, in thousandths of its size: fonts that draw their own glyphs choose it.
fn glyph_unit(font: &Dictionary) -> f64 {
    let own = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type3");
    let matrix = font.get(b"FontMatrix").and_then(Object::as_array).ok();
    let wide = matrix.and_then(|matrix| number(matrix.first()?)).filter(|wide| *wide > 0.0);
    wide.filter(|_| own).map_or(1.0, |wide| wide * 1000.0)
}

fn mend_encoding(font: &mut Dictionary) {
    let embedded = descriptor(font).is_some_and(|found| found.has(b"FontFile") || found.has(b"FontFile3"));
    match font.get_mut(b"Encoding") {
        Ok(Object::Name(name)) if ENCODINGS.contains(&name.as_slice()) => {}
        Ok(Object::Dictionary(encoding)) => {
            let base = encoding.get(b"BaseEncoding").and_then(Object::as_name).unwrap_or_default();
            let known = ENCODINGS.contains(&base);
            let given = encoding.get(b"Differences").and_then(Object::as_array).cloned().unwrap_or_default();
            let mut differences = if known || embedded { Vec::new() } else { standard_differences() };
            differences.extend(codes_in_range(given));
            encoding.set("Differences", differences);
            if !known {
                encoding.remove(b"BaseEncoding");
            }
        }
        Ok(Object::Name(name)) if name == b"StandardEncoding" => {
            let differences = (b"Differences".to_vec(), Object::Array(standard_differences()));
            font.set("Encoding", Dictionary::from_iter([differences]));
        }
        _ => {
            font.remove(b"Encoding");
            if font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type3") {
                font.set("Encoding", "WinAnsiEncoding");
            }
        }
    }
}

fn standard_differences() -> Vec<Object> {
    STANDARD.iter().flat_map(|(code, name)| [Object::from(*code), Object::from(*name)]).collect()
}

/// Names of glyphs with their codes, without those that no byte can be.
fn codes_in_range(differences: Vec<Object>) -> Vec<Object> {
    let mut code = 0;
    let fits = |object: &Object| {
        match object {
            Object::Integer(at) => code = *at,
            Object::Name(_) => code += 1,
            _ => return false,
        }
        (0..=256).contains(&code) && *object != Object::Integer(256)
    };
    differences.into_iter().filter(fits).collect()
}

/// The standard font that comes nearest.
fn standard_font(name: &str) -> &'static str {
    let has = |part: &str| name.contains(part);
    match (is_bold_name(name), has("Courier") || has("Mono"), has("Times") || has("Roman") || has("Serif")) {
        _ if name == "Symbol" => "Symbol",
        _ if name == "ZapfDingbats" => "ZapfDingbats",
        (false, true, _) => "Courier",
        (true, true, _) => "Courier-Bold",
        (false, _, true) => "Times-Roman",
        (true, _, true) => "Times-Bold",
        (false, ..) => "Helvetica",
        (true, ..) => "Helvetica-Bold",
    }
}

fn descriptor(font: &Dictionary) -> Option<&Dictionary> {
    font.get(b"FontDescriptor").and_then(Object::as_dict).ok()
}

fn is_bold(descriptor: &Dictionary) -> bool {
    let weight = descriptor.get(b"FontWeight").ok().and_then(number);
    let flags = descriptor.get(b"Flags").and_then(Object::as_i64).unwrap_or(0);
    weight.is_some_and(|weight| weight >= BOLD_WEIGHT) || flags & FORCE_BOLD != 0
}

/// Whether the name says so. TeX's Computer Modern and its kin call it `bx`, Nimbus `Medi`.
fn is_bold_name(name: &str) -> bool {
    let name = name.split_once('+').map_or(name, |(_, name)| name).to_lowercase();
    ["bold", "black", "heavy", "demi", "cmbx", "sfbx", "ecbx", "medi"].iter().any(|part| name.contains(part))
        && !name.contains("medium")
}

fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

/// A number without what follows the point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float is cut off to the range, and no width is out of it"
)]
fn whole(number: f64) -> Object {
    Object::from(number.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integers(numbers: &[i64]) -> Vec<Object> {
        numbers.iter().map(|number| Object::from(*number)).collect()
    }

    #[test]
    fn widths_of_ranges_are_spelt_out() {
        let mut widths = integers(&[5, 7, 400, 9]);
        widths.push(Object::Array(integers(&[100, 200])));
        let reals =
            |numbers: &[f32]| Object::Array(numbers.iter().map(|number| Object::Real(*number)).collect());
        let expected =
            [Object::from(5), reals(&[400.0, 400.0, 400.0]), Object::from(9), reals(&[100.0, 200.0])];
        assert_eq!(ranges_spelt_out(&widths), expected);
    }

    #[test]
    fn codes_that_are_no_byte_go() {
        let given =
            vec![Object::from(255), Object::from("a"), Object::from("b"), Object::from(7), Object::from("c")];
        let kept = [Object::from(255), Object::from("a"), Object::from(7), Object::from("c")];
        assert_eq!(codes_in_range(given), kept);
    }

    #[test]
    fn names_tell_of_bold() {
        let bold = ["ABCDEF+SFBX1000", "Arial,Bold", "NimbusRomNo9L-Medi", "Inter-SemiBold"];
        assert!(bold.iter().all(|name| is_bold_name(name)));
        assert!(!["Inter-Medium", "CMR10", "Times-Roman"].iter().any(|name| is_bold_name(name)));
    }
}
