//! Readings from published papers and made-up tables, with which the coefficients are tested. The expected values stand
//! in the tests, each with where it comes from.

use super::readings::{Readings, Scale};

/// Readers as rows of digits, `*` where one did not read, turned into units.
pub(super) fn readers(rows: &[&str]) -> Readings {
    let rows: Vec<Vec<Option<f64>>> =
        rows.iter().map(|row| row.split(' ').map(|value| value.parse().ok()).collect()).collect();
    let units: Vec<Vec<Option<f64>>> =
        (0..rows[0].len()).map(|unit| rows.iter().map(|row| row[unit]).collect()).collect();
    Readings::of_numbers(&units).unwrap()
}

/// The table of two readers.
pub(super) fn table(rows: &[&[usize]]) -> Readings {
    let categories = u32::try_from(rows.len()).unwrap();
    let mut units = Vec::new();
    for (first, row) in rows.iter().enumerate() {
        for (second, &times) in row.iter().enumerate() {
            units.extend(std::iter::repeat_n(vec![Some(first), Some(second)], times));
        }
    }
    Readings::new(Scale::of_categories(categories), units).unwrap()
}

/// Four readers, twelve units, with readings missing: Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011).
pub(super) fn krippendorff_2011() -> Readings {
    readers(&[
        "1 2 3 3 2 1 4 1 2 * * *",
        "1 2 3 3 2 2 4 1 2 5 * 3",
        "* 3 3 3 2 3 4 2 2 5 1 *",
        "1 2 3 3 2 4 4 1 2 5 1 *",
    ])
}

/// Ten units, each read by fourteen on a scale of five: the worked example of Fleiss' kappa in general use
/// (encyclopaedia article on the coefficient).
pub(super) fn fourteen_readers() -> Readings {
    let counts = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let units = counts
        .iter()
        .map(|unit| {
            unit.iter().enumerate().flat_map(|(at, &times)| std::iter::repeat_n(Some(at), times)).collect()
        })
        .collect();
    Readings::new(Scale::of_categories(5), units).unwrap()
}

/// A hundred units, two readers, four ordered categories. Made up.
pub(super) fn a_hundred_units() -> Readings {
    table(&[&[14, 5, 1, 0], &[4, 18, 6, 1], &[1, 7, 15, 5], &[0, 1, 4, 18]])
}

/// Nearly all units in one category: 90 in 100 alike, and kappa below 0.
pub(super) fn paradox() -> Readings {
    table(&[&[45, 3], &[2, 0]])
}

/// Whether two numbers are equal but for so little.
pub(super) fn near(found: f64, wanted: f64, by: f64) {
    assert!((found - wanted).abs() < by, "{found} is not {wanted}");
}

/// The ends of an interval.
pub(super) fn ends(range: super::Range) -> (f64, f64) {
    match range {
        super::Range::Between { low, high, .. } => (low, high),
        super::Range::None(why) => panic!("{why:?}"),
    }
}

/// The standard error that an interval was made from.
pub(super) fn error(range: super::Range) -> f64 {
    match range {
        super::Range::Between { how: super::How::StandardError { error, .. }, .. } => error,
        other => panic!("{other:?}"),
    }
}
