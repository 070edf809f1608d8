//! Response headers of a file: its media type, and the headers from the site's `_headers` file.
//!
//! Because of these headers, the preview behaves as the published site will. For example, a content security policy
//! that is too strict is noticed.

/// The rules of a `_headers` file, in the format of Netlify and Cloudflare Pages: each rule is a line with a path, then
/// indented lines with headers.
#[derive(Debug, Default)]
pub(super) struct HeaderRules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    /// The path of a file, or the start of paths and a `*`, which matches everything after it.
    path: String,
    headers: Vec<(String, String)>,
}

impl HeaderRules {
    /// Parses the rules. Ignores comments (`#`), indented lines before the first path, and indented lines without a
    /// colon.
    pub(super) fn parse(text: &str) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#')) {
            if !line.starts_with(char::is_whitespace) {
                rules.push(Rule { path: line.trim().to_owned(), headers: Vec::new() });
            } else if let (Some(rule), Some((name, value))) = (rules.last_mut(), line.split_once(':')) {
                rule.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self(rules)
    }

    /// Returns the names and values of a file's headers, by its path in the site. If a name occurs twice, the caller
    /// must use the later value.
    pub(super) fn headers_for<'a>(&'a self, path: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let path = format!("/{path}");
        let rules = self.0.iter().filter(move |rule| matches(&rule.path, &path));
        rules.flat_map(|rule| &rule.headers).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Whether a path matches the path of a rule. A `*` matches the whole rest of a path, so what follows it is ignored.
fn matches(rule: &str, path: &str) -> bool {
    rule.split_once('*').map_or(rule == path, |(start, _)| path.starts_with(start))
}

/// Returns the media type of a file, by its extension.
pub(super) fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_matches_its_path_and_one_with_a_star_all_paths_below() {
        let rules = HeaderRules::parse("# all\n/*\n  X-A: 1\n\n/data.json\n  X-B: a: b\nnonsense\n");
        let of = |path: &str| {
            rules.headers_for(path).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
        };
        assert_eq!(of("data.json"), ["X-A=1", "X-B=a: b"]);
        assert_eq!(of("a/data.json"), ["X-A=1"]);
    }
}
