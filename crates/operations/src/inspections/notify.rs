//! The notification: the plan gets its dates, five letters go out, documents are asked for.

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Grant, Role};
use keyline_domain::documents::Document;
use keyline_domain::ids::{InspectionId, LetterId, RequestId, secret, secret_hash};
use keyline_domain::inspections::plan::{NOTIFICATION, Plan};
use keyline_domain::inspections::way::Step;
use keyline_domain::programmes::Programme;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::inspections::letters::{self, Letter};
use keyline_store::inspections::{self, Inspection, members, plan};
use keyline_store::returns::{NewRequest, add_request};
use keyline_store::{Source, audit};
use serde_json::json;

use super::notification::{Notification, due};
use crate::access::accounts::is_address;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Who holds an office to which the letter goes.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Key of the programme's addressee.
    pub addressee: String,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// A notification.
#[derive(Debug, Clone)]
pub struct Notify {
    /// Of which inspection.
    pub inspection: InspectionId,
    /// Day by which coordinator and participation lead are to be named.
    pub reply_by: Date,
    /// One for each addressee of the programme.
    pub holders: Vec<Holder>,
}

/// Exactly what a notification would send and ask for today.
#[derive(Debug, Clone)]
pub struct NotificationPreview {
    /// The dated plan.
    pub plan: Plan,
    /// Holder and letter, in the order of the programme.
    pub letters: Vec<(Holder, Document)>,
    /// Title and due day of each document asked for.
    pub requests: Vec<(String, Date)>,
}

/// What the notification would be; changes nothing.
///
/// # Errors
/// [`Refused::Fields`] for a missing name or address of a holder (fields `name-KEY` and `email-KEY`), or a day of reply
/// that is not later than today.
pub async fn notification_preview(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    input: &Notify,
) -> Result<NotificationPreview> {
    let inspection = inspections::get(source, grant).await?;
    let members = members::list(source, grant).await?;
    let lead = members.iter().find(|m| m.role == Role::Lead).map_or("", |m| m.name.as_str());
    preview(cx, &inspection, lead, input)
}

fn preview(cx: &Cx, inspection: &Inspection, lead: &str, input: &Notify) -> Result<NotificationPreview> {
    let programme = cx.programme(inspection)?;
    let today = cx.today();
    let holders = holders(programme, input, today)?;
    let calendar = cx.library.calendar(&inspection.area);
    let plan = Plan::from_template(&programme.timeline, today, &calendar).map_err(Refused::fault)?;
    let plan = plan.mark_done(NOTIFICATION, today).unwrap_or(plan);
    let notification = Notification::new(cx, inspection, &plan, lead, input.reply_by)?;
    let mut written = Vec::new();
    for (addressee, holder) in programme.addressees.iter().zip(holders) {
        let letter = notification.letter(addressee, &holder.name)?;
        written.push((holder, letter));
    }
    let asked = due(&plan, &programme.document_return_step).unwrap_or_else(|| plan.last_day());
    let requests = programme.document_requests.iter().map(|r| (r.title.clone(), asked)).collect();
    Ok(NotificationPreview { plan, letters: written, requests })
}

// The holders in the order of the programme's addressees.
fn holders(programme: &Programme, input: &Notify, today: Date) -> Result<Vec<Holder>> {
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for addressee in &programme.addressees {
        let given = input.holders.iter().find(|h| h.addressee == addressee.key);
        let name = given.map_or("", |h| h.name.trim()).to_owned();
        let email = given.map_or("", |h| h.email.trim()).to_lowercase();
        if name.is_empty() {
            problems
                .push(FieldProblem::new(&format!("name-{}", addressee.key), Reason::new("problem-required")));
        }
        if !is_address(&email) {
            problems
                .push(FieldProblem::new(&format!("email-{}", addressee.key), Reason::new("problem-email")));
        }
        found.push(Holder { addressee: addressee.key.clone(), name, email });
    }
    if input.reply_by <= today {
        problems.push(FieldProblem::new("reply_by", Reason::new("notify-reply-later")));
    }
    if problems.is_empty() { Ok(found) } else { Err(Refused::Fields(problems)) }
}

/// A letter that was sent. The link to its private page is in the hands of the caller alone.
#[derive(Debug, Clone)]
pub struct SentLetter {
    /// Id.
    pub id: LetterId,
    /// Office of the addressee.
    pub office: String,
    /// Who holds it.
    pub name: String,
    /// Address.
    pub email: String,
    /// The link to the private page.
    pub link: String,
}

/// Sends the notification: dates the plan from today, keeps a letter with a private page for each addressee, and asks
/// for the programme's documents. Audit entry `notification.sent`.
///
/// # Errors
/// As [`notification_preview`]; [`Refused::NotNow`] when it was sent already.
pub async fn notify(cx: &Cx, actor: &Actor, input: Notify) -> Result<Vec<SentLetter>> {
    let mut work = cx.work(actor, input.inspection, Action::Notify).await?;
    work.require(Step::Notify).await?;
    let grant = work.grant.clone();
    let mut inspection = work.inspection().await?;
    let members = members::list(&mut work.tx, &grant).await?;
    let lead = members.iter().find(|m| m.role == Role::Lead).map_or("", |m| m.name.as_str());
    let ready = preview(cx, &inspection, lead, &input)?;
    let programme = cx.programme(&inspection)?;
    let (id, now) = (inspection.id, work.now);

    inspection.notified_on = Some(ready.plan.notified);
    inspections::save(&mut work.tx, &inspection).await?;
    for (position, step) in ready.plan.steps.iter().enumerate() {
        plan::add_step(&mut work.tx, id, position, step, 1, now).await?;
    }
    let mut sent = Vec::new();
    for ((holder, document), addressee) in ready.letters.into_iter().zip(&programme.addressees) {
        let token = secret(cx.random());
        let letter = Letter {
            id: LetterId::new(now, cx.random()),
            kind: "notification".to_owned(),
            addressee: holder.addressee,
            addressee_name: holder.name,
            email: holder.email,
            document,
            sent_at: now,
            first_read_at: None,
        };
        letters::add(&mut work.tx, id, &letter, &secret_hash(&token)).await?;
        sent.push(SentLetter {
            id: letter.id,
            office: addressee.title.clone(),
            name: letter.addressee_name,
            email: letter.email,
            link: link(cx, &token),
        });
    }
    for (request, (_, due_on)) in programme.document_requests.iter().zip(&ready.requests) {
        let new = NewRequest::of_programme(RequestId::new(now, cx.random()), id, request, *due_on, now);
        add_request(&mut work.tx, &new).await?;
    }
    let detail = json!({ "on": ready.plan.notified, "reply_by": input.reply_by,
        "letters": sent.iter().map(|s| s.id).collect::<Vec<_>>(), "requests": programme.document_requests.len() });
    work.record("notification.sent", id, detail).await?;
    work.commit().await?;
    Ok(sent)
}

/// Gives a letter's private page a new link; the old one opens nothing any more. Audit entry `letter.link-renewed`.
///
/// # Errors
/// [`Refused::Hidden`] for a letter of another inspection.
pub async fn renew_letter_link(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    letter: LetterId,
) -> Result<String> {
    let mut work = cx.work(actor, inspection, Action::Notify).await?;
    let token = secret(cx.random());
    if !letters::set_token(&mut work.tx, inspection, letter, &secret_hash(&token)).await? {
        return Err(Refused::Hidden);
    }
    work.record("letter.link-renewed", letter, json!({})).await?;
    work.commit().await?;
    Ok(link(cx, &token))
}

/// Opens a letter's private page by its token and notes the first opening. Audit entry `letter.read`, the first time.
///
/// # Errors
/// [`Refused::Hidden`] for an unknown token.
pub async fn open_letter(cx: &Cx, actor: &Actor, token: &str) -> Result<Letter> {
    let hash = secret_hash(token);
    let mut reader = cx.read().await?;
    let letter = letters::find_by_token(&mut reader, &hash).await?.ok_or(Refused::Hidden)?;
    drop(reader);
    if letter.first_read_at.is_none() {
        let mut tx = cx.db.begin().await?;
        let now = cx.now();
        if let Some(inspection) = letters::note_read(&mut tx, letter.id, now).await? {
            let (subject, detail) = (letter.id.to_string(), json!({}));
            audit::add(&mut tx, now, Some(inspection), actor, "letter.read", &subject, &detail).await?;
        }
        tx.commit().await?;
    }
    Ok(letter)
}

fn link(cx: &Cx, token: &str) -> String {
    format!("{}/letter/{token}", cx.settings.public_address)
}
