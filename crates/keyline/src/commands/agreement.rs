//! `keyline agreement FILE`: how far readers agree, as one JSON object (`docs/agreement.md`).

mod told;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::{Args, ValueEnum};
use keyline_statistics::agreement::alpha;
use keyline_statistics::agreement::readings::{Readings, Scale};
use keyline_statistics::agreement::resampling::Resampling;
use keyline_statistics::agreement::summary::agreement;
use keyline_statistics::normal::Confidence;
use keyline_statistics::sample::Seed;
use keyline_workbooks::{Row, Table};

use super::list;

/// Headers that say that the first column names the units and is no reader.
const KEYS: [&str; 5] = ["", "key", "id", "unit", "record"];

#[derive(Debug, Args)]
pub(crate) struct Agreement {
    /// The readings: a table (.csv, .xlsx) with a row for each unit and a column for each reader. Blank: not read.
    /// The first column names the units when its header is blank, key, id, unit or record
    file: PathBuf,
    /// What the readings are
    #[arg(long, value_enum)]
    level: Level,
    /// The categories in their order, with commas between them; otherwise those that occur
    #[arg(long, value_name = "CATEGORIES", value_delimiter = ',')]
    scale: Vec<String>,
    /// The column that names the units
    #[arg(long, value_name = "COLUMN")]
    key: Option<String>,
    /// How sure the intervals are to be, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 95.0)]
    confidence: f64,
    /// How often units are drawn again for the interval of Krippendorff's alpha
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(..=100_000))]
    rounds: u32,
    /// The seed of those draws: a whole number or 64 hexadecimal digits
    #[arg(long, default_value = "1")]
    seed: Seed,
    /// The sheet of a workbook; the first that has a table when none is given
    #[arg(long)]
    sheet: Option<String>,
}

/// What readings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Names without an order
    Nominal,
    /// Grades: an order, but no distance
    Ordinal,
    /// Measures
    Interval,
}

impl Level {
    fn of_alpha(self) -> alpha::Level {
        match self {
            Self::Nominal => alpha::Level::Nominal,
            Self::Ordinal => alpha::Level::Ordinal,
            Self::Interval => alpha::Level::Interval,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
        }
    }
}

pub(crate) fn run(asked: &Agreement) -> anyhow::Result<ExitCode> {
    let confidence = Confidence::new(asked.confidence / 100.0)
        .context("the confidence is a number of percent between 0 and 100")?;
    let table = list::read(&asked.file, asked.sheet.as_deref())?;
    let readers = readers(&table, asked.key.as_deref())?;
    let categories = Categories::of(&table, &readers, asked)?;
    let units: anyhow::Result<Vec<_>> = table
        .rows
        .iter()
        .map(|row| readers.iter().map(|&column| categories.reading(row, column)).collect())
        .collect();
    let readings = Readings::new(categories.scale, units?)?;
    let resampling = Resampling { rounds: asked.rounds, confidence };
    let found = agreement(&readings, asked.level.of_alpha(), resampling, &mut asked.seed.generator(0));
    let told = told::Told {
        level: asked.level.name(),
        confidence: asked.confidence,
        seed: asked.seed,
        readers: readers.iter().map(|&column| table.header[column].clone()).collect(),
        categories: categories.names,
    };
    println!("{}", serde_json::to_string_pretty(&told.of(&found))?);
    Ok(ExitCode::SUCCESS)
}

/// The columns of the readers.
fn readers(table: &Table, key: Option<&str>) -> anyhow::Result<Vec<usize>> {
    let key = if let Some(name) = key {
        Some(list::column(table, name)?)
    } else {
        let first = table.header.first().map_or("", String::as_str).to_lowercase();
        KEYS.contains(&first.as_str()).then_some(0)
    };
    let readers: Vec<usize> = (0..table.header.len()).filter(|&column| Some(column) != key).collect();
    for &column in &readers {
        let name = &table.header[column];
        ensure!(!name.is_empty(), "column {} has no name: each reader needs one", column + 1);
        let same = readers.iter().filter(|&&other| table.header[other] == *name).count();
        ensure!(same == 1, "{same} columns are named {name:?}: each reader needs a name of their own");
    }
    if let Some(row) = table.rows.iter().find(|row| row.cells.len() > table.header.len()) {
        bail!("{} stands beside the columns of the readers", row.place(row.cells.len() - 1));
    }
    ensure!(readers.len() > 1, "agreement needs the columns of two readers, and there is {}", readers.len());
    Ok(readers)
}

/// The categories, by their names in the file.
struct Categories {
    scale: Scale,
    /// In the order of the scale.
    names: Vec<String>,
    /// Whether readings are numbers, so that 2 and 2.0 are one.
    numbers: bool,
}

impl Categories {
    fn of(table: &Table, readers: &[usize], asked: &Agreement) -> anyhow::Result<Self> {
        let given: Vec<String> = asked.scale.iter().map(|name| name.trim().to_owned()).collect();
        if !given.is_empty() && asked.level != Level::Interval {
            if let Some(twice) = given.iter().find(|name| given.iter().filter(|own| own == name).count() > 1)
            {
                bail!("{twice:?} stands in the scale more than once");
            }
            let scale = Scale::of_categories(u32::try_from(given.len())?);
            return Ok(Self { scale, names: given, numbers: false });
        }
        let cells = || {
            table
                .rows
                .iter()
                .flat_map(|row| readers.iter().map(move |&column| (row, column, row.cell(column))))
        };
        if asked.level == Level::Nominal {
            let mut names: Vec<String> =
                cells().map(|(_, _, text)| text.to_owned()).filter(|text| !text.is_empty()).collect();
            names.sort();
            names.dedup();
            return Ok(Self {
                scale: Scale::of_categories(u32::try_from(names.len())?),
                names,
                numbers: false,
            });
        }
        let mut numbers = Vec::new();
        for text in &given {
            numbers.push(number(text).with_context(|| format!("{text:?} in the scale is no number"))?);
        }
        if given.is_empty() {
            for (row, column, text) in cells().filter(|(_, _, text)| !text.is_empty()) {
                numbers.push(number(text).with_context(|| {
                    format!(
                        "{} holds {text:?}, which is no number: give the order with --scale",
                        row.place(column)
                    )
                })?);
            }
        }
        let scale = Scale::of_numbers(numbers)?;
        let names = scale.numbers().iter().map(ToString::to_string).collect();
        Ok(Self { scale, names, numbers: true })
    }

    /// The category of a cell, none when it is blank.
    fn reading(&self, row: &Row, column: usize) -> anyhow::Result<Option<usize>> {
        let text = row.cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        let category = if self.numbers {
            number(text).and_then(|number| self.scale.category(number))
        } else {
            self.names.iter().position(|name| name == text)
        };
        let outside = || {
            format!(
                "{} holds {text:?}; the categories are {}",
                row.place(column),
                list::quoted(self.names.iter())
            )
        };
        category.map(Some).with_context(outside)
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}
