//! Looking up the steps of a path: which nodes of the form, which column of a list.

use super::Refusal;
use super::compile::{Compiler, Ground};
use super::program::{Code, Move, Stride};
use super::shape::{ShapeId, TOP};
use super::syntax::{Ast, Axis, Step};

impl Compiler<'_> {
    /// A step from a ground: the step, where it leads, and whether it leads from one node to one at most.
    pub(super) fn step(&mut self, step: &Step, ground: &Ground) -> Result<(Stride, Ground, bool), Refusal> {
        let (kind, next) = if step.deep { self.deep(step, ground)? } else { self.shallow(step, ground)? };
        let shape = &self.scope.names.shape;
        if let (Move::Down(_) | Move::Deep(_), Ground::Answers(nodes)) = (&kind, &next) {
            self.reads.extend(nodes.iter().copied().filter(|node| shape.node(*node).repeat));
        }
        let straight = step.predicates.is_empty()
            && match (&kind, &next) {
                (Move::Stay(None) | Move::Up(None), _) => true,
                (Move::Down(nodes), _) => nodes.iter().all(|node| !shape.node(*node).repeat),
                _ => false,
            };
        let predicates = self.predicates(&step.predicates, &next)?;
        Ok((Stride { step: kind, predicates }, next, straight))
    }

    /// Predicates that look at nodes of a ground.
    pub(super) fn predicates(&mut self, predicates: &[Ast], ground: &Ground) -> Result<Vec<Code>, Refusal> {
        self.focus.push(ground.clone());
        let compiled = predicates.iter().map(|predicate| self.code(predicate)).collect();
        self.focus.pop();
        compiled
    }

    fn deep(&self, step: &Step, ground: &Ground) -> Result<(Move, Ground), Refusal> {
        let shape = &self.scope.names.shape;
        let refuse = |reason: &str| Err(Refusal::new(step.at.0, reason.to_owned()));
        if step.axis != Axis::Child {
            return refuse("a name comes after “//”");
        }
        let mut nodes: Vec<ShapeId> = match ground {
            Ground::Document => std::iter::once(TOP).chain(shape.within(TOP)).collect(),
            Ground::Answers(nodes) => nodes.iter().flat_map(|node| shape.within(*node)).collect(),
            _ => return refuse("“//” is only understood among the questions of the form"),
        };
        if let Some(name) = &step.name {
            nodes.retain(|node| shape.node(*node).name == *name);
        }
        nodes.sort_unstable();
        nodes.dedup();
        match (&step.name, nodes.is_empty()) {
            (Some(name), true) => refuse(&format!("there is no question named “{name}”")),
            _ => Ok((Move::Deep(nodes.clone()), Ground::Answers(nodes))),
        }
    }

    fn shallow(&self, step: &Step, ground: &Ground) -> Result<(Move, Ground), Refusal> {
        let shape = &self.scope.names.shape;
        let refuse = |reason: String| Err(Refusal::new(step.at.0, reason));
        let named = |node: &ShapeId| step.name.as_ref().is_none_or(|name| shape.node(*node).name == *name);
        match step.axis {
            Axis::Itself => match ground {
                Ground::Answers(nodes) if step.name.is_some() => {
                    let nodes: Vec<ShapeId> = nodes.iter().copied().filter(|node| named(node)).collect();
                    Ok((Move::Stay(Some(nodes.clone())), Ground::Answers(nodes)))
                }
                _ if step.name.is_some() => {
                    refuse("self:: is only understood among the questions".to_owned())
                }
                _ => Ok((Move::Stay(None), ground.clone())),
            },
            Axis::Parent => {
                let above = match ground {
                    Ground::Answers(nodes) if nodes.iter().all(|node| *node == TOP) => Ground::Document,
                    Ground::Answers(nodes) => {
                        let mut parents: Vec<ShapeId> = nodes
                            .iter()
                            .filter_map(|node| shape.node(*node).parent)
                            .filter(|node| named(node))
                            .collect();
                        parents.sort_unstable();
                        parents.dedup();
                        Ground::Answers(parents)
                    }
                    Ground::Cell(list) => Ground::Item(*list),
                    Ground::Item(list) => Ground::Items(*list),
                    Ground::Items(list) => Ground::List(*list),
                    Ground::Document | Ground::List(_) | Ground::Nothing => {
                        return refuse("there is nothing above".to_owned());
                    }
                };
                let wanted = match &above {
                    Ground::Answers(nodes) if step.name.is_some() => Some(nodes.clone()),
                    _ => None,
                };
                Ok((Move::Up(wanted), above))
            }
            Axis::Child => self.child(step, ground),
        }
    }

    fn child(&self, step: &Step, ground: &Ground) -> Result<(Move, Ground), Refusal> {
        let shape = &self.scope.names.shape;
        let lists = &self.scope.names.lists;
        let refuse = |reason: String| Err(Refusal::new(step.at.0, reason));
        // a list of the form has the layout root/item/column; of a file we do not know
        let is_called = |list: u32, expected: &str| {
            let name = step.name.as_deref();
            name.is_none_or(|name| name == expected) || lists.table(list).elsewhere
        };
        match ground {
            Ground::Document | Ground::Answers(_) => {
                let candidates: Vec<ShapeId> = match ground {
                    Ground::Answers(nodes) => {
                        nodes.iter().flat_map(|node| shape.node(*node).children.iter().copied()).collect()
                    }
                    _ => vec![TOP],
                };
                let nodes: Vec<ShapeId> = candidates
                    .into_iter()
                    .filter(|node| step.name.as_ref().is_none_or(|name| shape.node(*node).name == *name))
                    .collect();
                if let (Some(name), true) = (&step.name, nodes.is_empty()) {
                    let within = match ground {
                        Ground::Answers(above) => {
                            let names: Vec<&str> =
                                above.iter().map(|node| shape.node(*node).name.as_str()).collect();
                            names.join("” and “")
                        }
                        _ => {
                            return refuse(format!(
                                "the form is called “{}” and not “{name}”",
                                shape.node(TOP).name
                            ));
                        }
                    };
                    return refuse(format!("there is no “{name}” in “{within}”"));
                }
                Ok((Move::Down(nodes.clone()), Ground::Answers(nodes)))
            }
            Ground::List(list) if is_called(*list, "root") => Ok((Move::Items, Ground::Items(*list))),
            Ground::List(_) => refuse("the first step into a list is “root”".to_owned()),
            Ground::Items(list) if is_called(*list, "item") => Ok((Move::Item, Ground::Item(*list))),
            Ground::Items(_) => refuse("the second step into a list is “item”".to_owned()),
            Ground::Item(list) => match &step.name {
                None => Ok((Move::Cells, Ground::Cell(*list))),
                Some(name) => match lists.table(*list).column(name) {
                    Some(column) => Ok((Move::Cell(column), Ground::Cell(*list))),
                    None => refuse(format!("the list “{}” has no column “{name}”", lists.table(*list).name)),
                },
            },
            Ground::Cell(_) | Ground::Nothing => refuse("there is nothing below".to_owned()),
        }
    }
}
