//! First phase: files → [`Loaded`]. TOML and front matter are read with their places, ids are parsed.
//!
//! The only phase that reads the author's files. Nothing is looked up here: whether a quote stands in its document, or a
//! question exists, is for `verify` to find out.

mod choice;
mod content;
mod document;
mod extra;
mod front_matter;
mod keep;
mod lock;
mod page;
mod problems;
mod project;
mod question;
mod record;
mod site;
mod sources;
mod table;
mod walk;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;
use sourcewise_documents::Limits;

pub use document::{Document, TextCache};
pub use front_matter::{MarkdownPosition, MarkdownSource};
pub use lock::{Lock, LockFile, PATH as LOCK_PATH};
pub use page::{FrontMatter, PageDraft};
pub use project::Project;
pub use question::Question;
pub use record::{About, AnswerDraft, Basis, Publish, SilenceDraft, SourceDraft, title_of};
pub use site::{Origin, Site};
pub(crate) use table::Table;
pub use words::{Phrase, WordsFile, read as read_words};

use content::Content;
use document::Documents;
use walk::{FoundFile, walk};

use crate::error::Error;
use crate::files::{FileId, Files, Span};
use crate::ids::QuestionId;
use crate::problem::{Code, Problem, Problems, Severity};

/// What a document of this site may take to be read, as far as `site.toml` can be understood.
///
/// # Errors
/// If it is there and the disk doesn't give it.
pub fn limits_of(root: &Path) -> Result<Limits, Error> {
    let (mut files, mut problems) = (Files::default(), Problems::default());
    let mut loader = Loader { root, files: &mut files, problems: &mut problems };
    let text = loader.optional_text("site.toml")?;
    Ok(site::read(text, "", loader.problems).limits)
}

/// Reads one document that is not part of a site yet. What keeps it from being read is a problem at `span`.
///
/// # Errors
/// If the disk doesn't give it.
pub fn read_document(
    path: &Path,
    limits: Limits,
    span: Span,
    problems: &mut Problems,
) -> Result<Option<Document>, Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // A folder or device is told of as such, whatever it is called.
    let is_file = std::fs::metadata(path).map_err(Error::read(path))?.is_file();
    let Some(ending) = document::ending(&name).or_else(|| (!is_file).then(String::new)) else {
        problems.push(problems::other_kind(Severity::Error, &name, span));
        return Ok(None);
    };
    Ok(match document::read_file(path, &name, &ending, limits, &TextCache::default())? {
        Ok(document) => Some(document),
        Err(unreadable) => {
            problems.push(problems::unread(Severity::Error, &unreadable, limits, span));
            None
        }
    })
}

/// Everything that was read.
#[derive(Debug)]
pub struct Loaded {
    /// What holds for the whole site.
    pub site: Site,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// The sources, by id.
    pub sources: Vec<SourceDraft>,
    /// The pages, by path.
    pub pages: Vec<PageDraft>,
    /// What is there and isn't shown, so that what points to it is told so.
    pub skipped: SkippedFiles,
    /// Proof of quotes whose documents are not at hand.
    pub lock: Lock,
    /// Where that is written, if it is.
    pub lock_file: Option<LockFile>,
    /// It is there and can't be read, so that nothing can be held against it.
    pub lock_is_bad: bool,
}

/// Files that are shown, or that pages are made with, as they are: `render` alone reads what is in them.
#[derive(Debug, Default)]
pub struct SiteFiles {
    /// Files beside the pages, to be copied.
    pub assets: Vec<Asset>,
    /// Files of the author's theme: they may replace the built-in one's.
    pub theme_assets: Vec<Asset>,
    /// Fonts that the author gives for the cards.
    pub fonts: Vec<Asset>,
    /// The author's own templates.
    pub templates: Vec<TemplateFile>,
    /// The author's words for the interface.
    pub words: Vec<WordsFile>,
}

/// Files that are there and not part of the site.
#[derive(Debug, Default)]
pub struct SkippedFiles {
    /// Pages without front matter that could be read, by their path below `content`.
    pub pages: Vec<String>,
    /// Pages that the author holds back, likewise.
    pub drafts: Vec<String>,
    /// Questions without front matter that could be read.
    pub questions: BTreeSet<QuestionId>,
}

/// A file that goes into the site as it is.
#[derive(Debug)]
pub struct Asset {
    /// Its path in the site, with `/`.
    pub path: String,
    /// The file, for problems; its text is not kept.
    pub file: FileId,
    /// What is in it.
    pub bytes: Bytes,
}

/// A template that the author wrote over one of the theme's.
#[derive(Debug)]
pub struct TemplateFile {
    /// Its name: the path below `templates`.
    pub name: String,
    /// Its text, kept in [`Files`].
    pub file: FileId,
}

/// The folders that a site is made from, below its own.
pub const FOLDERS: [&str; 3] = ["content", "seeds", "templates"];

/// Reads the whole site. Documents whose text is cached are not taken apart again.
///
/// # Errors
/// If a file or folder can't be read. What is wrong inside the files becomes a problem instead.
pub fn load(
    project: &Project,
    files: &mut Files,
    problems: &mut Problems,
    cache: &TextCache,
) -> Result<(Loaded, SiteFiles), Error> {
    let mut loader = Loader { root: &project.root, files, problems };
    let folder =
        project.root.file_name().map_or_else(|| "Sources".into(), |name| name.to_string_lossy().into_owned());
    let site_text = loader.optional_text("site.toml")?;
    let site = site::read(site_text, &folder, loader.problems);
    let lock_bytes = loader.optional_bytes(LOCK_PATH)?;
    let lock_text = lock_bytes.map(|bytes| String::from_utf8(bytes).unwrap_or_default());
    let lock_file = lock_text.as_deref().map(|text| loader.files.add(LOCK_PATH, text));
    let read = lock_text.zip(lock_file).map(|(text, file)| lock::read(text, file, loader.problems));
    let lock_is_bad = matches!(read, Some((None, _)));
    let (lock, lock_file) = read.map_or((None, None), |(lock, file)| (lock, Some(file)));
    let lock = lock.unwrap_or_default();
    let seeds = walk(&project.root.join("seeds"))?;
    let documents = Documents::open(&seeds, project.originals.as_deref())?;
    let sources = loader.sources(&seeds, &documents, &lock, site.limits, cache)?;
    let Content { questions, pages, skipped, assets } = loader.content()?;
    let site_files = SiteFiles { assets, ..loader.theme_files()? };
    Ok((Loaded { site, questions, sources, pages, skipped, lock, lock_file, lock_is_bad }, site_files))
}

struct Loader<'a> {
    root: &'a Path,
    files: &'a mut Files,
    problems: &'a mut Problems,
}

impl Loader<'_> {
    fn optional_bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let full = self.root.join(path);
        if !full.exists() {
            return Ok(None);
        }
        std::fs::read(&full).map(Some).map_err(Error::read(&full))
    }

    fn optional_text(&mut self, path: &str) -> Result<Option<LoadedText>, Error> {
        let full = self.root.join(path);
        if !full.exists() {
            return Ok(None);
        }
        self.text(path, &full)
    }

    /// Reads a text file and keeps it under a path; a problem where it is no text.
    fn text(&mut self, path: &str, full: &Path) -> Result<Option<LoadedText>, Error> {
        let text = read_text(full)?;
        Ok(self.add_text(path, text))
    }

    /// Reads text files side by side, and keeps them in their order, each under its path below a folder; a problem for
    /// each that is no text.
    fn texts(&mut self, folder: &str, found: &[FoundFile]) -> Result<Vec<Option<LoadedText>>, Error> {
        // All of them before the first error is looked for: which one is told must not depend on the threads.
        let texts: Vec<_> = found.par_iter().map(|found| read_text(&found.full)).collect();
        let kept = found.iter().zip(texts).map(|(found, text)| {
            let path = format!("{folder}/{}", found.path);
            Ok(self.add_text(&path, text?))
        });
        kept.collect()
    }

    fn add_text(&mut self, path: &str, text: Option<Arc<str>>) -> Option<LoadedText> {
        let Some(text) = text else {
            let file = self.files.add(path, "");
            self.problems.push(problems::not_text(path, Span::whole(file)));
            return None;
        };
        Some((self.files.add(path, text.clone()), text))
    }

    /// Reads a file that goes into the site as it is.
    fn asset(&mut self, folder: &str, found: FoundFile) -> Result<Asset, Error> {
        let bytes = std::fs::read(&found.full).map_err(Error::read(&found.full))?;
        let file = self.files.add(format!("{folder}/{}", found.path), "");
        Ok(Asset { path: found.path, file, bytes: bytes.into() })
    }

    /// The files of the author's theme.
    fn theme_files(&mut self) -> Result<SiteFiles, Error> {
        let mut theme = SiteFiles::default();
        for found in walk(&self.root.join("templates"))? {
            if let Some(language) = words_language(&found.path) {
                if let Some((file, text)) = self.text(&format!("templates/{}", found.path), &found.full)? {
                    theme.words.push(words::read(language, file, &text, self.problems));
                }
                continue;
            }
            let kind = Path::new(&found.path).extension().and_then(|kind| kind.to_str()).unwrap_or_default();
            let is_asset = found.path.starts_with("assets/");
            let is_font = ["ttf", "otf"].iter().any(|font| kind.eq_ignore_ascii_case(font));
            if found.path.starts_with("fonts/") && is_font {
                theme.fonts.push(self.asset("templates", found)?);
                continue;
            }
            // Templates make pages wherever they lie; those of other files lie beside them.
            let is_template = kind == "html"
                || (!is_asset && ["css", "svg", "xml"].contains(&kind))
                || found.path == "robots.txt";
            if is_template {
                if let Some((file, _)) = self.text(&format!("templates/{}", found.path), &found.full)? {
                    theme.templates.push(TemplateFile { name: found.path, file });
                }
            } else if is_asset {
                theme.theme_assets.push(self.asset("templates", found)?);
            }
            // All else is notes to oneself, editors' files: nothing that the site is made of.
        }
        Ok(theme)
    }

    /// Parses an id from a file's stem, and sees to it that it is the only one of its kind. Ids that differ only in
    /// case count as one: they would be one file on many disks.
    fn id<T>(
        &mut self,
        what: &str,
        stem: &str,
        file: FileId,
        parse: fn(&str) -> Option<T>,
        seen: &mut BTreeMap<String, Span>,
    ) -> Option<T> {
        let span = Span::whole(file);
        let Some(id) = parse(stem) else {
            self.problems.push(problems::bad_id(what, stem, span));
            return None;
        };
        if let Some(first) = seen.insert(stem.to_lowercase(), span) {
            self.problems.push(Problem::error(
                Code::DuplicateId,
                span,
                format!("{what} with the id `{stem}` exists already, in `{}`", self.files.path(first.file)),
                "give one of the two files another name",
            ));
            return None;
        }
        Some(id)
    }
}

/// A text file that was read.
type LoadedText = (FileId, Arc<str>);

/// A file's text; `None` if it is not UTF-8.
fn read_text(path: &Path) -> Result<Option<Arc<str>>, Error> {
    let bytes = std::fs::read(path).map_err(Error::read(path))?;
    Ok(String::from_utf8(bytes).ok().map(Arc::from))
}

/// The language that a file of `templates` has the words of.
fn words_language(path: &str) -> Option<&str> {
    path.strip_prefix("words/")?.strip_suffix(".toml").filter(|tag| !tag.contains('/'))
}
