//! What stops the program and isn't a fault in the author's files: the disk, the command line.
//!
//! Faults in the files are [`crate::problem::Problem`]s; they are collected, not returned.

use std::io;
use std::path::{Path, PathBuf};

/// Why the program could not run (exit code 2).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be written, renamed or removed.
    #[error("cannot write `{}`: {source}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A card could not be drawn.
    #[error("cannot draw `{path}`: {reason}")]
    Draw {
        /// Its path in the site.
        path: String,
        /// What the drawing program said.
        reason: String,
    },
    /// The site can't be served there.
    #[error(
        "cannot listen on `{host}`: {source}\n  help: `--host` takes an address or a name of this machine"
    )]
    Listen {
        /// What was asked for.
        host: String,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody else listens on the port.
    #[error(
        "port {port} is in use\n  help: name another one with `--port`; without that, a free one is taken"
    )]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// The system doesn't tell of changes to files.
    #[error("cannot watch the site's files: {reason}")]
    Watch {
        /// What the system said.
        reason: String,
    },
    /// There is no site here or above.
    #[error(
        "no site found in `{}`{}\n  help: a site is a folder with a `site.toml`, or one with documents in `seeds/`; go \
         there, name it with `--root`, or make one with `sourcewise new`",
        start.display(),
        if *searched { " or any folder above it" } else { "" }
    )]
    NoSite {
        /// Where the search began.
        start: PathBuf,
        /// Whether folders above were looked at, too.
        searched: bool,
    },
    /// The site could not be written.
    #[error(
        "cannot write `{}`: {source}; {}\n  help: {}",
        path.display(),
        if *partly { "the output folder is the new site in part" } else { "nothing was changed" },
        write_help(source.kind(), *partly)
    )]
    NotWritten {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// Whether some files of the new site have their place already: only where the folder can't be replaced as one.
        partly: bool,
    },
    /// The new site has its place; what was there before is still on the disk.
    #[error(
        "the new site is in place, but the old one can't be removed from `{}`: {source}\n  help: remove it yourself, \
         or make it writable and build again",
        path.display()
    )]
    OldNotRemoved {
        /// Where the old one is.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something stands where the site should, and Sourcewise did not write it.
    #[error(
        "`{}` was not made by Sourcewise; nothing was changed\n  help: name another folder with `--out`, or move this \
         away yourself; what is to stay in the output folder is listed in `site.toml`: `keep = [\"CNAME\"]` under \
         `[output]`; a file in `content/` is copied into the site",
        path.display()
    )]
    OutputNotOurs {
        /// A file that isn't ours.
        path: PathBuf,
    },
    /// Something stands where the site is staged, and Sourcewise did not write it.
    #[error(
        "`{}` was not made by Sourcewise, and stands where the new site is staged; nothing was changed\n  help: move it \
         away yourself",
        path.display()
    )]
    WorkNotOurs {
        /// A file that isn't ours.
        path: PathBuf,
    },
    /// Another build is at it.
    #[error(
        "another build is writing `{}`; nothing was changed\n  help: build again when it has ended",
        path.display()
    )]
    OutputBusy {
        /// The output folder.
        path: PathBuf,
    },
    /// The output folder is one that must never be written to.
    #[error(
        "`{}` can't be the output folder: {why}; nothing was changed\n  help: name another folder with `--out`",
        path.display()
    )]
    OutputForbidden {
        /// The folder.
        path: PathBuf,
        /// Why, as a sentence.
        why: &'static str,
    },
    /// A new site needs a folder that holds nothing.
    #[error(
        "`{}` {}; nothing was changed\n  help: name a folder that is empty, or one that does not exist yet",
        path.display(),
        held.as_ref().map_or_else(|| "is not a folder".to_owned(), |name| format!("is not empty: it holds `{name}`"))
    )]
    FolderTaken {
        /// What stands there.
        path: PathBuf,
        /// Something that it holds, if it is a folder.
        held: Option<String>,
    },
    /// A site has a file for this host already.
    #[error(
        "`{}` is there already; nothing was changed\n  help: move it away, and run this again, if you want it anew",
        path.display()
    )]
    HostFileTaken {
        /// The file.
        path: PathBuf,
    },
    /// There is no problem of this name.
    #[error(
        "there is no problem `{name}`\n  help: {}",
        near.as_ref().map_or_else(|| format!("there are {known}"), |near| format!("did you mean `{near}`?"))
    )]
    NoCode {
        /// What was asked for.
        name: String,
        /// What may have been meant.
        near: Option<String>,
        /// All there are.
        known: String,
    },
    /// The theme has no file of this name.
    #[error(
        "the theme has no file `{name}`\n  help: {}",
        near.as_ref().map_or_else(
            || "to see all of them: sourcewise theme".to_owned(),
            |near| format!("did you mean `{near}`?")
        )
    )]
    NoThemeFile {
        /// What was asked for.
        name: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// `help` was asked for a topic that is neither a command nor a chapter.
    #[error(
        "there is no command or chapter `{topic}`\n  help: {}",
        near.as_ref().map_or_else(
            || "`sourcewise help` lists them".to_owned(),
            |near| format!("did you mean `{near}`?")
        )
    )]
    NoHelp { topic: String, near: Option<String> },
    /// There is no source or question of this id.
    #[error(
        "there is no {what} `{name}`{}",
        near.as_ref().map(|near| format!("\n  help: did you mean `{near}`?")).unwrap_or_default()
    )]
    Unknown {
        /// What was asked for.
        what: &'static str,
        /// Its id.
        name: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// Answers can't be added at the end of a record.
    #[error(
        "answers can't be added to `{}`; nothing was changed\n  help: write its answers as `[[answer]]`, or copy what \
         `sourcewise suggest` prints without `--write`",
        path.display()
    )]
    CannotAppend {
        /// The record.
        path: PathBuf,
    },
    /// A program that was to suggest answers did not.
    #[error(
        "`{command}` suggested nothing: {reason}\n  help: the README tells what it is sent and must reply"
    )]
    Program {
        /// The command.
        command: String,
        /// What happened.
        reason: String,
    },
    /// The folder that `--originals` names does not exist.
    #[error("the folder of originals `{}` does not exist\n  help: check the path after `--originals`", path.display())]
    NoOriginals {
        /// The folder.
        path: PathBuf,
    },
}

impl Error {
    /// A reading error with its path.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        |source| Self::Read { path, source }
    }

    /// An error of writing the site, with its path, before anything was changed.
    pub fn not_written(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        |source| Self::NotWritten { path, source, partly: false }
    }

    /// A writing error with its path.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        |source| Self::Write { path, source }
    }
}

/// What to do where the site can't be written.
fn write_help(kind: io::ErrorKind, partly: bool) -> &'static str {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match (kind, partly) {
        (StorageFull | QuotaExceeded, _) => "make room on its disk, and build again",
        (PermissionDenied | ReadOnlyFilesystem, false) => {
            "make it writable, or name another folder with `--out`"
        }
        (PermissionDenied | ReadOnlyFilesystem, true) => "make it writable, and build again",
        (_, false) => "build again, or name another folder with `--out`",
        (_, true) => "build again: that makes the folder whole",
    }
}
