//! The writing direction of a language, for the attribute `dir` in HTML.

/// Primary language subtags whose usual script is written from right to left (CLDR, likely subtags). A language that is
/// not listed counts as left-to-right.
const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
/// Script subtags of right-to-left scripts, in lower case.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 7] = ["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];

/// Returns `rtl` or `ltr` for a BCP 47 language tag in any case. A script in the tag takes precedence over the usual
/// script of the language: `az-Arab` is `rtl`, `ks-Deva` is `ltr`.
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.chars().all(char::is_alphabetic));
    let is_right_to_left = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&language),
    };
    if is_right_to_left { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn a_script_subtag_takes_precedence() {
        let tags = ["en", "ar", "he-IL", "az-Arab", "ks-Deva", "ar-Latn-EG", "zh-Hant"];
        assert_eq!(tags.map(direction), ["ltr", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]);
    }
}
