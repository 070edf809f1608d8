//! Footnotes: numbered by their first mention over the whole text, at its end, with a link back for every mention.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, html};

use super::words;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Labels in the order of their first mention, with the number of mentions.
    mentioned: Vec<(String, usize)>,
    /// What each says.
    notes: BTreeMap<String, Vec<Event<'a>>>,
}

impl<'a> Footnotes<'a> {
    /// The mark in the text. `prefix` goes before ids.
    pub(super) fn mention(&mut self, label: &str, prefix: &str) -> String {
        let at = self.mentioned.iter().position(|(known, _)| known == label).unwrap_or_else(|| {
            self.mentioned.push((label.to_owned(), 0));
            self.mentioned.len() - 1
        });
        self.mentioned[at].1 += 1;
        let (number, mention, name) = (at + 1, self.mentioned[at].1, words::footnote(at + 1));
        format!(
            "<sup class=\"footnote\"><a id=\"{prefix}fnref--{number}-{mention}\" href=\"#{prefix}fn--{number}\" \
             aria-label=\"{name}\">{number}</a></sup>"
        )
    }

    /// Keeps what a note says.
    pub(super) fn define(&mut self, label: String, note: Vec<Event<'a>>) {
        self.notes.insert(label, note);
    }

    /// All notes as HTML; empty where there are none.
    pub(super) fn finish(mut self, prefix: &str) -> String {
        let mut list = String::new();
        let mentioned = std::mem::take(&mut self.mentioned);
        // A note that nothing points to is the author's text all the same: it comes last.
        let idle = self.notes.keys().filter(|label| !mentioned.iter().any(|(known, _)| known == *label));
        let idle: Vec<(String, usize)> = idle.map(|label| (label.clone(), 0)).collect();
        for (index, (label, mentions)) in mentioned.into_iter().chain(idle).enumerate() {
            let Some(events) = self.notes.remove(&label) else { continue };
            let note = with_ways_back(events, index + 1, mentions, prefix);
            // Writing to a string does not fail.
            let _ = writeln!(list, "<li id=\"{prefix}fn--{}\">{note}</li>", index + 1);
        }
        if list.is_empty() {
            return list;
        }
        let title = words::footnotes();
        format!("<section class=\"footnotes\" aria-label=\"{title}\"><ol>\n{list}</ol></section>\n")
    }
}

fn with_ways_back(events: Vec<Event<'_>>, number: usize, mentions: usize, prefix: &str) -> String {
    let mut note = String::new();
    html::push_html(&mut note, events.into_iter());
    let mut back = String::new();
    for mention in 1..=mentions {
        let _ = write!(
            back,
            " <a class=\"back\" href=\"#{prefix}fnref--{number}-{mention}\" aria-label=\"{}\">↩</a>",
            words::back()
        );
    }
    // They stand at the end of the note's last line, not below it.
    match note.trim_end().strip_suffix("</p>") {
        Some(start) => format!("{start}{back}</p>"),
        None => format!("{note}{back}"),
    }
}
