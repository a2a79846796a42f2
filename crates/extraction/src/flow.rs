//! Text that grows within limits: what all formats write into.

use crate::extracted::{Part, Place, Text};
use crate::limits::Limits;

/// What a part takes beside its text.
const PART_BYTES: usize = 64;

/// What stands between two pieces of text. Where several meet, the strongest stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// The end of a paragraph within a cell.
    Blank,
    /// The end of a cell.
    Tab,
    /// The end of a paragraph or a row.
    Line,
}

/// One running text.
#[derive(Debug)]
pub(crate) struct Flow {
    text: String,
    gap: Option<Gap>,
    after_return: bool,
    room: usize,
    cut: bool,
}

impl Flow {
    fn new(room: usize) -> Self {
        Self { text: String::new(), gap: None, after_return: false, room, cut: false }
    }

    /// Adds text with what gap is due before it. Line ends become `\n`; other control characters are dropped.
    pub(crate) fn add(&mut self, text: &str) {
        if text.is_empty() || self.cut {
            return;
        }
        if let Some(gap) = self.gap.take()
            && !self.text.is_empty()
        {
            self.push(match gap {
                Gap::Blank => " ",
                Gap::Tab => "\t",
                Gap::Line => "\n",
            });
        }
        if text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()) {
            self.after_return = false;
            self.push(text);
            return;
        }
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' if self.after_return => {}
                '\n' | '\t' => clean.push(c),
                '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' => clean.push('\n'),
                c if c.is_control() => {}
                c => clean.push(c),
            }
            self.after_return = c == '\r';
        }
        self.push(&clean);
    }

    fn push(&mut self, text: &str) {
        let room = self.room.saturating_sub(self.text.len());
        if text.len() > room {
            self.cut = true;
        }
        self.text.push_str(&text[..text.floor_char_boundary(room)]);
    }

    /// Makes a gap due before the next text.
    pub(crate) fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(Some(gap));
    }

    /// Whether something had to be left out: then nothing is taken any more.
    pub(crate) fn is_full(&self) -> bool {
        self.cut
    }
}

/// The parts of a text, with one limit for all together.
#[derive(Debug)]
pub(crate) struct Parts {
    kept: Vec<Part>,
    room: usize,
    cut: bool,
}

impl Parts {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { kept: Vec::new(), room: limits.text, cut: false }
    }

    /// A text that has the room that is left.
    pub(crate) fn flow(&self) -> Flow {
        Flow::new(self.room)
    }

    /// Keeps a part; one that is blank is passed over.
    pub(crate) fn keep(&mut self, place: Place, flow: Flow) {
        let text = flow.text.trim();
        self.cut |= flow.cut;
        if text.is_empty() {
            return;
        }
        self.room = self.room.saturating_sub(text.len() + PART_BYTES);
        // The blanks around are mostly none: then the text is not copied.
        let text = if text.len() == flow.text.len() { flow.text } else { text.to_owned() };
        self.kept.push(Part { place, text });
    }

    /// Keeps a part of a place, such as a header, unless one with the same words is there.
    pub(crate) fn keep_once(&mut self, place: Place, flow: Flow) {
        let same = |part: &Part| part.place == place && part.text == flow.text.trim();
        if !self.kept.iter().any(same) {
            self.keep(place, flow);
        }
    }

    /// Says that something was left out.
    pub(crate) fn cut(&mut self) {
        self.cut = true;
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.cut
    }

    pub(crate) fn finish(self) -> Text {
        Text { parts: self.kept, cut: self.cut, ..Text::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(room: usize) -> Parts {
        Parts::new(&Limits { text: room, ..Limits::default() })
    }

    #[test]
    fn the_strongest_gap_stands_alone_and_none_at_the_edges() {
        let mut parts = parts(1000);
        let mut flow = parts.flow();
        flow.gap(Gap::Line);
        flow.add("a");
        flow.gap(Gap::Blank);
        flow.gap(Gap::Tab);
        flow.add("b");
        flow.gap(Gap::Line);
        flow.gap(Gap::Tab);
        flow.add("c");
        flow.gap(Gap::Line);
        parts.keep(Place::Body, flow);
        assert_eq!(parts.finish().whole(), "a\tb\nc");
    }

    #[test]
    fn line_ends_are_one_and_control_characters_none() {
        let mut parts = parts(1000);
        let mut flow = parts.flow();
        for piece in ["a\r", "\nb\r\rc\u{0c}d\0\u{1b}e\t", "\u{feff}f"] {
            flow.add(piece);
        }
        parts.keep(Place::Body, flow);
        assert_eq!(parts.finish().whole(), "a\nb\n\nc\nde\t\u{feff}f");
    }

    #[test]
    fn what_has_no_room_is_left_out_and_said_to_be() {
        let mut parts = parts(100);
        let mut flow = parts.flow();
        flow.add(&"é".repeat(60));
        assert!(flow.is_full());
        flow.add("more");
        parts.keep(Place::Body, flow);
        let mut flow = parts.flow();
        flow.add("next");
        parts.keep(Place::Body, flow);
        let text = parts.finish();
        assert!(text.cut);
        assert_eq!(text.whole(), "é".repeat(50));
    }

    #[test]
    fn a_million_tiny_parts_are_too_many() {
        let mut parts = parts(10_000);
        for page in 0..1000 {
            let mut flow = parts.flow();
            flow.add("a");
            parts.keep(Place::Page(page), flow);
        }
        let text = parts.finish();
        assert!(text.cut && text.parts.len() < 200, "{}", text.parts.len());
    }
}
