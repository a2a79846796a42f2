use proptest::prelude::*;

use super::super::NoRange;
use super::super::examples::{
    a_hundred_units, ends, error, fourteen_readers, krippendorff_2011, near, paradox, readers, table,
};
use super::super::readings::{Readings, Scale};
use super::*;

const SURE: Confidence = Confidence::NINETY_FIVE;

/// Compares value, standard error and interval.
fn is(found: Result<Estimate, Undefined>, (value, standard_error, low, high): (f64, f64, f64, f64)) {
    let found = found.unwrap();
    near(found.value, value, 1e-9);
    near(error(found.range), standard_error, 1e-9);
    near(ends(found.range).0, low, 1e-8);
    near(ends(found.range).1, high, 1e-8);
}

#[test]
fn fleiss_textbook_table() {
    // value 0.210 is printed with the table; 0.20993 also statsmodels 0.15.0 `fleiss_kappa`; the rest irrCAC 0.4.4
    is(
        fleiss(&fourteen_readers().tally(), SURE),
        (0.209_930_704_4, 0.092_371_111_6, 0.000_972_732_7, 0.418_888_676_2),
    );
}

#[test]
fn fleiss_with_readings_missing() {
    // irrCAC 0.4.4
    is(fleiss(&krippendorff_2011().tally(), SURE), (0.761_169_275_4, 0.153_019_203_5, 0.424_376_279_4, 1.0));
    is(
        fleiss(&a_hundred_units().tally(), SURE),
        (0.529_475_028_6, 0.065_218_326_2, 0.400_067_720_2, 0.658_882_336_9),
    );
}

#[test]
fn ac1_and_ac2_of_another_program() {
    // irrCAC 0.4.4; 0.77544 is also in Gwet's papers on these data
    let missing = krippendorff_2011().tally();
    let many = fourteen_readers().tally();
    let two = a_hundred_units().tally();
    for (tally, weights, wanted) in [
        (&missing, Weights::Unweighted, (0.775_444_068_1, 0.142_949_950_6, 0.460_813_348_1, 1.0)),
        (&missing, Weights::Linear, (0.858_739_136_4, 0.117_329_021_9, 0.600_499_700_4, 1.0)),
        (&missing, Weights::Quadratic, (0.914_000_723_6, 0.103_962_244_6, 0.685_181_365_9, 1.0)),
        (&many, Weights::Unweighted, (0.225_614_150_8, 0.093_324_074_5, 0.014_500_427_3, 0.436_727_874_3)),
        (&many, Weights::Linear, (0.437_223_007_5, 0.086_255_860_8, 0.242_098_694_2, 0.632_347_320_7)),
        (&many, Weights::Quadratic, (0.600_692_916_3, 0.082_246_415_5, 0.414_638_598_5, 0.786_747_234_2)),
        (&two, Weights::Unweighted, (0.534_605_411_9, 0.063_548_344_3, 0.408_511_709_9, 0.660_699_113_8)),
        (&two, Weights::Linear, (0.691_541_108_1, 0.044_543_292_7, 0.603_157_551_6, 0.779_924_664_6)),
        (&two, Weights::Quadratic, (0.815_924_489_9, 0.033_626_519_5, 0.749_202_179_9, 0.882_646_799_8)),
    ] {
        is(gwet(tally, weights, SURE), wanted);
    }
    // numbers that are not one step apart: irrCAC 0.4.4
    let uneven = readers(&["1 2 4 8 2 4", "1 4 4 8 2 8"]).tally();
    near(gwet(&uneven, Weights::Linear, SURE).unwrap().value, 0.661_18, 5e-6);
    near(gwet(&uneven, Weights::Quadratic, SURE).unwrap().value, 0.778_02, 5e-6);
}

#[test]
fn the_paradox_and_the_scale() {
    // irrCAC 0.4.4: AC1 0.88950 where kappa is -0.05042; with a third category that nobody chose 0.89501
    let two = gwet(&paradox().tally(), Weights::Unweighted, SURE).unwrap();
    near(two.value, 0.889_502_762_4, 1e-9);
    near(error(two.range), 0.052_065_391_3, 1e-9);
    let three = table(&[&[45, 3, 0], &[2, 0, 0], &[0, 0, 0]]).tally();
    let found = gwet(&three, Weights::Unweighted, SURE).unwrap();
    near(found.value, 0.895_013_123_4, 1e-9);
    near(error(found.range), 0.047_120_094_2, 1e-9);
    near(fleiss(&three, SURE).unwrap().value, fleiss(&paradox().tally(), SURE).unwrap().value, 1e-12);
}

#[test]
fn undefined_is_said() {
    let unread = readers(&["1 * 2", "* 2 *"]).tally();
    let alike = readers(&["1 1 1", "1 1 *"]).tally();
    assert_eq!(fleiss(&unread, SURE), Err(Undefined::NothingReadTwice));
    assert_eq!(fleiss(&alike, SURE), Err(Undefined::OneCategory));
    let lone = readers(&["1 1", "* *"]).tally();
    for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
        assert_eq!(gwet(&unread, weights, SURE), Err(Undefined::NothingReadTwice));
        assert_eq!(gwet(&lone, weights, SURE), Err(Undefined::NothingReadTwice));
        assert_eq!(gwet(&alike, weights, SURE), Err(Undefined::OneCategory));
        // on a scale of more than that category everyone agreed, and AC1 says so
        let scale = table(&[&[7, 0], &[0, 0]]).tally();
        let found = gwet(&scale, weights, SURE).unwrap();
        assert_eq!((found.value, found.range), (1.0, Range::None(NoRange::NoDifference)));
    }
    assert_eq!(fleiss(&lone, SURE), Err(Undefined::NothingReadTwice));
    let one = fleiss(&readers(&["1", "2"]).tally(), SURE).unwrap();
    assert_eq!((one.value, one.range), (-1.0, Range::None(NoRange::OneUnit)));
}

proptest! {
    #[test]
    fn all_alike_is_one_and_names_mean_nothing(
        units in prop::collection::vec(prop::collection::vec(prop::option::of(0_usize..5), 3), 1..20),
        order in Just([3_usize, 0, 1, 4, 2]).prop_shuffle(),
    ) {
        let of = |units: Vec<Vec<Option<usize>>>| Readings::new(Scale::of_categories(5), units).unwrap().tally();
        let renamed = of(units.iter().map(|unit| unit.iter().map(|r| r.map(|at| order[at])).collect()).collect());
        let turned = of(units.iter().rev().map(|unit| unit.iter().rev().copied().collect()).collect());
        let same = of(units.iter().map(|unit| vec![unit[0]; 3]).collect());
        let tally = of(units);
        prop_assert_eq!(&tally, &turned);
        for coefficient in [fleiss, |tally: &Tally, sure| gwet(tally, Weights::Unweighted, sure)] {
            match (coefficient(&tally, SURE), coefficient(&renamed, SURE)) {
                (Ok(one), Ok(other)) => {
                    prop_assert!(one.value <= 1.0 + 1e-12 && (one.value - other.value).abs() < 1e-9);
                    if let (Range::Between { low, high, .. }, Range::Between { low: other, .. }) = (one.range, other.range) {
                        // Of a spread that is next to nothing the root is taken, so its last digits weigh more.
                        prop_assert!(low <= high && (low - other).abs() < 1e-4, "{low} {other}");
                    }
                }
                (one, other) => prop_assert_eq!(one, other),
            }
            if let Ok(found) = coefficient(&same, SURE) {
                prop_assert!((found.value - 1.0).abs() < 1e-12);
            }
        }
    }
}
