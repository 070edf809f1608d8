//! Warnings about the files in `seeds/` as a whole: sources with equal documents, and documents in subfolders.

use std::collections::BTreeMap;

use super::document::ending;
use super::record::SourceDraft;
use super::walk::FoundFile;
use crate::files::{Files, Span};
use crate::problem::{Code, Problem};
use crate::text::pluralize;

/// Returns a warning for each source whose document has the same bytes as that of an earlier source, unless both use
/// one file on purpose (see [`has_same_file`]).
pub(super) fn documents_twice(sources: &[SourceDraft]) -> Vec<Problem> {
    let mut first_with: BTreeMap<&str, &SourceDraft> = BTreeMap::new();
    let mut problems = Vec::new();
    for source in sources {
        let Some(document) = &source.document else { continue };
        match first_with.get(document.sha256.as_str()) {
            Some(first) if !has_same_file(first, source) => problems.push(document_twice(first, source)),
            Some(_) => {}
            None => drop(first_with.insert(&document.sha256, source)),
        }
    }
    problems
}

/// Whether two sources share one file: both records name it, or one record names the file of the other source.
fn has_same_file(a: &SourceDraft, b: &SourceDraft) -> bool {
    let name = |source: &SourceDraft| source.document_name.as_ref().map(|name| name.value.clone());
    let is_of = |name: &str, source: &SourceDraft| {
        name.rsplit_once('.').is_some_and(|(stem, _)| stem == source.id.as_str())
    };
    match (name(a), name(b)) {
        (Some(a), Some(b)) => a == b,
        (Some(name), None) => is_of(&name, b),
        (None, Some(name)) => is_of(&name, a),
        (None, None) => false,
    }
}

fn document_twice(first: &SourceDraft, second: &SourceDraft) -> Problem {
    let (a, b) = (&first.id, &second.id);
    let span = second.document_name.as_ref().map_or(second.span, |name| name.span);
    let file = |source: &SourceDraft| {
        source
            .document_name
            .as_ref()
            .map_or_else(|| format!("the document of `{}`", source.id), |name| format!("`{}`", name.value))
    };
    let (kept, removed) = (file(first), file(second));
    let help = format!(
        "if it is one source, remove {removed} and its record, if it has one; if two sources have the same document, remove \
         {removed}, and name {kept} with `document = \"…\"` in the records of both"
    );
    let message = format!("`{a}` and `{b}` have the same document, but count as two sources");
    Problem::warning(Code::DocumentTwice, span, message, help)
}

/// Returns a warning for each folder in `seeds/` that has documents, because no source can use these. Gives no warning
/// for the folder of images and scripts that a browser saves with a page: `mill_files` beside `mill.html`.
pub(super) fn documents_in_folders(seeds: &[FoundFile], files: &mut Files) -> Vec<Problem> {
    let stems: Vec<&str> = seeds.iter().filter_map(|file| stem_of_document(&file.path)).collect();
    let is_of_page = |folder: &str| {
        let is_of =
            |stem: &&str| folder.strip_prefix(stem).is_some_and(|rest| rest.starts_with(['_', '-', '.']));
        stems.iter().any(is_of)
    };
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in seeds {
        let Some((folder, name)) = file.path.split_once('/') else { continue };
        if ending(name).is_some() && !is_of_page(folder) {
            folders.entry(folder).or_default().push(&file.path);
        }
    }
    let warning = |(folder, documents): (&str, Vec<&str>)| {
        let span = Span::whole(files.add(format!("seeds/{}", documents[0]), ""));
        let message = format!(
            "the folder `seeds/{folder}` has {}, which no source can use: folders in `seeds/` are not read",
            pluralize(documents.len(), "document")
        );
        let help = "move them into `seeds/` itself";
        Problem::warning(Code::DocumentInFolder, span, message, help)
    };
    folders.into_iter().map(warning).collect()
}

/// Returns the name without its extension of a file directly in `seeds/`; `None` for records, files in subfolders, and
/// names without an extension.
fn stem_of_document(path: &str) -> Option<&str> {
    let (stem, ending) = path.rsplit_once('.')?;
    (!path.contains('/') && ending != "toml").then_some(stem)
}
