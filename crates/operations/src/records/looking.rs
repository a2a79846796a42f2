//! What pages of the team make of readings: records with what holds of them, and how far pairs agree.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use keyline_domain::access::Grant;
use keyline_domain::records::agreeing::{ItemAgreement, ReadByPairs, on_all};
use keyline_domain::records::comparing::ReadRecord;
use keyline_domain::records::estimating::Stratum;
use keyline_domain::records::tool::without_health_answers;
use keyline_forms::answering::Compiled;
use keyline_store::Source;
use keyline_store::records::{ReadingState, moderation};
use keyline_store::sampling;
use serde_json::Value;

use super::{ReadingNow, tool};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// The records in use that were read, with what was settled, and the strata they were drawn from. What somebody may not see of
/// health is left out of the answers.
///
/// # Errors
/// A fault when the tool is gone.
pub async fn read_records(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    now: &ReadingNow,
) -> Result<(Vec<ReadRecord>, Vec<Stratum>)> {
    let Some((sample, all)) = &now.sample else { return Ok((Vec::new(), Vec::new())) };
    let (strata, place) = sampling::strata(source, grant, sample, all).await?;
    let mut settled = moderation::settled(&moderation::list(source, grant).await?);
    let see = seen_by(cx, source, grant, now).await?;
    let read = now.in_use().into_iter().filter_map(|label| {
        let of = now.readings.iter().filter(|r| r.label == label && r.state == ReadingState::Finished);
        let readings: Vec<Value> = of.map(|r| see(&r.answers)).collect();
        let stratum = place.get(&label).copied().unwrap_or(0);
        let settled = settled.remove(&label).unwrap_or_default();
        (!readings.is_empty()).then_some(ReadRecord { label, stratum, readings, settled })
    });
    Ok((read.collect(), strata))
}

/// What somebody sees of answers.
async fn seen_by(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    now: &ReadingNow,
) -> Result<impl Fn(&Value) -> Value> {
    let inspection = keyline_store::inspections::get(source, grant).await?;
    let full = tool(cx, cx.programme(&inspection)?)?.ok_or(Refused::Hidden)?;
    let entitled = now.entitled(grant.person_id());
    Ok(
        move |answers: &Value| {
            if entitled { answers.clone() } else { without_health_answers(full.form(), answers) }
        },
    )
}

/// The records that two pairs have finished, and who read them.
#[derive(Debug, Clone, PartialEq)]
pub struct TwiceRead {
    /// Names of the pairs, in order: the columns.
    pub pairs: Vec<String>,
    /// Labels of the records.
    pub labels: Vec<String>,
    /// For each record, the place of each pair that read it, and its answers as they were finished.
    pub records: Vec<ReadByPairs>,
}

/// The records that two pairs or more have finished. What somebody may not see of health is left out.
///
/// # Errors
/// A fault when the tool is gone.
pub async fn twice_read(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    now: &ReadingNow,
) -> Result<TwiceRead> {
    let see = seen_by(cx, source, grant, now).await?;
    let mut found = TwiceRead { pairs: Vec::new(), labels: Vec::new(), records: Vec::new() };
    let mut records = Vec::new();
    for label in now.in_use() {
        let finished = now.readings.iter().filter(|r| r.label == label && r.state == ReadingState::Finished);
        let by: Vec<(&str, Value)> = finished.map(|r| (r.by.as_str(), see(&r.answers))).collect();
        if by.len() > 1 {
            found.pairs.extend(by.iter().map(|(name, _)| (*name).to_owned()));
            records.push(by);
            found.labels.push(label);
        }
    }
    found.pairs.sort();
    found.pairs.dedup();
    let place = |name: &str| found.pairs.iter().position(|pair| pair == name).unwrap_or(usize::MAX);
    found.records = records
        .into_iter()
        .map(|by| by.into_iter().map(|(n, answers)| (place(n), answers)).collect())
        .collect();
    Ok(found)
}

/// Agreement that has been worked out, by what it was worked out from: a thousand rounds for each question are not done again
/// for the next page.
#[derive(Debug, Default)]
pub struct Kept(Mutex<HashMap<[u8; 32], Arc<Vec<ItemAgreement>>>>);

/// Most that is kept; beyond it all are given up at once.
const MOST: usize = 32;

/// How far pairs agree on each question, worked out once for the same readings and kept.
///
/// # Errors
/// A fault when the work was cut off.
pub async fn agreement_of(
    cx: &Cx,
    tool: &Arc<Compiled>,
    read: &TwiceRead,
) -> Result<Arc<Vec<ItemAgreement>>> {
    let text = serde_json::to_vec(&(tool.form(), &read.pairs, &read.records)).map_err(Refused::fault)?;
    let key = *blake3::hash(&text).as_bytes();
    let kept = &cx.kept_agreement().0;
    if let Some(found) = kept.lock().ok().and_then(|kept| kept.get(&key).cloned()) {
        return Ok(found);
    }
    let (tool, records, pairs) = (tool.clone(), read.records.clone(), read.pairs.len());
    let work = move || on_all(tool.form(), &records, pairs).collect::<Vec<_>>();
    let found = Arc::new(tokio::task::spawn_blocking(work).await.map_err(Refused::fault)?);
    if let Ok(mut kept) = kept.lock() {
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, found.clone());
    }
    Ok(found)
}
