//! Working out the value of an expression.
//!
//! Every evaluation ends: expressions have no loops but over nodes, each node looked at takes a unit of a budget, and
//! texts have a longest length. What goes beyond is a [`Stop`] and not a wrong value.

use std::borrow::Cow;
use std::cell::Cell;

use super::functions::{call, indexed, shuffle};
use super::instance::Instance;
use super::names::Names;
use super::program::{Code, From};
use super::surroundings::Surroundings;
use super::syntax::Operator;
use super::value::{Node, Value, number_of, text_of, truth_of};

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// More nodes were looked at than an evaluation may.
    #[error("the expression takes too long to work out")]
    TooMuch,
    /// A text grew longer than a text may be.
    #[error("the expression makes a text that is too long")]
    TooLong,
    /// A pattern that was put together from answers cannot be used.
    #[error("{0}")]
    Pattern(String),
    /// A letter after `%` that `format-date` does not know.
    #[error("“%{0}” is not a part of a date")]
    DatePattern(char),
    /// An algorithm or encoding that `digest` does not know.
    #[error("“{0}” is not known to digest()")]
    Algorithm(String),
}

/// The node at which a predicate looks; outside of predicates the node of the expression.
#[derive(Debug, Clone, Copy)]
pub struct Focus {
    /// The node.
    pub node: Node,
    /// Its place among the nodes that the predicate looks at, from 1.
    pub position: usize,
    /// How many these are.
    pub size: usize,
}

/// One evaluation.
#[derive(Debug)]
pub struct Evaluator<'a> {
    pub(super) names: &'a Names,
    pub(super) data: &'a Instance,
    pub(super) surroundings: &'a Surroundings,
    pub(super) current: Node,
    budget: Cell<u64>,
}

impl<'a> Evaluator<'a> {
    /// How many nodes one evaluation may look at.
    pub const BUDGET: u64 = 5_000_000;

    /// The longest text in bytes that an expression may make.
    pub const LONGEST_TEXT: usize = 1 << 20;

    /// An evaluation for a node.
    pub fn new(names: &'a Names, data: &'a Instance, surroundings: &'a Surroundings, current: Node) -> Self {
        Self { names, data, surroundings, current, budget: Cell::new(Self::BUDGET) }
    }

    /// The focus outside of predicates.
    pub fn focus(&self) -> Focus {
        Focus { node: self.current, position: 1, size: 1 }
    }

    /// Takes from the budget.
    pub(super) fn spend(&self, nodes: usize) -> Result<(), Stop> {
        let left = self.budget.get().checked_sub(nodes as u64).ok_or(Stop::TooMuch)?;
        self.budget.set(left);
        Ok(())
    }

    /// The node that something is looked up from.
    pub(super) fn origin(&self, from: From, focus: &Focus) -> Node {
        match from {
            From::Current => self.current,
            From::Focus => focus.node,
        }
    }

    /// The frame so many repeats further out than a node.
    pub(super) fn frame(&self, from: From, out: u32, focus: &Focus) -> u32 {
        match self.origin(from, focus) {
            Node::Answer(frame, _) => self.data.out(frame, out),
            _ => 0,
        }
    }

    /// The text of a node: a value, or nothing where it is not relevant or is no question.
    pub(super) fn text_at(&self, node: Node) -> Cow<'a, str> {
        match node {
            Node::Answer(frame, shape) if self.stands_in_own_frame(frame, shape) => {
                let slot = self.data.slot(&self.names.shape, frame, shape);
                Cow::Borrowed(if slot.relevant { slot.text.as_str() } else { "" })
            }
            Node::Cell(list, row, column) => {
                let around = self.surroundings;
                Cow::Borrowed(self.names.lists.table(list).cell(
                    row as usize,
                    column,
                    &around.language,
                    &around.default_language,
                ))
            }
            _ => Cow::Borrowed(""),
        }
    }

    /// False for a repeat as such, which stands in the frame around its entries and has no value.
    pub(super) fn stands_in_own_frame(&self, frame: u32, shape: u32) -> bool {
        self.names.shape.node(shape).region == self.data.region(frame)
    }

    /// What an expression yields.
    pub fn value(&self, code: &'a Code, focus: &Focus) -> Result<Value<'a>, Stop> {
        self.spend(1)?;
        Ok(match code {
            Code::Number(number) => Value::Number(*number),
            Code::Text(text) => Value::Text(Cow::Borrowed(text)),
            Code::Field { from, out, node } => {
                Value::Text(self.text_at(Node::Answer(self.frame(*from, *out, focus), *node)))
            }
            Code::Here => Value::Text(self.text_at(focus.node)),
            Code::LastSaved(name) => Value::Text(Cow::Borrowed(
                self.surroundings.last_saved.get(&**name).map_or("", String::as_str),
            )),
            Code::Indexed(..) => {
                let nodes = self.nodes(code, focus)?;
                Value::Text(nodes.first().map_or(Cow::Borrowed(""), |node| self.text_at(*node)))
            }
            Code::Nodes(_) | Code::Shuffled(..) | Code::Union(_) => Value::Nodes(self.nodes(code, focus)?),
            Code::Call(function, arguments) => call(self, *function, arguments, focus)?,
            Code::Matches(of, pattern) => Value::Truth(pattern.is_match(&self.text(of, focus)?)),
            Code::ChoiceName(of, list) => {
                let value = self.text(of, focus)?;
                let table = self.names.lists.table(*list);
                match table.row(value.trim()) {
                    Some(row) => {
                        Value::Text(self.text_at(Node::Cell(*list, row_number(row), super::lists::LABEL)))
                    }
                    None => Value::EMPTY,
                }
            }
            Code::Negate(of) => Value::Number(-self.number(of, focus)?),
            Code::And(all) => {
                for one in all {
                    if !self.truth(one, focus)? {
                        return Ok(Value::Truth(false));
                    }
                }
                Value::Truth(true)
            }
            Code::Or(any) => {
                for one in any {
                    if self.truth(one, focus)? {
                        return Ok(Value::Truth(true));
                    }
                }
                Value::Truth(false)
            }
            Code::Chain(first, rest) => self.chain(first, rest, focus)?,
        })
    }

    /// What an expression yields, as a text.
    pub fn text(&self, code: &'a Code, focus: &Focus) -> Result<Cow<'a, str>, Stop> {
        Ok(self.text_of(self.value(code, focus)?))
    }

    /// A value as a text: of nodes, that of the first.
    pub(super) fn text_of(&self, value: Value<'a>) -> Cow<'a, str> {
        match value {
            Value::Text(text) => text,
            Value::Number(number) => text_of(number).into(),
            Value::Truth(truth) => Cow::Borrowed(if truth { "true" } else { "false" }),
            Value::Nodes(nodes) => nodes.first().map_or(Cow::Borrowed(""), |node| self.text_at(*node)),
        }
    }

    /// What an expression yields, as a number.
    pub fn number(&self, code: &'a Code, focus: &Focus) -> Result<f64, Stop> {
        let value = self.value(code, focus)?;
        Ok(self.number_of(&value))
    }

    fn number_of(&self, value: &Value<'_>) -> f64 {
        match value {
            Value::Number(number) => *number,
            Value::Text(text) => number_of(text),
            Value::Truth(truth) => f64::from(u8::from(*truth)),
            Value::Nodes(nodes) => nodes.first().map_or(f64::NAN, |node| number_of(&self.text_at(*node))),
        }
    }

    /// What an expression yields, as true or false: a text is true when it is not empty, a number when it is not 0,
    /// nodes when there are any.
    pub fn truth(&self, code: &'a Code, focus: &Focus) -> Result<bool, Stop> {
        Ok(match self.value(code, focus)? {
            Value::Truth(truth) => truth,
            value => truth_of_value(&value),
        })
    }

    /// Each node's text for nodes, else the one text.
    pub(super) fn each_text(
        &self,
        code: &'a Code,
        focus: &Focus,
        mut with: impl FnMut(&str) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        match self.value(code, focus)? {
            Value::Nodes(nodes) => nodes.into_iter().try_for_each(|node| with(&self.text_at(node))),
            value => with(&self.text_of(value)),
        }
    }

    /// The nodes of an expression that yields nodes; none of any other. Those that are not relevant are left out.
    pub(super) fn nodes(&self, code: &'a Code, focus: &Focus) -> Result<Vec<Node>, Stop> {
        self.spend(1)?;
        Ok(match code {
            Code::Field { from, out, node } => {
                self.if_relevant(Node::Answer(self.frame(*from, *out, focus), *node))
            }
            Code::Here => self.if_relevant(focus.node),
            Code::Nodes(way) => self.follow(way, focus)?,
            Code::Shuffled(of, seed) => {
                let nodes = self.nodes(of, focus)?;
                let seed = seed.as_ref().map(|seed| self.number(seed, focus)).transpose()?;
                shuffle(&nodes, seed, &self.surroundings.chance)
            }
            Code::Indexed(of, wanted) => {
                let mut numbers = Vec::with_capacity(wanted.len());
                for (region, number) in wanted {
                    numbers.push((*region, self.number(number, focus)?));
                }
                indexed(self, self.nodes(of, focus)?, &numbers)
            }
            Code::Union(all) => {
                let mut seen = std::collections::HashSet::new();
                let mut nodes = Vec::new();
                for one in all {
                    nodes.extend(self.nodes(one, focus)?.into_iter().filter(|node| seen.insert(*node)));
                }
                nodes
            }
            _ => Vec::new(),
        })
    }

    fn if_relevant(&self, node: Node) -> Vec<Node> {
        if self.is_relevant(node) { vec![node] } else { Vec::new() }
    }

    pub(super) fn is_relevant(&self, node: Node) -> bool {
        match node {
            Node::Answer(frame, shape) if self.stands_in_own_frame(frame, shape) => {
                self.data.slot(&self.names.shape, frame, shape).relevant
            }
            _ => true,
        }
    }

    fn chain(&self, first: &'a Code, rest: &'a [(Operator, Code)], focus: &Focus) -> Result<Value<'a>, Stop> {
        let mut left = self.operand(first, focus)?;
        for (operator, code) in rest {
            let right = self.operand(code, focus)?;
            left = match operator {
                Operator::Plus => Value::Number(self.number_of(&left) + self.number_of(&right)),
                Operator::Minus => Value::Number(self.number_of(&left) - self.number_of(&right)),
                Operator::Times => Value::Number(self.number_of(&left) * self.number_of(&right)),
                Operator::Divide => Value::Number(self.number_of(&left) / self.number_of(&right)),
                Operator::Modulo => Value::Number(self.number_of(&left) % self.number_of(&right)),
                _ => Value::Truth(self.compare(*operator, &left, &right)?),
            };
        }
        Ok(left)
    }

    /// As [`Self::value`]; nodes stay nodes where they are compared one by one.
    fn operand(&self, code: &'a Code, focus: &Focus) -> Result<Value<'a>, Stop> {
        debug_assert!(!code.is_set() || code.is_nodes(), "what is a set has nodes");
        self.value(code, focus)
    }

    /// XPath 1.0, section 3.4: with nodes, whether there is one for which it holds.
    fn compare(&self, operator: Operator, left: &Value<'_>, right: &Value<'_>) -> Result<bool, Stop> {
        match (left, right) {
            (Value::Nodes(nodes), Value::Truth(truth)) | (Value::Truth(truth), Value::Nodes(nodes)) => {
                let set = !nodes.is_empty();
                let (left, right) =
                    if matches!(left, Value::Nodes(_)) { (set, *truth) } else { (*truth, set) };
                self.compare(operator, &Value::Truth(left), &Value::Truth(right))
            }
            (Value::Nodes(nodes), other) => {
                self.spend(nodes.len())?;
                for node in nodes {
                    if self.compare(operator, &Value::Text(self.text_at(*node)), other)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            (other, Value::Nodes(nodes)) => {
                self.spend(nodes.len())?;
                for node in nodes {
                    if self.compare(operator, other, &Value::Text(self.text_at(*node)))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Ok(self.compare_single(operator, left, right)),
        }
    }

    #[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
    fn compare_single(&self, operator: Operator, left: &Value<'_>, right: &Value<'_>) -> bool {
        match operator {
            Operator::Equal | Operator::NotEqual => {
                let equal = match (left, right) {
                    (Value::Truth(_), _) | (_, Value::Truth(_)) => {
                        truth_of_value(left) == truth_of_value(right)
                    }
                    (Value::Text(left), Value::Text(right)) => left == right,
                    _ => self.number_of(left) == self.number_of(right),
                };
                equal == (operator == Operator::Equal)
            }
            _ => {
                let (left, right) = (self.number_of(left), self.number_of(right));
                match operator {
                    Operator::Less => left < right,
                    Operator::AtMost => left <= right,
                    Operator::More => left > right,
                    _ => left >= right,
                }
            }
        }
    }
}

/// The number of a row, which lists have fewer than four thousand million of.
pub(super) fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn truth_of_value(value: &Value<'_>) -> bool {
    match value {
        Value::Truth(truth) => *truth,
        Value::Number(number) => truth_of(*number),
        Value::Text(text) => !text.is_empty(),
        Value::Nodes(nodes) => !nodes.is_empty(),
    }
}
