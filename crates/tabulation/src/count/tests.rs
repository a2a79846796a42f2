use proptest::prelude::*;

use crate::columns::{Answer, Columns, Kind, RowFault};

/// Two questions with one answer, of which one has a long list, and one with several.
fn kinds() -> [Kind; 3] {
    [Kind::One(3), Kind::One(700), Kind::Several(3)]
}

fn one(answers: u16) -> impl Strategy<Value = Answer> {
    prop_oneof![Just(Answer::NotAsked), Just(Answer::None), (0..answers).prop_map(Answer::One)]
}

fn several() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::NotAsked),
        Just(Answer::None),
        prop::collection::btree_set(0_u16..3, 1..=3)
            .prop_map(|set| Answer::Several(set.into_iter().collect()))
    ]
}

pub(crate) fn respondents() -> impl Strategy<Value = Vec<Vec<Answer>>> {
    prop::collection::vec((one(3), one(700), several()).prop_map(|(a, b, c)| vec![a, b, c]), 0..150)
}

pub(crate) fn columns(respondents: &[Vec<Answer>]) -> Columns {
    let mut columns = Columns::new(&kinds());
    for respondent in respondents {
        columns.push(respondent).unwrap();
    }
    columns
}

fn code(answer: &Answer) -> usize {
    match answer {
        Answer::NotAsked => 0,
        Answer::None => 1,
        Answer::One(given) => 2 + usize::from(*given),
        Answer::Several(_) => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_are_those_of_counting_one_by_one(respondents in respondents()) {
        let columns = columns(&respondents);
        let among = columns.having(0, &[2, 3]).unwrap();
        for (column, width) in [(0, 5), (1, 702), (2, 3)] {
            let (mut all, mut some) = (vec![0; width], vec![0; width]);
            for (row, respondent) in respondents.iter().enumerate() {
                all[code(&respondent[column])] += 1;
                some[code(&respondent[column])] += u64::from(among.contains(row));
            }
            prop_assert_eq!(columns.one_way(column, None), Some(all));
            prop_assert_eq!(columns.one_way(column, Some(&among)), Some(some));
            let (mut all, mut some) = (vec![vec![0; width]; 5], vec![vec![0; width]; 5]);
            for (row, respondent) in respondents.iter().enumerate() {
                all[code(&respondent[0])][code(&respondent[column])] += 1;
                some[code(&respondent[0])][code(&respondent[column])] += u64::from(among.contains(row));
            }
            prop_assert_eq!(columns.cross(column, 0, None), Some(all));
            prop_assert_eq!(columns.cross(column, 0, Some(&among)), Some(some));
        }
        let chose = |respondent: &[Answer], choice: u16, alone: bool| match &respondent[2] {
            Answer::Several(given) => given.contains(&choice) && (!alone || given.len() == 1),
            _ => false,
        };
        for by in [vec![], vec![0], vec![0, 2], vec![0, 1, 2], vec![1, 1, 1]] {
            let division = columns.divide(&by).unwrap();
            prop_assert_eq!(division.sizes().iter().sum::<u64>(), respondents.len() as u64);
            let inside = |respondent: &[Answer], part: &[u16]| {
                by.iter().zip(part).all(|(&column, &of)| code(&respondent[column]) == usize::from(of))
            };
            let by_code = columns.one_way_by(1, &division).unwrap();
            let choices = columns.choices_by(2, &division).unwrap();
            for (number, part) in division.parts().iter().enumerate() {
                let people: Vec<_> = respondents.iter().filter(|respondent| inside(respondent, part)).collect();
                prop_assert_eq!(people.len() as u64, division.sizes()[number]);
                prop_assert!(!people.is_empty());
                for (code_of, counts) in by_code.iter().enumerate() {
                    let count = people.iter().filter(|respondent| code(&respondent[1]) == code_of).count();
                    prop_assert_eq!(counts[number], count as u64);
                }
                for (choice, counts) in (0..).zip(&choices) {
                    let count = |alone| people.iter().filter(|r| chose(r, choice, alone)).count() as u64;
                    prop_assert_eq!((counts.chosen[number], counts.alone[number]), (count(false), count(true)));
                }
            }
        }
        let chosen: Vec<u64> =
            (0..3).map(|choice| respondents.iter().filter(|r| chose(r, choice, false)).count() as u64).collect();
        prop_assert_eq!(columns.choices(2, None), Some(chosen));
        prop_assert_eq!(
            columns.choices(2, Some(&among)).unwrap()[0],
            columns.choosing(2, 0).unwrap().clone().and(&among).count()
        );
    }

    #[test]
    fn an_order_is_another_and_the_people_the_same(respondents in respondents(), seed: [u8; 32], numbers in prop::collection::vec(any::<u64>(), 150)) {
        let columns = columns(&respondents);
        let mut shuffled = columns.clone();
        shuffled.shuffle(seed);
        let mut anywhere = Columns::new(&kinds());
        for (respondent, random) in respondents.iter().zip(numbers) {
            anywhere.push_anywhere(respondent, random).unwrap();
        }
        let rows = |columns: &Columns| {
            let mut rows: Vec<String> =
                (0..columns.len()).map(|row| format!("{:?}", columns.row(row).unwrap())).collect();
            rows.sort();
            rows
        };
        prop_assert_eq!(rows(&columns), rows(&shuffled));
        prop_assert_eq!(rows(&columns), rows(&anywhere));
        prop_assert_eq!(columns.row(columns.len()), None);
    }
}

#[test]
fn every_order_is_as_likely() {
    // four respondents, 24 orders: in 24,000 shuffles each comes about a thousand times
    let mut seen = std::collections::BTreeMap::new();
    for number in 0..24_000_u32 {
        let mut columns = Columns::new(&[Kind::One(4)]);
        for answer in 0..4 {
            columns.push(&[Answer::One(answer)]).unwrap();
        }
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&number.to_le_bytes());
        columns.shuffle(seed);
        let order: Vec<_> = (0..4).map(|row| format!("{:?}", columns.row(row))).collect();
        *seen.entry(order).or_insert(0) += 1;
    }
    assert_eq!(seen.len(), 24);
    assert!(seen.values().all(|count| (850..1150).contains(count)), "{:?}", seen.values());
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut columns = columns(&[]);
    let refused = |columns: &mut Columns, a, b, c| columns.push(&[a, b, c]).unwrap_err();
    let none = || Answer::None;
    assert_eq!(refused(&mut columns, Answer::One(3), none(), none()), RowFault::Answer(0));
    assert_eq!(refused(&mut columns, none(), Answer::One(700), none()), RowFault::Answer(1));
    assert_eq!(refused(&mut columns, none(), none(), Answer::Several(vec![])), RowFault::Answer(2));
    assert_eq!(refused(&mut columns, none(), none(), Answer::Several(vec![3])), RowFault::Answer(2));
    assert_eq!(refused(&mut columns, Answer::Several(vec![0]), none(), none()), RowFault::Answer(0));
    assert_eq!(columns.push(&[none()]), Err(RowFault::Length { found: 1, columns: 3 }));
    assert!(columns.is_empty() && columns.row(0).is_none());
    assert_eq!(
        (columns.one_way(9, None), columns.cross(0, 9, None), columns.divide(&[9])),
        (None, None, None)
    );
}
