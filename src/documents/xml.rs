//! Parses the XML of Word documents and EPUB books as a series of events, within a time limit. Of the named entities,
//! only the five of the XML standard are expanded. Others, which could expand to gigabytes, are dropped.
//!
//! Elements are identified by namespace and local name. Prefixes are not compared, because a file may bind any prefix
//! to any namespace.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, QName, ResolveResult};
use quick_xml::reader::NsReader;

use super::ReadError;
use super::deadline::Deadline;
use super::package::damaged;

/// Maximum nesting depth of elements.
const MAX_DEPTH: usize = 2_000;
/// The deadline is checked after every so many events.
const MAX_EVENTS_PER_CHECK: usize = 1_000;

/// A parsed piece of XML. Names have no namespace prefix.
#[derive(Debug)]
pub(crate) enum XmlEvent<'e> {
    Open(Element<'e>),
    /// The end of the element of this name.
    Close(&'e str),
    Text(&'e str),
}

#[derive(Debug)]
pub(crate) struct Element<'e> {
    pub(crate) name: &'e str,
    /// The address that identifies the namespace; the name's prefix if it is not declared; empty without a namespace.
    pub(crate) namespace: Cow<'e, str>,
    attributes: Vec<Attribute<'e>>,
    namespaces: &'e NamespaceResolver,
}

#[derive(Debug)]
struct Attribute<'e> {
    /// Whether the attribute is in the namespace of its element.
    is_own: bool,
    name: &'e str,
    value: Cow<'e, str>,
}

impl Element<'_> {
    /// Returns the value of an attribute, in any namespace or in none.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|found| &*found.value)
    }

    /// Returns the value of an attribute in the element's own namespace.
    pub(crate) fn own_attribute(&self, name: &str) -> Option<&str> {
        let mut own = self.attributes.iter().filter(|attribute| attribute.is_own);
        own.find(|attribute| attribute.name == name).map(|found| &*found.value)
    }

    /// Returns the namespace that a prefix has in this element.
    pub(crate) fn namespace_of_prefix(&self, prefix: &str) -> Cow<'_, str> {
        bound(self.namespaces.resolve_element(QName(&format!("{prefix}:x"))).0)
    }
}

/// Parses XML and passes each event to `handle`, in order, until `handle` fails.
pub(crate) fn parse(
    xml: &str,
    deadline: Deadline,
    mut handle: impl FnMut(XmlEvent) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    for count in 0_usize.. {
        if count.is_multiple_of(MAX_EVENTS_PER_CHECK) {
            deadline.check()?;
        }
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(ReadError::TooDeep);
                }
                handle(XmlEvent::Open(element(&start, reader.resolver())))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                handle(XmlEvent::Close(end.local_name().as_ref()))?;
            }
            Event::Text(text) => handle(XmlEvent::Text(&text.into_inner()))?,
            Event::CData(text) => handle(XmlEvent::Text(&text.into_inner()))?,
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().map_err(|error| damaged(&error))?;
                if let Some(c) = c.or_else(|| predefined_entity(&reference.into_inner())) {
                    handle(XmlEvent::Text(c.encode_utf8(&mut [0; 4])))?;
                }
            }
            Event::Eof => break,
            // `Empty` does not occur: the reader expands an empty element to a start and an end.
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    Ok(())
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

fn element<'e>(start: &'e BytesStart, namespaces: &'e NamespaceResolver) -> Element<'e> {
    let name = start.name();
    let namespace = bound(namespaces.resolve_element(name).0);
    let is_own = |key: QName| {
        let same_prefix = key.prefix().is_some() && key.prefix() == name.prefix();
        same_prefix || (!namespace.is_empty() && bound(namespaces.resolve_attribute(key).0) == namespace)
    };
    let mut attributes = start.attributes();
    let attributes: Vec<_> = attributes
        .with_checks(false)
        .flatten()
        .filter_map(|attribute| {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
            let value = Cow::Owned(value.into_owned());
            Some(Attribute {
                is_own: is_own(attribute.key),
                name: attribute.key.local_name().into_inner(),
                value,
            })
        })
        .collect();
    Element { name: start.local_name().into_inner(), namespace, attributes, namespaces }
}

/// Returns the namespace of a resolved name, in the form of [`Element::namespace`].
fn bound(resolved: ResolveResult<'_>) -> Cow<'_, str> {
    match resolved {
        ResolveResult::Bound(Namespace(namespace)) => Cow::Borrowed(namespace),
        ResolveResult::Unbound => Cow::Borrowed(""),
        ResolveResult::Unknown(prefix) => Cow::Owned(prefix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::package::tests::{LIMITS, deadline};

    #[test]
    fn custom_entities_are_not_expanded() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
            <a x="&c;" y="&amp;">&c;&d;&lt;&#233;</a>"#;
        let (mut text, mut opened) = (String::new(), Vec::new());
        parse(bomb, deadline(), |event| {
            match event {
                XmlEvent::Text(piece) => text.push_str(piece),
                XmlEvent::Open(element) => {
                    let value = |name| element.attribute(name).map(str::to_owned);
                    opened.push((value("x"), value("y")));
                }
                XmlEvent::Close(_) => {}
            }
            Ok(())
        })
        .expect("a file within limits");
        assert_eq!(text.trim(), "<é");
        assert_eq!(opened[0], (None, Some("&".to_owned())));
    }

    #[test]
    fn deep_nesting_and_malformed_xml_are_rejected() {
        assert_eq!(parse(&"<a>".repeat(100_000), deadline(), |_| Ok(())), Err(ReadError::TooDeep));
        assert!(matches!(parse("<a></b>", deadline(), |_| Ok(())), Err(ReadError::Damaged(_))));
    }

    #[test]
    fn names_are_resolved_to_namespaces_and_time_is_limited() {
        let xml =
            "<a:r xmlns:a='one' xmlns:b='two' xmlns:c='one'><b:x a:v='1' b:v='2'/><c:y a:v='3' v='4'/></a:r>";
        let mut seen = Vec::new();
        let collect = |event: XmlEvent| {
            if let XmlEvent::Open(element) = event {
                let value = element.own_attribute("v").unwrap_or_default();
                seen.push(format!(
                    "{}:{}={value}, b:{}",
                    element.namespace,
                    element.name,
                    element.namespace_of_prefix("b")
                ));
            }
            Ok(())
        };
        parse(xml, deadline(), collect).expect("a file within limits");
        assert_eq!(seen, ["one:r=, b:two", "two:x=2, b:two", "one:y=3, b:two"]);
        let late = Deadline::start(Limits { seconds: 0, ..LIMITS });
        std::thread::sleep(std::time::Duration::from_millis(1));
        assert_eq!(parse(xml, late, |_| Ok(())), Err(ReadError::TooSlow));
    }
}
