//! Evidence and the findings that rest on it.

use std::collections::BTreeSet;

use keyline_domain::access::Action;
use keyline_domain::evidence::{Origin, Tags, Written};
use keyline_domain::judgement::findings::WrittenFinding;
use keyline_operations::evidence::{RecordEvidence, record_evidence};
use keyline_operations::judgement::{WriteFinding, write_finding};
use keyline_store::evidence::{EvidenceSource, Filter, list, sources};
use keyline_store::judgement::findings;

use super::Teller;
use crate::commands::in_words;

/// Inspectors record what they have found, in turn.
pub(super) async fn record(t: &Teller<'_>) -> anyhow::Result<()> {
    let writers = ["inspector-health", "inspector-education", "inspector-police", "depute"];
    let grant = t.grant("lead", Action::SeeEvidence).await?;
    let there = list(&mut t.cx.db.read().await?, &grant, &Filter::default()).await?;
    let sources = sources(&mut t.cx.db.read().await?, &grant).await?;
    for (n, e) in t.script.evidence.iter().enumerate().filter(|(_, e)| t.programme.evaluates(&e.indicator)) {
        if there.iter().any(|known| known.written.title == e.title) {
            continue;
        }
        t.at_end_of("onsite-engagement", 10 * i64::try_from(n).unwrap_or(0))?;
        let lines = t
            .programme
            .lines_of_enquiry
            .iter()
            .filter(|l| l.indicators.contains(&e.indicator))
            .map(|l| l.key.clone())
            .collect();
        let written = Written {
            kind: e.kind.parse()?,
            title: e.title.clone(),
            body: e.body.clone(),
            strength: e.strength.parse()?,
            describes_on: t.cx.today(),
            origin: origin(&sources, &e.from),
            tags: Tags { indicators: BTreeSet::from([e.indicator.clone()]), lines, rights: e.rights.clone() },
        };
        let input = RecordEvidence { inspection: t.id, written, identifies_nobody: true };
        record_evidence(t.cx, &t.actor(writers[n % writers.len()]), input).await.map_err(in_words)?;
    }
    Ok(())
}

// The newest source that the script means.
fn origin(sources: &[EvidenceSource], from: &str) -> Option<Origin> {
    let meant = |source: &&EvidenceSource| match source.origin {
        Origin::Document(_) => from == "document",
        Origin::Sample(_) => from == "sample",
        Origin::Survey(_) | Origin::Session(_) => source.name == from,
        Origin::Submission(_) => false,
    };
    sources.iter().find(meant).map(|source| source.origin)
}

/// Findings, each on all evidence of its indicator.
pub(super) async fn findings(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::SeeEvidence).await?;
    let evidence = list(&mut t.cx.db.read().await?, &grant, &Filter::default()).await?;
    let there = findings::list(&mut t.cx.db.read().await?, &grant).await?;
    for (n, f) in t.script.finding.iter().enumerate().filter(|(_, f)| t.programme.evaluates(&f.indicator)) {
        if there.iter().any(|known| known.written.body == f.body) {
            continue;
        }
        t.at_step("final-analysis", 15 * i64::try_from(n).unwrap_or(0))?;
        let written = WrittenFinding {
            indicator: f.indicator.clone(),
            kind: f.kind.parse()?,
            body: f.body.clone(),
            single_kind_reason: String::new(),
            evidence: evidence
                .iter()
                .filter(|e| e.written.tags.indicators.contains(&f.indicator))
                .map(|e| e.id)
                .collect(),
        };
        let input = WriteFinding { inspection: t.id, written, identifies_nobody: true };
        write_finding(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    Ok(())
}
