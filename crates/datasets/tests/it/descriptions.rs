//! JSON and DDI, read back.

use keyline_datasets::aggregated::{Counts, Figure, Labels, Line};
use keyline_datasets::{Cell, Dataset, Format, Kind, Missing, Variable};
use proptest::prelude::*;
use quick_xml::events::Event;
use serde_json::{Value, json};

use crate::made_up::{about, cleaned, hostile, small, table, written};

#[test]
fn the_small_table_as_json() {
    let found: Value = serde_json::from_slice(&written(Format::Json, &small())).expect("JSON");
    assert_eq!(
        found["rows"],
        json!([
            {"agree": "yes", "plan": true, "worker": false, "years": 7, "hours": 37.5, "day": "2026-02-28",
                "words": "=1+1"},
            {"agree": {"missing": "suppressed"}, "plan": {"missing": "not-asked"}, "worker": true,
                "years": {"missing": "suppressed"}, "hours": 0.0, "day": {"missing": "not-answered"},
                "words": {"missing": "suppressed"}},
            {"agree": {"missing": "does-not-know"}, "plan": false, "worker": false,
                "years": {"missing": "not-answered"}, "hours": 0.25, "day": "1999-12-31", "words": "[c]"},
        ])
    );
    assert_eq!(found["variables"][0]["categories"][1], json!({"code": "no", "number": 2, "label": "No"}));
    assert_eq!(found["variables"][1]["of"], "help");
    assert_eq!(found["about"]["made_on"], "2026-11-26");
}

/// Name, attributes and text of an element.
type Element = (String, Vec<(String, String)>, String);

/// All elements, or what is wrong.
fn elements(xml: &[u8]) -> Result<Vec<Element>, String> {
    let text = std::str::from_utf8(xml).map_err(|error| error.to_string())?;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let is_start = matches!(event, Event::Start(_));
                let (Event::Start(start) | Event::Empty(start)) = event else { continue };
                let attributes = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.map_err(|error| error.to_string())?;
                        let value = quick_xml::escape::unescape(&attribute.value)
                            .map_err(|error| error.to_string())?
                            .into_owned();
                        Ok((attribute.key.as_ref().to_owned(), value))
                    })
                    .collect::<Result<_, String>>()?;
                let name = start.name().as_ref().to_owned();
                elements.push((name, attributes, String::new()));
                if is_start {
                    open.push(elements.len() - 1);
                }
            }
            Event::Text(text) => {
                if let Some(place) = open.last() {
                    elements[*place].2.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let letter = match reference.as_ref() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    "#10" | "#xA" => "\n",
                    "#13" | "#xD" => "\r",
                    "#9" | "#x9" => "\t",
                    other => return Err(format!("reference {other}")),
                };
                if let Some(place) = open.last() {
                    elements[*place].2.push_str(letter);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => return if open.is_empty() { Ok(elements) } else { Err("left open".to_owned()) },
            _ => {}
        }
    }
}

#[test]
fn ddi_flags_what_is_missing_and_keeps_counts_to_itself() {
    let found = elements(&written(Format::Ddi, &small())).expect("well formed");
    let missing: Vec<&str> = found
        .iter()
        .filter(|(name, attributes, _)| {
            name == "catgry" && attributes.contains(&("missing".to_owned(), "Y".to_owned()))
        })
        .map(|(_, attributes, _)| attributes[1].1.as_str())
        .collect();
    assert_eq!(missing[..5], ["suppressed", "not-asked", "not-answered", "does-not-know", "not-asked"]);
    assert!(!found.iter().any(|(name, ..)| name == "catStat"), "no counts unless they are asked for");
    assert!(found.iter().any(|(name, attributes, _)| {
        name == "varGrp" && attributes.contains(&("var".to_owned(), "V2 V3".to_owned()))
    }));
    let with_frequencies =
        Dataset { about: keyline_datasets::About { with_frequencies: true, ..about() }, ..small() };
    let found = elements(&written(Format::Ddi, &with_frequencies)).expect("well formed");
    let counts: Vec<&str> =
        found.iter().filter(|(name, ..)| name == "catStat").map(|(.., text)| text.as_str()).collect();
    assert_eq!(
        counts[..6],
        ["1", "0", "1", "0", "0", "1"],
        "yes, no, suppressed, not asked, not answered, unknown"
    );
}

#[test]
fn a_table_of_counts_tells_suppressed_from_nobody() {
    let line = |category: &str, figure: Figure| Line {
        variable: "agree".to_owned(),
        question: "Do you agree?".to_owned(),
        category: category.to_owned(),
        label: category.to_uppercase(),
        by: Vec::new(),
        figure,
    };
    let counts = Counts {
        by: vec![("service".to_owned(), "Service".to_owned())],
        lines: vec![
            line("a", Figure::Shown { count: 0, percent: None, range: None }),
            line("b", Figure::Suppressed),
            line("c", Figure::NotAsked),
            line("d", Figure::Shown { count: 5, percent: Some(100), range: Some((62, 100)) }),
        ],
        labels: Labels::default(),
    };
    let csv = String::from_utf8(written(Format::Csv, &counts.dataset(about()))).expect("UTF-8");
    let figures: Vec<&str> = csv
        .lines()
        .map(|line| line.rsplitn(6, ',').nth(5).map_or(line, |start| &line[start.len() + 1..]))
        .collect();
    assert_eq!(
        figures,
        [
            "count,percent,percent_low,percent_high,status",
            "0,[z],[z],[z],shown",
            "[c],[c],[c],[c],suppressed",
            "[z],[z],[z],[z],not-asked",
            "5,100,62,100,shown",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn ddi_of_any_table_is_well_formed_and_says_its_labels(table in table()) {
        let found = elements(&written(Format::Ddi, &table.dataset()));
        let found = found.map_err(TestCaseError::fail)?;
        prop_assert_eq!(found.iter().filter(|(name, ..)| name == "var").count(), table.variables.len());
        for variable in &table.variables {
            let label = cleaned(&variable.label).replace("\r\n", "\n").replace('\r', "\n");
            let is_there = found.iter().any(|(name, _, text)| name == "labl" && *text == label);
            prop_assert!(is_there || label.trim().is_empty(), "{label:?} is not in {found:?}");
        }
    }

    #[test]
    fn json_of_any_table_has_each_row_with_each_column(table in table()) {
        let found: Value = serde_json::from_slice(&written(Format::Json, &table.dataset())).expect("JSON");
        let rows = found["rows"].as_array().expect("rows");
        prop_assert_eq!(rows.len(), table.rows.len());
        for (row, cells) in rows.iter().zip(&table.rows) {
            let row = row.as_object().expect("an object");
            prop_assert_eq!(row.len(), cells.len(), "no name hides another");
            for (variable, cell) in found["variables"].as_array().expect("variables").iter().zip(cells) {
                let value = &row[variable["name"].as_str().expect("a name")];
                match cell {
                    Cell::Missing(missing) => prop_assert_eq!(value, &json!({"missing": missing.key()})),
                    Cell::Text(text) => prop_assert_eq!(value, &json!(cleaned(text))),
                    Cell::Decimal(number) => {
                        // serde_json reads, not writes, the last digit of some numbers with less care.
                        let found = value.as_f64().expect("a number");
                        prop_assert!((found - number).abs() <= number.abs() * 1e-15, "{found} is not {number}");
                    }
                    Cell::Whole(number) => prop_assert_eq!(value.as_i64(), Some(*number)),
                    _ => prop_assert!(!value.is_null() && !value.is_object()),
                }
            }
        }
    }

    #[test]
    fn any_text_can_describe_a_table(text in hostile()) {
        let about = keyline_datasets::About {
            name: text.clone(),
            title: text.clone(),
            description: text.clone(),
            notes: vec![text.clone()],
            language: text.clone(),
            publisher: Some(text.clone()),
            licence: Some(keyline_datasets::Licence {
                name: text.clone(), title: text.clone(), address: Some(text.clone()),
            }),
            sources: vec![keyline_datasets::Source { title: text.clone(), address: Some(text.clone()) }],
            ..about()
        };
        let variables = vec![Variable::new("n", "N", Kind::Whole).may_miss(&[Missing::Suppressed])];
        let dataset = Dataset::new(about, variables, vec![vec![Cell::Whole(1)]]);
        prop_assert!(elements(&written(Format::Ddi, &dataset)).is_ok());
        prop_assert_eq!(crate::sav_reader::read(&written(Format::Sav, &dataset)).rows.len(), 1);
        prop_assert!(serde_json::from_slice::<Value>(&written(Format::Json, &dataset)).is_ok());
        written(Format::DataPackage, &dataset);
        written(Format::Xlsx, &dataset);
    }
}
