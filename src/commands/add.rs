//! `sourcewise add`: copies documents into `seeds/` and writes a record for each. With `--record-only`, writes only the
//! record. `--id` gives the id of a new source. Without it, the id is made from the document's file name if that is
//! descriptive, or else from its publisher and title.
//!
//! Never overwrites a file, and skips a document if a file in `seeds/` has the same content.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sourcewise_documents::Limits;
use sourcewise_quotes::sha256;

use super::set_aside::{set_aside_list, text_origin};
use super::{Outcome, display_path, find_project, pluralize, print_problems, write};
use crate::cli::AddArgs;
use crate::edit::new_record;
use crate::error::Error;
use crate::files::{Files, Span};
use crate::ids::{SourceId, slug};
use crate::load::{self, Document, Publish, limits_of, read_document, source_id_help, title_of};
use crate::problem::{Code, Problem, Problems};
use crate::progress::Progress;
use crate::text::visible_line;

/// An id made from a descriptive file name or a title is cut to this length, because ids are file names and parts of
/// addresses. A number that makes the id unique is added after that.
const MAX_ID_CHARS: usize = 48;
/// An id made from a title has at most this many of its words.
const MAX_TITLE_WORDS: usize = 6;
/// At most this many entries are listed for parts and words of a document's file that its text lacks.
const MAX_SET_ASIDE_LINES: usize = 6;
/// In a file name, a word with fewer letters doesn't identify a source.
const MIN_WORD_LETTERS: usize = 3;
/// In a file name, a word with more digits is probably part of a hash.
const MAX_WORD_DIGITS: usize = 2;
/// Words that don't identify a source in a file name, because many documents have them.
const GENERIC_WORDS: [&str; 12] = [
    "article", "document", "download", "file", "index", "news", "page", "print", "report", "scan", "story",
    "untitled",
];

pub(super) fn run(args: &AddArgs, progress: &Progress) -> Result<Outcome, Error> {
    let paths = files_of(&args.files, progress)?;
    let chosen_id = args.id.as_deref().map(|id| chosen_id(id, paths.len())).transpose()?;
    // Without a site, `seeds/` is created in the current folder, or in `--root`, as the start of one.
    let root = match find_project(&args.site) {
        Ok(project) => project.root,
        Err(Error::NoSite { start, .. }) => start,
        Err(error) => return Err(error),
    };
    let mut files = Files::default();
    let mut problems = Problems::default();
    let seeds = root.join("seeds");
    if let (Some(id), [file]) = (&chosen_id, paths.as_slice()) {
        check_free(&seeds, id, file)?;
    }
    fs::create_dir_all(&seeds).map_err(Error::write(&seeds))?;
    let mut adding = Adding {
        progress,
        limits: limits_of(&root)?,
        existing: existing_documents(&seeds)?,
        seeds,
        chosen_id,
        added: Vec::new(),
    };
    for path in &paths {
        let span = Span::whole(files.add(path.display().to_string(), ""));
        match read_document(path, adding.limits, span, &mut problems) {
            Ok(Some(document)) => adding.add(path, &document, args.record_only)?,
            Ok(None) => {}
            // The other files are still added.
            Err(error) => problems.push(unreadable(&error, span)),
        }
    }
    let failed = print_problems(problems, &files);
    if let [first, ..] = adding.added.as_slice() {
        let records = if adding.added.len() == 1 { "record" } else { "records" };
        let question = if has_questions(&root) {
            ""
        } else {
            "; write a question into content/questions/ (see sourcewise help questions)"
        };
        progress.note(format!(
            "{} added; next: check and correct the {records}{question}; then run\n  sourcewise build\n  sourcewise suggest {first}\n",
            pluralize(adding.added.len(), "source"),
        ));
    }
    Ok(if failed { Outcome::Problems } else { Outcome::Fine })
}

/// Returns the files to add, in the order in which they were named. For a folder, these are the documents directly in
/// it, sorted by path. Prints a note if a folder has no documents, or how many other visible files and folders it has.
fn files_of(named: &[PathBuf], progress: &Progress) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(Error::read(path))?.into_iter().map(|entry| entry.path());
        let (mut documents, others): (Vec<_>, Vec<_>) = entries.partition(|path| is_document(path));
        let others = others.iter().filter(|path| !is_hidden(path)).count();
        let shown = display_path(path);
        if documents.is_empty() {
            progress.note(format!("{shown} has no documents directly in it; name the files to add\n"));
        } else if others > 0 {
            let others = if others == 1 {
                "1 other file or folder".to_owned()
            } else {
                format!("{others} other files and folders")
            };
            progress.note(format!("{shown}: {others} left out\n"));
        }
        documents.sort();
        files.append(&mut documents);
    }
    Ok(files)
}

/// Whether a path in a named folder is a document to add: a file that isn't hidden, with the extension of a format that
/// can be read.
fn is_document(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    path.is_file() && !is_hidden(path) && load::document_ending(&name).is_some()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| load::is_hidden(name.as_encoded_bytes()))
}

/// Whether `content/questions/` has a Markdown file.
fn has_questions(root: &Path) -> bool {
    let files = fs::read_dir(root.join("content/questions")).into_iter().flatten().filter_map(Result::ok);
    files.map(|file| file.path()).any(|path| path.extension().is_some_and(|ending| ending == "md"))
}

/// Returns the problem for a file to add that can't be read.
fn unreadable(error: &Error, span: Span) -> Problem {
    let help = "check the path; put a path with spaces in quotation marks";
    Problem::error(Code::DocumentMissing, span, error.to_string(), help)
}

struct Adding<'p> {
    progress: &'p Progress,
    seeds: PathBuf,
    limits: Limits,
    /// The names of the files in `seeds/`, by the SHA-256 of their content.
    existing: BTreeMap<String, String>,
    /// The id that `--id` gives to the only source.
    chosen_id: Option<SourceId>,
    /// The ids of the sources added so far.
    added: Vec<String>,
}

impl Adding<'_> {
    fn add(&mut self, path: &Path, document: &Document, record_only: bool) -> Result<(), Error> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some(name) = self.existing.get(&document.sha256) {
            let (path, name) = (display_path(path), visible_line(name));
            self.progress.note(format!("{path} was added before, as seeds/{name}\n"));
            return Ok(());
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "txt"));
        let title = document.meta.title.clone().or_else(|| title_of(&document.text));
        let id = match &self.chosen_id {
            Some(id) => id.to_string(),
            None => self.free_id(&id_of(stem, document.meta.publisher.as_deref(), title.as_deref())),
        };
        let record = self.seeds.join(format!("{id}.toml"));
        let title = title.unwrap_or_else(|| id.clone());
        let (publish, document_name) =
            if record_only { (Publish::Quotes, Some(name.as_str())) } else { (Publish::Excerpts, None) };
        let shown_title = visible_line(&title);
        let document_name = document_name.filter(|name| *name != format!("{id}.{extension}"));
        write::create(&record, new_record(&document.meta, &title, document_name, publish).as_bytes())?;
        if record_only {
            self.progress.note(format!(
                "seeds/{id}.toml: “{shown_title}”; put the document into originals/{}, which is never published\n",
                visible_line(&name)
            ));
        } else {
            let copy = format!("{id}.{}", extension.to_lowercase());
            let bytes = fs::read(path).map_err(Error::read(path))?;
            write::create(&self.seeds.join(&copy), &bytes)?;
            self.progress.note(format!(
                "seeds/{copy} and seeds/{id}.toml: “{shown_title}”, {}\n",
                pluralize(document.words, "word")
            ));
            self.existing.insert(document.sha256.clone(), copy);
        }
        self.progress.note(text_origin(&id, document.is_machine_read, document.is_from_metadata));
        self.progress.note(set_aside_list(
            &id,
            document.all.as_deref(),
            &document.set_aside,
            MAX_SET_ASIDE_LINES,
        ));
        self.added.push(id);
        Ok(())
    }

    /// Returns the first of `wanted`, `wanted-2`, `wanted-3` and so on for which [`file_with_id`] finds no file.
    fn free_id(&self, wanted: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut ids = std::iter::once(wanted.to_owned()).chain(numbered);
        ids.find(|id| file_with_id(&self.seeds, id).is_none()).unwrap_or_default()
    }
}

/// Parses the id given with `--id`. An error if it isn't a valid source id, or if there are several files.
fn chosen_id(written: &str, files: usize) -> Result<SourceId, Error> {
    if files > 1 {
        return Err(Error::OneId { files });
    }
    SourceId::parse(written).ok_or_else(|| Error::BadId {
        written: visible_line(written).into_owned(),
        help: source_id_help(written),
    })
}

/// Returns an error if a file in `seeds/` already has the id that is chosen for `document`.
fn check_free(seeds: &Path, id: &SourceId, document: &Path) -> Result<(), Error> {
    match file_with_id(seeds, id.as_str()) {
        Some(name) => Err(Error::IdTaken {
            id: id.to_string(),
            path: Path::new("seeds").join(name),
            ending: document.extension().map_or_else(
                || "txt".to_owned(),
                |ending| visible_line(&ending.to_string_lossy()).to_lowercase(),
            ),
        }),
        None => Ok(()),
    }
}

/// Returns the name of a file in `seeds/` that is this id with an extension, in upper or lower case. The first in
/// alphabetical order, if there are several.
fn file_with_id(seeds: &Path, id: &str) -> Option<String> {
    let files = fs::read_dir(seeds).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
        .into_iter()
        .find(|name| name.rsplit_once('.').is_some_and(|(stem, _)| stem.eq_ignore_ascii_case(id)))
}

/// Returns the names of the files in `seeds/`, by the SHA-256 of their content.
fn existing_documents(seeds: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut existing = BTreeMap::new();
    for entry in fs::read_dir(seeds).map_err(Error::read(seeds))? {
        let path = entry.map_err(Error::read(seeds))?.path();
        if path.is_file() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            existing.insert(sha256(&fs::read(&path).map_err(Error::read(&path))?), name);
        }
    }
    Ok(existing)
}

/// Makes an id from the document's file name if it is descriptive, else from publisher and title. If both are missing,
/// uses the file name in any case, or else `source`. `stem` is the file name without extension.
fn id_of(stem: &str, publisher: Option<&str>, title: Option<&str>) -> String {
    let from_name = slug(stem);
    if is_descriptive(&from_name) {
        return shorten(&from_name);
    }
    let words = title.unwrap_or_default().split_whitespace().take(MAX_TITLE_WORDS);
    let from_title = publisher.into_iter().chain(words).collect::<Vec<_>>().join(" ");
    let from_title = shorten(&slug(&from_title));
    match (from_title.is_empty(), from_name.is_empty()) {
        (false, _) => from_title,
        (true, false) => from_name,
        (true, true) => "source".to_owned(),
    }
}

/// Whether a file name, as a slug, has a word that may identify the source: one with enough letters and few digits that
/// isn't one of the [`GENERIC_WORDS`].
fn is_descriptive(name: &str) -> bool {
    name.split(['-', '_']).any(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let digits = word.chars().count() - letters;
        letters >= MIN_WORD_LETTERS && digits <= MAX_WORD_DIGITS && !GENERIC_WORDS.contains(&word)
    })
}

/// Shortens an id to [`MAX_ID_CHARS`], at a word boundary if there is one.
fn shorten(id: &str) -> String {
    let Some((end, _)) = id.char_indices().nth(MAX_ID_CHARS) else { return id.to_owned() };
    let cut = id[..end].rfind(['-', '_']).unwrap_or(end);
    id[..cut].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_files_name_or_else_publisher_and_title() {
        let id = |stem| id_of(stem, Some("The Gazette"), Some("Fire at the old mill: what we know so far"));
        assert_eq!(id("Mill Fire (final)"), "mill-fire-final");
        assert_eq!(id("000_b983466ce9a72b56"), "the-gazette-fire-at-the-old-mill-what");
        assert_eq!(id("download (3)"), "the-gazette-fire-at-the-old-mill-what");
        assert_eq!(id_of("2026", None, None), "2026");
        assert_eq!(id_of("…", None, None), "source");
        assert_eq!(id(&"mill-".repeat(30)), ["mill"; 9].join("-"));
    }
}
