//! Writing, changing and withdrawing findings.

use keyline_domain::access::{Action, Actor};
use keyline_domain::evidence::{TEXT_LIMIT, text_problem};
use keyline_domain::ids::{FindingId, InspectionId};
use keyline_domain::inspections::way::{Progress, Step};
use keyline_domain::judgement::findings::{self as rule, WrittenFinding, kinds};
use keyline_store::judgement::findings::{self as rows, Finding};
use serde_json::json;

use super::{indicator, require};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::{Work, identifiers};

/// A finding to be written.
#[derive(Debug, Clone)]
pub struct WriteFinding {
    /// Where.
    pub inspection: InspectionId,
    /// What.
    pub written: WrittenFinding,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Writes a finding on evidence of two kinds, or with the reason why one is enough. Audit entry `finding.written`.
///
/// # Errors
/// [`Refused::Fields`] for what [`rule::problems`] or an identifier in the text get wrong; [`Refused::NotNow`] when
/// there is no evidence, the draft has gone out, or the panel has decided on the indicator.
pub async fn write_finding(cx: &Cx, actor: &Actor, input: WriteFinding) -> Result<FindingId> {
    let mut work = cx.work(actor, input.inspection, Action::WriteFinding).await?;
    let progress = work.require(Step::WriteFindings).await?;
    let written = trimmed(input.written);
    refuse_closed(&progress, &written.indicator)?;
    let kinds = check(cx, &mut work, &written, input.identifies_nobody).await?;
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    let id = FindingId::new(now, cx.random());
    rows::add(&mut work.tx, inspection, id, &written, by, now).await?;
    work.record("finding.written", id, detail(&written, kinds, input.identifies_nobody)).await?;
    work.commit().await?;
    Ok(id)
}

/// A finding as somebody wants it to stand.
#[derive(Debug, Clone)]
pub struct ChangeFinding {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub finding: FindingId,
    /// The version that was read.
    pub version: i64,
    /// What it shall say.
    pub written: WrittenFinding,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Changes a finding. Audit entry `finding.changed`, without the text.
///
/// # Errors
/// As [`write_finding`]; [`Refused::Stale`] with the text that stands when somebody saved in between.
pub async fn change_finding(cx: &Cx, actor: &Actor, input: ChangeFinding) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::WriteFinding).await?;
    let progress = work.require(Step::WriteFindings).await?;
    let current = current(&mut work, input.finding, input.version, &progress).await?;
    let written = trimmed(input.written);
    if written.indicator != current.written.indicator {
        refuse_closed(&progress, &written.indicator)?;
    }
    let kinds = check(cx, &mut work, &written, input.identifies_nobody).await?;
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    rows::save(&mut work.tx, inspection, input.finding, input.version, &written, by, now).await?;
    work.record("finding.changed", input.finding, detail(&written, kinds, input.identifies_nobody)).await?;
    work.commit().await
}

/// A finding that shall no longer stand.
#[derive(Debug, Clone)]
pub struct WithdrawFinding {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub finding: FindingId,
    /// The version that was read.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Withdraws a finding. It stays to be read, with the reason. Audit entry `finding.withdrawn`.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::Stale`] when somebody changed it in between;
/// [`Refused::NotNow`] when it was withdrawn or the panel has decided.
pub async fn withdraw_finding(cx: &Cx, actor: &Actor, input: WithdrawFinding) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::WriteFinding).await?;
    let progress = work.require(Step::WriteFindings).await?;
    let current = current(&mut work, input.finding, input.version, &progress).await?;
    let reason = input.reason.trim();
    let mut problems: Vec<_> = text_problem("reason", reason, TEXT_LIMIT).into_iter().collect();
    problems.extend(identifiers::problems(&[("reason", reason)], true));
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let (inspection, by, now) = (work.inspection_id(), work.person()?, work.now);
    rows::withdraw(&mut work.tx, inspection, input.finding, input.version, reason, by, now).await?;
    work.record("finding.withdrawn", input.finding, json!({ "indicator": current.written.indicator }))
        .await?;
    work.commit().await
}

// The finding as it stands, if it may be changed and the version is the one that was read.
async fn current(work: &mut Work, id: FindingId, version: i64, progress: &Progress) -> Result<Finding> {
    let current = rows::find(&mut work.tx, &work.grant, id).await?.ok_or(Refused::Hidden)?;
    if current.withdrawn.is_some() {
        return Err(Refused::reason("judgement-withdrawn-already"));
    }
    refuse_closed(progress, &current.written.indicator)?;
    if current.version == version {
        return Ok(current);
    }
    Err(Refused::Stale { theirs: current.written.body, by: current.saved_by, version: current.version })
}

fn refuse_closed(progress: &Progress, number: &str) -> Result<()> {
    match indicator(progress, number) {
        Ok(one) => require(rule::closed(one)),
        // That the indicator is not evaluated is said at its field.
        Err(_) => Ok(()),
    }
}

// Refuses what is wrong; gives the number of kinds the finding rests on.
async fn check(cx: &Cx, work: &mut Work, written: &WrittenFinding, checked: bool) -> Result<usize> {
    let inspection = work.inspection().await?;
    let programme = cx.programme(&inspection)?;
    let chosen = rows::chosen(&mut work.tx, &work.grant, &written.evidence).await?;
    let mut problems = rule::problems(written, &chosen, inspection.id, programme);
    let texts = [("body", written.body.as_str()), ("single_kind_reason", &written.single_kind_reason)];
    problems.extend(identifiers::problems(&texts, checked));
    if problems.is_empty() { Ok(kinds(&chosen)) } else { Err(Refused::Fields(problems)) }
}

fn trimmed(mut written: WrittenFinding) -> WrittenFinding {
    written.body = written.body.trim().to_owned();
    written.single_kind_reason = written.single_kind_reason.trim().to_owned();
    written
}

fn detail(written: &WrittenFinding, kinds: usize, confirmed: bool) -> serde_json::Value {
    json!({ "indicator": written.indicator, "kind": written.kind, "evidence": written.evidence, "kinds": kinds,
        "single_kind_reason": !written.single_kind_reason.is_empty(), "confirmed_nobody": confirmed })
}
