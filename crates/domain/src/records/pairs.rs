//! Reading in pairs: which pair reads which record, and when.
//!
//! A pair is an inspector and a local reader. The guide to joint inspections calls pairing itself the moderation; how
//! records are shared out among the pairs is not published, so the rule [`RULE`] is ours [B]:
//!
//! 1. Records stand in the order in which they were drawn, pairs in the order of their names.
//! 2. Each record that nobody reads yet goes to the pair with the fewest first readings; of equal ones to the first.
//! 3. Each record that was drawn to be read twice, in the order of that draw, goes to the pair with the fewest readings in
//!    all that does not read it already; of equal ones to the first.
//! 4. A reading is done in the first slot in which its pair is free.
//! 5. A pair in which somebody has seen the record in another pair is passed over.
//!
//! So the numbers of first readings of any two pairs differ by one at most, and anybody can check who got what.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::PairId;

/// Name of the rule with its edition. A change of the rule is a new name.
pub const RULE: &str = "fewest-first-2";

/// A reading that a pair is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The record.
    pub label: String,
    /// 1 for the first reading of the record, 2 for the second.
    pub turn: u8,
    /// Who reads.
    pub pair: PairId,
    /// When: a slot of the timetable, from 0 over all days. May lie beyond the last day.
    pub slot: u32,
}

/// What is to be done besides what is given out already. `labels` are those in use in the order of drawing, `twice` those of
/// them that a second pair reads in the order of that draw, `pairs` the pairs by their names; `has_seen` says whether somebody
/// of a pair has seen a record in another. A reading that no pair is there for is left out.
pub fn share_out(
    labels: &[String],
    twice: &[String],
    pairs: &[PairId],
    given: &[Task],
    has_seen: impl Fn(&str, PairId) -> bool,
) -> Vec<Task> {
    let mut all = given.to_vec();
    let fewest = |all: &[Task], turn: Option<u8>, label: &str, except: Option<PairId>| {
        let load = |pair: PairId| {
            all.iter().filter(|t| t.pair == pair && turn.is_none_or(|turn| t.turn == turn)).count()
        };
        let may = |pair: &PairId| Some(*pair) != except && !has_seen(label, *pair);
        pairs.iter().copied().filter(may).min_by_key(|pair| load(*pair))
    };
    let has = |all: &[Task], label: &str, turn: u8| {
        all.iter().find(|t| t.label == label && t.turn == turn).map(|t| t.pair)
    };
    for label in labels {
        if has(&all, label, 1).is_none()
            && let Some(pair) = fewest(&all, Some(1), label, has(&all, label, 2))
        {
            let slot = free_slot(&all, pair);
            all.push(Task { label: label.clone(), turn: 1, pair, slot });
        }
    }
    for label in twice.iter().filter(|label| labels.contains(label)) {
        let Some(first) = has(&all, label, 1) else { continue };
        if has(&all, label, 2).is_none()
            && let Some(pair) = fewest(&all, None, label, Some(first))
        {
            let slot = free_slot(&all, pair);
            all.push(Task { label: label.clone(), turn: 2, pair, slot });
        }
    }
    all.split_off(given.len())
}

/// Whether a reading may be put into a slot by hand: one of the timetable, or the one that the pair has free next, which may
/// lie beyond the last day.
pub fn may_be_put(slot: u32, slots_in_all: usize, tasks: &[Task], pair: PairId) -> bool {
    usize::try_from(slot).is_ok_and(|slot| slot < slots_in_all) || slot == free_slot(tasks, pair)
}

/// The first slot in which a pair reads nothing.
pub fn free_slot(tasks: &[Task], pair: PairId) -> u32 {
    let taken: BTreeSet<u32> = tasks.iter().filter(|t| t.pair == pair).map(|t| t.slot).collect();
    // One more than are taken: one of so many is free.
    (0..=u32::try_from(taken.len()).unwrap_or(u32::MAX))
        .find(|slot| !taken.contains(slot))
        .unwrap_or(u32::MAX)
}

/// The label that is read now in the place of one that was drawn: itself, or the last of those that stand in for it.
/// `replaced` leads from each replaced label to the next.
pub fn standing_in<'a>(label: &'a str, replaced: &BTreeMap<&'a str, &'a str>) -> &'a str {
    let mut at = label;
    // As many steps as there are replacements: a circle, which cannot be, ends as well.
    for _ in 0..replaced.len() {
        match replaced.get(at) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(n: usize) -> Vec<PairId> {
        (1..=n).map(|n| format!("pai_{n:032x}").parse().unwrap()).collect()
    }

    fn nobody(_: &str, _: PairId) -> bool {
        false
    }

    fn labels(n: usize) -> Vec<String> {
        (0..n).map(|n| format!("S{n:03}")).collect()
    }

    #[test]
    fn records_go_round_the_pairs_and_second_readings_to_others() {
        let (pairs, labels) = (pairs(2), labels(3));
        let given = share_out(&labels, &labels[2..], &pairs, &[], nobody);
        let told: Vec<_> = given.iter().map(|t| (t.label.as_str(), t.turn, t.pair, t.slot)).collect();
        assert_eq!(
            told,
            [
                ("S000", 1, pairs[0], 0),
                ("S001", 1, pairs[1], 0),
                ("S002", 1, pairs[0], 1),
                ("S002", 2, pairs[1], 1)
            ]
        );
        assert!(
            share_out(&labels, &labels, &pairs, &given, nobody).len() == 2,
            "only what is not given out yet"
        );
    }

    #[test]
    fn without_pairs_or_records_nothing_is_given_out_and_one_pair_reads_nothing_twice() {
        assert!(share_out(&labels(3), &[], &[], &[], nobody).is_empty());
        assert!(share_out(&[], &[], &pairs(2), &[], nobody).is_empty());
        let (one, labels) = (pairs(1), labels(2));
        assert_eq!(share_out(&labels, &labels, &one, &[], nobody).len(), 2);
    }

    #[test]
    fn whoever_has_seen_a_record_in_another_pair_is_not_given_it() {
        let (pairs, labels) = (pairs(2), labels(2));
        let seen = |label: &str, pair| label == "S000" && pair == pairs[0];
        let given = share_out(&labels, &labels, &pairs, &[], seen);
        let told: Vec<_> = given.iter().map(|t| (t.label.as_str(), t.turn, t.pair)).collect();
        assert_eq!(told, [("S000", 1, pairs[1]), ("S001", 1, pairs[0]), ("S001", 2, pairs[1])]);
    }

    #[test]
    fn who_stands_in_is_found_over_several_replacements() {
        let replaced = BTreeMap::from([("a", "b"), ("b", "c"), ("x", "y"), ("y", "x")]);
        assert_eq!(standing_in("a", &replaced), "c");
        assert_eq!(standing_in("c", &replaced), "c");
        assert_eq!(standing_in("q", &replaced), "q");
        assert!(["x", "y"].contains(&standing_in("x", &replaced)), "a circle ends");
    }

    proptest! {
        #[test]
        fn shares_are_even_and_nobody_reads_a_record_twice(n in 0usize..60, k in 1usize..7, d in 0usize..60) {
            let (pairs, labels) = (pairs(k), labels(n));
            let twice = &labels[..d.min(n)];
            let given = share_out(&labels, twice, &pairs, &[], nobody);
            let loads: Vec<usize> = pairs.iter()
                .map(|p| given.iter().filter(|t| t.pair == *p && t.turn == 1).count()).collect();
            prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1);
            prop_assert_eq!(loads.iter().sum::<usize>(), n);
            let seconds = given.iter().filter(|t| t.turn == 2).count();
            prop_assert_eq!(seconds, if k > 1 { twice.len() } else { 0 });
            let mut once = BTreeSet::new();
            let mut slots = BTreeSet::new();
            for task in &given {
                prop_assert!(once.insert((task.label.clone(), task.pair)));
                prop_assert!(slots.insert((task.pair, task.slot)));
            }
        }
    }
}
