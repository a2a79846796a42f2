//! Looking up the names of an expression: a tree becomes a program, or the reason why it cannot.
//!
//! `${name}` means the answer in the nearest repeat, as pyxform writes it: where the expression and the question stand in
//! one entry, the answer of that entry, else the answers of all entries. An absolute path without predicates means the
//! same, as in ODK's clients.

use std::collections::BTreeSet;

use super::Refusal;
use super::names::Names;
use super::program::{Beginning, Code, From, Way};
use super::shape::{ShapeId, TOP};
use super::syntax::{Ast, Axis, Operator, Path, Start, Step};

/// Where an expression stands: what its names are looked up in.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The names of the form.
    pub names: &'a Names,
    /// The node that it belongs to: `.` in it.
    pub at: ShapeId,
    /// The region in whose frames it is evaluated: that of the node, but for a repeat as such the one around it.
    pub region: u32,
    /// The list whose items it looks at, for a choice filter.
    pub of_list: Option<u32>,
    /// The repeat whose entries it looks at, for the filter of choices that are answers.
    pub of_entries: Option<ShapeId>,
}

impl<'a> Scope<'a> {
    /// An expression that belongs to a node; to each entry if that is a repeat.
    pub fn of(names: &'a Names, at: ShapeId) -> Self {
        Self { names, at, region: names.shape.node(at).region, of_list: None, of_entries: None }
    }

    /// An expression that belongs to a repeat as such and not to one entry: when it is relevant, how often.
    pub fn around(names: &'a Names, repeat: ShapeId) -> Self {
        let of = names.shape.node(repeat);
        let region = of.parent.map_or(of.region, |parent| names.shape.node(parent).region);
        Self { names, at: repeat, region, of_list: None, of_entries: None }
    }

    /// A choice filter of a question with this list.
    #[must_use]
    pub fn filtering(self, list: u32) -> Self {
        Self { of_list: Some(list), ..self }
    }

    /// A choice filter of a question whose choices are answers in the entries of a repeat.
    #[must_use]
    pub fn among(self, repeat: ShapeId) -> Self {
        Self { of_entries: Some(repeat), ..self }
    }
}

/// What a step can be at, as far as one can tell without answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ground {
    /// No nodes.
    Nothing,
    /// Above the topmost node.
    Document,
    /// One of these nodes.
    Answers(Vec<ShapeId>),
    /// A list.
    List(u32),
    /// The node that holds the items of a list.
    Items(u32),
    /// An item.
    Item(u32),
    /// A cell of an item.
    Cell(u32),
}

pub(super) struct Compiler<'a> {
    pub(super) scope: Scope<'a>,
    /// The nodes whose values (or entries) the expression reads.
    pub(super) reads: BTreeSet<ShapeId>,
    /// What the predicates around look at, outermost first.
    pub(super) focus: Vec<Ground>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(scope: Scope<'a>) -> Self {
        let item = scope.of_list.map(Ground::Item);
        let focus =
            item.or(scope.of_entries.map(|repeat| Ground::Answers(vec![repeat]))).into_iter().collect();
        Self { scope, reads: BTreeSet::new(), focus }
    }

    pub(super) fn code(&mut self, ast: &Ast) -> Result<Code, Refusal> {
        self.expression(ast).map(|(code, _)| code)
    }

    pub(super) fn expression(&mut self, ast: &Ast) -> Result<(Code, Ground), Refusal> {
        let code = match ast {
            Ast::Number(number) => Code::Number(*number),
            Ast::Text(text) if text.contains("${") => {
                let reason =
                    "a reference between quotation marks is only text; leave the quotation marks out";
                return Err(Refusal::new(0, reason.to_owned()));
            }
            Ast::Text(text) => Code::Text(text.as_str().into()),
            Ast::Reference { name, last_saved: true, at } => {
                self.node_named(name, at.0)?;
                Code::LastSaved(name.as_str().into())
            }
            Ast::Reference { name, at, .. } => {
                let node = self.node_named(name, at.0)?;
                return Ok((self.nearest(node), Ground::Answers(vec![node])));
            }
            Ast::Call { function, arguments, at } => return self.call(function, arguments, at.0),
            Ast::Path(path) => return self.path(path),
            Ast::Negate(of) => Code::Negate(Box::new(self.code(of)?)),
            Ast::Chain { first, rest } => return self.chain(first, rest),
        };
        Ok((code, Ground::Nothing))
    }

    /// The one node of that name.
    pub(super) fn node_named(&self, name: &str, at: usize) -> Result<ShapeId, Refusal> {
        match self.scope.names.shape.named(name) {
            [one] => Ok(*one),
            [] => Err(Refusal::new(at, format!("there is no question named “{name}”"))),
            several => Err(Refusal::new(
                at,
                format!("{} questions are named “{name}”; it is not clear which is meant", several.len()),
            )),
        }
    }

    fn chain(&mut self, first: &Ast, rest: &[(Operator, Ast)]) -> Result<(Code, Ground), Refusal> {
        let (first, mut ground) = self.expression(first)?;
        let mut operands = Vec::with_capacity(rest.len());
        let mut union = true;
        for (operator, operand) in rest {
            let (code, other) = self.expression(operand)?;
            if *operator == Operator::Union {
                if !code.is_nodes() || !first.is_nodes() {
                    return Err(Refusal::new(0, "“|” joins paths, and one side is not a path".to_owned()));
                }
                ground = match (ground, other) {
                    (Ground::Answers(mut nodes), Ground::Answers(more)) => {
                        nodes.extend(more);
                        nodes.dedup();
                        Ground::Answers(nodes)
                    }
                    (one, other) if one == other => one,
                    _ => Ground::Nothing,
                };
            } else {
                union = false;
            }
            operands.push((*operator, code));
        }
        if !union {
            ground = Ground::Nothing;
        }
        let all = |first: Code, rest: Vec<(Operator, Code)>| {
            std::iter::once(first).chain(rest.into_iter().map(|(_, code)| code)).collect::<Box<[_]>>()
        };
        let code = match operands.first().map(|(operator, _)| *operator) {
            Some(Operator::Or) => Code::Or(all(first, operands)),
            Some(Operator::And) => Code::And(all(first, operands)),
            Some(Operator::Union) => Code::Union(all(first, operands)),
            _ => Code::Chain(Box::new(first), operands.into()),
        };
        Ok((code, ground))
    }

    /// What the innermost predicate looks at; outside of predicates the node of the expression.
    pub(super) fn here(&self) -> (From, Ground) {
        match self.focus.last() {
            Some(ground) => (From::Focus, ground.clone()),
            None => (From::Current, Ground::Answers(vec![self.scope.at])),
        }
    }

    /// The region of the frames in which a ground stands.
    fn region_of(&self, from: From, ground: &Ground) -> Option<u32> {
        let shape = &self.scope.names.shape;
        match (from, ground) {
            (From::Current, _) => Some(self.scope.region),
            (From::Focus, Ground::Answers(nodes)) => {
                let region = shape.node(*nodes.first()?).region;
                nodes.iter().all(|node| shape.node(*node).region == region).then_some(region)
            }
            (From::Focus, Ground::Document) => Some(0),
            (From::Focus, _) => None,
        }
    }

    /// A question in the nearest entries of its repeats; for a repeat, the entries nearest.
    pub(super) fn nearest(&mut self, node: ShapeId) -> Code {
        let shape = &self.scope.names.shape;
        let of = shape.node(node);
        let around = if of.repeat { shape.region(of.region).parent.unwrap_or(0) } else { of.region };
        let mut best = (From::Current, self.scope.region, shape.common_region(around, self.scope.region));
        let (from, ground) = self.here();
        if let Some(region) = self.region_of(from, &ground) {
            let common = shape.common_region(around, region);
            if shape.region(common).depth > shape.region(best.2).depth {
                best = (from, region, common);
            }
        }
        let (from, region, common) = best;
        let out = shape.region(region).depth - shape.region(common).depth;
        self.spread(from, out, common, node)
    }

    /// A question in all entries, whatever entry the expression stands in.
    pub(super) fn everywhere(&mut self, node: ShapeId) -> Code {
        let out = self.scope.names.shape.region(self.scope.region).depth;
        self.spread(From::Current, out, 0, node)
    }

    /// A node in all entries of the repeats between a region and the node's.
    fn spread(&mut self, from: From, out: u32, common: u32, node: ShapeId) -> Code {
        let shape = &self.scope.names.shape;
        let mut regions = Vec::new();
        let mut region = shape.node(node).region;
        while region != common {
            regions.push(region);
            self.reads.insert(shape.region(region).opened_by);
            region = shape.region(region).parent.unwrap_or(common);
        }
        regions.reverse();
        self.reads.insert(node);
        if regions.is_empty() {
            return Code::Field { from, out, node };
        }
        let start = Beginning::Spread { from, out, regions, node };
        Code::Nodes(Box::new(Way { start, predicates: Vec::new(), steps: Vec::new() }))
    }

    /// The entry of a repeat that the expression stands in.
    pub(super) fn enclosing(&mut self, repeat: ShapeId) -> Option<Code> {
        let shape = &self.scope.names.shape;
        let (wanted, here) = (shape.node(repeat).region, self.scope.region);
        if shape.common_region(wanted, here) != wanted {
            return None;
        }
        self.reads.insert(repeat);
        Some(Code::Field {
            from: From::Current,
            out: shape.region(here).depth - shape.region(wanted).depth,
            node: repeat,
        })
    }

    pub(super) fn path(&mut self, path: &Path) -> Result<(Code, Ground), Refusal> {
        if let [Step { deep: false, axis: Axis::Itself, name: None, predicates, .. }] = path.steps.as_slice()
            && path.start == Start::Here
            && predicates.is_empty()
        {
            let (from, ground) = self.here();
            if from == From::Current {
                self.reads.insert(self.scope.at);
            }
            return Ok((Code::Here, ground));
        }
        let (mut way, mut ground) = match &path.start {
            Start::Here => {
                let (from, ground) = self.here();
                (way(Beginning::Node(from)), ground)
            }
            Start::Root => {
                if let Some(node) = self.plain(path)? {
                    return Ok((self.nearest(node), Ground::Answers(vec![node])));
                }
                (way(Beginning::Document), Ground::Document)
            }
            Start::Value { of, predicates } => {
                let (code, ground) = self.expression(of)?;
                if !code.is_nodes() {
                    let reason = "“[” and “/” come after nodes, and this is a single value";
                    return Err(Refusal::new(path.at.0, reason.to_owned()));
                }
                let mut start = match code {
                    Code::Nodes(inner) if inner.steps.is_empty() && inner.predicates.is_empty() => *inner,
                    other => way(Beginning::Code(Box::new(other))),
                };
                start.predicates.extend(self.predicates(predicates, &ground)?);
                (start, ground)
            }
        };
        let mut plain = !matches!(path.start, Start::Value { .. } | Start::Root);
        if let Beginning::Node(_) = way.start {
            plain = way.predicates.is_empty();
        }
        for step in &path.steps {
            let (stride, next, straight) = self.step(step, &ground)?;
            plain = plain && straight;
            way.steps.push(stride);
            ground = next;
        }
        if let Ground::Answers(nodes) = &ground {
            self.reads.extend(nodes.iter().copied());
        }
        let code = match (&way.start, &ground) {
            (Beginning::Node(from), Ground::Answers(nodes)) if plain => self.field(*from, nodes),
            _ => None,
        };
        Ok((code.unwrap_or_else(|| Code::Nodes(Box::new(way))), ground))
    }

    /// A path that only goes up, and down outside of repeats, ends at one node: its frame is known beforehand.
    fn field(&self, from: From, nodes: &[ShapeId]) -> Option<Code> {
        let [node] = nodes else { return None };
        let shape = &self.scope.names.shape;
        let start = match from {
            From::Current => self.scope.region,
            From::Focus => self.region_of(From::Focus, self.focus.last()?)?,
        };
        let out = shape.region(start).depth.checked_sub(shape.depth(*node))?;
        Some(Code::Field { from, out, node: *node })
    }

    /// The node of an absolute path that is nothing but names.
    fn plain(&self, path: &Path) -> Result<Option<ShapeId>, Refusal> {
        let shape = &self.scope.names.shape;
        let mut steps = path.steps.iter();
        let Some(first) = steps.next() else { return Ok(None) };
        let is_name = |step: &Step| {
            !step.deep && step.axis == Axis::Child && step.name.is_some() && step.predicates.is_empty()
        };
        if !path.steps.iter().all(is_name) {
            return Ok(None);
        }
        let name = first.name.as_deref().unwrap_or_default();
        if name != shape.node(TOP).name {
            let reason = format!("the form is called “{}” and not “{name}”", shape.node(TOP).name);
            return Err(Refusal::new(first.at.0, reason));
        }
        let mut node = TOP;
        for step in steps {
            let name = step.name.as_deref().unwrap_or_default();
            let found = shape.node(node).children.iter().find(|child| shape.node(**child).name == name);
            node = *found.ok_or_else(|| {
                Refusal::new(step.at.0, format!("there is no “{name}” in “{}”", shape.node(node).name))
            })?;
        }
        Ok(Some(node))
    }
}

fn way(start: Beginning) -> Way {
    Way { start, predicates: Vec::new(), steps: Vec::new() }
}
