//! Changing an inspection to another version of its programme: explicit, with a reason, and only before grades exist.

use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::{InspectionId, MoveId, RequestId};
use keyline_domain::inspections::plan::{Plan, Span, StepChange};
use keyline_domain::inspections::way::Progress;
use keyline_domain::programmes::{Change, Programme, changes};
use keyline_store::Source;
use keyline_store::inspections::plan::{self, Move, VersionChange};
use keyline_store::inspections::{self, Inspection};
use keyline_store::returns::{NewRequest, add_request, list_requests};
use serde_json::json;

use super::dated_plan::{dated_plan, phases};
use super::notification::due;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::facts;

/// What changing the version would do.
#[derive(Debug, Clone)]
pub struct VersionPreview {
    /// The version that is pinned.
    pub from: String,
    /// The version that would be.
    pub to: String,
    /// Every difference of the two.
    pub changes: Vec<Change>,
    /// The steps that stay and change their days; empty before the notification.
    pub moved: Vec<StepChange>,
    /// Titles and days of the steps that the plan would gain.
    pub added: Vec<(String, Span)>,
    /// Titles and days of the steps that the plan would lose.
    pub removed: Vec<(String, Span)>,
    plan: Option<Plan>,
    revision: i64,
}

impl VersionPreview {
    /// The plan as it would be; `None` before the notification.
    pub const fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }
}

/// The other versions of the inspection's programme, oldest first.
pub fn other_versions<'c>(cx: &'c Cx, inspection: &Inspection) -> Vec<&'c Programme> {
    let same = |p: &&Programme| p.id == inspection.programme && p.version != inspection.programme_version;
    cx.library.programmes().iter().filter(same).collect()
}

/// What changing to a version would do; changes nothing.
///
/// # Errors
/// [`Refused::Fields`] for an unknown version or the one that is pinned; [`Refused::NotNow`] once grades exist.
pub async fn version_preview(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    to: &str,
) -> Result<VersionPreview> {
    let inspection = inspections::get(source, grant).await?;
    let from = cx.programme(&inspection)?;
    let to = other_versions(cx, &inspection)
        .into_iter()
        .find(|p| p.version == to)
        .ok_or_else(|| Refused::field("to", "version-unknown"))?;
    if graded(&facts(cx, source, &inspection).await?) {
        return Err(Refused::reason("version-graded"));
    }
    let mut preview = VersionPreview {
        from: from.version.clone(),
        to: to.version.clone(),
        changes: changes(from, to),
        moved: Vec::new(),
        added: Vec::new(),
        removed: Vec::new(),
        plan: None,
        revision: 0,
    };
    if let Some(dated) = dated_plan(cx, source, grant, &inspection).await? {
        let plan = redated(cx, &inspection, &dated.plan, to)?;
        for step in &plan.steps {
            match dated.plan.step(&step.key) {
                Some(before) if before.span == step.span => {}
                Some(before) => preview.moved.push(StepChange {
                    step: step.key.clone(),
                    from: before.span,
                    to: step.span,
                }),
                None => preview.added.push((step.title.clone(), step.span)),
            }
        }
        let gone = dated.plan.steps.iter().filter(|s| plan.step(&s.key).is_none());
        preview.removed = gone.map(|s| (s.title.clone(), s.span)).collect();
        preview.plan = Some(plan);
        preview.revision = dated.revision;
    }
    Ok(preview)
}

fn graded(progress: &Progress) -> bool {
    progress.indicators.iter().any(|i| i.grades_alone > 0 || i.agreed.is_some() || i.confirmed.is_some())
}

/// The plan of the other version. What is done stays on its days, also when the other version has no such step; what is
/// not done stands where the other version puts it, whatever was moved by hand before.
fn redated(cx: &Cx, inspection: &Inspection, before: &Plan, to: &Programme) -> Result<Plan> {
    let calendar = cx.library.calendar(&inspection.area);
    let mut plan = Plan::from_template(&to.timeline, before.notified, &calendar).map_err(Refused::fault)?;
    for done in before.steps.iter().filter(|s| s.done.is_some()) {
        if let Some(step) = plan.steps.iter_mut().find(|s| s.key == done.key) {
            step.offset = done.offset;
            step.span = done.span;
            step.put_off_from = done.put_off_from;
            step.moved.clone_from(&done.moved);
            step.done = done.done;
        } else {
            let mut kept = done.clone();
            if !plan.phases.iter().any(|p| p.key == kept.phase)
                && let Some(first) = plan.phases.first()
            {
                kept.phase.clone_from(&first.key);
            }
            let at = plan.steps.iter().position(|s| s.span.from > kept.span.from).unwrap_or(plan.steps.len());
            plan.steps.insert(at, kept);
        }
    }
    Plan::restore(before.notified, to.timeline.weeks, calendar, phases(to), plan.steps)
        .map_err(Refused::fault)
}

/// A change of the programme version.
#[derive(Debug, Clone)]
pub struct ChangeProgrammeVersion {
    /// Of which inspection.
    pub inspection: InspectionId,
    /// To which version.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// Changes the inspection to another version of its programme: pins it, dates the steps that are not done anew, asks for
/// the documents that only the new version asks for. Audit entry `programme-version.changed`.
///
/// # Errors
/// As [`version_preview`]; [`Refused::Fields`] without a reason.
pub async fn change_programme_version(cx: &Cx, actor: &Actor, input: ChangeProgrammeVersion) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::ChangeProgrammeVersion).await?;
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Refused::field("reason", "problem-reason"));
    }
    let grant = work.grant.clone();
    let preview = version_preview(cx, &mut work.tx, &grant, &input.to).await?;
    let mut inspection = work.inspection().await?;
    let (id, now, by) = (inspection.id, work.now, grant.person_id());
    let to = cx
        .library
        .programme(&inspection.programme, &preview.to)
        .ok_or_else(|| Refused::field("to", "version-unknown"))?;
    inspection.programme_version.clone_from(&to.version);
    inspection.programme_digest.clone_from(&to.digest);
    inspections::save(&mut work.tx, &inspection).await?;
    if let Some(plan) = &preview.plan {
        plan::clear(&mut work.tx, id).await?;
        for (position, step) in plan.steps.iter().enumerate() {
            plan::add_step(&mut work.tx, id, position, step, preview.revision + 1, now).await?;
        }
        for change in &preview.moved {
            let record = Move {
                id: MoveId::new(now, cx.random()),
                step: change.step.clone(),
                from: change.to.from,
                to: change.to.to,
                carried: 0,
                reason: reason.to_owned(),
                by: String::new(),
                at: now,
            };
            plan::add_move(&mut work.tx, id, &record, by).await?;
        }
        let asked = list_requests(&mut work.tx, &grant).await?;
        let due_on = due(plan, &to.document_return_step).unwrap_or_else(|| plan.last_day());
        for request in to.document_requests.iter().filter(|r| !asked.iter().any(|a| a.key == r.key)) {
            let new = NewRequest::of_programme(RequestId::new(now, cx.random()), id, request, due_on, now);
            add_request(&mut work.tx, &new).await?;
        }
    }
    let record = VersionChange {
        from: preview.from.clone(),
        to: to.version.clone(),
        to_digest: to.digest.clone(),
        changes: serde_json::to_string(&preview.changes).map_err(Refused::fault)?,
        reason: reason.to_owned(),
        by: String::new(),
        at: now,
    };
    plan::add_version_change(&mut work.tx, id, &record, by).await?;
    let detail = json!({ "from": preview.from, "to": to.version, "digest": to.digest, "reason": reason,
        "moved": preview.moved.len(), "added": preview.added.len(), "removed": preview.removed.len() });
    work.record("programme-version.changed", id, detail).await?;
    work.commit().await
}
