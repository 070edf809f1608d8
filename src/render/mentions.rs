//! Collects the answers and passages that name the subject of a page: a person or thing whose names the page's
//! front matter lists as `mentions`. `text/mentions.rs` searches for the names.

use rayon::prelude::*;
use sourcewise_quotes::VerifiedQuote;

use super::answers::answer_view;
use super::places::place_view;
use super::site_data::SiteData;
use super::view::{MentionView, PassageView};
use crate::compare::AnswerRef;
use crate::text::mentions::{Names, Searchable};
use crate::verify::{Answer, Page, Source};

/// The answers and passages of a source, prepared for a search for names.
struct SearchableSource {
    answers: Vec<Searchable>,
    passages: Vec<Searchable>,
}

impl SearchableSource {
    fn of(source: &Source) -> Self {
        let answer = |answer: &Answer| {
            let quotes = answer.quotes.iter().map(VerifiedQuote::text);
            let texts = std::iter::once(answer.summary.as_str()).chain(answer.to.as_deref()).chain(quotes);
            Searchable::new(&texts.collect::<Vec<_>>().join("\n"))
        };
        Self {
            answers: source.answers.iter().map(answer).collect(),
            passages: source.passages.iter().map(|shown| Searchable::new(&shown.text)).collect(),
        }
    }
}

/// Collects what the sources say about the subjects of pages: a list for each page of the site's author. It is
/// empty if the page's front matter lists no names as `mentions`.
pub(super) fn mentions(data: &SiteData<'_>) -> Vec<Vec<MentionView>> {
    let any = data.verified.pages.iter().any(|page| !page.head.mentions.is_empty());
    let columns: Vec<&Source> = data.columns().filter(|_| any).collect();
    let texts: Vec<SearchableSource> = columns.into_par_iter().map(SearchableSource::of).collect();
    data.verified.pages.iter().map(|page| mentions_on(data, page, &texts)).collect()
}

fn mentions_on(data: &SiteData<'_>, page: &Page, texts: &[SearchableSource]) -> Vec<MentionView> {
    if page.head.mentions.is_empty() {
        return Vec::new();
    }
    let names = Names::new(&page.head.mentions);
    let mut mentions = Vec::new();
    for ((column, of), texts) in data.columns.enumerate().zip(texts) {
        let source = of.source;
        let answers = AnswerRef::all(column, source).zip(&texts.answers);
        let answers = answers.filter(|(_, text)| names.are_in(text));
        let answers: Vec<_> = answers.filter_map(|((answer, _), _)| answer_view(data, answer)).collect();
        let passages = source.passages.iter().zip(&texts.passages);
        let passages: Vec<PassageView> = passages
            .filter(|(_, text)| names.are_in(text))
            .map(|(shown, _)| PassageView {
                text: shown.text.clone(),
                place: place_view(source, shown.passage.paragraph, &shown.passage.range, data.locale),
            })
            .collect();
        if !answers.is_empty() || !passages.is_empty() {
            mentions.push(MentionView { source: data.summary(column).clone(), answers, passages });
        }
    }
    mentions
}
