//! Young inspection volunteers: how each stands. What they wrote is in `care::texts`, sealed.
//!
//! These rows belong to no inspection, so no grant opens them: `operations/volunteers` asks first whether whoever reads is
//! the participation lead or the volunteer.

pub mod drafts;
pub mod money;
pub mod said;
pub mod sessions;

use std::collections::HashMap;

use jiff::civil::Date;
use keyline_domain::access::{Role, Side};
use keyline_domain::ids::{PersonId, VolunteerId};
use keyline_domain::volunteers::ready::{Availability, Topic};
use keyline_domain::volunteers::stage::{Stage, WhyNot};

use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional};
use crate::{Source, Tx};

/// A volunteer without what they wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volunteer {
    /// Id: random.
    pub id: VolunteerId,
    /// How the list names somebody who has no account.
    pub number: i64,
    /// The account, once welcomed.
    pub person: Option<PersonId>,
    /// Name of the account; filled when read.
    pub name: Option<String>,
    /// One-way function of the words with which they withdraw.
    pub place: Option<String>,
    /// Where they stand.
    pub stage: Stage,
    /// Where a pause or a "no" leads back to.
    pub before: Option<Stage>,
    /// Why they were not taken on.
    pub reason: Option<WhyNot>,
    /// Day of the interest.
    pub came_on: Date,
    /// Day of the last move.
    pub moved_on: Date,
    /// Whether the check was passed, and the day.
    pub check: Option<(bool, Date)>,
    /// Another volunteer.
    pub buddy: Option<VolunteerId>,
    /// A member of staff.
    pub supporter: Option<PersonId>,
    /// When they have time.
    pub availability: Availability,
    /// When what they wrote was destroyed.
    pub gone_on: Option<Date>,
    /// For two editors.
    pub version: i64,
}

impl Volunteer {
    /// To what the sealed texts belong.
    pub fn owner(&self) -> String {
        self.id.to_string()
    }
}

row! { struct VolunteerRow {
    id: String, number: i64, person_id: Option<String>, name: Option<String>, place: Option<String>, stage: String,
    before: Option<String>, reason: Option<String>, came_on: String, moved_on: String, check_passed: Option<bool>,
    check_on: Option<String>, buddy_id: Option<String>, supporter_id: Option<String>, availability: String,
    gone_on: Option<String>, version: i64,
} }

impl VolunteerRow {
    fn volunteer(self) -> Result<Volunteer> {
        let (t, id) = ("volunteer", &self.id);
        let check_on: Option<Date> = read_optional(t, "check_on", id, self.check_on.as_deref())?;
        let words: Vec<String> = json(t, "availability", id, &self.availability)?;
        Ok(Volunteer {
            id: read(t, "id", id, id)?,
            number: self.number,
            person: read_optional(t, "person_id", id, self.person_id.as_deref())?,
            stage: read(t, "stage", id, &self.stage)?,
            before: read_optional(t, "before", id, self.before.as_deref())?,
            reason: read_optional(t, "reason", id, self.reason.as_deref())?,
            came_on: read(t, "came_on", id, &self.came_on)?,
            moved_on: read(t, "moved_on", id, &self.moved_on)?,
            check: self.check_passed.zip(check_on),
            buddy: read_optional(t, "buddy_id", id, self.buddy_id.as_deref())?,
            supporter: read_optional(t, "supporter_id", id, self.supporter_id.as_deref())?,
            availability: Availability::of(words.iter().map(String::as_str)),
            gone_on: read_optional(t, "gone_on", id, self.gone_on.as_deref())?,
            version: self.version,
            name: self.name,
            place: self.place,
        })
    }
}

const COLUMNS: &str =
    "SELECT v.id, v.number, v.person_id, p.name, v.place, v.stage, v.before, v.reason, v.came_on,
    v.moved_on, v.check_passed, v.check_on, v.buddy_id, v.supporter_id, v.availability, v.gone_on, v.version
  FROM volunteer v LEFT JOIN person p ON p.id = v.person_id";

fn availability_text(of: &Availability) -> String {
    serde_json::Value::from(of.words()).to_string()
}

/// Keeps a new volunteer under the next number.
pub async fn add(tx: &mut Tx, v: &Volunteer) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO volunteer (id, number, place, stage, came_on, moved_on, availability, version)
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, 1 FROM volunteer",
        v.id.to_string(),
        v.place.as_deref(),
        v.stage.word(),
        day(v.came_on),
        day(v.moved_on),
        availability_text(&v.availability)
    )
    .map(|_| ())
}

/// Saves a volunteer who was read at `v.version`.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, v: &Volunteer) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE volunteer SET person_id = $1, place = $2, stage = $3, before = $4, reason = $5, moved_on = $6,
           check_passed = $7, check_on = $8, buddy_id = $9, supporter_id = $10, availability = $11, gone_on = $12,
           version = version + 1
         WHERE id = $13 AND version = $14",
        v.person.map(|p| p.to_string()),
        v.place.as_deref(),
        v.stage.word(),
        v.before.map(Stage::word),
        v.reason.map(WhyNot::word),
        day(v.moved_on),
        v.check.map(|(passed, _)| passed),
        v.check.map(|(_, on)| day(on)),
        v.buddy.map(|b| b.to_string()),
        v.supporter.map(|p| p.to_string()),
        availability_text(&v.availability),
        v.gone_on.map(day),
        v.id.to_string(),
        v.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// All volunteers, in the order of their numbers.
pub async fn list(source: &mut impl Source) -> Result<Vec<Volunteer>> {
    fetch_all!(source, VolunteerRow, sqlx::AssertSqlSafe(format!("{COLUMNS} ORDER BY v.number")))?
        .into_iter()
        .map(VolunteerRow::volunteer)
        .collect()
}

async fn one(source: &mut impl Source, column: &'static str, value: &str) -> Result<Option<Volunteer>> {
    let sql = format!("{COLUMNS} WHERE v.{column} = $1");
    fetch_optional!(source, VolunteerRow, sqlx::AssertSqlSafe(sql), value)?
        .map(VolunteerRow::volunteer)
        .transpose()
}

/// A volunteer by the id.
pub async fn find(source: &mut impl Source, id: VolunteerId) -> Result<Option<Volunteer>> {
    one(source, "id", &id.to_string()).await
}

/// A volunteer by the place of the eight words.
pub async fn find_by_place(source: &mut impl Source, place: &str) -> Result<Option<Volunteer>> {
    one(source, "place", place).await
}

/// The volunteer whom an account belongs to.
pub async fn find_by_person(source: &mut impl Source, person: PersonId) -> Result<Option<Volunteer>> {
    one(source, "person_id", &person.to_string()).await
}

/// The accounts of which one may support a volunteer: staff of the scrutiny bodies, by name. They have or had a role in a team
/// or its oversight, or look after something for the service as a whole; nobody who stands or stood on the side of a
/// partnership, or is a volunteer. Gives id, name and designation.
pub async fn supporters(source: &mut impl Source) -> Result<Vec<(PersonId, String, String)>> {
    let roles = |wanted: &dyn Fn(Role) -> bool| {
        let words: Vec<String> =
            Role::ALL.iter().filter(|r| wanted(**r)).map(|r| format!("'{}'", r.word())).collect();
        words.join(", ")
    };
    let staff = roles(&|r| r.side() != Side::Partnership && r != Role::YoungInspectionVolunteer);
    let partnership = roles(&|r| r.side() == Side::Partnership);
    let sql = format!(
        "SELECT p.id, p.name, p.designation FROM person p
         WHERE p.disabled_at IS NULL
           AND (EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.role IN ({staff}))
             OR EXISTS (SELECT 1 FROM duty d WHERE d.person_id = p.id))
           AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.role IN ({partnership}))
           AND NOT EXISTS (SELECT 1 FROM volunteer v WHERE v.person_id = p.id)
         ORDER BY p.name, p.id"
    );
    fetch_all!(source, (String, String, String), sqlx::AssertSqlSafe(sql))?
        .into_iter()
        .map(|(id, name, designation)| Ok((read("person", "id", &id, &id)?, name, designation)))
        .collect()
}

/// Nobody has this volunteer as a buddy any more.
pub async fn unbuddy(tx: &mut Tx, id: VolunteerId) -> Result<()> {
    execute!(
        tx,
        "UPDATE volunteer SET buddy_id = NULL, version = version + 1 WHERE buddy_id = $1",
        id.to_string()
    )
    .map(|_| ())
}

/// What somebody has been trained in, and when.
pub async fn training(source: &mut impl Source, id: VolunteerId) -> Result<Vec<(Topic, Date)>> {
    let id = id.to_string();
    fetch_all!(
        source,
        (String, String),
        "SELECT topic, done_on FROM volunteer_training WHERE volunteer_id = $1 ORDER BY done_on, topic",
        &id
    )?
    .into_iter()
    .map(|(topic, on)| {
        let t = "volunteer_training";
        Ok((read(t, "topic", &id, &topic)?, read(t, "done_on", &id, &on)?))
    })
    .collect()
}

/// The same of everybody.
pub async fn training_of_all(source: &mut impl Source) -> Result<HashMap<VolunteerId, Vec<(Topic, Date)>>> {
    let mut all: HashMap<VolunteerId, Vec<(Topic, Date)>> = HashMap::new();
    for (id, topic, on) in fetch_all!(
        source,
        (String, String, String),
        "SELECT volunteer_id, topic, done_on FROM volunteer_training ORDER BY done_on, topic"
    )? {
        let t = "volunteer_training";
        let done = (read(t, "topic", &id, &topic)?, read(t, "done_on", &id, &on)?);
        all.entry(read(t, "volunteer_id", &id, &id)?).or_default().push(done);
    }
    Ok(all)
}

/// Notes that a topic was done on a day; `None` takes that back.
pub async fn set_training(
    tx: &mut Tx,
    id: VolunteerId,
    topic: Topic,
    done_on: Option<Date>,
    by: PersonId,
) -> Result<()> {
    match done_on {
        Some(on) => execute!(
            tx,
            "INSERT INTO volunteer_training (volunteer_id, topic, done_on, noted_by) VALUES ($1, $2, $3, $4)
             ON CONFLICT (volunteer_id, topic)
             DO UPDATE SET done_on = excluded.done_on, noted_by = excluded.noted_by",
            id.to_string(),
            topic.word(),
            day(on),
            by.to_string()
        ),
        None => execute!(
            tx,
            "DELETE FROM volunteer_training WHERE volunteer_id = $1 AND topic = $2",
            id.to_string(),
            topic.word()
        ),
    }
    .map(|_| ())
}

/// Forgets what somebody has been trained in.
pub async fn forget_training(tx: &mut Tx, id: VolunteerId) -> Result<()> {
    execute!(tx, "DELETE FROM volunteer_training WHERE volunteer_id = $1", id.to_string()).map(|_| ())
}
