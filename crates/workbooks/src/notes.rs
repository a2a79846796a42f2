//! Notes and comments at cells, and on which sheet they stand.
//!
//! A note lies in a part of its own (`xl/comments1.xml`, or `xl/threadedComments/…` of newer programs). Which sheet it
//! belongs to is said by the sheet's relations: workbook → sheet (`xl/_rels/workbook.xml.rels`), sheet → notes
//! (`xl/worksheets/_rels/sheet1.xml.rels`); ECMA-376 part 2, 6.5.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::limits::Limits;
use crate::refusal::Refusal;

/// A note or comment at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Which sheet of [`Whole::sheets`](crate::Whole::sheets) it stands on, from 0; none when the file does not say so.
    pub sheet: Option<usize>,
    /// The cell, for example `C7`; blank when the file names none. Whatever else a file writes there is not said again.
    pub cell: String,
    /// What it says.
    pub text: String,
}

/// All notes of a workbook with these sheets. The zip has been looked at before.
pub(crate) fn read(bytes: &[u8], sheets: &[String], limits: &Limits) -> Result<Vec<Note>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Unreadable)?;
    let (mut parts, mut names) = (HashMap::new(), Vec::new());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| Refusal::Unreadable)?;
        let name = entry.name().map_err(|_| Refusal::Unreadable)?.to_ascii_lowercase().replace('\\', "/");
        let wanted = is_notes(&name) || name == WORKBOOK || name.starts_with("xl/") && is_relations(&name);
        if wanted {
            let mut xml = String::new();
            entry.read_to_string(&mut xml).map_err(|_| Refusal::Unreadable)?;
            names.push(name.clone());
            parts.insert(name, xml);
        }
    }
    let belongs = sheets_of_notes(&parts, sheets)?;
    let mut notes = Vec::new();
    for name in names.iter().filter(|name| is_notes(name)) {
        read_notes(&parts[name], belongs.get(name).copied(), limits, &mut notes)?;
    }
    Ok(notes)
}

const WORKBOOK: &str = "xl/workbook.xml";

fn has_ending(name: &str, wanted: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == wanted)
}

fn is_notes(name: &str) -> bool {
    (name.starts_with("xl/comments") || name.starts_with("xl/threadedcomments/")) && has_ending(name, "xml")
}

fn is_relations(name: &str) -> bool {
    name.contains("/_rels/") && has_ending(name, "rels")
}

/// The part with the notes, and the sheet on which they stand.
fn sheets_of_notes(
    parts: &HashMap<String, String>,
    sheets: &[String],
) -> Result<HashMap<String, usize>, Refusal> {
    let mut belongs = HashMap::new();
    let mut by_relation = HashMap::new();
    each(parts.get(WORKBOOK), "sheet", |tag| {
        if let (Some(id), Some(name)) = (attribute(tag, "id"), attribute(tag, "name"))
            && let Some(at) = sheets.iter().position(|sheet| *sheet == name)
        {
            by_relation.insert(id, at);
        }
    })?;
    for (id, part) in relations(parts, WORKBOOK)? {
        let Some(at) = by_relation.get(&id) else { continue };
        belongs.extend(relations(parts, &part)?.into_iter().map(|(_, notes)| (notes, *at)));
    }
    Ok(belongs)
}

/// Where the relations of a part lead: their ids, and the parts (lower case, from the root).
fn relations(parts: &HashMap<String, String>, of: &str) -> Result<Vec<(String, String)>, Refusal> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let mut found = Vec::new();
    each(parts.get(&format!("{folder}/_rels/{name}.rels")), "Relationship", |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            found.push((id, from_root(folder, &target.to_ascii_lowercase())));
        }
    })?;
    Ok(found)
}

/// A path as a relation writes it: from the root (`/xl/comments1.xml`) or from the folder (`../comments1.xml`).
fn from_root(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Each element of that name in a part; of a part that is not there, none.
fn each(xml: Option<&String>, name: &str, mut take: impl FnMut(&BytesStart<'_>)) -> Result<(), Refusal> {
    let Some(xml) = xml else { return Ok(()) };
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|_| Refusal::Unreadable)? {
            Event::Eof => return Ok(()),
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == name => take(&tag),
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    quick_xml::escape::unescape(attribute.value.as_ref()).ok().map(Cow::into_owned)
}

fn read_notes(
    xml: &str,
    sheet: Option<usize>,
    limits: &Limits,
    notes: &mut Vec<Note>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut open: Option<Note> = None;
    loop {
        match reader.read_event().map_err(|_| Refusal::Unreadable)? {
            Event::Eof => return Ok(()),
            Event::Start(tag) if is_note(tag.local_name().as_ref()) => {
                let cell = attribute(&tag, "ref").filter(|cell| is_cell(cell)).unwrap_or_default();
                open = Some(Note { sheet, cell, text: String::new() });
            }
            Event::End(tag) if is_note(tag.local_name().as_ref()) => {
                if notes.len() >= limits.rows {
                    return Err(Refusal::TooManyRows { limit: limits.rows });
                }
                notes.extend(open.take());
            }
            Event::Text(text) => say(&mut open, &text),
            Event::CData(text) => say(&mut open, &text),
            Event::GeneralRef(named) => match named.resolve_char_ref().map_err(|_| Refusal::Unreadable)? {
                Some(letter) => say(&mut open, letter.encode_utf8(&mut [0; 4])),
                None => say(&mut open, resolve_predefined_entity(&named).unwrap_or_default()),
            },
            _ => {}
        }
    }
}

fn say(open: &mut Option<Note>, text: &str) {
    if let Some(note) = open {
        note.text.push_str(text);
    }
}

/// Whether a place is written as `C7`: letters, then digits, no more of them than a sheet has columns and rows.
fn is_cell(place: &str) -> bool {
    let row = place.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let (letters, digits) = (place.len() - row.len(), row.len());
    (1..=3).contains(&letters) && (1..=7).contains(&digits) && row.bytes().all(|b| b.is_ascii_digit())
}

fn is_note(name: &str) -> bool {
    matches!(name, "comment" | "threadedComment")
}

#[cfg(test)]
mod tests {
    use super::{from_root, is_cell};

    #[test]
    fn a_place_is_a_cell_and_nothing_else() {
        assert!(["A1", "C7", "XFD1048576"].into_iter().all(is_cell));
        assert!(["", "A", "1", "Ann Lee", "a1", "A1:B2", "ABCD1", "A0101110014"].iter().all(|p| !is_cell(p)));
    }

    #[test]
    fn relations_lead_from_the_folder_or_from_the_root() {
        let table = [
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl/worksheets", "/xl/comments2.xml", "xl/comments2.xml"),
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "./worksheets//sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../../../../odd.xml", "odd.xml"),
        ];
        for (folder, target, path) in table {
            assert_eq!(from_root(folder, target), path, "{folder} {target}");
        }
    }
}
