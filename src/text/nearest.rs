//! Suggests the name that a misspelt name was probably meant to be, for the help lines of problems.

/// A suggestion may differ from the written name by one letter for every three letters of that name, and by one letter
/// if the name is shorter.
const MIN_LETTERS_PER_ERROR: usize = 3;
/// If the written name is shorter than this, a name is not suggested for having the same beginning.
const MIN_BEGINNING_BYTES: usize = 3;
/// If the written name is shorter than this, a name is not suggested for containing the written name elsewhere.
const MIN_PART_BYTES: usize = 6;

/// Returns the name in `valid` that `written` most likely means; `None` if none is similar.
///
/// The name with the smallest Damerau-Levenshtein distance, without regard to case, comes first. If none is near
/// enough, returns the first name that begins with `written` or with which `written` begins, or else the first that
/// contains `written`. These two comparisons distinguish upper and lower case.
pub fn nearest_name<'a>(written: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let valid: Vec<&str> = valid.into_iter().collect();
    let allowed = (written.chars().count() / MIN_LETTERS_PER_ERROR).max(1);
    // On a tie, prefer the longer name: letters are omitted more often than added.
    let by_distance = valid.iter().map(|name| (distance(written, name), usize::MAX - name.len(), *name));
    let near = by_distance.filter(|(far, _, _)| *far <= allowed).min();
    let begins = |name: &&&str| {
        written.len() >= MIN_BEGINNING_BYTES && (name.starts_with(written) || written.starts_with(**name))
    };
    let holds = |name: &&&str| written.len() >= MIN_PART_BYTES && name.contains(written);
    let by_part = || valid.iter().find(begins).or_else(|| valid.iter().find(holds)).copied();
    near.map(|(_, _, name)| name).or_else(by_part)
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
        assert_eq!(
            nearest_name("harbour-post", ["letter", "closed-harbour-post"]),
            Some("closed-harbour-post")
        );
        assert_eq!(nearest_name("post", ["letter", "closed-harbour-post"]), None);
        assert_eq!(nearest_name("colour", known), None);
    }
}
