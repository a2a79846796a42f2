//! XML as the tree that XPath walks. The tree's own parser forgets a default namespace that a prefixed element declares,
//! which is how every XForm begins.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use sxd_document::dom::{Document, Element};
use sxd_document::{Package, QName};

pub(crate) fn parse(xml: &str) -> Result<Package, String> {
    let package = Package::new();
    {
        let document = package.as_document();
        let mut reader = NsReader::from_str(xml);
        let mut open: Vec<Element<'_>> = Vec::new();
        let mut text = String::new();
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            if !matches!(event, Event::Text(_) | Event::GeneralRef(_) | Event::CData(_)) && !text.is_empty() {
                if let Some(parent) = open.last() {
                    parent.append_child(document.create_text(&text));
                }
                text.clear();
            }
            match event {
                Event::Start(start) => {
                    let element = begin(&reader, &start, document, open.last())?;
                    open.push(element);
                }
                Event::Empty(start) => {
                    begin(&reader, &start, document, open.last())?;
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(part) => text.push_str(&part),
                Event::GeneralRef(part) => {
                    let name: &str = &part;
                    text.push_str(
                        &quick_xml::escape::unescape(&format!("&{name};"))
                            .map_err(|error| error.to_string())?,
                    );
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if !open.is_empty() {
            return Err("an element is not closed".to_owned());
        }
    }
    Ok(package)
}

fn begin<'d>(
    reader: &NsReader<&[u8]>,
    start: &BytesStart<'_>,
    document: Document<'d>,
    parent: Option<&Element<'d>>,
) -> Result<Element<'d>, String> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let name = local.as_ref().to_owned();
    let namespace = address(&namespace)?;
    let element = document.create_element(QName::with_namespace_uri(namespace.as_deref(), &name));
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        let key = attribute.key.as_ref();
        if key == "xmlns" {
            element.set_default_namespace_uri(Some(&value));
        } else if let Some(prefix) = key.strip_prefix("xmlns:") {
            element.register_prefix(prefix, &value);
        } else {
            let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
            let namespace = address(&namespace)?;
            let local = local.as_ref();
            element.set_attribute_value(QName::with_namespace_uri(namespace.as_deref(), local), &value);
        }
    }
    match parent {
        Some(parent) => parent.append_child(element),
        None => document.root().append_child(element),
    }
    Ok(element)
}

fn address(namespace: &ResolveResult<'_>) -> Result<Option<String>, String> {
    match namespace {
        ResolveResult::Bound(namespace) => Ok(Some(namespace.as_ref().to_owned())),
        ResolveResult::Unbound => Ok(None),
        ResolveResult::Unknown(prefix) => Err(format!("unknown prefix {prefix:?}")),
    }
}
