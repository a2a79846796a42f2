//! What is personal in the older inspections is destroyed on its day; that of the newest report is kept a month longer.

use keyline_domain::access::Action;
use keyline_operations::disposal::{PostponeDisposal, dispose, outlook, postpone_disposal};
use keyline_store::inspections;

use super::Teller;
use crate::commands::in_words;

/// Destroys what is due by the day of the telling; otherwise the lead puts the day off, once.
pub(super) async fn on_its_day(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::SeeDisposal).await?;
    let mut reader = t.cx.db.read().await?;
    let inspection = inspections::get(&mut reader, &grant).await?;
    let stands = outlook(t.cx, &mut reader, &inspection).await.map_err(in_words)?;
    drop(reader);
    let Some(due) = stands.due else { return Ok(()) };
    if due <= t.today {
        t.at(due, -390)?;
        return dispose(t.cx, t.id).await.map_err(in_words);
    }
    if stands.disposal.put_off.is_none() {
        t.at(t.today, -60)?;
        let input = PostponeDisposal {
            inspection: t.id,
            to: Some(due.saturating_add(jiff::Span::new().days(28))),
            reason: "The partnership has asked to compare its action plan with the return once more."
                .to_owned(),
            version: stands.disposal.version,
            checked: false,
        };
        postpone_disposal(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    Ok(())
}
