//! XML of strangers, step by step: no tree, no document type, no entity but the five of XML and characters by number.

use std::borrow::Cow;
use std::io::{self, BufRead, Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What comes next. Names are without their prefix: the same element has many prefixes, but no other meaning here.
pub(crate) enum Step<'a> {
    /// An element begins. One without content begins and ends.
    Open(&'a str, Element<'a>),
    /// An element ends.
    Close(&'a str),
    /// A piece of text.
    Text(&'a str),
}

/// An element that begins.
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// The value of the first attribute of that name, without its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes(name).next()
    }

    /// The values of all attributes of that name, whatever their prefix.
    pub(crate) fn attributes<'e>(&'e self, name: &'e str) -> impl Iterator<Item = String> + 'e {
        let mut attributes = self.0.attributes();
        // Unchecked: looking for doubles would take the square of their number.
        attributes.with_checks(false);
        attributes
            .filter_map(Result::ok)
            .filter(move |attribute| attribute.key.local_name().into_inner() == name)
            .filter_map(|attribute| {
                attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
            })
    }

    /// The same for a number.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// Whether to go on.
pub(crate) use std::ops::ControlFlow;

/// Why XML was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Elements lie too deep in each other.
    TooDeep,
    /// It is not well-formed, breaks off, or cannot be read.
    Broken,
}

/// Visits every step in order, until the end or until the visitor breaks off.
pub(crate) fn walk(
    mut input: impl BufRead,
    depth: usize,
    visit: impl FnMut(Step<'_>) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let marked = Encoding::for_bom(input.fill_buf().map_err(|_| Fault::Broken)?);
    match marked {
        Some((encoding, _)) if encoding != UTF_8 => {
            let (mut bytes, mut reading) = (Vec::new(), input);
            reading.read_to_end(&mut bytes).map_err(|_| Fault::Broken)?;
            let text = encoding.decode_with_bom_removal(&bytes).0;
            walk_utf8(Cursor::new(text.as_bytes()), depth, visit)
        }
        Some((_, mark)) => {
            io::copy(&mut input.by_ref().take(mark as u64), &mut io::sink()).map_err(|_| Fault::Broken)?;
            walk_utf8(input, depth, visit)
        }
        None => walk_utf8(input, depth, visit),
    }
}

fn walk_utf8(
    input: impl BufRead,
    most: usize,
    mut visit: impl FnMut(Step<'_>) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let mut reader = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let mut depth = 0;
    let mut any = false;
    loop {
        buffer.clear();
        let flow = match reader.read_event_into(&mut buffer).map_err(|_| Fault::Broken)? {
            Event::Start(start) => {
                any = true;
                depth += 1;
                if depth > most {
                    return Err(Fault::TooDeep);
                }
                visit(Step::Open(start.local_name().into_inner(), Element(&start)))
            }
            Event::Empty(start) => {
                any = true;
                let name = start.local_name();
                match visit(Step::Open(name.into_inner(), Element(&start))) {
                    ControlFlow::Continue(()) => visit(Step::Close(name.into_inner())),
                    stop @ ControlFlow::Break(()) => stop,
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Step::Close(end.local_name().into_inner()))
            }
            Event::Text(text) => visit(Step::Text(&text)),
            Event::CData(text) => visit(Step::Text(&text)),
            Event::GeneralRef(named) => {
                let by_number = named.resolve_char_ref().map_err(|_| Fault::Broken)?;
                let mut one = [0; 4];
                match by_number {
                    Some(c) => visit(Step::Text(c.encode_utf8(&mut one))),
                    // Whatever a document type declares is not expanded: it stays unsaid.
                    None => visit(Step::Text(resolve_predefined_entity(&named).unwrap_or_default())),
                }
            }
            // quick-xml ends quietly where the input does, also within elements.
            Event::Eof if depth > 0 || !any => return Err(Fault::Broken),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {
                ControlFlow::Continue(())
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn text_of(xml: &[u8], depth: usize) -> Result<String, Fault> {
        let mut all = String::new();
        walk(xml, depth, |step| {
            if let Step::Text(text) = step {
                all.push_str(text);
            }
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    #[test]
    fn a_billion_laughs_are_none() {
        let mut declared = String::from("<!ENTITY lol0 \"lol\">");
        for level in 1..10 {
            let ten = format!("&lol{};", level - 1).repeat(10);
            write!(declared, "<!ENTITY lol{level} \"{ten}\">").unwrap();
        }
        let xml = format!("<!DOCTYPE a [{declared}]><a>ha &lol9; &amp; &#104;&#x61;</a>");
        assert_eq!(text_of(xml.as_bytes(), 10).unwrap(), "ha  & ha");
    }

    #[test]
    fn nothing_outside_is_fetched() {
        let xml = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a b=\"&x;\">[&x;]</a>";
        assert_eq!(text_of(xml.as_bytes(), 10).unwrap(), "[]");
    }

    #[test]
    fn depth_ends_at_its_limit() {
        let deep = |levels: usize| format!("{}x{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert_eq!(text_of(deep(256).as_bytes(), 256).unwrap(), "x");
        assert_eq!(text_of(deep(257).as_bytes(), 256), Err(Fault::TooDeep));
        assert_eq!(text_of(deep(1_000_000).as_bytes(), 256), Err(Fault::TooDeep));
    }

    #[test]
    fn what_breaks_off_is_broken() {
        for xml in ["", "<a>", "<a><b></a>", "text", "<a", "<a>&#0;</a>", "<a>&#xD800;</a>"] {
            assert_eq!(text_of(xml.as_bytes(), 10), Err(Fault::Broken), "{xml}");
        }
    }

    #[test]
    fn utf_16_is_read_by_its_mark_and_cdata_is_text() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>Mòrag <![CDATA[<&]]></a>";
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(xml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&wide, 10).unwrap(), "Mòrag <&");
        assert_eq!(text_of(format!("\u{feff}{xml}").as_bytes(), 10).unwrap(), "Mòrag <&");
    }

    #[test]
    fn attributes_are_found_without_their_prefix() {
        let mut found = Vec::new();
        walk(&b"<a w:val='1 &amp; 2' n='7'/>"[..], 10, |step| {
            if let Step::Open(name, element) = step {
                found.push((
                    name.to_owned(),
                    element.attribute("val"),
                    element.number("n"),
                    element.number("val"),
                ));
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(found, [("a".to_owned(), Some("1 & 2".to_owned()), Some(7), None)]);
    }
}
