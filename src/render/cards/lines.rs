//! Texts of a card as lines: the largest size that holds a text, lines of about one length, and what is too long cut.
//! SVG has no lines; nothing here draws.

use serde::Serialize;
use unicode_bidi::{Direction, get_base_direction};
use unicode_linebreak::linebreaks;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{Fonts, Ruler};

/// What a template asks for.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The text.
    pub(super) text: String,
    /// Sizes that are tried, largest first.
    pub(super) sizes: Vec<u32>,
    /// How wide a line may be.
    pub(super) width: f32,
    /// How many lines there may be.
    pub(super) lines: usize,
    /// Whether it is set in the bold font.
    pub(super) bold: bool,
}

/// What it gets.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Fitted {
    /// The size at which it fits.
    pub(super) size: u32,
    /// The lines, none for an empty text.
    pub(super) lines: Vec<String>,
    /// How wide the widest is.
    pub(super) width: u32,
    /// Whether it is read from right to left.
    pub(super) rtl: bool,
}

/// A stretch of text that a line may end after, and how wide it is where an em is 1.
#[derive(Clone)]
struct Piece {
    text: String,
    /// With the space at its end.
    width: f32,
    /// Without.
    inked: f32,
}

impl Piece {
    fn new(text: &str, ruler: &Ruler<'_>) -> Self {
        let inked = text.trim_end();
        Self { text: text.to_owned(), width: ruler.width(text), inked: ruler.width(inked) }
    }
}

/// Sets a text.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "widths are some hundreds of pixels"
)]
pub(super) fn fit(wanted: &Wanted, fonts: &Fonts) -> Fitted {
    let text = clean(&wanted.text);
    let ruler = fonts.ruler(wanted.bold, &text);
    let rtl = get_base_direction(text.as_str()) == Direction::Rtl;
    let pieces = pieces(&text, &ruler);
    let ems = |size: u32| wanted.width / size.max(1) as f32;
    let holds = |size: &&u32| {
        pieces.iter().all(|piece| piece.inked <= ems(**size))
            && wrap(&pieces, ems(**size)).len() <= wanted.lines
    };
    let smallest = wanted.sizes.last().copied().unwrap_or_default();
    let held = wanted.sizes.iter().find(holds).copied();
    let size = held.unwrap_or(smallest);
    let lines = match held {
        Some(_) => balance(&pieces, ems(size)),
        None => cut(&pieces, ems(size), wanted.lines, &ruler),
    };
    let widest = lines.iter().map(|line| ruler.width(line)).fold(0.0, f32::max);
    // What draws takes every text to begin on the left, unless it is told within the text.
    let told = |line: String| if rtl { format!("\u{202b}{line}\u{202c}") } else { line };
    Fitted {
        size,
        lines: lines.into_iter().map(told).collect(),
        width: (widest * size as f32).ceil() as u32,
        rtl,
    }
}

/// The text with letters composed, white space folded, and without what XML or a line can't hold.
fn clean(text: &str) -> String {
    let parts = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    let words = text.split(parts).map(|word| {
        let kept = word.nfc().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
        kept.collect::<String>()
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn pieces(text: &str, ruler: &Ruler<'_>) -> Vec<Piece> {
    let mut start = 0;
    let ends = linebreaks(text).map(|(end, _)| end);
    let pieces = ends.map(|end| Piece::new(&text[std::mem::replace(&mut start, end)..end], ruler));
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}

/// Fills lines one after the other; each is a range of pieces. A piece that is wider than a line has one of its own.
fn wrap(pieces: &[Piece], width: f32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut filled) = (0, 0.0);
    for (at, piece) in pieces.iter().enumerate() {
        if at > start && filled + piece.inked > width {
            lines.push(start..at);
            (start, filled) = (at, 0.0);
        }
        filled += piece.width;
    }
    if start < pieces.len() {
        lines.push(start..pieces.len());
    }
    lines
}

/// Lines as few as they must be, and none much shorter than the others.
fn balance(pieces: &[Piece], width: f32) -> Vec<String> {
    let count = wrap(pieces, width).len();
    let (mut narrow, mut wide) = (pieces.iter().map(|piece| piece.inked).fold(0.0, f32::max), width);
    for _ in 0..12 {
        let middle = f32::midpoint(narrow, wide);
        if wrap(pieces, middle).len() <= count {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    wrap(pieces, wide).into_iter().map(|line| joined(&pieces[line])).collect()
}

fn joined(pieces: &[Piece]) -> String {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    text.trim_end().to_owned()
}

/// As many lines as there may be, with words broken that are wider than a line, and "…" for the rest.
fn cut(pieces: &[Piece], width: f32, lines: usize, ruler: &Ruler<'_>) -> Vec<String> {
    let broken = pieces.iter().flat_map(|piece| {
        if piece.inked <= width {
            return vec![piece.clone()];
        }
        piece.text.graphemes(true).map(|grapheme| Piece::new(grapheme, ruler)).collect()
    });
    let broken: Vec<Piece> = broken.collect();
    let wrapped = wrap(&broken, width);
    let mut set: Vec<String> = wrapped.iter().take(lines).map(|line| joined(&broken[line.clone()])).collect();
    if wrapped.len() > lines
        && let Some(last) = set.last_mut()
    {
        *last = with_ellipsis(last, width, ruler);
    }
    set
}

/// A line without so much of its end that "…" can stand there. Whole words are kept if that costs little.
fn with_ellipsis(line: &str, width: f32, ruler: &Ruler<'_>) -> String {
    let room = width - ruler.width("…");
    let (mut filled, mut end) = (0.0, 0);
    for (at, grapheme) in line.grapheme_indices(true) {
        filled += ruler.width(grapheme);
        if filled > room {
            break;
        }
        end = at + grapheme.len();
    }
    let kept = &line[..end];
    let word = if end < line.len() { kept.rfind(' ').filter(|at| at * 3 > end * 2) } else { None };
    let kept = &kept[..word.unwrap_or(end)];
    format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || ",.;:–—-·".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;

    fn set(text: &str, sizes: &[u32], lines: usize) -> Fitted {
        let wanted = Wanted { text: text.to_owned(), sizes: sizes.to_vec(), width: 400.0, lines, bold: true };
        let fonts = Fonts::new(&[], &mut Problems::default());
        let set = fit(&wanted, &fonts);
        assert!(set.width <= 400 && set.lines.len() <= lines, "{set:?}");
        set
    }

    #[test]
    fn the_first_size_that_holds_the_text_is_taken() {
        assert_eq!(set("The wheel", &[80, 60, 20], 1).size, 80);
        assert_eq!(set("The wheel of the mill", &[80, 30, 20], 1).size, 30);
        assert_eq!(set("The wheel of the mill", &[80, 30, 20], 2).size, 80);
    }

    #[test]
    fn lines_are_of_about_one_length() {
        let text = "What burnt the mill at the ford down?";
        assert_eq!(set(text, &[40], 3).lines, ["What burnt the mill", "at the ford down?"]);
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        let words = set(&"the mill, ".repeat(40), &[40, 30], 2);
        assert!(words.lines[1].ends_with("mill…") || words.lines[1].ends_with("the…"), "{words:?}");
        let word = set(&"wheel".repeat(40), &[40, 30], 2);
        assert!(word.lines[0].starts_with("wheel") && word.lines[1].ends_with('…'), "{word:?}");
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_a_stop() {
        let set = set("水车水车水车水车水车，水车", &[40], 3);
        assert!(set.lines.len() > 1 && set.lines.iter().all(|line| !line.starts_with('，')), "{set:?}");
    }

    #[test]
    fn nothing_and_nonsense_give_no_lines() {
        assert_eq!(set("", &[40], 2).lines, Vec::<String>::new());
        assert_eq!(set(" \u{1} \u{ffff}\n", &[40], 2).lines, Vec::<String>::new());
        assert_eq!(set("text", &[], 0).lines, Vec::<String>::new());
        assert_eq!(set("text", &[0], 1).size, 0);
    }

    #[test]
    fn a_text_from_right_to_left_says_so() {
        let set = set("\u{5d8}\u{5d7}\u{5e0}\u{5d4}", &[40], 1);
        assert!(set.rtl && set.lines[0].starts_with('\u{202b}'));
    }
}
