use proptest::prelude::*;

use super::super::allocation::By;
use super::*;

const IN_PROPORTION: Rule = Rule { by: By::Proportional, minimum: 0 };

fn frame(strata: &[(&str, std::ops::Range<u32>)]) -> Result<Frame<u32>, FrameError> {
    Frame::new(strata.iter().map(|(name, ids)| Stratum::new(*name, ids.clone().collect())).collect())
}

fn draw(frame: Frame<u32>, size: usize, reserve: usize) -> Vec<StratumSample<u32>> {
    frame.draw(Seed::from(7), size, IN_PROPORTION, reserve).unwrap()
}

#[test]
fn a_second_program_draws_the_same_from_a_stratum() {
    // Expected values from the method as written, programmed separately in Python from RFC 8439. The second stratum in
    // order of name uses stream 2; the first is empty here.
    let two = frame(&[("b", 1..61), ("a", 0..0)]).unwrap();
    let drawn = two.draw(Seed::from(20_250_303), 10, IN_PROPORTION, 4).unwrap();
    assert_eq!(drawn[1].sample.drawn, [59, 58, 21, 40, 50, 34, 32, 22, 16, 5]);
    assert_eq!(drawn[1].sample.reserve, [27, 38, 45, 18]);
    assert_eq!((drawn[0].weight(), drawn[1].weight()), (None, Some(6.0)));
}

#[test]
fn faults_are_named() {
    assert_eq!(frame(&[]), Err(FrameError::Empty));
    assert_eq!(frame(&[("a", 0..0)]), Err(FrameError::Empty));
    assert_eq!(frame(&[("a", 0..2), ("a", 2..3)]), Err(FrameError::RepeatedStratum("a".into())));
    assert_eq!(frame(&[("b", 0..3), ("a", 2..4)]), Err(FrameError::Repeated("b".into())));
    let two = frame(&[("a", 0..2), ("b", 2..4)]).unwrap();
    assert_eq!(two.clone().without(&[1, 9]), Err(FrameError::UnknownExclusion(1)));
    assert_eq!(two.clone().without(&[0, 1, 2, 3]), Err(FrameError::Empty));
    assert_eq!(
        two.draw(Seed::from(1), 5, IN_PROPORTION, 0),
        Err(AllocationError::TooFew { asked: 5, population: 4 }.into())
    );
}

#[test]
fn the_excluded_are_out_before_anything_is_shared_out() {
    let all = [("a", 0..10), ("b", 10..20), ("c", 20..30)];
    let some = frame(&all).unwrap().without(&[10, 11, 12, 12, 25]).unwrap();
    assert_eq!(some.population(), 26);
    let drawn = draw(some, 13, 10);
    assert_eq!(drawn.iter().map(|s| s.excluded).collect::<Vec<_>>(), [0, 3, 1]);
    assert_eq!(drawn.iter().map(|s| s.population).collect::<Vec<_>>(), [10, 7, 9]);
    let met: BTreeSet<u32> =
        drawn.iter().flat_map(|s| s.sample.drawn.iter().chain(&s.sample.reserve)).copied().collect();
    assert_eq!(met, (0..30).filter(|id| ![10, 11, 12, 25].contains(id)).collect());
    // the sample of another stratum is the one it would have been; so it is when a whole stratum is excluded
    let without_b: Vec<u32> = (10..20).collect();
    let rest = draw(frame(&all).unwrap().without(&without_b).unwrap(), 20, 0);
    assert_eq!(rest[2].sample.drawn, draw(frame(&all).unwrap(), 30, 0)[2].sample.drawn);
    assert!(rest[1].sample.drawn.is_empty());
}

#[test]
fn a_cohort_of_one_is_drawn() {
    let one = frame(&[("a", 4..5)]).unwrap();
    for wanted in [0.01, 0.5] {
        assert_eq!(one.size_for(wanted, IN_PROPORTION, Confidence::NINETY_FIVE), Ok(1));
    }
    assert_eq!(one.margin(1, IN_PROPORTION, Confidence::NINETY_FIVE), Ok(Margin::Census));
    assert_eq!(draw(one, 1, 5)[0].sample, Sample { drawn: vec![4], reserve: vec![] });
}

#[test]
fn a_cohort_of_five_thousand_is_drawn() {
    let many = frame(&[("a", 0..3_000), ("b", 3_000..4_900), ("c", 4_900..5_000)]).unwrap();
    for by in [By::Proportional, By::Equal, By::Neyman] {
        let rule = Rule { by, minimum: 10 };
        let size = many.size_for(0.05, rule, Confidence::NINETY_FIVE).unwrap();
        let told = |size| match many.margin(size, rule, Confidence::NINETY_FIVE).unwrap() {
            Margin::Within(margin) => margin,
            Margin::Census => 0.0,
        };
        assert!(told(size) <= 0.05 && told(size - 1) > 0.05, "{by:?}: {size}");
        let drawn = many.clone().draw(Seed::from(3), size, rule, 5).unwrap();
        assert_eq!(drawn.iter().map(|s| s.sample.drawn.len()).sum::<usize>(), size);
        for s in &drawn {
            let left = s.population - s.sample.drawn.len();
            assert!(
                s.sample.drawn.len() >= 10 && s.sample.reserve.len() == left.min(5),
                "{by:?}: {}",
                s.name
            );
        }
    }
    // in proportion, strata cost next to nothing against 357, the size without them (Cochran 1977, 4.4)
    let plain = many.size_for(0.05, IN_PROPORTION, Confidence::NINETY_FIVE).unwrap();
    assert!((356..=358).contains(&plain), "{plain}");
}

#[test]
fn a_stratum_without_a_place_has_no_margin() {
    let two = frame(&[("a", 0..50), ("b", 50..51)]).unwrap();
    assert_eq!(two.margin(10, IN_PROPORTION, Confidence::NINETY_FIVE), Err(SizeError::NobodyDrawn(1).into()));
    let with_each = Rule { minimum: 1, ..IN_PROPORTION };
    assert!(matches!(two.margin(10, with_each, Confidence::NINETY_FIVE), Ok(Margin::Within(_))));
    assert_eq!(two.size_for(1.0, with_each, Confidence::NINETY_FIVE), Err(SizeError::Margin.into()));
}

proptest! {
    #[test]
    fn the_same_seed_draws_the_same_whatever_the_order(
        sizes in prop::collection::vec(0_u32..40, 1..6), total in 0_usize..100, seed: u64, minimum in 0_usize..3,
    ) {
        prop_assume!(sizes.iter().sum::<u32>() > 0);
        let mut from = 0;
        let mut strata: Vec<Stratum<u32>> = Vec::new();
        for (at, &size) in sizes.iter().enumerate() {
            strata.push(Stratum::new(format!("s{at}"), (from..from + size).collect()));
            from += size;
        }
        let mut turned = strata.clone();
        turned.reverse();
        for stratum in &mut turned { stratum.population.reverse(); }
        let floor: usize = sizes.iter().map(|&size| minimum.min(size as usize)).sum();
        let total = total.min(from as usize).max(floor);
        for by in [By::Proportional, By::Equal, By::Neyman] {
            let rule = Rule { by, minimum };
            let of = |strata: &[Stratum<u32>], reserve| {
                Frame::new(strata.to_vec()).unwrap().draw(Seed::from(seed), total, rule, reserve).unwrap()
            };
            let drawn = of(&strata, 2);
            prop_assert_eq!(&drawn, &of(&turned, 2));
            prop_assert_eq!(drawn.iter().map(|s| s.sample.drawn.len()).sum::<usize>(), total);
            // a longer reserve goes on where the shorter one ended, within the same stratum
            for (short, long) in drawn.iter().zip(of(&strata, 7)) {
                prop_assert_eq!(&short.sample.drawn, &long.sample.drawn);
                prop_assert!(long.sample.reserve.starts_with(&short.sample.reserve));
            }
            // the weights of the drawn add up to the strata they were drawn from
            for stratum in &drawn {
                if let Some(weight) = stratum.weight() {
                    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                    let stands_for = weight * stratum.sample.drawn.len() as f64;
                    prop_assert!((stands_for - f64::from(u32::try_from(stratum.population).unwrap())).abs() < 1e-9);
                }
            }
        }
    }
}
