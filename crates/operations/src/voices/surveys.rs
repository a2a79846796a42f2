//! Opening and closing a survey.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, SurveyId, secret};
use keyline_domain::inspections::way::{Step, SurveyState};
use keyline_domain::programmes::InstrumentRole;
use keyline_store::voices::{self, Survey};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A survey to be opened.
#[derive(Debug, Clone)]
pub struct OpenSurvey {
    /// Where.
    pub inspection: InspectionId,
    /// Key of the programme's instrument.
    pub instrument: String,
    /// Last day on which it takes answers.
    pub closes_on: Date,
}

/// Opens a survey: the questions are kept as they are now, and a link is made that can be handed out. Audit entry
/// `survey.opened`.
///
/// # Errors
/// [`Refused::NotNow`] before the notification, without a coordinator, or when it is open already; [`Refused::Fields`]
/// for an unknown instrument or a last day that has passed.
pub async fn open_survey(cx: &Cx, actor: &Actor, input: OpenSurvey) -> Result<SurveyId> {
    let mut work = cx.work(actor, input.inspection, Action::RunSurvey).await?;
    work.require(Step::OpenSurvey).await?;
    let inspection = work.inspection().await?;
    let reference = cx
        .programme(&inspection)?
        .instrument(&input.instrument)
        .filter(|i| i.role == InstrumentRole::Survey)
        .ok_or_else(|| Refused::field("instrument", "problem-unknown-instrument"))?;
    let today = work.today();
    if input.closes_on < today {
        return Err(Refused::field("closes_on", "problem-day-passed"));
    }
    let id = SurveyId::new(work.now, cx.random());
    let survey = Survey {
        id,
        inspection: inspection.id,
        instrument: reference.instrument.clone(),
        audience: reference.instrument.audience.clone(),
        state: SurveyState::Open,
        opens_on: today,
        closes_on: input.closes_on,
        address: secret(cx.random())[..16].to_owned(),
        opened_at: Some(work.now),
        closed_at: None,
        version: 1,
    };
    match voices::add(&mut work.tx, &survey).await {
        Err(keyline_store::Error::Exists(_)) => return Err(Refused::reason("survey-exists")),
        other => other?,
    }
    work.record("survey.opened", id, json!({ "instrument": input.instrument, "closes_on": input.closes_on }))
        .await?;
    work.commit().await?;
    Ok(id)
}

/// Closes a survey. It does not open again: results are shown from then on. Audit entry `survey.closed` with the
/// number of answers.
///
/// # Errors
/// [`Refused::Hidden`] when it is not of this inspection; [`Refused::NotNow`] when it is not open.
pub async fn close_survey(cx: &Cx, actor: &Actor, inspection: InspectionId, survey: SurveyId) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::RunSurvey).await?;
    let mut found = voices::find(&mut work.tx, &work.grant, survey).await?.ok_or(Refused::Hidden)?;
    if found.state != SurveyState::Open {
        return Err(Refused::reason("wait-survey-open"));
    }
    found.state = SurveyState::Closed;
    found.closed_at = Some(work.now);
    voices::save(&mut work.tx, &found).await?;
    let answers = voices::answers::count(&mut work.tx, survey).await?;
    work.record("survey.closed", survey, json!({ "answers": answers })).await?;
    work.commit().await
}

/// Closes every survey whose last day has passed. What the clock does each time it looks for work.
pub async fn close_overdue_surveys(cx: &Cx) -> Result<usize> {
    let overdue = voices::overdue(&mut cx.read().await?, cx.today()).await?;
    for (survey, inspection) in &overdue {
        close_survey(cx, &Actor::Clock, *inspection, *survey).await?;
    }
    Ok(overdue.len())
}
