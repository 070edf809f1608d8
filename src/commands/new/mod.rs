//! `sourcewise new`: a small site in a new folder, that shows everything and builds at once; and the file that a host
//! needs, for it or for a site that is there already.
//!
//! The site lies beside this file, in `site`, as the plain files that it is made of; `host` knows the hosts. Nothing is
//! ever overwritten: every file and folder is claimed as it is made. If one can't be made, those made before are taken
//! back.

mod host;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Outcome, pluralize, shown};
use crate::cli::{Host, NewArgs};
use crate::error::Error;
use crate::load::Project;
use crate::progress::Progress;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("site/", $path)))),*]
    };
}

/// The files of the small site, by path.
pub const SITE: &[(&str, &str)] = embedded![
    ".gitignore",
    "content/bridge.md",
    "content/index.md",
    "content/questions/cost.md",
    "content/questions/reopening.md",
    "content/questions/way-round.md",
    "content/questions/why-closed.md",
    "content/story.md",
    "seeds/council-notice.toml",
    "seeds/council-notice.txt",
    "seeds/courier.toml",
    "seeds/courier.txt",
    "seeds/footpath-society.toml",
    "seeds/footpath-society.txt",
    "seeds/school-letter.toml",
    "seeds/school-letter.txt",
    "site.toml",
];

/// What may be in a folder that counts as empty: `git init` and the Mac's Finder leave these.
const NOTHING: [&str; 2] = [".git", ".DS_Store"];

/// What should stay out of a repository: what is built, and what may not be published.
const IGNORED: [&str; 2] = ["public", "originals"];

pub(super) fn run(args: &NewArgs, progress: &Progress) -> Result<Outcome, Error> {
    let folder = &args.folder;
    if let Some(host) = args.host
        && Project::find(Some(folder), None).is_ok()
    {
        return add(host, folder, progress);
    }
    refuse_taken(folder)?;
    let text = args.host.map(|host| (host.path(), host.text(folder)));
    let host = text.iter().map(|(path, text)| (*path, text.as_str()));
    let files: Vec<(&str, &str)> = SITE.iter().copied().chain(host).collect();
    make(folder, &files)?;
    progress.note(format!("wrote {}{}", pluralize(files.len(), "file"), next(folder)));
    if let Some(host) = args.host {
        progress.note(format!("\nto publish:\n{}", host.next()));
    }
    Ok(Outcome::Fine)
}

/// Gives a site that is there the file that a host needs.
fn add(host: Host, folder: &Path, progress: &Progress) -> Result<Outcome, Error> {
    let path = folder.join(host.path());
    let path = path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path);
    if path.exists() {
        return Err(Error::HostFileTaken { path });
    }
    make(folder, &[(host.path(), &host.text(folder))])?;
    progress.note(format!("wrote {}; to publish:\n", shown(&path)));
    let ignored = fs::read_to_string(folder.join(".gitignore")).unwrap_or_default();
    let is_ignored = |name: &&str| ignored.lines().any(|line| line.trim().trim_matches('/') == *name);
    if !IGNORED.iter().all(is_ignored) {
        progress.note("write /public and /originals, a line each, into .gitignore, so that they stay here\n");
    }
    progress.note(host.next());
    Ok(Outcome::Fine)
}

/// Makes all of the files, or none.
fn make(folder: &Path, files: &[(&str, &str)]) -> Result<(), Error> {
    let mut made = Made::default();
    let result = files.iter().try_for_each(|(path, text)| made.file(&folder.join(path), text));
    if result.is_err() {
        made.take_back();
    }
    result
}

/// Where the files went, and what to type next.
fn next(folder: &Path) -> String {
    let name = shown(folder);
    let there = match (folder.canonicalize(), std::env::current_dir().and_then(|here| here.canonicalize())) {
        (Ok(folder), Ok(here)) if folder == here => "; next:\n".to_owned(),
        _ if name.contains(char::is_whitespace) => format!(" to {name}; next:\n  cd \"{name}\"\n"),
        _ => format!(" to {name}; next:\n  cd {name}\n"),
    };
    format!(
        "{there}  sourcewise serve --open\nshows it and follows every save; sourcewise build writes it to public\n"
    )
}

fn refuse_taken(folder: &Path) -> Result<(), Error> {
    let taken = |held| Err(Error::FolderTaken { path: folder.to_path_buf(), held });
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return taken(None),
        Err(error) => return Err(Error::read(folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(Error::read(folder))?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| !NOTHING.contains(&name.as_str()));
    // The first by name, so that the message is the same wherever it is read.
    names.into_iter().min().map_or(Ok(()), |name| taken(Some(name)))
}

/// What was made, in order, so that it can be taken back.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes a folder, in folders that are made if need be.
    fn folder(&mut self, path: &Path) -> Result<(), Error> {
        // The folder of `mill` is the empty path: the current one.
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        path.parent().map_or(Ok(()), |parent| self.folder(parent))?;
        match fs::create_dir(path) {
            Ok(()) => self.0.push(path.to_path_buf()),
            // `mill/..` is there once `mill` is.
            Err(_) if path.is_dir() => {}
            Err(error) => return Err(Error::write(path)(error)),
        }
        Ok(())
    }

    /// Makes a file that isn't there yet.
    fn file(&mut self, path: &Path, text: &str) -> Result<(), Error> {
        path.parent().map_or(Ok(()), |parent| self.folder(parent))?;
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(path).map_err(Error::write(path))?;
        self.0.push(path.to_path_buf());
        file.write_all(text.as_bytes()).map_err(Error::write(path))
    }

    /// Removes all of it, but for folders into which somebody else has put something.
    fn take_back(self) {
        for path in self.0.iter().rev() {
            // The error that led here is the one to tell.
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}
