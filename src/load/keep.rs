//! `[output]` of `site.toml`: what of the output folder is not the site's, and stays there when it is built anew.

use super::table::Table;
use crate::files::Spanned;
use crate::problem::{Code, Problem, Problems};
use crate::text::printable;

/// Reads the paths below `keep`. Each is relative, with `/`, and leads down; one that doesn't is a problem.
pub(super) fn read(mut output: Table<'_>, problems: &mut Problems) -> Vec<Spanned<String>> {
    let written = output.texts("keep", problems);
    output.finish(problems);
    let mut keep = Vec::new();
    for path in written {
        // A folder may be written as one: `.git/`.
        let path = path.map(|path| path.strip_suffix('/').map(str::to_owned).unwrap_or(path));
        if is_allowed(&path.value) {
            keep.push(path);
        } else {
            problems.push(Problem::error(
                Code::BadValue,
                path.span,
                format!("`{}` can't be a path within the output folder", printable(&path.value)),
                "write a path as it stands there, with `/`, such as `CNAME`, `.git` or `downloads/list.csv`",
            ));
        }
    }
    keep
}

/// Whether a path stays within the folder, and off the files that Sourcewise keeps there for itself.
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
    fn only_what_lies_within_the_folder_is_kept() {
        for path in ["CNAME", ".git", "a/b c/d.csv", "..a", ".well-known/security.txt"] {
            assert!(is_allowed(path), "{path}");
        }
        for path in ["", "/", "/etc", "..", "a/../b", "./a", "a//b", "C:\\a", ".sourcewise", ".sourcewise/a"]
        {
            assert!(!is_allowed(path), "{path}");
        }
    }
}
