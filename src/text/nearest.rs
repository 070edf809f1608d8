//! Suggests the intended name for a misspelt one, for the help lines of problems.

/// Returns the name among `known` that `written` most likely means.
///
/// The distance is Damerau-Levenshtein. Up to a third of the letters may differ, or one in short names. If no name is
/// near enough, returns one that begins with `written`, or the reverse.
pub fn nearest_name<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let allowed = (written.chars().count() / 3).max(1);
    // On a tie, prefer the longer name: letters are omitted more often than added.
    let by_distance = known.iter().map(|name| (distance(written, name), usize::MAX - name.len(), *name));
    let near = by_distance.filter(|(far, _, _)| *far <= allowed).min();
    let begins =
        |name: &&&str| written.len() > 2 && (name.starts_with(written) || written.starts_with(**name));
    near.map(|(_, _, name)| name).or_else(|| known.iter().find(begins).copied())
}

fn distance(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(&a.to_lowercase(), &b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_intended_name_is_suggested() {
        let known = ["title", "publisher", "published"];
        assert_eq!(nearest_name("titel", known), Some("title"));
        assert_eq!(nearest_name("publishr", ["publish", "publisher"]), Some("publisher"));
        assert_eq!(nearest_name("publisher-name", known), Some("publisher"));
        assert_eq!(nearest_name("colour", known), None);
    }
}
