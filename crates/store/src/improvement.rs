//! Recommendations and the partnership's action plan.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{ActionId, PersonId, RecommendationId};
use keyline_domain::inspections::way::ActionPlanState;

use crate::error::{Error, Result};
use crate::rows::{day, read, read_optional, time, word};
use crate::{Source, Tx};

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Id.
    pub id: RecommendationId,
    /// Number in the report, from 1 without gaps.
    pub number: i64,
    /// Number of the indicator.
    pub indicator: String,
    /// Its text.
    pub body: String,
    /// Name of who made or last changed it.
    pub made_by: String,
    /// For two editors.
    pub version: i64,
}

row! { struct RecommendationRow {
    id: String, number: i64, indicator: String, body: String, made_by: String, version: i64,
} }

/// The recommendations in order.
pub async fn recommendations(source: &mut impl Source, grant: &Grant) -> Result<Vec<Recommendation>> {
    fetch_all!(
        source,
        RecommendationRow,
        "SELECT r.id, r.number, r.indicator, r.body, p.name AS made_by, r.version
         FROM recommendation r JOIN person p ON p.id = r.made_by WHERE r.inspection_id = $1 ORDER BY r.number",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Recommendation {
            id: read("recommendation", "id", &r.id, &r.id)?,
            number: r.number,
            indicator: r.indicator,
            body: r.body,
            made_by: r.made_by,
            version: r.version,
        })
    })
    .collect()
}

/// Adds a recommendation under the next number.
pub async fn add_recommendation(
    tx: &mut Tx,
    grant: &Grant,
    id: RecommendationId,
    (indicator, body): (&str, &str),
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO recommendation (id, inspection_id, number, indicator, body, made_by, made_at, version)
         SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6, 1
         FROM recommendation WHERE inspection_id = $7",
        id.to_string(),
        grant.inspection().to_string(),
        indicator,
        body,
        by.to_string(),
        time(at),
        grant.inspection().to_string()
    )
    .map(|_| ())
}

/// Changes a recommendation that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn change_recommendation(
    tx: &mut Tx,
    grant: &Grant,
    (id, version): (RecommendationId, i64),
    (indicator, body): (&str, &str),
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE recommendation SET indicator = $1, body = $2, made_by = $3, made_at = $4, version = version + 1
         WHERE id = $5 AND inspection_id = $6 AND version = $7",
        indicator,
        body,
        by.to_string(),
        time(at),
        id.to_string(),
        grant.inspection().to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes a recommendation away and closes the gap in the numbers.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn remove_recommendation(
    tx: &mut Tx,
    grant: &Grant,
    id: RecommendationId,
    version: i64,
) -> Result<()> {
    let touched = execute!(
        tx,
        "DELETE FROM recommendation WHERE id = $1 AND inspection_id = $2 AND version = $3",
        id.to_string(),
        grant.inspection().to_string(),
        version
    )?;
    if touched != 1 {
        return Err(Error::Stale);
    }
    // In ascending order, so that no number comes twice on the way.
    for (at, left) in (1_i64..).zip(recommendations(tx, grant).await?) {
        if left.number != at {
            execute!(tx, "UPDATE recommendation SET number = $1 WHERE id = $2", at, left.id.to_string())?;
        }
    }
    Ok(())
}

/// The action plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionPlan {
    /// Day it is due.
    pub due_on: Date,
    /// Where it stands.
    pub state: ActionPlanState,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
    /// When.
    pub submitted_at: Option<Timestamp>,
    /// Name of who reviewed it.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_at: Option<Timestamp>,
    /// What the reviewer said; why it was sent back.
    pub review: String,
    /// For two editors.
    pub version: i64,
}

row! { struct PlanRow {
    due_on: String, state: String, submitted_by: Option<String>, submitted_at: Option<String>,
    reviewed_by: Option<String>, reviewed_at: Option<String>, review: Option<String>, version: i64,
} }

/// The action plan; `None` before publication.
pub async fn plan(source: &mut impl Source, grant: &Grant) -> Result<Option<ActionPlan>> {
    let id = grant.inspection().to_string();
    let t = "action_plan";
    fetch_optional!(
        source,
        PlanRow,
        "SELECT a.due_on, a.state, a.submitted_by, a.submitted_at, p.name AS reviewed_by, a.reviewed_at, a.review,
           a.version
         FROM action_plan a LEFT JOIN person p ON p.id = a.reviewed_by WHERE a.inspection_id = $1",
        &id
    )?
    .map(|r| {
        Ok(ActionPlan {
            due_on: read(t, "due_on", &id, &r.due_on)?,
            state: word(t, "state", &id, &r.state)?,
            submitted_by: read_optional(t, "submitted_by", &id, r.submitted_by.as_deref())?,
            submitted_at: read_optional(t, "submitted_at", &id, r.submitted_at.as_deref())?,
            reviewed_at: read_optional(t, "reviewed_at", &id, r.reviewed_at.as_deref())?,
            reviewed_by: r.reviewed_by,
            review: r.review.unwrap_or_default(),
            version: r.version,
        })
    })
    .transpose()
}

/// Opens the action plan at publication.
pub async fn open_plan(tx: &mut Tx, grant: &Grant, due_on: Date) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO action_plan (inspection_id, due_on, state, version) VALUES ($1, $2, 'awaited', 1)",
        grant.inspection().to_string(),
        day(due_on)
    )
    .map(|_| ())
}

/// Notes that the partnership has submitted its plan.
pub async fn submit_plan(tx: &mut Tx, grant: &Grant, by: PersonId, at: Timestamp) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE action_plan SET state = 'submitted', submitted_by = $1, submitted_at = $2, version = version + 1
         WHERE inspection_id = $3 AND state IN ('awaited', 'sent_back')",
        by.to_string(),
        time(at),
        grant.inspection().to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Notes the review of a submitted plan.
pub async fn review_plan(
    tx: &mut Tx,
    grant: &Grant,
    (accepted, review): (bool, &str),
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE action_plan SET state = $1, review = $2, reviewed_by = $3, reviewed_at = $4, version = version + 1
         WHERE inspection_id = $5 AND state = 'submitted'",
        if accepted { "accepted" } else { "sent_back" },
        review,
        by.to_string(),
        time(at),
        grant.inspection().to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedAction {
    /// Id.
    pub id: ActionId,
    /// The recommendation it answers.
    pub recommendation: RecommendationId,
    /// What will be done.
    pub body: String,
    /// Designation of who answers for it.
    pub owner: String,
    /// How people will know that it worked.
    pub measure: String,
    /// By when.
    pub due_on: Date,
    /// Who wrote or last changed it.
    pub written_by: PersonId,
    /// Name of who wrote or last changed it.
    pub written_by_name: String,
    /// For two editors.
    pub version: i64,
}

row! { struct ActionRow {
    id: String, recommendation_id: String, body: String, owner: String, measure: String, due_on: String,
    written_by: String, name: String, version: i64,
} }

/// The actions, by recommendation and the day they are due.
pub async fn actions(source: &mut impl Source, grant: &Grant) -> Result<Vec<PlannedAction>> {
    let t = "planned_action";
    fetch_all!(
        source,
        ActionRow,
        "SELECT a.id, a.recommendation_id, a.body, a.owner, a.measure, a.due_on, a.written_by, p.name, a.version
         FROM planned_action a JOIN recommendation r ON r.id = a.recommendation_id
         JOIN person p ON p.id = a.written_by
         WHERE a.inspection_id = $1 ORDER BY r.number, a.due_on, a.id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(PlannedAction {
            id: read(t, "id", &r.id, &r.id)?,
            recommendation: read(t, "recommendation_id", &r.id, &r.recommendation_id)?,
            due_on: read(t, "due_on", &r.id, &r.due_on)?,
            written_by: read(t, "written_by", &r.id, &r.written_by)?,
            body: r.body,
            owner: r.owner,
            measure: r.measure,
            written_by_name: r.name,
            version: r.version,
        })
    })
    .collect()
}

/// What an action says.
#[derive(Debug, Clone, Copy)]
pub struct ActionText<'a> {
    /// What will be done.
    pub body: &'a str,
    /// Designation of who answers for it.
    pub owner: &'a str,
    /// How people will know that it worked.
    pub measure: &'a str,
    /// By when.
    pub due_on: Date,
}

/// Adds an action.
pub async fn add_action(
    tx: &mut Tx,
    grant: &Grant,
    (id, recommendation): (ActionId, RecommendationId),
    text: ActionText<'_>,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO planned_action (id, inspection_id, recommendation_id, body, owner, measure, due_on, written_by,
           written_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        id.to_string(),
        grant.inspection().to_string(),
        recommendation.to_string(),
        text.body,
        text.owner,
        text.measure,
        day(text.due_on),
        by.to_string(),
        time(at)
    )
    .map(|_| ())
}

/// Changes an action that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn change_action(
    tx: &mut Tx,
    grant: &Grant,
    (id, version): (ActionId, i64),
    text: ActionText<'_>,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE planned_action SET body = $1, owner = $2, measure = $3, due_on = $4, written_by = $5,
           written_at = $6, version = version + 1
         WHERE id = $7 AND inspection_id = $8 AND version = $9",
        text.body,
        text.owner,
        text.measure,
        day(text.due_on),
        by.to_string(),
        time(at),
        id.to_string(),
        grant.inspection().to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes an action away that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn remove_action(tx: &mut Tx, grant: &Grant, id: ActionId, version: i64) -> Result<()> {
    let touched = execute!(
        tx,
        "DELETE FROM planned_action WHERE id = $1 AND inspection_id = $2 AND version = $3",
        id.to_string(),
        grant.inspection().to_string(),
        version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
