//! Expenses and payments.

use jiff::civil::Date;
use keyline_domain::access::Actor;
use keyline_domain::concerns::required;
use keyline_domain::ids::{ExpenseId, PaymentId, VolunteerId};
use keyline_domain::volunteers::money::{
    Act, Claim, State, after, claim_problems, paid_problem, payment_problems,
};
use keyline_store::volunteers::money::{self as rows, Expense, Payment};
use keyline_store::{Tx, audit, people};
use serde_json::json;

use super::{get, lead_work, myself, record};
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A claim of the volunteer who acts.
#[derive(Debug, Clone)]
pub struct ClaimExpense {
    /// What is claimed.
    pub claim: Claim,
}

/// Claims an expense. Audit entry `expense.claimed` with what it was for and the amount.
///
/// # Errors
/// [`Refused::Fields`] for each fault; [`Refused::Hidden`] for who is no volunteer.
pub async fn claim_expense(cx: &Cx, actor: &Actor, input: ClaimExpense) -> Result<ExpenseId> {
    let mut tx = cx.db.begin().await?;
    let own = myself(&mut tx, actor).await?;
    let claim = Claim { note: input.claim.note.trim().to_owned(), ..input.claim };
    let problems = claim_problems(&claim, cx.today());
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let expense = Expense {
        id: ExpenseId::new(cx.now(), cx.random()),
        volunteer: own.id,
        claim,
        state: State::Claimed,
        reason: String::new(),
        claimed_on: cx.today(),
        decided_by: None,
        paid_on: None,
        version: 1,
    };
    rows::add(&mut tx, &expense).await?;
    let detail = json!({ "what": expense.claim.what, "pence": expense.claim.pence });
    let subject = expense.id.to_string();
    audit::add(&mut tx, cx.now(), None, actor, "expense.claimed", &subject, &detail).await?;
    tx.commit().await?;
    Ok(expense.id)
}

/// What a volunteer does with an own expense.
#[derive(Debug, Clone)]
pub struct OwnExpense {
    /// Which.
    pub expense: ExpenseId,
    /// The version at which it was seen.
    pub version: i64,
    /// Claim it again, as it is to be now; `None` takes it back.
    pub again: Option<Claim>,
}

/// Claims an own expense again, changed, or takes it back. Audit entry `expense.moved`.
///
/// # Errors
/// [`Refused::Hidden`] for somebody else's; [`Refused::NotNow`] once it was approved; [`Refused::Fields`] for each fault.
pub async fn change_own_expense(cx: &Cx, actor: &Actor, input: OwnExpense) -> Result<()> {
    let mut tx = cx.db.begin().await?;
    let own = myself(&mut tx, actor).await?;
    let found = rows::find(&mut tx, input.expense).await?.filter(|e| e.volunteer == own.id);
    let mut expense = found.ok_or(Refused::Hidden)?;
    let act = if input.again.is_some() { Act::ClaimAgain } else { Act::TakeBack };
    seen_at(&mut tx, &expense, input.version).await?;
    let from = expense.state;
    expense.state = after(from, act).map_err(|r| Refused::NotNow(vec![r]))?;
    if let Some(again) = input.again {
        let problems = claim_problems(&again, cx.today());
        if !problems.is_empty() {
            return Err(Refused::Fields(problems));
        }
        expense.claim = Claim { note: again.note.trim().to_owned(), ..again };
        expense.reason = String::new();
    }
    rows::save(&mut tx, &expense).await?;
    let detail = json!({ "from": from, "to": expense.state });
    audit::add(&mut tx, cx.now(), None, actor, "expense.moved", &expense.id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

// At the version at which it was seen. The page that asks shows how it stands now.
async fn seen_at(tx: &mut Tx, expense: &Expense, version: i64) -> Result<()> {
    if expense.version == version {
        return Ok(());
    }
    // Who decided may have left: then nobody is named.
    let by = match expense.decided_by {
        Some(person) => people::find(tx, person).await?.map_or_else(String::new, |a| a.name),
        None => String::new(),
    };
    Err(Refused::Stale { theirs: expense.reason.clone(), by, version: expense.version })
}

/// What the participation lead does with an expense.
#[derive(Debug, Clone)]
pub struct DecideExpense {
    /// Which.
    pub expense: ExpenseId,
    /// The version at which it was seen.
    pub version: i64,
    /// What is done.
    pub act: Option<Act>,
    /// Why it is sent back.
    pub reason: String,
    /// The day on which it was paid.
    pub paid_on: Option<Date>,
}

/// Approves an expense, sends it back with a reason, notes that it was paid, or looks at it again. Audit entry
/// `expense.moved` with from and to.
///
/// # Errors
/// [`Refused::Fields`] without a reason or a day; [`Refused::NotNow`] for what the table does not have;
/// [`Refused::Hidden`] for who is no participation lead.
pub async fn decide_expense(cx: &Cx, actor: &Actor, input: DecideExpense) -> Result<()> {
    let act = input.act.filter(|act| !act.is_own()).ok_or_else(|| Refused::field("act", "problem-choose"))?;
    let mut work = lead_work(cx, actor).await?;
    let mut expense = rows::find(&mut work.tx, input.expense).await?.ok_or(Refused::Hidden)?;
    seen_at(&mut work.tx, &expense, input.version).await?;
    let from = expense.state;
    expense.state = after(from, act).map_err(|r| Refused::NotNow(vec![r]))?;
    expense.decided_by = Some(work.by);
    if act == Act::SendBack {
        if let Some(problem) = required("reason", &input.reason, 500) {
            return Err(Refused::Fields(vec![problem]));
        }
        input.reason.trim().clone_into(&mut expense.reason);
    }
    if act == Act::Pay {
        let day = input.paid_on.ok_or_else(|| Refused::field("paid_on", "problem-date"))?;
        if let Some(problem) = paid_problem(expense.claim.day, day, cx.today()) {
            return Err(Refused::Fields(vec![problem]));
        }
        expense.paid_on = Some(day);
    }
    rows::save(&mut work.tx, &expense).await?;
    let detail = json!({ "from": from, "to": expense.state, "reason": expense.reason });
    let subject = expense.id.to_string();
    audit::add(&mut work.tx, cx.now(), None, actor, "expense.moved", &subject, &detail).await?;
    Ok(work.tx.commit().await?)
}

/// A payment that was made.
#[derive(Debug, Clone)]
pub struct NotePayment {
    /// What its form carried, so that sending it twice counts once; `None` when there was no form.
    pub once: Option<PaymentId>,
    /// To whom.
    pub volunteer: VolunteerId,
    /// For how many sessions.
    pub sessions: u32,
    /// How much, in pence.
    pub pence: u32,
    /// When; `None` when no day was typed.
    pub paid_on: Option<Date>,
}

/// Notes that a volunteer was paid; the same form sent twice counts once. Audit entry `payment.noted` with sessions and
/// amount.
///
/// # Errors
/// [`Refused::Fields`] for each fault; [`Refused::NotNow`] for somebody without an account.
pub async fn note_payment(cx: &Cx, actor: &Actor, input: NotePayment) -> Result<()> {
    let mut work = lead_work(cx, actor).await?;
    let volunteer = get(&mut work.tx, input.volunteer).await?;
    if volunteer.person.is_none() {
        return Err(Refused::reason("payment-not-yet"));
    }
    let paid_on = input.paid_on.ok_or_else(|| Refused::field("paid_on", "problem-date"))?;
    let problems = payment_problems(input.sessions, input.pence, paid_on, cx.today());
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let there = match input.once {
        Some(once) => rows::payments(&mut work.tx, volunteer.id).await?.into_iter().find(|p| p.id == once),
        None => None,
    };
    let same = |p: &Payment| (p.sessions, p.pence, p.paid_on) == (input.sessions, input.pence, paid_on);
    if there.as_ref().is_some_and(same) {
        return Ok(());
    }
    let payment = Payment {
        // A form that was gone back to and changed is another payment.
        id: input.once.filter(|_| there.is_none()).unwrap_or_else(|| PaymentId::new(cx.now(), cx.random())),
        volunteer: volunteer.id,
        sessions: input.sessions,
        pence: input.pence,
        paid_on,
        noted_by: work.by,
        withdrawn: None,
    };
    rows::add_payment(&mut work.tx, &payment).await?;
    let detail = json!({ "payment": payment.id, "sessions": payment.sessions, "pence": payment.pence });
    record(cx, &mut work.tx, actor, "payment.noted", volunteer.id, &detail).await?;
    Ok(work.tx.commit().await?)
}

/// Says that a record of payment does not stand; it stays, struck out, with the reason. Audit entry `payment.withdrawn`.
///
/// # Errors
/// [`Refused::Fields`] without a reason; [`Refused::Hidden`] when there is none that stands.
pub async fn withdraw_payment(
    cx: &Cx,
    actor: &Actor,
    volunteer: VolunteerId,
    payment: PaymentId,
    reason: &str,
) -> Result<()> {
    let mut work = lead_work(cx, actor).await?;
    if let Some(problem) = required("payment_reason", reason, 500) {
        return Err(Refused::Fields(vec![problem]));
    }
    if !rows::withdraw_payment(&mut work.tx, volunteer, payment, reason.trim()).await? {
        return Err(Refused::Hidden);
    }
    let detail = json!({ "payment": payment });
    record(cx, &mut work.tx, actor, "payment.withdrawn", volunteer, &detail).await?;
    Ok(work.tx.commit().await?)
}
