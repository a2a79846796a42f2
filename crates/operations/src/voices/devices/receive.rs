//! Taking what a device sends, once.
//!
//! A device that heard no answer sends again. So the same id with the same bytes is taken once and answered alike ever
//! after, and the same id with other bytes is refused. What is refused is not kept: the device keeps it, and its owner
//! sees why.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{AnswerId, InspectionId};
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::Reason;
use keyline_forms::answering::AnswerFault;
use keyline_forms::xform::answers::{NotAnswers, Received, form_of, read_answers};
use keyline_store::voices::answers::{Kept, NewAnswer, keep_in};
use keyline_store::voices::devices::{Notes, Submission, digest_of, take};
use keyline_store::{Source, voices};
use serde_json::json;

use super::forms::{Answered, DeviceForm, answered};
use super::notes;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::voices::answer::{filling_in, free_texts, not_taken};
use crate::work::Work;

/// Most characters of a submission's own id; clients write `uuid:` and 36 more.
const LONGEST_ID: usize = 200;

/// What became of a submission.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Taken, on the disk; also when the same was sent before.
    Taken,
    /// Another submission was taken under the same id.
    OtherBytes,
    /// It corrects one that was taken before: that is not possible here.
    Correction,
    /// It cannot be read.
    Unreadable(Unreadable),
    /// It answers no form that the person may use here.
    UnknownForm,
    /// It answers a version of the form that is not asked any more.
    OtherVersion,
    /// The survey takes no answers.
    Closed(Vec<Reason>),
    /// It holds what the form has no place for: these elements, or these files.
    NotInForm(Vec<String>),
    /// The form does not take these answers.
    Faults(Vec<AnswerFault>),
}

/// Why a submission cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no text in UTF-8.
    NotText,
    /// It is not XML, or a kind of XML that is not accepted.
    NotXml,
    /// Its elements stand in each other deeper than any form.
    TooDeep,
    /// It has no id of its own, or one that is longer than any client writes.
    NoId,
}

impl From<NotAnswers> for Unreadable {
    fn from(why: NotAnswers) -> Self {
        match why {
            NotAnswers::NotXml(_) | NotAnswers::Empty => Self::NotXml,
            NotAnswers::TooDeep => Self::TooDeep,
        }
    }
}

/// Takes a submission.
///
/// An answer to a survey is checked and kept as if it had come from the survey's page: anonymous, with the day and
/// without an audit entry; that it was taken is noted by hashes that lead to nothing. A conversation guide is kept,
/// sealed, for who sent it, whatever is missing in it, with the audit entry `session.received`.
///
/// # Errors
/// [`Refused::NotNow`] for a guide while sessions may not be noted.
pub async fn receive_submission(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    bytes: &[u8],
) -> Result<Outcome> {
    let grant = cx.grant(actor, inspection, Action::UseDevice).await?;
    let Ok(xml) = std::str::from_utf8(bytes) else {
        return Ok(Outcome::Unreadable(Unreadable::NotText));
    };
    // Some clients begin with a mark of the byte order, which is not part of the document.
    let xml = xml.trim_start_matches('\u{feff}');
    let (key, version) = match form_of(xml) {
        Ok((key, version)) => (key, version.unwrap_or_default()),
        Err(why) => return Ok(Outcome::Unreadable(why.into())),
    };
    let form = match answered(cx, &mut cx.read().await?, &grant, &key, &version).await? {
        Answered::Form(form) => form,
        Answered::OtherVersion => return Ok(Outcome::OtherVersion),
        Answered::Unknown => return Ok(Outcome::UnknownForm),
    };
    let mut received = match read_answers(&form.form, xml) {
        Ok(received) => received,
        Err(why) => return Ok(Outcome::Unreadable(why.into())),
    };
    let Some(id) = received.instance_id.as_deref().filter(|id| id.chars().count() <= LONGEST_ID) else {
        return Ok(Outcome::Unreadable(Unreadable::NoId));
    };
    let instance_hash = cx.vault.hash(&format!("device_submission/instance/{inspection}"), id.as_bytes());
    let digest = cx.vault.hash(&format!("device_submission/digest/{inspection}"), bytes);
    // Whether it came before is asked first: after the survey has closed, the same is still answered alike.
    if let Some(outcome) = before(&mut cx.read().await?, &grant, &instance_hash, &digest).await? {
        return Ok(outcome);
    }
    if received.deprecated_id.is_some() {
        return Ok(Outcome::Correction);
    }
    // What the client says about itself (who, where, when) is neither asked for nor kept.
    received.unknown.retain(|path| !is_about(path));
    if !(received.unknown.is_empty() && received.files.is_empty()) {
        return Ok(Outcome::NotInForm([received.unknown, received.files].concat()));
    }
    let mut work = cx.work(actor, inspection, Action::UseDevice).await?;
    // Asked again inside: two that arrive together come one after the other here.
    if let Some(outcome) = before(&mut work.tx, &work.grant, &instance_hash, &digest).await? {
        return Ok(outcome);
    }
    let submission = Submission { instance_hash, digest, notes: None };
    if form.survey.is_some() {
        take_answer(cx, work, &form, &received, &submission).await
    } else {
        take_notes(cx, work, &form, &received, submission).await
    }
}

/// Whether the path of an element is in the part of a submission that is about the submission (`/data/meta/deviceID`).
fn is_about(path: &str) -> bool {
    path.split('/').nth(2) == Some("meta")
}

async fn before(
    source: &mut impl Source,
    grant: &keyline_domain::access::Grant,
    instance_hash: &str,
    digest: &str,
) -> Result<Option<Outcome>> {
    Ok(digest_of(source, grant, instance_hash)
        .await?
        .map(|there| if there == digest { Outcome::Taken } else { Outcome::OtherBytes }))
}

async fn take_answer(
    cx: &Cx,
    mut work: Work,
    form: &DeviceForm,
    received: &Received,
    submission: &Submission,
) -> Result<Outcome> {
    let survey = &form.survey.as_ref().ok_or(Refused::Hidden)?.public.survey;
    if let Some(reason) = not_taken(cx, survey, true) {
        return Ok(Outcome::Closed(vec![reason]));
    }
    let id = AnswerId::random(cx.random());
    let filling = filling_in(cx, &form.form, &received.answers, id, "");
    if !filling.dropped().is_empty() {
        return Ok(Outcome::NotInForm(filling.dropped().to_vec()));
    }
    let faults = filling.check();
    if !faults.is_empty() {
        return Ok(Outcome::Faults(faults));
    }
    let inspection = work.inspection().await?;
    let answers = filling.answers();
    let new = NewAnswer {
        survey: survey.id,
        id,
        day: work.today(),
        now: work.now,
        texts: free_texts(cx.programme(&inspection)?, form.form.form(), &survey.audience, &answers),
        answers,
        contact: None,
        code: None,
    };
    match keep_in(&mut work.tx, &new).await? {
        Kept::Kept => {}
        Kept::Closed | Kept::CodeUsed => {
            return Ok(Outcome::Closed(vec![Reason::new("survey-just-closed")]));
        }
    }
    let grant = work.grant.clone();
    take(&mut work.tx, &grant, submission).await?;
    work.commit().await?;
    Ok(Outcome::Taken)
}

async fn take_notes(
    cx: &Cx,
    mut work: Work,
    form: &DeviceForm,
    received: &Received,
    mut submission: Submission,
) -> Result<Outcome> {
    work.require(Step::NoteSessions).await?;
    let text = serde_json::to_string(&form.form.form()).map_err(Refused::fault)?;
    let form_digest = voices::forms::keep(&mut work.tx, &form.key, &text, work.now).await?;
    let place = notes::place(work.inspection_id(), &submission.instance_hash);
    // The answers and not the XML: a client may have written into it who, where and when.
    let answers = serde_json::to_vec(&received.answers).map_err(Refused::fault)?;
    let sealed = cx.vault.seal(&place, &answers, cx.random())?;
    submission.notes = Some(Notes { person: work.person()?, day: work.today(), form_digest, sealed });
    let grant = work.grant.clone();
    take(&mut work.tx, &grant, &submission).await?;
    work.record("session.received", &form.key, json!({})).await?;
    work.commit().await?;
    Ok(Outcome::Taken)
}
