//! What the area has been asked for: how many items, pages and hours, by year and programme.
//!
//! What nobody knows is counted as not known, never as nothing: a document whose pages do not stand in it, an item whose
//! hours the coordinator has not said.

use std::collections::BTreeMap;

/// One item that was asked for and not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Year of the notification.
    pub year: i16,
    /// Id of the programme.
    pub programme: String,
    /// Minutes it took, as the coordinator says.
    pub minutes: Option<u32>,
    /// Documents that came for it, those that were given again not counted.
    pub documents: u32,
    /// Documents that were given again.
    pub given_again: u32,
    /// Pages of the documents that came, as far as they are known.
    pub pages: u32,
    /// Documents that came whose pages are not known.
    pub pages_unknown: u32,
}

/// What one programme has asked of the area in one year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Year of the notification.
    pub year: i16,
    /// Id of the programme.
    pub programme: String,
    /// Items.
    pub items: u32,
    /// Documents that came.
    pub documents: u32,
    /// Documents that were given again instead.
    pub given_again: u32,
    /// Pages, as far as they are known.
    pub pages: u32,
    /// Documents whose pages are not known.
    pub pages_unknown: u32,
    /// Minutes, as far as they were said.
    pub minutes: u32,
    /// Items whose minutes were not said.
    pub minutes_unknown: u32,
}

/// Most minutes that one item can have taken: more is a slip of the pen.
pub const MOST_MINUTES: u32 = 1000 * 60;

/// The ledger: a line per year and programme, the latest year first.
pub fn ledger(items: &[Item]) -> Vec<Line> {
    let mut lines: BTreeMap<(i16, &str), Line> = BTreeMap::new();
    for item in items {
        let line = lines.entry((-item.year, item.programme.as_str())).or_default();
        line.year = item.year;
        line.programme.clone_from(&item.programme);
        line.items += 1;
        line.documents += item.documents;
        line.given_again += item.given_again;
        line.pages += item.pages;
        line.pages_unknown += item.pages_unknown;
        match item.minutes {
            Some(minutes) => line.minutes += minutes,
            None => line.minutes_unknown += 1,
        }
    }
    lines.into_values().collect()
}

/// Hours as people type them (`3`, `1.5`, `1,25`), in minutes.
///
/// # Errors
/// The key of the sentence that says what to do.
pub fn minutes_of(typed: &str) -> Result<u32, &'static str> {
    const WRONG: &str = "burden-problem-hours";
    let typed = typed.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, "0"));
    let digits = |text: &str, most: usize| {
        let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        if fits { text.parse::<u32>().map_err(|_| WRONG) } else { Err(WRONG) }
    };
    let (hours, hundredths) = (digits(whole, 4)?, digits(&format!("{part:0<2}"), 2)?);
    let minutes = hours * 60 + hundredths * 60 / 100;
    if minutes > MOST_MINUTES { Err(WRONG) } else { Ok(minutes) }
}

/// Minutes as hours that people read: whole, or with one or two digits.
pub fn hours(minutes: u32) -> String {
    let hundredths = (minutes % 60 * 100 + 30) / 60;
    match (minutes / 60, hundredths) {
        (hours, 0) => hours.to_string(),
        (hours, part) if part % 10 == 0 => format!("{hours}.{}", part / 10),
        (hours, part) => format!("{hours}.{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(year: i16, programme: &str, minutes: Option<u32>, pages: u32, pages_unknown: u32) -> Item {
        let documents = u32::from(pages > 0) + pages_unknown;
        Item { year, programme: programme.into(), minutes, documents, given_again: 1, pages, pages_unknown }
    }

    #[test]
    fn a_line_per_year_and_programme_and_what_is_not_known_apart() {
        let items = [
            item(2025, "b", Some(60), 10, 0),
            item(2026, "a", None, 0, 2),
            item(2025, "b", None, 5, 1),
            item(2025, "a", Some(30), 0, 0),
        ];
        let found: Vec<_> = ledger(&items)
            .into_iter()
            .map(|l| {
                (
                    l.year,
                    l.programme,
                    l.items,
                    l.documents,
                    l.pages,
                    l.pages_unknown,
                    l.minutes,
                    l.minutes_unknown,
                )
            })
            .collect();
        let line = |year, programme: &str, rest: [u32; 6]| {
            (year, programme.to_owned(), rest[0], rest[1], rest[2], rest[3], rest[4], rest[5])
        };
        assert_eq!(
            found,
            [
                line(2026, "a", [1, 2, 0, 2, 0, 1]),
                line(2025, "a", [1, 0, 0, 0, 30, 0]),
                line(2025, "b", [2, 3, 15, 1, 60, 1]),
            ]
        );
        assert_eq!(ledger(&[]), []);
    }

    #[test]
    fn hours_are_read_and_written() {
        for (typed, minutes) in
            [("3", 180), (" 1.5 ", 90), ("1,25", 75), ("0.1", 6), ("0", 0), ("1000", 60_000), ("2.05", 123)]
        {
            assert_eq!(minutes_of(typed), Ok(minutes), "{typed}");
        }
        for typed in ["", "-1", "1.234", "two", "1000.1", "99999", ".5", "1.5.2"] {
            assert!(minutes_of(typed).is_err(), "{typed}");
        }
        for (minutes, shown) in [(180, "3"), (90, "1.5"), (75, "1.25"), (0, "0"), (6, "0.1"), (123, "2.05")] {
            assert_eq!(hours(minutes), shown);
        }
    }
}
