//! Mails that go out: what each is about, whether it has gone, and who wants none.
//!
//! A mail holds the titles of requests and nothing else of an inspection. Its text is emptied when it has gone.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::ids::{MailId, PersonId};
use keyline_domain::returns::RequestState;

use crate::error::Result;
use crate::rows::{day, read, time, word};
use crate::{Source, Tx};

/// A request that somebody may be reminded of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Whom.
    pub person: PersonId,
    /// Whether as the coordinator, who sees all of them.
    pub coordinates: bool,
    /// The inspection as it stands in addresses.
    pub reference: String,
    /// Key of its area.
    pub area: String,
    /// Id of its programme.
    pub programme: String,
    /// Title of the request.
    pub title: String,
    /// Where it stands.
    pub state: RequestState,
    /// Day it is due.
    pub due_on: Date,
}

row! { struct OpenRow {
    person_id: String, coordinates: i64, reference: String, area: String, programme: String, title: String,
    state: String, due_on: String,
} }

/// Every open request that is due until a day or was sent back, with each person who answers for it: the coordinators and
/// whoever holds it. People who want no digest, and accounts that are disabled, are left out.
pub async fn open_requests(source: &mut impl Source, until: Date) -> Result<Vec<Open>> {
    fetch_all!(
        source,
        OpenRow,
        "SELECT m.person_id,
           CAST(MAX(CASE WHEN m.role = 'inspection-coordinator' THEN 1 ELSE 0 END) AS BIGINT) AS coordinates, i.reference, i.area, i.programme, q.title, q.state, q.due_on
         FROM document_request q
         JOIN inspection i ON i.id = q.inspection_id AND i.closed_on IS NULL
         JOIN membership m ON m.inspection_id = i.id AND m.ended_at IS NULL
           AND (m.role = 'inspection-coordinator' OR m.person_id = q.owner_id)
         JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
         WHERE q.state IN ('asked', 'in_progress', 'sent_back') AND (q.due_on <= $1 OR q.state = 'sent_back')
           AND m.person_id NOT IN (SELECT person_id FROM without_digest)
         GROUP BY m.person_id, i.reference, i.area, i.programme, q.id, q.title, q.state, q.due_on
         ORDER BY m.person_id, i.reference, q.due_on, q.title",
        day(until)
    )?
    .into_iter()
    .map(|r| {
        Ok(Open {
            person: read("membership", "person_id", &r.person_id, &r.person_id)?,
            coordinates: r.coordinates != 0,
            state: word("document_request", "state", &r.title, &r.state)?,
            due_on: read("document_request", "due_on", &r.title, &r.due_on)?,
            reference: r.reference,
            area: r.area,
            programme: r.programme,
            title: r.title,
        })
    })
    .collect()
}

/// Notes that the digests of a day are written; says whether they were not yet.
pub async fn begin_day(tx: &mut Tx, on: Date, at: Timestamp) -> Result<bool> {
    let touched = execute!(
        tx,
        "INSERT INTO mail_day (day, written_at) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING",
        day(on),
        time(at)
    )?;
    Ok(touched == 1)
}

/// Whether the digests of a day have been written.
pub async fn is_written(source: &mut impl Source, on: Date) -> Result<bool> {
    let found = fetch_optional!(source, (String,), "SELECT day FROM mail_day WHERE day = $1", day(on))?;
    Ok(found.is_some())
}

/// A mail that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Id.
    pub id: MailId,
    /// To whom.
    pub person: PersonId,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text.
    pub plain: String,
    /// What it says, as HTML.
    pub html: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Adds the digest of a person for a day.
///
/// # Errors
/// [`crate::Error::Exists`] when the person has one of that day already.
pub async fn add(tx: &mut Tx, mail: &Waiting, on: Date) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO mail (id, person_id, day, subject, plain, html, state, tries, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7)",
        mail.id.to_string(),
        mail.person.to_string(),
        day(on),
        &mail.subject,
        &mail.plain,
        &mail.html,
        time(mail.made_at)
    )
    .map(|_| ())
}

row! { struct WaitingRow {
    id: String, person_id: String, subject: String, plain: String, html: String, made_at: String,
} }

/// A mail that has not gone yet.
pub async fn find_waiting(source: &mut impl Source, mail: MailId) -> Result<Option<Waiting>> {
    fetch_optional!(
        source,
        WaitingRow,
        "SELECT id, person_id, subject, plain, html, made_at FROM mail WHERE id = $1 AND state = 'waiting'",
        mail.to_string()
    )?
    .map(|r| {
        Ok(Waiting {
            id: read("mail", "id", &r.id, &r.id)?,
            person: read("mail", "person_id", &r.id, &r.person_id)?,
            made_at: read("mail", "made_at", &r.id, &r.made_at)?,
            subject: r.subject,
            plain: r.plain,
            html: r.html,
        })
    })
    .transpose()
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has gone; its text is emptied.
    Sent,
    /// It will not go any more; its text is emptied.
    GivenUp,
    /// It was not taken and will be tried again.
    NotTaken,
}

/// Notes a try.
pub async fn note_try(tx: &mut Tx, mail: MailId, outcome: Outcome, at: Timestamp) -> Result<()> {
    let id = mail.to_string();
    match outcome {
        Outcome::NotTaken => {
            execute!(tx, "UPDATE mail SET tries = tries + 1 WHERE id = $1 AND state = 'waiting'", &id)
        }
        Outcome::Sent => execute!(
            tx,
            "UPDATE mail SET state = 'sent', sent_at = $1, tries = tries + 1, plain = '', html = '' WHERE id = $2",
            time(at),
            &id
        ),
        Outcome::GivenUp => {
            execute!(tx, "UPDATE mail SET state = 'given_up', plain = '', html = '' WHERE id = $1", &id)
        }
    }
    .map(|_| ())
}

/// Whether a person wants the digest.
pub async fn wants_digest(source: &mut impl Source, person: PersonId) -> Result<bool> {
    let without = fetch_optional!(
        source,
        (String,),
        "SELECT person_id FROM without_digest WHERE person_id = $1",
        person.to_string()
    )?;
    Ok(without.is_none())
}

/// Sets whether a person wants the digest.
pub async fn set_wants_digest(tx: &mut Tx, person: PersonId, wants: bool, at: Timestamp) -> Result<()> {
    let id = person.to_string();
    if wants {
        execute!(tx, "DELETE FROM without_digest WHERE person_id = $1", &id)
    } else {
        execute!(
            tx,
            "INSERT INTO without_digest (person_id, since) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING",
            &id,
            time(at)
        )
    }
    .map(|_| ())
}
