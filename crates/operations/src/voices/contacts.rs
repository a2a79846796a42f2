//! People who ask, beside their answers, that somebody gets in touch with them.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{ContactId, InspectionId, PersonId, SurveyId};
use keyline_store::voices::contacts;
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Most characters that somebody may leave.
pub const CONTACT_LIMIT: usize = 500;

/// What somebody left.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Id.
    pub id: ContactId,
    /// The survey on whose page it was left.
    pub survey: SurveyId,
    /// The day.
    pub day: Date,
    /// What was left.
    pub text: String,
    /// Who has dealt with it.
    pub done_by: Option<PersonId>,
}

/// What it is sealed for.
pub(super) fn place(id: ContactId) -> String {
    format!("survey_contact/sealed/{id}")
}

/// The wishes of an inspection's surveys, opened. Audit entry `contacts.read`: they name people.
///
/// # Errors
/// [`Refused::Hidden`] for whoever does not lead engagement.
pub async fn read_contacts(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Vec<Wish>> {
    let mut work = cx.work(actor, inspection, Action::AnswerContacts).await?;
    let grant = work.grant.clone();
    let mut wishes = Vec::new();
    for kept in contacts::list(&mut work.tx, &grant).await? {
        let text = cx.vault.open_value(&place(kept.id), &kept.sealed)?;
        wishes.push(Wish {
            id: kept.id,
            survey: kept.survey,
            day: kept.day,
            text: String::from_utf8_lossy(&text).into_owned(),
            done_by: kept.done_by,
        });
    }
    if !wishes.is_empty() {
        work.record("contacts.read", inspection, json!({ "number": wishes.len() })).await?;
        work.commit().await?;
    }
    Ok(wishes)
}

/// Says that somebody has been contacted. Audit entry `contact.answered`.
///
/// # Errors
/// [`Refused::NotNow`] when somebody has said so already.
pub async fn answer_contact(cx: &Cx, actor: &Actor, inspection: InspectionId, id: ContactId) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::AnswerContacts).await?;
    let (grant, by, now) = (work.grant.clone(), work.person()?, work.now);
    match contacts::done(&mut work.tx, &grant, id, by, now).await {
        Err(keyline_store::Error::Stale) => return Err(Refused::reason("contact-answered-already")),
        other => other?,
    }
    work.record("contact.answered", id, json!({})).await?;
    work.commit().await
}
