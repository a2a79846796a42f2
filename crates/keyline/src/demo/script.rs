//! What the demonstration tells, as it stands in `story/strathmarnock.toml`.

use std::collections::BTreeSet;

use keyline_store::report::accuracy::Outcome;
use serde::Deserialize;

/// The whole script.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    pub(crate) statement: Vec<Statement>,
    pub(crate) session: Vec<Session>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) finding: Vec<Finding>,
    pub(crate) grade: Vec<Grade>,
    pub(crate) section: Vec<Section>,
    pub(crate) point: Vec<Point>,
    pub(crate) recommendation: Vec<Recommendation>,
}

/// An answer of the position statement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statement {
    pub(crate) question: String,
    pub(crate) body: String,
}

/// A session that is noted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Session {
    pub(crate) kind: String,
    pub(crate) days_after: i64,
    pub(crate) audience: String,
    pub(crate) people: i64,
    pub(crate) designations: String,
    pub(crate) note: String,
}

/// A piece of evidence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Evidence {
    pub(crate) indicator: String,
    pub(crate) kind: String,
    pub(crate) strength: String,
    pub(crate) title: String,
    /// What it comes from: `staff-survey`, `sample`, `document`, or the kind of a session.
    #[serde(default)]
    pub(crate) from: String,
    /// Rights that it speaks of, as the programme's lenses name them.
    #[serde(default)]
    pub(crate) rights: BTreeSet<String>,
    pub(crate) body: String,
}

/// A finding; it rests on all evidence of its indicator.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Finding {
    pub(crate) indicator: String,
    pub(crate) kind: String,
    pub(crate) body: String,
}

/// The grades of an indicator: alone (lead, depute, three inspectors), agreed, after the panel.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grade {
    pub(crate) indicator: String,
    pub(crate) alone: [u8; 5],
    pub(crate) agreed: u8,
    pub(crate) panel: u8,
    pub(crate) reason: String,
    pub(crate) dissent: String,
    #[serde(default)]
    pub(crate) panel_reason: String,
}

/// A section of the report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    pub(crate) key: String,
    pub(crate) body: String,
}

/// A point of factual accuracy with its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Point {
    pub(crate) place: String,
    pub(crate) body: String,
    pub(crate) proposal: String,
    pub(crate) outcome: Outcome,
    pub(crate) answer: String,
    pub(crate) change_made: String,
}

/// A recommendation with the partnership's action.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recommendation {
    pub(crate) indicator: String,
    pub(crate) body: String,
    pub(crate) action: String,
    pub(crate) owner: String,
    pub(crate) measure: String,
}

/// Reads the script that is part of the program.
pub(crate) fn read() -> anyhow::Result<Script> {
    Ok(toml::from_str(include_str!("../../story/strathmarnock.toml"))?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_script_reads_and_speaks_of_what_the_programme_has() {
        let script = super::read().unwrap();
        let library = crate::embedded::library(None).unwrap();
        let programme = library.latest(super::super::tale::PROGRAMME).unwrap();
        for finding in &script.finding {
            assert!(programme.evaluates(&finding.indicator));
            let kinds: std::collections::BTreeSet<_> = script
                .evidence
                .iter()
                .filter(|e| e.indicator == finding.indicator)
                .map(|e| &e.kind)
                .collect();
            assert!(kinds.len() >= 2, "{} rests on one kind", finding.body);
        }
        for section in programme.report.written_sections() {
            assert!(script.section.iter().any(|s| s.key == section.key), "{} is not told", section.key);
        }
    }
}
