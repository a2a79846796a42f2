//! Results as files, in the formats of the field. What was released is for everybody who may see the results; the answers
//! themselves are for the team alone, for a reason, and each taking is in the audit trail.

mod kept;
mod raw;
mod released;
mod said;

use keyline_datasets::{About, Dataset, Format, write};
use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::{InspectionId, SurveyId};
use keyline_store::inspections::{self, Inspection};
use keyline_store::voices::{self, Survey, answers, people};
use serde_json::json;

use self::kept::Kept;
use super::release::released_results;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// How many answers are read at once.
const AT_ONCE: u32 = 2_000;

/// A file to hand out.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub content: Vec<u8>,
}

/// What was released, as a file.
///
/// # Errors
/// As [`released_results`].
pub async fn export_released(cx: &Cx, grant: &Grant, survey: SurveyId, format: Format) -> Result<Exported> {
    let (found, inspection) = find(cx, grant, survey).await?;
    let results = released_results(cx, grant, survey).await?;
    let mut reader = cx.read().await?;
    let form = cx.form(&mut reader, &found.form_digest).await?;
    let people = people::everybody(&people::list(&mut reader, grant, survey).await?);
    drop(reader);
    let mut about = about(cx, &found, &inspection, "results");
    if let Some(people) = people {
        about.notes.push(format!(
            "percent_low and percent_high: were those who answered a random part of the {people} people there are, the \
             percentage of all of them would lie between these with 95 % confidence (hypergeometric test inversion, whole \
             numbers rounded outwards). They chose to answer, so the others may differ.",
        ));
    }
    let dataset = released::dataset(form.form(), &results, people, about);
    file(format, &dataset)
}

/// The answers themselves, as a file. Audit entry `survey.exported` with the format and the reason.
///
/// # Errors
/// [`Refused::NotNow`] while the results are closed; [`Refused::Fields`] without a reason; [`Refused::Hidden`] for whoever
/// may not take answers out.
pub async fn export_raw(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    survey: SurveyId,
    format: Format,
    reason: &str,
) -> Result<Exported> {
    let grant = cx.grant(actor, inspection, Action::ExportAnswers).await?;
    let (found, of) = find(cx, &grant, survey).await?;
    if !found.window().results_open(cx.now()) {
        return Err(Refused::reason("results-not-yet-text"));
    }
    if reason.trim().is_empty() {
        return Err(Refused::field("reason", "problem-required"));
    }
    // Before the entry is saved: a file that could not be made was not taken out.
    let (made, answers) =
        made_of_answers(cx, &grant, &found, format, about(cx, &found, &of, "answers")).await?;
    let mut work = cx.work(actor, inspection, Action::ExportAnswers).await?;
    let detail = json!({ "format": format.key(), "answers": answers, "reason": reason.trim() });
    work.record("survey.exported", survey, detail).await?;
    work.commit().await?;
    Ok(made)
}

/// The file, and how many answers are in it. It is made while they are read. The survey has closed, so none is added
/// meanwhile.
async fn made_of_answers(
    cx: &Cx,
    grant: &Grant,
    survey: &Survey,
    format: Format,
    about: About,
) -> Result<(Exported, usize)> {
    let mut reader = cx.read().await?;
    let form = cx.form(&mut reader, &survey.form_digest).await?;
    let (kept, mut adding) = Kept::new();
    let making = tokio::task::spawn_blocking(move || file(format, &raw::dataset(form.form(), &kept, about)));
    let mut last = String::new();
    loop {
        let part = answers::kept_after(&mut reader, grant, survey.id, &last, AT_ONCE).await?;
        let Some((id, _)) = part.last() else { break };
        last.clone_from(id);
        adding.add(part.into_iter().map(|(_, answer)| answer).collect());
    }
    drop(reader);
    let answers = adding.end();
    Ok((making.await.map_err(Refused::fault)??, answers))
}

async fn find(cx: &Cx, grant: &Grant, survey: SurveyId) -> Result<(Survey, Inspection)> {
    let mut reader = cx.read().await?;
    let found = voices::find(&mut reader, grant, survey).await?.ok_or(Refused::Hidden)?;
    Ok((found, inspections::get(&mut reader, grant).await?))
}

fn about(cx: &Cx, survey: &Survey, inspection: &Inspection, what: &str) -> About {
    let area = cx.library.council(&inspection.area).map_or(inspection.area.as_str(), |c| c.name.as_str());
    About {
        name: format!("{}-{}-{what}", inspection.reference, survey.form_key),
        title: format!("{}: {area}", survey.title),
        description: format!(
            "Anonymous survey. Answers were open until {}. Those who wanted to took part: they are not a random sample.",
            survey.window().end().to_zoned(keyline_domain::clock::london()).date()
        ),
        notes: vec![format!(
            "The smallest number of people that is shown is {}. [c] stands for a number that is hidden to protect people.",
            survey.smallest
        )],
        language: "en-GB".to_owned(),
        made_on: Some(cx.today()),
        ..About::default()
    }
}

fn file(format: Format, dataset: &Dataset<'_>) -> Result<Exported> {
    let mut content = Vec::new();
    write(format, dataset, &mut content).map_err(Refused::fault)?;
    Ok(Exported { name: format.file_name(&dataset.about.name), media_type: format.media_type(), content })
}
