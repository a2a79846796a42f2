//! Surveys, from the answer to the results.
//!
//! | module | measures |
//! | --- | --- |
//! | `submission` | answers per second, each on the disk before it is thanked for |
//! | `crash` | what is lost when the power goes while many answer |
//! | `scale` | results and files of many answers, and whether those of others are in the way |
//! | `forms` | reading a workbook, evaluating an expression |

mod crash;
mod forms;
mod scale;
mod submission;

use anyhow::Result;
use keyline_forms::form::{Form, Kind};
use serde_json::{Map, Value, json};

use crate::measure::Measure;
use crate::server::{Place, Server};
use crate::wire::{Wire, get};

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let mut measures = submission::run(place).await?;
    measures.extend(crash::run(place).await?);
    measures.extend(scale::run(place).await?);
    measures.extend(forms::run()?);
    Ok(measures)
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

/// As the value of a field of a form that is sent.
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
