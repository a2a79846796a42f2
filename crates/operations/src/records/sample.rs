//! Drawing the sample, and replacing a record that cannot be read.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, SampleId};
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::records::{Draw, METHOD, MOST_RESERVES, SampleSize, draw_labels, new_seed, size};
use keyline_store::records::{self, Record, Sample};
use keyline_store::returns::{SubmissionState, cohort, list_submissions};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// How the sample is to be drawn.
#[derive(Debug, Clone)]
pub struct DrawSample {
    /// Where.
    pub inspection: InspectionId,
    /// How many.
    pub size: SampleSize,
    /// Replacements to draw with it.
    pub reserves: u32,
}

/// Draws the sample from the accepted return. The seed comes from the randomness of the installation, is recorded and
/// shown, so that anyone with the labels can draw the sample again. Audit entry `sample.drawn` with seed, method and size.
///
/// # Errors
/// [`Refused::NotNow`] before the return is accepted or when a sample has been drawn; [`Refused::Fields`] for a size that
/// cannot be.
pub async fn draw_sample(cx: &Cx, actor: &Actor, input: DrawSample) -> Result<SampleId> {
    let mut work = cx.work(actor, input.inspection, Action::DrawSample).await?;
    work.require(Step::DrawSample).await?;
    let grant = work.grant.clone();
    let submission = list_submissions(&mut work.tx, &grant)
        .await?
        .into_iter()
        .find(|s| s.state == SubmissionState::Accepted)
        .ok_or_else(|| Refused::reason("wait-return-accepted"))?;
    let labels: Vec<String> =
        cohort(&mut work.tx, &grant, submission.id).await?.into_iter().map(|c| c.label).collect();
    let population = u32::try_from(labels.len()).unwrap_or(u32::MAX);
    let size = size(population, input.size).map_err(|problem| Refused::Fields(vec![problem]))?;
    if input.reserves > MOST_RESERVES {
        let reason = Reason::new("records-problem-reserves").with("most", MOST_RESERVES);
        return Err(Refused::Fields(vec![FieldProblem::new("reserves", reason)]));
    }
    let how = Draw { seed: new_seed(cx.random()), size, reserves: input.reserves };
    let drawn = draw_labels(&labels, &how).map_err(|reason| Refused::NotNow(vec![reason]))?;
    let id = SampleId::new(work.now, cx.random());
    let sample = Sample {
        id,
        submission: submission.id,
        seed: how.seed.clone(),
        method: METHOD.to_owned(),
        population: i64::from(population),
        size: i64::from(size),
        reserves: i64::from(how.reserves),
        precision: match input.size {
            SampleSize::Precision { confidence, margin } => Some((confidence, margin)),
            SampleSize::Number(_) => None,
        },
        drawn_by: work.grant.person_id(),
        drawn_at: work.now,
    };
    records::add_sample(&mut work.tx, input.inspection, &sample, &drawn.sample, &drawn.reserve).await?;
    let detail = json!({ "seed": sample.seed, "method": METHOD, "population": population, "size": size,
        "reserves": how.reserves, "submission": submission.id });
    work.record("sample.drawn", id, detail).await?;
    work.commit().await?;
    Ok(id)
}

/// Whether the recorded labels come out of the recorded seed again, given the labels of the return.
pub fn drawn_again(sample: &Sample, records: &[Record], labels: &[String]) -> bool {
    let number = |n: i64| u32::try_from(n).unwrap_or(0);
    let how =
        Draw { seed: sample.seed.clone(), size: number(sample.size), reserves: number(sample.reserves) };
    let recorded = |reserve: bool| {
        records.iter().filter(|r| r.reserve == reserve).map(|r| r.label.clone()).collect::<Vec<_>>()
    };
    sample.method == METHOD
        && draw_labels(labels, &how)
            .is_ok_and(|drawn| drawn.sample == recorded(false) && drawn.reserve == recorded(true))
}

/// A record that cannot be read.
#[derive(Debug, Clone)]
pub struct ReplaceRecord {
    /// Where.
    pub inspection: InspectionId,
    /// Its label.
    pub label: String,
    /// Why it cannot be read.
    pub reason: String,
}

/// Replaces a record of the sample by the next of the reserve, with the reason; gives the label that stands in. Audit entry
/// `record.replaced`.
///
/// # Errors
/// [`Refused::Fields`] for a label that is not read now or without a reason; [`Refused::NotNow`] when it has been read or
/// the reserve is used up.
pub async fn replace_record(cx: &Cx, actor: &Actor, input: ReplaceRecord) -> Result<String> {
    let mut work = cx.work(actor, input.inspection, Action::DrawSample).await?;
    work.not_before(Step::ReadRecords).await?;
    let grant = work.grant.clone();
    let (sample, records) =
        records::sample(&mut work.tx, &grant).await?.ok_or_else(|| Refused::reason("wait-sample"))?;
    let label = input.label.trim();
    let reason = input.reason.trim();
    let mut problems = Vec::new();
    if !records.iter().any(|r| r.in_use && r.label == label) {
        problems.push(FieldProblem::new("label", Reason::new("records-problem-label")));
    }
    if reason.is_empty() {
        problems.push(FieldProblem::new("reason", Reason::new("problem-reason")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let read = records::list_readings(&mut work.tx, &grant, None).await?;
    if read.iter().any(|r| r.label == label && r.state == records::ReadingState::Finished) {
        return Err(Refused::reason("records-read-already"));
    }
    // The reserve is used in the order in which it was drawn: nobody picks.
    let next = records
        .iter()
        .find(|r| r.reserve && !r.in_use && r.replaced_by.is_none())
        .ok_or_else(|| Refused::reason("records-reserve-used-up"))?;
    let now = work.now;
    records::replace(&mut work.tx, sample.id, label, &next.label, reason, now).await?;
    work.record("record.replaced", sample.id, json!({ "label": label, "by": next.label, "reason": reason }))
        .await?;
    work.commit().await?;
    Ok(next.label.clone())
}
