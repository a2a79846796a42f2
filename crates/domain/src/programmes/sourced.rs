//! Where a value of the methodology comes from, and whether anybody has checked it.
//!
//! The published pages of the programme do not say everything that software has to know. So nothing
//! enters without a source, and a value that was only assumed says `confirmed = false`: it is a default
//! for an officer to replace, never something to print as official.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::reading::{Section, Seen};

/// Source and confirmation of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Key of a [`SourceNote`] of the same file or folder.
    pub source: String,
    /// True when the value was read in that source; false for a default that still has to be checked.
    pub confirmed: bool,
    /// Why an unconfirmed value is what it is. Empty when the source note says enough.
    pub reason: String,
}

/// A value together with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced<T> {
    /// The value itself.
    pub value: T,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl<T> Sourced<T> {
    /// Whether the value was read in a published source.
    pub fn is_confirmed(&self) -> bool {
        self.provenance.confirmed
    }
}

/// A source that values refer to by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceNote {
    /// Key used in the property `source`.
    pub key: String,
    /// What it is, in words a reader can search for.
    pub title: String,
    /// Web address, when known.
    pub address: Option<String>,
    /// False for our own assumptions and for fictional material: nothing from there can be confirmed.
    pub published: bool,
}

/// The sources that a file or folder may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sources {
    notes: BTreeMap<String, SourceNote>,
}

impl Sources {
    /// Reads the `[[source]]` entries of a file.
    pub(super) fn read(root: &Section<'_>) -> Self {
        let mut seen = Seen::default();
        let mut notes = BTreeMap::new();
        for entry in root.entries("source") {
            let key = entry.key(&mut seen);
            let title = entry.text("title");
            let address = entry.optional_text("address");
            let published = entry.flag("published");
            entry.close();
            if let (Some(key), Some(title), Some(published)) = (key, title, published) {
                notes.insert(key.clone(), SourceNote { key, title, address, published });
            }
        }
        Self { notes }
    }

    /// The notes in the order of their keys.
    pub(super) fn into_notes(self) -> Vec<SourceNote> {
        self.notes.into_values().collect()
    }

    /// Reads `source`, `confirmed` and `reason` of an entry.
    pub(super) fn provenance(&self, entry: &Section<'_>) -> Option<Provenance> {
        let reason = entry.optional_text("reason").unwrap_or_default();
        if !entry.has("source") {
            entry.fault(format!(
                "{} has no source: name one of the sources of this folder in `source`",
                entry.name()
            ));
        }
        let source = entry.has("source").then(|| entry.text("source")).flatten();
        let confirmed = if entry.has("confirmed") {
            entry.flag("confirmed")
        } else {
            entry.fault(format!("{} does not say whether it is confirmed (true or false)", entry.name()));
            None
        };
        let source = source?;
        if let Some(why) = self.refuses(&source, confirmed == Some(true)) {
            let property = if self.notes.contains_key(&source) { "confirmed" } else { "source" };
            entry.fault_at(property, why);
            return None;
        }
        Some(Provenance { source, confirmed: confirmed?, reason })
    }

    /// Why a value may not name this source, or not as confirmed.
    pub(super) fn refuses(&self, source: &str, confirmed: bool) -> Option<String> {
        match self.notes.get(source) {
            None => Some(format!("unknown source “{source}”; known are: {}", list(self.notes.keys()))),
            Some(note) if !note.published && confirmed => {
                Some(format!("“{source}” is not a published source, so nothing from it can be confirmed"))
            }
            Some(_) => None,
        }
    }

    /// Reads a table with one sentence or paragraph: `text`, `source`, `confirmed`.
    pub(super) fn text(&self, parent: &Section<'_>, key: &'static str) -> Option<Sourced<String>> {
        self.with(parent, key, |table| table.text("text"))
    }

    /// Reads a table with one value and its source.
    pub(super) fn with<T>(
        &self,
        parent: &Section<'_>,
        key: &'static str,
        read: impl FnOnce(&Section<'_>) -> Option<T>,
    ) -> Option<Sourced<T>> {
        let table = parent.table(key)?;
        let value = read(&table);
        let provenance = self.provenance(&table);
        table.close();
        Some(Sourced { value: value?, provenance: provenance? })
    }
}

/// Words in one line, for messages.
pub(super) fn list<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
