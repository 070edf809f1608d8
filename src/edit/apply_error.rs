//! Why changes were not made.

use std::io;

use thiserror::Error;

/// Why changes were not made. All files are as before, unless the error says otherwise.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// A file is not as it was when the change was prepared, or when it was made.
    #[error("`{path}` has changed since; nothing was written")]
    Changed { path: String },
    #[error("cannot write `{path}`: {source}; nothing was changed")]
    Io { path: String, source: io::Error },
    /// The disk failed during the change and again when it was taken back.
    #[error(
        "cannot write `{path}`: {source}; some files are changed already, the others when the desk or `rename` next starts"
    )]
    Partly { path: String, source: io::Error },
    /// A path is not one of those that the desk and `rename` write.
    #[error("`{path}` is no file of the site that the desk or `rename` changes")]
    Outside { path: String },
    /// A file is a link that leads out of the site, or is in a folder that is such a link.
    #[error("`{path}` leads through a link to a file outside the site: change it there")]
    Linked { path: String },
}

pub(super) fn io_error(path: &str) -> impl FnOnce(io::Error) -> ApplyError + use<> {
    let path = path.to_owned();
    |source| ApplyError::Io { path, source }
}
