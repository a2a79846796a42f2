//! What answers are at the start: texts and expressions of the form, what the clock and the device know.

use std::sync::Arc;

use crate::expression::instance::FrameId;
use crate::expression::shape::ShapeId;
use crate::form::Kind;

use super::filling::Filling;

impl Filling {
    /// The defaults that are texts, what the device knows, and the first entries of repeats, in a frame.
    pub(super) fn give_defaults(&mut self, frame: FrameId, entries: bool) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        for node in &shape.region(self.data.region(frame)).nodes {
            let rules = &compiled.rules[*node as usize];
            let Some(question) = rules.question() else { continue };
            let text = match &question.default {
                Some(default) if !question.default_is_expression => self.default_text(frame, *node, default),
                _ => self.known(question.kind),
            };
            self.data.slot_mut(shape, frame, *node).text = text;
        }
        for region in &shape.region(self.data.region(frame)).within {
            let repeat = shape.region(*region).opened_by;
            if entries && compiled.rules[repeat as usize].count.is_none() {
                let entry = self.data.add_entry(shape, frame, repeat);
                self.give_defaults(entry, entries);
            }
        }
    }

    /// A default as it is kept; one that is no answer to the question is left out.
    pub(super) fn default_text(&self, frame: FrameId, node: ShapeId, default: &str) -> String {
        let Some(question) = self.rules(node).question() else { return String::new() };
        if question.kind.has_choices() {
            // whether it is offered may depend on answers, and is checked with them
            return default.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        }
        debug_assert!(self.data.region(frame) == self.shape().node(node).region, "the frame holds the node");
        super::kinds::read(question, default).unwrap_or_default()
    }

    /// What the clock and the device know.
    fn known(&self, kind: Kind) -> String {
        use crate::expression::calendar::{date_text, moment_text};
        let now = &self.surroundings.now;
        match kind {
            Kind::Start | Kind::End => moment_text(now.date(), now.time(), now.offset().seconds() / 60),
            Kind::Today => date_text(now.date()),
            _ => match kind.preload() {
                Some(("property", name)) => {
                    self.surroundings.properties.get(name).cloned().unwrap_or_default()
                }
                _ => String::new(),
            },
        }
    }

    /// The defaults that are expressions, in the order of the form, in a frame and the entries within.
    pub(super) fn give_dynamic_defaults(&mut self, frame: FrameId) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        for node in &shape.region(self.data.region(frame)).nodes {
            self.dynamic_default(frame, *node);
        }
        for region in &shape.region(self.data.region(frame)).within {
            let repeat = shape.region(*region).opened_by;
            for entry in self.data.entries(shape, frame, repeat).to_vec() {
                self.give_dynamic_defaults(entry);
            }
        }
    }

    /// The default of one question that is an expression, where there is no value yet.
    pub(super) fn dynamic_default(&mut self, frame: FrameId, node: ShapeId) {
        let compiled = Arc::clone(&self.compiled);
        let Some(default) = &compiled.rules[node as usize].default else { return };
        if !self.text(frame, node).is_empty() {
            return;
        }
        match self.worked_out(default, frame, node) {
            Ok(text) => {
                let text = self.default_text(frame, node, &text);
                self.put(frame, node, text);
            }
            Err(stop) => {
                self.stops.insert((frame, node), stop);
            }
        }
    }
}
