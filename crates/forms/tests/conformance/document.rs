//! What the XML must be: XPath expressions that match once, so often, or just these; texts in it and in its parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;
use sxd_document::Package;
use sxd_document::dom::{ChildOfElement, Element};
use sxd_xpath::{Context, Factory, Value as Found, nodeset::Node};

use crate::literal;

const XFORMS: &str = "http://www.w3.org/2002/xforms";

/// Prefixes by address; those of the document itself come on top.
const PREFIXES: [(&str, &str); 6] = [
    ("http://www.w3.org/1999/xhtml", "h"),
    ("http://www.w3.org/2001/xml-events", "ev"),
    ("http://www.w3.org/2001/XMLSchema", "xsd"),
    ("http://openrosa.org/javarosa", "jr"),
    ("http://openrosa.org/xforms", "orx"),
    ("http://www.opendatakit.org/xforms", "odk"),
];

pub(crate) struct Document {
    package: Package,
    prefixes: BTreeMap<String, String>,
}

impl Document {
    /// Compares the XML of a form with what a case says of it.
    pub(crate) fn check(xml: &str, args: &Value) -> Result<(), String> {
        let package = crate::parse::parse(xml).map_err(|error| format!("not XML: {error}\n{xml}"))?;
        let mut prefixes: BTreeMap<String, String> =
            PREFIXES.iter().map(|(address, prefix)| ((*address).to_owned(), (*prefix).to_owned())).collect();
        for (address, prefix) in [("http://www.opendatakit.org/xforms/entities", "entities")] {
            if xml.contains(&format!("xmlns:{prefix}=\"{address}\"")) {
                prefixes.insert(address.to_owned(), prefix.to_owned());
            }
        }
        let document = Self { package, prefixes };
        document
            .texts(args)
            .and_then(|()| document.paths(args))
            .map_err(|problem| format!("{problem}\n{xml}"))
    }

    fn root(&self) -> Element<'_> {
        self.package.as_document().root().children().iter().find_map(|child| child.element()).unwrap()
    }

    fn texts(&self, args: &Value) -> Result<(), String> {
        for (key, part, wanted) in [
            ("xml__contains", "", true),
            ("xml__excludes", "", false),
            ("model__contains", "model", true),
            ("model__excludes", "model", false),
            ("instance__contains", "instance", true),
            ("itext__contains", "itext", true),
        ] {
            let Some(expected) = args[key].as_array() else { continue };
            let text = if part.is_empty() {
                self.text_of(self.root())
            } else {
                let path = format!("//x:{part}");
                match self.evaluate(&path)? {
                    Found::Nodeset(nodes) => nodes
                        .document_order_first()
                        .and_then(Node::element)
                        .map(|element| self.text_of(element))
                        .ok_or_else(|| format!("no {part}"))?,
                    _ => return Err(format!("no {part}")),
                }
            };
            for expected in expected.iter().filter_map(Value::as_str) {
                if text.contains(expected) != wanted {
                    return Err(format!("{key}: {expected}\n{text}"));
                }
            }
        }
        Ok(())
    }

    fn paths(&self, args: &Value) -> Result<(), String> {
        for path in args["xml__xpath_match"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let found = self.found(path)?.len();
            if found != 1 {
                return Err(format!("found {found} times, not once: {}", one_line(path)));
            }
        }
        for expected in args["xml__xpath_count"].as_array().into_iter().flatten() {
            let path = expected[0].as_str().unwrap();
            let found = self.found(path)?.len();
            if Some(found as u64) != expected[1].as_u64() {
                return Err(format!("found {found} times, not {}: {}", expected[1], one_line(path)));
            }
        }
        let (exact, whole) = match args["xml__xpath_exact"]["_unserialised"].as_str() {
            Some(text) => literal::parse(text),
            None => (args["xml__xpath_exact"].clone(), true),
        };
        for expected in exact.as_array().into_iter().flatten() {
            let path = expected[0].as_str().unwrap();
            let found: BTreeSet<String> = self.found(path)?.into_iter().map(|(_, text)| text).collect();
            let texts: BTreeSet<String> = expected[1]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            // Of an expectation that was cut off, what is left of it must be there.
            let as_stated = if whole { found == texts } else { !found.is_empty() && texts.is_subset(&found) };
            if !as_stated {
                return Err(format!("found {found:?}, not {texts:?}: {}", one_line(path)));
            }
        }
        Ok(())
    }

    /// What an expression finds: elements each for itself, attributes and texts by what they say, as pyxform counts them.
    fn found(&self, path: &str) -> Result<BTreeSet<(usize, String)>, String> {
        let Found::Nodeset(nodes) = self.evaluate(path)? else {
            return Err(format!("finds no nodes: {}", one_line(path)));
        };
        Ok(nodes
            .document_order()
            .into_iter()
            .enumerate()
            .map(|(index, node)| match node {
                Node::Element(element) => (index + 1, self.clean(element)),
                Node::Attribute(attribute) => (0, attribute.value().to_owned()),
                other => (0, other.string_value()),
            })
            .collect())
    }

    fn evaluate(&self, path: &str) -> Result<Found<'_>, String> {
        let factory = Factory::new();
        let expression =
            factory.build(path.trim()).map_err(|error| format!("{error}: {}", one_line(path)))?.unwrap();
        let mut context = Context::new();
        context.set_namespace("x", XFORMS);
        for (address, prefix) in &self.prefixes {
            context.set_namespace(prefix, address);
        }
        expression.evaluate(&context, self.root()).map_err(|error| format!("{error}: {}", one_line(path)))
    }

    /// An element as text, without declarations of namespaces and blanks around it.
    fn clean(&self, element: Element<'_>) -> String {
        let mut text = String::new();
        self.write(element, &mut text);
        text.trim().to_owned()
    }

    /// An element as text with the namespaces declared, as a part of a document is written out.
    fn text_of(&self, element: Element<'_>) -> String {
        let text = self.clean(element);
        let end = text.find(['>', ' ', '/']).unwrap_or(text.len());
        let mut declarations = format!(" xmlns=\"{XFORMS}\"");
        for (address, prefix) in &self.prefixes {
            write!(declarations, " xmlns:{prefix}=\"{address}\"").unwrap();
        }
        format!("{}{declarations}{}", &text[..end], &text[end..])
    }

    fn name(&self, name: sxd_document::QName<'_>) -> String {
        match name.namespace_uri().and_then(|address| self.prefixes.get(address)) {
            Some(prefix) => format!("{prefix}:{}", name.local_part()),
            None => name.local_part().to_owned(),
        }
    }

    /// Attributes stand in order: those without a namespace first, then by its address and name.
    fn write(&self, element: Element<'_>, into: &mut String) {
        let name = self.name(element.name());
        into.push('<');
        into.push_str(&name);
        let mut attributes = element.attributes();
        attributes.sort_by_key(|attribute| {
            (
                attribute.name().namespace_uri().unwrap_or("").to_owned(),
                attribute.name().local_part().to_owned(),
            )
        });
        for attribute in attributes {
            let (name, value) = (self.name(attribute.name()), escaped(attribute.value(), true));
            write!(into, " {name}=\"{value}\"").unwrap();
        }
        let children = element.children();
        if children.is_empty() {
            into.push_str("/>");
            return;
        }
        into.push('>');
        for child in children {
            match child {
                ChildOfElement::Element(element) => self.write(element, into),
                ChildOfElement::Text(text) => into.push_str(&escaped(text.text(), false)),
                ChildOfElement::Comment(_) | ChildOfElement::ProcessingInstruction(_) => {}
            }
        }
        write!(into, "</{name}>").unwrap();
    }
}

fn escaped(text: &str, attribute: bool) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if attribute { text.replace('"', "&quot;") } else { text }
}

fn one_line(path: &str) -> String {
    path.split_whitespace().collect::<Vec<_>>().join(" ")
}
