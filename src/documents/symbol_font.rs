//! The encoding of the font Symbol, in which Word documents and PDF files write signs and Greek letters.

/// The characters of the codes from 0x20 and from 0xA0. The codes of `�` are unused, or are pieces of large brackets,
/// which plain text doesn't need.
const HALVES: [&str; 2] = [
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_�αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…��↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑�����������〉∫⌠�⌡���������",
];

/// Returns the character of a code in the font Symbol; `None` if the code is in neither half.
pub(crate) fn symbol(code: u8) -> Option<char> {
    let [lower, upper] = HALVES;
    match code {
        0x20..=0x7e => lower.chars().nth(usize::from(code - 0x20)),
        0xa0..=0xfe => upper.chars().nth(usize::from(code - 0xa0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_characters() {
        assert_eq!(HALVES.map(|half| half.chars().count()), [95, 95]);
        for (code, character) in
            [(0x2d, '−'), (0x61, 'α'), (0x7e, '∼'), (0xa3, '≤'), (0xe5, '∑'), (0xf1, '〉'), (0xf2, '∫')]
        {
            assert_eq!(symbol(code), Some(character), "{code:#x}");
        }
        assert_eq!(symbol(0x7f), None);
        assert_eq!(symbol(0xff), None);
    }
}
