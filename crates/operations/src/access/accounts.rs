//! Making an account: by an administrator, the console, or by accepting an invitation.

use keyline_domain::access::Actor;
use keyline_domain::ids::PersonId;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::people::{self, Account};
use keyline_store::{Tx, audit};
use serde_json::json;

use super::administers;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What an account is made of.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Address.
    pub email: String,
    /// Name as shown to colleagues.
    pub name: String,
    /// Shown in notes instead of the name.
    pub designation: String,
    /// Council, board, scrutiny body.
    pub organisation: String,
    /// Whether the account manages accounts.
    pub administrator: bool,
}

/// Makes an account. Audit entry `account.made`.
///
/// # Errors
/// [`Refused::Hidden`] unless an administrator or the console acts; [`Refused::Fields`] for a bad or taken address.
pub async fn make_account(cx: &Cx, actor: &Actor, new: NewAccount) -> Result<PersonId> {
    administers(actor)?;
    let mut tx = cx.db.begin().await?;
    let id = add_account(cx, &mut tx, actor, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Disables an account, which ends its sessions, or enables it again. Nobody disables the own account. Audit entry
/// `account.disabled` or `account.enabled`.
///
/// # Errors
/// [`Refused::Hidden`] unless an administrator or the console acts, or the account is unknown.
pub async fn set_enabled(cx: &Cx, actor: &Actor, person: PersonId, enabled: bool) -> Result<()> {
    match actor {
        Actor::Console => {}
        Actor::Person(p) if p.administrator => {
            if p.id == person {
                return Err(Refused::reason("own-account"));
            }
        }
        _ => return Err(Refused::Hidden),
    }
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    let mut account = people::find(&mut tx, person).await?.ok_or(Refused::Hidden)?;
    account.disabled_at = (!enabled).then_some(now);
    people::save(&mut tx, &account).await?;
    if !enabled {
        keyline_store::sign_in::end_other_sessions(&mut tx, person, "").await?;
    }
    let action = if enabled { "account.enabled" } else { "account.disabled" };
    audit::add(&mut tx, now, None, actor, action, &person.to_string(), &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes an account inside a transaction of another verb.
pub(crate) async fn add_account(cx: &Cx, tx: &mut Tx, actor: &Actor, new: NewAccount) -> Result<PersonId> {
    let email = new.email.trim().to_lowercase();
    let mut problems = Vec::new();
    if !is_address(&email) {
        problems.push(FieldProblem::new("email", Reason::new("problem-email")));
    }
    for (field, value) in
        [("name", &new.name), ("designation", &new.designation), ("organisation", &new.organisation)]
    {
        if value.trim().is_empty() {
            problems.push(FieldProblem::new(field, Reason::new("problem-required")));
        }
    }
    if problems.is_empty() && people::find_by_email(tx, &email).await?.is_some() {
        problems.push(FieldProblem::new("email", Reason::new("problem-email-taken")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let now = cx.now();
    let id = PersonId::new(now, cx.random());
    people::add(
        tx,
        &Account {
            id,
            email,
            name: new.name.trim().to_owned(),
            designation: new.designation.trim().to_owned(),
            organisation: new.organisation.trim().to_owned(),
            language: "en".into(),
            administrator: new.administrator,
            password_hash: None,
            totp_sealed: None,
            totp_last_step: None,
            created_at: now,
            disabled_at: None,
            version: 1,
        },
    )
    .await?;
    audit::add(
        tx,
        now,
        None,
        actor,
        "account.made",
        &id.to_string(),
        &json!({ "administrator": new.administrator }),
    )
    .await?;
    Ok(id)
}

/// Whether a text can be an e-mail address: one `@`, something before it, a dotted name after it, no blanks.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && !host.contains('@')
                && host.contains('.')
                && host.split('.').all(|part| !part.is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses() {
        for good in ["a@b.scot", "first.last+x@council.gov.scot"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.scot", "a@b..scot", "a b@c.scot", "a@b@c.scot", "a@b.scot\n"] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
