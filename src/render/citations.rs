//! Renders citations in a text: the quoted words, if any, then a number with a preview of the source, or the source's
//! name in brackets. `markdown.rs` renders the rest of the text.

use std::sync::Arc;

use pulldown_cmark::{CowStr, Event};

use super::anchors;
use super::html::{escaped, escaped_text};
use super::markdown::{CiteStyle, Writer};
use super::view::{CitePlace, ReferenceView, SourceRef};
use crate::ids::SourceId;

impl Writer<'_> {
    /// Writes the pending citations, which are adjacent in the text, in one pair of brackets or one superscript.
    pub(super) fn flush_cites(&mut self) {
        let run = std::mem::take(&mut self.pending_cites);
        let Some(first) = run.first().map(|index| &self.text.citations[*index]) else { return };
        if let Some(quote) = &first.quote {
            self.html(format!("<q>{}</q>", escaped_text(quote.text())));
        }
        match self.placement.style {
            CiteStyle::Numbered => {
                if first.quote.is_none() {
                    self.trim_end();
                }
                let mut numbers: Vec<(usize, String)> =
                    run.iter().filter_map(|index| self.number_link(*index)).collect();
                numbers.sort();
                let numbers: Vec<String> = numbers.into_iter().map(|(_, number)| number).collect();
                self.html(format!("<sup class=\"cite\">{}</sup>", numbers.join(", ")));
            }
            CiteStyle::Named => {
                if first.quote.is_some() {
                    self.html(" ");
                }
                let names: Vec<String> = run.iter().filter_map(|index| self.name_link(*index)).collect();
                self.html(format!("<span class=\"cited\">({})</span>", names.join("; ")));
            }
        }
        if std::mem::take(&mut self.pending_space) {
            self.push(Event::Text(" ".into()));
        }
    }

    /// Writes a block quotation with its source and paragraph.
    pub(super) fn quotation(&mut self, index: usize) {
        let citation = &self.text.citations[index];
        let Some(quote) = &citation.quote else { return };
        let by = match self.placement.style {
            CiteStyle::Numbered => {
                self.number_link(index).map(|(_, number)| format!("<sup class=\"cite\">{number}</sup>"))
            }
            CiteStyle::Named => None,
        };
        let Some(name) = self.name_link(index) else { return };
        self.html(format!(
            "\n<blockquote class=\"quotation\"><p>{}</p><footer>{name}{}, {}</footer></blockquote>\n",
            escaped_text(quote.text()),
            by.unwrap_or_default(),
            escaped_text(&self.data.locale.numbered("paragraph", quote.place().paragraph)),
        ));
    }

    /// Removes the white space at the end of the text so far, so that a superscript number follows its word directly.
    fn trim_end(&mut self) {
        let Some(stream) = self.streams.last_mut() else { return };
        if matches!(stream.last(), Some(Event::SoftBreak)) {
            stream.pop();
        }
        if let Some(Event::Text(text)) = stream.last_mut() {
            let end = text.trim_end().len();
            *text = match std::mem::replace(text, CowStr::Borrowed("")) {
                CowStr::Borrowed(text) => CowStr::Borrowed(&text[..end]),
                other => other[..end].to_owned().into(),
            };
        }
    }

    fn name_link(&self, index: usize) -> Option<String> {
        let source = self.data.sources.get(&self.text.citations[index].source)?;
        Some(format!(
            "<a href=\"{}{}\">{}</a>",
            self.placement.root,
            source.path,
            escaped_text(&source.short)
        ))
    }

    fn number_link(&mut self, index: usize) -> Option<(usize, String)> {
        let citation = &self.text.citations[index];
        let id = &citation.source;
        let source = self.data.sources.get(id)?;
        let number = self.number(id, source);
        let anchor = anchors::next_citation(citation, &mut self.cite_repeats);
        let preview = anchors::preview(number);
        let link = format!(
            "<button type=\"button\" id=\"{anchor}\" popovertarget=\"{preview}\" title=\"{0}\" aria-label=\"{1}: {0}\">{number}</button>",
            escaped(&source.title),
            escaped(&self.data.locale.numbered("source_number", number)),
        );
        self.references[number - 1].places.push(CitePlace { id: anchor });
        Some((number, link))
    }

    /// Returns the source's number in the list of references, from 1. Adds the source if the list lacks it.
    fn number(&mut self, id: &SourceId, source: &Arc<SourceRef>) -> usize {
        if let Some(at) = self.cited.iter().position(|known| known == id) {
            return at + 1;
        }
        self.cited.push(id.clone());
        let number = self.cited.len();
        self.references.push(ReferenceView { number, source: source.clone(), places: Vec::new() });
        number
    }
}
