//! What Sourcewise itself puts into an output folder: the list of the files that it wrote, and the name of the folder that
//! it works in where nothing can be made beside the output folder.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use crate::error::Error;

/// The name of the list, one path a line.
pub(super) const MANIFEST: &str = ".sourcewise";
/// The name of the work folder within an output folder.
pub(super) const WORK_FOLDER: &str = ".sourcewise-work";
/// How the first line of a manifest begins, which tells it from other files of its name.
const FIRST_LINE: &str = "# Made by Sourcewise";

/// The text of the manifest for some paths.
pub(super) fn text<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let mut text = format!("{FIRST_LINE}, which replaces this folder as a whole. One line a file.\n");
    for path in paths {
        text.push_str(&line(path));
        text.push('\n');
    }
    text
}

/// A path as a line of the manifest.
pub(super) fn line(path: &str) -> Cow<'_, str> {
    if path.contains(['\n', '\r']) {
        return path.replace('\n', "\\n").replace('\r', "\\r").into();
    }
    path.into()
}

/// Reads a manifest. `None` if there is none, or if Sourcewise did not write it.
///
/// # Errors
/// If there is one that can't be read.
pub(super) fn read(path: &Path) -> Result<Option<String>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(path).map_err(Error::read(path))?;
    Ok(String::from_utf8(bytes).ok().filter(|text| text.starts_with(FIRST_LINE)))
}
