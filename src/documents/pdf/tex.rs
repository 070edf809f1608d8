//! Decodes bitmap fonts of TeX. Their glyph names are numbers (`a28`), or characters that have the number of their
//! code, in one of TeX's encodings: OT1, the original one, or T1, the Cork encoding. Which encoding it is follows from
//! the numbers in use.

/// An encoding of glyphs by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TexEncoding {
    /// Has glyphs up to 127.
    Ot1,
    T1,
}

/// The first glyphs of OT1: Greek capitals, ligatures, accents, special letters.
#[rustfmt::skip]
const OT1_START: [&str; 32] = [
    "Γ", "Δ", "Θ", "Λ", "Ξ", "Π", "Σ", "Υ", "Φ", "Ψ", "Ω", "ff", "fi", "fl", "ffi", "ffl",
    "ı", "ȷ", "`", "´", "ˇ", "˘", "¯", "˚", "¸", "ß", "æ", "œ", "ø", "Æ", "Œ", "Ø",
];
/// The other glyphs of OT1 that differ from ASCII. Fonts of typewriters have ASCII's `_` and `}` where others have two
/// accents, which are rarer.
#[rustfmt::skip]
const OT1_OTHERS: [(u8, &str); 9] = [
    (34, "”"), (39, "’"), (60, "¡"), (62, "¿"), (92, "“"), (96, "‘"), (123, "–"), (124, "—"), (127, "¨"),
];
/// The first glyphs of T1: accents, quotation marks, dashes, ligatures. Two have no text: the mark between the parts of a
/// compound, which is invisible, and the small zero that makes `%` a per mille sign.
#[rustfmt::skip]
const T1_START: [&str; 32] = [
    "`", "´", "ˆ", "˜", "¨", "˝", "˚", "ˇ", "˘", "¯", "˙", "¸", "˛", "‚", "‹", "›",
    "“", "”", "„", "«", "»", "–", "—", "", "", "ı", "ȷ", "ff", "fi", "fl", "ffi", "ffl",
];
/// The glyphs of T1 from 128 to 191.
const T1_LETTERS: &str = "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£";
/// The other glyphs of T1 that differ from Latin-1.
const T1_OTHERS: [(u8, &str); 7] =
    [(39, "’"), (96, "‘"), (127, "-"), (215, "Œ"), (223, "SS"), (247, "œ"), (255, "ß")];
/// Numbers that occur in text only in OT1, if no number is above 127: ligatures, quotation marks, dashes.
const OT1_ONLY: [u8; 8] = [11, 12, 13, 14, 15, 92, 123, 124];

/// Returns the encoding of a TeX font with these codes and glyph names; `None` if it is not a TeX font.
pub(crate) fn encoding<'a>(names: impl Iterator<Item = (u8, &'a str)>) -> Option<TexEncoding> {
    let names = names.filter(|(_, name)| *name != ".notdef");
    let numbers: Option<Vec<u8>> = names.map(|(code, name)| number(code, name)).collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    let is_ot1 = numbers.iter().all(u8::is_ascii) && numbers.iter().any(|number| OT1_ONLY.contains(number));
    Some(if is_ot1 { TexEncoding::Ot1 } else { TexEncoding::T1 })
}

/// Returns the text of a glyph by its code and name, empty if it has none; `None` if the name is not a number from 0 to
/// 255.
pub(crate) fn letters(encoding: TexEncoding, code: u8, name: &str) -> Option<String> {
    let number = number(code, name)?;
    let (start, others) = match encoding {
        TexEncoding::Ot1 => (&OT1_START, &OT1_OTHERS[..]),
        TexEncoding::T1 => (&T1_START, &T1_OTHERS[..]),
    };
    let other = || others.iter().find(|(code, _)| *code == number).map(|(_, letters)| *letters);
    if let Some(letters) = start.get(usize::from(number)).copied().or_else(other) {
        return Some(letters.to_owned());
    }
    let letter = number.checked_sub(128).and_then(|index| T1_LETTERS.chars().nth(index.into()));
    Some(letter.unwrap_or(char::from(number)).to_string())
}

fn number(code: u8, name: &str) -> Option<u8> {
    if name.chars().eq([char::from(code)]) { Some(code) } else { name.strip_prefix('a')?.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_follows_from_the_numbers_in_use() {
        let read = |names: &[&str]| {
            let table = encoding(names.iter().map(|name| (1, *name))).expect("a font of TeX");
            names.iter().filter_map(|name| letters(table, 1, name)).collect::<Vec<_>>()
        };
        assert_eq!(read(&["a28", "a65"]), ["fi", "A"]);
        assert_eq!(read(&["a12", "a92"]), ["fi", "“"]);
        assert_eq!(
            read(&["a163", "a178", "a186", "a176", "a138", "a255"]),
            ["č", "š", "ž", "ř", "Ł", "ß"],
            "T1 has the letters of many languages"
        );
        assert_eq!(read(&["a13", "a14", "a7", "a92", "a131"]), ["‚", "‹", "ˇ", "\\", "Č"]);
        assert_eq!(read(&["a0", "a10", "a12", "a18", "a20", "a24"]), ["Γ", "Ω", "fi", "`", "ˇ", "¸"]);
        assert_eq!(read(&["a24", "a37"]), ["", "%"], "a part of the per mille sign is no character");
        assert!(encoding([(1, "a12"), (2, "A")].into_iter()).is_none());
        let named = [(12, "\u{c}"), (92, "\\"), (50, "2"), (65, "A")];
        let table = encoding(named.into_iter()).expect("a font of TeX");
        assert_eq!(
            named.map(|(code, name)| letters(table, code, name).unwrap_or_default()),
            ["fi", "“", "2", "A"]
        );
    }

    #[test]
    fn no_glyph_is_a_control_character() {
        for name in (0..=255).map(|code| format!("a{code}")) {
            for table in ["a12", "a65"].map(|one| encoding([(1, one)].into_iter())) {
                let letters = letters(table.expect("a font of TeX"), 1, &name).expect("a number");
                assert!(!letters.contains(char::is_control), "{name}: {letters:?}");
            }
        }
    }
}
