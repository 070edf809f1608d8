//! `sourcewise new`: creates a small example site. With `--host`, also creates the configuration file for a host; in an
//! existing site, adds only that file, and `.gitignore` if it is missing.
//!
//! The example's files are in the folder `site`; `host` has the configuration files. Files are never overwritten. If a
//! file can't be created, the files created before it are removed.

mod host;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Outcome, display_path, pluralize};
use crate::cli::{Host, NewArgs};
use crate::error::Error;
use crate::load::{Project, read_string};
use crate::progress::Progress;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("site/", $path)))),*]
    };
}

/// The files of the example site, by path.
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

/// A folder with only these entries counts as empty, because `git init` and the Mac's Finder create them.
const IGNORED_ENTRIES: [&str; 2] = [".git", ".DS_Store"];

/// Folders that `.gitignore` should have: the output, and documents that must not be published.
const PRIVATE_FOLDERS: [&str; 2] = ["public", "originals"];

pub(super) fn run(args: &NewArgs, progress: &Progress) -> Result<Outcome, Error> {
    let folder = &args.folder;
    if let Some(host) = args.host
        && Project::find(Some(folder), None).is_ok()
    {
        return add_host_file(host, folder, progress);
    }
    require_empty(folder)?;
    let text = args.host.map(|host| (host.path(), host.text(folder)));
    let host = text.iter().map(|(path, text)| (*path, text.as_str()));
    let files: Vec<(&str, &str)> = SITE.iter().copied().chain(host).collect();
    create_all(folder, &files)?;
    progress.note(format!("wrote {}{}", pluralize(files.len(), "file"), next_steps(folder)));
    if let Some(host) = args.host {
        progress.note(format!("\nto publish:\n{}", host.next_steps()));
    }
    Ok(Outcome::Fine)
}

/// Adds the configuration file for a host to an existing site, and a `.gitignore` if there is none. Prints what is left
/// to do, such as lines that an existing `.gitignore` lacks.
///
/// # Errors
/// If the configuration file exists already, or a file can't be written.
fn add_host_file(host: Host, folder: &Path, progress: &Progress) -> Result<Outcome, Error> {
    let path = folder.join(host.path());
    let path = path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path);
    if path.exists() {
        return Err(Error::HostFileTaken { path });
    }
    let text = host.text(folder);
    let mut files = vec![(host.path(), text.as_str())];
    let has_gitignore = folder.join(".gitignore").exists();
    if !has_gitignore {
        files.extend(SITE.iter().filter(|(path, _)| *path == ".gitignore"));
    }
    create_all(folder, &files)?;
    let also = if has_gitignore { "" } else { " and .gitignore" };
    progress.note(format!("wrote {}{also}; to publish:\n", display_path(&path)));
    let ignored = read_string(&folder.join(".gitignore")).unwrap_or_default();
    let is_ignored = |name: &&str| ignored.lines().any(|line| line.trim().trim_matches('/') == *name);
    if !PRIVATE_FOLDERS.iter().all(is_ignored) {
        progress.note(
            "add the lines /public and /originals to .gitignore, so that Git leaves these folders out\n",
        );
    }
    progress.note(host.next_steps());
    Ok(Outcome::Fine)
}

/// Creates all files. If one can't be created, removes what was created before it.
fn create_all(folder: &Path, files: &[(&str, &str)]) -> Result<(), Error> {
    let mut created = CreatedPaths::default();
    let result = files.iter().try_for_each(|(path, text)| created.create_file(&folder.join(path), text));
    if result.is_err() {
        created.remove();
    }
    result
}

/// Says where the files were written, and the next commands to run.
fn next_steps(folder: &Path) -> String {
    let name = display_path(folder);
    let location = match (folder.canonicalize(), std::env::current_dir().and_then(|here| here.canonicalize()))
    {
        (Ok(folder), Ok(here)) if folder == here => "; next:\n".to_owned(),
        _ if name.contains(char::is_whitespace) => format!(" to {name}; next:\n  cd \"{name}\"\n"),
        _ => format!(" to {name}; next:\n  cd {name}\n"),
    };
    format!(
        "{location}  sourcewise serve --open\nshows the site and reloads it on every save; sourcewise build writes it to public\n"
    )
}

fn require_empty(folder: &Path) -> Result<(), Error> {
    let not_empty = |held| Err(Error::FolderTaken { path: folder.to_path_buf(), held });
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return not_empty(None),
        Err(error) => return Err(Error::read(folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(Error::read(folder))?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| !IGNORED_ENTRIES.contains(&name.as_str()));
    // The first name in alphabetical order, so that the message is the same on every system.
    names.into_iter().min().map_or(Ok(()), |name| not_empty(Some(name)))
}

/// Files and folders in the order of their creation, so that they can be removed after an error.
#[derive(Default)]
struct CreatedPaths(Vec<PathBuf>);

impl CreatedPaths {
    /// Creates a folder and its missing parents.
    fn create_folder(&mut self, path: &Path) -> Result<(), Error> {
        // The parent of the relative path `mill` is empty, which means the current folder.
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        path.parent().map_or(Ok(()), |parent| self.create_folder(parent))?;
        match fs::create_dir(path) {
            Ok(()) => self.0.push(path.to_path_buf()),
            // The folder may exist now: creating `mill` also creates the path `mill/..`.
            Err(_) if path.is_dir() => {}
            Err(error) => return Err(Error::write(path)(error)),
        }
        Ok(())
    }

    /// Creates a file and its parent folders. Fails if the file exists.
    fn create_file(&mut self, path: &Path, text: &str) -> Result<(), Error> {
        path.parent().map_or(Ok(()), |parent| self.create_folder(parent))?;
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(path).map_err(Error::write(path))?;
        self.0.push(path.to_path_buf());
        file.write_all(text.as_bytes()).map_err(Error::write(path))
    }

    /// Removes all created files and folders, except folders with other files in them.
    fn remove(self) {
        for path in self.0.iter().rev() {
            // Ignores errors: the caller reports the error because of which this runs.
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}
