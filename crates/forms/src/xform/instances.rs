//! Instances beside the answers: lists of choices, files, the submission before.

use std::borrow::Cow;
use std::collections::HashMap;

use super::markup::Markup;
use super::paths::LAST_SAVED;
use super::tree::{Id, Tree, What};
use crate::form::references::{is_name, pulled_files, references};
use crate::form::{Choice, ChoiceList, ChoicesFrom, Fault, Kind, Place, Question};

/// An instance, and why it is there.
pub(super) struct Instance<'a> {
    pub(super) name: Cow<'a, str>,
    /// Where a client finds it; none for a list that is written out.
    pub(super) address: Option<String>,
    pub(super) list: Option<(&'a ChoiceList, bool)>,
    reason: &'static str,
    /// What it stands in, for faults.
    context: String,
    place: Place,
}

/// The instances of a form, each once.
///
/// # Errors
/// Two that have the same name and are not the same.
pub(super) fn instances<'a>(
    tree: &'a Tree<'_>,
    lists: &[(&'a ChoiceList, bool)],
) -> Result<Vec<Instance<'a>>, Vec<Fault>> {
    let mut found = Vec::new();
    let mut last_saved = None;
    for id in tree.ids() {
        from_node(tree, id, &mut found);
        if last_saved.is_none() && tree.question(id).is_some_and(uses_last_saved) {
            last_saved = tree.question(id).map(|question| question.place.clone());
        }
    }
    if let Some(place) = last_saved {
        found.push(Instance {
            name: Cow::Borrowed(LAST_SAVED),
            address: Some("jr://instance/last-saved".to_owned()),
            list: None,
            reason: "instance",
            context: "None".to_owned(),
            place,
        });
    }
    for (list, is_out) in lists {
        let place = list.choices.first().map(|choice| choice.place.clone()).unwrap_or_default();
        found.push(Instance {
            name: Cow::Borrowed(&list.name),
            address: None,
            list: Some((list, *is_out)),
            reason: "choice",
            context: "survey".to_owned(),
            place,
        });
    }
    once_each(found)
}

fn once_each(found: Vec<Instance<'_>>) -> Result<Vec<Instance<'_>>, Vec<Fault>> {
    let mut faults = same_external(&found);
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Instance<'_>> = Vec::new();
    for instance in found {
        let Some(prior) = known.get(instance.name.as_ref()).map(|at| &kept[*at]) else {
            known.insert(instance.name.clone().into_owned(), kept.len());
            kept.push(instance);
            continue;
        };
        if prior.address != instance.address {
            let address =
                |instance: &Instance<'_>| instance.address.clone().unwrap_or_else(|| "None".to_owned());
            let reason = format!(
                "The same instance id will be generated for different external instance source URIs. Please check the \
                 form. Instance name: '{}', Existing type: '{}', Existing URI: '{}', Duplicate type: '{}', Duplicate URI: \
                 '{}', Duplicate context: '{}'.",
                instance.name,
                prior.reason,
                address(prior),
                instance.reason,
                address(&instance),
                instance.context
            );
            faults.push(instance.place.fault("", reason));
        }
    }
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// Rows of the types `xml-external` and `csv-external` have a name of their own.
fn same_external(found: &[Instance<'_>]) -> Vec<Fault> {
    let mut by_name: Vec<(&str, Vec<&Instance<'_>>)> = Vec::new();
    for instance in found.iter().filter(|instance| instance.reason == "external") {
        match by_name.iter_mut().find(|(name, _)| *name == instance.name) {
            Some((_, same)) => same.push(instance),
            None => by_name.push((&instance.name, vec![instance])),
        }
    }
    let same = by_name.into_iter().filter(|(_, same)| same.len() > 1);
    same.map(|(name, same)| {
        let contexts: Vec<String> =
            same.iter().map(|instance| format!("{}({})", instance.context, instance.reason)).collect();
        let reason = format!(
            "Instance names must be unique within a form. The name '{name}' was found {} time(s), under these contexts: \
             {}",
            same.len(),
            contexts.join(", ")
        );
        same[1].place.fault("name", reason)
    })
    .collect()
}

fn context(tree: &Tree<'_>, id: Id) -> String {
    let parent = tree.nodes[id].parent.unwrap_or(id);
    let what = match tree.nodes[parent].what {
        What::Root => "survey",
        What::Repeat(..) => "repeat",
        _ => "group",
    };
    format!("[type: {what}, name: {}]", tree.nodes[parent].name)
}

fn from_node<'a>(tree: &'a Tree<'_>, id: Id, found: &mut Vec<Instance<'a>>) {
    let mut push = |name: Cow<'a, str>, address: String, reason: &'static str, place: &Place| {
        let context = context(tree, id);
        found.push(Instance {
            name,
            address: Some(address),
            list: None,
            reason,
            context,
            place: place.clone(),
        });
    };
    match &tree.nodes[id].what {
        What::Question(question) => {
            if let Some(extension) = external_file(question.kind) {
                let folder = if extension == "csv" { "file-csv" } else { "file" };
                let address = format!("jr://{folder}/{}.{extension}", question.name);
                push(Cow::Borrowed(&question.name), address, "external", &question.place);
                return;
            }
            for name in question.rules().flat_map(pulled_files) {
                let address = format!("jr://file-csv/{name}.csv");
                push(Cow::Owned(name), address, "pulldata", &question.place);
            }
            if question.kind.has_choices()
                && let Some(ChoicesFrom::File(file)) = &question.choices
            {
                let (name, extension) = file.rsplit_once('.').unwrap_or((file, ""));
                let folder = if extension == "csv" { "file-csv" } else { "file" };
                push(Cow::Borrowed(name), format!("jr://{folder}/{file}"), "file", &question.place);
            }
        }
        What::Group(group, ..) | What::Repeat(group, _) => {
            for name in group.rules().flat_map(pulled_files) {
                let address = format!("jr://file-csv/{name}.csv");
                push(Cow::Owned(name), address, "pulldata", &group.place);
            }
        }
        _ => {}
    }
}

fn external_file(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::XmlExternal => Some("xml"),
        Kind::CsvExternal => Some("csv"),
        _ => None,
    }
}

fn uses_last_saved(question: &Question) -> bool {
    question.rules().any(|text| {
        text.contains("last-saved#")
            && references(text).is_ok_and(|found| found.iter().any(|reference| reference.last_saved))
    })
}

pub(super) fn write(instance: &Instance<'_>, markup: &mut Markup) {
    markup.start("instance");
    markup.attribute("id", &instance.name);
    if let Some(address) = &instance.address {
        markup.attribute("src", address);
    }
    if let Some((list, is_out)) = instance.list {
        markup.start("root");
        for (index, choice) in list.choices.iter().enumerate() {
            item(list, index, choice, is_out, markup);
        }
        markup.end();
    }
    markup.end();
}

fn item(list: &ChoiceList, index: usize, choice: &Choice, is_out: bool, markup: &mut Markup) {
    markup.start("item");
    if is_out {
        markup.element("itextId", &format!("{}-{index}", list.name));
    }
    markup.element("name", &choice.name);
    if !is_out && let Some(label) = choice.label.0.get("") {
        markup.element("label", label);
    }
    for (name, value) in &choice.extra {
        if is_name(name) && !name.contains(':') {
            markup.element(name, value);
        }
    }
    markup.end();
}
