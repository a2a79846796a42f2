//! The formats, and the one way into all of them.

use std::io::Write;

use crate::description::faults;
use crate::fault::WriteFault;
use crate::table::Dataset;
use crate::{codebook, csv_data, ddi, json, package, sav, xlsx};

/// A format of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The rows as CSV.
    Csv,
    /// What the columns and codes mean, as CSV.
    Codebook,
    /// A workbook with the sheets data, codebook and notes.
    Xlsx,
    /// A system file of SPSS.
    Sav,
    /// A description after DDI Codebook 2.5, without the rows.
    Ddi,
    /// Description and rows as JSON.
    Json,
    /// A zip with `datapackage.json` after Data Package 2.0, the rows and the codebook.
    DataPackage,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] =
        [Self::Csv, Self::Codebook, Self::Xlsx, Self::Sav, Self::Ddi, Self::Json, Self::DataPackage];

    /// Its name for people who know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Codebook => "CSV codebook",
            Self::Xlsx => "Excel workbook",
            Self::Sav => "SPSS",
            Self::Ddi => "DDI Codebook 2.5",
            Self::Json => "JSON",
            Self::DataPackage => "Frictionless Data Package",
        }
    }

    /// A short word for addresses and the command line; [`Self::from_key`] reads it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Codebook => "codebook",
            Self::Xlsx => "xlsx",
            Self::Sav => "sav",
            Self::Ddi => "ddi",
            Self::Json => "json",
            Self::DataPackage => "datapackage",
        }
    }

    /// The format of a [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Codebook => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Sav => "application/x-spss-sav",
            Self::Ddi => "application/xml",
            Self::Json => "application/json",
            Self::DataPackage => "application/zip",
        }
    }

    /// The ending of its files, without the first dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Codebook => "codebook.csv",
            Self::Xlsx => "xlsx",
            Self::Sav => "sav",
            Self::Ddi => "ddi.xml",
            Self::Json => "json",
            Self::DataPackage => "datapackage.zip",
        }
    }

    /// The name of a file with the table of that name.
    pub fn file_name(self, table: &str) -> String {
        format!("{}.{}", file_stem(table), self.extension())
    }
}

/// A name that is fit for files and for the `name` of a data package: small letters, digits and hyphens.
pub(crate) fn file_stem(table: &str) -> String {
    let mut stem = String::new();
    for letter in table.chars().map(|letter| letter.to_ascii_lowercase()).take(100) {
        if letter.is_ascii_alphanumeric() {
            stem.push(letter);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "table".to_owned() } else { stem.to_owned() }
}

/// Writes a table in a format. Rows are walked once for CSV and JSON, twice where lengths or counts must be known
/// before them. `out` needs no buffer of its own.
///
/// # Errors
/// [`WriteFault`]: `Description` before anything is written; after any other, what was written is of no use.
pub fn write(format: Format, dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let faults = faults::of(&dataset.variables);
    if !faults.is_empty() {
        return Err(WriteFault::Description(faults));
    }
    match format {
        Format::Csv => csv_data::write(dataset, out),
        Format::Codebook => codebook::write(dataset, out),
        Format::Xlsx => xlsx::write(dataset, out),
        Format::Sav => sav::write(dataset, out),
        Format::Ddi => ddi::write(dataset, out),
        Format::Json => json::write(dataset, out),
        Format::DataPackage => package::write(dataset, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_to_their_format() {
        for format in Format::ALL {
            assert_eq!(Format::from_key(format.key()), Some(format));
        }
        assert_eq!(Format::from_key("parquet"), None);
    }

    #[test]
    fn file_names_are_plain() {
        assert_eq!(Format::Sav.file_name("Staff survey / 2026"), "staff-survey-2026.sav");
        assert_eq!(Format::DataPackage.file_name("../…"), "table.datapackage.zip");
    }
}
