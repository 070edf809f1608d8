//! Keys that take one of a few words.

use crate::files::Spanned;
use crate::problem::{Code, Problem, Problems};

/// One of some words, as what it stands for.
pub(super) fn parse_choice<T: Copy>(
    key: &str,
    written: &Spanned<String>,
    choices: &[(&'static str, T)],
    problems: &mut Problems,
) -> Option<T> {
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == written.value) {
        return Some(*value);
    }
    let names = choices.iter().map(|(name, _)| *name);
    let list = names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    problems.push(Problem::error(
        Code::BadValue,
        written.span,
        format!("`{key}` can't be `{}`", written.value),
        format!("write one of {list}"),
    ));
    None
}
