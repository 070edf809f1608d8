//! First phase: files → [`Loaded`]. Parses TOML and front matter, and keeps the position of every value for problems.
//!
//! In a build, only this phase reads the site's files. It checks only one kind of reference: whether the document that
//! a record names exists. `verify` checks quotes, links and ids.

mod basis;
mod choice;
mod content;
mod document;
mod extra;
mod front_matter;
mod keep;
mod keys;
mod labels;
mod lock;
mod page;
mod part_problems;
mod parts;
mod problems;
mod project;
mod question;
mod record;
mod record_cache;
mod regular;
mod seed_checks;
mod single_brackets;
mod single_document;
mod site;
mod sources;
mod table;
mod toml_line;
mod toml_problems;
mod toml_syntax;
mod verdict;
mod walk;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;

pub use basis::Basis;
pub use document::{Document, ending as document_ending, is_document_name};
pub use front_matter::{MarkdownPosition, MarkdownSource, fences as front_matter_fences};
pub use keys::RECORD_KEYS;
pub use lock::{Lock, LockFile, PATH as LOCK_PATH};
pub use page::{FrontMatter, PageDraft};
pub use parts::PartsDraft;
pub use problems::source_id_help;
pub use project::Project;
pub use question::{QUESTION_KEYS, Question, Relation, Weight};
pub use record::{About, AnswerDraft, Publish, SilenceDraft, SourceDraft, read as read_record, title_of};
pub use regular::{read_at_most, read_bytes, read_string};
pub use single_document::{limits_of, read_document};
pub use site::{Origin, SITE_KEYS, Site};
pub use sources::LoadCache;
pub(crate) use table::Table;
pub use toml_line::quoted as quoted_text;
pub use toml_problems::misplaced_key;
pub use verdict::VerdictDraft;
pub use walk::{FoundFile, is_hidden, walk as list_files};
pub use words::{DESK_PREFIX, Phrase, WordsFile, read as read_words};

use content::Content;
use document::Documents;
use walk::walk;

use crate::error::Error;
use crate::files::{FileId, Files, Span};
use crate::ids::QuestionId;
use crate::problem::Problems;

/// The site's files, parsed but not checked against each other.
#[derive(Debug)]
pub struct Loaded {
    pub site: Site,
    /// The questions, sorted by their groups, then by `order`, then by id.
    pub questions: Vec<Question>,
    pub sources: Vec<SourceDraft>,
    pub pages: Vec<PageDraft>,
    /// Markdown files that don't become part of the site. A link to one gets a more specific problem.
    pub skipped: SkippedFiles,
    /// The locked quotes; empty if there is no lock file, or if it is damaged.
    pub lock: Lock,
    pub lock_file: Option<LockFile>,
    /// Whether the lock file exists but is damaged, so that no quote can be checked against it.
    pub lock_is_bad: bool,
}

impl Loaded {
    /// Returns a copy without pages and without the text of the lock file. The lock itself is kept.
    #[must_use]
    pub fn without_pages(&self) -> Self {
        Self {
            site: self.site.clone(),
            questions: self.questions.clone(),
            sources: self.sources.clone(),
            pages: Vec::new(),
            skipped: self.skipped.clone(),
            lock: self.lock.clone(),
            lock_file: None,
            lock_is_bad: self.lock_is_bad,
        }
    }
}

/// Files that are copied into the site or used to render it. `verify` drops the assets whose path in the site is taken.
#[derive(Debug, Default)]
pub struct SiteFiles {
    /// Files in `content/` that are not Markdown, copied into the site.
    pub assets: Vec<Asset>,
    /// Files in `templates/assets/` except `.html`, copied into the site. They may replace files of the built-in theme.
    pub theme_assets: Vec<Asset>,
    /// Fonts in `templates/fonts/`, for social cards.
    pub fonts: Vec<Asset>,
    pub templates: Vec<TemplateFile>,
    /// Translations of the interface in `templates/words/`.
    pub words: Vec<WordsFile>,
}

/// Markdown files in `content/` that are not part of the site.
#[derive(Clone, Debug, Default)]
pub struct SkippedFiles {
    /// Paths below `content` of pages whose front matter is missing or not closed.
    pub pages: Vec<String>,
    /// Paths below `content` of pages with `draft = true`.
    pub drafts: Vec<String>,
    /// Questions whose front matter is missing or not closed.
    pub questions: BTreeSet<QuestionId>,
}

/// A file whose bytes are used unchanged: copied into the site, or a font for social cards.
#[derive(Debug)]
pub struct Asset {
    /// Path below `content` or `templates`, with `/`. A copied file has the same path in the finished site.
    pub path: String,
    /// Identifies the file in problems. Its text in [`Files`] is empty.
    pub file: FileId,
    pub bytes: Bytes,
}

/// A template in `templates/`, which replaces the built-in template of the same name, if there is one.
#[derive(Debug)]
pub struct TemplateFile {
    pub name: String,
    pub file: FileId,
}

/// The folders below the site's root that contain its files, except the folder of originals.
pub const FOLDERS: [&str; 3] = ["content", "seeds", "templates"];

/// Reads the whole site. Documents and records in the cache are not read again.
///
/// # Errors
/// If a file or folder can't be read. Mistakes inside the files become problems instead.
pub fn load(
    project: &Project,
    files: &mut Files,
    problems: &mut Problems,
    cache: &LoadCache,
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
    let Content { questions, pages, skipped, assets } = loader.content(&site.groups)?;
    let lock_if_read = (!lock_is_bad).then_some(&lock);
    let sources = loader.sources(&seeds, &documents, &questions, lock_if_read, site.limits, cache)?;
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
        read_bytes(&full).map(Some).map_err(Error::read(&full))
    }

    fn optional_text(&mut self, path: &str) -> Result<Option<LoadedText>, Error> {
        let full = self.root.join(path);
        if !full.exists() {
            return Ok(None);
        }
        self.text(path, &full)
    }

    /// Reads a text file and adds it to the files. A file that is not UTF-8 is a problem, and gives `None`.
    fn text(&mut self, path: &str, full: &Path) -> Result<Option<LoadedText>, Error> {
        Ok(self.add_text(path, read_text(full)?))
    }

    /// Reads the text files of a folder in parallel and adds them to the files in the given order. A file that is not
    /// UTF-8 is a problem, and gives `None`.
    fn texts(&mut self, folder: &str, found: &[FoundFile]) -> Result<Vec<Option<LoadedText>>, Error> {
        // Reads all files before looking for an error, so that the returned error does not depend on the threads.
        let texts: Vec<_> = found.par_iter().map(|found| read_text(&found.full)).collect();
        let added = found.iter().zip(texts).map(|(found, text)| {
            let path = format!("{folder}/{}", found.path);
            Ok(self.add_text(&path, text?))
        });
        added.collect()
    }

    /// Adds a text to the files. `None` means that the file is not UTF-8, which is a problem.
    fn add_text(&mut self, path: &str, text: Option<Arc<str>>) -> Option<LoadedText> {
        let Some(text) = text else {
            let file = self.files.add(path, "");
            self.problems.push(problems::not_text(path, Span::whole(file)));
            return None;
        };
        Some((self.files.add(path, text.clone()), text))
    }

    fn asset(&mut self, folder: &str, found: FoundFile) -> Result<Asset, Error> {
        let bytes = read_bytes(&found.full).map_err(Error::read(&found.full))?;
        let file = self.files.add(format!("{folder}/{}", found.path), "");
        Ok(Asset { path: found.path, file, bytes: bytes.into() })
    }

    /// Reads the site's own theme, in `templates/`: every kind of [`SiteFiles`] except assets in `content/`.
    fn theme_files(&mut self) -> Result<SiteFiles, Error> {
        let mut theme = SiteFiles::default();
        // `desk/` holds the app for editing a site, not a theme. Only this program's own repository has it here.
        let is_of_site = |found: &FoundFile| !found.path.starts_with("desk/");
        for found in walk(&self.root.join("templates"))?.into_iter().filter(is_of_site) {
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
            // An `.html` file is always a template. A `.css`, `.svg` or `.xml` file is one only outside `assets/`.
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
            // Other files, such as notes and editors' backups, are ignored.
        }
        Ok(theme)
    }

    /// Parses an id from the name of a file without its extension. A name that is no id, or whose id an earlier file in
    /// `seen` has, is a problem and gives `None`. Ids that differ only in upper and lower case count as the
    /// same: on many disks, their files would be one.
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
            let path = self.files.path_in_site(file);
            self.problems.push(problems::bad_file_name(what, path, stem, span));
            return None;
        };
        if let Some(first) = seen.insert(stem.to_lowercase(), span) {
            let (path, first) = (self.files.path_in_site(file), self.files.path_in_site(first.file));
            self.problems.push(problems::taken_id(what, stem, path, first, span));
            return None;
        }
        Some(id)
    }
}

type LoadedText = (FileId, Arc<str>);

/// Reads a file's text; `None` if it is not UTF-8.
fn read_text(path: &Path) -> Result<Option<Arc<str>>, Error> {
    let bytes = read_bytes(path).map_err(Error::read(path))?;
    Ok(String::from_utf8(bytes).ok().map(Arc::from))
}

/// Returns the language of a file `words/<language>.toml`; `None` for other paths.
fn words_language(path: &str) -> Option<&str> {
    path.strip_prefix("words/")?.strip_suffix(".toml").filter(|tag| !tag.contains('/'))
}
