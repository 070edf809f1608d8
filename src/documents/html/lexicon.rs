//! Word lists that distinguish a site's own text and boxes from its articles. The lists of all languages are
//! merged. `phrases`, `class_names` and `reader_address` use them.
//!
//! The data files `lexicons/<language>/site.txt` are embedded and parsed once. A file has sections (`[advert labels]`)
//! with one entry per line, sorted. Entries are in lower case with straight apostrophes; `…` at the end or start means
//! that other words may follow or precede. To add a language, add a file and its line in `FILES`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

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

pub(crate) static LEXICON: LazyLock<SiteLexicon> = LazyLock::new(|| SiteLexicon::parse(&FILES));

type WordList = Vec<&'static str>;

/// A list for each section of the files.
#[derive(Debug)]
pub(crate) struct SiteLexicon {
    /// Labels above advertisements. Each is a whole block.
    pub(crate) advert_labels: WordList,
    /// Labels of buttons in boxes.
    pub(crate) button_labels: WordList,
    /// Headings of boxes. Each is a whole block, apart from a number or a colon.
    pub(crate) box_headings: WordList,
    /// Openings of box headings; any words may follow.
    pub(crate) box_heading_openings: WordList,
    /// Headings of readers' comments, without a number.
    pub(crate) comment_headings: WordList,
    /// Words that are a heading of readers' comments only if a number is beside them: `3 replies`.
    pub(crate) counted_comments: WordList,
    /// Openings of the site's own lines, such as a copyright notice.
    pub(crate) line_openings: WordList,
    /// Openings of the site's own lines that also begin sentences. They count only in short lines without a full stop.
    pub(crate) short_line_openings: WordList,
    /// Sets of words. A short block that addresses readers with all words of a set is a call to subscribe or the like.
    pub(crate) call_word_sets: Vec<WordList>,
    /// Words in class names of clutter. Sorted, for binary search.
    pub(crate) clutter_names: WordList,
    /// Pairs of adjacent words in class names that mean clutter only together.
    pub(crate) clutter_name_pairs: Vec<(&'static str, &'static str)>,
    /// Suffixes that sites join to a word without a hyphen: `weatherbox`, `adwrap`.
    pub(crate) clutter_name_endings: WordList,
    /// First words of classes that describe a property of an element (`has-`, `no-`, `tag-`), not the element itself.
    pub(crate) class_qualifiers: WordList,
    /// Generic words that an id of clutter may contain, such as `container`.
    pub(crate) id_fillers: WordList,
    /// Class names of readers' comments.
    pub(crate) comment_names: WordList,
    pub(crate) note_names: WordList,
    /// Class names of boxes that belong to an article.
    pub(crate) article_box_names: WordList,
    /// Class names of photo credits.
    pub(crate) credit_names: WordList,
    /// Pronouns with which a site, or several authors, refer to themselves.
    pub(crate) site_pronouns: WordList,
    /// Pronouns with which a single author refers to themselves.
    pub(crate) singular_pronouns: WordList,
    /// Pronouns with which a site addresses its readers.
    pub(crate) reader_pronouns: WordList,
    /// Phrases that ask something of readers, anywhere in a block.
    pub(crate) appeals: WordList,
}

impl SiteLexicon {
    fn parse(files: &[&'static str]) -> Self {
        let mut sections: BTreeMap<&str, WordList> = BTreeMap::new();
        for file in files {
            for (name, entries) in read(file) {
                sections.entry(name).or_default().extend(entries);
            }
        }
        let mut raw = |name: &str| sections.remove(name).unwrap_or_default();
        let mut words = |name: &str| raw(name).into_iter().map(strip_ellipsis).collect::<WordList>();
        let mut lexicon = Self {
            advert_labels: words("advert labels"),
            button_labels: words("button labels"),
            box_headings: words("box headings"),
            box_heading_openings: words("box heading openings"),
            comment_headings: words("comment headings"),
            counted_comments: words("counted comments"),
            line_openings: words("line openings"),
            short_line_openings: words("short line openings"),
            clutter_names: words("clutter names"),
            clutter_name_endings: words("clutter name endings"),
            class_qualifiers: words("class qualifiers"),
            id_fillers: words("id fillers"),
            comment_names: words("comment names"),
            note_names: words("note names"),
            article_box_names: words("article box names"),
            credit_names: words("credit names"),
            site_pronouns: words("site pronouns"),
            singular_pronouns: words("singular pronouns"),
            reader_pronouns: words("reader pronouns"),
            appeals: words("appeals"),
            call_word_sets: raw("call word sets")
                .into_iter()
                .map(|set| set.split(" + ").map(strip_ellipsis).collect())
                .collect(),
            clutter_name_pairs: raw("clutter name pairs")
                .into_iter()
                .filter_map(|pair| pair.split_once(' '))
                .collect(),
        };
        assert!(sections.is_empty(), "unknown sections: {:?}", sections.keys());
        lexicon.clutter_names.sort_unstable();
        lexicon
    }
}

/// Splits a file into sections, each with its raw entries.
fn read(file: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    file.split("\n\n").filter_map(|section| {
        let mut lines = section.lines();
        let name = lines.next()?.strip_prefix('[')?.strip_suffix(']')?;
        Some((name, lines))
    })
}

/// Strips the `…` from an entry. The space next to it remains, so that only whole words match.
fn strip_ellipsis(entry: &'static str) -> &'static str {
    let entry = entry.strip_prefix('…').unwrap_or(entry);
    entry.strip_suffix('…').unwrap_or(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_complete_sorted_lower_case_and_unique() {
        for file in FILES {
            let read: Vec<(&str, Vec<&str>)> =
                read(file).map(|(name, list)| (name, list.collect())).collect();
            let written: Vec<String> =
                read.iter().map(|(name, list)| format!("[{name}]\n{}\n", list.join("\n"))).collect();
            assert_eq!(
                written.join("\n"),
                file,
                "every line belongs to a section; sections are separated by an empty line"
            );
            for (name, list) in read {
                let first = list.first().unwrap_or_else(|| panic!("[{name}] is empty"));
                assert!(
                    list.is_sorted_by(|one, next| one < next),
                    "[{name}] of {first}: not sorted or not unique"
                );
                for entry in list {
                    assert_eq!(entry, entry.trim().to_lowercase().replace('’', "'"), "[{name}]");
                }
            }
        }
    }

    #[test]
    fn entries_are_parsed_by_section() {
        let file =
            "[call word sets]\nour + every …\n\n[clutter names]\nzone\n\n[clutter name pairs]\nread next\n";
        let lexicon = SiteLexicon::parse(&[file, "[clutter names]\nanzeige\n"]);
        assert_eq!(lexicon.call_word_sets, [["our", "every "]]);
        assert_eq!(lexicon.clutter_names, ["anzeige", "zone"]);
        assert_eq!(lexicon.clutter_name_pairs, [("read", "next")]);
        assert_eq!(strip_ellipsis("… è autore"), " è autore");
    }
}
