//! Rows of a picture: each a label and what it says, beside each other, or above each other where there is no room.

use maud::{Markup, html};

use crate::{number, text};

/// What lies around everything, above and below.
pub(crate) const EDGE: f64 = 12.0;
/// Between a label and what it says, and between that and its value.
pub(crate) const GAP: f64 = 12.0;
/// Of the words.
pub(crate) const SIZE: f64 = 15.0;
const LINE: f64 = 18.0;

/// Where labels and tracks stand.
pub(crate) struct Sheet {
    /// As wide as the picture is, unless values need more.
    pub(crate) width: f64,
    /// Left and right of everything.
    pub(crate) edge: f64,
    /// The room of a label.
    labels: f64,
    /// Whether labels stand above.
    above: bool,
}

/// As wide as the text of a page on a desk, labels on the left.
pub(crate) const WIDE: Sheet = Sheet { width: 720.0, edge: EDGE, labels: 240.0, above: false };
/// As wide as the text of a page on the narrowest phone, labels above.
pub(crate) const NARROW: Sheet = Sheet { width: 320.0, edge: 4.0, labels: 312.0, above: true };

/// A row: the lines of its label and where they begin, and the middle of what it says.
pub(crate) struct Row {
    lines: Vec<String>,
    first: f64,
    /// The middle of the track.
    pub(crate) middle: f64,
}

impl Sheet {
    /// Where tracks begin.
    pub(crate) fn left(&self) -> f64 {
        if self.above { self.edge } else { self.edge + self.labels + GAP }
    }

    /// Lays out rows from `top` on, whose tracks are so thick; gives where the last one ends too.
    pub(crate) fn rows<'a>(
        &self,
        labels: impl Iterator<Item = &'a str>,
        thick: f64,
        padding: f64,
        top: f64,
    ) -> (Vec<Row>, f64) {
        let mut top = top;
        let mut rows = Vec::new();
        for label in labels {
            let lines = text::lines(label, SIZE, self.labels);
            let words = LINE * f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX));
            let height = if self.above { words + thick + 4.0 } else { words.max(thick) } + padding;
            let (first, middle) = if self.above {
                (top + LINE - 3.0, top + words + 4.0 + thick / 2.0)
            } else {
                let middle = top + height / 2.0;
                (middle - (words - LINE) / 2.0 + 5.0, middle)
            };
            rows.push(Row { lines, first, middle });
            top += height;
        }
        (rows, top)
    }

    /// The label of a row: right-aligned against its track, or above it from the left.
    pub(crate) fn label(&self, row: &Row) -> Markup {
        let (x, anchor) = if self.above { (self.edge, "start") } else { (self.edge + self.labels, "end") };
        let places = std::iter::successors(Some(row.first), |y| Some(y + LINE));
        html! {
            @for (line, y) in row.lines.iter().zip(places) {
                text class="kc-ink" x=(number(x)) y=(number(y)) font-size="15" text-anchor=(anchor) fill="#1f1f1f" { (line) }
            }
        }
    }
}
