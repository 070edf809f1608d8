//! Builds `search-index.js`: the texts of all pages, as entries that link to an element of a page.
//! `templates/assets/search.js` searches it in the browser.
//!
//! If templates of the site's author leave text out, the index contains it nevertheless.

mod plain;
mod script;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::Range;

use rayon::prelude::*;
use sourcewise_analysis::Voice;

use super::anchors;
use super::pages::Pages;
use super::places::PageRange;
use super::site_data::SiteData;
use super::source::silences;
use super::view::{MentionView, QuestionView, SilenceView, SourceRef};
use super::{HOME, url_path};
use crate::compare::{AnswerRef, ColumnId};
use crate::ids::PassageId;
use crate::problem::{Code, Problem};
use crate::text::one_line;
use crate::verify::{CheckedMarkdown, Page, Source, source_path};

/// The path of the index in the site.
pub(super) const INDEX: &str = "search-index.js";

/// The theme's script that searches the index.
pub(super) const SCRIPT: &str = "assets/search.js";

/// The unit of `limits.search_kb`: 1 kB is 1000 bytes.
const BYTES_PER_KB: usize = 1000;

/// A possible search result. Entries borrow their texts, because a site has very many.
#[derive(Clone, Debug, Default)]
struct SearchEntry<'a> {
    /// `page`, `question`, `source`, `answer`, `silence`, `quote` or `paragraph`.
    kind: &'static str,
    /// The URL path of the page, relative to the site's root.
    path: Cow<'a, str>,
    /// The HTML id of an element of the page; empty for the page as a whole.
    anchor: Cow<'a, str>,
    /// Empty for silences, quotes and paragraphs.
    title: Cow<'a, str>,
    /// What the entry belongs to: names of a page, a source, a question, or a place in a document such as "p. 12". For
    /// a source itself: its short name, publisher and date.
    under: Vec<Cow<'a, str>>,
    /// The columns of the sources that the entry comes from or cites; for a question, also of those that answer it.
    sources: BTreeSet<ColumnId>,
    /// The text to search, in parts.
    text: Vec<Cow<'a, str>>,
}

/// Builds the index as a script. The problem is a warning that the index is larger than `limits.search_kb`.
pub(super) fn index(data: &SiteData<'_>, pages: &Pages<'_>) -> (Vec<u8>, Option<Problem>) {
    let mut entries = Vec::new();
    // Results that match a query equally well are listed in this order.
    sources(data, pages, &mut entries);
    written_pages(data, &mut entries);
    generated_pages(data, pages, &mut entries);
    questions(data, pages, &mut entries);
    let voices = Voice::ALL.map(|voice| (voice, data.locale.voice(voice)));
    let voices = BTreeMap::from(voices);
    for column in data.columns.ids() {
        entries.extend(data.answers_of(column).filter_map(|at| answer(data, at, &voices)));
        let about = data.summary(column);
        entries
            .extend(silences(data, data.column(column)).filter_map(|silence| self::silence(about, silence)));
    }
    for column in data.columns.ids() {
        entries.extend(data.answers_of(column).flat_map(|at| quotes(data, at)));
    }
    passages(data, pages, &mut entries);
    for column in data.columns.ids() {
        found(data, column, &mut entries);
        entries.extend(paragraphs(data, data.summary(column), data.column(column)));
    }
    let index = script::script(&data.comparison.columns, &entries);
    let too_large = problem_of_size(data, &entries, index.len());
    (index.into_bytes(), too_large)
}

/// Adds an entry for the text before the first heading (`first`), and one for every heading with the text below it.
fn add_sections<'a>(
    data: &SiteData<'_>,
    mut first: SearchEntry<'a>,
    text: &'a CheckedMarkdown,
    entries: &mut Vec<SearchEntry<'a>>,
) {
    let (title, own) = (first.title.clone(), first.sources.clone());
    for section in plain::sections(text) {
        let cited = section.cites.iter().filter_map(|id| Some(data.sources.get(*id)?.column));
        let sources = own.iter().copied().chain(cited).collect();
        let words = Some(section.words).filter(|words| !words.is_empty()).map(Cow::from);
        match section.heading {
            None => {
                first.sources = sources;
                first.text.extend(words);
                entries.push(first.clone());
            }
            Some(heading) => entries.push(SearchEntry {
                anchor: heading.id.as_str().into(),
                title: heading.text.trim().into(),
                under: vec![title.clone()],
                sources,
                text: words.into_iter().collect(),
                ..first.clone()
            }),
        }
    }
}

fn written_pages<'a>(data: &'a SiteData<'_>, entries: &mut Vec<SearchEntry<'a>>) {
    let of_page = |page: &'a Page| {
        let first = SearchEntry {
            kind: "page",
            path: url_path(&page.path).into(),
            title: page.head.title.as_str().into(),
            text: page.head.description.iter().map(Cow::from).collect(),
            ..SearchEntry::default()
        };
        let mut entries = Vec::new();
        add_sections(data, first, &page.text, &mut entries);
        entries
    };
    let of_pages: Vec<Vec<SearchEntry<'_>>> = data.verified.pages.par_iter().map(of_page).collect();
    entries.extend(of_pages.into_iter().flatten());
}

/// Adds entries for the comparison, the list of sources, and a generated home page.
fn generated_pages<'a>(data: &'a SiteData<'_>, pages: &Pages<'_>, entries: &mut Vec<SearchEntry<'a>>) {
    let site = &data.verified.site;
    let page = |path, title| SearchEntry { kind: "page", path, title, ..SearchEntry::default() };
    if !data.has_home() {
        let text = site.description.iter().map(Cow::from).collect();
        entries.push(SearchEntry { text, ..page(HOME.into(), site.title.as_str().into()) });
    }
    entries.extend(pages.generated().map(|link| page(link.path.into(), link.title.into())));
}

fn questions<'a>(data: &'a SiteData<'_>, pages: &'a Pages<'_>, entries: &mut Vec<SearchEntry<'a>>) {
    for (view, question) in pages.comparison.questions.iter().zip(&data.verified.questions) {
        let QuestionView { question: about, positions, unheld, .. } = view;
        let cells = data.row(&question.id).into_iter().flat_map(|row| row.cells.enumerate());
        let answering = cells.filter(|(_, cell)| cell.state() == "says").map(|(column, _)| column);
        let held = positions.iter().map(|held| &held.position.label);
        let labels = held.chain(unheld.iter().map(|position| &position.label));
        let short = Some(&about.short).filter(|short| **short != about.title);
        let first = SearchEntry {
            kind: "question",
            path: about.path.as_str().into(),
            title: about.title.as_str().into(),
            sources: answering.collect(),
            text: short.into_iter().chain(labels).map(Cow::from).collect(),
            ..SearchEntry::default()
        };
        add_sections(data, first, &question.text, entries);
    }
}

fn sources<'a>(data: &'a SiteData<'_>, pages: &'a Pages<'_>, entries: &mut Vec<SearchEntry<'a>>) {
    for (view, source) in pages.comparison.sources.iter().zip(data.columns()) {
        let about = &view.source;
        let published = about.published.as_ref().map(|date| &date.text);
        let name = [Some(&about.short), about.publisher.as_ref()];
        let mut under: Vec<Cow<'_, str>> =
            name.into_iter().chain([published]).flatten().map(Cow::from).collect();
        under.retain(|name| *name != about.title);
        under.dedup();
        let origins = view.rests_on.iter().flat_map(|on| std::iter::once(&on.name).chain(&on.note));
        let known = view.author.iter().chain(&view.kind).chain(&about.caution).chain(origins);
        let first = SearchEntry {
            kind: "source",
            path: about.path.as_str().into(),
            title: about.title.as_str().into(),
            under,
            sources: BTreeSet::from([about.column]),
            text: known.map(Cow::from).collect(),
            ..SearchEntry::default()
        };
        match &source.notes {
            Some(notes) => add_sections(data, first, notes, entries),
            None => entries.push(first),
        }
    }
}

fn answer<'a>(
    data: &'a SiteData<'_>,
    at: AnswerRef,
    voices: &'a BTreeMap<Voice, String>,
) -> Option<SearchEntry<'a>> {
    let answer = at.of(&data.column(at.column).answers);
    let question = &data.questions[&answer.question];
    let text = [Some(&answer.summary), voices.get(&answer.voice), answer.to.as_ref()];
    Some(SearchEntry {
        kind: "answer",
        path: question.path.as_str().into(),
        anchor: data.anchors(at).answer.as_str().into(),
        title: data.position(&answer.question, &answer.position)?.label.as_str().into(),
        under: vec![data.summary(at.column).short.as_str().into(), question.title.as_str().into()],
        sources: BTreeSet::from([at.column]),
        text: text.into_iter().flatten().map(Cow::from).collect(),
    })
}

/// Returns the entry of a silence; `None` if the record gives no reason, since there is no text to search.
fn silence(source: &SourceRef, silence: SilenceView) -> Option<SearchEntry<'_>> {
    Some(SearchEntry {
        kind: "silence",
        path: silence.question.path.clone().into(),
        anchor: anchors::SILENT.into(),
        under: vec![source.short.as_str().into(), silence.question.title.clone().into()],
        sources: BTreeSet::from([source.column]),
        text: vec![silence.reason?.into()],
        ..SearchEntry::default()
    })
}

/// Adds the passages that a rule found in a source, without duplicates. If the document is published in full, its
/// paragraphs are entries instead.
fn found<'a>(data: &'a SiteData<'_>, column: ColumnId, entries: &mut Vec<SearchEntry<'a>>) {
    let source = data.column(column);
    if !source.full_text.is_empty() {
        return;
    }
    let about = data.summary(column);
    let cells = data.comparison.rows.iter().flat_map(|row| row.cells[column].found());
    let passages: BTreeSet<PassageId> = cells.map(|found| found.number).collect();
    let pages = |passage: PassageId| page_of(data, source, &passage.of(&source.passages).passage.range);
    entries.extend(passages.into_iter().map(|passage| SearchEntry {
        kind: "paragraph",
        path: about.path.as_str().into(),
        anchor: data.passage_anchor(column, passage).into(),
        under: iter::once(about.short.as_str().into()).chain(pages(passage)).collect(),
        sources: BTreeSet::from([column]),
        text: vec![one_line(&passage.of(&source.passages).text).into()],
        ..SearchEntry::default()
    }));
}

fn quotes<'a>(data: &'a SiteData<'_>, at: AnswerRef) -> impl Iterator<Item = SearchEntry<'a>> {
    let source = data.column(at.column);
    let (about, answer) = (data.summary(at.column), at.of(&source.answers));
    let ids = &data.anchors(at).quotes;
    answer.quotes.iter().zip(ids).map(move |(quote, id)| SearchEntry {
        kind: "quote",
        path: about.path.as_str().into(),
        anchor: id.as_str().into(),
        under: [about.short.as_str().into(), data.questions[&answer.question].title.as_str().into()]
            .into_iter()
            .chain(page_of(data, source, &quote.place().range()))
            .collect(),
        sources: BTreeSet::from([at.column]),
        text: vec![quote.text().into()],
        ..SearchEntry::default()
    })
}

/// Returns the page, chapter or time of a range of a document, if it is known.
fn page_of(data: &SiteData<'_>, source: &Source, range: &Range<usize>) -> Option<Cow<'static, str>> {
    PageRange::of(source, range).text(data.locale).map(Cow::from)
}

/// Returns entries for the paragraphs of a document that is published in full.
fn paragraphs<'a>(
    data: &'a SiteData<'_>,
    about: &'a SourceRef,
    source: &'a Source,
) -> impl Iterator<Item = SearchEntry<'a>> {
    source.full_text.iter().enumerate().map(move |(at, paragraph)| SearchEntry {
        kind: "paragraph",
        path: about.path.as_str().into(),
        anchor: anchors::paragraph(at).into(),
        under: iter::once(about.short.as_str().into())
            .chain(page_of(data, source, &paragraph.range))
            .collect(),
        sources: BTreeSet::from([about.column]),
        text: vec![one_line(&paragraph.text).into()],
        ..SearchEntry::default()
    })
}

/// Adds the passages on pages about a subject (`mentions` in their front matter), each for the first page that
/// shows it. Passages of documents that are published in full are left out, because their paragraphs are entries.
fn passages<'a>(data: &'a SiteData<'_>, pages: &'a Pages<'_>, entries: &mut Vec<SearchEntry<'a>>) {
    if data.columns().all(|source| source.passages.is_empty() || !source.full_text.is_empty()) {
        return;
    }
    let mut seen = BTreeSet::new();
    let excerpted = |mention: &&MentionView| data.by_id[&mention.source.id].full_text.is_empty();
    for (page, mentions) in data.verified.pages.iter().zip(&pages.mentions) {
        for mention in mentions.iter().filter(excerpted) {
            for passage in &mention.passages {
                if !seen.insert((mention.source.column, passage.place.paragraph, passage.text.clone())) {
                    continue;
                }
                entries.push(SearchEntry {
                    kind: "paragraph",
                    path: url_path(&page.path).into(),
                    anchor: anchors::MENTIONS.into(),
                    under: vec![mention.source.short.as_str().into(), page.head.title.as_str().into()],
                    sources: BTreeSet::from([mention.source.column]),
                    text: vec![one_line(&passage.text).into()],
                    ..SearchEntry::default()
                });
            }
        }
    }
}

/// Warns if the index is larger than `limits.search_kb`, and names the page with the most text.
fn problem_of_size(data: &SiteData<'_>, entries: &[SearchEntry<'_>], size: usize) -> Option<Problem> {
    let limit = data.verified.site.search_kb.as_ref()?;
    if size <= limit.value as usize * BYTES_PER_KB {
        return None;
    }
    let mut by_page: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *by_page.entry(&entry.path).or_default() += entry.text.iter().map(|text| text.len()).sum::<usize>();
    }
    let message =
        format!("the search index has {}, but `search_kb` allows {} kB", size_text(size), limit.value);
    let largest = by_page.into_iter().max_by_key(|(_, size)| *size);
    let full = data.verified.sources.iter().filter(|source| !source.full_text.is_empty());
    let full =
        full.map(|source| &source.id).find(|id| largest.is_some_and(|(path, _)| path == source_path(id)));
    let records =
        full.map_or_else(|| "the records of long documents".to_owned(), |id| format!("`seeds/{id}.toml`"));
    let help = format!("change `publish` to `\"excerpts\"` in {records}, or raise `search_kb`");
    let mut problem = Problem::warning(Code::SearchIndexLarge, limit.span, message, help);
    if let Some((path, most)) = largest {
        problem = problem.note(format!("the largest part, {}, is the text of `{path}`", size_text(most)));
    }
    Some(problem.identity("search index"))
}

/// Formats a size in kB, rounded up.
pub(super) fn size_text(bytes: usize) -> String {
    format!("{} kB", bytes.div_ceil(BYTES_PER_KB))
}
