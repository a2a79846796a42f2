//! A list that somebody hands to a command: the table of a CSV file or of a workbook.

use std::path::Path;

use anyhow::Context;
use keyline_workbooks::{Limits, Table, detect_bytes, read_sheet, read_table};

/// Reads the table of a file (.csv, .xlsx): the sheet of that name, or the first that has one.
pub(super) fn read(file: &Path, sheet: Option<&str>) -> anyhow::Result<Table> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let limits = Limits::default();
    let table = detect_bytes(&bytes, &name, &limits).and_then(|kind| match sheet {
        Some(sheet) => read_sheet(&bytes, kind, sheet, &limits),
        None => read_table(&bytes, kind, &limits),
    });
    table.with_context(|| format!("{} cannot be used", file.display()))
}

/// The column of that name.
pub(super) fn column(table: &Table, name: &str) -> anyhow::Result<usize> {
    table.column(name).with_context(|| {
        format!("there is no column {name:?}; the columns are {}", quoted(table.header.iter()))
    })
}

/// Names in quotation marks, with commas between them.
pub(super) fn quoted<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}
