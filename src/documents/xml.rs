//! XML, read piece by piece. No entity but the five of XML itself means anything, so that none can unfold.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::ReadError;
use super::package::damaged;

/// How deep elements may be nested.
const DEPTH: usize = 2_000;

/// A piece of an XML file. Names are without their prefix.
#[derive(Debug)]
pub(crate) enum Piece {
    /// An element opens.
    Open(Element),
    /// An element of this name closes.
    Close(String),
    /// Text.
    Text(String),
}

/// An element that opens.
#[derive(Debug)]
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Hands the pieces of an XML file to `take`, in order.
pub(crate) fn read(xml: &str, mut take: impl FnMut(Piece)) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(ReadError::TooDeep);
                }
                take(Piece::Open(element(&start)));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::Close(end.local_name().as_ref().to_owned()));
            }
            Event::Text(text) => take(Piece::Text(text.into_inner().into_owned())),
            Event::CData(text) => take(Piece::Text(text.into_inner().into_owned())),
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().map_err(|error| damaged(&error))?;
                if let Some(c) = c.or_else(|| named(&reference.into_inner())) {
                    take(Piece::Text(c.to_string()));
                }
            }
            Event::Eof => return Ok(()),
            // Empty elements come as an opening and a closing.
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The entities that XML itself has.
fn named(name: &str) -> Option<char> {
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
    fn entities_of_a_file_s_own_never_unfold() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
            <a x="&c;" y="&amp;">&c;&d;&lt;&#233;</a>"#;
        let (mut text, mut opened) = (String::new(), Vec::new());
        read(bomb, |piece| match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Open(element) => opened.push(element),
            Piece::Close(_) => {}
        })
        .expect("a file within limits");
        assert_eq!(text.trim(), "<é");
        assert_eq!((opened[0].attribute("x"), opened[0].attribute("y")), (None, Some("&")));
    }

    #[test]
    fn depth_and_damage_are_refused() {
        assert_eq!(read(&"<a>".repeat(100_000), |_| {}), Err(ReadError::TooDeep));
        assert!(matches!(read("<a></b>", |_| {}), Err(ReadError::Damaged(_))));
    }
}
