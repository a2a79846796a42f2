//! One release of the results of a survey: many tables of the same people, safe to show together.
//!
//! Tables of one survey share people. What one table hides another may show, as its margin or as the rest that remains
//! when a row is subtracted from a column; so they are made safe together, from the counts of which they all are sums.
//!
//! | module | subject |
//! | --- | --- |
//! | [`survey`] | what goes in: groups, questions, counts |
//! | `groups` | joins groups of too few respondents |
//! | `model` | a question with its rows, and what is hidden of them |
//! | `exchange` | the search for people who could have answered otherwise unseen |
//! | `needs` | what must be guarded, and is hidden for its own sake |
//! | `protect` | what is hidden besides to guard it |
//! | `proof` | the proof that a count is guarded, and the audit of it |
//! | [`later`] | a release after another of some of the same people |
//! | [`released`] | what comes out |
//!
//! # What is promised
//!
//! For every count of 1 to threshold − 1 people in any table there is **another population that gives exactly what
//! is shown**, in which the count is the threshold or more. So nobody who sees only the release can tell that the count
//! is small. Besides:
//!
//! - an answer that nobody in a guarded group gave could have been given by somebody; an answer that all of it gave could
//!   have been withheld by somebody ([`survey::Extremes`]);
//! - no respondent, who knows their own answer, can work out such a count;
//! - no small count of people who share a group in each of two groupings (head teachers of one school), which no table
//!   shows, can be worked out by subtraction.
//!
//! The reader is taken to know how many respondents each group has, that counts are whole numbers and which zeros would
//! be shown. Such other populations are found, not estimated: see `exchange`. When all is hidden that need be,
//! each is checked against every row that is shown, and a question of which one fails is withheld.
//!
//! # Why questions can be taken one by one
//!
//! No table crosses two questions. So whatever a reader knows, the answers to one question may be any that fit its own
//! tables and the groups, whatever was answered to another, unless who was asked depends on it
//! ([`survey::Asked::When`]); then the two are treated together. Cross-tables of two questions, or of two groupings, are
//! therefore no part of a release.

mod exchange;
mod groups;
pub mod later;
mod model;
mod needs;
mod proof;
mod protect;
pub mod released;
pub mod survey;

use crate::suppression::Cell;
use crate::threshold::Threshold;
use model::{Model, Parts};
use needs::Need;
use released::{Group, Line, Question, Reason, Released};
use survey::{Asked, Extremes, Silence, Survey, SurveyFault};

/// What must not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The least count that may be shown.
    pub threshold: Threshold,
    /// When nobody and everybody may be shown of all respondents.
    pub whole: Extremes,
    /// When nobody and everybody may be shown of a group; a grouping may have its own.
    pub groups: Extremes,
    /// Whether a count of those who said nothing is guarded.
    pub silence: Silence,
}

impl Rule {
    /// The strictest of everything, with a threshold.
    pub fn new(threshold: Threshold) -> Self {
        Self { threshold, whole: Extremes::WHOLE, groups: Extremes::GROUP, silence: Silence::Guarded }
    }
}

/// Makes the results of a survey safe to show.
pub fn release(survey: &Survey, rule: &Rule) -> Result<Released, SurveyFault> {
    survey.check()?;
    if survey.people() < rule.threshold.get() {
        return Ok(nothing());
    }
    let single = |levels: usize| (0..levels).map(|level| vec![level]).collect();
    let parts = join_groups(survey, survey.groupings.iter().map(|g| single(g.levels)).collect(), rule);
    let mut models = model::models(survey, survey, &parts);
    withhold_by_routing(survey, &parts, &mut models);
    let needs = mark_all(survey, &mut models, rule);
    protect_all(&mut models, &needs);
    Ok(shown(survey, &parts, &models))
}

fn nothing() -> Released {
    Released { people: Cell::Suppressed, groupings: Vec::new(), questions: Vec::new() }
}

fn sizes(survey: &Survey, grouping: usize) -> Vec<u64> {
    let mut people = vec![0; survey.groupings[grouping].levels];
    for stratum in &survey.strata {
        people[stratum.levels[grouping]] += stratum.people;
    }
    people
}

/// `people` are those whose number in each group must not be small.
fn join_groups(people: &Survey, start: Parts, rule: &Rule) -> Parts {
    start
        .into_iter()
        .enumerate()
        .map(|(grouping, parts)| groups::join_small(parts, &sizes(people, grouping), rule.threshold))
        .collect()
}

/// Withholds questions whose number of people asked says more than any group's.
fn withhold_by_routing(survey: &Survey, parts: &Parts, models: &mut [Model]) {
    for (question, of) in survey.questions.iter().enumerate() {
        let withheld = match &of.asked {
            Asked::Everyone => false,
            Asked::When { question, .. } => models[*question].is_withheld(),
            Asked::Compound => true,
            Asked::Groups { grouping, levels } => {
                let whole_parts = parts[*grouping].iter().all(|part| {
                    let inside = part.iter().filter(|level| levels.contains(level)).count();
                    inside == 0 || inside == part.len()
                });
                // by another grouping its number asked would tell how the two combine
                !whole_parts || of.by.iter().any(|by| by != grouping)
            }
        };
        if withheld {
            models[question].withhold();
        }
    }
}

fn mark_all(survey: &Survey, models: &mut [Model], rule: &Rule) -> Vec<Vec<Need>> {
    let extremes = |grouping: usize| survey.groupings[grouping].extremes.unwrap_or(rule.groups);
    models.iter_mut().map(|model| needs::mark(model, rule, extremes)).collect()
}

/// Hides more until all is guarded, and then checks every proof against what is hidden in the end.
fn protect_all(models: &mut [Model], needs: &[Vec<Need>]) {
    let proofs: Vec<_> =
        needs.iter().enumerate().map(|(question, needs)| protect::protect(models, question, needs)).collect();
    let unproven = |models: &[Model]| {
        (0..models.len())
            .find(|&question| !protect::is_proven(models, question, &needs[question], &proofs[question]))
    };
    while let Some(question) = unproven(models) {
        protect::give_up(models, question);
    }
}

fn shown(survey: &Survey, parts: &Parts, models: &[Model]) -> Released {
    let groupings = parts
        .iter()
        .enumerate()
        .map(|(grouping, parts)| {
            let sizes = sizes(survey, grouping);
            let group = |part: &Vec<usize>| Group {
                people: part.iter().map(|&level| sizes[level]).sum(),
                levels: part.clone(),
            };
            parts.iter().map(group).collect()
        })
        .collect();
    let questions = survey
        .questions
        .iter()
        .zip(models)
        .map(|(question, model)| match question.asked {
            Asked::Compound => Question::Withheld(Reason::Compound),
            _ if model.is_withheld() => Question::Withheld(Reason::Guarded),
            _ => Question::Shown {
                whole: line(model, 0, &question.asked),
                by: question
                    .by
                    .iter()
                    .map(|&grouping| {
                        let lines = (0..parts[grouping].len())
                            .filter_map(|part| model.row_of((grouping, part)))
                            .map(|row| line(model, row, &question.asked))
                            .collect();
                        (grouping, lines)
                    })
                    .collect(),
            },
        })
        .collect();
    Released { people: Cell::Count(survey.people()), groupings, questions }
}

fn line(model: &Model, row: usize, asked: &Asked) -> Line {
    let at = &model.rows[row];
    let count = |answer: usize| at.counts[answer] + at.rest[answer];
    let people: u64 = (0..model.answers).map(count).sum();
    let silence_hidden = model.silence.is_some_and(|silence| at.is_hidden(silence));
    let silent = model.silence.map_or(0, count);
    let known = |hidden: bool, count: u64| if hidden { Cell::Suppressed } else { Cell::Count(count) };
    Line {
        // who is asked by an earlier answer is as many as gave it
        asked: known(at.withheld && matches!(asked, Asked::When { .. }), people),
        answered: known(at.withheld || silence_hidden, people - silent),
        cells: (0..model.answers).map(|answer| known(at.is_hidden(answer), count(answer))).collect(),
    }
}

#[cfg(test)]
mod tests;
