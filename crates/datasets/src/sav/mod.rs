//! A system file of SPSS (`.sav`), which PSPP, R and Python read too: variable labels, value labels, measurement
//! levels, user-missing values, texts of any length up to 32,767 bytes, sets of several answers, UTF-8.
//!
//! Written from the description of system files in the PSPP developers' guide (chapter "System File Format"). The one
//! crate that writes such files, `ambers`, wants the whole table as an Arrow batch and brings Arrow along; the format
//! needs a dozen small records, so they are ours, and PSPP and ReadStat prove them in `scripts/check-datasets`.
//!
//! | module | subject |
//! | --- | --- |
//! | [`layout`] | which numbers and texts stand for a column: widths, segments, codes, labels |
//! | [`records`] | bytes of integers, texts and extension records |
//! | [`dictionary`] | all that stands before the rows |
//! | [`cases`] | the rows, with the simple compression that every reader knows |
//!
//! How missing values are told apart: in a column of numbers, days or categories each reason has a number below all
//! values (-9 suppressed, -8 not asked, -7 not answered, -6 does not know; -99 and so on where values reach down
//! there; as many days before the first day of SPSS in a column of days), in a column of texts it is the sign of the text formats. All are declared as user-missing and have value
//! labels. The system-missing value is never written: it would not say why.

mod cases;
mod dictionary;
mod layout;
mod records;

use std::io::{BufWriter, Write};

use crate::extent::Extent;
use crate::fault::WriteFault;
use crate::table::Dataset;

/// Writes the file.
///
/// # Errors
/// As [`write`](crate::write), and [`WriteFault::TooMany`] for more rows than the header can count.
pub(crate) fn write(dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let extent = Extent::of(dataset)?;
    let limit = i32::MAX.unsigned_abs();
    let rows = u32::try_from(extent.rows).ok().filter(|rows| *rows <= limit);
    let rows =
        rows.ok_or(WriteFault::TooMany { format: "an SPSS file", what: "rows", limit: limit.into() })?;
    let columns = layout::columns(dataset, &extent);
    let mut out = BufWriter::with_capacity(64 * 1024, out);
    dictionary::write(&dataset.about, &columns, rows, &mut out)?;
    cases::write(dataset, &columns, extent.rows, &mut out)?;
    out.flush()?;
    Ok(())
}
