//! Finds the words in quotation marks in a text, in double and in single ones. Most single marks are apostrophes, so
//! they count only where no apostrophe can be. `”` and `»` open a quotation in some languages and close it in others.

use std::ops::Range;

/// Opening marks, each with the marks that close it.
const MARKS: [(char, &[char]); 12] = [
    ('"', &['"']),
    ('“', &['”']),
    ('”', &['”']),
    ('„', &['“', '”', '"']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('「', &['」']),
    ('『', &['』']),
    ('‹', &['›']),
    ('‚', &['‘', '’']),
    ('‘', &['’']),
    ('\'', &['\'']),
];

/// Single quotation marks that are also used as apostrophes.
const APOSTROPHES: [char; 3] = ['\'', '’', '‘'];

/// What may be between a space and an opening single mark, or between the mark and the first word.
const OPENING_PUNCTUATION: [char; 10] = ['(', '[', '{', '"', '“', '„', '«', '—', '–', '-'];

/// Words that begin with an apostrophe, without it: ’tis, rock ’n’ roll, ’s avonds.
const SHORTENED_WORDS: [&str; 27] = [
    "tis", "twas", "twere", "twill", "twould", "tisn", "twasn", "em", "n", "til", "till", "cause", "cos",
    "coz", "bout", "round", "neath", "gainst", "tween", "midst", "nother", "cept", "fraid", "im", "er", "s",
    "t",
];

/// Before a full stop, a word up to this length counts as an abbreviation, such as *Mr.*
const MAX_ABBREVIATION_LETTERS: usize = 3;

/// What may be, besides spaces, between a citation and a quotation that belongs to it.
const BEFORE_OWN_QUOTATION: [char; 2] = ['(', ':'];

/// Returns the byte ranges of the words inside quotation marks, without the marks. Marks that are not closed are
/// ignored.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, open)) =
        text[from..].char_indices().find(|(_, c)| MARKS.iter().any(|(open, _)| open == c))
    {
        let start = from + at + open.len_utf8();
        let closing = closing_marks(open);
        let is_single = closing.iter().any(|mark| APOSTROPHES.contains(mark));
        let is_unsure = is_single || matches!(open, '”' | '»');
        let len = if is_unsure && !opens_quotation(&text[..from + at], open, &text[start..]) {
            None
        } else if is_single {
            single_quotation_len(&text[start..], closing)
        } else {
            text[start..].find(closing)
        };
        let Some(len) = len else {
            from = start;
            continue;
        };
        found.push(start..start + len);
        let close = text[start + len..].chars().next().map_or(0, char::len_utf8);
        from = start + len + close;
    }
    found
}

/// The double marks that can open a quotation.
pub(super) const DOUBLE_MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// Returns the marks that close a quotation which `open` opens; none if it opens no quotation.
pub(super) fn closing_marks(open: char) -> &'static [char] {
    MARKS.iter().find(|(mark, _)| *mark == open).map_or(&[], |(_, closing)| closing)
}

/// Removes a pair of double quotation marks around a whole quote, because the page adds marks of its own. A quote with
/// more such marks inside stays as it is.
pub fn without_own_marks(quote: &str) -> &str {
    let trimmed = quote.trim();
    let inner = |open: char| {
        let inner = trimmed.strip_prefix(open)?.strip_suffix(closing_marks(open))?;
        (!inner.contains(open) && !inner.contains(closing_marks(open))).then_some(inner)
    };
    DOUBLE_MARKS.into_iter().find_map(inner).unwrap_or(quote)
}

/// Whether a mark opens a quotation, although it may also be an apostrophe or close one. It must be at the start of a
/// word. An apostrophe also begins years and shortened words: *’90s*, *’tis*. So the word must be neither.
fn opens_quotation(before: &str, mark: char, after: &str) -> bool {
    let is_at_start =
        before.chars().next_back().is_none_or(|c| c.is_whitespace() || OPENING_PUNCTUATION.contains(&c));
    let begins_word =
        after.starts_with(|c: char| c.is_alphanumeric() || c == '…' || OPENING_PUNCTUATION.contains(&c));
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let year = word.trim_end_matches('s');
    let is_year = year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit());
    let is_shortened = APOSTROPHES.contains(&mark) && (is_year || SHORTENED_WORDS.contains(&word.as_str()));
    is_at_start && begins_word && !is_shortened
}

/// Returns the length of a quotation that a single mark closes. `after` begins with its words. `None` if no mark closes
/// it before the next sentence begins.
fn single_quotation_len(after: &str, closing: &[char]) -> Option<usize> {
    let closes = |at: &usize| {
        let (words, rest) = after.split_at(*at);
        let mut rest = rest.chars().skip(1);
        words.ends_with(|c: char| !c.is_whitespace()) && rest.next().is_none_or(|c| !c.is_alphanumeric())
    };
    let len = after.match_indices(closing).map(|(at, _)| at).find(closes)?;
    (!has_sentence_end(&after[..len])).then_some(len)
}

/// Whether a sentence ends inside the text, and another begins with a capital. A full stop after a short word does not
/// count, because that may be an abbreviation.
fn has_sentence_end(text: &str) -> bool {
    let ends = |(at, _): (usize, &str)| {
        let after = &text[at + 1..];
        let word = text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).count();
        let is_abbreviation = text[at..].starts_with('.') && word <= MAX_ABBREVIATION_LETTERS;
        let begins = after.trim_start().starts_with(char::is_uppercase);
        after.starts_with(char::is_whitespace) && begins && !is_abbreviation
    };
    text.match_indices(['.', '!', '?']).any(ends)
}

/// Returns the byte range of the words of a quotation that begins directly after a citation: `[@gazette] ("words")`.
/// `after` is the text after the citation.
pub(super) fn quotation_after_citation(after: &str) -> Option<Range<usize>> {
    let at = after.find(|c: char| !c.is_whitespace() && !BEFORE_OWN_QUOTATION.contains(&c))?;
    let first = quotations(after).into_iter().next()?;
    let open = after[at..].chars().next().map_or(0, char::len_utf8);
    (at + open == first.start).then_some(first)
}

/// Whether a [`quotation_after_citation`] belongs to that citation, although another citation follows `after`, the text
/// between the two. It does if `(`, `:` or no space is before it, and more words or `)` are after it.
pub(super) fn is_of_citation_before(after: &str, quoted: &Range<usize>) -> bool {
    let follows = after[..quoted.start].trim_start().starts_with(BEFORE_OWN_QUOTATION)
        || !after.starts_with(char::is_whitespace);
    let rest = &after[quoted.end..];
    follows && rest.contains(|c: char| c.is_alphanumeric() || c == ')')
}

/// Returns those of the [`quotations`] that are in the last sentence of the text.
pub(super) fn quotations_of_last_sentence(text: &str) -> Vec<Range<usize>> {
    let mut all = quotations(text);
    all.retain(|quoted| {
        let ends_inside = text[quoted.clone()].ends_with(['.', '!', '?']);
        let after: String = text[quoted.end..].chars().skip(1).collect();
        let mut letters = after.chars().filter(|c| !c.is_whitespace());
        let begins_sentence = ends_inside && letters.next().is_some_and(char::is_uppercase);
        !begins_sentence && ![". ", "! ", "? "].iter().any(|end| after.trim_end().contains(end))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_in_single_marks_are_quotations() {
        for (text, words) in [
            ("They ‘signed the order at noon’", "signed the order at noon"),
            ("They 'signed the order at noon'", "signed the order at noon"),
            ("They 'signed the order at noon', they say.", "signed the order at noon"),
            ("'Signed the order,' they say", "Signed the order,"),
            ("(‘the old wheel’)", "the old wheel"),
            ("so—‘the old wheel’—they say", "the old wheel"),
            ("‘didn’t sign the order’", "didn’t sign the order"),
            ("'didn't sign the order'", "didn't sign the order"),
            ("‘[they] signed it’.", "[they] signed it"),
            ("‘… signed the order’", "… signed the order"),
            ("‚die Mühle am Fluss‘ brannte", "die Mühle am Fluss"),
            ("‚im Sommer des Jahres‘", "im Sommer des Jahres"),
            ("‚die Mühle am Fluss’ brannte", "die Mühle am Fluss"),
            ("‹la roue du moulin›", "la roue du moulin"),
            ("It broke. ‘Mr. Ash signed it’", "Mr. Ash signed it"),
            ("‘120 men signed it’", "120 men signed it"),
            ("‘was it “signed” at noon?’", "was it “signed” at noon?"),
            ("the mill’s ‘old wheel broke’ there", "old wheel broke"),
            ("the boys’ ‘old wheel’ broke", "old wheel"),
        ] {
            assert_eq!(found(text), [words], "{text}");
        }
    }

    #[test]
    fn double_marks_of_many_languages_are_found() {
        for text in [
            "„old wheel“",
            "„old wheel”",
            "„old wheel\"",
            "»old wheel«",
            "»old wheel»",
            "”old wheel”",
            "«old wheel»",
        ] {
            assert_eq!(found(&format!("The {text} and the {text}.")), ["old wheel"; 2], "{text}");
        }
        for text in ["he said” and the old wheel”", "dit-il », et la roue » tourne"] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        for text in [
            "the boys' house and the girls' house",
            "the boys’ house and the girls’ house",
            "’tis the millers’ wheel",
            "'tis the millers' wheel",
            "‘tis the millers’ wheel",
            "'Twas the night of the millers' feast",
            "in the '90s the millers' wheel broke",
            "in the ‘90s the millers’ wheel broke",
            "the summer of '69 and the millers' feast",
            "tell 'em the millers' wheel broke",
            "'s avonds zagen de boeren' de molen'",
            "O'Brien's and the millers' wheel",
            "a beam of 5' and one of 10' length",
            "5' 10\u{2033} and 6' 2\u{2033}",
            "don't say the millers' wheel won't turn",
            "'cause the millers' wheel broke",
            "they were singin' and dancin' all night",
            "James' and Charles' mills",
            "wait 'til the millers' feast",
            "'It broke. The millers' wheel",
            "an open 'mark and no end",
            "a ' b ' c",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(found("rock ’n’ roll"), Vec::<&str>::new());
        assert_eq!(found("rock 'n' roll \"at the mill\""), ["at the mill"]);
        assert_eq!(found("the '90s' \"old wheel\""), ["old wheel"]);
    }

    #[test]
    fn marks_around_a_whole_quote_are_its_own() {
        for marked in [
            "“old wheel,”",
            "\"old wheel,\"",
            "„old wheel,“",
            "„old wheel,”",
            "«old wheel,»",
            "»old wheel,«",
            "»old wheel,»",
            "”old wheel,”",
            "„old wheel,\"",
            " “old wheel,” ",
        ] {
            assert_eq!(without_own_marks(marked), "old wheel,", "{marked}");
        }
        for whole in
            ["“old,” they say, “wheel”", "old “wheel”", "“old” wheel", "‘old wheel’", "“", "“old wheel"]
        {
            assert_eq!(without_own_marks(whole), whole);
        }
    }

    #[test]
    fn a_quotation_can_begin_directly_after_a_citation() {
        for (text, words) in [
            ("(\"old wheel\")", Some("old wheel")),
            (" (“old wheel”) broke", Some("old wheel")),
            (": ‘old wheel’", Some("old wheel")),
            (" \"old wheel\"", Some("old wheel")),
            (" and \"old wheel\"", None),
            (". \"Old wheel\"", None),
            (" (see \"old wheel\")", None),
            ("", None),
        ] {
            assert_eq!(quotation_after_citation(text).map(|range| &text[range]), words, "{text}");
        }
    }
}
