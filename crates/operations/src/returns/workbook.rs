//! The empty return to fill in: the list with drop-downs and notes, the totals, what belongs where, and an example.

use std::collections::HashSet;

use keyline_domain::programmes::{ColumnKind, PreInspectionReturn, ReturnColumn};
use keyline_domain::returns::totals;
use keyline_words::Words;
use keyline_workbooks::{DropDown, Help, Rule, Sheet, write_csv, write_xlsx};

use crate::refused::{Refused, Result};

/// As what the empty return is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A workbook with drop-downs, totals, instructions and an example.
    Workbook,
    /// One line of headings.
    Csv,
}

/// Writes the empty return of a programme. Headings are the keys of the columns; values are picked from lists.
///
/// # Errors
/// A fault when the programme's columns do not fit into a workbook.
pub fn empty_return(wanted: &PreInspectionReturn, form: Form, words: Words<'_>) -> Result<Vec<u8>> {
    if form == Form::Csv {
        let header: Vec<String> = wanted.columns.iter().map(|c| c.key.clone()).collect();
        return Ok(write_csv([header.as_slice()], true));
    }
    write_xlsx(&sheets(wanted, words)).map_err(Refused::fault)
}

/// What stands in the sheets that Keyline itself writes: of these no name or date has to be feared.
pub(super) fn own_texts(wanted: &PreInspectionReturn, words: Words<'_>) -> HashSet<String> {
    let sheets = sheets(wanted, words);
    let cells = sheets.iter().flat_map(|s| s.header.iter().chain(s.rows.iter().flatten()));
    let lists = sheets.iter().flat_map(|s| s.drop_downs.iter().flat_map(|d| d.values.iter()));
    let notes = sheets.iter().flat_map(|s| s.helps.iter().map(|h| &h.note));
    cells.chain(lists).chain(notes).map(|text| text.trim().to_owned()).collect()
}

fn sheets(wanted: &PreInspectionReturn, words: Words<'_>) -> Vec<Sheet> {
    vec![
        list(wanted, words),
        totals_sheet(wanted, words),
        instructions(wanted, words),
        example(wanted, words),
    ]
}

fn list(wanted: &PreInspectionReturn, words: Words<'_>) -> Sheet {
    let (mut drop_downs, mut helps) = (Vec::new(), Vec::new());
    for (n, column) in (0u16..).zip(&wanted.columns) {
        let values = values(column);
        if !values.is_empty() {
            drop_downs.push(DropDown { column: n, values });
        }
        let allowed = allowed(column, words);
        let needed =
            words.t(if column.required { "returns-workbook-needed" } else { "returns-allowed-empty" });
        helps.push(Help {
            column: n,
            note: format!("{}. {} {allowed}. {needed}.", column.title, column.meaning),
            message: format!("{}: {allowed}. {}", column.title, column.meaning),
            rule: Some(match column.kind {
                ColumnKind::WholeNumber { least, most } => {
                    Rule::WholeNumber { least: least.into(), most: most.into() }
                }
                ColumnKind::Text { longest } | ColumnKind::Key { longest } => {
                    Rule::Text { longest: longest.into() }
                }
                ColumnKind::Choice { .. }
                | ColumnKind::AgeBand { .. }
                | ColumnKind::YesNo
                | ColumnKind::Month { .. } => Rule::Text { longest: 40 },
            }),
        });
    }
    let header = wanted.columns.iter().map(|c| c.key.clone()).collect();
    Sheet { name: words.t("returns-workbook-sheet"), header, rows: Vec::new(), drop_downs, helps }
}

fn totals_sheet(wanted: &PreInspectionReturn, words: Words<'_>) -> Sheet {
    let label = |key: &str, value: &str| {
        let column = wanted.columns.iter().find(|c| c.key == key);
        let choice = column.and_then(|c| c.kind.choices()?.iter().find(|v| v.value == value));
        match (column, choice) {
            (Some(column), Some(choice)) => format!("{}: {}", column.title, choice.label),
            (Some(column), None) => format!("{}: {value}", column.title),
            (None, _) => words.t("returns-workbook-all"),
        }
    };
    let mut header: Vec<String> = totals::HEADINGS.iter().map(|h| (*h).to_owned()).collect();
    header.push(words.t("returns-workbook-total-of"));
    let rows = totals::lines(&wanted.columns)
        .into_iter()
        .map(|(key, value)| {
            let meant = label(&key, &value);
            vec![key, value, String::new(), meant]
        })
        .collect();
    let message = words.t("returns-workbook-total-note");
    let rule = Some(Rule::WholeNumber { least: 0, most: 1_000_000 });
    let helps = vec![
        Help { column: 1, note: words.t("returns-workbook-total-value"), message: String::new(), rule: None },
        Help { column: 2, note: message.clone(), message, rule },
    ];
    Sheet { name: words.t("returns-workbook-totals"), header, rows, drop_downs: Vec::new(), helps }
}

fn instructions(wanted: &PreInspectionReturn, words: Words<'_>) -> Sheet {
    let steps = ["fill", "pick", "identifiers", "key", "totals", "send"];
    let mut rows: Vec<Vec<String>> = vec![vec![String::new(), String::new(), wanted.about.clone()]];
    rows.extend((1..).zip(steps).map(|(n, step): (u8, &str)| {
        vec![n.to_string(), String::new(), words.t(&format!("returns-workbook-step-{step}"))]
    }));
    rows.extend(wanted.columns.iter().map(|column| {
        let needed =
            words.t(if column.required { "returns-workbook-needed" } else { "returns-allowed-empty" });
        let allowed = format!("{}. {needed}", allowed(column, words));
        vec![column.key.clone(), column.title.clone(), column.meaning.clone(), allowed]
    }));
    let headings = ["returns-column", "returns-column-title", "returns-meaning", "returns-allowed"]
        .map(|key| words.t(key));
    Sheet { name: words.t("returns-workbook-about"), header: headings.to_vec(), rows, ..Sheet::default() }
}

/// Three made-up rows.
fn example(wanted: &PreInspectionReturn, words: Words<'_>) -> Sheet {
    let mut header: Vec<String> = wanted.columns.iter().map(|c| c.key.clone()).collect();
    header.push(words.t("returns-workbook-made-up"));
    let rows =
        (0..3).map(|n| wanted.columns.iter().map(|column| example_value(column, n)).collect()).collect();
    Sheet { name: words.t("returns-workbook-example"), header, rows, ..Sheet::default() }
}

fn example_value(column: &ReturnColumn, n: usize) -> String {
    match &column.kind {
        ColumnKind::Text { .. } => format!("EX-{:02}", n + 1),
        ColumnKind::WholeNumber { least, most } => {
            (usize::from(*least) + n * 5).min(usize::from(*most)).to_string()
        }
        ColumnKind::Choice { values } | ColumnKind::AgeBand { values, .. } => {
            values.get(n % values.len().max(1)).map_or_else(String::new, |v| v.value.clone())
        }
        ColumnKind::YesNo => if n == 1 { "yes" } else { "no" }.to_owned(),
        ColumnKind::Month { .. } => {
            if n == 0 {
                String::new()
            } else {
                format!("2025-{:02}", n * 3)
            }
        }
        ColumnKind::Key { .. } => format!("FILE {}", n + 17),
    }
}

fn values(column: &ReturnColumn) -> Vec<String> {
    match (&column.kind, column.kind.choices()) {
        (_, Some(values)) => values.iter().map(|v| v.value.clone()).collect(),
        (ColumnKind::YesNo, None) => vec!["yes".into(), "no".into()],
        _ => Vec::new(),
    }
}

/// What a cell of the column may hold, in words.
pub fn allowed(column: &ReturnColumn, words: Words<'_>) -> String {
    match &column.kind {
        ColumnKind::WholeNumber { least, most } => {
            words.with("returns-allowed-number", &[("least", least), ("most", most)])
        }
        ColumnKind::Text { longest } => words.with("returns-allowed-text", &[("longest", longest)]),
        ColumnKind::Choice { values } => {
            values.iter().map(|v| format!("{}: {}", v.value, v.label)).collect::<Vec<_>>().join("; ")
        }
        ColumnKind::AgeBand { values, oldest } => {
            let bands = values.iter().map(|v| v.value.as_str()).collect::<Vec<_>>().join(", ");
            words.with("returns-allowed-age", &[("bands", &bands), ("oldest", oldest)])
        }
        ColumnKind::YesNo => "yes, no".to_owned(),
        ColumnKind::Month { within } => words.with("returns-allowed-month", &[("within", within)]),
        ColumnKind::Key { longest } => words.with("returns-allowed-key", &[("longest", longest)]),
    }
}
