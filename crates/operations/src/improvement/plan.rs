//! The action plan: written and submitted by the partnership, reviewed by the link inspector.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{ActionId, InspectionId, RecommendationId};
use keyline_domain::inspections::way::{ActionPlanState, Step};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::improvement::{self, ActionText, PlannedAction};
use serde_json::json;

use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// What an action says.
#[derive(Debug, Clone)]
pub struct PlannedText {
    /// What will be done.
    pub body: String,
    /// Designation of who answers for it, never a name.
    pub owner: String,
    /// How people will know that it worked.
    pub measure: String,
    /// By when; `None` when what was typed is not a day.
    pub due_on: Option<Date>,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

impl PlannedText {
    fn checked(&self) -> Result<ActionText<'_>> {
        let mut problems: Vec<FieldProblem> =
            [("body", &self.body), ("owner", &self.owner), ("measure", &self.measure)]
                .into_iter()
                .filter(|(_, text)| text.trim().is_empty())
                .map(|(field, _)| FieldProblem::new(field, Reason::new("problem-required")))
                .collect();
        let texts = [
            ("body", self.body.as_str()),
            ("owner", self.owner.as_str()),
            ("measure", self.measure.as_str()),
        ];
        problems.extend(identifiers::problems(&texts, self.identifies_nobody));
        let Some(due_on) = self.due_on else {
            problems.push(FieldProblem::new("due_on", Reason::new("problem-date")));
            return Err(Refused::Fields(problems));
        };
        if !problems.is_empty() {
            return Err(Refused::Fields(problems));
        }
        Ok(ActionText {
            body: self.body.trim(),
            owner: self.owner.trim(),
            measure: self.measure.trim(),
            due_on,
        })
    }
}

async fn require_writing(work: &mut Work) -> Result<()> {
    match improvement::plan(&mut work.tx, &work.grant).await? {
        None => Err(Refused::reason("wait-published")),
        Some(plan) => match plan.state {
            ActionPlanState::Awaited | ActionPlanState::SentBack => Ok(()),
            ActionPlanState::Submitted | ActionPlanState::Accepted => {
                Err(Refused::reason("improvement-plan-closed"))
            }
        },
    }
}

/// An action to be added.
#[derive(Debug, Clone)]
pub struct AddAction {
    /// Where.
    pub inspection: InspectionId,
    /// The recommendation it answers.
    pub recommendation: RecommendationId,
    /// What it says.
    pub text: PlannedText,
}

/// Adds an action to the plan. Audit entry `action.added`.
///
/// # Errors
/// [`Refused::NotNow`] before publication or while the plan is submitted or accepted; [`Refused::Hidden`] for an unknown
/// recommendation; [`Refused::Fields`] for what is missing, or for an identifier in the texts.
pub async fn add_action(cx: &Cx, actor: &Actor, input: AddAction) -> Result<ActionId> {
    let mut work = cx.work(actor, input.inspection, Action::SubmitActionPlan).await?;
    require_writing(&mut work).await?;
    let recommendations = improvement::recommendations(&mut work.tx, &work.grant).await?;
    if !recommendations.iter().any(|r| r.id == input.recommendation) {
        return Err(Refused::Hidden);
    }
    let text = input.text.checked()?;
    let (by, now) = (work.person()?, work.now);
    let id = ActionId::new(now, cx.random());
    improvement::add_action(&mut work.tx, &work.grant, (id, input.recommendation), text, by, now).await?;
    let detail = json!({ "recommendation": input.recommendation, "due_on": text.due_on });
    work.record("action.added", id, detail).await?;
    work.commit().await?;
    Ok(id)
}

/// An action to be changed.
#[derive(Debug, Clone)]
pub struct ChangeAction {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub action: ActionId,
    /// What it says now.
    pub text: PlannedText,
    /// The version that was read.
    pub version: i64,
}

async fn find(work: &mut Work, id: ActionId, version: i64) -> Result<PlannedAction> {
    let all = improvement::actions(&mut work.tx, &work.grant).await?;
    let stands = all.into_iter().find(|a| a.id == id).ok_or(Refused::Hidden)?;
    if stands.version == version {
        return Ok(stands);
    }
    let theirs =
        [stands.body.as_str(), &stands.owner, &stands.measure, &stands.due_on.to_string()].join("\n\n");
    Err(Refused::Stale { theirs, by: stands.written_by_name, version: stands.version })
}

/// Changes an action. Audit entry `action.changed`.
///
/// # Errors
/// As [`add_action`]; [`Refused::Stale`] with the other text when somebody saved in between.
pub async fn change_action(cx: &Cx, actor: &Actor, input: ChangeAction) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::SubmitActionPlan).await?;
    require_writing(&mut work).await?;
    let text = input.text.checked()?;
    find(&mut work, input.action, input.version).await?;
    let (by, now) = (work.person()?, work.now);
    let which = (input.action, input.version);
    improvement::change_action(&mut work.tx, &work.grant, which, text, by, now).await?;
    work.record("action.changed", input.action, json!({ "due_on": text.due_on })).await?;
    work.commit().await
}

/// An action to be removed.
#[derive(Debug, Clone, Copy)]
pub struct RemoveAction {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub action: ActionId,
    /// The version that was read.
    pub version: i64,
}

/// Removes an action. Audit entry `action.removed` with what it said.
///
/// # Errors
/// As [`change_action`].
pub async fn remove_action(cx: &Cx, actor: &Actor, input: RemoveAction) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::SubmitActionPlan).await?;
    require_writing(&mut work).await?;
    let stands = find(&mut work, input.action, input.version).await?;
    improvement::remove_action(&mut work.tx, &work.grant, input.action, input.version).await?;
    let detail = json!({ "recommendation": stands.recommendation, "text": stands.body });
    work.record("action.removed", input.action, detail).await?;
    work.commit().await
}

/// The plan to be submitted.
#[derive(Debug, Clone, Copy)]
pub struct SubmitPlan {
    /// Where.
    pub inspection: InspectionId,
}

/// Submits the action plan, for the first time or again after it was sent back. Audit entry `action-plan.submitted`.
///
/// # Errors
/// [`Refused::NotNow`] with what is missing: each recommendation needs an action.
pub async fn submit_plan(cx: &Cx, actor: &Actor, input: SubmitPlan) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::SubmitActionPlan).await?;
    let progress = work.require(Step::SubmitActionPlan).await?;
    let (by, now) = (work.person()?, work.now);
    improvement::submit_plan(&mut work.tx, &work.grant, by, now).await?;
    let late = progress.action_plan_due.is_some_and(|due| work.today() > due);
    let detail = json!({ "due_on": progress.action_plan_due, "late": late });
    work.record("action-plan.submitted", input.inspection, detail).await?;
    work.commit().await
}

/// A review of the submitted plan.
#[derive(Debug, Clone)]
pub struct ReviewPlan {
    /// Where.
    pub inspection: InspectionId,
    /// Accepted, or sent back.
    pub accepted: bool,
    /// Why; wanted when it is sent back.
    pub review: String,
}

/// Accepts the action plan or sends it back with a reason. Nobody reviews a plan that they wrote or submitted. Audit
/// entry `action-plan.accepted` or `action-plan.sent-back`.
///
/// # Errors
/// [`Refused::NotNow`] when no plan waits or the reviewer is one of its authors; [`Refused::Fields`] without a reason for
/// sending back, or for an identifier in it.
pub async fn review_plan(cx: &Cx, actor: &Actor, input: ReviewPlan) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::ReviewActionPlan).await?;
    work.require(Step::ReviewActionPlan).await?;
    let (by, now) = (work.person()?, work.now);
    let plan = improvement::plan(&mut work.tx, &work.grant).await?.ok_or(Refused::Hidden)?;
    let actions = improvement::actions(&mut work.tx, &work.grant).await?;
    if plan.submitted_by == Some(by) || actions.iter().any(|a| a.written_by == by) {
        return Err(Refused::reason("improvement-own-plan"));
    }
    let review = input.review.trim();
    if !input.accepted && review.is_empty() {
        return Err(Refused::field("review", "problem-reason"));
    }
    let problems = identifiers::problems(&[("review", review)], true);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    improvement::review_plan(&mut work.tx, &work.grant, (input.accepted, review), by, now).await?;
    let entry = if input.accepted { "action-plan.accepted" } else { "action-plan.sent-back" };
    work.record(entry, input.inspection, json!({ "review": review })).await?;
    work.commit().await
}
