//! Reads `timeline.toml` into a [`TimelineTemplate`] and checks that the plan can happen.

use std::collections::BTreeMap;

use super::reading::{Section, Seen};
use super::sourced::{Provenance, Sourced, Sources};
use super::timeline::{Phase, StepTemplate, StepTiming, TimelineTemplate};

/// A timeline with the source of its length and of each step.
pub(super) struct TimelineRead {
    pub(super) template: TimelineTemplate,
    pub(super) length: Provenance,
    pub(super) disposal: Option<Sourced<u16>>,
    pub(super) steps: BTreeMap<String, Provenance>,
    /// Every step that was named, so that a faulty one is not called unknown elsewhere as well.
    pub(super) named: BTreeMap<String, Option<StepTiming>>,
}

const WEEKDAYS: &[(&str, u8)] =
    &[("monday", 1), ("tuesday", 2), ("wednesday", 3), ("thursday", 4), ("friday", 5)];

/// Who can act in a step.
const PARTIES: &[&str] = &["team", "partnership", "staff", "children", "parents", "panel", "public"];

/// Reads the file; the result is `None` when its length is missing.
pub(super) fn read(root: &Section<'_>, sources: &Sources) -> Option<TimelineRead> {
    let length = sources.with(root, "length", |table| table.whole("weeks"));
    let weeks = length.as_ref().map_or(u16::MAX, |length| length.value);
    if weeks == 0 {
        root.fault_at("length", "a plan of 0 weeks has no room for a step");
    }
    let weekday = sources.with(root, "weekday", |table| table.word("default", WEEKDAYS));
    let weekday = weekday.map_or(5, |weekday| weekday.value);
    let disposal =
        root.has("disposal").then(|| sources.with(root, "disposal", |table| table.whole("days"))).flatten();
    if disposal.as_ref().is_some_and(|days| days.value == 0) {
        root.fault_at(
            "disposal",
            "material destroyed on the day of publication is destroyed before anybody can ask",
        );
    }
    let phases = read_phases(root, sources, weeks);
    let mut seen = Seen::default();
    let mut template = TimelineTemplate { weeks, phases, steps: Vec::new() };
    let (mut steps, mut named) = (BTreeMap::new(), BTreeMap::new());
    for entry in root.some_entries("step") {
        if let Some((step, provenance)) = read_step(&entry, sources, &template, weekday, &mut seen) {
            named.insert(step.key.clone(), Some(step.timing));
            steps.insert(step.key.clone(), provenance);
            template.steps.push(step);
        }
        entry.close();
    }
    for key in seen.keys() {
        named.entry(key.to_owned()).or_insert(None);
    }
    for needed in ["notification", "publication"] {
        if !template.steps.is_empty() && !seen.holds(needed) {
            root.fault(format!("there is no step “{needed}”: every plan begins and ends with one"));
        }
    }
    Some(TimelineRead { template, length: length?.provenance, disposal, steps, named })
}

fn read_phases(root: &Section<'_>, sources: &Sources, weeks: u16) -> Vec<Phase> {
    let mut seen = Seen::default();
    let mut phases: Vec<Phase> = Vec::new();
    for entry in root.some_entries("phase") {
        let key = entry.key(&mut seen);
        let title = entry.text("title");
        let (from_week, to_week) = (entry.whole("from-week"), entry.whole("to-week"));
        let provenance = sources.provenance(&entry);
        if let (Some(from), Some(to)) = (from_week, to_week) {
            check_range(&entry, from, to, weeks);
            if let Some(before) = phases.last().filter(|before| from <= before.to_week) {
                entry.fault_at(
                    "from-week",
                    format!(
                        "{} begins in week {from}, before phase “{}” has ended",
                        entry.name(),
                        before.key
                    ),
                );
            }
        }
        entry.close();
        if let (Some(key), Some(title), Some(from_week), Some(to_week), Some(_)) =
            (key, title, from_week, to_week, provenance)
        {
            phases.push(Phase { key, title, from_week, to_week });
        }
    }
    phases
}

/// Names what is wrong with a stretch of weeks; true when nothing is.
fn check_range(entry: &Section<'_>, from: u16, to: u16, weeks: u16) -> bool {
    if from == 0 {
        entry.fault_at(
            "from-week",
            format!("{} begins in week 0; the week of notification is week 1", entry.name()),
        );
    }
    if to < from {
        entry.fault_at(
            "to-week",
            format!("{} ends before it starts: it begins in week {from} and ends in week {to}", entry.name()),
        );
    }
    if to > weeks {
        entry.fault_at(
            "to-week",
            format!(
                "{} lies outside the plan: it ends in week {to}, and the plan has {weeks} weeks",
                entry.name()
            ),
        );
    }
    (1..=to).contains(&from) && to <= weeks
}

fn read_step(
    entry: &Section<'_>,
    sources: &Sources,
    template: &TimelineTemplate,
    weekday: u8,
    seen: &mut Seen,
) -> Option<(StepTemplate, Provenance)> {
    let key = entry.key(seen);
    let title = entry.text("title");
    let phase = entry.text("phase");
    let timing = read_timing(entry, template.weeks, weekday);
    let phase = phase.and_then(|phase| {
        let Some(found) = template.phases.iter().find(|known| known.key == phase) else {
            entry.fault_at("phase", format!("unknown phase “{phase}”"));
            return None;
        };
        if let Some((timing, true)) = timing {
            check_phase(entry, timing, found);
        }
        Some(phase)
    });
    let parties = entry.some_texts("parties");
    for party in parties.iter().filter(|party| !PARTIES.contains(&party.as_str())) {
        let known = super::sourced::list(PARTIES);
        entry.fault_at("parties", format!("unknown party “{party}”; known are: {known}"));
    }
    let note = entry.optional_text("note").unwrap_or_default();
    let provenance = sources.provenance(entry);
    Some((
        StepTemplate { key: key?, title: title?, phase: phase?, timing: timing?.0, parties, note },
        provenance?,
    ))
}

/// Takes `week` (one day), `from-week` with `to-week` (a window) or `after-week` (after the plan); also says
/// whether the weeks lie in the plan, so that one slip is not named twice.
fn read_timing(entry: &Section<'_>, weeks: u16, weekday: u8) -> Option<(StepTiming, bool)> {
    let week = entry.optional_whole("week");
    let from = entry.optional_whole("from-week");
    let to = entry.optional_whole("to-week");
    let after = entry.optional_whole("after-week");
    let day = if entry.has("weekday") { entry.word("weekday", WEEKDAYS)? } else { weekday };
    match (week, from, to, after) {
        (Some(week), None, None, None) => {
            let sound = (1..=weeks).contains(&week);
            if !sound {
                entry.fault_at(
                    "week",
                    format!("{} lies outside the plan: week {week} of {weeks}", entry.name()),
                );
            }
            Some((StepTiming::Day { week, weekday: day }, sound))
        }
        (None, Some(from_week), Some(to_week), None) => {
            let sound = check_range(entry, from_week, to_week, weeks);
            if entry.has("weekday") {
                entry.fault_at("weekday", "a window runs from Monday to Friday and takes no weekday");
            }
            Some((StepTiming::Window { from_week, to_week }, sound))
        }
        (None, None, None, Some(week)) => {
            if week != weeks {
                entry.fault_at(
                    "after-week",
                    format!("after-week is {week}, but a step after the plan follows its last week, {weeks}"),
                );
            }
            Some((StepTiming::After { week }, true))
        }
        _ => {
            entry.fault(format!(
                "{} needs either week, or from-week and to-week, or after-week, and only one of these",
                entry.name()
            ));
            None
        }
    }
}

/// A step has to touch its phase. It may reach beyond it: the source lists surveys that open in week 4
/// under the phase that begins in week 5.
fn check_phase(entry: &Section<'_>, timing: StepTiming, phase: &Phase) {
    let (property, from, to) = match timing {
        StepTiming::Day { week, .. } => ("week", week, week),
        StepTiming::Window { from_week, to_week } => ("from-week", from_week, to_week),
        StepTiming::After { .. } => return,
    };
    if to < phase.from_week || from > phase.to_week {
        entry.fault_at(
            property,
            format!(
                "{} is not in its phase “{}”, which runs from week {} to week {}",
                entry.name(),
                phase.key,
                phase.from_week,
                phase.to_week
            ),
        );
    }
}
