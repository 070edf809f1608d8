//! Reads the sources in `seeds/`: attaches to each record its document, and creates a source for each document without
//! a record. `record` and `document` read a single file.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sourcewise_documents::Limits;

use super::document::{self, Documents, ReadDocuments, TextCache};
use super::record::{self, SourceDraft};
use super::walk::FoundFile;
use super::{Loader, Lock, Question, problems};
use crate::error::Error;
use crate::files::Span;
use crate::ids::{SourceId, slug};
use crate::problem::{Problems, Severity};

impl Loader<'_> {
    pub(super) fn sources(
        &mut self,
        seeds: &[FoundFile],
        documents: &Documents,
        questions: &[Question],
        lock: Option<&Lock>,
        limits: Limits,
        cache: &TextCache,
    ) -> Result<Vec<SourceDraft>, Error> {
        let mut seen = BTreeMap::new();
        let mut sources = self.records(seeds, questions, &mut seen)?;
        let names: Vec<Option<String>> =
            sources.iter().map(|draft| self.document_name(draft, documents, lock)).collect();
        let used: BTreeSet<String> = names.iter().flatten().cloned().collect();
        let without_record: Vec<&str> = documents.seed_names().filter(|name| !used.contains(*name)).collect();
        let wanted =
            used.iter().cloned().chain(without_record.iter().map(|name| (*name).to_owned())).collect();
        let mut read = documents.read(&wanted, limits, cache)?;
        for (draft, name) in sources.iter_mut().zip(names) {
            if let Some(name) = name {
                self.attach_document(draft, &name, &read, limits);
            }
        }
        read.retain(|name, _| !used.contains(name));
        self.add_documents_without_record(&without_record, read, limits, &mut seen, &mut sources);
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(sources)
    }

    /// Parses the records in parallel, without their documents.
    fn records(
        &mut self,
        seeds: &[FoundFile],
        questions: &[Question],
        seen: &mut BTreeMap<String, Span>,
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
        let read = records.into_par_iter().map(|(id, file, text)| {
            let mut problems = Problems::default();
            (record::read(id, file, &text, questions, &mut problems), problems)
        });
        let read: Vec<_> = read.collect();
        Ok(read
            .into_iter()
            .map(|(source, problems)| {
                self.problems.append(problems);
                source
            })
            .collect())
    }

    /// Returns the file name of a source's document, if the file exists. If the record names a file that does not
    /// exist, and the lock has no entry for the source, that is a problem, unless the lock is damaged (`None`).
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

    /// Adds the document that was read under `name` to its source. A document that could not be read is a problem.
    fn attach_document(&mut self, draft: &mut SourceDraft, name: &str, read: &ReadDocuments, limits: Limits) {
        let span = draft.document_name.as_ref().map_or(draft.span, |given| given.span);
        match read.get(name) {
            Some(Ok(document)) => draft.document = Some(document.clone()),
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

    /// Adds a source for every document in `seeds/` without a record. A document that can't be read is only a warning, so
    /// that it does not stop the build.
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
            match read.remove(*name) {
                Some(Ok(document)) => {
                    let file = self.files.add(path, document.text.clone());
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
