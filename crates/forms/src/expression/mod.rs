//! The expressions of XLSForm: an XPath subset with ODK's functions, read once and evaluated often.
//!
//! | file | subject |
//! | --- | --- |
//! | [`self`] | [`Expression`]: from a text to something that can be evaluated; [`Refusal`] |
//! | `lexer`, `parser`, [`syntax`] | text to words to a tree; trees back to text |
//! | [`shape`], [`lists`], [`names`] | what names can mean: nodes of the form, lists |
//! | [`compile`], `steps`, `calls` | names looked up: a tree becomes a [`program`] |
//! | [`instance`], [`surroundings`] | what a program is evaluated over |
//! | [`evaluate`], `walk`, [`value`] | evaluating |
//! | [`functions`] | the functions, by family |
//! | `alternatives` | conditions that ask for one answer of one question |
//! | [`calendar`] | days and times as texts and numbers |
//!
//! What is not understood is refused when the expression is read, with its place in the text. A program evaluates
//! without looking up names; no input makes it run on or use up the stack.

mod alternatives;
pub mod calendar;
mod calls;
pub mod compile;
pub mod evaluate;
pub mod functions;
pub mod instance;
mod lexer;
pub mod lists;
pub mod names;
mod parser;
pub mod program;
pub mod shape;
mod steps;
pub mod surroundings;
pub mod syntax;
pub mod value;
mod walk;

use std::fmt;

pub use alternatives::one_of;
pub use compile::Scope;
pub use evaluate::{Evaluator, Stop};
pub use functions::Chance;
pub use instance::Instance;
pub use names::Names;
pub use surroundings::Surroundings;
pub use syntax::Ast;
pub use value::{Node, Value};

use compile::Compiler;
use program::Code;
use shape::ShapeId;

/// Why a text is not an expression that can be evaluated here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason} (at character {})", offset + 1)]
pub struct Refusal {
    /// Where in the text, in bytes.
    pub offset: usize,
    /// A sentence for whoever writes the form.
    pub reason: String,
}

impl Refusal {
    pub(crate) fn new(offset: usize, reason: String) -> Self {
        Self { offset, reason }
    }
}

/// Parses an expression without looking up names.
///
/// # Errors
/// [`Refusal`], at the first word that cannot stand where it does.
pub fn parse(source: &str) -> Result<Ast, Refusal> {
    parser::parse(source)
}

/// An expression whose names have been looked up.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    code: Code,
    reads: Vec<ShapeId>,
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl Expression {
    /// Parses an expression and looks up its names.
    ///
    /// # Errors
    /// [`Refusal`] for what is not an expression, for unknown names and functions, for a wrong number of arguments.
    pub fn read(source: &str, scope: Scope<'_>) -> Result<Self, Refusal> {
        let ast = parse(source)?;
        let mut compiler = Compiler::new(scope);
        let code = compiler.code(&ast)?;
        Ok(Self { source: source.to_owned(), code, reads: compiler.reads.into_iter().collect() })
    }

    /// The nodes whose answers it reads, and the repeats whose entries it counts or goes through.
    pub fn reads(&self) -> &[ShapeId] {
        &self.reads
    }

    /// The text that it was read from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether its value is always a number, so that what is kept of it may be one.
    pub fn yields_number(&self) -> bool {
        self.code.yields_number()
    }

    /// Whether it keeps a value that stands already (`once`).
    pub fn keeps_what_stands(&self) -> bool {
        self.code.calls_once()
    }

    /// Its value as a text.
    pub fn text(&self, evaluator: &Evaluator<'_>) -> Result<String, Stop> {
        evaluator.text(&self.code, &evaluator.focus()).map(std::borrow::Cow::into_owned)
    }

    /// Its value as a number.
    pub fn number(&self, evaluator: &Evaluator<'_>) -> Result<f64, Stop> {
        evaluator.number(&self.code, &evaluator.focus())
    }

    /// Its value as true or false.
    pub fn truth(&self, evaluator: &Evaluator<'_>) -> Result<bool, Stop> {
        evaluator.truth(&self.code, &evaluator.focus())
    }

    /// Its value.
    pub fn value<'a>(&'a self, evaluator: &Evaluator<'a>) -> Result<Value<'a>, Stop> {
        evaluator.value(&self.code, &evaluator.focus())
    }

    /// Whether it holds for an item of a list, of which it is the choice filter.
    pub fn holds_for(
        &self,
        evaluator: &Evaluator<'_>,
        item: Node,
        position: usize,
        size: usize,
    ) -> Result<bool, Stop> {
        evaluator.holds(&self.code, &evaluate::Focus { node: item, position, size })
    }
}
