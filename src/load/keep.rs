//! `keep` under `[output]` in `site.toml`: files and folders in the output folder, such as `CNAME` or `.git`, that no
//! build removes although they are not part of the site. This file only reads the paths; `output` keeps the files.

use super::table::Table;
use crate::files::Spanned;
use crate::problem::{Code, Problem, Problems};
use crate::text::printable;

/// Reads the paths. Each must be relative, use `/`, and stay within the output folder. Any other path is a problem and
/// is left out. So is any other key of `[output]`.
pub(super) fn read(mut output: Table<'_>, problems: &mut Problems) -> Vec<Spanned<String>> {
    let written = output.texts("keep", problems);
    output.finish(problems);
    let mut keep = Vec::new();
    for path in written {
        // A folder may be written with or without a slash at the end: `.git/`.
        let path = path.map(|path| path.strip_suffix('/').map(str::to_owned).unwrap_or(path));
        if is_allowed(&path.value) {
            keep.push(path);
        } else {
            let help =
                "write a path within the output folder, such as `CNAME`, `.git` or `downloads/list.csv`";
            let (message, help) = if path.value.is_empty() {
                ("this path is empty".to_owned(), help)
            } else if path.value.starts_with(".sourcewise") {
                (format!("`{}` is reserved for Sourcewise", printable(&path.value)), "remove it from `keep`")
            } else {
                (format!("`{}` is not a path within the output folder", printable(&path.value)), help)
            };
            problems.push(Problem::error(Code::BadValue, path.span, message, help));
        }
    }
    keep
}

/// Whether a path is relative, stays within the output folder, and is not one of Sourcewise's own files
/// (`.sourcewise…`). It must be written with `/`, and without `.`, empty parts and control characters.
fn is_allowed(path: &str) -> bool {
    let plain = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.contains(|c: char| c == '\\' || c.is_control())
    };
    let first = path.split('/').next().unwrap_or_default();
    path.split('/').all(plain) && !first.starts_with(".sourcewise")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_within_the_folder_are_allowed() {
        for path in ["CNAME", ".git", "a/b c/d.csv", "..a", ".well-known/security.txt"] {
            assert!(is_allowed(path), "{path}");
        }
        for path in ["", "/", "/etc", "..", "a/../b", "./a", "a//b", "C:\\a", ".sourcewise", ".sourcewise/a"]
        {
            assert!(!is_allowed(path), "{path}");
        }
    }
}
