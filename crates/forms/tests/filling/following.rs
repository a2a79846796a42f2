//! What follows from answers: relevance, calculations, choices, defaults, triggers.

use serde_json::{Value, json};

use crate::forms::{assert_codes, group, question, resume, select, send, start};

#[test]
fn what_is_not_relevant_is_kept_but_does_not_come_out() {
    let mut filling = start(json!([
        question("age", "integer", json!({})),
        question("work", "text", json!({ "relevant": "${age} >= 16" })),
        question("double", "calculate", json!({ "calculation": "${age} * 2" })),
        question("said", "calculate", json!({ "calculation": "concat('works: ', ${work})" })),
    ]));
    send(&mut filling, "age", &[("age", "17")]);
    send(&mut filling, "work", &[("work", "baker")]);
    assert_eq!(
        filling.answers(),
        json!({ "age": 17, "work": "baker", "double": 34, "said": "works: baker" })
    );
    send(&mut filling, "age", &[("age", "15")]);
    assert_eq!(filling.answers(), json!({ "age": 15, "double": 30, "said": "works: " }));
    assert_eq!(filling.relevant(), ["age"]);
    send(&mut filling, "age", &[("age", "16")]);
    assert_eq!(filling.answers()["work"], "baker");
}

#[test]
fn a_calculation_comes_before_what_reads_it_wherever_it_stands() {
    let mut filling = start(json!([
        question("sum", "calculate", json!({ "calculation": "${part} + 1" })),
        question("shown", "note", json!({ "relevant": "${sum} > 10" })),
        question("part", "calculate", json!({ "calculation": "${a} * 2" })),
        question("a", "integer", json!({})),
    ]));
    assert_eq!(filling.answers(), json!({}), "what is not a number is no answer");
    send(&mut filling, "a", &[("a", "5")]);
    assert_eq!(filling.answers(), json!({ "sum": 11, "part": 10, "a": 5 }));
    assert_eq!(crate::forms::pages(&filling), ["shown", "a"]);
}

#[test]
fn a_group_takes_its_questions_with_it() {
    let mut filling = start(json!([
        select("more", "select_one", "yes_no", json!({})),
        group(
            "g",
            json!({ "relevant": "${more} = 'yes'" }),
            json!([
                question("why", "text", json!({ "required": "yes" })),
                group("inner", json!({}), json!([question("what", "text", json!({}))])),
            ])
        ),
    ]));
    assert_codes(&filling, &[]);
    send(&mut filling, "more", &[("more", "yes")]);
    assert_codes(&filling, &[("why", "required")]);
    assert_eq!(filling.relevant(), ["more", "why", "what"]);
    send(&mut filling, "more", &[("more", "no")]);
    assert_eq!(filling.relevant(), ["more"]);
}

#[test]
fn choices_follow_from_other_answers() {
    let items = || {
        json!([
            select("region", "select_one", "regions", json!({})),
            select("town", "select_one", "towns", json!({ "choice_filter": "region = ${region}" })),
        ])
    };
    let mut filling = start(items());
    let offered = |filling: &keyline_forms::answering::Filling| -> Vec<String> {
        filling.view("town").unwrap().questions[0].choices.iter().map(|choice| choice.label.clone()).collect()
    };
    assert_eq!(offered(&filling), Vec::<String>::new());
    send(&mut filling, "region", &[("region", "low")]);
    assert_eq!(offered(&filling), ["Balburgh", "Culness"]);
    send(&mut filling, "town", &[("town", "cul")]);
    let taken = filling.take_page("town", &crate::forms::owned(&[("town", "ard")]));
    assert_eq!(taken.faults[0].code.name(), "not-offered");
    send(&mut filling, "town", &[("town", "cul")]);
    send(&mut filling, "region", &[("region", "up")]);
    assert_codes(&filling, &[("town", "not-offered")]);
    assert_codes(&resume(items(), &json!({ "region": "up", "town": "cul" })), &[("town", "not-offered")]);
    assert_codes(&resume(items(), &json!({ "region": "up", "town": "ard" })), &[]);
}

#[test]
fn defaults_are_answers_until_they_are_changed() {
    let items = || {
        json!([
            question("visits", "integer", json!({ "default": "2" })),
            question("day", "date", json!({ "default": "today()", "default_is_expression": true })),
            question(
                "next",
                "date",
                json!({ "default": "date(${day} + ${visits})", "default_is_expression": true })
            ),
            question("wrong", "integer", json!({ "default": "two" })),
            select("services", "select_multiple", "services", json!({ "default": "health  police" })),
        ])
    };
    let mut filling = start(items());
    assert_eq!(
        filling.answers(),
        json!({ "visits": 2, "day": "2025-06-09", "next": "2025-06-11", "services": ["health", "police"] })
    );
    send(&mut filling, "day", &[("day", "2025-07-01")]);
    assert_eq!(filling.answers()["next"], "2025-06-11", "a default is given once");
    let resumed = resume(items(), &json!({ "visits": 3 }));
    assert_eq!(resumed.answers(), json!({ "visits": 3 }), "an answer that was taken back stays away");
}

#[test]
fn once_and_triggers() {
    let items = || {
        json!([
            question("lot", "calculate", json!({ "calculation": "once(random())" })),
            question("name", "text", json!({})),
            question(
                "changed",
                "calculate",
                json!({ "calculation": "concat('was ', ${other})", "trigger": ["name"] })
            ),
            question("other", "text", json!({})),
        ])
    };
    let mut filling = start(items());
    let lot = filling.answers()["lot"].clone();
    assert!(lot.as_f64().is_some_and(|lot| (0.0..1.0).contains(&lot)), "{lot}");
    send(&mut filling, "other", &[("other", "red")]);
    assert_eq!(filling.answers()["changed"], Value::Null);
    send(&mut filling, "name", &[("name", "Ailsa")]);
    assert_eq!(filling.answers()["changed"], "was red");
    send(&mut filling, "other", &[("other", "blue")]);
    assert_eq!(filling.answers()["changed"], "was red");
    assert_eq!(filling.answers()["lot"], lot);
    let resumed = resume(items(), &filling.answers());
    assert_eq!(resumed.answers(), filling.answers());
}

#[test]
fn two_calculations_that_trigger_each_other_end() {
    let mut filling = start(json!([
        question("start_it", "text", json!({})),
        question("a", "calculate", json!({ "calculation": "${b} + 1", "trigger": ["b", "start_it"] })),
        question(
            "b",
            "calculate",
            json!({ "calculation": "coalesce(${a}, 0) + 1", "trigger": ["a", "start_it"] })
        ),
    ]));
    send(&mut filling, "start_it", &[("start_it", "x")]);
    assert!(filling.answers()["b"].is_number());
}

#[test]
fn a_long_chain_of_triggers_is_no_depth() {
    let mut items = vec![question("q0", "text", json!({}))];
    for index in 1..1_000 {
        let before = format!("q{}", index - 1);
        let calculation = format!("concat(${{{before}}}, '')");
        let name = format!("q{index}");
        items.push(question(&name, "calculate", json!({ "calculation": calculation, "trigger": [before] })));
    }
    let mut filling = start(Value::from(items));
    send(&mut filling, "q0", &[("q0", "x")]);
    assert_eq!(filling.answers()["q999"], "x");
}

#[test]
fn texts_speak_the_language_and_name_answers() {
    let mut filling = start(json!([
        question("name", "text", json!({})),
        select(
            "happy",
            "select_one",
            "yes_no",
            json!({
                "label": { "English (en)": "Are you happy, ${name}?", "Gàidhlig (gd)": "A bheil thu toilichte, ${name}?" },
                "required": "yes",
                "required_message": { "English (en)": "Tell us, ${name}", "Gàidhlig (gd)": "Innis dhuinn, ${name}" },
            })
        ),
        question("said", "calculate", json!({ "calculation": "jr:choice-name(${happy}, '${happy}')" })),
    ]));
    send(&mut filling, "name", &[("name", "<b>Iain</b>")]);
    assert_eq!(filling.view("happy").unwrap().questions[0].label, "Are you happy, <b>Iain</b>?");
    filling.speak("Gàidhlig (gd)");
    let view = filling.view("happy").unwrap();
    assert_eq!(view.questions[0].label, "A bheil thu toilichte, <b>Iain</b>?");
    assert_eq!(view.questions[0].choices[0].label, "Tha");
    let taken = filling.take_page("happy", &[]);
    assert_eq!(taken.faults[0].message.as_deref(), Some("Innis dhuinn, <b>Iain</b>"));
    send(&mut filling, "happy", &[("happy", "yes")]);
    assert_eq!(filling.answers()["said"], "Tha");
    assert_eq!(filling.summary()[1].answer, ["Tha"]);
}

#[test]
fn what_the_device_knows() {
    let items = json!([
        question("began", "start", json!({})),
        question("day", "today", json!({})),
        question("who", "username", json!({})),
        question("a", "text", json!({})),
    ]);
    let mut around = crate::forms::surroundings();
    around.properties.insert("username".to_owned(), "reader-7".to_owned());
    let filling = keyline_forms::answering::Filling::start(crate::forms::compiled(items), around);
    assert_eq!(
        filling.answers(),
        json!({ "began": "2025-06-09T12:30:00.000+01:00", "day": "2025-06-09", "who": "reader-7" })
    );
    assert_eq!(crate::forms::pages(&filling), ["a"]);
}

#[test]
fn what_was_never_shown_keeps_its_default_when_one_goes_on() {
    let items = json!([
        select("more", "select_one", "yes_no", json!({})),
        group(
            "g",
            json!({ "relevant": "${more} = 'yes'" }),
            json!([
                question("fixed", "integer", json!({ "default": "5" })),
                question("day", "date", json!({ "default": "today()", "default_is_expression": true })),
                crate::forms::repeat(
                    "r",
                    json!({}),
                    json!([question("b", "text", json!({ "default": "x" }))])
                ),
            ])
        ),
    ]);
    let mut filling = resume(items, &json!({ "more": "no" }));
    assert_eq!(filling.answers(), json!({ "more": "no" }));
    send(&mut filling, "more", &[("more", "yes")]);
    assert_eq!(
        filling.answers(),
        json!({ "more": "yes", "fixed": 5, "day": "2025-06-09", "r": [{ "b": "x" }] })
    );
}

#[test]
fn paths_into_lists_stand_in_texts() {
    let filling = resume(
        json!([
            select("town", "select_one", "towns", json!({})),
            question(
                "said",
                "note",
                json!({
                    "label": { "": "You are in instance('towns')/root/item[name = ${town}]/label (${town})." },
                })
            ),
        ]),
        &json!({ "town": "cul" }),
    );
    assert_eq!(filling.view("said").unwrap().questions[0].label, "You are in Culness (cul).");
}

#[test]
fn a_loop_asks_for_each_choice() {
    let items = json!([
        { "item": "group", "name": "each", "loop_over": "services", "items": [
            question("good", "text", json!({ "label": { "": "Was %(label)s good?" } })),
        ] },
    ]);
    let filling = resume(items, &json!({ "health": { "good": "yes" }, "police": { "good": "no" } }));
    assert_eq!(crate::forms::pages(&filling), ["health/good", "school/good", "police/good"]);
    assert_eq!(filling.view("school/good").unwrap().questions[0].label, "Was School good?");
    assert_eq!(filling.answers(), json!({ "health": { "good": "yes" }, "police": { "good": "no" } }));
}
