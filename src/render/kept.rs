//! What `[output] keep` names is not the site's: no file of the site may be written there.

use std::collections::BTreeMap;

use crate::files::Spanned;
use crate::problem::{Code, Problem, Problems};

/// Tells of every kept path that is also a file of the site, holds one, or would lie within one. Paths that differ only
/// in case count as the same: they would be one file on many disks.
pub(super) fn settle<'a>(
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
        let message = format!("`{}` can't be kept: the site has a file `{path}`", kept.value);
        let help = "name the very files that are to be kept, and none that the site writes itself";
        problems.push(Problem::error(Code::PathTaken, kept.span, message, help));
    }
}
