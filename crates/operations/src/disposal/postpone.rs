//! When the material is destroyed and what that is; and putting it off.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::day_of;
use keyline_domain::disposal::{Step, due, postpone_problems};
use keyline_domain::ids::InspectionId;
use keyline_store::disposal::{self, Disposal, Postponement};
use keyline_store::inspections::Inspection;
use keyline_store::{Source, people};
use serde_json::json;

use super::destroy::notes_in;
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// What the disposal of an inspection looks like now.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// How far it has come.
    pub disposal: Disposal,
    /// The day; none before publication, and when the programme sets none.
    pub due: Option<Date>,
    /// Days after publication, as the programme says.
    pub days: Option<u16>,
    /// What is there to be destroyed, in order, with how many.
    pub there: Vec<(Step, i64)>,
}

/// Looks at the disposal of an inspection.
///
/// # Errors
/// When the database cannot be read.
pub async fn outlook(cx: &Cx, source: &mut impl Source, inspection: &Inspection) -> Result<Outlook> {
    let disposal = disposal::find(source, inspection.id).await?;
    let days = cx.programme(inspection)?.disposal_days.as_ref().map(|days| days.value);
    let published = disposal::published_at(source, inspection.id).await?;
    let due = published.zip(days).map(|(at, days)| due(day_of(at), days, disposal.put_off));
    let mut there = Vec::new();
    for step in Step::ALL {
        let count = match step {
            Step::ReadingNotes => notes_in(cx, source, inspection).await?,
            _ => disposal::count(source, inspection.id, step).await?,
        };
        there.push((step, count));
    }
    Ok(Outlook { disposal, due, days, there })
}

/// A new day for the disposal.
#[derive(Debug, Clone)]
pub struct PostponeDisposal {
    /// Where.
    pub inspection: InspectionId,
    /// The day.
    pub to: Option<Date>,
    /// Why.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
    /// Whether the writer has confirmed that the reason names nobody.
    pub checked: bool,
}

/// Puts the day off, with the reason. Audit entry `disposal.postponed` with both days and the reason.
///
/// # Errors
/// [`Refused::NotNow`] before publication, when the programme sets no day, and once it has begun; [`Refused::Fields`] for
/// a day that is not later or too late, and without a reason; [`Refused::Stale`] when somebody was quicker.
pub async fn postpone_disposal(cx: &Cx, actor: &Actor, input: PostponeDisposal) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::PostponeDisposal).await?;
    let inspection = work.inspection().await?;
    let outlook = outlook(cx, &mut work.tx, &inspection).await?;
    let from = outlook.due.ok_or_else(|| Refused::reason("disposal-no-day"))?;
    if outlook.disposal.started_at.is_some() {
        return Err(Refused::reason("disposal-begun"));
    }
    let reason = input.reason.trim();
    let mut problems = postpone_problems(work.today(), from, input.to, reason);
    problems.extend(identifiers::problems(&[("reason", reason)], input.checked));
    let (Some(to), true) = (input.to, problems.is_empty()) else { return Err(Refused::Fields(problems)) };
    if outlook.disposal.version != input.version {
        let grant = work.grant.clone();
        let last = disposal::postponements(&mut work.tx, &grant).await?.pop();
        let by = match last.as_ref().and_then(|last| last.by) {
            Some(person) => people::find(&mut work.tx, person).await?.map(|p| p.name),
            None => None,
        };
        return Err(Refused::Stale {
            theirs: last.map(|last| format!("{}: {}", last.to, last.reason)).unwrap_or_default(),
            by: by.unwrap_or_default(),
            version: outlook.disposal.version,
        });
    }
    let postponement =
        Postponement { from, to, reason: reason.to_owned(), by: work.grant.person_id(), at: work.now };
    disposal::postpone(&mut work.tx, input.inspection, &postponement, input.version).await?;
    let detail = json!({ "from": from, "to": to, "reason": reason });
    work.record("disposal.postponed", input.inspection, detail).await?;
    work.commit().await
}
