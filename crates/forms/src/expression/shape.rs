//! What nodes a form has: the tree of its groups, repeats and questions by name, without any answer.
//!
//! Names become numbers here, so that evaluation never compares names of questions. The nodes outside every repeat
//! form the first *region*; each repeat opens a region of its own. An entry of a repeat is one copy of its region (a
//! frame of [`super::instance::Instance`]), and a node has one slot in each frame of its region.

use std::collections::HashMap;

/// Number of a node of a form.
pub type ShapeId = u32;

/// The topmost node, which holds all others.
pub const TOP: ShapeId = 0;

/// A node of a form.
#[derive(Debug, Clone)]
pub struct ShapeNode {
    /// Its name.
    pub name: String,
    /// The node that holds it; `None` for the topmost.
    pub parent: Option<ShapeId>,
    /// What it holds, in the order of the form.
    pub children: Vec<ShapeId>,
    /// Whether it is a repeat.
    pub repeat: bool,
    /// The region whose frames hold it; for a repeat, the region that it opens.
    pub region: u32,
    /// Its slot in a frame of that region.
    pub slot: u32,
}

/// A repeat with what is in it, or everything outside of repeats.
#[derive(Debug, Clone)]
pub struct Region {
    /// The repeat that opens it; the topmost node for the first.
    pub opened_by: ShapeId,
    /// The region around it.
    pub parent: Option<u32>,
    /// How many repeats are around its nodes.
    pub depth: u32,
    /// Its nodes in the order of the form; a node's slot is its place in here.
    pub nodes: Vec<ShapeId>,
    /// The regions opened directly within it.
    pub within: Vec<u32>,
    /// Its place among `within` of its parent.
    pub place: u32,
}

/// The nodes of a form.
#[derive(Debug, Clone)]
pub struct Shape {
    nodes: Vec<ShapeNode>,
    regions: Vec<Region>,
    by_name: HashMap<String, Vec<ShapeId>>,
}

impl Shape {
    /// A form without questions whose topmost node has this name (`data` unless the form says otherwise).
    pub fn new(name: &str) -> Self {
        let top = ShapeNode {
            name: name.to_owned(),
            parent: None,
            children: Vec::new(),
            repeat: false,
            region: 0,
            slot: 0,
        };
        let region =
            Region { opened_by: TOP, parent: None, depth: 0, nodes: vec![TOP], within: Vec::new(), place: 0 };
        Self { nodes: vec![top], regions: vec![region], by_name: HashMap::new() }
    }

    /// Adds a node at the end of what `parent` holds.
    ///
    /// # Panics
    /// When `parent` is not a node of this form, or with more than four thousand million nodes.
    #[expect(clippy::cast_possible_truncation, reason = "a form does not have four thousand million nodes")]
    pub fn add(&mut self, parent: ShapeId, name: &str, repeat: bool) -> ShapeId {
        let id = self.nodes.len() as ShapeId;
        let around = self.nodes[parent as usize].region;
        let region = if repeat {
            let region = self.regions.len() as u32;
            let depth = self.regions[around as usize].depth + 1;
            let place = self.regions[around as usize].within.len() as u32;
            self.regions[around as usize].within.push(region);
            self.regions.push(Region {
                opened_by: id,
                parent: Some(around),
                depth,
                nodes: Vec::new(),
                within: Vec::new(),
                place,
            });
            region
        } else {
            around
        };
        let slot = self.regions[region as usize].nodes.len() as u32;
        self.regions[region as usize].nodes.push(id);
        self.nodes.push(ShapeNode {
            name: name.to_owned(),
            parent: Some(parent),
            children: Vec::new(),
            repeat,
            region,
            slot,
        });
        self.nodes[parent as usize].children.push(id);
        self.by_name.entry(name.to_owned()).or_default().push(id);
        id
    }

    /// Adds a node that only paths reach, not references.
    pub(super) fn add_unnamed(&mut self, parent: ShapeId, name: &str) -> ShapeId {
        let id = self.add(parent, name, false);
        if let Some(named) = self.by_name.get_mut(name) {
            named.retain(|other| *other != id);
        }
        id
    }

    /// A node.
    pub fn node(&self, id: ShapeId) -> &ShapeNode {
        &self.nodes[id as usize]
    }

    /// How many nodes there are, the topmost included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing but the topmost node.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    /// A region.
    pub fn region(&self, region: u32) -> &Region {
        &self.regions[region as usize]
    }

    /// How many regions there are.
    pub fn regions(&self) -> usize {
        self.regions.len()
    }

    /// The nodes of this name.
    pub fn named(&self, name: &str) -> &[ShapeId] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The nodes within a node at any depth, in the order of the form.
    pub fn within(&self, id: ShapeId) -> Vec<ShapeId> {
        let mut found = Vec::new();
        let mut open: Vec<ShapeId> = self.node(id).children.iter().rev().copied().collect();
        while let Some(next) = open.pop() {
            found.push(next);
            open.extend(self.node(next).children.iter().rev());
        }
        found
    }

    /// How many repeats are around a node; a repeat counts as being within itself.
    pub fn depth(&self, id: ShapeId) -> u32 {
        self.region(self.node(id).region).depth
    }

    /// The region around both regions that has the most repeats around it.
    pub fn common_region(&self, mut one: u32, mut other: u32) -> u32 {
        while one != other {
            let deeper =
                if self.region(one).depth >= self.region(other).depth { &mut one } else { &mut other };
            match self.region(*deeper).parent {
                Some(parent) => *deeper = parent,
                None => return 0,
            }
        }
        one
    }
}
