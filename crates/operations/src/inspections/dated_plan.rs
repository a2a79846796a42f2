//! The plan of an inspection as pages, letters and the calendar read it.

use keyline_domain::access::Grant;
use keyline_domain::inspections::plan::{Plan, PlannedPhase};
use keyline_domain::programmes::Programme;
use keyline_store::Source;
use keyline_store::inspections::Inspection;
use keyline_store::inspections::plan::{self, StepRow};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A plan that has been dated and kept.
#[derive(Debug, Clone)]
pub struct DatedPlan {
    /// The plan.
    pub plan: Plan,
    /// Number of its latest change: what a person saw is what stands there while this is the same.
    pub revision: i64,
}

impl DatedPlan {
    /// Puts the rows of one inspection together; `None` before the notification.
    ///
    /// # Errors
    /// A fault when the rows contradict each other.
    pub fn of(cx: &Cx, inspection: &Inspection, rows: &[StepRow]) -> Result<Option<Self>> {
        let Some(notified) = inspection.notified_on else { return Ok(None) };
        let programme = cx.programme(inspection)?;
        let revision = rows.iter().map(|r| r.sequence).max().unwrap_or(0);
        let steps = rows.iter().map(|r| r.step.clone()).collect();
        let calendar = cx.library.calendar(&inspection.area);
        let plan = Plan::restore(notified, programme.timeline.weeks, calendar, phases(programme), steps)
            .map_err(Refused::fault)?;
        Ok(Some(Self { plan, revision }))
    }
}

/// The kept plan of the inspection; `None` before the notification.
pub async fn dated_plan(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    inspection: &Inspection,
) -> Result<Option<DatedPlan>> {
    let rows = plan::steps(source, grant).await?;
    DatedPlan::of(cx, inspection, &rows)
}

/// The plan as it would be if the notification went out on its planned day.
pub fn planned(cx: &Cx, inspection: &Inspection) -> Result<Plan> {
    let calendar = cx.library.calendar(&inspection.area);
    let programme = cx.programme(inspection)?;
    Plan::from_template(&programme.timeline, inspection.starts_on, &calendar).map_err(Refused::fault)
}

pub(super) fn phases(programme: &Programme) -> Vec<PlannedPhase> {
    let phase = |p: &keyline_domain::programmes::timeline::Phase| PlannedPhase {
        key: p.key.clone(),
        title: p.title.clone(),
        from_week: p.from_week,
        to_week: p.to_week,
    };
    programme.timeline.phases.iter().map(phase).collect()
}
