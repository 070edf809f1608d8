//! Footnotes: lettered, since numbers are for citations, by their first mention over the whole text. They stand at its
//! end, with a link back for every mention; and once more beside the text, for pages that are wide enough.
//!
//! A note stands in the page twice, and the theme shows one of the two: beside its first mention where there is a
//! margin, else at the end. Notes of more than one paragraph, those that cite (places that cite have an id), and those
//! mentioned in tables, quotes and headings are only at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd, html};

use super::html::escaped;
use super::letters::letter;
use super::words::Words;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Those mentioned, in the order of their first mention.
    mentioned: Vec<Mentioned>,
    /// What each says.
    notes: BTreeMap<String, Vec<Event<'a>>>,
    /// Where in the text one of them may stand beside it.
    places: Vec<Place>,
}

/// A place in the text for a note: it is taken when all notes are known.
struct Place {
    /// Number of the event there.
    event: usize,
    /// Number of the note, from 1.
    note: usize,
    /// Which of its mentions it is, from 1.
    mention: usize,
}

struct Mentioned {
    label: String,
    mentions: usize,
    /// Whether it may stand beside the text.
    beside: bool,
}

impl<'a> Footnotes<'a> {
    /// The mark in the text, as HTML. `prefix` goes before ids; `beside` is the number of the event before the mark, where
    /// the note may stand.
    pub(super) fn mention(
        &mut self,
        label: &str,
        prefix: &str,
        beside: Option<usize>,
        words: &Words,
    ) -> String {
        let at = self.mentioned.iter().position(|known| known.label == label);
        let at = at.unwrap_or_else(|| {
            self.mentioned.push(Mentioned { label: label.to_owned(), mentions: 0, beside: true });
            self.mentioned.len() - 1
        });
        // A note has one place for all its marks: one that is mentioned in a table stands at the end alone.
        self.mentioned[at].beside &= beside.is_some();
        self.mentioned[at].mentions += 1;
        let (number, mention) = (at + 1, self.mentioned[at].mentions);
        let (letter, name) = named(number, words);
        self.places.extend(beside.map(|event| Place { event, note: number, mention }));
        format!(
            "<sup class=\"footnote\"><a id=\"{prefix}fnref--{number}-{mention}\" href=\"#{prefix}fn--{number}\" \
             aria-label=\"{name}\">{letter}</a></sup>"
        )
    }

    /// Keeps what a note says.
    pub(super) fn define(&mut self, label: String, note: Vec<Event<'a>>) {
        self.notes.insert(label, note);
    }

    /// Puts the notes beside the text that may stand there.
    pub(super) fn beside(&mut self, text: &mut [Event<'a>], prefix: &str, words: &Words) {
        for Place { event, note: number, mention } in std::mem::take(&mut self.places) {
            let known = &mut self.mentioned[number - 1];
            let note =
                self.notes.get(&known.label).filter(|_| known.beside).and_then(|note| one_paragraph(note));
            let Some(note) = note else {
                known.beside = false;
                continue;
            };
            let (letter, name) = named(number, words);
            let mut html = format!(
                "<sup class=\"footnote to-side\"><a href=\"#{prefix}sn--{number}\" aria-label=\"{name}\">{letter}</a></sup>"
            );
            if mention == 1 {
                // Writing to a string does not fail.
                let _ = write!(
                    html,
                    "<span class=\"sidenote\" id=\"{prefix}sn--{number}\" role=\"note\" aria-label=\"{name}\">\
                     <span class=\"sidenote-number\" aria-hidden=\"true\">{letter}</span> {note}</span>"
                );
            }
            text[event] = Event::InlineHtml(html.into());
        }
    }

    /// All notes as HTML; empty where there are none.
    pub(super) fn finish(mut self, prefix: &str, words: &Words) -> String {
        let mut list = String::new();
        let mentioned = std::mem::take(&mut self.mentioned);
        // A note that nothing points to is the author's text all the same: it comes last.
        let idle = self.notes.keys().filter(|label| !mentioned.iter().any(|known| known.label == **label));
        let idle: Vec<Mentioned> =
            idle.map(|label| Mentioned { label: label.clone(), mentions: 0, beside: false }).collect();
        let mut all_beside = true;
        for (index, Mentioned { label, mentions, beside }) in mentioned.into_iter().chain(idle).enumerate() {
            let Some(events) = self.notes.remove(&label) else { continue };
            all_beside &= beside;
            let note = with_ways_back(events, index + 1, mentions, prefix, words);
            let class = if beside { " class=\"beside\"" } else { "" };
            // Writing to a string does not fail.
            let _ = writeln!(list, "<li{class} id=\"{prefix}fn--{0}\" value=\"{0}\">{note}</li>", index + 1);
        }
        if list.is_empty() {
            return list;
        }
        let title = escaped(&words.text("footnotes"));
        let class = if all_beside { "footnotes all-beside" } else { "footnotes" };
        format!("<section class=\"{class}\" aria-label=\"{title}\"><ol type=\"a\">\n{list}</ol></section>\n")
    }
}

/// The letter of a note (a, b … z, aa), and what a screen reader calls it.
fn named(number: usize, words: &Words) -> (String, String) {
    let letter = letter(number - 1).to_lowercase();
    let name = escaped(&words.fill("footnote", &[("n", &letter)]));
    (letter, name)
}

/// A note's text as HTML, if it is one paragraph and has no ids: those can't stand in a page twice.
fn one_paragraph(note: &[Event<'_>]) -> Option<String> {
    let [Event::Start(Tag::Paragraph), inner @ .., Event::End(TagEnd::Paragraph)] = note else { return None };
    let has_id = |event: &Event<'_>| matches!(event, Event::InlineHtml(html) if html.contains(" id=\""));
    if inner.iter().any(|event| matches!(event, Event::Start(Tag::Paragraph)) || has_id(event)) {
        return None;
    }
    let mut text = String::new();
    html::push_html(&mut text, inner.iter().cloned());
    Some(text)
}

fn with_ways_back(
    events: Vec<Event<'_>>,
    number: usize,
    mentions: usize,
    prefix: &str,
    words: &Words,
) -> String {
    let mut note = String::new();
    html::push_html(&mut note, events.into_iter());
    let mut back = String::new();
    let name = escaped(&words.text("back"));
    for mention in 1..=mentions {
        let _ = write!(
            back,
            " <a class=\"back\" href=\"#{prefix}fnref--{number}-{mention}\" aria-label=\"{name}\">↩</a>"
        );
    }
    // They stand at the end of the note's last line, not below it.
    match note.trim_end().strip_suffix("</p>") {
        Some(start) => format!("{start}{back}</p>"),
        None => format!("{note}{back}"),
    }
}
