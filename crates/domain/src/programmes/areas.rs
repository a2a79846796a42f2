//! Council areas and their school holidays, as written in `areas/`.

use jiff::civil::Date;
use serde::Serialize;

use super::problems::Problems;
use super::reading::{Document, Seen};
use super::sourced::{Provenance, SourceNote, Sourced, Sources};
use crate::inspections::calendar::DateRange;

/// One council area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Council {
    /// Stable key, for example `east-lothian`.
    pub key: String,
    /// Name of the council area.
    pub name: String,
    /// Code of the Government Statistical Service; a fictional area has none.
    pub gss: Option<String>,
    /// Code before the last change of boundary, where there was one.
    pub predecessor_gss: Option<String>,
    /// Name of the community planning partnership.
    pub partnership: Sourced<String>,
    /// NHS board of the area.
    pub health_board: Sourced<String>,
    /// True for areas made up for demonstrations and tests.
    pub fictional: bool,
    /// Where name and code come from.
    pub provenance: Provenance,
}

/// The school holidays of one council.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchoolHolidays {
    /// Key of the council.
    pub council: String,
    /// What an officer should know about this list.
    pub note: String,
    /// The holidays in order; empty until somebody has filled them in.
    pub holidays: Vec<SchoolHoliday>,
}

/// One school holiday, both days included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchoolHoliday {
    /// What it is called.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Where this comes from.
    pub provenance: Provenance,
}

impl SchoolHolidays {
    /// The holidays as the calendar of a plan takes them.
    pub fn ranges(&self) -> Vec<DateRange> {
        let range = |holiday: &SchoolHoliday| DateRange::new(holiday.from, holiday.to).ok();
        self.holidays.iter().filter_map(range).collect()
    }

    /// Whether schools are closed on this day.
    pub fn holds(&self, day: Date) -> bool {
        self.holidays.iter().any(|holiday| (holiday.from..=holiday.to).contains(&day))
    }
}

/// Reads `areas/councils.toml`.
pub(super) fn read_councils(path: &str, text: &str, problems: &Problems) -> (Vec<Council>, Vec<SourceNote>) {
    let Some(document) = Document::parse(path, text, problems) else { return (Vec::new(), Vec::new()) };
    let root = document.root(problems);
    let sources = Sources::read(&root);
    let (mut seen, mut seen_codes) = (Seen::default(), Seen::default());
    let mut councils = Vec::new();
    for entry in root.some_entries("council") {
        let key = entry.key(&mut seen);
        let name = entry.text("name");
        let fictional = entry.optional_flag("fictional");
        let gss = entry.optional_text("gss").and_then(|gss| entry.once(gss, "gss", &mut seen_codes));
        if gss.is_none() && !fictional && !entry.has("gss") {
            entry.fault(format!("{} has no gss code and is not marked as fictional", entry.name()));
        }
        let predecessor_gss = entry.optional_text("predecessor-gss");
        let partnership = sources.with(&entry, "partnership", |table| table.text("name"));
        let health_board = sources.with(&entry, "health-board", |table| table.text("name"));
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(name), Some(partnership), Some(health_board), Some(provenance)) =
            (key, name, partnership, health_board, provenance)
        {
            councils.push(Council {
                key,
                name,
                gss,
                predecessor_gss,
                partnership,
                health_board,
                fictional,
                provenance,
            });
        }
    }
    root.close();
    (councils, sources.into_notes())
}

/// Reads one file of `areas/school-holidays/`, named after the council.
pub(super) fn read_school_holidays(
    key: &str,
    path: &str,
    text: &str,
    problems: &Problems,
) -> Option<SchoolHolidays> {
    let document = Document::parse(path, text, problems)?;
    let root = document.root(problems);
    let sources = Sources::read(&root);
    let council = root.text("council");
    if let Some(other) = council.as_ref().filter(|council| *council != key) {
        root.fault_at("council", format!("council is “{other}” but the file is named “{key}.toml”"));
    }
    let note = root.optional_text("note").unwrap_or_default();
    let mut holidays: Vec<SchoolHoliday> = Vec::new();
    for entry in root.entries("holiday") {
        let name = entry.text("name");
        let (from, to) = (entry.date("from"), entry.date("to"));
        let provenance = sources.provenance(&entry);
        if let (Some(from), Some(to)) = (from, to) {
            if to < from {
                entry.fault_at("to", format!("{} ends on {to}, before it starts on {from}", entry.name()));
            }
            if let Some(before) = holidays.last().filter(|before| from <= before.to) {
                entry.fault_at(
                    "from",
                    format!("{} starts on {from}, before “{}” has ended", entry.name(), before.name),
                );
            }
        }
        entry.close();
        if let (Some(name), Some(from), Some(to), Some(provenance)) = (name, from, to, provenance) {
            holidays.push(SchoolHoliday { name, from, to, provenance });
        }
    }
    root.close();
    Some(SchoolHolidays { council: council?, note, holidays })
}
