//! Answers as JSON: taking them in with distrust, and giving the relevant ones out. [`super::layout`] says where each
//! stands.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::expression::calendar::moment_text;
use crate::expression::instance::{FrameId, OUTERMOST};
use crate::expression::shape::{ShapeId, TOP};
use crate::expression::{Expression, Surroundings};
use crate::form::{Form, Kind, Question};

use super::compiled::Compiled;
use super::entries::{MOST_ENTRIES, MOST_FRAMES};
use super::fault::Code;
use super::filling::Filling;
use super::kinds;
use super::rules::Row;

impl Filling {
    /// Goes on with answers that were given before. Nothing in them is trusted: unknown names are dropped and listed
    /// ([`Filling::dropped`]), answers that the questions do not take are faults ([`Filling::check`]), what is worked
    /// out is worked out again.
    pub fn resume(compiled: Arc<Compiled>, surroundings: Surroundings, answers: &Value) -> Self {
        let mut filling = Self::blank(compiled, surroundings);
        let none = Map::new();
        let given = answers.as_object().unwrap_or(&none);
        if !answers.is_object() && !answers.is_null() {
            filling.dropped.push("(all: the answers are not an object)".to_owned());
        }
        filling.make_entries(OUTERMOST, TOP, given);
        filling.give_all_defaults(OUTERMOST);
        let all: std::collections::BTreeSet<_> = filling.compiled.order.all().collect();
        filling.settle(all.clone());
        // what a count or a choice filter reads may come after it in the form, and entries that a count makes can only
        // be filled when they are there: each pass takes in what the one before made possible
        for pass in 0..MOST_PASSES {
            let (entries, wrong) = (filling.data.len(), std::mem::take(&mut filling.wrong));
            filling.typed.clear();
            filling.dropped.clear();
            filling.take_in(OUTERMOST, TOP, given, "");
            let cleared = pass > 0 && filling.take_back(OUTERMOST, TOP, given);
            filling.settle(all.clone());
            if filling.compiled.taken_in_at_once {
                break;
            }
            if pass > 0 && !cleared && filling.data.len() == entries && filling.wrong == wrong {
                break;
            }
        }
        filling.hidden_defaults();
        filling
    }

    /// The entries of repeats whose number the respondent decides.
    fn make_entries(&mut self, frame: FrameId, holder: ShapeId, given: &Map<String, Value>) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        let Some(keys) = compiled.layout.keys(holder) else { return };
        for (key, node) in keys {
            let value = given.get(key);
            if !shape.node(*node).repeat {
                if let (Row::Group(_), Some(Value::Object(inner))) =
                    (&compiled.rules[*node as usize].row, value)
                {
                    self.make_entries(frame, *node, inner);
                }
                continue;
            }
            if compiled.rules[*node as usize].count.is_some() {
                continue;
            }
            let Some(Value::Array(entries)) = value else { continue };
            for entry in entries {
                let standing = self.data.entries(shape, frame, *node).len();
                if standing >= MOST_ENTRIES || self.data.len() >= MOST_FRAMES {
                    self.overfull.insert((frame, *node));
                    break;
                }
                let made = self.data.add_entry(shape, frame, *node);
                if let Value::Object(inner) = entry {
                    self.make_entries(made, *node, inner);
                }
            }
        }
    }

    /// Defaults in every frame; what was answered takes their place.
    fn give_all_defaults(&mut self, frame: FrameId) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        self.give_defaults(frame, false);
        for region in &shape.region(self.data.region(frame)).within {
            let repeat = shape.region(*region).opened_by;
            for entry in self.data.entries(shape, frame, repeat).to_vec() {
                self.give_all_defaults(entry);
            }
        }
    }

    fn take_in(&mut self, frame: FrameId, holder: ShapeId, given: &Map<String, Value>, before: &str) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        let Some(keys) = compiled.layout.keys(holder) else { return };
        for key in given.keys().filter(|key| !keys.contains_key(*key)) {
            self.dropped.push(format!("{before}{}", kinds::clean(key)));
        }
        // in the order of the form, so that what is offered depends on what was answered before
        let mut nodes: Vec<(&String, ShapeId)> = keys.iter().map(|(key, node)| (key, *node)).collect();
        nodes.sort_unstable_by_key(|(_, node)| *node);
        for (key, node) in nodes {
            let rules = &compiled.rules[node as usize];
            let value = given.get(key);
            match (&rules.row, value) {
                (Row::Question(question), Some(value)) => self.take_in_one(frame, node, question, value),
                (Row::Group(_), Some(Value::Object(inner))) => {
                    self.take_in(frame, node, inner, &format!("{before}{key}/"));
                }
                (Row::Repeat(_), Some(Value::Array(entries))) => {
                    let standing = self.data.entries(shape, frame, node).to_vec();
                    for (index, (entry, value)) in standing.iter().zip(entries).enumerate() {
                        if let Value::Object(inner) = value {
                            self.take_in(*entry, node, inner, &format!("{before}{key}[{}]/", index + 1));
                        }
                    }
                    if entries.len() > standing.len() && rules.count.is_some() {
                        self.dropped.push(format!("{before}{key}[{}]", standing.len() + 1));
                    }
                }
                (Row::Group(_) | Row::Repeat(_) | Row::Frame, Some(_)) => {
                    self.dropped.push(format!("{before}{key}"));
                }
                (_, None) => {}
            }
        }
    }

    /// Relevant questions that were not answered have no answer, not their default: it was taken back. What is not
    /// relevant keeps its default, since it was never shown. True when something changed.
    fn take_back(&mut self, frame: FrameId, holder: ShapeId, given: &Map<String, Value>) -> bool {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        let Some(keys) = compiled.layout.keys(holder) else { return false };
        let none = Map::new();
        let mut changed = false;
        for (key, node) in keys {
            let (node, value) = (*node, given.get(key));
            match &compiled.rules[node as usize].row {
                Row::Question(_) => {
                    let missing = value.is_none() && self.is_asked(node) && self.is_relevant(frame, node);
                    if missing && !self.is_read_only(frame, node) {
                        changed |= self.put(frame, node, String::new());
                    }
                }
                Row::Group(_) => {
                    let inner = value.and_then(Value::as_object).unwrap_or(&none);
                    changed |= self.take_back(frame, node, inner);
                }
                Row::Repeat(_) => {
                    let given = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                    for (index, entry) in
                        self.data.entries(shape, frame, node).to_vec().into_iter().enumerate()
                    {
                        let inner = given.get(index).and_then(Value::as_object).unwrap_or(&none);
                        changed |= self.take_back(entry, node, inner);
                    }
                }
                Row::Frame => {}
            }
        }
        changed
    }

    /// What is not relevant did not come along: it starts as it would in a form that nobody has answered.
    fn hidden_defaults(&mut self) {
        let compiled = Arc::clone(&self.compiled);
        let shape = &compiled.names.shape;
        for (frame, node) in self.in_order() {
            let rules = &compiled.rules[node as usize];
            let as_such = shape.node(node).region != self.data.region(frame);
            if as_such {
                let empty = self.data.entries(shape, frame, node).is_empty();
                if empty && rules.count.is_none() && !self.data.is_open(shape, frame, node) {
                    self.new_entry(frame, node);
                }
            } else if rules.default.is_some() && !self.is_relevant(frame, node) {
                self.dynamic_default(frame, node);
            }
        }
    }

    fn take_in_one(&mut self, frame: FrameId, node: ShapeId, question: &Question, value: &Value) {
        let compiled = Arc::clone(&self.compiled);
        let rules = &compiled.rules[node as usize];
        if !self.is_asked(node) || self.is_read_only(frame, node) {
            // only what was drawn once, or was worked out after a change, cannot be worked out again
            let keeps = rules.calculation.as_ref().is_some_and(Expression::keeps_what_stands);
            let kept = keeps
                || !rules.trigger.is_empty()
                || question.kind.is_upload()
                || question.kind == Kind::Start;
            match value {
                Value::Null => {}
                _ if kept => {
                    let text = kinds::from_json(value)
                        .and_then(|texts| texts.into_iter().next())
                        .unwrap_or_default();
                    if text.chars().count() <= kinds::LONGEST_TEXT {
                        self.put(frame, node, kinds::clean(&text));
                    }
                }
                // worked out again, so nothing is lost; a hidden field that differs was not set by this form
                _ if rules.calculation.is_some() || question.kind.is_metadata() => {}
                _ => {
                    let path = self.path(frame, node);
                    self.dropped.push(path);
                }
            }
            return;
        }
        let Some(texts) = kinds::from_json(value) else {
            self.wrong.insert((frame, node), Code::Type { expected: question.kind });
            return;
        };
        let parts = std::iter::once((String::new(), texts)).collect();
        self.receive(frame, node, parts);
    }

    /// The relevant answers. The same answers give the same bytes; for the order of the form, see [`Walker`].
    pub fn answers(&self) -> Value {
        Value::Object(self.give_out(OUTERMOST, TOP))
    }

    fn give_out(&self, frame: FrameId, holder: ShapeId) -> Map<String, Value> {
        let shape = self.shape();
        let mut given = Map::new();
        let Some(keys) = self.compiled.layout.keys(holder) else { return given };
        let mut nodes: Vec<(&String, ShapeId)> = keys.iter().map(|(key, node)| (key, *node)).collect();
        nodes.sort_unstable_by_key(|(_, node)| *node);
        for (key, node) in nodes {
            match &self.rules(node).row {
                Row::Question(question) => {
                    if let Some(value) = self.give_out_one(frame, node, question) {
                        given.insert(key.clone(), value);
                    }
                }
                Row::Group(_) => {
                    let inner = self.give_out(frame, node);
                    if !inner.is_empty() {
                        given.insert(key.clone(), Value::Object(inner));
                    }
                }
                Row::Repeat(_) if self.data.is_open(shape, frame, node) => {
                    let entries = self.data.entries(shape, frame, node).iter();
                    let entries: Vec<Value> =
                        entries.map(|entry| Value::Object(self.give_out(*entry, node))).collect();
                    if !entries.is_empty() {
                        given.insert(key.clone(), Value::Array(entries));
                    }
                }
                Row::Repeat(_) | Row::Frame => {}
            }
        }
        given
    }

    fn give_out_one(&self, frame: FrameId, node: ShapeId, question: &Question) -> Option<Value> {
        if !self.is_relevant(frame, node) || question.kind == Kind::Note {
            return None;
        }
        if question.kind == Kind::End {
            let now = &self.surroundings.now;
            return Some(Value::from(moment_text(now.date(), now.time(), now.offset().seconds() / 60)));
        }
        let text = self.text(frame, node);
        let number = self.rules(node).calculation.as_ref().is_some_and(Expression::yields_number);
        (!text.is_empty()).then(|| kinds::to_json(question.kind, number, text))
    }

    /// The paths of the relevant questions that are asked, in order.
    pub fn relevant(&self) -> Vec<String> {
        let asked = self.in_order().into_iter().filter(|(frame, node)| {
            self.rules(*node).question().is_some() && self.is_asked(*node) && self.is_relevant(*frame, *node)
        });
        asked.map(|(frame, node)| self.path(frame, node)).collect()
    }

    /// The values that were worked out and are relevant, by path.
    pub fn calculated(&self) -> Map<String, Value> {
        let mut all = Map::new();
        for (frame, node) in self.in_order() {
            let rules = self.rules(node);
            if let (Some(question), Some(calculation)) = (rules.question(), &rules.calculation)
                && self.is_relevant(frame, node)
            {
                let value =
                    kinds::to_json(question.kind, calculation.yields_number(), self.text(frame, node));
                let value = if self.text(frame, node).is_empty() { Value::from("") } else { value };
                all.insert(self.path(frame, node), value);
            }
        }
        all
    }
}

/// How often answers are gone through when they are taken in: each pass can make room for entries one repeat deeper.
const MOST_PASSES: usize = 8;

/// Each answer with its question, in the order of the form: a flat walk over stored answers without filling in the
/// form again. Entries of repeats are gone through one after the other. A form with loops is to be that of
/// [`Compiled::form`]. For many answers to one form, keep a [`Walker`].
pub fn for_each_answered<'a>(form: &'a Form, answers: &'a Value, with: impl FnMut(&'a Question, &'a Value)) {
    Walker::new(form).each(answers, with);
}

/// Walks over the stored answers to a form; made once for many.
#[derive(Debug)]
pub struct Walker<'a> {
    questions: Vec<Option<&'a Question>>,
    /// By node that holds others: what stands in it, in the order of the form.
    within: HashMap<ShapeId, Vec<(String, ShapeId)>>,
}

impl<'a> Walker<'a> {
    /// For the answers to a form.
    pub fn new(form: &'a Form) -> Self {
        let shape = crate::expression::Names::of(form).shape;
        let questions = questions_by_node(form, shape.len());
        let is_group =
            |node: ShapeId| questions[node as usize].is_none() && !shape.node(node).children.is_empty();
        let layout = super::layout::Layout::of(&shape, is_group);
        let holders =
            (0..u32::try_from(shape.len()).unwrap_or(0)).filter_map(|node| Some((node, layout.keys(node)?)));
        let within = holders.map(|(node, keys)| {
            let mut keys: Vec<(String, ShapeId)> =
                keys.iter().map(|(key, node)| (key.clone(), *node)).collect();
            keys.sort_unstable_by_key(|(_, node)| *node);
            (node, keys)
        });
        Self { within: within.collect(), questions }
    }

    /// Each answer with its question.
    pub fn each<'v>(&self, answers: &'v Value, mut with: impl FnMut(&'a Question, &'v Value)) {
        self.walk(TOP, answers, &mut with);
    }

    /// As deep as the form nests.
    fn walk<'v>(&self, holder: ShapeId, given: &'v Value, with: &mut impl FnMut(&'a Question, &'v Value)) {
        let (Some(keys), Some(given)) = (self.within.get(&holder), given.as_object()) else { return };
        for (key, node) in keys {
            match (self.questions[*node as usize], given.get(key)) {
                (_, None) => {}
                (Some(question), Some(value)) => with(question, value),
                (None, Some(Value::Array(entries))) => {
                    for entry in entries {
                        self.walk(*node, entry, with);
                    }
                }
                (None, Some(inner)) => self.walk(*node, inner, with),
            }
        }
    }
}

/// The questions of a form by the number of their node.
pub(crate) fn questions_by_node(form: &Form, count: usize) -> Vec<Option<&Question>> {
    use crate::form::Item;
    let mut questions = vec![None];
    questions.extend(form.walk().filter_map(|item| match item {
        Item::Question(question) if question.kind.is_external_instance() => None,
        Item::Question(question) => Some(Some(question)),
        Item::Group(_) | Item::Repeat(_) => Some(None),
    }));
    questions.resize(count, None);
    questions
}
