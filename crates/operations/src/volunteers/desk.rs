//! What the participation lead sees.

use jiff::civil::Date;
use keyline_domain::access::Actor;
use keyline_domain::ids::{PersonId, VolunteerId};
use keyline_domain::volunteers::ready::{Topic, trained};
use keyline_domain::volunteers::stage::{Facts, Stage};
use keyline_store::volunteers::money::{self, Expense, Payment};
use keyline_store::volunteers::sessions::{self, Taking};
use keyline_store::volunteers::{self as rows, Volunteer};

use super::leading;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// What is known of somebody when they are to be moved; the reason for a "no" comes with the move.
pub fn facts_of(volunteer: &Volunteer, training: &[(Topic, Date)]) -> Facts {
    Facts {
        check_passed: volunteer.check.is_some_and(|(passed, _)| passed),
        trained: trained(training),
        supported: volunteer.supporter.is_some(),
        reason: false,
    }
}

/// All volunteers with what is known of each, expenses, and who takes part where.
#[derive(Debug)]
pub struct Desk {
    /// The volunteers.
    pub volunteers: Vec<(Volunteer, Facts)>,
    /// Everybody's expenses, newest first.
    pub expenses: Vec<Expense>,
}

/// Loads the desk.
///
/// # Errors
/// [`Refused::Hidden`] for who is no participation lead.
pub async fn desk(cx: &Cx, actor: &Actor) -> Result<Desk> {
    let mut reader = cx.read().await?;
    leading(&mut reader, actor).await?;
    let training = rows::training_of_all(&mut reader).await?;
    let with_facts = |volunteer: Volunteer| {
        let done = training.get(&volunteer.id).map(Vec::as_slice).unwrap_or_default();
        let facts = facts_of(&volunteer, done);
        (volunteer, facts)
    };
    let volunteers = rows::list(&mut reader).await?.into_iter().map(with_facts).collect();
    let expenses = money::list(&mut reader, None).await?;
    Ok(Desk { volunteers, expenses })
}

/// Who takes part where.
#[derive(Debug)]
pub struct TakingPart {
    /// Everybody with a role as a volunteer.
    pub taking: Vec<Taking>,
    /// Volunteers who take part nowhere yet.
    pub nowhere: Vec<Volunteer>,
}

/// Loads who takes part where.
///
/// # Errors
/// [`Refused::Hidden`] for who is no participation lead.
pub async fn taking_part(cx: &Cx, actor: &Actor) -> Result<TakingPart> {
    let mut reader = cx.read().await?;
    leading(&mut reader, actor).await?;
    let taking = sessions::taking_part(&mut reader, None).await?;
    let mut nowhere = rows::list(&mut reader).await?;
    nowhere.retain(|v| v.stage == Stage::Welcomed && !taking.iter().any(|t| t.volunteer == v.id));
    Ok(TakingPart { taking, nowhere })
}

/// Somebody who can be chosen.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Designation.
    pub designation: String,
}

/// One volunteer with everything but what is sealed.
#[derive(Debug)]
pub struct One {
    /// The volunteer.
    pub volunteer: Volunteer,
    /// The training.
    pub training: Vec<(Topic, Date)>,
    /// What is known.
    pub facts: Facts,
    /// Expenses, newest first.
    pub expenses: Vec<Expense>,
    /// Payments, newest first.
    pub payments: Vec<Payment>,
    /// Where they take part.
    pub taking: Vec<Taking>,
    /// Who may be the buddy.
    pub buddies: Vec<Volunteer>,
    /// Who may be the supporter.
    pub supporters: Vec<Account>,
}

/// Loads one volunteer.
///
/// # Errors
/// [`Refused::Hidden`] for who is no participation lead, and for a volunteer who is not there.
pub async fn one(cx: &Cx, actor: &Actor, id: VolunteerId) -> Result<One> {
    let mut reader = cx.read().await?;
    leading(&mut reader, actor).await?;
    let volunteer = rows::find(&mut reader, id).await?.ok_or(Refused::Hidden)?;
    let training = rows::training(&mut reader, id).await?;
    let all = rows::list(&mut reader).await?;
    let mut taking = sessions::taking_part(&mut reader, None).await?;
    taking.retain(|t| t.volunteer == id);
    let supporters = rows::supporters(&mut reader)
        .await?
        .into_iter()
        .map(|(person, name, designation)| Account { person, name, designation })
        .collect();
    Ok(One {
        facts: facts_of(&volunteer, &training),
        expenses: money::list(&mut reader, Some(id)).await?,
        payments: money::payments(&mut reader, id).await?,
        buddies: all.into_iter().filter(|v| v.id != id && v.stage == Stage::Welcomed).collect(),
        supporters,
        training,
        taking,
        volunteer,
    })
}
