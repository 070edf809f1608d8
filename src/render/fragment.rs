//! Links to the very words at the publisher's: text fragments, `#:~:text=`.
//!
//! As the specification asks (WICG, "URL Fragment Text Directives"), `-`, `,` and `&` are encoded besides all that URLs
//! encode, since they have a meaning in the directive.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// What is encoded.
const MEANS_SOMETHING: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

/// The address of words on a page. What is left out of a quote is reached over: `text=first,last`.
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
    utf8_percent_encode(text, MEANS_SOMETHING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_directive_is_encoded() {
        let url = "https://example.org/a";
        assert_eq!(link(url, "it’s co-op, A&B"), format!("{url}#:~:text=it%E2%80%99s%20co%2Dop%2C%20A%26B"));
        assert_eq!(
            link(url, "first words … [the] last words"),
            format!("{url}#:~:text=first%20words,last%20words")
        );
        assert_eq!(link("https://example.org/#here", "x"), "https://example.org/#here:~:text=x");
    }
}
