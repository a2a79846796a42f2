use proptest::prelude::*;

use super::super::alpha::{Level, krippendorff};
use super::super::beyond_chance::fleiss;
use super::super::examples::{a_hundred_units, ends, error, near, readers, table};
use super::super::readings::{Readings, Scale};
use super::*;
use crate::sample::Seed;

fn alpha(tally: &Tally, rounds: u32, seed: u64) -> Result<Estimate, Undefined> {
    let mut generator = Seed::from(seed).generator(0);
    estimate(tally, Resampling { rounds, ..Resampling::USUAL }, &mut generator, |tally| {
        krippendorff(tally, Level::Nominal)
    })
}

#[test]
fn about_what_another_program_finds() {
    // NumPy 1.26 drew 4,000 times from the same units, krippendorff 0.9.0 worked out the coefficient: 0.3951 to 0.6523
    // nominal, 0.6887 to 0.8623 ordinal. The ends of 4,000 rounds differ by 0.01 between seeds.
    let tally = a_hundred_units().tally();
    for (level, value, low, high) in
        [(Level::Nominal, 0.531_827_653_4, 0.395, 0.652), (Level::Ordinal, 0.787_163_897_6, 0.689, 0.862)]
    {
        let resampling = Resampling { rounds: 4_000, ..Resampling::USUAL };
        let mut generator = Seed::from(7).generator(0);
        let found = estimate(&tally, resampling, &mut generator, |tally| krippendorff(tally, level)).unwrap();
        near(found.value, value, 1e-9);
        near(ends(found.range).0, low, 0.015);
        near(ends(found.range).1, high, 0.015);
    }
}

#[test]
fn of_many_units_it_is_the_interval_of_the_standard_error() {
    let tally = a_hundred_units().tally();
    let analytical = fleiss(&tally, Confidence::NINETY_FIVE).unwrap().range;
    let drawn = estimate(&tally, Resampling::USUAL, &mut Seed::from(1).generator(0), |tally| {
        Ok(fleiss(tally, Confidence::NINETY_FIVE)?.value)
    });
    let (low, high) = ends(drawn.unwrap().range);
    near((high - low) / (2.0 * 1.96), error(analytical), 0.006);
}

#[test]
fn the_same_generator_gives_the_same_interval() {
    let tally = a_hundred_units().tally();
    let once = alpha(&tally, 200, 5).unwrap();
    assert_eq!(alpha(&tally, 200, 5).unwrap(), once);
    assert_ne!(alpha(&tally, 200, 6).unwrap().range, once.range);
    assert!(matches!(once.range, Range::Between { how: How::Bootstrap { rounds: 200, undefined: 0 }, .. }));
    assert_eq!(once.units, 100);
}

#[test]
fn no_interval_is_said() {
    let why = |found: Result<Estimate, Undefined>| match found.unwrap().range {
        Range::None(why) => why,
        between @ Range::Between { .. } => panic!("{between:?}"),
    };
    assert_eq!(why(alpha(&readers(&["1 * 3", "2 3 *"]).tally(), 100, 1)), NoRange::OneUnit);
    // in always alike there is no difference that a sample could show
    let alike = table(&[&[20, 0], &[0, 20]]).tally();
    assert_eq!(why(alpha(&alike, 100, 1)), NoRange::NoDifference);
    // one unit in thirty differs: every third sample (0.967^30 = 36 in 100) is without it, all of one category
    let hardly = table(&[&[29, 1], &[0, 0]]).tally();
    let NoRange::OftenUndefined { rounds: 1_000, undefined } = why(alpha(&hardly, 1_000, 1)) else {
        panic!()
    };
    assert!((310..=410).contains(&undefined), "{undefined}");
    for rounds in [0, 38] {
        assert_eq!(why(alpha(&a_hundred_units().tally(), rounds, 1)), NoRange::TooFewRounds);
    }
    assert!(matches!(alpha(&a_hundred_units().tally(), 39, 1).unwrap().range, Range::Between { .. }));
    assert_eq!(alpha(&readers(&["1 1", "1 1"]).tally(), 100, 1), Err(Undefined::OneCategory));
}

proptest! {
    #[test]
    fn it_depends_on_neither_the_order_of_units_nor_on_lone_readings(
        units in prop::collection::vec(prop::collection::vec(prop::option::of(0_usize..3), 3), 2..30), seed: u64,
    ) {
        let of = |units: Vec<Vec<Option<usize>>>| Readings::new(Scale::of_categories(3), units).unwrap().tally();
        let mut turned: Vec<Vec<_>> = units.iter().rev().map(|unit| unit.iter().rev().copied().collect()).collect();
        turned.push(vec![Some(2)]);
        prop_assert_eq!(alpha(&of(units), 60, seed), alpha(&of(turned), 60, seed));
    }
}
