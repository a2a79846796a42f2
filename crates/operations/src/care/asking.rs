//! The mail to custodians: somebody who has lost a passphrase asks for their half.

use keyline_domain::ids::{PersonId, RecoveryId};
use keyline_store::care::recovery::{self, Request};
use keyline_store::{Tx, jobs, people};
use keyline_words::Catalogue;
use serde::{Deserialize, Serialize};

use crate::context::Cx;
use crate::mail::{Notice, mail_notice};
use crate::refused::{Refused, Result};

/// The kind of the job that mails a custodian.
pub const KIND: &str = "recovery-asked";

/// Whom to mail about what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payload {
    /// What somebody asks for.
    pub request: RecoveryId,
    /// The custodian.
    pub person: PersonId,
}

/// Queues a mail to each custodian of a request but whoever asks. Without a mail server the start page alone tells them.
pub(super) async fn queue(cx: &Cx, tx: &mut Tx, request: &Request) -> Result<()> {
    if cx.mailer.is_none() {
        return Ok(());
    }
    let custodians = recovery::custodians(tx, request.generation).await?;
    for person in custodians.into_iter().filter(|person| *person != request.person) {
        let payload =
            serde_json::to_value(Payload { request: request.id, person }).map_err(Refused::fault)?;
        jobs::enqueue(tx, cx.now(), cx.random(), KIND, &payload, cx.now()).await?;
    }
    Ok(())
}

/// Mails a custodian, unless nobody waits any more, or they gave their half meanwhile. It names nobody: who asks, and why,
/// stands where one has signed in.
///
/// # Errors
/// When the server does not take it: to be tried again.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let mut reader = cx.read().await?;
    let open = recovery::open_requests(&mut reader).await?;
    let given = recovery::given(&mut reader, payload.request).await?;
    let gave = given.iter().any(|(_, by, _)| *by == payload.person);
    let account = people::find(&mut reader, payload.person).await?.filter(|a| a.disabled_at.is_none());
    drop(reader);
    let Some(account) = account else { return Ok(()) };
    if gave || !open.iter().any(|request| request.id == payload.request) {
        return Ok(());
    }
    let w = Catalogue::shared().words(&account.language);
    let notice = Notice {
        id: format!("recovery.{}.{}", payload.request, payload.person),
        subject: w.t("recovery-mail-subject"),
        lines: vec![w.t("recovery-mail-text"), w.t("recovery-mail-why")],
        page: "/care".to_owned(),
    };
    mail_notice(cx, w, account, notice).await
}
