//! `sourcewise add`: documents copied into `seeds/` under good ids, each with the beginning of a record.
//!
//! Nothing is ever overwritten, and a document that is there already is not added again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sourcewise_documents::Limits;
use sourcewise_quotes::sha256;

use super::stub::stub;
use super::{Outcome, find, pluralize, shown, tell, write};
use crate::cli::AddArgs;
use crate::error::Error;
use crate::files::{Files, Span};
use crate::ids::slug;
use crate::load::{Document, Publish, limits_of, read_document, title_of};
use crate::problem::{Code, Problem, Problems};
use crate::progress::Progress;

/// No id that is made of a title is longer, in characters.
const LONGEST_ID: usize = 48;
/// So many words of a title make an id.
const ID_WORDS: usize = 6;
/// File names that tell nothing.
const NAMELESS: [&str; 12] = [
    "article", "document", "download", "file", "index", "news", "page", "print", "report", "scan", "story",
    "untitled",
];

pub(super) fn run(args: &AddArgs, progress: &Progress) -> Result<Outcome, Error> {
    // In a folder that holds no site yet, one begins.
    let root = match find(&args.site) {
        Ok(project) => project.root,
        Err(Error::NoSite { start, .. }) => start,
        Err(error) => return Err(error),
    };
    let mut files = Files::default();
    let mut problems = Problems::default();
    let seeds = root.join("seeds");
    fs::create_dir_all(&seeds).map_err(Error::write(&seeds))?;
    let mut adding =
        Adding { progress, limits: limits_of(&root)?, known: known(&seeds)?, seeds, added: Vec::new() };
    for path in &args.files {
        let span = Span::whole(files.add(path.display().to_string(), ""));
        match read_document(path, adding.limits, span, &mut problems) {
            Ok(Some(document)) => adding.add(path, &document, args.record_only)?,
            Ok(None) => {}
            // The others are added all the same.
            Err(error) => problems.push(not_at_hand(&error, span)),
        }
    }
    let failed = tell(problems, &files);
    if let [first, ..] = adding.added.as_slice() {
        progress.note(format!(
            "{} added; next: read and mend what was noted of {}, then\n  sourcewise build\n  sourcewise suggest {first}\n",
            pluralize(adding.added.len(), "source"),
            if adding.added.len() == 1 { "it" } else { "them" },
        ));
    }
    Ok(if failed { Outcome::Problems } else { Outcome::Fine })
}

/// A file that the disk doesn't give.
fn not_at_hand(error: &Error, span: Span) -> Problem {
    let help = "check its name; a name with spaces goes between quotation marks";
    Problem::error(Code::DocumentMissing, span, error.to_string(), help)
}

struct Adding<'p> {
    progress: &'p Progress,
    seeds: PathBuf,
    limits: Limits,
    /// The documents in `seeds/`, by fingerprint.
    known: BTreeMap<String, String>,
    /// The ids of what was added.
    added: Vec<String>,
}

impl Adding<'_> {
    fn add(&mut self, path: &Path, document: &Document, record_only: bool) -> Result<(), Error> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some(there) = self.known.get(&document.sha256) {
            self.progress.note(format!("{} is there already, as seeds/{there}\n", shown(path)));
            return Ok(());
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, "txt"));
        let title = document.meta.title.clone().or_else(|| title_of(&document.text));
        let id = self.free(&id_of(stem, document.meta.publisher.as_deref(), title.as_deref()));
        let record = self.seeds.join(format!("{id}.toml"));
        let title = title.unwrap_or_else(|| id.clone());
        let (publish, kept) =
            if record_only { (Publish::Quotes, Some(name.as_str())) } else { (Publish::Excerpts, None) };
        let kept = kept.filter(|name| *name != format!("{id}.{ending}"));
        write::create(&record, stub(&document.meta, &title, kept, publish).as_bytes())?;
        if record_only {
            self.progress.note(format!(
                "seeds/{id}.toml: “{title}”; put the document into originals/{name}, which is not published\n"
            ));
        } else {
            let copy = format!("{id}.{}", ending.to_lowercase());
            let bytes = fs::read(path).map_err(Error::read(path))?;
            write::create(&self.seeds.join(&copy), &bytes)?;
            self.progress.note(format!(
                "seeds/{copy} and seeds/{id}.toml: “{title}”, {}\n",
                pluralize(document.words(), "word")
            ));
            self.known.insert(document.sha256.clone(), copy);
        }
        self.added.push(id);
        Ok(())
    }

    /// An id that no file in `seeds/` has: the wanted one, or one with a number.
    fn free(&self, wanted: &str) -> String {
        let taken = |id: &str| {
            let of =
                |name: &str| name.rsplit_once('.').is_some_and(|(stem, _)| stem.eq_ignore_ascii_case(id));
            let files = fs::read_dir(&self.seeds).into_iter().flatten().filter_map(Result::ok);
            files.map(|file| file.file_name()).any(|name| of(&name.to_string_lossy()))
        };
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
    }
}

/// The documents that are there, by fingerprint.
fn known(seeds: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut known = BTreeMap::new();
    for entry in fs::read_dir(seeds).map_err(Error::read(seeds))? {
        let path = entry.map_err(Error::read(seeds))?.path();
        if path.is_file() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            known.insert(sha256(&fs::read(&path).map_err(Error::read(&path))?), name);
        }
    }
    Ok(known)
}

/// An id that says what the source is: the file's name if that tells anything, else publisher and title.
fn id_of(stem: &str, publisher: Option<&str>, title: Option<&str>) -> String {
    let named = slug(stem);
    if tells(&named) {
        return shortened(&named);
    }
    let words = title.unwrap_or_default().split_whitespace().take(ID_WORDS);
    let told = publisher.into_iter().chain(words).collect::<Vec<_>>().join(" ");
    let told = shortened(&slug(&told));
    match (told.is_empty(), named.is_empty()) {
        (false, _) => told,
        (true, false) => named,
        (true, true) => "source".to_owned(),
    }
}

/// Whether a name has a word in it that is none of those that say nothing; fingerprints and numbers have none.
fn tells(name: &str) -> bool {
    name.split(['-', '_']).any(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let digits = word.chars().count() - letters;
        letters > 2 && digits <= 2 && !NAMELESS.contains(&word)
    })
}

/// An id without what goes beyond the length, cut between words.
fn shortened(id: &str) -> String {
    let Some((end, _)) = id.char_indices().nth(LONGEST_ID) else { return id.to_owned() };
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
