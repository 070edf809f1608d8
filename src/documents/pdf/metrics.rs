//! Glyph widths of the standard fonts (ISO 32000-1, 9.6.2.2), which files may omit. Another font without widths gets
//! the widths of the most similar standard font.

use unicode_normalization::UnicodeNormalization;

use super::descriptors::is_bold_name;

/// Widths in thousandths of an em: of the printable ASCII characters from the space on, then of `OTHERS`.
type Widths = [u16; ASCII_CHARS + OTHERS.len()];

const ASCII_CHARS: usize = 95;
/// Other characters that have a width in the tables. Those of one string have the same width.
const OTHERS: [&str; 11] = ["‘’‚", "“”„", "ﬁﬂ", "–", "—…", "•", "Æ", "Œ", "æ", "œ", "ß"];

const HELVETICA: Widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 222, 333, 500, 556, 1000, 350, 1000, 1000, 889,
    944, 611,
];
const HELVETICA_BOLD: Widths = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, 278, 500, 611, 556, 1000, 350, 1000, 1000, 889,
    944, 611,
];
const TIMES: Widths = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541, 333, 444, 556, 500, 1000, 350, 889, 889, 667, 722,
    500,
];
const TIMES_BOLD: Widths = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389,
    500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581,
    500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520, 333, 500, 556, 500, 1000, 350, 1000, 1000, 722,
    722, 556,
];
const TIMES_ITALIC: Widths = [
    250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 333, 333, 675, 675, 675, 500, 920, 611, 611, 667, 722, 611, 611, 722, 722, 333,
    444, 667, 556, 833, 667, 722, 611, 722, 611, 500, 556, 722, 611, 833, 611, 556, 556, 389, 278, 389, 422,
    500, 333, 500, 500, 444, 500, 444, 278, 500, 500, 278, 278, 444, 278, 722, 500, 500, 500, 500, 389, 389,
    278, 500, 444, 667, 444, 444, 389, 400, 275, 400, 541, 333, 556, 500, 500, 889, 350, 889, 944, 667, 667,
    500,
];
const TIMES_BOLD_ITALIC: Widths = [
    250, 389, 555, 500, 500, 833, 778, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 832, 667, 667, 667, 722, 667, 667, 722, 778, 389,
    500, 667, 611, 889, 722, 722, 611, 722, 667, 556, 611, 722, 667, 889, 667, 611, 611, 333, 278, 333, 570,
    500, 333, 500, 500, 444, 500, 444, 333, 500, 556, 278, 278, 500, 278, 778, 556, 500, 500, 500, 389, 389,
    278, 556, 444, 667, 500, 444, 389, 348, 220, 348, 570, 333, 500, 556, 500, 1000, 350, 944, 944, 722, 722,
    500,
];
/// The width of all glyphs of Courier.
const COURIER_WIDTH_EM: f64 = 0.6;
/// The width of a character that is not in the tables, or whose font states none.
pub(crate) const DEFAULT_WIDTH_EM: f64 = 0.5;

/// Returns the width of a glyph in a font of this name, in em. An accented letter has the width of its base letter.
pub(crate) fn standard_width(name: &str, letters: &str) -> f64 {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["Courier", "Mono"]) {
        return COURIER_WIDTH_EM;
    }
    let is_serif = has(&["Times", "Roman", "Serif"]);
    let table = match (is_serif, is_bold_name(name), has(&["Italic", "Oblique"])) {
        (false, false, _) => &HELVETICA,
        (false, true, _) => &HELVETICA_BOLD,
        (true, false, false) => &TIMES,
        (true, true, false) => &TIMES_BOLD,
        (true, false, true) => &TIMES_ITALIC,
        (true, true, true) => &TIMES_BOLD_ITALIC,
    };
    let other = letters.chars().next().and_then(|letter| OTHERS.iter().position(|one| one.contains(letter)));
    let ascii = || usize::try_from(u32::from(letters.nfkd().next()?)).ok()?.checked_sub(32);
    let index =
        other.map(|index| ASCII_CHARS + index).or_else(|| ascii().filter(|index| *index < ASCII_CHARS));
    let width = index.and_then(|index| table.get(index));
    width.map_or(DEFAULT_WIDTH_EM, |width| f64::from(*width) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_ligatures_and_marks_have_widths_in_each_style_of_a_font() {
        let widths = |name: &str| {
            ["M", "Ä", "”", "ﬂ", "…", "m", "~", "☂"].map(|letters| standard_width(name, letters).to_string())
        };
        assert_eq!(widths("Times-Roman"), ["0.889", "0.722", "0.444", "0.556", "1", "0.778", "0.541", "0.5"]);
        assert_eq!(
            widths("Times-Italic"),
            ["0.833", "0.611", "0.556", "0.5", "0.889", "0.722", "0.541", "0.5"]
        );
        assert!(standard_width("Helvetica-Bold", "!") > standard_width("Arial", "!"));
    }
}
