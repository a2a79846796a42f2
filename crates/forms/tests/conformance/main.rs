//! The conformance set: workbooks with what pyxform makes of them, taken from its own tests (licence beside the data).
//!
//! Prints how many of the cases of the claimed features behave as stated, by feature, and fails below 95%. To see what is
//! wrong with those that do not: `FAULTS=1 cargo test -p keyline-forms --test conformance -- --nocapture`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod document;
mod expected;
mod literal;
mod parse;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use keyline_forms::form::Fault;
use keyline_forms::reading::{self, Options};
use keyline_forms::workbook::{Row, Sheet, Workbook};
use keyline_forms::xform;
use serde_json::Value;

use document::Document;
use expected::Problems;

/// Of all cases of the claimed features, at least so many in a hundred must behave as stated.
const AT_LEAST: usize = 95;

/// Cases that we do not follow, or cannot check, with the reason. They count as not as stated.
const KNOWN: [(&str, &str); 12] = [
    (
        "test_instance_expression__permutations",
        "its paths have `<>`, which is no operator of XPath, and which we refuse",
    ),
    ("test_dynamic_default_xform_structure", "it names paths that the form does not have, which we refuse"),
    ("test_external_instance_pulldata", "its relevance depends on its own answer, a circle that we refuse"),
    (
        "test_external_instance_pulldata_relevant",
        "its relevance depends on its own answer, a circle that we refuse",
    ),
    ("test_external_instances_multiple_diff_pulldatas", "a quotation mark is not closed, which we refuse"),
    (
        "test_inline_translations",
        "its choice filter names a column that the list does not have, which we refuse",
    ),
    (
        "test_multiple_translations",
        "its choice filter names a column that the list does not have, which we refuse",
    ),
    (
        "test_validate_unicode_exception",
        "its calculation cannot be read, which we refuse; pyxform leaves that to others",
    ),
    (
        "test_standard_namespaces",
        "the XPath library of this test has no default namespace on its namespace axis",
    ),
    (
        "test_process_row__bad_header_info__markdown",
        "our sentence names the column instead of an internal mapping",
    ),
    (
        "test_workbook_to_json__multiple_misspellings__choices",
        "we tell all faults, pyxform the first one only",
    ),
    (
        "test_workbook_to_json__multiple_misspellings__settings",
        "we tell all faults, pyxform the first one only",
    ),
];

/// Name of the root when a case names none, as in pyxform's tests.
const ROOT: &str = "test_name";

#[test]
fn forms_behave_as_the_conformance_set_says() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../data/xlsform_cases.json")).unwrap();
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let mut features: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut failed = Vec::new();
    for case in &cases {
        if let Some(reason) = reason_to_leave_out(case) {
            *left_out.entry(reason).or_default() += 1;
            continue;
        }
        let name = case["test"].as_str().unwrap();
        let feature = features.entry(feature_of(name)).or_default();
        feature.1 += 1;
        match check(&case["args"]) {
            Ok(()) => feature.0 += 1,
            Err(problem) => failed.push((name, problem)),
        }
    }
    let total: usize = features.values().map(|(_, total)| total).sum();
    let passed = total - failed.len();
    let mut report = String::new();
    for (feature, (passed, total)) in &features {
        writeln!(report, "{feature}: {passed} of {total}").unwrap();
    }
    writeln!(report, "left out of the {} cases:", cases.len()).unwrap();
    for (reason, count) in &left_out {
        writeln!(report, "  {count}: {reason}").unwrap();
    }
    for (name, problem) in &failed {
        let known = KNOWN.iter().find(|(known, _)| name.ends_with(known)).map(|(_, reason)| *reason);
        let problem = match known {
            _ if std::env::var_os("FAULTS").is_some() => problem,
            Some(reason) => reason,
            None => problem.lines().next().unwrap_or(""),
        };
        writeln!(report, "not as stated: {name}\n  {problem}").unwrap();
    }
    writeln!(
        report,
        "conformance: {passed} of {total} cases of the claimed features, {:.1}%",
        f64::from(u32::try_from(passed).unwrap()) / f64::from(u32::try_from(total).unwrap()) * 100.0
    )
    .unwrap();
    // Past the capture of the test runner: the number is what this test is for.
    std::io::stderr().write_all(report.as_bytes()).unwrap();
    assert!(total > 600, "the set has shrunk to {total} cases");
    assert!(passed * 100 >= total * AT_LEAST, "{passed} of {total}");
}

/// The module of pyxform's tests that a case is from, without its prefix.
fn feature_of(test: &str) -> String {
    test.split('.').find_map(|part| part.strip_prefix("test_")).unwrap_or(test).replace('_', " ")
}

fn reason_to_leave_out(case: &Value) -> Option<&'static str> {
    if case["passed_here"] == Value::Bool(false) {
        return Some(
            "pyxform itself does not do what the case says (most test the runner of pyxform's tests)",
        );
    }
    let args = &case["args"];
    if args.get("md").is_none() && args.get("ss_structure").is_none() {
        return Some("the form is a Python object, of which the set has no workbook");
    }
    None
}

/// Runs one case, and says in what it differs.
fn check(args: &Value) -> Result<(), String> {
    let root = args["name"].as_str().unwrap_or(ROOT);
    let options = Options { root: Some(root), id: None, own_columns: &[] };
    let workbook = workbook_of(args).map_err(|fault| vec![fault]);
    let read = workbook.and_then(|workbook| reading::read(&workbook, &options));
    let should_fail = args["errored"].as_bool().unwrap_or(false);
    match read {
        Err(faults) => {
            let problems = Problems::of(&faults);
            if !should_fail {
                return Err(format!("refused: {}", problems.first()));
            }
            problems.check(args, "error__contains", "error__not_contains", &faults)
        }
        Ok(read) => {
            if should_fail {
                return Err("not refused".to_owned());
            }
            let warnings: Vec<Fault> = read.warnings.into_iter().filter(is_pyxforms).collect();
            let problems = Problems::of(&warnings);
            problems.check(args, "warnings__contains", "warnings__not_contains", &warnings)?;
            if let Some(count) = args["warnings_count"].as_u64()
                && count != warnings.len() as u64
            {
                return Err(format!("{} warnings, not {count}: {}", warnings.len(), problems.all()));
            }
            Document::check(&xform::write(&read.form), args)
        }
    }
}

/// Whether pyxform warns of this too. It is silent about columns, settings and parameters that it does not use, which we
/// tell.
fn is_pyxforms(warning: &Fault) -> bool {
    !["has no effect", "is left out of the XML", "are not used", "is not used"]
        .iter()
        .any(|ours| warning.reason.contains(ours))
}

fn workbook_of(args: &Value) -> Result<Workbook, Fault> {
    if let Some(text) = args["md"].as_str() {
        return Workbook::from_markdown(text);
    }
    let sheets = args["ss_structure"].as_object().unwrap();
    Ok(Workbook { sheets: sheets.iter().map(|(name, rows)| sheet_of(name, rows)).collect() })
}

/// A sheet from rows that are objects of column and text.
fn sheet_of(name: &str, rows: &Value) -> Sheet {
    let rows = rows.as_array().unwrap();
    let mut header: Vec<String> = Vec::new();
    for key in rows.iter().flat_map(|row| row.as_object().unwrap().keys()) {
        if !header.contains(key) {
            header.push(key.clone());
        }
    }
    let cells = |row: &Value| {
        header.iter().map(|key| row[key.as_str()].as_str().unwrap_or_default().to_owned()).collect()
    };
    let rows = (2..).zip(rows).map(|(number, row)| Row { number, cells: cells(row) }).collect();
    Sheet { name: name.to_owned(), header, rows }
}
