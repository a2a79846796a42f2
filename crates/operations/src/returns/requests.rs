//! The list of what is asked of the partnership: asking for one more, changing and withdrawing what was asked, and saying
//! that one works on it.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Grant, Role, Side};
use keyline_domain::ids::{InspectionId, PersonId, RequestId};
use keyline_domain::programmes::Programme;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::returns::{Act, held};
use keyline_store::inspections::members;
use keyline_store::returns::{
    NewRequest, Request, add_request, change_request as store_change, find_request, save_request,
};
use keyline_store::{Source, people};
use serde_json::json;

use super::already_held::already_held;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct AskedFor {
    /// What is asked for.
    pub title: String,
    /// What the team needs it for.
    pub purpose: String,
    /// Numbers of the indicators it serves: at least one, each evaluated here.
    pub indicators: Vec<String>,
    /// Day it is due.
    pub due_on: Option<Date>,
    /// Who of the partnership holds it; `None`: the coordinator.
    pub owner: Option<PersonId>,
    /// Where a public document says something of it; empty when none is known.
    pub public_at: String,
    /// Why it is asked although something answers it already; wanted then.
    pub asked_again: String,
}

/// A request.
#[derive(Debug, Clone)]
pub struct RequestDocument {
    /// Where.
    pub inspection: InspectionId,
    /// What.
    pub asked: AskedFor,
}

/// Asks for another document. A request that serves no indicator is refused: nobody should be asked for it. One that an
/// earlier return or a public document answers has to say why it is asked again. Audit entry `document.requested`.
///
/// # Errors
/// [`Refused::NotNow`] before the notification; [`Refused::Fields`] for what is missing or past.
pub async fn request_document(cx: &Cx, actor: &Actor, input: RequestDocument) -> Result<RequestId> {
    let mut work = cx.work(actor, input.inspection, Action::RequestDocument).await?;
    let inspection = work.inspection().await?;
    if inspection.notified_on.is_none() {
        return Err(Refused::reason("wait-notified"));
    }
    let checked = checked(cx, &mut work, input.asked, None).await?;
    let id = RequestId::new(work.now, cx.random());
    let new = NewRequest {
        id,
        inspection: inspection.id,
        // Beside the keys of the programme: its own id cannot meet one of them.
        key: id.to_string(),
        title: checked.title,
        purpose: checked.purpose,
        indicators: checked.indicators,
        lines: Vec::new(),
        due_on: checked.due_on,
        owner: checked.owner,
        public_at: checked.public_at,
        asked_again: checked.asked_again,
        at: work.now,
    };
    add_request(&mut work.tx, &new).await?;
    let detail = json!({ "title": new.title, "indicators": new.indicators, "due_on": new.due_on,
        "owner": new.owner, "public_at": new.public_at, "asked_again": new.asked_again });
    work.record("document.requested", id, detail).await?;
    work.commit().await?;
    Ok(id)
}

/// Another wording of a request.
#[derive(Debug, Clone)]
pub struct ChangeRequest {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub request: RequestId,
    /// What is asked for now.
    pub asked: AskedFor,
    /// The version that was looked at.
    pub version: i64,
}

/// Changes what is asked for, of whom and until when, as long as nothing has come. Audit entry `request.changed` with what
/// it was and what it is.
///
/// # Errors
/// [`Refused::Fields`] for what is missing or past; [`Refused::NotNow`] when it was answered or withdrawn;
/// [`Refused::Stale`] with the other's text when somebody changed it meanwhile.
pub async fn change_request(cx: &Cx, actor: &Actor, input: ChangeRequest) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::RequestDocument).await?;
    let before = at_version(&mut work, input.request, Some(input.version)).await?;
    before.state.after(Act::Change).map_err(Refused::reason)?;
    let checked = checked(cx, &mut work, input.asked, Some(&before)).await?;
    let after = Request {
        title: checked.title,
        purpose: checked.purpose,
        indicators: checked.indicators,
        due_on: checked.due_on,
        owner: checked.owner,
        public_at: checked.public_at,
        asked_again: checked.asked_again,
        ..before.clone()
    };
    let (now, by) = (work.now, work.grant.person_id());
    store_change(&mut work.tx, &after, by, now).await?;
    let said = |r: &Request| {
        json!({ "title": r.title, "purpose": r.purpose, "indicators": r.indicators, "due_on": r.due_on,
            "owner": r.owner, "public_at": r.public_at, "asked_again": r.asked_again })
    };
    work.record("request.changed", after.id, json!({ "from": said(&before), "to": said(&after) })).await?;
    work.commit().await
}

/// That something is not asked for any more.
#[derive(Debug, Clone)]
pub struct WithdrawRequest {
    /// Where.
    pub inspection: InspectionId,
    /// Which.
    pub request: RequestId,
    /// Why; the coordinator reads it.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
}

/// Withdraws a request. What has come against it stays. Audit entry `request.withdrawn`.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::NotNow`] when it was accepted or withdrawn already;
/// [`Refused::Stale`] when it changed since it was looked at.
pub async fn withdraw_request(cx: &Cx, actor: &Actor, input: WithdrawRequest) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::RequestDocument).await?;
    let request = at_version(&mut work, input.request, Some(input.version)).await?;
    let state = request.state.after(Act::Withdraw).map_err(Refused::reason)?;
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Refused::field("withdraw-reason", "problem-reason"));
    }
    let (now, by) = (work.now, work.grant.person_id());
    save_request(&mut work.tx, request.id, state, Some(reason), by, now, request.version).await?;
    let detail = json!({ "from": request.state.word(), "reason": reason });
    work.record("request.withdrawn", request.id, detail).await?;
    work.commit().await
}

/// Says that the partnership works on a request: the coordinator, or whoever holds it. Audit entry `request.begun`.
///
/// # Errors
/// [`Refused::Hidden`] for a request that somebody else holds; [`Refused::NotNow`] when it was begun or answered.
pub async fn begin_request(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    request: RequestId,
) -> Result<()> {
    let mut work = cx.work(actor, inspection, Action::HoldRequest).await?;
    let request = at_version(&mut work, request, None).await?;
    let person = work.grant.person_id();
    let own = request.owner.is_some() && request.owner == person;
    if !own && !work.grant.permits(Action::UploadDocument) {
        return Err(Refused::Hidden);
    }
    let state = request.state.after(Act::Begin).map_err(Refused::reason)?;
    // Why it was sent back stays on the page for whoever works on it.
    let (now, reason) = (work.now, request.reason.as_deref());
    save_request(&mut work.tx, request.id, state, reason, person, now, request.version).await?;
    work.record("request.begun", request.id, json!({ "from": request.state.word() })).await?;
    work.commit().await
}

/// A request of the inspection; refused with both texts when it is not at the version that was looked at.
pub(super) async fn at_version(work: &mut Work, request: RequestId, version: Option<i64>) -> Result<Request> {
    let grant = work.grant.clone();
    let request = find_request(&mut work.tx, &grant, request).await?.ok_or(Refused::Hidden)?;
    if version.is_none_or(|seen| seen == request.version) {
        return Ok(request);
    }
    let by = match request.changed_by {
        Some(person) => people::find(&mut work.tx, person).await?.map(|p| p.name).unwrap_or_default(),
        None => String::new(),
    };
    let theirs = request.reason.clone().unwrap_or_else(|| format!("{}\n{}", request.title, request.purpose));
    Err(Refused::Stale { theirs, by, version: request.version })
}

struct Checked {
    title: String,
    purpose: String,
    indicators: Vec<String>,
    due_on: Date,
    owner: Option<PersonId>,
    public_at: Option<String>,
    asked_again: Option<String>,
}

async fn checked(cx: &Cx, work: &mut Work, asked: AskedFor, before: Option<&Request>) -> Result<Checked> {
    let inspection = work.inspection().await?;
    let grant = work.grant.clone();
    let programme = cx.programme(&inspection)?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, key: &str| problems.push(FieldProblem::new(field, Reason::new(key)));
    let (title, purpose) = (asked.title.trim(), asked.purpose.trim());
    let (public_at, again) = (asked.public_at.trim(), asked.asked_again.trim());
    if title.is_empty() {
        wrong("title", "problem-required");
    }
    if purpose.is_empty() {
        wrong("purpose", "returns-problem-purpose");
    }
    let texts = [
        ("title", title, 200),
        ("purpose", purpose, 2000),
        ("public_at", public_at, 500),
        ("asked_again", again, 2000),
    ];
    for (field, text, most) in texts {
        if text.chars().count() > most {
            wrong(field, "returns-problem-long");
        }
    }
    // A request of the programme may serve lines of enquiry alone; what it serves stays its own matter.
    if !serves(&asked.indicators, programme, before) {
        wrong("indicators", "returns-problem-indicators");
    }
    match asked.due_on {
        None => wrong("due", "problem-date"),
        Some(day) if day < work.today() && before.is_none_or(|b| b.due_on != day) => {
            wrong("due", "returns-problem-past");
        }
        Some(_) => {}
    }
    if !public_at.is_empty() && !public_at.starts_with("https://") && !public_at.starts_with("http://") {
        wrong("public_at", "returns-problem-address");
    }
    if let Some(owner) = asked.owner {
        let members = members::list(&mut work.tx, &grant).await?;
        let partnership = members.iter().any(|m| m.person == owner && m.role.side() == Side::Partnership);
        if !partnership {
            wrong("owner", "returns-problem-owner");
        }
    }
    if again.is_empty() && (!public_at.is_empty() || reworded(title, before)) {
        let held = already_held(cx, &mut work.tx, &grant, &inspection).await?;
        let key = before.map_or("", |b| b.key.as_str());
        let given = held.iter().find(|h| held::answers((&h.key, &h.title), (key, title)));
        if let Some(given) = given {
            let reason =
                Reason::new("returns-problem-again").with("title", &given.title).with("day", given.given_on);
            problems.push(FieldProblem::new("asked_again", reason));
        } else if !public_at.is_empty() {
            problems.push(FieldProblem::new("asked_again", Reason::new("returns-problem-again-public")));
        }
    }
    let (Some(due_on), true) = (asked.due_on, problems.is_empty()) else {
        return Err(Refused::Fields(problems));
    };
    let mut indicators = asked.indicators;
    indicators.sort();
    indicators.dedup();
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    Ok(Checked {
        title: title.to_owned(),
        purpose: purpose.to_owned(),
        indicators,
        due_on,
        owner: asked.owner,
        public_at: some(public_at),
        asked_again: some(again),
    })
}

fn serves(indicators: &[String], programme: &Programme, before: Option<&Request>) -> bool {
    let lines_alone = before.is_some_and(|b| b.indicators.is_empty() && !b.lines.is_empty());
    (lines_alone || !indicators.is_empty()) && indicators.iter().all(|i| programme.evaluates(i))
}

fn reworded(title: &str, before: Option<&Request>) -> bool {
    before.is_none_or(|b| b.title != title)
}

/// The people of the partnership who may hold a request, each once.
pub async fn holders(source: &mut impl Source, grant: &Grant) -> Result<Vec<(PersonId, String, Role)>> {
    let mut holders: Vec<(PersonId, String, Role)> = Vec::new();
    for m in members::list(source, grant).await? {
        if m.role.side() == Side::Partnership && holders.iter().all(|(person, ..)| *person != m.person) {
            holders.push((m.person, m.name, m.role));
        }
    }
    Ok(holders)
}
