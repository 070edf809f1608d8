//! Converts superscripts and subscripts to plain characters that keep the meaning: 10⁶ is not 106.
//!
//! Formats mark superscripts and subscripts by style, which plain text doesn't have. Digits and signs become Unicode's
//! superscript and subscript characters; other text gets a `^` or `_` before it, as in TeX. The normal form in
//! `sourcewise_quotes` treats both notations alike.

/// Endings of ordinals and abbreviations that are often superscripts, as in 1ˢᵗ or Mᵐᵉ. As plain letters, they mean the
/// same.
const RAISED_ENDINGS: [&str; 22] = [
    "st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "o", "a", "os", "as", "me", "mes", "mlle", "lle",
    "gr", "tm", "sm", "r", "d",
];

/// Converts a superscript, which follows the text `before`, to Unicode superscripts if there is one for each character;
/// otherwise puts `^` before it. One of the [`RAISED_ENDINGS`] after a letter or digit stays as it is.
pub(crate) fn superscript(text: &str, before: &str) -> String {
    let follows_word = before.chars().next_back().is_some_and(char::is_alphanumeric);
    if follows_word && RAISED_ENDINGS.contains(&text.trim().to_lowercase().as_str()) {
        return text.to_owned();
    }
    shifted(text, '^', |c| match c {
        '0' => Some('⁰'),
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '4'..='9' => char::from_u32('⁴' as u32 + (c as u32 - '4' as u32)),
        '+' => Some('⁺'),
        '-' | '−' | '–' => Some('⁻'),
        '=' => Some('⁼'),
        '(' => Some('⁽'),
        ')' => Some('⁾'),
        'n' => Some('ⁿ'),
        'i' => Some('ⁱ'),
        _ => None,
    })
}

/// Converts a subscript to Unicode subscripts if there is one for each character; otherwise puts `_` before it.
pub(crate) fn subscript(text: &str) -> String {
    shifted(text, '_', |c| match c {
        '0'..='9' => char::from_u32('₀' as u32 + (c as u32 - '0' as u32)),
        '+' => Some('₊'),
        '-' | '−' | '–' => Some('₋'),
        '=' => Some('₌'),
        '(' => Some('₍'),
        ')' => Some('₎'),
        _ => None,
    })
}

/// Replaces every character of `text`. If `replacement` has none for one of them, puts `mark` before the text instead,
/// and parentheses around it unless it is one word. A text without a letter or ordinary digit stays as it is.
fn shifted(text: &str, mark: char, replacement: impl Fn(char) -> Option<char>) -> String {
    let content = text.trim();
    // Superscript or subscript digits, signs such as ™ and empty text need no mark.
    if !content.chars().any(|c| c.is_ascii_alphanumeric() || c.is_alphabetic()) {
        return text.to_owned();
    }
    let leading = &text[..text.len() - text.trim_start().len()];
    let trailing = &text[text.trim_end().len()..];
    let content = content.chars().map(&replacement).collect::<Option<String>>().unwrap_or_else(|| {
        let is_one_word = content.chars().all(char::is_alphanumeric);
        if is_one_word { format!("{mark}{content}") } else { format!("{mark}({content})") }
    });
    format!("{leading}{content}{trailing}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_signs_become_superscripts_and_subscripts() {
        assert_eq!(superscript("6", "10"), "⁶");
        assert_eq!(superscript("-12", "10"), "⁻¹²");
        assert_eq!(superscript(" 2 ", "m"), " ² ");
        assert_eq!(subscript("2"), "₂");
        assert_eq!(superscript("n+1", "2"), "ⁿ⁺¹");
    }

    #[test]
    fn other_text_is_marked_as_in_tex() {
        assert_eq!(superscript("k", "2"), "^k");
        assert_eq!(superscript("2k", "10"), "^2k");
        assert_eq!(superscript("a b", "2"), "^(a b)");
        assert_eq!(subscript("max"), "_max");
    }

    #[test]
    fn superscript_endings_of_words_and_signs_stay_as_they_are() {
        for (text, before) in
            [("st", "1"), ("me", "M"), ("ème", "2"), ("™", "Ascend"), ("*", "mill"), ("TM", "Ascend")]
        {
            assert_eq!(superscript(text, before), text);
        }
    }
}
