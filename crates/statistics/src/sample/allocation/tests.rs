use proptest::prelude::*;

use super::*;

const RULES: [By; 3] = [By::Proportional, By::Equal, By::Neyman];

fn sizes(populations: &[usize]) -> Vec<Size> {
    populations.iter().map(|&population| Size { population, expected: 0.5 }).collect()
}

fn by(by: By, minimum: usize, populations: &[usize], total: usize) -> Result<Vec<usize>, AllocationError> {
    allocate(&sizes(populations), total, Rule { by, minimum })
}

#[test]
fn largest_remainders() {
    let of = |populations: &[usize], total| by(By::Proportional, 0, populations, total).unwrap();
    // 10 of 100: 4.7, 3.3, 2.0 -> 4, 3, 2 and the one left to .7
    assert_eq!(of(&[47, 33, 20], 10), [5, 3, 2]);
    // equal remainders of a half: the larger, then the earlier
    assert_eq!(of(&[1, 3, 1, 3], 4), [0, 2, 0, 2]);
    assert_eq!(of(&[1, 1, 1], 2), [1, 1, 0]);
    assert_eq!(of(&[0, 0], 0), [0, 0]);
    assert_eq!(of(&[2, 1], 3), [2, 1]);
}

#[test]
fn a_minimum_is_taken_from_the_others_in_proportion() {
    // of 20 out of 100: 0.8, 1.2, 6, 12. The first two get 3; 14 of the 90 others are 4.67 and 9.33
    assert_eq!(by(By::Proportional, 3, &[4, 6, 30, 60], 20).unwrap(), [3, 3, 5, 9]);
    // once those have theirs, the third falls below it too: 11 - 8 = 3 of 60 + 10, of which 10 get 0.43
    assert_eq!(by(By::Proportional, 4, &[4, 6, 10, 60], 16).unwrap(), [4, 4, 4, 4]);
    // a stratum smaller than the minimum gives all it has, an empty one nothing
    assert_eq!(by(By::Proportional, 5, &[2, 0, 40, 58], 20).unwrap(), [2, 0, 7, 11]);
}

#[test]
fn equal_parts_as_far_as_there_are_so_many() {
    assert_eq!(by(By::Equal, 0, &[50, 3, 20], 15).unwrap(), [6, 3, 6]);
    // what is left over goes to the larger
    assert_eq!(by(By::Equal, 0, &[20, 30, 20], 10).unwrap(), [3, 4, 3]);
    assert_eq!(by(By::Equal, 2, &[1, 30, 0], 9).unwrap(), [1, 8, 0]);
}

#[test]
fn neyman_by_size_and_spread() {
    let strata =
        [(200, 0.5), (200, 0.1), (100, 0.2)].map(|(population, expected)| Size { population, expected });
    let rule = Rule { by: By::Neyman, minimum: 0 };
    // N S: 200 x 0.5, 200 x 0.3, 100 x 0.4 = 100 : 60 : 40
    assert_eq!(allocate(&strata, 40, rule).unwrap(), [20, 12, 8]);
    // more than its claim stays with the others when one is full
    assert_eq!(allocate(&strata, 460, rule).unwrap().iter().sum::<usize>(), 460);
    assert_eq!(by(By::Neyman, 0, &[3, 400, 2], 40).unwrap(), [1, 38, 1]);
}

#[test]
fn refuses_what_cannot_be_shared_out() {
    for rule in RULES {
        assert_eq!(by(rule, 0, &[3, 2], 6), Err(AllocationError::TooFew { asked: 6, population: 5 }));
        assert_eq!(by(rule, 4, &[3, 20], 6), Err(AllocationError::MinimumTooLarge { needed: 7, asked: 6 }));
    }
    let certain = [Size { population: 4, expected: 0.5 }, Size { population: 4, expected: 1.0 }];
    let rule = Rule { by: By::Neyman, minimum: 0 };
    assert_eq!(allocate(&certain, 2, rule), Err(AllocationError::Expected(1)));
}

#[test]
fn five_thousand_in_a_hundred_strata() {
    let populations: Vec<usize> = (0..100).map(|at| 1 + at).chain([0]).collect();
    for rule in RULES {
        let places = by(rule, 1, &populations, 1_000).unwrap();
        assert_eq!(places.iter().sum::<usize>(), 1_000);
        assert_eq!(by(rule, 0, &populations, 5_050).unwrap(), populations);
    }
}

/// The variance of a stratified proportion, but for the constants (Cochran 1977, theorem 5.3).
fn variance(strata: &[Size], places: &[usize]) -> f64 {
    strata
        .iter()
        .zip(places)
        .map(|(s, &n)| float(s.population * s.population) * s.expected * (1.0 - s.expected) / float(n))
        .sum()
}

/// Every way to share places out within the bounds.
fn every_way(strata: &[Size], total: usize, floor: usize) -> Vec<Vec<usize>> {
    let Some((first, others)) = strata.split_first() else {
        return if total == 0 { vec![vec![]] } else { vec![] };
    };
    (floor.min(first.population)..=total.min(first.population))
        .flat_map(|n| {
            every_way(others, total - n, floor).into_iter().map(move |rest| [vec![n], rest].concat())
        })
        .collect()
}

proptest! {
    #[test]
    fn the_three_promises(
        populations in prop::collection::vec(0_usize..40, 1..8), total in 0_usize..200, minimum in 0_usize..6,
        shares in prop::collection::vec(0.01_f64..0.99, 8),
    ) {
        let strata: Vec<Size> = populations.iter().zip(shares)
            .map(|(&population, expected)| Size { population, expected }).collect();
        let population: usize = populations.iter().sum();
        let floors: Vec<usize> = populations.iter().map(|&size| minimum.min(size)).collect();
        let total = total.min(population).max(floors.iter().sum());
        for by in RULES {
            let places = allocate(&strata, total, Rule { by, minimum }).unwrap();
            prop_assert_eq!(places.iter().sum::<usize>(), total);
            for ((&got, &size), &floor) in places.iter().zip(&populations).zip(&floors) {
                prop_assert!(floor <= got && got <= size, "{:?} {:?}", by, places);
            }
        }
    }

    #[test]
    fn in_proportion_is_within_one_of_the_part(populations in prop::collection::vec(0_usize..40, 1..6), total in 0_usize..100) {
        let population: usize = populations.iter().sum();
        let total = total.min(population);
        for (&size, &got) in populations.iter().zip(&by(By::Proportional, 0, &populations, total).unwrap()) {
            prop_assert!(got * population < size * total + population.max(1));
            prop_assert!((got + 1) * population.max(1) > size * total);
        }
    }

    #[test]
    fn one_place_more_takes_none_away(populations in prop::collection::vec(0_usize..40, 1..6), total in 0_usize..100) {
        let total = total.min(populations.iter().sum::<usize>().saturating_sub(1));
        prop_assume!(total < populations.iter().sum());
        for rule in [By::Equal, By::Neyman] {
            let (fewer, more) = (by(rule, 0, &populations, total).unwrap(), by(rule, 0, &populations, total + 1).unwrap());
            prop_assert!(fewer.iter().zip(&more).all(|(a, b)| a <= b));
        }
    }

    #[test]
    fn no_other_allocation_has_less_variance_than_neymans(
        strata in prop::collection::vec((1_usize..12, 0.02_f64..0.98), 2..5), total in 1_usize..20, minimum in 1_usize..3,
    ) {
        let strata: Vec<Size> = strata.into_iter().map(|(population, expected)| Size { population, expected }).collect();
        let floor: usize = strata.iter().map(|s| minimum.min(s.population)).sum();
        let total = total.max(floor).min(strata.iter().map(|s| s.population).sum());
        let ours = allocate(&strata, total, Rule { by: By::Neyman, minimum }).unwrap();
        let least = every_way(&strata, total, minimum).iter().map(|way| variance(&strata, way)).fold(f64::INFINITY, f64::min);
        prop_assert!(variance(&strata, &ours) <= least * (1.0 + 1e-12), "{:?}", ours);
    }
}
