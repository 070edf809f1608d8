//! The manifest: a file in the output folder that lists the files that Sourcewise wrote.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use crate::error::Error;

pub(super) const MANIFEST: &str = ".sourcewise";
/// The name of the staging folder if it is inside the output folder.
pub(super) const STAGING_FOLDER: &str = ".sourcewise-work";
/// How the first line of a manifest begins. A file of the same name that begins otherwise is not a manifest.
const FIRST_LINE: &str = "# Made by Sourcewise";

/// Formats the manifest for some paths: a first line that explains the file, then one line for each path.
pub(super) fn text<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let mut text = format!("{FIRST_LINE}, which replaces this folder as a whole. One line a file.\n");
    for path in paths {
        text.push_str(&line(path));
        text.push('\n');
    }
    text
}

/// Formats a path as one line of the manifest: line breaks in the path are escaped.
pub(super) fn line(path: &str) -> Cow<'_, str> {
    if path.contains(['\n', '\r']) {
        return path.replace('\n', "\\n").replace('\r', "\\r").into();
    }
    path.into()
}

/// Reads a manifest. `None` if the file doesn't exist, isn't UTF-8, or doesn't begin as a manifest does.
pub(super) fn read(path: &Path) -> Result<Option<String>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(path).map_err(Error::read(path))?;
    Ok(String::from_utf8(bytes).ok().filter(|text| text.starts_with(FIRST_LINE)))
}
