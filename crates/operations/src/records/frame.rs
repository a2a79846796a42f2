//! The list that a sample is drawn from, as it stood at the draw: each label with its part and whether it was left out.

use std::collections::{BTreeMap, HashMap};

use keyline_domain::access::{Action, Actor, Grant};
use keyline_domain::ids::{InspectionId, SubmissionId};
use keyline_domain::records::drawing::{Allocation, Listed, Parts, part_of};
use keyline_store::records::Sample;
use keyline_store::returns::{Child, SubmissionState, cohort, list_submissions};
use keyline_store::sampling::{self, Division};
use keyline_store::{Source, records};
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// The rows of the accepted return.
///
/// # Errors
/// [`Refused::NotNow`] before one is accepted.
pub(super) async fn accepted_rows(
    source: &mut impl Source,
    grant: &Grant,
) -> Result<(SubmissionId, Vec<Child>)> {
    let submission = list_submissions(source, grant)
        .await?
        .into_iter()
        .find(|s| s.state == SubmissionState::Accepted)
        .ok_or_else(|| Refused::reason("wait-return-accepted"))?;
    Ok((submission.id, cohort(source, grant, submission.id).await?))
}

/// The list of the accepted return divided by columns (none: not divided), for a preview and for the draw.
///
/// # Errors
/// As [`accepted_rows`].
pub async fn list_in_parts(
    source: &mut impl Source,
    grant: &Grant,
    columns: &[String],
) -> Result<(SubmissionId, Vec<Listed>)> {
    let (submission, rows) = accepted_rows(source, grant).await?;
    let out = sampling::exclusions(source, grant).await?;
    Ok((submission, listed(rows, columns, &out.iter().map(|one| one.label.as_str()).collect::<Vec<_>>())))
}

fn listed(rows: Vec<Child>, columns: &[String], out: &[&str]) -> Vec<Listed> {
    rows.into_iter()
        .map(|row| Listed {
            part: if columns.is_empty() { String::new() } else { part_of(columns, &row.columns) },
            excluded: out.contains(&row.label.as_str()),
            label: row.label,
        })
        .collect()
}

/// How a recorded sample was divided, as the draw takes it.
pub(super) fn parts(division: &Division) -> Option<Parts> {
    let expected = |part: &sampling::Part| Some((part.name.clone(), u8::try_from(part.expected).ok()?));
    Some(Parts {
        columns: division.columns.clone(),
        allocation: Allocation::parse(&division.allocation)?,
        minimum: u32::try_from(division.minimum).ok()?,
        expected: division.parts.iter().filter_map(expected).collect::<BTreeMap<_, _>>(),
    })
}

/// A row of the list that was drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameRow {
    /// The label.
    pub label: String,
    /// Its part; blank when the list was not divided.
    pub part: String,
    /// Why it was left out; blank when it was not.
    pub left_out: String,
}

/// The list that the sample was drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The sample.
    pub sample: Sample,
    /// How it was divided.
    pub division: Option<Division>,
    /// The rows, by label.
    pub rows: Vec<FrameRow>,
}

/// Takes out the list that the sample was drawn from, so that it can be drawn again elsewhere. Audit entry
/// `sample.frame-opened`.
///
/// # Errors
/// [`Refused::Hidden`] before the sample is drawn, and when the list is no longer kept.
pub async fn open_frame(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Frame> {
    let mut work = cx.work(actor, inspection, Action::SeeFrame).await?;
    let grant = work.grant.clone();
    let (sample, _) = records::sample(&mut work.tx, &grant).await?.ok_or(Refused::Hidden)?;
    let division = sampling::division(&mut work.tx, &grant, sample.id).await?;
    let why: HashMap<String, String> = sampling::exclusions(&mut work.tx, &grant)
        .await?
        .into_iter()
        .map(|one| (one.label, one.reason))
        .collect();
    let columns = division.as_ref().map_or_else(Vec::new, |division| division.columns.clone());
    let rows = cohort(&mut work.tx, &grant, sample.submission).await?;
    if rows.is_empty() {
        return Err(Refused::Hidden);
    }
    let mut rows: Vec<FrameRow> = listed(rows, &columns, &[])
        .into_iter()
        .map(|row| FrameRow {
            left_out: why.get(&row.label).cloned().unwrap_or_default(),
            label: row.label,
            part: row.part,
        })
        .collect();
    rows.sort_by(|a, b| a.label.cmp(&b.label));
    work.record("sample.frame-opened", sample.id, json!({ "rows": rows.len() })).await?;
    work.commit().await?;
    Ok(Frame { sample, division, rows })
}
