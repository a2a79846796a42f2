//! `keyline sample` and `keyline agreement`: lists as files, on the command line. The lists are made up.

use serde_json::{Value, json};

use crate::program::Installation;

/// Runs a command on a file of that name and text; whether it succeeded, and what it said.
fn run(command: &str, name: &str, text: &[u8], words: &[&str]) -> (bool, String) {
    let installation = Installation::empty();
    let folder = installation.data();
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    let all: Vec<&str> = [command, file.to_str().unwrap()].iter().chain(words).copied().collect();
    let output = installation.run(&all);
    let said = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// The list from which `docs/redraw.py` drew the samples of `crates/statistics/tests/data/redrawn.txt`.
fn cohort() -> String {
    let list = include_str!("../../../statistics/tests/data/cohort.tsv");
    let rows = list.lines().filter(|line| !line.starts_with('\t')).map(|line| line.replace('\t', ","));
    std::iter::once("label,area".to_owned()).chain(rows).collect::<Vec<_>>().join("\n")
}

fn lines(said: &str) -> Vec<Value> {
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_plain_sample_is_the_published_one() {
    // Keys and expected values as in crates/statistics/src/sample/tests.rs, there from Python.
    let list: String = std::iter::once("key".to_owned())
        .chain((1..=60).map(|n| format!("{n:02}")))
        .collect::<Vec<_>>()
        .join("\n");
    let words = ["--size", "10", "--seed", "20250303", "--reserve", "4", "--json"];
    let (succeeded, said) = run("sample", "list.csv", list.as_bytes(), &words);
    assert!(succeeded, "{said}");
    let lines = lines(&said);
    let draw = &lines[0]["draw"];
    assert_eq!((&draw["population"], &draw["size"]), (&json!(60), &json!(10)));
    assert_eq!(draw["method"], "chacha20-fisher-yates-1");
    // 1.959964 x sqrt(0.25 / 10 x 50 / 59) = 0.28528
    assert_eq!(draw["margin_points"], 28.53);
    let keys: Vec<&str> = lines[1..].iter().map(|line| line["key"].as_str().unwrap()).collect();
    assert_eq!(keys[..10], ["49", "12", "29", "21", "47", "55", "07", "43", "11", "34"]);
    assert_eq!(keys[10..], ["50", "42", "54", "05"]);
    assert_eq!(lines[1], json!({ "key": "49", "row": 50, "stratum": null, "drawn": 1 }));
    assert_eq!(lines[11], json!({ "key": "50", "row": 51, "stratum": null, "reserve": 1 }));
}

#[test]
fn a_sample_from_strata_can_be_drawn_again_from_what_is_printed() {
    let words = ["--size", "20", "--strata", "area", "--minimum", "4", "--seed", "7", "--json"];
    let (succeeded, said) = run("sample", "list.csv", cohort().as_bytes(), &words);
    assert!(succeeded, "{said}");
    let lines = lines(&said);
    let drawn: Vec<(usize, &str)> = lines[0]["draw"]["strata"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stratum| {
            (usize::try_from(stratum["drawn"].as_u64().unwrap()).unwrap(), stratum["name"].as_str().unwrap())
        })
        .collect();
    assert_eq!(drawn, [(4, "Eilean Àrd"), (9, "North"), (5, "South"), (2, "Òban")]);
    assert_eq!(lines.len(), 21);
    let seed = lines[0]["draw"]["seed"].as_str().unwrap();
    let again = ["--size", "20", "--strata", "area", "--minimum", "4", "--seed", seed, "--json"];
    assert_eq!(run("sample", "list.csv", cohort().as_bytes(), &again), (true, said));
}

#[test]
fn a_sample_is_told_to_people() {
    let words = ["--margin", "10", "--strata", "area", "--allocation", "equal", "--seed", "7"];
    let (succeeded, said) = run("sample", "list.csv", cohort().as_bytes(), &words);
    assert!(succeeded, "{said}");
    for part in
        ["seed        07000000", "allocation  equal", "margin      within", "North", "drawn      1  SM-"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    // another seed each time when none is given
    let words = ["--size", "1"];
    let [one, other] = [1, 2].map(|_| run("sample", "list.csv", cohort().as_bytes(), &words).1);
    let seed = |said: &str| said.lines().nth(1).unwrap().to_owned();
    assert_ne!(seed(&one), seed(&other));
}

#[test]
fn the_excluded_are_not_drawn() {
    let list = "label,area,left out because\na,x,\nb,x,moved away\nc,y,\n";
    let words = ["--size", "2", "--exclude", "left out because", "--seed", "1", "--json"];
    let (succeeded, said) = run("sample", "list.csv", list.as_bytes(), &words);
    assert!(succeeded, "{said}");
    let lines = lines(&said);
    assert_eq!((&lines[0]["draw"]["population"], &lines[0]["draw"]["excluded"]), (&json!(2), &json!(1)));
    assert_eq!(lines[0]["draw"]["margin_points"], 0.0);
    let mut keys: Vec<&str> = lines[1..].iter().map(|line| line["key"].as_str().unwrap()).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["a", "c"]);
}

#[test]
fn a_workbook_is_a_list_too() {
    let cells = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    let sheet = keyline_workbooks::Sheet {
        name: "Cohort".to_owned(),
        header: cells(["label", "area"]),
        rows: (0..9).map(|n| cells([&format!("SM-{n}"), "North"])).collect(),
        ..keyline_workbooks::Sheet::default()
    };
    let workbook = keyline_workbooks::write_xlsx(&[sheet]).unwrap();
    let words = ["--size", "4", "--sheet", "cohort", "--json"];
    let (succeeded, said) = run("sample", "list.xlsx", &workbook, &words);
    assert!(succeeded && lines(&said).len() == 5, "{said}");
}

#[test]
fn what_cannot_be_drawn_is_told() {
    for (list, words, reason) in [
        ("label\n", &["--size", "1"][..], "there is nobody to draw from"),
        ("label\na\n", &["--size", "2"], "asked for 2 out of 1"),
        ("label\na\n", &["--size", "0"], "a sample of nobody says nothing"),
        ("label,area\na,x\na,y\n", &["--size", "1"], "the key \"a\" stands in row 2 and again in row 3"),
        ("label,area\na,x\nb,\n", &["--size", "1", "--strata", "area"], "B3 has no stratum"),
        ("label,area\na,x\n,y\n", &["--size", "1"], "A3 has no key"),
        ("label,area\na,x\n", &["--size", "1", "--strata", "place"], "there is no column \"place\""),
        ("label,area\na,x\nb,y\n", &["--size", "1", "--strata", "area", "--minimum", "1"], "takes 2 places"),
        (
            "label,area\na,x\n",
            &["--size", "1", "--strata", "area", "--expected", "z=0.3"],
            "no stratum \"z\"",
        ),
        ("label,area\na,x\n", &["--size", "1", "--seed", "x"], "a seed is a whole number"),
        ("label,area\na,x\n", &[], "--size"),
    ] {
        let (succeeded, said) = run("sample", "list.csv", list.as_bytes(), words);
        assert!(!succeeded && said.contains(reason), "{list} {words:?}: {said}");
    }
}

/// Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011).
const READINGS: &str = "unit,A,B,C,D\n1,1,1,,1\n2,2,2,3,2\n3,3,3,3,3\n4,3,3,3,3\n5,2,2,2,2\n6,1,2,3,4\n7,4,4,4,4\n8,1,1,2,1\n\
    9,2,2,2,2\n10,,5,5,5\n11,,,1,1\n12,,3,,\n";

fn agreement(readings: &str, words: &[&str]) -> Value {
    let (succeeded, said) = run("agreement", "readings.csv", readings.as_bytes(), words);
    assert!(succeeded, "{said}");
    serde_json::from_str(&said).unwrap()
}

#[test]
fn all_that_is_said_of_agreement() {
    let found = agreement(READINGS, &["--level", "ordinal"]);
    assert_eq!(found["readers"], json!(["A", "B", "C", "D"]));
    assert_eq!((&found["units"], &found["units_read_twice"]), (&json!(12), &json!(11)));
    // krippendorff 0.9.0 and irrCAC 0.4.4 (PyPI)
    assert_eq!(found["krippendorff_alpha"]["value"], 0.815_388);
    assert_eq!(found["krippendorff_alpha"]["interval"]["method"], "bootstrap over units, 1000 rounds");
    assert_eq!(found["percent_agreement"]["value"], 0.818_182);
    assert_eq!(found["fleiss_kappa"]["value"], 0.761_169);
    let ac1 = json!({ "name": "AC1", "weights": "unweighted", "value": 0.775_444, "units": 11,
        "interval": { "low": 0.460_813, "high": 1.0, "method": "2.201 standard errors of 0.142950" } });
    assert_eq!(found["gwet"][0], ac1);
    assert_eq!(found["gwet"][2]["value"], 0.914_001);
    assert_eq!(found["pairs"].as_array().unwrap().len(), 6);
    assert_eq!(found["pairs"][0]["readers"], json!(["A", "B"]));
    assert_eq!(found["pairs"][0]["cohen_kappa"][1]["weights"], "linear");
    assert_eq!(found, agreement(READINGS, &["--level", "ordinal"]), "the same file gives the same numbers");
    assert_eq!(agreement(READINGS, &["--level", "interval"])["krippendorff_alpha"]["value"], 0.849_107);
    assert_eq!(agreement(READINGS, &["--level", "nominal"])["krippendorff_alpha"]["value"], 0.743_421);
}

#[test]
fn the_first_column_is_a_reader_unless_its_header_says_otherwise() {
    let readings = "A,B\n1,1\n1,2\n2,2\n";
    let two = agreement(readings, &["--level", "nominal"]);
    assert_eq!((&two["readers"], &two["units"]), (&json!(["A", "B"]), &json!(3)));
    let three = "label,A,B\nx,1,1\ny,2,2\n";
    assert_eq!(agreement(three, &["--level", "nominal"])["readers"].as_array().unwrap().len(), 3);
    assert_eq!(agreement(three, &["--level", "nominal", "--key", "Label"])["readers"], json!(["A", "B"]));
}

#[test]
fn words_have_the_order_that_is_given() {
    let readings = "id,A,B\n1,weak,adequate\n2,good,good\n3,adequate,good\n4,weak,weak\n";
    let found = agreement(readings, &["--level", "ordinal", "--scale", "weak,adequate,good"]);
    let counts: Vec<&Value> =
        found["readings"].as_array().unwrap().iter().map(|line| &line["readings"]).collect();
    assert_eq!(counts, [3, 2, 3]);
    let numbers = readings.replace("weak", "1").replace("adequate", "2").replace("good", "3");
    let same = agreement(&numbers, &["--level", "ordinal"]);
    assert_eq!(found["pairs"][0]["cohen_kappa"], same["pairs"][0]["cohen_kappa"]);
    assert_eq!(found["krippendorff_alpha"], same["krippendorff_alpha"]);
}

#[test]
fn what_is_not_defined_is_said_in_words() {
    let alike = agreement("id,A,B\n1,yes,yes\n2,yes,yes\n", &["--level", "nominal"]);
    let words = "everyone chose the same category throughout: not defined";
    for coefficient in
        [&alike["krippendorff_alpha"], &alike["fleiss_kappa"], &alike["pairs"][0]["cohen_kappa"][0]]
    {
        assert_eq!(coefficient["undefined"], words);
    }
    assert_eq!(alike["percent_agreement"]["value"], 1.0);
    let on_a_scale =
        agreement("id,A,B\n1,yes,yes\n2,yes,yes\n", &["--level", "nominal", "--scale", "yes,no"]);
    assert_eq!(on_a_scale["gwet"][0]["value"], 1.0);
    assert!(on_a_scale["gwet"][0]["no_interval"].as_str().unwrap().starts_with("the units do not differ"));
    let apart = agreement("id,A,B\n1,yes,\n2,,no\n", &["--level", "nominal"]);
    assert_eq!(apart["percent_agreement"], json!({ "undefined": "no unit was read twice" }));
}

#[test]
fn what_cannot_be_compared_is_told() {
    for (readings, words, reason) in [
        ("id,A\n1,2\n", &["--level", "nominal"][..], "needs the columns of two readers, and there is 1"),
        ("id,A,B\n1,2,good\n", &["--level", "ordinal"], "C2 holds \"good\", which is no number"),
        ("id,A,B\n1,2,9\n", &["--level", "ordinal", "--scale", "1,2"], "C2 holds \"9\""),
        ("id,A,B\n1,2,2\n", &["--level", "interval", "--scale", "1,x"], "\"x\" in the scale is no number"),
        (
            "id,A,B\n1,2,2\n",
            &["--level", "nominal", "--scale", "2,2"],
            "\"2\" stands in the scale more than once",
        ),
        ("id,A,A\n1,2,2\n", &["--level", "nominal"], "2 columns are named \"A\""),
        ("id,A,B\n1,2,2,3\n", &["--level", "nominal"], "D2 stands beside the columns of the readers"),
        ("id,A,B\n1,2,2\n", &[], "--level"),
    ] {
        let (succeeded, said) = run("agreement", "readings.csv", readings.as_bytes(), words);
        assert!(!succeeded && said.contains(reason), "{readings} {words:?}: {said}");
    }
}
