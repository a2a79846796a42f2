//! Messages that wait for a decision, for whoever has to decide.

use jiff::civil::Date;
use keyline_domain::access::{Duty, Role, Standing};
use keyline_domain::ids::{InspectionId, MessageId, PersonId};

use crate::error::Result;
use crate::rows::{day, read, read_optional};
use crate::{Source, Tx};

/// What a person is where messages wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In an inspection.
    Inspection(Standing),
    /// For the service as a whole: what belongs to no inspection.
    General(Duty),
}

/// What waits in one place. Whether the person may decide about it, the policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// Where, and what the person is there.
    pub place: Place,
    /// Messages that wait.
    pub waiting: u32,
    /// Those among them whose day is over.
    pub overdue: u32,
}

row! { struct WaitsRow {
    inspection_id: Option<String>, waiting: i64, overdue: i64, role: Option<String>, has_interest: Option<bool>,
    cleared: Option<bool>, duty: Option<String>,
} }

/// What waits in a person's inspections and, for each duty of the person, what belongs to no inspection.
pub async fn waiting_of(source: &mut impl Source, person: PersonId, today: Date) -> Result<Vec<Waits>> {
    let rows = fetch_all!(
        source,
        WaitsRow,
        "SELECT w.inspection_id, w.waiting, w.overdue, m.role, d.has_interest, d.cleared, u.duty
         FROM (SELECT inspection_id, COUNT(*) AS waiting, COUNT(*) FILTER (WHERE due_on < $1) AS overdue
               FROM message WHERE state = 'new' GROUP BY inspection_id) w
         LEFT JOIN membership m ON m.inspection_id = w.inspection_id AND m.person_id = $2 AND m.ended_at IS NULL
         LEFT JOIN interest d ON d.inspection_id = m.inspection_id AND d.person_id = m.person_id
         LEFT JOIN duty u ON w.inspection_id IS NULL AND u.person_id = $2
         WHERE m.role IS NOT NULL OR u.duty IS NOT NULL ORDER BY w.inspection_id, m.role, u.duty",
        day(today),
        person.to_string()
    )?;
    let mut all: Vec<Waits> = Vec::new();
    for r in rows {
        let id = r.inspection_id.clone().unwrap_or_default();
        let inspection: Option<InspectionId> =
            read_optional("message", "inspection_id", &id, r.inspection_id.as_deref())?;
        let role: Option<Role> = read_optional("membership", "role", &id, r.role.as_deref())?;
        let place = match (inspection, role) {
            (Some(inspection), Some(role)) => {
                if let Some(Waits { place: Place::Inspection(last), .. }) = all.last_mut()
                    && last.inspection == inspection
                {
                    last.roles.push(role);
                    continue;
                }
                let declared = r.has_interest.is_some_and(|has| !has || r.cleared == Some(true));
                Place::Inspection(Standing { inspection, roles: vec![role], body: None, declared })
            }
            _ => Place::General(read("duty", "duty", &id, r.duty.as_deref().unwrap_or_default())?),
        };
        let count = |n: i64| u32::try_from(n).unwrap_or(0);
        all.push(Waits { place, waiting: count(r.waiting), overdue: count(r.overdue) });
    }
    Ok(all)
}

/// Messages whose day is over and of which nobody has been told so.
pub async fn overdue(
    source: &mut impl Source,
    today: Date,
) -> Result<Vec<(MessageId, Option<InspectionId>)>> {
    fetch_all!(
        source,
        (String, Option<String>),
        "SELECT id, inspection_id FROM message WHERE state = 'new' AND due_on < $1 AND reminded_on IS NULL
         ORDER BY inspection_id, id",
        day(today)
    )?
    .into_iter()
    .map(|(id, inspection)| {
        let of = read_optional("message", "inspection_id", &id, inspection.as_deref())?;
        Ok((read("message", "id", &id, &id)?, of))
    })
    .collect()
}

/// Notes that the handlers were told that a message's day is over; whether they were not yet. Its version stays: nothing
/// about it has changed for whoever is deciding.
pub async fn told(tx: &mut Tx, message: MessageId, today: Date) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE message SET reminded_on = $1 WHERE id = $2 AND state = 'new' AND reminded_on IS NULL",
        day(today),
        message.to_string()
    )?;
    Ok(touched == 1)
}
