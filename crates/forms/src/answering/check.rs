//! What is wrong with the answers as they stand.

use crate::expression::instance::FrameId;
use crate::expression::shape::ShapeId;
use crate::form::Text;

use super::entries::MOST_ENTRIES;
use super::fault::{AnswerFault, Code};
use super::filling::Filling;
use super::rules::Row;

impl Filling {
    /// Everything that is wrong with the relevant answers, in the order of the form. Empty means that the answers can
    /// be accepted.
    pub fn check(&self) -> Vec<AnswerFault> {
        let mut faults = Vec::new();
        for (frame, node) in self.in_order() {
            faults.extend(self.check_one(frame, node));
        }
        faults
    }

    /// Every node in the order of the form with its entries, repeats as such before their entries.
    pub(super) fn in_order(&self) -> Vec<(FrameId, ShapeId)> {
        let shape = self.shape();
        let mut found = Vec::new();
        let mut open: Vec<(FrameId, ShapeId)> = vec![(0, crate::expression::shape::TOP)];
        while let Some((frame, node)) = open.pop() {
            found.push((frame, node));
            if shape.node(node).region != self.data.region(frame) {
                let entries = self.data.entries(shape, frame, node);
                open.extend(entries.iter().rev().map(|entry| (*entry, node)));
                continue;
            }
            open.extend(shape.node(node).children.iter().rev().map(|child| (frame, *child)));
        }
        found
    }

    /// What is wrong with one answer, or with the number of entries of a repeat as such.
    pub(super) fn check_one(&self, frame: FrameId, node: ShapeId) -> Option<AnswerFault> {
        let rules = self.rules(node);
        let shape = self.shape();
        if let Row::Repeat(_) = rules.row
            && shape.node(node).region != self.data.region(frame)
        {
            let full = self.overfull.contains(&(frame, node)) && self.data.is_open(shape, frame, node);
            let code = Code::TooManyEntries { limit: MOST_ENTRIES };
            return full.then(|| self.fault(frame, node, code, None));
        }
        if !self.is_relevant(frame, node) {
            return None;
        }
        if let Some(stop) = self.stops.get(&(frame, node)) {
            return Some(self.fault(frame, node, Code::CannotWorkOut(stop.to_string()), None));
        }
        let question = rules.question()?;
        if let Some(code) = self.wrong.get(&(frame, node)) {
            return Some(self.fault(frame, node, code.clone(), None));
        }
        let text = self.text(frame, node);
        if text.is_empty() {
            // what nobody is asked cannot be missing
            if !self.is_asked(node) || self.is_read_only(frame, node) {
                return None;
            }
            return match self.is_on(&rules.required, frame, node) {
                Ok(true) => Some(self.fault(frame, node, Code::Required, Some(&question.required_message))),
                Ok(false) => None,
                Err(stop) => Some(self.fault(frame, node, Code::CannotWorkOut(stop.to_string()), None)),
            };
        }
        if question.kind.has_choices() {
            // what was offered when it was chosen may not be offered any more
            let chosen = [text.to_owned()];
            if let Err(code) = self.read_choices(frame, node, &chosen) {
                return Some(self.fault(frame, node, code, None));
            }
        }
        match rules.constraint.as_ref()?.truth(&self.evaluator(frame, node)) {
            Ok(true) => None,
            Ok(false) => Some(self.fault(frame, node, Code::Constraint, Some(&question.constraint_message))),
            Err(stop) => Some(self.fault(frame, node, Code::CannotWorkOut(stop.to_string()), None)),
        }
    }

    fn fault(&self, frame: FrameId, node: ShapeId, code: Code, message: Option<&Text>) -> AnswerFault {
        let message = message.map(|text| self.words(text, frame, node)).filter(|words| !words.is_empty());
        AnswerFault { question: self.path(frame, node), code, message }
    }

    /// Whether a page asks this: a question with words that a browser can take an answer to.
    pub(super) fn is_asked(&self, node: ShapeId) -> bool {
        use crate::form::Kind;
        self.rules(node).question().is_some_and(|question| {
            !matches!(question.kind, Kind::Note | Kind::Calculate | Kind::Hidden)
                && !question.kind.is_metadata()
                && !question.kind.is_upload()
                && !question.kind.is_external_instance()
        })
    }

    /// Whether an answer cannot be changed, by its own rule, by a group around it, or because it is worked out.
    pub(super) fn is_read_only(&self, frame: FrameId, node: ShapeId) -> bool {
        let shape = self.shape();
        let worked_out = self.rules(node).calculation.is_some();
        let (mut frame, mut next) = (frame, Some(node));
        if worked_out && self.rules(node).trigger.is_empty() {
            return true;
        }
        while let Some(node) = next {
            let of = shape.node(node);
            let at = if of.repeat { self.data.parent(frame) } else { frame };
            if self.is_on(&self.rules(node).read_only, at, node).unwrap_or(false) {
                return true;
            }
            frame = at;
            next = of.parent;
        }
        false
    }
}
