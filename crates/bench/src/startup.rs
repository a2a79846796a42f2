//! From a cold start to the first page, what an idle server holds in memory, and the size of the program.
//!
//! "Cold" is a new process on an existing data folder; the files may still be in the memory of the system.

use std::time::Duration;

use anyhow::Result;

use crate::measure::{Measure, median};
use crate::server::Place;

const STARTS: usize = 5;
/// How long a server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(2);

const FIRST_ANSWER_MS: f64 = 300.0;
const IDLE_MEMORY_MB: f64 = 50.0;
const PROGRAM_MB: f64 = 70.0;

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let data = place.copy()?;
    let (mut answers, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let server = place.serve(data.path(), "/").await?;
        answers.push(server.first_answer.as_secs_f64() * 1000.0);
        tokio::time::sleep(IDLE).await;
        memory.push(megabytes(server.memory()?));
    }
    let program = megabytes(std::fs::metadata(&place.program)?.len());
    Ok(vec![
        Measure::within("first-answer", median(answers), "ms", FIRST_ANSWER_MS),
        Measure::within("idle-memory", median(memory), "MB", IDLE_MEMORY_MB),
        Measure::within("program", program, "MB", PROGRAM_MB),
    ])
}

fn megabytes(bytes: u64) -> f64 {
    // in kilobytes first: a number of 32 bits becomes a float without loss
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0
}
