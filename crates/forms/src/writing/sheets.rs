//! Each sheet of the workbook.

use std::collections::BTreeMap;

use super::columns::{Table, with_language};
use crate::form::{ChoiceList, ChoicesFrom, Form, Group, Item, Kind, Question};
use crate::workbook::Sheet;

// Places of the columns of the sheet `survey`.
const TYPE: u32 = 0;
const NAME: u32 = 1;
const LABEL: u32 = 2;
const HINT: u32 = 3;
const GUIDANCE: u32 = 4;
const REQUIRED: u32 = 5;
const RELEVANT: u32 = 6;
const CONSTRAINT: u32 = 7;
const CALCULATION: u32 = 8;
const DEFAULT: u32 = 9;
const CHOICE_FILTER: u32 = 10;
const READ_ONLY: u32 = 11;
const APPEARANCE: u32 = 12;
const PARAMETERS: u32 = 13;
const TRIGGER: u32 = 14;
const COUNT: u32 = 15;
const MEDIA: u32 = 16;
const SAVE_TO: u32 = 17;
const ATTRIBUTES: u32 = 18;
const EXTRA: u32 = 19;

pub(super) fn survey(form: &Form) -> Sheet {
    let mut table = Table::new("survey");
    table.column(TYPE, "type");
    table.column(NAME, "name");
    for language in &form.languages {
        table.column(LABEL, &with_language("label", &language.name));
    }
    items(&mut table, &form.items);
    table.finish()
}

fn items(table: &mut Table, all: &[Item]) {
    for item in all {
        match item {
            Item::Question(question) if question.generated => {}
            Item::Question(question) => self::question(table, question),
            Item::Group(group) => {
                let (begin, end) = match &group.loop_over {
                    Some(list) => (format!("begin_loop {list}"), "end_loop"),
                    None => ("begin_group".to_owned(), "end_group"),
                };
                self::group(table, group, &begin, None);
                items(table, &group.items);
                table.row();
                table.put(TYPE, "type", end);
            }
            Item::Repeat(repeat) => {
                self::group(table, &repeat.group, "begin_repeat", repeat.count.as_ref());
                items(table, &repeat.group.items);
                table.row();
                table.put(TYPE, "type", "end_repeat");
            }
        }
    }
}

fn question(table: &mut Table, question: &Question) {
    table.row();
    table.put(TYPE, "type", &type_of(question));
    table.put(NAME, "name", &question.name);
    table.put_text(LABEL, "label", &question.label);
    table.put_text(HINT, "hint", &question.hint);
    table.put_text(GUIDANCE, "guidance_hint", &question.guidance);
    table.put_option(REQUIRED, "required", question.required.as_ref());
    table.put_text(REQUIRED, "required_message", &question.required_message);
    table.put_option(RELEVANT, "relevant", question.relevant.as_ref());
    table.put_option(CONSTRAINT, "constraint", question.constraint.as_ref());
    table.put_text(CONSTRAINT, "constraint_message", &question.constraint_message);
    table.put_option(CALCULATION, "calculation", question.calculation.as_ref());
    table.put_option(DEFAULT, "default", question.default.as_ref());
    table.put_option(CHOICE_FILTER, "choice_filter", question.choice_filter.as_ref());
    table.put_option(READ_ONLY, "read_only", question.read_only.as_ref());
    table.put_option(APPEARANCE, "appearance", question.appearance.as_ref());
    let parameters: Vec<String> =
        question.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    table.put(PARAMETERS, "parameters", &parameters.join(" "));
    let trigger: Vec<String> = question.trigger.iter().map(|name| format!("${{{name}}}")).collect();
    table.put(TRIGGER, "trigger", &trigger.join(", "));
    table.put_media(MEDIA, &question.media);
    table.put_option(SAVE_TO, "save_to", question.save_to.as_ref());
    attributes(table, &question.bind, &question.control, &question.instance, &question.extra);
}

fn group(table: &mut Table, group: &Group, begin: &str, count: Option<&String>) {
    table.row();
    table.put(TYPE, "type", begin);
    table.put(NAME, "name", &group.name);
    table.put_text(LABEL, "label", &group.label);
    table.put_text(HINT, "hint", &group.hint);
    table.put_option(RELEVANT, "relevant", group.relevant.as_ref());
    table.put_option(READ_ONLY, "read_only", group.read_only.as_ref());
    table.put_option(APPEARANCE, "appearance", group.appearance.as_ref());
    table.put_option(COUNT, "repeat_count", count);
    table.put_media(MEDIA, &group.media);
    attributes(table, &group.bind, &group.control, &group.instance, &group.extra);
}

fn attributes(
    table: &mut Table,
    bind: &BTreeMap<String, String>,
    control: &BTreeMap<String, String>,
    instance: &BTreeMap<String, String>,
    extra: &BTreeMap<String, String>,
) {
    for (name, value) in bind {
        // A group has no fields for these, so they are among its attributes, and the column is that of a question.
        let (start, language) = name.split_once("::").unwrap_or((name, ""));
        let (place, column) = match start {
            "required" => (REQUIRED, "required"),
            "jr:requiredMsg" => (REQUIRED, "required_message"),
            "constraint" => (CONSTRAINT, "constraint"),
            "jr:constraintMsg" => (CONSTRAINT, "constraint_message"),
            "calculate" => (CALCULATION, "calculation"),
            other => {
                table.put(ATTRIBUTES, &with_language(&format!("bind::{other}"), language), value);
                continue;
            }
        };
        table.put(place, &with_language(column, language), value);
    }
    for (name, value) in control {
        if name == "jr:count" {
            table.put(COUNT, "repeat_count", value);
        } else {
            table.put(ATTRIBUTES, &format!("body::{name}"), value);
        }
    }
    for (name, value) in instance {
        table.put(ATTRIBUTES, &format!("instance::{name}"), value);
    }
    for (name, value) in extra {
        table.put(EXTRA, name, value);
    }
}

fn type_of(question: &Question) -> String {
    let kind = question.kind.name();
    let Some(choices) =
        question.choices.as_ref().filter(|_| question.kind.has_choices() || question.kind == Kind::Osm)
    else {
        return kind.to_owned();
    };
    let list = choices.name();
    let from_file = match (question.kind, choices) {
        // A name with a further point is taken without these words only.
        (Kind::SelectOne | Kind::SelectMultiple, ChoicesFrom::File(file)) => file.matches('.').count() == 1,
        _ => false,
    };
    let from_file = if from_file { "_from_file" } else { "" };
    let or_other = if question.or_other { " or_other" } else { "" };
    format!("{kind}{from_file} {list}{or_other}")
}

/// Lists of choices; none when there is no list.
pub(super) fn choices(sheet: &'static str, lists: &[ChoiceList]) -> Option<Sheet> {
    let mut table = Table::new(sheet);
    table.column(0, "list_name");
    table.column(1, "name");
    for list in lists {
        for choice in list.choices.iter().filter(|choice| !choice.generated) {
            table.row();
            table.put(0, "list_name", &list.name);
            table.put(1, "name", &choice.name);
            table.put_text(2, "label", &choice.label);
            table.put_media(3, &choice.media);
            for (name, value) in &choice.extra {
                table.put(4, name, value);
            }
        }
    }
    (!table.is_empty()).then(|| table.finish())
}

pub(super) fn settings(form: &Form) -> Sheet {
    let mut table = Table::new("settings");
    table.row();
    table.put(0, "form_title", &form.title);
    table.put(1, "form_id", &form.id);
    table.put_option(2, "version", form.version.as_ref());
    table.put(3, "name", &form.name);
    table.put_option(4, "default_language", form.default_language.as_ref());
    for (name, value) in &form.settings {
        table.put(5, name, value);
    }
    table.finish()
}

pub(super) fn entities(form: &Form) -> Option<Sheet> {
    let mut table = Table::new("entities");
    for entity in &form.entities {
        table.row();
        table.put(0, "list_name", &entity.list);
        table.put_option(1, "label", entity.label.as_ref());
        table.put_option(2, "entity_id", entity.entity_id.as_ref());
        table.put_option(3, "create_if", entity.create_if.as_ref());
        table.put_option(4, "update_if", entity.update_if.as_ref());
        table.put_option(5, "repeat", entity.repeat.as_ref());
    }
    (!table.is_empty()).then(|| table.finish())
}
