//! The work of the clock: what is due is destroyed, a step in a transaction of its own.
//!
//! Whatever is cut off in between is taken up where it stopped, because each step says in its own transaction that it is
//! done. A file is removed before its row is blanked, so that no content is ever left without a row that leads to it.

use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::day_of;
use keyline_domain::disposal::{Step, due};
use keyline_domain::ids::InspectionId;
use keyline_domain::programmes::{InstrumentRole, Programme};
use keyline_forms::form::Kind;
use keyline_store::inspections::{self, Inspection};
use keyline_store::records::{Reading, list_readings};
use keyline_store::returns::open_uploads;
use keyline_store::{Source, disposal};
use serde_json::{Map, Value, json};

use super::certificate::certificate;
use crate::context::Cx;
use crate::refused::Result;
use crate::returns::destroy_upload;
use crate::work::Work;

/// What one step forward did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advanced {
    /// Something was destroyed, or found to be gone already; there is more to do.
    By(Step),
    /// The certificate was written: all is done.
    Certified,
    /// There was nothing left to do.
    Finished,
}

/// Destroys what is due today, in every inspection; gives how many were finished. Does nothing where nothing is due.
///
/// # Errors
/// When the database or a file cannot be written: worth trying again.
pub async fn dispose_due(cx: &Cx) -> Result<usize> {
    let open = disposal::open(&mut cx.read().await?).await?;
    let mut finished = 0;
    for (id, published_at) in open {
        let grant = cx.grant(&Actor::Clock, id, Action::SeeDisposal).await?;
        let mut reader = cx.read().await?;
        let inspection = inspections::get(&mut reader, &grant).await?;
        let stands = disposal::find(&mut reader, id).await?;
        drop(reader);
        // A programme version that is gone must not keep the others from their day.
        let days = cx.programme(&inspection).ok().and_then(|p| p.disposal_days.as_ref());
        let Some(days) = days else { continue };
        if due(day_of(published_at), days.value, stands.put_off) <= cx.today() {
            dispose(cx, id).await?;
            finished += 1;
        }
    }
    Ok(finished)
}

/// Destroys the personal material of an inspection, from where it stopped. Whether it is due is asked before.
///
/// # Errors
/// As [`dispose_due`].
pub async fn dispose(cx: &Cx, inspection: InspectionId) -> Result<()> {
    while !matches!(advance(cx, inspection).await?, Advanced::Finished) {}
    Ok(())
}

/// Does the next thing that is left: one step, of documents one document or one upload that is under way, and in the end
/// the certificate. Audit entries `disposal.step` with how many, and `disposal.certified`.
///
/// # Errors
/// As [`dispose_due`].
pub async fn advance(cx: &Cx, inspection: InspectionId) -> Result<Advanced> {
    let mut work = cx.work(&Actor::Clock, inspection, Action::SeeDisposal).await?;
    if disposal::find(&mut work.tx, inspection).await?.finished_at.is_some() {
        return Ok(Advanced::Finished);
    }
    let done = disposal::steps(&mut work.tx, inspection).await?;
    let left = Step::ALL.into_iter().find(|step| !done.iter().any(|(one, _, _)| one == step));
    // What is on its way is no document yet, and is not counted.
    let grant = work.grant.clone();
    if left.is_none_or(|step| step == Step::Documents)
        && let Some(upload) = open_uploads(&mut work.tx, &grant).await?.first()
    {
        destroy_upload(cx, &mut work, upload).await?;
        work.commit().await?;
        return Ok(Advanced::By(Step::Documents));
    }
    // Documents are counted one by one, so their step stands before its last one is gone.
    if let Some((document, digest)) = disposal::next_document(&mut work.tx, inspection).await?
        && left.is_none_or(|step| step == Step::Documents)
    {
        let mut contents = disposal::texts_of(&mut work.tx, &document).await?;
        contents.push(digest);
        for digest in contents {
            if !disposal::is_named_elsewhere(&mut work.tx, &document, &digest).await? {
                cx.documents.remove(&digest).await?;
            }
        }
        let now = work.now;
        disposal::blank_document(&mut work.tx, &document, now).await?;
        disposal::add_to_step(&mut work.tx, inspection, Step::Documents, 1, now).await?;
        work.record("disposal.document-destroyed", document, json!({})).await?;
        work.commit().await?;
        return Ok(Advanced::By(Step::Documents));
    }
    let Some(step) = left else { return certify(cx, work).await };
    let count = match step {
        Step::ReadingNotes => strip_notes(cx, &mut work).await?,
        _ => disposal::destroy(&mut work.tx, inspection, step).await?,
    };
    let now = work.now;
    disposal::add_to_step(&mut work.tx, inspection, step, count, now).await?;
    work.record("disposal.step", inspection, json!({ "step": step.word(), "destroyed": count })).await?;
    work.commit().await?;
    Ok(Advanced::By(step))
}

async fn certify(cx: &Cx, mut work: Work) -> Result<Advanced> {
    let inspection = work.inspection().await?;
    let steps = disposal::steps(&mut work.tx, inspection.id).await?;
    let grant = work.grant.clone();
    let postponed = disposal::postponements(&mut work.tx, &grant).await?;
    let document = certificate(cx, &inspection, &steps, &postponed, work.now);
    let now = work.now;
    disposal::finish(&mut work.tx, inspection.id, &document, now).await?;
    let destroyed: Map<String, Value> =
        steps.iter().map(|(step, count, _)| (step.word().to_owned(), json!(count))).collect();
    work.record("disposal.certified", inspection.id, json!({ "destroyed": destroyed })).await?;
    work.commit().await?;
    Ok(Advanced::Certified)
}

/// Names of the questions of the reading tool that are answered in own words.
fn own_words(programme: &Programme) -> Vec<String> {
    let tool = programme.instruments.iter().find(|one| one.role == InstrumentRole::RecordReading);
    let questions = tool.into_iter().flat_map(|tool| tool.form.questions());
    questions.filter(|question| question.kind == Kind::Text).map(|question| question.name.clone()).collect()
}

/// A reading without what its reader wrote, and how many answers that were.
fn stripped(reading: &Reading, own: &[String]) -> (Value, i64) {
    let mut answers = reading.answers.as_object().cloned().unwrap_or_default();
    let before = answers.len();
    answers.retain(|name, _| !own.contains(name));
    let gone = i64::try_from(before - answers.len()).unwrap_or(i64::MAX);
    (Value::Object(answers), gone)
}

/// How many notes there are in the readings of an inspection.
pub(super) async fn notes_in(cx: &Cx, source: &mut impl Source, inspection: &Inspection) -> Result<i64> {
    let own = own_words(cx.programme(inspection)?);
    let grant = cx.grant(&Actor::Clock, inspection.id, Action::SeeReadings).await?;
    let readings = list_readings(source, &grant, None).await?;
    Ok(readings.iter().map(|reading| stripped(reading, &own).1).sum())
}

async fn strip_notes(cx: &Cx, work: &mut Work) -> Result<i64> {
    let inspection = work.inspection().await?;
    let own = own_words(cx.programme(&inspection)?);
    let grant = work.grant.clone();
    let mut count = 0;
    for reading in list_readings(&mut work.tx, &grant, None).await? {
        let (answers, gone) = stripped(&reading, &own);
        if gone > 0 {
            disposal::strip_reading(&mut work.tx, &reading.id.to_string(), &answers).await?;
            count += gone;
        }
    }
    Ok(count + disposal::strip_reasons(&mut work.tx, inspection.id, &own).await?)
}
