//! The search for people who could have answered otherwise without anyone seeing it.
//!
//! Take two answers A and B to one question. Let some people who said A have said B, and some who said B have said A.
//! Of everything that is shown only counts of A and B can change, and none does if in each row whose counts are shown
//! as many went one way as the other. With two sides (groupings) this is a flow in a small network:
//!
//! ```text
//!   hub ── left part ══ people of both parts ══ right part ── other hub
//!    └──────────────────────── all respondents ──────────────────┘
//! ```
//!
//! An arc from a hub may be used where the row hides A and B; the arc between the hubs where the row of all does; and
//! each arc no further than there are people to move, or than hidden counts may fall. Such flows are whole numbers, so
//! each is another population, the people of which have the same groups, and which gives the same tables.
//!
//! With three or more groupings the right side has a node for each combination, which asks for more than is needed: what
//! is found is right, though not all is found. Where the answers decide who is asked another question, people are moved
//! only among rows which that question withholds, so that its other rows do not change.

use super::model::{Model, followers_cost};

/// A count that is to be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// In a row.
    Row(usize),
    /// Of people who share all rows; no table shows it.
    Atom(usize),
}

/// Whose answers stay as they are, because the reader knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pinned {
    /// Nobody's.
    Nobody,
    /// One of each atom and answer: so that any one person may be the reader.
    EachAlone,
    /// One of those who gave an answer in an atom.
    One {
        /// Their answer.
        answer: usize,
        /// Their atom.
        atom: usize,
    },
}

/// A population other than the true one: counts by answer and atom, and of each row.
#[derive(Debug, Clone)]
pub(super) struct Population {
    pub(super) counts: Vec<Vec<u64>>,
    pub(super) rows: Vec<Vec<i64>>,
    /// Who was moved, so that it can be taken back.
    moved: Vec<(Path, u64)>,
}

impl Population {
    /// The true one.
    pub(super) fn of(model: &Model) -> Self {
        let signed = |&n: &u64| i64::try_from(n).unwrap_or(i64::MAX);
        Self {
            counts: model.counts.clone(),
            rows: model.rows.iter().map(|row| row.counts.iter().map(signed).collect()).collect(),
            moved: Vec::new(),
        }
    }

    pub(super) fn value(&self, target: Target, answer: usize) -> i64 {
        match target {
            Target::Row(row) => self.rows[row][answer],
            Target::Atom(atom) => i64::try_from(self.counts[answer][atom]).unwrap_or(i64::MAX),
        }
    }

    /// Moves people along a path. `false`, and nothing is changed, when that would show or when there are too few.
    pub(super) fn follow(&mut self, model: &Model, path: &Path, people: u64) -> bool {
        let (a, b) = path.pair;
        let before: Vec<i64> = self.rows.iter().map(|row| row[a]).collect();
        let mut done = 0;
        for &(atom, forward) in &path.steps {
            let (from, to) = if forward { (a, b) } else { (b, a) };
            if self.counts[from][atom] < people + model.least[from][atom] {
                break;
            }
            self.step(model, atom, from, to, people);
            done += 1;
        }
        let unseen = done == path.steps.len()
            && self.rows.iter().enumerate().all(|(row, now)| {
                let enough = |answer: usize| {
                    model.rows[row].is_hidden(answer)
                        && u64::try_from(now[answer]).is_ok_and(|n| n >= model.floor(row, answer))
                };
                now[a] == before[row] || (enough(a) && enough(b))
            });
        if unseen {
            self.moved.push((path.clone(), people));
        } else {
            self.back(model, path, done, people);
        }
        unseen
    }

    /// Takes back all that was moved, and says what it was.
    pub(super) fn restore(&mut self, model: &Model) -> Vec<(Path, u64)> {
        let moved = std::mem::take(&mut self.moved);
        for (path, people) in moved.iter().rev() {
            self.back(model, path, path.steps.len(), *people);
        }
        moved
    }

    fn back(&mut self, model: &Model, path: &Path, steps: usize, people: u64) {
        let (a, b) = path.pair;
        for &(atom, forward) in path.steps[..steps].iter().rev() {
            let (from, to) = if forward { (a, b) } else { (b, a) };
            self.step(model, atom, to, from, people);
        }
    }

    fn step(&mut self, model: &Model, atom: usize, from: usize, to: usize, people: u64) {
        self.counts[from][atom] -= people;
        self.counts[to][atom] += people;
        let signed = i64::try_from(people).unwrap_or(i64::MAX);
        let at = model.atoms[atom];
        let rows = model.left[at.left].rows.iter().chain(&model.right[at.right].rows);
        for &row in std::iter::once(&0).chain(rows) {
            self.rows[row][from] -= signed;
            self.rows[row][to] += signed;
        }
    }
}

/// What must be hidden for an arc to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// The rows of a left (`false`) or right (`true`) node.
    Node(bool, usize),
    /// The row of all.
    All,
}

/// A way round the network on which people can be moved.
#[derive(Debug, Clone)]
pub(super) struct Path {
    /// Forward steps move people from the first of these answers to the second.
    pub(super) pair: (usize, usize),
    pub(super) steps: Vec<(usize, bool)>,
    pub(super) gates: Vec<Gate>,
    /// How many people can be moved at most.
    pub(super) room: u64,
    /// What has to be hidden for it, in people; 0 for nothing.
    pub(super) cost: u64,
}

/// A search between two answers.
pub(super) struct Search<'m> {
    pub(super) models: &'m [Model],
    pub(super) question: usize,
    pub(super) population: &'m Population,
    pub(super) pinned: Pinned,
    /// Whether arcs may be used which cost something.
    pub(super) pays: bool,
}

#[derive(Clone, Copy)]
struct Arrival {
    cost: u64,
    from: usize,
    atom: Option<(usize, bool)>,
    gate: Option<Gate>,
    room: u64,
}

const HUB: usize = 0;
const OTHER_HUB: usize = 1;
const FIRST: usize = 2;

impl Search<'_> {
    fn model(&self) -> &Model {
        &self.models[self.question]
    }

    /// The cheapest way to move people from `a` to `b` in a target, or at no cost any; none that costs `limit` or more.
    pub(super) fn path(&self, target: Target, a: usize, b: usize, limit: u64) -> Option<Path> {
        let model = self.model();
        let lefts = FIRST + model.left.len();
        let atom_ends = |atom: usize| (FIRST + model.atoms[atom].left, lefts + model.atoms[atom].right);
        match target {
            Target::Row(0) => self.around((a, b), (HUB, OTHER_HUB), None, Some(Gate::All), limit),
            Target::Row(row) => {
                let left = (0..model.left.len())
                    .filter(|&n| model.left[n].rows.contains(&row))
                    .map(|n| (FIRST + n, HUB, Gate::Node(false, n)));
                let right = (0..model.right.len())
                    .filter(|&n| model.right[n].rows.contains(&row))
                    .map(|n| (OTHER_HUB, lefts + n, Gate::Node(true, n)));
                left.chain(right)
                    .filter_map(|(start, end, gate)| {
                        self.around((a, b), (start, end), None, Some(gate), limit)
                    })
                    .min_by_key(|path| path.cost)
            }
            Target::Atom(atom) => {
                let (left, right) = atom_ends(atom);
                self.around((a, b), (right, left), Some(atom), None, limit)
            }
        }
    }

    /// The arc of the target itself, then the cheapest path from its end back to its start.
    fn around(
        &self,
        pair: (usize, usize),
        ends: (usize, usize),
        atom: Option<usize>,
        gate: Option<Gate>,
        limit: u64,
    ) -> Option<Path> {
        let (a, b) = pair;
        let crosses = self.model().crosses(a, b);
        let (first_cost, first_room) = match (atom, gate) {
            (Some(atom), _) => (self.atom_cost(pair, atom, crosses)?, self.atom_room(a, atom)),
            (None, Some(gate)) => (self.gate_cost(pair, gate, crosses)?, self.gate_room(a, gate)),
            (None, None) => return None,
        };
        if first_room == 0 || first_cost >= limit {
            return None;
        }
        let mut path = self.shortest(pair, ends, (atom, gate), crosses, limit - first_cost)?;
        path.room = path.room.min(first_room);
        path.cost = path.cost.saturating_add(first_cost);
        path.steps.extend(atom.map(|atom| (atom, true)));
        path.gates.extend(gate);
        if crosses {
            let model = self.model();
            for &(atom, _) in &path.steps {
                path.gates.push(Gate::Node(false, model.atoms[atom].left));
                path.gates.push(Gate::Node(true, model.atoms[atom].right));
            }
        }
        Some(path)
    }

    /// Dijkstra's algorithm over a dense graph of a few nodes. Where nothing may be paid, the first way is the cheapest.
    fn shortest(
        &self,
        pair: (usize, usize),
        (start, end): (usize, usize),
        (banned_atom, banned_gate): (Option<usize>, Option<Gate>),
        crosses: bool,
        limit: u64,
    ) -> Option<Path> {
        let model = self.model();
        let size = FIRST + model.left.len() + model.right.len();
        let mut reached: Vec<Option<Arrival>> = vec![None; size];
        let mut settled = vec![false; size];
        reached[start] = Some(Arrival { cost: 0, from: start, atom: None, gate: None, room: u64::MAX });
        loop {
            let mut open = (0..size)
                .filter(|&node| !settled[node])
                .filter_map(|node| reached[node].map(|arrival| (arrival.cost, node)));
            let (cost, at) = if self.pays { open.min()? } else { open.next()? };
            if at == end || (!self.pays && reached[end].is_some()) {
                break;
            }
            settled[at] = true;
            self.arcs(pair, at, crosses, &mut |to, arc_cost, room, atom, gate| {
                let banned = (atom.is_some() && atom.map(|(atom, _)| atom) == banned_atom)
                    || (gate.is_some() && gate == banned_gate);
                let total = cost.saturating_add(arc_cost);
                if !banned
                    && room > 0
                    && total < limit
                    && !settled[to]
                    && reached[to].is_none_or(|known| total < known.cost)
                {
                    reached[to] = Some(Arrival { cost: total, from: at, atom, gate, room });
                }
            });
        }
        let mut path =
            Path { pair, steps: Vec::new(), gates: Vec::new(), room: u64::MAX, cost: reached[end]?.cost };
        let mut at = end;
        while at != start {
            let arrival = reached[at]?;
            path.steps.extend(arrival.atom);
            path.gates.extend(arrival.gate);
            path.room = path.room.min(arrival.room);
            at = arrival.from;
        }
        Some(path)
    }

    /// Calls with each arc from a node: where to, its cost, its room, and what it is.
    fn arcs(
        &self,
        pair: (usize, usize),
        at: usize,
        crosses: bool,
        each: &mut impl FnMut(usize, u64, u64, Option<(usize, bool)>, Option<Gate>),
    ) {
        let model = self.model();
        let (a, b) = pair;
        let lefts = FIRST + model.left.len();
        let mut by_gate = |gate: Gate, falls: usize, to: usize| {
            if let Some(cost) = self.gate_cost(pair, gate, crosses) {
                each(to, cost, self.gate_room(falls, gate), None, Some(gate));
            }
        };
        match at {
            HUB => {
                by_gate(Gate::All, b, OTHER_HUB);
                for n in 0..model.left.len() {
                    by_gate(Gate::Node(false, n), a, FIRST + n);
                }
            }
            OTHER_HUB => {
                by_gate(Gate::All, a, HUB);
                for n in 0..model.right.len() {
                    by_gate(Gate::Node(true, n), b, lefts + n);
                }
            }
            left if left < lefts => {
                by_gate(Gate::Node(false, left - FIRST), b, HUB);
                for &atom in &model.left[left - FIRST].atoms {
                    if let Some(cost) = self.atom_cost(pair, atom, crosses) {
                        let to = lefts + model.atoms[atom].right;
                        each(to, cost, self.atom_room(a, atom), Some((atom, true)), None);
                    }
                }
            }
            right => {
                by_gate(Gate::Node(true, right - lefts), a, OTHER_HUB);
                for &atom in &model.right[right - lefts].atoms {
                    if let Some(cost) = self.atom_cost(pair, atom, crosses) {
                        let to = FIRST + model.atoms[atom].left;
                        each(to, cost, self.atom_room(b, atom), Some((atom, false)), None);
                    }
                }
            }
        }
    }

    /// How many of an atom can leave an answer.
    fn atom_room(&self, answer: usize, atom: usize) -> u64 {
        let pinned = match self.pinned {
            Pinned::Nobody => false,
            Pinned::EachAlone => true,
            Pinned::One { answer: of, atom: at } => of == answer && at == atom,
        };
        self.population.counts[answer][atom]
            .saturating_sub(self.model().least[answer][atom].max(u64::from(pinned)))
    }

    /// Moving people whose answers decide what else they are asked needs both ends of every step open.
    fn atom_cost(&self, pair: (usize, usize), atom: usize, crosses: bool) -> Option<u64> {
        if !crosses {
            return Some(0);
        }
        let at = self.model().atoms[atom];
        let left = self.gate_cost(pair, Gate::Node(false, at.left), true)?;
        Some(left.saturating_add(self.gate_cost(pair, Gate::Node(true, at.right), true)?))
    }

    fn gate_cost(&self, pair: (usize, usize), gate: Gate, crosses: bool) -> Option<u64> {
        let model = self.model();
        let mut cost = 0_u64;
        let (rows, dearer): (&[usize], u64) = match gate {
            Gate::All => (&[0], 8),
            Gate::Node(right, n) => (if right { &model.right[n].rows } else { &model.left[n].rows }, 1),
        };
        for &row in rows {
            for answer in [pair.0, pair.1] {
                cost = cost.saturating_add(dearer * self.cell_cost(row, answer)?);
            }
        }
        if crosses {
            cost = cost.saturating_add(match gate {
                Gate::All => followers_cost(self.models, self.question, pair, None),
                Gate::Node(right, n) => {
                    let node = if right { &model.right[n] } else { &model.left[n] };
                    node.groups
                        .iter()
                        .map(|&group| followers_cost(self.models, self.question, pair, Some(group)))
                        .sum()
                }
            });
        }
        (self.pays || cost == 0).then_some(cost)
    }

    /// The people in a count, and for silence all in the row, since without it there are no percentages.
    fn cell_cost(&self, row: usize, answer: usize) -> Option<u64> {
        let model = self.model();
        let at = &model.rows[row];
        if at.is_hidden(answer) {
            return Some(0);
        }
        if !model.may_hide(row, answer) {
            return None;
        }
        Some(1 + if model.silence == Some(answer) { 2 * at.people() } else { at.counts[answer] })
    }

    /// How far the count of an answer can fall in the rows of a gate.
    fn gate_room(&self, answer: usize, gate: Gate) -> u64 {
        let model = self.model();
        let rows: &[usize] = match gate {
            Gate::All => &[0],
            Gate::Node(false, n) => &model.left[n].rows,
            Gate::Node(true, n) => &model.right[n].rows,
        };
        rows.iter()
            .map(|&row| {
                u64::try_from(self.population.rows[row][answer])
                    .unwrap_or(0)
                    .saturating_sub(model.floor(row, answer))
            })
            .min()
            .unwrap_or(u64::MAX)
    }
}
