//! Finding what changed between two versions.

use std::collections::{BTreeMap, BTreeSet};

use crate::form::{ChoiceList, ChoicesFrom, Form, Group, Item, Question, Text};

use super::{Change, Difference};

/// An item with its path.
struct Placed<'a> {
    path: String,
    item: &'a Item,
}

/// What changed from one version to another, in the order of the new version; what was taken out comes last.
pub fn differences(was: &Form, is: &Form) -> Vec<Difference> {
    let (before, after) = (placed(was), placed(is));
    let by_path: BTreeMap<&str, &Placed<'_>> = before.iter().map(|one| (one.path.as_str(), one)).collect();
    let moved = moved(&before, &after);
    let mut found = Vec::new();
    for one in &after {
        let changes = match by_path.get(one.path.as_str()) {
            None => vec![Change::Added],
            Some(other) => {
                let mut changes = changes(was, is, other.item, one.item);
                if moved.contains(one.path.as_str()) {
                    let name_before = |all: &[Placed<'_>]| {
                        let at = all.iter().position(|placed| placed.path == one.path)?;
                        at.checked_sub(1).map(|at| all[at].item.name().to_owned())
                    };
                    changes.push(Change::Moved {
                        was_after: name_before(&before),
                        is_after: name_before(&after),
                    });
                }
                changes
            }
        };
        if !changes.is_empty() {
            found.push(Difference { path: one.path.clone(), name: one.item.name().to_owned(), changes });
        }
    }
    let still: BTreeSet<&str> = after.iter().map(|one| one.path.as_str()).collect();
    for one in before.iter().filter(|one| !still.contains(one.path.as_str())) {
        let changes = vec![Change::Removed];
        found.push(Difference { path: one.path.clone(), name: one.item.name().to_owned(), changes });
    }
    found
}

fn placed(form: &Form) -> Vec<Placed<'_>> {
    fn add<'a>(items: &'a [Item], around: &str, all: &mut Vec<Placed<'a>>) {
        for item in items {
            let path =
                if around.is_empty() { item.name().to_owned() } else { format!("{around}/{}", item.name()) };
            all.push(Placed { path: path.clone(), item });
            add(item.items(), &path, all);
        }
    }
    let mut all = Vec::new();
    add(&form.items, "", &mut all);
    all
}

/// The paths of what changed its place: as few as possible, so that one question that was moved up is not nine that
/// were moved down. What stays is a longest sequence that stands in the same order in both.
fn moved<'a>(before: &[Placed<'_>], after: &'a [Placed<'_>]) -> BTreeSet<&'a str> {
    let places: BTreeMap<&str, usize> =
        before.iter().enumerate().map(|(place, one)| (one.path.as_str(), place)).collect();
    let common: Vec<(&str, usize)> =
        after.iter().filter_map(|one| Some((one.path.as_str(), *places.get(one.path.as_str())?))).collect();
    // patience sorting: `ends[n]` is the item that ends a rising sequence of n + 1 with the smallest place
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; common.len()];
    for (index, (_, place)) in common.iter().enumerate() {
        let length = ends.partition_point(|end| common[*end].1 < *place);
        previous[index] = length.checked_sub(1).map(|length| ends[length]);
        if length == ends.len() { ends.push(index) } else { ends[length] = index }
    }
    let mut stays = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        stays.insert(index);
        next = previous[index];
    }
    let gone = common.iter().enumerate().filter(|(index, _)| !stays.contains(index));
    gone.map(|(_, (path, _))| *path).collect()
}

fn changes(was_form: &Form, is_form: &Form, was: &Item, is: &Item) -> Vec<Change> {
    let mut changes = Vec::new();
    match (was, is) {
        (Item::Question(was), Item::Question(is)) => {
            if was.kind != is.kind {
                changes.push(Change::Kind { was: was.kind, is: is.kind });
            }
            question(was, is, &mut changes);
            choices(was_form, is_form, was, is, &mut changes);
        }
        (Item::Group(was), Item::Group(is)) => group(was, is, &mut changes),
        (Item::Repeat(was), Item::Repeat(is)) => {
            group(&was.group, &is.group, &mut changes);
            logic("repeat_count", was.count.as_deref(), is.count.as_deref(), &mut changes);
        }
        // one became the other: nothing of it is as it was
        _ => changes.extend([Change::Removed, Change::Added]),
    }
    changes
}

fn question(was: &Question, is: &Question, changes: &mut Vec<Change>) {
    for (column, was, is) in [
        ("label", &was.label, &is.label),
        ("hint", &was.hint, &is.hint),
        ("guidance_hint", &was.guidance, &is.guidance),
        ("required_message", &was.required_message, &is.required_message),
        ("constraint_message", &was.constraint_message, &is.constraint_message),
    ] {
        wording(column, was, is, changes);
    }
    let parameters = |question: &Question| -> Option<String> {
        let all: Vec<String> =
            question.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!all.is_empty()).then(|| all.join(" "))
    };
    let trigger = |question: &Question| (!question.trigger.is_empty()).then(|| question.trigger.join(", "));
    for (column, was, is) in [
        ("relevant", was.relevant.clone(), is.relevant.clone()),
        ("required", was.required.clone(), is.required.clone()),
        ("constraint", was.constraint.clone(), is.constraint.clone()),
        ("calculation", was.calculation.clone(), is.calculation.clone()),
        ("default", was.default.clone(), is.default.clone()),
        ("read_only", was.read_only.clone(), is.read_only.clone()),
        ("choice_filter", was.choice_filter.clone(), is.choice_filter.clone()),
        ("parameters", parameters(was), parameters(is)),
        ("trigger", trigger(was), trigger(is)),
    ] {
        logic(column, was.as_deref(), is.as_deref(), changes);
    }
    appearance(was.appearance.as_deref(), is.appearance.as_deref(), changes);
}

fn group(was: &Group, is: &Group, changes: &mut Vec<Change>) {
    wording("label", &was.label, &is.label, changes);
    logic("relevant", was.relevant.as_deref(), is.relevant.as_deref(), changes);
    logic("read_only", was.read_only.as_deref(), is.read_only.as_deref(), changes);
    appearance(was.appearance.as_deref(), is.appearance.as_deref(), changes);
}

fn wording(column: &'static str, was: &Text, is: &Text, changes: &mut Vec<Change>) {
    for (language, before, after) in texts(was, is) {
        let translation = is_translation(was, is, &before, &after);
        changes.push(Change::Wording { column, language, was: before, is: after, translation });
    }
}

/// Whether a text came or went in one language while there was one in others.
fn is_translation(was: &Text, is: &Text, before: &str, after: &str) -> bool {
    (before.is_empty() && !was.is_empty()) || (after.is_empty() && !is.is_empty())
}

/// The languages in which two texts differ, with both.
fn texts(was: &Text, is: &Text) -> Vec<(String, String, String)> {
    let languages: BTreeSet<&String> = was.0.keys().chain(is.0.keys()).collect();
    let in_language = |text: &Text, language: &String| text.0.get(language).cloned().unwrap_or_default();
    languages
        .into_iter()
        .map(|language| (language.clone(), in_language(was, language), in_language(is, language)))
        .filter(|(_, was, is)| was != is)
        .collect()
}

/// An expression is the same when it says the same, however it is spaced.
fn logic(column: &'static str, was: Option<&str>, is: Option<&str>, changes: &mut Vec<Change>) {
    let (was, is) = (was.unwrap_or_default().trim(), is.unwrap_or_default().trim());
    if was == is {
        return;
    }
    let tree = |text: &str| crate::expression::parse(text).ok();
    if let (Some(was), Some(is)) = (tree(was), tree(is))
        && was == is
    {
        return;
    }
    changes.push(Change::Logic { column, was: was.to_owned(), is: is.to_owned() });
}

fn appearance(was: Option<&str>, is: Option<&str>, changes: &mut Vec<Change>) {
    let words =
        |text: Option<&str>| text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let (was, is) = (words(was), words(is));
    if was != is {
        changes.push(Change::Appearance { was, is });
    }
}

fn choices(was_form: &Form, is_form: &Form, was: &Question, is: &Question, changes: &mut Vec<Change>) {
    fn list<'a>(form: &'a Form, question: &Question) -> Option<&'a ChoiceList> {
        let name = question.choices.as_ref().map(ChoicesFrom::name)?;
        form.lists.iter().chain(&form.external_lists).find(|list| list.name == name)
    }
    let (before, after) = (list(was_form, was), list(is_form, is));
    if before.is_none() && after.is_none() {
        let name = |question: &Question| question.choices.as_ref().map(|from| from.name().to_owned());
        // choices that are in a file or are answers: only that it is another can be told
        logic("parameters", name(was).as_deref(), name(is).as_deref(), changes);
        return;
    }
    let choices_of = |list: Option<&'_ ChoiceList>| -> Vec<(String, Text)> {
        let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
        choices.iter().map(|choice| (choice.name.clone(), choice.label.clone())).collect()
    };
    let (before, after) = (choices_of(before), choices_of(after));
    let find = |list: &[(String, Text)], name: &str| list.iter().find(|(other, _)| other == name).cloned();
    for (name, label) in &after {
        match find(&before, name) {
            None => changes.push(Change::ChoiceAdded(name.clone())),
            Some((_, old)) => {
                for (language, was, is) in texts(&old, label) {
                    let translation = is_translation(&old, label, &was, &is);
                    changes.push(Change::ChoiceWording {
                        choice: name.clone(),
                        language,
                        was,
                        is,
                        translation,
                    });
                }
            }
        }
    }
    for (name, _) in before.iter().filter(|(name, _)| find(&after, name).is_none()) {
        changes.push(Change::ChoiceRemoved(name.clone()));
    }
    let order = |list: &[(String, Text)], other: &[(String, Text)]| -> Vec<String> {
        list.iter().filter(|(name, _)| find(other, name).is_some()).map(|(name, _)| name.clone()).collect()
    };
    if order(&before, &after) != order(&after, &before) {
        changes.push(Change::ChoiceOrder);
    }
}
