//! The draft for the partnership and the embargoed copy for named readers.

use keyline_domain::access::{Action, Actor, Grant, Role};
use keyline_domain::documents::Document;
use keyline_domain::ids::{EditionId, InspectionId, PersonId};
use keyline_domain::inspections::way::{ReportState, Step};
use keyline_domain::judgement::report::Wording;
use keyline_store::inspections::members;
use keyline_store::report::editions::{self, Edition, EditionKind};
use keyline_store::report::{self};
use serde_json::json;

use super::checks::identifiers_in;
use super::compose::{Marks, ReportWords, document};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Sends the draft.
#[derive(Debug, Clone, Copy)]
pub struct SendDraft {
    /// Where.
    pub inspection: InspectionId,
}

/// Makes the draft edition, which the partnership can read from now on. Audit entry `report.draft-sent`.
///
/// # Errors
/// [`Refused::NotNow`] with what is missing, or with each place where somebody could be identified.
pub async fn send_draft(cx: &Cx, actor: &Actor, input: SendDraft) -> Result<EditionId> {
    let mut work = cx.work(actor, input.inspection, Action::SendDraft).await?;
    work.require(Step::SendDraft).await?;
    let watermark = ReportWords.say("report-watermark-draft", &[]);
    let marks =
        Marks { edition: Some("report-edition-draft"), watermark: Some(watermark), date: work.today() };
    let document = document(cx, &mut work.tx, &work.grant, &marks).await?;
    refuse_identifiers(&document)?;
    let id = EditionId::new(work.now, cx.random());
    editions::add(&mut work.tx, &work.grant, id, EditionKind::Draft, &document, work.now).await?;
    let mut report = report::get(&mut work.tx, &work.grant).await?;
    report.state = ReportState::WithPartnership;
    report::save(&mut work.tx, input.inspection, &report, None).await?;
    work.record("report.draft-sent", id, json!({})).await?;
    work.commit().await?;
    Ok(id)
}

fn refuse_identifiers(document: &Document) -> Result<()> {
    let found = identifiers_in(document);
    if found.is_empty() { Ok(()) } else { Err(Refused::NotNow(found)) }
}

/// Sends the embargoed copy.
#[derive(Debug, Clone)]
pub struct SendEmbargoed {
    /// Where.
    pub inspection: InspectionId,
    /// Who of the partnership may read it: coordinator or chief officers of this inspection.
    pub readers: Vec<PersonId>,
}

/// Makes the embargoed edition and names its readers. From now on the report does not change. Audit entry
/// `report.embargoed-sent` with the readers.
///
/// # Errors
/// [`Refused::Fields`] without readers, or for one who is neither coordinator nor chief officer here;
/// [`Refused::NotNow`] with what is missing, or with each place where somebody could be identified.
pub async fn send_embargoed(cx: &Cx, actor: &Actor, input: SendEmbargoed) -> Result<EditionId> {
    let mut work = cx.work(actor, input.inspection, Action::SendEmbargoed).await?;
    work.require(Step::SendEmbargoed).await?;
    let members = members::list(&mut work.tx, &work.grant).await?;
    let may_read = |person: PersonId| {
        members
            .iter()
            .any(|m| m.person == person && matches!(m.role, Role::InspectionCoordinator | Role::ChiefOfficer))
    };
    if input.readers.is_empty() {
        return Err(Refused::field("readers", "report-problem-readers"));
    }
    if !input.readers.iter().all(|r| may_read(*r)) {
        return Err(Refused::field("readers", "report-problem-reader-role"));
    }
    let watermark = ReportWords.say("report-watermark-embargoed", &[]);
    let marks =
        Marks { edition: Some("report-edition-embargoed"), watermark: Some(watermark), date: work.today() };
    let document = document(cx, &mut work.tx, &work.grant, &marks).await?;
    refuse_identifiers(&document)?;
    let id = EditionId::new(work.now, cx.random());
    editions::add(&mut work.tx, &work.grant, id, EditionKind::Embargoed, &document, work.now).await?;
    for reader in &input.readers {
        editions::add_reader(&mut work.tx, id, *reader, work.now).await?;
    }
    let mut report = report::get(&mut work.tx, &work.grant).await?;
    report.state = ReportState::Embargoed;
    report::save(&mut work.tx, input.inspection, &report, None).await?;
    work.record("report.embargoed-sent", id, json!({ "readers": input.readers })).await?;
    work.commit().await?;
    Ok(id)
}

/// Reads the draft that was sent. A reading by the partnership is written down: audit entry `report.draft-read`.
///
/// # Errors
/// [`Refused::Hidden`] without the right, or before a draft was sent.
pub async fn read_draft(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Edition> {
    let grant = cx.grant(actor, inspection, Action::SeeDraft).await?;
    if grant.inside() {
        let mut reader = cx.read().await?;
        return editions::latest(&mut reader, &grant, EditionKind::Draft).await?.ok_or(Refused::Hidden);
    }
    let mut work = cx.work(actor, inspection, Action::SeeDraft).await?;
    let edition =
        editions::latest(&mut work.tx, &work.grant, EditionKind::Draft).await?.ok_or(Refused::Hidden)?;
    work.record("report.draft-read", edition.id, json!({})).await?;
    work.commit().await?;
    Ok(edition)
}

/// Reads the embargoed copy, which then names its reader across every page. Every reading is written down: audit
/// entry `report.embargoed-read`.
///
/// # Errors
/// [`Refused::Hidden`] without the right, before it was sent, or for somebody of the partnership who is not a named
/// reader.
pub async fn read_embargoed(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Edition> {
    let mut work = cx.work(actor, inspection, Action::SeeEmbargoed).await?;
    let mut edition =
        editions::latest(&mut work.tx, &work.grant, EditionKind::Embargoed).await?.ok_or(Refused::Hidden)?;
    if !work.grant.inside() && !is_named(&mut work, &edition).await? {
        return Err(Refused::Hidden);
    }
    edition.document.watermark = Some(watermark_for(&work.grant));
    work.record("report.embargoed-read", edition.id, json!({})).await?;
    work.commit().await?;
    Ok(edition)
}

async fn is_named(work: &mut crate::work::Work, edition: &Edition) -> Result<bool> {
    let person = work.person()?;
    let readers = editions::readers(&mut work.tx, &work.grant, edition.id).await?;
    Ok(readers.iter().any(|r| r.person == person))
}

fn watermark_for(grant: &Grant) -> String {
    match grant.person() {
        Some(person) => ReportWords.say("report-watermark-reader", &[("name", &person.name)]),
        None => ReportWords.say("report-watermark-embargoed", &[]),
    }
}

/// Sets a document as a PDF, away from the threads that answer requests.
///
/// # Errors
/// A fault when the typesetter refuses the document.
pub async fn pdf(cx: &Cx, document: &Document) -> Result<Vec<u8>> {
    let (renderer, document) = (cx.renderer.clone(), document.clone());
    tokio::task::spawn_blocking(move || renderer(&document))
        .await
        .map_err(Refused::fault)?
        .map_err(|why| Refused::fault(anyhow::anyhow!("the document cannot be set: {why}")))
}
