//! Releasing the results of a survey: worked out once when it takes nothing any more, and the same for everybody ever
//! after. Nobody can ask for other tables of the same answers, so none can be subtracted from these.

use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::{InspectionId, SurveyId};
use keyline_domain::voices::results::{Results, results};
use keyline_store::voices::{self, answers, codes, results as kept};
use keyline_store::{Source, inspections};
use serde_json::{Value, json};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Works out what may be shown of a survey that is over, destroys the codes that were not used, and keeps the result.
/// Audit entry `survey.released` with the number of answers. A second time nothing is done.
///
/// # Errors
/// [`Refused::NotNow`] while it takes answers.
pub async fn release_results(cx: &Cx, inspection: InspectionId, survey: SurveyId) -> Result<()> {
    let mut work = cx.work(&Actor::Clock, inspection, Action::SeeSurveyResults).await?;
    let grant = work.grant.clone();
    let found = voices::find(&mut work.tx, &grant, survey).await?.ok_or(Refused::Hidden)?;
    if !found.window().results_open(work.now) {
        return Err(Refused::reason("results-not-yet-text"));
    }
    if kept::released(&mut work.tx, &grant, survey).await?.is_some() {
        return Ok(());
    }
    let form = cx.form(&mut work.tx, &found.form_digest).await?;
    let all: Vec<Value> =
        answers::list(&mut work.tx, &grant, survey).await?.into_iter().map(|(_, _, answer)| answer).collect();
    let released = results(form.form(), all.iter(), found.smallest)
        .map_err(|error| Refused::fault(anyhow::anyhow!("the results of {survey}: {error}")))?;
    let text = serde_json::to_string(&released).map_err(Refused::fault)?;
    kept::release(&mut work.tx, survey, &text, work.now).await?;
    codes::clear(&mut work.tx, survey).await?;
    work.record("survey.released", survey, json!({ "answers": all.len(), "smallest": found.smallest }))
        .await?;
    work.commit().await
}

/// What was released of a survey; released now when its time has come and the clock has not done it yet.
///
/// # Errors
/// [`Refused::NotNow`] while it takes answers; [`Refused::Hidden`] when it is not of this inspection.
pub async fn released_results(cx: &Cx, grant: &Grant, survey: SurveyId) -> Result<Results> {
    let there = kept::released(&mut cx.read().await?, grant, survey).await?;
    let text = if let Some(text) = there {
        text
    } else {
        if voices::find(&mut cx.read().await?, grant, survey).await?.is_none() {
            return Err(Refused::Hidden);
        }
        release_results(cx, grant.inspection(), survey).await?;
        kept::released(&mut cx.read().await?, grant, survey).await?.ok_or(Refused::Hidden)?
    };
    serde_json::from_str(&text).map_err(Refused::fault)
}

/// Results of the same survey in the programme's other areas, taken together; `None` when there are fewer than two, since
/// one would be named by it.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// In how many areas.
    pub areas: usize,
    /// Their released results.
    pub results: Vec<Results>,
}

/// The released results of the programme's other areas, the newest of each area.
pub async fn elsewhere(source: &mut impl Source, grant: &Grant, form_key: &str) -> Result<Option<Elsewhere>> {
    let inspection = inspections::get(source, grant).await?;
    let all = kept::released_elsewhere(source, &inspection.programme, form_key, grant).await?;
    let mut areas: Vec<String> = vec![inspection.area.clone()];
    let mut found = Vec::new();
    for (area, text) in all {
        if !areas.contains(&area) {
            found.push(serde_json::from_str(&text).map_err(Refused::fault)?);
            areas.push(area);
        }
    }
    Ok((found.len() >= 2).then_some(Elsewhere { areas: found.len(), results: found }))
}

/// The released results of an earlier round in the same area, the newest, with the reference of its inspection.
pub async fn earlier_round(
    source: &mut impl Source,
    grant: &Grant,
    form_key: &str,
) -> Result<Option<Results>> {
    let inspection = inspections::get(source, grant).await?;
    let all = kept::released_elsewhere(source, &inspection.programme, form_key, grant).await?;
    all.into_iter()
        .find(|(area, _)| *area == inspection.area)
        .map(|(_, text)| serde_json::from_str(&text).map_err(Refused::fault))
        .transpose()
}
