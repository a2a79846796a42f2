//! What only shows when the form is whole.

use std::collections::HashSet;

use crate::form::references::{has_reference, references};
use crate::form::{ChoicesFrom, Fault, Form, Item, Kind};
use crate::xform;

pub(super) fn check(form: &Form, faults: &mut Vec<Fault>) {
    geometry(form, faults);
    faults.extend(xform::faults(form));
    // Names that are missing were told at the cell; what is left is about expressions themselves.
    if faults.is_empty() {
        faults.extend(crate::answering::check(form));
    }
}

/// A geographic question may refer to a list, an entity list, a file, or a repeat.
fn geometry(form: &Form, faults: &mut Vec<Fault>) {
    let mut known: HashSet<&str> = form.lists.iter().map(|list| list.name.as_str()).collect();
    known.extend(form.entities.iter().map(|entity| entity.list.as_str()));
    for question in form.questions() {
        if question.kind.is_external_instance() {
            known.insert(stem(&question.name));
        } else if question.kind.has_choices()
            && let Some(ChoicesFrom::File(file)) = &question.choices
        {
            known.insert(stem(file));
        }
    }
    let repeats: HashSet<&str> =
        form.walk().filter(|item| matches!(item, Item::Repeat(_))).map(Item::name).collect();
    for question in form.questions() {
        if !matches!(question.kind, Kind::Geopoint | Kind::Geotrace | Kind::Geoshape) {
            continue;
        }
        let Some(target) = &question.choices else { continue };
        let target = target.name();
        let names_repeat = has_reference(target)
            && matches!(references(target).as_deref(), Ok([only])
                if only.span == (0..target.len()) && repeats.contains(only.name));
        if !known.contains(target) && !names_repeat {
            let reason = "The 'reference-geometry' parameter must either match a secondary instance name (a choices \
                          list_name, an entities list_name, or the base name of an attached file), or be a reference \
                          variable containing the name of a repeat.";
            faults.push(question.place.fault("parameters", reason));
        }
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
