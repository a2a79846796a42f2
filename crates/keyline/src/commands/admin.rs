//! `keyline admin …`: accounts and the queue from the console.

use clap::Subcommand;
use keyline_domain::access::Actor;
use keyline_domain::clock::in_london;
use keyline_operations::access::accounts::{NewAccount, make_account};
use keyline_operations::access::sessions::make_link;
use keyline_operations::{Cx, Refused};
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
    /// Make a new key file when the old one is lost for good; every second factor is switched off
    NewKey,
    /// List the jobs that wait or were set aside
    Jobs {
        /// Let every job that has failed run again, those that were set aside too; a server that runs begins within
        /// fifteen seconds
        #[arg(long)]
        retry: bool,
    },
}

pub(crate) async fn run(what: &What, config: &Config) -> anyhow::Result<()> {
    let said = match what {
        What::CreateUser { email, name, designation, organisation, administrator } => {
            let new = NewAccount {
                email: email.clone(),
                name: name.clone(),
                designation: designation.clone(),
                organisation: organisation.clone(),
                administrator: *administrator,
            };
            inside(config, async |cx| {
                let person = make_account(cx, &Actor::Console, new).await.map_err(in_words)?;
                make_link(cx, &Actor::Console, person, false).await.map_err(in_words)
            })
            .await?
        }
        What::SignInLink { email } => {
            inside(config, async |cx| {
                let person = keyline_store::people::find_by_email(&mut cx.db.read().await?, email)
                    .await?
                    .ok_or_else(|| anyhow::anyhow!("there is no account {email}"))?;
                make_link(cx, &Actor::Console, person.id, false).await.map_err(in_words)
            })
            .await?
        }
        What::NewKey => {
            let accounts = house::make_new_key(config).await?;
            format!("a new key was made; second factors switched off: {accounts}")
        }
        What::Jobs { retry } => inside(config, async |cx| jobs(cx, *retry).await).await?,
    };
    println!("{said}");
    Ok(())
}

async fn inside(
    config: &Config,
    act: impl AsyncFnOnce(&Cx) -> anyhow::Result<String>,
) -> anyhow::Result<String> {
    let house = house::open(config, false).await?;
    let said = act(&house.cx).await?;
    house.cx.db.close().await;
    Ok(said)
}

async fn jobs(cx: &Cx, retry: bool) -> anyhow::Result<String> {
    let mut lines = Vec::new();
    if retry {
        let again = keyline_operations::jobs::run_again(cx, &Actor::Console).await.map_err(in_words)?;
        lines.push(format!("{again} due again now"));
    }
    let jobs = keyline_store::jobs::list(&mut cx.db.read().await?).await?;
    if jobs.is_empty() {
        lines.push("no job waits, and none was set aside".to_owned());
    }
    for job in jobs {
        let due = in_london(job.run_at).strftime("%-d %B %Y %H:%M:%S");
        let state = if job.failed_at.is_some() { "SET ASIDE" } else { "waits" };
        lines
            .push(format!("{state}  {}  due {due}  tried {} times  {}", job.kind, job.attempts, job.payload));
        if let Some(error) = job.last_error {
            lines.push(format!("      {error}"));
        }
    }
    Ok(lines.join("\n"))
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
