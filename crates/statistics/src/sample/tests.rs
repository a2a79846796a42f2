use std::collections::BTreeSet;

use proptest::prelude::*;
use rand_chacha::rand_core::RngCore;

use super::{NotASeed, SampleError, Seed, draw};

fn ids(n: u32) -> Vec<u32> {
    (0..n).collect()
}

#[test]
fn the_generator_is_the_published_cipher() {
    // ChaCha20 with a zero key, nonce and counter: the key stream begins 76 b8 e0 ad a0 f1 3d 90 (RFC 8439, A.1, vector 1).
    let mut generator = Seed::from(0).generator(0);
    assert_eq!(generator.next_u64().to_le_bytes(), [0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90]);
}

#[test]
fn the_first_place_can_be_worked_out_by_hand() {
    // The first word is 0x903df1a0ade0b876 = 10393729187455219830; of 13 ids it picks number 3.
    let sample = draw(Seed::from(0), (100..113).collect(), 1, 0).unwrap();
    assert_eq!(sample.drawn, [103]);
}

#[test]
fn a_second_program_draws_the_same() {
    // Expected values from the method as written in the module, programmed separately in Python from RFC 8439.
    let sample = draw(Seed::from(20_250_303), (1..=60).collect(), 10, 4).unwrap();
    assert_eq!(sample.drawn, [49, 12, 29, 21, 47, 55, 7, 43, 11, 34]);
    assert_eq!(sample.reserve, [50, 42, 54, 5]);
}

#[test]
fn a_number_seed_is_its_little_endian_key() {
    let mut key = [0; 32];
    key[0] = 0x02;
    key[1] = 0x01;
    assert_eq!(Seed::from(0x0102), Seed::from(key));
}

#[test]
fn a_seed_is_written_and_read() {
    let written = Seed::from(0x0102).to_string();
    assert_eq!(written, format!("0201{}", "0".repeat(60)));
    assert_eq!(written.parse(), Ok(Seed::from(0x0102)));
    assert_eq!("258".parse(), Ok(Seed::from(0x0102)));
    for wrong in ["", "-1", "18446744073709551616", "0x10", &"g".repeat(64), &"0".repeat(63), &"é".repeat(32)]
    {
        assert_eq!(wrong.parse::<Seed>(), Err(NotASeed), "{wrong}");
    }
}

#[test]
fn the_smallest_populations() {
    assert_eq!(draw(Seed::from(1), ids(0), 0, 3).unwrap().drawn, []);
    assert_eq!(draw(Seed::from(1), ids(0), 1, 0), Err(SampleError::TooFew { asked: 1, population: 0 }));
    let one = draw(Seed::from(1), ids(1), 1, 3).unwrap();
    assert_eq!((one.drawn.as_slice(), one.reserve.as_slice()), ([0].as_slice(), [].as_slice()));
}

#[test]
fn refuses_what_would_not_be_a_sample() {
    assert_eq!(draw(Seed::from(1), ids(3), 4, 0), Err(SampleError::TooFew { asked: 4, population: 3 }));
    assert_eq!(draw(Seed::from(1), vec![5, 2, 5], 1, 0), Err(SampleError::Repeated { place: 2 }));
}

#[test]
fn every_id_is_drawn_about_equally_often() {
    // 3 of 12 with 4,000 seeds: each id expected 1,000 times, standard deviation about 27; 5 of them allowed.
    let mut times = [0_u32; 12];
    let mut first = [0_u32; 12];
    for seed in 0..4_000_u64 {
        let sample = draw(Seed::from(seed), ids(12), 3, 0).unwrap();
        first[sample.drawn[0] as usize] += 1;
        for id in sample.drawn {
            times[id as usize] += 1;
        }
    }
    assert!(times.iter().all(|&n| (863..=1_137).contains(&n)), "{times:?}");
    assert!(first.iter().all(|&n| (245..=422).contains(&n)), "{first:?}");
}

proptest! {
    #[test]
    fn no_repeats_all_from_the_population_whatever_the_order(
        population in prop::collection::btree_set(any::<u32>(), 1..60),
        seed: u64, size in 0_usize..60, reserve in 0_usize..10,
    ) {
        let size = size.min(population.len());
        let sorted: Vec<u32> = population.iter().copied().collect();
        let mut shuffled = sorted.clone();
        shuffled.reverse();
        shuffled.rotate_left(sorted.len() / 3);
        let sample = draw(Seed::from(seed), sorted, size, reserve).unwrap();
        prop_assert_eq!(&sample, &draw(Seed::from(seed), shuffled.clone(), size, reserve).unwrap());
        prop_assert_eq!(sample.drawn.len(), size);
        prop_assert_eq!(sample.reserve.len(), reserve.min(population.len() - size));
        let all: BTreeSet<u32> = sample.drawn.iter().chain(&sample.reserve).copied().collect();
        prop_assert_eq!(all.len(), sample.drawn.len() + sample.reserve.len());
        prop_assert!(all.is_subset(&population));
        // a longer reserve leaves the sample as it is
        prop_assert_eq!(&sample.drawn, &draw(Seed::from(seed), shuffled, size, reserve + 3).unwrap().drawn);
    }
}
