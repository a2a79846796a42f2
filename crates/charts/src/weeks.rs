//! What happens in which week, small enough for a phone: a line of words, and below it the weeks as a bar in which the own
//! ones are filled. Numbers of weeks stand below the last.

use maud::html;

use crate::text::lines;
use crate::{Picture, Size, frame, number};

/// Everything the picture shows.
#[derive(Debug, Clone)]
pub struct Weeks {
    /// Prefix of the ids in the picture, unique in the page.
    pub id: String,
    /// Name of the picture, read out first.
    pub title: String,
    /// What the picture shows in a sentence or two.
    pub description: String,
    /// How many weeks there are, counted from 1.
    pub length: u16,
    /// What happens, in order.
    pub rows: Vec<Row>,
}

/// Something that happens.
#[derive(Debug, Clone)]
pub struct Row {
    /// A few words.
    pub label: String,
    /// Its weeks in words, such as "Weeks 4 to 8".
    pub when: String,
    /// First week; beyond the length for what comes after.
    pub from: u16,
    /// Last week, included.
    pub to: u16,
}

/// As wide as the text of a page on the narrowest phone.
const WIDTH: f64 = 320.0;
const EDGE: f64 = 4.0;
const BAR: f64 = 10.0;
const LINE: f64 = 17.0;
const SIZE: f64 = 13.0;

impl Weeks {
    /// Draws it. What comes after the last week has words and no bar.
    pub fn draw(&self) -> Picture {
        let week = (WIDTH - 2.0 * EDGE) / f64::from(self.length.max(1));
        let at = |n: u16| EDGE + f64::from(n.saturating_sub(1)) * week;
        let mut y = 4.0;
        let mut rows = Vec::new();
        for row in &self.rows {
            let words = lines(&format!("{}: {}", row.when, row.label), SIZE, WIDTH - 2.0 * EDGE);
            let top = y;
            y += LINE * f64::from(u16::try_from(words.len()).unwrap_or(1)) + 4.0;
            let bar = (row.from <= self.length).then_some(y);
            y += if bar.is_some() { BAR + 14.0 } else { 8.0 };
            rows.push((row, words, top, bar));
        }
        // Every fourth week has its number, and the last.
        let ticks: Vec<u16> = (1..=self.length)
            .filter(|n| (n % 4 == 0 && n + 2 < self.length) || *n == 1 || *n == self.length)
            .collect();
        let size = Size { width: WIDTH, height: y + 16.0 };
        let content = html! {
            @for (row, words, top, bar) in &rows {
                g {
                    @for (n, line) in (1_u16..).zip(words) {
                        text class="kc-ink" x=(number(EDGE)) y=(number(top + LINE * f64::from(n) - 3.0)) font-size=(number(SIZE)) fill="#1f1f1f" { (line) }
                    }
                    @if let Some(bar) = bar {
                        rect class="kc-track" x=(number(EDGE)) y=(number(*bar)) width=(number(WIDTH - 2.0 * EDGE)) height=(number(BAR)) rx="3" fill="#eeeeea" {}
                        rect class="kc-c0" x=(number(at(row.from))) y=(number(*bar)) height=(number(BAR)) rx="3" fill="#0b57a4"
                            width=(number(f64::from(row.to.min(self.length).saturating_sub(row.from) + 1) * week)) {}
                    }
                }
            }
            @for tick in &ticks {
                text class="kc-quiet" x=(number(at(*tick) + week / 2.0)) y=(number(y + 8.0)) font-size="11" text-anchor="middle" fill="#5b5b57" { (tick) }
            }
        };
        frame(&self.id, "kc-weeks kc-fits", &self.title, &self.description, size, &content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_its_words_and_what_comes_after_has_no_bar() {
        let row = |label: &str, from, to| Row { label: label.into(), when: format!("Week {from}"), from, to };
        let picture = Weeks {
            id: "w".into(),
            title: "T".into(),
            description: "D".into(),
            length: 20,
            rows: vec![row("a < b", 1, 1), row("Long ".repeat(20).trim(), 4, 8), row("After", 21, 21)],
        };
        let svg = picture.draw().svg.into_string();
        assert!(svg.contains("Week 1: a &lt; b"), "{svg}");
        assert_eq!(svg.matches("kc-track").count(), 2);
        // Five of twenty weeks, from the fourth on.
        assert!(svg.contains("x=\"50.8\" y=\""), "{svg}");
        assert!(svg.contains("width=\"78\""), "{svg}");
        assert!(svg.matches("kc-ink").count() > 4, "long words are broken into lines");
    }
}
