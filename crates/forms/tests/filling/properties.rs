//! What holds whatever is sent.

use keyline_forms::answering::Filling;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::forms::{compiled, group, owned, question, repeat, select, surroundings};

fn items() -> Value {
    json!([
        question("a", "integer", json!({ "constraint": ". < 100", "required": "${b} = ''" })),
        question("b", "text", json!({ "relevant": "${a} != 5" })),
        select("region", "select_one", "regions", json!({})),
        select("town", "select_multiple", "towns", json!({ "choice_filter": "region = ${region}" })),
        group(
            "g",
            json!({ "appearance": "field-list", "relevant": "not(selected(${town}, 'bal'))" }),
            json!([
                question("day", "date", json!({ "default": "2025-01-01" })),
                select("order", "rank", "services", json!({})),
            ])
        ),
        repeat(
            "r",
            json!({ "count": "${a}" }),
            json!([
                question("c", "decimal", json!({ "relevant": "position(..) > 1" })),
                repeat("s", json!({}), json!([question("d", "text", json!({}))])),
            ])
        ),
        question("sum", "calculate", json!({ "calculation": "sum(${c}) + count(${d})" })),
        question("lot", "calculate", json!({ "calculation": "once(random())" })),
    ])
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..8).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![
            "up",
            "low",
            "ard",
            "bal",
            "health",
            "2025-02-03",
            "",
            "health school police"
        ])
        .prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 30, 4, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from), object(inner)]
    })
}

fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let names =
        vec!["a", "b", "region", "town", "day", "order", "r", "c", "s", "d", "g", "sum", "lot", "other", ""];
    prop::collection::vec((prop::sample::select(names), inner), 0..8).prop_map(|pairs| {
        Value::Object(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    })
}

/// What must be true of any filling.
fn is_sound(filling: &Filling) -> Result<(), TestCaseError> {
    let answers = filling.answers();
    let again = Filling::resume(filling.compiled().clone(), surroundings(), &answers);
    prop_assert_eq!(again.answers(), answers, "what comes out goes in again");
    let relevant = filling.relevant();
    for fault in filling.check() {
        prop_assert!(relevant.contains(&fault.question) || fault.question.starts_with('r'), "{:?}", fault);
    }
    let pages = filling.pages();
    for (index, page) in pages.iter().enumerate() {
        let view = filling.view(&page.id);
        prop_assert!(view.is_some_and(|view| view.number == index + 1 && view.of == pages.len()));
        let next = filling.next_after(&page.id).map(|page| page.id);
        prop_assert_eq!(next.as_ref(), pages.get(index + 1).map(|page| &page.id));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_answers_are_taken_in(answers in object(value())) {
        is_sound(&Filling::resume(compiled(items()), surroundings(), &answers))?;
    }

    #[test]
    fn any_pages_are_taken(sent in prop::collection::vec((
        prop::sample::select(vec!["a", "b", "region", "town", "section:g", "r[1]/c", "r[2]/c", "r[2]/s[1]/d", "r[2]/s", "x"]),
        prop::collection::vec((
            prop::sample::select(vec![
                "a", "b", "region", "town", "day", "day.day", "day.month", "day.year", "order", "order.health", "r[1]/c", "r[2]/c",
                "r[2]/s[1]/d", "r[2]/s", "x", "a.", ".",
            ]),
            prop_oneof![
                prop::sample::select(vec!["2", "3", "5", "up", "low", "bal", "ard", "health", "add", "remove 1", "", "1"])
                    .prop_map(str::to_owned),
                ".{0,4}",
            ],
        ), 0..4),
    ), 0..12)) {
        let mut filling = Filling::start(compiled(items()), surroundings());
        for (page, pairs) in sent {
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(field, value)| (*field, value.as_str())).collect();
            filling.take_page(page, &owned(&pairs));
        }
        is_sound(&filling)?;
    }

    #[test]
    fn working_out_only_what_depends_is_working_out_everything(numbers in prop::collection::vec((0_usize..3, -2_i64..8), 1..10)) {
        let names = ["a", "b", "region"];
        let mut filling = Filling::start(compiled(items()), surroundings());
        for (which, number) in numbers {
            filling.take_page(names[which], &owned(&[(names[which], &number.to_string())]));
        }
        let mut again = filling.clone();
        // another language means that everything is worked out anew
        again.speak("English (en)");
        prop_assert_eq!(again.answers(), filling.answers());
    }
}
