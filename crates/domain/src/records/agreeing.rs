//! How far pairs that read the same records agree, question by question: from the readings as they were finished, before
//! anything was settled.
//!
//! The measures are those of [`keyline_statistics::agreement`]. A unit is a record, a reader a pair. The categories of a
//! question are its choices, also those that nobody chose; sets of several choices are names without an order; numbers are
//! measures. A question that one of two pairs was not asked is a reading that is missing, and a record of which one pair
//! alone answered a question is left out of it.

use std::collections::BTreeSet;

use keyline_forms::form::{Form, Kind};
use keyline_statistics::agreement::alpha::Level;
use keyline_statistics::agreement::readings::{Readings, Scale};
use keyline_statistics::agreement::resampling::Resampling;
use keyline_statistics::agreement::summary::{Agreement, agreement};
use keyline_statistics::sample::Seed;
use serde_json::Value;

use super::moderating::{is_compared, is_number};
use super::tool::{is_scale, levels, questions, values};

/// Fewest records read by two of which a measure is more than a hint. Below it one record more or less turns it over, and
/// the page says so beside the numbers.
pub const FEWEST_COMPARED: u64 = 10;

/// The seed of the intervals by drawing again: the same readings give the same interval.
pub const SEED: u64 = 1;

/// Sign between the choices of a set.
const AND: &str = " + ";

/// The agreement on one question.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemAgreement {
    /// Name of the question.
    pub question: String,
    /// What its answers are.
    pub level: Level,
    /// The values of its answers in the order of the scale; of a set joined with ` + `.
    pub categories: Vec<String>,
    /// What was found.
    pub found: Agreement,
}

/// The readings of one record: for each pair that read it, its place among the pairs and its answers.
pub type ReadByPairs = Vec<(usize, Value)>;

/// The agreement on every question whose answers are compared. Each item of `records` are the finished readings of one
/// record, `pairs` says how many pairs there are. Questions are worked out one by one, so that the work can be watched.
pub fn on_all<'a>(
    form: &'a Form,
    records: &'a [ReadByPairs],
    pairs: usize,
) -> impl Iterator<Item = ItemAgreement> + 'a {
    questions(form)
        .filter(|question| is_compared(form, question))
        .filter_map(move |question| on_one(form, &question.name, records, pairs))
}

/// The agreement on one question; none when it is not there or not compared.
pub fn on_one(form: &Form, name: &str, records: &[ReadByPairs], pairs: usize) -> Option<ItemAgreement> {
    let question = questions(form).find(|q| q.name == name && is_compared(form, q))?;
    // What one pair alone said would say how usual an answer is, and not how far two agree.
    let twice =
        |readings: &&ReadByPairs| readings.iter().filter(|(_, all)| all.get(name).is_some()).count() > 1;
    let records: Vec<&ReadByPairs> = records.iter().filter(twice).collect();
    let number = is_number(question);
    let said = |answer: &Value| values(answer).join(AND);
    let categories: Vec<String> = if number {
        let mut numbers: Vec<f64> =
            answers(name, &records).filter_map(|(_, answer)| said(answer).parse().ok()).collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        numbers.iter().map(f64::to_string).collect()
    } else if question.kind == Kind::SelectMultiple {
        answers(name, &records).map(|(_, answer)| said(answer)).collect::<BTreeSet<_>>().into_iter().collect()
    } else {
        levels(form, question)
    };
    let scale = if number {
        Scale::of_numbers(categories.iter().filter_map(|c| c.parse().ok())).ok()?
    } else {
        Scale::of_categories(u32::try_from(categories.len()).ok()?)
    };
    let place = |answer: &Value| {
        let said = said(answer);
        if number { scale.category(said.parse().ok()?) } else { categories.iter().position(|c| *c == said) }
    };
    let units = records.iter().copied().map(|readings| {
        let mut unit = vec![None; pairs];
        for (pair, answers) in readings {
            if let Some(cell) = unit.get_mut(*pair) {
                *cell = answers.get(name).and_then(place);
            }
        }
        unit
    });
    let level = match (number, is_scale(question)) {
        (true, _) => Level::Interval,
        (false, true) => Level::Ordinal,
        (false, false) => Level::Nominal,
    };
    let readings = Readings::new(scale.clone(), units.collect()).ok()?;
    let found = agreement(&readings, level, Resampling::USUAL, &mut Seed::from(SEED).generator(0));
    Some(ItemAgreement { question: name.to_owned(), level, categories, found })
}

fn answers<'r>(name: &'r str, records: &[&'r ReadByPairs]) -> impl Iterator<Item = (usize, &'r Value)> {
    records.iter().copied().flatten().filter_map(move |(pair, answers)| Some((*pair, answers.get(name)?)))
}

#[cfg(test)]
mod tests {
    use keyline_statistics::agreement::Undefined;
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        let choices: Vec<Value> =
            (1..=6).map(|n| json!({ "name": n.to_string(), "label": { "": n.to_string() } })).collect();
        serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [
                { "item": "question", "name": "good", "kind": "select_one", "appearance": "likert",
                  "choices": { "from": "list", "name": "six" } },
                { "item": "question", "name": "seen", "kind": "select_multiple",
                  "choices": { "from": "list", "name": "six" } },
                { "item": "question", "name": "many", "kind": "integer" },
                { "item": "question", "name": "why", "kind": "text" }
            ],
            "lists": [{ "name": "six", "choices": choices }]
        }))
        .unwrap()
    }

    #[test]
    fn the_tables_and_coefficients_are_those_of_the_readings() {
        let form = form();
        let of = |pair: usize, good: &str, many: i64| {
            (pair, json!({ "good": good, "seen": ["1", "2"], "many": many, "why": "w" }))
        };
        let records = vec![
            vec![of(0, "4", 2), of(1, "4", 2)],
            vec![of(1, "3", 1), of(2, "2", 3)],
            vec![of(0, "5", 10), of(2, "5", 10)],
            vec![of(0, "1", 9)],
        ];
        let found: Vec<ItemAgreement> = on_all(&form, &records, 3).collect();
        let names: Vec<&str> = found.iter().map(|f| f.question.as_str()).collect();
        assert_eq!(names, ["good", "seen", "many"], "own words are not compared");
        let good = &found[0];
        assert_eq!((good.level, good.categories.len()), (Level::Ordinal, 6));
        assert_eq!((good.found.units, good.found.read_twice, good.found.pairs.len()), (3, 3, 3));
        assert!((good.found.percent.unwrap().value - 2.0 / 3.0).abs() < 1e-12);
        let table: Vec<_> = good.found.pairs[2].table.cells().collect();
        assert_eq!(table, [(2, 1, 1)], "the second pair said 3, the third said 2");
        assert_eq!(found[1].found.alpha, Err(Undefined::OneCategory));
        assert_eq!(found[2].level, Level::Interval);
        assert_eq!(found[2].categories, ["1", "2", "3", "10"], "in the order of numbers, of what two read");
        assert_eq!(on_one(&form, "why", &records, 3), None);
    }

    #[test]
    fn a_cohort_of_nobody_and_of_one_has_no_agreement_and_says_why() {
        let form = form();
        for records in [vec![], vec![vec![(0, json!({ "good": "4" }))]]] {
            let found = on_one(&form, "good", &records, 2).unwrap();
            assert_eq!(found.found.alpha, Err(Undefined::NothingReadTwice));
            assert_eq!(found.found.percent, Err(Undefined::NothingReadTwice));
        }
        assert_eq!(on_all(&form, &[], 0).count(), 3);
    }
}
