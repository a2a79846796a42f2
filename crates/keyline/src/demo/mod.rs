//! `keyline demo`: a fictional area, its people, and the story of its inspections, told by the same verbs as the
//! pages use, with the clock set to the days on which each thing happens.
//!
//! Every part of the story first looks at what is there, so a run that was cut off is taken up where it stopped, and a
//! second run changes nothing. People, places and sayings are made up.

#![expect(clippy::print_stdout, reason = "the demonstration says what it has made")]

mod people;
mod script;
mod tale;
mod teller;

use teller::CARE_PASSPHRASE;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::InspectionId;
use keyline_operations::Cx;
use keyline_store::inspections;

use crate::commands::{in_words, log_as, serve_on};
use crate::config::Config;
use crate::house::{self, House};

/// Runs the demonstration.
pub(crate) async fn run(config: &Config, fresh: bool, exit: bool) -> anyhow::Result<ExitCode> {
    log_as(config)?;
    if fresh {
        start_over(config)?;
    }
    let house = house::open(config, true).await?;
    let today = house.cx.today();
    let script = script::read()?;
    let tales = tale::tales(&house.cx.library, today)?;
    let bar = ProgressBar::new(tales.len() as u64 + 1);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let first = tales.iter().map(|t| t.starts_on).min().unwrap_or(today);
    house.clock.set(Some(tale::moment(first, -240)?));
    let cast = people::assemble(&house.cx, &bar).await?;
    bar.inc(1);
    let mut followed = Vec::new();
    for tale in &tales {
        bar.set_message(tale.name);
        let told = Box::pin(teller::tell(&house.cx, &house.clock, &cast, &script, tale, today))
            .await
            .with_context(|| format!("telling {}", tale.name))?;
        if tale.until == tale::Until::Followed {
            followed.push(told);
        }
        bar.inc(1);
    }
    bar.set_message("what the public is told");
    teller::tell_information(&house.cx, &house.clock, &cast, today).await.context("telling the news")?;
    house.clock.set(None);
    // What came in the story is read for search and preview now, and not behind the back of the first visitor.
    bar.set_message("reading the documents");
    keyline_jobs::run_due(&house.cx).await.map_err(in_words)?;
    bar.finish_and_clear();
    people::print_links(&house.cx, config, &cast).await?;
    let published = published(&house.cx, &followed).await?;
    for folder in &published {
        println!("  published: {}", folder.display());
    }
    if exit {
        house.cx.db.close().await;
        // The story has succeeded when every report that it should publish lies there as page, PDF and open data.
        return Ok(if published.len() == followed.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let House { cx, .. } = &house;
    serve_on(cx, config).await?;
    Ok(ExitCode::SUCCESS)
}

// The folders of the published reports that are whole.
async fn published(cx: &Cx, followed: &[InspectionId]) -> anyhow::Result<Vec<PathBuf>> {
    let mut whole = Vec::new();
    for id in followed {
        let grant = cx.grant(&Actor::Console, *id, Action::SeeInspection).await.map_err(in_words)?;
        let inspection = inspections::get(&mut cx.db.read().await?, &grant).await?;
        let folder = cx.settings.published.join(&inspection.reference);
        let there = |name: &str| folder.join(name).metadata().is_ok_and(|m| m.len() > 0);
        if ["index.html", "report.pdf", "report.json", "grades.csv"].into_iter().all(there) {
            whole.push(folder);
        }
    }
    Ok(whole)
}

// Only what Keyline itself makes is removed: a mistyped folder must not cost anybody their files.
fn start_over(config: &Config) -> anyhow::Result<()> {
    anyhow::ensure!(
        config.database.is_empty(),
        "--fresh empties a data folder and no PostgreSQL database: empty that one yourself, and leave --fresh out"
    );
    // Nobody's files are removed under their hands.
    let _alone = house::lock(config)?;
    for name in
        ["keyline.sqlite", "keyline.sqlite-wal", "keyline.sqlite-shm", "keyline.key", "demo-links.txt"]
    {
        let file = config.data.join(name);
        if file.exists() {
            std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
        }
    }
    for name in ["documents", "published"] {
        let folder = config.data.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        }
    }
    Ok(())
}
