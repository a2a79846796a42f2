//! The power goes while 500 people answer at the same time: every answer that was thanked for must be there afterwards.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use keyline_forms::form::{Form, Kind};
use keyline_store::voices::{find_public, forms};
use keyline_store::{Db, Link, Source};

use super::{encoded, first_choices, open_survey};
use crate::measure::Measure;
use crate::server::Place;
use crate::wire::{Wire, post};

const CLIENTS: usize = 500;
/// How long they answer before the program is killed.
const UNTIL: Duration = Duration::from_millis(1500);

pub(super) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let data = place.copy()?;
    let file = data.path().join("keyline.sqlite");
    let server = place.serve(data.path(), "/healthz").await?;
    let address = open_survey(&server, data.path()).await?;
    let db = Db::open_sqlite(&file).await?;
    let mut reader = db.read().await?;
    let survey = find_public(&mut reader, &address).await?.context("the survey is not there")?.survey;
    let form = forms::find(&mut reader, &survey.form_digest).await?.context("its form is not there")?;
    drop(reader);
    db.close().await;
    let form: Form = serde_json::from_str(&form)?;
    let text =
        form.questions().find(|question| question.kind == Kind::Text).context("no free text")?.name.clone();
    let answers = first_choices(&form);

    let at = server.at;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (mut answers, text, address) = (answers.clone(), text.clone(), address.clone());
            tokio::spawn(async move {
                let mut thanked = Vec::new();
                let Ok(mut wire) = Wire::to(at).await else { return thanked };
                for number in 0.. {
                    let said = format!("answer {number} of client {client}");
                    answers[&text] = said.clone().into();
                    let sent = format!("-act=send&-answers={}", encoded(&answers.to_string()));
                    match wire.status(&post(at, &format!("/surveys/{address}"), &sent)).await {
                        Ok(303) => thanked.push(said),
                        _ => break,
                    }
                }
                thanked
            })
        })
        .collect();
    tokio::time::sleep(UNTIL).await;
    server.kill()?;
    let mut thanked = Vec::new();
    for client in clients {
        thanked.extend(client.await?);
    }
    ensure!(!thanked.is_empty(), "nobody was thanked before the program was killed");

    // it starts again, as after a power cut
    drop(place.serve(data.path(), "/healthz").await?);
    let db = Db::open_sqlite(&file).await?;
    let mut reader = db.read().await?;
    let mut there = HashSet::new();
    if let Link::Sqlite(c) = reader.link() {
        let kept: Vec<(String,)> =
            sqlx::query_as("SELECT json_extract(answers, '$.' || json_quote($1)) FROM survey_answer WHERE survey_id = $2 AND json_extract(answers, '$.' || json_quote($1)) IS NOT NULL")
                .bind(&text)
                .bind(survey.id.to_string())
                .fetch_all(c)
                .await?;
        there.extend(kept.into_iter().map(|(said,)| said));
    }
    drop(reader);
    db.close().await;
    let lost = thanked.iter().filter(|said| !there.contains(*said)).count();
    Ok(vec![
        Measure::count("answers-before-kill", thanked.len(), "answers"),
        Measure::none("answers-lost", lost, "answers"),
    ])
}
