//! All that stands before the rows: header, variables, value labels, documents, extension records.
//!
//! Numbers of record types and subtypes are those of the guide.

use std::io::{self, Write};

use super::layout::{Column, Content, Format, Measure, Segment};
use super::records::{int, put_extension, put_extension_of, put_float, put_int, put_padded};
use crate::description::about::About;
use crate::format::file_stem;
use crate::text::{beginning, clean};

/// What is added to a small whole number to compress it.
pub(super) const BIAS: f64 = 100.0;

/// Bytes of a line of the document record.
const DOCUMENT_LINE: usize = 80;

/// Writes everything up to the first row.
pub(super) fn write(about: &About, columns: &[Column], rows: u32, out: &mut impl Write) -> io::Result<()> {
    let rows = i32::try_from(rows).unwrap_or(i32::MAX);
    header(about, columns, rows, out)?;
    for column in columns {
        variable(column, out)?;
    }
    value_labels(columns, out)?;
    documents(about, columns, out)?;
    machine(out)?;
    put_extension(out, 7, sets(columns).as_bytes())?;
    display(columns, out)?;
    put_extension(out, 13, long_names(columns).as_bytes())?;
    put_extension(out, 14, very_long_texts(columns).as_bytes())?;
    put_extension(out, 18, attributes(columns).as_bytes())?;
    put_extension(out, 20, b"UTF-8")?;
    put_extension(out, 21, &long_value_labels(columns)?)?;
    put_extension(out, 22, &long_missing(columns)?)?;
    let mut count = 1_i64.to_le_bytes().to_vec();
    count.extend(i64::from(rows).to_le_bytes());
    put_extension_of(out, 16, 8, &count)?;
    put_int(out, 999)?;
    put_int(out, 0)
}

fn header(about: &About, columns: &[Column], rows: i32, out: &mut impl Write) -> io::Result<()> {
    let blocks: usize = columns.iter().map(blocks).sum();
    out.write_all(b"$FL2")?;
    put_padded(out, b"@(#) SPSS DATA FILE Keyline", 60)?;
    // Layout, blocks of a row, simple compression, no weights, rows.
    for value in [2, int(blocks), 1, 0, rows] {
        put_int(out, value)?;
    }
    put_float(out, BIAS)?;
    let made = about.made_on.map_or_else(
        || "01 Jan 00".to_owned(),
        |day| {
            const MONTHS: [&str; 12] =
                ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
            let month = usize::try_from(day.month()).ok().and_then(|month| MONTHS.get(month - 1));
            format!("{:02} {} {:02}", day.day(), month.unwrap_or(&"Jan"), day.year().rem_euclid(100))
        },
    );
    put_padded(out, made.as_bytes(), 9)?;
    put_padded(out, b"00:00:00", 8)?;
    put_padded(out, beginning(&one_line(&about.title), 64).as_bytes(), 64)?;
    out.write_all(&[0; 3])
}

fn blocks(column: &Column) -> usize {
    match &column.content {
        Content::Numbers { .. } => 1,
        Content::Texts { segments, .. } => segments.iter().map(Segment::blocks).sum(),
    }
}

fn variable(column: &Column, out: &mut impl Write) -> io::Result<()> {
    match &column.content {
        Content::Numbers { format, missing, .. } => {
            // Three single values at most; four reasons are four numbers in a row, so they are a range.
            let (count, listed) = match missing.as_slice() {
                [first, .., last] if missing.len() > 3 => (-2, vec![*first, *last]),
                single => (int(single.len()), single.to_vec()),
            };
            variable_record(&column.short, 0, &column.label, count, *format, out)?;
            listed.into_iter().try_for_each(|value| put_float(out, value))
        }
        Content::Texts { width, segments, missing } => {
            for (index, segment) in segments.iter().enumerate() {
                let short = *width <= 8;
                let label = if index == 0 { column.label.as_str() } else { "" };
                let count = if short { int(missing.len()) } else { 0 };
                let format = Format::text(segment.width);
                variable_record(&segment.short, int(segment.width), label, count, format, out)?;
                if short {
                    for (sign, _) in missing {
                        put_padded(out, sign.as_bytes(), 8)?;
                    }
                }
                for _ in 1..segment.blocks() {
                    variable_record("", -1, "", 0, Format::text(0), out)?;
                }
            }
            Ok(())
        }
    }
}

fn variable_record(
    name: &str,
    width: i32,
    label: &str,
    missing: i32,
    format: Format,
    out: &mut impl Write,
) -> io::Result<()> {
    let format = if width < 0 { 0 } else { format.packed() };
    for value in [2, width, i32::from(!label.is_empty()), missing, format, format] {
        put_int(out, value)?;
    }
    put_padded(out, name.as_bytes(), 8)?;
    if !label.is_empty() {
        put_int(out, int(label.len()))?;
        put_padded(out, label.as_bytes(), label.len().next_multiple_of(4))?;
    }
    Ok(())
}

/// Labels of numbers and of texts of at most eight bytes: the labels, then to which variable they belong.
fn value_labels(columns: &[Column], out: &mut impl Write) -> io::Result<()> {
    let mut position = 1;
    for column in columns {
        let labels: Vec<([u8; 8], &str)> = match &column.content {
            Content::Numbers { labels, .. } => {
                labels.iter().map(|(number, label)| (number.to_le_bytes(), label.as_str())).collect()
            }
            Content::Texts { width, missing, .. } if *width <= 8 => {
                missing.iter().map(|(sign, label)| (eight(sign), label.as_str())).collect()
            }
            Content::Texts { .. } => Vec::new(),
        };
        if !labels.is_empty() {
            put_int(out, 3)?;
            put_int(out, int(labels.len()))?;
            for (value, label) in labels {
                out.write_all(&value)?;
                out.write_all(&[u8::try_from(label.len()).unwrap_or(0)])?;
                put_padded(out, label.as_bytes(), (label.len() + 1).next_multiple_of(8) - 1)?;
            }
            for value in [4, 1, position] {
                put_int(out, value)?;
            }
        }
        position += int(blocks(column));
    }
    Ok(())
}

/// A sign as eight bytes with spaces behind it.
fn eight(sign: &str) -> [u8; 8] {
    let mut bytes = [b' '; 8];
    for (place, byte) in bytes.iter_mut().zip(sign.bytes()) {
        *place = byte;
    }
    bytes
}

/// Title, description, licence and notes as lines that SPSS and PSPP show with DISPLAY DOCUMENTS.
fn documents(about: &About, columns: &[Column], out: &mut impl Write) -> io::Result<()> {
    let mut texts = vec![format!("{} ({})", about.title, file_stem(&about.name)), about.description.clone()];
    if let Some(licence) = &about.licence {
        let address = licence.address.as_deref().unwrap_or_default();
        texts.push(format!("Licence: {} {address}", licence.title));
    }
    texts.extend(
        about.sources.iter().map(|source| {
            format!("Source: {} {}", source.title, source.address.as_deref().unwrap_or_default())
        }),
    );
    texts.extend(about.notes.iter().map(|note| format!("Note: {note}")));
    texts.extend(columns.iter().filter(|column| column.texts_cut > 0).map(|column| {
        let (count, name) = (column.texts_cut, &column.name);
        format!("Note: {name}: longer than SPSS holds (32,767 bytes) and cut, with the mark […]: {count}.")
    }));
    let lines: Vec<String> = texts.iter().flat_map(|text| lines(text)).collect();
    put_int(out, 6)?;
    put_int(out, int(lines.len()))?;
    lines.iter().try_for_each(|line| put_padded(out, line.as_bytes(), DOCUMENT_LINE))
}

/// A text in lines, broken between words where they are.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for line in clean(text).lines() {
        let mut current = String::new();
        for word in line.split_whitespace() {
            let mut word = word;
            let gap = usize::from(!current.is_empty());
            if current.len() + gap + word.len() > DOCUMENT_LINE && !current.is_empty() {
                lines.push(std::mem::take(&mut current));
            }
            while word.len() > DOCUMENT_LINE {
                let first = beginning(word, DOCUMENT_LINE);
                lines.push(first.to_owned());
                word = &word[first.len()..];
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        if !current.is_empty() {
            lines.push(current);
        }
    }
    lines
}

fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How integers, floats and texts are to be read: little-endian, IEEE, UTF-8 (code page 65001).
fn machine(out: &mut impl Write) -> io::Result<()> {
    let integers: Vec<u8> =
        [1, 0, 0, -1, 1, 1, 2, 65_001].iter().flat_map(|value: &i32| value.to_le_bytes()).collect();
    put_extension_of(out, 3, 4, &integers)?;
    let lowest = f64::MIN.next_up();
    let floats: Vec<u8> = [f64::MIN, f64::MAX, lowest].iter().flat_map(|value| value.to_le_bytes()).collect();
    put_extension_of(out, 4, 8, &floats)
}

/// Measurement level, width and alignment of each variable and segment.
fn display(columns: &[Column], out: &mut impl Write) -> io::Result<()> {
    let mut content = Vec::new();
    let mut put = |measure: Measure, width: i32, alignment: i32| {
        for value in [measure as i32, width, alignment] {
            content.extend(value.to_le_bytes());
        }
    };
    for column in columns {
        match &column.content {
            Content::Numbers { format, .. } => put(column.measure, format.width(), 1),
            Content::Texts { segments, .. } => {
                for segment in segments {
                    put(column.measure, int(segment.width.clamp(8, 40)), 0);
                }
            }
        }
    }
    put_extension_of(out, 11, 4, &content)
}

fn long_names(columns: &[Column]) -> String {
    let pairs: Vec<String> =
        columns.iter().map(|column| format!("{}={}", column.short, column.name)).collect();
    pairs.join("\t")
}

fn very_long_texts(columns: &[Column]) -> String {
    columns
        .iter()
        .filter_map(|column| match &column.content {
            Content::Texts { width, segments, .. } if segments.len() > 1 => {
                Some(format!("{}={width:05}\0\t", column.short))
            }
            _ => None,
        })
        .collect()
}

/// Questions with several answers, of which 1 counts.
fn sets(columns: &[Column]) -> String {
    let mut questions: Vec<(&str, Vec<&Column>)> = Vec::new();
    for column in columns {
        let Some(of) = column.of.as_deref() else { continue };
        match questions.iter_mut().find(|(question, _)| *question == of) {
            Some((_, members)) => members.push(column),
            None => questions.push((of, vec![column])),
        }
    }
    // SPSS knows no set of one.
    questions.retain(|(_, members)| members.len() > 1);
    let names = crate::names::apart_for_spss(questions.iter().map(|(question, _)| *question), 60);
    let sets: Vec<String> = questions
        .iter()
        .zip(names)
        .map(|((question, members), name)| {
            let label = one_line(question);
            let members: Vec<String> = members.iter().map(|column| column.short.to_lowercase()).collect();
            format!("${name}=D1 1 {} {label} {}\n", label.len(), members.join(" "))
        })
        .collect();
    sets.concat()
}

fn attributes(columns: &[Column]) -> String {
    let described: Vec<String> = columns
        .iter()
        .filter(|column| !column.attributes.is_empty())
        .map(|column| {
            let values: Vec<String> =
                column.attributes.iter().map(|(name, text)| format!("{name}('{text}'\n)")).collect();
            format!("{}:{}", column.name, values.concat())
        })
        .collect();
    described.join("/")
}

/// Texts of more than eight bytes with the signs and labels of what is missing.
fn long_texts(columns: &[Column]) -> impl Iterator<Item = (&str, usize, &[(&'static str, String)])> {
    columns.iter().filter_map(|column| match &column.content {
        Content::Texts { width, missing, .. } if *width > 8 && !missing.is_empty() => {
            Some((column.name.as_str(), *width, missing.as_slice()))
        }
        _ => None,
    })
}

fn long_value_labels(columns: &[Column]) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    for (name, width, missing) in long_texts(columns) {
        put_counted(&mut content, name.as_bytes())?;
        put_int(&mut content, int(width))?;
        put_int(&mut content, int(missing.len()))?;
        for (sign, label) in missing {
            put_int(&mut content, int(width))?;
            put_padded(&mut content, sign.as_bytes(), width)?;
            put_counted(&mut content, label.as_bytes())?;
        }
    }
    Ok(content)
}

fn long_missing(columns: &[Column]) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    for (name, _, missing) in long_texts(columns) {
        put_counted(&mut content, name.as_bytes())?;
        content.push(u8::try_from(missing.len()).unwrap_or(0));
        put_int(&mut content, 8)?;
        for (sign, _) in missing {
            content.extend(eight(sign));
        }
    }
    Ok(content)
}

fn put_counted(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    put_int(out, int(bytes.len()))?;
    out.write_all(bytes)
}
