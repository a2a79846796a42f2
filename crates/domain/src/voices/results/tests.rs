use keyline_forms::form::Form;
use keyline_forms::reading::read_file;
use proptest::prelude::*;
use serde_json::json;

use super::*;

// A fictional instrument with every way of being asked.
const SURVEY: &str = "
| survey   |                       |         |                  |                                  |
|          | type                  | name    | label            | relevant                         |
|          | select_one service    | service | Service?         |                                  |
|          | select_one yes-no     | helps   | Does it help?    |                                  |
|          | select_one yes-no     | why     | Did it begin so? | ${helps} = 'no'                  |
|          | select_multiple what  | what    | What helps?      | ${helps} = 'yes'                 |
|          | select_one yes-no     | school  | More of it?      | selected(${what}, 'school')      |
|          | select_one yes-no     | both    | Both?            | ${helps} = 'yes' and ${why} = 'no' |
|          | text                  | words   | Anything else?   |                                  |
| choices  |           |           |            |
|          | list_name | name      | label      |
|          | service   | health    | Health     |
|          | service   | education | Education  |
|          | yes-no    | yes       | Yes        |
|          | yes-no    | no        | No         |
|          | what      | worker    | A worker   |
|          | what      | school    | School     |
| settings |           |            |          |
|          | form_id   | form_title | group_by |
|          | fictional | Fictional  | service  |
";

fn form() -> Form {
    read_file(SURVEY.as_bytes(), "fictional.md", &[]).unwrap().form
}

/// So many people of a service who answer alike.
fn people(service: &str, number: usize, answers: &Value) -> Vec<Value> {
    let mut one = answers.clone();
    one["service"] = json!(service);
    vec![one; number]
}

#[test]
fn what_many_said_is_shown_with_its_base() {
    let mut all = people("health", 60, &json!({ "helps": "yes", "what": ["worker"] }));
    all.extend(people(
        "health",
        50,
        &json!({ "helps": "yes", "what": ["worker", "school"], "school": "yes" }),
    ));
    all.extend(people("health", 40, &json!({ "helps": "no", "why": "yes" })));
    all.extend(people("education", 60, &json!({ "helps": "yes", "what": ["school"], "school": "no" })));
    all.extend(people("education", 50, &json!({ "helps": "no", "why": "no", "words": "made up" })));
    let shown = results(&form(), all.iter(), 5).unwrap();
    assert_eq!(shown.people, Some(260));
    assert_eq!(shown.groupings[0].groups.len(), 2);
    let of = |question: &str, choice: Option<&str>| {
        shown.questions.iter().find(|q| q.question == question && q.choice.as_deref() == choice).unwrap()
    };
    let helps = of("helps", None).whole.as_ref().unwrap();
    assert_eq!((helps.counts.clone(), helps.answered), (vec![Some(170), Some(90)], Some(260)));
    assert_eq!((helps.percent(0), helps.percent(1)), (Some(65), Some(35)));
    // Those who said that it does not help were asked why.
    assert_eq!(of("why", None).whole.as_ref().unwrap().counts, [Some(40), Some(50)]);
    let worker = of("what", Some("worker")).whole.as_ref().unwrap();
    assert_eq!((worker.answered, worker.counts[0]), (Some(170), Some(110)));
    assert_eq!(of("both", None).withheld, Some(Withheld::Routing));
    assert!(!shown.questions.iter().any(|q| q.question == "words"));
    // It is kept as JSON and reads back the same.
    let kept = serde_json::to_string(&shown).unwrap();
    assert_eq!(serde_json::from_str::<Results>(&kept).unwrap(), shown);
}

#[test]
fn too_few_people_show_nothing_at_all() {
    let all = people("health", 4, &json!({ "helps": "yes" }));
    let shown = results(&form(), all.iter(), 5).unwrap();
    assert_eq!((shown.people, shown.questions.len(), shown.groupings.len()), (None, 0, 0));
    assert!(results(&form(), [].iter(), 10).unwrap().questions.is_empty());
}

#[test]
fn a_division_never_costs_a_number_of_the_whole() {
    // One group of which nearly all answered alike.
    let mut all = people("health", 30, &json!({ "helps": "yes" }));
    all.extend(people("health", 1, &json!({ "helps": "no" })));
    all.extend(people("education", 25, &json!({ "helps": "no" })));
    all.extend(people("education", 20, &json!({ "helps": "yes" })));
    let shown = results(&form(), all.iter(), 5).unwrap();
    let helps = shown.questions.iter().find(|q| q.question == "helps").unwrap();
    assert_eq!(helps.whole.as_ref().unwrap().counts, [Some(50), Some(26)]);
    for (_, rows) in &helps.by {
        assert!(rows.iter().all(|row| row.counts.iter().all(|count| *count != Some(1))));
    }
}

#[test]
fn answers_that_a_form_does_not_have_are_not_counted() {
    let mut all = people("health", 20, &json!({ "helps": "perhaps", "unknown": 7 }));
    all.extend(people("nowhere", 20, &json!({ "helps": ["yes"] })));
    all.push(json!("not an object"));
    let shown = results(&form(), all.iter(), 5).unwrap();
    assert_eq!(shown.people, Some(41));
}

proptest! {
    // Each case makes several releases, with a search behind each.
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_small_number_is_shown_whatever_was_answered(
        answers in prop::collection::vec((0_usize..3, 0_usize..3, 0_usize..4), 0..120),
        smallest in 5_u32..12,
    ) {
        let all: Vec<Value> = answers.iter().map(|(service, helps, what)| {
            let mut one = json!({});
            if let Some(service) = ["health", "education"].get(*service) { one["service"] = json!(service); }
            if let Some(helps) = ["yes", "no"].get(*helps) { one["helps"] = json!(helps); }
            if *helps == 0 {
                let chosen: Vec<&str> = [("worker", 1), ("school", 2)].iter().filter(|(_, bit)| what & bit != 0).map(|(c, _)| *c).collect();
                if !chosen.is_empty() { one["what"] = json!(chosen); }
            }
            one
        }).collect();
        let shown = results(&form(), all.iter(), smallest).unwrap();
        let small = |count: &Option<u64>| count.is_some_and(|n| n > 0 && n < u64::from(smallest));
        for question in &shown.questions {
            let rows = question.whole.iter().chain(question.by.iter().flat_map(|(_, rows)| rows));
            for row in rows {
                prop_assert!(!row.counts.iter().any(small), "{question:?}");
                // The rest that remains when what is shown is taken from the base is no single small number either.
                if let Some(base) = row.answered {
                    let known: u64 = row.counts.iter().flatten().sum();
                    let hidden = row.counts.iter().filter(|c| c.is_none()).count();
                    prop_assert!(hidden != 1 || base - known == 0 || base - known >= u64::from(smallest), "{row:?}");
                }
            }
        }
    }
}
