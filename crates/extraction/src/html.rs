//! The text of pages of the web.
//!
//! Only the tokens are looked at, no tree is built: elements that lie deep in each other, or never end, cost nothing.
//! What scripts and styles say is no text, and nothing is fetched.

use std::cell::RefCell;

use encoding_rs::{Encoding, WINDOWS_1252};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::extracted::Place;
use crate::failure::Failure;
use crate::flow::{Flow, Gap, Parts};
use crate::plain;
use crate::source::Source;

/// Within how many bytes a page must say how it is encoded.
const ENCODING_BYTES: usize = 1024;

/// How much is handed to the tokenizer at once, in bytes.
const PIECE: usize = 64 * 1024;

/// Reads the file as one text.
pub(crate) fn read(source: &Source, parts: &mut Parts) -> Result<(), Failure> {
    let bytes = source.whole()?;
    let flow = parts.flow();
    let flow = text(&decode(&bytes), flow);
    parts.keep(Place::Body, flow);
    Ok(())
}

/// The page by its byte order mark, by what it says itself, or as any text.
fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let said = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(ENCODING_BYTES)]).to_ascii_lowercase();
        let (_, after) = head.split_once("charset=")?;
        let label = after.trim_start_matches(['"', '\'']);
        let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'))?;
        Encoding::for_label(&label.as_bytes()[..end])
    };
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return plain::decode(bytes);
    }
    // One of two bytes cannot be what was just read in single ones.
    let encoding = said().filter(|said| said.is_ascii_compatible()).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0
}

/// Adds the text of a page.
pub(crate) fn text(page: &str, flow: Flow) -> Flow {
    let sink = Sink(RefCell::new(Reading { flow, blank: true, within: None, kept: 0, cells: 0 }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = page;
    while !rest.is_empty() && !tokenizer.sink.0.borrow().flow.is_full() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        input.push_back(StrTendril::from_slice(piece));
        // It stops where a script would run; there are none.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().flow
}

/// Takes the tokens; the tokenizer hands them to a shared reference.
struct Sink(RefCell<Reading>);

struct Reading {
    flow: Flow,
    /// Whether white space before the next text says nothing.
    blank: bool,
    /// The element whose content is no text, until it ends.
    within: Option<String>,
    /// How many elements are open in which white space counts.
    kept: usize,
    cells: usize,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reading = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => reading.add(&text),
            Token::TagToken(tag) => {
                if let Some(raw) = reading.tag(&tag) {
                    return TokenSinkResult::RawData(raw);
                }
            }
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reading {
    fn add(&mut self, text: &str) {
        if self.within.is_some() {
            return;
        }
        if self.kept > 0 {
            self.flow.add(text);
            self.blank = text.ends_with(char::is_whitespace);
            return;
        }
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                clean.push(c);
            } else if !self.blank {
                clean.push(' ');
            }
            self.blank = c.is_ascii_whitespace();
        }
        self.flow.add(&clean);
    }

    /// Takes the beginning or the end of an element; says when the tokenizer must read what follows as it stands.
    fn tag(&mut self, tag: &Tag) -> Option<RawKind> {
        let name = &*tag.name;
        let begins = tag.kind == TagKind::StartTag;
        if let Some(within) = &self.within {
            if !begins && within == name {
                self.within = None;
            }
            return None;
        }
        let raw = match name {
            "script" => Some(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
            "title" | "textarea" => Some(RawKind::Rcdata),
            _ => None,
        };
        match name {
            "script" | "style" | "iframe" | "noembed" | "noframes" if begins => {
                self.within = Some(name.to_owned());
            }
            "td" | "th" => {
                self.cells = if begins { self.cells + 1 } else { self.cells.saturating_sub(1) };
                self.gap(Gap::Tab);
            }
            "pre" | "textarea" | "xmp" | "listing" => {
                self.kept = if begins { self.kept + 1 } else { self.kept.saturating_sub(1) };
                self.gap(Gap::Line);
            }
            "br" => {
                self.flow.add("\n");
                self.blank = true;
            }
            "tr" | "table" => {
                self.cells = 0;
                self.gap(Gap::Line);
            }
            _ if is_block(name) => self.gap(if self.cells > 0 { Gap::Blank } else { Gap::Line }),
            _ => {}
        }
        raw.filter(|_| begins)
    }

    fn gap(&mut self, gap: Gap) {
        self.flow.gap(gap);
        self.blank = true;
    }
}

/// Whether an element stands on lines of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "tbody"
            | "tfoot"
            | "thead"
            | "title"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn text_of(page: &str) -> String {
        let mut parts = Parts::new(&Limits::default());
        let flow = text(page, parts.flow());
        parts.keep(Place::Body, flow);
        parts.finish().whole()
    }

    #[test]
    fn scripts_and_styles_are_no_text() {
        let page = "<!doctype html><title>A plan</title><style>p{color:red}</style><script>if (a<b) document.write('<p>bad</p>')</script>\
            <p onclick='bad()'>Good<script src=bad.js></script><noscript> also</noscript></p><!-- bad --><iframe>bad</iframe>\
            <p>End<script>bad";
        assert_eq!(text_of(page), "A plan\nGood also\nEnd");
    }

    #[test]
    fn layout_is_kept_as_lines_and_tabs() {
        let page = "<h1>One</h1>\n<p>two\n  three <b>four</b>, <i>five</i><br>six</p><table><tr><td><p>a</p><td>b</tr>\
            <tr><th>c</th><th>d</th></tr></table><ul><li>x<li>y</ul><pre>p\n  q</pre>&amp;&eacute;&#x41;";
        assert_eq!(text_of(page), "One\ntwo three four, five\nsix\na\tb\nc\td\nx\ny\np\n  q\n&éA");
    }

    #[test]
    fn a_million_open_elements_cost_nothing() {
        let page = format!("{}deep", "<div><b>".repeat(500_000));
        assert_eq!(text_of(&page), "deep");
    }

    #[test]
    fn encodings_are_found() {
        assert_eq!(decode(b"<meta charset=\"iso-8859-1\">caf\xe9"), "<meta charset=\"iso-8859-1\">café");
        assert_eq!(decode(b"<meta charset='windows-1251'>\xcf"), "<meta charset='windows-1251'>П");
        assert_eq!(decode("<meta charset=iso-8859-1>é".as_bytes()), "<meta charset=iso-8859-1>é");
        assert_eq!(decode(b"caf\xe9"), "café");
        assert_eq!(decode(b"<meta charset=utf-16>\xe9"), "<meta charset=utf-16>é");
    }
}
