//! Markdown tables: `| survey | |` names a sheet, `| | type | name |` is a row of it.

use super::{Row, Sheet, Workbook, unreadable};
use crate::form::Fault;

/// How many bars make a table: two for the name of a sheet and three for a row of one cell.
const FEWEST_BARS: usize = 5;

pub(super) fn read(text: &str) -> Result<Workbook, Fault> {
    if text.bytes().filter(|byte| *byte == b'|').nth(FEWEST_BARS - 1).is_none() {
        return Err(unreadable("there is no table in the file"));
    }
    let mut workbook = Workbook::default();
    // Rows of one sheet; the first is its header.
    let mut open: Option<(String, Vec<Vec<String>>)> = None;
    for line in text.lines() {
        let Some((first, cells)) = row_of(line) else { continue };
        if !first.is_empty() {
            close(&mut workbook, open.take())?;
            open = Some((first, Vec::new()));
        }
        if let Some((_, rows)) = &mut open
            && cells.iter().any(|cell| !cell.is_empty())
        {
            rows.push(cells);
        }
    }
    close(&mut workbook, open)?;
    if workbook.sheets.is_empty() {
        return Err(unreadable("no table names its sheet in the first column"));
    }
    Ok(workbook)
}

fn close(workbook: &mut Workbook, sheet: Option<(String, Vec<Vec<String>>)>) -> Result<(), Fault> {
    let Some((name, rows)) = sheet else { return Ok(()) };
    if workbook.sheets.iter().any(|other| other.name == name) {
        return Err(unreadable(format!("the sheet '{name}' stands in the file twice")));
    }
    let mut rows = rows.into_iter();
    let header = rows.next().unwrap_or_default();
    let rows = (2..).zip(rows).map(|(number, cells)| Row { number, cells }).collect();
    workbook.sheets.push(Sheet { name, header, rows });
    Ok(())
}

/// The first cell and the others of a line; none when it is a comment, a separator or no row.
fn row_of(line: &str) -> Option<(String, Vec<String>)> {
    if line.trim_start().starts_with('#') {
        return None;
    }
    // A comment may stand behind the last bar.
    let line = match line.rfind('#') {
        Some(at) if at + 1 < line.len() && !line[at..].contains('|') => &line[..at],
        _ => line,
    };
    let inner = line.trim_start().strip_prefix('|')?;
    let inner = &inner[..inner.rfind('|')?];
    if inner.contains("--") && inner.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ')) {
        return None;
    }
    let mut cells = split(inner).into_iter();
    let first = cells.next().unwrap_or_default();
    Some((first, cells.collect()))
}

/// Splits at the bars that have no backslash before them.
fn split(inner: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in inner.match_indices('|') {
        if at == 0 || inner.as_bytes()[at - 1] != b'\\' {
            cells.push(cell(&inner[start..at]));
            start = at + 1;
        }
    }
    cells.push(cell(&inner[start..]));
    cells
}

fn cell(text: &str) -> String {
    text.trim().replace("\\|", "|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_rows_and_escaped_bars_are_read() {
        let text = "
            | survey |      |          |
            | # no row
            | |-----|-------|
            |        | type | name     | label |
            |        | text | a        | x \\| y |  # a remark
            |        |      |          |
            |        | note | b        |

            | choices | list_name |
            |         | l         |
        ";
        let workbook = read(text).unwrap();
        assert_eq!(workbook.sheets.len(), 2);
        let survey = &workbook.sheets[0];
        assert_eq!(survey.header, ["type", "name", "label"]);
        assert_eq!(survey.rows[0].cells, ["text", "a", "x | y"]);
        assert_eq!(survey.rows[1].number, 3);
        // What stands beside the name of the sheet is its header.
        assert_eq!(workbook.sheets[1].header, ["list_name"]);
        assert_eq!(workbook.sheet("choices").unwrap().rows[0].cells, ["l"]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for text in ["", "hello", "| a |", "| | a | b |\n| | c | d |", "|s|x|\n|s|x|"] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
