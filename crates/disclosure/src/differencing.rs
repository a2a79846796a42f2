//! What two released tables tell together.
//!
//! Two tables with the same rows and columns about overlapping people (all children, and all children but those of one
//! service; last week's table and this week's) can be subtracted. This is the simple check, count by count: it does
//! not solve the two tables together. For the results of surveys [`crate::release::later`] does.

use crate::suppression::{Cell, ReleasedTable, Rule, TableError};

/// A place in a table, numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A count within the table.
    Cell {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
    /// The total of a row.
    RowTotal(usize),
    /// The total of a column.
    ColumnTotal(usize),
    /// The total of all.
    Total,
}

/// What subtracting two tables gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revealed {
    /// Both tables show a count, and the two differ by fewer people than the threshold.
    SmallDifference {
        /// Where.
        place: Place,
        /// By how many people.
        people: u64,
    },
    /// One table shows what the other hides, and the tables as a whole differ by fewer people than the
    /// threshold, so that the hidden count is known that closely.
    ShownElsewhere {
        /// Where.
        place: Place,
    },
}

/// What a reader of both tables learns; empty when both may be released. The order of the tables makes no difference.
pub fn differences_reveal(
    a: &ReleasedTable,
    b: &ReleasedTable,
    rule: Rule,
) -> Result<Vec<Revealed>, TableError> {
    let (places_a, places_b) = (places(a), places(b));
    if a.cells().len() != b.cells().len() || places_a.len() != places_b.len() {
        return Err(TableError::Uneven);
    }
    let same_people = match (a.total(), b.total()) {
        (Cell::Count(a), Cell::Count(b)) => a.abs_diff(b) < rule.threshold,
        _ => false,
    };
    let revealed = places_a.into_iter().zip(places_b).filter_map(|((place, a), (_, b))| match (a, b) {
        (Cell::Count(a), Cell::Count(b)) => {
            let people = a.abs_diff(b);
            (people > 0 && people < rule.threshold).then_some(Revealed::SmallDifference { place, people })
        }
        (Cell::Suppressed, Cell::Suppressed) => None,
        _ => same_people.then_some(Revealed::ShownElsewhere { place }),
    });
    Ok(revealed.collect())
}

fn places(table: &ReleasedTable) -> Vec<(Place, Cell)> {
    let cells = table.cells().iter().enumerate().flat_map(|(row, cells)| {
        cells.iter().enumerate().map(move |(column, &cell)| (Place::Cell { row, column }, cell))
    });
    let rows = table.row_totals().iter().enumerate().map(|(row, &cell)| (Place::RowTotal(row), cell));
    let columns =
        table.column_totals().iter().enumerate().map(|(column, &cell)| (Place::ColumnTotal(column), cell));
    cells.chain(rows).chain(columns).chain([(Place::Total, table.total())]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppression::suppress_table;

    fn released(rows: &[[u64; 2]]) -> ReleasedTable {
        suppress_table(rows, Rule::default()).unwrap()
    }

    #[test]
    fn two_people_who_left_are_seen() {
        let before = released(&[[20, 30], [40, 50]]);
        let after = released(&[[18, 30], [40, 50]]);
        let people = 2;
        assert_eq!(
            differences_reveal(&before, &after, Rule::default()).unwrap(),
            [Place::Cell { row: 0, column: 0 }, Place::RowTotal(0), Place::ColumnTotal(0), Place::Total]
                .map(|place| Revealed::SmallDifference { place, people })
        );
        assert_eq!(
            differences_reveal(&after, &before, Rule::default()),
            differences_reveal(&before, &after, Rule::default())
        );
    }

    #[test]
    fn equal_tables_and_large_differences_are_safe() {
        let table = released(&[[20, 30], [40, 50]]);
        assert_eq!(differences_reveal(&table, &table, Rule::default()), Ok(vec![]));
        let larger = released(&[[25, 35], [45, 55]]);
        assert_eq!(differences_reveal(&table, &larger, Rule::default()), Ok(vec![]));
    }

    #[test]
    fn a_count_hidden_here_and_shown_there() {
        let strict = suppress_table(&[[20, 30], [40, 50]], Rule { threshold: 21, hide_zero: false }).unwrap();
        let open = released(&[[20, 30], [40, 50]]);
        let found = differences_reveal(&strict, &open, Rule::default()).unwrap();
        assert!(
            found.contains(&Revealed::ShownElsewhere { place: Place::Cell { row: 0, column: 0 } }),
            "{found:?}"
        );
    }

    #[test]
    fn tables_of_different_shape_are_refused() {
        let wide = suppress_table(&[[20, 30, 40, 50]], Rule::default()).unwrap();
        let square = released(&[[20, 30], [40, 50]]);
        assert_eq!(differences_reveal(&wide, &square, Rule::default()), Err(TableError::Uneven));
    }
}
