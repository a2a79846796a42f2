//! Reads `concerns.toml`: how long the steps of a concern may take, and how long messages are kept.
//!
//! A programme without the file has the product's own rules ([`Rules::default`]).

use std::collections::BTreeMap;

use jiff::civil::Time;

use super::reading::{Section, Seen};
use super::sourced::Sources;
use crate::concerns::clocks::{Limit, Rules, Step, Triage};

/// Reads the rules. What is left out stays as the product has it.
pub(super) fn read(root: &Section<'_>, sources: &Sources) -> Rules {
    let standard = Rules::default();
    let hours = sources.with(root, "working-hours", |table| Some((hour(table, "from"), hour(table, "to"))));
    let (from, to) = hours.map_or((None, None), |hours| hours.value);
    let (from, to) = (from.unwrap_or(standard.from), to.unwrap_or(standard.to));
    if from >= to {
        root.fault("working hours end before they begin");
    }
    let mut limits: BTreeMap<Step, Limit> = standard.limits.clone();
    let mut seen = Seen::default();
    let steps: Vec<(&str, Step)> = Step::ALL.iter().map(|step| (step.word(), *step)).collect();
    for entry in root.some_entries("clock") {
        let step = entry.word("step", &steps);
        if let Some(step) = step {
            entry.once(step.word().to_owned(), "step", &mut seen);
        }
        let (danger, working) = (entry.whole("danger-minutes"), entry.whole("working-minutes"));
        let provenance = sources.provenance(&entry);
        if danger == Some(0) || working == Some(0) {
            entry.fault("a clock of no minutes has run out before it begins");
        }
        entry.close();
        if let (Some(step), Some(danger_minutes), Some(working_minutes)) = (step, danger, working) {
            limits.insert(step, Limit { danger_minutes, working_minutes, provenance });
        }
    }
    let mut kept_days = standard.kept_days.clone();
    let mut reminder_days = standard.reminder_days;
    let kept = sources.with(root, "messages", |table| {
        for triage in Triage::ALL {
            let days = match triage {
                Triage::Voice => table.whole("voice-days"),
                Triage::Concern => table.whole("concern-days"),
                Triage::Complaint => table.whole("complaint-days"),
                Triage::Nothing => table.whole("nothing-days"),
            };
            kept_days.extend(days.map(|days| (*triage, days)));
        }
        table.whole("reminder-days")
    });
    reminder_days = kept.map_or(reminder_days, |kept| kept.value);
    if kept_days.values().any(|days| *days <= reminder_days) {
        root.fault("a message is deleted before its reminder");
    }
    Rules { from, to, limits, kept_days, reminder_days }
}

fn hour(table: &Section<'_>, key: &'static str) -> Option<Time> {
    let text = table.text(key)?;
    let time = Time::strptime("%H:%M", &text).ok();
    if time.is_none() {
        table.fault_at(key, format!("“{text}” is no time of day such as 09:00"));
    }
    time
}
