//! Hides small counts of a table, and enough other counts that no hidden one can be worked out.
//!
//! Primary suppression hides each count below the threshold. Secondary suppression then hides further counts, the
//! least first and totals last, until no hidden count is fixed by the counts that are shown. What a reader is taken
//! to know: that rows and columns add up, that counts are whole numbers, which zeros are shown, and the threshold.
//! Where it can be had, a hidden count also stays open to a reader who knows which of the hidden counts are below
//! the threshold and which are not.
//!
//! The test for "fixed" is exact: a table is a bipartite graph with a node for each row and column (the totals among
//! them) and an edge for each hidden count, and a count is open exactly when its edge lies on a cycle around which
//! one person can be moved (Gusfield 1988, "A graph theoretic approach to statistical data security", *SIAM Journal on
//! Computing* 17). The choice of the further counts is a cheapest-cycle heuristic (Kelly, Golden and Assad 1992, *Networks* 22):
//! few counts are lost, not provably the fewest.
//!
//! Not covered: a reader who repeats the algorithm to exclude tables for which it would have hidden other counts, and
//! readers who know some of the people counted. For two tables of one population see [`crate::differencing`].

mod network;

use network::{Edge, Network};

/// A count as shown to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cell {
    /// The count.
    Count(u64),
    /// Hidden.
    Suppressed,
}

impl Cell {
    /// The count, unless hidden.
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Suppressed => None,
        }
    }
}

/// Which counts are too small to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The least count that may be shown.
    pub threshold: u64,
    /// Whether zero is hidden too; otherwise it is shown.
    pub hide_zero: bool,
}

impl Default for Rule {
    /// Counts 1 to 4 are hidden.
    fn default() -> Self {
        Self { threshold: 5, hide_zero: false }
    }
}

impl Rule {
    /// Whether a count is too small to show.
    pub fn hides(self, count: u64) -> bool {
        count < self.threshold && (count > 0 || self.hide_zero)
    }

    /// The least value that a hidden count can have.
    fn floor(self) -> u64 {
        u64::from(!self.hide_zero)
    }
}

/// Why counts are not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// There is no row or no column.
    #[error("the table has no cells")]
    Empty,
    /// Rows are of different lengths, or two tables of different shape.
    #[error("rows or tables differ in size")]
    Uneven,
    /// A total exceeds what a count can hold.
    #[error("a total is too large")]
    TooLarge,
}

/// A row of counts with its total, safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedRow {
    cells: Vec<Cell>,
    total: Cell,
}

impl ReleasedRow {
    /// The counts in the order given.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Their total.
    pub fn total(&self) -> Cell {
        self.total
    }
}

/// A table of counts with all its totals, safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedTable {
    cells: Vec<Vec<Cell>>,
    row_totals: Vec<Cell>,
    column_totals: Vec<Cell>,
    total: Cell,
}

impl ReleasedTable {
    /// The counts, row by row.
    pub fn cells(&self) -> &[Vec<Cell>] {
        &self.cells
    }

    /// The total of each row.
    pub fn row_totals(&self) -> &[Cell] {
        &self.row_totals
    }

    /// The total of each column.
    pub fn column_totals(&self) -> &[Cell] {
        &self.column_totals
    }

    /// The total of all.
    pub fn total(&self) -> Cell {
        self.total
    }
}

/// Makes a one-dimensional table safe: counts of parts of a whole, and the whole.
pub fn suppress_row(counts: &[u64], rule: Rule) -> Result<ReleasedRow, TableError> {
    if counts.is_empty() {
        return Err(TableError::Empty);
    }
    let total = sum(counts)?;
    let costs = Costs::new(total, counts.len(), 1);
    // one node for the row and one for everything outside: a part that grows makes the total grow or another part shrink
    let (row, outside) = (0, 1);
    let mut edges: Vec<Edge> = counts.iter().map(|&n| Edge::new((row, outside), n, Costs::part(n))).collect();
    edges.push(Edge::new((outside, row), total, costs.margin(total)));
    let mut shown = Network::new(2, edges, rule).protect();
    let total = shown.pop().ok_or(TableError::Empty)?;
    Ok(ReleasedRow { cells: shown, total })
}

/// Makes a two-way table safe. All rows have one length; totals are worked out here.
pub fn suppress_table<Row: AsRef<[u64]>>(rows: &[Row], rule: Rule) -> Result<ReleasedTable, TableError> {
    let width = rows.first().map_or(0, |row| row.as_ref().len());
    if width == 0 {
        return Err(TableError::Empty);
    }
    if rows.iter().any(|row| row.as_ref().len() != width) {
        return Err(TableError::Uneven);
    }
    let height = rows.len();
    let row_totals = rows.iter().map(|row| sum(row.as_ref())).collect::<Result<Vec<u64>, _>>()?;
    let total = sum(&row_totals)?;
    // no column can exceed the total of all, which fits
    let column_totals: Vec<u64> =
        (0..width).map(|column| rows.iter().map(|row| row.as_ref()[column]).sum()).collect();

    let costs = Costs::new(total, height * width, height + width);
    let column_node = |column: usize| height + 1 + column;
    let mut edges = Vec::with_capacity((height + 1) * (width + 1));
    for (row, counts) in rows.iter().enumerate() {
        for (column, &n) in counts.as_ref().iter().enumerate() {
            edges.push(Edge::new((row, column_node(column)), n, Costs::part(n)));
        }
        // totals stand on the other side of the equation, so they turn the other way
        edges.push(Edge::new((column_node(width), row), row_totals[row], costs.margin(row_totals[row])));
    }
    for (column, &n) in column_totals.iter().enumerate() {
        edges.push(Edge::new((column_node(column), height), n, costs.margin(n)));
    }
    edges.push(Edge::new((height, column_node(width)), total, costs.whole()));

    let shown = Network::new(height + width + 2, edges, rule).protect();
    let mut lines = shown.chunks(width + 1);
    let mut cells = Vec::with_capacity(height);
    let mut shown_totals = Vec::with_capacity(height);
    for line in lines.by_ref().take(height) {
        cells.push(line[..width].to_vec());
        shown_totals.push(line[width]);
    }
    let last = lines.next().ok_or(TableError::Empty)?;
    Ok(ReleasedTable {
        cells,
        row_totals: shown_totals,
        column_totals: last[..width].to_vec(),
        total: last[width],
    })
}

fn sum(counts: &[u64]) -> Result<u64, TableError> {
    counts.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n)).ok_or(TableError::TooLarge)
}

/// What it costs to hide a count that may be shown: the people in it, with any margin dearer than all parts
/// together and the total of all dearer than all margins.
struct Costs {
    margin: u128,
    whole: u128,
}

impl Costs {
    fn new(total: u64, parts: usize, margins: usize) -> Self {
        let margin = u128::from(total) + parts as u128 + 1;
        Self { margin, whole: 2 * margin * (margins as u128 + 1) }
    }

    fn part(count: u64) -> u128 {
        u128::from(count) + 1
    }

    fn margin(&self, count: u64) -> u128 {
        self.margin + u128::from(count)
    }

    fn whole(&self) -> u128 {
        self.whole
    }
}

#[cfg(test)]
mod tests;
