//! Documents that wait on this machine's disk because the object store was away.

use keyline_store::returns::{clear_held_by, held_by};

use crate::context::Cx;
use crate::refused::Result;

/// Brings what waits on this machine to the object store, and lets the documents say that they are there. No audit
/// entry: what a document is does not change by where it lies.
///
/// # Errors
/// When the object store is still away: worth trying again.
pub async fn move_held_documents(cx: &Cx) -> Result<()> {
    let (documents, node) = (&cx.documents, cx.documents.node());
    if node.is_empty() {
        return Ok(());
    }
    let moved = documents.move_held().await?;
    if moved == 0 && !held_by(&mut cx.read().await?, node).await? {
        return Ok(());
    }
    // Whatever was held before this transaction began lies in the folder that is asked inside it.
    let mut tx = cx.db.begin().await?;
    if documents.nothing_held().await? {
        clear_held_by(&mut tx, node).await?;
        tx.commit().await?;
    }
    Ok(())
}
