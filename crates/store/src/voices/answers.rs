//! Anonymous answers: what was said, under a random id, with the day. No time, no address, no order.
//!
//! Answers go through one writer that commits everything that arrived meanwhile in one durable transaction: the
//! disk is waited for once for all of them, and each person hears "thank you" only after that commit. A code that
//! opened the survey is destroyed in the same transaction, and nothing that is written tells which code it was.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::{AnswerId, ContactId, SurveyId};
use keyline_domain::voices::GRACE;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};
use crate::rows::{day, json, read, time};
use crate::{Db, Source, Tx};

/// Most answers in one transaction.
const BATCH: usize = 512;

/// How many answers go into one statement: few sizes, so that each is made ready once.
const AT_ONCE: [usize; 4] = [64, 16, 4, 1];

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is on the disk; also when the same one was sent twice.
    Kept,
    /// The survey takes no answers.
    Closed,
    /// Its code was used already, or is not of this survey.
    CodeUsed,
}

/// An answer that has been checked.
pub struct NewAnswer {
    /// The survey.
    pub survey: SurveyId,
    /// The random id that its page carried, so that sending it twice counts once.
    pub id: AnswerId,
    /// The day.
    pub day: Date,
    /// The instant, for the question whether the survey still takes answers. It is not kept.
    pub now: Timestamp,
    /// What was said: question and value.
    pub answers: Value,
    /// The questions that were answered in free text, each with the kinds of cue found in it.
    pub texts: Vec<(String, Vec<String>)>,
    /// What was left to be contacted, sealed.
    pub contact: Option<(ContactId, Vec<u8>)>,
    /// The hash of the code that opened the page, when the survey is opened by codes.
    pub code: Option<String>,
}

impl NewAnswer {
    /// Whether it brings nothing but itself: neither a code that it uses up, nor words to be read, nor a wish.
    fn is_plain(&self) -> bool {
        self.code.is_none() && self.texts.is_empty() && self.contact.is_none()
    }
}

impl std::fmt::Debug for NewAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewAnswer(…)")
    }
}

#[derive(Debug)]
struct Arrived {
    answer: NewAnswer,
    reply: oneshot::Sender<Result<Kept>>,
}

/// The one writer of answers. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Writer {
    arrived: mpsc::Sender<Arrived>,
}

impl Writer {
    /// Starts the writer of a database. It ends when the last clone is dropped.
    pub fn start(db: &Db) -> Self {
        let (arrived, mut queue) = mpsc::channel::<Arrived>(4 * BATCH);
        // The database holds the writer, so the task must not hold the database's writer in turn.
        let db = db.without_writer();
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while queue.recv_many(&mut batch, BATCH).await > 0 {
                // In the order of the random ids: the order of arrival is gone before anything is written.
                batch.sort_unstable_by_key(|arrived| arrived.answer.id);
                write(&db, &mut batch).await;
            }
        });
        Self { arrived }
    }

    /// Keeps an answer; comes back when it is on the disk. Sending the same id again changes nothing.
    ///
    /// # Errors
    /// When the database cannot write: then the answer is not kept and the person is told so.
    pub async fn keep(&self, answer: NewAnswer) -> Result<Kept> {
        let (reply, outcome) = oneshot::channel();
        let gone = || Error::Disk(std::io::Error::other("the writer of answers has stopped"));
        self.arrived.send(Arrived { answer, reply }).await.map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())?
    }
}

async fn write(db: &Db, batch: &mut Vec<Arrived>) {
    match try_write(db, batch).await {
        Ok(outcomes) => {
            for (arrived, outcome) in batch.drain(..).zip(outcomes) {
                // Nobody listens any more when the connection was cut; the answer is kept all the same.
                let _ = arrived.reply.send(Ok(outcome));
            }
        }
        Err(error) => {
            let full = matches!(error, Error::Full);
            tracing::error!(error = ?error, answers = batch.len(), "answers could not be kept");
            for arrived in batch.drain(..) {
                let why = if full { Error::Full } else { Error::Disk(std::io::Error::other("not kept")) };
                let _ = arrived.reply.send(Err(why));
            }
        }
    }
}

async fn try_write(db: &Db, batch: &[Arrived]) -> Result<Vec<Kept>> {
    let mut tx = db.begin_apart().await?;
    let mut outcomes = Vec::with_capacity(batch.len());
    let mut taking = HashMap::new();
    let mut plain = Vec::with_capacity(batch.len());
    for Arrived { answer, .. } in batch {
        let open = if let Some(open) = taking.get(&answer.survey) {
            *open
        } else {
            let open = takes_answers(&mut tx, answer.survey, answer.now).await?;
            taking.insert(answer.survey, open);
            open
        };
        let outcome = if open && answer.is_plain() {
            plain.push(answer);
            Kept::Kept
        } else if open {
            insert(&mut tx, answer).await?
        } else if exists(&mut tx, answer).await? {
            Kept::Kept
        } else {
            Kept::Closed
        };
        outcomes.push(outcome);
    }
    insert_plain(&mut tx, &plain).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// Keeps answers that bring nothing but themselves ([`NewAnswer::is_plain`]), many in one statement. One that is there
/// already stays as it is.
async fn insert_plain(tx: &mut Tx, mut answers: &[&NewAnswer]) -> Result<()> {
    for size in AT_ONCE {
        while let Some((now, later)) = answers.split_at_checked(size) {
            let rows = now
                .iter()
                .map(|answer| {
                    let text = serde_json::to_string(&answer.answers)?;
                    Ok((answer.survey.to_string(), answer.id.to_string(), day(answer.day), text))
                })
                .collect::<Result<Vec<_>>>()?;
            let places: Vec<String> = (0..size)
                .map(|row| 4 * row)
                .map(|n| format!("(${}, ${}, ${}, ${})", n + 1, n + 2, n + 3, n + 4))
                .collect();
            let sql = format!(
                "INSERT INTO survey_answer (survey_id, id, day, answers) VALUES {}
                 ON CONFLICT (survey_id, id) DO NOTHING",
                places.join(", ")
            );
            on!(tx, c => {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
                for (survey, id, on, text) in rows {
                    query = query.bind(survey).bind(id).bind(on).bind(text);
                }
                query.execute(c).await.map(|_| ())
            })?;
            answers = later;
        }
    }
    Ok(())
}

/// Keeps one answer within a unit of work: one that came on paper, whose keyings go in the same moment.
pub async fn keep_in(tx: &mut Tx, answer: &NewAnswer) -> Result<Kept> {
    if takes_answers(tx, answer.survey, answer.now).await? {
        insert(tx, answer).await
    } else {
        Ok(Kept::Closed)
    }
}

async fn takes_answers(tx: &mut Tx, survey: SurveyId, now: Timestamp) -> Result<bool> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM survey WHERE id = $1
           AND (state = 'open' AND closes_at > $2 OR state = 'closed' AND closed_at > $2)",
        survey.to_string(),
        time(now - GRACE)
    )?;
    Ok(count == 1)
}

async fn exists(tx: &mut Tx, answer: &NewAnswer) -> Result<bool> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM survey_answer WHERE survey_id = $1 AND id = $2",
        answer.survey.to_string(),
        answer.id.to_string()
    )?;
    Ok(count > 0)
}

async fn insert(tx: &mut Tx, answer: &NewAnswer) -> Result<Kept> {
    let (survey, id) = (answer.survey.to_string(), answer.id.to_string());
    if let Some(code) = &answer.code {
        let used = execute!(tx, "DELETE FROM survey_code WHERE hash = $1 AND survey_id = $2", code, &survey)?;
        if used == 0 {
            return Ok(if exists(tx, answer).await? { Kept::Kept } else { Kept::CodeUsed });
        }
    }
    let touched = execute!(
        tx,
        "INSERT INTO survey_answer (survey_id, id, day, answers) VALUES ($1, $2, $3, $4)
         ON CONFLICT (survey_id, id) DO NOTHING",
        &survey,
        &id,
        day(answer.day),
        serde_json::to_string(&answer.answers)?
    )?;
    if touched == 0 {
        return Ok(Kept::Kept);
    }
    for (question, cues) in &answer.texts {
        execute!(
            tx,
            "INSERT INTO survey_text (survey_id, answer_id, question, cues, tags) VALUES ($1, $2, $3, $4, '[]')",
            &survey,
            &id,
            question,
            serde_json::to_string(cues)?
        )?;
    }
    if let Some((contact, sealed)) = &answer.contact {
        execute!(
            tx,
            "INSERT INTO survey_contact (id, survey_id, day, sealed) VALUES ($1, $2, $3, $4)",
            contact.to_string(),
            &survey,
            day(answer.day),
            sealed
        )?;
    }
    Ok(Kept::Kept)
}

/// Writes the answers of days that have ended once more, and their texts, in the order of their random ids, so that the
/// place of a row in the file says nothing of when it came, and the number of its transaction nothing of what came with
/// it: a wish to be contacted. SQLite keeps them in that order by itself; PostgreSQL keeps the order of arrival (and the
/// number of the transaction) until this is done. Gives how many answers were written.
pub async fn settle(tx: &mut Tx, before: Date) -> Result<u64> {
    if matches!(tx.link(), crate::Link::Sqlite(_)) {
        return Ok(0);
    }
    let unsettled = fetch_all!(
        tx,
        (String, String),
        "SELECT survey_id, day FROM survey_answer WHERE day < $1
         GROUP BY survey_id, day HAVING COUNT(DISTINCT xmin::text) > 1 ORDER BY survey_id, day",
        day(before)
    )?;
    let mut written = 0;
    for (survey, on) in unsettled {
        written += execute!(
            tx,
            "WITH taken AS (DELETE FROM survey_answer WHERE survey_id = $1 AND day = $2 RETURNING *)
             INSERT INTO survey_answer SELECT * FROM taken ORDER BY id",
            &survey,
            &on
        )?;
        execute!(
            tx,
            "WITH taken AS (
               DELETE FROM survey_text t USING survey_answer a
               WHERE t.survey_id = $1 AND a.survey_id = t.survey_id AND a.id = t.answer_id AND a.day = $2
               RETURNING t.*)
             INSERT INTO survey_text SELECT * FROM taken ORDER BY answer_id, question",
            &survey,
            &on
        )?;
    }
    Ok(written)
}

/// How many have answered.
pub async fn count(source: &mut impl Source, survey: SurveyId) -> Result<u64> {
    let (n,) = fetch_one!(
        source,
        (i64,),
        "SELECT COUNT(*) FROM survey_answer WHERE survey_id = $1",
        survey.to_string()
    )?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// All answers of a survey of the grant's inspection, in the order of their random ids.
pub async fn list(
    source: &mut impl Source,
    grant: &Grant,
    survey: SurveyId,
) -> Result<Vec<(AnswerId, Date, Value)>> {
    let t = "survey_answer";
    fetch_all!(
        source,
        (String, String, String),
        "SELECT a.id, a.day, a.answers FROM survey_answer a JOIN survey s ON s.id = a.survey_id
         WHERE s.inspection_id = $1 AND s.id = $2 ORDER BY a.id",
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .into_iter()
    .map(|(id, on, text)| {
        let hidden = "(anonymous)";
        Ok((read(t, "id", hidden, &id)?, read(t, "day", hidden, &on)?, json(t, "answers", hidden, &text)?))
    })
    .collect()
}

/// The next answers of a survey of the grant's inspection as they are kept, JSON objects with their ids, in the order of
/// those: at most `most`, beginning after the id `after` (empty for the first).
pub async fn kept_after(
    source: &mut impl Source,
    grant: &Grant,
    survey: SurveyId,
    after: &str,
    most: u32,
) -> Result<Vec<(String, String)>> {
    fetch_all!(
        source,
        (String, String),
        "SELECT a.id, a.answers FROM survey_answer a JOIN survey s ON s.id = a.survey_id
         WHERE s.inspection_id = $1 AND s.id = $2 AND a.survey_id = $2 AND a.id > $3 ORDER BY a.id LIMIT $4",
        grant.inspection().to_string(),
        survey.to_string(),
        after,
        i64::from(most)
    )
}
