//! One respondent filling in a form: the answers, and what follows from them.
//!
//! After each change, calculations and relevance that depend on it are worked out again, in an order in which nothing
//! is worked out before what it reads; what turns out as before carries no further. What is not relevant keeps its answer
//! here, so that going back does not lose it, and is left out of what comes out ([`Filling::answers`]).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::expression::instance::{FrameId, OUTERMOST};
use crate::expression::shape::{Shape, ShapeId};
use crate::expression::value::text_of;
use crate::expression::{Evaluator, Expression, Instance, Node, Stop, Surroundings, Value};

use super::compiled::Compiled;
use super::fault::Code;
use super::order::{Quantity, relevance, value};
use super::rules::{Row, Rules, Switch};
use super::words::{default_language, language_of};

/// One respondent filling in a form.
#[derive(Debug, Clone)]
pub struct Filling {
    pub(super) compiled: Arc<Compiled>,
    pub(super) data: Instance,
    pub(super) surroundings: Surroundings,
    /// What was typed where it could not be kept, by question and part (`""`, `day` ...).
    pub(super) typed: BTreeMap<(FrameId, ShapeId), BTreeMap<String, Vec<String>>>,
    /// What is wrong with what was typed.
    pub(super) wrong: BTreeMap<(FrameId, ShapeId), Code>,
    /// Rules that could not be worked out.
    pub(super) stops: BTreeMap<(FrameId, ShapeId), Stop>,
    /// Names that came in and are no questions, or are questions that nobody answers.
    pub(super) dropped: Vec<String>,
    /// Repeats whose count asks for more entries than there may be.
    pub(super) overfull: BTreeSet<(FrameId, ShapeId)>,
    /// Calculations that a change triggered and that are still to be done: where, by which question, which one.
    triggered: VecDeque<(FrameId, ShapeId, ShapeId)>,
    /// Whether they are being done.
    triggering: bool,
}

impl Filling {
    /// A form that nobody has answered yet: defaults, calculations, one entry in each repeat without a count.
    pub fn start(compiled: Arc<Compiled>, surroundings: Surroundings) -> Self {
        let mut filling = Self::blank(compiled, surroundings);
        filling.open(true);
        filling
    }

    pub(super) fn blank(compiled: Arc<Compiled>, mut surroundings: Surroundings) -> Self {
        let form = compiled.form();
        let language = language_of(form, &surroundings.language).to_owned();
        surroundings.language = language;
        if surroundings.default_language.is_empty() {
            surroundings.default_language = default_language(form);
        }
        let data = Instance::new(&compiled.names.shape);
        Self {
            compiled,
            data,
            surroundings,
            typed: BTreeMap::new(),
            wrong: BTreeMap::new(),
            stops: BTreeMap::new(),
            dropped: Vec::new(),
            overfull: BTreeSet::new(),
            triggered: VecDeque::new(),
            triggering: false,
        }
    }

    /// Defaults and everything that is worked out. `entries` says whether repeats begin with an entry.
    pub(super) fn open(&mut self, entries: bool) {
        self.give_defaults(OUTERMOST, entries);
        let all = self.compiled.order.all().collect();
        self.settle(all);
        self.give_dynamic_defaults(OUTERMOST);
    }

    /// The form.
    pub fn compiled(&self) -> &Arc<Compiled> {
        &self.compiled
    }

    /// Clock, chance and language.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// From now on in another language, called by its name in the form or by its tag.
    pub fn speak(&mut self, language: &str) {
        language_of(self.compiled.form(), language).clone_into(&mut self.surroundings.language);
        // labels may stand in calculations
        let all = self.compiled.order.all().collect();
        self.settle(all);
    }

    /// Names that came in and are no questions, or are questions that nobody answers.
    pub fn dropped(&self) -> &[String] {
        &self.dropped
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.compiled.names.shape
    }

    pub(super) fn rules(&self, node: ShapeId) -> &Rules {
        &self.compiled.rules[node as usize]
    }

    pub(super) fn text(&self, frame: FrameId, node: ShapeId) -> &str {
        &self.data.slot(self.shape(), frame, node).text
    }

    pub(super) fn is_relevant(&self, frame: FrameId, node: ShapeId) -> bool {
        self.data.slot(self.shape(), frame, node).relevant
    }

    pub(super) fn path(&self, frame: FrameId, node: ShapeId) -> String {
        self.compiled.layout.path(self.shape(), &self.data, frame, node)
    }

    pub(super) fn locate(&self, path: &str) -> Option<(FrameId, ShapeId)> {
        self.compiled.layout.locate(self.shape(), &self.data, path)
    }

    /// An evaluation for a node; a repeat as such stands in the frame around its entries.
    pub(super) fn evaluator(&self, frame: FrameId, node: ShapeId) -> Evaluator<'_> {
        Evaluator::new(&self.compiled.names, &self.data, &self.surroundings, Node::Answer(frame, node))
    }

    pub(super) fn is_on(&self, switch: &Switch, frame: FrameId, node: ShapeId) -> Result<bool, Stop> {
        match switch {
            Switch::Always => Ok(true),
            Switch::Never => Ok(false),
            Switch::When(expression) => expression.truth(&self.evaluator(frame, node)),
        }
    }

    /// The value of an expression as it is kept: what is not a number is no answer.
    pub(super) fn worked_out(
        &self,
        expression: &Expression,
        frame: FrameId,
        node: ShapeId,
    ) -> Result<String, Stop> {
        let evaluator = self.evaluator(frame, node);
        Ok(match expression.value(&evaluator)? {
            Value::Number(number) if number.is_nan() => String::new(),
            Value::Number(number) => text_of(number),
            _ => expression.text(&evaluator)?,
        })
    }

    /// Keeps a value and works out what depends on it, triggered calculations included. True when it is new.
    pub(super) fn put(&mut self, frame: FrameId, node: ShapeId, text: String) -> bool {
        let compiled = Arc::clone(&self.compiled);
        let slot = self.data.slot_mut(&compiled.names.shape, frame, node);
        if slot.text == text {
            return false;
        }
        slot.text = text;
        self.enqueue_triggered(frame, node);
        self.settle(compiled.order.dependents(value(node)).iter().copied().collect());
        true
    }

    fn enqueue_triggered(&mut self, frame: FrameId, by: ShapeId) {
        let triggered = self.compiled.triggers[by as usize].iter().map(|node| (frame, by, *node));
        self.triggered.extend(triggered);
    }

    /// Does the calculations that changes triggered, and those that these trigger in turn, each once for one change:
    /// two that trigger each other end.
    fn do_triggered(&mut self) {
        if std::mem::replace(&mut self.triggering, true) {
            return;
        }
        let mut done = BTreeSet::new();
        while let Some((frame, by, node)) = self.triggered.pop_front() {
            self.trigger(frame, by, node, &mut done);
        }
        self.triggering = false;
    }

    /// Works out a calculation after its trigger changed: in the same entry, or wherever the question stands.
    fn trigger(
        &mut self,
        frame: FrameId,
        by: ShapeId,
        node: ShapeId,
        done: &mut BTreeSet<(FrameId, ShapeId)>,
    ) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        let wanted = shape.node(node).region;
        let common = shape.common_region(wanted, shape.node(by).region);
        let mut within = frame;
        while self.data.region(within) != common && within != OUTERMOST {
            within = self.data.parent(within);
        }
        let rules = &compiled.rules[node as usize];
        for target in self.data.frames_of(shape, wanted) {
            let mut above = target;
            while self.data.region(above) != common && above != OUTERMOST {
                above = self.data.parent(above);
            }
            if above != within || !done.insert((target, node)) {
                continue;
            }
            let text = match &rules.calculation {
                Some(calculation) => self.worked_out(calculation, target, node),
                None => Ok(String::new()),
            };
            match text {
                // what this triggers comes after in the queue
                Ok(text) => {
                    self.put(target, node, text);
                }
                Err(stop) => {
                    self.stops.insert((target, node), stop);
                }
            }
        }
    }

    /// Works out these quantities and what depends on them, each once, in order.
    pub(super) fn settle(&mut self, first: BTreeSet<Quantity>) {
        let compiled = Arc::clone(&self.compiled);
        let order = &compiled.order;
        let mut waiting: BTreeSet<(u32, Quantity)> =
            first.into_iter().map(|quantity| (order.rank(quantity), quantity)).collect();
        while let Some((_, quantity)) = waiting.pop_first() {
            if self.work_out(&compiled, quantity) {
                waiting.extend(order.dependents(quantity).iter().map(|next| (order.rank(*next), *next)));
            }
        }
        self.do_triggered();
    }

    /// Works out a quantity in every frame; true when one is not as before.
    fn work_out(&mut self, compiled: &Compiled, quantity: Quantity) -> bool {
        let node = quantity / 2;
        let rules = &compiled.rules[node as usize];
        let shape = &compiled.names.shape;
        let of = shape.node(node);
        if quantity == relevance(node) {
            let Some(parent) = of.parent else { return false };
            let mut changed = false;
            for frame in self.data.frames_of(shape, shape.node(parent).region) {
                let around = self.data.slot(shape, frame, parent).relevant;
                let own = self.is_on(&rules.relevant, frame, node).unwrap_or_else(|stop| {
                    // what cannot be worked out is asked rather than lost
                    self.stops.insert((frame, node), stop);
                    true
                });
                let relevant = around && own;
                if of.repeat {
                    changed |= self.data.set_open(shape, frame, node, relevant);
                    for entry in self.data.entries(shape, frame, node).to_vec() {
                        let slot = self.data.slot_mut(shape, entry, node);
                        changed |= std::mem::replace(&mut slot.relevant, relevant) != relevant;
                    }
                } else {
                    let slot = self.data.slot_mut(shape, frame, node);
                    changed |= std::mem::replace(&mut slot.relevant, relevant) != relevant;
                }
            }
            return changed;
        }
        match (&rules.row, &rules.calculation, &rules.count) {
            (Row::Repeat(_), _, Some(count)) => self.count_entries(compiled, node, count),
            (Row::Question(_), Some(calculation), _) if rules.trigger.is_empty() => {
                let mut changed = false;
                for frame in self.data.frames_of(shape, of.region) {
                    let text = match self.worked_out(calculation, frame, node) {
                        Ok(text) => {
                            self.stops.remove(&(frame, node));
                            text
                        }
                        Err(stop) => {
                            self.stops.insert((frame, node), stop);
                            String::new()
                        }
                    };
                    let slot = self.data.slot_mut(shape, frame, node);
                    if slot.text != text {
                        slot.text = text;
                        changed = true;
                        self.enqueue_triggered(frame, node);
                    }
                }
                changed
            }
            _ => false,
        }
    }
}
