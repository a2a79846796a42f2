//! Where a hit is, counted in characters as other programs count them.

use std::ops::Range;

/// Turns ranges of bytes into ranges of characters (code points), of one text and in the order of the text.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// The last place that was asked for, in bytes and in characters.
    bytes: usize,
    characters: usize,
}

impl<'t> CodePoints<'t> {
    /// Of a text.
    pub fn new(text: &'t str) -> Self {
        Self { text, bytes: 0, characters: 0 }
    }

    /// The range in characters. Each character is counted once, however many hits there are.
    pub fn of(&mut self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }

    fn place(&mut self, bytes: usize) -> usize {
        if bytes < self.bytes {
            (self.bytes, self.characters) = (0, 0);
        }
        self.characters += self.text[self.bytes..bytes].chars().count();
        self.bytes = bytes;
        self.characters
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::scan_text;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let text = "é“Mr Smith” – 名 EH99 1SP";
        let mut points = CodePoints::new(text);
        let ranges: Vec<_> = scan_text(text).iter().map(|hit| points.of(&hit.range)).collect();
        assert_eq!(ranges, [5..10, 16..24]);
        // backwards, too
        assert_eq!(points.of(&(0..2)), 0..1);
    }
}
