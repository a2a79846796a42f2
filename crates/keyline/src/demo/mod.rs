//! `keyline demo`: a fictional area, its people, and the story of its inspections, told by the same verbs as the
//! pages use, with the clock set to the days on which each thing happens.
//!
//! Every part of the story first looks at what is there, so a run that was cut off is taken up where it stopped, and a
//! second run changes nothing. People, places and sayings are made up.

mod people;

use std::process::ExitCode;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::{log_as, serve_on};
use crate::config::Config;
use crate::house::{self, House};

/// Runs the demonstration.
pub(crate) async fn run(config: &Config, fresh: bool, exit: bool) -> anyhow::Result<ExitCode> {
    log_as(config)?;
    if fresh {
        start_over(config)?;
    }
    let house = house::open(config, true).await?;
    let bar = ProgressBar::new(1);
    bar.set_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let cast = people::assemble(&house.cx, &bar).await?;
    house.clock.set(None);
    bar.finish_and_clear();
    people::print_links(&house.cx, config, &cast).await?;
    if exit {
        house.cx.db.close().await;
        return Ok(ExitCode::SUCCESS);
    }
    let House { cx, .. } = &house;
    serve_on(cx, config).await?;
    Ok(ExitCode::SUCCESS)
}

// Only what Keyline itself makes is removed: a mistyped folder must not cost anybody their files.
fn start_over(config: &Config) -> anyhow::Result<()> {
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
