//! Groups glyphs into words by the gaps between them, in content order: the order in which the page draws them.

use std::collections::BTreeMap;

use super::accents;
use super::glyphs::Glyph;
use super::letters::normalized;
use super::right_to_left;
use crate::text::UNKNOWN;

// The gaps, distances and sizes of these constants are relative to the font size, unless their comments say otherwise.

/// A gap at least this wide is a space. The narrowest spaces of justified lines are 0.2 wide, gaps from kerning at most
/// 0.1.
pub(crate) const MIN_SPACE_GAP: f64 = 0.15;
/// Maximum gap between two words in which a space glyph is ignored: some programs draw a space and move back over it.
const MAX_JOINED_GAP: f64 = 0.04;
/// Maximum distance by which a glyph overlaps the word that it continues.
const MAX_BACKSTEP: f64 = 0.5;
/// Maximum distance of the baseline of a superscript or subscript from the baseline of its line.
const MAX_BASELINE_SHIFT: f64 = 0.6;
/// Minimum distance of the baseline of a superscript above the baseline of its line.
const MIN_SUPERSCRIPT_RISE: f64 = 0.12;
/// Minimum distance of the baseline of a subscript below the baseline of its line.
const MIN_SUBSCRIPT_DROP: f64 = 0.06;
/// Minimum distance of the baseline of a superscript or subscript from the baseline of its line, if it is as large as
/// the text of the line. The lowered letter in the name of TeX is not a subscript: its distance is 0.215 in most fonts.
const MIN_LARGE_SHIFT: f64 = 0.24;
/// Minimum gap by which readers see that digits are two groups of one number: 11 200.
const MIN_DIGIT_GAP: f64 = 0.07;
/// Minimum difference between the gap before a group of digits and the gaps between its digits.
const MIN_GAP_DIFFERENCE: f64 = 0.04;

/// Minimum font size of a superscript, relative to the word before. If a glyph is smaller, that word is a drop cap.
const MIN_SUPERSCRIPT_SIZE: f64 = 0.45;
/// Maximum font size of a superscript, relative to the text beside it.
const MAX_SUPERSCRIPT_SIZE: f64 = 0.9;
/// Maximum length of a superscript at the start of a line, such as a note marker.
const MAX_LEADING_SUPERSCRIPT_CHARS: usize = 3;
/// Maximum distance between two consecutive copies of a glyph, which simulate bold.
const MAX_COPY_OFFSET: f64 = 0.1;
/// Maximum distance between two copies of a glyph that other glyphs separate, in points.
const MAX_COPY_OFFSET_POINTS: f64 = 1.0;
/// Minimum font size of a drop cap, relative to the next word.
const MIN_DROP_CAP_SIZE: f64 = 1.8;
const MAX_DROP_CAP_CHARS: usize = 2;
/// Minimum distance of a drop cap's baseline below the next word's baseline, relative to the font size of that word.
const MIN_DROP_CAP_DEPTH: f64 = 0.5;

/// The number of digits in a group of a number. The first group may have fewer.
pub(crate) const MAX_GROUP_DIGITS: usize = 3;
/// The character for a narrow gap between two groups of digits of a number.
pub(crate) const NARROW_SPACE: char = '\u{202f}';

/// A word: glyphs without a gap between them, and their position on the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlacedWord {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// The baseline of the line that the word is on; also for a superscript, whose own baseline is higher.
    pub(crate) base: f64,
    /// The font size, in points.
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) script: Script,
    pub(crate) struck: bool,
    pub(crate) space_before: bool,
}

/// Whether a word is on the baseline of its line, or raised or lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Baseline,
    /// Above the baseline and mostly smaller, like a note marker or an exponent.
    Raised,
    /// Below the baseline, like the number in H₂O.
    Lowered,
}

impl PlacedWord {
    pub(crate) fn is_raised(&self) -> bool {
        self.script == Script::Raised
    }
}

/// Groups the glyphs of a page into words.
pub(crate) fn words(glyphs: &[Glyph]) -> Vec<PlacedWord> {
    let glyphs = right_to_left::visual_order(accents::composed(without_copies(glyphs)));
    let mut words: Vec<PlacedWord> = Vec::new();
    let mut space_before = true;
    for (index, glyph) in glyphs.iter().enumerate() {
        if glyph.text.chars().all(|letter| letter.is_whitespace() || letter.is_control()) {
            space_before = true;
            continue;
        }
        let relation = words.last().map_or(GlyphRelation::NewWord, |word| relation(word, glyph));
        space_before &= !words.last().is_some_and(|word| is_joined(word, glyph));
        match (relation, words.last_mut()) {
            (GlyphRelation::SameWord, Some(word)) if !space_before && word.struck == glyph.struck => {
                if has_digit_gap(word, glyphs.get(index..).unwrap_or_default()) {
                    word.text.push(NARROW_SPACE);
                }
                word.text.push_str(&glyph.text);
                word.right = word.right.max(glyph.right);
            }
            (GlyphRelation::AfterLeadingSuperscript, Some(word)) => {
                word.script = Script::Raised;
                word.base = glyph.base;
                words.push(PlacedWord { space_before, ..word_of(glyph) });
            }
            (GlyphRelation::SameLine(script), Some(word)) => {
                // The base of a superscript or subscript is the baseline of its line.
                let base = word.base;
                words.push(PlacedWord { base, script, space_before, ..word_of(glyph) });
            }
            (GlyphRelation::SameWord, Some(word)) => {
                let (base, script) = (word.base, word.script);
                words.push(PlacedWord { base, script, space_before, ..word_of(glyph) });
            }
            _ => words.push(PlacedWord { space_before, ..word_of(glyph) }),
        }
        space_before = false;
    }
    words.retain_mut(|word| {
        word.text = normalized(&word.text);
        !word.text.is_empty()
    });
    remove_unknown_bullets(&mut words);
    lower_drop_caps(&mut words);
    words
}

/// Returns the words of glyphs that are not grouped into lines, such as hidden ones, joined by spaces.
pub(crate) fn joined(glyphs: &[Glyph]) -> String {
    let mut text = String::new();
    for word in words(glyphs) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&right_to_left::logical_order(&word.text));
    }
    text
}

/// Returns the glyphs without those that repeat an earlier one at nearly the same position, to simulate bold or a
/// shadow.
fn without_copies(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut places: BTreeMap<(&str, i64, i64), Vec<&Glyph>> = BTreeMap::new();
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut previous: Option<&Glyph> = None;
    for glyph in glyphs {
        let place = |shift_x: i64, shift_y: i64| {
            (glyph.text.as_str(), cell(glyph.left) + shift_x, cell(glyph.base) + shift_y)
        };
        let shifts = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (x, y)));
        let is_copy = !glyph.text.trim().is_empty()
            && (previous.is_some_and(|before| is_drawn_twice(before, glyph, f64::MAX))
                || shifts
                    .filter_map(|(x, y)| places.get(&place(x, y)))
                    .flatten()
                    .any(|before| is_drawn_twice(before, glyph, MAX_COPY_OFFSET_POINTS)));
        previous = Some(glyph);
        if !is_copy {
            places.entry(place(0, 0)).or_default().push(glyph);
            kept.push(glyph.clone());
        }
    }
    kept
}

/// Returns the number of the strip that a coordinate is in. Strips are `MAX_COPY_OFFSET_POINTS` wide, so two copies are
/// in the same strip or in adjacent ones.
#[expect(clippy::cast_possible_truncation, reason = "coordinates are below a million")]
fn cell(coordinate: f64) -> i64 {
    (coordinate / MAX_COPY_OFFSET_POINTS).floor() as i64
}

/// How a glyph relates to the word before it.
enum GlyphRelation {
    SameWord,
    /// The glyph is on the line of the word but not part of it, and one of the two is a superscript or subscript. Holds
    /// whether the glyph is raised or lowered.
    SameLine(Script),
    /// The glyph is larger and lower than the word before, which therefore is a superscript at the start of the line.
    AfterLeadingSuperscript,
    /// The glyph is on another line, or after a gap.
    NewWord,
}

fn relation(word: &PlacedWord, glyph: &Glyph) -> GlyphRelation {
    let size = word.size.max(glyph.size);
    let gap = glyph.left - word.right;
    let rise = glyph.base - word.base;
    let after_drop_cap = glyph.size < MIN_SUPERSCRIPT_SIZE * word.size;
    let near =
        !after_drop_cap && rise.abs() < MAX_BASELINE_SHIFT * size && gap > -MAX_BACKSTEP * size && gap < size;
    if !near {
        return GlyphRelation::NewWord;
    }
    if word.script == Script::Baseline
        && word.size < MAX_SUPERSCRIPT_SIZE * glyph.size
        && -rise > MIN_SUPERSCRIPT_RISE * size
        && word.text.chars().count() <= MAX_LEADING_SUPERSCRIPT_CHARS
    {
        return GlyphRelation::AfterLeadingSuperscript;
    }
    let small = glyph.size < MAX_SUPERSCRIPT_SIZE * word.size || word.script != Script::Baseline;
    let is_shifted = |least: f64, shift: f64| shift > if small { least } else { MIN_LARGE_SHIFT } * size;
    let script = if is_shifted(MIN_SUPERSCRIPT_RISE, rise) {
        Script::Raised
    } else if is_shifted(MIN_SUBSCRIPT_DROP, -rise) {
        Script::Lowered
    } else {
        Script::Baseline
    };
    match (script, word.script) {
        (script, same) if script == same && gap < MIN_SPACE_GAP * size => GlyphRelation::SameWord,
        (Script::Baseline, Script::Baseline) => GlyphRelation::NewWord,
        _ => GlyphRelation::SameLine(script),
    }
}

/// Whether a gap that is too narrow for a space separates the groups of a number (11 200): it is wider than the gaps
/// between the next three digits. `group` begins with the glyph after the gap.
fn has_digit_gap(word: &PlacedWord, group: &[Glyph]) -> bool {
    let is_digit =
        |glyph: &Glyph| glyph.text.len() == 1 && glyph.text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(first) = group.first() else { return false };
    let gap = first.left - word.right;
    let follows = |pair: &&[Glyph]| match pair {
        [one, other] => is_digit(other) && other.left - one.right < gap - MIN_GAP_DIFFERENCE * first.size,
        _ => false,
    };
    let before = word.text.bytes().rev().take_while(u8::is_ascii_digit).count();
    (1..=MAX_GROUP_DIGITS).contains(&before)
        && gap > MIN_DIGIT_GAP * first.size
        && is_digit(first)
        && group.windows(2).take_while(follows).count() + 1 == MAX_GROUP_DIGITS
}

/// Whether a glyph begins where the word ends, so that a space glyph between them is ignored.
fn is_joined(word: &PlacedWord, glyph: &Glyph) -> bool {
    (glyph.base - word.base).abs() < MIN_SUPERSCRIPT_RISE * word.size
        && (glyph.left - word.right).abs() < MAX_JOINED_GAP * word.size
}

fn word_of(glyph: &Glyph) -> PlacedWord {
    PlacedWord {
        text: glyph.text.clone(),
        left: glyph.left,
        right: glyph.right,
        base: glyph.base,
        size: glyph.size,
        bold: glyph.bold,
        script: Script::Baseline,
        struck: glyph.struck,
        space_before: false,
    }
}

/// Whether a glyph repeats an earlier one, with an offset below `MAX_COPY_OFFSET`, `most` points and half its width.
fn is_drawn_twice(before: &Glyph, glyph: &Glyph, most: f64) -> bool {
    let width = (glyph.right - glyph.left) / 2.0;
    let near =
        |one: f64, other: f64| (one - other).abs() < (MAX_COPY_OFFSET * glyph.size).min(most).min(width);
    before.text == glyph.text && near(before.left, glyph.left) && near(before.base, glyph.base)
}

/// Removes unknown glyphs that stand alone at the start of a line: they are bullets of lists.
fn remove_unknown_bullets(words: &mut Vec<PlacedWord>) {
    let mut before: Option<(f64, f64)> = None;
    words.retain(|word| {
        let follows = before.is_some_and(|(base, right)| {
            (base - word.base).abs() < word.size && right <= word.left + word.size
        });
        before = Some((word.base, word.right));
        follows || word.text.chars().any(|letter| letter != UNKNOWN)
    });
}

/// Moves a drop cap, several lines high, up to the baseline of the next word, and gives it the size of that word.
fn lower_drop_caps(words: &mut [PlacedWord]) {
    for index in 1..words.len() {
        let Some([cap, next]) = words.get_mut(index - 1..=index) else { continue };
        let high = cap.size > MIN_DROP_CAP_SIZE * next.size && cap.text.chars().count() <= MAX_DROP_CAP_CHARS;
        let beside = (next.left - cap.right).abs() < next.size
            && next.base > cap.base + MIN_DROP_CAP_DEPTH * next.size;
        if high && beside && next.base < cap.base + cap.size {
            cap.base = next.base;
            cap.size = next.size;
            cap.bold = next.bold;
            next.space_before = false;
            cap.right = next.left;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, left: f64, base: f64, size: f64) -> Glyph {
        Glyph {
            text: text.to_owned(),
            left,
            right: left + 0.5 * size,
            base,
            size,
            bold: false,
            struck: false,
        }
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        words(glyphs).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_gap_separates_words_and_ligatures_are_decomposed() {
        let line = [glyph("ﬁ", 0.0, 0.0, 10.0), glyph("t", 5.2, 0.0, 10.0), glyph("a", 12.0, 0.0, 10.0)];
        assert_eq!(texts(&line), ["fit", "a"]);
    }

    #[test]
    fn a_spacing_accent_is_composed_with_its_letter() {
        assert_eq!(texts(&[glyph("´", 0.0, 0.0, 10.0), glyph("e", 0.1, 0.0, 10.0)]), ["é"]);
    }

    #[test]
    fn a_superscript_is_a_word_on_the_baseline_of_its_line() {
        let line = [glyph("x", 0.0, 0.0, 10.0), glyph("2", 5.0, 4.0, 6.0), glyph("y", 8.0, 0.0, 10.0)];
        let words = words(&line);
        assert_eq!(
            words.iter().map(|word| (word.is_raised(), word.base)).collect::<Vec<_>>(),
            [(false, 0.0), (true, 0.0), (false, 0.0)]
        );
    }

    #[test]
    fn a_drop_cap_moves_to_the_line_of_its_word() {
        let line = [glyph("W", 0.0, 0.0, 30.0), glyph("e", 16.0, 12.0, 10.0)];
        let words = words(&line);
        assert!(words.iter().all(|word| (word.base - 12.0).abs() < 0.1), "{words:?}");
    }
}
