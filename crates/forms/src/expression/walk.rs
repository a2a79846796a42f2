//! Following a path through the nodes of the answers and of the lists.

use super::evaluate::{Evaluator, Focus, Stop, row_number};
use super::program::{Beginning, Code, Move, Way};
use super::shape::{ShapeId, TOP};
use super::value::{Node, Value};

impl<'a> Evaluator<'a> {
    /// The nodes at the end of a way, each once, relevant ones only.
    pub(super) fn follow(&self, way: &'a Way, focus: &Focus) -> Result<Vec<Node>, Stop> {
        let mut nodes = match &way.start {
            Beginning::Node(from) => vec![self.origin(*from, focus)],
            Beginning::Document => vec![Node::Document],
            Beginning::List(list) => vec![Node::List(*list)],
            Beginning::Spread { from, out, regions, node } => {
                let shape = &self.names.shape;
                let mut frames = vec![self.frame(*from, *out, focus)];
                for region in regions {
                    let repeat = shape.region(*region).opened_by;
                    let mut entries = Vec::new();
                    for frame in frames {
                        entries.extend_from_slice(self.data.entries(shape, frame, repeat));
                    }
                    frames = entries;
                    self.spend(frames.len())?;
                }
                frames.into_iter().map(|frame| Node::Answer(frame, *node)).collect()
            }
            Beginning::Code(code) => self.nodes(code, focus)?,
        };
        nodes = self.thin_out(nodes, &way.predicates)?;
        for stride in &way.steps {
            // predicates look at the nodes reached from each node on its own
            let mut reached = Vec::new();
            for node in nodes {
                let mut found = Vec::new();
                self.step(node, &stride.step, &mut found)?;
                self.spend(found.len() + 1)?;
                reached.extend(self.thin_out(found, &stride.predicates)?);
            }
            // only going up can lead to one node from several
            if matches!(stride.step, Move::Up(_) | Move::Deep(_)) {
                let mut seen = std::collections::HashSet::new();
                reached.retain(|node| seen.insert(*node));
            }
            nodes = reached;
        }
        nodes.retain(|node| self.is_relevant(*node));
        Ok(nodes)
    }

    /// The nodes for which all predicates hold; a predicate that is a number names a place.
    fn thin_out(&self, mut nodes: Vec<Node>, predicates: &'a [Code]) -> Result<Vec<Node>, Stop> {
        for predicate in predicates {
            let size = nodes.len();
            self.spend(size)?;
            let mut kept = Vec::new();
            for (index, node) in nodes.into_iter().enumerate() {
                if self.holds(predicate, &Focus { node, position: index + 1, size })? {
                    kept.push(node);
                }
            }
            nodes = kept;
        }
        Ok(nodes)
    }

    /// Whether a predicate holds at a node.
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "places are small whole numbers")]
    pub(super) fn holds(&self, predicate: &'a Code, focus: &Focus) -> Result<bool, Stop> {
        match self.value(predicate, focus)? {
            Value::Number(place) => Ok(place == focus.position as f64),
            Value::Truth(truth) => Ok(truth),
            Value::Text(text) => Ok(!text.is_empty()),
            Value::Nodes(nodes) => Ok(!nodes.is_empty()),
        }
    }

    fn step(&self, node: Node, step: &Move, found: &mut Vec<Node>) -> Result<(), Stop> {
        let is_one = |node: Node, wanted: &Option<Vec<ShapeId>>| match (wanted, node) {
            (None, _) => true,
            (Some(wanted), Node::Answer(_, shape)) => wanted.contains(&shape),
            (Some(_), _) => false,
        };
        match step {
            Move::Stay(wanted) if is_one(node, wanted) => found.push(node),
            Move::Up(wanted) => found.extend(self.parent(node).filter(|parent| is_one(*parent, wanted))),
            Move::Down(wanted) => self.children(node, wanted, found),
            Move::Deep(wanted) => {
                let mut open = vec![node];
                while let Some(next) = open.pop() {
                    self.spend(1)?;
                    let mut children = Vec::new();
                    self.all_children(next, &mut children);
                    for child in children.into_iter().rev() {
                        open.push(child);
                    }
                    if next != node && matches!(next, Node::Answer(_, shape) if wanted.contains(&shape)) {
                        found.push(next);
                    }
                }
            }
            Move::Items => {
                if let Node::List(list) = node {
                    found.push(Node::Items(list));
                }
            }
            Move::Item => {
                if let Node::Items(list) = node {
                    let rows = self.names.lists.table(list).rows();
                    found.extend((0..rows).map(|row| Node::Item(list, row_number(row))));
                }
            }
            Move::Cell(column) => {
                if let Node::Item(list, row) = node {
                    found.push(Node::Cell(list, row, *column));
                }
            }
            Move::Cells => {
                if let Node::Item(list, row) = node {
                    let columns = self.names.lists.table(list).columns.len();
                    found.extend((0..columns).map(|column| Node::Cell(list, row, row_number(column))));
                }
            }
            Move::Stay(_) => {}
        }
        Ok(())
    }

    fn parent(&self, node: Node) -> Option<Node> {
        match node {
            Node::Document | Node::List(_) => None,
            Node::Answer(_, TOP) => Some(Node::Document),
            Node::Answer(frame, shape) => {
                let of = self.names.shape.node(shape);
                let parent = of.parent?;
                // a repeat as such stands in the frame around its entries already
                let outwards = of.repeat && self.stands_in_own_frame(frame, shape);
                Some(Node::Answer(if outwards { self.data.parent(frame) } else { frame }, parent))
            }
            Node::Items(list) => Some(Node::List(list)),
            Node::Item(list, _) => Some(Node::Items(list)),
            Node::Cell(list, row, _) => Some(Node::Item(list, row)),
        }
    }

    fn all_children(&self, node: Node, found: &mut Vec<Node>) {
        match node {
            Node::Document => found.push(Node::Answer(0, TOP)),
            Node::Answer(_, shape) => self.children(node, &self.names.shape.node(shape).children, found),
            _ => {}
        }
    }

    fn children(&self, node: Node, wanted: &[ShapeId], found: &mut Vec<Node>) {
        let shape = &self.names.shape;
        match node {
            Node::Document => found.extend(wanted.contains(&TOP).then_some(Node::Answer(0, TOP))),
            Node::Answer(frame, above) if self.stands_in_own_frame(frame, above) => {
                for child in wanted.iter().filter(|child| shape.node(**child).parent == Some(above)) {
                    if shape.node(*child).repeat {
                        let entries = self.data.entries(shape, frame, *child);
                        found.extend(entries.iter().map(|entry| Node::Answer(*entry, *child)));
                    } else {
                        found.push(Node::Answer(frame, *child));
                    }
                }
            }
            _ => {}
        }
    }
}
