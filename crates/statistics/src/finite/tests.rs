use proptest::prelude::*;

use super::*;

fn between(part: u64, answered: u64, population: u64) -> (f64, f64) {
    match proportion(part, answered, population, Selection::Random, Confidence::NINETY_FIVE) {
        Certainty::Between { low, high, .. } => (low, high),
        Certainty::None(why) => panic!("{why:?}"),
    }
}

#[test]
fn the_reference_values() {
    // 3 of 10 from 50: 5 to 31 people, where the other custom says 4 to 32
    assert_eq!(counts(3, 10, 50, Confidence::NINETY_FIVE), (5, 31));
    assert_eq!(between(3, 10, 50), (0.10, 0.62));
    // 9 of 20 from 24: 37.5 % to 54.2 %, where an endless population would give 25.8 % to 65.8 %
    let (low, high) = between(9, 20, 24);
    assert!((low - 0.375).abs() < 5e-4 && (high - 0.542).abs() < 5e-4, "{low} {high}");
    let endless = crate::intervals::wilson(9, 20, Confidence::NINETY_FIVE).unwrap();
    assert!((endless.low - 0.258).abs() < 5e-4 && (endless.high - 0.658).abs() < 5e-4, "{endless:?}");
}

#[test]
fn no_interval_without_doubt_or_without_answers() {
    let why = |part, answered, population| {
        proportion(part, answered, population, Selection::Random, Confidence::NINETY_FIVE)
    };
    assert_eq!(why(9, 24, 24), Certainty::None(NoInterval::Census));
    assert_eq!(why(0, 0, 24), Certainty::None(NoInterval::NobodyAnswered));
    assert_eq!(why(9, 8, 24), Certainty::None(NoInterval::Impossible));
    assert_eq!(why(9, 25, 24), Certainty::None(NoInterval::Impossible));
    assert_eq!(why(0, 0, 0), Certainty::None(NoInterval::NobodyAnswered));
    for (part, answered, population) in [(9, 24, 24), (0, 0, 9), (3, 2, 9), (3, 10, 9)] {
        assert_eq!(wilson(part, answered, population, Confidence::NINETY_FIVE), None);
    }
}

#[test]
fn who_chose_to_answer_is_no_random_sample() {
    let found = proportion(9, 20, 64, Selection::SelfSelected, Confidence::NINETY_FIVE);
    let Certainty::Between { convention, caution, .. } = found else { panic!("{found:?}") };
    assert_eq!(convention, Convention::TestInversion);
    assert_eq!(caution, Some(Caution::NotARandomSample { answered: 20, of: 64 }));
}

#[test]
fn of_very_many_people_it_is_the_interval_of_the_formula() {
    let (low, high) = between(4_000, 10_000, 10_000_000);
    let formula = wilson(4_000, 10_000, 10_000_000, Confidence::NINETY_FIVE).unwrap();
    assert!(
        (low - formula.low).abs() < 2e-4 && (high - formula.high).abs() < 2e-4,
        "{low} {high} {formula:?}"
    );
}

#[test]
fn in_nineteen_of_twenty_samples_the_truth_lies_within() {
    // every number of 50 people, every sample of 10
    for total in 0..=50 {
        let covered: f64 = (0..=10.min(total))
            .filter(|&part| 10 - part <= 50 - total)
            .filter(|&part| {
                let (low, high) = counts(part, 10, 50, Confidence::NINETY_FIVE);
                (low..=high).contains(&total)
            })
            .map(|part| probability(part, 10, total, 50))
            .sum();
        assert!(covered >= 0.95, "{total} of 50: {covered}");
    }
}

/// Adds up all terms, however small.
fn at_least_by_sum(part: u64, answered: u64, total: u64, population: u64) -> f64 {
    (part..=answered.min(total))
        .filter(|&k| answered - k <= population - total)
        .map(|k| probability(k, answered, total, population))
        .sum()
}

proptest! {
    #[test]
    fn tails_add_up(population in 1_u64..200, total in 0_u64..200, answered in 1_u64..200, part in 0_u64..200) {
        let (total, answered) = (total.min(population), answered.min(population));
        let part = part.min(answered);
        let (found, sum) = (
            at_least(part, answered, total, population),
            at_least_by_sum(part, answered, total, population),
        );
        prop_assert!((found - sum).abs() < 1e-9, "{found} {sum}");
    }

    #[test]
    fn intervals_hold_the_share_and_mirror(population in 2_u64..400, answered in 1_u64..400, part in 0_u64..400) {
        let answered = answered.min(population - 1);
        let part = part.min(answered);
        let (low, high) = counts(part, answered, population, Confidence::NINETY_FIVE);
        prop_assert!(part <= low && low <= high && high <= population - (answered - part));
        let mirrored = counts(answered - part, answered, population, Confidence::NINETY_FIVE);
        prop_assert_eq!((population - high, population - low), mirrored);
        let p = share(part, answered);
        let formula = wilson(part, answered, population, Confidence::NINETY_FIVE).unwrap();
        prop_assert!(formula.low <= p + 1e-12 && p <= formula.high + 1e-12);
        let endless = crate::intervals::wilson(part, answered, Confidence::NINETY_FIVE).unwrap();
        prop_assert!(formula.high - formula.low <= endless.high - endless.low + 1e-12);
    }
}
