//! Fourth phase: [`Loaded`] → [`Verified`]. Checks quotes, citations, links and every id that refers to something: in
//! records with `records`, in Markdown with `markdown`.
//!
//! What fails a check becomes a problem. What can't be verified is also left out. The other checks continue, so that
//! one run reports all problems. Pages print only a [`VerifiedQuote`], which only [`sourcewise_quotes`] can create.

mod blocks;
mod checked;
mod citation;
mod context;
mod facts;
mod headings;
mod inline;
mod left_out;
mod link_problems;
mod links;
mod locator;
mod markdown;
mod mistyped;
mod near_problems;
mod owned_event;
mod pages;
mod passage;
mod paths;
mod places;
mod portable;
mod problems;
mod quotation_marks;
mod quotation_problems;
mod quotations;
mod quote_context;
mod quote_problems;
mod quotes;
mod records;
mod set_aside;
mod suggested_words;
mod unparsed;
mod verdict;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use sourcewise_analysis::Voice;
use sourcewise_documents::{SetAside, WholeDocument};
use sourcewise_quotes::{Divisions, LockedQuotes, VerifiedQuote};

pub use facts::DocumentFacts;
pub use headings::{Heading, Term};
pub use links::{LinkTarget, is_web_address, page_path, pair_path, question_path, source_path};
pub use locator::Locator;
pub use markdown::{CheckedMarkdown, Citation, Image, Link, MarkdownNode};
pub use owned_event::OwnedEvent;
pub use passage::ShownPassage;
pub use places::written_place;
pub use quotation_marks::without_own_marks;
pub use records::SourceCache;
pub use verdict::{Verdict, VerdictAnswer};
pub use written::{Written, WrittenKind, written_in};

use crate::cache::Digest;
use crate::files::Span;
use crate::ids::{FastMap, GroupId, OriginId, PositionId, QuestionId, SourceId};
use crate::load::{About, Basis, FrontMatter, Loaded, Lock, Relation, Site, SiteFiles, SourceDraft, Weight};
use crate::problem::Problems;
use crate::segment::Corpus;

use checked::{Findings, check_all};
use context::Context;
use left_out::LeftOutParts;
use set_aside::SetAsideWords;

/// Everything that passed the checks.
#[derive(Debug)]
pub struct Verified {
    pub site: Site,
    /// The questions, sorted by `order`, then by id. A site without questions has the topics that rules propose.
    pub questions: Vec<Question>,
    /// The sources, shared with other builds that have the same.
    pub sources: Vec<Arc<Source>>,
    pub pages: Vec<Page>,
    /// Sources whose quotes could not be checked, because the document or the lock can't be read.
    pub unverifiable: BTreeSet<SourceId>,
}

impl Verified {
    /// Returns the site's Markdown texts: pages, questions and the notes in records.
    pub fn texts(&self) -> impl Iterator<Item = &CheckedMarkdown> {
        let pages = self.pages.iter().map(|page| &page.text);
        let questions = self.questions.iter().map(|question| &question.text);
        pages.chain(questions).chain(self.sources.iter().filter_map(|source| source.notes.as_ref()))
    }

    /// Whether the site has a page for each pair of sources, which compares the two.
    pub fn has_pairs(&self) -> bool {
        has_pairs(self.sources.len(), self.sources.iter().any(|source| !source.answers.is_empty()))
    }

    pub fn has_feed(&self) -> bool {
        let heads = self.pages.iter().map(|page| &page.head);
        paths::has_feed(&self.site, heads, self.sources.iter().map(|source| &source.about))
    }

    /// Returns every quote, in records and in Markdown, with the id of its source.
    pub fn quotes(&self) -> impl Iterator<Item = (&SourceId, &VerifiedQuote)> {
        let answers = self.sources.iter().flat_map(|source| {
            let quotes = source.answers.iter().flat_map(|answer| &answer.quotes);
            quotes.map(|quote| (&source.id, quote))
        });
        let cited = self.texts().flat_map(|text| &text.citations);
        answers.chain(cited.filter_map(|citation| Some((&citation.source, citation.quote.as_ref()?))))
    }
}

/// A site with more sources has no pages for pairs of sources: 12 sources already have 66 pairs.
const MAX_PAIRED_SOURCES: usize = 12;

/// Whether a site with this number of sources has pages for pairs of sources. `answered` is whether any source has an
/// answer: without answers, there is nothing to compare.
fn has_pairs(sources: usize, answered: bool) -> bool {
    (2..=MAX_PAIRED_SOURCES).contains(&sources) && answered
}

/// A question with its checked text.
#[derive(Debug)]
pub struct Question {
    pub id: QuestionId,
    /// Whether the site's author wrote the question, or a rule found it as a topic.
    pub basis: Basis,
    /// Words and phrases to search documents for. A passage must contain one; without terms, a word of the title.
    pub terms: Vec<String>,
    pub title: String,
    /// A shorter form of the title, or the title if the file gives none.
    pub short: String,
    pub group: Option<GroupId>,
    pub weight: Weight,
    /// How different answers relate, if the author says so.
    pub relation: Option<Relation>,
    /// The possible answers, each with its label.
    pub positions: IndexMap<PositionId, String>,
    /// The text of the question's page.
    pub text: CheckedMarkdown,
}

/// A source with its verified answers.
#[derive(Debug)]
pub struct Source {
    pub id: SourceId,
    /// Whether there is a record; otherwise there is only a document.
    pub has_record: bool,
    pub about: About,
    /// BCP 47 tag of the document's language: as in the record, else as detected in a document whose passages may be
    /// published, else that of the site.
    pub language: String,
    pub rests_on: Vec<OriginRef>,
    pub notes: Option<CheckedMarkdown>,
    pub answers: Vec<Answer>,
    /// Questions with an answer in the record that failed a check, or that its author has not finished.
    pub unverified: BTreeSet<QuestionId>,
    /// Questions that the source does not answer, each with the remark in the record.
    pub silences: FastMap<QuestionId, Option<String>>,
    /// Name of the document's file, if the record gives one. Without a record: only if the name is not the id with an
    /// extension.
    pub document_name: Option<String>,
    /// Facts about the document, from the file or else from the lock.
    pub document: Option<DocumentFacts>,
    /// The passages of the document, in order; empty if passages may not be published.
    pub passages: Vec<ShownPassage>,
    /// The paragraphs of the document; empty unless the whole document may be published.
    pub full_text: Vec<FullParagraph>,
    /// Words in the document's file that are not in its text: hidden, struck out, or in the header or footer of a page.
    pub set_aside: Vec<SetAside>,
    /// What readers see, if the document's text lacks some of it: the whole web page, or the excluded parts of the PDF
    /// file or book. `None` if nothing is left out, or if the web page is too long.
    pub all: Option<Arc<WholeDocument>>,
    /// Hash of all that the source was checked with. Caches of what is made from the source use it as their key.
    pub digest: Digest,
}

impl Source {
    pub fn basis(&self) -> Basis {
        if self.has_record { Basis::Editor } else { Basis::Automatic }
    }

    /// Returns a short name for the source: the short title, else the publisher, else the title.
    pub fn short(&self) -> &str {
        let About { short, publisher, title, .. } = &self.about;
        short.as_deref().or(publisher.as_deref()).unwrap_or(title)
    }

    /// Returns the pages, chapters or times of subtitles of the document. `None` if it has none, or if neither the
    /// document nor the lock gives them.
    pub fn divisions(&self) -> Option<&Divisions> {
        self.document.as_ref()?.divisions.as_ref()
    }

    /// Returns the passage that contains a byte of the document, or else the first one after that byte. `None` if there
    /// is none, or if passages may not be published.
    pub fn passage_at_or_after(&self, byte: usize) -> Option<&ShownPassage> {
        self.passages.get(self.passages.partition_point(|shown| shown.passage.range.end <= byte))
    }

    /// Returns the passage that contains a byte of the document, if passages may be published.
    pub fn passage_at(&self, byte: usize) -> Option<&ShownPassage> {
        self.passage_at_or_after(byte).filter(|shown| shown.passage.range.contains(&byte))
    }
}

/// A paragraph of a document that may be published whole.
#[derive(Debug)]
pub struct FullParagraph {
    /// Byte range in the document.
    pub range: Range<usize>,
    pub text: String,
    /// The struck-out words, which are not in `text`, each with the byte offset in `text` of their place.
    pub struck: Vec<(usize, String)>,
}

/// A reference to what a source rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginRef {
    /// An origin described in `site.toml`.
    Origin(OriginId),
    /// Another source of this site.
    Source(SourceId),
}

/// A verified answer of a source to a question.
#[derive(Clone, Debug)]
pub struct Answer {
    pub question: QuestionId,
    pub position: PositionId,
    pub summary: String,
    pub quotes: Vec<VerifiedQuote>,
    pub voice: Voice,
    /// Person or organisation that the source attributes the answer to.
    pub to: Option<String>,
}

/// A page with its checked text.
#[derive(Debug)]
pub struct Page {
    pub path: String,
    pub head: FrontMatter,
    pub verdict: Option<Verdict>,
    pub text: CheckedMarkdown,
    /// The start of the page's file, for problems of the whole page.
    pub span: Span,
}

/// Runs all checks. Drops pages, and files from `site_files`, whose path in the site is already taken. Also returns the
/// new lock. Sources in the cache are not checked again.
pub fn verify(
    loaded: Loaded,
    site_files: &mut SiteFiles,
    corpus: &Corpus,
    cache: &SourceCache,
    problems: &mut Problems,
) -> (Verified, Lock) {
    let Loaded { site, questions, sources, mut pages, skipped, lock, lock_file, lock_is_bad } = loaded;
    let generated = paths::generated(&site, &pages, &sources);
    paths::drop_conflicts(&mut pages, site_files, &generated, problems);
    portable::check_names(&pages, site_files, &questions, &sources, problems);
    let source_ids: BTreeSet<SourceId> = sources.iter().map(|source| source.id.clone()).collect();
    let has_pairs = has_pairs(source_ids.len(), sources.iter().any(|source| !source.answers.is_empty()));
    let ids = questions.iter().map(|question| &question.id);
    let assets = &site_files.assets;
    let links = links::LinkMap::new(&pages, &skipped, assets, ids, &source_ids, has_pairs, &generated)
        .with_titles(&pages, &questions, &sources);
    let unreadable = |source: &&SourceDraft| source.unreadable || (lock_is_bad && source.document.is_none());
    let context = Context {
        site: &site,
        corpus,
        lock: &lock,
        locked: locked_quotes(&lock, corpus),
        positions: questions.iter().map(|q| (q.id.clone(), q.positions.clone())).collect(),
        unread_positions: questions
            .iter()
            .filter(|question| question.has_unread_positions)
            .map(|question| question.id.clone())
            .collect(),
        skipped_questions: skipped.questions,
        links,
        documents: facts::document_facts(&sources),
        set_aside: set_aside(&sources),
        left_out: sources
            .iter()
            .filter_map(|source| Some((source.id.clone(), LeftOutParts::of(source)?)))
            .collect(),
        without_record: sources
            .iter()
            .filter(|source| !source.has_record)
            .map(|source| source.id.clone())
            .collect(),
        unreadable: sources.iter().filter(unreadable).map(|source| source.id.clone()).collect(),
        source_ids,
    };
    let is_lost =
        |source: &&SourceDraft| lock_is_bad && source.document.is_none() && source.document_name.is_some();
    let lost: Vec<SourceId> = sources.iter().filter(is_lost).map(|source| source.id.clone()).collect();
    let mut findings = Findings::default();
    findings.unverifiable.extend(lost);
    let questions = findings.add(check_all(questions, |draft| pages::check_question(&context, draft)));
    let others = context.digest();
    let sources =
        findings.add(check_all(sources, |draft| records::check_cached(&context, draft, others, cache)));
    let pages = findings.add(check_all(pages, |draft| pages::check_page(&context, draft)));
    let Findings { proved, unverifiable, rests_on, problems: found } = findings;
    problems.append(found);
    problems.extend(lock_file.iter().flat_map(|file| quotes::check_document_hashes(&context, file)));
    let new_lock = quotes::new_lock(&context, proved);
    records::check_origin_cycles(&rests_on, problems);
    let result = Verified { site, questions, sources, pages, unverifiable };
    links::check_anchors(&result, problems);
    // If there are errors, the new lock may lack quotes, so a difference from the old one means nothing.
    if let Some(at) = lock_file.filter(|_| new_lock != lock && !problems.has_errors()) {
        problems.push(self::problems::stale_lock(Span::whole(at.file)));
    }
    (result, new_lock)
}

/// Indexes the locked quotes of the sources whose documents are missing.
fn locked_quotes<'l>(lock: &'l Lock, corpus: &Corpus) -> BTreeMap<SourceId, LockedQuotes<'l>> {
    let entries = lock.source.iter().filter_map(|(id, locked)| Some((SourceId::parse(id)?, locked)));
    let missing = entries.filter(|(id, _)| corpus.get(id).is_none());
    missing.map(|(id, locked)| (id, LockedQuotes::of(locked))).collect()
}

/// Returns the words in each document's file that are not part of its text, for documents that have such words.
fn set_aside(sources: &[SourceDraft]) -> BTreeMap<SourceId, SetAsideWords> {
    let documents =
        sources.iter().filter_map(|source| Some((&source.id, &source.document.as_ref()?.set_aside)));
    let some = documents.filter(|(_, words)| !words.is_empty());
    some.map(|(id, words)| (id.clone(), SetAsideWords::new(words.clone()))).collect()
}
