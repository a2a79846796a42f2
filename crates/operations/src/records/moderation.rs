//! Settling which answer holds where two readings of a record differ.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::InspectionId;
use keyline_domain::reasons::Reason;
use keyline_domain::records::moderating::{answer, differing};
use keyline_domain::records::sight::Sight;
use keyline_domain::records::tool::in_words;
use keyline_store::records::ReadingState;
use keyline_store::records::moderation::{self, Decision};
use serde_json::{Value, json};

use super::planning::reason_of;
use super::{ReadingNow, tool_for};
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// An answer that is to hold.
#[derive(Debug, Clone)]
pub struct Settle {
    /// Where.
    pub inspection: InspectionId,
    /// The record.
    pub label: String,
    /// Name of the question.
    pub item: String,
    /// What was chosen or typed.
    pub answer: Vec<String>,
    /// That the question holds no answer.
    pub none: bool,
    /// Why.
    pub reason: String,
    /// That what may identify somebody in the reason does not.
    pub identifies_nobody: bool,
    /// The version that was looked at, 0 when nothing was settled.
    pub version: i64,
}

/// Settles which answer to a question holds, with the reason. The readings stay as they are, and so do earlier decisions.
/// Audit entry `reading.settled`, without the answer.
///
/// # Errors
/// [`Refused::Fields`] for what is no answer to the question, or without a reason; [`Refused::NotNow`] while a pair still
/// reads the record; [`Refused::Stale`] with the other decision; [`Refused::Hidden`] for a question on which the readings do not differ
/// or that the person is not entitled to.
pub async fn settle(cx: &Cx, actor: &Actor, input: Settle) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::ModerateReadings).await?;
    let grant = work.grant.clone();
    let now = ReadingNow::load(&mut work.tx, &grant).await?;
    let inspection = work.inspection().await?;
    let entitled = now.entitled(grant.person_id());
    let tool = tool_for(cx, cx.programme(&inspection)?, entitled)?.ok_or(Refused::Hidden)?;
    let form = tool.form();
    if !now.in_use().contains(&input.label) {
        return Err(Refused::Hidden);
    }
    if now.sight_of(&grant, &input.label) != Sight::Open {
        return Err(Refused::NotNow(vec![Reason::new("reading-blind")]));
    }
    let finished =
        now.readings.iter().filter(|r| r.label == input.label && r.state == ReadingState::Finished);
    let readings: Vec<Value> = finished.map(|r| r.answers.clone()).collect();
    let question =
        differing(form, &readings).into_iter().find(|q| q.name == input.item).ok_or(Refused::Hidden)?;
    let all = moderation::list(&mut work.tx, &grant).await?;
    let stands = all.iter().rfind(|d| d.label == input.label && d.item == input.item);
    let version = stands.map_or(0, |d| d.version);
    if version != input.version {
        let theirs = stands
            .map_or_else(String::new, |d| format!("{}\n{}", in_words(form, question, &d.answer), d.reason));
        let by = stands.map_or_else(String::new, |d| d.by.clone());
        return Err(Refused::Stale { theirs, by, version });
    }
    let mut problems = Vec::new();
    let reason = reason_of(&input.reason, &mut problems);
    let typed: Vec<&str> = input.answer.iter().map(String::as_str).collect();
    let answer = answer(form, question, &typed, input.none).map_err(|problem| problems.push(problem)).ok();
    problems.extend(identifiers::problems(&[("reason", &reason)], input.identifies_nobody));
    let (Some(answer), true) = (answer, problems.is_empty()) else { return Err(Refused::Fields(problems)) };
    let decision = Decision {
        label: input.label.clone(),
        item: input.item.clone(),
        version: version + 1,
        answer,
        reason,
        by: String::new(),
        at: work.now,
    };
    moderation::add(&mut work.tx, input.inspection, &decision, grant.person_id()).await?;
    let detail = json!({ "label": input.label, "question": input.item, "version": decision.version });
    work.record("reading.settled", input.inspection, detail).await?;
    work.commit().await
}
