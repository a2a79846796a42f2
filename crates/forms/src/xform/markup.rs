//! Writing XML: indented, escaped, and never with a character that XML cannot have.

use super::paths::Piece;

/// An XML document that is being written.
pub(super) struct Markup {
    text: String,
    open: Vec<String>,
    /// Whether the last tag still lacks its closing bracket, since nothing stands in it yet.
    pending: bool,
}

impl Markup {
    pub(super) fn new(capacity: usize) -> Self {
        let mut text = String::with_capacity(capacity);
        text.push_str("<?xml version=\"1.0\"?>\n");
        Self { text, open: Vec::new(), pending: false }
    }

    /// Begins an element.
    pub(super) fn start(&mut self, tag: &str) {
        self.close_pending();
        self.indent();
        self.text.push('<');
        self.text.push_str(tag);
        self.open.push(tag.to_owned());
        self.pending = true;
    }

    /// Adds an attribute to the element just begun.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
        escape(value, true, &mut self.text);
        self.text.push('"');
    }

    /// Ends the element begun last.
    pub(super) fn end(&mut self) {
        let Some(tag) = self.open.pop() else { return };
        if std::mem::take(&mut self.pending) {
            self.text.push_str("/>\n");
            return;
        }
        self.indent();
        self.end_tag(&tag);
    }

    /// Ends the element begun last with a text in it; none at all when the text is blank.
    pub(super) fn end_with(&mut self, text: &str) {
        if text.is_empty() {
            return self.end();
        }
        let Some(tag) = self.open.pop() else { return };
        self.pending = false;
        self.text.push('>');
        escape(text, false, &mut self.text);
        self.end_tag(&tag);
    }

    /// Ends the element begun last with text and values in it. With more than one piece there are blanks at both ends,
    /// as pyxform has them.
    pub(super) fn end_with_pieces(&mut self, pieces: &[Piece<'_>]) {
        match pieces {
            [] => return self.end(),
            [Piece::Text(text)] => return self.end_with(text),
            _ => {}
        }
        let has_text = pieces.iter().any(|piece| matches!(piece, Piece::Text(_)));
        if !has_text {
            for piece in pieces {
                if let Piece::Value(path) = piece {
                    self.start("output");
                    self.attribute("value", path);
                    self.end();
                }
            }
            return self.end();
        }
        let Some(tag) = self.open.pop() else { return };
        self.pending = false;
        self.text.push('>');
        if matches!(pieces.first(), Some(Piece::Text(_))) {
            self.text.push(' ');
        }
        for piece in pieces {
            match piece {
                Piece::Text(text) => escape(text, false, &mut self.text),
                Piece::Value(path) => {
                    self.text.push_str("<output");
                    self.attribute("value", path);
                    self.text.push_str("/>");
                }
            }
        }
        self.text.push(' ');
        self.end_tag(&tag);
    }

    /// An element without anything in it but attributes.
    pub(super) fn empty(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.start(tag);
        for (name, value) in attributes {
            self.attribute(name, value);
        }
        self.end();
    }

    /// An element with a text.
    pub(super) fn element(&mut self, tag: &str, text: &str) {
        self.start(tag);
        self.end_with(text);
    }

    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.text
    }

    fn close_pending(&mut self) {
        if std::mem::take(&mut self.pending) {
            self.text.push_str(">\n");
        }
    }

    fn end_tag(&mut self, tag: &str) {
        self.text.push_str("</");
        self.text.push_str(tag);
        self.text.push_str(">\n");
    }

    fn indent(&mut self) {
        for _ in 0..self.open.len() {
            self.text.push_str("  ");
        }
    }
}

fn escape(text: &str, attribute: bool, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' if attribute => into.push_str("&quot;"),
            '\t' | '\n' | '\r' => into.push(letter),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => into.push(other),
        }
    }
}
