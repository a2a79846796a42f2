//! Writes sample tables in every format, and what a reader must find in them, for `scripts/check-datasets`:
//! `cargo run -p keyline-datasets --example dataset-samples -- DIR`
//!
//! `expected.json` is made from the tables and from codes written down by hand in `tables.rs`, not by the writers that
//! are checked.

mod tables;

use std::error::Error;
use std::fs::{self, File};
use std::path::PathBuf;

use keyline_datasets::{Format, write};
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("usage: dataset-samples DIR")?);
    fs::create_dir_all(&folder)?;
    let mut expected = Map::new();
    for sample in tables::all() {
        for format in Format::ALL {
            let mut file = File::create(folder.join(format.file_name(&sample.dataset.about.name)))?;
            write(format, &sample.dataset, &mut file)?;
        }
        expected.insert(sample.dataset.about.name.clone(), sample.expected());
    }
    fs::write(folder.join("expected.json"), Value::Object(expected).to_string())?;
    Ok(())
}
