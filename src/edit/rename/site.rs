//! Reads the files of a site in which ids are written, and finds which ids exist.

use std::collections::BTreeSet;
use std::path::Path;

use sourcewise_quotes::sha256;

use super::{FileMove, RenameFault, SyntaxFault};
use crate::edit::folders::originals_path;
use crate::error::Error;
use crate::ids::slug;
use crate::load::{FoundFile, LOCK_PATH, Project, is_document_name, list_files, read_bytes, read_string};

/// A text file of the site: a record, question, page or `site.toml`.
#[derive(Debug)]
pub(super) struct TextFile {
    /// Relative to the site's root, separated by `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl TextFile {
    /// The file's name without ending: the id of a record or question.
    pub(super) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    pub(super) fn path_with_stem(&self, stem: &str) -> String {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let ending = self.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        format!("{folder}/{stem}.{ending}")
    }
}

/// A file that may be a document.
#[derive(Debug)]
struct DocumentFile {
    name: String,
    /// Relative to the site's root, or absolute if the folder of originals is elsewhere.
    path: String,
    full: std::path::PathBuf,
}

#[derive(Debug)]
pub(super) struct SiteTexts {
    pub(super) records: Vec<TextFile>,
    pub(super) questions: Vec<TextFile>,
    pub(super) pages: Vec<TextFile>,
    pub(super) lock: Option<String>,
    site_toml: Option<TextFile>,
    documents: Vec<DocumentFile>,
    sources: BTreeSet<String>,
}

impl SiteTexts {
    pub(super) fn read(project: &Project) -> Result<Self, RenameFault> {
        let root = &project.root;
        let seeds = list_files(&root.join("seeds"))?;
        let top = |file: &&FoundFile| !file.path.contains('/');
        let records = read_texts(
            "seeds",
            seeds.iter().filter(top).filter(|file| file.path.strip_suffix(".toml").is_some()),
        )?;
        let content = list_files(&root.join("content"))?;
        let markdown = content.iter().filter(|file| file.path.strip_suffix(".md").is_some());
        let (questions, pages) = read_texts("content", markdown)?
            .into_iter()
            .partition(|file| file.path.starts_with("content/questions/"));
        let optional = |path: &str| {
            let full = root.join(path);
            full.exists().then(|| read_string(&full).map_err(Error::read(&full))).transpose()
        };
        let site_toml = optional("site.toml")?.map(|text| TextFile { path: "site.toml".to_owned(), text });
        let mut documents = documents("seeds", &seeds);
        if let Some(originals) = &project.originals {
            let originals = originals_path(originals).map_err(Error::read(originals))?;
            let folder = originals.strip_prefix(root).unwrap_or(&originals);
            documents.extend(self::documents(&folder.to_string_lossy(), &list_files(&originals)?));
        }
        let mut site = Self {
            lock: optional(LOCK_PATH)?,
            records,
            questions,
            pages,
            site_toml,
            documents,
            sources: BTreeSet::new(),
        };
        site.sources = site.records.iter().map(|record| record.stem().to_owned()).collect();
        let named: BTreeSet<String> = site.records.iter().filter_map(document_name).collect();
        let without_name = site.documents.iter().filter(|document| !named.contains(&document.name));
        let ids: Vec<String> = without_name.map(|document| slug(stem(&document.name))).collect();
        site.sources.extend(ids);
        Ok(site)
    }

    pub(super) fn is_source(&self, id: &str) -> bool {
        self.sources.contains(id)
    }

    pub(super) fn source_ids(&self) -> Vec<String> {
        self.sources.iter().cloned().collect()
    }

    pub(super) fn question_ids(&self) -> Vec<String> {
        self.questions.iter().map(|question| question.stem().to_owned()).collect()
    }

    /// Returns what has this id already, for a message; `None` if a source can get it.
    pub(super) fn source_taken(&self, id: &str) -> Result<Option<String>, RenameFault> {
        if let Some(site) = &self.site_toml {
            let values = site.text.parse::<toml::Table>().map_err(|error| RenameFault::Syntax {
                path: site.path.clone(),
                fault: SyntaxFault {
                    line: error.span().map_or(1, |span| super::line_number(&site.text, span.start)),
                    message: error.message().to_owned(),
                },
            })?;
            if values.get("origins").and_then(|origins| origins.get(id)).is_some() {
                return Ok(Some(format!("`[origins.{id}]` in `site.toml`")));
            }
        }
        let is_id = |name: &str| stem(name).to_lowercase() == id.to_lowercase();
        let record = self.records.iter().map(|record| &record.path).find(|path| is_id(file_name(path)));
        let document =
            self.documents.iter().find(|document| is_id(&document.name) || slug(stem(&document.name)) == id);
        let path = record.or(document.map(|document| &document.path));
        Ok(path.map(|path| format!("`{path}`")))
    }

    pub(super) fn question_taken(&self, id: &str) -> Option<String> {
        let question = self.questions.iter().find(|file| file.stem().to_lowercase() == id.to_lowercase());
        question.map(|file| format!("`{}`", file.path))
    }

    /// Returns the documents that are named after a source, with their new names. An error if a file with a new name
    /// exists.
    pub(super) fn moves(
        &self,
        project: &Project,
        old: &str,
        new: &str,
    ) -> Result<Vec<FileMove>, RenameFault> {
        let has_record = self.records.iter().any(|record| record.stem() == old);
        let is_named = |document: &&DocumentFile| {
            let stem = stem(&document.name);
            stem == old || (!has_record && slug(stem) == old)
        };
        let moved = |document: &DocumentFile| {
            let bytes = read_bytes(&document.full).map_err(Error::read(&document.full))?;
            let ending = document.name.rsplit_once('.').map_or("", |(_, ending)| ending);
            let folder = document.path.strip_suffix(document.name.as_str()).unwrap_or_default();
            let to = format!("{folder}{new}.{ending}");
            if project.root.join(&to).exists() && to.to_lowercase() != document.path.to_lowercase() {
                return Err(RenameFault::Taken { id: new.to_owned(), by: format!("`{to}`") });
            }
            Ok(FileMove { from: document.path.clone(), to, sha256: sha256(&bytes) })
        };
        self.documents.iter().filter(is_named).map(moved).collect()
    }
}

/// Returns the value of `document` in a record; `None` if it has none, or isn't valid TOML.
fn document_name(record: &TextFile) -> Option<String> {
    let values: toml::Table = record.text.parse().ok()?;
    Some(values.get("document")?.as_str()?.trim().to_owned())
}

fn read_texts<'f>(
    folder: &str,
    files: impl Iterator<Item = &'f FoundFile>,
) -> Result<Vec<TextFile>, RenameFault> {
    let read = |file: &FoundFile| {
        let text = read_string(&file.full).map_err(Error::read(&file.full))?;
        Ok(TextFile { path: format!("{folder}/{}", file.path), text })
    };
    files.map(read).collect()
}

/// Returns the files directly in a folder that may be documents, by their extensions, also of formats that aren't read.
fn documents(folder: &str, files: &[FoundFile]) -> Vec<DocumentFile> {
    let is_document = |file: &&FoundFile| !file.path.contains('/') && is_document_name(&file.path);
    let document = |file: &FoundFile| DocumentFile {
        name: file.path.clone(),
        path: format!("{folder}/{}", file.path),
        full: file.full.clone(),
    };
    files.iter().filter(is_document).map(document).collect()
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

pub(super) fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}
