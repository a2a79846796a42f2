//! What can only be told of the whole tree: names that XLSForm adds, words that are missing, triggers, searches, entities.

use std::collections::{HashMap, HashSet};

use super::tree::{Id, Tree, What, count_name};
use super::{body, entities, instances};
use crate::form::{ChoicesFrom, Fault, Form, Item, Kind, Question};

/// Everything that would make the XML invalid.
pub(crate) fn faults(form: &Form) -> Vec<Fault> {
    let form = form.without_loops();
    let form = form.as_ref();
    let allocation = match entities::allocate(form) {
        Ok(allocation) => allocation,
        Err(faults) => return faults,
    };
    let tree = Tree::of(form, &allocation);
    let mut faults = Vec::new();
    names(&form.items, &mut faults);
    let triggered = body::triggered(&tree);
    for id in tree.ids() {
        if let What::Question(question) = &tree.nodes[id].what {
            let targets = triggered.get(&question.name).map_or(&[][..], Vec::as_slice);
            trigger(&tree, question, targets, &mut faults);
            if body::is_shown(question) {
                faults.extend(words(question));
            }
        }
    }
    searches(form, &mut faults);
    let searched: HashSet<&str> = form
        .questions()
        .filter(|question| body::searches(question))
        .filter_map(|question| question.choices.as_ref().map(ChoicesFrom::name))
        .collect();
    let lists: Vec<_> =
        tree.lists().into_iter().filter(|(list, _)| !searched.contains(list.name.as_str())).collect();
    if let Err(found) = instances::instances(&tree, &lists) {
        faults.extend(found);
    }
    faults
}

/// Names that are added must not be there already.
fn names(items: &[Item], faults: &mut Vec<Fault>) {
    let written: HashSet<&str> = items
        .iter()
        .filter(|item| !matches!(item, Item::Question(question) if question.generated))
        .map(Item::name)
        .collect();
    let mut added: HashSet<String> = HashSet::new();
    for item in items {
        let name = match item {
            Item::Question(question) if question.generated => Some(question.name.clone()),
            Item::Repeat(repeat) => repeat
                .count
                .as_deref()
                .filter(|count| !crate::form::references::is_reference(count))
                .map(|_| count_name(&repeat.group.name)),
            _ => None,
        };
        if let Some(name) = name
            && (written.contains(name.as_str()) || !added.insert(name.clone()))
        {
            let reason = format!(
                "The 'name' value '{name}' is invalid. Questions, groups, and repeats must be unique within their nearest \
                 parent group or repeat, or the survey if not inside a group or repeat."
            );
            faults.push(item.place().fault("name", reason));
        }
        names(item.items(), faults);
    }
}

/// What is shown needs words.
fn words(question: &Question) -> Option<Fault> {
    let name = &question.name;
    // A bare column `media` says nothing, and pyxform lets it stand for a label all the same.
    let has_media = !question.media.is_empty() || question.extra.contains_key("media");
    let silent = question.label.is_empty() && !has_media && question.hint.is_empty();
    if silent && question.appearance.as_deref() != Some("label") {
        let reason = format!("The survey element named '{name}' has no label or hint.");
        return Some(question.place.fault("label", reason));
    }
    if question.media.image.is_empty() && !question.media.big_image.is_empty() {
        let reason =
            format!("To use big-image, you must also specify an image for the survey element named {name}.");
        return Some(question.place.fault("image", reason));
    }
    None
}

/// A question that nobody sees is never answered, so it triggers nothing.
fn trigger(tree: &Tree<'_>, question: &Question, targets: &[Id], faults: &mut Vec<Fault>) {
    let worked_out = question.calculation.is_some() || !question.trigger.is_empty();
    let silent = question.label.is_empty() && question.hint.is_empty();
    if question.kind != Kind::Calculate && !(worked_out && silent) {
        return;
    }
    for target in targets.iter().filter_map(|target| tree.question(*target)) {
        if target.kind != Kind::BackgroundGeopoint {
            let reason = format!(
                "The question ${{{}}} is not user-visible so it can't be used as a calculation trigger for question \
                 ${{{}}}.",
                question.name, target.name
            );
            faults.push(target.place.fault("trigger", reason));
        }
    }
}

/// A list that a client searches in cannot serve other questions too.
fn searches(form: &Form, faults: &mut Vec<Fault>) {
    let mut others: HashMap<&str, Vec<String>> = HashMap::new();
    for question in
        form.questions().filter(|question| question.kind.has_choices() && !body::searches(question))
    {
        if let Some(list) = question.list() {
            others.entry(list).or_default().push(format!("'{}'", question.name));
        }
    }
    for question in form.questions().filter(|question| body::searches(question)) {
        let name = &question.name;
        match &question.choices {
            Some(ChoicesFrom::File(_)) => {
                let reason = format!(
                    "Question '{name}' is a select from file type, using 'search()'. This combination is not supported. \
                     Remove the 'search()' usage, or change the select type."
                );
                faults.push(question.place.fault("appearance", reason));
            }
            Some(ChoicesFrom::List(list)) => {
                if let Some(others) = others.get(list.as_str()) {
                    let reason = format!(
                        "Question '{name}' uses 'search()', and its select type references the choice list name '{list}'. \
                         This choice list name is referenced by at least one other question that is not using \
                         'search()', which will not work: {}. Either 1) use 'search()' for all questions using this \
                         choice list name, or 2) use a different choice list name for the question using 'search()'.",
                        others.join(", ")
                    );
                    faults.push(question.place.fault("appearance", reason));
                }
            }
            _ => {}
        }
    }
}
