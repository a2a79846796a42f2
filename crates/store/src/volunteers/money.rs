//! Expenses and payments of volunteers.

use jiff::civil::Date;
use keyline_domain::ids::{ExpenseId, PaymentId, PersonId, VolunteerId};
use keyline_domain::volunteers::money::{Claim, State};

use crate::error::{Error, Result};
use crate::rows::{day, read, read_optional};
use crate::{Source, Tx};

/// An expense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expense {
    /// Id.
    pub id: ExpenseId,
    /// Whose.
    pub volunteer: VolunteerId,
    /// What is claimed.
    pub claim: Claim,
    /// Where it stands.
    pub state: State,
    /// Why it was sent back; empty otherwise.
    pub reason: String,
    /// Day of the claim.
    pub claimed_on: Date,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When it was paid.
    pub paid_on: Option<Date>,
    /// For two editors.
    pub version: i64,
}

row! { struct ExpenseRow {
    id: String, volunteer_id: String, what: String, note: String, pence: i64, day: String, receipt: bool,
    state: String, reason: String, claimed_on: String, decided_by: Option<String>, paid_on: Option<String>,
    version: i64,
} }

fn amount(table: &'static str, id: &str, pence: i64) -> Result<u32> {
    u32::try_from(pence).map_err(|_| Error::Inconsistent {
        table,
        column: "pence",
        id: id.to_owned(),
        found: pence.to_string(),
    })
}

impl ExpenseRow {
    fn expense(self) -> Result<Expense> {
        let (t, id) = ("volunteer_expense", &self.id);
        Ok(Expense {
            id: read(t, "id", id, id)?,
            volunteer: read(t, "volunteer_id", id, &self.volunteer_id)?,
            claim: Claim {
                what: read(t, "what", id, &self.what)?,
                pence: amount(t, id, self.pence)?,
                day: read(t, "day", id, &self.day)?,
                note: self.note,
                receipt: self.receipt,
            },
            state: read(t, "state", id, &self.state)?,
            claimed_on: read(t, "claimed_on", id, &self.claimed_on)?,
            decided_by: read_optional(t, "decided_by", id, self.decided_by.as_deref())?,
            paid_on: read_optional(t, "paid_on", id, self.paid_on.as_deref())?,
            reason: self.reason,
            version: self.version,
        })
    }
}

/// Adds a claim.
pub async fn add(tx: &mut Tx, e: &Expense) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO volunteer_expense (id, volunteer_id, what, note, pence, day, receipt, state, reason, claimed_on,
           version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, 1)",
        e.id.to_string(),
        e.volunteer.to_string(),
        e.claim.what.word(),
        &e.claim.note,
        i64::from(e.claim.pence),
        day(e.claim.day),
        e.claim.receipt,
        e.state.word(),
        day(e.claimed_on)
    )
    .map(|_| ())
}

/// Saves an expense that was read at `e.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, e: &Expense) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE volunteer_expense SET what = $1, note = $2, pence = $3, day = $4, receipt = $5, state = $6,
           reason = $7, decided_by = $8, paid_on = $9, version = version + 1
         WHERE id = $10 AND version = $11",
        e.claim.what.word(),
        &e.claim.note,
        i64::from(e.claim.pence),
        day(e.claim.day),
        e.claim.receipt,
        e.state.word(),
        &e.reason,
        e.decided_by.map(|p| p.to_string()),
        e.paid_on.map(day),
        e.id.to_string(),
        e.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// An expense by its id.
pub async fn find(source: &mut impl Source, id: ExpenseId) -> Result<Option<Expense>> {
    fetch_optional!(source, ExpenseRow, "SELECT * FROM volunteer_expense WHERE id = $1", id.to_string())?
        .map(ExpenseRow::expense)
        .transpose()
}

/// The expenses of one volunteer, or of all: newest first.
pub async fn list(source: &mut impl Source, of: Option<VolunteerId>) -> Result<Vec<Expense>> {
    fetch_all!(
        source,
        ExpenseRow,
        "SELECT * FROM volunteer_expense WHERE $1 = '' OR volunteer_id = $1 ORDER BY day DESC, id DESC",
        of.map(|v| v.to_string()).unwrap_or_default()
    )?
    .into_iter()
    .map(ExpenseRow::expense)
    .collect()
}

/// A record of payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Id.
    pub id: PaymentId,
    /// Whose.
    pub volunteer: VolunteerId,
    /// For how many sessions.
    pub sessions: u32,
    /// How much, in pence.
    pub pence: u32,
    /// When.
    pub paid_on: Date,
    /// Who noted it.
    pub noted_by: PersonId,
    /// Why this record does not stand.
    pub withdrawn: Option<String>,
}

row! { struct PaymentRow {
    id: String, volunteer_id: String, sessions: i64, pence: i64, paid_on: String, noted_by: String,
    withdrawn_reason: Option<String>,
} }

impl PaymentRow {
    fn payment(self) -> Result<Payment> {
        let (t, id) = ("volunteer_payment", &self.id);
        Ok(Payment {
            id: read(t, "id", id, id)?,
            volunteer: read(t, "volunteer_id", id, &self.volunteer_id)?,
            sessions: amount(t, id, self.sessions)?,
            pence: amount(t, id, self.pence)?,
            paid_on: read(t, "paid_on", id, &self.paid_on)?,
            noted_by: read(t, "noted_by", id, &self.noted_by)?,
            withdrawn: self.withdrawn_reason,
        })
    }
}

/// Adds a record of payment.
pub async fn add_payment(tx: &mut Tx, p: &Payment) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO volunteer_payment (id, volunteer_id, sessions, pence, paid_on, noted_by)
         VALUES ($1, $2, $3, $4, $5, $6)",
        p.id.to_string(),
        p.volunteer.to_string(),
        i64::from(p.sessions),
        i64::from(p.pence),
        day(p.paid_on),
        p.noted_by.to_string()
    )
    .map(|_| ())
}

/// Says that a record of payment does not stand. Gives whether it stood.
pub async fn withdraw_payment(
    tx: &mut Tx,
    volunteer: VolunteerId,
    id: PaymentId,
    reason: &str,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE volunteer_payment SET withdrawn_reason = $1
         WHERE id = $2 AND volunteer_id = $3 AND withdrawn_reason IS NULL",
        reason,
        id.to_string(),
        volunteer.to_string()
    )?;
    Ok(touched == 1)
}

/// The payments of a volunteer, newest first.
pub async fn payments(source: &mut impl Source, of: VolunteerId) -> Result<Vec<Payment>> {
    fetch_all!(
        source,
        PaymentRow,
        "SELECT * FROM volunteer_payment WHERE volunteer_id = $1 ORDER BY paid_on DESC, id DESC",
        of.to_string()
    )?
    .into_iter()
    .map(PaymentRow::payment)
    .collect()
}

/// Destroys the record of money of a volunteer. Gives how many rows there were.
pub async fn destroy(tx: &mut Tx, of: VolunteerId) -> Result<u64> {
    let id = of.to_string();
    let expenses = execute!(tx, "DELETE FROM volunteer_expense WHERE volunteer_id = $1", &id)?;
    Ok(expenses + execute!(tx, "DELETE FROM volunteer_payment WHERE volunteer_id = $1", &id)?)
}
