//! The lists of a form as tables, as `instance('name')` sees them.

use std::collections::HashMap;

use crate::form::references::pulled_files;
use crate::form::{ChoiceList, Form, Item, Text};

/// The column that holds the value of a choice.
pub(super) const NAME: u32 = 0;

/// The column that holds the words of a choice, in the language of the respondent.
pub(super) const LABEL: u32 = 1;

/// A list as a table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns: `name`, `label`, then those of the form's author.
    pub columns: Vec<String>,
    /// Whether its rows are in a file that goes with the form and not in the form: every column may exist then.
    pub elsewhere: bool,
    /// The cells of the columns after `label`, row by row.
    cells: Vec<String>,
    names: Vec<String>,
    labels: Vec<Text>,
    /// Rows by name; the first where several have it.
    by_name: HashMap<String, u32>,
}

impl Table {
    /// A list of the form.
    #[expect(clippy::cast_possible_truncation, reason = "a list does not have four thousand million choices")]
    pub fn of(list: &ChoiceList) -> Self {
        let mut columns = vec!["name".to_owned(), "label".to_owned()];
        for choice in &list.choices {
            for column in choice.extra.keys() {
                if !columns.contains(column) {
                    columns.push(column.clone());
                }
            }
        }
        let mut cells = Vec::with_capacity(list.choices.len() * (columns.len() - 2));
        let mut by_name = HashMap::with_capacity(list.choices.len());
        for (row, choice) in list.choices.iter().enumerate() {
            cells.extend(
                columns[2..].iter().map(|column| choice.extra.get(column).cloned().unwrap_or_default()),
            );
            by_name.entry(choice.name.clone()).or_insert(row as u32);
        }
        Self {
            name: list.name.clone(),
            columns,
            elsewhere: false,
            cells,
            names: list.choices.iter().map(|choice| choice.name.clone()).collect(),
            labels: list.choices.iter().map(|choice| choice.label.clone()).collect(),
            by_name,
        }
    }

    /// A list whose rows are in a file that goes with the form.
    pub fn elsewhere(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            columns: vec!["name".to_owned(), "label".to_owned()],
            elsewhere: true,
            cells: Vec::new(),
            names: Vec::new(),
            labels: Vec::new(),
            by_name: HashMap::new(),
        }
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.names.len()
    }

    /// The row of the choice of that name.
    pub fn row(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).map(|row| *row as usize)
    }

    /// The value of the choice in that row.
    pub fn name_in(&self, row: usize) -> &str {
        self.names.get(row).map_or("", String::as_str)
    }

    /// A cell; the label in the language.
    pub fn cell(&self, row: usize, column: u32, language: &str, default_language: &str) -> &str {
        match column {
            NAME => self.name_in(row),
            LABEL => self.labels.get(row).map_or("", |label| label.in_language(language, default_language)),
            _ => self
                .cells
                .get(row * (self.columns.len() - 2) + column as usize - 2)
                .map_or("", String::as_str),
        }
    }

    /// The number of a column. Where the rows are elsewhere, every name is a column.
    pub(super) fn column(&self, name: &str) -> Option<u32> {
        let index = self.columns.iter().position(|column| column == name);
        let index = if self.elsewhere { Some(index.unwrap_or(self.columns.len())) } else { index };
        index.and_then(|index| u32::try_from(index).ok())
    }
}

/// The lists that expressions of a form can name.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    tables: Vec<Table>,
}

impl Lists {
    /// The lists of a form, and for those that are in files a name without rows.
    pub fn of(form: &Form) -> Self {
        use crate::form::ChoicesFrom;
        let mut tables: Vec<Table> = form.lists.iter().chain(&form.external_lists).map(Table::of).collect();
        for question in form.questions() {
            let name = match &question.choices {
                Some(from @ ChoicesFrom::File(_)) => from.list(),
                _ if question.kind.is_external_instance() => Some(question.name.as_str()),
                _ => None,
            };
            let Some(name) = name else { continue };
            if !tables.iter().any(|table| table.name == name) {
                tables.push(Table::elsewhere(name));
            }
        }
        let rules = form.walk().flat_map(|item| -> Box<dyn Iterator<Item = &str>> {
            match item {
                Item::Question(question) => Box::new(question.rules()),
                Item::Group(group) => Box::new(group.rules()),
                Item::Repeat(repeat) => Box::new(repeat.group.rules()),
            }
        });
        for name in rules.flat_map(pulled_files) {
            if !tables.iter().any(|table| table.name == name) {
                tables.push(Table::elsewhere(&name));
            }
        }
        Self { tables }
    }

    /// Of these tables; for tests.
    pub fn from_tables(tables: Vec<Table>) -> Self {
        Self { tables }
    }

    /// The number of the list of that name.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.tables.iter().position(|table| table.name == name).and_then(|index| u32::try_from(index).ok())
    }

    /// The list with that number.
    pub fn table(&self, list: u32) -> &Table {
        &self.tables[list as usize]
    }

    /// All lists in order.
    pub fn iter(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter()
    }
}
