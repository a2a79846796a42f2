//! What changes when an inspection goes from one programme version to another.
//!
//! Changing the version of a running inspection is an explicit act; this list is what the person who
//! does it sees first, and what is kept with the record of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::programme::Programme;
use super::timeline::StepTiming;

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// The framework is another one; grades of the two are never compared.
    Framework {
        /// Key before.
        from: String,
        /// Key after.
        to: String,
    },
    /// The length of the plan in counted weeks.
    Weeks {
        /// Before.
        from: u16,
        /// After.
        to: u16,
    },
    /// Something that only the newer version has.
    Added {
        /// What kind of thing.
        part: Part,
        /// Its key or number.
        key: String,
        /// Its title in the newer version.
        title: String,
    },
    /// Something that only the older version has.
    Removed {
        /// What kind of thing.
        part: Part,
        /// Its key or number.
        key: String,
        /// Its title in the older version.
        title: String,
    },
    /// A step that happens at another time.
    StepMoved {
        /// Key of the step.
        key: String,
        /// Title in the newer version.
        title: String,
        /// When before.
        from: StepTiming,
        /// When after.
        to: StepTiming,
    },
    /// Something that both versions have, with another wording or another rule.
    Reworded {
        /// What kind of thing.
        part: Part,
        /// Its key or number.
        key: String,
        /// Before.
        from: String,
        /// After.
        to: String,
    },
}

/// The kinds of thing that versions are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A single statement such as remit, population or retrospective window.
    Statement,
    /// An evaluated indicator.
    Indicator,
    /// A line of enquiry.
    LineOfEnquiry,
    /// A step of the plan.
    Step,
    /// A scrutiny body.
    ScrutinyBody,
    /// A column of the pre-inspection return.
    ReturnColumn,
    /// A requested document.
    DocumentRequest,
    /// A kind of session.
    SessionKind,
    /// A survey, reading tool or guide.
    Instrument,
    /// A question of an instrument; its key is `<instrument>/<question>`.
    Question,
    /// A section of the report.
    ReportSection,
    /// A rights lens.
    Lens,
}

/// Keys with title and the wording that is compared.
type Entries = Vec<(String, String, String)>;

/// Every difference between two versions, statements first and then list by list.
pub fn changes(from: &Programme, to: &Programme) -> Vec<Change> {
    let mut found = Vec::new();
    if from.framework != to.framework {
        found.push(Change::Framework { from: from.framework.clone(), to: to.framework.clone() });
    }
    if from.timeline.weeks != to.timeline.weeks {
        found.push(Change::Weeks { from: from.timeline.weeks, to: to.timeline.weeks });
    }
    for (part, entries) in PARTS {
        compare(*part, &entries(from), &entries(to), &mut found);
    }
    let timing: BTreeMap<&str, StepTiming> =
        from.timeline.steps.iter().map(|step| (step.key.as_str(), step.timing)).collect();
    for step in &to.timeline.steps {
        if let Some(before) = timing.get(step.key.as_str()).filter(|before| **before != step.timing) {
            found.push(Change::StepMoved {
                key: step.key.clone(),
                title: step.title.clone(),
                from: *before,
                to: step.timing,
            });
        }
    }
    found
}

const PARTS: &[(Part, fn(&Programme) -> Entries)] = &[
    (Part::Statement, statements),
    (Part::Indicator, |programme| {
        let numbers = programme.evaluated_indicators.iter().map(|indicator| &indicator.value);
        numbers.map(|number| (number.clone(), number.clone(), String::new())).collect()
    }),
    (Part::LineOfEnquiry, |programme| {
        let lines = programme.lines_of_enquiry.iter();
        lines.map(|line| (line.key.clone(), line.title.clone(), line.text.clone())).collect()
    }),
    (Part::Step, |programme| {
        let steps = programme.timeline.steps.iter();
        steps.map(|step| (step.key.clone(), step.title.clone(), step.title.clone())).collect()
    }),
    (Part::ScrutinyBody, |programme| {
        let bodies = programme.scrutiny_bodies.iter();
        bodies.map(|body| (body.key.clone(), body.name.clone(), body.name.clone())).collect()
    }),
    (Part::ReturnColumn, |programme| {
        let columns = programme.pre_inspection_return.columns.iter();
        columns.map(|column| (column.key.clone(), column.title.clone(), column.meaning.clone())).collect()
    }),
    (Part::DocumentRequest, |programme| {
        let requests = programme.document_requests.iter();
        requests
            .map(|request| (request.key.clone(), request.title.clone(), request.purpose.clone()))
            .collect()
    }),
    (Part::SessionKind, |programme| {
        let kinds = programme.session_kinds.iter();
        kinds.map(|kind| (kind.key.clone(), kind.title.clone(), kind.purpose.clone())).collect()
    }),
    (Part::Instrument, |programme| {
        let instruments = programme.instruments.iter();
        instruments
            .map(|one| (one.key.clone(), one.instrument.title.clone(), one.instrument.title.clone()))
            .collect()
    }),
    (Part::Question, |programme| {
        let instruments = programme.instruments.iter();
        instruments
            .flat_map(|one| {
                one.instrument.questions.iter().map(|question| {
                    let key = format!("{}/{}", one.key, question.key);
                    (key, question.label.clone(), asked(question))
                })
            })
            .collect()
    }),
    (Part::ReportSection, |programme| {
        let sections = programme.report.sections.iter();
        sections.map(|section| (section.key.clone(), section.title.clone(), section.title.clone())).collect()
    }),
    (Part::Lens, |programme| {
        let lenses = programme.lenses.iter();
        lenses.map(|lens| (lens.value.clone(), lens.value.clone(), String::new())).collect()
    }),
];

/// A question with everything that gives another meaning to its answers.
fn asked(question: &keyline_forms::Question) -> String {
    let choices: Vec<&str> = question.choices.iter().map(|choice| choice.label.as_str()).collect();
    let tags: Vec<&str> = question.indicators.iter().chain(&question.lines).map(String::as_str).collect();
    format!("{} [{}] ({})", question.label, choices.join(" / "), tags.join(", "))
}

fn statements(programme: &Programme) -> Entries {
    let one = |key: &str, text: String| (key.to_owned(), key.to_owned(), text);
    vec![
        one("title", programme.title.value.clone()),
        one("remit", programme.remit.value.clone()),
        one("legal-basis", programme.legal_basis.value.clone()),
        one("population", programme.population.value.text.clone()),
        one("retrospective-window", programme.retrospective_years.value.to_string()),
        one("extent", programme.extent.value.clone()),
        one("factual-accuracy", programme.factual_accuracy_working_days.value.to_string()),
        one("action-plan", programme.action_plan_weeks.value.to_string()),
    ]
}

fn compare(part: Part, from: &Entries, to: &Entries, found: &mut Vec<Change>) {
    for (key, title, text) in to {
        match from.iter().find(|(before, _, _)| before == key) {
            None => found.push(Change::Added { part, key: key.clone(), title: title.clone() }),
            Some((_, _, before)) if before != text => found.push(Change::Reworded {
                part,
                key: key.clone(),
                from: before.clone(),
                to: text.clone(),
            }),
            Some(_) => {}
        }
    }
    for (key, title, _) in from {
        if !to.iter().any(|(after, _, _)| after == key) {
            found.push(Change::Removed { part, key: key.clone(), title: title.clone() });
        }
    }
}
