//! `keyline instrument ...`: forms as files, without an installation. The tools of whoever writes a form.

mod answer;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Subcommand, ValueEnum};
use keyline_domain::programmes::OWN_COLUMNS;
use keyline_forms::form::{Fault, Form};
use keyline_forms::reading::{self, Reading};
use keyline_forms::workbook::write;
use keyline_forms::{versions, writing, xform};

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Name sheet, row, column and reason for every fault of a form; succeeds when there is none
    Check {
        /// The form: an XLSForm workbook (.xlsx, .csv) or its Markdown tables (.md)
        file: PathBuf,
    },
    /// Say what changed from one version of a form to another, and what that means for comparing answers
    Compare {
        /// The version before
        was: PathBuf,
        /// The version now
        is: PathBuf,
    },
    /// Write a form in another format
    Convert {
        /// The form: an XLSForm workbook (.xlsx, .csv) or its Markdown tables (.md)
        file: PathBuf,
        /// The format
        #[arg(long)]
        to: Format,
        /// Where to write it; standard output otherwise
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Apply answers to a form: print what is asked, what is calculated, and every fault, as JSON
    Answer(answer::Answer),
}

/// What a form can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// ODK XForm XML, for ODK Collect and other clients
    Xform,
    /// An XLSForm workbook
    Xlsx,
    /// An XLSForm workbook as one CSV file
    Csv,
    /// JSON, as published versions are stored
    Json,
}

pub(crate) fn run(what: &What) -> anyhow::Result<ExitCode> {
    match what {
        What::Answer(answer) => answer::run(answer),
        What::Check { file } => match read(file)? {
            Ok(_) => Ok(ExitCode::SUCCESS),
            Err(faults) => {
                for fault in &faults {
                    println!("{}", shown(fault, file));
                }
                Ok(ExitCode::FAILURE)
            }
        },
        What::Compare { was, is } => match (read(was)?, read(is)?) {
            (Ok(before), Ok(after)) => {
                for line in versions::readable(&before, &after) {
                    println!("{line}");
                }
                Ok(ExitCode::SUCCESS)
            }
            (before, after) => {
                for (faults, file) in [(before.err(), was), (after.err(), is)] {
                    for fault in faults.iter().flatten() {
                        eprintln!("{}", shown(fault, file));
                    }
                }
                Ok(ExitCode::FAILURE)
            }
        },
        What::Convert { file, to, out } => match read(file)? {
            Ok(form) => {
                let bytes = written(&form, *to)?;
                match out {
                    Some(out) => {
                        std::fs::write(out, bytes)
                            .with_context(|| format!("cannot write {}", out.display()))?;
                    }
                    None => std::io::stdout()
                        .lock()
                        .write_all(&bytes)
                        .context("cannot write to standard output")?,
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(faults) => {
                for fault in &faults {
                    eprintln!("{}", shown(fault, file));
                }
                Ok(ExitCode::FAILURE)
            }
        },
    }
}

/// Reads a form and tells its warnings on standard error.
fn read(file: &Path) -> anyhow::Result<Result<Form, Vec<Fault>>> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(reading::read_file(&bytes, &name, &OWN_COLUMNS).map(|Reading { form, warnings }| {
        for warning in &warnings {
            eprintln!("warning: {}", shown(warning, file));
        }
        form
    }))
}

fn written(form: &Form, format: Format) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Xform => xform::write(form).into_bytes(),
        Format::Xlsx => write::xlsx(&writing::workbook(form))?,
        Format::Csv => write::csv(&writing::workbook(form)),
        Format::Json => format!("{}\n", writing::json(form)?).into_bytes(),
    })
}

/// A fault at its place; one of the whole file with the file's name instead.
fn shown(fault: &Fault, file: &Path) -> String {
    if fault.sheet.is_empty() { format!("{}: {}", file.display(), fault.reason) } else { fault.to_string() }
}
