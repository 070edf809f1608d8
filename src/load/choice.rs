//! Parses TOML values that must be one of a fixed set of words, such as `publish = "excerpts"`.

use crate::files::Spanned;
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

/// Returns the value that belongs to the word in `choices`. Any other word is a problem.
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
    let first = nearest_name(&written.value, names()).or_else(|| names().next()).unwrap_or_default();
    let others = names().filter(|name| *name != first).map(|name| format!("`\"{name}\"`"));
    let others = others.collect::<Vec<_>>().join(", ");
    let help = format!("write `{key} = \"{first}\"`");
    problems.push(Problem::error(
        Code::BadValue,
        written.span,
        format!("`{}` is not a valid value for `{key}`", written.value),
        if others.is_empty() { help } else { format!("{help}; other values are {others}") },
    ));
    None
}
