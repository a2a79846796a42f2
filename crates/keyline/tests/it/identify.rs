//! `keyline identify`: files in, lines of JSON out. All that is found is fictional.

use std::path::PathBuf;

use keyline_workbooks::{Sheet, write_xlsx};
use serde_json::{Value, json};

use crate::program::Installation;

/// Files in a folder, and the program beside them.
struct Files {
    installation: Installation,
}

impl Files {
    fn new() -> Self {
        let installation = Installation::empty();
        std::fs::create_dir_all(installation.data()).unwrap();
        Self { installation }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.installation.data().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Code, lines without the file, and the output as it is.
    fn identify(&self, arguments: &[&str]) -> (Option<i32>, Vec<Value>, String) {
        let output = self.installation.run(&[&["identify"][..], arguments].concat());
        let printed = String::from_utf8(output.stdout).unwrap();
        let lines = printed.lines().map(|line| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            assert!(line.as_object_mut().unwrap().remove("file").is_some(), "{line}");
            line
        });
        (output.status.code(), lines.collect(), printed.clone())
    }
}

#[test]
fn a_text_is_told_by_places_in_characters() {
    let files = Files::new();
    let text = files.file("notes.txt", "Chloë — née — met Mrs Fictional.\nCHI ０１０１７０ 1233, EH99 1SP\n");
    let text = text.to_str().unwrap();
    let (code, lines, printed) = files.identify(&["--least", "likely", text]);
    assert_eq!(code, Some(1));
    assert_eq!(
        lines,
        [
            json!({ "kind": "person-name", "start": 0, "end": 5, "confidence": "likely",
                "reason": { "key": "identifier-because-forename" } }),
            json!({ "kind": "person-name", "start": 22, "end": 31, "confidence": "strong",
                "reason": { "key": "identifier-because-title", "values": { "word": "mrs" } } }),
            json!({ "kind": "chi-number", "start": 37, "end": 48, "confidence": "strong",
                "reason": { "key": "identifier-because-date-and-check-digit" } }),
            json!({ "kind": "postcode", "start": 50, "end": 58, "confidence": "strong",
                "reason": { "key": "identifier-because-postcode-shape" } }),
        ]
    );
    assert!(!printed.contains("Fictional") && !printed.contains("1233"), "{printed}");
    let (_, lines, _) = files.identify(&["--show", text]);
    assert!(lines.iter().any(|line| line["text"] == "Fictional"), "{lines:?}");
}

#[test]
fn tables_are_told_by_sheet_and_cell() {
    let files = Files::new();
    let csv = files.file("return.csv", "Reference,Remarks\nr1,fine\nr2,ring 07700 900123\nr3,\n");
    let (code, lines, _) = files.identify(&[csv.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    let places: Vec<_> = lines.iter().map(|line| (&line["cell"], &line["kind"], &line["cells"])).collect();
    assert_eq!(
        places,
        [(&json!("B3"), &json!("phone"), &Value::Null), (&json!("B1"), &json!("phone"), &json!(["B3"])),]
    );
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let sheet = Sheet {
        name: "Children".to_owned(),
        header: row(&["Date of birth"]),
        rows: vec![row(&["03/03/2012"])],
        ..Sheet::default()
    };
    let workbook = files.file("return.xlsx", write_xlsx(&[sheet]).unwrap());
    let (code, lines, printed) = files.identify(&["--least", "strong", workbook.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert_eq!(
        lines,
        [
            json!({ "sheet": "#1", "cell": "A1", "kind": "date-of-birth", "start": 0, "end": 13, "cells": ["A2"],
            "confidence": "strong", "reason": { "key": "identifier-because-header" } })
        ]
    );
    assert!(!printed.contains("2012"), "{printed}");
}

#[test]
fn codes_tell_nothing_something_and_unreadable_apart() {
    let files = Files::new();
    let harmless = files.file("harmless.txt", "The plan helped.\n");
    let picture = files.file("picture.png", b"\x89PNG\r\n\x1a\n\xff\0");
    let broken = files.file("broken.xlsx", "no workbook");
    let found = files.file("found.md", "Mrs Fictional");
    let of = |files_of: &[&PathBuf]| {
        let arguments: Vec<&str> = files_of.iter().map(|file| file.to_str().unwrap()).collect();
        let (code, lines, _) = files.identify(&arguments);
        (code, lines.len())
    };
    assert_eq!(of(&[&harmless]), (Some(0), 0));
    assert_eq!(of(&[&files.file("empty.csv", "")]), (Some(0), 0));
    assert_eq!(of(&[&harmless, &found]), (Some(1), 1));
    // the others are searched all the same
    for unreadable in [&picture, &broken, &files.installation.data().join("nowhere.txt")] {
        assert_eq!(of(&[unreadable, &found]), (Some(2), 1), "{unreadable:?}");
    }
}
