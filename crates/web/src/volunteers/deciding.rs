//! What the forms on the page of a volunteer do: each reads what was typed and calls its verb.

use keyline_domain::ids::VolunteerId;
use keyline_domain::reasons::FieldProblem;
use keyline_domain::volunteers::Interest;
use keyline_domain::volunteers::money::Pence;
use keyline_domain::volunteers::ready::Topic;
use keyline_operations::Refused;
use keyline_operations::care::keys;
use keyline_operations::volunteers::{
    self, MoveVolunteer, NewAccount, NoteCheck, NotePayment, NoteTraining, SetSupport, move_volunteer,
    note_check, note_payment, note_training, open_interest, set_support, withdraw_payment,
};

use crate::components::DateTyped;
use crate::concerns::session;
use crate::frame::{Typed, Visitor};

/// Opens what somebody wrote; `None` when the key does not open it.
pub(super) async fn read(
    visitor: &Visitor,
    volunteer: VolunteerId,
    typed: &Typed,
) -> Result<Option<Interest>, Refused> {
    let (cx, actor) = (visitor.cx(), visitor.actor());
    let session = session(visitor).map_err(|_| Refused::Hidden)?;
    // Whoever is no participation lead learns nothing from the key either.
    volunteers::desk(cx, actor).await?;
    if !typed.get("passphrase").is_empty() {
        keys::unlock(cx, actor, &session, typed.get("passphrase")).await?;
    }
    let opened = open_interest(cx, actor, &session, volunteer).await;
    opened.map_err(|refused| refused.locked_at("passphrase"))
}

/// Moves somebody; gives the link of a new account.
pub(super) async fn moved(
    visitor: &Visitor,
    volunteer: VolunteerId,
    typed: &Typed,
) -> Result<Option<String>, Refused> {
    let account = NewAccount { name: typed.get("name").to_owned(), email: typed.get("email").to_owned() };
    let input = MoveVolunteer {
        volunteer,
        version: typed.parse("version").unwrap_or(0),
        to: typed.parse("to"),
        reason: typed.parse("reason"),
        account,
        sure: typed.has("sure", "yes"),
    };
    move_volunteer(visitor.cx(), visitor.actor(), input).await
}

/// Notes the result of the check.
pub(super) async fn checked(visitor: &Visitor, volunteer: VolunteerId, typed: &Typed) -> Result<(), Refused> {
    let passed = match typed.get("passed") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let on = DateTyped::of("on", |n| typed.get(n)).date();
    let version = typed.parse("version").unwrap_or(0);
    note_check(visitor.cx(), visitor.actor(), NoteCheck { volunteer, version, passed, on }).await
}

/// Notes a topic of the training, or takes it back.
pub(super) async fn trained(visitor: &Visitor, volunteer: VolunteerId, typed: &Typed) -> Result<(), Refused> {
    let topic: Topic = typed.parse("topic").ok_or_else(|| Refused::field("topic", "problem-choose"))?;
    let done_on = if typed.get("undo") == "yes" {
        None
    } else {
        let day = DateTyped::of("done_on", |n| typed.get(n)).date();
        Some(day.ok_or_else(|| Refused::field("done_on", "problem-date"))?)
    };
    note_training(visitor.cx(), visitor.actor(), NoteTraining { volunteer, topic, done_on }).await
}

/// Names supporter and buddy.
pub(super) async fn supported(
    visitor: &Visitor,
    volunteer: VolunteerId,
    typed: &Typed,
) -> Result<(), Refused> {
    let input = SetSupport {
        volunteer,
        version: typed.parse("version").unwrap_or(0),
        buddy: typed.parse("buddy"),
        supporter: typed.parse("supporter"),
    };
    set_support(visitor.cx(), visitor.actor(), input).await
}

/// Notes a payment.
pub(super) async fn paid(visitor: &Visitor, volunteer: VolunteerId, typed: &Typed) -> Result<(), Refused> {
    let pence = Pence::read(typed.get("amount"))
        .map_err(|reason| Refused::Fields(vec![FieldProblem::new("amount", reason)]))?;
    let input = NotePayment {
        once: typed.parse("once"),
        volunteer,
        sessions: typed.parse("sessions").unwrap_or(0),
        pence: pence.0,
        paid_on: DateTyped::of("paid_on", |n| typed.get(n)).date(),
    };
    note_payment(visitor.cx(), visitor.actor(), input).await
}

/// Strikes a payment out.
pub(super) async fn unpaid(visitor: &Visitor, volunteer: VolunteerId, typed: &Typed) -> Result<(), Refused> {
    let payment = typed.parse("payment").ok_or_else(|| Refused::field("payment", "problem-choose"))?;
    withdraw_payment(visitor.cx(), visitor.actor(), volunteer, payment, typed.get("payment_reason")).await
}
