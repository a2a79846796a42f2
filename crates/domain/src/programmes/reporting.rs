//! The report template of a programme: which parts a report has and what goes there.

use serde::Serialize;

use super::checks::Known;
use super::reading::{Section, Seen};
use super::sourced::{Provenance, Sources};

/// The parts of a report, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportTemplate {
    /// The sections.
    pub sections: Vec<ReportSection>,
}

impl ReportTemplate {
    /// The sections for which a person writes text; the others are made from the inspection.
    pub fn written_sections(&self) -> impl Iterator<Item = &ReportSection> {
        self.sections.iter().filter(|s| {
            matches!(s.kind, SectionKind::Narrative | SectionKind::LineOfEnquiry | SectionKind::Summary)
        })
    }
}

/// One part of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportSection {
    /// Stable key, also used in addresses within the page.
    pub key: String,
    /// Heading.
    pub title: String,
    /// What goes there, for the person who writes it.
    pub contents: String,
    /// How it is filled.
    pub kind: SectionKind,
    /// Key of the line of enquiry, for sections that answer one.
    pub line: Option<String>,
    /// Numbers of the indicators whose grades stand there.
    pub indicators: Vec<String>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// How a section of a report is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Written by a person.
    Narrative,
    /// Counts of people heard and records read, made from the inspection.
    KeyFacts,
    /// The findings of one line of enquiry.
    LineOfEnquiry,
    /// The grades with their reasons.
    Evaluations,
    /// Strengths and areas for improvement.
    Summary,
    /// Recommendations, one by one.
    Recommendations,
    /// What follows publication.
    NextSteps,
    /// The scale, printed from the framework.
    Scale,
}

/// Reads `report.toml`.
pub(super) fn read(root: &Section<'_>, sources: &Sources, known: &Known<'_>) -> ReportTemplate {
    let mut sections = Vec::new();
    let mut seen = Seen::default();
    for entry in root.some_entries("section") {
        let key = entry.key(&mut seen);
        let (title, contents) = (entry.text("title"), entry.text("contents"));
        let kind = entry.word(
            "kind",
            &[
                ("narrative", SectionKind::Narrative),
                ("key-facts", SectionKind::KeyFacts),
                ("line-of-enquiry", SectionKind::LineOfEnquiry),
                ("evaluations", SectionKind::Evaluations),
                ("summary", SectionKind::Summary),
                ("recommendations", SectionKind::Recommendations),
                ("next-steps", SectionKind::NextSteps),
                ("scale", SectionKind::Scale),
            ],
        );
        let line = entry.optional_text("line");
        match (&line, kind) {
            (Some(line), _) if !known.has_line(line) => {
                entry.fault_at("line", format!("unknown line of enquiry “{line}”"));
            }
            (None, Some(SectionKind::LineOfEnquiry)) => {
                entry.fault(format!("{} does not say which line of enquiry it answers", entry.name()));
            }
            _ => {}
        }
        let indicators = known.evaluated(&entry, "indicators");
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(contents), Some(kind), Some(provenance)) =
            (key, title, contents, kind, provenance)
        {
            sections.push(ReportSection { key, title, contents, kind, line, indicators, provenance });
        }
    }
    for line in known.lines_of_enquiry {
        if !sections.iter().any(|section| section.line.as_ref() == Some(&line.key)) {
            root.fault(format!("no section answers line of enquiry “{}”", line.key));
        }
    }
    ReportTemplate { sections }
}
