//! The sources: records with their documents, and documents that have no record.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{self, Documents, KINDS};
use super::record::{self, SourceDraft};
use super::walk::Found;
use super::{Loader, Lock, problems};
use crate::error::Error;
use crate::files::Span;
use crate::ids::{SourceId, slug};
use crate::problem::Severity;

impl Loader<'_> {
    pub(super) fn sources(
        &mut self,
        seeds: &[Found],
        documents: &Documents,
        lock: &Lock,
    ) -> Result<Vec<SourceDraft>, Error> {
        let mut seen = BTreeMap::new();
        let mut sources = Vec::new();
        let mut used = BTreeSet::new();
        for found in seeds {
            let Some(stem) = found.path.strip_suffix(".toml") else { continue };
            let Some((file, text)) = self.text(&format!("seeds/{}", found.path), &found.full)? else {
                continue;
            };
            let Some(id) = self.id("a source", stem, file, SourceId::parse, &mut seen) else { continue };
            let mut draft = record::read(id, file, &text, self.problems);
            used.extend(self.attach_document(&mut draft, documents, lock)?);
            sources.push(draft);
        }
        self.bare_documents(documents, &used, &mut seen, &mut sources)?;
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(sources)
    }

    /// Finds the document of a record and reads it. Returns the name of the file that was used.
    fn attach_document(
        &mut self,
        draft: &mut SourceDraft,
        documents: &Documents,
        lock: &Lock,
    ) -> Result<Option<String>, Error> {
        let given = draft.document_name.as_ref();
        let Some(name) = documents.name_for(draft.id.as_str(), given.map(|name| name.value.as_str())) else {
            if let Some(given) = given
                && !lock.source.contains_key(draft.id.as_str())
            {
                self.problems.push(problems::document_missing(given, documents));
            }
            return Ok(None);
        };
        let span = given.map_or(draft.span, |given| given.span);
        if document::is_of_other_kind(&name) {
            draft.unreadable = true;
            self.problems.push(problems::other_kind(Severity::Error, &name, span));
            return Ok(Some(name));
        }
        match documents.read(&name)? {
            Ok(document) => draft.document = Some(document),
            Err(document::NotText { path }) => {
                draft.unreadable = true;
                self.problems.push(problems::no_text(&path, span));
            }
        }
        Ok(Some(name))
    }

    /// Documents in `seeds/` that no record speaks of are sources too.
    fn bare_documents(
        &mut self,
        documents: &Documents,
        used: &BTreeSet<String>,
        seen: &mut BTreeMap<String, Span>,
        sources: &mut Vec<SourceDraft>,
    ) -> Result<(), Error> {
        for name in documents.seed_names().filter(|name| !used.contains(*name)) {
            let Some((stem, kind)) = name.rsplit_once('.') else { continue };
            if document::is_of_other_kind(name) {
                let file = self.files.add(format!("seeds/{name}"), "");
                let problem = problems::other_kind(Severity::Warning, name, Span::whole(file));
                self.problems.push(problem);
            }
            if !KINDS.contains(&kind.to_lowercase().as_str()) {
                continue;
            }
            let document = match documents.read(name)? {
                Ok(document) => document,
                Err(document::NotText { path }) => {
                    let file = self.files.add(path.as_str(), "");
                    self.problems.push(problems::no_text(&path, Span::whole(file)));
                    continue;
                }
            };
            let file = self.files.add(format!("seeds/{name}"), document.text.clone());
            let Some(id) = self.id("a source", &slug(stem), file, SourceId::parse, seen) else { continue };
            sources.push(record::of_bare_document(id, document, file));
        }
        Ok(())
    }
}
