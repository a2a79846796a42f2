//! What the names in expressions of a form can mean.

use crate::form::{ChoicesFrom, Form, Item};

use super::lists::Lists;
use super::shape::{Shape, ShapeId, TOP};

/// What the names in expressions of a form can mean: its nodes, its lists, and which question has which list.
#[derive(Debug, Clone)]
pub struct Names {
    /// The nodes.
    pub shape: Shape,
    /// The lists.
    pub lists: Lists,
    /// By node, the list that its choices are from.
    pub choices: Vec<Option<u32>>,
}

impl Names {
    /// The names of a form. Nodes are numbered in the order of the form, see [`Form::walk`], from 1; rows without a
    /// value (files that go with the form) have none, and after all others stand `meta` and what is in it.
    pub fn of(form: &Form) -> Self {
        let mut shape = Shape::new(&form.name);
        let lists = Lists::of(form);
        let mut choices = vec![None];
        add(&mut shape, &lists, &mut choices, TOP, &form.items);
        // the block that each submission has; a form may refer to it by a path
        let meta = shape.add_unnamed(TOP, "meta");
        // `${instanceID}` may be referred to, unless a question is called so
        if form.question("instanceID").is_some() {
            shape.add_unnamed(meta, "instanceID");
        } else {
            shape.add(meta, "instanceID", false);
        }
        shape.add_unnamed(meta, "instanceName");
        choices.resize(shape.len(), None);
        Self { shape, lists, choices }
    }
}

fn add(shape: &mut Shape, lists: &Lists, choices: &mut Vec<Option<u32>>, parent: ShapeId, items: &[Item]) {
    for item in items {
        match item {
            Item::Question(question) if question.kind.is_external_instance() => {}
            Item::Question(question) => {
                shape.add(parent, &question.name, false);
                let list = question.choices.as_ref().and_then(ChoicesFrom::list);
                choices.push(list.and_then(|name| lists.find(name)));
            }
            Item::Group(_) | Item::Repeat(_) => {
                let node = shape.add(parent, item.name(), matches!(item, Item::Repeat(_)));
                choices.push(None);
                add(shape, lists, choices, node, item.items());
            }
        }
    }
}
