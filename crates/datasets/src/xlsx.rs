//! A workbook for people who read and sort: the sheets `data`, `codebook` and `notes`.
//!
//! Numbers are numbers and days are days, so that they can be counted; a missing value is its sign, grey and slanted,
//! which no spreadsheet program adds up. Categories stand with their code, as a number where all codes of the column
//! are numbers: the codebook has the words.

use std::io::Write;

use keyline_workbooks::book::{Book, Column, Entry, LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS};

use crate::codebook;
use crate::description::missing::Missing;
use crate::description::variable::{Kind, Variable};
use crate::extent::Extent;
use crate::fault::WriteFault;
use crate::names::Names;
use crate::table::Dataset;
use crate::text::{cut_utf16, told_apart};
use crate::value::{Value, value};

/// Writes the workbook.
///
/// # Errors
/// As [`write`](crate::write), and [`WriteFault::TooMany`] for more rows or columns than a sheet holds.
pub(crate) fn write(dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let extent = Extent::of(dataset)?;
    let most_rows = u64::from(MOST_ROWS) - 1;
    if extent.rows > most_rows {
        return Err(too_many("rows", most_rows));
    }
    if dataset.variables.len() > usize::from(MOST_COLUMNS) {
        return Err(too_many("columns", u64::from(MOST_COLUMNS)));
    }
    let mut book = Book::new()?;
    let cut = data_sheet(&mut book, dataset)?;
    codebook_sheet(&mut book, dataset, &extent)?;
    notes_sheet(&mut book, dataset, cut)?;
    out.write_all(&book.finish()?)?;
    out.flush()?;
    Ok(())
}

fn too_many(what: &'static str, limit: u64) -> WriteFault {
    WriteFault::TooMany { format: "an Excel workbook", what, limit }
}

/// Returns how many texts were cut.
fn data_sheet(book: &mut Book, dataset: &Dataset<'_>) -> Result<u64, WriteFault> {
    let names = Names::of(&dataset.variables).plain;
    let columns: Vec<Column> = dataset
        .variables
        .iter()
        .zip(names)
        .map(|(variable, name)| Column { width: width(variable, &name), name: cell_text(&name) })
        .collect();
    let mut sheet = book.sheet("data", &columns)?;
    let mut texts_cut = 0;
    let mut texts: Vec<String> = vec![String::new(); dataset.variables.len()];
    let numbered: Vec<bool> = dataset.variables.iter().map(has_numbers_for_codes).collect();
    dataset.walk(|number, row| {
        let mut values = Vec::with_capacity(row.len());
        for ((cell, variable), kept) in row.iter().zip(&dataset.variables).zip(&mut texts) {
            let value = value(variable, cell).map_err(|fault| fault.at(number, variable))?;
            let text = match &value {
                Value::Text(text) => text,
                Value::Category(_, category) => category.code.as_str(),
                _ => "",
            };
            let told = told_apart(text);
            let fitting = cut_utf16(&told, LONGEST_TEXT);
            texts_cut += u64::from(fitting.len() < told.len());
            fitting.as_ref().clone_into(kept);
            values.push(value);
        }
        let columns = values.iter().zip(&texts).zip(&numbered);
        sheet.row(columns.map(|((value, text), numbered)| match value {
            Value::Text(_) | Value::Category(..) if !numbered => Entry::Text(text),
            Value::Missing(missing) => Entry::Sign(missing.sign()),
            Value::Date(date) => Entry::Day { year: date.year(), month: date.month(), day: date.day() },
            number => number.number().map_or(Entry::Text(""), Entry::Number),
        }))?;
        Ok(())
    })?;
    sheet.add();
    Ok(texts_cut)
}

fn has_numbers_for_codes(variable: &Variable) -> bool {
    let categories = variable.categories();
    !categories.is_empty() && categories.iter().all(|category| category.code == category.number.to_string())
}

fn width(variable: &Variable, name: &str) -> usize {
    let content = match &variable.kind {
        Kind::Text => 50,
        Kind::Category { categories, .. } => {
            categories.iter().map(|category| category.code.chars().count()).max().unwrap_or(0) + 2
        }
        Kind::Chosen { .. } | Kind::Whole | Kind::Decimal { .. } | Kind::Date => 12,
    };
    (name.chars().count() + 2).clamp(content.min(50), 50)
}

fn codebook_sheet(book: &mut Book, dataset: &Dataset<'_>, extent: &Extent) -> Result<(), WriteFault> {
    let widths = [22, 22, 40, 18, 50, 30, 16, 12, 40, 16];
    let columns: Vec<Column> = codebook::HEADER
        .iter()
        .zip(widths)
        .map(|(name, width)| Column { name: (*name).to_owned(), width })
        .collect();
    let mut sheet = book.sheet("codebook", &columns)?;
    for line in codebook::lines(dataset, extent) {
        let texts = line.each_ref().map(|text| cut_utf16(text, LONGEST_TEXT));
        // A code is the text that stands in the sheet of data; what stands for it in SPSS may be a number.
        sheet.row(texts.iter().enumerate().map(|(column, text)| match text.parse() {
            Ok(number) if column == 7 => Entry::Number(number),
            _ => Entry::Text(text),
        }))?;
    }
    sheet.add();
    Ok(())
}

fn notes_sheet(book: &mut Book, dataset: &Dataset<'_>, cut: u64) -> Result<(), WriteFault> {
    let about = &dataset.about;
    let columns = [("about", 16), ("text", 100)].map(|(name, width)| Column { name: name.to_owned(), width });
    let mut lines = vec![("title", about.title.clone()), ("description", about.description.clone())];
    if let Some(day) = about.made_on {
        lines.push(("made on", day.to_string()));
    }
    if let Some(publisher) = &about.publisher {
        lines.push(("publisher", publisher.clone()));
    }
    if let Some(licence) = &about.licence {
        let address = licence.address.as_deref().map_or(String::new(), |address| format!(", {address}"));
        lines.push(("licence", format!("{} ({}){address}", licence.title, licence.name)));
    }
    for source in &about.sources {
        let address = source.address.as_deref().map_or(String::new(), |address| format!(", {address}"));
        lines.push(("source", format!("{}{address}", source.title)));
    }
    lines.extend(about.notes.iter().map(|note| ("note", note.clone())));
    for missing in Missing::ALL {
        if dataset.variables.iter().any(|variable| variable.missing.contains(&missing)) {
            lines.push(("sign", format!("{} {}", missing.sign(), about.words.of(missing))));
        }
    }
    if cut > 0 {
        let limit = "Longer than an Excel cell (32,767 characters) and cut, with the mark […]";
        lines.push(("note", format!("{limit}: {cut}. The CSV has them whole.")));
    }
    let mut sheet = book.sheet("notes", &columns)?;
    for (what, text) in &lines {
        sheet.row([Entry::Text(what), Entry::Text(&cell_text(text))])?;
    }
    sheet.add();
    Ok(())
}

fn cell_text(text: &str) -> String {
    cut_utf16(&crate::text::clean(text), LONGEST_TEXT).into_owned()
}
