//! `keyline sample FILE`: draws a random sample from a list, which anyone can draw again (`docs/sampling.md`).

mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::{Args, ValueEnum};
use keyline_domain::ids::Randomness;
use keyline_statistics::normal::Confidence;
use keyline_statistics::sample::allocation::{By, Rule};
use keyline_statistics::sample::strata::{Frame, Stratum, StratumSample};
use keyline_statistics::sample::{Seed, draw};
use keyline_workbooks::{Row, Table};

use super::list;
use crate::system::SystemRandom;

#[derive(Debug, Args)]
pub(crate) struct Sample {
    /// The list: a table (.csv, .xlsx) with a header, a row for each that can be drawn
    file: PathBuf,
    /// How many to draw
    #[arg(long, value_name = "NUMBER")]
    size: Option<usize>,
    /// Draw as many as keep a share within so many percentage points
    #[arg(long, value_name = "POINTS", conflicts_with = "size")]
    margin: Option<f64>,
    /// How sure the margin is to be, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 95.0)]
    confidence: f64,
    /// A whole number or 64 hexadecimal digits; new ones when none is given
    #[arg(long)]
    seed: Option<Seed>,
    /// The column of the keys, each of which stands once; the first one when none is given
    #[arg(long, value_name = "COLUMN")]
    key: Option<String>,
    /// The column whose values are the strata
    #[arg(long, value_name = "COLUMN")]
    strata: Option<String>,
    /// How the sample is shared out over the strata
    #[arg(long, value_enum, default_value_t = Allocation::Proportional, requires = "strata")]
    allocation: Allocation,
    /// Fewest to draw from each stratum, as far as it has so many
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "strata")]
    minimum: usize,
    /// The share expected in a stratum, for the margin and for neyman; 0.5 when none is given
    #[arg(long, value_name = "STRATUM=SHARE", value_parser = expected_share, requires = "strata")]
    expected: Vec<(String, f64)>,
    /// Replacements to draw, in each stratum
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    reserve: usize,
    /// The column with a reason for leaving a row out; rows with a text in it cannot be drawn
    #[arg(long, value_name = "COLUMN")]
    exclude: Option<String>,
    /// The sheet of a workbook; the first that has a table when none is given
    #[arg(long)]
    sheet: Option<String>,
    /// Print JSON lines: one of the draw, then one for each that was drawn
    #[arg(long)]
    json: bool,
}

/// How a sample is shared out over strata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Allocation {
    /// As the strata are parts of the whole
    Proportional,
    /// As many from each
    Equal,
    /// More where more is in doubt
    Neyman,
}

impl Allocation {
    fn by(self) -> By {
        match self {
            Self::Proportional => By::Proportional,
            Self::Equal => By::Equal,
            Self::Neyman => By::Neyman,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Proportional => "proportional",
            Self::Equal => "equal",
            Self::Neyman => "neyman",
        }
    }
}

fn expected_share(text: &str) -> Result<(String, f64), String> {
    let fault = || format!("{text:?} is not STRATUM=SHARE with a share between 0 and 1, such as North=0.3");
    let (name, share) = text.rsplit_once('=').ok_or_else(fault)?;
    let share = share.parse().ok().filter(|share| *share > 0.0 && *share < 1.0).ok_or_else(fault)?;
    Ok((name.to_owned(), share))
}

pub(crate) fn run(sample: &Sample) -> anyhow::Result<ExitCode> {
    let confidence = Confidence::new(sample.confidence / 100.0)
        .context("the confidence is a number of percent between 0 and 100")?;
    let table = list::read(&sample.file, sample.sheet.as_deref())?;
    let listed = Listed::read(&table, sample)?;
    let rule = Rule { by: sample.allocation.by(), minimum: sample.minimum };
    let frame = listed.frame(&sample.expected)?;
    let size = match (sample.size, sample.margin) {
        (Some(size), _) => size,
        (None, Some(points)) => {
            ensure!(points > 0.0 && points < 100.0, "the margin is a number of points between 0 and 100");
            frame.size_for(points / 100.0, rule, confidence)?
        }
        (None, None) => bail!("say how many to draw (--size), or the margin to keep (--margin)"),
    };
    ensure!(size > 0, "a sample of nobody says nothing: draw at least one");
    let seed = sample.seed.unwrap_or_else(|| {
        let mut bytes = [0; 32];
        SystemRandom.fill(&mut bytes);
        Seed::from(bytes)
    });
    let margin = frame.margin(size, rule, confidence);
    let strata = if sample.strata.is_some() {
        frame.draw(seed, size, rule, sample.reserve)?
    } else {
        listed.drawn_plainly(seed, size, sample.reserve)?
    };
    let drawn = told::Drawn {
        seed,
        size,
        confidence: sample.confidence,
        margin: margin.ok(),
        allocation: sample.strata.as_ref().map(|_| (sample.allocation.name(), sample.minimum)),
        strata,
        rows: listed.rows,
    };
    let lines = if sample.json { drawn.json() } else { drawn.readable() };
    for line in lines {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The list as it is drawn from.
#[derive(Debug)]
struct Listed {
    /// Of each stratum (one without a name when there are none) the keys of all rows.
    keys: BTreeMap<String, Vec<String>>,
    excluded: BTreeSet<String>,
    /// The row of each key in the file.
    rows: BTreeMap<String, u32>,
}

impl Listed {
    fn read(table: &Table, sample: &Sample) -> anyhow::Result<Self> {
        let of = |name: &Option<String>| name.as_ref().map(|name| list::column(table, name)).transpose();
        let key = of(&sample.key)?.unwrap_or(0);
        let (strata, exclude) = (of(&sample.strata)?, of(&sample.exclude)?);
        let mut listed = Self { keys: BTreeMap::new(), excluded: BTreeSet::new(), rows: BTreeMap::new() };
        for row in &table.rows {
            let text = |column: usize, what: &str| needed(row, column, what);
            let own = text(key, "key")?;
            let stratum = strata.map(|column| text(column, "stratum")).transpose()?.unwrap_or_default();
            if let Some(before) = listed.rows.insert(own.clone(), row.number) {
                bail!("the key {own:?} stands in row {before} and again in row {}", row.number);
            }
            if exclude.is_some_and(|column| !row.cell(column).is_empty()) {
                listed.excluded.insert(own.clone());
            }
            listed.keys.entry(stratum).or_default().push(own);
        }
        Ok(listed)
    }

    fn frame(&self, expected: &[(String, f64)]) -> anyhow::Result<Frame<String>> {
        if let Some((name, _)) = expected.iter().find(|(name, _)| !self.keys.contains_key(name)) {
            bail!("there is no stratum {name:?}; the strata are {}", list::quoted(self.keys.keys()));
        }
        let share =
            |name: &String| expected.iter().find(|(other, _)| other == name).map_or(0.5, |(_, share)| *share);
        let strata = self
            .keys
            .iter()
            .map(|(name, keys)| Stratum { expected: share(name), ..Stratum::new(name, keys.clone()) })
            .collect();
        let excluded: Vec<String> = self.excluded.iter().cloned().collect();
        Ok(Frame::new(strata)?.without(&excluded)?)
    }

    /// Without strata the draw is the plain one, as for the records of an inspection.
    fn drawn_plainly(
        &self,
        seed: Seed,
        size: usize,
        reserve: usize,
    ) -> anyhow::Result<Vec<StratumSample<String>>> {
        let left: Vec<String> =
            self.keys.values().flatten().filter(|key| !self.excluded.contains(*key)).cloned().collect();
        let (population, excluded) = (left.len(), self.excluded.len());
        let sample = draw(seed, left, size, reserve)?;
        Ok(vec![StratumSample { name: String::new(), population, excluded, sample }])
    }
}

/// The text of a cell that must not be blank.
fn needed(row: &Row, column: usize, what: &str) -> anyhow::Result<String> {
    let text = row.cell(column);
    ensure!(!text.is_empty(), "{} has no {what}", row.place(column));
    Ok(text.to_owned())
}
