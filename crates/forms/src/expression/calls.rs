//! Looking up functions: whether there is one of that name, whether it takes these arguments, and those whose arguments
//! name something that must be known beforehand.

use super::Refusal;
use super::compile::{Compiler, Ground};
use super::functions::{self, Function, Signature};
use super::program::{Beginning, Code, From, Move, Stride, Way};
use super::shape::ShapeId;
use super::syntax::{Ast, Operator};

impl Compiler<'_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        arguments: &[Ast],
        at: usize,
    ) -> Result<(Code, Ground), Refusal> {
        let Some(signature) = functions::find(name) else {
            return Err(Refusal::new(at, functions::why_unknown(name)));
        };
        check_count(signature, arguments.len(), at)?;
        let refuse = |reason: &str| Err(Refusal::new(at, reason.to_owned()));
        match (signature.function, arguments) {
            (Function::Instance, [list]) => return self.list(list, at),
            (Function::Current, _) => {
                let way =
                    Way { start: Beginning::Node(From::Current), predicates: Vec::new(), steps: Vec::new() };
                return Ok((Code::Nodes(Box::new(way)), Ground::Answers(vec![self.scope.at])));
            }
            (Function::ChoiceName, [value, question]) => return self.choice_name(value, question, at),
            (Function::IndexedRepeat, [of, rest @ ..]) => return self.indexed_repeat(of, rest, at),
            (Function::Pulldata, [list, column, key, value]) => {
                return self.pulldata([list, column, key], value, at);
            }
            (Function::Position, [Ast::Reference { name, last_saved: false, at }]) => {
                let node = self.node_named(name, at.0)?;
                if let Some(code) = self.enclosing(node) {
                    return Ok((Code::Call(Function::Position, [code].into()), Ground::Nothing));
                }
            }
            (Function::Regex, [value, Ast::Text(pattern)]) => {
                let pattern = functions::pattern(pattern).map_err(|reason| Refusal::new(at, reason))?;
                let value = self.code(value)?;
                return Ok((Code::Matches(Box::new(value), Box::new(pattern)), Ground::Nothing));
            }
            (Function::WeightedChecklist, all) if !all.len().is_multiple_of(2) => {
                return refuse(
                    "weighted-checklist() takes two bounds and then pairs of an answer and its weight",
                );
            }
            (Function::FormatDate | Function::FormatDateTime, [_, Ast::Text(pattern)]) => {
                let times = signature.function == Function::FormatDateTime;
                if let Some(letter) = unknown_date_part(pattern, times) {
                    return refuse(&format!("“%{letter}” is not a part that {name}() knows"));
                }
            }
            (Function::Digest, [_, Ast::Text(algorithm), ..])
                if !["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"].contains(&algorithm.as_str()) =>
            {
                return refuse(&format!("“{algorithm}” is not known to digest()"));
            }
            _ => {}
        }
        let mut compiled = Vec::with_capacity(arguments.len());
        let mut grounds = Vec::with_capacity(arguments.len());
        for argument in arguments {
            let (code, ground) = self.expression(argument)?;
            compiled.push(code);
            grounds.push(ground);
        }
        let must_be_nodes =
            signature.nodes || (signature.function == Function::Position && !compiled.is_empty());
        if must_be_nodes && !compiled.first().is_some_and(Code::is_nodes) {
            return refuse(&format!("{name}() takes a question or a path, not a single value"));
        }
        if signature.function == Function::Randomize {
            let ground = grounds.swap_remove(0);
            let mut compiled = compiled.into_iter();
            let of = compiled.next().unwrap_or(Code::Here);
            return Ok((Code::Shuffled(Box::new(of), compiled.next().map(Box::new)), ground));
        }
        Ok((Code::Call(signature.function, compiled.into()), Ground::Nothing))
    }

    /// `instance('name')`.
    fn list(&self, name: &Ast, at: usize) -> Result<(Code, Ground), Refusal> {
        let Ast::Text(name) = name else {
            return Err(Refusal::new(at, "the name of a list stands between quotation marks".to_owned()));
        };
        let Some(list) = self.scope.names.lists.find(name) else {
            return Err(Refusal::new(at, format!("there is no list named “{name}”")));
        };
        let way = Way { start: Beginning::List(list), predicates: Vec::new(), steps: Vec::new() };
        Ok((Code::Nodes(Box::new(way)), Ground::List(list)))
    }

    /// `jr:choice-name(value, '${question}')`.
    fn choice_name(&mut self, value: &Ast, question: &Ast, at: usize) -> Result<(Code, Ground), Refusal> {
        let Ast::Text(quoted) = question else {
            let reason = "jr:choice-name() takes the question between quotation marks, as in '${question}'";
            return Err(Refusal::new(at, reason.to_owned()));
        };
        let ast = super::parser::parse(quoted.trim()).map_err(|refusal| Refusal::new(at, refusal.reason))?;
        let node = self.only_node(&ast, at)?;
        let list = self.scope.names.choices.get(node as usize).copied().flatten();
        let Some(list) = list else {
            return Err(Refusal::new(at, format!("{quoted} is not a question with a list of choices")));
        };
        let value = self.code(value)?;
        Ok((Code::ChoiceName(Box::new(value), list), Ground::Nothing))
    }

    /// The node that a reference or path means, whatever entries there are. Does not count as reading it.
    fn only_node(&mut self, ast: &Ast, at: usize) -> Result<ShapeId, Refusal> {
        let reads = self.reads.clone();
        let (_, ground) = self.expression(ast)?;
        self.reads = reads;
        match ground {
            Ground::Answers(nodes) if nodes.len() == 1 => Ok(nodes[0]),
            _ => Err(Refusal::new(at, format!("“{ast}” does not name one question"))),
        }
    }

    /// `indexed-repeat(question, repeat, number, ...)`.
    fn indexed_repeat(&mut self, of: &Ast, rest: &[Ast], at: usize) -> Result<(Code, Ground), Refusal> {
        if !rest.len().is_multiple_of(2) {
            let reason = "indexed-repeat() takes a question and then pairs of a repeat and a number";
            return Err(Refusal::new(at, reason.to_owned()));
        }
        let node = self.only_node(of, at)?;
        let mut wanted = Vec::new();
        for pair in rest.chunks(2) {
            let [repeat, number] = pair else { continue };
            let repeat_node = self.only_node(repeat, at)?;
            let shape = &self.scope.names.shape;
            let region = shape.node(repeat_node).region;
            if !shape.node(repeat_node).repeat
                || shape.common_region(region, shape.node(node).region) != region
            {
                return Err(Refusal::new(at, format!("“{repeat}” is not a repeat around “{of}”")));
            }
            wanted.push((region, self.code(number)?));
        }
        let nodes = self.everywhere(node);
        Ok((Code::Indexed(Box::new(nodes), wanted.into()), Ground::Answers(vec![node])))
    }

    /// `pulldata('list', 'column', 'key column', key)`.
    fn pulldata(&mut self, names: [&Ast; 3], key: &Ast, at: usize) -> Result<(Code, Ground), Refusal> {
        let [Ast::Text(list_name), Ast::Text(column), Ast::Text(key_column)] = names else {
            let reason = "pulldata() takes the names of a list and of two columns between quotation marks";
            return Err(Refusal::new(at, reason.to_owned()));
        };
        let Some(list) = self.scope.names.lists.find(list_name) else {
            return Err(Refusal::new(at, format!("there is no list named “{list_name}”")));
        };
        let table = self.scope.names.lists.table(list);
        let column_of = |name: &str| {
            let missing = || Refusal::new(at, format!("the list “{list_name}” has no column “{name}”"));
            table.column(name).ok_or_else(missing)
        };
        let (column, key_column) = (column_of(column)?, column_of(key_column)?);
        // the key is worked out where pulldata stands, not at the item: `.` is the question there
        let ast_focus = std::mem::take(&mut self.focus);
        let key = self.code(key);
        self.focus = ast_focus;
        let key = match key? {
            Code::Here => Code::Field { from: From::Current, out: 0, node: self.scope.at },
            other => other,
        };
        let cell = Way {
            start: Beginning::Node(From::Focus),
            predicates: Vec::new(),
            steps: vec![Stride { step: Move::Cell(key_column), predicates: Vec::new() }],
        };
        let matches = Code::Chain(Box::new(Code::Nodes(Box::new(cell))), [(Operator::Equal, key)].into());
        let step = |step, predicates| Stride { step, predicates };
        let way = Way {
            start: Beginning::List(list),
            predicates: Vec::new(),
            steps: vec![
                step(Move::Items, Vec::new()),
                step(Move::Item, vec![matches]),
                step(Move::Cell(column), Vec::new()),
            ],
        };
        let nodes = Code::Nodes(Box::new(way));
        Ok((Code::Call(Function::StringOf, [nodes].into()), Ground::Nothing))
    }
}

fn check_count(signature: &Signature, given: usize, at: usize) -> Result<(), Refusal> {
    let Signature { name, least, most, .. } = signature;
    if (*least..=*most).contains(&given) {
        return Ok(());
    }
    let takes = match (*least, *most) {
        (0, 0) => "no arguments".to_owned(),
        (1, 1) => "one argument".to_owned(),
        (least, most) if least == most => format!("{least} arguments"),
        (least, usize::MAX) => format!("at least {least} arguments"),
        (least, most) => format!("{least} to {most} arguments"),
    };
    Err(Refusal::new(at, format!("{name}() takes {takes}, not {given}")))
}

/// The first part of a pattern of a date that there is not.
fn unknown_date_part(pattern: &str, times: bool) -> Option<char> {
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter == '%' {
            match letters.next() {
                Some('Y' | 'y' | 'm' | 'n' | 'b' | 'd' | 'e' | 'a' | '%') => {}
                Some('H' | 'h' | 'M' | 'S' | '3') if times => {}
                other => return Some(other.unwrap_or(' ')),
            }
        }
    }
    None
}
