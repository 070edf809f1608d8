//! Footnotes. They have letters, since numbers are for citations, in the order of first mention.
//!
//! A note is in the page twice and the theme shows one of the two: as a sidenote beside its first mention where
//! there is a margin, else in the list at the end, with a link back to every mention. These notes are only at the
//! end: those with several paragraphs, those with citations (whose ids would be duplicated), and those mentioned
//! in tables, quotes and headings.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd, html};

use super::html::escaped;
use super::letters::letter;
use super::locale::Locale;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Notes with at least one mention, in the order of the first.
    mentioned: Vec<Mentioned>,
    /// The content of each note by label.
    notes: BTreeMap<String, Vec<Event<'a>>>,
    /// Possible positions of sidenotes in the text.
    positions: Vec<SidenotePosition>,
}

/// A possible position of a sidenote. Positions are filled when all notes are read.
struct SidenotePosition {
    /// Index of the placeholder event in the text.
    event: usize,
    /// Number of the note, from 1.
    note: usize,
    /// Number of the mention, from 1.
    mention: usize,
}

struct Mentioned {
    label: String,
    mentions: usize,
    /// Whether it may be shown as a sidenote.
    beside: bool,
}

impl<'a> Footnotes<'a> {
    /// Returns the HTML of a mention. `prefix` goes before ids; `beside` is the index of the placeholder event
    /// before the mention, if a sidenote may go there.
    pub(super) fn mention(
        &mut self,
        label: &str,
        prefix: &str,
        beside: Option<usize>,
        locale: &Locale,
    ) -> String {
        let at = self.mentioned.iter().position(|known| known.label == label);
        let at = at.unwrap_or_else(|| {
            self.mentioned.push(Mentioned { label: label.to_owned(), mentions: 0, beside: true });
            self.mentioned.len() - 1
        });
        // One mention in a table, say, is enough to show the note at the end only.
        self.mentioned[at].beside &= beside.is_some();
        self.mentioned[at].mentions += 1;
        let (number, mention) = (at + 1, self.mentioned[at].mentions);
        let (letter, name) = named(number, locale);
        self.positions.extend(beside.map(|event| SidenotePosition { event, note: number, mention }));
        format!(
            "<sup class=\"footnote\"><a id=\"{prefix}fnref--{number}-{mention}\" href=\"#{prefix}fn--{number}\" \
             aria-label=\"{name}\">{letter}</a></sup>"
        )
    }

    pub(super) fn define(&mut self, label: String, note: Vec<Event<'a>>) {
        self.notes.insert(label, note);
    }

    /// Fills the placeholders in the text with sidenotes where possible.
    pub(super) fn beside(&mut self, text: &mut [Event<'a>], prefix: &str, locale: &Locale) {
        for SidenotePosition { event, note: number, mention } in std::mem::take(&mut self.positions) {
            let known = &mut self.mentioned[number - 1];
            let note =
                self.notes.get(&known.label).filter(|_| known.beside).and_then(|note| one_paragraph(note));
            let Some(note) = note else {
                known.beside = false;
                continue;
            };
            let (letter, name) = named(number, locale);
            let mut html = format!(
                "<sup class=\"footnote to-side\"><a href=\"#{prefix}sn--{number}\" aria-label=\"{name}\">{letter}</a></sup>"
            );
            if mention == 1 {
                // Writing to a string can't fail.
                let _ = write!(
                    html,
                    "<span class=\"sidenote\" id=\"{prefix}sn--{number}\" role=\"note\" aria-label=\"{name}\">\
                     <span class=\"sidenote-number\" aria-hidden=\"true\">{letter}</span> {note}</span>"
                );
            }
            text[event] = Event::InlineHtml(html.into());
        }
    }

    /// Returns the list of all notes as HTML; empty if there are no notes.
    pub(super) fn finish(mut self, prefix: &str, locale: &Locale) -> String {
        let mut list = String::new();
        let mentioned = std::mem::take(&mut self.mentioned);
        // Notes without a mention are still the author's text: they come last.
        let unmentioned =
            self.notes.keys().filter(|label| !mentioned.iter().any(|known| known.label == **label));
        let unmentioned: Vec<Mentioned> =
            unmentioned.map(|label| Mentioned { label: label.clone(), mentions: 0, beside: false }).collect();
        let mut all_beside = true;
        for (index, Mentioned { label, mentions, beside }) in
            mentioned.into_iter().chain(unmentioned).enumerate()
        {
            let Some(events) = self.notes.remove(&label) else { continue };
            all_beside &= beside;
            let note = with_back_links(events, index + 1, mentions, prefix, locale);
            let class = if beside { " class=\"beside\"" } else { "" };
            // Writing to a string can't fail.
            let _ = writeln!(list, "<li{class} id=\"{prefix}fn--{0}\" value=\"{0}\">{note}</li>", index + 1);
        }
        if list.is_empty() {
            return list;
        }
        let title = escaped(&locale.text("footnotes"));
        let class = if all_beside { "footnotes all-beside" } else { "footnotes" };
        format!("<section class=\"{class}\" aria-label=\"{title}\"><ol type=\"a\">\n{list}</ol></section>\n")
    }
}

/// The letter of a note (a, b … z, aa) and its accessible name.
fn named(number: usize, locale: &Locale) -> (String, String) {
    let letter = letter(number - 1).to_lowercase();
    let name = escaped(&locale.fill("footnote", &[("n", &letter)]));
    (letter, name)
}

/// The note's HTML if it is a single paragraph without ids, which must not occur twice in a page.
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

fn with_back_links(
    events: Vec<Event<'_>>,
    number: usize,
    mentions: usize,
    prefix: &str,
    locale: &Locale,
) -> String {
    let mut note = String::new();
    html::push_html(&mut note, events.into_iter());
    let mut back = String::new();
    let name = escaped(&locale.text("back"));
    for mention in 1..=mentions {
        let _ = write!(
            back,
            " <a class=\"back\" href=\"#{prefix}fnref--{number}-{mention}\" aria-label=\"{name}\">↩</a>"
        );
    }
    // Links back go at the end of the note's last line, not below it.
    match note.trim_end().strip_suffix("</p>") {
        Some(start) => format!("{start}{back}</p>"),
        None => format!("{note}{back}"),
    }
}
