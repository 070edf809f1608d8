//! What is known of HTML's elements: which are void, whose text is no markup, which attributes hold addresses.

use html5ever::tokenizer::states::RawKind;

/// An element that is open, and how many of its name are open within it.
pub(super) struct Open {
    name: String,
    depth: usize,
}

impl Open {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), depth: 1 }
    }

    /// A tag opens within it.
    pub(super) fn start(&mut self, name: &str) {
        self.depth += usize::from(name == self.name);
    }

    /// A tag closes. True if it is this one's.
    pub(super) fn end(&mut self, name: &str) -> bool {
        self.depth -= usize::from(name == self.name);
        self.depth == 0
    }
}

/// Whether nothing is to be known of an element with these attributes: most only say how it looks.
pub(super) fn is_plain<'t>(name: &str, mut attributes: impl Iterator<Item = &'t str>) -> bool {
    !matches!(name, "img" | "area" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        && attributes.all(|attribute| attribute == "class" || attribute.starts_with("data-"))
}

/// Whether an element has no end tag.
#[rustfmt::skip]
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}

/// How what stands in an element is read, where that is not markup.
pub(super) fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

/// The level of a heading.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Whether an attribute is one of those that addresses are looked for in.
#[rustfmt::skip]
pub(super) fn may_hold_address(attribute: &str) -> bool {
    matches!(
        attribute,
        "href" | "xlink:href" | "src" | "srcset" | "imagesrcset" | "poster" | "action" | "formaction" | "data"
            | "content" | "style"
    )
}

/// The addresses in a tag.
#[derive(Default)]
pub(super) struct Addresses {
    /// Each with whether it comes with the page.
    pub(super) addresses: Vec<(String, bool)>,
    /// The page leads on to another by itself.
    pub(super) leads_on: bool,
}

/// The addresses in the attributes of an element. `get` gives an attribute's value.
pub(super) fn addresses<'t>(element: &str, get: impl Fn(&str) -> Option<&'t str>) -> Addresses {
    let mut found = Addresses::default();
    let rel = get("rel").unwrap_or_default().to_ascii_lowercase();
    let is = |word: &str| rel.split_ascii_whitespace().any(|known| known == word);
    for key in ["href", "xlink:href", "src", "poster", "action", "formaction", "data"] {
        let is_address = match key {
            "href" => element != "base" && !(element == "link" && (is("preconnect") || is("dns-prefetch"))),
            "data" => element == "object",
            _ => true,
        };
        let is_loaded = match key {
            "href" => element == "link" && is("stylesheet"),
            "src" => matches!(element, "script" | "img"),
            _ => false,
        };
        found
            .addresses
            .extend(get(key).filter(|_| is_address).map(|value| (value.trim().to_owned(), is_loaded)));
    }
    for set in ["srcset", "imagesrcset"].into_iter().filter_map(&get) {
        found.addresses.extend(candidates(set).map(|address| (address.to_owned(), false)));
    }
    if element == "meta" && get("http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh")) {
        if let Some(address) = get("content").and_then(refresh) {
            found.addresses.push((address.to_owned(), false));
            found.leads_on = true;
        }
    } else if element == "meta" && get("property").is_some() {
        // Of these only whole addresses are any; that of the page's card, for one.
        let whole = get("content").filter(|text| text.starts_with("https://") || text.starts_with("http://"));
        found.addresses.extend(whole.map(|address| (address.to_owned(), false)));
    }
    found
}

/// The addresses of a `srcset`: each ends at white space, or at a comma before it.
fn candidates(set: &str) -> impl Iterator<Item = &str> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        // A comma at the end of the address ends the candidate; else a description of its size may follow.
        let trimmed = address.trim_end_matches(',');
        rest = if trimmed.len() < address.len() {
            after
        } else {
            after.split_once(',').map_or("", |(_, next)| next)
        };
        (!trimmed.is_empty()).then_some(trimmed)
    })
}

/// Where `5; url=next.html` leads.
fn refresh(content: &str) -> Option<&str> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim();
    let begins = rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("url"));
    let address = if begins { rest[3..].trim_start().strip_prefix('=')?.trim() } else { rest };
    Some(address.trim_matches(['\'', '"'])).filter(|address| !address.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_pictures_is_taken_apart() {
        let all = |set| candidates(set).collect::<Vec<_>>();
        assert_eq!(all("a.png, b,c.png 2x , d.png 3x"), ["a.png", "b,c.png", "d.png"]);
        assert_eq!(all(" , "), Vec::<&str>::new());
    }

    #[test]
    fn a_page_may_lead_on_in_several_ways_of_writing() {
        assert_eq!(refresh("0; url=a.html"), Some("a.html"));
        assert_eq!(refresh("5;URL = 'a.html'"), Some("a.html"));
        assert_eq!(refresh("300"), None);
    }
}
