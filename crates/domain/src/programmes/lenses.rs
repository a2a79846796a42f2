//! Rights lenses: the lists of rights and promises through which evidence is also read.

use serde::Serialize;

use super::problems::Problems;
use super::reading::{Document, Seen};
use super::sourced::{Provenance, SourceNote, Sources};

/// The lenses of `frameworks/rights.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Lenses {
    /// The lenses in order.
    pub lenses: Vec<Lens>,
    /// The sources named in them.
    pub sources: Vec<SourceNote>,
}

impl Lenses {
    /// The lens with this key.
    pub fn lens(&self, key: &str) -> Option<&Lens> {
        self.lenses.iter().find(|lens| lens.key == key)
    }
}

/// One list of rights, promises or wellbeing indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lens {
    /// Stable key, for example `promise`.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// The entries that evidence can be tagged with.
    pub items: Vec<LensItem>,
    /// Where the lens comes from.
    pub provenance: Provenance,
}

/// One entry of a lens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LensItem {
    /// Stable key, for example `article-12`.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// What it means, in our words; may be empty.
    pub meaning: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// Reads `frameworks/rights.toml`.
pub(super) fn read(path: &str, text: &str, problems: &Problems) -> Option<Lenses> {
    let document = Document::parse(path, text, problems)?;
    let root = document.root(problems);
    let sources = Sources::read(&root);
    let mut seen = Seen::default();
    let mut lenses = Vec::new();
    for entry in root.some_entries("lens") {
        let key = entry.key(&mut seen);
        let title = entry.text("title");
        let provenance = sources.provenance(&entry);
        let mut seen_items = Seen::default();
        let mut items = Vec::new();
        for item in entry.some_entries("item") {
            let key = item.key(&mut seen_items);
            let title = item.text("title");
            let meaning = item.optional_text("meaning").unwrap_or_default();
            let provenance = sources.provenance(&item);
            item.close();
            if let (Some(key), Some(title), Some(provenance)) = (key, title, provenance) {
                items.push(LensItem { key, title, meaning, provenance });
            }
        }
        entry.close();
        if let (Some(key), Some(title), Some(provenance)) = (key, title, provenance) {
            lenses.push(Lens { key, title, items, provenance });
        }
    }
    root.close();
    Some(Lenses { lenses, sources: sources.into_notes() })
}
