//! The report of a fictional inspection, block by block.

use jiff::civil::date;

use super::*;
use crate::programmes::{Library, tests::shipped_files};

/// Says the key and its values, so that the snapshot shows what is asked for and not how it is worded.
struct Keys;

impl Wording for Keys {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(_, value)| *value).collect();
        if values.is_empty() { format!("[{key}]") } else { format!("[{key}: {}]", values.join(" | ")) }
    }
    fn day(&self, day: Date) -> String {
        day.to_string()
    }
    fn language(&self) -> &'static str {
        "en-GB"
    }
}

fn facts(library: &Library) -> ReportFacts<'_> {
    let programme = library.latest("supervision-orders-at-home").unwrap();
    ReportFacts {
        programme,
        framework: library.framework(&programme.framework).unwrap(),
        council: library.council("strathmarnock").unwrap(),
        notified_on: Some(date(2026, 6, 1)),
        date: date(2026, 11, 23),
        edition: Some("report-edition-draft"),
        watermark: Some("Fictional draft".into()),
        sections: vec![
            ("introduction".into(), "First.\n\n## Whom we met\n- children\n- parents".into()),
            ("summary".into(), "Works well. Could be better.".into()),
        ],
        grades: vec![ReportedGrade { indicator: "2.1".into(), level: 4 }],
        findings: vec![
            ReportedFinding {
                indicator: "2.1".into(),
                side: FindingSide::AreaForImprovement,
                body: "Help came late.".into(),
            },
            ReportedFinding { indicator: "2.1".into(), side: FindingSide::Strength, body: "Trust.".into() },
        ],
        recommendations: vec![ReportedRecommendation {
            number: 1,
            indicator: "2.1".into(),
            body: "Offer help earlier.".into(),
        }],
        key_facts: vec![
            KeyFact { key: "report-fact-staff-survey".into(), figure: Figure::of_people(212) },
            KeyFact { key: "report-fact-children-met".into(), figure: Figure::of_people(4) },
        ],
        picture: Some("<svg/>".into()),
    }
}

#[test]
fn the_report_of_a_fictional_inspection() {
    let library = Library::parse(&shipped_files()).unwrap();
    let document = build(&facts(&library), &Keys);
    assert_eq!(document.faults(), []);
    insta::assert_json_snapshot!(document);
}

#[test]
fn every_section_of_the_template_has_its_heading_even_when_nothing_is_written() {
    let library = Library::parse(&shipped_files()).unwrap();
    let mut facts = facts(&library);
    facts.sections.clear();
    facts.grades.clear();
    facts.findings.clear();
    facts.recommendations.clear();
    facts.key_facts.clear();
    facts.picture = None;
    let document = build(&facts, &Keys);
    assert_eq!(document.faults(), []);
    let anchors: Vec<_> = super::super::places::sections(&document).into_iter().map(|s| s.anchor).collect();
    let template: Vec<_> = facts.programme.report.sections.iter().map(|s| s.key.clone()).collect();
    assert_eq!(anchors, template);
}

#[test]
fn a_small_number_of_people_stands_nowhere_in_the_document() {
    let library = Library::parse(&shipped_files()).unwrap();
    let document = build(&facts(&library), &Keys);
    let row = document.plain().into_iter().find(|line| line.contains("report-fact-children-met")).unwrap();
    assert_eq!(row, "[report-fact-children-met] | [report-few]");
}

#[test]
fn a_title_without_a_published_source_is_marked() {
    assert_eq!(titled("Led together", true, &Keys), "Led together");
    assert_eq!(titled("Led together", false, &Keys), "[report-unconfirmed: Led together]");
}
