//! What an expression says, before any name in it is looked up; written back as text by `Display`.
//!
//! Operators of one rank that follow each other are one [`Ast::Chain`], so that the depth of the tree is the depth
//! of the nesting and a hundred terms joined by `or` do not nest a hundred deep.

use std::fmt;

/// Where something begins in the text of the expression, in bytes. Does not take part in comparisons: two
/// expressions are the same when they say the same.
#[derive(Debug, Clone, Copy, Default, Eq)]
pub struct Offset(pub usize);

impl PartialEq for Offset {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// An operator between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `div`
    Divide,
    /// `mod`
    Modulo,
    /// `|`
    Union,
}

impl Operator {
    /// How tightly it binds; XPath 1.0, section 3.5. The sign before a number has rank 7.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 3,
            Self::Less | Self::AtMost | Self::More | Self::AtLeast => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Divide | Self::Modulo => 6,
            Self::Union => UNION_RANK,
        }
    }

    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "div",
            Self::Modulo => "mod",
            Self::Union => "|",
        }
    }
}

pub(super) const NEGATE_RANK: u8 = 7;
pub(super) const UNION_RANK: u8 = 8;
const PRIMARY_RANK: u8 = 9;

/// An expression as written.
#[derive(Debug, Clone, PartialEq)]
pub enum Ast {
    /// A number, never negative.
    Number(f64),
    /// A text that was quoted.
    Text(String),
    /// `${name}`.
    Reference {
        /// The name between the braces.
        name: String,
        /// `${last-saved#name}`.
        last_saved: bool,
        /// Where it stands.
        at: Offset,
    },
    /// `function(arguments)`.
    Call {
        /// The name with its prefix.
        function: String,
        /// What stands between the brackets.
        arguments: Vec<Ast>,
        /// Where it stands.
        at: Offset,
    },
    /// A way to nodes.
    Path(Path),
    /// `-expression`.
    Negate(Box<Ast>),
    /// Operators of one rank, from left to right.
    Chain {
        /// The first operand.
        first: Box<Ast>,
        /// Each further operand with the operator before it; never empty.
        rest: Vec<(Operator, Ast)>,
    },
}

/// A way to nodes: where it starts, and its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Where it starts.
    pub start: Start,
    /// The steps, from left to right.
    pub steps: Vec<Step>,
    /// Where it stands.
    pub at: Offset,
}

/// Where a path starts.
#[derive(Debug, Clone, PartialEq)]
pub enum Start {
    /// At the node for which the expression is evaluated.
    Here,
    /// At the top, as with `/data/name`.
    Root,
    /// At the nodes of an expression, thinned out by predicates.
    Value {
        /// The expression.
        of: Box<Ast>,
        /// What stands between `[` and `]` after it.
        predicates: Vec<Ast>,
    },
}

/// In which direction a step goes. The other axes of XPath are not part of ODK's forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Down.
    Child,
    /// Up.
    Parent,
    /// Nowhere.
    Itself,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Whether `//` stands before it: it may start at any depth.
    pub deep: bool,
    /// In which direction.
    pub axis: Axis,
    /// Only nodes of this name; `None` is any.
    pub name: Option<String>,
    /// What stands between `[` and `]`.
    pub predicates: Vec<Ast>,
    /// Where it stands.
    pub at: Offset,
}

impl Ast {
    fn rank(&self) -> u8 {
        match self {
            Self::Chain { rest, .. } => rest.first().map_or(PRIMARY_RANK, |(operator, _)| operator.rank()),
            Self::Negate(_) => NEGATE_RANK,
            _ => PRIMARY_RANK,
        }
    }

    /// How many trees stand in each other at most, this one included.
    pub(super) fn height(&self) -> usize {
        let tallest = |all: &[Self]| all.iter().map(Self::height).max().unwrap_or(0);
        1 + match self {
            Self::Number(_) | Self::Text(_) | Self::Reference { .. } => 0,
            Self::Call { arguments, .. } => tallest(arguments),
            Self::Negate(of) => of.height(),
            Self::Chain { first, rest } => {
                rest.iter().map(|(_, operand)| operand.height()).max().unwrap_or(0).max(first.height())
            }
            Self::Path(path) => {
                let start = match &path.start {
                    Start::Here | Start::Root => 0,
                    Start::Value { of, predicates } => of.height().max(tallest(predicates)),
                };
                path.steps.iter().map(|step| tallest(&step.predicates)).max().unwrap_or(0).max(start)
            }
        }
    }

    /// Writes it, between brackets when it binds more loosely than `least`.
    fn write(&self, f: &mut fmt::Formatter<'_>, least: u8) -> fmt::Result {
        if self.rank() < least { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

impl fmt::Display for Ast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) if text.contains('\'') => write!(f, "\"{text}\""),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Reference { name, last_saved: true, .. } => write!(f, "${{last-saved#{name}}}"),
            Self::Reference { name, .. } => write!(f, "${{{name}}}"),
            Self::Call { function, arguments, .. } => {
                write!(f, "{function}(")?;
                for (index, argument) in arguments.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{argument}")?;
                }
                write!(f, ")")
            }
            Self::Path(path) => write!(f, "{path}"),
            Self::Negate(of) => {
                write!(f, "-")?;
                of.write(f, NEGATE_RANK)
            }
            Self::Chain { first, rest } => {
                let rank = self.rank();
                first.write(f, rank + 1)?;
                for (operator, operand) in rest {
                    write!(f, " {} ", operator.sign())?;
                    operand.write(f, rank + 1)?;
                }
                Ok(())
            }
        }
    }
}

fn write_predicates(f: &mut fmt::Formatter<'_>, predicates: &[Ast]) -> fmt::Result {
    predicates.iter().try_for_each(|predicate| write!(f, "[{predicate}]"))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // whether a slash is still due before the next step
        let mut slash = match &self.start {
            Start::Here => false,
            Start::Root => {
                if self.steps.is_empty() {
                    write!(f, "/")?;
                }
                true
            }
            Start::Value { of, predicates } => {
                match &**of {
                    Ast::Call { .. } | Ast::Reference { .. } => write!(f, "{of}")?,
                    _ => write!(f, "({of})")?,
                }
                write_predicates(f, predicates)?;
                true
            }
        };
        for step in &self.steps {
            match (slash, step.deep) {
                (true, true) => write!(f, "//")?,
                (true, false) => write!(f, "/")?,
                // a relative path cannot begin with `//`; the parser gives it a `.` first
                (false, _) => {}
            }
            slash = true;
            match (step.axis, &step.name) {
                (Axis::Itself, None) => write!(f, ".")?,
                (Axis::Parent, None) => write!(f, "..")?,
                (Axis::Child, None) => write!(f, "*")?,
                (Axis::Child, Some(name)) => write!(f, "{name}")?,
                (Axis::Itself, Some(name)) => write!(f, "self::{name}")?,
                (Axis::Parent, Some(name)) => write!(f, "parent::{name}")?,
            }
            write_predicates(f, &step.predicates)?;
        }
        Ok(())
    }
}
