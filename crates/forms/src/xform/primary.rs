//! The primary instance: an empty set of answers, with what they hold at the start.

use super::markup::Markup;
use super::paths::Manner;
use super::tree::{Id, ROOT, Tree, What};
use crate::form::{Kind, Question};

/// Where clients find pictures that go with a form.
const IMAGES: &str = "jr://images/";

pub(super) fn write(tree: &Tree<'_>, markup: &mut Markup) {
    let form = tree.form;
    markup.start("instance");
    markup.start(&form.name);
    for (name, value) in &form.settings {
        if let Some(name) = name.strip_prefix("attribute::")
            && !matches!(name, "id" | "version" | "xmlns")
        {
            markup.attribute(name, value);
        }
    }
    markup.attribute("id", &form.id);
    if let Some(namespace) = form.settings.get("instance_xmlns") {
        markup.attribute("xmlns", namespace);
    }
    if let Some(version) = &form.version {
        markup.attribute("version", version);
    }
    for (setting, name) in [("prefix", "odk:prefix"), ("delimiter", "odk:delimiter")] {
        if let Some(value) = form.settings.get(setting) {
            markup.attribute(name, value);
        }
    }
    inside(tree, ROOT, false, markup);
    markup.end();
    markup.end();
}

/// What is in a node. A repeat is written twice, as a template for new rounds and as its first round; in a first round
/// the repeats within are not.
fn inside(tree: &Tree<'_>, id: Id, first_round: bool, markup: &mut Markup) {
    for child in &tree.nodes[id].children {
        let is_repeat = matches!(tree.nodes[*child].what, What::Repeat(..));
        if is_repeat && !first_round {
            template(tree, *child, markup);
        }
        node(tree, *child, first_round || is_repeat, markup);
    }
}

fn template(tree: &Tree<'_>, id: Id, markup: &mut Markup) {
    markup.start(&tree.nodes[id].name);
    markup.attribute("jr:template", "");
    for child in &tree.nodes[id].children {
        if matches!(tree.nodes[*child].what, What::Repeat(..)) {
            template(tree, *child, markup);
        } else {
            node(tree, *child, false, markup);
        }
    }
    markup.end();
}

fn node(tree: &Tree<'_>, id: Id, first_round: bool, markup: &mut Markup) {
    let node = &tree.nodes[id];
    match &node.what {
        What::Question(question) if question.kind.is_external_instance() => {}
        What::Question(question) => value(tree, id, question, markup),
        What::Attribute { .. } => {}
        _ => {
            markup.start(&node.name);
            if let What::Group(group, ..) | What::Repeat(group, _) = &node.what {
                for (name, value) in &group.instance {
                    markup.attribute(name, &tree.xpaths(value, id, Manner::default()));
                }
            }
            for child in &node.children {
                if let What::Attribute { value, .. } = &tree.nodes[*child].what {
                    markup.attribute(&tree.nodes[*child].name, value);
                }
            }
            inside(tree, id, first_round, markup);
            markup.end();
        }
    }
}

fn value(tree: &Tree<'_>, id: Id, question: &Question, markup: &mut Markup) {
    markup.start(&question.name);
    for (name, value) in &question.instance {
        markup.attribute(name, &tree.xpaths(value, id, Manner::default()));
    }
    match &question.default {
        Some(default) if !question.default_is_expression => {
            if question.kind == Kind::Image && !default.contains(IMAGES) {
                markup.end_with(&format!("{IMAGES}{default}"));
            } else {
                markup.end_with(default);
            }
        }
        _ => markup.end(),
    }
}
