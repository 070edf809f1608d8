//! Checks that no generated file collides with a path in `[output] keep`.

use std::collections::BTreeMap;

use crate::files::Spanned;
use crate::problem::{Code, Problem, Problems};

/// Reports every path in `keep` that is also a file of the site, contains a file of the site or would be inside one.
/// Letter case is ignored, because on many disks two paths that differ only in case are one file.
pub(super) fn check_preserved<'a>(
    keep: &[Spanned<String>],
    paths: impl Iterator<Item = &'a str>,
    problems: &mut Problems,
) {
    if keep.is_empty() {
        return;
    }
    let paths: BTreeMap<String, &str> = paths.map(|path| (path.to_lowercase(), path)).collect();
    for kept in keep {
        let lower = kept.value.to_lowercase();
        let folder = format!("{lower}/");
        let within = lower.match_indices('/').find_map(|(slash, _)| paths.get(&lower[..slash]));
        let below = || paths.range(folder.clone()..).next().filter(|(path, _)| path.starts_with(&folder));
        let Some(path) = paths.get(&lower).or(within).or_else(|| below().map(|(_, path)| path)) else {
            continue;
        };
        let message = format!("`{}` can't be kept, because every build writes `{path}`", kept.value);
        let is_other_case = kept.value != **path && lower == path.to_lowercase();
        let help = if is_other_case {
            "remove it from `keep`: on many disks, names that differ only in case are one file"
        } else if within.is_some() {
            "remove it from `keep`: the site has a file of that name, so there can't be a folder"
        } else {
            "remove it from `keep`: list only files that Sourcewise does not write"
        };
        problems.push(Problem::error(Code::PathTaken, kept.span, message, help));
    }
}
