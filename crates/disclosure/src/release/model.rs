//! One question prepared: its people by the groups that matter to it, its rows, and what is hidden of them.

use std::collections::BTreeMap;

use super::exchange::Target;
use super::survey::{Asked, Survey};

/// A line of counts of a question: of all respondents, or of a part of a grouping.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The grouping and its part; `None` for all respondents.
    pub(super) group: Option<(usize, usize)>,
    /// Those whose answers are open, by answer.
    pub(super) counts: Vec<u64>,
    /// Those whose answers were released earlier, by answer.
    pub(super) rest: Vec<u64>,
    /// Which counts are hidden.
    pub(super) hidden: Vec<bool>,
    /// Nothing of it is shown, zeros and the number of answers included.
    pub(super) withheld: bool,
    /// Answers that nobody gave are hidden here.
    pub(super) guards_none: bool,
}

impl Row {
    pub(super) fn people(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub(super) fn is_hidden(&self, answer: usize) -> bool {
        self.withheld || self.hidden[answer]
    }
}

/// People who share a part of a side; the empty one when the side divides by nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// Rows of this question to which they belong, other than the first.
    pub(super) rows: Vec<usize>,
    /// Their groupings and parts.
    pub(super) groups: Vec<(usize, usize)>,
    /// The atoms in it.
    pub(super) atoms: Vec<usize>,
}

/// People who belong to the same rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub(super) left: usize,
    pub(super) right: usize,
}

/// A question that is asked of those who gave certain answers to this one.
#[derive(Debug, Clone)]
pub(super) struct Follower {
    pub(super) question: usize,
    pub(super) answers: Vec<bool>,
}

/// A question, with what is hidden of it so far.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) answers: usize,
    pub(super) silence: Option<usize>,
    pub(super) lack: Option<usize>,
    pub(super) parent: Option<usize>,
    pub(super) followers: Vec<Follower>,
    pub(super) left: Vec<Node>,
    pub(super) right: Vec<Node>,
    pub(super) atoms: Vec<Atom>,
    /// By answer and atom, of those whose answers are open.
    pub(super) counts: Vec<Vec<u64>>,
    /// By answer and atom, how many of them could not have answered otherwise.
    pub(super) least: Vec<Vec<u64>>,
    /// Whether any of those is above nothing.
    pub(super) has_least: bool,
    /// The first is of all respondents.
    pub(super) rows: Vec<Row>,
}

/// The parts into which each grouping divides its levels.
pub(super) type Parts = Vec<Vec<Vec<usize>>>;

/// The part of each level, for one grouping.
fn part_of(parts: &[Vec<usize>], levels: usize) -> Vec<usize> {
    let mut found = vec![0; levels];
    for (part, members) in parts.iter().enumerate() {
        for &level in members {
            found[level] = part;
        }
    }
    found
}

/// All questions of a survey. `open` are the people whose answers no earlier release has counted, with the strata of
/// `now` in the same order; in a first release that is everybody.
pub(super) fn models(now: &Survey, open: &Survey, parts: &Parts) -> Vec<Model> {
    let of_level: Vec<Vec<usize>> =
        parts.iter().zip(&now.groupings).map(|(parts, grouping)| part_of(parts, grouping.levels)).collect();
    // how many a follower asks in a group is how many gave its parent's answer there: the parent is guarded by that
    // grouping too, though nobody sees the table
    let mut divided_by: Vec<Vec<usize>> = now
        .questions
        .iter()
        .map(|question| question.by.iter().copied().filter(|&grouping| parts[grouping].len() > 1).collect())
        .collect();
    for child in (0..now.questions.len()).rev() {
        if let Asked::When { question: parent, .. } = now.questions[child].asked {
            let more = divided_by[child].clone();
            divided_by[parent].extend(more);
        }
    }
    for by in &mut divided_by {
        by.sort_unstable();
        by.dedup();
    }
    let mut models: Vec<Model> = (0..now.questions.len())
        .map(|question| model(question, now, open, &divided_by[question], &of_level))
        .collect();
    for (child, question) in now.questions.iter().enumerate() {
        if let Asked::When { question: parent, answers } = &question.asked {
            models[child].parent = Some(*parent);
            let answers = (0..models[*parent].answers).map(|answer| answers.contains(&answer)).collect();
            models[*parent].followers.push(Follower { question: child, answers });
        }
    }
    models
}

fn model(number: usize, now: &Survey, open: &Survey, divided_by: &[usize], of_level: &[Vec<usize>]) -> Model {
    let question = &now.questions[number];
    let answers = question.counts.len();
    let mut rows = vec![row(None, answers)];
    let mut row_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for &grouping in divided_by {
        let parts = of_level[grouping].iter().max().map_or(0, |&last| last + 1);
        for part in 0..parts {
            row_of.entry((grouping, part)).or_insert_with(|| {
                rows.push(row(Some((grouping, part)), answers));
                rows.len() - 1
            });
        }
    }
    let mut model = Model {
        answers,
        silence: question.silence,
        lack: question.lack,
        parent: None,
        followers: Vec::new(),
        left: Vec::new(),
        right: Vec::new(),
        atoms: Vec::new(),
        counts: vec![Vec::new(); answers],
        least: vec![Vec::new(); answers],
        has_least: false,
        rows,
    };
    let mut sides: [BTreeMap<Vec<(usize, usize)>, usize>; 2] = [BTreeMap::new(), BTreeMap::new()];
    let mut atom_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (stratum, of) in now.strata.iter().enumerate() {
        let groups: Vec<(usize, usize)> =
            divided_by.iter().map(|&grouping| (grouping, of_level[grouping][of.levels[grouping]])).collect();
        let (left, right) = groups.split_at(groups.len().min(1));
        let left = node(&mut sides[0], &mut model.left, left, &row_of);
        let right = node(&mut sides[1], &mut model.right, right, &row_of);
        let atom = *atom_of.entry((left, right)).or_insert_with(|| {
            let atom = model.atoms.len();
            model.atoms.push(Atom { left, right });
            model.left[left].atoms.push(atom);
            model.right[right].atoms.push(atom);
            for column in model.counts.iter_mut().chain(&mut model.least) {
                column.push(0);
            }
            atom
        });
        for answer in 0..answers {
            let (all, moving) =
                (question.counts[answer][stratum], open.questions[number].counts[answer][stratum]);
            model.counts[answer][atom] += moving;
            if let Some(least) = open.questions[number].least.get(answer) {
                model.least[answer][atom] += least[stratum];
                model.has_least |= least[stratum] > 0;
            }
            let in_groups = groups.iter().filter_map(|group| row_of.get(group)).copied();
            for row in std::iter::once(0).chain(in_groups) {
                model.rows[row].counts[answer] += moving;
                model.rows[row].rest[answer] += all.saturating_sub(moving);
            }
        }
    }
    model
}

fn row(group: Option<(usize, usize)>, answers: usize) -> Row {
    Row {
        group,
        counts: vec![0; answers],
        rest: vec![0; answers],
        hidden: vec![false; answers],
        withheld: false,
        guards_none: false,
    }
}

fn node(
    known: &mut BTreeMap<Vec<(usize, usize)>, usize>,
    nodes: &mut Vec<Node>,
    groups: &[(usize, usize)],
    row_of: &BTreeMap<(usize, usize), usize>,
) -> usize {
    *known.entry(groups.to_vec()).or_insert_with(|| {
        nodes.push(Node {
            rows: groups.iter().filter_map(|group| row_of.get(group)).copied().collect(),
            groups: groups.to_vec(),
            atoms: Vec::new(),
        });
        nodes.len() - 1
    })
}

impl Model {
    /// Whether nothing of the question is shown.
    pub(super) fn is_withheld(&self) -> bool {
        self.rows[0].withheld
    }

    pub(super) fn withhold(&mut self) {
        for row in &mut self.rows {
            row.withheld = true;
        }
    }

    /// The row of a part, where the question is shown by that grouping.
    pub(super) fn row_of(&self, group: (usize, usize)) -> Option<usize> {
        self.rows.iter().position(|row| row.group == Some(group))
    }

    /// The least that a reader knows of a hidden count of those whose answers are open: where zeros are shown, it is not 0.
    pub(super) fn floor(&self, row: usize, answer: usize) -> u64 {
        let at = &self.rows[row];
        if at.withheld || (at.guards_none && self.silence != Some(answer)) {
            return 0;
        }
        1_u64.saturating_sub(at.rest[answer])
    }

    /// Whether a count may be hidden to guard another: a zero that the rule shows stays shown, readers count on it.
    pub(super) fn may_hide(&self, row: usize, answer: usize) -> bool {
        let at = &self.rows[row];
        at.is_hidden(answer) || at.counts[answer] + at.rest[answer] > 0
    }

    /// How many of those whose answers are open gave an answer.
    pub(super) fn true_count(&self, target: Target, answer: usize) -> i64 {
        let count = match target {
            Target::Row(row) => self.rows[row].counts[answer],
            Target::Atom(atom) => self.counts[answer][atom],
        };
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    /// Whether moving someone between two answers changes of whom other questions are asked.
    pub(super) fn crosses(&self, a: usize, b: usize) -> bool {
        self.followers.iter().any(|follower| follower.answers[a] != follower.answers[b])
    }
}

/// Withholds a row of a question, and with the first row all of it; the same of every question that follows from it.
pub(super) fn withhold_followers(
    models: &mut [Model],
    question: usize,
    answers: (usize, usize),
    group: Option<(usize, usize)>,
) {
    let next: Vec<usize> = models[question]
        .followers
        .iter()
        .filter(|follower| follower.answers[answers.0] != follower.answers[answers.1])
        .map(|follower| follower.question)
        .collect();
    for follower in next {
        withhold_row(models, follower, group);
    }
}

fn withhold_row(models: &mut [Model], question: usize, group: Option<(usize, usize)>) {
    match group {
        None => models[question].withhold(),
        Some(group) => {
            if let Some(row) = models[question].row_of(group) {
                models[question].rows[row].withheld = true;
            }
        }
    }
    let next: Vec<usize> = models[question].followers.iter().map(|follower| follower.question).collect();
    for follower in next {
        withhold_row(models, follower, group);
    }
}

/// What it costs to withhold a row of every question that follows from two answers: the people asked there.
pub(super) fn followers_cost(
    models: &[Model],
    question: usize,
    answers: (usize, usize),
    group: Option<(usize, usize)>,
) -> u64 {
    models[question]
        .followers
        .iter()
        .filter(|follower| follower.answers[answers.0] != follower.answers[answers.1])
        .map(|follower| row_cost(models, follower.question, group))
        .sum()
}

fn row_cost(models: &[Model], question: usize, group: Option<(usize, usize)>) -> u64 {
    let model = &models[question];
    let row = match group {
        None => Some(0),
        Some(group) => model.row_of(group),
    };
    let own = row.map_or(0, |row| {
        let at = &model.rows[row];
        if at.withheld || model.is_withheld() { 0 } else { 4 * (at.people() + 1) }
    });
    own + model.followers.iter().map(|follower| row_cost(models, follower.question, group)).sum::<u64>()
}

/// Whether all questions that follow from two answers withhold a row; the first one stands for the whole question.
pub(super) fn is_silent_about(
    models: &[Model],
    question: usize,
    answers: (usize, usize),
    group: Option<(usize, usize)>,
) -> bool {
    fn withholds(models: &[Model], question: usize, group: Option<(usize, usize)>) -> bool {
        let model = &models[question];
        let row = group.map_or(Some(0), |group| model.row_of(group));
        (model.is_withheld() || row.is_none_or(|row| model.rows[row].withheld))
            && model.followers.iter().all(|follower| withholds(models, follower.question, group))
    }
    models[question]
        .followers
        .iter()
        .filter(|follower| follower.answers[answers.0] != follower.answers[answers.1])
        .all(|follower| withholds(models, follower.question, group))
}
