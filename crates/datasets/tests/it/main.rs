//! What the formats say, read back: by a reader of system files of our own (`sav_reader`), by the csv crate, by
//! keyline-workbooks and by XML and JSON readers. `scripts/check-datasets` asks other people's programs besides.

mod csv_and_codebook;
mod descriptions;
mod faults;
mod made_up;
mod sav;
mod sav_reader;
mod workbook;
