//! CSV, its codebook and the data package, read back with the csv crate.

use std::io::{Cursor, Read};

use keyline_datasets::names::Names;
use keyline_datasets::{Cell, Format, Kind, Variable, unguarded};
use proptest::prelude::*;

use crate::made_up::{Table, cleaned, small, table, written};

#[test]
fn the_small_table_as_csv() {
    let expected = "agree,plan,worker,years,hours,day,words\r\n\
        yes,1,0,7,37.5,2026-02-28,'=1+1\r\n\
        [c],[z],1,[c],0,[x],[c]\r\n\
        [dk],0,0,[x],0.25,1999-12-31,'[c]\r\n";
    assert_eq!(String::from_utf8(written(Format::Csv, &small())).expect("UTF-8"), expected);
}

#[test]
fn the_codebook_says_what_each_code_means() {
    let bytes = written(Format::Codebook, &small());
    let rows: Vec<Vec<String>> = records(&bytes);
    let codes = |name: &str| -> Vec<[&str; 4]> {
        rows.iter()
            .filter(|row| row[0] == name)
            .map(|row| [row[6].as_str(), row[7].as_str(), row[8].as_str(), row[9].as_str()])
            .collect()
    };
    assert_eq!(
        codes("agree"),
        [
            ["yes", "1", "Yes", "category"],
            ["no", "2", "No", "category"],
            ["[c]", "-9", "Suppressed to protect people", "suppressed"],
            ["[z]", "-8", "Not asked", "not-asked"],
            ["[x]", "-7", "Not answered", "not-answered"],
            ["[dk]", "-6", "Does not know", "does-not-know"],
        ]
    );
    assert_eq!(codes("day"), [["[x]", "-604800", "Not answered", "not-answered"]]);
    assert_eq!(codes("words")[0], ["[c]", "[c]", "Suppressed to protect people", "suppressed"]);
    assert_eq!(codes("hours"), [["", "", "", ""]], "a column without codes has its row too");
}

/// A code of the description as it stands in a cell.
fn written_code(code: &serde_json::Value) -> String {
    code.as_str().map_or_else(|| code.to_string(), str::to_owned)
}

/// All rows of a CSV file.
fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes)
        .into_records()
        .map(|record| record.expect("every row as long as the first").iter().map(str::to_owned).collect())
        .collect()
}

/// The cell that stands in CSV.
fn read(variable: &Variable, text: &str) -> Cell {
    if let Some(missing) = variable.missing.iter().find(|missing| missing.sign() == text) {
        return Cell::Missing(*missing);
    }
    match &variable.kind {
        Kind::Category { categories, .. } => {
            let place = categories.iter().position(|category| cleaned(&category.code) == unguarded(text));
            Cell::Category(u32::try_from(place.expect("a code of the column")).expect("there are few"))
        }
        Kind::Chosen { .. } => Cell::Chosen(text == "1"),
        Kind::Whole => Cell::Whole(text.parse().expect("a whole number")),
        Kind::Decimal { .. } => Cell::Decimal(text.parse().expect("a number")),
        Kind::Text => Cell::Text(unguarded(text).to_owned()),
        Kind::Date => Cell::Date(text.parse().expect("a day")),
    }
}

fn cleaned_cells(table: &Table) -> Vec<Vec<Cell>> {
    let clean = |cell: &Cell| match cell {
        Cell::Text(text) => Cell::Text(cleaned(text)),
        cell => cell.clone(),
    };
    table.rows.iter().map(|row| row.iter().map(clean).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn csv_leads_back_to_the_table(table in table()) {
        let rows = records(&written(Format::Csv, &table.dataset()));
        let names: Vec<&str> = rows[0].iter().map(|name| unguarded(name)).collect();
        prop_assert_eq!(names, Names::of(&table.variables).plain);
        let back: Vec<Vec<Cell>> = rows[1..]
            .iter()
            .map(|row| row.iter().zip(&table.variables).map(|(text, variable)| read(variable, text)).collect())
            .collect();
        prop_assert_eq!(back, cleaned_cells(&table));
    }

    #[test]
    fn no_cell_of_csv_runs(table in table()) {
        for row in &records(&written(Format::Csv, &table.dataset()))[1..] {
            for (text, variable) in row.iter().zip(&table.variables) {
                if matches!(variable.kind, Kind::Text | Kind::Category { .. }) {
                    let runs = text.trim_start().starts_with(['=', '@']) || text.starts_with(['\t', '\r', '\n']);
                    prop_assert!(!runs, "{text:?} could run");
                }
            }
        }
    }

    #[test]
    fn a_package_holds_the_same_rows_and_codebook_and_describes_each_column(table in table()) {
        let dataset = table.dataset();
        let mut zip = zip::ZipArchive::new(Cursor::new(written(Format::DataPackage, &dataset))).expect("a zip");
        let mut entry = |name: &str| {
            let mut bytes = Vec::new();
            zip.by_name(name).expect("it is there").read_to_end(&mut bytes).expect("it can be unpacked");
            bytes
        };
        prop_assert_eq!(entry("data.csv"), written(Format::Csv, &dataset));
        prop_assert_eq!(entry("codebook.csv"), written(Format::Codebook, &dataset));
        let described: serde_json::Value = serde_json::from_slice(&entry("datapackage.json")).expect("JSON");
        let rows = records(&entry("data.csv"));
        let fields = described["resources"][0]["schema"]["fields"].as_array().expect("fields");
        prop_assert_eq!(fields.len(), table.variables.len());
        for (column, field) in fields.iter().enumerate() {
            prop_assert_eq!(field["name"].as_str(), Some(rows[0][column].as_str()));
            let missing: Vec<&str> = field["missingValues"].as_array().expect("a list").iter()
                .filter_map(|missing| missing["value"].as_str()).collect();
            let Some(allowed) = field["constraints"]["enum"].as_array() else { continue };
            for row in &rows[1..] {
                let text = row[column].as_str();
                let known = allowed.iter().any(|code| written_code(code) == text);
                prop_assert!(known || missing.contains(&text), "{text:?} is not described");
            }
        }
    }
}
