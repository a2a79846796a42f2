//! Columns that come about as cells are put into them.

use std::collections::HashMap;

use crate::form::{Media, Text};
use crate::workbook::{Row, Sheet};

/// A sheet in the making. Its columns are in the order of their places, then of their first use.
pub(super) struct Table {
    name: &'static str,
    columns: Vec<String>,
    indices: HashMap<String, usize>,
    rows: Vec<Vec<(usize, String)>>,
    /// By column: where it stands among the others.
    places: Vec<u32>,
}

impl Table {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, columns: Vec::new(), indices: HashMap::new(), rows: Vec::new(), places: Vec::new() }
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Makes a column even if nothing is put into it. Columns stand in the order of their places.
    pub(super) fn column(&mut self, place: u32, name: &str) -> usize {
        if let Some(index) = self.indices.get(name) {
            return *index;
        }
        let index = self.columns.len();
        self.indices.insert(name.to_owned(), index);
        self.columns.push(name.to_owned());
        self.places.push(place);
        index
    }

    /// Puts a text into the row begun last; a blank one needs no column.
    pub(super) fn put(&mut self, place: u32, column: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let index = self.column(place, column);
        if let Some(row) = self.rows.last_mut() {
            row.push((index, text.to_owned()));
        }
    }

    pub(super) fn put_option(&mut self, place: u32, column: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.put(place, column, text);
        }
    }

    /// Puts a text with a column for each language.
    pub(super) fn put_text(&mut self, place: u32, column: &str, text: &Text) {
        for (language, text) in text.iter() {
            self.put(place, &with_language(column, language), text);
        }
    }

    pub(super) fn put_media(&mut self, place: u32, media: &Media) {
        for (name, text) in media.parts() {
            self.put_text(place, &format!("media::{name}"), text);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn finish(self) -> Sheet {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|index| self.places[*index]);
        let mut position = vec![0; order.len()];
        for (at, index) in order.iter().enumerate() {
            position[*index] = at;
        }
        let header = order.iter().map(|index| self.columns[*index].clone()).collect();
        let width = order.len();
        let rows = (2..)
            .zip(self.rows)
            .map(|(number, cells)| {
                let mut row = vec![String::new(); width];
                for (index, text) in cells {
                    row[position[index]] = text;
                }
                Row { number, cells: row }
            })
            .collect();
        Sheet { name: self.name.to_owned(), header, rows }
    }
}

/// A column's name with the language after it.
pub(super) fn with_language(column: &str, language: &str) -> String {
    if language.is_empty() { column.to_owned() } else { format!("{column}::{language}") }
}
