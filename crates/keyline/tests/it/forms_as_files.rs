//! `keyline instrument check` and `convert`: forms as files, on the command line. The form is fictional.

use std::process::Output;

use crate::program::Installation;

const FORM: &str = "
| survey |
| | type         | name | label::English (en) | label::Gàidhlig (gd) | indicators |
| | select_one l | a    | Question            | Ceist                | QI 1.1     |
| choices |
| | list_name | name | label::English (en) | label::Gàidhlig (gd) |
| | l         | y    | Yes                 | Seadh                |
";

/// Runs the program on a file of that text.
fn run(form: &str, words: &[&str]) -> Output {
    let installation = Installation::empty();
    let folder = installation.data();
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("visit.md");
    std::fs::write(&file, form).unwrap();
    let mut all = vec!["instrument", words[0], file.to_str().unwrap()];
    all.extend(&words[1..]);
    installation.run(&all)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_form_without_faults_passes_in_silence() {
    let output = run(FORM, &["check"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
    assert_eq!((text(&output.stdout), text(&output.stderr)), (String::new(), String::new()));
}

#[test]
fn each_fault_is_a_line_with_its_place() {
    let output = run(&FORM.replace("select_one l ", "select_one m").replace(" a  ", " a b"), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("survey:2:name: "), "{lines:?}");
}

#[test]
fn warnings_are_no_faults() {
    let output = run(&FORM.replace("indicators", "colour    "), &["check"]);
    assert!(output.status.success());
    assert!(text(&output.stderr).starts_with("warning: survey:1:colour: "), "{}", text(&output.stderr));
}

#[test]
fn a_form_is_written_in_each_format() {
    let xform = text(&run(FORM, &["convert", "--to", "xform"]).stdout);
    assert!(xform.starts_with("<?xml") && xform.contains("<data id=\"visit\">"), "{xform}");
    let json: serde_json::Value =
        serde_json::from_slice(&run(FORM, &["convert", "--to", "json"]).stdout).unwrap();
    assert_eq!(json["items"][0]["label"]["Gàidhlig (gd)"], "Ceist");
    assert!(run(FORM, &["convert", "--to", "xlsx"]).stdout.starts_with(b"PK"));
    let csv = text(&run(FORM, &["convert", "--to", "csv"]).stdout);
    assert!(csv.starts_with("survey\r\n,type,name,label::English (en)"), "{csv}");
}

#[test]
fn a_file_that_is_no_form_is_told() {
    let output = run("no table", &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).ends_with("there is no table in the file\n"), "{}", text(&output.stdout));
}
