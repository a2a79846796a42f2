//! What the records that were read say of all records: shares with their intervals, each stratum with its weight; and
//! what of it may leave the team.
//!
//! Records were drawn by chance, so an interval stands on firm ground, other than with people who chose to answer. How it is
//! found is said with it ([`keyline_statistics::stratified`]). Where everybody's record was read there is none.

use std::collections::BTreeMap;

use keyline_forms::form::{Choice, ChoiceList, ChoicesFrom, Form, Item, Kind, Media, Place, Question, Text};
use keyline_statistics::finite::{Certainty, NoInterval, Selection};
use keyline_statistics::normal::Confidence;
use keyline_statistics::stratified::{Heard, Weighted, WeightedError, proportion};
use serde_json::Value;

use super::comparing::QuestionResult;
use crate::voices::results::{Results, Routing, results, routings};
use crate::voices::threshold::SMALLEST_FAMILIES;

/// How sure an interval is.
pub const CONFIDENCE: Confidence = Confidence::NINETY_FIVE;

/// The smallest number of records of which a count leaves the team: that of children and families, since each record is
/// that of a child.
pub const SMALLEST: u32 = SMALLEST_FAMILIES;

/// Name of the question by which results are divided, which no tool has.
pub const STRATUM: &str = "-stratum";

/// A part of the population from which records were drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    /// Its name; empty for the whole.
    pub name: String,
    /// Records in it.
    pub population: u64,
    /// How many of them were drawn and are in use.
    pub drawn: u64,
}

/// What is known of a share among all records.
#[derive(Debug, Clone, PartialEq)]
pub enum Estimate {
    /// The share, each stratum with its weight, and its interval or why there is none.
    Of(Weighted),
    /// Only some records were asked this, and nobody knows how many of all would be. The share of those asked stands for
    /// itself.
    SomeAsked,
    /// It cannot be told: a stratum of which nothing was read, or nothing at all.
    Untold(WeightedError),
}

/// The share of each answer to a question among all records, in the order of its answers.
pub fn estimates(form: &Form, result: &QuestionResult<'_>, strata: &[Stratum]) -> Vec<Estimate> {
    let everyone = routings(form)
        .into_iter()
        .any(|(name, routing)| name == result.question.name && routing == Routing::Everyone);
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    (0..result.counts.len())
        .map(|answer| {
            if !everyone {
                return Estimate::SomeAsked;
            }
            let heard: Vec<Heard> = strata
                .iter()
                .zip(&result.strata)
                .map(|(stratum, (answered, counts))| Heard {
                    population: stratum.population,
                    answered: count(*answered),
                    part: counts.get(answer).copied().map_or(0, count),
                })
                .collect();
            match proportion(&heard, Selection::Random, CONFIDENCE) {
                Ok(weighted) => Estimate::Of(weighted),
                Err(error) => Estimate::Untold(error),
            }
        })
        .collect()
}

/// Whether every record was read, so that there is nothing to be unsure of.
pub fn is_census(weighted: &Weighted) -> bool {
    weighted.overall == Certainty::None(NoInterval::Census)
}

/// Whether records of all strata count alike: then a share over all says no more than the counts over all.
pub fn counts_alike(strata: &[Stratum]) -> bool {
    strata.windows(2).all(|two| {
        u128::from(two[0].drawn) * u128::from(two[1].population)
            == u128::from(two[1].drawn) * u128::from(two[0].population)
    })
}

/// The results as they may leave the team, small numbers hidden as in surveys: by stratum where numbers allow. `answers` are
/// what holds of each record that was read, with the place of its stratum.
///
/// # Errors
/// A sentence when the counts contradict each other, which is a fault of this program.
pub fn outside(form: &Form, answers: &[(usize, Value)], strata: &[Stratum]) -> Result<Results, String> {
    if strata.len() < 2 {
        return results(form, answers.iter().map(|(_, answers)| answers), SMALLEST);
    }
    let mut form = form.clone();
    let choice = |n: usize| Choice {
        name: n.to_string(),
        label: Text::default(),
        media: Media::default(),
        extra: BTreeMap::new(),
        generated: false,
        place: Place::default(),
    };
    form.lists
        .push(ChoiceList { name: STRATUM.to_owned(), choices: (0..strata.len()).map(choice).collect() });
    let question = Question {
        name: STRATUM.to_owned(),
        kind: Kind::SelectOne,
        choices: Some(ChoicesFrom::List(STRATUM.to_owned())),
        ..Question::default()
    };
    form.items.insert(0, Item::Question(question));
    form.settings.insert("group_by".to_owned(), STRATUM.to_owned());
    let divided: Vec<Value> = answers
        .iter()
        .map(|(stratum, answers)| {
            let mut answers = answers.clone();
            if let Some(all) = answers.as_object_mut() {
                all.insert(STRATUM.to_owned(), Value::String(stratum.to_string()));
            }
            answers
        })
        .collect();
    results(&form, divided.iter(), SMALLEST)
}

/// Whether the weighted share of a question may leave the team: where strata count differently and a number of one of them is
/// hidden, the share over all would give it away.
pub fn share_may_leave(results: &Results, question: &str, strata: &[Stratum]) -> bool {
    if counts_alike(strata) {
        return true;
    }
    let shown: Vec<_> = results.questions.iter().filter(|q| q.question == question).collect();
    let divided = shown.iter().all(|q| !q.by.is_empty());
    let all_shown = shown
        .iter()
        .flat_map(|q| &q.by)
        .flat_map(|(_, rows)| rows)
        .all(|row| row.answered.is_some() && row.counts.iter().all(Option::is_some));
    // Strata that were joined are not shown one by one either.
    let one_by_one = results.groupings.iter().all(|g| g.groups.len() == strata.len());
    divided && all_shown && one_by_one
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        serde_json::from_value(json!({
            "id": "t", "title": "T", "name": "data",
            "items": [
                { "item": "question", "name": "plan", "kind": "select_one", "choices": { "from": "list", "name": "l" } },
                { "item": "question", "name": "good", "kind": "select_one", "relevant": "${plan} = 'a'",
                  "choices": { "from": "list", "name": "l" } }
            ],
            "lists": [{ "name": "l", "choices": [{ "name": "a" }, { "name": "b" }] }]
        }))
        .unwrap()
    }

    fn stratum(name: &str, population: u64, drawn: u64) -> Stratum {
        Stratum { name: name.to_owned(), population, drawn }
    }

    fn result<'a>(form: &'a Form, name: &str, strata: &[(usize, usize)]) -> QuestionResult<'a> {
        let strata: Vec<(usize, Vec<usize>)> = strata.iter().map(|(n, a)| (*n, vec![*a, n - a])).collect();
        let sum = |of: usize| strata.iter().map(|(_, counts)| counts[of]).sum();
        let counts = vec![("a".to_owned(), sum(0)), ("b".to_owned(), sum(1))];
        let answered = strata.iter().map(|(n, _)| n).sum();
        QuestionResult { question: form.question(name).unwrap(), answered, counts, strata, differ: 0 }
    }

    #[test]
    fn each_stratum_counts_with_its_part_of_the_population() {
        let form = form();
        let strata = [stratum("North", 80, 10), stratum("South", 20, 10)];
        let found = estimates(&form, &result(&form, "plan", &[(10, 5), (10, 10)]), &strata);
        let Estimate::Of(a) = &found[0] else { panic!("{found:?}") };
        // 0.8 x 0.5 + 0.2 x 1.0, not the 15 of 20 that were seen
        assert!((a.share - 0.6).abs() < 1e-12 && !is_census(a));
        assert_eq!(
            estimates(&form, &result(&form, "good", &[(5, 1), (5, 1)]), &strata)[0],
            Estimate::SomeAsked
        );
        let one = estimates(&form, &result(&form, "plan", &[(10, 5), (0, 0)]), &strata);
        assert_eq!(one[0], Estimate::Untold(WeightedError::NobodyAnswered(1)));
    }

    #[test]
    fn a_census_has_no_interval_and_nobody_no_share() {
        let form = form();
        let all = estimates(&form, &result(&form, "plan", &[(1, 1)]), &[stratum("", 1, 1)]);
        let Estimate::Of(all) = &all[0] else { panic!("{all:?}") };
        assert!(is_census(all));
        let none = estimates(&form, &result(&form, "plan", &[(0, 0)]), &[stratum("", 0, 0)]);
        assert_eq!(none[0], Estimate::Untold(WeightedError::Nobody));
    }

    #[test]
    fn a_share_over_strata_stays_inside_where_it_would_give_a_hidden_number_away() {
        let form = form();
        let unlike = [stratum("North", 80, 30), stratum("South", 20, 15)];
        let answers = |south: usize| -> Vec<(usize, Value)> {
            let answer = |a: bool| json!({ "plan": if a { "a" } else { "b" } });
            let north = (0..30).map(|n| (0, answer(n < 15)));
            north.chain((0..15).map(|n| (1, answer(n < south)))).collect()
        };
        assert!(counts_alike(&[stratum("N", 80, 40), stratum("S", 20, 10)]) && !counts_alike(&unlike));
        let hidden = outside(&form, &answers(2), &unlike).unwrap();
        assert!(!share_may_leave(&hidden, "plan", &unlike));
        assert!(share_may_leave(&hidden, "plan", &[stratum("", 100, 45)]));
        let simple = outside(&form, &answers(2), &[stratum("", 100, 45)]).unwrap();
        assert_eq!((simple.people, simple.smallest), (Some(45), SMALLEST));
        assert!(simple.groupings.is_empty());
    }
}
