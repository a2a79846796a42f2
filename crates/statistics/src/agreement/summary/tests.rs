use super::super::examples::{a_hundred_units, krippendorff_2011, near, readers};
use super::*;
use crate::sample::Seed;

fn of(readings: &Readings, level: Level) -> Agreement {
    agreement(
        readings,
        level,
        Resampling { rounds: 100, ..Resampling::USUAL },
        &mut Seed::from(1).generator(0),
    )
}

#[test]
fn everything_for_one_item() {
    let found = of(&krippendorff_2011(), Level::Ordinal);
    assert_eq!((found.units, found.read_twice), (12, 11));
    assert_eq!(found.readings, [9, 13, 11, 5, 3]);
    // the coincidences printed in the paper; what is off the diagonal stands in it twice
    for (met, times) in [
        ((0, 0), 7.0),
        ((0, 1), 8.0 / 3.0),
        ((1, 1), 10.0),
        ((1, 2), 8.0 / 3.0),
        ((2, 2), 8.0),
        ((3, 3), 4.0),
        ((4, 4), 3.0),
    ] {
        let counted = found.coincidences.get(&met).copied().unwrap_or(0.0);
        near(counted, times, 1e-9);
    }
    // all of them: the readings of units that were read twice
    near(found.coincidences.values().sum(), 40.0, 1e-9);
    // irrCAC 0.4.4
    near(found.percent.unwrap().value, 0.818_181_818_2, 1e-9);
    near(found.alpha.unwrap().value, 0.815_387_503_8, 1e-9);
    let weights: Vec<_> = found.gwet.iter().map(|(weights, _)| *weights).collect();
    assert_eq!(weights, [Weights::Unweighted, Weights::Linear, Weights::Quadratic]);
    let readers: Vec<_> = found.pairs.iter().map(|pair| pair.readers).collect();
    assert_eq!(readers, [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
    // the first two both read nine units and agree on eight
    let first = &found.pairs[0];
    assert_eq!((first.table.units(), first.kappa.len()), (9, 3));
    near(first.percent.unwrap().value, 8.0 / 9.0, 1e-12);
}

#[test]
fn names_are_near_to_no_other() {
    let found = of(&a_hundred_units(), Level::Nominal);
    assert_eq!(found.gwet.len(), 1);
    assert_eq!(found.pairs[0].kappa.len(), 1);
}

#[test]
fn where_nothing_can_be_said_everything_says_why() {
    let found = of(&readers(&["1 * 2", "* 2 *"]), Level::Interval);
    assert_eq!((found.units, found.read_twice), (3, 0));
    let all = [found.percent, found.fleiss, found.alpha, found.gwet[0].1, found.pairs[0].percent];
    assert!(all.iter().all(|coefficient| *coefficient == Err(Undefined::NothingReadTwice)));
    assert_eq!(found.pairs[0].kappa[2].1, Err(Undefined::NothingReadTwice));
    assert!(found.coincidences.is_empty());
}
