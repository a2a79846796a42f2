//! Binds: the type of each value and the rules about it; and what sets a value at the start.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::itext::{message_is_out, text_among};
use super::markup::Markup;
use super::paths::Manner;
use super::tree::{Id, Tree, What};
use crate::form::{Group, Kind, Question, Text, yes_or_no};
use crate::reading::range;

/// Attributes in the order in which they are set; one that is set again replaces the first.
#[derive(Default)]
pub(super) struct Attributes<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Attributes<'a> {
    pub(super) fn set(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name, value)),
        }
    }

    pub(super) fn write(&self, markup: &mut Markup) {
        for (name, value) in &self.0 {
            markup.attribute(name, value);
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The type of a value in XML; none when it has no type.
pub(super) fn type_of(question: &Question) -> Option<&'static str> {
    Some(match question.kind {
        Kind::Decimal => "decimal",
        Kind::Range if range::is_decimal(&question.parameters) => "decimal",
        Kind::Integer | Kind::Range => "int",
        Kind::Date | Kind::Today => "date",
        Kind::Time => "time",
        Kind::DateTime | Kind::Start | Kind::End => "dateTime",
        Kind::Geopoint | Kind::StartGeopoint | Kind::BackgroundGeopoint => "geopoint",
        Kind::Geotrace => "geotrace",
        Kind::Geoshape => "geoshape",
        Kind::Barcode => "barcode",
        Kind::Rank => "odk:rank",
        Kind::Image
        | Kind::Audio
        | Kind::Video
        | Kind::File
        | Kind::Osm
        | Kind::Audit
        | Kind::BackgroundAudio => "binary",
        Kind::Trigger | Kind::XmlExternal | Kind::CsvExternal => return None,
        _ => "string",
    })
}

/// Writes the bind of a node, if it has one, and what sets its value.
pub(super) fn write(tree: &Tree<'_>, id: Id, markup: &mut Markup) {
    let attributes = match &tree.nodes[id].what {
        What::Question(question) if question.kind.is_external_instance() => return,
        What::Question(question) => of_question(tree, id, question),
        What::Group(group, ..) | What::Repeat(group, _) => of_group(tree, id, group),
        What::Attribute { calculation, has_bind: true, .. } => {
            worked_out(calculation.as_deref().map(|text| tree.xpaths(text, id, Manner::default())))
        }
        What::EntityLabel(label) => worked_out(Some(tree.xpaths(label, id, Manner::default()))),
        _ => Attributes::default(),
    };
    if !attributes.is_empty() {
        markup.start("bind");
        markup.attribute("nodeset", &tree.nodes[id].path);
        attributes.write(markup);
        markup.end();
    }
    actions(tree, id, false, markup);
}

fn worked_out(calculation: Option<Cow<'_, str>>) -> Attributes<'_> {
    let mut attributes = Attributes::default();
    if let Some(calculation) = calculation {
        attributes.set("calculate", calculation);
    }
    attributes.set("readonly", "true()");
    attributes.set("type", "string");
    attributes
}

/// Sets a rule, with `yes` and `no` as the functions that XML has for them.
fn rule<'a>(
    tree: &Tree<'_>,
    id: Id,
    attributes: &mut Attributes<'a>,
    name: &'static str,
    text: Option<&'a String>,
) {
    let Some(text) = text else { return };
    match yes_or_no(text) {
        Some(true) => attributes.set(name, "true()"),
        Some(false) => attributes.set(name, "false()"),
        None => attributes.set(name, tree.xpaths(text, id, Manner::default())),
    }
}

fn message<'a>(tree: &Tree<'_>, id: Id, attributes: &mut Attributes<'a>, name: &'static str, text: &'a Text) {
    if message_is_out(text) {
        attributes.set(name, format!("jr:itext('{}:{name}')", tree.nodes[id].path));
    } else if let Some(text) = text.0.get("") {
        attributes.set(name, text.as_str());
    }
}

/// Attributes that were written as such, with the messages among them.
fn further<'a>(tree: &Tree<'_>, id: Id, attributes: &mut Attributes<'a>, bind: &'a BTreeMap<String, String>) {
    for (name, value) in bind {
        if !name.contains("::") {
            attributes.set(name.as_str(), tree.xpaths(value, id, Manner::default()));
        }
    }
    for (name, values_are_enough) in
        [("jr:noAppErrorString", false), ("jr:constraintMsg", true), ("jr:requiredMsg", true)]
    {
        let text = text_among(bind, name);
        if text.is_translated() || (values_are_enough && message_is_out(&text)) {
            attributes.set(name, format!("jr:itext('{}:{name}')", tree.nodes[id].path));
        }
    }
}

fn of_question<'a>(tree: &Tree<'_>, id: Id, question: &'a Question) -> Attributes<'a> {
    let mut attributes = Attributes::default();
    if let Some(data_type) = type_of(question) {
        attributes.set("type", data_type);
    }
    if let Some((preload, parameter)) = question.kind.preload() {
        attributes.set("jr:preload", preload);
        attributes.set("jr:preloadParams", parameter);
    }
    if question.kind == Kind::Note {
        attributes.set("readonly", "true()");
    }
    rule(tree, id, &mut attributes, "readonly", question.read_only.as_ref());
    rule(tree, id, &mut attributes, "relevant", question.relevant.as_ref());
    rule(tree, id, &mut attributes, "required", question.required.as_ref());
    rule(tree, id, &mut attributes, "constraint", question.constraint.as_ref());
    if question.trigger.is_empty() {
        rule(tree, id, &mut attributes, "calculate", question.calculation.as_ref());
    }
    message(tree, id, &mut attributes, "jr:constraintMsg", &question.constraint_message);
    message(tree, id, &mut attributes, "jr:requiredMsg", &question.required_message);
    if let Some(saved) = &question.save_to {
        let property = saved.split_once('#').map_or(saved.as_str(), |(_, property)| property);
        attributes.set("entities:saveto", property);
    }
    further(tree, id, &mut attributes, &question.bind);
    for (parameter, name) in parameters(question.kind) {
        if let Some(value) = question.parameters.get(*parameter) {
            attributes.set(*name, value.as_str());
        }
    }
    attributes
}

/// Parameters that become attributes of the bind.
fn parameters(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::Geopoint | Kind::Geotrace | Kind::Geoshape => {
            &[("allow-mock-accuracy", "odk:allow-mock-accuracy")]
        }
        Kind::Image => &[("max-pixels", "orx:max-pixels")],
        Kind::Audio => &[("quality", "odk:quality")],
        Kind::Audit => &[
            ("track-changes", "odk:track-changes"),
            ("track-changes-reasons", "odk:track-changes-reasons"),
            ("identify-user", "odk:identify-user"),
            ("location-max-age", "odk:location-max-age"),
            ("location-min-interval", "odk:location-min-interval"),
            ("location-priority", "odk:location-priority"),
        ],
        _ => &[],
    }
}

fn of_group<'a>(tree: &Tree<'_>, id: Id, group: &'a Group) -> Attributes<'a> {
    let mut attributes = Attributes::default();
    rule(tree, id, &mut attributes, "relevant", group.relevant.as_ref());
    rule(tree, id, &mut attributes, "readonly", group.read_only.as_ref());
    further(tree, id, &mut attributes, &group.bind);
    for name in ["required", "constraint", "calculate"] {
        rule(tree, id, &mut attributes, name, group.bind.get(name));
    }
    attributes
}

/// Writes what sets the value of a node when the form is opened, or when a round of the repeat around it is added.
pub(super) fn actions(tree: &Tree<'_>, id: Id, new_round: bool, markup: &mut Markup) {
    let path = &tree.nodes[id].path;
    let event = if new_round { "odk-new-repeat" } else { "odk-instance-first-load" };
    let mut set = |value: Option<&str>| {
        markup.start("setvalue");
        markup.attribute("ref", path);
        markup.attribute("event", event);
        if let Some(value) = value {
            markup.attribute("value", value);
        }
        markup.end();
    };
    match &tree.nodes[id].what {
        What::Question(question) => {
            if question.default_is_expression
                && let Some(default) = &question.default
            {
                set(Some(&tree.xpaths(default, id, Manner::default())));
            }
            if new_round {
                return;
            }
            match question.kind {
                Kind::StartGeopoint => {
                    markup.empty("odk:setgeopoint", &[("ref", path), ("event", event)]);
                }
                Kind::BackgroundAudio => {
                    markup.start("odk:recordaudio");
                    markup.attribute("ref", path);
                    markup.attribute("event", "odk-instance-load");
                    if let Some(quality) = question.parameters.get("quality") {
                        markup.attribute("odk:quality", quality);
                    }
                    markup.end();
                }
                _ => {}
            }
        }
        What::Attribute { first_value: Some(value), .. } => set(Some(value)),
        _ => {}
    }
}
