//! Parses TOML values that must be one of a fixed set of words, such as `publish = "excerpts"`.

use crate::files::Spanned;
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

/// Returns the value that `choices` gives to the written word. If it has no such word, records a problem and returns
/// `None`.
pub(super) fn parse_choice<T: Copy>(
    key: &str,
    written: &Spanned<String>,
    choices: &[(&'static str, T)],
    problems: &mut Problems,
) -> Option<T> {
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == written.value) {
        return Some(*value);
    }
    let names = || choices.iter().map(|(name, _)| *name);
    let listed = |left_out: &str| {
        let names = names().filter(|name| *name != left_out).map(|name| format!("`\"{name}\"`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let help = match nearest_name(&written.value, names()) {
        Some(near) => format!("write `{key} = \"{near}\"`; other values are {}", listed(near)),
        None => format!("write one of {}", listed("")),
    };
    problems.push(Problem::error(
        Code::BadValue,
        written.span,
        format!("`{}` is not a valid value for `{key}`", written.value),
        help,
    ));
    None
}
