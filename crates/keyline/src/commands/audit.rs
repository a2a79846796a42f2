//! `keyline audit verify`: walks the chain and names the first broken entry.

use std::process::ExitCode;

use clap::Subcommand;

use crate::config::Config;
use crate::house;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Check that no entry was changed, removed or added
    Verify,
}

pub(crate) async fn run(what: &What, config: &Config) -> anyhow::Result<ExitCode> {
    let What::Verify = what;
    let database = config.data.join("keyline.sqlite");
    anyhow::ensure!(
        !config.database.is_empty() || database.exists(),
        "{} is not there: name the data folder with --data",
        database.display()
    );
    let house = house::open(config, false).await?;
    let mut reader = house.cx.db.read().await?;
    let code = match keyline_store::audit::verify(&mut reader).await? {
        Ok(entries) => {
            println!("the audit trail is whole: {entries} entries");
            ExitCode::SUCCESS
        }
        Err(broken) => {
            println!("the audit trail is broken: {broken}");
            ExitCode::FAILURE
        }
    };
    drop(reader);
    house.cx.db.close().await;
    Ok(code)
}
