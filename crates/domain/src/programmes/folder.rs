//! Reads the folder of one programme version and checks that its files fit together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;

use super::checks::{Known, indicators_of};
use super::collecting::{self, InstrumentRef};
use super::concerning;
use super::frameworks::Framework;
use super::informing::Information;
use super::library::Frameworks;
use super::problems::{Problem, Problems};
use super::programme::{
    Addressee, LineOfEnquiry, PopulationRule, Principle, Programme, ReadingRule, ScrutinyBody, ScrutinyPart,
};
use super::reading::{Document, Section, Seen};
use super::reporting;
use super::sourced::{Sourced, Sources};
use super::{informing, instruments, texts, timeline_file};

const SOURCES: &str = "sources.toml";
const PROGRAMME: &str = "programme.toml";
const TIMELINE: &str = "timeline.toml";
const RETURNS: &str = "returns.toml";
const SESSIONS: &str = "sessions.toml";
const REPORT: &str = "report.toml";
const CONCERNS: &str = "concerns.toml";
const INFORMATION: &str = "information.toml";

/// Reads one programme version.
///
/// `files` holds the texts of all files of the folder by their path within it. The result is the
/// programme, or every fault that was found, in the order of files and lines.
pub fn parse_programme(
    files: &BTreeMap<String, String>,
    frameworks: &Frameworks,
) -> Result<Programme, Vec<Problem>> {
    let problems = Problems::default();
    let programme = read(files, frameworks, &problems);
    problems.or(programme)
}

fn open<'f>(files: &'f BTreeMap<String, String>, path: &'f str, problems: &Problems) -> Option<Document<'f>> {
    let Some(text) = files.get(path) else {
        problems.add(path, 1, "this file is missing");
        return None;
    };
    Document::parse(path, text, problems)
}

fn read(files: &BTreeMap<String, String>, frameworks: &Frameworks, problems: &Problems) -> Option<Programme> {
    let sources = open(files, SOURCES, problems)
        .map(|document| {
            let root = document.root(problems);
            let sources = Sources::read(&root);
            root.close();
            sources
        })
        .unwrap_or_default();
    let timeline = open(files, TIMELINE, problems).and_then(|document| {
        let root = document.root(problems);
        let timeline = timeline_file::read(&root, &sources);
        root.close();
        timeline
    });
    let document = open(files, PROGRAMME, problems);
    let root = document.as_ref().map(|document| document.root(problems));
    let head = root.as_ref().map(|root| read_head(root, &sources, frameworks));
    let nothing = Vec::new();
    let mut known = Known {
        framework: head.as_ref().and_then(|head| head.framework),
        evaluated: head.iter().flat_map(|head| &head.evaluated).map(|number| number.value.clone()).collect(),
        lines_of_enquiry: head.as_ref().map_or(&nothing, |head| &head.lines),
        steps: timeline.as_ref().map(|timeline| timeline.named.clone()),
        instruments: BTreeSet::new(),
    };
    let (instruments, texts) = root
        .as_ref()
        .map(|root| {
            let instruments = instruments::read(root, &sources, &known, files, problems);
            (instruments, texts::read(root, &sources, files, problems))
        })
        .unwrap_or_default();
    known.instruments = instruments.iter().map(|instrument| instrument.key.clone()).collect();
    if let Some(root) = root {
        root.close();
    }
    let returns = open(files, RETURNS, problems).map(|document| {
        let root = document.root(problems);
        let returns = collecting::read_returns(&root, &sources, &known);
        let statement = collecting::read_statement(&root, &sources, &known);
        root.close();
        (returns, statement)
    });
    let session_kinds = open(files, SESSIONS, problems).map(|document| {
        let root = document.root(problems);
        let kinds = collecting::read_sessions(&root, &sources, &known);
        root.close();
        kinds
    });
    let report = open(files, REPORT, problems).map(|document| {
        let root = document.root(problems);
        let report = reporting::read(&root, &sources, &known);
        root.close();
        report
    });
    let concerns = if files.contains_key(CONCERNS) {
        open(files, CONCERNS, problems).map(|document| {
            let root = document.root(problems);
            let concerns = concerning::read(&root, &sources);
            root.close();
            concerns
        })
    } else {
        None
    };
    let information = if files.contains_key(INFORMATION) {
        open(files, INFORMATION, problems).map(|document| {
            let root = document.root(problems);
            let information = informing::read(&root, &sources, &known, &texts, files, problems);
            root.close();
            information
        })
    } else {
        None
    };
    report_unused(files, &instruments, &texts, information.as_ref(), problems);

    let head = head?;
    let timeline = timeline?;
    let ((pre_inspection_return, document_return_step, document_requests), position_statement) = returns?;
    Some(Programme {
        id: head.id?,
        version: head.version?,
        supersedes: head.supersedes,
        framework: head.framework_id?,
        title: head.title?,
        short_title: head.short_title?,
        remit: head.remit?,
        legal_basis: head.legal_basis?,
        population: head.population?,
        retrospective_years: head.retrospective_years?,
        extent: head.extent?,
        factual_accuracy_working_days: head.factual_accuracy?,
        action_plan_weeks: head.action_plan?,
        record_reading: head.record_reading?,
        scrutiny_bodies: head.bodies,
        addressees: head.addressees,
        principles: head.principles,
        lines_of_enquiry: head.lines,
        evaluated_indicators: head.evaluated,
        lenses: head.lenses,
        timeline: timeline.template,
        length_provenance: timeline.length,
        disposal_days: timeline.disposal,
        step_provenance: timeline.steps,
        pre_inspection_return: pre_inspection_return?,
        document_return_step: document_return_step?,
        document_requests,
        position_statement,
        session_kinds: session_kinds?,
        instruments,
        cues: instruments::cues(files, problems),
        report: report?,
        concerns: concerns.unwrap_or_default(),
        texts,
        information: information.unwrap_or_default(),
        sources: sources.into_notes(),
        digest: super::digest::of_files(
            files
                .iter()
                // What the public is told is not what an inspection is run by: it may change under a running one.
                .filter(|(path, _)| !path.starts_with("information"))
                .map(|(path, text)| (path.as_str(), text.as_str())),
        ),
    })
}

/// What `programme.toml` says apart from instruments and texts.
struct Head<'f> {
    id: Option<String>,
    version: Option<String>,
    supersedes: Option<String>,
    framework_id: Option<String>,
    framework: Option<&'f Framework>,
    title: Option<Sourced<String>>,
    short_title: Option<Sourced<String>>,
    remit: Option<Sourced<String>>,
    legal_basis: Option<Sourced<String>>,
    population: Option<Sourced<PopulationRule>>,
    retrospective_years: Option<Sourced<u16>>,
    extent: Option<Sourced<String>>,
    factual_accuracy: Option<Sourced<u16>>,
    action_plan: Option<Sourced<u16>>,
    record_reading: Option<Sourced<ReadingRule>>,
    bodies: Vec<ScrutinyBody>,
    addressees: Vec<Addressee>,
    principles: Vec<Principle>,
    lines: Vec<LineOfEnquiry>,
    evaluated: Vec<Sourced<String>>,
    lenses: Vec<Sourced<String>>,
}

fn read_head<'f>(root: &Section<'_>, sources: &Sources, frameworks: &'f Frameworks) -> Head<'f> {
    let framework_id = root.text("framework");
    let framework = framework_id.as_ref().and_then(|id| {
        let found = frameworks.get(id);
        if found.is_none() {
            root.fault_at("framework", format!("unknown framework “{id}”: there is no frameworks/{id}.toml"));
        }
        found
    });
    let evaluated = read_evaluated(root, sources, framework);
    Head {
        id: root.text("id"),
        version: root.text("version"),
        supersedes: root.optional_text("supersedes"),
        framework_id,
        framework,
        title: sources.text(root, "title"),
        short_title: sources.text(root, "short-title"),
        remit: sources.text(root, "remit"),
        legal_basis: sources.text(root, "legal-basis"),
        population: sources.with(root, "population", |table| {
            let (text, under_age) = (table.text("text"), table.whole("under-age"));
            let (includes, excludes) = (table.plain_texts("includes"), table.plain_texts("excludes"));
            Some(PopulationRule { text: text?, under_age: under_age?, includes, excludes })
        }),
        retrospective_years: sources.with(root, "retrospective-window", |table| table.whole("years")),
        extent: sources.text(root, "extent"),
        factual_accuracy: sources.with(root, "factual-accuracy", |table| table.whole("working-days")),
        action_plan: sources.with(root, "action-plan", |table| table.whole("weeks")),
        record_reading: sources.with(root, "record-reading", read_reading_rule),
        bodies: read_bodies(root, sources),
        addressees: read_addressees(root, sources),
        principles: read_principles(root, sources),
        lines: read_lines(root, sources, framework),
        evaluated,
        lenses: read_lenses(root, sources, frameworks),
    }
}

/// Days, hours and numbers of the reading of records.
fn read_reading_rule(table: &Section<'_>) -> Option<ReadingRule> {
    let time = |key: &'static str| {
        let text = table.text(key)?;
        let time = text.parse::<Time>().ok();
        if time.is_none() {
            table.fault_at(key, format!("“{text}” is no time of day such as 09:00"));
        }
        time
    };
    let (days, opens, closes) = (table.whole("days"), time("opens"), time("closes"));
    let slots: Vec<Time> = table.some_texts("slots").iter().filter_map(|slot| slot.parse().ok()).collect();
    let (trained, reading) = (table.whole("local-trained"), table.whole("local-reading"));
    let (days, opens, closes, local_trained, local_reading) = (days?, opens?, closes?, trained?, reading?);
    if !(1..=10).contains(&days) {
        table.fault_at("days", "records are read on 1 to 10 days");
    }
    if closes <= opens {
        table.fault_at("closes", "the hours of reading end before they begin");
    }
    let ordered = slots.windows(2).all(|two| two[0] < two[1]);
    if !ordered
        || slots.len() != table.plain_texts("slots").len()
        || slots.iter().any(|s| *s < opens || *s >= closes)
    {
        table
            .fault_at("slots", "slots are times of day such as 09:00, in order, within the hours of reading");
    }
    if local_reading > local_trained {
        table.fault_at("local-reading", "no more can read than are trained");
    }
    Some(ReadingRule { days, opens, closes, slots, local_trained, local_reading })
}

fn read_bodies(root: &Section<'_>, sources: &Sources) -> Vec<ScrutinyBody> {
    let mut seen = Seen::default();
    let mut bodies = Vec::new();
    for entry in root.some_entries("scrutiny-body") {
        let key = entry.key(&mut seen);
        let name = entry.text("name");
        let part = entry.word(
            "part",
            &[
                ("lead", ScrutinyPart::Lead),
                ("partner", ScrutinyPart::Partner),
                ("volunteers", ScrutinyPart::Volunteers),
                ("at-times", ScrutinyPart::AtTimes),
            ],
        );
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(name), Some(part), Some(provenance)) = (key, name, part, provenance) {
            bodies.push(ScrutinyBody { key, name, part, provenance });
        }
    }
    if !bodies.is_empty() && bodies.iter().filter(|body| body.part == ScrutinyPart::Lead).count() != 1 {
        root.fault("exactly one [[scrutiny-body]] has to have the part “lead”");
    }
    bodies
}

fn read_addressees(root: &Section<'_>, sources: &Sources) -> Vec<Addressee> {
    let mut seen = Seen::default();
    let mut addressees = Vec::new();
    for entry in root.some_entries("addressee") {
        let key = entry.key(&mut seen);
        let title = entry.text("title");
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(provenance)) = (key, title, provenance) {
            addressees.push(Addressee { key, title, provenance });
        }
    }
    addressees
}

fn read_principles(root: &Section<'_>, sources: &Sources) -> Vec<Principle> {
    let mut seen = Seen::default();
    let mut principles = Vec::new();
    for entry in root.entries("principle") {
        let key = entry.key(&mut seen);
        let (title, text) = (entry.text("title"), entry.text("text"));
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(text), Some(provenance)) = (key, title, text, provenance) {
            principles.push(Principle { key, title, text, provenance });
        }
    }
    principles
}

fn read_lines(root: &Section<'_>, sources: &Sources, framework: Option<&Framework>) -> Vec<LineOfEnquiry> {
    let mut seen = Seen::default();
    let mut lines = Vec::new();
    for entry in root.some_entries("line-of-enquiry") {
        let key = entry.key(&mut seen);
        let (title, text) = (entry.text("title"), entry.text("text"));
        let indicators = indicators_of(framework, &entry, "indicators");
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(text), Some(provenance)) = (key, title, text, provenance) {
            lines.push(LineOfEnquiry { key, title, text, indicators, provenance });
        }
    }
    lines
}

fn read_evaluated(
    root: &Section<'_>,
    sources: &Sources,
    framework: Option<&Framework>,
) -> Vec<Sourced<String>> {
    let mut seen = Seen::default();
    let mut evaluated = Vec::new();
    for entry in root.some_entries("evaluated-indicator") {
        let number = entry.text("number").and_then(|number| entry.once(number, "number", &mut seen));
        if let (Some(number), Some(framework)) = (&number, framework)
            && framework.indicator(number).is_none()
        {
            entry.fault_at(
                "number",
                format!("unknown indicator “{number}”: framework “{}” has no such number", framework.id),
            );
        }
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(value), Some(provenance)) = (number, provenance) {
            evaluated.push(Sourced { value, provenance });
        }
    }
    evaluated
}

fn read_lenses(root: &Section<'_>, sources: &Sources, frameworks: &Frameworks) -> Vec<Sourced<String>> {
    let mut seen = Seen::default();
    let mut lenses = Vec::new();
    for entry in root.entries("lens") {
        let key = entry.key(&mut seen);
        if let Some(key) = key.as_ref().filter(|key| frameworks.lenses().lens(key).is_none()) {
            entry.fault_at("key", format!("unknown lens “{key}”: frameworks/rights.toml has no such lens"));
        }
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(value), Some(provenance)) = (key, provenance) {
            lenses.push(Sourced { value, provenance });
        }
    }
    lenses
}

/// A file nobody reads is nearly always a file with a misspelled name.
fn report_unused(
    files: &BTreeMap<String, String>,
    found: &[InstrumentRef],
    texts: &texts::Texts,
    information: Option<&Information>,
    problems: &Problems,
) {
    let fixed = [SOURCES, PROGRAMME, TIMELINE, RETURNS, SESSIONS, REPORT, CONCERNS, INFORMATION, "README.md"];
    for path in files.keys() {
        let used = fixed.contains(&path.as_str())
            || path.starts_with("cues/")
            || found.iter().any(|instrument| instruments::is_file_of(path, &instrument.key))
            || texts.iter().any(|text| texts::is_file_of(path, &text.key))
            || information.is_some_and(|information| information.has_file(path));
        if !used {
            problems.add(path, 1, "nothing in programme.toml refers to this file; is its name right?");
        }
    }
}
