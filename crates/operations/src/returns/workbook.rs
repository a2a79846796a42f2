//! The empty return to fill in.

use keyline_domain::programmes::{ColumnKind, PreInspectionReturn};
use keyline_workbooks::{DropDown, Sheet, write_csv, write_xlsx};

use crate::refused::{Refused, Result};

/// As what the empty return is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A workbook with drop-downs, and a second sheet that says what belongs into each column.
    Workbook,
    /// One line of headings.
    Csv,
}

/// Words of the workbook that are not the programme's.
#[derive(Debug, Clone)]
pub struct WorkbookWords<'a> {
    /// Name of the sheet to fill in.
    pub sheet: &'a str,
    /// Name of the sheet that explains.
    pub about: &'a str,
    /// Its headings: column, title, what belongs in it, allowed values.
    pub headings: [&'a str; 4],
}

/// Writes the empty return of a programme. Headings are the keys of the columns; values are picked from lists.
///
/// # Errors
/// A fault when the programme's columns do not fit into a workbook.
pub fn empty_return(wanted: &PreInspectionReturn, form: Form, words: &WorkbookWords<'_>) -> Result<Vec<u8>> {
    let header: Vec<String> = wanted.columns.iter().map(|c| c.key.clone()).collect();
    if form == Form::Csv {
        return Ok(write_csv([header.as_slice()], true));
    }
    let mut drop_downs = Vec::new();
    let mut about = Vec::new();
    for (n, column) in (0u16..).zip(&wanted.columns) {
        let values: Vec<String> = match &column.kind {
            ColumnKind::Choice { values } => values.iter().map(|v| v.value.clone()).collect(),
            ColumnKind::YesNo => vec!["yes".into(), "no".into()],
            ColumnKind::WholeNumber { .. } | ColumnKind::Text { .. } => Vec::new(),
        };
        let allowed = match &column.kind {
            ColumnKind::WholeNumber { least, most } => format!("{least} – {most}"),
            ColumnKind::Text { longest } => format!("≤ {longest}"),
            ColumnKind::Choice { values } => {
                values.iter().map(|v| format!("{}: {}", v.value, v.label)).collect::<Vec<_>>().join("; ")
            }
            ColumnKind::YesNo => values.join(", "),
        };
        about.push(vec![column.key.clone(), column.title.clone(), column.meaning.clone(), allowed]);
        if !values.is_empty() {
            drop_downs.push(DropDown { column: n, values });
        }
    }
    let fill = Sheet { name: words.sheet.to_owned(), header, rows: Vec::new(), drop_downs };
    let about = Sheet {
        name: words.about.to_owned(),
        header: words.headings.iter().map(|h| (*h).to_owned()).collect(),
        rows: about,
        drop_downs: Vec::new(),
    };
    write_xlsx(&[fill, about]).map_err(Refused::fault)
}
