//! Parses the XML of Word documents and EPUB books as a series of events. Of named entities, only the five predefined
//! entities are expanded, to prevent entity bombs.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::ReadError;
use super::package::damaged;

/// Maximum nesting depth of elements.
const MAX_DEPTH: usize = 2_000;

/// A parsed piece of XML. Names have no namespace prefix.
#[derive(Debug)]
pub(crate) enum XmlEvent {
    Open(Element),
    /// The end of the element of this name.
    Close(String),
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Parses XML and passes each event to `handle`, in order.
pub(crate) fn parse(xml: &str, mut handle: impl FnMut(XmlEvent)) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(ReadError::TooDeep);
                }
                handle(XmlEvent::Open(element(&start)));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                handle(XmlEvent::Close(end.local_name().as_ref().to_owned()));
            }
            Event::Text(text) => handle(XmlEvent::Text(text.into_inner().into_owned())),
            Event::CData(text) => handle(XmlEvent::Text(text.into_inner().into_owned())),
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().map_err(|error| damaged(&error))?;
                if let Some(c) = c.or_else(|| predefined_entity(&reference.into_inner())) {
                    handle(XmlEvent::Text(c.to_string()));
                }
            }
            Event::Eof => return Ok(()),
            // `Empty` does not occur: the reader expands an empty element to a start and an end.
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Returns the character of one of XML's predefined entities.
fn predefined_entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn element(start: &BytesStart) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten().filter_map(|attribute| {
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
        Some((attribute.key.local_name().as_ref().to_owned(), value.into_owned()))
    });
    Element { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_entities_are_not_expanded() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
            <a x="&c;" y="&amp;">&c;&d;&lt;&#233;</a>"#;
        let (mut text, mut opened) = (String::new(), Vec::new());
        parse(bomb, |event| match event {
            XmlEvent::Text(piece) => text.push_str(&piece),
            XmlEvent::Open(element) => opened.push(element),
            XmlEvent::Close(_) => {}
        })
        .expect("a file within limits");
        assert_eq!(text.trim(), "<é");
        assert_eq!((opened[0].attribute("x"), opened[0].attribute("y")), (None, Some("&")));
    }

    #[test]
    fn deep_nesting_and_malformed_xml_are_rejected() {
        assert_eq!(parse(&"<a>".repeat(100_000), |_| {}), Err(ReadError::TooDeep));
        assert!(matches!(parse("<a></b>", |_| {}), Err(ReadError::Damaged(_))));
    }
}
