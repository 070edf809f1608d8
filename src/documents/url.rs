//! URLs (RFC 3986): parts, relative references and percent-decoding.
//!
//! These functions do not decide which URLs are allowed, because the rules differ: see `values.rs` for metadata,
//! `src/verify/links.rs` for links that an author writes, `src/audit/address.rs` for links in finished pages.

/// Returns the scheme of an absolute URL: `https` for `https://mill.example`.
pub fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(fits)).then_some(scheme)
}

/// Splits a URL after its host and port: `https://mill.example/ford?x` into `https://mill.example` and `/ford?x`.
pub fn split_origin(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |scheme| scheme + 3);
    url.split_at(url[host..].find(['/', '?', '#']).map_or(url.len(), |end| host + end))
}

/// Returns the host and port of an absolute URL, in lower case and without user information.
pub fn host_and_port(url: &str) -> String {
    let (origin, _) = split_origin(url);
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    host.rsplit('@').next().unwrap_or_default().to_ascii_lowercase()
}

/// Resolves `reference` against `base`. Dot segments (`..`) remain, because web servers resolve them. Unlike in RFC
/// 3986, a reference that is empty or only a fragment leads to the folder of `base`.
pub fn resolve(base: &str, reference: &str) -> String {
    let reference = reference.trim();
    if scheme(reference).is_some() {
        return reference.to_owned();
    }
    if reference.starts_with("//") {
        return format!("{}:{reference}", scheme(base).unwrap_or("https"));
    }
    let (origin, rest) = split_origin(base);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    match reference.chars().next() {
        Some('/') => format!("{origin}{reference}"),
        Some('?') => format!("{origin}{path}{reference}"),
        _ => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{origin}{folder}/{reference}")
        }
    }
}

/// Joins `path` to `folder`, or to the root if it starts with a slash, and resolves dot segments. The result has no
/// leading or trailing slash. `None` if it leads above the root. `path` must be percent-decoded.
pub fn join_path(folder: &str, path: &str) -> Option<String> {
    let folder = if path.starts_with('/') { "" } else { folder };
    let mut parts = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Decodes every `%XX` (RFC 3986, 2.1). `None` if an escape is malformed or the result is not UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            bytes.push(digit(rest.next()?)? << 4 | digit(rest.next()?)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_start_with_a_letter_and_end_at_the_first_colon() {
        assert_eq!(scheme("mailto:a@b.example"), Some("mailto"));
        for relative in ["a/b:c", "1a:b", ":b", "a", "?a:b"] {
            assert_eq!(scheme(relative), None, "{relative}");
        }
    }

    #[test]
    fn the_host_ends_before_path_query_or_fragment() {
        assert_eq!(split_origin("https://mill.example/ford?x"), ("https://mill.example", "/ford?x"));
        assert_eq!(split_origin("https://mill.example"), ("https://mill.example", ""));
        assert_eq!(host_and_port("https://Mill.example:8080/a@b?c"), "mill.example:8080");
        assert_eq!(host_and_port("http://me@mill.example?x"), "mill.example");
    }

    #[test]
    fn references_are_resolved_against_a_base() {
        let base = "https://mill.example/a/b?c=/d";
        for (reference, whole) in [
            ("http://ford.example/x", "http://ford.example/x"),
            ("//ford.example/x", "https://ford.example/x"),
            ("/x", "https://mill.example/x"),
            ("x?y", "https://mill.example/a/x?y"),
            ("?y", "https://mill.example/a/b?y"),
        ] {
            assert_eq!(resolve(base, reference), whole);
        }
        assert_eq!(resolve("https://mill.example", "x"), "https://mill.example/x");
        assert_eq!(resolve("https://mill.example", "/x"), "https://mill.example/x");
    }

    #[test]
    fn joined_paths_stay_below_the_root() {
        assert_eq!(join_path("places", "../ferry.md").as_deref(), Some("ferry.md"));
        assert_eq!(join_path("places", "./a b.png").as_deref(), Some("places/a b.png"));
        assert_eq!(join_path("places", "/ferry.md").as_deref(), Some("ferry.md"));
        assert_eq!(join_path("places/old/", "new/").as_deref(), Some("places/old/new"));
        assert_eq!(join_path("", "../secret"), None);
    }

    #[test]
    fn an_escape_has_two_hexadecimal_digits() {
        assert_eq!(percent_decoded("a%20%C3%A9").as_deref(), Some("a é"));
        for bad in ["%", "%2", "%zz", "%+f", "%ff"] {
            assert_eq!(percent_decoded(bad), None, "{bad}");
        }
    }
}
