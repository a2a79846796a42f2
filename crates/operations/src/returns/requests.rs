//! Asking the partnership for one more document.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, RequestId};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::returns::{NewRequest, add_request};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A request.
#[derive(Debug, Clone)]
pub struct RequestDocument {
    /// Where.
    pub inspection: InspectionId,
    /// What is asked for.
    pub title: String,
    /// What the team needs it for.
    pub purpose: String,
    /// Numbers of the indicators it serves: at least one, each evaluated here.
    pub indicators: Vec<String>,
    /// Day it is due.
    pub due_on: Option<Date>,
}

/// Asks for another document. A request that serves no indicator is refused: nobody should be asked for it. Audit entry
/// `document.requested`.
///
/// # Errors
/// [`Refused::NotNow`] before the notification; [`Refused::Fields`] for what is missing or past.
pub async fn request_document(cx: &Cx, actor: &Actor, input: RequestDocument) -> Result<RequestId> {
    let mut work = cx.work(actor, input.inspection, Action::RequestDocument).await?;
    let inspection = work.inspection().await?;
    if inspection.notified_on.is_none() {
        return Err(Refused::reason("wait-notified"));
    }
    let programme = cx.programme(&inspection)?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, key: &str| problems.push(FieldProblem::new(field, Reason::new(key)));
    let (title, purpose) = (input.title.trim(), input.purpose.trim());
    if title.is_empty() {
        wrong("title", "problem-required");
    } else if title.chars().count() > 200 {
        wrong("title", "returns-problem-long");
    }
    if purpose.is_empty() {
        wrong("purpose", "returns-problem-purpose");
    } else if purpose.chars().count() > 2000 {
        wrong("purpose", "returns-problem-long");
    }
    if input.indicators.is_empty() || input.indicators.iter().any(|i| !programme.evaluates(i)) {
        wrong("indicators", "returns-problem-indicators");
    }
    match input.due_on {
        None => wrong("due", "problem-date"),
        Some(day) if day < work.today() => wrong("due", "returns-problem-past"),
        Some(_) => {}
    }
    let (Some(due_on), true) = (input.due_on, problems.is_empty()) else {
        return Err(Refused::Fields(problems));
    };
    let id = RequestId::new(work.now, cx.random());
    let mut indicators = input.indicators;
    indicators.sort();
    indicators.dedup();
    let new = NewRequest {
        id,
        inspection: inspection.id,
        // Beside the keys of the programme: its own id cannot meet one of them.
        key: id.to_string(),
        title: title.to_owned(),
        purpose: purpose.to_owned(),
        indicators,
        lines: Vec::new(),
        due_on,
        at: work.now,
    };
    add_request(&mut work.tx, &new).await?;
    let detail = json!({ "title": new.title, "indicators": new.indicators, "due_on": due_on });
    work.record("document.requested", id, detail).await?;
    work.commit().await?;
    Ok(id)
}
