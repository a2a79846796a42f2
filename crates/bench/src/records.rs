//! The return and the records: a return of ten thousand rows is checked, readings are compared with a thousand rounds of
//! drawing them again, and texts are searched for identifiers.
//!
//! The first two run the program as a person at the command line does, from its start to its last line. The search runs
//! here, against counting the bytes of the same text in the same turn. Rows, readings and texts are made up.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use keyline_disclosure::identifiers::{Strength, scan_text};

use crate::measure::{Measure, median};
use crate::server::Place;

/// Children of the return.
const ROWS: usize = 10_000;
const CHECK_S: f64 = 1.0;
/// Records and items of the readings.
const RECORDS: usize = 100;
const ITEMS: usize = 60;
const ALPHA_S: f64 = 2.0;
const SCAN_MB: f64 = 100.0;
const TURNS: usize = 3;
const PROGRAMME: &str = "supervision-orders-at-home";

/// Prose as reports have it, with nothing in it that identifies anybody.
const REPORT: &str = include_str!("../../disclosure/benches/texts/report.txt");

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let place = place.program.clone();
    tokio::task::spawn_blocking(move || measured(&place)).await?
}

fn measured(program: &Path) -> Result<Vec<Measure>> {
    let folder = tempfile::tempdir()?;
    let cohort = folder.path().join("cohort.csv");
    std::fs::write(&cohort, return_of(program, ROWS)?)?;
    let readings = folder.path().join("readings.csv");
    std::fs::write(&readings, readings_of(RECORDS * ITEMS))?;
    let (mut checks, mut alphas) = (Vec::new(), Vec::new());
    let (mut scans, mut counts) = (Vec::new(), Vec::new());
    let text = REPORT.repeat(400);
    for _ in 0..TURNS {
        checks.push(timed(
            Command::new(program).args(["return", "check"]).arg(&cohort).args(["--programme", PROGRAMME]),
        )?);
        let rounds = ["--level", "ordinal", "--scale", "1,2,3,4,5,6", "--rounds", "1000"];
        alphas.push(timed(Command::new(program).arg("agreement").arg(&readings).args(rounds))?);
        scans.push(rate(&text, |text| scan_text(text).len()));
        counts.push(rate(text.as_str(), bytes));
    }
    let documents = documents()?;
    let alarms = scan_text(&documents).iter().filter(|hit| hit.strength >= Strength::Likely).count();
    let strong = scan_text(REPORT).iter().filter(|hit| hit.strength == Strength::Strong).count();
    Ok(vec![
        Measure::within("return-check-10000", median(checks), "s", CHECK_S),
        Measure::within("alpha-1000-rounds", median(alphas), "s", ALPHA_S),
        Measure::yardstick("byte-count", median(counts), "MB/s"),
        Measure::rate("identifier-scan", median(scans.clone()), "MB/s", SCAN_MB, 1.0),
        Measure::count("false-alarms-likely", alarms, "finds in our documents"),
        Measure::count("document-bytes", documents.len(), "bytes"),
        Measure::none("false-alarms-strong", strong, "finds in a report that names nobody"),
    ])
}

/// The empty return as the program gives it, filled with made-up rows that the check accepts.
fn return_of(program: &Path, rows: usize) -> Result<String> {
    let given = Command::new(program).args(["return", "template", PROGRAMME, "--csv"]).output()?;
    ensure!(given.status.success(), "the empty return could not be had");
    let header = String::from_utf8(given.stdout).context("the empty return is no text")?;
    let header = header.trim_start_matches('\u{feff}').trim();
    let columns: Vec<&str> = header.split(',').collect();
    let bands = ["0-4", "5-11", "12-15", "16-17", "18+"];
    let mut text = format!("{header}\r\n");
    for n in 0..rows {
        let cell = |column: &&str| match *column {
            "reference" => format!("R{n:05}"),
            "age-band" => bands[n % bands.len()].to_owned(),
            "order-status" => if n % 3 == 0 { "ended" } else { "current" }.to_owned(),
            "months-at-home" => (n % 25).to_string(),
            "lead-service" => "social-work".to_owned(),
            "partnership-key" => format!("FILE/{n}"),
            "order-changed" => String::new(),
            _ => if n % 4 == 0 { "yes" } else { "no" }.to_owned(),
        };
        text.push_str(&columns.iter().map(cell).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    Ok(text)
}

/// Two readers of so many items, who differ on some.
fn readings_of(items: usize) -> String {
    let mut text = "unit,one,two\n".to_owned();
    for n in 0..items {
        let one = n * 7 % 6 + 1;
        let two = if n % 5 == 0 { one % 6 + 1 } else { one };
        writeln!(text, "{n},{one},{two}").ok();
    }
    text
}

/// Seconds of a run that must succeed.
fn timed(command: &mut Command) -> Result<f64> {
    let begun = Instant::now();
    let done = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output()?;
    let took = begun.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&done.stdout);
    ensure!(
        done.status.success(),
        "{command:?} ended with {}: {}",
        done.status,
        said.lines().next().unwrap_or_default()
    );
    Ok(took)
}

/// Megabytes a second, over at least a tenth of a second.
fn rate(text: &str, work: impl Fn(&str) -> usize) -> f64 {
    let (begun, mut times) = (Instant::now(), 0_u32);
    while begun.elapsed() < Duration::from_millis(100) || times == 0 {
        black_box(work(black_box(text)));
        times += 1;
    }
    let bytes = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) * f64::from(times);
    bytes / begun.elapsed().as_secs_f64() / 1e6
}

/// The least that looks at every byte: how many of each there are.
fn bytes(text: &str) -> usize {
    let mut counts = [0_usize; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    counts[usize::from(b'e')]
}

/// What this repository has of ordinary prose: the pages of `docs/`.
fn documents() -> Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).map_err(Into::into)).collect()
}
