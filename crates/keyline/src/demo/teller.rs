//! Tells one inspection from its first day, by the verbs that the pages use, with the clock set to the day of each.
//!
//! Each part asks first what is there and does only what is missing: a run that was cut off goes on where it stopped.

mod care;
mod disposal;
mod documents;
pub(crate) use care::PASSPHRASE as CARE_PASSPHRASE;
mod evidence;
mod information;
pub(crate) use information::tell as tell_information;
mod judgement;
mod reading;
mod report;
mod requests;
mod returns;
mod set_up;
mod voices;
mod volunteers;

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::InspectionId;
use keyline_domain::inspections::plan::Plan;
use keyline_domain::inspections::way::Progress;
use keyline_domain::programmes::Programme;
use keyline_operations::{Cx, view};
use keyline_store::inspections;

use super::people::Cast;
use super::script::Script;
use super::tale::{AREA, Tale, Until, moment};
use crate::commands::in_words;
use crate::system::SystemClock;

/// What the parts of the telling share.
pub(crate) struct Teller<'a> {
    cx: &'a Cx,
    clock: &'a SystemClock,
    cast: &'a Cast,
    script: &'a Script,
    tale: &'a Tale,
    programme: &'a Programme,
    plan: Plan,
    // Nothing of the story happens after the day on which it is told.
    today: Date,
    id: InspectionId,
}

/// Tells a tale.
pub(crate) async fn tell(
    cx: &Cx,
    clock: &SystemClock,
    cast: &Cast,
    script: &Script,
    tale: &Tale,
    today: Date,
) -> anyhow::Result<InspectionId> {
    let programme = cx
        .library
        .programme(super::tale::PROGRAMME, &tale.version)
        .ok_or_else(|| anyhow::anyhow!("version {} is not in the library", tale.version))?;
    let plan = Plan::from_template(&programme.timeline, tale.starts_on, &cx.library.calendar(AREA))?;
    clock.set(Some(moment(tale.starts_on, -180)?));
    let id = set_up::found(cx, cast, programme, tale).await?;
    let teller = Teller { cx, clock, cast, script, tale, programme, plan, today, id };
    set_up::team(&teller).await?;
    set_up::notify(&teller).await?;
    set_up::partnership(&teller).await?;
    if tale.until == Until::Preparation {
        requests::in_hand(&teller).await?;
    }
    if tale.until >= Until::Gathering {
        returns::pre_inspection_return(&teller).await?;
        returns::documents(&teller).await?;
        requests::hours(&teller).await?;
        voices::survey_opens(&teller).await?;
        returns::sample(&teller).await?;
        reading::planned(&teller).await?;
    }
    if tale.until >= Until::OnSite {
        voices::survey_closes(&teller).await?;
        reading::readings(&teller).await?;
        voices::sessions(&teller).await?;
        requests::position_statement(&teller, tale.until > Until::OnSite).await?;
        evidence::record(&teller).await?;
    }
    if tale.until >= Until::Reporting {
        evidence::findings(&teller).await?;
        judgement::alone(&teller).await?;
        judgement::agreed(&teller).await?;
    }
    if tale.until >= Until::Followed {
        judgement::panel(&teller).await?;
        report::write(&teller).await?;
        report::draft_and_points(&teller).await?;
        report::embargo(&teller).await?;
        report::publish(&teller).await?;
        report::action_plan(&teller).await?;
    }
    if tale.until == Until::OnSite {
        care::concerns(&teller).await?;
        care::messages(&teller).await?;
        volunteers::crew(&teller).await?;
    }
    if tale.until == Until::Reporting {
        volunteers::childrens_version(&teller).await?;
    }
    // What changed is told of the inspection that is told to its end, under the version that counts.
    let counts = cx.library.latest(super::tale::PROGRAMME).is_some_and(|p| p.version == tale.version);
    if tale.until == Until::Followed && counts {
        volunteers::what_changed(&teller).await?;
    }
    set_up::what_else_was_done(&teller).await?;
    disposal::on_its_day(&teller).await?;
    Ok(id)
}

impl Teller<'_> {
    /// Sets the clock to a time of the day of a step (its first day), but never past today.
    fn at_step(&self, step: &str, minutes: i64) -> anyhow::Result<()> {
        let day = self.plan.step(step).map_or(self.tale.starts_on, |s| s.span.from);
        self.at(day, minutes)
    }

    /// Sets the clock to a time of the last day of a step.
    fn at_end_of(&self, step: &str, minutes: i64) -> anyhow::Result<()> {
        let day = self.plan.step(step).map_or(self.tale.starts_on, |s| s.span.to);
        self.at(day, minutes)
    }

    fn at(&self, day: Date, minutes: i64) -> anyhow::Result<()> {
        self.clock.set(Some(moment(day.min(self.today), minutes)?));
        Ok(())
    }

    /// The actor of a part.
    fn actor(&self, key: &str) -> Actor {
        self.cast.actor(key)
    }

    async fn grant(&self, key: &str, action: Action) -> anyhow::Result<Grant> {
        self.cx.grant(&self.actor(key), self.id, action).await.map_err(in_words)
    }

    /// What has been done so far.
    async fn progress(&self) -> anyhow::Result<Progress> {
        let grant = self.cx.grant(&Actor::Console, self.id, Action::SeeInspection).await.map_err(in_words)?;
        let mut reader = self.cx.db.read().await?;
        let inspection = inspections::get(&mut reader, &grant).await?;
        view::progress(self.cx, &mut reader, &inspection).await.map_err(in_words)
    }

    /// Whether a step of the programme's plan exists: the earlier version has fewer.
    fn has_step(&self, step: &str) -> bool {
        self.plan.step(step).is_some()
    }
}
