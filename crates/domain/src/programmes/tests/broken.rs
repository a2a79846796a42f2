//! Faults that `keyline programme check` has to name by file, line and reason.
//!
//! Each case edits one shipped file and says on which line, and with which words, the fault is to be
//! found. Lines are given as text that stands there, so that the shipped files may grow.

use std::collections::BTreeMap;

use super::shipped_files;
use crate::programmes::{Frameworks, Library, Problem, parse_programme};

const CURRENT: &str = "programmes/supervision-orders-at-home/2025-2";

/// Parses the shipped files with one replacement in one of them; returns the edited text too.
fn broken(path: &str, from: &str, to: &str) -> (String, Vec<Problem>) {
    let mut files = shipped_files();
    let text = files.get_mut(path).unwrap_or_else(|| panic!("no file {path}"));
    assert!(text.contains(from), "{path} does not contain {from:?}");
    *text = text.replacen(from, to, 1);
    let text = text.clone();
    let problems = Library::parse(&files).map(|_| ()).expect_err("this fault was not seen");
    (text, problems)
}

fn line_of(text: &str, marker: &str) -> usize {
    let found = text.lines().position(|line| line.contains(marker));
    found.unwrap_or_else(|| panic!("no line contains {marker:?}")) + 1
}

/// One edit and the one problem it has to cause.
struct Case {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    line: &'static str,
    says: &'static str,
}

const CASES: &[Case] = &[
    Case {
        file: "programme.toml",
        from: "number = \"5.3\"",
        to: "number = \"5.9\"",
        line: "number = \"5.9\"",
        says: "unknown indicator “5.9”: framework “care-and-protection-2022” has no such number",
    },
    Case {
        file: "returns.toml",
        from: "indicators = [\"9.2\"]",
        to: "indicators = [\"7.7\"] # here",
        line: "# here",
        says: "unknown indicator “7.7”",
    },
    Case {
        file: "instruments/staff-survey.csv",
        from: ",2.1,supported-at-home",
        to: ",22.1,supported-at-home",
        line: ",22.1,supported-at-home",
        says: "unknown indicator “22.1”",
    },
    Case {
        file: "instruments/staff-survey.csv",
        from: ",led-together",
        to: ",led-alone",
        line: ",led-alone",
        says: "unknown line of enquiry “led-alone”",
    },
    Case {
        file: "instruments/staff-survey.csv",
        from: ",select_one service,service,",
        to: ",select_any service,service,",
        line: ",select_any service,service,",
        says: "type: ",
    },
    Case {
        file: "cues/en.toml",
        from: "kind = \"immediate-danger\"",
        to: "sort = \"immediate-danger\"",
        line: "# Cues in free text, English",
        says: "a cue needs the property kind",
    },
    Case {
        file: "timeline.toml",
        from: "from-week = 4\nto-week = 7",
        to: "from-week = 4\nto-week = 3",
        line: "to-week = 3",
        says: "step “staff-survey” ends before it starts: it begins in week 4 and ends in week 3",
    },
    Case {
        file: "timeline.toml",
        from: "from-week = 4\nto-week = 7",
        to: "from-week = 4\nto-week = 22",
        line: "to-week = 22",
        says: "step “staff-survey” lies outside the plan: it ends in week 22, and the plan has 21 weeks",
    },
    Case {
        file: "timeline.toml",
        from: "week = 20",
        to: "week = 40",
        line: "week = 40",
        says: "step “embargoed-report” lies outside the plan: week 40 of 21",
    },
    Case {
        file: "timeline.toml",
        from: "week = 20",
        to: "week = 3 # here",
        line: "# here",
        says: "is not in its phase “reporting”, which runs from week 15 to week 21",
    },
    Case {
        file: "timeline.toml",
        from: "key = \"panel\"\ntitle = \"Quality and consistency panel\"\nphase = \"reporting\"",
        to: "key = \"panel\"\ntitle = \"Quality and consistency panel\"\nphase = \"judging\"",
        line: "phase = \"judging\"",
        says: "unknown phase “judging”",
    },
    Case {
        file: "timeline.toml",
        from: "key = \"panel\"",
        to: "key = \"publication\" # here",
        line: "key = \"publication\"\n",
        says: "duplicate key “publication”; it was first used on line",
    },
    Case {
        file: "timeline.toml",
        from: "from-week = 5\nto-week = 10",
        to: "from-week = 4 # here\nto-week = 10",
        line: "# here",
        says: "phase “evidence” begins in week 4, before phase “preparation” has ended",
    },
    Case {
        file: "timeline.toml",
        from: "week = 20",
        to: "week = 20\nfrom-week = 20",
        line: "[[step]] of embargoed-report",
        says: "needs either week, or from-week and to-week, or after-week, and only one of these",
    },
    Case {
        file: "timeline.toml",
        from: "after-week = 21\n",
        to: "after-week = 20\n",
        line: "after-week = 20",
        says: "follows its last week, 21",
    },
    Case {
        file: "timeline.toml",
        from: "weekday = \"monday\"",
        to: "weekday = \"sunday\"",
        line: "weekday = \"sunday\"",
        says: "“sunday” is no weekday that is known here; known are: monday",
    },
    Case {
        file: "programme.toml",
        from: "years = 2\nsource = \"early-pages\"\n",
        to: "years = 2\n",
        line: "[retrospective-window]",
        says: "“retrospective-window” has no source",
    },
    Case {
        file: "programme.toml",
        from: "years = 2\nsource = \"early-pages\"\nconfirmed = true",
        to: "years = 2\nsource = \"early-pages\"",
        line: "[retrospective-window]",
        says: "does not say whether it is confirmed",
    },
    Case {
        file: "programme.toml",
        from: "source = \"getting-involved\"",
        to: "source = \"hearsay\"",
        line: "source = \"hearsay\"",
        says: "unknown source “hearsay”; known are: approach-page",
    },
    Case {
        file: "programme.toml",
        from: "source = \"own\"\nconfirmed = false",
        to: "source = \"own\"\nconfirmed = true # here",
        line: "# here",
        says: "“own” is not a published source, so nothing from it can be confirmed",
    },
    Case {
        file: "programme.toml",
        from: "years = 2",
        to: "years = 2\nmonths = 24",
        line: "months = 24",
        says: "unknown property “months” in “retrospective-window”",
    },
    Case {
        file: "programme.toml",
        from: "years = 2",
        to: "years = \"two\"",
        line: "years = \"two\"",
        says: "“years” of “retrospective-window” has to be a whole number",
    },
    Case {
        file: "programme.toml",
        from: "years = 2",
        to: "years = = 2",
        line: "years = = 2",
        says: "this is not valid TOML",
    },
    Case {
        file: "programme.toml",
        from: "framework = \"care-and-protection-2022\"",
        to: "framework = \"care-2035\"",
        line: "framework = \"care-2035\"",
        says: "unknown framework “care-2035”: there is no frameworks/care-2035.toml",
    },
    Case {
        file: "programme.toml",
        from: "supersedes = \"2025-1\"",
        to: "supersedes = \"2019-9\"",
        line: "# Joint inspections",
        says: "it supersedes version “2019-9”, which does not exist",
    },
    Case {
        file: "programme.toml",
        from: "key = \"promise\"\nsource",
        to: "key = \"pledge\"\nsource",
        line: "key = \"pledge\"",
        says: "unknown lens “pledge”",
    },
    Case {
        file: "programme.toml",
        from: "part = \"lead\"",
        to: "part = \"partner\"",
        line: "# Joint inspections",
        says: "exactly one [[scrutiny-body]] has to have the part “lead”",
    },
    Case {
        file: "programme.toml",
        from: "step = \"staff-survey\"",
        to: "step = \"staff-vote\"",
        line: "step = \"staff-vote\"",
        says: "unknown step “staff-vote”",
    },
    Case {
        file: "programme.toml",
        from: "step = \"staff-survey\"",
        to: "step = \"publication\"",
        line: "step = \"publication\"",
        says: "a survey needs a step with a window, but “publication” has none",
    },
    Case {
        file: "sessions.toml",
        from: "instrument = \"focus-group-guide\"",
        to: "instrument = \"focus-group-tape\"",
        line: "instrument = \"focus-group-tape\"",
        says: "unknown instrument “focus-group-tape”",
    },
    Case {
        file: "returns.toml",
        from: "kind = \"yes-no\"",
        to: "kind = \"postcode\"",
        line: "kind = \"postcode\"",
        says: "“postcode” is no kind that is known here; known are: text, whole-number, choice, yes-no",
    },
    Case {
        file: "returns.toml",
        from: "least = 0",
        to: "least = 30",
        line: "most = 24",
        says: "column “months-at-home” allows 30 to 24, which is nothing",
    },
    Case {
        file: "returns.toml",
        from: "key = \"age-band\"",
        to: "key = \"Age band\"",
        line: "key = \"Age band\"",
        says: "may hold only small letters, digits and hyphens",
    },
    Case {
        file: "report.toml",
        from: "indicators = [\"2.1\"]",
        to: "indicators = [\"6.4\"]",
        line: "indicators = [\"6.4\"]",
        says: "indicator “6.4” is not evaluated by this programme",
    },
    Case {
        file: "text/en/notification-letter.md",
        from: "{onsite-from}",
        to: "{visit-begins}",
        line: "{visit-begins}",
        says: "unknown placeholder {visit-begins}; known are: addressee",
    },
    Case {
        file: "text/en/notification-letter.md",
        from: "{onsite-from}",
        to: "{Onsite from}",
        line: "{Onsite from}",
        says: "a curly bracket that opens no placeholder",
    },
];

#[test]
fn each_fault_is_named_with_file_line_and_reason() {
    for case in CASES {
        let path = format!("{CURRENT}/{}", case.file);
        let (text, problems) = broken(&path, case.from, case.to);
        let line = match case.line {
            // The heading of the table, three lines above the property that was edited.
            "[[step]] of embargoed-report" => line_of(&text, "key = \"embargoed-report\"") - 1,
            // The second use is the one that is at fault, wherever the edit was made.
            "key = \"publication\"\n" => {
                text.lines()
                    .collect::<Vec<_>>()
                    .iter()
                    .rposition(|line| line.contains("key = \"publication\""))
                    .unwrap()
                    + 1
            }
            marker => line_of(&text, marker),
        };
        let named = problems.iter().any(|problem| {
            problem.file == path && problem.line == line && problem.message.contains(case.says)
        });
        let found: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert!(named, "expected {path}:{line}: …{}…, found:\n{}", case.says, found.join("\n"));
    }
}

#[test]
fn one_fault_causes_one_problem() {
    let path = format!("{CURRENT}/timeline.toml");
    let (text, problems) = broken(&path, "from-week = 4\nto-week = 7", "from-week = 4\nto-week = 3");
    let line = line_of(&text, "to-week = 3");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].to_string().starts_with(&format!("{path}:{line}: step “staff-survey”")));
}

#[test]
fn several_faults_are_named_together_in_the_order_of_files_and_lines() {
    let mut files = shipped_files();
    for (name, from, to) in [
        ("timeline.toml", "week = 20", "week = 40"),
        ("programme.toml", "years = 2", "years = 2\nmonths = 24"),
        ("programme.toml", "weeks = 6", "weeks = -6"),
    ] {
        let text = files.get_mut(&format!("{CURRENT}/{name}")).unwrap();
        *text = text.replacen(from, to, 1);
    }
    let problems = Library::parse(&files).unwrap_err();
    let files: Vec<&str> = problems.iter().filter_map(|problem| problem.file.rsplit('/').next()).collect();
    assert_eq!(files, ["programme.toml", "programme.toml", "timeline.toml"]);
    assert!(problems[0].line < problems[1].line);
}

#[test]
fn missing_and_superfluous_files_are_named() {
    for (name, file, says) in [
        ("timeline.toml", "timeline.toml", "this file is missing"),
        ("sources.toml", "sources.toml", "this file is missing"),
        ("text/en/help.md", "programme.toml", "text “help” has no file text/en/help.md"),
        ("instruments/staff-survey.csv", "programme.toml", "has no file instruments/staff-survey.csv"),
    ] {
        let mut files = shipped_files();
        files.remove(&format!("{CURRENT}/{name}")).unwrap();
        let problems = Library::parse(&files).unwrap_err();
        let path = format!("{CURRENT}/{file}");
        let named = problems.iter().any(|one| one.file == path && one.message.contains(says));
        assert!(named, "{name}: {problems:?}");
    }
    let mut files = shipped_files();
    files.insert(format!("{CURRENT}/text/en/hlep.md"), "Help".to_owned());
    let problems = Library::parse(&files).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("nothing in programme.toml refers to this file"));
}

#[test]
fn frameworks_and_areas_are_checked_too() {
    for (path, from, to, marker, says) in [
        (
            "frameworks/care-and-protection-2022.toml",
            "number = \"9.4\"",
            "number = \"9.3\" # here",
            "# here",
            "duplicate number “9.3”",
        ),
        (
            "frameworks/care-and-protection-2022.toml",
            "indicator-count = 22",
            "indicator-count = 23",
            "indicator-count",
            "indicator-count is 23 but 22 indicators can be read",
        ),
        (
            "frameworks/care-and-protection-2022.toml",
            "number = 4",
            "number = 6 # here",
            "# here",
            "level 6 stands after level 5",
        ),
        (
            "frameworks/adult-support-and-protection-2023.toml",
            "label = \"Very effective\"",
            "label = \"Very effective\"\nnumber = 6",
            "number = 6",
            "has a number, but the scale is one of phrases",
        ),
        (
            "frameworks/quantity-words.toml",
            "from = 50",
            "from = 55",
            "# The words that",
            "no band holds 50 %",
        ),
        (
            "areas/councils.toml",
            "gss = \"S12000034\"",
            "gss = \"S12000033\" # here",
            "# here",
            "duplicate gss “S12000033”",
        ),
        (
            "areas/school-holidays/strathmarnock.toml",
            "council = \"strathmarnock\"",
            "council = \"fife\"",
            "council = \"fife\"",
            "council is “fife” but the file is named “strathmarnock.toml”",
        ),
        (
            "areas/school-holidays/strathmarnock.toml",
            "to = 2024-02-16",
            "to = 2024-02-10",
            "to = 2024-02-10",
            "ends on 2024-02-10, before it starts on 2024-02-12",
        ),
    ] {
        let (text, problems) = broken(path, from, to);
        let line = line_of(&text, marker);
        let named =
            problems.iter().any(|one| one.file == path && one.line == line && one.message.contains(says));
        assert!(named, "expected {path}:{line}: …{says}…, found {problems:#?}");
    }
}

#[test]
fn a_folder_has_to_be_named_like_its_version() {
    let mut files = shipped_files();
    let copies: Vec<(String, String)> = files
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix(CURRENT)?.to_owned(), text.clone())))
        .collect();
    for (rest, text) in copies {
        files.insert(format!("programmes/supervision-orders-at-home/2026-1{rest}"), text);
    }
    let problems = Library::parse(&files).unwrap_err();
    assert!(
        problems[0].message.contains("version is “2025-2” but the folder is named “2026-1”"),
        "{problems:?}"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever an editor does to one place of a file, reading ends and every problem names a line of it.
    #[test]
    fn cut_files_never_panic(which in 0usize..1000, cut in 0usize..20_000, drop in 0usize..40) {
        let mut files = shipped_files();
        let mut folder: BTreeMap<String, String> = files
            .iter()
            .filter_map(|(path, text)| Some((path.strip_prefix(CURRENT)?.trim_start_matches('/').to_owned(), text.clone())))
            .collect();
        let paths: Vec<String> =
            folder.keys().chain(files.keys().filter(|path| path.starts_with("frameworks/"))).cloned().collect();
        let path = &paths[which % paths.len()];
        let text: Vec<char> = folder.get(path).unwrap_or_else(|| &files[path]).chars().collect();
        let at = cut % (text.len() + 1);
        let cut: String = text.iter().take(at).chain(text.iter().skip(at + drop)).collect();
        let lines = cut.lines().count() + 1;
        let place = if folder.contains_key(path) { &mut folder } else { &mut files };
        place.insert(path.clone(), cut);
        let problems = match Frameworks::parse(&files) {
            Ok(frameworks) => parse_programme(&folder, &frameworks).map(|_| ()),
            Err(problems) => Err(problems),
        };
        if let Err(problems) = problems {
            proptest::prop_assert!(!problems.is_empty());
            for problem in problems.iter().filter(|problem| problem.file == *path) {
                proptest::prop_assert!((1..=lines).contains(&problem.line), "{}", problem);
            }
        }
    }
}
