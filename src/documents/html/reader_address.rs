//! Detects text in which a site addresses its readers: the site speaks of itself, or appeals to readers. The words are
//! in `lexicons/<language>/site.txt`.

use super::lexicon::LEXICON;

/// Maximum length of an appeal.
const MAX_APPEAL_CHARS: usize = 280;

/// Whether a text has pronouns of the site or its readers ("our", "us", "your") outside of quotation marks.
pub(crate) fn addresses_readers(text: &str) -> bool {
    has_word_outside_quotes(text, |word| {
        LEXICON.reader_pronouns.contains(&word) || LEXICON.site_pronouns.contains(&word)
    })
}

/// Whether a block asks readers to write to the site or to support it.
pub(crate) fn is_appeal(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.chars().count() <= MAX_APPEAL_CHARS
        && has_word_outside_quotes(text, |word| {
            LEXICON.site_pronouns.contains(&word) || LEXICON.singular_pronouns.contains(&word)
        })
        && LEXICON.appeals.iter().any(|appeal| lower.contains(appeal))
}

/// Whether a lower-cased word outside of quotation marks satisfies `is`.
fn has_word_outside_quotes(text: &str, is: impl Fn(&str) -> bool) -> bool {
    let outside = text.split(['“', '”', '"', '„', '«', '»']).step_by(2);
    let mut words = outside.flat_map(|part| part.split(|c: char| !c.is_alphabetic()));
    words.any(|word| is(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addressing_readers_counts_only_outside_of_quotation_marks() {
        assert!(addresses_readers("Prints can be ordered at our desk."));
        assert!(!addresses_readers("“You will not get our bell,” said the keeper, and shut the gate."));
        assert!(is_appeal("Have you kept a letter from the flood? Send us a copy."));
        assert!(!is_appeal("If you walk on for a mile, the wall ends."));
    }
}
