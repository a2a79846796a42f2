//! The instruments of a programme: XLSForm workbooks, read by `keyline-forms`, which knows nothing of inspections; here
//! they are tied to a step, to an audience, and question by question to the indicators and lines of enquiry they serve.
//!
//! `instruments/<key>.csv` holds the questions in English; `instruments/<key>.<language>.csv` the same texts in another
//! language, by the names of questions and choices. How to write one: `docs/writing-an-instrument.md`.

use std::collections::{BTreeMap, BTreeSet};

use keyline_forms::answering::{Compiled, choices_elsewhere};
use keyline_forms::form::{Fault, Form, Item};
use keyline_forms::reading::{Options, read as read_form};
use keyline_forms::workbook::{FileType, Workbook, join_translation};

use super::checks::Known;
use super::collecting::{InstrumentRef, InstrumentRole};
use super::problems::Problems;
use super::reading::{Section, Seen};
use super::sourced::Sources;
use super::timeline::StepTiming;
use crate::records::tool::{HEALTH, without_health};

/// Columns of the sheet `survey` that are ours: what a question serves, the symbol beside it, which part of a record it
/// reads.
pub const OWN_COLUMNS: [&str; 4] = ["indicators", "lines_of_enquiry", "symbol", "part"];

/// The setting in which the tags of unreviewed translations stand, with blanks between them.
pub(super) const UNREVIEWED: &str = "unreviewed";

/// Reads the `[[instrument]]` entries of `programme.toml` and the files they name.
pub(super) fn read(
    root: &Section<'_>,
    sources: &Sources,
    known: &Known<'_>,
    files: &BTreeMap<String, String>,
    problems: &Problems,
) -> Vec<InstrumentRef> {
    let mut seen = Seen::default();
    let mut instruments = Vec::new();
    for entry in root.entries("instrument") {
        let key = entry.key(&mut seen);
        let role = entry.word(
            "role",
            &[
                ("survey", InstrumentRole::Survey),
                ("record-reading", InstrumentRole::RecordReading),
                ("session", InstrumentRole::Session),
            ],
        );
        let step = known.step(&entry, "step");
        if let (Some(InstrumentRole::Survey), Some(step)) = (role, &step) {
            check_window(&entry, known, step);
        }
        let provenance = sources.provenance(&entry);
        let found = key.and_then(|key| {
            let file = format!("instruments/{key}.csv");
            if !files.contains_key(&file) {
                entry.fault(format!("{} has no file {file}", entry.name()));
                return None;
            }
            let form = questions(&key, &file, files, sources, known, problems)?;
            Some((key, file, form))
        });
        entry.close();
        if let (Some((key, file, form)), Some(role), Some(step), Some(provenance)) =
            (found, role, step, provenance)
        {
            if role == InstrumentRole::RecordReading {
                check_tool(&file, &files[&file], &form, problems);
            }
            instruments.push(InstrumentRef { key, file, role, step, form, provenance });
        }
    }
    instruments
}

/// A survey is open for the window of its step, so the step has to be one.
fn check_window(entry: &Section<'_>, known: &Known<'_>, step: &str) {
    let timing = known.steps.as_ref().and_then(|steps| *steps.get(step)?);
    if timing.is_some_and(|timing| !matches!(timing, StepTiming::Window { .. })) {
        entry.fault_at("step", format!("a survey needs a step with a window, but “{step}” has none"));
    }
}

/// What the reading tool may not have: readings are compared by the names of its questions, so that each name has to be
/// there once, and once for each record.
fn check_tool(file: &str, text: &str, form: &Form, problems: &Problems) {
    let mut names = BTreeSet::new();
    for item in form.walk() {
        match item {
            Item::Repeat(repeat) => {
                let line = line_of(text, &repeat.group.place.sheet, repeat.group.place.row);
                problems.add(
                    file,
                    line,
                    format!("“{}” is a repeat: a record is read once", repeat.group.name),
                );
            }
            Item::Question(question) if !names.insert(&question.name) => {
                let line = line_of(text, &question.place.sheet, question.place.row);
                problems.add(file, line, format!("two questions are named “{}”", question.name));
            }
            Item::Question(_) | Item::Group(_) => {}
        }
    }
    // Who is not entitled to health records is asked the rest, which therefore must not hang on them.
    if let Err(faults) = Compiled::new(&without_health(form)) {
        for fault in faults {
            let line = line_of(text, &fault.sheet, fault.row);
            problems.add(
                file,
                line,
                format!("without the questions of the part “{HEALTH}”: {}", fault.reason),
            );
        }
    }
}

/// Whether a path is a file of the instrument with this key: the workbook, or a translation.
pub(super) fn is_file_of(path: &str, key: &str) -> bool {
    path == format!("instruments/{key}.csv") || language_of(path, key).is_some()
}

fn tell(problems: &Problems, file: &str, text: &str, faults: &[Fault]) {
    for fault in faults {
        let line = line_of(text, &fault.sheet, fault.row);
        let column = if fault.column.is_empty() { String::new() } else { format!("{}: ", fault.column) };
        problems.add(file, line, format!("{column}{}", fault.reason));
    }
}

/// The line of a row: in these files a sheet begins with a line that holds its name alone, and its header follows.
fn line_of(text: &str, sheet: &str, row: u32) -> usize {
    let start = text.lines().position(|line| line.split(',').next().is_some_and(|name| name.trim() == sheet));
    start.map_or(1, |start| start + 1 + usize::try_from(row).unwrap_or(0))
}

fn questions(
    key: &str,
    file: &str,
    files: &BTreeMap<String, String>,
    sources: &Sources,
    known: &Known<'_>,
    problems: &Problems,
) -> Option<Form> {
    let text = files.get(file)?;
    let mut workbook = match Workbook::read(text.as_bytes(), FileType::Csv) {
        Ok(workbook) => workbook,
        Err(fault) => {
            tell(problems, file, text, &[fault]);
            return None;
        }
    };
    let mut unreviewed = Vec::new();
    for (path, translation) in files {
        let Some(language) = language_of(path, key) else { continue };
        match Workbook::read(translation.as_bytes(), FileType::Csv) {
            Ok(mut other) => {
                if !is_reviewed(&other) {
                    unreviewed.push(language.to_owned());
                }
                other.sheets.retain(|sheet| sheet.name != "settings");
                if let Err(faults) = join_translation(&mut workbook, &other) {
                    tell(problems, path, translation, &faults);
                }
            }
            Err(fault) => tell(problems, path, translation, &[fault]),
        }
    }
    let options = Options { root: None, id: Some(key), own_columns: &OWN_COLUMNS };
    let mut form = match read_form(&workbook, &options) {
        Ok(reading) => reading.form,
        Err(faults) => {
            tell(problems, file, text, &faults);
            return None;
        }
    };
    form.settings.insert(UNREVIEWED.to_owned(), unreviewed.join(" "));
    // Reading has checked everything else that pages need.
    tell(problems, file, text, &choices_elsewhere(&form));
    check(key, file, text, &form, sources, known, problems);
    Some(form)
}

/// The language of `instruments/<key>.<language>.csv`.
fn language_of<'p>(path: &'p str, key: &str) -> Option<&'p str> {
    let rest = path.strip_prefix("instruments/")?.strip_prefix(key)?.strip_prefix('.')?;
    rest.strip_suffix(".csv").filter(|language| !language.is_empty() && !language.contains('.'))
}

fn is_reviewed(translation: &Workbook) -> bool {
    translation.sheet("settings").is_some_and(|sheet| {
        let at = sheet.header.iter().position(|name| name == "translation_status");
        at.is_some_and(|at| sheet.rows.iter().any(|row| row.cell(at) == "reviewed"))
    })
}

/// What a programme wants of an instrument beyond being a form.
fn check(
    key: &str,
    file: &str,
    text: &str,
    form: &Form,
    sources: &Sources,
    known: &Known<'_>,
    problems: &Problems,
) {
    let setting = |name: &str| form.settings.get(name).map_or("", String::as_str);
    let settings = line_of(text, "settings", 2);
    if form.id != key {
        let message = format!("form_id is “{}” but the file is named “{key}.csv”", form.id);
        problems.add(file, settings, message);
    }
    for name in ["audience", "source", "confirmed"] {
        if setting(name).is_empty() {
            problems.add(file, settings, format!("the settings need {name}"));
        }
    }
    if let Some(why) = sources.refuses(setting("source"), setting("confirmed") == "yes") {
        problems.add(file, settings, why);
    }
    for name in setting("group_by").split_whitespace().filter(|name| form.question(name).is_none()) {
        problems.add(file, settings, format!("group_by names “{name}”, which is not a question"));
    }
    for question in form.questions() {
        let line = line_of(text, &question.place.sheet, question.place.row);
        let words = |column: &str| {
            let written = question.extra.get(column).map_or("", String::as_str);
            written.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        for number in words("indicators") {
            if known.framework.is_some_and(|framework| framework.indicator(&number).is_none()) {
                let message = format!("unknown indicator “{number}”: the framework has no such number");
                problems.add(file, line, message);
            }
        }
        for line_key in words("lines_of_enquiry") {
            if !known.has_line(&line_key) {
                problems.add(file, line, format!("unknown line of enquiry “{line_key}”"));
            }
        }
    }
}

/// Reads the files of cues, `cues/<language>.toml`.
pub(super) fn cues(files: &BTreeMap<String, String>, problems: &Problems) -> crate::voices::cues::Cues {
    let mut cues = crate::voices::cues::Cues::default();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("cues/")) {
        if let Err(why) = cues.read(text) {
            problems.add(path, 1, why);
        }
    }
    cues
}
