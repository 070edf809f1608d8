//! Reads the sources in `seeds/`: attaches to each record its document, and creates a source for each document without
//! a record. `record` and `document` read a single file.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sourcewise_documents::{Limits, NamedParts, ReadError};

use super::document::{self, Document, Documents, ReadDocuments, Reading, TextCache, Unreadable};
use super::record::{self, SourceDraft};
use super::record_cache::{RecordCache, examples, read_cached};
use super::walk::FoundFile;
use super::{Loader, Lock, Question, part_problems, problems, seed_checks};
use crate::error::Error;
use crate::files::Span;
use crate::ids::{SourceId, slug};
use crate::problem::Severity;

/// A web page or PDF file with fewer letters and digits probably has its text in JavaScript or in images. Words are not
/// counted, because some writing systems have no spaces between them.
const MIN_DOCUMENT_LETTERS: usize = 50;

/// Caches of what is read from the files that a site has many of.
#[derive(Debug, Default)]
pub struct LoadCache {
    documents: TextCache,
    records: RecordCache,
}

impl LoadCache {
    /// Ends a build: drops what the last builds didn't use.
    pub fn end_build(&self) {
        self.documents.end_build();
        self.records.end_build();
    }
}

impl Loader<'_> {
    pub(super) fn sources(
        &mut self,
        seeds: &[FoundFile],
        documents: &Documents,
        questions: &[Question],
        lock: Option<&Lock>,
        limits: Limits,
        cache: &LoadCache,
    ) -> Result<Vec<SourceDraft>, Error> {
        let mut seen = BTreeMap::new();
        let mut sources = self.records(seeds, questions, &mut seen, &cache.records)?;
        let named = |this: &mut Self, draft: &SourceDraft| {
            Some((this.document_name(draft, documents, lock)?, draft.parts.named()))
        };
        let readings: Vec<Option<Reading>> = sources.iter().map(|draft| named(self, draft)).collect();
        let used: BTreeSet<String> = readings.iter().flatten().map(|(name, _)| name.clone()).collect();
        let without_record: Vec<&str> = documents.seed_names().filter(|name| !used.contains(*name)).collect();
        let whole = without_record.iter().map(|name| ((*name).to_owned(), NamedParts::default()));
        let wanted = readings.iter().flatten().cloned().chain(whole).collect();
        let mut read = documents.read(&wanted, limits, &cache.documents)?;
        for (draft, reading) in sources.iter_mut().zip(readings) {
            if let Some(reading) = reading {
                self.attach_document(draft, &reading, &read, limits);
            }
        }
        read.retain(|(name, _), _| !used.contains(name));
        self.add_documents_without_record(&without_record, read, limits, &mut seen, &mut sources);
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        self.problems.extend(seed_checks::documents_twice(&sources));
        self.problems.extend(seed_checks::documents_in_folders(seeds, self.files));
        Ok(sources)
    }

    /// Parses the records in parallel, without their documents. Leaves out a record that is not UTF-8, whose file name
    /// can't be an id, or whose id is taken; each is a problem.
    fn records(
        &mut self,
        seeds: &[FoundFile],
        questions: &[Question],
        seen: &mut BTreeMap<String, Span>,
        cache: &RecordCache,
    ) -> Result<Vec<SourceDraft>, Error> {
        let is_record = |found: &&FoundFile| found.path.strip_suffix(".toml").is_some();
        let found: Vec<FoundFile> = seeds.iter().filter(is_record).cloned().collect();
        let texts = self.texts("seeds", &found)?;
        let mut records = Vec::new();
        for (found, text) in found.iter().zip(texts) {
            let (Some((file, text)), Some(stem)) = (text, found.path.strip_suffix(".toml")) else { continue };
            let id = self.id("source", stem, file, SourceId::parse, seen);
            records.extend(id.map(|id| (id, file, text)));
        }
        let examples = examples(questions);
        let read = records
            .into_par_iter()
            .map(|(id, file, text)| read_cached(id, file, &text, (questions, examples), cache));
        let read: Vec<_> = read.collect();
        Ok(read
            .into_iter()
            .map(|(source, problems)| {
                self.problems.append(problems);
                source
            })
            .collect())
    }

    /// Returns the file name of a source's document, if that file exists. It is a problem if the record names a file
    /// that does not exist, and the lock has no entry for the source. If the lock is damaged, `lock` is `None`, and
    /// nothing is reported.
    fn document_name(
        &mut self,
        draft: &SourceDraft,
        documents: &Documents,
        lock: Option<&Lock>,
    ) -> Option<String> {
        let given = draft.document_name.as_ref();
        let name = documents.name_for(draft.id.as_str(), given.map(|name| name.value.as_str()));
        if let (None, Some(given)) = (&name, given)
            && lock.is_some_and(|lock| !lock.source.contains_key(draft.id.as_str()))
        {
            self.problems.push(problems::document_missing(given, documents));
        }
        name
    }

    /// Attaches the document that was read to its source. Reports a document that could not be read, entries of
    /// `include` and `exclude` without effect, and what [`Self::warn_of_document`] finds.
    fn attach_document(
        &mut self,
        draft: &mut SourceDraft,
        reading: &Reading,
        read: &ReadDocuments,
        limits: Limits,
    ) {
        let span = draft.document_name.as_ref().map_or(draft.span, |given| given.span);
        let (name, _) = reading;
        match read.get(reading) {
            Some(Ok(document)) => {
                self.problems.extend(draft.parts.problems(&document.part_faults, name));
                self.warn_of_document(name, document, span);
                draft.document = Some(document.clone());
            }
            Some(Err(Unreadable { reason: ReadError::NoText, .. })) if !draft.parts.exclude.is_empty() => {
                draft.unreadable = true;
                self.problems.push(part_problems::all_excluded(&draft.parts.exclude[0], name));
            }
            Some(Err(unreadable)) => {
                draft.unreadable = true;
                let problem = problems::unread(Severity::Error, unreadable, limits, span);
                self.problems.push(problems::renamed_document(problem, draft.document_name.is_some()));
            }
            None => {
                draft.unreadable = true;
                let problem = problems::other_kind(Severity::Error, name, span);
                self.problems.push(problems::renamed_document(problem, draft.document_name.is_some()));
            }
        }
    }

    /// Warns of a web page whose file is named `.txt` or `.md`, and of a web page or PDF file that has so few letters
    /// that its text is probably not in the file.
    fn warn_of_document(&mut self, name: &str, document: &Document, span: Span) {
        let is_short =
            document.text.chars().filter(|c| c.is_alphanumeric()).nth(MIN_DOCUMENT_LETTERS - 1).is_none();
        let kind = document::ending(name).unwrap_or_default();
        if is_short && matches!(kind.as_str(), "html" | "htm" | "xhtml" | "pdf") {
            self.problems.push(part_problems::document_short((name, &kind), &document.text, span));
        }
        if matches!(kind.as_str(), "txt" | "md") && is_web_page(&document.text) {
            self.problems.push(part_problems::web_page_named_as_text(name, span));
        }
    }

    /// Adds a source for every document in `seeds/` without a record. Its id is made from the file name; an id that is
    /// taken is a problem, and so is a record with a wrong ending. A document that can't be read is only a warning, so
    /// that it does not stop the build. Files that are no documents are ignored.
    fn add_documents_without_record(
        &mut self,
        names: &[&str],
        mut read: ReadDocuments,
        limits: Limits,
        seen: &mut BTreeMap<String, Span>,
        sources: &mut Vec<SourceDraft>,
    ) {
        for name in names {
            let Some((stem, _)) = name.rsplit_once('.') else { continue };
            let path = format!("seeds/{name}");
            if let Some(id) = misnamed_record(name) {
                let span = Span::whole(self.files.add(path, ""));
                self.problems.push(part_problems::misnamed_record(name, id, span));
                continue;
            }
            match read.remove(&((*name).to_owned(), NamedParts::default())) {
                Some(Ok(document)) => {
                    let file = self.files.add(path, document.text.clone());
                    self.warn_of_document(name, &document, Span::whole(file));
                    let Some(id) = self.id("source", &slug(stem), file, SourceId::parse, seen) else {
                        continue;
                    };
                    sources.push(record::draft_without_record(id, name, document, file));
                }
                Some(Err(unreadable)) => {
                    let span = Span::whole(self.files.add(path, ""));
                    self.problems.push(problems::unread(Severity::Warning, &unreadable, limits, span));
                }
                None if document::is_of_other_kind(name) => {
                    let span = Span::whole(self.files.add(path, ""));
                    self.problems.push(problems::other_kind(Severity::Warning, name, span));
                }
                None => {}
            }
        }
    }
}

/// Whether a text begins as the HTML of a web page does.
fn is_web_page(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let begins = |tag: &str| start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag));
    begins("<!doctype html") || begins("<html")
}

/// Returns the id of a record whose file has a wrong ending, such as `gazette.toml.txt`, which some editors make.
/// `None` for other file names.
fn misnamed_record(name: &str) -> Option<&str> {
    [".toml.txt", ".toml.md", ".tml"].iter().find_map(|ending| name.strip_suffix(ending))
}
