//! The rows as CSV: RFC 4180 (commas, CR LF), UTF-8 without a mark.
//!
//! How cells are guarded against being run as formulas: codes of categories, texts and names of columns all go through
//! [`guarded`](crate::text::guarded), because all of them may come from somebody else; numbers, days, 0 and 1 and the
//! signs of missing values never do, because we make them ourselves, and a number with an apostrophe before it would
//! be none. [`unguarded`](crate::unguarded) takes the apostrophe away again.
//!
//! There is no byte order mark: it would become part of the first name in many programs. Whoever uses Excel takes the
//! workbook.

use std::fmt::Write as _;
use std::io::Write;

use crate::description::variable::{Category, Kind};
use crate::fault::WriteFault;
use crate::names::Names;
use crate::table::Dataset;
use crate::text::guarded;
use crate::value::{Value, value};

/// A writer of CSV as we write it.
pub(crate) fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).buffer_capacity(64 * 1024).from_writer(out)
}

/// Writes header and rows.
///
/// # Errors
/// As [`write`](crate::write).
pub(crate) fn write(dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let mut writer = writer(out);
    writer.write_record(Names::of(&dataset.variables).plain.iter().map(|name| guarded(name).into_owned()))?;
    let codes: Vec<Vec<String>> = dataset.variables.iter().map(|variable| codes(&variable.kind)).collect();
    let mut number_text = String::new();
    dataset.walk(|number, row| {
        for ((cell, variable), codes) in row.iter().zip(&dataset.variables).zip(&codes) {
            match value(variable, cell).map_err(|fault| fault.at(number, variable))? {
                Value::Category(index, _) => {
                    writer.write_field(codes.get(index).map_or("", String::as_str))?;
                }
                Value::Missing(missing) => writer.write_field(missing.sign())?,
                Value::Chosen(chosen) => writer.write_field(if chosen { "1" } else { "0" })?,
                Value::Text(text) => writer.write_field(guarded(text).as_bytes())?,
                other => {
                    number_text.clear();
                    put_number(&mut number_text, &other);
                    writer.write_field(&number_text)?;
                }
            }
        }
        writer.write_record(None::<&[u8]>)?;
        Ok(())
    })?;
    writer.flush()?;
    Ok(())
}

/// The codes of the categories as they stand in the file.
fn codes(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Category { categories, .. } => categories.iter().map(written_code).collect(),
        _ => Vec::new(),
    }
}

/// The code of a category as it stands in CSV and in the data package.
pub(crate) fn written_code(category: &Category) -> String {
    guarded(&category.code).into_owned()
}

/// Numbers in the shortest way that reads back as the same, days as `2026-11-26`.
fn put_number(text: &mut String, value: &Value<'_>) {
    // Writing to a `String` does not fail.
    let _ = match value {
        Value::Whole(number) => write!(text, "{number}"),
        Value::Decimal(number) => write!(text, "{number}"),
        Value::Date(date) => write!(text, "{date}"),
        _ => Ok(()),
    };
}
