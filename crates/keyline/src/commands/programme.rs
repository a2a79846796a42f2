//! `keyline programme check DIR`: the methodology officer's tool.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use keyline_domain::programmes::Library;

use crate::config::Config;
use crate::embedded;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Name file, line and reason for every fault in a folder that holds programmes/, frameworks/ or areas/
    Check {
        /// The folder
        dir: PathBuf,
    },
    /// List the programmes that can be used
    List,
}

pub(crate) fn run(what: &What, config: Config) -> anyhow::Result<ExitCode> {
    match what {
        What::Check { dir } => {
            // A folder that holds programmes alone is read over the frameworks and areas that come with Keyline.
            let own = embedded::files_of(dir)?;
            anyhow::ensure!(
                !own.is_empty(),
                "{} holds no programmes/, frameworks/ or areas/: name the folder that holds them",
                dir.display()
            );
            let mut files = embedded::files();
            for part in ["programmes/", "frameworks/", "areas/"] {
                if own.keys().any(|name| name.starts_with(part)) {
                    files.retain(|name, _| !name.starts_with(part));
                }
            }
            files.extend(own);
            match Library::parse(&files) {
                Ok(library) => {
                    for p in library.programmes() {
                        println!(
                            "{} {}: {} steps, {} indicators",
                            p.id,
                            p.version,
                            p.timeline.steps.len(),
                            p.evaluated_indicators.len()
                        );
                    }
                    println!("no faults");
                    Ok(ExitCode::SUCCESS)
                }
                Err(problems) => {
                    println!("{}", embedded::listed(&problems));
                    println!("{} fault(s)", problems.len());
                    Ok(ExitCode::FAILURE)
                }
            }
        }
        What::List => {
            let overlay = (!config.methodology.as_os_str().is_empty()).then_some(config.methodology);
            for p in embedded::library(overlay.as_deref())?.programmes() {
                println!("{}\t{}\t{}", p.id, p.version, p.title.value);
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
