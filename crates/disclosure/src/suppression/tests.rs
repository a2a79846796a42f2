use proptest::prelude::*;

use super::*;

const HIDDEN: Cell = Cell::Suppressed;

fn n(count: u64) -> Cell {
    Cell::Count(count)
}

fn row(counts: &[u64]) -> (Vec<Cell>, Cell) {
    let released = suppress_row(counts, Rule::default()).unwrap();
    (released.cells, released.total)
}

#[test]
fn rows_by_hand() {
    // nothing small; zero is shown
    assert_eq!(row(&[5, 0, 7]), (vec![n(5), n(0), n(7)], n(12)));
    // 3 alone would be 53 - 20 - 30: the least other goes with it
    assert_eq!(row(&[3, 20, 30]), (vec![HIDDEN, HIDDEN, n(30)], n(53)));
    // 3 and 2 hide each other: (1,4), (2,3), (4,1) fit as well
    assert_eq!(row(&[3, 2, 30]), (vec![HIDDEN, HIDDEN, n(30)], n(35)));
    // 1 and 1 do not: two hidden people in two cells that are not zero
    assert_eq!(row(&[1, 1, 30]), (vec![HIDDEN, HIDDEN, HIDDEN], n(32)));
    // nor 4 and 4 for a reader who takes both to be below 5
    assert_eq!(row(&[4, 4, 30]), (vec![HIDDEN, HIDDEN, HIDDEN], n(38)));
    // with nothing else to hide the total goes
    assert_eq!(row(&[3, 0, 0]), (vec![HIDDEN, n(0), n(0)], HIDDEN));
    assert_eq!(row(&[1, 1, 1, 1, 1]).1, HIDDEN);
}

#[test]
fn zeros_can_be_hidden_too() {
    let rule = Rule { threshold: 5, hide_zero: true };
    let released = suppress_row(&[0, 9, 8], rule).unwrap();
    assert_eq!(released.cells(), [HIDDEN, n(9), HIDDEN]);
    assert_eq!(released.total(), n(17));
}

#[test]
fn a_table_by_hand() {
    // 2 at the top left needs a cycle of four: the cheapest goes through 6, 7 and 10
    let released = suppress_table(&[[2, 6, 50], [7, 10, 60], [40, 30, 20]], Rule::default()).unwrap();
    assert_eq!(
        released.cells(),
        [vec![HIDDEN, HIDDEN, n(50)], vec![HIDDEN, HIDDEN, n(60)], vec![n(40), n(30), n(20)]]
    );
    assert_eq!(released.row_totals(), [n(58), n(77), n(90)]);
    assert_eq!(released.column_totals(), [n(49), n(46), n(130)]);
    assert_eq!(released.total(), n(225));
}

#[test]
fn faulty_tables() {
    assert_eq!(suppress_row(&[], Rule::default()), Err(TableError::Empty));
    assert_eq!(suppress_row(&[u64::MAX, 1], Rule::default()), Err(TableError::TooLarge));
    assert_eq!(suppress_table::<Vec<u64>>(&[], Rule::default()), Err(TableError::Empty));
    assert_eq!(suppress_table(&[vec![1, 2], vec![3]], Rule::default()), Err(TableError::Uneven));
}

/// Whether for each hidden count there is another table of whole numbers that shows the same: tried one by one among
/// all tables that differ by at most one person in each hidden count.
fn nothing_is_fixed(counts: &[Vec<u64>], released: &ReleasedTable, floor: u64) -> bool {
    let margins = |table: &[Vec<u64>]| {
        let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> = (0..table[0].len()).map(|c| table.iter().map(|row| row[c]).sum()).collect();
        let total: u64 = rows.iter().sum();
        rows.into_iter().chain(columns).chain([total]).collect::<Vec<u64>>()
    };
    let shown: Vec<Cell> =
        released.row_totals.iter().chain(&released.column_totals).chain([&released.total]).copied().collect();
    let width = counts[0].len();
    let hidden: Vec<(usize, usize)> = (0..counts.len())
        .flat_map(|r| (0..width).map(move |c| (r, c)))
        .filter(|&(r, c)| released.cells[r][c] == HIDDEN)
        .collect();
    let truth = margins(counts);
    let mut open_cells = vec![false; hidden.len()];
    let mut open_margins: Vec<bool> = shown.iter().map(|&cell| cell != HIDDEN).collect();
    for code in 0..3_usize.pow(u32::try_from(hidden.len()).unwrap()) {
        let mut table = counts.to_vec();
        let mut rest = code;
        let mut possible = true;
        for &(r, c) in &hidden {
            match (table[r][c] + (rest % 3) as u64).checked_sub(1) {
                Some(value) if value >= floor => table[r][c] = value,
                _ => possible = false,
            }
            rest /= 3;
        }
        if !possible {
            continue;
        }
        let found = margins(&table);
        let fits = found.iter().zip(&shown).all(|(&value, &cell)| match cell {
            Cell::Count(count) => count == value,
            Cell::Suppressed => value >= floor,
        });
        if fits {
            for (open, &(r, c)) in open_cells.iter_mut().zip(&hidden) {
                *open |= table[r][c] != counts[r][c];
            }
            for (open, (now, was)) in open_margins.iter_mut().zip(found.iter().zip(&truth)) {
                *open |= now != was;
            }
        }
    }
    open_cells.into_iter().chain(open_margins).all(|open| open)
}

#[test]
fn the_check_itself_can_fail() {
    // 3 hidden alone, every total shown: it is fixed
    let counts = vec![vec![3, 20], vec![30, 40]];
    let mut released = suppress_table(&counts, Rule { threshold: 0, hide_zero: false }).unwrap();
    released.cells[0][0] = HIDDEN;
    assert!(!nothing_is_fixed(&counts, &released, 1));
}

fn tables() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (1_usize..=3, 1_usize..=3).prop_flat_map(|(r, c)| {
        prop::collection::vec(prop::collection::vec(prop_oneof![0_u64..7, 0_u64..30], c), r)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_hidden_count_of_a_table_is_fixed(counts in tables(), hide_zero: bool) {
        let rule = Rule { threshold: 5, hide_zero };
        let released = suppress_table(&counts, rule).unwrap();
        for (row, shown) in counts.iter().zip(released.cells()) {
            for (&count, &cell) in row.iter().zip(shown) {
                prop_assert!(cell == HIDDEN || (cell == n(count) && !rule.hides(count)));
                prop_assert!(count > 0 || hide_zero || cell == n(0));
            }
        }
        prop_assert!(nothing_is_fixed(&counts, &released, rule.floor()), "{counts:?} {released:?}");
    }

    #[test]
    fn no_hidden_count_of_a_row_is_fixed(counts in prop::collection::vec(0_u64..12, 1..7), hide_zero: bool) {
        let rule = Rule { threshold: 5, hide_zero };
        let released = suppress_row(&counts, rule).unwrap();
        // a row is a table whose column totals are the counts themselves
        let table = ReleasedTable {
            cells: vec![released.cells.clone()],
            row_totals: vec![released.total],
            column_totals: released.cells.clone(),
            total: released.total,
        };
        prop_assert!(nothing_is_fixed(&[counts], &table, rule.floor()));
    }

    #[test]
    fn nothing_is_hidden_without_a_small_count(
        counts in (1_usize..=4, 1_usize..=4).prop_flat_map(|(r, c)| {
            prop::collection::vec(prop::collection::vec(prop_oneof![Just(0_u64), 5_u64..40], c), r)
        }),
    ) {
        let released = suppress_table(&counts, Rule::default()).unwrap();
        let shown: Vec<Vec<Option<u64>>> =
            released.cells().iter().map(|row| row.iter().map(|cell| cell.count()).collect()).collect();
        let given: Vec<Vec<Option<u64>>> =
            counts.iter().map(|row| row.iter().map(|&count| Some(count)).collect()).collect();
        prop_assert_eq!(shown, given);
        prop_assert!(released.row_totals().iter().chain(released.column_totals()).all(|cell| cell.count().is_some()));
        prop_assert!(released.total().count().is_some());
    }
}
