//! Finds files of the site with names that Windows does not allow: people with Windows could save neither the site nor
//! its repository.

use std::collections::BTreeSet;

use super::link_problems;
use super::links::{page_path, question_path, source_path};
use crate::files::Span;
use crate::load::{Asset, MarkdownPosition, PageDraft, Question, SiteFiles, SourceDraft};
use crate::problem::Problems;

/// Names that Windows reserves for devices, also with an extension. [`NUMBERED_DEVICES`] has the names that end in a
/// digit, without the digit.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];
/// Characters that Windows does not allow in names: they have a meaning in its paths or shells.
const FORBIDDEN: [char; 8] = ['<', '>', ':', '"', '\\', '|', '?', '*'];

/// Reports the author's files whose paths in the finished site Windows can't hold. Each name is reported once.
pub(super) fn check_names(
    pages: &[PageDraft],
    site_files: &SiteFiles,
    questions: &[Question],
    sources: &[SourceDraft],
    problems: &mut Problems,
) {
    let pages =
        pages.iter().map(|page| (format!("`content/{}`", page.path), page_path(&page.path), page.span));
    let assets = [("content", &site_files.assets), ("templates", &site_files.theme_assets)];
    let assets = assets.into_iter().flat_map(|(folder, list)| {
        let place = move |asset: &Asset| {
            (format!("`{folder}/{}`", asset.path), asset.path.clone(), Span::whole(asset.file))
        };
        list.iter().map(place)
    });
    let questions = questions.iter().filter_map(|question| {
        let (MarkdownPosition::Verbatim(span) | MarkdownPosition::Escaped(span)) =
            question.body.as_ref()?.position;
        let own = format!("`content/questions/{}.md`", question.id);
        Some((own, question_path(&question.id), Span::whole(span.file)))
    });
    let sources = sources
        .iter()
        .map(|source| (format!("the source `{}`", source.id), source_path(&source.id), source.span));
    let mut reported = BTreeSet::new();
    for (own, path, span) in pages.chain(assets).chain(questions).chain(sources) {
        if let Some((name, reason)) = first_unportable(&path)
            && reported.insert(name.to_owned())
        {
            let is_folder = !path.ends_with(name);
            problems.push(link_problems::unportable_name(&own, name, is_folder, &reason, span));
        }
    }
}

/// Returns the first part of a path that can't be the name of a file or folder, and the reason, as a clause.
fn first_unportable(path: &str) -> Option<(&str, String)> {
    path.split('/').find_map(|name| Some((name, reason(name)?)))
}

fn reason(name: &str) -> Option<String> {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| {
            matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    if let Some(c) = name.chars().find(|c| FORBIDDEN.contains(c)) {
        Some(format!("names there can't contain `{c}`"))
    } else if name.contains(|c: char| c.is_ascii_control()) {
        Some("names there can't contain control characters".to_owned())
    } else if name.ends_with('.') {
        Some("names there can't end with a dot".to_owned())
    } else if name.ends_with(' ') {
        Some("names there can't end with a space".to_owned())
    } else if DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(|device| is_numbered(device)) {
        Some(format!("Windows reserves the name `{stem}`"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_hold_are_found() {
        for name in [
            "CON.html",
            "aux",
            "nul.txt",
            "com1.png",
            "LPT9.html",
            "COM¹",
            "PRN.a.b",
            "con .txt",
            "CONIN$",
            "a\nb",
            "a\tb",
            "a\u{1}b",
            "trail.",
            "trail ",
            "a:b",
            "a?b",
            "a*b",
            "a|b",
            "a\"b",
            "a<b",
            "a>b",
            "a\\b",
        ] {
            assert!(reason(name).is_some(), "{name:?}");
            assert!(
                first_unportable(&format!("places/{name}/mill.html")).is_some_and(|(found, _)| found == name)
            );
        }
        for name in [
            "console.html",
            "com10",
            "com0",
            "lpt",
            "auxiliary.png",
            ".con",
            "a b.txt",
            "Größe",
            "新华社",
            "a'b",
        ] {
            assert_eq!(reason(name), None, "{name:?}");
        }
    }
}
