//! What the rows of a return come to, column by column: for the team, before it accepts.
//!
//! The counts are exact and may be small, so they are shown inside the team only.

use std::collections::BTreeMap;

use crate::programmes::{ColumnKind, ReturnColumn};

/// What one column holds over all rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnTally {
    /// Key of the column.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What stands in the cells that are filled in.
    pub filled: Filled,
    /// Cells that are empty.
    pub empty: usize,
}

/// What stands in the cells of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    /// Each allowed value as it stands in a cell, with its cells; values that nobody used count 0.
    Values(Vec<(String, usize)>),
    /// Least, middle and greatest number; `None` without any. Of two in the middle the lower one.
    Numbers(Option<(u16, u16, u16)>),
    /// Texts are counted and not divided.
    Texts(usize),
}

/// Counts the columns of the rows, but the label's, which tells every row apart.
pub fn tally(columns: &[ReturnColumn], rows: &[&BTreeMap<String, String>]) -> Vec<ColumnTally> {
    let label = columns.iter().position(|c| c.unique).unwrap_or(0);
    columns
        .iter()
        .enumerate()
        .filter(|(n, column)| *n != label && !matches!(column.kind, ColumnKind::Key { .. }))
        .map(|(_, column)| {
            let cells: Vec<&str> =
                rows.iter().filter_map(|row| row.get(&column.key)).map(String::as_str).collect();
            let count = |value: &str| (value.to_owned(), cells.iter().filter(|c| **c == value).count());
            let filled = match &column.kind {
                ColumnKind::Choice { values } | ColumnKind::AgeBand { values, .. } => {
                    Filled::Values(values.iter().map(|v| count(&v.value)).collect())
                }
                ColumnKind::YesNo => Filled::Values(vec![count("yes"), count("no")]),
                ColumnKind::WholeNumber { .. } => Filled::Numbers(spread(&cells)),
                ColumnKind::Text { .. } | ColumnKind::Month { .. } | ColumnKind::Key { .. } => {
                    Filled::Texts(cells.len())
                }
            };
            ColumnTally {
                key: column.key.clone(),
                title: column.title.clone(),
                filled,
                empty: rows.len() - cells.len(),
            }
        })
        .collect()
}

fn spread(cells: &[&str]) -> Option<(u16, u16, u16)> {
    let mut numbers: Vec<u16> = cells.iter().filter_map(|c| c.parse().ok()).collect();
    numbers.sort_unstable();
    let middle = *numbers.get(numbers.len().checked_sub(1)? / 2)?;
    Some((*numbers.first()?, middle, *numbers.last()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_lower_of_two_and_nothing_has_none() {
        assert_eq!(spread(&["7", "1", "3", "24"]), Some((1, 3, 24)));
        assert_eq!(spread(&["5"]), Some((5, 5, 5)));
        assert_eq!(spread(&[]), None);
    }
}
