//! Renders citations in a text: the quoted words, if any, then the source. The source is a number with a preview in a
//! popover (numbered style), or a name in brackets (named style). `markdown.rs` renders the rest of the text.

use pulldown_cmark::{CowStr, Event};
use sourcewise_quotes::VerifiedQuote;

use super::anchors;
use super::html::{escaped, escaped_text};
use super::locale::Locale;
use super::markdown::{CiteStyle, Writer};
use super::places::{PageRange, place_view};
use super::view::{CitePlace, ReferenceView};
use crate::verify::{Citation, Locator};

impl Writer<'_> {
    /// Writes the pending citations, which are adjacent in the text: the quoted words of the first, if any, then all
    /// sources in one superscript or one pair of brackets. Then writes the white space that followed them.
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
                if run.iter().any(|index| self.has_words(*index)) {
                    // The order is kept here, because words such as *see also* depend on it. Numbers alone are sorted.
                    let items =
                        run.iter().zip(&numbers).map(|(index, (_, link))| self.with_words(*index, link));
                    let items: Vec<String> = items.collect();
                    self.html(format!("<sup class=\"cite has-words\">{}</sup>", items.join("; ")));
                } else {
                    numbers.sort();
                    let numbers: Vec<String> = numbers.into_iter().map(|(_, number)| number).collect();
                    self.html(format!("<sup class=\"cite\">{}</sup>", numbers.join(", ")));
                }
            }
            CiteStyle::Named => {
                if first.quote.is_some() {
                    self.html(" ");
                }
                let names =
                    run.iter().filter_map(|index| Some(self.with_words(*index, &self.name_link(*index)?)));
                let names: Vec<String> = names.collect();
                self.html(format!("<span class=\"cited\">({})</span>", names.join("; ")));
            }
        }
        if std::mem::take(&mut self.pending_space) {
            self.push(Event::Text(" ".into()));
        }
    }

    /// Whether something is written beside the citation's source: a prefix such as *see also*, or a place such as a
    /// page.
    fn has_words(&self, index: usize) -> bool {
        let citation = &self.text.citations[index];
        citation.prefix.is_some() || self.cited_place(citation).is_some()
    }

    /// Returns `link`, the citation's source as HTML, between the citation's prefix and place.
    fn with_words(&self, index: usize, link: &str) -> String {
        let citation = &self.text.citations[index];
        let prefix = citation.prefix.as_ref().map(|prefix| format!("{} ", escaped_text(prefix)));
        // An abbreviation and its number stay in one line.
        let place = self.cited_place(citation).map(|place| place.replacen(". ", ".\u{a0}", 1));
        let place = place.map(|place| format!(", {}", escaped_text(&place)));
        format!("{}{link}{}", prefix.unwrap_or_default(), place.unwrap_or_default())
    }

    /// Returns the place that a citation names, or else the page or time of its quote.
    fn cited_place(&self, citation: &Citation) -> Option<String> {
        let (source, locale) = (self.data.by_id.get(&citation.source)?, self.data.locale);
        match (&citation.locator, &citation.quote) {
            (Some(locator), _) => Some(located(locator, locale)),
            (None, Some(quote)) => PageRange::of(source, &quote.place().range()).cited(locale),
            (None, None) => None,
        }
    }

    /// Returns the place that a citation names, or else the page, time or chapter of its quote.
    fn full_place(&self, citation: &Citation) -> Option<String> {
        let source = self.data.by_id.get(&citation.source)?;
        let chapter =
            |quote: &VerifiedQuote| PageRange::of(source, &quote.place().range()).text(self.data.locale);
        self.cited_place(citation).or_else(|| citation.quote.as_ref().and_then(chapter))
    }

    /// Writes a block quotation: the words, then the prefix, source and place of its citation.
    pub(super) fn quotation(&mut self, index: usize) {
        let citation = &self.text.citations[index];
        let Some(quote) = &citation.quote else { return };
        let by = match self.placement.style {
            CiteStyle::Numbered => {
                self.number_link(index).map(|(_, number)| format!("<sup class=\"cite\">{number}</sup>"))
            }
            CiteStyle::Named => None,
        };
        let (Some(name), Some(source)) = (self.name_link(index), self.data.by_id.get(&citation.source))
        else {
            return;
        };
        let place =
            place_view(source, quote.place().paragraph, &quote.place().range(), self.data.locale).place;
        // The place of the quote is written in full. Earlier checks have compared a page or time in the citation with
        // it, so these add nothing and are left out. Another place, such as a section, is kept.
        let has_time = PageRange::of(source, &quote.place().range()).time.is_some();
        let is_other = |locator: &&Locator| !(locator.is_page() || has_time && locator.is_time());
        let named = citation.locator.as_ref().filter(is_other);
        let named = named.map(|locator| format!("{}, ", located(locator, self.data.locale)));
        let prefix = citation.prefix.as_ref().map(|prefix| format!("{} ", escaped_text(prefix)));
        self.html(format!(
            "\n<blockquote class=\"quotation\"><p>{}</p><footer>{}{name}{}, {}{}</footer></blockquote>\n",
            escaped_text(quote.text()),
            prefix.unwrap_or_default(),
            by.unwrap_or_default(),
            escaped_text(&named.unwrap_or_default()),
            escaped_text(&place),
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
        let source = self.data.sources.get(&citation.source)?;
        let number = source.number;
        let anchor = anchors::next_citation(citation, &mut self.cite_repeats);
        let preview = anchors::preview(number);
        let link = format!(
            "<button type=\"button\" id=\"{anchor}\" popovertarget=\"{preview}\" title=\"{0}\" aria-label=\"{1}: {0}\">{number}</button>",
            escaped(&source.title),
            escaped(&self.data.locale.numbered("source_number", number)),
        );
        let place = self.full_place(citation);
        let reference = self.references.entry(number).or_insert_with(|| ReferenceView {
            number,
            source: source.clone(),
            places: Vec::new(),
        });
        reference.places.push(CitePlace { id: anchor, place });
        Some((number, link))
    }
}

/// Returns a locator as pages show it. If it has only numbers, the word for *page* is put before them.
fn located(locator: &Locator, locale: &Locale) -> String {
    match locator.bare_pages() {
        Some(true) => locale.fill("pages", &[("n", &locator.text)]),
        Some(false) => locale.fill("page", &[("n", &locator.text)]),
        None => locator.text.clone(),
    }
}
