//! Which forms a person's device is given.
//!
//! The conversation guides of the programme to whoever may note a session, and the open surveys, to be asked by an
//! interviewer, to whoever may see surveys. A survey that opens with printed codes is not given: on a device nothing would
//! destroy the code. Nor is a form that takes pictures or sounds, or notes by itself who and where the device is.

use std::sync::Arc;

use keyline_domain::access::{Action, Grant};
use keyline_domain::programmes::InstrumentRole;
use keyline_domain::voices::{Distribution, Taking};
use keyline_forms::answering::Compiled;
use keyline_forms::form::Form;
use keyline_store::voices::{self, PublicSurvey, Survey};
use keyline_store::{Source, inspections};

use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::voices::OpenedSurvey;

/// Letters of a form's digest that make its version on a device: enough to tell versions apart.
const VERSION: usize = 16;

/// A form as a device is given it.
#[derive(Debug, Clone)]
pub struct DeviceForm {
    /// Key of the programme's instrument; the form's id on the device.
    pub key: String,
    /// Its version on the device. It changes whenever the form does.
    pub version: String,
    /// The digest of the form.
    pub digest: String,
    /// The form.
    pub form: Arc<Compiled>,
    /// The survey that it answers; none for a conversation guide.
    pub survey: Option<Box<OpenedSurvey>>,
}

/// The version of a digest on a device.
fn version(digest: &str) -> String {
    digest.chars().take(VERSION).collect()
}

/// Whether a device may be given a form.
fn fits(form: &Form) -> bool {
    form.entities.is_empty()
        && form.external_lists.is_empty()
        && form
            .questions()
            .all(|q| !q.kind.is_metadata() && !q.kind.is_upload() && !q.kind.is_external_instance())
}

/// The forms that the grant's person gets, by their keys.
pub async fn device_forms(cx: &Cx, grant: &Grant) -> Result<Vec<DeviceForm>> {
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, grant).await?;
    let mut given = Vec::new();
    if grant.permits(Action::NoteSession) {
        for guide in
            cx.programme(&inspection)?.instruments.iter().filter(|i| i.role == InstrumentRole::Session)
        {
            given.push(guide_form(cx, &guide.key, &guide.form)?);
        }
    }
    if grant.permits(Action::SeeSurveys) {
        for survey in voices::list(&mut reader, grant).await? {
            if survey.window().taking(cx.now()) == Taking::Open {
                given.extend(survey_form(cx, &mut reader, survey, &inspection.area).await?);
            }
        }
    }
    given.retain(|form| fits(form.form.form()));
    given.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(given)
}

/// What a submission answers.
pub(super) enum Answered {
    /// This form.
    Form(DeviceForm),
    /// The form has another version now.
    OtherVersion,
    /// No form that the person may use.
    Unknown,
}

/// The form of that key and version. A guide is known in the versions of the programme that the library holds, so that
/// notes taken before the inspection changed to a newer one are not lost; a survey in its own version only, and also once
/// it is closed.
pub(super) async fn answered(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    key: &str,
    wanted: &str,
) -> Result<Answered> {
    let inspection = inspections::get(source, grant).await?;
    let mut known = false;
    if grant.permits(Action::SeeSurveys)
        && let Some(survey) = voices::list(source, grant).await?.into_iter().find(|s| s.form_key == key)
        && let Some(form) = survey_form(cx, source, survey, &inspection.area).await?
        && fits(form.form.form())
    {
        if form.version == wanted {
            return Ok(Answered::Form(form));
        }
        known = true;
    }
    if grant.permits(Action::NoteSession) {
        for programme in cx.library.programmes().iter().filter(|p| p.id == inspection.programme) {
            let guide = programme.instrument(key).filter(|i| i.role == InstrumentRole::Session);
            let Some(guide) = guide.filter(|guide| fits(&guide.form)) else { continue };
            let form = guide_form(cx, &guide.key, &guide.form)?;
            if form.version == wanted {
                return Ok(Answered::Form(form));
            }
            known = true;
        }
    }
    Ok(if known { Answered::OtherVersion } else { Answered::Unknown })
}

fn guide_form(cx: &Cx, key: &str, form: &Form) -> Result<DeviceForm> {
    let text = serde_json::to_string(form).map_err(Refused::fault)?;
    let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
    let ready = cx.ready(&digest, form)?;
    Ok(DeviceForm { key: key.to_owned(), version: version(&digest), digest, form: ready, survey: None })
}

async fn survey_form(
    cx: &Cx,
    source: &mut impl Source,
    survey: Survey,
    area: &str,
) -> Result<Option<DeviceForm>> {
    if survey.distribution == Distribution::Codes {
        return Ok(None);
    }
    let form = cx.form(source, &survey.form_digest).await?;
    Ok(Some(DeviceForm {
        key: survey.form_key.clone(),
        version: version(&survey.form_digest),
        digest: survey.form_digest.clone(),
        form: form.clone(),
        survey: Some(Box::new(OpenedSurvey {
            public: PublicSurvey { survey, area: area.to_owned(), filled_in: None },
            form,
        })),
    }))
}
