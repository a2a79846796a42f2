use proptest::prelude::*;

use super::*;
use crate::finite::probability;

fn heard(strata: &[(u64, u64, u64)]) -> Vec<Heard> {
    strata.iter().map(|&(population, answered, part)| Heard { population, answered, part }).collect()
}

fn of(strata: &[(u64, u64, u64)]) -> Result<Weighted, WeightedError> {
    proportion(&heard(strata), Selection::Random, Confidence::NINETY_FIVE)
}

fn ends(certainty: Certainty) -> (f64, f64) {
    match certainty {
        Certainty::Between { low, high, .. } => (low, high),
        Certainty::None(why) => panic!("{why:?}"),
    }
}

#[test]
fn three_strata_worked_elsewhere() {
    // In Python, with the hypergeometric distribution of SciPy: 3 of 12 from 60, 6 of 10 from 40, 2 of all 10.
    // The strata have 5 to 32 and 12 to 34 people; over all 0.23072 and 0.55203, which are 25.4 and 60.7 of 110.
    let found = of(&[(60, 12, 3), (40, 10, 6), (10, 10, 2)]).unwrap();
    assert!((found.share - 0.372_727_272_7).abs() < 1e-9, "{found:?}");
    assert!((found.standard_error.unwrap() - 0.081_864_082_6).abs() < 1e-9, "{found:?}");
    assert_eq!(ends(found.strata[0]), (5.0 / 60.0, 32.0 / 60.0));
    assert_eq!(ends(found.strata[1]), (12.0 / 40.0, 34.0 / 40.0));
    assert_eq!(found.strata[2], Certainty::None(NoInterval::Census));
    assert_eq!(ends(found.overall), (25.0 / 110.0, 61.0 / 110.0));
    let Certainty::Between { convention, caution, .. } = found.overall else { panic!("{found:?}") };
    assert_eq!((convention, caution), (Convention::Recovered, None));
}

#[test]
fn strata_sampled_at_different_rates_are_not_thrown_together() {
    // 90 with 9 heard and none of them, 10 all heard and all of them: 10 of 100, where 10 of 19 heard would be 53 %
    let found = of(&[(90, 9, 0), (10, 10, 10)]).unwrap();
    assert!((found.share - 0.1).abs() < 1e-12);
    // the standard error alone would say that nothing is in doubt
    assert_eq!(found.standard_error, Some(0.0));
    let (low, high) = ends(found.overall);
    assert!((low - 0.1).abs() < 1e-12 && high > 0.3, "{low} {high}");
}

#[test]
fn a_census_shows_no_interval() {
    let found = of(&[(12, 12, 3), (8, 8, 6), (0, 0, 0)]).unwrap();
    assert_eq!((found.overall, found.standard_error), (Certainty::None(NoInterval::Census), Some(0.0)));
    assert!((found.share - 0.45).abs() < 1e-12);
}

#[test]
fn what_cannot_be_told_is_said() {
    assert_eq!(of(&[]), Err(WeightedError::Nobody));
    assert_eq!(of(&[(0, 0, 0)]), Err(WeightedError::Nobody));
    assert_eq!(of(&[(5, 2, 1), (4, 0, 0)]), Err(WeightedError::NobodyAnswered(1)));
    assert_eq!(of(&[(5, 2, 3)]), Err(WeightedError::Impossible(0)));
    assert_eq!(of(&[(5, 6, 3)]), Err(WeightedError::Impossible(0)));
    // one of several heard: there is an interval, but no standard error
    let one = of(&[(9, 1, 1), (9, 3, 1)]).unwrap();
    assert_eq!(one.standard_error, None);
    assert!(matches!(one.overall, Certainty::Between { .. }));
}

#[test]
fn who_chose_to_answer_is_no_random_sample() {
    let found =
        proportion(&heard(&[(60, 12, 3), (40, 10, 6)]), Selection::SelfSelected, Confidence::NINETY_FIVE)
            .unwrap();
    let Certainty::Between { caution, .. } = found.overall else { panic!("{found:?}") };
    assert_eq!(caution, Some(Caution::NotARandomSample { answered: 22, of: 100 }));
}

#[test]
fn in_nineteen_of_twenty_samples_the_truth_lies_within() {
    // every number in each of two strata of 10, every sample of 3 and 8; 96.0 % at worst (also enumerated in Python)
    let mut least = 1.0_f64;
    let samples: Vec<(u64, u64, f64, f64)> = (0..=3)
        .flat_map(|a| (0..=8).map(move |b| (a, b)))
        .map(|(a, b)| {
            let (low, high) = ends(of(&[(10, 3, a), (10, 8, b)]).unwrap().overall);
            (a, b, low, high)
        })
        .collect();
    for (first, second) in (0..=10).flat_map(|first| (0..=10).map(move |second| (first, second))) {
        let truth = float(first + second) / 20.0;
        let possible = |part: u64, answered: u64, total: u64| part <= total && answered - part <= 10 - total;
        let covered: f64 = samples
            .iter()
            .filter(|&&(a, b, low, high)| {
                possible(a, 3, first)
                    && possible(b, 8, second)
                    && low <= truth + 1e-12
                    && truth <= high + 1e-12
            })
            .map(|&(a, b, ..)| probability(a, 3, first, 10) * probability(b, 8, second, 10))
            .sum();
        least = least.min(covered);
    }
    assert!((least - 0.96).abs() < 1e-9, "{least}");
}

proptest! {
    #[test]
    fn one_stratum_is_the_interval_of_that_stratum(population in 2_u64..200, answered in 1_u64..200, part in 0_u64..200) {
        let answered = answered.min(population - 1);
        let part = part.min(answered);
        let found = of(&[(population, answered, part), (0, 0, 0)]).unwrap();
        prop_assert_eq!(ends(found.overall), ends(found.strata[0]));
    }

    #[test]
    fn it_holds_the_share_and_is_no_wider_than_all_strata_at_their_worst(
        strata in prop::collection::vec((2_u64..60, 1_u64..60, 0_u64..60), 1..5),
    ) {
        let strata: Vec<_> = strata.into_iter()
            .map(|(n, answered, part)| (n, answered.min(n - 1), part.min(answered.min(n - 1)))).collect();
        let found = of(&strata).unwrap();
        let (low, high) = ends(found.overall);
        let all: u64 = strata.iter().map(|s| s.0).sum();
        // ends are whole people, so by less than one
        let one = 1.0 / float(all);
        prop_assert!(0.0 <= low && low < found.share + one && found.share < high + one && high <= 1.0);
        let at = |end: fn((f64, f64)) -> f64| -> f64 {
            strata.iter().zip(&found.strata).map(|(s, c)| float(s.0) / float(all) * end(ends(*c))).sum()
        };
        prop_assert!(low > at(|e| e.0) - one && high < at(|e| e.1) + one);
    }
}
