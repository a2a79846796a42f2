//! The commands, as nouns where there is more than one thing to do.
#![expect(clippy::print_stdout, reason = "commands answer on standard output")]

mod admin;
mod agreement;
mod audit;
mod identify;
mod inspection;
mod instrument;
mod list;
mod programme;
mod returns;
mod sample;
mod serve;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{self, Flags};
use crate::{demo, house};

pub(crate) use admin::in_words;
pub(crate) use serve::{log_as, serve_on};

/// Joint inspections of services for children and young people, from the notification to the published report.
#[derive(Debug, Parser)]
#[command(name = "keyline", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and do the work of the clock
    Serve,
    /// Fill a data folder with a fictional area, tell the story of an inspection, then serve
    Demo {
        /// Start over: remove what the data folder holds
        #[arg(long)]
        fresh: bool,
        /// Stop after the story instead of serving; succeeds only when the report was published
        #[arg(long)]
        exit: bool,
    },
    /// Look at an inspection from the command line
    Inspection {
        #[command(subcommand)]
        what: inspection::What,
    },
    /// Check, convert and fill in forms (XLSForm) as files
    Instrument {
        #[command(subcommand)]
        what: instrument::What,
    },
    /// Draw a random sample from a list, which anyone can draw again
    Sample(sample::Sample),
    /// Say how far readers agree, as one JSON object
    Agreement(agreement::Agreement),
    /// Name what identifies people in texts and tables: file, kind, place and reason as lines of JSON. Ends with 1 when something was found,
    /// with 2 when a file cannot be read
    Identify(identify::Identify),
    /// Write the empty pre-inspection return of a programme, and check a filled-in one
    Return {
        #[command(subcommand)]
        what: returns::What,
    },
    /// Check programmes
    Programme {
        #[command(subcommand)]
        what: programme::What,
    },
    /// Manage the installation
    Admin {
        #[command(subcommand)]
        what: admin::What,
    },
    /// The audit trail
    Audit {
        #[command(subcommand)]
        what: audit::What,
    },
    /// Bring the database up to date, and stop
    Migrate,
    /// Print the page of all settings
    Config,
    /// Print the version
    Version,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Set a document from standard input as a PDF on standard output (used by the server itself)
    #[command(hide = true)]
    RenderDocument,
    /// Read the file on standard input and say what it is and says, as JSON (used by the server itself)
    #[command(hide = true)]
    Extract {
        /// What is wanted within which limits, as JSON; the text within the usual ones when left out
        request: Option<String>,
    },
}

pub(crate) async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Version => println!("keyline {}", env!("CARGO_PKG_VERSION")),
        Command::Config => print!("{}", config::page()),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "keyline", &mut std::io::stdout());
        }
        Command::Man => clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout())?,
        Command::RenderDocument => return Ok(keyline_report_pdf::child::child_main()),
        Command::Extract { request } => return Ok(keyline_extraction::child::child_main(request.as_deref())),
        Command::Instrument { what } => return instrument::run(&what),
        Command::Sample(sample) => return sample::run(&sample),
        Command::Agreement(asked) => return agreement::run(&asked),
        Command::Identify(what) => return identify::run(&what),
        Command::Return { what } => return returns::run(&what, cli.flags.resolve()?),
        Command::Programme { what } => return programme::run(&what, cli.flags.resolve()?),
        Command::Serve => serve::run(&cli.flags.resolve()?).await?,
        Command::Demo { fresh, exit } => return demo::run(&cli.flags.resolve()?, fresh, exit).await,
        Command::Inspection { what } => return inspection::run(&what, &cli.flags.resolve()?).await,
        Command::Admin { what } => admin::run(&what, &cli.flags.resolve()?).await?,
        Command::Audit { what } => return audit::run(&what, &cli.flags.resolve()?).await,
        Command::Migrate => {
            let house = house::open(&cli.flags.resolve()?, true).await?;
            println!("the database is up to date");
            house.cx.db.close().await;
        }
    }
    Ok(ExitCode::SUCCESS)
}
