//! Composes accents with the letters that they are drawn over. Some fonts, such as TeX's older ones, have no accented
//! letters: an `é` is an `e` and an accent, two glyphs one above the other.

use unicode_normalization::char::is_combining_mark;

use super::glyphs::Glyph;
use super::right_to_left::has_letters;

/// Maximum distance between the baselines of an accent and its letter, relative to the font size. Accents of capital
/// letters are raised.
const MAX_RISE: f64 = 0.5;

/// Returns the glyphs with each accent composed with the letter before or after it, if it is drawn over that letter.
pub(crate) fn composed(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut composed: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for mut glyph in with_marks(glyphs) {
        let before = composed.last_mut();
        if let Some(letter) = before
            && let Some(accent) = accent(&glyph).filter(|_| is_over(&glyph, letter))
        {
            add(letter, accent);
            continue;
        }
        let before = composed.last().and_then(|before| accent(before).filter(|_| is_over(before, &glyph)));
        if let Some(accent) = before {
            composed.pop();
            add(&mut glyph, accent);
        }
        composed.push(glyph);
    }
    composed
}

/// Returns the glyphs with each combining mark, such as a vowel point, joined to its letter. Fonts state no width for
/// marks. With a default width, a mark would fill the space between two words.
fn with_marks(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let is_mark = |glyph: &Glyph| !glyph.text.is_empty() && glyph.text.chars().all(is_combining_mark);
    if !glyphs.iter().any(is_mark) {
        return glyphs;
    }
    let mut joined: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut waiting: Vec<Glyph> = Vec::new();
    for mut glyph in glyphs {
        if is_mark(&glyph) {
            waiting.push(glyph);
            continue;
        }
        let before = joined.last_mut().filter(|before| waiting.iter().all(|mark| is_at(mark, before)));
        let is_reversed = has_letters(&glyph.text)
            && waiting.iter().all(|mark| is_at(mark, &glyph))
            && before.as_ref().is_none_or(|before| before.left < glyph.left);
        let marks = waiting.drain(..);
        match before {
            // Text that is read from right to left may be drawn from left to right: then marks precede their letter.
            _ if is_reversed => marks.rev().for_each(|mark| glyph.text.push_str(&mark.text)),
            Some(before) => marks.for_each(|mark| before.text.push_str(&mark.text)),
            None => joined.extend(marks),
        }
        joined.push(glyph);
    }
    match joined.last_mut() {
        Some(last) => waiting.iter().for_each(|mark| last.text.push_str(&mark.text)),
        None => joined.append(&mut waiting),
    }
    joined
}

/// Whether a mark is drawn less than the font size away from a letter.
fn is_at(mark: &Glyph, letter: &Glyph) -> bool {
    letter.text.contains(char::is_alphabetic)
        && (letter.left - letter.size..letter.right + letter.size).contains(&mark.left)
        && (mark.base - letter.base).abs() < letter.size
}

/// Returns the combining form of a glyph that is a spacing accent.
fn accent(glyph: &Glyph) -> Option<char> {
    let mut letters = glyph.text.chars();
    letters.next().filter(|_| letters.next().is_none()).and_then(combining)
}

/// Whether an accent is drawn over or under a letter.
fn is_over(accent: &Glyph, letter: &Glyph) -> bool {
    let middle = f64::midpoint(accent.left, accent.right);
    letter.text.chars().next_back().is_some_and(char::is_alphabetic)
        && (letter.left..=letter.right).contains(&middle)
        && (accent.base - letter.base).abs() < MAX_RISE * letter.size
}

fn add(letter: &mut Glyph, accent: char) {
    if letter.text == "ı" {
        "i".clone_into(&mut letter.text);
    }
    letter.text.push(accent);
}

/// Returns the combining form of a spacing accent: U+0301 for `´`.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' | 'ˋ' => '\u{300}',
        '´' | 'ˊ' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(glyphs: &[(&str, f64, f64)]) -> String {
        let glyph = |(text, left, base): &(&str, f64, f64)| Glyph {
            text: (*text).to_owned(),
            left: *left,
            right: left + 5.0,
            base: *base,
            size: 10.0,
            bold: false,
            struck: false,
        };
        composed(glyphs.iter().map(glyph).collect()).into_iter().map(|glyph| glyph.text).collect()
    }

    #[test]
    fn an_accent_is_composed_with_the_letter_under_it() {
        assert_eq!(
            texts(&[("m", 0.0, 0.0), ("´", 5.2, 0.0), ("u", 5.0, 0.0), ("e", 10.0, 0.0)]),
            "mu\u{301}e"
        );
        assert_eq!(texts(&[("E", 0.0, 0.0), ("`", 0.4, 2.5), ("s", 5.0, 0.0)]), "E\u{300}s");
        assert_eq!(texts(&[("¨", 0.1, 0.0), ("ı", 0.0, 0.0)]), "i\u{308}");
    }

    #[test]
    fn combining_marks_are_joined_to_their_letter_in_either_direction() {
        assert_eq!(texts(&[("e", 0.0, 0.0), ("\u{301}", 5.0, 0.0), ("t", 5.0, 0.0)]), "e\u{301}t");
        let letters = ["א", "א\u{5b8}"];
        let drawn_left_to_right = [("א", 0.0, 0.0), ("\u{5b8}", 7.0, 0.0), ("א", 5.0, 0.0)];
        assert_eq!(texts(&drawn_left_to_right), letters.concat());
        let drawn_right_to_left = [("א", 5.0, 0.0), ("\u{5b8}", 7.0, 0.0), ("א", 0.0, 0.0)];
        assert_eq!(texts(&drawn_right_to_left), [letters[1], letters[0]].concat());
        assert_eq!(texts(&[("\u{301}", 0.0, 0.0)]), "\u{301}");
    }

    #[test]
    fn an_accent_beside_a_letter_stays() {
        assert_eq!(texts(&[("x", 0.0, 0.0), ("^", 5.0, 0.0), ("2", 10.0, 0.0), ("~", 15.0, 0.0)]), "x^2~");
    }
}
