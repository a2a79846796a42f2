//! Young inspection volunteers: the interest, the way to being welcomed, their own pages, money, sessions, drafts of the
//! children's version, and "You said, we did".
//!
//! What belongs to no inspection is opened by being the participation lead (named by an administrator, see [`set_lead`])
//! or by being the volunteer. [`leading`] and [`myself`] ask that; nothing else loads a row of a volunteer for a person.

mod changes;
mod desk;
mod drafts;
mod interest;
mod manage;
mod money;
mod own;
mod said;
mod sessions;
mod tidy;

pub use changes::{Change, What, changes_since};
pub use desk::{Account, Desk, One, TakingPart, desk, facts_of, one, taking_part};
pub use drafts::{
    AnswerComment, CommentOnDraft, WriteDraft, answer_comment, comment_on_draft, write_childrens_draft,
};
pub use interest::{SendInterest, Sent, open_interest, send_interest, withdraw_with_words};
pub use manage::{
    MoveVolunteer, NewAccount, NoteCheck, NoteTraining, SetSupport, move_volunteer, note_check,
    note_training, set_support,
};
pub use money::{
    ClaimExpense, DecideExpense, NotePayment, OwnExpense, change_own_expense, claim_expense, decide_expense,
    note_payment, withdraw_payment,
};
pub use own::{Own, OwnSession, WriteUp, leave, own, set_availability, write_up};
pub use said::{ActOnSaid, WriteSaid, act_on_said, change_said, write_said};
pub use sessions::{
    Beside, CancelSession, PlanSession, Stands, beside, cancel_session, place_volunteer, plan_session,
};
pub use tidy::tidy;

use keyline_domain::access::{Actor, Role, ServiceAction};
use keyline_domain::ids::{PersonId, VolunteerId};
use keyline_store::inspections::mine;
use keyline_store::volunteers::{self as rows, Volunteer};
use keyline_store::{Source, Tx, audit};
use serde_json::Value;

use crate::context::Cx;
use crate::duties;
use crate::refused::{Refused, Result};

/// The person who acts, when they look after the volunteers.
pub(crate) async fn leading(source: &mut impl Source, actor: &Actor) -> Result<PersonId> {
    duties::who_may(source, actor, ServiceAction::LookAfterVolunteers).await
}

/// The volunteer who acts: somebody who was welcomed and has not left.
pub(crate) async fn myself(source: &mut impl Source, actor: &Actor) -> Result<Volunteer> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    let found = rows::find_by_person(source, person).await?;
    found.filter(|v| v.gone_on.is_none()).ok_or(Refused::Hidden)
}

/// Whether the person who acts looks after the volunteers, and whether they are one: for showing links.
///
/// # Errors
/// When the database cannot be read.
pub async fn what_i_am(cx: &Cx, actor: &Actor) -> Result<(bool, bool)> {
    let Some(person) = actor.person() else { return Ok((false, false)) };
    let mut reader = cx.read().await?;
    let own = rows::find_by_person(&mut reader, person.id).await?.is_some_and(|v| v.gone_on.is_none());
    let leads = duties::may(&mut reader, person.id, ServiceAction::LookAfterVolunteers).await?;
    Ok((leads, own))
}

/// Whether the person who acts is a volunteer and nothing else: no other role in any inspection, and no duty.
///
/// # Errors
/// When the database cannot be read.
pub async fn only_a_volunteer(cx: &Cx, actor: &Actor) -> Result<bool> {
    let Some(person) = actor.person() else { return Ok(false) };
    let mut reader = cx.read().await?;
    if rows::find_by_person(&mut reader, person.id).await?.is_none_or(|v| v.gone_on.is_some()) {
        return Ok(false);
    }
    let all = mine::list(&mut reader, person.id).await?;
    let mut roles = all.iter().flat_map(|m| &m.standing.roles);
    Ok(roles.all(|role| *role == Role::YoungInspectionVolunteer)
        && keyline_store::duties::of(&mut reader, person.id).await?.is_empty())
}

/// A unit of work of the participation lead.
struct Leading {
    tx: Tx,
    by: PersonId,
}

async fn lead_work(cx: &Cx, actor: &Actor) -> Result<Leading> {
    let (tx, by) = duties::begin(cx, actor, ServiceAction::LookAfterVolunteers).await?;
    Ok(Leading { tx, by })
}

async fn get(tx: &mut Tx, id: VolunteerId) -> Result<Volunteer> {
    rows::find(tx, id).await?.ok_or(Refused::Hidden)
}

// At the version at which it was seen: nobody decides about what they have not read. What was done meanwhile is said by
// [`changes_since`].
async fn same(tx: &mut Tx, volunteer: &Volunteer, version: i64) -> Result<()> {
    if volunteer.version == version {
        return Ok(());
    }
    let since = changes::of(tx, volunteer, version).await?;
    let by = since.into_iter().next().and_then(|change| change.by).unwrap_or_default();
    Err(Refused::Stale { theirs: String::new(), by, version: volunteer.version })
}

async fn record(
    cx: &Cx,
    tx: &mut Tx,
    actor: &Actor,
    action: &str,
    id: VolunteerId,
    detail: &Value,
) -> Result<()> {
    Ok(audit::add(tx, cx.now(), None, actor, action, &id.to_string(), detail).await?)
}
