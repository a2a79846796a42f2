//! Loops: a group for each choice of a list, with the choice's name and label in its texts.

use std::collections::BTreeMap;

use super::{ChoiceList, Form, Group, Item, Question, Text};

/// Deeper than this nobody writes; a form from elsewhere than a workbook must not take all memory.
const MOST_ITEMS: usize = 200_000;

/// The form with its loops written out; none when it has no loop.
pub(super) fn unrolled(form: &Form) -> Option<Form> {
    let loops = form.walk().any(|item| item.group().is_some_and(|group| group.loop_over.is_some()));
    if !loops {
        return None;
    }
    let mut left = MOST_ITEMS;
    let items = form.items.iter().map(|item| write_out(item, form, &mut left)).collect();
    Some(Form { items, ..form.clone() })
}

fn write_out(item: &Item, form: &Form, left: &mut usize) -> Item {
    *left = left.saturating_sub(1);
    let mut item = item.clone();
    let group = match &mut item {
        Item::Question(_) => return item,
        Item::Group(group) => group,
        Item::Repeat(repeat) => &mut repeat.group,
    };
    let inner = std::mem::take(&mut group.items);
    let list = group.loop_over.take().and_then(|list| form.list(&list));
    let Some(list) = list else {
        group.items = inner.iter().map(|item| write_out(item, form, left)).collect();
        return item;
    };
    group.items = columns(list, &inner, form, left);
    item
}

fn columns(list: &ChoiceList, inner: &[Item], form: &Form, left: &mut usize) -> Vec<Item> {
    let mut columns = Vec::new();
    for choice in list.choices.iter().filter(|choice| choice.name != "none") {
        if *left == 0 {
            break;
        }
        let filled = inner
            .iter()
            .map(|item| {
                fill(write_out(item, form, left), &Column { name: &choice.name, label: &choice.label })
            })
            .collect();
        columns.push(Item::Group(Group {
            name: choice.name.clone(),
            label: choice.label.clone(),
            media: choice.media.clone(),
            items: filled,
            place: choice.place.clone(),
            ..Group::default()
        }));
    }
    columns
}

/// The choice that a copy of the items is for.
struct Column<'a> {
    name: &'a str,
    label: &'a Text,
}

impl Column<'_> {
    fn fill(&self, text: &str, language: &str) -> String {
        if !text.contains("%(") {
            return text.to_owned();
        }
        text.replace("%(name)s", self.name).replace("%(label)s", self.label.in_language(language, ""))
    }

    fn text(&self, text: &mut Text) {
        for (language, text) in &mut text.0 {
            *text = self.fill(text, language);
        }
    }

    fn option(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            *text = self.fill(text, "");
        }
    }

    fn map(&self, map: &mut BTreeMap<String, String>) {
        for text in map.values_mut() {
            *text = self.fill(text, "");
        }
    }
}

fn fill(mut item: Item, column: &Column<'_>) -> Item {
    match &mut item {
        Item::Question(question) => fill_question(question, column),
        Item::Group(group) => fill_group(group, column),
        Item::Repeat(repeat) => {
            column.option(&mut repeat.count);
            fill_group(&mut repeat.group, column);
        }
    }
    item
}

fn fill_question(question: &mut Question, column: &Column<'_>) {
    question.name = column.fill(&question.name, "");
    for text in [
        &mut question.label,
        &mut question.hint,
        &mut question.guidance,
        &mut question.required_message,
        &mut question.constraint_message,
    ] {
        column.text(text);
    }
    for text in [
        &mut question.required,
        &mut question.relevant,
        &mut question.constraint,
        &mut question.calculation,
        &mut question.default,
        &mut question.read_only,
        &mut question.choice_filter,
    ] {
        column.option(text);
    }
    for map in [&mut question.bind, &mut question.control, &mut question.instance] {
        column.map(map);
    }
}

/// Texts within a group in a loop stay as they are: pyxform fills in the items that stand directly in the loop.
fn fill_group(group: &mut Group, column: &Column<'_>) {
    group.name = column.fill(&group.name, "");
    column.text(&mut group.label);
    column.option(&mut group.relevant);
    column.option(&mut group.read_only);
}
