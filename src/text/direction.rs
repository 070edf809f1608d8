//! Which way a language is written.

/// Languages whose usual script runs from right to left, after CLDR's likely subtags.
const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
/// Scripts that do, as they stand in a tag.
const SCRIPTS: [&str; 7] = ["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];

/// `rtl` or `ltr` for a BCP 47 tag. A script in the tag goes before what is usual: `az-Arab`, `ks-Deva`.
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.chars().all(char::is_alphabetic));
    let leftward = match script {
        Some(script) => SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&language),
    };
    if leftward { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn a_script_in_the_tag_goes_before_what_is_usual() {
        let tags = ["en", "ar", "he-IL", "az-Arab", "ks-Deva", "ar-Latn-EG", "zh-Hant"];
        assert_eq!(tags.map(direction), ["ltr", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]);
    }
}
