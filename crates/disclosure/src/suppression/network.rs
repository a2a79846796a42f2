//! The graph behind a table, and the search for cycles in it. See the module above for the idea and its sources.

use super::{Cell, Rule};

/// A count as an edge between the two sums in which it takes part.
pub(super) struct Edge {
    /// The direction in which the edge is walked when the count grows by one; a shrinking count is walked back.
    grows: (usize, usize),
    count: u64,
    /// What hiding it would cost.
    cost: u128,
}

impl Edge {
    pub(super) fn new(grows: (usize, usize), count: u64, cost: u128) -> Self {
        Self { grows, count, cost }
    }
}

/// What the reader knows of a hidden count besides that it is hidden.
#[derive(Clone, Copy)]
enum Reader {
    /// Whether it is below the threshold.
    TellsSmall,
    /// Nothing.
    Plain,
}

/// All counts of a table.
pub(super) struct Network {
    nodes: usize,
    edges: Vec<Edge>,
    hidden: Vec<bool>,
    rule: Rule,
}

impl Network {
    /// With the small counts hidden.
    pub(super) fn new(nodes: usize, edges: Vec<Edge>, rule: Rule) -> Self {
        let hidden = edges.iter().map(|edge| rule.hides(edge.count)).collect();
        Self { nodes, edges, hidden, rule }
    }

    /// Hides what is needed and returns the cells in the order of the edges.
    ///
    /// Each small count in turn is put on the cheapest cycle. Hiding more never closes a cycle that is open, and
    /// what is hidden on the way lies on a cycle itself, so one pass is enough. For the plain reader there always is
    /// a cycle: the count grows together with its totals.
    pub(super) fn protect(mut self) -> Vec<Cell> {
        let small: Vec<usize> = (0..self.edges.len()).filter(|&edge| self.hidden[edge]).collect();
        for edge in small {
            let cycle = self
                .cheapest_cycle(edge, Reader::TellsSmall)
                .or_else(|| self.cheapest_cycle(edge, Reader::Plain))
                .unwrap_or_default();
            for on_the_way in cycle {
                self.hidden[on_the_way] = true;
            }
        }
        self.edges
            .iter()
            .zip(self.hidden)
            .map(|(edge, hidden)| if hidden { Cell::Suppressed } else { Cell::Count(edge.count) })
            .collect()
    }

    fn can_grow(&self, edge: usize, reader: Reader) -> bool {
        match reader {
            Reader::TellsSmall => {
                let count = self.edges[edge].count;
                !self.rule.hides(count) || count + 1 < self.rule.threshold
            }
            Reader::Plain => true,
        }
    }

    fn can_shrink(&self, edge: usize, reader: Reader) -> bool {
        let count = self.edges[edge].count;
        match reader {
            Reader::TellsSmall if !self.rule.hides(count) => count > self.rule.threshold,
            _ => count > self.rule.floor(),
        }
    }

    /// Whether the edge is hidden or may be: a zero that the rule shows stays shown, since readers count on it.
    fn may_be_hidden(&self, edge: usize) -> bool {
        self.edges[edge].count >= self.rule.floor()
    }

    /// The other edges of the cheapest cycle through an edge.
    fn cheapest_cycle(&self, edge: usize, reader: Reader) -> Option<Vec<usize>> {
        let (from, to) = self.edges[edge].grows;
        let growing =
            if self.can_grow(edge, reader) { self.cheapest_path(to, from, edge, reader) } else { None };
        let shrinking =
            if self.can_shrink(edge, reader) { self.cheapest_path(from, to, edge, reader) } else { None };
        [growing, shrinking].into_iter().flatten().min_by_key(|(cost, _)| *cost).map(|(_, path)| path)
    }

    /// Dijkstra's algorithm over a dense graph: each round settles the nearest node.
    fn cheapest_path(
        &self,
        from: usize,
        to: usize,
        without: usize,
        reader: Reader,
    ) -> Option<(u128, Vec<usize>)> {
        let mut reached: Vec<Option<(u128, Option<usize>)>> = vec![None; self.nodes];
        let mut settled = vec![false; self.nodes];
        reached[from] = Some((0, None));
        let arcs = self.arcs(without, reader);
        loop {
            let (cost, node) = (0..self.nodes)
                .filter(|&node| !settled[node])
                .filter_map(|node| reached[node].map(|(cost, _)| (cost, node)))
                .min()?;
            if node == to {
                break;
            }
            settled[node] = true;
            for &(end, edge) in &arcs[node] {
                let step = cost + if self.hidden[edge] { 0 } else { self.edges[edge].cost };
                if !settled[end] && reached[end].is_none_or(|(known, _)| step < known) {
                    reached[end] = Some((step, Some(edge)));
                }
            }
        }
        let (cost, mut arrived_by) = reached[to]?;
        let (mut node, mut path) = (to, Vec::new());
        while let Some(edge) = arrived_by {
            path.push(edge);
            let (a, b) = self.edges[edge].grows;
            node = if node == a { b } else { a };
            arrived_by = reached[node]?.1;
        }
        Some((cost, path))
    }

    /// From each node the nodes next to it, with the edge that leads there.
    fn arcs(&self, without: usize, reader: Reader) -> Vec<Vec<(usize, usize)>> {
        let mut arcs = vec![Vec::new(); self.nodes];
        for (edge, Edge { grows: (a, b), .. }) in self.edges.iter().enumerate() {
            if edge == without || !self.may_be_hidden(edge) {
                continue;
            }
            if self.can_grow(edge, reader) {
                arcs[*a].push((*b, edge));
            }
            if self.can_shrink(edge, reader) {
                arcs[*b].push((*a, edge));
            }
        }
        arcs
    }
}
