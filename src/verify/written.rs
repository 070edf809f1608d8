//! Finds where a Markdown text names sources, questions and files of the site: each with its byte range, so that an id
//! can be renamed. The text is parsed as `markdown` parses it, so that code and plain words are left out.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;

use super::citation::{self, ExampleIds, Reference};
use super::markdown::{OPTIONS, REFERENCE_SCHEME, is_unresolved};

/// What a place in a Markdown text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenKind {
    /// A source: `gazette` in `[see @gazette, p. 3]`.
    Source,
    /// A question: `cause` in `[?cause]`.
    Question,
    /// The address of a link or of the definition of a link; not that of an image.
    Address,
}

/// A place in a Markdown text that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub kind: WrittenKind,
    /// The id or address, without escapes.
    pub text: String,
    pub range: Range<usize>,
    /// Whether the range has exactly `text`. Otherwise the range is that of the whole link or citation.
    pub is_exact: bool,
}

/// Finds all places that name something. Those in definitions of links come first, then the others in the order of the
/// text. `is_source` tells whether a text is the id of a source.
pub fn written_in(markdown: &str, is_source: impl Fn(&str) -> bool) -> Vec<Written> {
    let reference = |link: BrokenLink<'_>| {
        let label = link.reference.as_ref();
        citation::is_reference(label, &is_source)
            .then(|| (CowStr::from(format!("{REFERENCE_SCHEME}{label}")), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(markdown, OPTIONS, Some(reference));
    let mut finder = Finder { markdown, found: Vec::new(), images: 0, link: None };
    let mut definitions: Vec<_> = parser.reference_definitions().iter().collect();
    definitions.sort_by_key(|(_, definition)| definition.span.start);
    for (_, definition) in definitions {
        finder.add_address(&definition.dest, "]:", definition.span.start, definition.span.clone());
    }
    for (event, range) in parser.into_offset_iter() {
        finder.add(&event, range);
    }
    finder.found
}

struct Finder<'t> {
    markdown: &'t str,
    found: Vec<Written>,
    /// Number of images that the parser is inside of. In the alternative text of an image, a citation is only text.
    images: usize,
    /// The address of the inline link that the parser is inside of, and the byte at which its text ends, as far as it
    /// is read.
    link: Option<(String, usize)>,
}

impl Finder<'_> {
    fn add(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            _ if self.images > 0 => {}
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                if is_unresolved(*link_type) {
                    if let Some(label) = dest_url.strip_prefix(REFERENCE_SCHEME) {
                        self.add_reference(label, range);
                    }
                } else if *link_type == LinkType::Inline {
                    self.link = Some((dest_url.to_string(), range.start + 1));
                }
                return;
            }
            Event::End(TagEnd::Link) => {
                if let Some((address, text_end)) = self.link.take() {
                    self.add_address(&address, "](", text_end, range);
                }
                return;
            }
            _ => {}
        }
        if let Some((_, text_end)) = &mut self.link {
            *text_end = range.end.max(*text_end);
        }
    }

    /// Adds an address that follows the first `mark` after byte `from`. `range` is that of the whole link.
    fn add_address(&mut self, address: &str, mark: &str, from: usize, range: Range<usize>) {
        let rest = self.markdown.get(from..range.end);
        let found = rest.and_then(|rest| {
            let after = from + rest.find(mark)? + mark.len();
            Some(address_range(self.markdown, after..range.end))
        });
        let exact = found.filter(|found| self.markdown[found.clone()] == *address);
        self.found.push(Written {
            kind: WrittenKind::Address,
            text: address.to_owned(),
            is_exact: exact.is_some(),
            range: exact.unwrap_or(range),
        });
    }

    /// Adds the ids of a citation or marker. `label` is the text in its brackets as the parser reads it.
    fn add_reference(&mut self, label: &str, range: Range<usize>) {
        let inner = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
        let written = &self.markdown[inner.clone()];
        let at = |part: Range<usize>| inner.start + part.start..inner.start + part.end;
        if let Some(id) = written.trim_start().strip_prefix('?') {
            let start = written.len() - id.trim_start().len();
            let id = id.trim();
            self.push_id(WrittenKind::Question, id, at(start..start + id.len()), true);
            return;
        }
        let ranges = citation::source_ranges(written);
        let ids: Vec<String> = ranges.iter().map(|part| written[part.clone()].nfc().collect()).collect();
        let examples = ExampleIds { source: "", question: "" };
        match citation::parse(label, examples) {
            Ok(Reference::Sources(sources)) if !sources.iter().map(|source| source.id.as_str()).eq(&ids) => {
                for source in sources {
                    self.push_id(WrittenKind::Source, source.id.as_str(), range.clone(), false);
                }
            }
            _ => {
                for (id, part) in ids.iter().zip(ranges) {
                    self.push_id(WrittenKind::Source, id, at(part), true);
                }
            }
        }
    }

    fn push_id(&mut self, kind: WrittenKind, id: &str, range: Range<usize>, is_exact: bool) {
        self.found.push(Written { kind, text: id.to_owned(), range, is_exact });
    }
}

/// Returns the range of a link's address in `within`, without the white space before it. The address ends at the next
/// white space, or at a `)` that closes no `(` of the address; a character after `\` doesn't end it. An address in `<…>`
/// ends before the `>`.
fn address_range(text: &str, within: Range<usize>) -> Range<usize> {
    let rest = &text[within.clone()];
    let start = within.end - rest.trim_start().len();
    let rest = rest.trim_start();
    if let Some(inner) = rest.strip_prefix('<') {
        return start + 1..start + 1 + inner.find('>').unwrap_or(inner.len());
    }
    let (mut depth, mut is_escaped) = (0usize, false);
    for (at, c) in rest.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return start..start + at,
            ')' => depth -= 1,
            c if c.is_ascii_whitespace() => return start..start + at,
            _ => {}
        }
    }
    start..within.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places that are found, as `kind text`, each checked to be in its range.
    fn found(markdown: &str) -> Vec<String> {
        let found = written_in(markdown, |id| id == "a");
        let shown = |written: Written| {
            assert!(!written.is_exact || markdown[written.range.clone()] == written.text, "{written:?}");
            let mark = if written.is_exact { "" } else { "~" };
            format!("{:?} {mark}{}", written.kind, written.text)
        };
        found.into_iter().map(shown).collect()
    }

    #[test]
    fn ids_and_addresses_are_found_where_they_are_written() {
        for (markdown, expected) in [
            ("x [@a] [see @a, p. 3 \"mail @a\"; @b “@a”]", vec!["Source a", "Source a", "Source b"]),
            ("[?q] and [? q ]", vec!["Question q", "Question q"]),
            ("`[@a]` @a [a] ![x [@a]](b.svg)", vec![]),
            ("    [@a]\n", vec![]),
            ("[*x* `y`](<sources/a.html> \"[t](u)\")", vec!["Address sources/a.html"]),
            ("[](../a.md#b) [x\\]](  b(c).md )", vec!["Address ../a.md#b", "Address b(c).md"]),
            ("[x][1]\n\n[1]: sources/a.html 'T'\n", vec!["Address sources/a.html"]),
            ("[x](a\\_b.md)", vec!["Address ~a_b.md"]),
            ("> [see @a,\n> p. 3]\n", vec!["Source a"]),
            ("| a |\n| - |\n| [@a] [x](y.md) |\n", vec!["Source a", "Address y.md"]),
            ("a[^1]\n\n[^1]: b [@a]\n", vec!["Source a"]),
        ] {
            assert_eq!(found(markdown), expected, "{markdown}");
        }
    }
}
