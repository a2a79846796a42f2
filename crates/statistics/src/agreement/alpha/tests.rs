use proptest::prelude::*;

use super::super::examples::{krippendorff_2011, near, readers};
use super::super::readings::{Readings, Scale};
use super::*;

const ALL: [Level; 4] = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio];

#[test]
fn four_readers_of_krippendorff_2011() {
    // 0.743, 0.815, 0.849 and 0.797 are printed in the paper; the further digits: krippendorff 0.9.0 (PyPI)
    let tally = krippendorff_2011().tally();
    for (level, value) in ALL.into_iter().zip([
        0.743_421_052_631_579,
        0.815_387_503_754_881_4,
        0.849_107_142_857_143,
        0.797_402_774_711_662_1,
    ]) {
        near(krippendorff(&tally, level).unwrap(), value, 1e-12);
    }
}

#[test]
fn three_readers_with_much_missing() {
    // the example in general use (encyclopaedia article on the coefficient): 0.691 nominal, 0.811 interval
    let tally = readers(&[
        "* * * * * 3 4 1 2 1 1 3 3 * 3",
        "1 * 2 1 3 3 4 3 * * * * * * *",
        "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
    ])
    .tally();
    near(krippendorff(&tally, Level::Nominal).unwrap(), 0.691, 5e-4);
    near(krippendorff(&tally, Level::Interval).unwrap(), 0.811, 5e-4);
}

#[test]
fn numbers_that_are_not_one_step_apart() {
    // krippendorff 0.9.0 (PyPI)
    let tally = readers(&["1 2 4 8 2 4", "1 4 4 8 2 8"]).tally();
    near(krippendorff(&tally, Level::Ordinal).unwrap(), 0.831_772_784_019_975, 1e-12);
    near(krippendorff(&tally, Level::Interval).unwrap(), 0.764_957_264_957_264_9, 1e-12);
    near(krippendorff(&tally, Level::Ratio).unwrap(), 0.813_158_192_730_155_2, 1e-12);
}

#[test]
fn undefined_is_said() {
    for level in ALL {
        let unread = readers(&["1 * 2", "* 2 *"]).tally();
        assert_eq!(krippendorff(&unread, level), Err(Undefined::NothingReadTwice));
        // the lone reading of another category says nothing of agreement
        let alike = readers(&["1 1 2", "1 1 *"]).tally();
        assert_eq!(krippendorff(&alike, level), Err(Undefined::OneCategory));
        let none = Readings::of_numbers::<Vec<Option<f64>>>(&[]).unwrap().tally();
        assert_eq!(krippendorff(&none, level), Err(Undefined::NothingReadTwice));
    }
    let below = readers(&["-1 2", "2 2"]).tally();
    assert_eq!(krippendorff(&below, Level::Ratio), Err(Undefined::BelowZero));
    assert!(krippendorff(&below, Level::Interval).is_ok());
}

#[test]
fn far_away_and_tiny_numbers_lose_no_digits() {
    let moved = |offset: f64, unit: f64| {
        let rows = [[1.0, 1.0], [2.0, 4.0], [4.0, 4.0], [8.0, 8.0], [2.0, 2.0], [4.0, 8.0]];
        let units = rows.map(|row| row.map(|number| Some(offset + unit * number)));
        krippendorff(&Readings::of_numbers(&units).unwrap().tally(), Level::Interval).unwrap()
    };
    for (offset, unit) in [(0.0, 1.0), (1e15, 1.0), (-1e300, 1e299), (0.0, 1e-300), (5.0, 1e-3)] {
        near(moved(offset, unit), 0.764_957_264_957_264_9, 1e-9);
    }
}

/// As in the paper, pair by pair.
fn pair_by_pair(units: &[Vec<Option<usize>>], level: Level) -> f64 {
    let units: Vec<Vec<usize>> = units.iter().map(|unit| unit.iter().flatten().copied().collect()).collect();
    let all: Vec<usize> = units.iter().filter(|unit| unit.len() > 1).flatten().copied().collect();
    let times = |category: usize| float(all.iter().filter(|&&at| at == category).count() as u64);
    let square = |a: usize, b: usize| {
        let (a, b) = (a.min(b), a.max(b));
        let of = |category: usize| float(category as u64);
        match level {
            _ if a == b => 0.0,
            Level::Nominal => 1.0,
            Level::Ordinal => ((a..=b).map(times).sum::<f64>() - f64::midpoint(times(a), times(b))).powi(2),
            Level::Interval => (of(b) - of(a)).powi(2),
            Level::Ratio => ((of(b) - of(a)) / (of(b) + of(a))).powi(2),
        }
    };
    let sum = |of: &[usize]| of.iter().flat_map(|&a| of.iter().map(move |&b| square(a, b))).sum::<f64>();
    let within: f64 =
        units.iter().filter(|unit| unit.len() > 1).map(|unit| sum(unit) / float(unit.len() as u64 - 1)).sum();
    1.0 - float(all.len() as u64 - 1) * within / sum(&all)
}

proptest! {
    #[test]
    fn as_in_the_paper_whoever_read_first_and_one_when_all_agree(
        units in prop::collection::vec(prop::collection::vec(prop::option::of(0_usize..6), 3), 1..20),
        order in Just([3_usize, 0, 5, 1, 4, 2]).prop_shuffle(),
    ) {
        let of = |units: &[Vec<Option<usize>>]| Readings::new(Scale::of_categories(6), units.to_vec()).unwrap().tally();
        let turned: Vec<Vec<_>> = units.iter().rev().map(|unit| unit.iter().rev().copied().collect()).collect();
        let same: Vec<Vec<_>> = units.iter().map(|unit| vec![unit[0]; 3]).collect();
        let renamed: Vec<Vec<_>> = units.iter().map(|unit| unit.iter().map(|r| r.map(|at| order[at])).collect()).collect();
        for level in ALL {
            if let Ok(alpha) = krippendorff(&of(&units), level) {
                prop_assert!(alpha <= 1.0 + 1e-12);
                prop_assert!((alpha - pair_by_pair(&units, level)).abs() < 1e-9);
                prop_assert!((alpha - krippendorff(&of(&turned), level).unwrap()).abs() < 1e-12);
            }
            if let Ok(alpha) = krippendorff(&of(&same), level) {
                prop_assert!((alpha - 1.0).abs() < 1e-12);
            }
        }
        if let Ok(alpha) = krippendorff(&of(&units), Level::Nominal) {
            prop_assert!((alpha - krippendorff(&of(&renamed), Level::Nominal).unwrap()).abs() < 1e-12);
        }
    }
}
