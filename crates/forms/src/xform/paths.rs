//! `${name}` as the path to its node, and texts with values in them.
//!
//! From within a repeat, what is in the same repeat is named by a path from where one stands (`../name`), because the whole
//! path would mean all rounds of the repeat. Elsewhere the whole path is written. The rules and the blanks around the
//! paths are those of pyxform.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::{Id, Tree, What};
use crate::form::lexing::instance_paths;
use crate::form::references::{Reference, is_ncname};

/// The instance that holds the submission before.
pub(super) const LAST_SAVED: &str = "__last-saved";

/// A part of a text: as it is, or the value at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(Cow<'t, str>),
    Value(String),
}

/// How a reference is written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner {
    /// Paths from where one stands begin with `current()`, because they are in a predicate of another node.
    pub(super) current: bool,
    /// The path leads to the repeat itself rather than into this round of it.
    pub(super) all_rounds: bool,
}

impl Tree<'_> {
    /// An expression with paths in place of references, as seen from a node.
    pub(super) fn xpaths<'t>(&self, text: &'t str, context: Id, manner: Manner) -> Cow<'t, str> {
        if !text.contains("${") {
            return Cow::Borrowed(text);
        }
        let scan = Scan::of(text);
        let mut written = String::with_capacity(text.len() * 2);
        let mut from = 0;
        for reference in well_formed(text) {
            written.push_str(&text[from..reference.span.start]);
            from = reference.span.end;
            match self.path(&reference, context, manner, &scan) {
                Some(path) => written.push_str(&path),
                None => written.push_str(&text[reference.span.clone()]),
            }
        }
        written.push_str(&text[from..]);
        Cow::Owned(written)
    }

    /// A text for people in pieces: references and paths into instances become values.
    pub(super) fn pieces<'t>(&self, text: &'t str, context: Id) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for span in instance_paths(text) {
            self.values(&text[from..span.start], context, &mut pieces);
            pieces.push(Piece::Value(
                self.xpaths(&text[span.clone()], context, Manner::default()).into_owned(),
            ));
            from = span.end;
        }
        self.values(&text[from..], context, &mut pieces);
        pieces
    }

    fn values<'t>(&self, text: &'t str, context: Id, pieces: &mut Vec<Piece<'t>>) {
        let scan = Scan::of(text);
        let mut from = 0;
        for reference in well_formed(text) {
            let Some(path) = self.path(&reference, context, Manner::default(), &scan) else { continue };
            if from < reference.span.start {
                pieces.push(Piece::Text(Cow::Borrowed(&text[from..reference.span.start])));
            }
            pieces.push(Piece::Value(path));
            from = reference.span.end;
        }
        if from < text.len() {
            pieces.push(Piece::Text(Cow::Borrowed(&text[from..])));
        }
    }

    fn path(&self, reference: &Reference<'_>, context: Id, manner: Manner, scan: &Scan) -> Option<String> {
        let target = self.named(reference.name)?;
        if !reference.last_saved && scan.may_be_relative(reference) {
            let current = manner.current || scan.in_predicate(&reference.span);
            if let Some(path) = self.relative(target, context, current, manner.all_rounds) {
                return Some(path);
            }
        }
        let instance = if reference.last_saved { format!("instance('{LAST_SAVED}')") } else { String::new() };
        Some(format!(" {instance}{} ", self.nodes[target].path))
    }

    /// The path from a node to another in the same repeat.
    fn relative(&self, target: Id, source: Id, current: bool, all_rounds: bool) -> Option<String> {
        let common = self.common(self.nodes[source].parent?, self.nodes[target].parent?)?;
        let is_repeat = |id: &Id| matches!(self.nodes[*id].what, What::Repeat(..));
        let is_block =
            |id: &Id| is_repeat(id) || matches!(self.nodes[*id].what, What::Group(..) | What::Meta);
        let repeat = self.upwards(common).find(is_repeat)?;
        let steps_to = |id: Id| self.nodes[source].depth - self.nodes[id].depth;
        let mut from = self.upwards(common).find(is_block)?;
        if all_rounds {
            let alone = self.nodes[repeat].repeat.is_none();
            let in_it = self.nodes[target].repeat == Some(repeat);
            if in_it && (alone || self.nodes[source].repeat != Some(repeat)) {
                from = self.nodes[repeat].parent?;
            }
        }
        let up = vec![".."; steps_to(from)].join("/");
        let down = &self.nodes[target].path[self.nodes[from].path.len()..];
        Some(format!(" {}{up}{down} ", if current { "current()/" } else { "" }))
    }

    /// The nearest node that both are in or are.
    fn common(&self, mut one: Id, mut other: Id) -> Option<Id> {
        while one != other {
            if self.nodes[one].depth >= self.nodes[other].depth {
                one = self.nodes[one].parent?;
            } else {
                other = self.nodes[other].parent?;
            }
        }
        Some(one)
    }

    /// A node and all that it is in, outwards.
    fn upwards(&self, from: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(from), |id| self.nodes[*id].parent)
    }
}

/// References that are well formed; others stay as they are.
fn well_formed(text: &str) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("${") {
        let Some(length) = text[start..].find('}') else { break };
        let written = &text[start + 2..start + length];
        let (name, last_saved) =
            written.strip_prefix("last-saved#").map_or((written, false), |name| (name, true));
        if is_ncname(name) {
            found.push(Reference { name, last_saved, span: start..start + length + 1 });
        }
    }
    found
}

/// Where in an expression a reference is written otherwise.
struct Scan {
    /// What is between brackets, in an expression that names an instance.
    predicates: Vec<Range<usize>>,
    /// Calls of `indexed-repeat`, with where each argument ends.
    indexed: Vec<(Range<usize>, Vec<usize>)>,
}

/// The function whose first arguments name nodes of all rounds.
const INDEXED: &str = "indexed-repeat(";

impl Scan {
    fn of(text: &str) -> Self {
        Self { predicates: predicates(text), indexed: indexed(text) }
    }

    fn in_predicate(&self, span: &Range<usize>) -> bool {
        let at = self.predicates.partition_point(|predicate| predicate.end < span.end);
        self.predicates.get(at).is_some_and(|predicate| predicate.start <= span.start)
    }

    /// In a call of `indexed-repeat` the question and the repeats are named by their whole paths, the indices are not.
    fn may_be_relative(&self, reference: &Reference<'_>) -> bool {
        let at = self.indexed.partition_point(|(call, _)| call.end < reference.span.end);
        match self.indexed.get(at) {
            Some((call, ends)) if call.start <= reference.span.start => {
                let argument = ends.partition_point(|end| *end < reference.span.end);
                !matches!(argument, 0 | 1 | 3 | 5)
            }
            _ => true,
        }
    }
}

fn predicates(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains("instance(") {
        return found;
    }
    let mut from = 0;
    while let Some(start) = text[from..].find('[').map(|at| from + at) {
        let Some(end) = text[start + 1..].find(']').map(|at| start + 1 + at) else { break };
        found.push(start..end + 1);
        from = end + 1;
    }
    found
}

fn indexed(text: &str) -> Vec<(Range<usize>, Vec<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(INDEXED).map(|at| from + at) {
        let inner = start + INDEXED.len();
        let Some(end) = text[inner..].find(')').map(|at| inner + at) else { break };
        let ends = text[inner..end].match_indices(',').map(|(at, _)| inner + at).collect();
        found.push((start..end + 1, ends));
        from = end + 1;
    }
    found
}
