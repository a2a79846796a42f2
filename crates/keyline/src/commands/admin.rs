//! `keyline admin …`: accounts from the console.

use clap::Subcommand;
use keyline_domain::access::Actor;
use keyline_operations::Refused;
use keyline_operations::access::accounts::{NewAccount, make_account};
use keyline_operations::access::sessions::make_link;
use keyline_words::Catalogue;

use crate::config::Config;
use crate::house;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Make an account and print a link that signs in once, within the hour
    CreateUser {
        /// E-mail address
        #[arg(long)]
        email: String,
        /// Name as shown to colleagues
        #[arg(long)]
        name: String,
        /// Designation, shown in notes instead of the name
        #[arg(long, default_value = "Administrator")]
        designation: String,
        /// Council, board or scrutiny body
        #[arg(long, default_value = "Keyline")]
        organisation: String,
        /// Whether the account manages accounts and sets up inspections
        #[arg(long)]
        administrator: bool,
    },
    /// Print a new link that signs somebody in once, within the hour
    SignInLink {
        /// E-mail address of the account
        #[arg(long)]
        email: String,
    },
}

pub(crate) async fn run(what: &What, config: &Config) -> anyhow::Result<()> {
    let house = house::open(config, false).await?;
    let cx = &house.cx;
    let person = match what {
        What::CreateUser { email, name, designation, organisation, administrator } => {
            let new = NewAccount {
                email: email.clone(),
                name: name.clone(),
                designation: designation.clone(),
                organisation: organisation.clone(),
                administrator: *administrator,
            };
            make_account(cx, &Actor::Console, new).await.map_err(in_words)?
        }
        What::SignInLink { email } => {
            let mut reader = cx.read().await.map_err(in_words)?;
            keyline_store::people::find_by_email(&mut reader, email)
                .await?
                .ok_or_else(|| anyhow::anyhow!("there is no account {email}"))?
                .id
        }
    };
    println!("{}", make_link(cx, &Actor::Console, person, false).await.map_err(in_words)?);
    cx.db.close().await;
    Ok(())
}

/// A refusal in English, as the pages say it.
pub(crate) fn in_words(refused: Refused) -> anyhow::Error {
    let catalogue = Catalogue::load();
    let words = catalogue.words(keyline_words::ENGLISH);
    match refused {
        Refused::NotNow(reasons) => {
            let said: Vec<_> = reasons.iter().map(|r| words.with_pairs(&r.key, &r.values)).collect();
            anyhow::anyhow!("{}", said.join("\n"))
        }
        Refused::Fields(problems) => {
            let said: Vec<_> = problems
                .iter()
                .map(|p| format!("{}: {}", p.field, words.with_pairs(&p.reason.key, &p.reason.values)))
                .collect();
            anyhow::anyhow!("{}", said.join("\n"))
        }
        other => other.into(),
    }
}
