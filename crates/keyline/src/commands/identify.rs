//! `keyline identify FILE...`: what identifies people in texts and tables, as lines of JSON. Says where and why, and never what
//! stands there unless it is asked to.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use keyline_disclosure::columns::{self, scan_column};
use keyline_disclosure::identifiers::places::CodePoints;
use keyline_disclosure::identifiers::{Hit, Strength, scan_text};
use keyline_workbooks::{FileKind, Limits, Row, WholeSheet, read_whole};
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Debug, Args)]
pub(crate) struct Identify {
    /// Texts (UTF-8) and tables (.csv, .tsv, .xlsx)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print what was found, too. The output then names people
    #[arg(long)]
    show: bool,
    /// Leave out what is less sure
    #[arg(long, value_enum, default_value = "weak")]
    least: Least,
}

/// How sure a find is at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    /// May well be something else
    Weak,
    /// More often right than wrong
    Likely,
    /// Hardly anything else
    Strong,
}

impl Least {
    fn strength(self) -> Strength {
        match self {
            Self::Weak => Strength::Weak,
            Self::Likely => Strength::Likely,
            Self::Strong => Strength::Strong,
        }
    }
}

/// A find as it is printed.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    /// The cell, as a spreadsheet program calls it; of a column that of its first row.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    kind: &'static str,
    /// In characters of the text or of the cell.
    start: usize,
    end: usize,
    confidence: &'static str,
    reason: Reason,
    /// Of a column: its cells that look so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// Key and values, as pages word them.
#[derive(Debug, Serialize)]
struct Reason {
    key: &'static str,
    #[serde(skip_serializing_if = "Map::is_empty")]
    values: Map<String, Value>,
}

impl Reason {
    fn new<V: Into<Value>>(key: &'static str, values: Vec<(&'static str, V)>) -> Self {
        Self {
            key,
            values: values.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect(),
        }
    }
}

/// Nothing found: 0. Something: 1. A file that cannot be read, whatever the others hold: 2.
pub(crate) fn run(identify: &Identify) -> anyhow::Result<ExitCode> {
    let (mut found, mut unreadable) = (false, false);
    for file in &identify.files {
        match lines(file, identify) {
            Ok(lines) => {
                found |= !lines.is_empty();
                for line in lines {
                    println!("{}", serde_json::to_string(&line)?);
                }
            }
            Err(error) => {
                eprintln!("keyline: {error:#}");
                unreadable = true;
            }
        }
    }
    Ok(match (unreadable, found) {
        (true, _) => ExitCode::from(2),
        (_, true) => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    })
}

fn lines(file: &Path, identify: &Identify) -> anyhow::Result<Vec<Line>> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut found = Found { identify, file: &name, lines: Vec::new() };
    match FileKind::from_extension(&ending) {
        Some(kind) if kind.is_table() && !bytes.is_empty() => {
            // Hidden sheets and notes too: who hides a sheet sends it all the same.
            let whole = read_whole(&bytes, kind, &Limits::default());
            let whole = whole.with_context(|| format!("cannot read {name}"))?;
            for (number, sheet) in (1..).zip(&whole.sheets) {
                found.in_sheet(number, sheet);
            }
            for note in &whole.notes {
                let on = note.sheet.and_then(|at| Some(found.called(at + 1, whole.sheets.get(at)?)));
                found.in_text(
                    &note.text,
                    on.as_deref(),
                    Some(note.cell.as_str()).filter(|cell| !cell.is_empty()),
                );
            }
        }
        _ => {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
            match std::str::from_utf8(text) {
                Ok(text) if !text.contains('\0') => found.in_text(text, None, None),
                _ => bail!(
                    "cannot read {name}: it is no text in UTF-8 and no table that is read (.csv, .tsv, .xlsx)"
                ),
            }
        }
    }
    Ok(found.lines)
}

/// What is found in a file.
struct Found<'f> {
    identify: &'f Identify,
    file: &'f str,
    lines: Vec<Line>,
}

impl Found<'_> {
    fn in_text(&mut self, text: &str, sheet: Option<&str>, cell: Option<&str>) {
        let mut points = CodePoints::new(text);
        let sure = self.identify.least.strength();
        for hit in scan_text(text).into_iter().filter(|hit| hit.strength >= sure) {
            let place = points.of(&hit.range);
            let Hit { kind, strength, because, matched, .. } = hit;
            self.lines.push(Line {
                file: self.file.to_owned(),
                sheet: sheet.map(str::to_owned),
                cell: cell.map(str::to_owned),
                kind: kind.name(),
                start: place.start,
                end: place.end,
                confidence: strength.name(),
                reason: Reason::new(because.key(), because.values()),
                cells: Vec::new(),
                text: self.identify.show.then_some(matched),
            });
        }
    }

    /// What a sheet is called. It may be called after a child: it goes by its number, hidden ones counted.
    fn called(&self, number: usize, sheet: &WholeSheet) -> String {
        if self.identify.show { sheet.name.clone() } else { format!("#{number}") }
    }

    /// Every cell by itself, and every column under its first row.
    fn in_sheet(&mut self, number: usize, sheet: &WholeSheet) {
        let called = self.called(number, sheet);
        let name = (!sheet.name.is_empty()).then_some(called.as_str());
        for row in &sheet.rows {
            for (column, text) in row.cells.iter().enumerate() {
                self.in_text(text, name, Some(&row.place(column).to_string()));
            }
        }
        let Some((header, rows)) = sheet.rows.split_first() else { return };
        let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for column in 0..width {
            self.in_column(header, rows, column, name);
        }
    }

    fn in_column(&mut self, header: &Row, rows: &[Row], column: usize, sheet: Option<&str>) {
        let values: Vec<&str> = rows.iter().map(|row| row.cell(column)).collect();
        let Some(suspicion) = scan_column(header.cell(column), &values) else { return };
        if suspicion.strength < self.identify.least.strength() {
            return;
        }
        let columns::ColumnSuspicion { kind, strength, because, cells } = suspicion;
        self.lines.push(Line {
            file: self.file.to_owned(),
            sheet: sheet.map(str::to_owned),
            cell: Some(header.place(column).to_string()),
            kind: kind.name(),
            start: 0,
            end: header.cell(column).chars().count(),
            confidence: strength.name(),
            reason: Reason::new(because.key(), because.values()),
            cells: cells.into_iter().map(|row| rows[row].place(column).to_string()).collect(),
            text: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use keyline_disclosure::identifiers::Because;
    use keyline_words::Catalogue;

    #[test]
    fn every_reason_has_words() {
        let catalogue = Catalogue::load();
        let words = catalogue.words(keyline_words::ENGLISH);
        let of_columns =
            [super::columns::Because::Header, super::columns::Because::Values { matching: 2, filled: 3 }];
        let texts = Because::SAMPLES.map(|because| {
            let values: Vec<_> = because
                .values()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            (because.key(), words.with_pairs(because.key(), &values))
        });
        let columns = of_columns.map(|because| {
            let values: Vec<_> = because
                .values()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_string()))
                .collect();
            (because.key(), words.with_pairs(because.key(), &values))
        });
        for (key, text) in texts.into_iter().chain(columns) {
            assert!(!text.contains(key) && !text.contains('{'), "{key}: {text}");
        }
    }
}
