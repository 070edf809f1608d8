//! Glyph widths of the standard fonts (ISO 32000-1, 9.6.2.2), which files may omit. Another font without widths gets
//! the widths of the most similar standard font.

use unicode_normalization::UnicodeNormalization;

use super::descriptors::is_bold_name;

/// Widths of the printable ASCII characters from the space on, in thousandths of an em.
type Widths = [u16; 95];

const HELVETICA: Widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const HELVETICA_BOLD: Widths = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
const TIMES: Widths = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
const TIMES_BOLD: Widths = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389,
    500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581,
    500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];
/// The width of all glyphs of Courier.
const COURIER_WIDTH_EM: f64 = 0.6;
/// The width of a character that is not in the tables.
const DEFAULT_WIDTH_EM: f64 = 0.5;

/// Returns the width of a glyph in a font of this name, in em. An accented letter has the width of its base letter.
pub(crate) fn standard_width(name: &str, letters: &str) -> f64 {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let table = match (has(&["Courier", "Mono"]), has(&["Times", "Roman", "Serif"]), is_bold_name(name)) {
        (true, ..) => return COURIER_WIDTH_EM,
        (_, true, false) => &TIMES,
        (_, true, true) => &TIMES_BOLD,
        (_, false, false) => &HELVETICA,
        (_, false, true) => &HELVETICA_BOLD,
    };
    let letter = letters.nfkd().next().and_then(|letter| usize::try_from(u32::from(letter)).ok());
    let width = letter.and_then(|letter| table.get(letter.checked_sub(32)?));
    width.map_or(DEFAULT_WIDTH_EM, |width| f64::from(*width) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accented_letters_have_the_width_of_their_base_letter() {
        let widths = ["M", "Ä", "”"].map(|letters| standard_width("Times-Roman", letters).to_string());
        assert_eq!(widths, ["0.889", "0.722", "0.5"]);
        assert!(standard_width("Helvetica-Bold", "!") > standard_width("Arial", "!"));
    }
}
