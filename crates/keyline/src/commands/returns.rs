//! `keyline return template PROGRAMME` and `keyline return check FILE`: the pre-inspection return without a server.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Subcommand;
use jiff::civil::Date;
use keyline_domain::clock::{Clock as _, day_of};
use keyline_domain::programmes::{Library, Programme};
use keyline_domain::returns::Problem;
use keyline_operations::returns::{CheckedFile, Form, check_file, empty_return};
use keyline_words::{Catalogue, ENGLISH};
use serde::Serialize;

use crate::commands::in_words;
use crate::config::Config;
use crate::embedded;
use crate::system::SystemClock;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Write the empty return of a programme as a workbook to standard output
    Template {
        /// Its id, or id@version; without a version the newest
        programme: String,
        /// One line of headings instead of a workbook
        #[arg(long)]
        csv: bool,
    },
    /// Name every fault of a filled-in return as a line of JSON: sheet, cell, what was found, what is expected. Ends with 1 when
    /// there are any, and with 2 when there is no such file or programme. Nothing that stands in a cell is printed
    Check {
        /// The return (.xlsx, .csv)
        file: PathBuf,
        /// Id of the programme, or id@version
        #[arg(long)]
        programme: String,
        /// The day of notification, from which months are counted back; today when none is given
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Date>,
    },
}

/// A fault as it is printed.
#[derive(Debug, Serialize)]
struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    fault: String,
    found: String,
    expected: String,
}

pub(crate) fn run(what: &What, config: Config) -> anyhow::Result<ExitCode> {
    let overlay = (!config.methodology.as_os_str().is_empty()).then_some(config.methodology);
    let library = embedded::library(overlay.as_deref())?;
    match what {
        What::Template { programme, csv } => {
            let bytes = template(&library, programme, *csv)?;
            std::io::stdout().write_all(&bytes).context("writing the workbook")?;
            Ok(ExitCode::SUCCESS)
        }
        What::Check { file, programme, on } => {
            let on = on.unwrap_or_else(|| day_of(SystemClock::default().now()));
            let (lines, rows) = match faults(&library, file, programme, on) {
                Ok(found) => found,
                Err(error) => {
                    eprintln!("keyline: {error:#}");
                    return Ok(ExitCode::from(2));
                }
            };
            for line in &lines {
                println!("{line}");
            }
            if lines.is_empty() {
                eprintln!("keyline: {rows} rows, no fault");
                return Ok(ExitCode::SUCCESS);
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

fn of<'l>(library: &'l Library, name: &str) -> anyhow::Result<&'l Programme> {
    let found = match name.split_once('@') {
        Some((id, version)) => library.programme(id, version),
        None => library.latest(name),
    };
    let Some(found) = found else {
        let all: Vec<String> =
            library.programmes().iter().map(|p| format!("{}@{}", p.id, p.version)).collect();
        bail!("there is no programme {name:?}; there are {}", all.join(", "));
    };
    Ok(found)
}

fn template(library: &Library, programme: &str, csv: bool) -> anyhow::Result<Vec<u8>> {
    let catalogue = Catalogue::load();
    let form = if csv { Form::Csv } else { Form::Workbook };
    let wanted = &of(library, programme)?.pre_inspection_return;
    empty_return(wanted, form, catalogue.words(ENGLISH)).map_err(in_words)
}

/// The faults of a file as lines of JSON, and the rows of its list.
fn faults(library: &Library, file: &Path, programme: &str, on: Date) -> anyhow::Result<(Vec<String>, u32)> {
    let wanted = &of(library, programme)?.pre_inspection_return;
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let CheckedFile { rows, outcome, .. } = check_file(wanted, &name, &bytes, on);
    let catalogue = Catalogue::load();
    let words = catalogue.words(ENGLISH);
    let said = |problem: Problem| {
        let Problem { sheet, place, reason } = problem;
        // What is wrong with a file as a whole says itself what to do.
        let expected = format!("what-to-do-{}", reason.key);
        let expected =
            if words.has(&expected) { words.with_pairs(&expected, &reason.values) } else { String::new() };
        let found = words.with_pairs(&reason.key, &reason.values);
        serde_json::to_string(&Line { sheet, cell: place, fault: reason.key, found, expected })
    };
    let lines = outcome.err().unwrap_or_default().into_iter().map(said).collect::<Result<_, _>>()?;
    Ok((lines, rows))
}

#[cfg(test)]
mod tests {
    use keyline_workbooks::{FileKind, Limits, Sheet, read_whole, write_xlsx};
    use serde_json::Value;

    use super::*;

    const PROGRAMME: &str = "supervision-orders-at-home";
    const DAY: Date = jiff::civil::date(2026, 1, 5);

    fn checked(name: &str, bytes: &[u8]) -> Vec<Value> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let library = embedded::library(None).unwrap();
        let (lines, _) = faults(&library, &file, PROGRAMME, DAY).unwrap();
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    // The workbook that is handed out, filled in with the rows of its own example and with a total.
    fn filled(change: impl FnOnce(&mut Vec<Sheet>)) -> Vec<u8> {
        let library = embedded::library(None).unwrap();
        let empty = template(&library, PROGRAMME, false).unwrap();
        let whole = read_whole(&empty, FileKind::Xlsx, &Limits::default()).unwrap();
        let mut sheets: Vec<Sheet> = whole
            .sheets
            .iter()
            .map(|sheet| {
                let mut rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| row.cells.clone()).collect();
                let header = rows.remove(0);
                Sheet { name: sheet.name.clone(), header, rows, ..Sheet::default() }
            })
            .collect();
        assert_eq!(
            sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(),
            ["Return", "Totals", "What belongs in it", "Example", "Keyline lists"]
        );
        let width = sheets[0].header.len();
        sheets[0].rows = sheets[3].rows.iter().map(|row| row[..width.min(row.len())].to_vec()).collect();
        sheets[1].rows[0][2] = "3".into();
        change(&mut sheets);
        write_xlsx(&sheets).unwrap()
    }

    fn said(faults: &[Value]) -> Vec<String> {
        let text = |line: &Value, name: &str| line[name].as_str().unwrap_or("-").to_owned();
        faults
            .iter()
            .map(|l| format!("{}!{} {}", text(l, "sheet"), text(l, "cell"), text(l, "fault")))
            .collect()
    }

    #[test]
    fn the_workbook_that_is_handed_out_is_read_back() {
        assert_eq!(checked("cohort.xlsx", &filled(|_| {})), Vec::<Value>::new());
        // Empty as it is handed out, it lacks its rows and its total, and nothing else.
        let library = embedded::library(None).unwrap();
        let empty = template(&library, PROGRAMME, false).unwrap();
        assert_eq!(empty, template(&library, PROGRAMME, false).unwrap(), "equal content gives equal bytes");
        assert_eq!(
            said(&checked("cohort.xlsx", &empty)),
            ["Return!- returns-no-rows", "Totals!- returns-totals-all"]
        );
        let csv = template(&library, PROGRAMME, true).unwrap();
        assert_eq!(said(&checked("cohort.csv", &csv)), ["-!- returns-no-rows"]);
        assert!(template(&library, "nothing@1", false).unwrap_err().to_string().contains("there are"));
    }

    #[test]
    fn each_fault_names_sheet_and_cell_and_what_is_expected() {
        let faults = checked(
            "cohort.xlsx",
            &filled(|sheets| {
                sheets[0].rows[0][1] = "27".into();
                sheets[0].rows[1][0] = sheets[0].rows[0][0].clone();
                sheets[1].rows[0][2] = "4".into();
                sheets[3].rows[0][0] = "0101110014".into();
                sheets.push(Sheet {
                    name: "Jamie Macdonald".into(),
                    header: vec!["x".into()],
                    rows: vec![vec!["seen with Mrs Invented".into()]],
                    ..Sheet::default()
                });
            }),
        );
        assert_eq!(
            said(&faults),
            [
                "Example!A2 returns-identifier-chi",
                "#6!A2 returns-identifier-name",
                "Return!B2 returns-cell-age",
                "Return!A3 returns-cell-twice",
                "Totals!C2 returns-totals-differ",
            ]
        );
        let all = serde_json::to_string(&faults).unwrap();
        assert!(
            all.contains("0 to 19 years old") && all.contains("The total says 4, the list has 3."),
            "{all}"
        );
        assert!(!all.contains("Jamie") && !all.contains("Invented") && !all.contains("0101110014"), "{all}");
        assert!(!all.contains('⟦'), "{all}");
    }

    #[test]
    fn a_file_that_is_named_after_a_person_is_not_taken() {
        let faults = checked("Jamie Macdonald.xlsx", &filled(|_| {}));
        assert_eq!(said(&faults), ["-!- returns-file-named"]);
        assert!(!serde_json::to_string(&faults).unwrap().contains("Jamie"), "{faults:?}");
    }

    #[test]
    fn one_and_five_thousand_are_taken_and_a_million_cells_are_refused_at_once() {
        let library = embedded::library(None).unwrap();
        let wanted = of(&library, PROGRAMME).unwrap().pre_inspection_return.columns.clone();
        let header: Vec<String> = wanted.iter().map(|c| c.key.clone()).collect();
        let line = |n: usize| {
            let row = format!("r{n},0-4,current,5,no,,health");
            row.split(',').map(str::to_owned).collect::<Vec<_>>()
        };
        for children in [1, 5_000] {
            let rows: Vec<Vec<String>> = (0..children).map(line).collect();
            let lines = std::iter::once(&header).chain(&rows).map(Vec::as_slice);
            assert_eq!(
                checked("cohort.csv", &keyline_workbooks::write_csv(lines, true)),
                Vec::<Value>::new()
            );
            let sheet = Sheet { name: "List".into(), header: header.clone(), rows, ..Sheet::default() };
            assert_eq!(checked("cohort.xlsx", &write_xlsx(&[sheet]).unwrap()), Vec::<Value>::new());
        }
        let wide = "x,".repeat(50);
        let million = format!("{wide}\n").repeat(20_500);
        assert_eq!(said(&checked("cohort.csv", million.as_bytes())), ["-!- upload-too-many-rows"]);
    }
}
