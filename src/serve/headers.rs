//! What is sent with a file: its media type, and what the site's own `_headers` asks of its host.
//!
//! So an author sees at home what a reader's browser will be told, a policy that forbids too much included.

/// Rules in the form that Netlify and Cloudflare Pages share: a path, then its headers, each on an indented line.
#[derive(Debug, Default)]
pub(super) struct HeaderRules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    /// With `*` for anything.
    path: String,
    headers: Vec<(String, String)>,
}

impl HeaderRules {
    /// Reads them; lines that are no rule are passed over, as hosts do.
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

    /// The headers of a file, by its path in the site. Where two rules give the same one, the later holds.
    pub(super) fn of<'a>(&'a self, path: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let path = format!("/{path}");
        let rules = self.0.iter().filter(move |rule| fits(&rule.path, &path));
        rules.flat_map(|rule| &rule.headers).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// True if a path is what a rule asks for; `*` stands for anything, to the path's end.
fn fits(rule: &str, path: &str) -> bool {
    rule.split_once('*').map_or(rule == path, |(start, _)| path.starts_with(start))
}

/// The media type of a file, by its ending.
pub(super) fn media_type(path: &str) -> &'static str {
    let kind = path.rsplit_once('.').map_or("", |(_, kind)| kind);
    match kind.to_ascii_lowercase().as_str() {
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
    fn a_rule_holds_for_its_path_and_one_with_a_star_for_all_below() {
        let rules = HeaderRules::parse("# all\n/*\n  X-A: 1\n\n/data.json\n  X-B: a: b\nnonsense\n");
        let of =
            |path: &str| rules.of(path).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        assert_eq!(of("data.json"), ["X-A=1", "X-B=a: b"]);
        assert_eq!(of("a/data.json"), ["X-A=1"]);
    }
}
