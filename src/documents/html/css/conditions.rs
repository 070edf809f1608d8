//! Evaluates the conditions of `@media` and `@supports`, which can be combined with `and`, `or`, `not` and brackets.

/// Evaluates a condition; `None` if it is not known whether it holds. `single` evaluates a condition that combines no
/// others, and has no brackets.
pub(crate) fn evaluate(condition: &str, single: &impl Fn(&str) -> Option<bool>) -> Option<bool> {
    let condition = condition.trim();
    if let Some(rest) = condition.strip_prefix("not").filter(|rest| rest.starts_with([' ', '('])) {
        return evaluate(rest, single).map(|holds| !holds);
    }
    let mut all = true;
    let mut rest = condition;
    loop {
        let end = words(rest, " and ").or_else(|| words(rest, ")and "));
        let part = end.map_or(rest, |(part, _)| part).trim();
        if let Some((first, second)) = words(part, " or ") {
            let (first, second) = (evaluate(first, single), evaluate(second, single));
            all &= first == Some(true) || second? || first?;
        } else {
            all &= evaluate_part(part, single)?;
        }
        match end {
            Some((_, after)) => rest = after,
            None => return Some(all),
        }
    }
}

/// Splits a condition at the first `word` that is not in brackets, such as ` and `. A bracket with which `word`
/// starts stays in the first part.
fn words<'q>(condition: &'q str, word: &str) -> Option<(&'q str, &'q str)> {
    let is_outside =
        |at: &usize| condition[..*at].matches('(').count() == condition[..=*at].matches(')').count();
    let at = condition.match_indices(word).map(|(at, _)| at).find(is_outside)?;
    let end = at + usize::from(word.starts_with(')'));
    Some((&condition[..end], &condition[at + word.len()..]))
}

fn evaluate_part(part: &str, single: &impl Fn(&str) -> Option<bool>) -> Option<bool> {
    if let Some(inside) = part.strip_prefix('(').and_then(|part| part.strip_suffix(')')) {
        let inside = inside.trim();
        let is_combined = inside.starts_with('(') || inside.starts_with("not");
        return if is_combined { evaluate(inside, single) } else { single(inside) };
    }
    if part.starts_with("not ") { evaluate(part, single) } else { single(part) }
}
