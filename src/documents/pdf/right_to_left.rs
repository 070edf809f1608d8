//! Text in scripts that run from right to left, such as Arabic and Hebrew. Lines are built from left to right, as they
//! are seen: in *visual order*. The text of a document is in the order in which it is read: in *logical order*.

use std::borrow::Cow;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_normalization::UnicodeNormalization;

use super::glyphs::Glyph;

/// Maximum width by which a glyph overlaps the glyph to its right, relative to the font size.
const MAX_OVERLAP: f64 = 0.3;
/// Maximum gap between two glyphs of a run, relative to the font size.
const MAX_GAP: f64 = 1.0;
/// Maximum distance between the baselines of two glyphs of a run, relative to the font size.
const MAX_RISE: f64 = 0.3;

/// Whether a text has letters of a script that runs from right to left.
pub(crate) fn has_letters(text: &str) -> bool {
    text.chars().any(is_right_to_left)
}

fn is_right_to_left(letter: char) -> bool {
    matches!(bidi_class(letter), BidiClass::R | BidiClass::AL)
}

/// Returns glyphs in visual order, and the letters within each glyph, too. Some programs draw a run of glyphs in
/// logical order, each to the left of the one before: these runs are reversed.
pub(crate) fn visual_order(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    if !glyphs.iter().any(|glyph| has_letters(&glyph.text)) {
        return glyphs;
    }
    let mut start = 0;
    while start < glyphs.len() {
        let rest = glyphs.get(start..).unwrap_or_default();
        let follows = |pair: &&[Glyph]| matches!(pair, [one, other] if is_to_the_left(one, other));
        let length = 1 + rest.windows(2).take_while(follows).count();
        let run = glyphs.get_mut(start..start + length).unwrap_or_default();
        if run.iter().filter(|glyph| has_letters(&glyph.text)).count() > 1 {
            run.reverse();
        }
        start += length;
    }
    for glyph in glyphs.iter_mut().filter(|glyph| has_letters(&glyph.text)) {
        // Fonts have glyphs for each form of a letter, and for ligatures. NFKC replaces these forms by the letters.
        let letters: Vec<char> = glyph.text.nfkc().collect();
        glyph.text = letters.into_iter().rev().collect();
    }
    glyphs
}

/// Whether `other`, drawn after `one`, continues it to the left.
fn is_to_the_left(one: &Glyph, other: &Glyph) -> bool {
    let is_part = |glyph: &Glyph| !glyph.text.chars().any(|letter| bidi_class(letter) == BidiClass::L);
    let gap = one.left - other.right;
    let size = one.size.max(other.size);
    is_part(one)
        && is_part(other)
        && (-MAX_OVERLAP * size..MAX_GAP * size).contains(&gap)
        && other.left < one.left
        && (one.base - other.base).abs() < MAX_RISE * size
}

/// Converts a line from visual to logical order. The line has the direction in which most of its letters run.
pub(crate) fn logical_order(line: &str) -> Cow<'_, str> {
    let right_to_left = line.chars().filter(|letter| is_right_to_left(*letter)).count();
    if right_to_left == 0 {
        return Cow::Borrowed(line);
    }
    let left_to_right = line.chars().filter(|letter| bidi_class(*letter) == BidiClass::L).count();
    let direction = if right_to_left >= left_to_right { Level::rtl() } else { Level::ltr() };
    // The same reversals that convert logical to visual order also convert it back.
    let info = BidiInfo::new(line, Some(direction));
    let mut text = String::with_capacity(line.len());
    for paragraph in &info.paragraphs {
        let levels = info.reordered_levels_per_char(paragraph, paragraph.range.clone());
        let letters: Vec<(char, Level)> = line.chars().zip(levels.iter().copied()).collect();
        let order = BidiInfo::reorder_visual(&levels);
        let letters = order.into_iter().filter_map(|index| letters.get(index));
        text.extend(letters.map(|(letter, level)| if level.is_rtl() { mirrored(*letter) } else { *letter }));
    }
    Cow::Owned(text)
}

/// Returns the other bracket of a pair. In text from right to left, an opening bracket looks like `)`.
fn mirrored(letter: char) -> char {
    match letter {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns glyphs of one letter each, at these left edges.
    fn glyphs(letters: &str, lefts: &[f64]) -> Vec<Glyph> {
        let glyph = |(letter, left): (char, &f64)| Glyph {
            text: letter.to_string(),
            left: *left,
            right: left + 5.0,
            base: 0.0,
            size: 10.0,
            bold: false,
            struck: false,
        };
        letters.chars().zip(lefts).map(glyph).collect()
    }

    fn seen(glyphs: Vec<Glyph>) -> String {
        visual_order(glyphs).into_iter().map(|glyph| glyph.text).collect()
    }

    #[test]
    fn letters_drawn_from_the_right_or_from_the_left_are_seen_the_same() {
        assert_eq!(seen(glyphs("שלום", &[15.0, 10.0, 5.0, 0.0])), "םולש");
        assert_eq!(seen(glyphs("םולש", &[0.0, 5.0, 10.0, 15.0])), "םולש");
        assert_eq!(seen(glyphs("tide", &[0.0, 5.0, 10.0, 15.0])), "tide");
    }

    #[test]
    fn forms_and_ligatures_become_letters() {
        assert_eq!(logical_order(&seen(glyphs("ﻡﻼﺳ", &[0.0, 5.0, 10.0]))), "سلام");
    }

    #[test]
    fn numbers_brackets_and_words_of_other_scripts_keep_their_order() {
        assert_eq!(logical_order("1953 תנשב הלע (תואגה) םיה"), "הים (הגאות) עלה בשנת 1953");
        assert_eq!(logical_order("םיה לש tide gauge"), "של הים tide gauge");
        assert_eq!(logical_order("the word םי is old"), "the word ים is old");
    }
}
