//! How a site's own voice is told from its article's: it speaks of itself to its readers, asks them for something, or
//! says who its authors are.

use super::lexicon::LEXICON;

/// Characters of an appeal.
const MAX_APPEAL_CHARS: usize = 280;

/// Whether a text speaks for a site or to its readers, outside of quotation marks: "our", "us", "your".
pub(crate) fn addresses_readers(text: &str) -> bool {
    says(text, |word| LEXICON.reader_pronouns.contains(&word) || LEXICON.site_pronouns.contains(&word))
}

/// Whether a block asks its readers to write to the site, or to do something for it.
pub(crate) fn is_appeal(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.chars().count() <= MAX_APPEAL_CHARS
        && says(text, |word| {
            LEXICON.site_pronouns.contains(&word) || LEXICON.singular_pronouns.contains(&word)
        })
        && LEXICON.appeals.iter().any(|ask| lower.contains(ask))
}

/// Whether a block says of somebody, a name its first words, what they write or do for the site.
pub(crate) fn is_bio(text: &str) -> bool {
    const MAX_BIO_CHARS: usize = 560;
    const MAX_NAME_BYTES: usize = 40;
    let short = text.chars().count() <= MAX_BIO_CHARS;
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let lower = text.to_lowercase();
    let named = lower.split_whitespace().next().is_some_and(|first| !LEXICON.never_names.contains(&first));
    let says = |phrase: &&str| lower.find(*phrase).is_some_and(|at| at <= MAX_NAME_BYTES);
    short && capital && named && LEXICON.biographies.iter().any(says)
}

/// Whether such a word stands in a text, outside of quotation marks.
fn says(text: &str, is: impl Fn(&str) -> bool) -> bool {
    let outside = text.split(['“', '”', '"', '„', '«', '»']).step_by(2);
    let mut words = outside.flat_map(|part| part.split(|c: char| !c.is_alphabetic()));
    words.any(|word| is(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_speaks_to_its_readers_outside_of_quotation_marks() {
        assert!(addresses_readers("Prints can be ordered at our desk."));
        assert!(!addresses_readers("“You will not get our bell,” said the keeper, and shut the gate."));
        assert!(is_appeal("Have you kept a letter from the flood? Send us a copy."));
        assert!(!is_appeal("If you walk on for a mile, the wall ends."));
    }

    #[test]
    fn what_is_said_of_authors_opens_with_a_name() {
        assert!(
            is_bio("Ada Quill is a writer from the islands.")
                && is_bio("Ada writes about ferries and tides.")
        );
        assert!(!is_bio("He is a writer of letters.") && !is_bio("The ferry writes off its debts."));
    }
}
