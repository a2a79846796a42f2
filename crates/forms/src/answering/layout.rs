//! Where each answer stands in the JSON of a submission, and how it is called in a page: `age`, `children[1]/age`.
//!
//! Groups leave no trace where that is unambiguous: the answers in a group stand beside the group. Where two answers
//! would stand under one name, the groups that hold them become objects of their own, from the outside inwards and no more
//! of them than needed. Repeats are arrays of objects.

use std::collections::{BTreeMap, HashMap};

use crate::expression::Instance;
use crate::expression::instance::{FrameId, OUTERMOST};
use crate::expression::shape::{Shape, ShapeId, TOP};

/// Where each answer stands.
#[derive(Debug, Clone)]
pub struct Layout {
    /// By node: whether it is an object (or array) of its own. True for the topmost node and repeats.
    holds: Vec<bool>,
    /// By node that holds others: what stands in it, by key.
    keys: HashMap<ShapeId, BTreeMap<String, ShapeId>>,
}

impl Layout {
    /// The layout of a form's answers. `is_group` says which nodes are groups (and repeats).
    pub fn of(shape: &Shape, is_group: impl Fn(ShapeId) -> bool) -> Self {
        let mut layout = Self { holds: vec![false; shape.len()], keys: HashMap::new() };
        let mut open = vec![TOP];
        while let Some(holder) = open.pop() {
            layout.holds[holder as usize] = true;
            let keys = layout.keys_within(shape, holder, &is_group);
            open.extend(keys.values().copied().filter(|node| is_group(*node)));
            layout.keys.insert(holder, keys);
        }
        layout
    }

    /// What stands in an object, after making objects of the groups in it that hold a name twice.
    fn keys_within(
        &mut self,
        shape: &Shape,
        holder: ShapeId,
        is_group: &impl Fn(ShapeId) -> bool,
    ) -> BTreeMap<String, ShapeId> {
        loop {
            let mut keys: BTreeMap<String, ShapeId> = BTreeMap::new();
            let mut clashing = Vec::new();
            let mut open: Vec<ShapeId> = shape.node(holder).children.iter().rev().copied().collect();
            while let Some(node) = open.pop() {
                let of = shape.node(node);
                if is_group(node) && !of.repeat && !self.holds[node as usize] {
                    open.extend(of.children.iter().rev());
                    continue;
                }
                match keys.get(&of.name) {
                    Some(other) => clashing.extend(apart(shape, holder, node, *other)),
                    None => {
                        keys.insert(of.name.clone(), node);
                    }
                }
            }
            if clashing.is_empty() {
                return keys;
            }
            for group in clashing {
                self.holds[group as usize] = true;
            }
        }
    }

    /// What stands in an object, by key: the topmost node, a repeat's entry, a group that is an object.
    pub fn keys(&self, holder: ShapeId) -> Option<&BTreeMap<String, ShapeId>> {
        self.keys.get(&holder)
    }

    /// Whether a group or repeat is an object (or array) of its own.
    pub fn holds(&self, node: ShapeId) -> bool {
        self.holds[node as usize]
    }

    /// How a node is called: `children[1]/age`. A repeat is called with a number in the frame of an entry, and without
    /// one in the frame around.
    pub fn path(&self, shape: &Shape, data: &Instance, frame: FrameId, node: ShapeId) -> String {
        let mut parts = Vec::new();
        let (mut frame, mut next) = (frame, Some(node));
        while let Some(node) = next {
            let of = shape.node(node);
            if of.repeat && data.region(frame) == of.region {
                parts.push(format!("{}[{}]", of.name, data.position(shape, frame)));
                frame = data.parent(frame);
            } else if node != TOP && (parts.is_empty() || self.holds(node)) {
                parts.push(of.name.clone());
            }
            next = of.parent;
        }
        parts.reverse();
        parts.join("/")
    }

    /// The node that is called so, and its frame.
    pub fn locate(&self, shape: &Shape, data: &Instance, path: &str) -> Option<(FrameId, ShapeId)> {
        let (mut frame, mut holder) = (OUTERMOST, TOP);
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let (name, number) = match part.split_once('[') {
                Some((name, number)) => (name, Some(number.strip_suffix(']')?.parse::<usize>().ok()?)),
                None => (part, None),
            };
            let node = *self.keys(holder)?.get(name)?;
            if let Some(number) = number {
                if !shape.node(node).repeat {
                    return None;
                }
                frame = *data.entries(shape, frame, node).get(number.checked_sub(1)?)?;
            }
            if parts.peek().is_none() {
                return Some((frame, node));
            }
            if shape.node(node).repeat && number.is_none() {
                return None;
            }
            holder = node;
        }
        None
    }
}

/// The outermost groups that are around one of two nodes and not around the other: as objects they keep them apart.
fn apart(shape: &Shape, holder: ShapeId, one: ShapeId, other: ShapeId) -> Vec<ShapeId> {
    let around = |node: ShapeId| {
        let mut groups = Vec::new();
        let mut next = shape.node(node).parent;
        while let Some(group) = next.filter(|group| *group != holder) {
            groups.push(group);
            next = shape.node(group).parent;
        }
        groups.reverse();
        groups
    };
    let (one, other) = (around(one), around(other));
    let common = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    [one.get(common), other.get(common)].into_iter().flatten().copied().collect()
}
