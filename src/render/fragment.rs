//! Builds links to quoted words on the publisher's page with text fragments (`#:~:text=`). Browsers scroll to the
//! words and highlight them.
//!
//! As the specification asks (WICG, "URL Fragment Text Directives"), `-`, `,` and `&` are encoded in addition to
//! what URLs encode, since they have a meaning in the directive.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All characters except letters, digits, `.`, `_` and `~`.
const ENCODED_CHARACTERS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

/// Returns the URL of a quote on the page at `url`, whose own fragment is kept. Of a quote with omissions or
/// insertions, the link names the first and the last contiguous part: `text=first,last`.
pub(super) fn link(url: &str, quote: &str) -> String {
    let mut parts =
        quote.split(['…', '[']).map(|part| part.split_once(']').map_or(part, |(_, after)| after).trim());
    let mut parts = parts.by_ref().filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return url.to_owned() };
    let separator = if url.contains('#') { "" } else { "#" };
    let mut link = [url, separator, ":~:text="].concat();
    link.extend(encoded(first));
    if let Some(last) = parts.last() {
        link.push(',');
        link.extend(encoded(last));
    }
    link
}

fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED_CHARACTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_with_a_meaning_in_a_directive_are_encoded() {
        let url = "https://example.org/a";
        assert_eq!(link(url, "it’s co-op, A&B"), format!("{url}#:~:text=it%E2%80%99s%20co%2Dop%2C%20A%26B"));
        assert_eq!(
            link(url, "first words … [the] last words"),
            format!("{url}#:~:text=first%20words,last%20words")
        );
        assert_eq!(link("https://example.org/#here", "x"), "https://example.org/#here:~:text=x");
    }
}
