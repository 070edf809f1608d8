//! Reads one document that is not part of a site yet, as `add` and `suggest` do.

use std::path::Path;
use std::sync::Arc;

use sourcewise_documents::{Limits, NamedParts};

use super::document::{self, Document, TextCache};
use super::{Loader, problems, site};
use crate::error::Error;
use crate::files::{Files, Span};
use crate::problem::{Problems, Severity};

/// Returns the limits for reading documents that `site.toml` sets, or else the defaults. Problems in that file are
/// ignored.
///
/// # Errors
/// If the file exists and can't be read.
pub fn limits_of(root: &Path) -> Result<Limits, Error> {
    let (mut files, mut problems) = (Files::default(), Problems::default());
    let mut loader = Loader { root, files: &mut files, problems: &mut problems };
    let text = loader.optional_text("site.toml")?;
    Ok(site::read(text, "", loader.problems).limits)
}

/// Reads one document that is not part of a site yet. If its text can't be extracted, records a problem at `span` and
/// returns `None`.
///
/// # Errors
/// If the file can't be read from the disk.
pub fn read_document(
    path: &Path,
    limits: Limits,
    span: Span,
    problems: &mut Problems,
) -> Result<Option<Arc<Document>>, Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // A folder or device gets past this check, whatever its extension: `read_file` reports that it is not a file.
    let is_file = std::fs::metadata(path).map_err(Error::read(path))?.is_file();
    let Some(ending) = document::ending(&name).or_else(|| (!is_file).then(String::new)) else {
        problems.push(problems::other_kind(Severity::Error, &name, span));
        return Ok(None);
    };
    let parts = NamedParts::default();
    Ok(match document::read_file(path, (&name, &ending), false, &parts, limits, &TextCache::default())? {
        Ok(document) => Some(document),
        Err(unreadable) => {
            problems.push(problems::unread(Severity::Error, &unreadable, limits, span));
            None
        }
    })
}
