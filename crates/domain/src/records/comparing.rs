//! Several readings of one record: how far their readers agree, and the one answer of each record that is counted.
//!
//! The unit is the record, never the reading: a record that two people read counts once. Where its readers answered
//! differently it counts for neither answer and is told apart, because nobody has settled yet which of them holds.
//! Sources: reading in pairs is published; how agreement is measured is not, so the measures are ours [B].

use std::collections::BTreeMap;
use std::sync::Arc;

use keyline_forms::answering::{Compiled, Filling};
use keyline_forms::expression::Surroundings;
use keyline_forms::form::{Form, Question};
use keyline_statistics::agreement::Undefined;
use keyline_statistics::agreement::alpha::{Level, krippendorff};
use keyline_statistics::agreement::readings::Readings;
use keyline_statistics::proportions::whole_percent;
use serde_json::{Map, Value};

use super::tool::{is_scale, levels, questions, values};

/// Fewest records read by two from which a measure of agreement is given. Below it one record more or less would turn
/// the measure over, so the counts stand alone.
pub const FEWEST_COMPARED: usize = 10;

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
    let mut given = readings.iter().map(|r| r.get(&question.name));
    let Some(first) = given.next() else { return Likeness::NotCompared };
    let answered = readings.iter().any(|r| r.get(&question.name).is_some());
    if readings.len() < 2 || levels(form, question).is_empty() || !answered {
        return Likeness::NotCompared;
    }
    if given.all(|other| other == first) { Likeness::Same } else { Likeness::Different }
}

/// Krippendorff's alpha, or why there is none. It fits readers who change from record to record, which Cohen's kappa,
/// made for two fixed ones, does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Alpha {
    /// Fewer than [`FEWEST_COMPARED`] records.
    TooFew,
    /// Everybody gave one and the same answer everywhere: chance alone would explain it.
    OneAnswer,
    /// From 1 (always alike) over 0 (no better than chance) down.
    Is(f64),
}

/// The agreement on one question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionAgreement<'a> {
    /// The question.
    pub question: &'a Question,
    /// Records on which two or more readers answered it.
    pub compared: usize,
    /// Records on which all of them answered alike.
    pub alike: usize,
    /// The same in whole percent, from [`FEWEST_COMPARED`] records.
    pub percent: Option<u8>,
    /// Agreement beyond chance.
    pub alpha: Alpha,
}

/// The agreement of the readers over all records.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement<'a> {
    /// Records with two readings or more.
    pub records: usize,
    /// Answers that could be compared: questions times records.
    pub compared: usize,
    /// Those that were alike.
    pub alike: usize,
    /// The same in whole percent, from [`FEWEST_COMPARED`] records.
    pub percent: Option<u8>,
    /// Question by question, own words left out.
    pub questions: Vec<QuestionAgreement<'a>>,
}

/// How far the readers agree. Each item holds the finished readings of one record; a question that only one of its
/// readers was asked says nothing of its own, since they already differ on the question that leads to it.
pub fn agreement<'a>(form: &'a Form, records: &[Vec<Value>]) -> Agreement<'a> {
    let twice: Vec<&Vec<Value>> = records.iter().filter(|r| r.len() > 1).collect();
    let asked = questions(form).map(|question| (question, levels(form, question)));
    let questions: Vec<QuestionAgreement<'a>> = asked
        .filter(|(_, levels)| !levels.is_empty())
        .map(|(question, levels)| on_question(question, levels, &twice))
        .collect();
    let compared = questions.iter().map(|q| q.compared).sum();
    let alike = questions.iter().map(|q| q.alike).sum();
    let percent = percent(alike, compared, twice.len());
    Agreement { records: twice.len(), compared, alike, percent, questions }
}

fn percent(alike: usize, compared: usize, records: usize) -> Option<u8> {
    let (alike, compared) = (u64::try_from(alike).ok()?, u64::try_from(compared).ok()?);
    if records < FEWEST_COMPARED { None } else { whole_percent(alike, compared) }
}

fn on_question<'a>(
    question: &'a Question,
    levels: Vec<String>,
    records: &[&Vec<Value>],
) -> QuestionAgreement<'a> {
    // Each different answer gets a number; those of a scale in its order, so that neighbours are near.
    let mut numbers: BTreeMap<Vec<String>, u32> =
        (0..).zip(levels).map(|(n, level)| (vec![level], n)).collect();
    let mut units: Vec<Vec<Option<f64>>> = Vec::new();
    let mut alike = 0;
    for readings in records {
        let given: Vec<&Value> = readings.iter().filter_map(|r| r.get(&question.name)).collect();
        if given.len() < 2 {
            continue;
        }
        alike += usize::from(given.windows(2).all(|two| two[0] == two[1]));
        let unit = given.into_iter().map(|answer| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            Some(f64::from(*numbers.entry(values(answer)).or_insert(next)))
        });
        units.push(unit.collect());
    }
    let level = if is_scale(question) { Level::Ordinal } else { Level::Nominal };
    let alpha = if units.len() < FEWEST_COMPARED {
        Alpha::TooFew
    } else {
        match Readings::of_numbers(&units).map(|readings| krippendorff(&readings.tally(), level)) {
            Ok(Ok(alpha)) => Alpha::Is(alpha),
            Ok(Err(Undefined::OneCategory)) => Alpha::OneAnswer,
            Ok(Err(_)) | Err(_) => Alpha::TooFew,
        }
    };
    let percent = percent(alike, units.len(), units.len());
    QuestionAgreement { question, compared: units.len(), alike, percent, alpha }
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
    /// Records whose readers answered differently.
    pub differ: usize,
}

/// What the tool shows so far, question by question. Each item holds the finished readings of one record.
/// `around` is what the tool's rules may look at besides the answers.
pub fn results<'a>(
    tool: &'a Arc<Compiled>,
    around: &Surroundings,
    records: &[Vec<Value>],
) -> Vec<QuestionResult<'a>> {
    let form = tool.form();
    let mut found: Vec<QuestionResult<'a>> = questions(form)
        .map(|question| {
            let counts = levels(form, question).into_iter().map(|level| (level, 0)).collect();
            QuestionResult { question, answered: 0, counts, differ: 0 }
        })
        .filter(|result| !result.counts.is_empty())
        .collect();
    for readings in records.iter().filter(|r| !r.is_empty()) {
        let (common, different) = held_in_common(tool, around, readings);
        for result in &mut found {
            result.differ += usize::from(different.contains(&result.question.name));
            let Some(answer) = common.get(&result.question.name) else { continue };
            let given = values(answer);
            result.answered += 1;
            for (level, count) in &mut result.counts {
                *count += usize::from(given.contains(level));
            }
        }
    }
    found
}

/// The answers that all readings of a record share, and the questions on which they differ. A question that hangs on one
/// on which they differ is not asked.
fn held_in_common(tool: &Arc<Compiled>, around: &Surroundings, readings: &[Value]) -> (Value, Vec<String>) {
    let (mut common, mut different) = (Map::new(), Vec::new());
    for question in questions(tool.form()) {
        let mut given = readings.iter().map(|r| r.get(&question.name));
        let first = given.next().flatten();
        if !given.all(|other| other == first) {
            different.push(question.name.clone());
        } else if let Some(answer) = first {
            common.insert(question.name.clone(), answer.clone());
        }
    }
    let common = Value::Object(common);
    // What is finished holds only what was asked; where readers differ, it has to be found out again what is.
    if different.is_empty() {
        return (common, different);
    }
    let filling = Filling::resume(tool.clone(), around.clone(), &common);
    let asked = filling.relevant();
    different.retain(|name| asked.contains(name));
    (filling.answers(), different)
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
    fn agreement_counts_records_and_waits_for_enough_of_them() {
        let tool = tool();
        let t = tool.form();
        let mut records = vec![
            vec![reading(true, Some(4), "a"), reading(true, Some(4), "b")],
            vec![reading(true, Some(2), "a"), reading(true, Some(3), "b")],
            vec![reading(false, None, "a"), reading(true, Some(3), "b")],
            vec![reading(true, Some(6), "read by one alone")],
        ];
        let found = agreement(t, &records);
        assert_eq!((found.records, found.compared, found.alike), (3, 5, 3));
        assert_eq!(found.percent, None, "three records are too few");
        let plan = &found.questions[0];
        assert_eq!((plan.compared, plan.alike, plan.alpha), (3, 2, Alpha::TooFew));
        assert_eq!(found.questions.len(), 2, "own words are left out");
        records.extend((0..8).map(|_| vec![reading(true, Some(4), "a"), reading(true, Some(4), "b")]));
        let found = agreement(t, &records);
        let (plan, good) = (&found.questions[0], &found.questions[1]);
        assert_eq!((plan.compared, good.compared), (11, 10));
        // 10 of 11, 9 of 10; 19 of 21
        assert_eq!((plan.percent, good.percent, found.percent), (Some(91), Some(90), Some(90)));
        // 22 judgements, 21 yes and 1 no, one record differs: alpha = 1 - 21 x 1 / (21 x 1) = 0
        assert_eq!(plan.alpha, Alpha::Is(0.0));
        let Alpha::Is(alpha) = good.alpha else { panic!("{:?}", good.alpha) };
        // ordinal, values 2, 3 and 18 times 4: 2 and 3 lie 1 apart, 2 and 4 lie 10.5 apart, 3 and 4 lie 9.5 apart;
        // observed 1, expected 1 + 18 x 110.25 + 18 x 90.25 = 3610; alpha = 1 - 19 x 1 / 3610
        assert!((alpha - (1.0 - 19.0 / 3610.0)).abs() < 1e-9, "{alpha}");
    }

    #[test]
    fn the_same_answer_everywhere_tells_nothing_beyond_chance() {
        let tool = tool();
        let t = tool.form();
        let records: Vec<_> =
            (0..10).map(|_| vec![reading(true, Some(4), "a"), reading(true, Some(4), "b")]).collect();
        let found = agreement(t, &records);
        assert_eq!((found.questions[0].alike, found.questions[0].alpha), (10, Alpha::OneAnswer));
        assert_eq!(agreement(t, &[]).compared, 0);
    }

    #[test]
    fn a_record_counts_once_and_for_neither_answer_where_its_readers_differ() {
        let tool = tool();
        let records = [
            vec![reading(true, Some(4), "a"), reading(true, Some(4), "b")],
            vec![reading(true, Some(2), "a"), reading(true, Some(3), "b")],
            vec![reading(false, None, "a"), reading(true, Some(3), "b")],
            vec![reading(true, Some(6), "a")],
            vec![],
        ];
        let found = results(&tool, &around(), &records);
        assert_eq!(found.len(), 2);
        let yes = |r: &QuestionResult<'_>| r.counts.iter().find(|(value, _)| value == "yes").unwrap().1;
        assert_eq!((found[0].answered, yes(&found[0]), found[0].differ), (3, 3, 1));
        // Of the three with a plan for certain, one is judged in two ways; the fourth is not asked.
        assert_eq!((found[1].answered, found[1].differ), (2, 1));
    }
}
