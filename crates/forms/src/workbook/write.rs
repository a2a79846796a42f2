//! Workbooks as files.

use keyline_workbooks::{WriteFault, write_csv, write_xlsx};

use super::{Sheet, Workbook};

/// A workbook as `.xlsx`. Rows follow each other without gaps.
///
/// # Errors
/// [`WriteFault`] when a sheet or a cell is larger than a workbook can hold.
pub fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, WriteFault> {
    let sheets: Vec<keyline_workbooks::Sheet> = workbook
        .sheets
        .iter()
        .map(|sheet| keyline_workbooks::Sheet {
            name: sheet.name.clone(),
            header: sheet.header.clone(),
            rows: sheet.rows.iter().map(|row| row.cells.clone()).collect(),
            ..keyline_workbooks::Sheet::default()
        })
        .collect();
    write_xlsx(&sheets)
}

/// A workbook as one `.csv`: a row with the name of the sheet, then its header and rows with a blank first column. Cells
/// that a spreadsheet program could run are guarded with an apostrophe, which reading takes away again.
pub fn csv(workbook: &Workbook) -> Vec<u8> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for Sheet { name, header, rows: below } in &workbook.sheets {
        rows.push(vec![name.clone()]);
        let shifted = |cells: &[String]| [&[String::new()], cells].concat();
        rows.push(shifted(header));
        rows.extend(below.iter().map(|row| shifted(&row.cells)));
    }
    write_csv(rows.iter().map(Vec::as_slice), false)
}
