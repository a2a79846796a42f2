//! Words to a tree, by the grammar of XPath 1.0 as far as ODK's forms use it.
//!
//! Precedence climbing: the parser calls itself only for what is nested in the text, and no deeper than
//! [`DEEPEST`], so that no text can exhaust the stack, neither here nor in what later walks the tree.

use super::Refusal;
use super::lexer::{Token, Word, words};
use super::syntax::{Ast, Axis, Offset, Operator, Path, Start, Step, UNION_RANK};

/// How deep brackets, arguments and predicates may nest.
pub(super) const DEEPEST: usize = 100;

/// How tall the tree may grow, operators included: what looks names up, evaluates, writes and drops it calls itself as
/// often. The deepest case of the tests stays below half of the 2 MB that a thread has, without optimisation.
const TALLEST: usize = 120;

/// Parses an expression.
pub(super) fn parse(source: &str) -> Result<Ast, Refusal> {
    let words = words(source)?;
    let mut parser = Parser { words: &words, next: 0, depth: 0, end: source.len() };
    if words.is_empty() {
        return Err(Refusal::new(0, "it is empty".to_owned()));
    }
    let ast = parser.expression(1)?;
    match parser.peek() {
        None if ast.height() > TALLEST => {
            Err(Refusal::new(0, format!("it is nested more than {TALLEST} deep, operators included")))
        }
        None => Ok(ast),
        Some(word) => Err(Refusal::new(word.at, format!("{} is not expected here", name_of(&word.token)))),
    }
}

struct Parser<'a> {
    words: &'a [Word],
    next: usize,
    depth: usize,
    end: usize,
}

/// How a word is named in a refusal.
fn name_of(token: &Token) -> String {
    match token {
        Token::Number(number) => format!("the number {number}"),
        Token::Text(text) => format!("the text “{text}”"),
        Token::Name(name) => format!("“{name}”"),
        Token::Reference { name, .. } => format!("“${{{name}}}”"),
        Token::Sign(sign) => format!("“{sign}”"),
    }
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Word> {
        self.words.get(self.next)
    }

    fn sign_at(&self, index: usize, sign: &str) -> bool {
        matches!(self.words.get(index), Some(Word { token: Token::Sign(found), .. }) if *found == sign)
    }

    fn is_sign(&self, sign: &str) -> bool {
        self.sign_at(self.next, sign)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), Refusal> {
        if self.take_sign(sign) {
            return Ok(());
        }
        Err(self.unexpected(&format!("“{sign}” is missing")))
    }

    fn at(&self) -> usize {
        self.peek().map_or(self.end, |word| word.at)
    }

    fn unexpected(&self, missing: &str) -> Refusal {
        match self.peek() {
            Some(word) => Refusal::new(word.at, format!("{missing} before {}", name_of(&word.token))),
            None => Refusal::new(self.end, format!("{missing} at the end")),
        }
    }

    fn deeper(&mut self) -> Result<(), Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Refusal::new(self.at(), format!("it is nested more than {DEEPEST} deep")));
        }
        Ok(())
    }

    /// The operator that comes next. Only asked where an operand has ended, so a name here is an operator.
    fn operator(&self) -> Option<Operator> {
        let operator = match &self.peek()?.token {
            Token::Name(name) => match name.as_str() {
                "or" => Operator::Or,
                "and" => Operator::And,
                "div" => Operator::Divide,
                "mod" => Operator::Modulo,
                _ => return None,
            },
            Token::Sign(sign) => match *sign {
                "=" => Operator::Equal,
                "!=" => Operator::NotEqual,
                "<" => Operator::Less,
                "<=" => Operator::AtMost,
                ">" => Operator::More,
                ">=" => Operator::AtLeast,
                "+" => Operator::Plus,
                "-" => Operator::Minus,
                "*" => Operator::Times,
                "|" => Operator::Union,
                _ => return None,
            },
            _ => return None,
        };
        Some(operator)
    }

    /// Operators that bind at least as tightly as `least`.
    fn expression(&mut self, least: u8) -> Result<Ast, Refusal> {
        self.deeper()?;
        let mut left = self.operand()?;
        let mut chained = None; // rank of the chain that `left` is and that still grows
        while let Some(operator) = self.operator() {
            let rank = operator.rank();
            if rank < least {
                break;
            }
            self.next += 1;
            let right = self.expression(rank + 1)?;
            match &mut left {
                Ast::Chain { rest, .. } if chained == Some(rank) => rest.push((operator, right)),
                _ => {
                    left = Ast::Chain { first: Box::new(left), rest: vec![(operator, right)] };
                    chained = Some(rank);
                }
            }
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Ast, Refusal> {
        if self.take_sign("-") {
            self.deeper()?;
            // the sign binds more loosely than `|`: -a | b is -(a | b)
            let of = if self.is_sign("-") { self.operand()? } else { self.expression(UNION_RANK)? };
            self.depth -= 1;
            return Ok(Ast::Negate(Box::new(of)));
        }
        self.path()
    }

    /// A primary expression or a path.
    fn path(&mut self) -> Result<Ast, Refusal> {
        let at = Offset(self.at());
        let Some(word) = self.peek() else {
            return Err(self.unexpected("a value is missing"));
        };
        let primary = match &word.token {
            Token::Number(number) => {
                self.next += 1;
                Some(Ast::Number(*number))
            }
            Token::Text(text) => {
                self.next += 1;
                Some(Ast::Text(text.clone()))
            }
            Token::Reference { name, last_saved } => {
                self.next += 1;
                Some(Ast::Reference { name: name.clone(), last_saved: *last_saved, at })
            }
            Token::Sign("(") => {
                self.next += 1;
                let inner = self.expression(1)?;
                self.expect(")")?;
                Some(inner)
            }
            Token::Name(name) if self.sign_at(self.next + 1, "(") && name != "node" => {
                Some(self.call(name, at)?)
            }
            _ => None,
        };
        let Some(primary) = primary else {
            return self.location(at);
        };
        let predicates = self.predicates()?;
        let steps = self.steps_after()?;
        if predicates.is_empty() && steps.is_empty() {
            return Ok(primary);
        }
        Ok(Ast::Path(Path { start: Start::Value { of: Box::new(primary), predicates }, steps, at }))
    }

    fn call(&mut self, name: &str, at: Offset) -> Result<Ast, Refusal> {
        if matches!(name, "text" | "comment" | "processing-instruction") {
            return Err(Refusal::new(at.0, format!("{name}() is not supported: only elements can be named")));
        }
        self.next += 2;
        let mut arguments = Vec::new();
        if !self.take_sign(")") {
            loop {
                arguments.push(self.expression(1)?);
                if self.take_sign(")") {
                    break;
                }
                self.expect(",")?;
            }
        }
        Ok(Ast::Call { function: name.to_owned(), arguments, at })
    }

    /// A path that starts here or at the top.
    fn location(&mut self, at: Offset) -> Result<Ast, Refusal> {
        if self.is_sign("//") {
            let steps = self.steps_after()?;
            return Ok(Ast::Path(Path { start: Start::Root, steps, at }));
        }
        if self.is_sign("/") {
            let after = self.words.get(self.next + 1).map(|word| &word.token);
            let steps = if let Some(Token::Name(_) | Token::Sign("." | ".." | "*" | "@")) = after {
                self.steps_after()?
            } else {
                self.next += 1;
                Vec::new()
            };
            return Ok(Ast::Path(Path { start: Start::Root, steps, at }));
        }
        let mut steps = vec![self.step(false)?];
        steps.extend(self.steps_after()?);
        Ok(Ast::Path(Path { start: Start::Here, steps, at }))
    }

    /// Steps that each begin with `/` or `//`.
    fn steps_after(&mut self) -> Result<Vec<Step>, Refusal> {
        let mut steps = Vec::new();
        loop {
            let deep = if self.take_sign("//") {
                true
            } else if self.take_sign("/") {
                false
            } else {
                return Ok(steps);
            };
            steps.push(self.step(deep)?);
        }
    }

    fn step(&mut self, deep: bool) -> Result<Step, Refusal> {
        let at = Offset(self.at());
        let (axis, name) = self.axis_and_name()?;
        let predicates = self.predicates()?;
        Ok(Step { deep, axis, name, predicates, at })
    }

    fn axis_and_name(&mut self) -> Result<(Axis, Option<String>), Refusal> {
        let Some(word) = self.peek() else {
            return Err(self.unexpected("a name is missing"));
        };
        match &word.token {
            Token::Sign(".") => {
                self.next += 1;
                Ok((Axis::Itself, None))
            }
            Token::Sign("..") => {
                self.next += 1;
                Ok((Axis::Parent, None))
            }
            Token::Sign("@") => Err(Refusal::new(
                word.at,
                "attributes are not supported: only elements can be named".to_owned(),
            )),
            Token::Name(axis) if self.sign_at(self.next + 1, "::") => {
                let axis = match axis.as_str() {
                    "child" => Axis::Child,
                    "parent" => Axis::Parent,
                    "self" => Axis::Itself,
                    _ => {
                        let reason =
                            format!("the axis “{axis}” is not supported; child, parent and self are");
                        return Err(Refusal::new(word.at, reason));
                    }
                };
                self.next += 2;
                Ok((axis, self.name_test()?))
            }
            _ => Ok((Axis::Child, self.name_test()?)),
        }
    }

    fn name_test(&mut self) -> Result<Option<String>, Refusal> {
        match self.peek().map(|word| &word.token) {
            Some(Token::Sign("*")) => {
                self.next += 1;
                Ok(None)
            }
            Some(Token::Name(name)) if name == "node" && self.sign_at(self.next + 1, "(") => {
                self.next += 2;
                self.expect(")")?;
                Ok(None)
            }
            Some(Token::Name(name)) => {
                self.next += 1;
                Ok(Some(name.clone()))
            }
            _ => Err(self.unexpected("a value is missing")),
        }
    }

    fn predicates(&mut self) -> Result<Vec<Ast>, Refusal> {
        let mut predicates = Vec::new();
        while self.take_sign("[") {
            predicates.push(self.expression(1)?);
            self.expect("]")?;
        }
        Ok(predicates)
    }
}
