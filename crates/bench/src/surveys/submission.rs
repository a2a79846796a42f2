//! Answers to the staff survey per second, over HTTP, each of them on the disk before it is thanked for; against a bare
//! insert of one row with the same text, each in a durable transaction of its own, by as many clients on the same database in process.
//!
//! The answers win where they share commits: the writer of answers saves everything that has arrived meanwhile at once.
//! So that this is seen, the writer itself is measured too, without HTTP before it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use keyline_domain::ids::{AnswerId, Randomness, SurveyId};
use keyline_store::voices::answers::{Kept, NewAnswer, Writer};
use keyline_store::voices::{find_public, forms};
use keyline_store::{Db, Link, Source};
use rand::RngCore;
use serde_json::Value;

use super::{encoded, first_choices, open_survey};
use crate::load::{Client, Requests, rate};
use crate::measure::{Measure, median};
use crate::server::{Place, Server};
use crate::wire::{Wire, post};

const CLIENTS: usize = 64;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(1500);
const GOAL: f64 = 0.7;

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let (data, beside) = (place.copy()?, place.copy()?);
    let server = place.serve(data.path(), "/healthz").await?;
    let db = Db::open_sqlite(&beside.path().join("keyline.sqlite")).await?;
    let address = open_survey(&server, data.path()).await?;
    let mut reader = db.read().await?;
    let found = find_public(&mut reader, &address).await?.context("the survey is not there")?.survey;
    let form = forms::find(&mut reader, &found.form_digest).await?.context("its form is not there")?;
    drop(reader);
    let answers: Arc<Value> = first_choices(&serde_json::from_str(&form)?).into();
    let request = submission(&server, &address, &answers).await?;
    make_table(&db).await?;
    let survey = found.id;
    let body: Arc<str> = answers.to_string().into();

    let (mut bare, mut kept, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(rate(times(&Bare { db: db.clone(), body: body.clone() }), ROUND).await?);
        kept.push(
            rate(times(&Keeps { writer: db.answers(), survey, answers: answers.clone() }), ROUND).await?,
        );
        sent.push(rate(Requests::clients(CLIENTS, server.at, &request, 303).await?, ROUND).await?);
    }
    db.close().await;
    let (bare, kept, sent) = (median(bare), median(kept), median(sent));
    Ok(vec![
        Measure::yardstick("bare-insert", bare, "inserts/s"),
        Measure::rate("survey-submission", sent, "answers/s", bare, GOAL),
        Measure::rate("survey-writer", kept, "answers/s", bare, GOAL),
    ])
}

/// The request that sends an answer, tried once. Without an id the server makes one, so no two answers are the same.
async fn submission(server: &Server, address: &str, answers: &Value) -> Result<Vec<u8>> {
    let path = format!("/surveys/{address}");
    let form = format!("-act=send&-answers={}", encoded(&answers.to_string()));
    let request = post(server.at, &path, &form);
    let answer = Wire::to(server.at).await?.ask(&request).await?;
    ensure!(answer.status == 303, "the answer was not accepted: {}", answer.status);
    Ok(request)
}

fn times<C: Client + Clone>(one: &C) -> Vec<C> {
    vec![one.clone(); CLIENTS]
}

/// Makes the table of the bare insert.
async fn make_table(db: &Db) -> Result<()> {
    let mut tx = db.begin_apart().await?;
    if let Link::Sqlite(c) = tx.link() {
        sqlx::query("CREATE TABLE bare (id TEXT PRIMARY KEY, body TEXT NOT NULL)").execute(c).await?;
    }
    Ok(tx.commit().await?)
}

/// One row, with the text of the same answer, in one durable transaction.
#[derive(Clone)]
struct Bare {
    db: Db,
    body: Arc<str>,
}

impl Client for Bare {
    async fn once(&mut self) -> Result<()> {
        let mut tx = self.db.begin_apart().await?;
        if let Link::Sqlite(c) = tx.link() {
            sqlx::query("INSERT INTO bare (id, body) VALUES ($1, $2)")
                .bind(AnswerId::random(&Chance).to_string())
                .bind(&*self.body)
                .execute(c)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}

/// An answer through the writer of answers.
#[derive(Clone)]
struct Keeps {
    writer: Writer,
    survey: SurveyId,
    answers: Arc<Value>,
}

impl Client for Keeps {
    #[expect(clippy::disallowed_methods, reason = "the measure runs beside a server that keeps real time")]
    async fn once(&mut self) -> Result<()> {
        let answer = NewAnswer {
            survey: self.survey,
            id: AnswerId::random(&Chance),
            day: jiff::Zoned::now().date(),
            now: Timestamp::now(),
            answers: (*self.answers).clone(),
            texts: Vec::new(),
            contact: None,
            code: None,
        };
        let kept = self.writer.keep(answer).await?;
        ensure!(kept == Kept::Kept, "the survey is closed");
        Ok(())
    }
}

struct Chance;

impl Randomness for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}
