//! XML 1.0, as much of it as a feed and a map of the site need: elements, attributes, text.

use std::io;

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::{ElementWriter, Writer};

/// An element, with text in it or other elements.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: Option<String>,
    children: Vec<Element>,
}

impl Element {
    /// An empty one.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: None, children: Vec::new() }
    }

    /// One with nothing but text in it.
    pub(super) fn text(name: &'static str, text: &str) -> Self {
        Self { text: Some(allowed(text)), ..Self::new(name) }
    }

    /// The same with an attribute.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, allowed(value)));
        self
    }

    /// The same with an element at its end.
    pub(super) fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// The same with elements at its end.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// A file with this as its root.
    pub(super) fn document(&self) -> Vec<u8> {
        document(|writer| self.write(writer))
    }

    /// A file with this as its root and elements in it that are made one after the other: there may be many.
    pub(super) fn document_of(&self, children: impl Iterator<Item = Self>) -> Vec<u8> {
        let mut children = children.peekable();
        if children.peek().is_none() {
            return self.document();
        }
        document(|writer| {
            let inner = |writer: &mut _| children.try_for_each(|child| child.write(writer));
            self.begun(writer).write_inner_content(inner).map(drop)
        })
    }

    fn begun<'w>(&self, writer: &'w mut Writer<Vec<u8>>) -> ElementWriter<'w, Vec<u8>> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        writer.create_element(self.name).with_attributes(attributes)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let element = self.begun(writer);
        match &self.text {
            Some(text) => element.write_text_content(BytesText::new(text)).map(drop),
            None if self.children.is_empty() => element.write_empty().map(drop),
            None => element
                .write_inner_content(|writer| self.children.iter().try_for_each(|child| child.write(writer)))
                .map(drop),
        }
    }
}

fn document(root: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let declaration = Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None));
    let written = writer.write_event(declaration).and_then(|()| root(&mut writer));
    written.expect("a list in memory takes every byte");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

/// Text without the characters that XML 1.0 has no way to write, not even escaped (section 2.2, `Char`).
fn allowed(text: &str) -> String {
    let forbidden =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    text.replace(forbidden, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_xml_is_escaped_and_what_it_forbids_is_left_out() {
        let element =
            Element::new("a").with("b", "\"<&\u{1}").child(Element::text("c", "]]> \u{fffe}&amp;\u{8}x"));
        let written = String::from_utf8(element.document()).expect("UTF-8");
        assert_eq!(
            written,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&quot;&lt;&amp;\">\n  <c>]]&gt; &amp;amp;x</c>\n</a>\n"
        );
    }
}
