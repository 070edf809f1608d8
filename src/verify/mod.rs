//! Fourth phase: what the author claims → what holds. Quotes, citations, links, and every id that points somewhere.
//!
//! What doesn't hold becomes a problem and is dropped; the rest goes on, so that one run shows everything. No template
//! takes a quote that isn't a [`VerifiedQuote`], which [`sourcewise_quotes`] alone makes.

mod blocks;
mod body;
mod checked;
mod cite;
mod context;
mod headings;
mod inline;
mod links;
mod pages;
mod passage;
mod paths;
mod plain;
mod problems;
mod quotes;
mod records;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rayon::prelude::*;
use sourcewise_analysis::Voice;
use sourcewise_quotes::VerifiedQuote;

pub use body::{Citation, Image, Link, Piece, Text};
pub use headings::Heading;
pub use links::{LinkTarget, pair_path, question_path, source_path};
pub use passage::ShownPassage;
pub use plain::Plain;

use crate::files::Span;
use crate::ids::{FastMap, OriginId, PositionId, QuestionId, SourceId};
use crate::load::{About, Basis, Loaded, Lock, PageHead, Site, SiteFiles, SourceDraft};
use crate::problem::Problems;
use crate::segment::Corpus;

use checked::{Findings, check_all};
use context::Context;

/// Everything that holds.
#[derive(Debug)]
pub struct Verified {
    /// What holds for the whole site.
    pub site: Site,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// The sources, by id.
    pub sources: Vec<Source>,
    /// The pages, by path.
    pub pages: Vec<Page>,
    /// Sources whose quotes could be held against nothing, since the lock can't be read.
    pub unverifiable: BTreeSet<SourceId>,
}

impl Verified {
    /// Every text that the author wrote: of pages, of questions, the notes of sources.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let pages = self.pages.iter().map(|page| &page.text);
        let questions = self.questions.iter().map(|question| &question.text);
        pages.chain(questions).chain(self.sources.iter().filter_map(|source| source.notes.as_ref()))
    }

    /// Whether every two sources have a page side by side.
    pub fn has_pairs(&self) -> bool {
        has_pairs(self.sources.len(), self.sources.iter().any(|source| !source.answers.is_empty()))
    }

    /// Whether there is a feed.
    pub fn has_feed(&self) -> bool {
        let heads = self.pages.iter().map(|page| &page.head);
        paths::has_feed(&self.site, heads, self.sources.iter().map(|source| &source.about))
    }

    /// Every quote of the site, in answers and in texts, with its source.
    pub fn quotes(&self) -> impl Iterator<Item = (&SourceId, &VerifiedQuote)> {
        let answers = self.sources.iter().flat_map(|source| {
            let quotes = source.answers.iter().flat_map(|answer| &answer.quotes);
            quotes.map(|quote| (&source.id, quote))
        });
        let cited = self.texts().flat_map(|text| &text.citations);
        answers.chain(cited.filter_map(|citation| Some((&citation.source, citation.quote.as_ref()?))))
    }
}

/// How many sources a site may have for every two of them to get a page side by side: 66 pages. Beyond, the pages would
/// outgrow the site.
const PAIRED_SOURCES: usize = 12;

/// Where nobody has noted any answer, there is nothing in which two could agree or differ.
fn has_pairs(sources: usize, answered: bool) -> bool {
    (2..=PAIRED_SOURCES).contains(&sources) && answered
}

/// A question whose text holds.
#[derive(Debug)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// Whether the author wrote it, or it is a topic that a rule found.
    pub basis: Basis,
    /// What was looked for in documents that have no record.
    pub terms: Vec<String>,
    /// The question itself.
    pub title: String,
    /// A shorter form.
    pub short: String,
    /// The answers that exist, each with its label.
    pub positions: IndexMap<PositionId, String>,
    /// Why it matters.
    pub text: Text,
}

/// A source whose answers hold.
#[derive(Debug)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Whether the author wrote a record of it.
    pub has_record: bool,
    /// What it is.
    pub about: About,
    /// The language of its words, as a BCP 47 tag: the record's, the document's as far as that is known to everybody,
    /// the site's.
    pub language: String,
    /// What it rests on.
    pub rests_on: Vec<RestsOn>,
    /// The author's notes.
    pub notes: Option<Text>,
    /// What it says.
    pub answers: Vec<Answer>,
    /// What it was read for and says nothing to, each with the reason if one is given.
    pub silences: FastMap<QuestionId, Option<String>>,
    /// The name of its document's file, where that is not its id with an ending.
    pub document_name: Option<String>,
    /// What is known of its document.
    pub document: Option<DocumentFacts>,
    /// Passages that may be shown, if any may.
    pub passages: Vec<ShownPassage>,
    /// The paragraphs of the document, if all of it may be shown.
    pub full_text: Vec<String>,
}

impl Source {
    /// Who found what is known of it.
    pub fn basis(&self) -> Basis {
        if self.has_record { Basis::Editor } else { Basis::Automatic }
    }

    /// A name short enough for the matrix, if the author gave one.
    pub fn short(&self) -> &str {
        let About { short, publisher, title, .. } = &self.about;
        short.as_deref().or(publisher.as_deref()).unwrap_or(title)
    }

    /// The first passage that may be shown and goes on behind a byte of the document.
    pub fn passage_from(&self, byte: usize) -> Option<&ShownPassage> {
        self.passages.get(self.passages.partition_point(|shown| shown.passage.range.end <= byte))
    }

    /// The passage that a byte of the document lies in, if it may be shown.
    pub fn passage_at(&self, byte: usize) -> Option<&ShownPassage> {
        self.passage_from(byte).filter(|shown| shown.passage.range.contains(&byte))
    }
}

/// What a source rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestsOn {
    /// Something that is not a source of this site.
    Origin(OriginId),
    /// Another source of this site.
    Source(SourceId),
}

/// What a reader may know of a document without seeing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFacts {
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// How many words it has.
    pub words: usize,
}

/// One thing that a source says.
#[derive(Clone, Debug)]
pub struct Answer {
    /// To which question.
    pub question: QuestionId,
    /// Which of the answers that exist.
    pub position: PositionId,
    /// In the author's words.
    pub summary: String,
    /// In the source's words.
    pub quotes: Vec<VerifiedQuote>,
    /// How the source says it.
    pub voice: Voice,
    /// To whom the words are put.
    pub to: Option<String>,
}

/// A page whose citations and links hold.
#[derive(Debug)]
pub struct Page {
    /// Its path in the site.
    pub path: String,
    /// What its front matter says.
    pub head: PageHead,
    /// What it says.
    pub text: Text,
    /// Where it is written.
    pub span: Span,
}

/// Checks everything that was read. Drops of `site_files` what would lie where something else does.
pub fn verify(
    loaded: Loaded,
    site_files: &mut SiteFiles,
    corpus: &Corpus,
    problems: &mut Problems,
) -> (Verified, Lock) {
    let Loaded { site, questions, sources, mut pages, unread, lock, lock_file, lock_is_bad } = loaded;
    let generated = paths::generated(&site, &pages, &sources);
    paths::settle(&mut pages, site_files, &generated, problems);
    let source_ids: BTreeSet<SourceId> = sources.iter().map(|source| source.id.clone()).collect();
    let has_pairs = has_pairs(source_ids.len(), sources.iter().any(|source| !source.answers.is_empty()));
    let ids = questions.iter().map(|question| &question.id);
    let assets = &site_files.assets;
    let links = links::LinkMap::new(&pages, &unread, assets, ids, &source_ids, has_pairs, &generated);
    let unreadable = |source: &&SourceDraft| source.unreadable || (lock_is_bad && source.document.is_none());
    let context = Context {
        site: &site,
        corpus,
        lock: &lock,
        positions: questions.iter().map(|q| (q.id.clone(), q.positions.clone())).collect(),
        unread: unread.questions,
        links,
        documents: documents_at_hand(&sources),
        unreadable: sources.iter().filter(unreadable).map(|source| source.id.clone()).collect(),
        source_ids,
    };
    let mut findings = Findings::default();
    let questions = findings.add(check_all(questions, |draft| pages::check_question(&context, draft)));
    let sources = findings.add(check_all(sources, |draft| records::check_source(&context, draft)));
    let pages = findings.add(check_all(pages, |draft| pages::check_page(&context, draft)));
    let Findings { proved, unverifiable, rests, problems: found } = findings;
    problems.append(found);
    problems.extend(lock_file.iter().flat_map(|file| quotes::changed_documents(&context, file)));
    let new_lock = quotes::new_lock(&context, proved);
    records::check_circles(&rests, problems);
    let result = Verified { site, questions, sources, pages, unverifiable };
    links::check_anchors(&result, problems);
    // While something is wrong, the new lock lacks what it would have when that is mended.
    if let Some(at) = lock_file.filter(|_| new_lock != lock && !problems.has_errors()) {
        problems.push(self::problems::stale_lock(Span::whole(at.file)));
    }
    (result, new_lock)
}

/// Of each document at hand, what is known, and whether it lies outside of `seeds`.
fn documents_at_hand(sources: &[SourceDraft]) -> BTreeMap<SourceId, (DocumentFacts, bool)> {
    // To count the words of all of them takes a while.
    let documents = sources.par_iter().filter_map(|source| {
        let document = source.document.as_ref()?;
        let facts = DocumentFacts { sha256: document.sha256.clone(), words: document.words() };
        Some((source.id.clone(), (facts, document.is_original)))
    });
    documents.collect()
}
