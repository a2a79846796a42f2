//! Anonymous answers: what was said, under a random id. No time, no address, no order.
//!
//! Answers go through one writer that commits everything that arrived meanwhile in one durable transaction: the
//! disk is waited for once for all of them, and each person hears "thank you" only after that commit.

use keyline_domain::access::Grant;
use keyline_domain::ids::{AnswerId, SurveyId};
use keyline_forms::Answers;
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};
use crate::rows::json;
use crate::{Db, Source};

/// Most answers in one transaction.
const BATCH: usize = 512;

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is on the disk; also when the same one was sent twice.
    Kept,
    /// The survey is not open.
    Closed,
}

struct Arrived {
    survey: SurveyId,
    id: AnswerId,
    answers: String,
    reply: oneshot::Sender<Result<Kept>>,
}

/// The one writer of answers. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Writer {
    arrived: mpsc::Sender<Arrived>,
}

impl std::fmt::Debug for Arrived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Arrived(…)")
    }
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
                write(&db, &mut batch).await;
            }
        });
        Self { arrived }
    }

    /// Keeps an answer; comes back when it is on the disk. Sending the same id again changes nothing.
    ///
    /// # Errors
    /// When the database cannot write: then the answer is not kept and the person is told so.
    pub async fn keep(&self, survey: SurveyId, id: AnswerId, answers: &Answers) -> Result<Kept> {
        let (reply, outcome) = oneshot::channel();
        let answers = serde_json::to_string(answers)?;
        let gone = || Error::Disk(std::io::Error::other("the writer of answers has stopped"));
        self.arrived.send(Arrived { survey, id, answers, reply }).await.map_err(|_| gone())?;
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
    for a in batch {
        let (survey, id) = (a.survey.to_string(), a.id.to_string());
        let touched = execute!(
            &mut tx,
            "INSERT INTO survey_answer (survey_id, id, answers)
             SELECT s.id, $2, $3 FROM survey s WHERE s.id = $1 AND s.state = 'open'
             ON CONFLICT (survey_id, id) DO NOTHING",
            &survey,
            &id,
            &a.answers
        )?;
        let kept = touched == 1
            || fetch_optional!(
                &mut tx,
                (i64,),
                "SELECT COUNT(*) FROM survey_answer WHERE survey_id = $1 AND id = $2",
                &survey,
                &id
            )?
            .is_some_and(|(n,)| n > 0);
        outcomes.push(if kept { Kept::Kept } else { Kept::Closed });
    }
    tx.commit().await?;
    Ok(outcomes)
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
pub async fn list(source: &mut impl Source, grant: &Grant, survey: SurveyId) -> Result<Vec<Answers>> {
    fetch_all!(
        source,
        (String,),
        "SELECT a.answers FROM survey_answer a JOIN survey s ON s.id = a.survey_id
         WHERE s.inspection_id = $1 AND s.id = $2 ORDER BY a.id",
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .into_iter()
    .map(|(text,)| json("survey_answer", "answers", "(anonymous)", &text))
    .collect()
}
