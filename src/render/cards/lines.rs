//! The template function `fit`: breaks text into lines for cards, since SVG can't. It picks the largest size that
//! fits, balances the lines and truncates text that is too long.

use serde::Serialize;
use unicode_bidi::{Direction, get_base_direction};
use unicode_linebreak::linebreaks;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{Fonts, TextMeasurer};

/// The arguments of the template function `fit`.
#[derive(Debug)]
pub(super) struct FitRequest {
    pub(super) text: String,
    /// Font sizes to try, largest first, in pixels.
    pub(super) sizes: Vec<u32>,
    /// The maximum width of a line, in pixels.
    pub(super) width: f32,
    /// The maximum number of lines.
    pub(super) lines: usize,
    pub(super) bold: bool,
}

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct FittedText {
    /// The chosen font size, in pixels: the smallest if the text fits in none.
    pub(super) size: u32,
    /// The text, line by line; empty for an empty text. Lines of a right-to-left text are between direction marks.
    pub(super) lines: Vec<String>,
    /// The width of the widest line, in pixels.
    pub(super) width: u32,
    /// Whether the text is right-to-left.
    pub(super) rtl: bool,
}

/// The search for the smallest line width halves an interval of possible widths this many times. The interval is then
/// 1/4096 as wide as at the start.
const MAX_HALVINGS: usize = 12;

/// Text between two line break opportunities, with its widths in ems.
#[derive(Clone)]
struct Chunk {
    text: String,
    /// Width including the space at the end.
    width: f32,
    /// Width without the space at the end.
    trimmed_width: f32,
}

impl Chunk {
    fn new(text: &str, measurer: &TextMeasurer<'_>) -> Self {
        let trimmed = text.trim_end();
        Self { text: text.to_owned(), width: measurer.width(text), trimmed_width: measurer.width(trimmed) }
    }
}

/// Breaks a text into lines of similar length at the largest size that fits. If none fits, truncates it at the
/// smallest.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "widths are some hundreds of pixels"
)]
pub(super) fn fit(request: &FitRequest, fonts: &Fonts) -> FittedText {
    let text = clean(&request.text);
    let measurer = fonts.measurer(request.bold, &text);
    let rtl = get_base_direction(text.as_str()) == Direction::Rtl;
    let chunks = chunks(&text, &measurer);
    let ems = |size: u32| request.width / size.max(1) as f32;
    let holds = |size: &&u32| {
        chunks.iter().all(|chunk| chunk.trimmed_width <= ems(**size))
            && wrap(&chunks, ems(**size)).len() <= request.lines
    };
    let smallest = request.sizes.last().copied().unwrap_or_default();
    let fitting = request.sizes.iter().find(holds).copied();
    let size = fitting.unwrap_or(smallest);
    let lines = match fitting {
        Some(_) => balance(&chunks, ems(size)),
        None => cut(&chunks, ems(size), request.lines, &measurer),
    };
    let widest = lines.iter().map(|line| measurer.width(line)).fold(0.0, f32::max);
    // Without direction marks, resvg draws a text from left to right.
    let mark_direction = |line: String| if rtl { format!("\u{202b}{line}\u{202c}") } else { line };
    FittedText {
        size,
        lines: lines.into_iter().map(mark_direction).collect(),
        width: (widest * size as f32).ceil() as u32,
        rtl,
    }
}

/// Composes letters (NFC), turns runs of white space except no-break spaces into one space, and removes characters that
/// XML or a line can't contain.
fn clean(text: &str) -> String {
    let is_separator = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    let words = text.split(is_separator).map(|word| {
        let kept = word.nfc().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
        kept.collect::<String>()
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Splits a text at line break opportunities (Unicode, UAX #14).
fn chunks(text: &str, measurer: &TextMeasurer<'_>) -> Vec<Chunk> {
    let mut start = 0;
    let ends = linebreaks(text).map(|(end, _)| end);
    let chunks = ends.map(|end| Chunk::new(&text[std::mem::replace(&mut start, end)..end], measurer));
    chunks.filter(|chunk| !chunk.text.is_empty()).collect()
}

/// Fills each line with as many chunks as fit. Each line is a range of chunks; a chunk wider than `width` gets a line
/// of its own.
fn wrap(chunks: &[Chunk], width: f32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut filled) = (0, 0.0);
    for (at, chunk) in chunks.iter().enumerate() {
        if at > start && filled + chunk.trimmed_width > width {
            lines.push(start..at);
            (start, filled) = (at, 0.0);
        }
        filled += chunk.width;
    }
    if start < chunks.len() {
        lines.push(start..chunks.len());
    }
    lines
}

/// Wraps into the minimal number of lines, at about the smallest width that keeps this number, so that lines have
/// similar lengths.
fn balance(chunks: &[Chunk], width: f32) -> Vec<String> {
    let count = wrap(chunks, width).len();
    let (mut narrow, mut wide) = (chunks.iter().map(|chunk| chunk.trimmed_width).fold(0.0, f32::max), width);
    for _ in 0..MAX_HALVINGS {
        let middle = f32::midpoint(narrow, wide);
        if wrap(chunks, middle).len() <= count {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    wrap(chunks, wide).into_iter().map(|line| joined(&chunks[line])).collect()
}

fn joined(chunks: &[Chunk]) -> String {
    let text: String = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    text.trim_end().to_owned()
}

/// Wraps into at most `lines` lines. Breaks words that are wider than a line and replaces text after the last line
/// with "…".
fn cut(chunks: &[Chunk], width: f32, lines: usize, measurer: &TextMeasurer<'_>) -> Vec<String> {
    let broken = chunks.iter().flat_map(|chunk| {
        if chunk.trimmed_width <= width {
            return vec![chunk.clone()];
        }
        chunk.text.graphemes(true).map(|grapheme| Chunk::new(grapheme, measurer)).collect()
    });
    let broken: Vec<Chunk> = broken.collect();
    let wrapped = wrap(&broken, width);
    let mut set: Vec<String> = wrapped.iter().take(lines).map(|line| joined(&broken[line.clone()])).collect();
    if wrapped.len() > lines
        && let Some(last) = set.last_mut()
    {
        *last = with_ellipsis(last, width, measurer);
    }
    set
}

/// Shortens a line so that "…" fits after it. Cuts at a word boundary unless that loses a third of the line or more.
/// Also drops white space and punctuation such as a comma before the "…".
fn with_ellipsis(line: &str, width: f32, measurer: &TextMeasurer<'_>) -> String {
    let room = width - measurer.width("…");
    let (mut filled, mut end) = (0.0, 0);
    for (at, grapheme) in line.grapheme_indices(true) {
        filled += measurer.width(grapheme);
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

    fn set(text: &str, sizes: &[u32], lines: usize) -> FittedText {
        let request =
            FitRequest { text: text.to_owned(), sizes: sizes.to_vec(), width: 400.0, lines, bold: true };
        let fonts = Fonts::new(&[], &mut Problems::default());
        let set = fit(&request, &fonts);
        assert!(set.width <= 400 && set.lines.len() <= lines, "{set:?}");
        set
    }

    #[test]
    fn the_largest_size_that_fits_is_chosen() {
        assert_eq!(set("The wheel", &[80, 60, 20], 1).size, 80);
        assert_eq!(set("The wheel of the mill", &[80, 30, 20], 1).size, 30);
        assert_eq!(set("The wheel of the mill", &[80, 30, 20], 2).size, 80);
    }

    #[test]
    fn lines_are_balanced() {
        let text = "What burnt the mill at the ford down?";
        assert_eq!(set(text, &[40], 3).lines, ["What burnt the mill", "at the ford down?"]);
    }

    #[test]
    fn text_that_is_too_long_ends_in_an_ellipsis() {
        let words = set(&"the mill, ".repeat(40), &[40, 30], 2);
        assert!(words.lines[1].ends_with("mill…") || words.lines[1].ends_with("the…"), "{words:?}");
        let word = set(&"wheel".repeat(40), &[40, 30], 2);
        assert!(word.lines[0].starts_with("wheel") && word.lines[1].ends_with('…'), "{word:?}");
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_punctuation() {
        let set = set("水车水车水车水车水车，水车", &[40], 3);
        assert!(set.lines.len() > 1 && set.lines.iter().all(|line| !line.starts_with('，')), "{set:?}");
    }

    #[test]
    fn empty_and_invalid_texts_have_no_lines() {
        assert_eq!(set("", &[40], 2).lines, Vec::<String>::new());
        assert_eq!(set(" \u{1} \u{ffff}\n", &[40], 2).lines, Vec::<String>::new());
        assert_eq!(set("text", &[], 0).lines, Vec::<String>::new());
        assert_eq!(set("text", &[0], 1).size, 0);
    }

    #[test]
    fn right_to_left_text_is_marked() {
        let set = set("\u{5d8}\u{5d7}\u{5e0}\u{5d4}", &[40], 1);
        assert!(set.rtl && set.lines[0].starts_with('\u{202b}'));
    }
}
