//! Releasing the results of a survey: worked out once when it takes nothing any more, and the same for everybody ever
//! after. Nobody can ask for other tables of the same answers, so none can be subtracted from these.

use std::collections::BTreeSet;

use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::{InspectionId, SurveyId};
use keyline_domain::voices::results::{Results, Round, results};
use keyline_store::voices::{self, Survey, answers, codes, results as kept};
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
    pub rounds: Vec<Round>,
}

/// What the results of a survey can be compared with.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// The programme's other areas, the newest of each.
    pub elsewhere: Option<Elsewhere>,
    /// The newest earlier round in the same area.
    pub earlier: Option<Round>,
}

/// What the results of a survey can be compared with.
pub async fn compared(cx: &Cx, source: &mut impl Source, grant: &Grant, survey: &Survey) -> Result<Compared> {
    let inspection = inspections::get(source, grant).await?;
    let all = kept::released_elsewhere(source, &inspection.programme, &survey.form_key, grant).await?;
    let is = cx.form(source, &survey.form_digest).await?;
    let (mut areas, mut rounds, mut earlier) = (BTreeSet::new(), Vec::new(), None);
    for one in all {
        let here = one.area == inspection.area;
        if if here { earlier.is_some() } else { !areas.insert(one.area) } {
            continue;
        }
        let was = cx.form(source, &one.form_digest).await?;
        let released = serde_json::from_str(&one.released).map_err(Refused::fault)?;
        let round = Round::new(released, was.form(), is.form());
        if here {
            earlier = Some(round);
        } else {
            rounds.push(round);
        }
    }
    let elsewhere = (rounds.len() >= 2).then_some(Elsewhere { areas: rounds.len(), rounds });
    Ok(Compared { elsewhere, earlier })
}
