//! The demonstration, from an empty data folder to the published report.

use std::time::Instant;

use anyhow::{Result, ensure};

use crate::measure::Measure;
use crate::server::{Place, free_port};

const LIMIT_S: f64 = 20.0;

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let data = place.empty()?;
    let mut command = place.command(data.path(), free_port()?)?;
    let began = Instant::now();
    let status =
        tokio::task::spawn_blocking(move || command.args(["demo", "--fresh", "--exit"]).status()).await??;
    let took = began.elapsed().as_secs_f64();
    ensure!(status.success(), "`keyline demo --fresh --exit` ended with {status}");
    Ok(vec![Measure::within("story", took, "s", LIMIT_S)])
}
