//! The body: what is shown, and how.

use std::borrow::Cow;
use std::collections::HashMap;

use super::binds::{Attributes, actions};
use super::itext::{hint_is_out, label_is_out};
use super::markup::Markup;
use super::paths::Manner;
use super::tree::{Id, ROOT, Tree, What};
use crate::form::references::has_reference;
use crate::form::{ChoicesFrom, Group, Kind, Question, Text, yes_or_no};
use crate::reading::range;

/// Where the questions stand that are worked out again when another one is answered, by that one's name.
pub(super) type Triggered = HashMap<String, Vec<Id>>;

pub(super) fn triggered(tree: &Tree<'_>) -> Triggered {
    let mut found = Triggered::new();
    for id in tree.ids() {
        for name in tree.question(id).into_iter().flat_map(|question| &question.trigger) {
            found.entry(name.clone()).or_default().push(id);
        }
    }
    found
}

/// The element of a kind of question, and of what media type its file is.
pub(super) fn control(kind: Kind) -> Option<(&'static str, Option<&'static str>)> {
    Some(match kind {
        Kind::Text
        | Kind::Integer
        | Kind::Decimal
        | Kind::Date
        | Kind::Time
        | Kind::DateTime
        | Kind::Note
        | Kind::Geopoint
        | Kind::Geotrace
        | Kind::Geoshape
        | Kind::Barcode
        | Kind::SelectOneExternal => ("input", None),
        Kind::SelectOne => ("select1", None),
        Kind::SelectMultiple => ("select", None),
        Kind::Rank => ("odk:rank", None),
        Kind::Range => ("range", None),
        Kind::Acknowledge | Kind::Trigger | Kind::BackgroundGeopoint => ("trigger", None),
        Kind::Image => ("upload", Some("image/*")),
        Kind::Audio => ("upload", Some("audio/*")),
        Kind::Video => ("upload", Some("video/*")),
        Kind::File => ("upload", Some("application/*")),
        Kind::Osm => ("upload", Some("osm/*")),
        _ => return None,
    })
}

/// Whether a question is shown at all: what is worked out and has no words is not.
pub(super) fn is_shown(question: &Question) -> bool {
    let worked_out = question.calculation.is_some() || !question.trigger.is_empty();
    let silent = question.label.is_empty() && question.hint.is_empty();
    question.kind != Kind::Calculate && !(worked_out && silent) && control(question.kind).is_some()
}

/// Whether choices are looked up by the client's own `search()` in a file beside the form.
pub(super) fn searches(question: &Question) -> bool {
    question.kind.has_choices()
        && question
            .appearance
            .as_deref()
            .is_some_and(|words| words.find("search(").is_some_and(|at| words[at..].contains(')')))
}

pub(super) fn write(tree: &Tree<'_>, markup: &mut Markup) {
    markup.start("h:body");
    if let Some(style) = tree.form.settings.get("style") {
        markup.attribute("class", style);
    }
    let triggered = triggered(tree);
    for child in &tree.nodes[ROOT].children {
        node(tree, *child, &triggered, markup);
    }
    markup.end();
}

fn node(tree: &Tree<'_>, id: Id, triggered: &Triggered, markup: &mut Markup) {
    match &tree.nodes[id].what {
        What::Question(question) if is_shown(question) => shown(tree, id, question, triggered, markup),
        What::Group(group, appearance, labelled) => {
            markup.start("group");
            markup.attribute("ref", &tree.nodes[id].path);
            attributes_of(tree, id, group, appearance.as_deref()).write(markup);
            if *labelled && !group.label.is_empty() {
                label(tree, id, &group.label, label_is_out(&group.label, &group.media), markup);
            }
            for child in &tree.nodes[id].children {
                node(tree, *child, triggered, markup);
            }
            markup.end();
        }
        What::Repeat(group, count) => repeat(tree, id, group, count.as_deref(), triggered, markup),
        _ => {}
    }
}

fn repeat(
    tree: &Tree<'_>,
    id: Id,
    group: &Group,
    count: Option<&str>,
    triggered: &Triggered,
    markup: &mut Markup,
) {
    let path = &tree.nodes[id].path;
    markup.start("group");
    markup.attribute("ref", path);
    label(tree, id, &group.label, label_is_out(&group.label, &group.media), markup);
    markup.start("repeat");
    markup.attribute("nodeset", path);
    let appearance = group
        .appears("table-list")
        .then(|| Cow::Owned(super::tree::table_appearance(group)))
        .or_else(|| group.appearance.as_deref().map(Cow::Borrowed));
    attributes_of(tree, id, group, appearance.as_deref()).write(markup);
    if let Some(count) = count {
        markup.attribute("jr:count", &tree.xpaths(count, id, Manner::default()));
    }
    for child in &tree.nodes[id].children {
        node(tree, *child, triggered, markup);
    }
    new_round(tree, id, markup);
    markup.end();
    markup.end();
}

/// What sets values in a new round: of all that is in the repeat and in no repeat within it.
fn new_round(tree: &Tree<'_>, repeat: Id, markup: &mut Markup) {
    let mut open: Vec<Id> = tree.nodes[repeat].children.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        actions(tree, id, true, markup);
        if !matches!(tree.nodes[id].what, What::Repeat(..)) {
            open.extend(tree.nodes[id].children.iter().rev());
        }
    }
}

fn attributes_of<'a>(
    tree: &Tree<'_>,
    id: Id,
    group: &'a Group,
    appearance: Option<&'a str>,
) -> Attributes<'a> {
    let mut attributes = Attributes::default();
    if let Some(appearance) = appearance {
        attributes.set("appearance", appearance);
    }
    for (name, value) in &group.control {
        attributes.set(name.as_str(), tree.xpaths(value, id, Manner::default()));
    }
    if let Some(intent) = group.extra.get("intent") {
        attributes.set("intent", tree.xpaths(intent, id, Manner::default()));
    }
    attributes
}

fn label(tree: &Tree<'_>, id: Id, text: &Text, is_out: bool, markup: &mut Markup) {
    words(tree, id, "label", text, is_out, markup);
}

fn words(tree: &Tree<'_>, id: Id, tag: &str, text: &Text, is_out: bool, markup: &mut Markup) {
    markup.start(tag);
    if is_out {
        markup.attribute("ref", &format!("jr:itext('{}:{tag}')", tree.nodes[id].path));
        markup.end();
    } else {
        let text = text.0.get("").map_or("", String::as_str);
        markup.end_with_pieces(&tree.pieces(text, id));
    }
}

fn shown(tree: &Tree<'_>, id: Id, question: &Question, triggered: &Triggered, markup: &mut Markup) {
    let Some((tag, media_type)) = control(question.kind) else { return };
    markup.start(tag);
    markup.attribute("ref", &tree.nodes[id].path);
    let mut attributes = Attributes::default();
    if let Some(media_type) = media_type {
        attributes.set("mediatype", media_type);
    }
    if let Some(appearance) = &question.appearance {
        attributes.set("appearance", tree.xpaths(appearance, id, Manner::default()));
    }
    for (name, value) in &question.control {
        attributes.set(name.as_str(), tree.xpaths(value, id, Manner::default()));
    }
    parameters(question, &mut attributes);
    if let (Kind::SelectOneExternal, Some(ChoicesFrom::ExternalList(list))) =
        (question.kind, &question.choices)
    {
        let manner = Manner { current: true, all_rounds: false };
        let filter = question.choice_filter.as_deref().map(|filter| tree.xpaths(filter, id, manner));
        let filter = filter.map(|filter| format!("[{filter}]")).unwrap_or_default();
        attributes.set("query", format!("instance('{list}')/root/item{filter}"));
    }
    attributes.write(markup);
    let has_hint = !question.hint.is_empty() || !question.guidance.is_empty();
    let label_out = label_is_out(&question.label, &question.media);
    if question.label.is_empty() && question.appearance.as_deref() == Some("label") {
        markup.element("label", " ");
    } else {
        label(tree, id, &question.label, label_out, markup);
    }
    if has_hint {
        words(tree, id, "hint", &question.hint, hint_is_out(&question.hint, &question.guidance), markup);
    }
    choices(tree, id, question, markup);
    for target in triggered.get(&question.name).into_iter().flatten() {
        trigger(tree, id, *target, markup);
    }
    markup.end();
}

/// Works out another question when this one was answered.
fn trigger(tree: &Tree<'_>, id: Id, target: Id, markup: &mut Markup) {
    let Some(question) = tree.question(target) else { return };
    markup.start(if question.kind == Kind::BackgroundGeopoint { "odk:setgeopoint" } else { "setvalue" });
    markup.attribute("ref", &tree.nodes[target].path);
    markup.attribute("event", "xforms-value-changed");
    if question.kind != Kind::BackgroundGeopoint
        && let Some(calculation) = &question.calculation
    {
        markup.attribute("value", &tree.xpaths(calculation, id, Manner::default()));
    }
    markup.end();
}

/// Parameters that become attributes of the control.
fn parameters<'a>(question: &'a Question, attributes: &mut Attributes<'a>) {
    let get = |name: &str| question.parameters.get(name).map(String::as_str);
    match question.kind {
        Kind::Text => {
            if let Some(rows) = get("rows") {
                attributes.set("rows", rows);
            }
        }
        Kind::Image if matches!(question.appearance.as_deref(), None | Some("annotate")) => {
            if let Some(app) = get("app") {
                attributes.set("intent", app);
            }
        }
        Kind::Range => {
            for (name, default) in range::DEFAULTS {
                attributes.set(name, get(name).unwrap_or(default));
            }
            for (parameter, name) in
                [("tick_interval", "odk:tick-interval"), ("placeholder", "odk:placeholder")]
            {
                if let Some(value) = get(parameter) {
                    attributes.set(name, value);
                }
            }
        }
        Kind::Geopoint => {
            for (parameter, name) in [
                ("capture-accuracy", "accuracyThreshold"),
                ("warning-accuracy", "unacceptableAccuracyThreshold"),
            ] {
                if let Some(value) = get(parameter) {
                    attributes.set(name, value);
                }
            }
        }
        Kind::Geotrace | Kind::Geoshape if get("incremental").and_then(yes_or_no) == Some(true) => {
            attributes.set("incremental", "true");
        }
        _ => {}
    }
}

fn choices(tree: &Tree<'_>, id: Id, question: &Question, markup: &mut Markup) {
    let Some(from) = &question.choices else { return };
    match question.kind {
        Kind::Osm => {
            let list = tree.form.osm.iter().find(|list| list.name == from.name());
            for tag in list.into_iter().flat_map(|list| &list.choices) {
                markup.start("tag");
                markup.attribute("key", &tag.name);
                markup.element("label", tag.label.0.get("").map_or("", String::as_str));
                markup.end();
            }
        }
        Kind::SelectOneExternal => {}
        _ if searches(question) => searched(tree, id, question, from, markup),
        _ => itemset(tree, id, question, from, markup),
    }
}

/// Choices written out, for a client that adds those of a file to them.
fn searched(tree: &Tree<'_>, id: Id, question: &Question, from: &ChoicesFrom, markup: &mut Markup) {
    let Some((list, is_out)) = tree.list(from.name()) else { return };
    for (index, choice) in list.choices.iter().enumerate() {
        markup.start("item");
        markup.start("label");
        if is_out {
            markup.attribute("ref", &format!("jr:itext('{}-{index}')", list.name));
            markup.end();
        } else if question.label.is_empty() {
            markup.end();
        } else {
            let text = choice.label.0.get("").map_or("", String::as_str);
            markup.end_with_pieces(&tree.pieces(text, id));
        }
        markup.element("value", &choice.name);
        markup.end();
    }
}

fn itemset(tree: &Tree<'_>, id: Id, question: &Question, from: &ChoicesFrom, markup: &mut Markup) {
    let is_geo = matches!(question.kind, Kind::Geopoint | Kind::Geotrace | Kind::Geoshape);
    let is_range = question.kind == Kind::Range;
    let parameter = |name: &str| question.parameters.get(name).map(String::as_str);
    let in_instance = |name: &str| format!("instance('{name}')/root/item");
    let mut filter: Option<String> = None;
    let mut all_rounds = false;
    let (value, label, mut nodeset): (Cow<'_, str>, Cow<'_, str>, String) = match from {
        ChoicesFrom::File(file) => {
            let (name, extension) = file.rsplit_once('.').unwrap_or((file, ""));
            let (value, label) = if extension == "geojson" { ("id", "title") } else { ("name", "label") };
            let value = parameter("value").unwrap_or(value);
            let label = parameter("label").unwrap_or(label);
            (Cow::Borrowed(value), Cow::Borrowed(label), in_instance(name))
        }
        ChoicesFrom::Answers(reference) => {
            all_rounds = true;
            let manner = Manner { current: false, all_rounds };
            let path = tree.xpaths(reference, id, manner).trim().to_owned();
            if is_geo {
                filter = Some("./geometry != ''".to_owned());
                (Cow::Borrowed("geometry"), Cow::Borrowed("geometry"), path)
            } else {
                let (nodeset, last) = path.rsplit_once('/').unwrap_or(("", &path));
                filter = Some(format!("./{last} != ''"));
                (Cow::Owned(last.to_owned()), Cow::Owned(last.to_owned()), nodeset.to_owned())
            }
        }
        ChoicesFrom::List(name) | ChoicesFrom::ExternalList(name) => {
            let is_out = tree.list(name).is_some_and(|(_, is_out)| is_out);
            let label = if is_out { "jr:itext(itextId)" } else { "label" };
            (Cow::Borrowed("name"), Cow::Borrowed(label), in_instance(name))
        }
    };
    if let Some(written) = &question.choice_filter
        && !is_range
    {
        let manner = Manner { current: true, all_rounds };
        let mut written = tree.xpaths(written, id, manner).into_owned();
        if all_rounds && !nodeset.is_empty() {
            written = written.replace(&format!("current()/{nodeset}"), ".").replace(&nodeset, ".");
        }
        filter = Some(written);
    }
    if let Some(filter) = filter {
        nodeset = format!("{nodeset}[{filter}]");
    }
    if parameter("randomize") == Some("true") {
        nodeset = match parameter("seed") {
            Some(seed) if has_reference(seed) => {
                format!("randomize({nodeset}, {})", tree.xpaths(seed, id, Manner::default()).trim())
            }
            Some(seed) => format!("randomize({nodeset}, {seed})"),
            None => format!("randomize({nodeset})"),
        };
    }
    markup.start("itemset");
    markup.attribute("nodeset", &nodeset);
    markup.empty("value", &[("ref", &value)]);
    markup.empty("label", &[("ref", &label)]);
    markup.end();
}
