//! The rows, compressed as every reader of system files knows it: eight commands of a byte, then the blocks of eight
//! bytes that they ask for.

use std::io::{self, Write};

use super::dictionary::BIAS;
use super::layout::{Column, Content, SEGMENT_BYTES, Segment};
use crate::extent::LONGEST_SPSS_TEXT;
use crate::fault::WriteFault;
use crate::table::Dataset;
use crate::text::{cut, told_apart};
use crate::value::{Value, value};

/// The file ends here.
const END: u8 = 252;
/// The block stands as it is behind the commands.
const AS_IS: u8 = 253;
/// Eight spaces.
const SPACES: u8 = 254;

/// Writes all rows and the end of the file.
pub(super) fn write(
    dataset: &Dataset<'_>,
    columns: &[Column],
    rows: u64,
    out: &mut impl Write,
) -> Result<(), WriteFault> {
    let mut blocks = Blocks { out, commands: Vec::with_capacity(8), data: Vec::with_capacity(64) };
    let mut written = 0;
    dataset.walk(|number, row| {
        written = number;
        if written > rows {
            return Err(WriteFault::RowsChanged);
        }
        for ((cell, variable), column) in row.iter().zip(&dataset.variables).zip(columns) {
            let value = value(variable, cell).map_err(|fault| fault.at(number, variable))?;
            match &column.content {
                Content::Numbers { missing, .. } => {
                    let code = |reason| variable.reasons().position(|kept| kept == reason);
                    let number = match &value {
                        Value::Missing(reason) => code(*reason).and_then(|place| missing.get(place).copied()),
                        value => value.number(),
                    };
                    blocks.number(number.ok_or(WriteFault::RowsChanged)?)?;
                }
                Content::Texts { width, segments, .. } => {
                    let text = match &value {
                        Value::Text(text) => told_apart(text),
                        Value::Missing(reason) => reason.sign().into(),
                        _ => return Err(WriteFault::RowsChanged),
                    };
                    if text.len() > *width && *width < LONGEST_SPSS_TEXT {
                        return Err(WriteFault::RowsChanged);
                    }
                    blocks.text(&cut(&text, *width), segments)?;
                }
            }
        }
        Ok(())
    })?;
    if written < rows {
        return Err(WriteFault::RowsChanged);
    }
    blocks.command(END)?;
    Ok(blocks.flush()?)
}

/// Commands that are not written yet, and their blocks.
struct Blocks<'o, W: Write> {
    out: &'o mut W,
    commands: Vec<u8>,
    data: Vec<u8>,
}

impl<W: Write> Blocks<'_, W> {
    fn number(&mut self, number: f64) -> io::Result<()> {
        let biased = number + BIAS;
        if biased.fract() == 0.0 && (1.0..=251.0).contains(&biased) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked just above"
            )]
            return self.command(biased as u8);
        }
        self.data.extend(number.to_le_bytes());
        self.command(AS_IS)
    }

    /// Each segment takes 255 bytes of the text, though its share of the width is smaller: the last has room left.
    fn text(&mut self, text: &str, segments: &[Segment]) -> io::Result<()> {
        let mut rest = text.as_bytes();
        for segment in segments {
            let (now, later) = rest.split_at(rest.len().min(segment.width.min(SEGMENT_BYTES)));
            rest = later;
            let mut blocks = now.chunks(8);
            for _ in 0..segment.blocks() {
                let mut block = [b' '; 8];
                if let Some(bytes) = blocks.next() {
                    block[..bytes.len()].copy_from_slice(bytes);
                }
                if block == [b' '; 8] {
                    self.command(SPACES)?;
                } else {
                    self.data.extend(block);
                    self.command(AS_IS)?;
                }
            }
        }
        Ok(())
    }

    fn command(&mut self, command: u8) -> io::Result<()> {
        self.commands.push(command);
        if self.commands.len() == 8 { self.flush() } else { Ok(()) }
    }

    /// Writes the commands, filled up to eight with ones that do nothing, and their blocks.
    fn flush(&mut self) -> io::Result<()> {
        if self.commands.is_empty() {
            return Ok(());
        }
        self.commands.resize(8, 0);
        self.out.write_all(&self.commands)?;
        self.out.write_all(&self.data)?;
        self.commands.clear();
        self.data.clear();
        Ok(())
    }
}
