//! The words by which a site's own text and boxes are told from its articles, in every language together.
//!
//! The lists are data: `lexicons/<language>/site.txt`, embedded and parsed once. A file has sections (`[advert labels]`),
//! each with one entry a line, sorted. An entry is compared in lower case and with straight apostrophes; `…` at its end
//! or start stands for a space and any other words. A new language is a new file and its line in `FILES`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The file of each language.
const FILES: [&str; 11] = [
    include_str!("../lexicons/da/site.txt"),
    include_str!("../lexicons/de/site.txt"),
    include_str!("../lexicons/en/site.txt"),
    include_str!("../lexicons/es/site.txt"),
    include_str!("../lexicons/fr/site.txt"),
    include_str!("../lexicons/it/site.txt"),
    include_str!("../lexicons/ja/site.txt"),
    include_str!("../lexicons/nl/site.txt"),
    include_str!("../lexicons/pl/site.txt"),
    include_str!("../lexicons/pt/site.txt"),
    include_str!("../lexicons/ru/site.txt"),
];

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(&FILES));

type Words = Vec<&'static str>;

/// A list for each section of the files.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Labels above what was paid for. Each is the whole block.
    pub(crate) advert_labels: Words,
    /// Labels of the buttons of boxes.
    pub(crate) button_labels: Words,
    /// Headings of boxes that are the whole block, but for a number and a colon.
    pub(crate) box_headings: Words,
    /// How headings of boxes begin, whatever follows.
    pub(crate) box_heading_openings: Words,
    /// Headings over readers' comments, but for a number.
    pub(crate) comment_headings: Words,
    /// Words for comments when a number stands beside them.
    pub(crate) counted_comments: Words,
    /// How a site's own lines begin.
    pub(crate) line_openings: Words,
    /// How lines begin that are a site's own only if they are short and no sentence.
    pub(crate) scrap_openings: Words,
    /// Words that, all of a set in one short block, make it a call to subscribe or a notice of cookies.
    pub(crate) words_of_calls: Vec<Words>,
    /// Class names of what is no part of an article, wherever it is. Sorted.
    pub(crate) clutter_names: Words,
    /// Pairs of words in a class name that say the same only together.
    pub(crate) clutter_name_pairs: Vec<(&'static str, &'static str)>,
    /// What sites join to a word without a hyphen: `weatherbox`, `adwrap`.
    pub(crate) clutter_name_endings: Words,
    /// First words of classes that say what a part has, lacks or is filed under, not what it is.
    pub(crate) class_qualifiers: Words,
    /// Words of ids that say nothing of what the part is about.
    pub(crate) id_fillers: Words,
    /// Class names of readers' comments.
    pub(crate) comment_names: Words,
    /// Class names of footnotes.
    pub(crate) note_names: Words,
    /// Class names of boxes that belong to an article.
    pub(crate) matter_names: Words,
    /// Class names of the line that says who took a picture.
    pub(crate) credit_names: Words,
    /// Words by which a site, or several authors, speak of themselves.
    pub(crate) site_pronouns: Words,
    /// Words by which one person does.
    pub(crate) singular_pronouns: Words,
    /// Words by which a site speaks to its readers.
    pub(crate) reader_pronouns: Words,
    /// What a site asks of its readers, anywhere in a block.
    pub(crate) appeals: Words,
    /// What follows a name where a site says who its author is.
    pub(crate) biographies: Words,
    /// First words of sentences that are no names.
    pub(crate) never_names: Words,
}

impl Lexicon {
    fn parse(files: &[&'static str]) -> Self {
        let mut sections: BTreeMap<&str, Words> = BTreeMap::new();
        for file in files {
            for (name, entries) in read(file) {
                sections.entry(name).or_default().extend(entries);
            }
        }
        let mut raw = |name: &str| sections.remove(name).unwrap_or_default();
        let mut words = |name: &str| raw(name).into_iter().map(with_spaces).collect::<Words>();
        let mut lexicon = Self {
            advert_labels: words("advert labels"),
            button_labels: words("button labels"),
            box_headings: words("box headings"),
            box_heading_openings: words("box heading openings"),
            comment_headings: words("comment headings"),
            counted_comments: words("counted comments"),
            line_openings: words("line openings"),
            scrap_openings: words("scrap openings"),
            clutter_names: words("clutter names"),
            clutter_name_endings: words("clutter name endings"),
            class_qualifiers: words("class qualifiers"),
            id_fillers: words("id fillers"),
            comment_names: words("comment names"),
            note_names: words("note names"),
            matter_names: words("matter names"),
            credit_names: words("credit names"),
            site_pronouns: words("site pronouns"),
            singular_pronouns: words("singular pronouns"),
            reader_pronouns: words("reader pronouns"),
            appeals: words("appeals"),
            biographies: words("biographies"),
            never_names: words("never names"),
            words_of_calls: raw("words of calls")
                .into_iter()
                .map(|set| set.split(" + ").map(with_spaces).collect())
                .collect(),
            clutter_name_pairs: raw("clutter name pairs")
                .into_iter()
                .filter_map(|pair| pair.split_once(' '))
                .collect(),
        };
        assert!(sections.is_empty(), "sections that no rule reads: {:?}", sections.keys());
        lexicon.clutter_names.sort_unstable();
        lexicon
    }
}

/// The sections of a file, each with its entries as written.
fn read(file: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    file.split("\n\n").filter_map(|section| {
        let mut lines = section.lines();
        let name = lines.next()?.strip_prefix('[')?.strip_suffix(']')?;
        Some((name, lines))
    })
}

/// An entry without the sign for other words beside it: the space before or after these stays.
fn with_spaces(entry: &'static str) -> &'static str {
    let entry = entry.strip_prefix('…').unwrap_or(entry);
    entry.strip_suffix('…').unwrap_or(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_whole_sorted_in_lower_case_and_without_repetition() {
        for file in FILES {
            let read: Vec<(&str, Vec<&str>)> =
                read(file).map(|(name, list)| (name, list.collect())).collect();
            let written: Vec<String> =
                read.iter().map(|(name, list)| format!("[{name}]\n{}\n", list.join("\n"))).collect();
            assert_eq!(
                written.join("\n"),
                file,
                "every line belongs to a section, with an empty line between"
            );
            for (name, list) in read {
                let first = list.first().unwrap_or_else(|| panic!("[{name}] is empty"));
                assert!(list.is_sorted_by(|one, next| one < next), "[{name}] of {first}: sorted, each once");
                for entry in list {
                    assert_eq!(entry, entry.trim().to_lowercase().replace('’', "'"), "[{name}]");
                }
            }
        }
    }

    #[test]
    fn entries_are_parsed_by_section() {
        let file =
            "[words of calls]\nour + every …\n\n[clutter names]\nzone\n\n[clutter name pairs]\nread next\n";
        let lexicon = Lexicon::parse(&[file, "[clutter names]\nanzeige\n"]);
        assert_eq!(lexicon.words_of_calls, [["our", "every "]]);
        assert_eq!(lexicon.clutter_names, ["anzeige", "zone"]);
        assert_eq!(lexicon.clutter_name_pairs, [("read", "next")]);
        assert_eq!((with_spaces("… è autore"), LEXICON.never_names.is_empty()), (" è autore", false));
    }
}
