//! What the shipped methodology says.

use std::path::Path;

use jiff::ToSpan as _;
use jiff::civil::date;

use super::shipped_files;
use crate::inspections::plan::Plan;
use crate::programmes::timeline::StepTiming;
use crate::programmes::{
    Change, InstrumentRole, Library, PLACEHOLDERS, Part, Problem, Programme, REQUIRED_TEXTS, ScaleKind,
    ScrutinyPart, changes,
};

const ID: &str = "supervision-orders-at-home";

fn library() -> Library {
    Library::parse(&shipped_files()).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        panic!("the shipped files have faults:\n{}", lines.join("\n"));
    })
}

#[test]
fn both_versions_are_read_and_the_later_is_the_latest() {
    let library = library();
    let versions: Vec<&str> =
        library.programmes().iter().map(|programme| programme.version.as_str()).collect();
    assert_eq!(versions, ["2025-1", "2025-2"]);
    let latest = library.latest(ID).unwrap();
    assert_eq!(latest.version, "2025-2");
    assert_eq!(library.pinned(&latest.pin()), Some(latest));
    let mut other = latest.pin();
    other.digest = "other".to_owned();
    assert_eq!(library.pinned(&other), None);
    assert!(library.latest("no-such-programme").is_none());
}

#[test]
fn the_current_version_says_what_the_later_text_says() {
    let library = library();
    let programme = library.programme(ID, "2025-2").unwrap();
    let evaluated: Vec<&str> = programme.evaluated_indicators.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(evaluated, ["2.1", "5.3", "5.4", "9.2"]);
    assert_eq!(programme.timeline.weeks, 21);
    assert_eq!(programme.retrospective_years.value, 2);
    assert_eq!(programme.lines_of_enquiry.len(), 3);
    assert_eq!(programme.addressees.len(), 5);
    assert_eq!(programme.action_plan_weeks.value, 6);
    assert_eq!(programme.scrutiny_bodies.iter().filter(|body| body.part == ScrutinyPart::Lead).count(), 1);
    let weeks: Vec<(&str, u16, u16)> = programme.timeline.steps.iter().map(weeks_of).collect();
    // Weeks as the source lists them.
    assert_eq!(
        weeks,
        [
            ("notification", 1, 1),
            ("meet-coordinator", 2, 2),
            ("pre-inspection-return", 3, 3),
            ("document-return", 4, 4),
            ("open-surveys", 4, 4),
            ("professional-discussion-1", 5, 5),
            ("children-survey", 4, 8),
            ("parents-survey", 4, 8),
            ("staff-survey", 4, 7),
            ("analyse-written-evidence", 6, 6),
            ("record-review", 8, 8),
            ("professional-discussion-2", 11, 11),
            ("onsite-engagement", 12, 12),
            ("final-analysis", 13, 13),
            ("professional-discussion-3", 15, 15),
            ("panel", 17, 17),
            ("draft-to-partnership", 17, 17),
            ("embargoed-report", 20, 20),
            ("publication", 21, 21),
            ("follow-up", 22, 22),
        ]
    );
    let phases: Vec<(u16, u16)> =
        programme.timeline.phases.iter().map(|phase| (phase.from_week, phase.to_week)).collect();
    assert_eq!(phases, [(1, 4), (5, 10), (11, 14), (15, 21)]);
    assert!(programme.step_provenance.values().all(|provenance| provenance.confirmed));
    assert!(programme.pre_inspection_return.columns.iter().all(|column| !column.provenance.confirmed));
}

fn weeks_of(step: &crate::programmes::timeline::StepTemplate) -> (&str, u16, u16) {
    let (from, to) = match step.timing {
        StepTiming::Day { week, .. } => (week, week),
        StepTiming::Window { from_week, to_week } => (from_week, to_week),
        StepTiming::After { week } => (week + 1, week + 1),
    };
    (step.key.as_str(), from, to)
}

#[test]
fn the_earlier_version_has_no_confirmed_step_and_says_why() {
    let library = library();
    let programme = library.programme(ID, "2025-1").unwrap();
    assert_eq!((programme.timeline.weeks, programme.length_provenance.confirmed), (12, true));
    assert_eq!(programme.evaluated_indicators.len(), 3);
    assert_eq!(programme.step_provenance.len(), programme.timeline.steps.len());
    for (step, provenance) in &programme.step_provenance {
        assert!(!provenance.confirmed && !provenance.reason.is_empty(), "{step}");
    }
}

#[test]
fn instruments_are_bound_to_steps() {
    let library = library();
    for programme in library.programmes() {
        let survey = programme.instrument("staff-survey").unwrap();
        assert_eq!(survey.role, InstrumentRole::Survey);
        assert!(matches!(programme.step(&survey.step).unwrap().timing, StepTiming::Window { .. }));
        assert_eq!(survey.form.settings["confirmed"], "no");
        for one in &programme.instruments {
            for question in one.form.questions() {
                let indicators = question.extra.get("indicators").map_or("", String::as_str);
                let graded = |number: &str| programme.evaluates(number);
                assert!(indicators.split_whitespace().all(graded), "{}/{}", one.key, question.name);
            }
        }
    }
}

#[test]
fn every_instrument_can_be_asked_in_its_languages() {
    let library = library();
    let current = library.programmes().iter().find(|programme| programme.version == "2025-2").unwrap();
    let languages = |key: &str| -> Vec<&str> {
        let form = &current.instrument(key).unwrap().form;
        form.languages.iter().filter_map(|language| language.tag.as_deref()).collect()
    };
    assert_eq!(languages("staff-survey"), ["en", "gd"]);
    for key in ["children-8-11", "children-12-17", "parents-carers"] {
        assert_eq!(languages(key), ["en", "ar", "gd"], "{key}");
        assert_eq!(current.instrument(key).unwrap().form.settings["unreviewed"], "ar gd");
    }
    assert!(!current.cues.is_empty());
    assert_eq!(current.cues.found_in("he hits me", "children"), ["harm-by-someone"]);
}

#[test]
fn texts_carry_the_help_line() {
    let library = library();
    for programme in library.programmes() {
        assert!(programme.texts.get("help").unwrap().markdown("en").contains("0800 1111"));
        // A language nobody has translated yet falls back to English.
        assert!(programme.texts.get("help").unwrap().markdown("gd").contains("0800 1111"));
    }
}

#[test]
fn the_framework_has_22_indicators_of_which_four_are_confirmed() {
    let library = library();
    let framework = library.framework("care-and-protection-2022").unwrap();
    assert_eq!(framework.indicators.len(), 22);
    assert_eq!((framework.domains.len(), framework.areas.len(), framework.tenets.len()), (6, 10, 3));
    let confirmed: Vec<&str> = framework
        .indicators
        .iter()
        .filter(|indicator| indicator.provenance.confirmed)
        .map(|indicator| indicator.number.as_str())
        .collect();
    assert_eq!(confirmed, ["2.1", "5.3", "5.4", "9.2"]);
    let numbers: Vec<Option<u8>> = framework.scale.levels.iter().map(|level| level.number).collect();
    assert_eq!(numbers, [6, 5, 4, 3, 2, 1].map(Some));
    assert_eq!(framework.scale.level_numbered(3).unwrap().label, "Adequate");
}

#[test]
fn a_scale_may_be_one_of_phrases() {
    let library = library();
    let framework = library.framework("adult-support-and-protection-2023").unwrap();
    assert_eq!(framework.scale.kind, ScaleKind::Phrase);
    assert!(framework.scale.levels.iter().all(|level| level.number.is_none()));
    assert_eq!(framework.scale.level("effective").unwrap().label, "Effective with areas for improvement");
    assert_eq!(framework.scale.level_numbered(3), None);
}

#[test]
fn lenses_hold_the_promise_and_the_wellbeing_indicators() {
    let library = library();
    let lenses = library.frameworks().lenses();
    let promise: Vec<&str> =
        lenses.lens("promise").unwrap().items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(promise, ["family", "care", "voice", "people", "scaffolding"]);
    assert_eq!(lenses.lens("wellbeing").unwrap().items.len(), 8);
    assert!(lenses.lens("uncrc").unwrap().items.iter().any(|item| item.key == "article-12"));
}

#[test]
fn quantity_words_close_the_published_holes() {
    let library = library();
    let words = library.frameworks().quantity_words().unwrap();
    let word = |part, whole| words.band(part, whole).map(|band| band.key.as_str());
    for (part, whole, expected) in [
        (100, 100, "all"),
        (299, 300, "almost-all"),
        (91, 100, "almost-all"),
        (905, 1000, "almost-all"),
        (90, 100, "most"),
        (745, 1000, "most"),
        (744, 1000, "majority"),
        (495, 1000, "majority"),
        (494, 1000, "less-than-half"),
        (15, 100, "less-than-half"),
        (14, 100, "few"),
        (1, 1000, "few"),
        (0, 7, "none"),
    ] {
        assert_eq!(word(part, whole), Some(expected), "{part} of {whole}");
    }
    assert_eq!(word(0, 0), None);
    assert_eq!(word(2, 1), None);
}

#[test]
fn all_councils_are_there_and_the_fictional_one_is_marked() {
    let library = library();
    let (fictional, real): (Vec<_>, Vec<_>) =
        library.councils().iter().partition(|council| council.fictional);
    assert_eq!((real.len(), fictional.len()), (32, 1));
    assert!(real.iter().all(|council| council.gss.is_some() && !council.health_board.is_confirmed()));
    assert_eq!(real.iter().filter(|council| council.partnership.is_confirmed()).count(), 22);
    assert_eq!(library.council("fife").unwrap().gss.as_deref(), Some("S12000047"));
    for council in real {
        assert!(library.school_holidays(&council.key).unwrap().holidays.is_empty(), "{}", council.key);
    }
    let holidays = library.school_holidays("strathmarnock").unwrap();
    assert!(holidays.holds(date(2026, 7, 15)) && !holidays.holds(date(2026, 9, 15)));
    assert!(holidays.holidays.iter().all(|holiday| holiday.provenance.source == "fictional"));
}

#[test]
fn changes_between_the_versions_are_listed() {
    let library = library();
    let (earlier, later): (&Programme, &Programme) =
        (library.programme(ID, "2025-1").unwrap(), library.programme(ID, "2025-2").unwrap());
    let found = changes(earlier, later);
    assert!(found.contains(&Change::Weeks { from: 12, to: 21 }));
    assert!(found.contains(&Change::Added {
        part: Part::Indicator,
        key: "5.4".to_owned(),
        title: "5.4".to_owned()
    }));
    assert!(found.iter().any(
        |change| matches!(change, Change::Added { part: Part::Step, key, .. } if key == "document-return")
    ));
    assert_eq!(changes(later, later), []);
    let back = changes(later, earlier);
    assert!(back.contains(&Change::Removed {
        part: Part::Indicator,
        key: "5.4".to_owned(),
        title: "5.4".to_owned()
    }));
    insta::assert_json_snapshot!(found);
}

#[test]
fn the_guide_for_officers_lists_every_placeholder_and_required_text() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/adding-a-programme.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    for (name, meaning) in PLACEHOLDERS {
        assert!(guide.contains(&format!("| `{{{name}}}` | {meaning} |")), "{name}");
    }
    for name in REQUIRED_TEXTS {
        assert!(guide.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn every_shipped_version_can_be_dated_in_every_month() {
    let library = library();
    let calendar = library.calendar("strathmarnock");
    for programme in library.programmes() {
        for month in 1..=12 {
            let notification = calendar.on_or_after(calendar.first_counted_day(date(2026, month, 5)));
            let plan = Plan::from_template(&programme.timeline, notification, &calendar)
                .unwrap_or_else(|fault| panic!("{} from {notification}: {fault}", programme.version));
            assert_eq!(plan.steps.len(), programme.timeline.steps.len());
            let publication = plan.step("publication").unwrap().span.to;
            let counted = i32::from(programme.timeline.weeks);
            // Holidays lengthen a plan in days, and never shorten it.
            let days = (publication - notification).get_days();
            assert!(days >= (counted - 1) * 7 - 4, "{} from {notification}: {days} days", programme.version);
            assert_eq!(plan.counted_week(publication), Some(programme.timeline.weeks));
        }
    }
    // Week 1 begins on 4 May 2026, so week 12 would begin on 20 July; the seven summer weeks of Strathmarnock
    // lie before it.
    let latest = library.latest(ID).unwrap();
    let plan = Plan::from_template(&latest.timeline, date(2026, 5, 5), &calendar).unwrap();
    assert_eq!(plan.step("onsite-engagement").unwrap().span.from, date(2026, 7, 20) + 7.weeks());
}
