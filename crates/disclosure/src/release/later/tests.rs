use proptest::prelude::*;

use super::*;
use crate::release::release;
use crate::release::survey::{Extremes, Silence};
use crate::release::tests::brute::{Reader, reader, told};
use crate::release::tests::samples::{Kinds, Shape, kinds};
use crate::threshold::Threshold;

const LEVELS: [usize; 2] = [2, 1];

/// The people of two surveys side by side: the strata of the second after those of the first.
fn side_by_side(shape: Shape, first: &Kinds, second: &Kinds) -> Kinds {
    let people: Vec<Vec<u64>> =
        first.people.iter().zip(&second.people).map(|(a, b)| [a.clone(), b.clone()].concat()).collect();
    let mut both = kinds(shape, [people[0].len(), 1], people);
    both.gave.clone_from(&first.gave);
    both
}

fn together(shape: Shape, first: &Kinds, second: &Kinds) -> Kinds {
    let people = first
        .people
        .iter()
        .zip(&second.people)
        .map(|(a, b)| a.iter().zip(b).map(|(a, b)| a + b).collect())
        .collect();
    kinds(shape, LEVELS, people)
}

/// The reader of a release, as one who looks at two surveys side by side: of which strata do the sums consist?
fn seen(mut reader: Reader, strata: impl Fn(usize) -> Vec<usize>) -> Reader {
    let spread = |of: &[usize]| of.iter().flat_map(|&s| strata(s)).collect();
    for known in &mut reader.known {
        known.sum.strata = spread(&known.sum.strata);
    }
    for guarded in &mut reader.guarded {
        guarded.sum.strata = spread(&guarded.sum.strata);
    }
    reader
}

/// A reader who does not conclude from hiding that a count is not 0, because it may have been hidden for another reason.
fn unsure_of_nobody(mut reader: Reader) -> Reader {
    for known in reader.known.iter_mut().filter(|known| known.most == u64::MAX) {
        known.least = 0;
    }
    reader
}

fn some_kinds(shape: Shape, most: u64) -> impl Strategy<Value = Kinds> {
    let number = 3;
    prop::collection::vec(prop::collection::vec(0..=most, 2), number)
        .prop_map(move |people| kinds(shape, LEVELS, people))
}

fn cases() -> impl Strategy<Value = (Shape, Kinds, Kinds, Rule)> {
    let shape = prop_oneof![Just(Shape::Three), Just(Shape::Silence), Just(Shape::Follower)];
    let extremes =
        || prop_oneof![3 => Just(Extremes::OPEN), 1 => Just(Extremes { none_from: 5, all_from: None })];
    (shape, extremes(), extremes()).prop_flat_map(|(shape, whole, groups)| {
        let threshold = Threshold::new(3).unwrap();
        let rule = Rule { threshold, whole, groups, silence: Silence::Guarded };
        (Just(shape), some_kinds(shape, 3), some_kinds(shape, 3), Just(rule))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn neither_the_old_nor_the_new_people_are_told((shape, old, new, rule) in cases()) {
        let now = together(shape, &old, &new);
        let first = release(&old.survey, &rule).unwrap();
        if let Ok(second) = after(&now.survey, &old.survey, &first, &rule) {
            let both = side_by_side(shape, &old, &new);
            let of_old = seen(reader(&old, &first, &rule), |s| vec![s]);
            let mut of_now = seen(reader(&now, &second, &rule), |s| vec![s, s + 2]);
            if [rule.whole, rule.groups] != [Extremes::OPEN; 2] {
                // what nobody new answered may be hidden because few are new
                of_now = unsure_of_nobody(of_now);
            }
            let mut all = Reader {
                known: [of_old.known, of_now.known].concat(),
                guarded: [of_old.guarded, of_now.guarded].concat(),
            };
            if first.people() != Cell::Suppressed {
                all.guarded.extend(seen(reader(&new, &second, &rule), |s| vec![s + 2]).guarded);
            }
            let told = told(&both, &all);
            prop_assert!(told.is_empty(), "{told:#?}\n{first:#?}\n{second:#?}");
        }
    }

    #[test]
    fn neither_who_stays_nor_who_is_left_out_is_told((shape, stay, out, rule) in cases()) {
        let before = together(shape, &stay, &out);
        let first = release(&before.survey, &rule).unwrap();
        if let Ok(second) = within(&stay.survey, &before.survey, &first, &rule) {
            let both = side_by_side(shape, &stay, &out);
            let of_before = seen(reader(&before, &first, &rule), |s| vec![s, s + 2]);
            // hidden is what was hidden before, when it may have been more than nobody
            let of_stay = unsure_of_nobody(seen(reader(&stay, &second, &rule), |s| vec![s]));
            let of_out = seen(reader(&out, &second, &rule), |s| vec![s + 2]);
            let all = Reader {
                known: [of_before.known, of_stay.known].concat(),
                guarded: [of_before.guarded, of_stay.guarded, of_out.guarded].concat(),
            };
            let told = told(&both, &all);
            prop_assert!(told.is_empty(), "{told:#?}\n{first:#?}\n{second:#?}");
        }
    }
}

fn large(people: [[u64; 2]; 3]) -> Kinds {
    kinds(Shape::Three, LEVELS, people.map(|row| row.to_vec()).to_vec())
}

fn rule() -> Rule {
    Rule {
        threshold: Threshold::STAFF,
        whole: Extremes::OPEN,
        groups: Extremes::OPEN,
        silence: Silence::Guarded,
    }
}

#[test]
fn two_more_answers_are_no_reason_for_a_new_release() {
    let old = large([[20, 30], [20, 30], [20, 30]]);
    let now = large([[21, 30], [20, 31], [20, 30]]);
    let first = release(&old.survey, &rule()).unwrap();
    assert_eq!(after(&now.survey, &old.survey, &first, &rule()), Err(LaterFault::TooFewChanged));
    assert_eq!(after(&old.survey, &now.survey, &first, &rule()), Err(LaterFault::NotItsRelease));
    assert_eq!(after(&old.survey, &old.survey, &first, &rule()), Ok(first));
}

#[test]
fn many_more_answers_are_shown_and_a_few_of_them_hidden() {
    let old = large([[20, 30], [20, 30], [20, 30]]);
    let now = large([[40, 60], [40, 32], [40, 60]]);
    let first = release(&old.survey, &rule()).unwrap();
    let second = after(&now.survey, &old.survey, &first, &rule()).unwrap();
    let Question::Shown { by, .. } = &second.questions()[0] else { panic!("withheld") };
    // 32 would be 2 more than the 30 that were shown
    assert_eq!(by[0].1[1].cells()[1], Cell::Suppressed);
    assert_eq!(
        by[0]
            .1
            .iter()
            .flat_map(crate::release::released::Line::cells)
            .filter(|cell| cell.count().is_some())
            .count(),
        2
    );
}

#[test]
fn a_service_can_be_left_out_of_what_was_shown_by_service() {
    let all = large([[20, 30], [20, 30], [20, 30]]);
    let one = large([[0, 30], [0, 30], [0, 30]]);
    let first = release(&all.survey, &rule()).unwrap();
    let second = within(&one.survey, &all.survey, &first, &rule()).unwrap();
    assert!(matches!(second.questions()[0], Question::Shown { .. }));
    // but not if a single person is missing besides
    let fewer = large([[0, 30], [0, 29], [0, 30]]);
    assert_eq!(within(&fewer.survey, &all.survey, &first, &rule()), Err(LaterFault::TooFewChanged));
}

#[test]
fn an_answer_that_is_replaced_is_refused() {
    let old = large([[20, 30], [20, 30], [20, 30]]);
    let now = large([[40, 29], [20, 30], [20, 30]]);
    let first = release(&old.survey, &rule()).unwrap();
    assert_eq!(after(&now.survey, &old.survey, &first, &rule()), Err(LaterFault::NotNested));
    let mut other = old.survey.clone();
    other.questions.clear();
    assert_eq!(after(&now.survey, &other, &first, &rule()), Err(LaterFault::Survey(SurveyFault::Different)));
}
