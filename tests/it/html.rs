//! A tolerant HTML parser: reads opening tags with their attributes.

/// The opening tags of a page, in order.
pub(crate) struct Html {
    pub(crate) tags: Vec<Tag>,
}

/// An opening tag with its attributes, perhaps of an empty element such as `<br/>`.
pub(crate) struct Tag {
    /// The name of the element, in lower case.
    pub(crate) name: String,
    /// Name and value of each attribute, in order. Names are in lower case; entities in values are decoded.
    pub(crate) attributes: Vec<(String, String)>,
    /// The raw content of a `<script>` or `<style>`.
    pub(crate) inner: String,
}

impl Html {
    pub(crate) fn read(text: &str) -> Self {
        let mut tags = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
            } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (mut tag, after) = Tag::read(rest);
                rest = after;
                if matches!(tag.name.as_str(), "script" | "style") {
                    // Their content is not markup.
                    let end = rest.find(&format!("</{}", tag.name)).unwrap_or(rest.len());
                    rest[..end].clone_into(&mut tag.inner);
                    rest = &rest[end..];
                }
                tags.push(tag);
            }
        }
        Self { tags }
    }

    /// Returns the values of an attribute in all tags that have it, in order.
    pub(crate) fn values<'a>(&'a self, attribute: &'a str) -> impl Iterator<Item = &'a str> {
        self.tags.iter().filter_map(move |tag| tag.get(attribute))
    }
}

impl Tag {
    /// Whether this is a JSON-LD script, which browsers don't run.
    pub(crate) fn is_data(&self) -> bool {
        self.name == "script" && self.get("type") == Some("application/ld+json")
    }

    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }

    /// Parses a tag after its `<`. Returns the text after its `>`, too.
    fn read(text: &str) -> (Self, &str) {
        let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
        let name = text[..end].to_ascii_lowercase();
        let mut rest = &text[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return (Self { name, attributes, inner: String::new() }, rest);
            }
            if let Some(after) = rest.strip_prefix('>') {
                return (Self { name, attributes, inner: String::new() }, after);
            }
            let (attribute, after) = read_attribute(rest);
            attributes.push(attribute);
            rest = after;
        }
    }
}

fn read_attribute(text: &str) -> ((String, String), &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(text.len());
    // Always consume a character, so that a stray one in place of a name cannot cause an endless loop.
    let end = end.max(text.chars().next().map_or(0, char::len_utf8));
    let name = text[..end].to_ascii_lowercase();
    let Some(value) = text[end..].strip_prefix('=') else { return ((name, String::new()), &text[end..]) };
    let (value, after) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
        _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
    };
    ((name, decode_entities(value)), after)
}

/// Decodes the entities that the program and its theme write.
fn decode_entities(value: &str) -> String {
    let named =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/")];
    let text = named.iter().fold(value.to_owned(), |text, (entity, sign)| text.replace(entity, sign));
    text.replace("&amp;", "&")
}

#[test]
fn tags_and_attributes_are_parsed_in_all_forms() {
    let html = Html::read(
        "<!-- <a id=no> --><A HREF='x?a=1&amp;b'\n id=y hidden>t</a><br/><script>if (a<b) {}</script><p>",
    );
    let names: Vec<&str> = html.tags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["a", "br", "script", "p"]);
    assert_eq!(html.tags[0].get("href"), Some("x?a=1&b"));
    assert_eq!(html.tags[0].get("hidden"), Some(""));
    assert_eq!(html.tags[2].inner, "if (a<b) {}");
    assert_eq!(html.values("id").collect::<Vec<_>>(), ["y"]);
}
