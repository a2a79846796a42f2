//! Bytes of the records: little-endian integers and floats, padded texts, extension records.

use std::io::{self, Write};

/// A length or count as the records hold it. Larger ones do not come up: texts and labels have limits, and a table has
/// fewer columns than that.
pub(super) fn int(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// Writes a 32-bit integer.
pub(super) fn put_int(out: &mut impl Write, value: i32) -> io::Result<()> {
    out.write_all(&value.to_le_bytes())
}

/// Writes a 64-bit float.
pub(super) fn put_float(out: &mut impl Write, value: f64) -> io::Result<()> {
    out.write_all(&value.to_le_bytes())
}

/// Writes bytes and spaces behind them up to a width; `bytes` is not longer.
pub(super) fn put_padded(out: &mut impl Write, bytes: &[u8], width: usize) -> io::Result<()> {
    out.write_all(bytes)?;
    let spaces = [b' '; 64];
    let mut rest = width.saturating_sub(bytes.len());
    while rest > 0 {
        let now = rest.min(spaces.len());
        out.write_all(&spaces[..now])?;
        rest -= now;
    }
    Ok(())
}

/// Writes an extension record of bytes; none when there is nothing in it.
pub(super) fn put_extension(out: &mut impl Write, subtype: i32, content: &[u8]) -> io::Result<()> {
    if content.is_empty() {
        return Ok(());
    }
    put_extension_of(out, subtype, 1, content)
}

/// Writes an extension record whose elements are of that size.
pub(super) fn put_extension_of(
    out: &mut impl Write,
    subtype: i32,
    size: usize,
    content: &[u8],
) -> io::Result<()> {
    for value in [7, subtype, int(size), int(content.len() / size)] {
        put_int(out, value)?;
    }
    out.write_all(content)
}
