//! An expression whose names have been looked up: what is evaluated.

use regex::Regex;

use super::functions::Function;
use super::shape::ShapeId;
use super::syntax::Operator;

/// An expression whose names have been looked up.
#[derive(Debug, Clone)]
pub enum Code {
    /// A number.
    Number(f64),
    /// A text.
    Text(Box<str>),
    /// The value of one node that stands so many repeats further out than the expression.
    Field {
        /// From where one goes out.
        from: From,
        /// How many repeats.
        out: u32,
        /// Which node.
        node: ShapeId,
    },
    /// The node for which the expression (or the predicate) is evaluated.
    Here,
    /// Nodes.
    Nodes(Box<Way>),
    /// The value of a question in the submission before.
    LastSaved(Box<str>),
    /// A function; its arguments are evaluated by it.
    Call(Function, Box<[Code]>),
    /// `regex()` with a pattern that does not change.
    Matches(Box<Code>, Box<Regex>),
    /// `jr:choice-name()`: the label of a value in a list.
    ChoiceName(Box<Code>, u32),
    /// `indexed-repeat()`: the nodes of a question, and for each region the number of the entry.
    Indexed(Box<Code>, Box<[(u32, Code)]>),
    /// `randomize()` with its seed.
    Shuffled(Box<Code>, Option<Box<Code>>),
    /// `-x`.
    Negate(Box<Code>),
    /// All are true.
    And(Box<[Code]>),
    /// One is true.
    Or(Box<[Code]>),
    /// Comparisons and sums, from left to right.
    Chain(Box<Code>, Box<[(Operator, Code)]>),
    /// The nodes of all.
    Union(Box<[Code]>),
}

/// From which node something is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The node for which the whole expression is evaluated.
    Current,
    /// The node at which a predicate looks.
    Focus,
}

/// How one gets to nodes.
#[derive(Debug, Clone)]
pub struct Way {
    pub(super) start: Beginning,
    pub(super) predicates: Vec<Code>,
    pub(super) steps: Vec<Stride>,
}

/// Where a way starts.
#[derive(Debug, Clone)]
pub(super) enum Beginning {
    /// At the node for which the whole expression is evaluated, or at which the predicate looks.
    Node(From),
    /// Above the topmost node.
    Document,
    /// At a list.
    List(u32),
    /// So many repeats further out, then through all entries of these regions, at this node in each.
    Spread { from: From, out: u32, regions: Vec<u32>, node: ShapeId },
    /// At the nodes of an expression.
    Code(Box<Code>),
}

/// One step, with the predicates after it.
#[derive(Debug, Clone)]
pub(super) struct Stride {
    pub(super) step: Move,
    pub(super) predicates: Vec<Code>,
}

/// Where a step goes.
#[derive(Debug, Clone)]
pub(super) enum Move {
    /// Nowhere; to nodes that are one of these where a name was asked for.
    Stay(Option<Vec<ShapeId>>),
    /// Up; to nodes that are one of these where a name was asked for.
    Up(Option<Vec<ShapeId>>),
    /// Down to children that are one of these.
    Down(Vec<ShapeId>),
    /// Down to any depth, to nodes that are one of these.
    Deep(Vec<ShapeId>),
    /// From a list to the node that holds its items.
    Items,
    /// To all items.
    Item,
    /// To the cell in this column.
    Cell(u32),
    /// To all cells.
    Cells,
}

impl Code {
    /// Whether it yields nodes: a reference, a path, or a function that gives nodes.
    pub(super) fn is_nodes(&self) -> bool {
        matches!(
            self,
            Self::Field { .. }
                | Self::Here
                | Self::Nodes(_)
                | Self::Indexed(..)
                | Self::Shuffled(..)
                | Self::Union(_)
        )
    }

    /// Whether it is compared node by node. One question stands for its text, also where it is not relevant.
    pub(super) fn is_set(&self) -> bool {
        matches!(self, Self::Nodes(_) | Self::Shuffled(..) | Self::Union(_))
    }

    /// Whether the value is always a number.
    pub(super) fn yields_number(&self) -> bool {
        match self {
            Self::Number(_) | Self::Negate(_) => true,
            Self::Chain(_, rest) => rest.last().is_some_and(|(operator, _)| {
                use Operator as O;
                matches!(operator, O::Plus | O::Minus | O::Times | O::Divide | O::Modulo)
            }),
            Self::Call(Function::If, arguments) => arguments[1..].iter().all(Self::yields_number),
            Self::Call(Function::Once, arguments) => arguments.iter().all(Self::yields_number),
            Self::Call(function, _) => function.yields_number(),
            _ => false,
        }
    }

    /// Whether `once` stands at its top or in a branch of an `if` there.
    pub(super) fn calls_once(&self) -> bool {
        match self {
            Self::Call(Function::Once, _) => true,
            Self::Call(Function::If | Function::Coalesce, arguments) => {
                arguments.iter().any(Self::calls_once)
            }
            _ => false,
        }
    }
}
