//! How a site's own voice is told from its article's: it speaks of itself to its readers, asks them for something, or
//! says who its authors are.

/// Words by which a site speaks of itself.
#[rustfmt::skip]
const SELF: &[&str] = &[
    "our", "us", "me", "my", "unser", "unsere", "unserem", "unseren", "unserer", "uns", "mir", "mein", "meine", "nuestra",
    "nuestras", "nuestro", "nuestros", "notre", "nos", "nous", "nossa", "nosso", "nostra", "nostro", "onze", "ons",
];
/// Words of `SELF` by which one person speaks.
const ALONE: &[&str] = &["me", "my", "mir", "mein", "meine"];
/// Words by which it speaks to its readers.
#[rustfmt::skip]
const YOU: &[&str] =
    &["you", "your", "ihnen", "euch", "usted", "ustedes", "vos", "votre", "vous", "você", "jouw"];
/// The most characters of an appeal.
const APPEAL_CHARS: usize = 280;

/// Whether a text speaks for a site or to its readers, outside of quotation marks: "our", "us", "your".
pub(super) fn addresses_readers(text: &str) -> bool {
    says(text, |word| YOU.contains(&word) || (SELF.contains(&word) && !ALONE.contains(&word)))
}

/// Whether a block asks its readers to write to the site, or to do something for it.
pub(super) fn is_appeal(text: &str) -> bool {
    #[rustfmt::skip]
    const ASKS: &[&str] = &[
        "please ", "if you ", "if this ", "do you ", "did you ", "have you ", "are you ", "write to ", "send ", "call ",
        "email", "e-mail", "contact ", "tell us", "visit ", "@", "bitte ", "schreiben sie", "haben sie", "wenn sie",
        "escríb", "si usted", "s'il vous", "si vous", "écrivez", "scriv",
    ];
    let lower = text.to_lowercase();
    lower.chars().count() <= APPEAL_CHARS
        && says(text, |word| SELF.contains(&word))
        && ASKS.iter().any(|ask| lower.contains(ask))
}

/// Whether a block says of somebody, a name its first words, what they write or do for the site.
pub(super) fn is_bio(text: &str) -> bool {
    #[rustfmt::skip]
    const WRITES: &[&str] = &[
        " is a freelance ", " is a journalist", " is a reporter", " is a staff writer", " is a writer", " is an author",
        " is an editor", " is the author of ", " is the editor", " is a columnist", " is a correspondent",
        " is a senior ", " is a contributing ", " writes about ", " writes for ", " writes on ", " has written for ",
        " has been writing ", " has covered ", " reports for ", " schreibt seit ", " schreibt für ", " schreibt über ",
        " ist redakteur", " ist freie", " ist journalist", " ist autor", " berichtet für ", " berichtet seit ",
        " escribe sobre ", " escribe para ", " es periodista", " es escritor", " es redactor", " est journaliste",
        " écrit sur ", " écrit pour ", " scrive di ", " scrive per ", " è giornalista", " è un giornalista",
        " è una giornalista", " is redacteur", " schrijft over ", " schrijft voor ", " é jornalista",
    ];
    const NO_NAMES: &[&str] = &[
        "a", "an", "and", "but", "das", "der", "die", "el", "er", "es", "he", "her", "his", "il", "in", "it",
        "la", "le", "one", "she", "sie", "that", "the", "there", "these", "they", "this", "those", "today",
        "who",
    ];
    const BIO_CHARS: usize = 560;
    const NAME_BYTES: usize = 40;
    let short = text.chars().count() <= BIO_CHARS;
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let lower = text.to_lowercase();
    let named = lower.split_whitespace().next().is_some_and(|first| !NO_NAMES.contains(&first));
    let says = |phrase: &&str| lower.find(*phrase).is_some_and(|at| at <= NAME_BYTES);
    short && capital && named && WRITES.iter().any(says)
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
