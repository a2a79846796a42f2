//! Horizontal bars with their values: counts, shares of answers, with an interval where there is one.

use maud::{Markup, html};

use crate::rows::{EDGE, GAP, NARROW, SIZE, Sheet, WIDE};
use crate::{Picture, Size, frame, number, paint, text};

/// What a picture of bars shows. All words and numbers as text are given.
#[derive(Debug, Clone)]
pub struct Bars {
    /// Prefix of the ids in the picture, unique in the page.
    pub id: String,
    /// Name of the picture.
    pub title: String,
    /// What it shows in a sentence or two.
    pub description: String,
    /// The value at the right end; the greatest value or interval when `None`.
    pub whole: Option<f64>,
    /// The bars from top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it counts; broken into lines where long.
    pub label: String,
    /// Its length; `None` when the number may not be shown.
    pub value: Option<f64>,
    /// The value in words: "42 of 60 (70%)" or "suppressed".
    pub shown: String,
    /// Lower and upper end of the value's interval.
    pub interval: Option<(f64, f64)>,
    /// Index of its category, for colour and pattern.
    pub category: usize,
}

const THICK: f64 = 20.0;
const PADDING: f64 = 14.0;

impl Bars {
    /// Draws the picture at its natural size.
    pub fn draw(&self) -> Picture {
        self.drawn(&WIDE)
    }

    /// Draws it as wide as the text of a page on the narrowest phone, each label above its bar. Its ids are its own.
    pub fn draw_narrow(&self) -> Picture {
        Self { id: format!("{}-narrow", self.id), ..self.clone() }.drawn(&NARROW)
    }

    fn drawn(&self, sheet: &Sheet) -> Picture {
        let values = self.bars.iter().map(|bar| text::width(&bar.shown, SIZE)).fold(0.0, f64::max);
        let left = sheet.left();
        // the values stand in a column of their own, so that no bar pushes its number out of the picture
        let track = (sheet.width - sheet.edge - values - GAP - left).max(120.0);
        let width = left + track + GAP + values + sheet.edge;
        let (rows, bottom) = sheet.rows(self.bars.iter().map(|bar| bar.label.as_str()), THICK, PADDING, EDGE);
        let categories = self.bars.iter().map(|bar| bar.category % paint::CATEGORIES + 1).max().unwrap_or(1);
        let content = html! {
            defs { (paint::category_patterns(&self.id, categories)) }
            @for (bar, row) in self.bars.iter().zip(rows) {
                g class="kc-row" {
                    (sheet.label(&row))
                    (self.bar(bar, left, track, row.middle))
                    text class="kc-ink" x=(number(left + track + GAP)) y=(number(row.middle + 5.0)) font-size="15"
                        font-weight="bold" fill="#1f1f1f" { (bar.shown) }
                }
            }
        };
        let size = Size { width, height: bottom + EDGE };
        frame(&self.id, "kc-bars kc-fits", &self.title, &self.description, size, &content)
    }

    /// The value at the right end; never 0, which would make every length infinite.
    fn whole(&self) -> f64 {
        let ends = self.bars.iter().flat_map(|bar| [bar.value, bar.interval.map(|(_, high)| high)]).flatten();
        let whole = self.whole.unwrap_or_else(|| ends.fold(0.0, f64::max));
        if whole > 0.0 { whole } else { 1.0 }
    }

    fn bar(&self, bar: &Bar, left: f64, track: f64, middle: f64) -> Markup {
        let at = |value: f64| track * (value / self.whole()).clamp(0.0, 1.0);
        let y = middle - THICK / 2.0;
        html! {
            rect class="kc-track" x=(number(left)) y=(number(y)) width=(number(track)) height=(number(THICK)) rx="4"
                fill="#eeeeea" {}
            @if let Some(value) = bar.value {
                rect x=(number(left)) y=(number(y)) width=(number(at(value))) height=(number(THICK))
                    rx=(number(at(value).min(8.0) / 2.0)) fill=(paint::category(&self.id, bar.category)) {}
            }
            @if let Some((low, high)) = bar.interval {
                @let (low, high) = (left + at(low), left + at(high));
                @let d = format!("M{l} {t}v10M{l} {m}H{h}M{h} {t}v10", l = number(low), h = number(high),
                    t = number(middle - 5.0), m = number(middle));
                path class="kc-halo" d=(d) fill="none" stroke="#ffffff" stroke-width="4" stroke-linecap="round" {}
                path class="kc-whisker" d=(d) fill="none" stroke="#1f1f1f" stroke-width="1.6" stroke-linecap="round" {}
            }
        }
    }
}
