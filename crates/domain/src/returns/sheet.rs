//! A table as plain texts, each cell with its place as a spreadsheet program calls it.

/// One cell: its text, trimmed, and its place, for example `C7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The place.
    pub place: String,
    /// The text.
    pub text: String,
}

impl Cell {
    /// A cell.
    pub fn new(place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { place: place.into(), text: text.into() }
    }
}

/// A table: a header, and rows that are at least as wide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The headings.
    pub header: Vec<Cell>,
    /// The rows below, in the order of the file.
    pub rows: Vec<Vec<Cell>>,
    /// Places of cells that hold formulas.
    pub formulas: Vec<String>,
    /// Merged cells, as `B2:B4`.
    pub merged: Vec<String>,
}

impl Sheet {
    /// Every cell, headings first.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.header.iter().chain(self.rows.iter().flatten())
    }
}

/// A whole file: the list, what counts it, and everything else that came with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// What the sheet of the list is called when it is spoken of; none when there is only one.
    pub name: Option<String>,
    /// The list.
    pub list: Sheet,
    /// The totals with the name of their sheet.
    pub totals: Option<(String, Sheet)>,
    /// Other sheets, hidden or not, with their names.
    pub others: Vec<(String, Sheet)>,
    /// Notes at cells, with the names of their sheets where the file says so.
    pub notes: Vec<(Option<String>, Cell)>,
}

/// The shape of a text without its content: `Ann Lee` becomes `Xxx Xxx`, `01/02/2012` becomes `99/99/9999`. At most 24
/// characters.
pub fn mask(text: &str) -> String {
    let mut masked: String = text
        .chars()
        .take(24)
        .map(|c| match c {
            c if c.is_numeric() => '9',
            c if c.is_uppercase() => 'X',
            c if c.is_alphanumeric() => 'x',
            c if c.is_whitespace() => ' ',
            c if c.is_ascii_punctuation() => c,
            // Joiners, marks and whatever else may carry meaning.
            _ => '.',
        })
        .collect();
    if text.chars().nth(24).is_some() {
        masked.push('…');
    }
    masked
}
