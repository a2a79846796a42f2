//! A release after another of some of the same people.
//!
//! Whoever has both can subtract them: last week's results from today's, or all services but one from all. What is left
//! are the results of the people in between, and those are guarded like any others:
//!
//! - **More people than before** ([`after`]). What was hidden stays hidden, and groups that were put together stay so. The
//!   answers of the new people are guarded as if their results were released by themselves; then nothing can be told
//!   of the earlier people that the earlier release did not tell, nor anything small of the new ones, nor of both
//!   together, because a small count of both is small or nothing in each. A release may follow one that followed
//!   another: each people in between has been guarded when they came.
//! - **Fewer people than before** ([`within`]). What has been published cannot be hidden any more, so a question is shown
//!   only if both the people who remain and those who were left out are guarded by what was hidden before.
//!
//! A count that nobody gave may be hidden in a later release where a first one would show it, because few people are new
//! or because it was hidden before. So a reader of later releases cannot conclude that what is hidden is not 0.
//!
//! Who is counted only once, in one of the two, is not told from the numbers: an answer that is withdrawn while another
//! comes is neither more nor fewer, and is refused.

use std::collections::BTreeMap;

use super::model::{self, Model, Parts};
use super::protect;
use super::released::{Question, Released};
use super::survey::{Stratum, Survey, SurveyFault};
use super::{Rule, join_groups, mark_all, nothing, protect_all, shown, sizes, withhold_by_routing};
use crate::suppression::Cell;

/// Why there is no later release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LaterFault {
    /// The counts are faulty.
    #[error(transparent)]
    Survey(#[from] SurveyFault),
    /// Some counts are greater than before and some are smaller.
    #[error("the people of one survey are not among those of the other")]
    NotNested,
    /// The release is not one of the earlier survey.
    #[error("the earlier release is of another survey")]
    NotItsRelease,
    /// All of the people in between, or those of a group, are fewer than the threshold. The earlier release may stay.
    #[error("too few people have changed for another release")]
    TooFewChanged,
}

/// Results of more people, of whom some were in an earlier release.
pub fn after(
    now: &Survey,
    earlier: &Survey,
    earlier_released: &Released,
    rule: &Rule,
) -> Result<Released, LaterFault> {
    let (now, earlier) = aligned(now, earlier)?;
    if earlier_released.people == Cell::Suppressed {
        // the earlier one showed nothing, not even how many there were
        return Ok(super::release(&now, rule)?);
    }
    let start = parts_of(earlier_released, &earlier)?;
    let new = between(&now, &earlier)?;
    if rule.threshold.is_small(new.people()) {
        return Err(LaterFault::TooFewChanged);
    }
    let parts = join_groups(&new, start, rule);
    if (0..parts.len()).any(|grouping| has_small_part(&new, grouping, &parts, rule)) {
        return Err(LaterFault::TooFewChanged);
    }
    let mut models = model::models(&now, &new, &parts);
    withhold_by_routing(&now, &parts, &mut models);
    hide_as_before(&mut models, &parts, earlier_released)?;
    let needs = mark_all(&now, &mut models, rule);
    protect_all(&mut models, &needs);
    Ok(shown(&now, &parts, &models))
}

/// Results of some of the people of an earlier release: all services but one, say.
pub fn within(
    now: &Survey,
    earlier: &Survey,
    earlier_released: &Released,
    rule: &Rule,
) -> Result<Released, LaterFault> {
    let (now, earlier) = aligned(now, earlier)?;
    if now.people() < rule.threshold.get() {
        return Ok(nothing());
    }
    if earlier_released.people == Cell::Suppressed {
        return Err(LaterFault::TooFewChanged);
    }
    let parts = parts_of(earlier_released, &earlier)?;
    let left_out = between(&earlier, &now)?;
    let few = |people: &Survey| {
        rule.threshold.is_small(people.people())
            || (0..parts.len()).any(|grouping| has_small_part(people, grouping, &parts, rule))
    };
    if few(&now) || few(&left_out) {
        return Err(LaterFault::TooFewChanged);
    }
    let mut models = model::models(&now, &now, &parts);
    withhold_by_routing(&now, &parts, &mut models);
    hide_as_before(&mut models, &parts, earlier_released)?;
    for of in [&now, &left_out] {
        let mut as_before = model::models(of, of, &parts);
        hide_as_before(&mut as_before, &parts, earlier_released)?;
        let mut marked = as_before.clone();
        let needs = mark_all(of, &mut marked, rule);
        for (guards, from) in as_before.iter_mut().zip(&marked) {
            for (row, marked) in guards.rows.iter_mut().zip(&from.rows) {
                row.guards_none = marked.guards_none;
            }
        }
        for (question, needs) in needs.iter().enumerate() {
            // all that marking would withhold was withheld before, or the question goes
            let withheld_anew = as_before[question]
                .rows
                .iter()
                .zip(&marked[question].rows)
                .any(|(before, now)| now.withheld && !before.withheld);
            if withheld_anew || !protect::is_guarded(&as_before, question, needs) {
                protect::give_up(&mut models, question);
            }
        }
    }
    Ok(shown(&now, &parts, &models))
}

/// Both surveys with the strata of both, in one order.
fn aligned(a: &Survey, b: &Survey) -> Result<(Survey, Survey), SurveyFault> {
    a.check()?;
    b.check()?;
    let same = a.groupings == b.groupings
        && a.questions.len() == b.questions.len()
        && a.questions.iter().zip(&b.questions).all(|(a, b)| {
            a.counts.len() == b.counts.len()
                && (a.silence, a.lack, &a.by, &a.asked) == (b.silence, b.lack, &b.by, &b.asked)
        });
    if !same {
        return Err(SurveyFault::Different);
    }
    let mut place: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for stratum in a.strata.iter().chain(&b.strata) {
        let next = place.len();
        place.entry(stratum.levels.clone()).or_insert(next);
    }
    Ok((spread(a, &place), spread(b, &place)))
}

fn spread(survey: &Survey, place: &BTreeMap<Vec<usize>, usize>) -> Survey {
    let mut out = survey.clone();
    out.strata = vec![Stratum { levels: Vec::new(), people: 0 }; place.len()];
    for (levels, &at) in place {
        out.strata[at].levels.clone_from(levels);
    }
    let places: Vec<usize> = survey.strata.iter().map(|stratum| place[&stratum.levels]).collect();
    for (stratum, &at) in survey.strata.iter().zip(&places) {
        out.strata[at].people = stratum.people;
    }
    let spread_row = |row: &mut Vec<u64>| {
        let mut wide = vec![0; place.len()];
        for (&count, &at) in row.iter().zip(&places) {
            wide[at] = count;
        }
        *row = wide;
    };
    for question in &mut out.questions {
        question.counts.iter_mut().chain(&mut question.least).for_each(spread_row);
    }
    out
}

/// The people of the greater survey who are not in the smaller.
fn between(greater: &Survey, smaller: &Survey) -> Result<Survey, LaterFault> {
    let mut out = greater.clone();
    for (stratum, less) in out.strata.iter_mut().zip(&smaller.strata) {
        stratum.people = stratum.people.checked_sub(less.people).ok_or(LaterFault::NotNested)?;
    }
    for (question, less) in out.questions.iter_mut().zip(&smaller.questions) {
        for (answer, row) in question.counts.iter_mut().enumerate() {
            for (stratum, count) in row.iter_mut().enumerate() {
                *count = count.checked_sub(less.counts[answer][stratum]).ok_or(LaterFault::NotNested)?;
                if let Some(least) = question.least.get_mut(answer) {
                    let before = less.least.get(answer).map_or(0, |row| row[stratum]);
                    least[stratum] = least[stratum].saturating_sub(before).min(*count);
                }
            }
        }
    }
    Ok(out)
}

fn parts_of(released: &Released, survey: &Survey) -> Result<Parts, LaterFault> {
    if released.groupings.len() != survey.groupings.len()
        || released.questions.len() != survey.questions.len()
    {
        return Err(LaterFault::NotItsRelease);
    }
    let parts: Parts = released
        .groupings
        .iter()
        .map(|groups| groups.iter().map(|group| group.levels.clone()).collect())
        .collect();
    let fits = parts.iter().enumerate().all(|(grouping, parts)| {
        let mut levels: Vec<usize> = parts.iter().flatten().copied().collect();
        levels.sort_unstable();
        let people = sizes(survey, grouping);
        levels.into_iter().eq(0..people.len())
            && parts
                .iter()
                .zip(&released.groupings[grouping])
                .all(|(part, group)| part.iter().map(|&level| people[level]).sum::<u64>() == group.people)
    });
    if fits { Ok(parts) } else { Err(LaterFault::NotItsRelease) }
}

fn has_small_part(people: &Survey, grouping: usize, parts: &Parts, rule: &Rule) -> bool {
    let sizes = sizes(people, grouping);
    parts[grouping].iter().any(|part| rule.threshold.is_small(part.iter().map(|&level| sizes[level]).sum()))
}

/// Hides what an earlier release hid. A row of groups that were apart then hides what any of them hid.
fn hide_as_before(models: &mut [Model], parts: &Parts, earlier: &Released) -> Result<(), LaterFault> {
    for (model, question) in models.iter_mut().zip(&earlier.questions) {
        let Question::Shown { whole, by } = question else {
            model.withhold();
            continue;
        };
        for at in 0..model.rows.len() {
            let lines: Vec<_> = match model.rows[at].group {
                None => vec![whole],
                Some((grouping, part)) => {
                    let Some((_, lines)) = by.iter().find(|(of, _)| *of == grouping) else {
                        continue;
                    };
                    earlier.groupings[grouping]
                        .iter()
                        .zip(lines)
                        .filter(|(group, _)| {
                            group.levels.iter().all(|level| parts[grouping][part].contains(level))
                        })
                        .map(|(_, line)| line)
                        .collect()
                }
            };
            for line in lines {
                if line.cells.len() != model.answers {
                    return Err(LaterFault::NotItsRelease);
                }
                let row = &mut model.rows[at];
                for (hidden, cell) in row.hidden.iter_mut().zip(&line.cells) {
                    *hidden |= cell.count().is_none();
                }
                row.withheld |= line.is_withheld();
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
