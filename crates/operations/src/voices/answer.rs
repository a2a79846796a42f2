//! Answering a survey, without an account. Nothing of the person is known here, and nothing is kept but the answer.

use keyline_domain::ids::AnswerId;
use keyline_domain::voices::closed_because;
use keyline_forms::{Answers, Submission};
use keyline_store::voices::{answers::Kept, find_public};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A form that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The last part of the survey's link.
    pub address: String,
    /// The random id that the form carried, so that sending it twice counts once.
    pub id: AnswerId,
    /// The fields.
    pub pairs: Vec<(String, String)>,
}

/// What became of it.
#[derive(Debug, Clone)]
pub enum Answered {
    /// Kept, on the disk.
    Kept,
    /// Something is wrong with it; holds what was typed.
    Problems(Submission),
}

/// Keeps an anonymous answer. No audit entry: it would tell the time.
///
/// # Errors
/// [`Refused::Hidden`] for an unknown link; [`Refused::NotNow`] when the survey is not open.
pub async fn answer_survey(cx: &Cx, sent: Sent) -> Result<Answered> {
    let (survey, _) = find_public(&mut cx.read().await?, &sent.address).await?.ok_or(Refused::Hidden)?;
    if let Some(reason) = closed_because(survey.state, survey.closes_on, cx.today()) {
        return Err(Refused::NotNow(vec![reason]));
    }
    let submission = Answers::from_form(&survey.instrument, sent.pairs.into_iter());
    if !submission.accepted() {
        return Ok(Answered::Problems(submission));
    }
    match cx.db.answers().keep(survey.id, sent.id, &submission.answers).await? {
        Kept::Kept => Ok(Answered::Kept),
        Kept::Closed => Err(Refused::reason("survey-just-closed")),
    }
}
