//! Reading tables that strangers send (XLSX, CSV) within limits, and writing safe ones.
//!
//! | module | subject |
//! | --- | --- |
//! | [`kind`] | the kinds of file that are accepted |
//! | [`detect`](mod@detect) | what a file is, whatever its name says |
//! | [`archive`] (private) | the look inside a zip: bombs, macros, passwords, the kind of document |
//! | [`limits`], [`refusal`] | how much is too much, and why a file is refused (codes, no sentences) |
//! | [`table`] | rows with the numbers they have in the spreadsheet, cells called `C7` |
//! | [`read`] with `read_csv`, `read_xlsx` | a table, or all sheets, from bytes |
//! | [`whole`] | everything in a file: hidden sheets, notes, which cells are formulas or merged |
//! | [`notes`] | notes and comments at cells, and on which sheet |
//! | [`guard`] | cell texts that no spreadsheet program takes for a formula |
//! | [`write`](mod@write) | CSV and XLSX files to hand out, every cell a text |
//! | [`book`] | XLSX files with numbers and days, written row by row |
//!
//! Order of use: [`detect()`] on the upload, then [`read_table`] on the bytes of what it found. `read_table`
//! repeats the look inside the zip, so that it is safe alone too. To accept another kind of file, add it to
//! [`FileKind`] and teach `detect` (or `archive`, when it is a zip) how to know it by its content.

mod archive;
pub mod book;
pub mod detect;
pub mod guard;
pub mod kind;
pub mod limits;
pub mod notes;
pub mod read;
mod read_csv;
mod read_xlsx;
pub mod refusal;
pub mod table;
pub mod whole;
pub mod write;

pub use book::{Book, Column, Entry, OpenSheet};
pub use detect::{detect, detect_bytes, is_encrypted_pdf};
pub use kind::FileKind;
pub use limits::Limits;
pub use notes::Note;
pub use read::{read_sheet, read_sheets, read_table};
pub use refusal::{Excess, ExecutableFormat, Refusal};
pub use table::{CellRef, Row, SheetRows, Table, TextEncoding};
pub use whole::{Whole, WholeSheet, read_whole};
pub use write::{DropDown, Help, Rule, Sheet, WriteFault, write_csv, write_xlsx};
