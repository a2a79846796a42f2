//! Bars divided into shares: grades by indicator, answers on a scale, evidence by strength.

use maud::{Markup, html};

use crate::rows::{EDGE, GAP, NARROW, Sheet, WIDE};
use crate::{Picture, Size, frame, number, paint, text};

/// What a picture of shares shows. The scale runs from its best to its worst step.
#[derive(Debug, Clone)]
pub struct Stacked {
    /// Prefix of the ids in the picture, unique in the page.
    pub id: String,
    /// Name of the picture.
    pub title: String,
    /// What it shows in a sentence or two.
    pub description: String,
    /// Names of the steps of the scale; at most six can be told apart.
    pub steps: Vec<String>,
    /// The weight that fills a bar, where bars are to be compared by their length; without one each bar is full.
    pub whole: Option<f64>,
    /// The bars from top to bottom.
    pub rows: Vec<Row>,
}

/// One bar of shares.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it divides; broken into lines where long.
    pub label: String,
    /// One part for each step of the scale. An empty row shows `total` alone.
    pub parts: Vec<Part>,
    /// The whole in words, for example "n = 12" or "suppressed"; may be empty.
    pub total: String,
}

/// One share.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its weight; the parts of a row need not add up to anything.
    pub value: f64,
    /// The value in words; written into the part where there is room.
    pub shown: String,
}

const TRACK: f64 = 420.0;
const THICK: f64 = 26.0;
const PADDING: f64 = 12.0;
const LEGEND_LINE: f64 = 26.0;

impl Stacked {
    /// Draws the picture at its natural size.
    pub fn draw(&self) -> Picture {
        self.drawn(&WIDE, TRACK)
    }

    /// Draws it as wide as the text of a page on the narrowest phone, each label above its bar. Its ids are its own.
    pub fn draw_narrow(&self) -> Picture {
        let totals = self.totals();
        let track = (NARROW.width - 2.0 * NARROW.edge - GAP - totals).max(120.0);
        Self { id: format!("{}-narrow", self.id), ..self.clone() }.drawn(&NARROW, track)
    }

    fn totals(&self) -> f64 {
        self.rows.iter().map(|row| text::width(&row.total, 14.0)).fold(0.0, f64::max)
    }

    fn drawn(&self, sheet: &Sheet, track: f64) -> Picture {
        let left = sheet.left();
        let width = left + track + GAP + self.totals() + sheet.edge;
        let keys = self.keys(width, sheet.edge);
        let top = keys.last().map_or(EDGE, |(_, y, _, _)| y + LEGEND_LINE + 6.0);
        let (rows, bottom) = sheet.rows(self.rows.iter().map(|row| row.label.as_str()), THICK, PADDING, top);
        let content = html! {
            defs { (paint::scale_patterns(&self.id)) }
            @for (x, y, index, name) in keys {
                rect class="kc-rule-strong" x=(number(x)) y=(number(y)) width="16" height="16" rx="3"
                    fill=(paint::scale(&self.id, index)) {}
                text class="kc-ink" x=(number(x + 23.0)) y=(number(y + 13.0)) font-size="14" fill="#1f1f1f" { (name) }
            }
            @for (row, place) in self.rows.iter().zip(rows) {
                g class="kc-row" {
                    (sheet.label(&place))
                    (self.parts(row, left, track, place.middle))
                    text class="kc-quiet" x=(number(left + track + GAP)) y=(number(place.middle + 5.0)) font-size="14"
                        fill="#5b5b57" { (row.total) }
                }
            }
        };
        let size = Size { width, height: bottom + EDGE };
        frame(&self.id, "kc-stacked kc-fits", &self.title, &self.description, size, &content)
    }

    /// The legend, in rows that fit: (left edge, top, colour, name).
    fn keys(&self, width: f64, edge: f64) -> Vec<(f64, f64, usize, &str)> {
        let (mut x, mut y) = (edge, EDGE);
        let mut keys = Vec::new();
        for (index, name) in self.steps.iter().enumerate() {
            let room = 23.0 + text::width(name, 14.0) + 18.0;
            if x + room > width && x > edge {
                (x, y) = (edge, y + LEGEND_LINE);
            }
            keys.push((x, y, paint::spread(index, self.steps.len()), name.as_str()));
            x += room;
        }
        keys
    }

    fn parts(&self, row: &Row, left: f64, track: f64, middle: f64) -> Markup {
        let own: f64 = row.parts.iter().map(|part| part.value.max(0.0)).sum();
        let whole = self.whole.map_or(own, |whole| whole.max(own));
        let top = middle - THICK / 2.0;
        let mut x = left;
        let mut drawn = Vec::new();
        for (index, part) in row.parts.iter().enumerate().filter(|(_, part)| part.value > 0.0 && whole > 0.0)
        {
            let wide = part.value / whole * track;
            drawn.push((part, paint::spread(index, self.steps.len()), x, wide));
            x += wide;
        }
        html! {
            @if drawn.is_empty() || own < whole {
                rect class="kc-track" x=(number(left)) y=(number(top)) width=(number(track)) height=(number(THICK)) rx="4"
                    fill="#eeeeea" {}
            }
            @for (part, colour, x, wide) in drawn {
                // a gap of the ground's colour parts the shares
                rect x=(number(x)) y=(number(top)) width=(number((wide - 2.0).max(0.8))) height=(number(THICK)) rx="3"
                    fill=(paint::scale(&self.id, colour)) {}
                @if text::width(&part.shown, 14.0) + 8.0 < wide {
                    (value(&part.shown, x + (wide - 2.0) / 2.0, middle + 5.0, colour))
                }
            }
        }
    }
}

/// A number on a share, edged with its colour so that the lines of the pattern do not cross it.
fn value(shown: &str, x: f64, y: f64, colour: usize) -> Markup {
    let (class, ink) =
        if paint::scale_is_dark(colour) { ("kc-on-dark", "#ffffff") } else { ("kc-on-light", "#1f1f1f") };
    html! {
        text class=(class) x=(number(x)) y=(number(y)) font-size="14" font-weight="bold" text-anchor="middle" fill=(ink) { (shown) }
    }
}
