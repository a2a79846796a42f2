//! What changes when an inspection goes from one programme version to another.
//!
//! Changing the version of a running inspection is an explicit act; this list is what the person who
//! does it sees first, and what is kept with the record of it.

use std::collections::BTreeMap;

use keyline_forms::form::{Form, Question};
use serde::{Deserialize, Serialize};

use super::collecting::{ColumnKind, ReturnColumn};
use super::programme::{PopulationRule, Programme};
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
    /// Somebody to whom the notification letter goes.
    Addressee,
    /// A principle.
    Principle,
    /// A column of the pre-inspection return.
    ReturnColumn,
    /// A requested document.
    DocumentRequest,
    /// A question of the position statement.
    StatementQuestion,
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
    /// A letter or public text; compared in English.
    Text,
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

/// How the entries of one part are taken out of a version.
type Listing = fn(&Programme) -> Entries;

const PARTS: &[(Part, Listing)] = &[
    (Part::Statement, statements),
    (Part::Indicator, |programme| {
        programme
            .evaluated_indicators
            .iter()
            .map(|one| entry(&one.value, &one.value, String::new()))
            .collect()
    }),
    (Part::LineOfEnquiry, |programme| {
        let lines = programme.lines_of_enquiry.iter();
        lines.map(|line| entry(&line.key, &line.title, line.text.clone())).collect()
    }),
    (Part::Step, |programme| {
        programme
            .timeline
            .steps
            .iter()
            .map(|step| entry(&step.key, &step.title, step.title.clone()))
            .collect()
    }),
    (Part::ScrutinyBody, |programme| {
        programme.scrutiny_bodies.iter().map(|body| entry(&body.key, &body.name, body.name.clone())).collect()
    }),
    (Part::Addressee, |programme| {
        programme.addressees.iter().map(|one| entry(&one.key, &one.title, one.title.clone())).collect()
    }),
    (Part::Principle, |programme| {
        programme.principles.iter().map(|one| entry(&one.key, &one.title, one.text.clone())).collect()
    }),
    (Part::ReturnColumn, |programme| {
        let columns = programme.pre_inspection_return.columns.iter();
        columns.map(|column| entry(&column.key, &column.title, column_rule(column))).collect()
    }),
    (Part::DocumentRequest, |programme| {
        let requests = programme.document_requests.iter();
        requests.map(|request| entry(&request.key, &request.title, request.purpose.clone())).collect()
    }),
    (Part::StatementQuestion, |programme| {
        let questions = programme.position_statement.iter().flat_map(|statement| &statement.questions);
        questions.map(|q| entry(&q.key, &q.title, format!("{}\n{}", q.title, q.help))).collect()
    }),
    (Part::SessionKind, |programme| {
        programme
            .session_kinds
            .iter()
            .map(|kind| entry(&kind.key, &kind.title, kind.purpose.clone()))
            .collect()
    }),
    (Part::Instrument, |programme| {
        let instruments = programme.instruments.iter();
        instruments.map(|one| entry(&one.key, &one.form.title, one.form.title.clone())).collect()
    }),
    (Part::Question, |programme| {
        let questions = programme.instruments.iter().flat_map(|one| {
            one.form
                .questions()
                .map(|question| (format!("{}/{}", one.key, question.name), &one.form, question))
        });
        questions
            .map(|(key, form, question)| entry(&key, form.own(&question.label), asked(form, question)))
            .collect()
    }),
    (Part::ReportSection, |programme| {
        let sections = programme.report.sections.iter();
        sections.map(|section| entry(&section.key, &section.title, section.contents.clone())).collect()
    }),
    (Part::Lens, |programme| {
        programme.lenses.iter().map(|lens| entry(&lens.value, &lens.value, String::new())).collect()
    }),
    (Part::Text, |programme| {
        programme
            .texts
            .iter()
            .map(|text| entry(&text.key, &text.title, text.markdown("en").to_owned()))
            .collect()
    }),
];

fn entry(key: &str, title: &str, wording: String) -> (String, String, String) {
    (key.to_owned(), title.to_owned(), wording)
}

/// A column with everything that decides which cells are accepted.
fn column_rule(column: &ReturnColumn) -> String {
    let kind = match &column.kind {
        ColumnKind::Text { longest } => format!("text of up to {longest} characters"),
        ColumnKind::WholeNumber { least, most } => format!("{least} to {most}"),
        ColumnKind::Choice { values } => {
            values.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(" / ")
        }
        ColumnKind::YesNo => "yes / no".to_owned(),
        ColumnKind::AgeBand { values, oldest } => {
            let bands = values.iter().map(|band| band.value.as_str()).collect::<Vec<_>>().join(" / ");
            format!("{bands}, up to {oldest} years")
        }
        ColumnKind::Month { within } => format!("a month of the last {within}"),
        ColumnKind::Key { longest } => format!("key of up to {longest} characters, kept as a hash"),
    };
    let required = if column.required { "required" } else { "may be empty" };
    format!("{} [{kind}] ({required})", column.meaning)
}

/// A question with everything that gives another meaning to its answers.
fn asked(form: &Form, question: &Question) -> String {
    let choices: Vec<&str> = form.choices(question).iter().map(|choice| form.own(&choice.label)).collect();
    let column = |name: &str| question.extra.get(name).map_or("", String::as_str).split_whitespace();
    let tags: Vec<&str> = column("indicators").chain(column("lines_of_enquiry")).collect();
    format!("{} [{}] ({})", form.own(&question.label), choices.join(" / "), tags.join(", "))
}

fn statements(programme: &Programme) -> Entries {
    let one = |key: &str, wording: String| entry(key, key, wording);
    vec![
        one("title", programme.title.value.clone()),
        one("remit", programme.remit.value.clone()),
        one("legal-basis", programme.legal_basis.value.clone()),
        one("population", population(&programme.population.value)),
        one("retrospective-window", programme.retrospective_years.value.to_string()),
        one("extent", programme.extent.value.clone()),
        one("factual-accuracy", programme.factual_accuracy_working_days.value.to_string()),
        one("action-plan", programme.action_plan_weeks.value.to_string()),
    ]
}

/// The rule with whom it takes in and whom it leaves out.
fn population(rule: &PopulationRule) -> String {
    let sentences = [&rule.text].into_iter().chain(&rule.includes).chain(&rule.excludes);
    let sentences: Vec<&str> = sentences.map(String::as_str).collect();
    format!("{} (under {})", sentences.join(" "), rule.under_age)
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
