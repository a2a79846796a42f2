//! The instruments of a programme: the questions are read by `keyline-forms`, which knows nothing of
//! inspections; here they are tied to a step and to the indicators and lines of enquiry they speak to.

use std::collections::BTreeMap;

use keyline_forms::Instrument;

use super::checks::Known;
use super::collecting::{InstrumentRef, InstrumentRole};
use super::problems::{Problems, line_at};
use super::reading::{Document, Section, Seen};
use super::sourced::Sources;
use super::timeline::StepTiming;

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
            let file = format!("instruments/{key}.toml");
            let Some(text) = files.get(&file) else {
                entry.fault(format!("{} has no file {file}", entry.name()));
                return None;
            };
            let instrument = questions(&key, &file, text, sources, known, problems)?;
            Some((key, file, instrument))
        });
        entry.close();
        if let (Some((key, file, instrument)), Some(role), Some(step), Some(provenance)) =
            (found, role, step, provenance)
        {
            instruments.push(InstrumentRef { key, file, role, step, instrument, provenance });
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

fn questions(
    key: &str,
    file: &str,
    text: &str,
    sources: &Sources,
    known: &Known<'_>,
    problems: &Problems,
) -> Option<Instrument> {
    let instrument = match Instrument::parse(text) {
        Ok(instrument) => instrument,
        Err(faults) => {
            for fault in faults {
                problems.add(file, fault.line, fault.message);
            }
            return None;
        }
    };
    let line_of = |wanted: &str| line_at(text, text.find(wanted).unwrap_or(0));
    if instrument.key != key {
        let message = format!("key is “{}” but the file is named “{key}.toml”", instrument.key);
        problems.add(file, line_of("key"), message);
    }
    if let Some(why) = sources.refuses(&instrument.source, instrument.confirmed) {
        problems.add(file, line_of("source"), why);
    }
    let document = Document::parse(file, text, problems)?;
    for question in document.root(problems).entries("question") {
        known.indicators(&question, "indicators");
        known.lines(&question, "lines");
    }
    Some(instrument)
}
