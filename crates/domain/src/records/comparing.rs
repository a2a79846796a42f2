//! Several readings of one record: where they differ, and the one answer of each record that is counted.
//!
//! The unit is the record, never the reading: a record that two pairs read counts once. Where they answered differently it
//! counts for the answer that was settled; until one is, for neither, and it is told apart. How far readers agree is the
//! subject of [`super::agreeing`].

use std::sync::Arc;

use keyline_forms::answering::{Compiled, Filling};
use keyline_forms::expression::Surroundings;
use keyline_forms::form::{Form, Question};
use serde_json::{Map, Value};

use super::moderating::{Settled, is_compared};
use super::tool::{is_health, levels, questions, values};

/// A record that was read: its finished readings, and what was settled where they differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadRecord {
    /// Its label.
    pub label: String,
    /// The stratum from which it was drawn, by its place.
    pub stratum: usize,
    /// The answers of each finished reading.
    pub readings: Vec<Value>,
    /// What was settled.
    pub settled: Settled,
}

/// How the readings of one record stand to each other on one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// There is nothing to compare: one reading, no answer, or own words.
    NotCompared,
    /// All answered alike.
    Same,
    /// They answered differently, or one did not answer.
    Different,
}

/// How the readings of one record stand to each other on a question.
pub fn likeness(form: &Form, question: &Question, readings: &[Value]) -> Likeness {
    let readings = asked_about(form, question, readings);
    let mut given = readings.iter().map(|r| r.get(&question.name));
    let Some(first) = given.next() else { return Likeness::NotCompared };
    let answered = readings.iter().any(|r| r.get(&question.name).is_some());
    if readings.len() < 2 || !is_compared(form, question) || !answered {
        return Likeness::NotCompared;
    }
    if given.all(|other| other == first) { Likeness::Same } else { Likeness::Different }
}

/// The readings that a question speaks to: of one about health those that say something about health at all, since a pair in which
/// nobody is entitled is not asked.
fn asked_about<'r>(form: &Form, question: &Question, readings: &'r [Value]) -> Vec<&'r Value> {
    if !is_health(question) {
        return readings.iter().collect();
    }
    let health: Vec<&str> = questions(form).filter(|q| is_health(q)).map(|q| q.name.as_str()).collect();
    readings.iter().filter(|r| health.iter().any(|name| r.get(name).is_some())).collect()
}

/// What the records say to one question so far.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionResult<'a> {
    /// The question.
    pub question: &'a Question,
    /// Records with one answer that holds: the whole of every share.
    pub answered: usize,
    /// Each value with how many of them gave it, in the order of the tool.
    pub counts: Vec<(String, usize)>,
    /// The same for each stratum: how many answered, and how many gave each value.
    pub strata: Vec<(usize, Vec<usize>)>,
    /// Records whose readings differ, and nothing is settled yet.
    pub differ: usize,
}

/// What the tool shows so far, question by question. `around` is what the tool's rules may look at besides the answers,
/// `strata` how many strata the sample was drawn from (one when it was drawn from all).
pub fn results<'a>(
    tool: &'a Arc<Compiled>,
    around: &Surroundings,
    records: &[ReadRecord],
    strata: usize,
) -> Vec<QuestionResult<'a>> {
    let form = tool.form();
    let mut found: Vec<QuestionResult<'a>> = questions(form)
        .map(|question| {
            let counts: Vec<(String, usize)> =
                levels(form, question).into_iter().map(|level| (level, 0)).collect();
            let strata = vec![(0, vec![0; counts.len()]); strata];
            QuestionResult { question, answered: 0, counts, strata, differ: 0 }
        })
        .filter(|result| !result.counts.is_empty())
        .collect();
    for record in records.iter().filter(|r| !r.readings.is_empty()) {
        let held = held(tool, around, record);
        for result in &mut found {
            result.differ += usize::from(held.open.contains(&result.question.name));
            let Some(answer) = held.answers.get(&result.question.name) else { continue };
            let given = values(answer);
            result.answered += 1;
            let mut own = result.strata.get_mut(record.stratum);
            if let Some((answered, _)) = &mut own {
                *answered += 1;
            }
            for (place, (level, count)) in result.counts.iter_mut().enumerate() {
                if given.contains(level) {
                    *count += 1;
                    if let Some((_, counts)) = &mut own {
                        counts[place] += 1;
                    }
                }
            }
        }
    }
    found
}

/// What holds of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The answers that all its readings share or that were settled.
    pub answers: Value,
    /// The questions on which its readings differ and nothing is settled.
    pub open: Vec<String>,
}

/// What holds of a record. A question that hangs on one that is still open, or that was settled so that it is not asked, is
/// not asked.
pub fn held(tool: &Arc<Compiled>, around: &Surroundings, record: &ReadRecord) -> Held {
    let (mut common, mut open, mut settled) = (Map::new(), Vec::new(), false);
    for question in questions(tool.form()) {
        let readings = asked_about(tool.form(), question, &record.readings);
        let mut given = readings.iter().map(|r| r.get(&question.name));
        let first = given.next().flatten();
        if given.all(|other| other == first) {
            common.extend(first.map(|answer| (question.name.clone(), answer.clone())));
        } else if let Some(answer) = record.settled.get(&question.name) {
            settled = true;
            if !answer.is_null() {
                common.insert(question.name.clone(), answer.clone());
            }
        } else if is_compared(tool.form(), question) {
            open.push(question.name.clone());
        }
    }
    let answers = Value::Object(common);
    // What is finished holds only what was asked; where readings differ, it has to be found out again what is.
    if open.is_empty() && !settled {
        return Held { answers, open };
    }
    let filling = Filling::resume(tool.clone(), around.clone(), &answers);
    let asked = filling.relevant();
    open.retain(|name| asked.contains(name));
    Held { answers: filling.answers(), open }
}

#[cfg(test)]
mod tests {
    use keyline_forms::expression::Chance;
    use serde_json::json;

    use super::*;

    fn tool() -> Arc<Compiled> {
        let quality: Vec<Value> =
            (1..=6).map(|n| json!({ "name": n.to_string(), "label": { "": n.to_string() } })).collect();
        let form: Form = serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [
                { "item": "question", "name": "plan", "kind": "select_one", "label": { "": "Is there a plan?" },
                  "required": "yes", "choices": { "from": "list", "name": "yes-no" } },
                { "item": "question", "name": "good", "kind": "select_one", "label": { "": "How good is it?" },
                  "appearance": "likert", "relevant": "${plan} = 'yes'", "choices": { "from": "list", "name": "quality" } },
                { "item": "question", "name": "why", "kind": "text", "label": { "": "Why?" } }
            ],
            "lists": [
                { "name": "yes-no", "choices": [{ "name": "yes" }, { "name": "no" }] },
                { "name": "quality", "choices": quality }
            ]
        }))
        .unwrap();
        Arc::new(Compiled::new(&form).unwrap())
    }

    fn around() -> Surroundings {
        Surroundings::new("2025-06-09T12:30:00+01:00[Europe/London]".parse().unwrap(), Chance::from_number(7))
    }

    fn reading(plan: bool, good: Option<u8>, why: &str) -> Value {
        let mut answers = json!({ "plan": if plan { "yes" } else { "no" }, "why": why });
        if let Some(good) = good {
            answers["good"] = good.to_string().into();
        }
        answers
    }

    #[test]
    fn one_reading_and_own_words_are_not_compared() {
        let tool = tool();
        let t = tool.form();
        let asked: Vec<&Question> = questions(t).collect();
        let [plan, good, why] = asked.as_slice() else { panic!("three questions") };
        let two = [reading(true, Some(4), "a"), reading(true, Some(5), "b")];
        assert_eq!(likeness(t, plan, &two), Likeness::Same);
        assert_eq!(likeness(t, good, &two), Likeness::Different);
        assert_eq!(likeness(t, why, &two), Likeness::NotCompared);
        assert_eq!(likeness(t, plan, &two[..1]), Likeness::NotCompared);
        assert_eq!(likeness(t, plan, &[]), Likeness::NotCompared);
        let without = [reading(false, None, "a"), reading(false, None, "b")];
        assert_eq!(likeness(t, good, &without), Likeness::NotCompared);
        let one_asked = [reading(false, None, "a"), reading(true, Some(3), "b")];
        assert_eq!(likeness(t, good, &one_asked), Likeness::Different);
    }

    #[test]
    fn a_record_counts_once_and_for_neither_answer_until_one_is_settled() {
        let tool = tool();
        let mut records: Vec<ReadRecord> = [
            vec![reading(true, Some(4), "a"), reading(true, Some(4), "b")],
            vec![reading(true, Some(2), "a"), reading(true, Some(3), "b")],
            vec![reading(false, None, "a"), reading(true, Some(3), "b")],
            vec![reading(true, Some(6), "a")],
            vec![],
        ]
        .into_iter()
        .enumerate()
        .map(|(n, readings)| ReadRecord { readings, stratum: n % 2, ..ReadRecord::default() })
        .collect();
        let found = results(&tool, &around(), &records, 2);
        assert_eq!(found.len(), 2);
        let yes = |r: &QuestionResult<'_>| r.counts.iter().find(|(value, _)| value == "yes").unwrap().1;
        assert_eq!((found[0].answered, yes(&found[0]), found[0].differ), (3, 3, 1));
        assert_eq!(found[0].strata, [(1, vec![1, 0]), (2, vec![2, 0])]);
        // Of the three with a plan for certain, one is judged in two ways; the fourth is not asked.
        assert_eq!((found[1].answered, found[1].differ), (2, 1));

        records[1].settled.insert("good".into(), json!("3"));
        records[2].settled.insert("plan".into(), json!("no"));
        let found = results(&tool, &around(), &records, 2);
        assert_eq!((found[0].answered, yes(&found[0]), found[0].differ), (4, 3, 0));
        assert_eq!((found[1].answered, found[1].differ), (3, 0), "no plan, so nobody asks how good it is");
        records[2].settled.insert("plan".into(), json!("yes"));
        let found = results(&tool, &around(), &records, 2);
        assert_eq!(
            (found[1].answered, found[1].differ),
            (3, 1),
            "one of two was not asked how good the plan is"
        );
        records[2].settled.insert("good".into(), Value::Null);
        assert_eq!(results(&tool, &around(), &records, 2)[1].differ, 0);
    }

    #[test]
    fn what_is_settled_does_not_touch_what_readers_agree_on() {
        let tool = tool();
        let readings = vec![reading(true, Some(4), "a"), reading(true, Some(4), "b")];
        let settled = Settled::from([("good".to_owned(), json!("1"))]);
        let held = held(&tool, &around(), &ReadRecord { readings, settled, ..ReadRecord::default() });
        assert_eq!(held.answers["good"], "4");
        assert_eq!(held.open, Vec::<String>::new(), "own words stand beside each other");
    }

    #[test]
    fn a_pair_that_was_not_asked_about_health_differs_on_nothing_of_it() {
        let form: Form = serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [{ "item": "question", "name": "met", "kind": "select_one", "extra": { "part": "health" },
                "choices": { "from": "list", "name": "l" } }],
            "lists": [{ "name": "l", "choices": [{ "name": "yes" }, { "name": "no" }] }]
        }))
        .unwrap();
        let met = form.question("met").unwrap();
        let (yes, no) = (json!({ "met": "yes" }), json!({ "met": "no" }));
        assert_eq!(likeness(&form, met, &[yes.clone(), json!({ "plan": "yes" })]), Likeness::NotCompared);
        assert_eq!(likeness(&form, met, &[yes.clone(), no]), Likeness::Different);
        let tool = Arc::new(Compiled::new(&form).unwrap());
        let readings = vec![yes, json!({})];
        let held = held(&tool, &around(), &ReadRecord { readings, ..ReadRecord::default() });
        assert_eq!((held.answers, held.open), (json!({ "met": "yes" }), Vec::new()));
    }

    #[test]
    fn nobody_read_gives_nothing() {
        let tool = tool();
        assert_eq!(results(&tool, &around(), &[], 1)[0].answered, 0);
    }
}
