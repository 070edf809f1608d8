//! The places in a Markdown text where an id is written: citations, markers and links.

use std::ops::Range;

use sourcewise_documents::url::{join_path, percent_decoded};

use super::site::SiteTexts;
use super::{Rename, Renamed};
use crate::verify::{WrittenKind, is_web_address, page_path, written_in};

/// Where a text is in the site, by which its links are resolved.
pub(super) struct Location {
    /// The folder that links are relative to, below `content`.
    folder: String,
    /// The path of the page with the text, for links that are only a fragment.
    page: String,
}

impl Location {
    /// `path` is below the site's root: `content/places/ferry.md`.
    pub(super) fn of_page(path: &str) -> Self {
        let path = path.strip_prefix("content/").unwrap_or(path);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self { folder: folder.to_owned(), page: page_path(path) }
    }

    pub(super) fn of_question(id: &str) -> Self {
        Self { folder: "questions".to_owned(), page: format!("compare/{id}.html") }
    }

    pub(super) fn of_notes(source: &str) -> Self {
        Self { folder: String::new(), page: format!("sources/{source}.html") }
    }
}

/// Returns the ranges to replace in a text, each with its new text. The error is the byte of a place that can't be
/// replaced, because its link is written with escapes.
pub(super) fn replacements(
    rename: &Rename,
    text: &str,
    location: &Location,
    site: &SiteTexts,
) -> Result<Vec<(Range<usize>, String)>, usize> {
    let mut replacements = Vec::new();
    for written in written_in(text, |id| site.is_source(id)) {
        let new = match written.kind {
            WrittenKind::Source | WrittenKind::Question => {
                let is_kind = match written.kind {
                    WrittenKind::Source => rename.what == Renamed::Source,
                    _ => rename.what == Renamed::Question,
                };
                (is_kind && written.text == rename.old).then(|| rename.new.clone())
            }
            WrittenKind::Address => address(rename, &written.text, location),
        };
        match new {
            Some(_) if !written.is_exact => return Err(written.range.start),
            Some(new) => replacements.push((written.range, new)),
            None => {}
        }
    }
    Ok(replacements)
}

/// Returns the new address of a link, if it changes.
fn address(rename: &Rename, written: &str, location: &Location) -> Option<String> {
    if is_web_address(written) {
        return None;
    }
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (written, None),
    };
    let target = match path {
        "" => location.page.clone(),
        path => join_path(&location.folder, &percent_decoded(path)?)?,
    };
    let new_name =
        Some(target.as_str()).filter(|_| !path.is_empty()).and_then(|target| rename.file_name(target));
    let new_fragment = fragment.and_then(|fragment| rename.fragment(&target, &percent_decoded(fragment)?));
    if new_name.is_none() && new_fragment.is_none() {
        return None;
    }
    let new_path = match new_name {
        Some(name) => format!("{}{name}", &path[..path.rfind('/').map_or(0, |slash| slash + 1)]),
        None => path.to_owned(),
    };
    let fragment = new_fragment.or(fragment.map(str::to_owned));
    Some(fragment.map_or(new_path.clone(), |fragment| format!("{new_path}#{fragment}")))
}
