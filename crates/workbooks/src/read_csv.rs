//! Comma, semicolon or tab separated text, as programs of many years and languages write it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::guard::unguarded;
use crate::limits::Limits;
use crate::read::Gathering;
use crate::refusal::Refusal;
use crate::table::{CellRef, Table, TextEncoding};

/// What may stand between cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records are looked at to find the delimiter.
const SAMPLE_RECORDS: usize = 20;

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, Refusal> {
    let (gathering, encoding) = gather(bytes, limits)?;
    gathering.finish(None, Some(encoding))
}

/// The rows of the file and how it was encoded.
pub(crate) fn gather<'a>(bytes: &[u8], limits: &'a Limits) -> Result<(Gathering<'a>, TextEncoding), Refusal> {
    let (text, encoding) = decode(bytes)?;
    // One form of line ending, within quotes too, so that lines can be counted below.
    let mut text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (delimiter, body, lines_before) = match named_delimiter(&text) {
        Some((delimiter, body)) => (delimiter, body, 1),
        None => (likely_delimiter(&text), text.as_str(), 0),
    };

    let mut gathering = Gathering::new(limits);
    let mut reader = reader_of(body, delimiter);
    let mut record = csv::StringRecord::new();
    // A spreadsheet program counts a cell with line breaks as one row.
    let mut breaks_within: u64 = 0;
    while reader.read_record(&mut record).map_err(|_| Refusal::Unreadable)? {
        let breaks =
            record.iter().map(|cell| cell.bytes().filter(|byte| *byte == b'\n').count() as u64).sum::<u64>();
        let last_line = reader.position().line() - 1;
        let row = lines_before + last_line - breaks - breaks_within;
        breaks_within += breaks;
        let row = u32::try_from(row).map_err(|_| Refusal::TooManyRows { limit: limits.rows })?;
        for (column, cell) in (0..).zip(&record) {
            gathering.add(CellRef { row, column }, unguarded(cell.trim()))?;
        }
    }
    Ok((gathering, encoding))
}

/// The text by its byte order mark, as UTF-8 when it is valid, else as Windows-1252.
fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, TextEncoding), Refusal> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    // Zero bytes are no text: most likely UTF-16 without a mark, or another kind of file.
    if malformed || text.contains('\0') {
        return Err(Refusal::Unreadable);
    }
    let name = if encoding == UTF_8 {
        TextEncoding::Utf8
    } else if encoding == UTF_16LE {
        TextEncoding::Utf16Le
    } else if encoding == UTF_16BE {
        TextEncoding::Utf16Be
    } else {
        TextEncoding::Windows1252
    };
    Ok((text, name))
}

/// Excel's own first line `sep=;` and what follows it.
fn named_delimiter(text: &str) -> Option<(u8, &str)> {
    let (first, body) = text.split_once('\n')?;
    let name = first.trim_matches('"').strip_prefix("sep=")?;
    let [delimiter] = name.as_bytes() else { return None };
    DELIMITERS.contains(delimiter).then_some((*delimiter, body))
}

/// The delimiter with which most of the first records have the same number of cells, above one.
fn likely_delimiter(text: &str) -> u8 {
    let mut best = (DELIMITERS[0], (0, 0));
    for delimiter in DELIMITERS {
        let widths: Vec<usize> = reader_of(text, delimiter)
            .records()
            .take(SAMPLE_RECORDS)
            .map_while(Result::ok)
            .map(|record| record.len())
            .collect();
        let agreement = |width: usize| widths.iter().filter(|other| **other == width).count();
        let score = widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| (agreement(*width), *width))
            .max()
            .unwrap_or_default();
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

fn reader_of(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(text.as_bytes())
}
