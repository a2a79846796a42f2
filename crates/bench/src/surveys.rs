//! Answers to the staff survey per second, over HTTP, each of them on the disk before it is thanked for; against a bare
//! insert of one row, each in a durable transaction of its own, by as many clients on the same database in process.
//!
//! The answers win where they share commits: the writer of answers saves everything that has arrived meanwhile at once.
//! So that this is seen, the writer itself is measured too, without HTTP before it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use keyline_domain::ids::{AnswerId, Randomness, SurveyId};
use keyline_forms::{Answer, Answers};
use keyline_store::voices::answers::{Kept, Writer};
use keyline_store::voices::find_public;
use keyline_store::{Db, Link, Source};
use rand::RngCore;

use crate::form::first_choices;
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
    let survey = find_public(&mut db.read().await?, &address).await?.context("the survey is not there")?.0.id;
    let request = submission(&server, &address).await?;
    make_table(&db).await?;

    let (mut bare, mut kept, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(rate(times(&Bare { db: db.clone(), body: body() }), ROUND).await?);
        kept.push(rate(times(&Keeps { writer: db.answers(), survey, answers: answers() }), ROUND).await?);
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
        for address in links(&voices, "/surveys/") {
            // A closed survey shows no questions.
            if submission(server, &address).await.is_ok() {
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

/// The request that sends an answer, tried once.
async fn submission(server: &Server, address: &str) -> Result<Vec<u8>> {
    let path = format!("/surveys/{address}");
    let form = first_choices(&server.page(&path).await?, &["answer"]);
    ensure!(!form.is_empty(), "no questions at {path}");
    let request = post(server.at, &path, &form);
    let answer = Wire::to(server.at).await?.ask(&request).await?;
    ensure!(answer.status == 303, "the answer was not accepted: {}", answer.status);
    Ok(request)
}

fn times<C: Client + Clone>(one: &C) -> Vec<C> {
    vec![one.clone(); CLIENTS]
}

fn body() -> Arc<str> {
    "a bare row, about as long as the answers to a survey ".repeat(8).into()
}

fn answers() -> Arc<Answers> {
    let mut answers = Answers::default();
    for n in 0..20 {
        answers.insert(&format!("question_{n}"), Answer::Choice("agree".into()));
    }
    answers.into()
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
    answers: Arc<Answers>,
}

impl Client for Keeps {
    async fn once(&mut self) -> Result<()> {
        let kept = self.writer.keep(self.survey, AnswerId::random(&Chance), &self.answers).await?;
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
