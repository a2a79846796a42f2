//! Reading free texts: each is marked as read by somebody, and can be tagged.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{AnswerId, InspectionId, SurveyId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::voices::texts::{self, FreeText};
use keyline_store::voices::{self, Survey};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Most tags of one text.
const MOST_TAGS: usize = 12;
/// Most characters of a tag.
const TAG_LIMIT: usize = 40;

/// The free texts that may be read now: once the results are open all of them, before that those in which a cue was
/// found and which nobody has read.
///
/// # Errors
/// [`Refused::Hidden`] when the survey is not of this inspection.
pub async fn readable_texts(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    survey: SurveyId,
) -> Result<(Survey, Vec<FreeText>)> {
    let grant = cx.grant(actor, inspection, Action::ReadSurveyTexts).await?;
    let mut reader = cx.read().await?;
    let found = voices::find(&mut reader, &grant, survey).await?.ok_or(Refused::Hidden)?;
    let texts = if found.window().results_open(cx.now()) {
        texts::list(&mut reader, &grant, survey).await?
    } else {
        texts::alerts(&mut reader, &grant, survey).await?
    };
    Ok((found, texts))
}

/// Which text.
#[derive(Debug, Clone)]
pub struct TextAt {
    /// Where.
    pub inspection: InspectionId,
    /// The survey.
    pub survey: SurveyId,
    /// The answer.
    pub answer: AnswerId,
    /// The question.
    pub question: String,
}

async fn find(cx: &Cx, work: &mut Work, at: &TextAt) -> Result<FreeText> {
    let grant = work.grant.clone();
    let survey = voices::find(&mut work.tx, &grant, at.survey).await?.ok_or(Refused::Hidden)?;
    let text = texts::find(&mut work.tx, &grant, at.survey, at.answer, &at.question)
        .await?
        .ok_or(Refused::Hidden)?;
    // A text without a cue is as closed as every other part of an open survey.
    if text.cues.is_empty() && !survey.window().results_open(cx.now()) {
        return Err(Refused::Hidden);
    }
    Ok(text)
}

/// Marks a text as read; the first who read it stays named. Audit entry `survey-text.read`, with the question only:
/// which answer it was is not told, so that the trail does not order the answers.
///
/// # Errors
/// [`Refused::Hidden`] for a text that may not be read now.
pub async fn mark_text_read(cx: &Cx, actor: &Actor, at: TextAt) -> Result<FreeText> {
    let mut work = cx.work(actor, at.inspection, Action::MarkSurveyText).await?;
    let text = find(cx, &mut work, &at).await?;
    let (grant, by, now) = (work.grant.clone(), work.person()?, work.now);
    texts::mark_read(&mut work.tx, &grant, &text, by, now).await?;
    work.record("survey-text.read", at.survey, json!({ "question": at.question, "cues": text.cues })).await?;
    work.commit().await?;
    Ok(text)
}

/// Sets the tags of a text. `seen` are the tags that stood there when it was looked at.
///
/// # Errors
/// [`Refused::Fields`] for too many or too long tags; [`Refused::Stale`] when somebody changed them in between.
pub async fn tag_text(cx: &Cx, actor: &Actor, at: TextAt, seen: Vec<String>, tags: &str) -> Result<()> {
    let mut work = cx.work(actor, at.inspection, Action::MarkSurveyText).await?;
    let mut wanted: Vec<String> = Vec::new();
    for tag in tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !wanted.iter().any(|there| there.to_lowercase() == tag.to_lowercase()) {
            wanted.push(tag.to_owned());
        }
    }
    if wanted.len() > MOST_TAGS || wanted.iter().any(|tag| tag.chars().count() > TAG_LIMIT) {
        let reason = Reason::new("problem-tags").with("most", MOST_TAGS).with("limit", TAG_LIMIT);
        return Err(Refused::Fields(vec![FieldProblem::new("tags", reason)]));
    }
    let text = find(cx, &mut work, &at).await?;
    let stands = text.tags.join(", ");
    let grant = work.grant.clone();
    match texts::tag(&mut work.tx, &grant, &FreeText { tags: seen, ..text }, &wanted).await {
        Err(keyline_store::Error::Stale) => {
            return Err(Refused::Stale { theirs: stands, by: String::new(), version: 0 });
        }
        other => other?,
    }
    work.record("survey-text.tagged", at.survey, json!({ "question": at.question, "tags": wanted })).await?;
    work.commit().await
}
