//! Validates values in the metadata of several formats: web addresses, language tags, and dates (`day`).

mod day;

use sourcewise_quotes::is_language_tag;

pub(crate) use self::day::day;

const MAX_URL_BYTES: usize = 2_000;

/// Whether a URL is absolute, uses HTTP or HTTPS, is not too long, and has no characters that RFC 3986 excludes.
pub(crate) fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_excluded = |c: char| c.is_control() || c.is_whitespace() || "\"<>\\^`{|}".contains(c);
    rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        && url.len() <= MAX_URL_BYTES
        && !url.contains(is_excluded)
}

/// Converts a language tag to BCP 47 form (`en_GB` → `en-GB`); `None` if it is malformed.
pub(crate) fn language_tag(written: &str) -> Option<String> {
    let tag = written.trim().replace('_', "-");
    is_language_tag(&tag).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_addresses_and_language_tags_are_rejected() {
        assert!(
            !is_web_address("javascript:alert(1)")
                && !is_web_address("https://a b")
                && !is_web_address("http://")
        );
        assert_eq!(language_tag("en\"><script>"), None);
    }
}
