//! Quality frameworks: domains, areas, indicators, tenets and the scale that grades them.
//!
//! A scale is data. Most frameworks number their levels, and two of them print different words for the
//! same number; some end in a phrase with no number at all. So a grade is stored as the key of a level, and
//! number and label are looked up in the framework version that the inspection pinned.

use serde::Serialize;

use super::problems::Problems;
use super::reading::{Document, Section, Seen};
use super::sourced::{Provenance, SourceNote, Sourced, Sources};

/// One edition of a quality framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Framework {
    /// Key that programmes refer to, equal to the name of the file.
    pub id: String,
    /// Title shown to people.
    pub title: Sourced<String>,
    /// Edition as printed on the framework, for example `November 2022`.
    pub edition: Sourced<String>,
    /// How the indicators are graded.
    pub scale: Scale,
    /// The large parts, in order.
    pub domains: Vec<Domain>,
    /// The parts of domains, in order. Empty when the framework has none.
    pub areas: Vec<Area>,
    /// What is graded, in order.
    pub indicators: Vec<Indicator>,
    /// The tenets under which evidence of an indicator may be sorted. Empty when the framework has none.
    pub tenets: Vec<Tenet>,
    /// The sources named above.
    pub sources: Vec<SourceNote>,
    /// BLAKE3 of the file, so that an inspection can say exactly which text it used.
    pub digest: String,
}

impl Framework {
    /// The indicator with this number.
    pub fn indicator(&self, number: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.number == number)
    }
}

/// A large part of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Domain {
    /// Stable key.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// The key question it answers; empty when the framework asks none.
    pub question: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A part of a domain that holds indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Number as printed, for example `5`.
    pub number: String,
    /// Title shown to people.
    pub title: String,
    /// Key of the domain.
    pub domain: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// One quality indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Number as printed, for example `5.3`; a word where the framework has no numbers.
    pub number: String,
    /// Title shown to people.
    pub title: String,
    /// Key of the domain.
    pub domain: String,
    /// Number of the area, when the framework has areas.
    pub area: Option<String>,
    /// Where number and title come from. Unconfirmed titles are never printed as official.
    pub provenance: Provenance,
}

/// A tenet of the model behind the framework: direction, execution, results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tenet {
    /// Stable key.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// What it means, in our words.
    pub meaning: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// How indicators of a framework are graded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scale {
    /// Title shown to people.
    pub title: String,
    /// Whether a level is a number or only a phrase.
    pub kind: ScaleKind,
    /// The levels, best first.
    pub levels: Vec<Level>,
    /// Where the scale as a whole comes from.
    pub provenance: Provenance,
}

impl Scale {
    /// The level with this key.
    pub fn level(&self, key: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.key == key)
    }

    /// The level with this number; always `None` on a scale of phrases.
    pub fn level_numbered(&self, number: u8) -> Option<&Level> {
        self.levels.iter().find(|level| level.number == Some(number))
    }

    /// What is stored for a level: its number; on a scale of phrases its place, the worst being 1. Good for finding
    /// the level again and for saying which of two is better, never for a mean.
    pub fn value(&self, key: &str) -> Option<i64> {
        let place = self.levels.iter().position(|level| level.key == key)?;
        match self.levels[place].number {
            Some(number) => Some(i64::from(number)),
            None => i64::try_from(self.levels.len() - place).ok(),
        }
    }

    /// The level that was stored as this value.
    pub fn level_of_value(&self, value: i64) -> Option<&Level> {
        self.levels.iter().find(|level| self.value(&level.key) == Some(value))
    }
}

/// Whether levels carry numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScaleKind {
    /// Each level has a number; the highest is the best.
    Numbered,
    /// Each level is a phrase. Phrases may be ordered but never counted or averaged.
    Phrase,
}

/// One level of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Level {
    /// Stable key, for example `very-good`.
    pub key: String,
    /// Number, on numbered scales.
    pub number: Option<u8>,
    /// The framework's own word or phrase.
    pub label: String,
    /// What the level means in a few words.
    pub descriptor: String,
    /// What the level means at length, in our words; empty when no source was seen.
    pub detail: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// Reads one file of `frameworks/`.
pub(super) fn read(id: &str, path: &str, text: &str, problems: &Problems) -> Option<Framework> {
    let document = Document::parse(path, text, problems)?;
    let root = document.root(problems);
    let sources = Sources::read(&root);
    let written = root.text("id");
    if let Some(written) = written.filter(|written| written != id) {
        root.fault_at("id", format!("id is “{written}” but the file is named “{id}.toml”"));
    }
    let title = sources.text(&root, "title");
    let edition = sources.text(&root, "edition");
    let scale = root.table("scale").and_then(|table| read_scale(&table, &root, &sources));
    let domains = read_domains(&root, &sources);
    let areas = read_areas(&root, &sources, &domains);
    let indicators = read_indicators(&root, &sources, &domains, &areas);
    let tenets = read_tenets(&root, &sources);
    if let Some(count) =
        root.optional_whole("indicator-count").filter(|count| usize::from(*count) != indicators.len())
    {
        root.fault_at(
            "indicator-count",
            format!("indicator-count is {count} but {} indicators can be read", indicators.len()),
        );
    }
    root.close();
    Some(Framework {
        id: id.to_owned(),
        title: title?,
        edition: edition?,
        scale: scale?,
        domains,
        areas,
        indicators,
        tenets,
        sources: sources.into_notes(),
        digest: super::digest::of_files([(path, text)]),
    })
}

fn read_scale(table: &Section<'_>, root: &Section<'_>, sources: &Sources) -> Option<Scale> {
    let title = table.text("title");
    let kind = table.word("kind", &[("numbered", ScaleKind::Numbered), ("phrase", ScaleKind::Phrase)]);
    let provenance = sources.provenance(table);
    let mut seen = Seen::default();
    let mut levels: Vec<Level> = Vec::new();
    for entry in root.some_entries("level") {
        let key = entry.key(&mut seen);
        let number = entry.optional_whole("number").and_then(|number| u8::try_from(number).ok());
        let label = entry.text("label");
        let descriptor = entry.optional_text("descriptor").unwrap_or_default();
        let detail = entry.optional_text("detail").unwrap_or_default();
        let provenance = sources.provenance(&entry);
        match kind {
            Some(ScaleKind::Numbered) if number.is_none() => {
                entry.fault(format!("{} needs a number, because the scale is numbered", entry.name()));
            }
            Some(ScaleKind::Phrase) if number.is_some() => {
                entry.fault_at(
                    "number",
                    format!("{} has a number, but the scale is one of phrases", entry.name()),
                );
            }
            _ => {}
        }
        if let (Some(number), Some(before)) = (number, levels.last().and_then(|level| level.number))
            && number >= before
        {
            entry.fault_at(
                "number",
                format!("level {number} stands after level {before}; write the best level first"),
            );
        }
        entry.close();
        if let (Some(key), Some(label), Some(provenance)) = (key, label, provenance) {
            levels.push(Level { key, number, label, descriptor, detail, provenance });
        }
    }
    Some(Scale { title: title?, kind: kind?, levels, provenance: provenance? })
}

fn read_domains(root: &Section<'_>, sources: &Sources) -> Vec<Domain> {
    let mut seen = Seen::default();
    let mut domains = Vec::new();
    for entry in root.some_entries("domain") {
        let key = entry.key(&mut seen);
        let title = entry.text("title");
        let question = entry.optional_text("question").unwrap_or_default();
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(provenance)) = (key, title, provenance) {
            domains.push(Domain { key, title, question, provenance });
        }
    }
    domains
}

fn read_areas(root: &Section<'_>, sources: &Sources, domains: &[Domain]) -> Vec<Area> {
    let mut seen = Seen::default();
    let mut areas = Vec::new();
    for entry in root.entries("area") {
        let number = entry.text("number").and_then(|number| entry.once(number, "number", &mut seen));
        let title = entry.text("title");
        let domain = known_domain(&entry, domains);
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(number), Some(title), Some(domain), Some(provenance)) =
            (number, title, domain, provenance)
        {
            areas.push(Area { number, title, domain, provenance });
        }
    }
    areas
}

fn read_indicators(
    root: &Section<'_>,
    sources: &Sources,
    domains: &[Domain],
    areas: &[Area],
) -> Vec<Indicator> {
    let mut seen = Seen::default();
    let mut indicators = Vec::new();
    for entry in root.some_entries("indicator") {
        let number = entry.text("number").and_then(|number| entry.once(number, "number", &mut seen));
        let title = entry.text("title");
        let area = entry.optional_text("area");
        let domain = match &area {
            Some(area) => {
                let found =
                    areas.iter().find(|known| known.number == *area).map(|known| known.domain.clone());
                if found.is_none() {
                    entry.fault_at("area", format!("unknown area “{area}”"));
                }
                found
            }
            None => known_domain(&entry, domains),
        };
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(number), Some(title), Some(domain), Some(provenance)) =
            (number, title, domain, provenance)
        {
            indicators.push(Indicator { number, title, domain, area, provenance });
        }
    }
    indicators
}

fn read_tenets(root: &Section<'_>, sources: &Sources) -> Vec<Tenet> {
    let mut seen = Seen::default();
    let mut tenets = Vec::new();
    for entry in root.entries("tenet") {
        let key = entry.key(&mut seen);
        let title = entry.text("title");
        let meaning = entry.text("meaning");
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(meaning), Some(provenance)) = (key, title, meaning, provenance) {
            tenets.push(Tenet { key, title, meaning, provenance });
        }
    }
    tenets
}

fn known_domain(entry: &Section<'_>, domains: &[Domain]) -> Option<String> {
    let domain = entry.text("domain")?;
    if domains.iter().any(|known| known.key == domain) {
        return Some(domain);
    }
    entry.fault_at("domain", format!("unknown domain “{domain}”"));
    None
}
