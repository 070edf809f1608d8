//! Errors that stop a command, such as those of the disk or the command line.
//!
//! Mistakes in the site's files are [`crate::problem::Problem`]s instead: they are collected, and the command
//! continues.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::visible_line;

/// Why a command stopped with exit code 2.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {source}", shown(path))]
    Read { path: PathBuf, source: io::Error },
    /// A file or folder could not be written, renamed or removed.
    #[error("cannot write `{}`: {source}", shown(path))]
    Write { path: PathBuf, source: io::Error },
    /// Standard output could not be written.
    #[error("cannot write the output: {source}")]
    Output { source: io::Error },
    /// A card could not be drawn.
    #[error(
        "cannot draw `{path}`: {reason}\n  help: correct `templates/card.svg` if you have one, or write `cards = false` \
         in `site.toml`"
    )]
    Draw { path: String, reason: String },
    /// `serve` can't listen on the address that `--host` names.
    #[error(
        "cannot listen on `{host}`: {source}\n  help: `--host` takes an IP address or a host name of this machine"
    )]
    Listen { host: String, source: io::Error },
    /// Other programs already listen on the port that `--port` names, or on all ports that are tried without `--port`.
    #[error(
        "port {port} is in use\n  help: choose another one with `--port`, or leave `--port` out to use a free one"
    )]
    PortTaken { port: u16 },
    /// The system can't report changes to files.
    #[error(
        "cannot watch the site's files for changes: {reason}\n  help: run `sourcewise build` after each change instead"
    )]
    Watch { reason: String },
    /// The desk could not be opened.
    #[error("cannot open the desk: {reason}")]
    Desk { reason: String },
    /// No site was found in the start folder, or in the folders above it.
    #[error(
        "no site found in `{}`{}\n  help: a site is a folder with a `site.toml`, or with documents in `seeds/`; change to \
         that folder, name it with `--root`, or create a site with `sourcewise new`",
        shown(start),
        if *searched { " or any folder above it" } else { "" }
    )]
    NoSite {
        start: PathBuf,
        /// Whether the folders above `start` were searched, too.
        searched: bool,
    },
    /// The finished site could not be written to the output folder.
    #[error(
        "cannot write `{}`: {source}; {}\n  help: {}",
        shown(path),
        if *partly { "the output folder contains only a part of the new site" } else { "nothing was changed" },
        write_help(source.kind(), *partly)
    )]
    NotWritten {
        path: PathBuf,
        source: io::Error,
        /// Whether some files are already replaced. This happens only if the folder can't be replaced in one step.
        partly: bool,
    },
    /// The new site is in the output folder, but the old one, which was moved away, can't be removed.
    #[error(
        "the new site is in place, but the old one can't be removed from `{}`: {source}\n  help: remove it yourself, \
         or make it writable and build again",
        shown(path)
    )]
    OldNotRemoved {
        /// The path that the old site was moved to.
        path: PathBuf,
        source: io::Error,
    },
    /// The output folder contains a file that Sourcewise did not write.
    #[error(
        "`{}` was not made by Sourcewise; nothing was changed\n  help: name another folder with `--out`, or move this \
         file away; to keep it in the output folder, list it in `site.toml`: `keep = [\"CNAME\"]` under `[output]`; to \
         publish it, put it into `content/`",
        shown(path)
    )]
    OutputNotOurs { path: PathBuf },
    /// The staging folder, where the new site is written first, contains a file that Sourcewise did not write.
    #[error(
        "`{}` was not made by Sourcewise, but Sourcewise prepares the new site in this folder; nothing was changed\n  \
         help: move it away",
        shown(path)
    )]
    WorkNotOurs { path: PathBuf },
    /// Another build is writing to the same output folder.
    #[error(
        "another build is writing `{}`; nothing was changed\n  help: build again when it has finished",
        shown(path)
    )]
    OutputBusy { path: PathBuf },
    /// The folder that `--out` names must not be replaced: for example, it is the site's own folder.
    #[error(
        "`{}` can't be the output folder: {why}; nothing was changed\n  help: name another folder with `--out`",
        shown(path)
    )]
    OutputForbidden {
        path: PathBuf,
        /// The reason, as a clause of the message.
        why: &'static str,
    },
    /// The path for a new site is not an empty folder.
    #[error(
        "`{}` {}; nothing was changed\n  help: name an empty folder, or one that does not exist yet",
        shown(path),
        held.as_ref().map_or_else(|| "is not a folder".to_owned(), |name| format!("is not empty: it contains `{}`", visible_line(name)))
    )]
    FolderTaken {
        path: PathBuf,
        /// The name of an entry of the folder; `None` if the path is not a folder.
        held: Option<String>,
    },
    /// The configuration file for a hosting service, which `new` would create, already exists.
    #[error(
        "`{}` already exists; nothing was changed\n  help: to create it again, move it away and repeat this command",
        shown(path)
    )]
    HostFileTaken { path: PathBuf },
    /// No problem code has this name.
    #[error(
        "there is no problem `{name}`\n  help: {}",
        near.as_ref().map_or_else(|| format!("use one of {known}"), |near| format!("did you mean `{near}`?"))
    )]
    NoCode {
        name: String,
        near: Option<String>,
        /// All codes, separated by commas.
        known: String,
    },
    /// The theme has no file with this name.
    #[error(
        "the theme has no file `{name}`\n  help: {}",
        near.as_ref().map_or_else(
            || "run `sourcewise theme` to list its files".to_owned(),
            |near| format!("did you mean `{near}`?")
        )
    )]
    NoThemeFile { name: String, near: Option<String> },
    /// `help` was asked for a topic that is neither a command nor a chapter.
    #[error(
        "there is no command or chapter `{topic}`\n  help: {}",
        near.as_ref().map_or_else(
            || "`sourcewise help` lists them".to_owned(),
            |near| format!("did you mean `{near}`?")
        )
    )]
    NoHelp { topic: String, near: Option<String> },
    /// There is no source or question with this id.
    #[error(
        "there is no {what} `{name}`{}",
        near.as_ref().map_or_else(
            || format!("\n  help: the id of a {what} is the name of its file, without the extension"),
            |near| format!("\n  help: did you mean `{near}`?")
        )
    )]
    Unknown {
        /// The noun for the message: `source` or `question`.
        what: &'static str,
        name: String,
        near: Option<String>,
    },
    /// `add --id` was given several files.
    #[error(
        "`--id` names one source, but there are {files} files; nothing was changed\n  help: add the files one by one"
    )]
    OneId { files: usize },
    /// `add --id` was given text that is not an id.
    #[error("`{written}` is not a valid id for a source; nothing was changed\n  help: {help}")]
    BadId { written: String, help: String },
    /// `add --id` was given the id of a source that exists.
    #[error(
        "there is a source `{id}` already: `{}`; nothing was changed\n  help: choose another id with `--id`; if the file is the \
         document of that source, copy it into `seeds/` yourself, as `{id}.{ending}`",
        shown(path)
    )]
    IdTaken {
        id: String,
        path: PathBuf,
        /// The extension of the file to add, without the dot.
        ending: String,
    },
    /// `rename` can't rename an id.
    #[error("{reason}; nothing was renamed\n  help: {help}")]
    NotRenamed {
        /// Why the id can't be renamed, as a clause that begins the message.
        reason: String,
        help: String,
    },
    /// `suggest --write` can't append answers to the record.
    #[error(
        "answers can't be added to `{}`; nothing was changed\n  help: begin each answer in it with a line `[[answer]]`, or copy what \
         `sourcewise suggest` prints without `--write`",
        shown(path)
    )]
    CannotAppend { path: PathBuf },
    /// The external program that `suggest` runs failed.
    #[error(
        "`{command}` suggested nothing: {reason}\n  help: `sourcewise help suggestions` describes its input and output"
    )]
    Program { command: String, reason: String },
    /// The folder that `--originals` names does not exist.
    #[error(
        "the folder of originals `{}` does not exist\n  help: check the path after `--originals`",
        shown(path)
    )]
    NoOriginals { path: PathBuf },
}

impl Error {
    /// Returns a function that converts an error of reading `path`.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        |source| Self::Read { path, source }
    }

    /// Returns a function that converts an error of writing the site to `path`, when nothing has been changed yet.
    pub fn not_written(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        |source| Self::NotWritten { path, source, partly: false }
    }

    /// Returns a function that converts an error of writing `path`.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        |source| Self::Write { path, source }
    }
}

/// Formats a path for a message. A file name may have characters that control terminals.
fn shown(path: &Path) -> String {
    visible_line(&path.display().to_string()).into_owned()
}

fn write_help(kind: io::ErrorKind, partly: bool) -> &'static str {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match (kind, partly) {
        (StorageFull | QuotaExceeded, _) => "free some space on its disk, and build again",
        (PermissionDenied | ReadOnlyFilesystem, false) => {
            "make it writable, or name another folder with `--out`"
        }
        (PermissionDenied | ReadOnlyFilesystem, true) => "make it writable, and build again",
        (_, false) => "build again, or name another folder with `--out`",
        (_, true) => "build again to complete the folder",
    }
}
