//! Renders footnotes: their mentions in the text, sidenotes, and the list at the end. Notes are lettered in the order
//! of first mention; numbers are for citations.
//!
//! The page contains most notes twice, and the style sheet displays one of the two: on wide screens, except on the home
//! page, the sidenote beside the first mention; else the entry in the list, with a link back to every mention. These
//! notes are only in the list: notes that are not a single paragraph; notes with an element that has an id, such as a
//! citation, because an id may occur only once in a page; notes that are not mentioned, or mentioned in a table, block
//! quote, heading or other note; and all notes in texts of questions and sources.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd, html};

use super::html::escaped;
use super::letters::letter;
use super::locale::Locale;
use crate::ids::FastMap;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Notes with at least one mention, by label, in the order of their first mention. The index in this map, plus 1,
    /// is the note's number.
    mentioned: FastMap<String, Mentioned>,
    /// The content of each note by label.
    notes: BTreeMap<String, Vec<Event<'a>>>,
    /// Mentions beside which a sidenote may go.
    positions: Vec<SidenotePosition>,
}

/// A mention beside which a sidenote may go. The sidenote is written after the whole text has been read, because a note
/// may be defined after its mention.
struct SidenotePosition {
    /// Index of the placeholder event in the text.
    event: usize,
    /// Number of the mentioned note, from 1.
    note: usize,
    /// Number of the mention among those of the note, from 1.
    mention: usize,
}

#[derive(Clone, Copy)]
struct Mentioned {
    mentions: usize,
    /// Whether the note may be displayed as a sidenote.
    beside: bool,
}

impl<'a> Footnotes<'a> {
    /// Counts a mention and returns its HTML. `beside` is the index of the empty event before
    /// the mention that a sidenote may replace; `None` if a sidenote can't go there.
    pub(super) fn mention(&mut self, label: &str, beside: Option<usize>, locale: &Locale) -> String {
        let entry = self.mentioned.entry(label.to_owned());
        let at = entry.index();
        entry.or_insert(Mentioned { mentions: 0, beside: true });
        // If no sidenote can go beside one of its mentions, for example in a table, the note is shown in the list only.
        self.mentioned[at].beside &= beside.is_some();
        self.mentioned[at].mentions += 1;
        let (number, mention) = (at + 1, self.mentioned[at].mentions);
        let (letter, name) = letter_and_name(number, locale);
        self.positions.extend(beside.map(|event| SidenotePosition { event, note: number, mention }));
        format!(
            "<sup class=\"footnote\"><a id=\"fnref--{number}-{mention}\" href=\"#fn--{number}\" \
             aria-label=\"{name}\">{letter}</a></sup>"
        )
    }

    pub(super) fn define(&mut self, label: String, note: Vec<Event<'a>>) {
        self.notes.insert(label, note);
    }

    /// Replaces the empty events before mentions by sidenotes where possible: the first mention gets the note, later
    /// ones a link to it. Notes that can't be sidenotes are marked as such.
    pub(super) fn beside(&mut self, text: &mut [Event<'a>], locale: &Locale) {
        for SidenotePosition { event, note: number, mention } in std::mem::take(&mut self.positions) {
            let Some((label, known)) = self.mentioned.get_index_mut(number - 1) else { continue };
            let note = self.notes.get(label).filter(|_| known.beside).and_then(|note| one_paragraph(note));
            let Some(note) = note else {
                known.beside = false;
                continue;
            };
            let (letter, name) = letter_and_name(number, locale);
            let mut html = format!(
                "<sup class=\"footnote to-side\"><a href=\"#sn--{number}\" aria-label=\"{name}\">{letter}</a></sup>"
            );
            if mention == 1 {
                // Writing to a string can't fail.
                let _ = write!(
                    html,
                    "<span class=\"sidenote\" id=\"sn--{number}\" role=\"note\" aria-label=\"{name}\">\
                     <span class=\"sidenote-number\" aria-hidden=\"true\">{letter}</span> {note}</span>"
                );
            }
            text[event] = Event::InlineHtml(html.into());
        }
    }

    /// Returns the list of all defined notes as HTML; empty if there are none.
    pub(super) fn finish(mut self, locale: &Locale) -> String {
        let mut list = String::new();
        let mentioned = std::mem::take(&mut self.mentioned);
        // Notes without a mention are listed too, last: the site's author wrote them to be read.
        let unmentioned = self.notes.keys().filter(|label| !mentioned.contains_key(*label));
        let unmentioned: Vec<(String, Mentioned)> =
            unmentioned.map(|label| (label.clone(), Mentioned { mentions: 0, beside: false })).collect();
        let mut all_beside = true;
        for (index, (label, Mentioned { mentions, beside })) in
            mentioned.into_iter().chain(unmentioned).enumerate()
        {
            let Some(events) = self.notes.remove(&label) else { continue };
            all_beside &= beside;
            let note = with_back_links(events, index + 1, mentions, locale);
            let class = if beside { " class=\"beside\"" } else { "" };
            // Writing to a string can't fail.
            let _ = writeln!(list, "<li{class} id=\"fn--{0}\" value=\"{0}\">{note}</li>", index + 1);
        }
        if list.is_empty() {
            return list;
        }
        let title = escaped(&locale.text("footnotes"));
        let class = if all_beside { "footnotes all-beside" } else { "footnotes" };
        format!("<section class=\"{class}\" aria-label=\"{title}\"><ol type=\"a\">\n{list}</ol></section>\n")
    }
}

/// Returns the letter of a note (a, b … z, aa) and the label of its links for screen readers.
fn letter_and_name(number: usize, locale: &Locale) -> (String, String) {
    let letter = letter(number - 1).to_lowercase();
    let name = escaped(&locale.fill("footnote", &[("n", &letter)]));
    (letter, name)
}

/// Returns the note's HTML if it is a single paragraph without ids; `None` if it can't be a sidenote. An id must not
/// occur twice in a page, and the list has the note, too.
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

fn with_back_links(events: Vec<Event<'_>>, number: usize, mentions: usize, locale: &Locale) -> String {
    let mut note = String::new();
    html::push_html(&mut note, events.into_iter());
    let mut back = String::new();
    let name = escaped(&locale.text("back"));
    for mention in 1..=mentions {
        let _ = write!(
            back,
            " <a class=\"back\" href=\"#fnref--{number}-{mention}\" aria-label=\"{name}\">↩</a>"
        );
    }
    // Links back go at the end of the note's last line, not below it.
    match note.trim_end().strip_suffix("</p>") {
        Some(start) => format!("{start}{back}</p>"),
        None => format!("{note}{back}"),
    }
}
