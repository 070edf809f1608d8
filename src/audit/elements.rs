//! Facts about HTML elements: which are void, whose content is raw text, and which attributes hold addresses.

use html5ever::tokenizer::states::RawKind;

/// An element whose end tag has not been read yet. Counts nested elements of the same name, to know which end tag
/// closes it.
pub(super) struct OpenElement {
    name: String,
    /// How many elements of this name are open: this one and those nested in it.
    depth: usize,
}

impl OpenElement {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), depth: 1 }
    }

    /// Handles a start tag inside the element: counts it if it has the same name.
    pub(super) fn start(&mut self, name: &str) {
        self.depth += usize::from(name == self.name);
    }

    /// Handles an end tag. Returns whether it closes this element.
    pub(super) fn end(&mut self, name: &str) -> bool {
        self.depth -= usize::from(name == self.name);
        self.depth == 0
    }
}

/// Whether an element can be skipped because no rule applies to it. A fast path: most elements have no attributes, or
/// only classes and `data-…`.
pub(super) fn is_irrelevant<'t>(name: &str, mut attributes: impl Iterator<Item = &'t str>) -> bool {
    !matches!(name, "img" | "area" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        && attributes.all(|attribute| attribute == "class" || attribute.starts_with("data-"))
}

/// Whether an element never has content or an end tag.
#[rustfmt::skip]
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}

/// Returns how the tokenizer must read the content of an element whose content is not markup; `None` for any other
/// element.
pub(super) fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

pub(super) fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Whether an attribute may hold addresses: [`addresses`] reads all of these but `style`, which the `PageCollector`
/// reads.
#[rustfmt::skip]
pub(super) fn may_hold_address(attribute: &str) -> bool {
    matches!(
        attribute,
        "href" | "xlink:href" | "src" | "srcset" | "imagesrcset" | "poster" | "action" | "formaction" | "data"
            | "content" | "style"
    )
}

/// What the attributes of a tag say about addresses.
#[derive(Default)]
pub(super) struct Addresses {
    /// Each address, and whether browsers load it with the page: only style sheets and the `src` of scripts and images.
    pub(super) addresses: Vec<(String, bool)>,
    /// Whether the tag is a `meta` refresh that names an address.
    pub(super) redirects: bool,
}

/// Returns the addresses in the attributes of an element. `get` returns the value of an attribute by name.
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
            found.redirects = true;
        }
    } else if element == "meta" && get("property").is_some() {
        // A value that is not an absolute address is other text, such as the title in `og:title`.
        let absolute =
            get("content").filter(|text| text.starts_with("https://") || text.starts_with("http://"));
        found.addresses.extend(absolute.map(|address| (address.to_owned(), false)));
    }
    found
}

/// Returns the addresses in a `srcset`. An address ends at white space. Unless it ends in a comma, a size follows,
/// which ends at the next comma.
fn candidates(set: &str) -> impl Iterator<Item = &str> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let trimmed = address.trim_end_matches(',');
        rest = if trimmed.len() < address.len() {
            after
        } else {
            after.split_once(',').map_or("", |(_, next)| next)
        };
        (!trimmed.is_empty()).then_some(trimmed)
    })
}

/// Returns the address in the content of a `meta` refresh, such as `5; url=next.html`; `None` if it has none.
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
    fn srcset_is_split_into_addresses() {
        let all = |set| candidates(set).collect::<Vec<_>>();
        assert_eq!(all("a.png, b,c.png 2x , d.png 3x"), ["a.png", "b,c.png", "d.png"]);
        assert_eq!(all(" , "), Vec::<&str>::new());
    }

    #[test]
    fn refresh_is_parsed_in_several_spellings() {
        assert_eq!(refresh("0; url=a.html"), Some("a.html"));
        assert_eq!(refresh("5;URL = 'a.html'"), Some("a.html"));
        assert_eq!(refresh("300"), None);
    }
}
