//! The sheet `survey`, row by row: blocks that begin and end, and what stands in them.

use std::collections::{HashMap, HashSet};

use super::cells::{Cells, is_unknown, question_of};
use super::headers::{self, Column};
use super::names::Names;
use super::types::{self, Block, RowType};
use super::{INVALID_NAME, Options, columns, entities, questions};
use crate::form::references::{Malformed, is_name, references};
use crate::form::{Fault, Form, Group, Item, Kind, Place, Question, Repeat, yes_or_no};
use crate::workbook::{Sheet, Workbook};

const SHEET: &str = "survey";

/// How deep groups may stand in each other. Nobody reads a form deeper than this, and JSON ends at about twice as much.
const DEEPEST: usize = 40;

/// What is known while the rows are read.
pub(super) struct Survey<'a> {
    pub(super) form: &'a mut Form,
    pub(super) workbook: &'a Workbook,
    pub(super) faults: &'a mut Vec<Fault>,
    pub(super) warnings: &'a mut Vec<Fault>,
    /// Whether a question says `or_other`.
    pub(super) or_other: bool,
    pub(super) table: Table,
    /// References in the column `trigger`, for the check against the names of questions.
    triggers: Vec<(String, Place)>,
    /// Names of repeats anywhere.
    repeats: HashSet<String>,
    /// Properties of entities that have a question already.
    saved: HashMap<(String, String), u32>,
    open: Vec<Open>,
}

/// Whether the rows stand in a group whose selects are shown as one table (appearance `table-list`).
pub(super) enum Table {
    None,
    /// No select was seen yet.
    Begun,
    /// They share this list.
    Of(String),
}

/// A block that has begun, or the form itself.
struct Open {
    block: Option<Block>,
    head: Group,
    count: Option<String>,
    names: Names,
    items: Vec<Item>,
}

/// Reads the rows into the form and gives the columns of the sheet.
pub(super) fn read(
    sheet: &Sheet,
    workbook: &Workbook,
    options: &Options<'_>,
    form: &mut Form,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> Vec<Column> {
    headers::without_header(sheet, SHEET, faults);
    let (columns, wrong) = headers::columns(sheet, SHEET, &columns::SURVEY);
    faults.extend(wrong);
    if let Some(fault) = headers::missing(SHEET, &columns, "type") {
        faults.push(fault);
        return columns;
    }
    for column in columns.iter().filter(|column| is_unknown(&column.parts())) {
        if !options.own_columns.contains(&column.header.as_str()) {
            let reason = "Unknown column: XLSForm has none of this name; it is kept and has no effect.";
            warnings.push(Place::new(SHEET, 1).fault(&column.header, reason));
        }
    }
    let strip = form.settings.get("clean_text_values").is_none_or(|value| yes_or_no(value) != Some(false));
    let root =
        Open { block: None, head: Group::default(), count: None, names: Names::default(), items: Vec::new() };
    let mut survey = Survey {
        form,
        workbook,
        faults,
        warnings,
        or_other: false,
        table: Table::None,
        triggers: Vec::new(),
        repeats: HashSet::new(),
        saved: HashMap::new(),
        open: vec![root],
    };
    for row in &sheet.rows {
        let cells = Cells::of(row, &columns, SHEET, strip);
        if !cells.is_empty() {
            survey.row(&cells);
        }
    }
    survey.finish();
    columns
}

impl Survey<'_> {
    fn row(&mut self, cells: &Cells<'_>) {
        let place = &cells.place;
        if let Some(disabled) = cells.get(&["disabled"]) {
            let reason = "The 'disabled' column header is not part of the current spec. We recommend using relevant \
                          instead.";
            self.warnings.push(place.fault("disabled", reason));
            if yes_or_no(disabled) == Some(true) {
                return;
            }
        }
        let Some(written) = cells.get(&["type"]) else {
            if cells.has("name") || cells.has("label") {
                self.faults.push(place.fault("type", "Question with no type."));
            } else {
                let reason = "Row without name, text, or label is being skipped.";
                self.warnings.push(place.fault("", reason));
            }
            return;
        };
        let Some(row_type) = types::parse(written) else {
            self.faults.push(place.fault("type", format!("Unknown question type '{written}'.")));
            return;
        };
        if let RowType::Setting(name) = row_type {
            self.setting(name, cells);
            return;
        }
        let save_to = cells.get(&["bind", "entities:saveto"]).map(str::to_owned);
        if let RowType::End(block) = row_type {
            self.save_to(save_to.as_deref(), true, cells);
            self.end(block, cells);
            return;
        }
        let Some(name) = self.name(&row_type, cells) else { return };
        if let Some(open) = self.open.last_mut()
            && !matches!(row_type, RowType::Plain(plain) if plain.kind == Kind::Audit)
        {
            open.names.take(&name, place, self.faults, self.warnings);
        }
        self.save_to(save_to.as_deref(), matches!(row_type, RowType::Begin(..)), cells);
        let mut question = question_of(cells, self.faults);
        question.name = name;
        match row_type {
            RowType::Begin(block, list) => self.begin(block, list, question, cells),
            other => {
                question.trigger = self.trigger(cells);
                questions::read(self, other, question, cells);
            }
        }
    }

    /// Adds an item to the block that is open.
    pub(super) fn push(&mut self, item: Item) {
        if let Some(open) = self.open.last_mut() {
            open.items.push(item);
        }
    }

    fn name(&mut self, row_type: &RowType, cells: &Cells<'_>) -> Option<String> {
        let place = &cells.place;
        if matches!(row_type, RowType::Plain(plain) if plain.kind == Kind::Audit) {
            if cells.get(&["name"]).is_some_and(|name| name != "audit") {
                let reason = "Audits must always be named 'audit.' The name column should be left blank.";
                self.faults.push(place.fault("name", reason));
            }
            return Some("audit".to_owned());
        }
        let Some(name) = cells.get(&["name"]) else {
            if matches!(row_type, RowType::Plain(plain) if plain.kind == Kind::Note) {
                return Some(format!("generated_note_name_{}", place.row));
            }
            self.faults.push(place.fault("name", "Question or group with no name."));
            return None;
        };
        if !is_name(name) {
            self.faults.push(place.fault("name", INVALID_NAME));
            return None;
        }
        Some(name.to_owned())
    }

    fn setting(&mut self, name: &str, cells: &Cells<'_>) {
        let value = cells.get(&["name"]).unwrap_or_default().to_owned();
        match name {
            "title" => self.form.title = value,
            "id_string" => self.form.id = value,
            other => {
                self.form.settings.insert(other.to_owned(), value);
            }
        }
    }

    fn save_to(&mut self, save_to: Option<&str>, is_block: bool, cells: &Cells<'_>) {
        let Some(written) = save_to else { return };
        let fault =
            entities::save_to_fault(written, is_block, &self.form.entities, &mut self.saved, cells.place.row);
        if let Some(reason) = fault {
            self.faults.push(cells.place.fault("save_to", reason));
        }
    }

    fn trigger(&mut self, cells: &Cells<'_>) -> Vec<String> {
        let Some(written) = cells.get(&["trigger"]) else { return Vec::new() };
        let mut names = Vec::new();
        if !written.contains("${") {
            self.faults.push(cells.place.fault("trigger", Malformed.to_string()));
        }
        for part in written.split(',') {
            match references(part).as_deref() {
                Err(malformed) => self.faults.push(cells.place.fault("trigger", malformed.to_string())),
                Ok([]) => {}
                Ok([only]) => names.push(only.name.to_owned()),
                Ok(_) => {
                    let reason = "Reference variable lists must have a comma between each variable.";
                    self.faults.push(cells.place.fault("trigger", reason));
                }
            }
        }
        self.triggers.extend(names.iter().map(|name| (name.clone(), cells.place.clone())));
        names
    }

    fn begin(&mut self, block: Block, list: Option<String>, question: Question, cells: &Cells<'_>) {
        let place = &cells.place;
        let name = &question.name;
        if block == Block::Repeat {
            if *name == self.form.name {
                let reason = format!(
                    "The 'name' value '{name}' is invalid. Repeat names must not be the same as the survey root (which \
                     defaults to 'data')."
                );
                self.faults.push(place.fault("name", reason));
            } else if !self.repeats.insert(name.clone()) {
                let reason = format!(
                    "The 'name' value '{name}' is invalid. Repeat names must unique anywhere in the survey, at all \
                     levels of group or repeat nesting."
                );
                self.faults.push(place.fault("name", reason));
            }
            if question.label.is_empty() && question.media.is_empty() {
                let written = cells.get(&["type"]).unwrap_or_default();
                let reason = format!("Repeat has no label: {{'name': '{name}', 'type': '{written}'}}");
                self.warnings.push(place.fault("label", reason));
            }
        }
        let loop_over = (block == Block::Loop).then(|| list.unwrap_or_default());
        if let Some(list) = &loop_over {
            if list.is_empty() {
                self.faults.push(place.fault("type", "Repeat loop without list name."));
            } else if let Some(list) = self.form.list(list) {
                // Each choice becomes a group of its name.
                let wrong = list.choices.iter().filter(|choice| !is_name(&choice.name));
                self.faults.extend(wrong.map(|choice| choice.place.fault("name", INVALID_NAME)));
            } else {
                self.faults.push(place.fault("type", format!("List name not in columns sheet: {list}")));
            }
        }
        if question.appears("table-list") {
            self.table = Table::Begun;
        }
        for (column, value) in [
            ("default", question.default.is_some()),
            ("choice_filter", question.choice_filter.is_some()),
            ("guidance_hint", !question.guidance.is_empty()),
            ("parameters", cells.has("parameters")),
            ("trigger", cells.has("trigger")),
        ] {
            if value {
                let reason = "A group or repeat has nothing of this kind; it has no effect.";
                self.warnings.push(place.fault(column, reason));
            }
        }
        if self.open.len() == DEEPEST + 1 {
            let reason = format!("Groups and repeats are nested more than {DEEPEST} deep.");
            self.faults.push(place.fault("type", reason));
        }
        let (head, count) = group_of(question, loop_over);
        self.open.push(Open { block: Some(block), head, count, names: Names::default(), items: Vec::new() });
    }

    fn end(&mut self, block: Block, cells: &Cells<'_>) {
        self.table = Table::None;
        if self.open.last().is_some_and(|open| open.block == Some(block)) {
            self.close();
            return;
        }
        let name = cells.get(&["name"]).unwrap_or("unknown");
        let block = block.name();
        let reason =
            format!("Unmatched 'end_{block}'. No matching 'begin_{block}' was found for the name '{name}'.");
        self.faults.push(cells.place.fault("type", reason));
    }

    fn close(&mut self) {
        let Some(Open { block, mut head, count, items, .. }) = self.open.pop() else { return };
        // What is nested too deep was told; building it would be as deep.
        if self.open.len() <= DEEPEST + 1 {
            head.items = items;
        }
        self.push(match block {
            Some(Block::Repeat) => Item::Repeat(Repeat { group: head, count }),
            Some(Block::Group | Block::Loop) | None => Item::Group(head),
        });
    }

    fn finish(&mut self) {
        while self.open.len() > 1 {
            if let Some(open) = self.open.last() {
                let block = open.block.map_or("", Block::name);
                let name = &open.head.name;
                let reason = format!(
                    "Unmatched 'begin_{block}'. No matching 'end_{block}' was found for the name '{name}'."
                );
                self.faults.push(open.head.place.fault("type", reason));
            }
            self.close();
        }
        if let Some(root) = self.open.pop() {
            self.form.items = root.items;
        }
        let names: HashSet<&str> = self
            .form
            .questions()
            .filter(|question| !question.generated)
            .map(|question| question.name.as_str())
            .collect();
        for (name, place) in &self.triggers {
            if !names.contains(name.as_str()) {
                let reason = format!(
                    "Reference variables must contain a name from the 'survey' sheet. Could not find the name '{name}'."
                );
                self.faults.push(place.fault("trigger", reason));
            }
        }
        if self.or_other {
            let translated = |text: &crate::form::Text| text.is_translated();
            let questions = self.form.walk().any(|item| match item {
                Item::Question(question) => translated(&question.label) || translated(&question.hint),
                Item::Group(group) => translated(&group.label),
                Item::Repeat(repeat) => translated(&repeat.group.label),
            });
            let choices = || {
                self.form.lists.iter().flat_map(|list| &list.choices).any(|choice| translated(&choice.label))
            };
            if questions || choices() {
                let reason = "This form uses or_other and translations, which is not recommended. An untranslated input \
                              question label and choice label is generated for 'other'. Learn more: \
                              https://xlsform.org/en/#specify-other).";
                self.warnings.push(Place::new(SHEET, 0).fault("type", reason));
            }
        }
    }
}

/// The first row of a block, read like a question, as a group; with the count of a repeat.
fn group_of(question: Question, loop_over: Option<String>) -> (Group, Option<String>) {
    let mut bind = question.bind;
    for (name, value) in [
        ("required", question.required),
        ("constraint", question.constraint),
        ("calculate", question.calculation),
    ] {
        if let Some(value) = value {
            bind.insert(name.to_owned(), value);
        }
    }
    for (name, text) in
        [("jr:requiredMsg", question.required_message), ("jr:constraintMsg", question.constraint_message)]
    {
        for (language, text) in text.0 {
            let name = if language.is_empty() { name.to_owned() } else { format!("{name}::{language}") };
            bind.insert(name, text);
        }
    }
    let mut control = question.control;
    let count = control.remove("jr:count");
    let group = Group {
        name: question.name,
        label: question.label,
        hint: question.hint,
        media: question.media,
        relevant: question.relevant,
        read_only: question.read_only,
        appearance: question.appearance,
        loop_over,
        items: Vec::new(),
        bind,
        control,
        instance: question.instance,
        extra: question.extra,
        place: question.place,
    };
    (group, count)
}
