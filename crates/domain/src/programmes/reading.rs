//! Reads TOML with the line of everything, and says what is missing, wrong or unknown.
//!
//! The vocabulary of the methodology files is ours and every property is explicit. A [`Section`] is one
//! table; the caller takes the properties it knows and then calls [`Section::close`], which reports the
//! ones it did not take. A fault is noted and reading goes on, so methods return `Option`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::Date;
use toml_edit::{ImDocument, Item, TableLike, Value};

use super::problems::{Lines, Problems};
use super::sourced::list;

/// One file that parsed as TOML.
pub(super) struct Document<'a> {
    path: &'a str,
    lines: Lines,
    toml: ImDocument<&'a str>,
}

impl<'a> Document<'a> {
    /// Parses the text; TOML that does not parse becomes one problem.
    pub(super) fn parse(path: &'a str, text: &'a str, problems: &Problems) -> Option<Self> {
        let lines = Lines::of(text);
        match ImDocument::parse(text) {
            Ok(toml) => Some(Self { path, lines, toml }),
            Err(error) => {
                let line = lines.at(error.span().map_or(0, |span| span.start));
                let reason = error.message().trim().replace('\n', ", ");
                problems.add(path, line, format!("this is not valid TOML: {reason}"));
                None
            }
        }
    }

    /// The whole file as a section.
    pub(super) fn root<'d>(&'d self, problems: &'d Problems) -> Section<'d> {
        Section {
            path: self.path,
            lines: &self.lines,
            problems,
            table: self.toml.as_table(),
            line: 1,
            name: "this file".to_owned(),
            taken: RefCell::default(),
        }
    }
}

/// One table of a file.
pub(super) struct Section<'d> {
    path: &'d str,
    lines: &'d Lines,
    problems: &'d Problems,
    table: &'d dyn TableLike,
    line: usize,
    name: String,
    taken: RefCell<Vec<&'static str>>,
}

/// What stands in the place of a property.
enum Found<T> {
    Absent,
    OfAnotherKind,
    Value(T),
}

impl<T> Found<T> {
    fn of<I>(item: Option<I>, read: impl FnOnce(I) -> Option<T>) -> Self {
        match item.map(read) {
            None => Self::Absent,
            Some(None) => Self::OfAnotherKind,
            Some(Some(value)) => Self::Value(value),
        }
    }
}

/// Keys that were already used in a list, with the line of their first use.
#[derive(Default)]
pub(super) struct Seen {
    lines: BTreeMap<String, usize>,
}

impl Seen {
    /// All keys that were used.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.lines.keys().map(String::as_str)
    }

    /// Whether the key was used.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.lines.contains_key(key)
    }
}

impl<'d> Section<'d> {
    /// How messages call this table: `step “panel”`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Notes a fault of the whole table.
    pub(super) fn fault(&self, message: impl Into<String>) {
        self.problems.add(self.path, self.line, message);
    }

    /// Notes a fault of one property.
    pub(super) fn fault_at(&self, key: &str, message: impl Into<String>) {
        self.problems.add(self.path, self.line_of(key), message);
    }

    /// Line of a property, or of the table when the property is absent.
    pub(super) fn line_of(&self, key: &str) -> usize {
        self.table
            .get_key_value(key)
            .and_then(|(key, item)| key.span().or_else(|| item.span()))
            .map_or(self.line, |span| self.lines.at(span.start))
    }

    /// Whether the property is written down.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports every property that was not taken.
    pub(super) fn close(self) {
        let taken = self.taken.borrow();
        for (key, _) in self.table.iter().filter(|(key, _)| !taken.contains(key)) {
            let known: Vec<&str> = taken.clone();
            self.fault_at(
                key,
                format!("unknown property “{key}” in {}; known are: {}", self.name, list(known)),
            );
        }
    }

    fn take(&self, key: &'static str) -> Option<&'d Item> {
        let mut taken = self.taken.borrow_mut();
        if !taken.contains(&key) {
            taken.push(key);
        }
        self.table.get(key)
    }

    fn must<T>(&self, key: &'static str, kind: &str, found: Found<T>) -> Option<T> {
        match found {
            Found::Value(value) => Some(value),
            Found::Absent => {
                self.fault(format!("{} has no “{key}”", self.name));
                None
            }
            Found::OfAnotherKind => {
                self.fault_at(key, format!("“{key}” of {} has to be {kind}", self.name));
                None
            }
        }
    }

    /// A property that may be absent but, when present, has to be of the right kind.
    fn may<T>(&self, key: &'static str, kind: &str, found: Found<T>) -> Option<T> {
        match found {
            Found::Absent => None,
            found => self.must(key, kind, found),
        }
    }

    fn text_found(&self, key: &'static str) -> Found<String> {
        Found::of(self.take(key), |item| {
            item.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        })
    }

    fn whole_found(&self, key: &'static str) -> Found<u16> {
        Found::of(self.take(key), |item| item.as_integer().and_then(|number| u16::try_from(number).ok()))
    }

    /// Text in quotes, not empty.
    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        self.must(key, "text in quotes, and not empty", self.text_found(key))
    }

    /// Text that may be absent.
    pub(super) fn optional_text(&self, key: &'static str) -> Option<String> {
        self.may(key, "text in quotes, and not empty", self.text_found(key))
    }

    /// A whole number from 0 to 65,535.
    pub(super) fn whole(&self, key: &'static str) -> Option<u16> {
        self.must(key, "a whole number", self.whole_found(key))
    }

    /// A whole number that may be absent.
    pub(super) fn optional_whole(&self, key: &'static str) -> Option<u16> {
        self.may(key, "a whole number", self.whole_found(key))
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        self.must(key, "true or false", Found::of(self.take(key), Item::as_bool))
    }

    /// `true` or `false`, false when absent.
    pub(super) fn optional_flag(&self, key: &'static str) -> bool {
        self.may(key, "true or false", Found::of(self.take(key), Item::as_bool)).unwrap_or(false)
    }

    /// One of a fixed list of words.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let word = self.text(key)?;
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        if found.is_none() {
            let known = list(words.iter().map(|(known, _)| *known));
            self.fault_at(key, format!("“{word}” is no {key} that is known here; known are: {known}"));
        }
        found
    }

    /// A day, written as TOML writes dates (`2026-10-12`) or the same in quotes.
    pub(super) fn date(&self, key: &'static str) -> Option<Date> {
        let found = Found::of(self.take(key), |item| {
            let written = item.as_datetime().map(ToString::to_string);
            written.or_else(|| item.as_str().map(str::to_owned)).and_then(|text| text.parse().ok())
        });
        self.must(key, "a date such as 2026-10-12", found)
    }

    /// A list of texts with the line of each; empty when absent.
    pub(super) fn texts(&self, key: &'static str) -> Vec<(String, usize)> {
        let Some(item) = self.take(key) else { return Vec::new() };
        let found = item.as_array().and_then(|array| {
            array
                .iter()
                .map(|value| {
                    let line = value.span().map_or(self.line, |span| self.lines.at(span.start));
                    value.as_str().map(|text| (text.trim().to_owned(), line))
                })
                .collect::<Option<Vec<_>>>()
        });
        self.must(key, "a list of texts in quotes", Found::of(Some(found), |found| found)).unwrap_or_default()
    }

    /// A list of texts without their lines.
    pub(super) fn plain_texts(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of texts that has to hold at least one.
    pub(super) fn some_texts(&self, key: &'static str) -> Vec<String> {
        let texts = self.plain_texts(key);
        if texts.is_empty() {
            self.fault_at(key, format!("{} needs at least one entry in “{key}”", self.name));
        }
        texts
    }

    /// The key of an entry, unique in its list and fit for addresses; the entry is called by it from now on.
    pub(super) fn key(&self, seen: &mut Seen) -> Option<String> {
        let key = self.text("key")?;
        let fit = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !fit {
            self.fault_at("key", format!("key “{key}” may hold only small letters, digits and hyphens"));
            return None;
        }
        self.once(key, "key", seen)
    }

    /// Notes a value that has to be unique in its list.
    pub(super) fn once(&self, value: String, property: &str, seen: &mut Seen) -> Option<String> {
        if let Some(first) = seen.lines.get(&value) {
            self.fault_at(
                property,
                format!("duplicate {property} “{value}”; it was first used on line {first}"),
            );
            return None;
        }
        seen.lines.insert(value.clone(), self.line_of(property));
        Some(value)
    }

    fn child(&self, key: &str, index: Option<usize>, table: &'d dyn TableLike, line: usize) -> Section<'d> {
        let own = ["key", "number", "name"].iter().find_map(|property| {
            let item = table.get(property)?;
            item.as_str().map(str::to_owned).or_else(|| item.as_integer().map(|number| number.to_string()))
        });
        let name = match (index, own) {
            (Some(_), Some(own)) => format!("{key} “{own}”"),
            (Some(index), None) => format!("{key} number {}", index + 1),
            (None, _) => format!("“{key}”"),
        };
        Section {
            path: self.path,
            lines: self.lines,
            problems: self.problems,
            table,
            line,
            name,
            taken: RefCell::default(),
        }
    }

    /// A table that has to be there, written as `[key]` or `key = { ... }`.
    pub(super) fn table(&self, key: &'static str) -> Option<Section<'d>> {
        let found = Found::of(self.take(key), Item::as_table_like);
        let table = self.must(key, "a table", found)?;
        Some(self.child(key, None, table, self.line_of(key)))
    }

    /// The entries of a list of tables, written as `[[key]]` or as inline tables; empty when absent.
    pub(super) fn entries(&self, key: &'static str) -> Vec<Section<'d>> {
        let Some(item) = self.take(key) else { return Vec::new() };
        let line_at =
            |span: Option<std::ops::Range<usize>>| span.map_or(self.line, |span| self.lines.at(span.start));
        let tables: Option<Vec<(&'d dyn TableLike, usize)>> = match item {
            Item::ArrayOfTables(tables) => {
                Some(tables.iter().map(|table| (table as &dyn TableLike, line_at(table.span()))).collect())
            }
            Item::Value(Value::Array(array)) => array
                .iter()
                .map(|value| {
                    value.as_inline_table().map(|table| (table as &dyn TableLike, line_at(value.span())))
                })
                .collect(),
            _ => None,
        };
        self.must(
            key,
            "a list of tables, each beginning with [[..]]",
            Found::of(Some(tables), |tables| tables),
        )
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(index, (table, line))| self.child(key, Some(index), table, line))
        .collect()
    }

    /// The entries of a list that has to hold at least one.
    pub(super) fn some_entries(&self, key: &'static str) -> Vec<Section<'d>> {
        let entries = self.entries(key);
        if entries.is_empty() {
            self.fault(format!("there is no [[{key}]] in {}", self.name));
        }
        entries
    }
}
