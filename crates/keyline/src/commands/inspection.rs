//! `keyline inspection …`: the same offers and reasons as the pages show.

use std::process::ExitCode;

use clap::Subcommand;
use keyline_domain::access::{Action, Actor};
use keyline_domain::inspections::way::{Offer, is_over};
use keyline_operations::view;
use keyline_store::inspections;
use keyline_words::Catalogue;

use super::admin::in_words;
use crate::config::Config;
use crate::house;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Print every step of the way: done, over, can be done now, or why not yet
    Way {
        /// Reference of the inspection, for example strathmarnock-2026
        reference: String,
    },
}

pub(crate) async fn run(what: &What, config: &Config) -> anyhow::Result<ExitCode> {
    let What::Way { reference } = what;
    let house = house::open(config, false).await?;
    let cx = &house.cx;
    let mut reader = cx.db.read().await?;
    let Some(id) = inspections::resolve(&mut reader, reference).await? else {
        println!("there is no inspection {reference}");
        return Ok(ExitCode::FAILURE);
    };
    let grant = cx.grant(&Actor::Console, id, Action::SeeInspection).await.map_err(in_words)?;
    let inspection = inspections::get(&mut reader, &grant).await?;
    let progress = view::progress(cx, &mut reader, &inspection).await.map_err(in_words)?;
    let catalogue = Catalogue::load();
    let words = catalogue.words(keyline_words::ENGLISH);
    for (step, offer) in view::offers(cx, &progress) {
        let name = words.t(&format!("step-{}", step.word()));
        match offer {
            Offer::Done => println!("[x] {name}"),
            _ if is_over(step, &progress) => println!("[-] {name}"),
            Offer::Ready => println!("[>] {name}"),
            Offer::NotYet(reasons) => {
                println!("[ ] {name}");
                for reason in reasons {
                    println!("      {}", words.with_pairs(&reason.key, &reason.values));
                }
            }
        }
    }
    drop(reader);
    cx.db.close().await;
    Ok(ExitCode::SUCCESS)
}
