//! The columns as bytes.
//!
//! | bytes | content |
//! | --- | --- |
//! | 8 | `KLCOLS`, a zero, the version (1) |
//! | 4 | number of respondents |
//! | 2 | number of columns |
//! | 3 for each column | 1 for one answer or 2 for several; number of answers or choices |
//! | for each column | a byte for each respondent, two where there are more than 254 answers; then for each choice the bits of the respondents, lowest first, in words of eight bytes |
//! | 32 | BLAKE3 of all before |
//!
//! Numbers are little-endian. The hash finds what was damaged; it does not prove who wrote it. Whatever the bytes say,
//! nothing is taken on trust: lengths are compared with what is there before anything is allocated, codes with the
//! list of answers, and bits with codes.

use crate::columns::{Codes, Column, Columns, FIRST, Kind, MOST_ANSWERS};
use crate::rows::Rows;

const MAGIC: &[u8; 7] = b"KLCOLS\0";
const VERSION: u8 = 1;
const HASH: usize = 32;

/// Why bytes are not columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LayoutFault {
    /// They begin as something else.
    #[error("not a table of answers")]
    NotColumns,
    /// They were written by a newer version.
    #[error("version {0} of the table of answers is not known here")]
    Version(u8),
    /// They end early, go on too long, or do not have the hash that they name.
    #[error("the table of answers is damaged")]
    Damaged,
    /// A code, a choice or a number of answers cannot be.
    #[error("column {0} of the table of answers cannot be right")]
    Column(usize),
}

impl Columns {
    /// The columns as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64 + self.len * (self.columns.len() + 1));
        out.extend(MAGIC);
        out.push(VERSION);
        // `push` holds both numbers within these sizes
        out.extend(u32::try_from(self.len).unwrap_or(u32::MAX).to_le_bytes());
        out.extend(u16::try_from(self.columns.len()).unwrap_or(u16::MAX).to_le_bytes());
        for column in &self.columns {
            let (kind, size) = match column.kind {
                Kind::One(size) => (1, size),
                Kind::Several(size) => (2, size),
            };
            out.push(kind);
            out.extend(size.to_le_bytes());
        }
        for column in &self.columns {
            match &column.codes {
                Codes::Byte(codes) => out.extend(codes),
                Codes::Wide(codes) => out.extend(codes.iter().flat_map(|code| code.to_le_bytes())),
            }
            for rows in &column.choices {
                out.extend(rows.words.iter().flat_map(|word| word.to_le_bytes()));
            }
        }
        let hash = blake3::hash(&out);
        out.extend(hash.as_bytes());
        out
    }

    /// Reads what [`Columns::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LayoutFault> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(LayoutFault::NotColumns)?;
        match rest.first() {
            Some(&VERSION) => {}
            Some(&other) => return Err(LayoutFault::Version(other)),
            None => return Err(LayoutFault::Damaged),
        }
        let end = bytes.len().checked_sub(HASH).ok_or(LayoutFault::Damaged)?;
        let (content, hash) = bytes.split_at(end);
        if blake3::hash(content).as_bytes() != hash {
            return Err(LayoutFault::Damaged);
        }
        let mut reading = Reading { left: content.get(MAGIC.len() + 1..).ok_or(LayoutFault::Damaged)? };
        let len = usize::try_from(u32::from_le_bytes(reading.array()?)).map_err(|_| LayoutFault::Damaged)?;
        let columns = u16::from_le_bytes(reading.array()?);
        let mut kinds = Vec::new();
        for number in 0..usize::from(columns) {
            let [kind] = reading.array()?;
            let size = u16::from_le_bytes(reading.array()?);
            kinds.push(match kind {
                1 if size <= MOST_ANSWERS => Kind::One(size),
                2 => Kind::Several(size),
                _ => return Err(LayoutFault::Column(number)),
            });
        }
        let columns = kinds
            .into_iter()
            .enumerate()
            .map(|(number, kind)| reading.column(number, kind, len))
            .collect::<Result<_, _>>()?;
        if !reading.left.is_empty() {
            return Err(LayoutFault::Damaged);
        }
        Ok(Self { len, columns })
    }
}

struct Reading<'b> {
    left: &'b [u8],
}

impl<'b> Reading<'b> {
    fn take(&mut self, len: usize) -> Result<&'b [u8], LayoutFault> {
        let (taken, left) = self.left.split_at_checked(len).ok_or(LayoutFault::Damaged)?;
        self.left = left;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], LayoutFault> {
        self.take(N)?.try_into().map_err(|_| LayoutFault::Damaged)
    }

    fn column(&mut self, number: usize, kind: Kind, len: usize) -> Result<Column, LayoutFault> {
        let codes = match Codes::new(kind) {
            Codes::Byte(_) => Codes::Byte(self.take(len)?.to_vec()),
            Codes::Wide(_) => {
                let bytes = self.take(len.checked_mul(2).ok_or(LayoutFault::Damaged)?)?;
                Codes::Wide(
                    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
                )
            }
        };
        let mut column = Column { kind, codes, choices: Vec::new() };
        if usize::from(column.codes.greatest()) >= column.width() {
            return Err(LayoutFault::Column(number));
        }
        let Kind::Several(choices) = kind else { return Ok(column) };
        let words = len.div_ceil(64);
        let mut any = Rows::none(len);
        for _ in 0..choices {
            let bytes = self.take(words.checked_mul(8).ok_or(LayoutFault::Damaged)?)?;
            let word =
                |eight: &[u8]| eight.iter().rev().fold(0_u64, |word, &byte| word << 8 | u64::from(byte));
            let rows = Rows { words: bytes.chunks_exact(8).map(word).collect(), len };
            if !rows.has_clear_tail() {
                return Err(LayoutFault::Column(number));
            }
            for (any, word) in any.words.iter_mut().zip(&rows.words) {
                *any |= word;
            }
            column.choices.push(rows);
        }
        // who chose has answered, and who answered chose
        if any != Rows::where_true(len, |row| column.codes.get(row) == FIRST) {
            return Err(LayoutFault::Column(number));
        }
        Ok(column)
    }
}

#[cfg(test)]
mod tests;
