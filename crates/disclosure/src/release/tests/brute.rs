//! Tries every population that gives what is shown, and looks for a count that is known too well.

use proptest::prelude::*;

use super::samples::{Kinds, arbitrary};
use crate::release::released::{Line, Question, Released};
use crate::release::survey::{Extremes, Silence};
use crate::release::{Rule, release};
use crate::suppression::Cell;
use crate::threshold::Threshold;

/// People of some strata who are of some kinds.
#[derive(Debug, Clone)]
pub(in crate::release) struct Sum {
    pub(in crate::release) strata: Vec<usize>,
    kinds: Vec<usize>,
}

impl Sum {
    fn of(&self, people: &[Vec<u64>]) -> u64 {
        self.kinds.iter().map(|&kind| self.strata.iter().map(|&s| people[kind][s]).sum::<u64>()).sum()
    }
}

/// What a reader knows of a sum.
#[derive(Debug, Clone)]
pub(in crate::release) struct Known {
    pub(in crate::release) sum: Sum,
    pub(in crate::release) least: u64,
    pub(in crate::release) most: u64,
}

/// What must stay unknown: the value lies between `least` and `most` for some population at either end.
#[derive(Debug, Clone)]
pub(in crate::release) struct Guarded {
    pub(in crate::release) sum: Sum,
    what: String,
    /// Some population has this many or more.
    reaches: u64,
    /// Some population has this many or fewer.
    falls_to: u64,
    /// Some population has another number, also among those with the reader in it.
    to_insiders: bool,
}

pub(in crate::release) struct Reader {
    pub(in crate::release) known: Vec<Known>,
    pub(in crate::release) guarded: Vec<Guarded>,
}

pub(in crate::release) fn reader(kinds: &Kinds, released: &Released, rule: &Rule) -> Reader {
    let mut reader = Reader { known: Vec::new(), guarded: Vec::new() };
    let survey = &kinds.survey;
    let all: Vec<usize> = (0..survey.strata.len()).collect();
    for (number, question) in released.questions().iter().enumerate() {
        let of = &survey.questions[number];
        let Question::Shown { whole, by } = question else { continue };
        let mut lines: Vec<(Vec<usize>, &Line, Extremes)> = vec![(all.clone(), whole, rule.whole)];
        for (grouping, shown) in by {
            for (group, line) in released.groupings()[*grouping].iter().zip(shown) {
                let inside = |s: &usize| group.levels().contains(&survey.strata[*s].levels[*grouping]);
                lines.push((all.iter().copied().filter(inside).collect(), line, rule.groups));
            }
        }
        let everything: Vec<usize> = kinds.gave[number].concat();
        for (strata, line, extremes) in &lines {
            let sum = |kinds: &[usize]| Sum { strata: strata.clone(), kinds: kinds.to_vec() };
            let people = sum(&everything).of(&kinds.people);
            let zeros_show = people >= extremes.none_from && !line.is_withheld();
            let mut know = |cell: Cell, kinds: &[usize], least| {
                let (least, most) = cell.count().map_or((least, u64::MAX), |n| (n, n));
                reader.known.push(Known { sum: sum(kinds), least, most });
            };
            know(line.asked(), &everything, 0);
            let answered_kinds: Vec<usize> = kinds.gave[number]
                .iter()
                .enumerate()
                .filter(|(answer, _)| of.silence != Some(*answer))
                .flat_map(|(_, kinds)| kinds.clone())
                .collect();
            know(line.answered(), &answered_kinds, 0);
            for (answer, cell) in line.cells().iter().enumerate() {
                let silent = of.silence == Some(answer);
                let least = u64::from(zeros_show || (silent && !line.is_withheld()));
                know(*cell, &kinds.gave[number][answer], least);
            }
            let t = rule.threshold.get();
            let answered = sum(&answered_kinds).of(&kinds.people);
            let mut guard = |kinds_of: &[usize], what: String, reaches, falls_to| {
                let guarded =
                    Guarded { sum: sum(kinds_of), what, reaches, falls_to, to_insiders: people > 1 };
                reader.guarded.push(guarded);
            };
            if rule.threshold.is_small(answered) && !rule.threshold.is_small(people) {
                guard(&answered_kinds, format!("{number} answered"), t, u64::MAX);
            }
            if rule.threshold.is_small(people) && strata.len() < all.len() {
                guard(&everything, format!("{number} asked"), t, u64::MAX);
            }
            for (answer, cell) in line.cells().iter().enumerate() {
                let count = sum(&kinds.gave[number][answer]).of(&kinds.people);
                let name = format!("question {number} answer {answer} strata {strata:?}");
                let silent = of.silence == Some(answer);
                if silent && rule.silence == Silence::Open {
                    continue;
                }
                if rule.threshold.is_small(count) {
                    assert_eq!(*cell, Cell::Suppressed, "{name}");
                    let reaches = if rule.threshold.is_small(people) { 0 } else { t };
                    guard(&kinds.gave[number][answer], name, reaches, u64::MAX);
                } else if count > 0 && count == answered && !silent {
                    let tells = of.lack != Some(answer)
                        && answered_kinds.len() > 1
                        && kinds.gave[number].len() - usize::from(of.silence.is_some()) > 1;
                    if tells && extremes.all_from.is_none_or(|from| people < from) {
                        assert_eq!(*cell, Cell::Suppressed, "{name} of all");
                        guard(&kinds.gave[number][answer], name, 0, count - 1);
                    }
                } else if count == 0 && !silent && answered > 0 && people < extremes.none_from {
                    let at_all = whole.cells()[answer] == Cell::Count(0);
                    if !at_all {
                        assert_eq!(*cell, Cell::Suppressed, "{name} of nobody");
                        guard(&kinds.gave[number][answer], name, 1, u64::MAX);
                    }
                }
            }
        }
        intersections(kinds, released, number, rule, &mut reader);
    }
    reader
}

/// Small counts of a group of one grouping within a group of the other, which no table shows.
fn intersections(kinds: &Kinds, released: &Released, number: usize, rule: &Rule, reader: &mut Reader) {
    let survey = &kinds.survey;
    if released.groupings().iter().any(|groups| groups.len() < 2) {
        return;
    }
    for first in &released.groupings()[0] {
        for second in &released.groupings()[1] {
            let inside = |s: &usize| {
                let levels = &survey.strata[*s].levels;
                first.levels().contains(&levels[0]) && second.levels().contains(&levels[1])
            };
            let strata: Vec<usize> = (0..survey.strata.len()).filter(inside).collect();
            for (answer, kinds_of) in kinds.gave[number].iter().enumerate() {
                let sum = Sum { strata: strata.clone(), kinds: kinds_of.clone() };
                let guarded =
                    survey.questions[number].silence != Some(answer) || rule.silence == Silence::Guarded;
                if guarded && rule.threshold.is_small(sum.of(&kinds.people)) {
                    let what = format!("question {number} answer {answer} within {strata:?}");
                    let (reaches, falls_to) = (0, u64::MAX);
                    reader.guarded.push(Guarded { sum, what, reaches, falls_to, to_insiders: false });
                }
            }
        }
    }
}

/// Calls with every population that has the true number of people in each stratum.
fn each_population(kinds: &Kinds, known: &[Known], each: &mut impl FnMut(&[Vec<u64>])) {
    let strata = kinds.survey.strata.len();
    let mut people = vec![vec![0; strata]; kinds.people.len()];
    fill(kinds, known, 0, 0, kinds.survey.strata[0].people, &mut people, each);
}

fn fill(
    kinds: &Kinds,
    known: &[Known],
    stratum: usize,
    kind: usize,
    left: u64,
    people: &mut Vec<Vec<u64>>,
    each: &mut impl FnMut(&[Vec<u64>]),
) {
    if kind + 1 == people.len() {
        people[kind][stratum] = left;
        let next = stratum + 1;
        let done = next == kinds.survey.strata.len();
        let fits = known.iter().all(|known| {
            let sum = known.sum.of(people);
            sum <= known.most && (!done || sum >= known.least)
        });
        if fits && done {
            each(people);
        } else if fits {
            fill(kinds, known, next, 0, kinds.survey.strata[next].people, people, each);
        }
        people[kind][stratum] = 0;
        return;
    }
    for here in 0..=left {
        people[kind][stratum] = here;
        fill(kinds, known, stratum, kind + 1, left - here, people, each);
    }
    people[kind][stratum] = 0;
}

/// What is known too well; empty when all is guarded.
pub(in crate::release) fn known_too_well(kinds: &Kinds, released: &Released, rule: &Rule) -> Vec<String> {
    told(kinds, &reader(kinds, released, rule))
}

/// What a reader knows too well.
pub(in crate::release) fn told(kinds: &Kinds, reader: &Reader) -> Vec<String> {
    if reader.guarded.is_empty() {
        return Vec::new();
    }
    // a reader who excludes the truth would find everything unknown, or known
    for known in &reader.known {
        assert!((known.least..=known.most).contains(&known.sum.of(&kinds.people)), "{known:?}");
    }
    let truth: Vec<u64> = reader.guarded.iter().map(|guarded| guarded.sum.of(&kinds.people)).collect();
    let mut range: Vec<(u64, u64)> = truth.iter().map(|&n| (n, n)).collect();
    // by respondent: their kind and stratum
    let insiders: Vec<(usize, usize)> = (0..kinds.people.len())
        .flat_map(|kind| (0..kinds.survey.strata.len()).map(move |s| (kind, s)))
        .filter(|&(kind, s)| kinds.people[kind][s] > 0)
        .collect();
    let mut unsure = vec![vec![false; insiders.len()]; reader.guarded.len()];
    each_population(kinds, &reader.known, &mut |people| {
        let possible: Vec<bool> = insiders.iter().map(|&(kind, s)| people[kind][s] > 0).collect();
        for (number, guarded) in reader.guarded.iter().enumerate() {
            let value = guarded.sum.of(people);
            range[number] = (range[number].0.min(value), range[number].1.max(value));
            if value != truth[number] {
                for (unsure, possible) in unsure[number].iter_mut().zip(&possible) {
                    *unsure |= possible;
                }
            }
        }
    });
    reader
        .guarded
        .iter()
        .enumerate()
        .filter_map(|(number, guarded)| {
            let (least, most) = range[number];
            let told = least == most
                || most < guarded.reaches
                || least > guarded.falls_to
                || (guarded.to_insiders && unsure[number].contains(&false));
            told.then(|| {
                format!(
                    "{}: {} is known to be {least} to {most}, {:?}",
                    guarded.what, truth[number], unsure[number]
                )
            })
        })
        .collect()
}

pub(in crate::release) fn rules() -> impl Strategy<Value = Rule> {
    let extremes = || {
        prop_oneof![
            Just(Extremes::OPEN),
            Just(Extremes { none_from: 6, all_from: None }),
            Just(Extremes { none_from: 0, all_from: None })
        ]
    };
    (3_u64..=5, extremes(), extremes(), prop_oneof![Just(Silence::Guarded), Just(Silence::Open)]).prop_map(
        |(least, whole, groups, silence)| Rule {
            threshold: Threshold::new(least).unwrap(),
            whole,
            groups,
            silence,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_small_count_is_known(kinds in arbitrary(), rule in rules()) {
        let released = release(&kinds.survey, &rule).unwrap();
        let told = known_too_well(&kinds, &released, &rule);
        prop_assert!(told.is_empty(), "{told:#?}\n{released:#?}");
    }
}
