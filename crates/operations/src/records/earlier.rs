//! What was answered in a reading before: two of a pair write it, on paper pages and on laptops without a network, and
//! nothing that one of them saved is out of reach because the other saved after.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use keyline_domain::access::{Action, Actor};
use keyline_domain::records::tool::without_health_answers;
use keyline_forms::answering::{Filling, SummaryLine};
use keyline_store::records::versions_of;
use serde_json::Value;

use super::readings::{OpenReading, OpenedReading, of_own_pair, surroundings};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// An answer that stood in a reading and does not stand there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierAnswer {
    /// The question in words.
    pub question: String,
    /// What was answered.
    pub then: String,
    /// Who saved it last, and when.
    pub by: String,
    /// When that was.
    pub at: Timestamp,
    /// What is answered now; blank for nothing.
    pub now: String,
}

/// The reading of the own pair with every answer that stood in it before, in the order of the tool, the newest of a question
/// first. Audit entry `record.read`.
///
/// # Errors
/// As [`open_reading`](super::open_reading).
pub async fn earlier_answers(
    cx: &Cx,
    actor: &Actor,
    input: OpenReading,
) -> Result<(OpenedReading, Vec<EarlierAnswer>)> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let (opened, stands) = of_own_pair(cx, &mut work, input.reading).await?;
    if let Some(reason) = stands.shut(work.now) {
        return Err(Refused::NotNow(vec![reason]));
    }
    let health = stands.entitled(work.grant.person_id());
    let versions = versions_of(&mut work.tx, input.reading).await?;
    let opened = super::readings::noted(work, opened).await?;
    let around = surroundings(cx, &opened.tool);
    let said = |answers: &Value| Filling::resume(opened.tool.clone(), around.clone(), answers).summary();
    let now = said(&opened.reading.answers);
    let words = |line: &SummaryLine| line.answer.join("\n");
    let stands: BTreeMap<&str, (usize, String)> =
        now.iter().enumerate().map(|(n, line)| (line.path.as_str(), (n, words(line)))).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for version in versions {
        let answers = if health {
            version.answers
        } else {
            without_health_answers(opened.full.form(), &version.answers)
        };
        for line in said(&answers) {
            let (place, present) =
                stands.get(line.path.as_str()).cloned().unwrap_or((now.len(), String::new()));
            let then = words(&line);
            if !then.is_empty() && then != present && seen.insert((line.path.clone(), then.clone())) {
                let (by, at) = (version.by.clone(), version.at);
                found.push((place, EarlierAnswer { question: line.question, then, by, at, now: present }));
            }
        }
    }
    found.sort_by_key(|(place, _)| *place);
    Ok((opened, found.into_iter().map(|(_, answer)| answer).collect()))
}
