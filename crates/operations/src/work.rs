//! The unit of work of one verb.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Grant, decide};
use keyline_domain::clock::day_of;
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::inspections::way::{Offer, Progress, Step, offer};
use keyline_store::inspections::{self, Inspection};
use keyline_store::{Source, Tx, audit, disposal, jobs, progress};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// One verb's transaction with its grant, its time and its audit. Dropped without [`Work::commit`], nothing happened.
#[derive(Debug)]
pub struct Work {
    /// The transaction.
    pub tx: Tx,
    /// What the policy allowed.
    pub grant: Grant,
    /// The instant of the verb.
    pub now: Timestamp,
    cx: Cx,
    actor: Actor,
}

impl Work {
    pub(crate) async fn open(
        cx: &Cx,
        actor: &Actor,
        inspection: InspectionId,
        action: Action,
    ) -> Result<Self> {
        let mut tx = cx.db.begin().await?;
        let standing = match actor.person() {
            Some(person) => inspections::members::standing(&mut tx, inspection, person.id).await?,
            None => None,
        };
        let grant = decide(actor, action, inspection, standing.as_ref())?;
        // What the clock does then is part of the disposal.
        let brings = action.brings_material() && actor.person().is_some();
        if brings && disposal::find(&mut tx, inspection).await?.started_at.is_some() {
            return Err(Refused::reason("disposal-over"));
        }
        Ok(Self { tx, grant, now: cx.now(), cx: cx.clone(), actor: actor.clone() })
    }

    /// The inspection of the verb.
    pub fn inspection_id(&self) -> InspectionId {
        self.grant.inspection()
    }

    /// Today in Scotland.
    pub fn today(&self) -> Date {
        day_of(self.now)
    }

    /// The person who acts.
    ///
    /// # Errors
    /// [`Refused::Hidden`] when no person acts: the verb wants one.
    pub fn person(&self) -> Result<PersonId> {
        self.grant.person_id().ok_or(Refused::Hidden)
    }

    /// The row of the inspection.
    pub async fn inspection(&mut self) -> Result<Inspection> {
        Ok(inspections::get(&mut self.tx, &self.grant).await?)
    }

    /// The facts of the inspection as they stand inside this transaction.
    pub async fn progress(&mut self) -> Result<Progress> {
        let inspection = self.inspection().await?;
        facts(&self.cx, &mut self.tx, &inspection).await
    }

    /// Refuses with the reasons when the step may not be done now. A step that is done may not be done again.
    pub async fn require(&mut self, step: Step) -> Result<Progress> {
        let progress = self.progress().await?;
        match offer(step, &progress, self.now) {
            Offer::Ready => Ok(progress),
            Offer::NotYet(reasons) => Err(Refused::NotNow(reasons)),
            Offer::Done => Err(Refused::reason("step-done-already")),
        }
    }

    /// Refuses with the reasons when the step may not be done yet; a step that counts as done may be gone on with.
    pub async fn not_before(&mut self, step: Step) -> Result<Progress> {
        let progress = self.progress().await?;
        match offer(step, &progress, self.now) {
            Offer::NotYet(reasons) => Err(Refused::NotNow(reasons)),
            Offer::Ready | Offer::Done => Ok(progress),
        }
    }

    /// Writes an audit entry about a subject of this inspection.
    pub async fn record(
        &mut self,
        action: &str,
        subject: impl std::fmt::Display,
        detail: serde_json::Value,
    ) -> Result<()> {
        let inspection = Some(self.grant.inspection());
        audit::add(&mut self.tx, self.now, inspection, &self.actor, action, &subject.to_string(), &detail)
            .await?;
        Ok(())
    }

    /// Puts a job into the queue, with this transaction.
    pub async fn enqueue(&mut self, kind: &str, payload: serde_json::Value, run_at: Timestamp) -> Result<()> {
        jobs::enqueue(&mut self.tx, self.now, self.cx.random(), kind, &payload, run_at).await?;
        Ok(())
    }

    /// Saves everything.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}

pub(crate) async fn facts(cx: &Cx, source: &mut impl Source, inspection: &Inspection) -> Result<Progress> {
    let programme = cx.programme(inspection)?;
    let sections = u32::try_from(programme.report.written_sections().count()).unwrap_or(u32::MAX);
    Ok(progress::of(source, inspection.id, &programme.indicators_evaluated(), sections).await?)
}

/// Looking, for pages: the inspection, its facts, and the offers of every step.
pub mod view {
    use super::{Cx, Inspection, Offer, Progress, Result, Source, Step, facts, offer};

    /// The facts of an inspection.
    pub async fn progress(cx: &Cx, source: &mut impl Source, inspection: &Inspection) -> Result<Progress> {
        facts(cx, source, inspection).await
    }

    /// Every step with its offer.
    pub fn offers(cx: &Cx, progress: &Progress) -> Vec<(Step, Offer)> {
        let now = cx.now();
        Step::ALL.iter().map(|step| (*step, offer(*step, progress, now))).collect()
    }
}
