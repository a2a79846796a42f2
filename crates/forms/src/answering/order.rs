//! In which order calculations and relevance are worked out, and what a change reaches.
//!
//! Each node of a form has two things that can change: whether it is relevant, and its value (for a repeat, its entries).
//! A [`Quantity`] is one of them. Reading an answer reads both, since what is not relevant reads as empty.

use crate::expression::shape::{Shape, ShapeId};

/// Something that can change: whether a node is relevant (even numbers) or what its value is (odd ones).
pub(super) type Quantity = u32;

/// Whether a node is relevant.
pub(super) const fn relevance(node: ShapeId) -> Quantity {
    node * 2
}

/// The value of a node; of a repeat, which entries there are.
pub(super) const fn value(node: ShapeId) -> Quantity {
    node * 2 + 1
}

/// Which quantity is worked out from which.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// By quantity, those that are worked out from it.
    dependents: Vec<Vec<Quantity>>,
    /// By quantity, its place when everything is worked out.
    rank: Vec<u32>,
}

/// Quantities that are worked out from each other in a circle, each from the next, the last from the first.
pub(super) type Circle = Vec<Quantity>;

impl Order {
    /// From what each relevance and each value reads.
    pub(super) fn new<'a>(
        shape: &Shape,
        reads: impl IntoIterator<Item = (Quantity, &'a [ShapeId])>,
    ) -> Result<Self, Vec<Circle>> {
        let count = shape.len() * 2;
        let mut dependents: Vec<Vec<Quantity>> = vec![Vec::new(); count];
        for node in 0..u32::try_from(shape.len()).unwrap_or(0) {
            for child in &shape.node(node).children {
                dependents[relevance(node) as usize].push(relevance(*child));
            }
            if shape.node(node).repeat {
                for inner in shape.within(node) {
                    dependents[value(node) as usize].extend([relevance(inner), value(inner)]);
                }
            }
        }
        for (quantity, read) in reads {
            for node in read {
                dependents[relevance(*node) as usize].push(quantity);
                dependents[value(*node) as usize].push(quantity);
            }
        }
        for list in &mut dependents {
            list.sort_unstable();
            list.dedup();
        }
        let mut waiting = vec![0_u32; count];
        for to in dependents.iter().flatten() {
            waiting[*to as usize] += 1;
        }
        // the smallest number first keeps the order of the form where nothing else decides
        let mut ready: std::collections::BinaryHeap<std::cmp::Reverse<usize>> =
            (0..count).filter(|quantity| waiting[*quantity] == 0).map(std::cmp::Reverse).collect();
        let mut rank = vec![u32::MAX; count];
        let mut next = 0;
        while let Some(std::cmp::Reverse(quantity)) = ready.pop() {
            rank[quantity] = next;
            next += 1;
            for to in &dependents[quantity] {
                waiting[*to as usize] -= 1;
                if waiting[*to as usize] == 0 {
                    ready.push(std::cmp::Reverse(*to as usize));
                }
            }
        }
        if (next as usize) < count {
            return Err(circles(&dependents, &rank));
        }
        Ok(Self { dependents, rank })
    }

    /// What is worked out from a quantity.
    pub(super) fn dependents(&self, quantity: Quantity) -> &[Quantity] {
        &self.dependents[quantity as usize]
    }

    /// The place of a quantity when everything is worked out.
    pub(super) fn rank(&self, quantity: Quantity) -> u32 {
        self.rank[quantity as usize]
    }

    /// All quantities.
    pub(super) fn all(&self) -> impl Iterator<Item = Quantity> {
        0..u32::try_from(self.rank.len()).unwrap_or(0)
    }
}

/// The circles among the quantities that have no rank, one for each knot.
fn circles(dependents: &[Vec<Quantity>], rank: &[u32]) -> Vec<Circle> {
    // what has no rank is in a circle or behind one; going backwards always stays among these
    let mut sources: Vec<Vec<Quantity>> = vec![Vec::new(); dependents.len()];
    for (from, list) in dependents.iter().enumerate() {
        for to in list {
            if rank[from] == u32::MAX && rank[*to as usize] == u32::MAX {
                sources[*to as usize].push(u32::try_from(from).unwrap_or(0));
            }
        }
    }
    let mut seen = vec![false; dependents.len()];
    let mut found = Vec::new();
    for start in 0..dependents.len() {
        if rank[start] != u32::MAX || seen[start] {
            continue;
        }
        let mut walk = Vec::new();
        let mut place = std::collections::HashMap::new();
        let mut at = u32::try_from(start).unwrap_or(0);
        loop {
            if let Some(from) = place.get(&at) {
                found.push(walk[*from..].to_vec());
                break;
            }
            if seen[at as usize] {
                break;
            }
            seen[at as usize] = true;
            place.insert(at, walk.len());
            walk.push(at);
            match sources[at as usize].first() {
                Some(source) => at = *source,
                None => break,
            }
        }
    }
    found
}
