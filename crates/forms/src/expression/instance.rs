//! The answers of one respondent as the nodes of a form: every value a text, as in ODK's forms.

use super::shape::{Shape, ShapeId, TOP};

/// Number of a frame.
pub type FrameId = u32;

/// The frame of everything outside of repeats.
pub const OUTERMOST: FrameId = 0;

/// The value of one node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot {
    /// The value; empty is not answered.
    pub text: String,
    /// Whether the node and all around it are relevant.
    pub relevant: bool,
}

/// One entry of a repeat, or everything outside of repeats.
#[derive(Debug, Clone)]
struct Frame {
    region: u32,
    parent: FrameId,
    slots: Vec<Slot>,
    /// By region opened within this one: its entries in order.
    entries: Vec<Vec<FrameId>>,
    /// By region opened within this one: whether that repeat is relevant.
    open: Vec<bool>,
}

/// The nodes of a form with their values.
#[derive(Debug, Clone)]
pub struct Instance {
    frames: Vec<Frame>,
    /// Frames of entries that were taken out, to be used again.
    free: Vec<FrameId>,
}

impl Instance {
    /// A form without answers and without entries; everything is relevant.
    pub fn new(shape: &Shape) -> Self {
        Self { frames: vec![Self::frame(shape, 0, OUTERMOST)], free: Vec::new() }
    }

    fn frame(shape: &Shape, region: u32, parent: FrameId) -> Frame {
        let of = shape.region(region);
        Frame {
            region,
            parent,
            slots: vec![Slot { text: String::new(), relevant: true }; of.nodes.len()],
            entries: vec![Vec::new(); of.within.len()],
            open: vec![true; of.within.len()],
        }
    }

    /// Adds an entry at the end of a repeat within a frame; a frame of the wrong region has no such repeat and is
    /// given back itself.
    pub fn add_entry(&mut self, shape: &Shape, frame: FrameId, repeat: ShapeId) -> FrameId {
        let region = shape.node(repeat).region;
        let place = shape.region(region).place as usize;
        if shape.region(region).parent != Some(self.frames[frame as usize].region) {
            return frame;
        }
        let made = Self::frame(shape, region, frame);
        let id = if let Some(id) = self.free.pop() {
            self.frames[id as usize] = made;
            id
        } else {
            self.frames.push(made);
            u32::try_from(self.frames.len() - 1).unwrap_or(OUTERMOST)
        };
        self.frames[frame as usize].entries[place].push(id);
        id
    }

    /// Takes the entry with this index out of a repeat, with everything in it.
    pub fn remove_entry(&mut self, shape: &Shape, frame: FrameId, repeat: ShapeId, index: usize) {
        let place = shape.region(shape.node(repeat).region).place as usize;
        let Some(entries) = self.frames[frame as usize].entries.get_mut(place) else { return };
        if index >= entries.len() {
            return;
        }
        let mut open = vec![entries.remove(index)];
        while let Some(gone) = open.pop() {
            let entries = std::mem::take(&mut self.frames[gone as usize].entries);
            open.extend(entries.into_iter().flatten());
            self.free.push(gone);
        }
    }

    /// The entries of a repeat within a frame of the region around it.
    pub fn entries(&self, shape: &Shape, frame: FrameId, repeat: ShapeId) -> &[FrameId] {
        let region = shape.region(shape.node(repeat).region);
        let entries = &self.frames[frame as usize].entries;
        entries.get(region.place as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a repeat within a frame is relevant, whatever entries it has.
    pub fn is_open(&self, shape: &Shape, frame: FrameId, repeat: ShapeId) -> bool {
        let place = shape.region(shape.node(repeat).region).place as usize;
        self.frames[frame as usize].open.get(place).copied().unwrap_or(false)
    }

    /// Says whether a repeat within a frame is relevant; true when that is new.
    pub fn set_open(&mut self, shape: &Shape, frame: FrameId, repeat: ShapeId, relevant: bool) -> bool {
        let place = shape.region(shape.node(repeat).region).place as usize;
        match self.frames[frame as usize].open.get_mut(place) {
            Some(open) => std::mem::replace(open, relevant) != relevant,
            None => false,
        }
    }

    /// How many frames there are, the outermost included.
    pub fn len(&self) -> usize {
        self.frames.len() - self.free.len()
    }

    /// Whether there is no entry of any repeat.
    pub fn is_empty(&self) -> bool {
        self.len() == 1
    }

    /// The frame around an entry; the outermost is its own.
    pub fn parent(&self, frame: FrameId) -> FrameId {
        self.frames[frame as usize].parent
    }

    /// The frame so many repeats further out.
    pub fn out(&self, mut frame: FrameId, levels: u32) -> FrameId {
        for _ in 0..levels {
            frame = self.parent(frame);
        }
        frame
    }

    /// The region of a frame.
    pub fn region(&self, frame: FrameId) -> u32 {
        self.frames[frame as usize].region
    }

    /// The place of an entry among its siblings, from 1; 1 for the outermost frame.
    pub fn position(&self, shape: &Shape, frame: FrameId) -> usize {
        if frame == OUTERMOST {
            return 1;
        }
        let of = &self.frames[frame as usize];
        let siblings = self.entries(shape, of.parent, shape.region(of.region).opened_by);
        siblings.iter().position(|sibling| *sibling == frame).map_or(1, |index| index + 1)
    }

    /// The value of a node in a frame of its region.
    pub fn slot(&self, shape: &Shape, frame: FrameId, node: ShapeId) -> &Slot {
        &self.frames[frame as usize].slots[shape.node(node).slot as usize]
    }

    /// The value of a node in a frame of its region, to be changed.
    pub fn slot_mut(&mut self, shape: &Shape, frame: FrameId, node: ShapeId) -> &mut Slot {
        &mut self.frames[frame as usize].slots[shape.node(node).slot as usize]
    }

    /// All frames of a region, in the order of their entries.
    pub fn frames_of(&self, shape: &Shape, region: u32) -> Vec<FrameId> {
        let mut way = Vec::new();
        let mut next = Some(region);
        while let Some(region) = next {
            way.push(region);
            next = shape.region(region).parent;
        }
        let mut frames = vec![OUTERMOST];
        for region in way.into_iter().rev().skip(1) {
            let repeat = shape.region(region).opened_by;
            frames =
                frames.into_iter().flat_map(|frame| self.entries(shape, frame, repeat).to_vec()).collect();
        }
        frames
    }

    /// The value of a node outside of repeats; for tests and benches.
    pub fn set(&mut self, shape: &Shape, node: ShapeId, text: &str) {
        debug_assert!(node != TOP, "the topmost node has no value");
        text.clone_into(&mut self.slot_mut(shape, OUTERMOST, node).text);
    }
}
