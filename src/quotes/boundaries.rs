//! Whether an offset in a text is inside a word or a number, by UAX 29.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Fewer letters after an apostrophe are the end of a contraction, as in *won't*. So many letters or more are a word of
/// their own, as in *l'article*.
const MIN_ELIDED_WORD_LETTERS: usize = 3;

/// Whether `range` in `text` splits no word and no number.
pub fn is_whole_words(text: &str, range: Range<usize>) -> bool {
    is_word_boundary(text, range.start) && is_word_boundary(text, range.end)
}

/// Whether the offset `at` in `text` is not inside a word or number.
///
/// Word boundaries are those of UAX 29 between the two characters around the offset, except that a word may end before
/// `'s`: *Nvidia* matches in *Nvidia's*, but *won* doesn't match in *won't*. A number includes its sign and the
/// characters that join its digits: `-5`, `3.1`, `1,000`, `12:30`, `10-20`.
pub fn is_word_boundary(text: &str, at: usize) -> bool {
    let joiner = |c: &char| matches!(c, '\u{200c}' | '\u{200d}');
    let mut behind = text[..at].chars().rev().filter(|c| !joiner(c));
    let mut ahead = text[at..].chars().filter(|c| !joiner(c));
    let (Some(before), Some(after)) = (behind.next(), ahead.next()) else { return true };
    let further = (behind.next(), ahead.next());
    let pair: String = [before, after].iter().collect();
    let one_word =
        (before.is_alphanumeric() || after.is_alphanumeric()) && pair.unicode_words().next() == Some(&*pair);
    let combines = pair.graphemes(true).count() == 1;
    !(one_word || combines || splits_number(before, after, further) || splits_contraction(text, at, further))
}

/// Whether the edge between `before` and `after` is inside a number. The third argument holds the characters before
/// `before` and after `after`.
fn splits_number(
    before: char,
    after: char,
    (further_back, further_on): (Option<char>, Option<char>),
) -> bool {
    let joins = |c| matches!(c, '.' | ',' | '\'' | ':' | '·' | '/' | '-' | '⁄' | '٬' | '٫');
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    if joins(after) && before.is_numeric() {
        return digit(further_on);
    }
    if joins(before) && after.is_numeric() {
        // The joiner is between digits, or is a sign or decimal point at the start of the number.
        let starts_number = matches!(before, '-' | '.') && further_back.is_none_or(|c| !c.is_alphanumeric());
        return digit(further_back) || starts_number;
    }
    false
}

/// Whether the offset `at` is beside the apostrophe of a contraction, but not before `'s`. The third argument holds the
/// second characters before and after `at`.
fn splits_contraction(
    text: &str,
    at: usize,
    (further_back, further_on): (Option<char>, Option<char>),
) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let letters = |text: &str| text.chars().take_while(|c| c.is_alphabetic()).count();
    if text[at..].starts_with('\'') && letter(text[..at].chars().next_back()) && letter(further_on) {
        let rest = &text[at + 1..];
        return !(letters(rest) == 1 && rest.starts_with(['s', 'S']));
    }
    // After an apostrophe, a word begins only if it is long enough: *article* in *l'article*, but not *t* in *won't*.
    text[..at].ends_with('\'')
        && letter(further_back)
        && (1..MIN_ELIDED_WORD_LETTERS).contains(&letters(&text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_may_not_split_a_word_or_a_number() {
        let alone = |text: &str, part: &str| {
            let at = text.find(part).expect("part of text");
            is_whole_words(text, at..at + part.len())
        };
        assert!(alone("Nvidia's chips", "Nvidia"));
        assert!(alone("(chips)", "chips"));
        assert!(!alone("chips", "chip"));
        assert!(!alone("microchips", "chips"));
        assert!(!alone("Gemini-Pro-3.1", "Pro-3"));
        assert!(!alone("1,000", "000"));
        assert!(alone("in 2025, 3 of 5", "in 2025"));
        assert!(alone("华为芯片", "华为"));
        assert!(!alone("q\u{303}", "q"));
        assert!(!alone("micro\u{200c}chips", "chips"));
        for (text, part) in
            [("won't pay", "won"), ("can't be", "t be"), ("they're", "they"), ("-5 percent", "5")]
        {
            assert!(!alone(text, part), "{part} in {text}");
        }
        for (text, part) in [(".5", "5"), ("12:30", "30"), ("10-20", "20"), ("1'000", "000"), ("१.५", "५")]
        {
            assert!(!alone(text, part), "{part} in {text}");
        }
        assert!(alone("the firms' chips", "firms"));
        assert!(alone("l'article", "article"));
        assert!(alone("non-Western", "Western"));
        assert!(alone("COVID-19", "COVID"));
    }
}
