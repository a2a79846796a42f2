use proptest::prelude::*;

use super::super::examples::{a_hundred_units, ends, error, near, paradox, table};
use super::*;

const ALL: [Weights; 3] = [Weights::Unweighted, Weights::Linear, Weights::Quadratic];
const SURE: Confidence = Confidence::NINETY_FIVE;

fn kappa(rows: &[&[usize]], weights: Weights) -> Result<Estimate, Undefined> {
    table(rows).pair(0, 1).kappa(weights, SURE)
}

#[test]
fn two_categories_by_hand() {
    // observed 35/50 = 0.7; expected 0.5 x 0.6 + 0.5 x 0.4 = 0.5; kappa = 0.2 / 0.5
    let rows: [&[usize]; 2] = [&[20, 5], &[10, 15]];
    near(table(&rows).pair(0, 1).percent(SURE).unwrap().value, 0.7, 1e-12);
    for weights in ALL {
        near(kappa(&rows, weights).unwrap().value, 0.4, 1e-12);
    }
}

#[test]
fn three_categories_by_hand() {
    // margins 4, 3, 3 and 3, 4, 3 of 10.
    let rows: [&[usize]; 3] = [&[2, 1, 1], &[1, 2, 0], &[0, 1, 2]];
    // unweighted: observed 4, expected (100 - 12 - 12 - 9) / 10 = 6.7
    near(kappa(&rows, Weights::Unweighted).unwrap().value, 1.0 - 4.0 / 6.7, 1e-12);
    // linear: observed 1 + 2 + 1 + 1 = 5; expected row by row (16 + 2*12) + (9 + 9) + (2*9 + 12) = 88, of 10
    near(kappa(&rows, Weights::Linear).unwrap().value, 1.0 - 5.0 / 8.8, 1e-12);
    // quadratic: observed 1 + 4 + 1 + 1 = 7; expected (16 + 4*12) + (9 + 9) + (4*9 + 12) = 130, of 10
    near(kappa(&rows, Weights::Quadratic).unwrap().value, 1.0 - 7.0 / 13.0, 1e-12);
}

#[test]
fn weighted_kappas_of_other_programs() {
    // value: statsmodels 0.15.0 `cohens_kappa` and scikit-learn 1.9.1 `cohen_kappa_score`, which agree; standard error and
    // interval: statsmodels
    for (weights, value, standard_error, low, high) in [
        (Weights::Unweighted, 0.529_633_113_8, 0.064_829_124_8, 0.402_570_365_4, 0.656_695_863_5),
        (Weights::Linear, 0.667_689_161_6, 0.052_009_083_5, 0.565_753_230_9, 0.769_625_092_2),
        (Weights::Quadratic, 0.787_906_137_2, 0.043_226_812_1, 0.703_183_142_2, 0.872_629_132_1),
    ] {
        let found = a_hundred_units().pair(0, 1).kappa(weights, SURE).unwrap();
        near(found.value, value, 1e-9);
        near(error(found.range), standard_error, 1e-9);
        near(ends(found.range).0, low, 1e-8);
        near(ends(found.range).1, high, 1e-8);
        assert_eq!(found.units, 100);
    }
}

#[test]
fn ninety_in_a_hundred_alike_and_kappa_below_nothing() {
    let pair = paradox().pair(0, 1);
    near(pair.percent(SURE).unwrap().value, 0.9, 1e-12);
    // statsmodels 0.15.0
    let found = pair.kappa(Weights::Unweighted, SURE).unwrap();
    near(found.value, -0.050_420_168_1, 1e-9);
    near(error(found.range), 0.024_462_266_9, 1e-9);
}

#[test]
fn the_share_of_agreement_has_the_interval_of_a_proportion() {
    let found = paradox().pair(0, 1).percent(SURE).unwrap();
    let wilson = crate::intervals::wilson(45, 50, SURE).unwrap();
    assert_eq!(ends(found.range), (wilson.low, wilson.high));
}

#[test]
fn undefined_is_said() {
    let unread = table(&[&[0, 0], &[0, 0]]).pair(0, 1);
    assert_eq!(unread.percent(SURE), Err(Undefined::NothingReadTwice));
    for weights in ALL {
        assert_eq!(unread.kappa(weights, SURE), Err(Undefined::NothingReadTwice));
        assert_eq!(kappa(&[&[0, 0], &[0, 7]], weights), Err(Undefined::OneCategory));
        // each reader has one category, but not the same: no better than chance
        let apart = kappa(&[&[0, 7], &[0, 0]], weights).unwrap();
        assert_eq!((apart.value, apart.range), (0.0, Range::None(NoRange::NoDifference)));
        // always alike, in two categories: no doubt can be told from that
        let alike = kappa(&[&[3, 0], &[0, 4]], weights).unwrap();
        assert_eq!((alike.value, alike.range), (1.0, Range::None(NoRange::NoDifference)));
        let one = kappa(&[&[0, 1], &[0, 0]], weights).unwrap();
        assert_eq!((one.units, one.range), (1, Range::None(NoRange::OneUnit)));
    }
}

#[test]
fn the_table_is_the_counts() {
    let cells: Vec<_> = paradox().pair(0, 1).cells().collect();
    assert_eq!(cells, [(0, 0, 45), (0, 1, 3), (1, 0, 2)]);
}

proptest! {
    #[test]
    fn kappa_is_symmetric_at_most_one_and_one_for_equal(
        units in prop::collection::vec((0_usize..6, 0_usize..6), 2..40), order in Just([3_usize, 0, 5, 1, 4, 2]).prop_shuffle(),
    ) {
        let of = |units: Vec<(usize, usize)>| Pair::new(Scale::of_categories(6), units.into_iter());
        let turned = of(units.iter().map(|&(a, b)| (b, a)).collect());
        let same = of(units.iter().map(|&(a, _)| (a, a)).collect());
        let renamed = of(units.iter().map(|&(a, b)| (order[a], order[b])).collect());
        let pair = of(units);
        for weights in ALL {
            if let Ok(found) = pair.kappa(weights, SURE) {
                let other = turned.kappa(weights, SURE).unwrap();
                prop_assert!(found.value <= 1.0 && (found.value - other.value).abs() < 1e-9);
                if let Range::Between { low, high, .. } = found.range {
                    prop_assert!(low <= found.value && found.value <= high);
                    prop_assert!((low - ends(other.range).0).abs() < 1e-9);
                }
                if weights == Weights::Unweighted {
                    prop_assert!((found.value - renamed.kappa(weights, SURE).unwrap().value).abs() < 1e-9);
                }
            }
            if let Ok(found) = same.kappa(weights, SURE) {
                prop_assert!((found.value - 1.0).abs() < 1e-12);
            }
        }
    }
}
