//! The declaration of interest that each member of the team makes before the inspection opens.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_store::inspections::members;
use serde_json::json;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// A declaration.
#[derive(Debug, Clone)]
pub struct DeclareInterest {
    /// Where.
    pub inspection: InspectionId,
    /// Whether there is an interest.
    pub has_interest: bool,
    /// What it is; wanted when there is one.
    pub statement: String,
}

/// Declares an interest, or that there is none; without one the inspection opens at once. Audit entry
/// `interest.declared`, without the statement.
///
/// # Errors
/// [`Refused::Fields`] when an interest is declared and not described; [`Refused::NotNow`] when one that was declared
/// would be taken back.
pub async fn declare_interest(cx: &Cx, actor: &Actor, input: DeclareInterest) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DeclareInterest).await?;
    let statement = input.statement.trim();
    if input.has_interest && statement.is_empty() {
        return Err(Refused::field("statement", "problem-interest-statement"));
    }
    let person = work.person()?;
    let (inspection, now) = (work.inspection_id(), work.now);
    // Whoever has declared an interest does not open the inspection by taking it back: that is for the lead to decide.
    let stands = members::interest(&mut work.tx, inspection, person).await?;
    if !input.has_interest && stands.is_some_and(|interest| interest.has_interest) {
        return Err(Refused::reason("interest-stands"));
    }
    members::declare(&mut work.tx, inspection, person, input.has_interest, statement, now).await?;
    work.record("interest.declared", person, json!({ "has_interest": input.has_interest })).await?;
    work.commit().await
}

/// A decision on a declared interest.
#[derive(Debug, Clone)]
pub struct DecideInterest {
    /// Where.
    pub inspection: InspectionId,
    /// About whom.
    pub person: PersonId,
    /// Whether the person may take part.
    pub may_take_part: bool,
    /// Why.
    pub reason: String,
}

/// Decides whether somebody with a declared interest may take part. Nobody decides about the own interest.
/// Audit entry `interest.decided`.
///
/// # Errors
/// [`Refused::NotNow`] for the own interest or when none is declared; [`Refused::Fields`] without a reason.
pub async fn decide_interest(cx: &Cx, actor: &Actor, input: DecideInterest) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DecideInterest).await?;
    let by = work.person()?;
    if by == input.person {
        return Err(Refused::reason("own-interest"));
    }
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Refused::field("reason", "problem-reason"));
    }
    let (inspection, now) = (work.inspection_id(), work.now);
    if !members::decide_interest(&mut work.tx, inspection, input.person, input.may_take_part, reason, by, now)
        .await?
    {
        return Err(Refused::reason("no-interest-declared"));
    }
    work.record(
        "interest.decided",
        input.person,
        json!({ "may_take_part": input.may_take_part, "reason": reason }),
    )
    .await?;
    work.commit().await
}
