//! Answers to the staff survey per second, over HTTP, each of them on the disk before it is thanked for; against a bare
//! insert of one row, each in a durable transaction of its own, by as many clients on the same database in process.
//!
//! The answers win where they share commits: the writer of answers saves everything that has arrived meanwhile at once.
//! So that this is seen, the writer itself is measured too, without HTTP before it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use keyline_domain::ids::{AnswerId, Randomness, SurveyId};
use keyline_forms::form::{Form, Kind};
use keyline_store::voices::answers::{Kept, NewAnswer, Writer};
use keyline_store::voices::{find_public, forms};
use keyline_store::{Db, Link, Source};
use rand::RngCore;
use serde_json::{Map, Value, json};

use crate::load::{Client, Requests, rate};
use crate::measure::{Measure, median};
use crate::server::{Place, Server};
use crate::wire::{Wire, get, post};

const CLIENTS: usize = 64;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(2500);
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

    let (mut bare, mut kept, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(rate(times(&Bare { db: db.clone(), body: body() }), ROUND).await?);
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

/// The address of a survey that can be answered: the first among those that the people of the story are shown.
async fn open_survey(server: &Server, data: &std::path::Path) -> Result<String> {
    let cookie = server.sign_in(data, "lead").await?;
    let mut wire = Wire::to(server.at).await?;
    let start = wire.ask(&get(server.at, "/start", Some(&cookie))).await?.text();
    for inspection in links(&start, "/inspections/") {
        let path = format!("/inspections/{inspection}/voices/surveys");
        let voices = wire.ask(&get(server.at, &path, Some(&cookie))).await?.text();
        for survey in links(&voices, &format!("{path}/")) {
            // The page of a survey that has closed has no link to hand out any more.
            let page = wire.ask(&get(server.at, &format!("{path}/{survey}"), Some(&cookie))).await?.text();
            if let Some(address) = links(&page, "/surveys/").into_iter().next()
                && page.contains("Staff survey")
            {
                return Ok(address);
            }
        }
    }
    anyhow::bail!("the lead of the story sees no survey that is open")
}

/// What follows an address in the links of a page, up to the next part of the path; each once.
fn links(page: &str, before: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in page.split(&format!("href=\"{before}")).skip(1) {
        let part: String =
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        if !part.is_empty() && !found.contains(&part) {
            found.push(part);
        }
    }
    found
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

fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The first choice of every closed question.
fn first_choices(form: &Form) -> Value {
    let mut answers = Map::new();
    for question in form.questions() {
        let Some(first) = question.list().and_then(|list| form.list(list)?.choices.first()) else { continue };
        let value =
            if question.kind == Kind::SelectMultiple { json!([first.name]) } else { json!(first.name) };
        answers.insert(question.name.clone(), value);
    }
    Value::Object(answers)
}

fn times<C: Client + Clone>(one: &C) -> Vec<C> {
    vec![one.clone(); CLIENTS]
}

fn body() -> Arc<str> {
    "a bare row, about as long as the answers to a survey ".repeat(8).into()
}

/// Makes the table of the bare insert.
async fn make_table(db: &Db) -> Result<()> {
    let mut tx = db.begin_apart().await?;
    if let Link::Sqlite(c) = tx.link() {
        sqlx::query("CREATE TABLE bare (id TEXT PRIMARY KEY, body TEXT NOT NULL)").execute(c).await?;
    }
    Ok(tx.commit().await?)
}

/// One row in one durable transaction.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_link_is_followed_once() {
        let page =
            r#"<a href="/surveys/abc"><a href="/surveys/abc"><a href="/surveys/d-e/thanks"><a href="/else">"#;
        assert_eq!(links(page, "/surveys/"), ["abc", "d-e"]);
    }
}
