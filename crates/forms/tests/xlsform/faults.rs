//! What is refused, with sheet, row and column.

use std::fmt::Write as _;

use crate::samples::{EVERYTHING, faults, read};

/// The faults of a survey of these rows, which have a type, a name, a label, and one column more.
fn of(column: &str, rows: &[[&str; 4]]) -> Vec<String> {
    let mut markdown = format!("| survey |\n| | type | name | label | {column} |\n");
    for row in rows {
        writeln!(markdown, "| | {} |", row.join(" | ")).unwrap();
    }
    markdown
        .push_str("| choices |\n| | list_name | name | label |\n| | l | a | A |\n| | spaced | a b | AB |\n");
    faults(&markdown)
}

/// A table of one column, one row, and the start of the only fault.
#[track_caller]
fn refused(column: &str, row: [&str; 4], start: &str) {
    let faults = of(column, &[row]);
    assert!(faults.len() == 1 && faults[0].starts_with(start), "{row:?}: {faults:#?}");
}

#[test]
fn every_fault_has_its_place() {
    refused("hint", ["textt", "a", "A", ""], "survey:2:type: Unknown question type 'textt'");
    refused("hint", ["text", "1a", "A", ""], "survey:2:name: Names must begin");
    refused("hint", ["text", "", "A", ""], "survey:2:name: Question or group with no name");
    refused("hint", ["", "a", "A", ""], "survey:2:type: Question with no type");
    refused(
        "hint",
        ["text", "a", "", ""],
        "survey:2:label: The survey element named 'a' has no label or hint",
    );
    refused("hint", ["select_one", "a", "A", ""], "survey:2:type: Unknown question type");
    refused("hint", ["select_one m", "a", "A", ""], "survey:2:type: List name not in choices sheet: m");
    refused("hint", ["select_multiple spaced", "a", "A", ""], "survey:2:type: Choice names with spaces");
    refused(
        "hint",
        ["select_one_external l", "a", "A", ""],
        "survey:2:type: There should be an external_choices",
    );
    refused("hint", ["select_one_from_file l.pdf", "a", "A", ""], "survey:2:type: File name");
    refused("hint", ["osm tags", "a", "A", ""], "survey:2:type: List name not in osm sheet");
    refused("hint", ["calculate", "a", "A", ""], "survey:2:calculation: Missing calculation");
    refused("hint", ["begin_group", "a", "A", ""], "survey:2:type: Unmatched 'begin_group'");
    refused("hint", ["end_group", "", "", ""], "survey:2:type: Unmatched 'end_group'");
    refused("parameters", ["text", "a", "A", "rows"], "survey:2:parameters: Parameters must be");
    refused("parameters", ["range", "a", "A", "step=0"], "survey:2:parameters: For the 'range'");
    refused("parameters", ["text", "a", "A", "start=1"], "survey:2:parameters: The accepted parameter");
    refused("save_to", ["text", "a", "A", "p"], "survey:2:save_to: To save entity properties");
    refused(
        "relevant::English (en)",
        ["text", "a", "A", "1"],
        "survey:2:relevant::English (en): The column has no",
    );
    refused(
        "media::smell",
        ["text", "a", "A", "rose"],
        "survey:2:media::smell: Media type: smell not supported",
    );
    refused("trigger", ["text", "a", "A", "b"], "survey:2:trigger: Reference variables must start");
    refused("trigger", ["text", "a", "A", "${b}"], "survey:2:trigger: Reference variables must contain");
    refused("hint", ["text", "a", "Hello ${b}", ""], "survey:2:label: Reference variables must contain");
    refused("hint", ["text", "a", "Hello ${b", ""], "survey:2:label: Reference variables must start");
}

#[test]
fn a_choice_that_a_loop_makes_a_group_of_has_a_name_of_a_group() {
    let over = |list: &str| {
        of(
            "hint",
            &[
                [&format!("begin_loop over {list}"), "g", "G", ""],
                ["text", "a", "A", ""],
                ["end_loop", "", "", ""],
            ],
        )
    };
    assert_eq!(over("l"), Vec::<String>::new());
    let faults = over("spaced");
    assert!(faults.len() == 1 && faults[0].starts_with("choices:3:name: Names must begin"), "{faults:#?}");
}

#[test]
fn expressions_are_checked_where_they_stand() {
    refused("relevant", ["text", "a", "A", "nothing(1)"], "survey:2:relevant: ");
    refused("constraint", ["text", "a", "A", ". >"], "survey:2:constraint: ");
    refused("calculation", ["text", "a", "A", "${a} + 1"], "survey:2:calculation: ");
    let circle = of("relevant", &[["text", "a", "A", "${b} = 1"], ["text", "b", "B", "${a} = 1"]]);
    assert_eq!(circle.len(), 1, "{circle:?}");
    assert!(circle[0].starts_with("survey:2:relevant: "), "{circle:?}");
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = of(
        "parameters",
        &[
            ["text", "a", "A", "rows=x"],
            ["text", "a", "A", ""],
            ["gone", "b", "B", ""],
            ["text", "c c", "C", ""],
            ["select_one m", "d", "D", ""],
        ],
    );
    let rows: Vec<&str> = faults.iter().filter_map(|fault| fault.split(':').nth(1)).collect();
    assert_eq!(rows, ["2", "3", "4", "5", "6"], "{faults:#?}");
}

#[test]
fn sheets_and_headers_are_checked() {
    for (markdown, start) in [
        (
            "| surveys |\n| | type | name |\n| | text | a |\n| choices |\n| | list_name | name |",
            "survey:0:: You must",
        ),
        ("| survey |\n| | name | label |\n| | a | A |", "survey:1:type: Invalid headers"),
        (
            "| survey |\n| | type | name | value | label |\n| | text | a | b | A |",
            "survey:1:value: Invalid headers",
        ),
        ("| survey |\n| | type | name | label |\n| | text | a | A | stray |", "survey:2:: Invalid headers"),
        (
            "| survey |\n| | type | name | label |\n| | text | a | A |\n| choices |\n| | list_name | label |\n| | l | A |",
            "choices:1:name: Invalid headers",
        ),
        (
            "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | name |\n| | a b |",
            "settings:2:name: Names must begin",
        ),
        (
            "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | flat |\n| | yes |",
            "settings:2:flat: This setting is not supported",
        ),
        (
            "| survey |\n| | type | name | label |\n| | select_one l | a | A |\n| choices |\n| | list_name | name | label \
             |\n| | l | a | A |\n| | l | a | B |",
            "choices:3:name: Choice names must be unique",
        ),
    ] {
        let faults = faults(markdown);
        assert!(faults.len() == 1 && faults[0].starts_with(start), "{start}: {faults:#?}");
    }
}

#[test]
fn what_has_no_effect_is_warned_of() {
    let read = read(
        "| survey |
         | | type | name | label | colour | indicators |
         | | text | a    | A     | red    | QI 1       |
         | settings |
         | | shape |
         | | round |",
    )
    .unwrap();
    let warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 2, "{warnings:#?}");
    assert!(
        warnings.iter().any(|warning| warning.starts_with("survey:1:colour: Unknown column")),
        "{warnings:#?}"
    );
    assert!(warnings.iter().any(|warning| warning.starts_with("settings:1:shape: ")), "{warnings:#?}");
    assert_eq!(read.form.question("a").unwrap().extra["colour"], "red");
    assert_eq!(read.form.settings["shape"], "round");
}

#[test]
fn a_form_with_everything_has_no_faults() {
    assert_eq!(faults(EVERYTHING), Vec::<String>::new());
}
