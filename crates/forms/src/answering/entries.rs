//! The entries of repeats: as many as a count says, or added and taken out by the respondent.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::expression::Expression;
use crate::expression::instance::{FrameId, OUTERMOST};
use crate::expression::shape::{ShapeId, TOP};
use crate::expression::value::number_of;

use super::compiled::Compiled;
use super::fault::{AnswerFault, Code};
use super::filling::Filling;
use super::order::{Quantity, relevance, value};
use super::rules::Row;

/// The most entries of one repeat.
pub const MOST_ENTRIES: usize = 1_000;

/// The most entries of all repeats together.
pub const MOST_FRAMES: usize = 20_000;

impl Filling {
    /// Gives a repeat as many entries as its count says, in each frame around it.
    pub(super) fn count_entries(&mut self, compiled: &Compiled, repeat: ShapeId, count: &Expression) -> bool {
        let shape = &compiled.names.shape;
        let around = shape.region(shape.node(repeat).region).parent.unwrap_or(0);
        let mut changed = false;
        for frame in self.data.frames_of(shape, around) {
            let wanted = match self.worked_out(count, frame, repeat) {
                Ok(text) => number_of(&text).max(0.0),
                Err(stop) => {
                    self.stops.insert((frame, repeat), stop);
                    0.0
                }
            };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "not negative; saturates"
            )]
            let mut wanted = if wanted.is_nan() { 0 } else { wanted as usize };
            self.overfull.remove(&(frame, repeat));
            if wanted > MOST_ENTRIES {
                wanted = MOST_ENTRIES;
                self.overfull.insert((frame, repeat));
            }
            let mut standing = self.data.entries(shape, frame, repeat).len();
            while standing > wanted {
                standing -= 1;
                self.take_out(frame, repeat, standing);
                changed = true;
            }
            while standing < wanted {
                if self.data.len() >= MOST_FRAMES {
                    self.overfull.insert((frame, repeat));
                    break;
                }
                let entry = self.data.add_entry(shape, frame, repeat);
                self.give_defaults(entry, true);
                self.fresh_defaults(entry);
                standing += 1;
                changed = true;
            }
        }
        changed
    }

    /// The defaults of a new entry that are expressions, while what depends on them is still to be worked out.
    fn fresh_defaults(&mut self, entry: FrameId) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        for node in &shape.region(self.data.region(entry)).nodes {
            if let Some(default) = &compiled.rules[*node as usize].default
                && let Ok(text) = self.worked_out(default, entry, *node)
            {
                let text = self.default_text(entry, *node, &text);
                self.data.slot_mut(shape, entry, *node).text = text;
            }
        }
    }

    /// Takes an entry out, with what was said about it.
    pub(super) fn take_out(&mut self, frame: FrameId, repeat: ShapeId, index: usize) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        let Some(entry) = self.data.entries(shape, frame, repeat).get(index).copied() else { return };
        let mut gone = vec![entry];
        let mut next = 0;
        while next < gone.len() {
            for region in &shape.region(self.data.region(gone[next])).within {
                let within = shape.region(*region).opened_by;
                gone.extend_from_slice(self.data.entries(shape, gone[next], within));
            }
            next += 1;
        }
        self.typed.retain(|(frame, _), _| !gone.contains(frame));
        self.wrong.retain(|(frame, _), _| !gone.contains(frame));
        self.stops.retain(|(frame, _), _| !gone.contains(frame));
        self.overfull.retain(|(frame, _)| !gone.contains(frame));
        self.data.remove_entry(shape, frame, repeat, index);
    }

    /// Adds an entry to a repeat without a count, called by its path; its path.
    ///
    /// # Errors
    /// [`Code::TooManyEntries`] at the limit; [`Code::NotOffered`] when nothing may be added there.
    pub fn add_entry(&mut self, repeat: &str) -> Result<String, AnswerFault> {
        let refuse = |code| AnswerFault { question: repeat.to_owned(), code, message: None };
        let Some((frame, node)) = self.locate(repeat).filter(|(frame, node)| self.may_change(*frame, *node))
        else {
            return Err(refuse(Code::NotOffered));
        };
        let standing = self.data.entries(self.shape(), frame, node).len();
        if standing >= MOST_ENTRIES || self.data.len() >= MOST_FRAMES {
            return Err(refuse(Code::TooManyEntries { limit: MOST_ENTRIES }));
        }
        let entry = self.new_entry(frame, node);
        Ok(self.path(entry, node))
    }

    /// Takes an entry out of a repeat without a count, called by its path (`children[2]`); false when there is none.
    pub fn remove_entry(&mut self, entry: &str) -> bool {
        let Some((frame, node)) = self.locate(entry) else { return false };
        let around = self.data.parent(frame);
        if frame == OUTERMOST
            || self.data.region(frame) != self.shape().node(node).region
            || !self.may_change(around, node)
        {
            return false;
        }
        let index = self.data.position(self.shape(), frame) - 1;
        self.take_out(around, node, index);
        self.settle(self.everything_in(node));
        true
    }

    /// Whether the respondent decides on the entries of a repeat (as such, in the frame around it).
    pub(super) fn may_change(&self, frame: FrameId, node: ShapeId) -> bool {
        let rules = self.rules(node);
        node != TOP
            && matches!(rules.row, Row::Repeat(_))
            && rules.count.is_none()
            && self.data.region(frame) != self.shape().node(node).region
            && self.data.is_open(self.shape(), frame, node)
    }

    /// The entries of a repeat, and all that is within it and depends on it.
    fn everything_in(&self, repeat: ShapeId) -> BTreeSet<Quantity> {
        let mut quantities: BTreeSet<Quantity> =
            self.compiled.order.dependents(value(repeat)).iter().copied().collect();
        quantities.extend([relevance(repeat), value(repeat)]);
        quantities
    }

    /// A new entry at the end of a repeat, with its defaults; the repeat need not be relevant.
    pub(super) fn new_entry(&mut self, frame: FrameId, repeat: ShapeId) -> FrameId {
        let compiled = Arc::clone(&self.compiled);
        let entry = self.data.add_entry(&compiled.names.shape, frame, repeat);
        self.give_defaults(entry, true);
        self.settle(self.everything_in(repeat));
        self.give_dynamic_defaults(entry);
        entry
    }
}
