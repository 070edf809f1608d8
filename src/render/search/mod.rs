//! `search-index.js`: all that pages show, cut into entries, each with the place that it leads to.
//!
//! Where a site's theme shows less than the built-in one, the index still holds what that would show.

mod contents;
mod plain;
mod script;

pub(super) use contents::contents;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::found::passage_id;
use super::pages::Pages;
use super::view::{AnswerView, MentionView, QuestionView, SilenceView, SourceRef};
use super::views::Views;
use super::{HOME, url_path};
use crate::problem::{Code, Problem};
use crate::text::one_line;
use crate::verify::{Page, Source, Text};

/// The page of the search, which lists all pages with their headings.
pub(super) const PAGE: &str = "search.html";

/// Where the index lies.
pub(super) const INDEX: &str = "search-index.js";

/// The theme's script that reads it.
pub(super) const SCRIPT: &str = "assets/search.js";

/// A thousand bytes are a kB, as in `limits.search_kb`.
const KB: usize = 1000;

/// One thing that can be found.
#[derive(Clone, Debug, Default)]
struct Entry {
    /// What it is: `page`, `question`, `source`, `answer`, `silence`, `quote`, `paragraph`.
    kind: &'static str,
    /// Its page, as it stands in a URL.
    path: String,
    /// The id of its place on the page; empty for the page as a whole.
    anchor: String,
    /// Its name; empty where its words are all there is.
    title: String,
    /// What it belongs to: a page, a source, a question.
    under: Vec<String>,
    /// The sources that it is of, or cites, by column.
    sources: BTreeSet<usize>,
    /// What it says.
    text: Vec<String>,
}

/// The index as a script. One that is larger than the author wants is a problem.
pub(super) fn index(views: &Views<'_>, pages: &Pages<'_>) -> (Vec<u8>, Option<Problem>) {
    let mut entries = Vec::new();
    // What a query finds equally well stands in this order.
    sources(views, pages, &mut entries);
    written_pages(views, &mut entries);
    generated_pages(views, pages, &mut entries);
    questions(views, pages, &mut entries);
    let answers: Vec<Vec<AnswerView>> =
        views.columns().map(|source| views.answers_of(source).collect()).collect();
    for (source, answers) in views.columns().zip(&answers) {
        entries.extend(answers.iter().map(answer));
        let about = &views.sources[&source.id];
        entries.extend(views.silences_of(source).filter_map(|silence| self::silence(about, silence)));
    }
    entries.extend(answers.iter().flatten().flat_map(quotes));
    passages(views, pages, &mut entries);
    for source in views.columns() {
        found(views, source, &mut entries);
        entries.extend(paragraphs(&views.sources[&source.id], source));
    }
    let index = script::script(&views.comparison.columns, &entries);
    let too_large = problem_of_size(views, &entries, index.len());
    (index.into_bytes(), too_large)
}

/// Adds an entry with the words of a text up to its first heading, and one for every heading.
fn add_sections(views: &Views<'_>, mut first: Entry, text: &Text, entries: &mut Vec<Entry>) {
    let (title, own) = (first.title.clone(), first.sources.clone());
    for section in plain::sections(text) {
        let cited = section.cites.iter().filter_map(|id| Some(views.sources.get(id)?.column()));
        let sources = own.iter().copied().chain(cited).collect();
        match section.heading {
            None => {
                first.sources = sources;
                first.text.extend(Some(section.words).filter(|words| !words.is_empty()));
                entries.push(first.clone());
            }
            Some(heading) => entries.push(Entry {
                anchor: heading.id.clone(),
                title: heading.text.trim().to_owned(),
                under: vec![title.clone()],
                sources,
                text: Some(section.words).filter(|words| !words.is_empty()).into_iter().collect(),
                ..first.clone()
            }),
        }
    }
}

fn written_pages(views: &Views<'_>, entries: &mut Vec<Entry>) {
    let of_page = |page: &Page| {
        let first = Entry {
            kind: "page",
            path: url_path(&page.path),
            title: page.head.title.clone(),
            text: page.head.description.iter().cloned().collect(),
            ..Entry::default()
        };
        let mut entries = Vec::new();
        add_sections(views, first, &page.text, &mut entries);
        entries
    };
    let of_pages: Vec<Vec<Entry>> = views.verified.pages.par_iter().map(of_page).collect();
    entries.extend(of_pages.into_iter().flatten());
}

/// The comparison, the list of sources, and a home page that nobody wrote.
fn generated_pages(views: &Views<'_>, pages: &Pages<'_>, entries: &mut Vec<Entry>) {
    let site = &views.verified.site;
    let page = |path: &str, title: &str, text: Option<&String>| Entry {
        kind: "page",
        path: path.to_owned(),
        title: title.to_owned(),
        text: text.into_iter().cloned().collect(),
        ..Entry::default()
    };
    if !views.has_home() {
        entries.push(page(HOME, &site.title, site.description.as_ref()));
    }
    entries.extend(pages.generated().iter().map(|link| page(&link.path, &link.title, None)));
}

fn questions(views: &Views<'_>, pages: &Pages<'_>, entries: &mut Vec<Entry>) {
    for (view, question) in pages.comparison.questions.iter().zip(&views.verified.questions) {
        let QuestionView { question: about, positions, unheld, .. } = view;
        let cells = views.row(&question.id).into_iter().flat_map(|row| row.cells.iter().enumerate());
        let answering = cells.filter(|(_, cell)| cell.state() == "says").map(|(column, _)| column);
        let held = positions.iter().map(|held| held.position.label.clone());
        let labels = held.chain(unheld.iter().map(|position| position.label.clone()));
        let short = Some(about.short.clone()).filter(|short| *short != about.title);
        let first = Entry {
            kind: "question",
            path: about.path.clone(),
            title: about.title.clone(),
            sources: answering.collect(),
            text: short.into_iter().chain(labels).collect(),
            ..Entry::default()
        };
        add_sections(views, first, &question.text, entries);
    }
}

fn sources(views: &Views<'_>, pages: &Pages<'_>, entries: &mut Vec<Entry>) {
    for (view, source) in pages.comparison.sources.iter().zip(views.columns()) {
        let about = &view.source;
        let date = about.published.as_ref().map(|date| date.text.clone());
        let name = [Some(about.short.clone()), about.publisher.clone()];
        let mut under: Vec<String> = name.into_iter().chain([date]).flatten().collect();
        under.retain(|name| *name != about.title);
        under.dedup();
        let origins = view.rests_on.iter().flat_map(|on| std::iter::once(&on.name).chain(&on.note));
        let known = view.author.iter().chain(&view.kind).chain(&about.caution).chain(origins);
        let first = Entry {
            kind: "source",
            path: about.path.clone(),
            title: about.title.clone(),
            under,
            sources: BTreeSet::from([about.column()]),
            text: known.cloned().collect(),
            ..Entry::default()
        };
        match &source.notes {
            Some(notes) => add_sections(views, first, notes, entries),
            None => entries.push(first),
        }
    }
}

fn answer(answer: &AnswerView) -> Entry {
    let voice = std::iter::once(answer.voice_text.clone()).chain(answer.to.clone());
    Entry {
        kind: "answer",
        path: answer.question.path.clone(),
        anchor: answer.anchor.clone(),
        title: answer.position.label.clone(),
        under: vec![answer.source.short.clone(), answer.question.title.clone()],
        sources: BTreeSet::from([answer.source.column()]),
        text: std::iter::once(answer.summary.clone()).chain(voice).collect(),
    }
}

/// What a source doesn't say, where a reason is given.
fn silence(source: &SourceRef, silence: SilenceView) -> Option<Entry> {
    Some(Entry {
        kind: "silence",
        path: silence.question.path.clone(),
        anchor: "cell--silent".to_owned(),
        title: String::new(),
        under: vec![source.short.clone(), silence.question.title.clone()],
        sources: BTreeSet::from([source.column()]),
        text: vec![silence.reason?],
    })
}

/// The passages that a rule found in a document of which not all is shown; each once.
fn found(views: &Views<'_>, source: &Source, entries: &mut Vec<Entry>) {
    if !source.full_text.is_empty() {
        return;
    }
    let about = &views.sources[&source.id];
    let cells = views.comparison.rows.iter().flat_map(|row| row.cells[about.column()].found());
    let numbers: BTreeSet<usize> = cells.map(|passage| passage.number).collect();
    entries.extend(numbers.into_iter().map(|number| Entry {
        kind: "paragraph",
        path: about.path.clone(),
        anchor: passage_id(number),
        title: String::new(),
        under: vec![about.short.clone()],
        sources: BTreeSet::from([about.column()]),
        text: vec![one_line(&source.passages[number].text)],
    }));
}

fn quotes(answer: &AnswerView) -> impl Iterator<Item = Entry> + '_ {
    answer.quotes.iter().map(|quote| Entry {
        kind: "quote",
        path: answer.source.path.clone(),
        anchor: quote.id.clone(),
        title: String::new(),
        under: vec![answer.source.short.clone(), answer.question.title.clone()],
        sources: BTreeSet::from([answer.source.column()]),
        text: vec![quote.text.clone()],
    })
}

/// A document that is shown as a whole, by paragraph.
fn paragraphs<'s>(about: &'s SourceRef, source: &'s Source) -> impl Iterator<Item = Entry> + 's {
    source.full_text.iter().enumerate().map(|(at, paragraph)| Entry {
        kind: "paragraph",
        path: about.path.clone(),
        anchor: format!("paragraph--{}", at + 1),
        title: String::new(),
        under: vec![about.short.clone()],
        sources: BTreeSet::from([about.column()]),
        text: vec![one_line(paragraph)],
    })
}

/// The passages that pages show of documents of which not all is shown; each once, where it stands first.
fn passages(views: &Views<'_>, pages: &Pages<'_>, entries: &mut Vec<Entry>) {
    if views.columns().all(|source| source.passages.is_empty() || !source.full_text.is_empty()) {
        return;
    }
    let mut seen = BTreeSet::new();
    let excerpted = |mention: &&MentionView| views.by_id[&mention.source.id].full_text.is_empty();
    for (page, mentions) in views.verified.pages.iter().zip(&pages.mentions) {
        for mention in mentions.iter().filter(excerpted) {
            for passage in &mention.passages {
                if !seen.insert((mention.source.column(), passage.paragraph, passage.text.clone())) {
                    continue;
                }
                entries.push(Entry {
                    kind: "paragraph",
                    path: url_path(&page.path),
                    anchor: "page--speaks".to_owned(),
                    title: String::new(),
                    under: vec![mention.source.short.clone(), page.head.title.clone()],
                    sources: BTreeSet::from([mention.source.column()]),
                    text: vec![one_line(&passage.text)],
                });
            }
        }
    }
}

/// An index over `limits.search_kb` is told of, with the page that takes the most of it.
fn problem_of_size(views: &Views<'_>, entries: &[Entry], size: usize) -> Option<Problem> {
    let limit = views.verified.site.search_kb.as_ref()?;
    if size <= limit.value as usize * KB {
        return None;
    }
    let mut by_page: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *by_page.entry(&entry.path).or_default() += entry.text.iter().map(String::len).sum::<usize>();
    }
    let message = format!("the search index has {}, more than `search_kb` allows", size_text(size));
    let help =
        "show less of long documents (`publish = \"excerpts\"` in their records), or raise `search_kb`";
    let mut problem = Problem::warning(Code::SearchIndexLarge, limit.span, message, help);
    if let Some((path, most)) = by_page.into_iter().max_by_key(|(_, size)| *size) {
        problem = problem.note(format!("the most of it, {}, is the text of `{path}`", size_text(most)));
    }
    Some(problem.about("search index"))
}

/// A number of bytes for reading.
pub(super) fn size_text(bytes: usize) -> String {
    format!("{} kB", bytes.div_ceil(KB))
}
