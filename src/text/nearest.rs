//! The name that a misspelt one was most likely meant to be, for help with problems.

/// The name among `known` that `written` is most likely meant to be.
///
/// Distance is that of Damerau and Levenshtein; up to a third of the letters may differ, and one in short names. Else
/// a name that begins with what was written, or the other way about.
pub fn nearest_name<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let allowed = (written.chars().count() / 3).max(1);
    // Of two equally near the longer one: letters are left out more often than put in.
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
    fn a_misspelt_name_finds_the_right_one() {
        let known = ["title", "publisher", "published"];
        assert_eq!(nearest_name("titel", known), Some("title"));
        assert_eq!(nearest_name("publishr", ["publish", "publisher"]), Some("publisher"));
        assert_eq!(nearest_name("publisher-name", known), Some("publisher"));
        assert_eq!(nearest_name("colour", known), None);
    }
}
