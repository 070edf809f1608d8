//! `search-index.js`: all that pages show, cut into entries, each with the place that it leads to.
//!
//! Where a site's theme shows less than the built-in one, the index still holds what that would show.

mod plain;
mod script;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sourcewise_analysis::Voice;

use super::anchors;
use super::pages::Pages;
use super::site_data::SiteData;
use super::source::silences;
use super::view::{MentionView, QuestionView, SilenceView, SourceRef};
use super::{HOME, url_path};
use crate::compare::{AnswerRef, ColumnId};
use crate::ids::PassageId;
use crate::problem::{Code, Problem};
use crate::text::one_line;
use crate::verify::{CheckedMarkdown, Page, Source};

/// Where the index lies.
pub(super) const INDEX: &str = "search-index.js";

/// The theme's script that reads it.
pub(super) const SCRIPT: &str = "assets/search.js";

/// A thousand bytes are a kB, as in `limits.search_kb`.
const KB: usize = 1000;

/// One thing that can be found. There are more of them than of anything else: what is written elsewhere is not copied.
#[derive(Clone, Debug, Default)]
struct Entry<'a> {
    /// What it is: `page`, `question`, `source`, `answer`, `silence`, `quote`, `paragraph`.
    kind: &'static str,
    /// Its page, as it stands in a URL.
    path: Cow<'a, str>,
    /// The id of its place on the page; empty for the page as a whole.
    anchor: Cow<'a, str>,
    /// Its name; empty where its words are all there is.
    title: Cow<'a, str>,
    /// What it belongs to: a page, a source, a question.
    under: Vec<Cow<'a, str>>,
    /// The sources that it is of, or cites, by column.
    sources: BTreeSet<ColumnId>,
    /// What it says.
    text: Vec<Cow<'a, str>>,
}

/// The index as a script. One that is larger than the author wants is a problem.
pub(super) fn index(data: &SiteData<'_>, pages: &Pages<'_>) -> (Vec<u8>, Option<Problem>) {
    let mut entries = Vec::new();
    // What a query finds equally well stands in this order.
    sources(data, pages, &mut entries);
    written_pages(data, &mut entries);
    generated_pages(data, pages, &mut entries);
    questions(data, pages, &mut entries);
    let voices = Voice::ALL.map(|voice| (voice, data.words.voice(voice)));
    let voices = BTreeMap::from(voices);
    for column in data.columns.ids() {
        entries.extend(data.answers_of(column).filter_map(|at| answer(data, at, &voices)));
        let about = data.about(column);
        entries
            .extend(silences(data, data.column(column)).filter_map(|silence| self::silence(about, silence)));
    }
    for column in data.columns.ids() {
        entries.extend(data.answers_of(column).flat_map(|at| quotes(data, at)));
    }
    passages(data, pages, &mut entries);
    for column in data.columns.ids() {
        found(data, column, &mut entries);
        entries.extend(paragraphs(data.about(column), data.column(column)));
    }
    let index = script::script(&data.comparison.columns, &entries);
    let too_large = problem_of_size(data, &entries, index.len());
    (index.into_bytes(), too_large)
}

/// Adds an entry with the words of a text up to its first heading, and one for every heading.
fn add_sections<'a>(
    data: &SiteData<'_>,
    mut first: Entry<'a>,
    text: &'a CheckedMarkdown,
    entries: &mut Vec<Entry<'a>>,
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
            Some(heading) => entries.push(Entry {
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

fn written_pages<'a>(data: &'a SiteData<'_>, entries: &mut Vec<Entry<'a>>) {
    let of_page = |page: &'a Page| {
        let first = Entry {
            kind: "page",
            path: url_path(&page.path).into(),
            title: page.head.title.as_str().into(),
            text: page.head.description.iter().map(Cow::from).collect(),
            ..Entry::default()
        };
        let mut entries = Vec::new();
        add_sections(data, first, &page.text, &mut entries);
        entries
    };
    let of_pages: Vec<Vec<Entry<'_>>> = data.verified.pages.par_iter().map(of_page).collect();
    entries.extend(of_pages.into_iter().flatten());
}

/// The comparison, the list of sources, and a home page that nobody wrote.
fn generated_pages<'a>(data: &'a SiteData<'_>, pages: &Pages<'_>, entries: &mut Vec<Entry<'a>>) {
    let site = &data.verified.site;
    let page = |path, title| Entry { kind: "page", path, title, ..Entry::default() };
    if !data.has_home() {
        let text = site.description.iter().map(Cow::from).collect();
        entries.push(Entry { text, ..page(HOME.into(), site.title.as_str().into()) });
    }
    entries.extend(pages.generated().map(|link| page(link.path.into(), link.title.into())));
}

fn questions<'a>(data: &'a SiteData<'_>, pages: &'a Pages<'_>, entries: &mut Vec<Entry<'a>>) {
    for (view, question) in pages.comparison.questions.iter().zip(&data.verified.questions) {
        let QuestionView { question: about, positions, unheld, .. } = view;
        let cells = data.row(&question.id).into_iter().flat_map(|row| row.cells.enumerate());
        let answering = cells.filter(|(_, cell)| cell.state() == "says").map(|(column, _)| column);
        let held = positions.iter().map(|held| &held.position.label);
        let labels = held.chain(unheld.iter().map(|position| &position.label));
        let short = Some(&about.short).filter(|short| **short != about.title);
        let first = Entry {
            kind: "question",
            path: about.path.as_str().into(),
            title: about.title.as_str().into(),
            sources: answering.collect(),
            text: short.into_iter().chain(labels).map(Cow::from).collect(),
            ..Entry::default()
        };
        add_sections(data, first, &question.text, entries);
    }
}

fn sources<'a>(data: &'a SiteData<'_>, pages: &'a Pages<'_>, entries: &mut Vec<Entry<'a>>) {
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
        let first = Entry {
            kind: "source",
            path: about.path.as_str().into(),
            title: about.title.as_str().into(),
            under,
            sources: BTreeSet::from([about.column]),
            text: known.map(Cow::from).collect(),
            ..Entry::default()
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
) -> Option<Entry<'a>> {
    let answer = at.of(&data.column(at.column).answers);
    let question = &data.questions[&answer.question];
    let text = [Some(&answer.summary), voices.get(&answer.voice), answer.to.as_ref()];
    Some(Entry {
        kind: "answer",
        path: question.path.as_str().into(),
        anchor: data.anchors(at).answer.as_str().into(),
        title: data.position(&answer.question, &answer.position)?.label.as_str().into(),
        under: vec![data.about(at.column).short.as_str().into(), question.title.as_str().into()],
        sources: BTreeSet::from([at.column]),
        text: text.into_iter().flatten().map(Cow::from).collect(),
    })
}

/// What a source doesn't say, where a reason is given.
fn silence(source: &SourceRef, silence: SilenceView) -> Option<Entry<'_>> {
    Some(Entry {
        kind: "silence",
        path: silence.question.path.clone().into(),
        anchor: anchors::SILENT.into(),
        under: vec![source.short.as_str().into(), silence.question.title.clone().into()],
        sources: BTreeSet::from([source.column]),
        text: vec![silence.reason?.into()],
        ..Entry::default()
    })
}

/// The passages that a rule found in a document of which not all is shown; each once.
fn found<'a>(data: &'a SiteData<'_>, column: ColumnId, entries: &mut Vec<Entry<'a>>) {
    let source = data.column(column);
    if !source.full_text.is_empty() {
        return;
    }
    let about = data.about(column);
    let cells = data.comparison.rows.iter().flat_map(|row| row.cells[column].found());
    let passages: BTreeSet<PassageId> = cells.map(|found| found.number).collect();
    entries.extend(passages.into_iter().map(|passage| Entry {
        kind: "paragraph",
        path: about.path.as_str().into(),
        anchor: anchors::passage(passage).into(),
        under: vec![about.short.as_str().into()],
        sources: BTreeSet::from([column]),
        text: vec![one_line(&passage.of(&source.passages).text).into()],
        ..Entry::default()
    }));
}

fn quotes<'a>(data: &'a SiteData<'_>, at: AnswerRef) -> impl Iterator<Item = Entry<'a>> {
    let (about, answer) = (data.about(at.column), at.of(&data.column(at.column).answers));
    let ids = &data.anchors(at).quotes;
    answer.quotes.iter().zip(ids).map(move |(quote, id)| Entry {
        kind: "quote",
        path: about.path.as_str().into(),
        anchor: id.as_str().into(),
        under: vec![about.short.as_str().into(), data.questions[&answer.question].title.as_str().into()],
        sources: BTreeSet::from([at.column]),
        text: vec![quote.text().into()],
        ..Entry::default()
    })
}

/// A document that is shown as a whole, by paragraph.
fn paragraphs<'a>(about: &'a SourceRef, source: &'a Source) -> impl Iterator<Item = Entry<'a>> {
    source.full_text.iter().enumerate().map(|(at, paragraph)| Entry {
        kind: "paragraph",
        path: about.path.as_str().into(),
        anchor: anchors::paragraph(at).into(),
        under: vec![about.short.as_str().into()],
        sources: BTreeSet::from([about.column]),
        text: vec![one_line(paragraph).into()],
        ..Entry::default()
    })
}

/// The passages that pages show of documents of which not all is shown; each once, where it stands first.
fn passages<'a>(data: &'a SiteData<'_>, pages: &'a Pages<'_>, entries: &mut Vec<Entry<'a>>) {
    if data.columns().all(|source| source.passages.is_empty() || !source.full_text.is_empty()) {
        return;
    }
    let mut seen = BTreeSet::new();
    let excerpted = |mention: &&MentionView| data.by_id[&mention.source.id].full_text.is_empty();
    for (page, mentions) in data.verified.pages.iter().zip(&pages.mentions) {
        for mention in mentions.iter().filter(excerpted) {
            for passage in &mention.passages {
                if !seen.insert((mention.source.column, passage.paragraph, passage.text.clone())) {
                    continue;
                }
                entries.push(Entry {
                    kind: "paragraph",
                    path: url_path(&page.path).into(),
                    anchor: anchors::MENTIONS.into(),
                    under: vec![mention.source.short.as_str().into(), page.head.title.as_str().into()],
                    sources: BTreeSet::from([mention.source.column]),
                    text: vec![one_line(&passage.text).into()],
                    ..Entry::default()
                });
            }
        }
    }
}

/// An index over `limits.search_kb` is told of, with the page that takes the most of it.
fn problem_of_size(data: &SiteData<'_>, entries: &[Entry<'_>], size: usize) -> Option<Problem> {
    let limit = data.verified.site.search_kb.as_ref()?;
    if size <= limit.value as usize * KB {
        return None;
    }
    let mut by_page: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *by_page.entry(&entry.path).or_default() += entry.text.iter().map(|text| text.len()).sum::<usize>();
    }
    let message = format!("the search index has {}, more than `search_kb` allows", size_text(size));
    let help =
        "show less of long documents (`publish = \"excerpts\"` in their records), or raise `search_kb`";
    let mut problem = Problem::warning(Code::SearchIndexLarge, limit.span, message, help);
    if let Some((path, most)) = by_page.into_iter().max_by_key(|(_, size)| *size) {
        problem = problem.note(format!("the most of it, {}, is the text of `{path}`", size_text(most)));
    }
    Some(problem.identity("search index"))
}

/// A number of bytes for reading.
pub(super) fn size_text(bytes: usize) -> String {
    format!("{} kB", bytes.div_ceil(KB))
}
