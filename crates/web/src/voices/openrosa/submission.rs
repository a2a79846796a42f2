//! Taking what a device sends. What is said about it is shown on the device, where everything that was not taken stays.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use keyline_domain::reasons::Reason;
use keyline_forms::answering::AnswerFault;
use keyline_operations::Refused;
use keyline_operations::voices::{Outcome, Unreadable, receive_submission};

use crate::components::fault_sentence;
use crate::frame::device::{Owner, SUBMISSION_LIMIT, said, xml};
use crate::frame::{Files, PageError, PageResult, Scope, Visitor};

/// The part in which the answers come.
const ANSWERS: &str = "xml_submission_file";

/// Most files, elements or answers that are named in a refusal.
const MOST_NAMED: usize = 20;

/// Asked before sending: that somebody takes it here, and how much.
pub(in crate::voices) async fn before_submission() -> Response {
    let mut response = xml(StatusCode::NO_CONTENT, String::new());
    response.headers_mut().remove(CONTENT_TYPE);
    response
}

/// What came.
enum Came {
    Answers(Vec<u8>),
    TooMuch,
    WithFiles(Vec<String>),
    NoAnswers,
}

async fn read(files: &mut Files) -> Result<Came, PageError> {
    let (mut answers, mut others) = (Vec::new(), Vec::new());
    while let Some(file) = files.next().await? {
        if file.field == ANSWERS && answers.is_empty() {
            answers.push(file.bytes(SUBMISSION_LIMIT).await?);
        } else if (file.field == ANSWERS || !file.name.is_empty()) && others.len() < MOST_NAMED {
            others.push(if file.name.is_empty() { file.field.clone() } else { file.name.clone() });
        }
    }
    Ok(match answers.pop() {
        _ if !others.is_empty() => Came::WithFiles(others),
        Some(Some(answers)) => Came::Answers(answers),
        Some(None) => Came::TooMuch,
        None => Came::NoAnswers,
    })
}

/// Takes a submission.
pub(in crate::voices) async fn submission(
    visitor: Visitor,
    scope: Scope,
    Owner(actor): Owner,
    files: Result<Files, PageError>,
) -> PageResult {
    let said_of = Said(&visitor);
    let came = match files {
        Ok(mut files) => read(&mut files).await,
        Err(error) => Err(error),
    };
    let bytes = match came {
        Ok(Came::Answers(bytes)) => bytes,
        Ok(Came::TooMuch) => return Ok(said_of.too_much()),
        Ok(Came::WithFiles(names)) => return Ok(said_of.not_in_form(&names)),
        Ok(Came::NoAnswers) => return Ok(said_of.key(StatusCode::BAD_REQUEST, "device-no-answers")),
        Err(_) => return Ok(said_of.key(StatusCode::BAD_REQUEST, "device-no-parts")),
    };
    Ok(match receive_submission(visitor.cx(), &actor, scope.grant.inspection(), &bytes).await {
        Ok(outcome) => said_of.outcome(outcome),
        Err(Refused::NotNow(why)) => said_of.reasons(StatusCode::CONFLICT, "device-not-now", &why),
        Err(Refused::Hidden | Refused::DeclareFirst) => said_of.key(StatusCode::NOT_FOUND, "device-not-here"),
        Err(Refused::Full) => said_of.key(StatusCode::INSUFFICIENT_STORAGE, "disk-full"),
        Err(other) => PageError::from(other).into_response(),
    })
}

/// What is said about a submission, in the language of the device.
struct Said<'v>(&'v Visitor);

impl Said<'_> {
    fn key(&self, status: StatusCode, key: &str) -> Response {
        said(status, &self.0.words().t(key))
    }

    fn outcome(&self, outcome: Outcome) -> Response {
        match outcome {
            Outcome::Taken => self.key(StatusCode::CREATED, "device-taken"),
            Outcome::OtherBytes => self.key(StatusCode::CONFLICT, "device-other-bytes"),
            Outcome::Correction => self.key(StatusCode::CONFLICT, "device-correction"),
            Outcome::Unreadable(why) => self.unreadable(why),
            Outcome::UnknownForm => self.key(StatusCode::NOT_FOUND, "device-no-such-form"),
            Outcome::OtherVersion => self.key(StatusCode::GONE, "device-other-version"),
            Outcome::Closed(why) => self.reasons(StatusCode::GONE, "device-closed", &why),
            Outcome::NotInForm(what) => self.not_in_form(&what),
            Outcome::Faults(faults) => self.faults(&faults),
        }
    }

    fn unreadable(&self, why: Unreadable) -> Response {
        let key = match why {
            Unreadable::NotText => "device-not-text",
            Unreadable::NotXml => "device-not-xml",
            Unreadable::TooDeep => "device-too-deep",
            Unreadable::NoId => "device-no-id",
        };
        self.key(StatusCode::BAD_REQUEST, key)
    }

    fn too_much(&self) -> Response {
        let limit = SUBMISSION_LIMIT / (1024 * 1024);
        said(StatusCode::PAYLOAD_TOO_LARGE, &self.0.words().with("device-too-large", &[("limit", &limit)]))
    }

    fn not_in_form(&self, what: &[String]) -> Response {
        let what = what.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        said(StatusCode::BAD_REQUEST, &self.0.words().with("device-not-in-form", &[("what", &what)]))
    }

    fn reasons(&self, status: StatusCode, key: &str, reasons: &[Reason]) -> Response {
        let why = reasons.iter().map(|reason| self.0.sentence(reason)).collect::<Vec<_>>().join(" ");
        said(status, &self.0.words().with(key, &[("why", &why)]))
    }

    fn faults(&self, faults: &[AnswerFault]) -> Response {
        let w = self.0.words();
        let each = faults
            .iter()
            .take(MOST_NAMED)
            .map(|fault| format!("{}: {}", fault.question, fault_sentence(w, fault)));
        let what = each.collect::<Vec<_>>().join("; ");
        said(StatusCode::UNPROCESSABLE_ENTITY, &w.with("device-faults", &[("what", &what)]))
    }
}
