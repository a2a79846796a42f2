//! What the area has given before: offered instead of asked again, given again by the coordinator alone (ADR 0013).

use keyline_domain::access::{Action, Actor, Grant, Role};
use keyline_domain::ids::{DocumentId, InspectionId, RequestId};
use keyline_domain::inspections::way::Step;
use keyline_domain::returns::{Act, held};
use keyline_store::inspections::{Inspection, members};
use keyline_store::returns::{
    Held, Request, Reuse, ReuseState, ask_to_reuse as store_ask, decide_reuse as store_decision,
    find_document, give_again, given_elsewhere, reuses, save_request,
};
use keyline_store::{Source, audit};
use serde_json::json;

use super::reading::enqueue_reading;
use super::requests::at_version;
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// What other inspections of the area were given, as far as it may be named here: to a body that leads this inspection and
/// took part in that programme too.
pub async fn already_held(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    inspection: &Inspection,
) -> Result<Vec<Held>> {
    debug_assert_eq!(inspection.id, grant.inspection());
    let members = members::list(source, grant).await?;
    let leading: Vec<&str> = members
        .iter()
        .filter(|m| matches!(m.role, Role::Lead | Role::Depute))
        .filter_map(|m| m.body.as_deref())
        .collect();
    let mut held = given_elsewhere(source, grant).await?;
    held.retain(|h| {
        // A programme that is gone from the library cannot say who took part in it.
        cx.library.programme(&h.programme, &h.programme_version).is_some_and(|programme| {
            let bodies: Vec<&str> = programme.scrutiny_bodies.iter().map(|b| b.key.as_str()).collect();
            held::may_be_named(&leading, &bodies)
        })
    });
    Ok(held)
}

/// Those that may answer a request.
pub fn answering<'a>(held: &'a [Held], request: &Request) -> Vec<&'a Held> {
    let asked = (request.key.as_str(), request.title.as_str());
    held.iter().filter(|h| held::answers((&h.key, &h.title), asked)).collect()
}

/// An earlier document for a request.
#[derive(Debug, Clone)]
pub struct ReuseDocument {
    /// Where.
    pub inspection: InspectionId,
    /// The request that it answers.
    pub request: RequestId,
    /// The earlier document.
    pub document: DocumentId,
}

/// The team asks for an earlier document instead of a new one. It gets nothing by that: the coordinator decides. Audit
/// entry `reuse.asked`.
///
/// # Errors
/// [`Refused::Hidden`] for a document that may not be named here; [`Refused::NotNow`] when the request is closed or the
/// document was given or asked for already.
pub async fn ask_to_reuse(cx: &Cx, actor: &Actor, input: ReuseDocument) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::RequestDocument).await?;
    let (request, held, known) = found(cx, &mut work, &input).await?;
    request.state.after(Act::Send).map_err(Refused::reason)?;
    match known.map(|r| r.state) {
        Some(ReuseState::Asked) => return Err(Refused::reason("held-asked-already")),
        Some(ReuseState::Given) => return Err(Refused::reason("held-given-already")),
        Some(ReuseState::Declined) | None => {}
    }
    let (now, by) = (work.now, work.grant.person_id());
    store_ask(&mut work.tx, request.id, held.document, by, now).await?;
    work.record("reuse.asked", request.id, json!({ "document": held.document })).await?;
    work.commit().await
}

/// The coordinator gives an earlier document again, whether the team has asked for it or not: it becomes a document of this
/// inspection, with its origin. Audit entries `document.given-again` here, and in the inspection it comes from.
///
/// # Errors
/// As [`ask_to_reuse`], and [`Refused::NotNow`] before documents can be sent.
pub async fn reuse_document(cx: &Cx, actor: &Actor, input: ReuseDocument) -> Result<DocumentId> {
    let mut work = cx.work(actor, input.inspection, Action::UploadDocument).await?;
    let (request, held, known) = found(cx, &mut work, &input).await?;
    work.not_before(Step::UploadDocuments).await?;
    let state = request.state.after(Act::Send).map_err(Refused::reason)?;
    if known.is_some_and(|r| r.state == ReuseState::Given) {
        return Err(Refused::reason("held-given-already"));
    }
    let (now, by, grant) = (work.now, work.grant.person_id(), work.grant.clone());
    let id = DocumentId::new(now, cx.random());
    let elsewhere = give_again(&mut work.tx, &grant, &held, id, request.id, by, now).await?;
    if let Some(document) = find_document(&mut work.tx, &grant, id).await? {
        enqueue_reading(cx, &mut work.tx, input.inspection, &document).await?;
    }
    let given =
        Reuse { request: request.id, document: held.document, state: ReuseState::Given, reason: None };
    store_decision(&mut work.tx, &given, by, now).await?;
    save_request(&mut work.tx, request.id, state, None, by, now, request.version).await?;
    let detail = json!({ "request": request.id, "from": held.document });
    work.record("document.given-again", id, detail).await?;
    // The trail of the other inspection says that it was given on, and not to which request.
    let (subject, detail) =
        (held.document.to_string(), json!({ "programme": grant_programme(&mut work).await? }));
    audit::add(&mut work.tx, now, Some(elsewhere), actor, "document.given-again", &subject, &detail).await?;
    work.commit().await?;
    Ok(id)
}

/// The coordinator declines, with the reason. Audit entry `reuse.declined`.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::NotNow`] when the team has not asked.
pub async fn decline_reuse(cx: &Cx, actor: &Actor, input: ReuseDocument, reason: &str) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::UploadDocument).await?;
    let (request, held, known) = found(cx, &mut work, &input).await?;
    if known.is_none_or(|r| r.state != ReuseState::Asked) {
        return Err(Refused::reason("held-not-asked"));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        // A page may offer several documents, each with a field of its own.
        return Err(Refused::field(&format!("decline-{}", held.document), "problem-reason"));
    }
    let (now, by) = (work.now, work.grant.person_id());
    let state = ReuseState::Declined;
    let reuse =
        Reuse { request: request.id, document: held.document, state, reason: Some(reason.to_owned()) };
    store_decision(&mut work.tx, &reuse, by, now).await?;
    work.record("reuse.declined", request.id, json!({ "document": held.document, "reason": reason })).await?;
    work.commit().await
}

async fn found(cx: &Cx, work: &mut Work, input: &ReuseDocument) -> Result<(Request, Held, Option<Reuse>)> {
    let request = at_version(work, input.request, None).await?;
    let (inspection, grant) = (work.inspection().await?, work.grant.clone());
    let held = already_held(cx, &mut work.tx, &grant, &inspection).await?;
    let offered = answering(&held, &request).into_iter().find(|h| h.document == input.document).cloned();
    let offered = offered.ok_or(Refused::Hidden)?;
    let known = reuses(&mut work.tx, &grant).await?.into_iter();
    let known = known.filter(|r| r.request == request.id).find(|r| r.document == offered.document);
    Ok((request, offered, known))
}

async fn grant_programme(work: &mut Work) -> Result<String> {
    Ok(work.inspection().await?.programme)
}
