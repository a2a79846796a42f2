//! `keyline instrument answer FILE ANSWERS.json`: what a form makes of answers.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use jiff::civil::Date;
use keyline_domain::clock::{Clock, london};
use keyline_domain::ids::Randomness;
use keyline_forms::answering::{AnswerFault, Compiled, Filling};
use keyline_forms::expression::{Chance, Surroundings};
use keyline_forms::reading;
use serde_json::{Value, json};

use crate::system::{SystemClock, SystemRandom};

#[derive(Debug, Args)]
pub(crate) struct Answer {
    /// The form: .xlsx, .csv or .md
    file: PathBuf,
    /// The answers: a JSON object by question
    answers: PathBuf,
    /// The day that today() gives, at noon in Scotland, for repeatable output
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// The seed of random(), for repeatable output
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// The language of labels and messages, by name or tag
    #[arg(long, value_name = "LANGUAGE", default_value = "")]
    language: String,
}

pub(crate) fn run(answer: &Answer) -> anyhow::Result<ExitCode> {
    let read =
        |path: &PathBuf| std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()));
    let name = answer.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let form = reading::read_file(&read(&answer.file)?, name, &[]);
    let compiled = match form.and_then(|reading| Compiled::new(&reading.form)) {
        Ok(compiled) => Arc::new(compiled),
        Err(faults) => {
            for fault in faults {
                println!("{fault}");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let given: Value = serde_json::from_slice(&read(&answer.answers)?)
        .with_context(|| format!("{} is not JSON", answer.answers.display()))?;
    let filling = Filling::resume(compiled, surroundings(answer)?, &given);
    let faults = filling.check();
    let printed = json!({
        "relevant": filling.relevant(),
        "calculated": filling.calculated(),
        "faults": faults.iter().map(as_json).collect::<Vec<_>>(),
        "dropped": filling.dropped(),
        "answers": filling.answers(),
    });
    println!("{}", serde_json::to_string_pretty(&printed)?);
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn surroundings(answer: &Answer) -> anyhow::Result<Surroundings> {
    let now = match answer.today {
        Some(day) => day.at(12, 0, 0, 0).to_zoned(london())?,
        None => SystemClock::default().now().to_zoned(london()),
    };
    let chance = answer.seed.map_or_else(
        || {
            let mut seed = [0; 32];
            SystemRandom.fill(&mut seed);
            Chance::new(seed)
        },
        Chance::from_number,
    );
    let mut surroundings = Surroundings::new(now, chance);
    answer.language.clone_into(&mut surroundings.language);
    Ok(surroundings)
}

fn as_json(fault: &AnswerFault) -> Value {
    json!({
        "question": fault.question,
        "code": fault.code.name(),
        "message": fault.message.clone().unwrap_or_else(|| fault.code.in_english()),
    })
}
