//! What has to be guarded, and what is hidden for its own sake.

use super::Rule;
use super::exchange::Target;
use super::model::Model;
use super::survey::{Extremes, Silence};

/// Which way a count must be able to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// There could be more.
    More,
    /// There could be fewer.
    Fewer,
    /// There could be another number.
    Other,
}

/// Both ways.
pub(super) const EITHER: [Way; 2] = [Way::More, Way::Fewer];

/// A count that must not be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) target: Target,
    pub(super) answer: usize,
    pub(super) way: Way,
    /// By how many people, so far as it can be had.
    pub(super) wanted: u64,
    /// By how many at least.
    pub(super) enough: u64,
    /// Whether it must stay unknown to those counted as well.
    pub(super) to_insiders: bool,
}

impl Need {
    /// The ways in which the count may go to satisfy it.
    pub(super) fn ways(&self) -> &'static [Way] {
        match self.way {
            Way::More => &[Way::More],
            Way::Fewer => &[Way::Fewer],
            Way::Other => &EITHER,
        }
    }

    /// From which answer to which people move when the count goes a way, with another answer in exchange.
    pub(super) fn pair(&self, way: Way, partner: usize) -> (usize, usize) {
        if way == Way::Fewer { (self.answer, partner) } else { (partner, self.answer) }
    }

    /// Whether the count stands in a table, where it has to be hidden.
    pub(super) fn row(&self) -> Option<usize> {
        match self.target {
            Target::Row(row) => Some(row),
            Target::Atom(_) => None,
        }
    }
}

/// Hides the small counts of a question, and those that say something of everybody. Gives all that must be guarded.
pub(super) fn mark(model: &mut Model, rule: &Rule, extremes: impl Fn(usize) -> Extremes) -> Vec<Need> {
    let threshold = rule.threshold.get();
    let mut needs = Vec::new();
    let none_at_all: Vec<bool> = (0..model.answers)
        .map(|answer| {
            let whole = &model.rows[0];
            let everybody = whole.people() + whole.rest.iter().sum::<u64>();
            whole.counts[answer] + whole.rest[answer] == 0
                && everybody >= rule.whole.none_from
                && !whole.is_hidden(answer)
        })
        .collect();
    for row in 0..model.rows.len() {
        let (silence, lack) = (model.silence, model.lack);
        let choices = model.answers - usize::from(silence.is_some());
        let at = &mut model.rows[row];
        let people = at.people();
        if people == 0 {
            continue;
        }
        let extremes = at.group.map_or(rule.whole, |(grouping, _)| extremes(grouping));
        let answered = people - silence.map_or(0, |silence| at.counts[silence]);
        let half = rule.threshold.get().div_ceil(2).min(people.div_ceil(2));
        at.guards_none = people < extremes.none_from;
        if rule.threshold.is_small(people) || rule.threshold.is_small(answered) {
            at.withheld = true;
        }
        let all_open = extremes.all_from.is_some_and(|from| people >= from);
        for (answer, count) in at.counts.clone().into_iter().enumerate() {
            let mut need = |way, wanted, enough| {
                let target = Target::Row(row);
                needs.push(Need { target, answer, way, wanted, enough, to_insiders: people > 1 });
            };
            if silence == Some(answer) {
                if rule.threshold.is_small(count) && rule.silence == Silence::Guarded {
                    at.hidden[answer] = true;
                    need(Way::More, threshold - count, threshold - count);
                }
                if rule.threshold.is_small(answered) {
                    need(Way::Fewer, threshold - answered, threshold - answered);
                }
            } else if rule.threshold.is_small(count) {
                at.hidden[answer] = true;
                if rule.threshold.is_small(people) {
                    // how many were asked is guarded with the question that decides it
                    need(Way::Other, 1, 1);
                } else {
                    need(Way::More, threshold - count, threshold - count);
                }
            } else if count == 0 && at.guards_none && answered > 0 && !none_at_all[answer] {
                at.hidden[answer] = true;
                need(Way::More, half, 1);
            }
            let tells = choices > 1 && silence != Some(answer) && lack != Some(answer);
            if tells && count == answered && count >= threshold && !all_open {
                at.withheld = true;
                need(Way::Fewer, half, 1);
            }
        }
    }
    if model.rows[0].withheld {
        model.withhold();
    }
    // a count that no table shows is small mostly; nobody shall find it by subtracting a row from another
    if model.left.len() > 1 && model.right.len() > 1 {
        for answer in 0..model.answers {
            let guarded = model.silence != Some(answer) || rule.silence == Silence::Guarded;
            for atom in 0..model.atoms.len() {
                if guarded && rule.threshold.is_small(model.counts[answer][atom]) {
                    let target = Target::Atom(atom);
                    let (way, wanted, enough) = (Way::Other, 1, 1);
                    needs.push(Need { target, answer, way, wanted, enough, to_insiders: false });
                }
            }
        }
    }
    needs
}
