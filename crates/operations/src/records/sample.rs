//! Drawing the sample, and replacing a record that cannot be read.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, SampleId};
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::records::drawing::{DrawnLabel, Listed, Parts, PlannedPart, Wanted, draw_in_parts, plan};
use keyline_domain::records::{METHOD, SampleSize, new_seed};
use keyline_store::records::{self, Record, Sample};
use keyline_store::sampling::{self, Division};
use serde_json::json;

use super::frame::{self, list_in_parts};
use crate::context::Cx;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// How the sample is to be drawn.
#[derive(Debug, Clone)]
pub struct DrawSample {
    /// Where.
    pub inspection: InspectionId,
    /// How many.
    pub size: SampleSize,
    /// Replacements to draw with it; with parts, in each of them.
    pub reserves: u32,
    /// The parts of the list; none draws from it as a whole.
    pub parts: Option<Parts>,
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
    let columns = strata_of(cx, &mut work, input.parts.as_ref()).await?;
    let (submission, list) = list_in_parts(&mut work.tx, &grant, &columns).await?;
    let wanted = Wanted { size: input.size, reserves: input.reserves, parts: input.parts };
    let planned = plan(&list, &wanted).map_err(|problem| Refused::Fields(vec![problem]))?;
    let seed = new_seed(cx.random());
    let drawn = draw_in_parts(&list, planned.size, wanted.reserves, wanted.parts.as_ref(), &seed)
        .map_err(|reason| Refused::NotNow(vec![reason]))?;
    let id = SampleId::new(work.now, cx.random());
    let sample = Sample {
        id,
        submission,
        seed,
        method: METHOD.to_owned(),
        population: i64::from(planned.population),
        size: i64::from(planned.size),
        reserves: i64::from(wanted.reserves),
        precision: match input.size {
            SampleSize::Precision { confidence, margin } => Some((confidence, margin)),
            SampleSize::Number(_) => None,
        },
        drawn_by: work.grant.person_id(),
        drawn_at: work.now,
    };
    let labels = |reserve: bool| {
        drawn.iter().filter(|d| d.reserve == reserve).map(|d| d.label.clone()).collect::<Vec<_>>()
    };
    records::add_sample(&mut work.tx, input.inspection, &sample, &labels(false), &labels(true)).await?;
    let mut detail = json!({ "seed": sample.seed, "method": METHOD, "population": planned.population,
        "size": planned.size, "reserves": wanted.reserves, "submission": submission,
        "excluded": planned.excluded });
    if let Some(parts) = &wanted.parts {
        let division = Division {
            columns: parts.columns.clone(),
            allocation: parts.allocation.word().to_owned(),
            minimum: i64::from(parts.minimum),
            parts: planned.parts.iter().map(kept).collect(),
        };
        let of: Vec<(String, String)> =
            drawn.iter().filter_map(|d| Some((d.label.clone(), d.part.clone()?))).collect();
        sampling::add_division(&mut work.tx, id, &division, &of).await?;
        detail["strata"] = json!(parts.columns);
        detail["allocation"] = json!(parts.allocation.word());
        detail["minimum"] = json!(parts.minimum);
    }
    work.record("sample.drawn", id, detail).await?;
    work.commit().await?;
    Ok(id)
}

fn kept(part: &PlannedPart) -> sampling::Part {
    sampling::Part {
        name: part.name.clone(),
        stream: i64::from(part.stream),
        population: i64::from(part.population),
        excluded: i64::from(part.excluded),
        drawn: i64::from(part.drawn),
        expected: i64::from(part.expected),
    }
}

/// The columns by which the list is divided, when the programme says that a sample may be drawn by them.
async fn strata_of(cx: &Cx, work: &mut Work, parts: Option<&Parts>) -> Result<Vec<String>> {
    let Some(parts) = parts else { return Ok(Vec::new()) };
    let inspection = work.inspection().await?;
    let columns = &cx.programme(&inspection)?.pre_inspection_return.columns;
    let known = |key: &String| columns.iter().any(|column| column.stratum && column.key == *key);
    if parts.columns.iter().all(known) {
        Ok(parts.columns.clone())
    } else {
        Err(Refused::field("strata", "problem-choose"))
    }
}

/// Whether the recorded labels come out of the recorded seed again, given the list as it stood.
pub fn drawn_again(
    sample: &Sample,
    division: Option<&Division>,
    records: &[Record],
    list: &[Listed],
) -> bool {
    let number = |n: i64| u32::try_from(n).unwrap_or(0);
    let parts = division.map(frame::parts);
    if sample.method != METHOD || matches!(parts, Some(None)) {
        return false;
    }
    let drawn = draw_in_parts(
        list,
        number(sample.size),
        number(sample.reserves),
        parts.flatten().as_ref(),
        &sample.seed,
    );
    let same = |d: &DrawnLabel, r: &Record| d.label == r.label && d.reserve == r.reserve;
    drawn
        .is_ok_and(|drawn| drawn.len() == records.len() && drawn.iter().zip(records).all(|(d, r)| same(d, r)))
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

/// Replaces a record of the sample by the next of the reserve of its part, with the reason; gives the label that stands in. Audit entry
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
    // The reserve is used in the order in which it was drawn: nobody picks. What stands in comes from the same part.
    let part_of = sampling::part_of_labels(&mut work.tx, &grant, sample.id).await?;
    let next = records
        .iter()
        .find(|r| {
            let free = r.reserve && !r.in_use && r.replaced_by.is_none();
            free && part_of.get(&r.label) == part_of.get(label)
        })
        .ok_or_else(|| Refused::reason("records-reserve-used-up"))?;
    let now = work.now;
    records::replace(&mut work.tx, sample.id, label, &next.label, reason, now).await?;
    work.record("record.replaced", sample.id, json!({ "label": label, "by": next.label, "reason": reason }))
        .await?;
    work.commit().await?;
    Ok(next.label.clone())
}
