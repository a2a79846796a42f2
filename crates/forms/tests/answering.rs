//! Forms to answers, answers to JSON and to counts.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use keyline_forms::{Answer, Answers, Instrument, ProblemCode, QuestionKind, Submission, tally};
use proptest::prelude::*;

/// A fictional instrument with each kind of question and a chain of relevance.
fn instrument() -> Instrument {
    Instrument::parse(
        r#"
[instrument]
key = "survey"
title = "Survey"
audience = "staff"
source = "Fictional"
confirmed = false

[[question]]
key = "welcome"
kind = "note"
label = "Thank you"

[[question]]
key = "works"
kind = "yes-no"
label = "Do you work with children?"
required = true

[[question]]
key = "role"
kind = "choice"
label = "Role"
required = true
choices = [{ value = "nurse", label = "Nurse" }, { value = "other", label = "Another" }]
relevant = { question = "works", is = "yes" }

[[question]]
key = "role-other"
kind = "text"
label = "Which?"
required = true
max = 10
relevant = { question = "role", is = "other" }

[[question]]
key = "training"
kind = "choices"
label = "Training"
choices = [{ value = "a", label = "A" }, { value = "b", label = "B" }, { value = "c", label = "C" }]

[[question]]
key = "confidence"
kind = "scale"
label = "Confidence"
min = 1
max = 5

[[question]]
key = "years"
kind = "whole-number"
label = "Years"
min = 0
max = 60
"#,
    )
    .unwrap()
}

fn submit(pairs: &[(&str, &str)]) -> Submission {
    Answers::from_form(
        &instrument(),
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    )
}

fn codes(submission: &Submission) -> Vec<(&str, ProblemCode)> {
    submission.problems.iter().map(|problem| (problem.question.as_str(), problem.code)).collect()
}

#[test]
fn required_questions_are_asked_for_only_when_relevant() {
    assert_eq!(codes(&submit(&[])), [("works", ProblemCode::Missing)]);
    assert!(submit(&[("works", "no")]).accepted());
    assert_eq!(codes(&submit(&[("works", "yes")])), [("role", ProblemCode::Missing)]);
    assert_eq!(
        codes(&submit(&[("works", "yes"), ("role", "other"), ("role-other", "  ")])),
        [("role-other", ProblemCode::Missing)]
    );
}

#[test]
fn hidden_and_unknown_fields_leave_no_answer() {
    let submission = submit(&[
        ("works", "no"),
        ("role", "made-up"),
        ("role-other", "far too long for it"),
        ("welcome", "x"),
        ("zz", "1"),
    ]);
    assert!(submission.accepted());
    assert_eq!(submission.answers.len(), 1);
    assert!(!submission.typed.contains_key("zz"));
    assert_eq!(submission.typed["role"], ["made-up"]);
}

#[test]
fn each_problem_has_its_code_and_keeps_what_was_typed() {
    let submission = submit(&[
        ("works", "yes"),
        ("role", "other"),
        ("role-other", "an eleventh"),
        ("training", "a"),
        ("training", "z"),
        ("confidence", "6"),
        ("years", "12.5"),
    ]);
    assert_eq!(
        codes(&submission),
        [
            ("role-other", ProblemCode::TooLong { limit: 10, length: 11 }),
            ("training", ProblemCode::NotOffered),
            ("confidence", ProblemCode::NotOffered),
            ("years", ProblemCode::NotAWholeNumber),
        ]
    );
    assert_eq!(submission.typed["years"], ["12.5"]);
    assert_eq!(submission.typed["training"], ["a", "z"]);
    for (typed, code) in [
        ("-1", ProblemCode::BelowMin { min: 0 }),
        ("61", ProblemCode::AboveMax { max: 60 }),
        ("99999999999999999999", ProblemCode::NotAWholeNumber),
    ] {
        assert_eq!(codes(&submit(&[("works", "no"), ("years", typed)])), [("years", code)]);
    }
    assert_eq!(codes(&submit(&[("works", "no"), ("works", "yes")])), [("works", ProblemCode::MoreThanOne)]);
}

#[test]
fn texts_lose_what_cannot_be_typed() {
    let submission = submit(&[("works", "yes"), ("role", "other"), ("role-other", " a\r\nb\0\u{7} ")]);
    assert_eq!(submission.answers.get("role-other"), Some(&Answer::Text("a\nb".to_owned())));
}

#[test]
fn the_stored_json_stays_as_it_is() {
    let submission = submit(&[
        ("works", "yes"),
        ("role", "other"),
        ("role-other", "Cook"),
        ("training", "c"),
        ("training", "a"),
        ("confidence", "3"),
        ("years", " 7 "),
    ]);
    assert!(submission.accepted());
    let json = serde_json::to_string(&submission.answers).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"confidence":{"kind":"scale","value":"3"},"#,
            r#""role":{"kind":"choice","value":"other"},"#,
            r#""role-other":{"kind":"text","value":"Cook"},"#,
            r#""training":{"kind":"choices","value":["a","c"]},"#,
            r#""works":{"kind":"yes-no","value":true},"#,
            r#""years":{"kind":"whole-number","value":7}}"#
        )
    );
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), submission.answers);
}

#[test]
fn counts_have_every_level_and_only_those_who_were_asked() {
    let instrument = instrument();
    let all = [
        submit(&[("works", "no")]).answers,
        submit(&[("works", "yes"), ("role", "nurse"), ("training", "a"), ("training", "b")]).answers,
        submit(&[("works", "yes"), ("role", "nurse"), ("training", "a"), ("confidence", "5")]).answers,
    ];
    let tallies = tally(&instrument, all.iter());
    let of = |key: &str| tallies.iter().find(|tally| tally.question == key).unwrap();
    assert!(tallies.iter().all(|tally| tally.question != "welcome"));
    assert_eq!((of("works").asked, of("works").answered), (3, 3));
    assert_eq!((of("role").asked, of("role").answered), (2, 2));
    assert_eq!(of("role-other").asked, 0);
    let counts = |key: &str| of(key).counts.iter().map(|level| level.count).collect::<Vec<_>>();
    assert_eq!(counts("works"), [2, 1]);
    assert_eq!(counts("role"), [2, 0]);
    assert_eq!(counts("training"), [2, 1, 0]);
    assert_eq!(counts("confidence"), [0, 0, 0, 0, 1]);
    assert_eq!((of("training").asked, of("training").answered), (3, 2));

    let mut old = Answers::default();
    old.insert("training", Answer::Choices(vec!["a".to_owned(), "gone".to_owned()]));
    let tallies = tally(&instrument, std::iter::once(&old));
    assert_eq!(tallies[2].elsewhere + tallies[3].elsewhere, 1);
}

/// Text of an instrument made of random kinds, each question perhaps relevant only when an earlier one has a
/// certain value.
fn random_instrument() -> impl Strategy<Value = Instrument> {
    prop::collection::vec((0..QuestionKind::ALL.len(), any::<bool>(), any::<Option<(prop::sample::Index, prop::sample::Index)>>()), 1..12)
        .prop_map(|plan| {
            let mut text = String::from(
                "[instrument]\nkey = \"s\"\ntitle = \"S\"\naudience = \"a\"\nsource = \"Fictional\"\nconfirmed = false\n",
            );
            let mut earlier: Vec<(String, Vec<&str>)> = Vec::new();
            for (at, (kind, required, relevant)) in plan.into_iter().enumerate() {
                let kind = QuestionKind::ALL[kind];
                let (more, levels) = match kind {
                    QuestionKind::Choice | QuestionKind::Choices => {
                        ("choices = [{ value = \"a\", label = \"A\" }, { value = \"b\", label = \"B\" }]", vec!["a", "b"])
                    }
                    QuestionKind::Scale => ("min = 1\nmax = 3", vec!["1", "2", "3"]),
                    QuestionKind::YesNo => ("", vec!["yes", "no"]),
                    QuestionKind::WholeNumber | QuestionKind::Text | QuestionKind::Note => ("", vec![]),
                };
                let required = required && kind != QuestionKind::Note;
                writeln!(text, "[[question]]\nkey = \"q{at}\"\nlabel = \"Q\"\nkind = \"{}\"\nrequired = {required}\n{more}", kind.name()).unwrap();
                if let Some((which, value)) = relevant
                    && !earlier.is_empty()
                {
                    let (key, levels) = which.get(&earlier);
                    writeln!(text, "relevant = {{ question = \"{key}\", is = \"{}\" }}", value.get(levels)).unwrap();
                }
                if !levels.is_empty() {
                    earlier.push((format!("q{at}"), levels));
                }
            }
            Instrument::parse(&text).unwrap()
        })
}

/// The pairs of a respondent who answers the relevant questions (all, or only the required ones).
fn respond(instrument: &Instrument, picks: &[prop::sample::Index], all: bool) -> Vec<(String, String)> {
    let mut answers = Answers::default();
    for (question, pick) in instrument.questions.iter().zip(picks.iter().cycle()) {
        if !answers.makes_relevant(question) || !(all || question.required) {
            continue;
        }
        let levels = question.levels();
        let answer = match question.kind {
            QuestionKind::Choice => Answer::Choice(pick.get(&levels).clone()),
            QuestionKind::Choices => Answer::Choices(levels[pick.index(levels.len())..].to_vec()),
            QuestionKind::Scale => Answer::Scale(pick.get(&levels).clone()),
            QuestionKind::YesNo => Answer::YesNo(pick.index(2) == 0),
            QuestionKind::WholeNumber => Answer::WholeNumber(i64::try_from(pick.index(1_000)).unwrap() - 500),
            QuestionKind::Text => Answer::Text(format!("Words {}\nand more", pick.index(9))),
            QuestionKind::Note => continue,
        };
        answers.insert(&question.key, answer);
    }
    answers.to_form(instrument)
}

proptest! {
    #[test]
    fn answering_only_what_is_relevant_and_required_is_accepted(
        instrument in random_instrument(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let submission = Answers::from_form(&instrument, respond(&instrument, &picks, false).into_iter());
        prop_assert!(submission.accepted(), "{:?}", submission.problems);
    }

    #[test]
    fn answers_survive_the_form_and_json(
        instrument in random_instrument(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let first = Answers::from_form(&instrument, respond(&instrument, &picks, true).into_iter());
        prop_assert!(first.accepted());
        let again = Answers::from_form(&instrument, first.answers.to_form(&instrument).into_iter());
        prop_assert_eq!(&again.answers, &first.answers);
        let json = serde_json::to_string(&first.answers).unwrap();
        prop_assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), first.answers);
    }

    #[test]
    fn whatever_is_sent_yields_answers_that_hold(
        pairs in prop::collection::vec(("(q[0-9]|zz|works|role|role-other|training|years)", "(yes|no|a|b|1|other|\\PC{0,12})"), 0..20),
    ) {
        let instrument = instrument();
        let submission = Answers::from_form(&instrument, pairs.into_iter());
        let again = Answers::from_form(&instrument, submission.answers.to_form(&instrument).into_iter());
        prop_assert_eq!(&again.answers, &submission.answers);
        for tally in tally(&instrument, std::iter::once(&submission.answers)) {
            prop_assert!(tally.answered <= tally.asked);
            prop_assert_eq!(tally.elsewhere, 0);
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,200}") {
        let _ = Instrument::parse(&text);
    }
}
