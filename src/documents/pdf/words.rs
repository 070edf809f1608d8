//! Words out of glyphs: by the gaps between them, in the order of the content. Letters get plain here: ligatures in
//! parts, accents on their letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::glyphs::Glyph;

/// A gap from which there is a space between two letters, by the size of the font. The narrowest spaces of justified
/// lines are a fifth of it, kerning stays below a tenth.
pub(crate) const SPACE: f64 = 0.15;
/// A gap below which a space has been taken back: some programs draw it and step back over it.
const JOINED: f64 = 0.04;
/// How far the next letter may stand back and still go on with the word.
const BACK: f64 = 0.5;
/// How far off the line a letter may stand that belongs to it: marks of notes, exponents, indices.
const SHIFT: f64 = 0.6;
/// From how far above the line a smaller letter is raised.
const RAISED: f64 = 0.12;

/// A letter below this share of the size before it is no mark on its line: that is an initial.
const TINY: f64 = 0.45;
/// Letters of a raised mark that a line begins with, at most.
const MARK: usize = 3;

/// Letters without a gap between them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// They.
    pub(crate) text: String,
    /// Where they begin.
    pub(crate) left: f64,
    /// Where they end.
    pub(crate) right: f64,
    /// How high their line stands.
    pub(crate) base: f64,
    /// Size of their font.
    pub(crate) size: f64,
    /// Their font is bold.
    pub(crate) bold: bool,
    /// They stand small above the line, as marks of notes do.
    pub(crate) raised: bool,
    /// There was a space before them.
    pub(crate) spaced: bool,
}

/// The words of a page.
pub(crate) fn words(glyphs: &[Glyph]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    for (index, glyph) in glyphs.iter().enumerate() {
        if glyph.text.chars().all(|letter| letter.is_whitespace() || letter.is_control()) {
            spaced = true;
            continue;
        }
        let again = index.checked_sub(1).and_then(|before| glyphs.get(before));
        if again.is_some_and(|before| is_drawn_twice(before, glyph)) {
            continue;
        }
        let place = words.last().map_or(Place::Apart, |word| place(word, glyph));
        spaced &= !words.last().is_some_and(|word| is_joined(word, glyph));
        match (place, words.last_mut()) {
            (Place::Within, Some(word)) if !spaced => {
                append(&mut word.text, &glyph.text);
                word.right = word.right.max(glyph.right);
            }
            (Place::Lowered, Some(word)) => {
                word.raised = true;
                word.base = glyph.base;
                words.push(Word { spaced, ..word_of(glyph) });
            }
            (Place::Raised, Some(word)) => {
                let (base, spaced) = (word.base, spaced);
                words.push(Word { base, raised: true, spaced, ..word_of(glyph) });
            }
            (Place::Back, Some(word)) => {
                // The line that a raised mark stands on.
                let base = word.base;
                words.push(Word { base, spaced, ..word_of(glyph) });
            }
            _ => words.push(Word { spaced, ..word_of(glyph) }),
        }
        spaced = false;
    }
    words.retain_mut(|word| {
        word.text = plain(&word.text);
        !word.text.is_empty()
    });
    lower_initials(&mut words);
    words
}

/// How a glyph stands to the word before it.
enum Place {
    /// It goes on with it.
    Within,
    /// It is small and above its line.
    Raised,
    /// It goes on with the line after something raised.
    Back,
    /// It is the first letter of a line that began with something raised.
    Lowered,
    /// It is elsewhere, or after a gap.
    Apart,
}

fn place(word: &Word, glyph: &Glyph) -> Place {
    let size = word.size.max(glyph.size);
    let gap = glyph.left - word.right;
    let rise = glyph.base - word.base;
    let initial = glyph.size < TINY * word.size;
    let near = !initial && rise.abs() < SHIFT * size && gap > -BACK * size && gap < size;
    if !near {
        return Place::Apart;
    }
    let small = glyph.size < 0.9 * word.size || word.raised;
    if !word.raised
        && word.size < 0.9 * glyph.size
        && -rise > RAISED * size
        && word.text.chars().count() <= MARK
    {
        return Place::Lowered;
    }
    match (small && rise > RAISED * size, word.raised) {
        (true, true) | (false, false) if gap < SPACE * size => Place::Within,
        (true, _) => Place::Raised,
        (false, true) => Place::Back,
        (false, false) => Place::Apart,
    }
}

/// Whether a letter stands where the word ends, so that a space between them has been taken back.
fn is_joined(word: &Word, glyph: &Glyph) -> bool {
    (glyph.base - word.base).abs() < RAISED * word.size
        && (glyph.left - word.right).abs() < JOINED * word.size
}

fn word_of(glyph: &Glyph) -> Word {
    Word {
        text: glyph.text.clone(),
        left: glyph.left,
        right: glyph.right,
        base: glyph.base,
        size: glyph.size,
        bold: glyph.bold,
        raised: false,
        spaced: false,
    }
}

/// Bold is feigned by drawing a letter once more beside itself.
fn is_drawn_twice(before: &Glyph, glyph: &Glyph) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() < 0.1 * glyph.size;
    before.text == glyph.text && near(before.left, glyph.left) && near(before.base, glyph.base)
}

/// Adds letters to a word. An accent that was drawn by itself goes onto the letter after it.
fn append(word: &mut String, text: &str) {
    let accent = word.chars().last().and_then(combining);
    match (accent, text.chars().next()) {
        (Some(accent), Some(letter)) if letter.is_alphabetic() => {
            word.pop();
            word.push(if letter == 'ı' { 'i' } else { letter });
            word.push(accent);
            word.extend(text.chars().skip(1));
        }
        _ => word.push_str(text),
    }
}

/// The combining form of an accent that stands by itself. Those of ASCII are left: they are quotes and carets, too.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '´' => '\u{301}',
        '¨' => '\u{308}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        'ˇ' => '\u{30c}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        _ => return None,
    })
}

/// Ligatures in their letters, accents and letters as one, and nothing that can't be seen. Soft
/// hyphens stay: at the end of a line they tell of a broken word.
fn plain(text: &str) -> String {
    let seen = |letter: &char| {
        !letter.is_control() && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fffd}')
    };
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{fb00}'..='\u{fb06}' => plain.extend(std::iter::once(letter).nfkc()),
            // Areas for private use hold no letters.
            '\u{e000}'..='\u{f8ff}' => {}
            _ => plain.push(letter),
        }
    }
    let composed = if plain.chars().any(is_combining_mark) { plain.nfc().collect() } else { plain };
    composed.chars().filter(seen).collect()
}

/// Brings an initial that is as high as several lines back onto the line that it begins.
fn lower_initials(words: &mut [Word]) {
    for index in 1..words.len() {
        let Some([initial, next]) = words.get_mut(index - 1..=index) else { continue };
        let high = initial.size > 1.8 * next.size && initial.text.chars().count() <= 2;
        let beside =
            (next.left - initial.right).abs() < next.size && next.base > initial.base + 0.5 * next.size;
        if high && beside && next.base < initial.base + initial.size {
            initial.base = next.base;
            initial.size = next.size;
            initial.bold = next.bold;
            next.spaced = false;
            initial.right = next.left;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, left: f64, base: f64, size: f64) -> Glyph {
        Glyph { text: text.to_owned(), left, right: left + 0.5 * size, base, size, bold: false }
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        words(glyphs).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_gap_parts_words_and_a_ligature_is_its_letters() {
        let line = [glyph("ﬁ", 0.0, 0.0, 10.0), glyph("t", 5.2, 0.0, 10.0), glyph("a", 12.0, 0.0, 10.0)];
        assert_eq!(texts(&line), ["fit", "a"]);
    }

    #[test]
    fn an_accent_goes_onto_its_letter() {
        assert_eq!(texts(&[glyph("´", 0.0, 0.0, 10.0), glyph("e", 0.1, 0.0, 10.0)]), ["é"]);
    }

    #[test]
    fn a_mark_above_the_line_is_apart_and_stays_on_the_line() {
        let line = [glyph("x", 0.0, 0.0, 10.0), glyph("2", 5.0, 4.0, 6.0), glyph("y", 8.0, 0.0, 10.0)];
        let words = words(&line);
        assert_eq!(
            words.iter().map(|word| (word.raised, word.base)).collect::<Vec<_>>(),
            [(false, 0.0), (true, 0.0), (false, 0.0)]
        );
    }

    #[test]
    fn a_high_initial_comes_back_to_its_word() {
        let line = [glyph("W", 0.0, 0.0, 30.0), glyph("e", 16.0, 12.0, 10.0)];
        let words = words(&line);
        assert!(words.iter().all(|word| (word.base - 12.0).abs() < 0.1), "{words:?}");
    }
}
