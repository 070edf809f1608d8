//! Numbers in Roman numerals, by which books number pages and chapters, and in letters, as lists have them.

/// Higher numbers are not written in Roman numerals.
const MAX_ROMAN: usize = 3_999;

const NUMERALS: [(usize, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Writes a number in small Roman numerals; `None` for 0 and for numbers above 3,999.
pub fn roman(mut number: usize) -> Option<String> {
    if number == 0 || number > MAX_ROMAN {
        return None;
    }
    let mut written = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            written.push_str(numeral);
            number -= value;
        }
    }
    Some(written)
}

/// Writes a number in letters, as lists of web pages do: `a` to `z`, then `aa`, `ab` and so on; `None` for 0.
pub(crate) fn latin(number: usize) -> Option<String> {
    let mut letters = Vec::new();
    let mut rest = number;
    while let Some(index) = rest.checked_sub(1) {
        letters.push(char::from(b'a' + u8::try_from(index % 26).ok()?));
        rest = index / 26;
    }
    (!letters.is_empty()).then(|| letters.into_iter().rev().collect())
}

/// Parses Roman numerals in small or capital letters; `None` if they are not in the form of [`roman`], such as `IIII`.
pub fn parse_roman(written: &str) -> Option<usize> {
    let written = written.to_ascii_lowercase();
    let mut rest = written.as_str();
    let mut number = 0;
    for (value, numeral) in NUMERALS {
        while let Some(after) = rest.strip_prefix(numeral) {
            number += value;
            rest = after;
        }
    }
    (roman(number)? == written).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_are_written_and_parsed() {
        for (number, written) in
            [(1, "i"), (4, "iv"), (14, "xiv"), (39, "xxxix"), (90, "xc"), (444, "cdxliv"), (1999, "mcmxcix")]
        {
            assert_eq!(roman(number).as_deref(), Some(written));
            assert_eq!(parse_roman(&written.to_uppercase()), Some(number));
        }
        assert_eq!([roman(0), roman(4000)], [None, None]);
        for unusual in ["", "iiii", "iix", "mill", "4", "ill"] {
            assert_eq!(parse_roman(unusual), None, "{unusual}");
        }
    }
}
