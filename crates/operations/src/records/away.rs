//! Taking a reading along to where there is no network.

use keyline_domain::access::{Action, Actor};
use keyline_domain::records::tool::without_conditions;
use keyline_forms::answering::Filling;
use keyline_store::records::{Reading, ReadingState};
use serde_json::json;

use super::readings::{OpenReading, of_own_pair, surroundings};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A reading as it is taken along.
#[derive(Debug, Clone)]
pub struct TakenAway {
    /// The reading; without answers about health for somebody who is not entitled to them.
    pub reading: Reading,
    /// The tool without its conditions, filled in: nobody knows yet which pages the answers will ask for.
    pub filling: Filling,
    /// Names of the groups and questions that are asked only after some answers.
    pub conditional: Vec<String>,
}

/// Takes an open reading of the own pair along. It stays where it is; what is written elsewhere comes back by
/// [`save_page`](super::save_page), which decides as always. Audit entry `record.read`, which says that it was taken along.
///
/// # Errors
/// As [`open_reading`](super::open_reading); [`Refused::NotNow`] when it is finished.
pub async fn take_reading_away(cx: &Cx, actor: &Actor, input: OpenReading) -> Result<TakenAway> {
    let mut work = cx.work(actor, input.inspection, Action::ReadRecord).await?;
    let (opened, stands) = of_own_pair(cx, &mut work, input.reading).await?;
    if let Some(reason) = stands.shut(work.now) {
        return Err(Refused::NotNow(vec![reason]));
    }
    if opened.reading.state != ReadingState::Open {
        return Err(Refused::reason("records-finished-already"));
    }
    let (form, conditional) = without_conditions(opened.tool.form());
    let tool = cx.ready(&format!("{} with every page", opened.name), &form)?;
    let filling = Filling::resume(tool.clone(), surroundings(cx, &tool), &opened.reading.answers);
    let detail = json!({ "label": opened.reading.label, "pair": opened.reading.by, "taken_along": true });
    work.record("record.read", opened.reading.id, detail).await?;
    work.commit().await?;
    Ok(TakenAway { reading: opened.reading, filling, conditional })
}
