//! Small made-up surveys, written as kinds of people: how many of each kind are in each stratum.

use proptest::prelude::*;

use crate::release::survey::{Asked, Grouping, Question, Stratum, Survey};

/// A survey together with what every kind of person answered.
#[derive(Debug, Clone)]
pub(in crate::release) struct Kinds {
    pub(in crate::release) survey: Survey,
    /// By question and answer, the kinds that gave it.
    pub(in crate::release) gave: Vec<Vec<Vec<usize>>>,
    /// By kind and stratum.
    pub(in crate::release) people: Vec<Vec<u64>>,
}

/// What the kinds of people answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::release) enum Shape {
    /// One question with three answers.
    Three,
    /// One question with two answers, and silence.
    Silence,
    /// A question with yes and no, and another with two answers that is asked after yes.
    Follower,
    /// A question with two choices of which both may be chosen, and silence.
    Choices,
}

pub(in crate::release) fn kinds(shape: Shape, levels: [usize; 2], people: Vec<Vec<u64>>) -> Kinds {
    let strata: Vec<Vec<usize>> =
        (0..levels[0]).flat_map(|a| (0..levels[1]).map(move |b| vec![a, b])).collect();
    let question = |silence, asked| Question { silence, by: vec![0, 1], asked, ..Question::default() };
    let when = |question, answers: &[usize]| Asked::When { question, answers: answers.to_vec() };
    let (gave, mut questions) = match shape {
        Shape::Three => (vec![vec![vec![0], vec![1], vec![2]]], vec![question(None, Asked::Everyone)]),
        Shape::Silence => (vec![vec![vec![0], vec![1], vec![2]]], vec![question(Some(2), Asked::Everyone)]),
        Shape::Follower => (
            vec![vec![vec![0], vec![1, 2]], vec![vec![1], vec![2]]],
            vec![question(None, Asked::Everyone), question(None, when(0, &[1]))],
        ),
        Shape::Choices => {
            // kinds: silent, first, second, both
            let choice = || Question { lack: Some(1), ..question(None, when(0, &[0])) };
            (
                vec![vec![vec![1, 2, 3], vec![0]], vec![vec![1, 3], vec![2]], vec![vec![2, 3], vec![1]]],
                vec![question(Some(1), Asked::Everyone), choice(), choice()],
            )
        }
    };
    for (question, gave) in questions.iter_mut().zip(&gave) {
        question.counts = gave
            .iter()
            .map(|kinds| (0..strata.len()).map(|s| kinds.iter().map(|&kind| people[kind][s]).sum()).collect())
            .collect();
    }
    if shape == Shape::Choices {
        // who chose one thing only cannot have left it out and still have answered
        questions[1].least = vec![people[1].clone(), vec![0; strata.len()]];
        questions[2].least = vec![people[2].clone(), vec![0; strata.len()]];
    }
    let survey = Survey {
        groupings: levels.map(|levels| Grouping { levels, extremes: None }).to_vec(),
        strata: strata
            .into_iter()
            .enumerate()
            .map(|(s, levels)| Stratum { levels, people: people.iter().map(|row| row[s]).sum() })
            .collect(),
        questions,
    };
    Kinds { survey, gave, people }
}

pub(in crate::release) fn arbitrary() -> impl Strategy<Value = Kinds> {
    let shape =
        prop_oneof![Just(Shape::Three), Just(Shape::Silence), Just(Shape::Follower), Just(Shape::Choices)];
    (shape, prop_oneof![Just([2, 2]), Just([1, 3]), Just([2, 1]), Just([2, 3])]).prop_flat_map(
        |(shape, levels)| {
            let kinds_number = if shape == Shape::Choices { 4 } else { 3 };
            let strata = levels[0] * levels[1];
            // few enough to try every population
            let most = match (strata, kinds_number) {
                (2, 3) => 12,
                (2, _) => 10,
                (3, 3) => 7,
                (3, _) | (4, 3) => 4,
                (4, _) => 3,
                (_, 3) => 2,
                _ => 1,
            };
            // one kind is more usual than the others
            let person = prop_oneof![2 => 0..kinds_number, 1 => Just(1_usize)];
            let people = prop::collection::vec(prop::collection::vec(person, 0..=most), strata).prop_map(
                move |strata: Vec<Vec<usize>>| {
                    (0..kinds_number)
                        .map(|kind| {
                            strata
                                .iter()
                                .map(|people| people.iter().filter(|&&of| of == kind).count() as u64)
                                .collect()
                        })
                        .collect::<Vec<Vec<u64>>>()
                },
            );
            people.prop_map(move |people| kinds(shape, levels, people))
        },
    )
}

/// A survey of 40 questions with 7 answers each, 7 services and 3 roles; the numbers are made up by a fixed recipe.
pub(in crate::release) fn usual(people: u64) -> Survey {
    let (services, roles, answers) = (7, 3, 7);
    let strata: Vec<Vec<usize>> =
        (0..services).flat_map(|service| (0..roles).map(move |role| vec![service, role])).collect();
    // a generator of the kind of Park and Miller (1988), so that the recipe is short
    let mut state = 7_u64;
    let mut next = move |below: u64| {
        state = state * 48_271 % 2_147_483_647;
        state % below
    };
    let mut sizes = vec![0; strata.len()];
    let mut questions = vec![vec![vec![0; strata.len()]; answers]; 40];
    for _ in 0..people {
        let service = usize::try_from(next(7).min(next(7))).unwrap_or(0);
        let stratum = service * roles + usize::try_from(next(3)).unwrap_or(0);
        sizes[stratum] += 1;
        for question in &mut questions {
            let answer = usize::try_from(u64::midpoint(next(7), next(7))).unwrap_or(0);
            question[answer][stratum] += 1;
        }
    }
    Survey {
        groupings: vec![Grouping { levels: 7, extremes: None }, Grouping { levels: 3, extremes: None }],
        strata: strata.into_iter().zip(sizes).map(|(levels, people)| Stratum { levels, people }).collect(),
        questions: questions
            .into_iter()
            .map(|counts| Question { counts, by: vec![0, 1], ..Question::default() })
            .collect(),
    }
}
