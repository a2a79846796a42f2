use super::brute::known_too_well;
use super::samples::{Shape, kinds};
use crate::release::released::{Line, Question as Shown, Reason, Released};
use crate::release::survey::{Asked, Extremes, Grouping, Question, Stratum, Survey, SurveyFault};
use crate::release::{Rule, release};
use crate::suppression::Cell::{self, Count, Suppressed};
use crate::threshold::Threshold;

fn rule() -> Rule {
    Rule::new(Threshold::STAFF)
}

/// One grouping, of which each level is a stratum; a question by answers and levels.
fn survey(people: &[u64], questions: &[&[&[u64]]]) -> Survey {
    Survey {
        groupings: vec![Grouping { levels: people.len(), extremes: None }],
        strata: people
            .iter()
            .enumerate()
            .map(|(level, &people)| Stratum { levels: vec![level], people })
            .collect(),
        questions: questions
            .iter()
            .map(|counts| Question {
                counts: counts.iter().map(|row| row.to_vec()).collect(),
                by: vec![0],
                ..Question::default()
            })
            .collect(),
    }
}

fn lines(released: &Released, question: usize) -> (&Line, &[Line]) {
    match &released.questions()[question] {
        Shown::Shown { whole, by } => (whole, by.first().map_or(&[][..], |(_, lines)| lines)),
        Shown::Withheld(reason) => panic!("withheld: {reason:?}"),
    }
}

fn cells(line: &Line) -> &[Cell] {
    line.cells()
}

#[test]
fn a_small_count_takes_the_cheapest_exchange_with_it() {
    let released = release(&survey(&[24, 43], &[&[&[3, 20], &[9, 8], &[12, 15]]]), &rule()).unwrap();
    let (whole, groups) = lines(&released, 0);
    assert_eq!(cells(whole), [Count(23), Count(17), Count(27)]);
    assert_eq!(cells(&groups[0]), [Suppressed, Suppressed, Count(12)]);
    assert_eq!(cells(&groups[1]), [Suppressed, Suppressed, Count(15)]);
    // shares only of what is shown
    assert_eq!(groups[0].share(2), Some((12, 24)));
    assert_eq!(groups[0].share(0), None);
    assert_eq!(groups[0].share(9), None);
}

#[test]
fn nothing_small_nothing_hidden() {
    let released = release(&survey(&[40, 50], &[&[&[18, 20], &[10, 14], &[12, 16]]]), &rule()).unwrap();
    let (whole, groups) = lines(&released, 0);
    assert_eq!(cells(whole), [Count(38), Count(24), Count(28)]);
    assert!(groups.iter().flat_map(Line::cells).all(|cell| cell.count().is_some()));
    assert_eq!(released.people(), Count(90));
    assert_eq!(released.groupings()[0][1].people(), 50);
}

#[test]
fn a_hidden_whole_is_hidden_in_every_group() {
    // 3 in all said the first: the groups' counts are small too, and the next answer goes with them everywhere
    let released = release(&survey(&[30, 40], &[&[&[1, 2], &[9, 8], &[20, 30]]]), &rule()).unwrap();
    let (whole, groups) = lines(&released, 0);
    assert_eq!(cells(whole)[0], Suppressed);
    assert!(groups.iter().all(|line| cells(line)[0] == Suppressed));
    assert!(cells(whole)[1..].contains(&Suppressed));
}

#[test]
fn small_groups_are_shown_together() {
    let counts: &[&[u64]] = &[&[2, 10, 2, 20], &[1, 12, 2, 20]];
    let released = release(&survey(&[3, 22, 4, 40], &[counts]), &rule()).unwrap();
    let groups: Vec<(&[usize], u64)> =
        released.groupings()[0].iter().map(|group| (group.levels(), group.people())).collect();
    assert_eq!(groups, [(&[0, 2][..], 7), (&[1][..], 22), (&[3][..], 40)]);
}

#[test]
fn of_too_few_nothing_is_said() {
    let released = release(&survey(&[2, 2], &[&[&[1, 1], &[1, 1]]]), &rule()).unwrap();
    assert_eq!((released.people(), released.questions().len()), (Suppressed, 0));
}

#[test]
fn all_alike_is_not_said_of_a_group() {
    let released = release(&survey(&[25, 60], &[&[&[25, 30], &[0, 30]]]), &rule()).unwrap();
    let (whole, groups) = lines(&released, 0);
    assert_eq!(cells(whole), [Count(55), Count(30)]);
    assert!(groups.iter().all(|line| cells(line).iter().all(|&cell| cell == Suppressed)));
    // but it is where the rule allows it
    let mut open = rule();
    open.groups = Extremes::OPEN;
    let released = release(&survey(&[25, 60], &[&[&[25, 30], &[0, 30]]]), &open).unwrap();
    assert_eq!(cells(&lines(&released, 0).1[0]), [Count(25), Count(0)]);
    // or where the grouping says so, because its groups are no groups of people who know each other
    let mut own = survey(&[25, 60], &[&[&[25, 30], &[0, 30]]]);
    own.groupings[0].extremes = Some(Extremes::OPEN);
    assert_eq!(cells(&lines(&release(&own, &rule()).unwrap(), 0).1[0]), [Count(25), Count(0)]);
}

#[test]
fn nobody_is_not_said_of_a_small_group() {
    let counts: &[&[u64]] = &[&[0, 20], &[9, 20], &[8, 20]];
    let released = release(&survey(&[17, 60], &[counts]), &rule()).unwrap();
    let (whole, groups) = lines(&released, 0);
    assert_eq!(cells(whole), [Count(20), Count(29), Count(28)]);
    assert_eq!(cells(&groups[0])[0], Suppressed);
    // of twenty it is
    let counts: &[&[u64]] = &[&[0, 20], &[12, 20], &[8, 20]];
    let released = release(&survey(&[20, 60], &[counts]), &rule()).unwrap();
    assert_eq!(cells(&lines(&released, 0).1[0]), [Count(0), Count(12), Count(8)]);
}

#[test]
fn a_question_that_follows_does_not_tell_how_many_gave_the_answer() {
    // 3 of the first group said yes; who did was asked more
    let mut survey = survey(&[33, 50, 60], &[&[&[30, 30, 30], &[3, 20, 30]], &[&[1, 10, 15], &[2, 10, 15]]]);
    survey.questions[1].asked = Asked::When { question: 0, answers: vec![1] };
    let released = release(&survey, &rule()).unwrap();
    let (_, yes) = lines(&released, 0);
    assert_eq!(cells(&yes[0]), [Suppressed, Suppressed]);
    if let Shown::Shown { by, .. } = &released.questions()[1] {
        let hidden = by[0].1.iter().filter(|line| line.asked() == Suppressed).count();
        assert!(hidden >= 2, "one alone would be the whole less the others: {released:#?}");
    }
}

#[test]
fn silence_is_guarded_unless_it_is_open() {
    let mut survey = survey(&[40], &[&[&[20], &[17], &[3]]]);
    survey.questions[0].silence = Some(2);
    let released = release(&survey, &rule()).unwrap();
    let (whole, _) = lines(&released, 0);
    assert_eq!((whole.answered(), cells(whole)[2]), (Suppressed, Suppressed));
    assert_eq!((whole.share(0), whole.share_of_asked(0)), (None, Some((20, 40))));
    let mut open = rule();
    open.silence = crate::release::survey::Silence::Open;
    let released = release(&survey, &open).unwrap();
    assert_eq!(lines(&released, 0).0.answered(), Count(37));
}

#[test]
fn questions_for_some_groups_and_under_several_conditions() {
    let mut survey = survey(&[30, 40], &[&[&[0, 20], &[0, 20]], &[&[10, 20], &[10, 10]]]);
    survey.questions[0].asked = Asked::Groups { grouping: 0, levels: vec![1] };
    survey.questions[1].asked = Asked::Compound;
    let released = release(&survey, &rule()).unwrap();
    assert_eq!(lines(&released, 0).0.asked(), Count(40));
    assert_eq!(released.questions()[1], Shown::Withheld(Reason::Compound));
}

#[test]
fn faults() {
    let good = survey(&[30, 40], &[&[&[10, 20], &[20, 20]]]);
    let fault = |change: &dyn Fn(&mut Survey)| {
        let mut bad = good.clone();
        change(&mut bad);
        release(&bad, &rule()).unwrap_err()
    };
    assert_eq!(fault(&|s| s.strata[1].levels[0] = 0), SurveyFault::Stratum(1));
    assert_eq!(fault(&|s| s.strata[1].levels[0] = 7), SurveyFault::Stratum(1));
    assert_eq!(fault(&|s| s.strata[1].people = u64::MAX), SurveyFault::TooLarge);
    assert_eq!(fault(&|s| s.questions[0].counts[0].truncate(1)), SurveyFault::Shape(0));
    assert_eq!(fault(&|s| s.questions[0].least = vec![vec![11, 0], vec![0, 0]]), SurveyFault::Shape(0));
    assert_eq!(fault(&|s| s.questions[0].counts[0][1] = 3), SurveyFault::Sum { question: 0, stratum: 1 });
    assert_eq!(fault(&|s| s.questions[0].silence = Some(2)), SurveyFault::Reference(0));
    assert_eq!(fault(&|s| s.questions[0].by = vec![1]), SurveyFault::Reference(0));
    let when = Asked::When { question: 0, answers: vec![0] };
    assert_eq!(fault(&|s| s.questions[0].asked = when.clone()), SurveyFault::Reference(0));
}

#[test]
fn the_search_for_what_is_known_finds_it() {
    let kinds = kinds(Shape::Three, [2, 1], vec![vec![2, 4], vec![5, 4], vec![4, 4]]);
    let rule = Rule {
        threshold: Threshold::new(3).unwrap(),
        whole: Extremes::OPEN,
        groups: Extremes::OPEN,
        ..rule()
    };
    let mut released = release(&kinds.survey, &rule).unwrap();
    assert_eq!(known_too_well(&kinds, &released, &rule), [""; 0]);
    // the partner of the small count in its own row, shown again
    let Shown::Shown { by, .. } = &mut released.questions[0] else { panic!("withheld") };
    let partner = (1..3).find(|&answer| by[0].1[0].cells[answer] == Suppressed).unwrap();
    by[0].1[0].cells[partner] = Count(kinds.people[partner][0]);
    let told = known_too_well(&kinds, &released, &rule);
    assert!(told.iter().any(|told| told.contains("known to be 2 to 2")), "{told:?}");
}

#[test]
fn a_respondent_who_is_alone_does_not_learn_the_count_of_the_others() {
    // three roles by two services; two of the first role said A. For a stranger an exchange with the second role would
    // do. But it goes by the one person of the first role in the first service, who knows what they said; so the third
    // role is hidden too.
    let a = vec![0, 2, 5, 0, 0, 9];
    let b = vec![1, 9, 5, 0, 0, 9];
    let kinds = kinds(Shape::Three, [3, 2], vec![a, b, vec![0; 6]]);
    let threshold = Threshold::new(3).unwrap();
    let rule = Rule { threshold, whole: Extremes::OPEN, groups: Extremes::OPEN, ..rule() };
    let mut released = release(&kinds.survey, &rule).unwrap();
    assert_eq!(known_too_well(&kinds, &released, &rule), [""; 0]);
    let (_, roles) = lines(&released, 0);
    assert_eq!(cells(&roles[2]), [Suppressed, Suppressed, Count(0)]);
    let Shown::Shown { by, .. } = &mut released.questions[0] else { panic!("withheld") };
    by[0].1[2].cells = vec![Count(9), Count(9), Count(0)];
    let told = known_too_well(&kinds, &released, &rule);
    assert!(told.iter().any(|told| told.contains("2 is known to be") && told.contains("false")), "{told:?}");
}

#[test]
fn a_row_less_a_column_is_no_small_count() {
    // everybody of the first role is in the first service, with one person of the second role, who said A
    let kinds = kinds(Shape::Three, [2, 2], vec![vec![9, 0, 1, 9], vec![9, 0, 0, 9], vec![0, 0, 0, 0]]);
    let threshold = Threshold::new(3).unwrap();
    let rule = Rule { threshold, whole: Extremes::OPEN, groups: Extremes::OPEN, ..rule() };
    let mut released = release(&kinds.survey, &rule).unwrap();
    assert_eq!(known_too_well(&kinds, &released, &rule), [""; 0]);
    let Shown::Shown { by, .. } = &mut released.questions[0] else { panic!("withheld") };
    for (line, counts) in by.iter_mut().flat_map(|(_, lines)| lines).zip([[9, 9], [10, 9], [10, 9], [9, 9]]) {
        line.cells = vec![Count(counts[0]), Count(counts[1]), Count(0)];
    }
    let told = known_too_well(&kinds, &released, &rule);
    assert!(
        told.iter().any(|told| told.contains("answer 0 within [2]: 1 is known to be 1 to 1")),
        "{told:?}"
    );
}

#[test]
fn a_choice_that_all_made_is_not_told_by_the_choices_that_nobody_made() {
    // in the first group all six chose the first thing and nothing else
    let kinds = kinds(Shape::Choices, [2, 1], vec![vec![0, 0], vec![6, 3], vec![0, 3], vec![0, 3]]);
    let threshold = Threshold::new(3).unwrap();
    let groups = Extremes { none_from: 0, all_from: None };
    let rule = Rule { threshold, whole: Extremes::OPEN, groups, ..rule() };
    let released = release(&kinds.survey, &rule).unwrap();
    assert_eq!(known_too_well(&kinds, &released, &rule), [""; 0]);
    // without knowing who chose nothing else, the rules could not see it
    let mut unaware = kinds.clone();
    for question in &mut unaware.survey.questions {
        question.least.clear();
    }
    let released = release(&unaware.survey, &rule).unwrap();
    let told = known_too_well(&unaware, &released, &rule);
    assert!(told.iter().any(|told| told.contains("6 is known to be 6 to 6")), "{told:?}");
}

/// Fictional: 40 questions of 7 answers, 7 services, 3 roles.
fn usual(people: u64) -> Survey {
    crate::release::tests::samples::usual(people)
}

#[test]
fn a_survey_of_a_usual_size_keeps_most_of_its_numbers() {
    let survey = usual(600);
    let released = release(&survey, &rule()).unwrap();
    let (mut shown, mut all) = (0, 0);
    for question in 0..survey.questions.len() {
        let Shown::Shown { whole, by } = &released.questions()[question] else { continue };
        for line in by.iter().flat_map(|(_, lines)| lines).chain([whole]) {
            all += line.cells().len();
            shown += line.cells().iter().filter(|cell| cell.count().is_some()).count();
        }
    }
    assert_eq!(all, 40 * 7 * 11, "no question is withheld");
    assert!(shown * 2 > all, "{shown} of {all}");
}
