//! How much is too much.

/// The limits of one upload. [`Limits::default`] suits a return of a whole council area on a small server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of the file as sent.
    pub bytes: u64,
    /// Most entries of a zip.
    pub entries: usize,
    /// Most bytes of all entries of a zip after unpacking. Memory while a workbook is read is a few times
    /// this at worst (many short shared texts).
    pub unpacked: u64,
    /// Most unpacked bytes for each packed byte; looked at only above [`Limits::RATIO_FLOOR`], because small
    /// repetitive files are packed well without harm.
    pub ratio: u64,
    /// Most rows of a table, blank ones not counted.
    pub rows: usize,
    /// Most columns of a table.
    pub columns: usize,
    /// Most characters of a cell (Excel's own limit is 32,767).
    pub cell_characters: usize,
    /// Most bytes of all cells together. A shared text can stand in a million cells, so that a small file
    /// becomes a large table.
    pub table_bytes: usize,
}

impl Limits {
    /// Unpacked bytes below which the ratio is not looked at.
    pub const RATIO_FLOOR: u64 = 1024 * 1024;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 50 * 1024 * 1024,
            entries: 5_000,
            unpacked: 100 * 1024 * 1024,
            ratio: 200,
            rows: 200_000,
            columns: 500,
            cell_characters: 32_767,
            table_bytes: 128 * 1024 * 1024,
        }
    }
}
