//! The words that reports use for shares: almost all, most, the majority.
//!
//! The published bands leave holes between whole percentages and let 15 % fall into two bands. So a share is
//! first rounded to a whole percentage (halves up), and the file says which of two bands wins.

use serde::Serialize;

use super::problems::Problems;
use super::reading::{Document, Seen};
use super::sourced::{Provenance, SourceNote, Sources};

/// The bands and their rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuantityWords {
    /// The bands, largest share first.
    pub bands: Vec<QuantityBand>,
    /// Which band wins when a percentage lies in two.
    pub tie: Tie,
    /// Where the tie rule comes from.
    pub tie_provenance: Provenance,
    /// The sources named above.
    pub sources: Vec<SourceNote>,
}

/// One word and the whole percentages it stands for, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuantityBand {
    /// Stable key, for example `almost-all`.
    pub key: String,
    /// The word.
    pub label: String,
    /// Lowest whole percentage.
    pub from: u16,
    /// Highest whole percentage.
    pub to: u16,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// Which of two bands wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// The word for the larger share.
    Larger,
    /// The word for the smaller share.
    Smaller,
}

impl QuantityWords {
    /// The word for `part` of `whole`; `None` when the whole is empty or smaller than the part.
    ///
    /// Rounding never makes a share complete or empty: 299 of 300 is 99 %, and 1 of 300 is 1 %.
    pub fn band(&self, part: u64, whole: u64) -> Option<&QuantityBand> {
        if whole == 0 || part > whole {
            return None;
        }
        let (part, wide) = (u128::from(part), u128::from(whole));
        let rounded = (part * 200 + wide) / (wide * 2);
        let percent = match rounded {
            100 if part < wide => 99,
            0 if part > 0 => 1,
            other => u16::try_from(other).ok()?,
        };
        let mut fitting = self.bands.iter().filter(|band| (band.from..=band.to).contains(&percent));
        match self.tie {
            Tie::Larger => fitting.next(),
            Tie::Smaller => fitting.next_back(),
        }
    }
}

/// Reads `frameworks/quantity-words.toml`.
pub(super) fn read(path: &str, text: &str, problems: &Problems) -> Option<QuantityWords> {
    let document = Document::parse(path, text, problems)?;
    let root = document.root(problems);
    let sources = Sources::read(&root);
    let tie = sources.with(&root, "tie", |table| {
        table.word("word-for-the", &[("larger-share", Tie::Larger), ("smaller-share", Tie::Smaller)])
    });
    let mut seen = Seen::default();
    let mut bands: Vec<QuantityBand> = Vec::new();
    for entry in root.some_entries("band") {
        let key = entry.key(&mut seen);
        let label = entry.text("label");
        let (from, to) = (entry.whole("from"), entry.whole("to"));
        let provenance = sources.provenance(&entry);
        if let (Some(from), Some(to)) = (from, to) {
            if from > to || to > 100 {
                entry.fault_at(
                    "to",
                    format!("{} runs from {from} to {to}, which is no range of percentages", entry.name()),
                );
            }
            if bands.last().is_some_and(|before| to > before.to) {
                entry.fault_at(
                    "to",
                    format!("{} stands after a smaller band; write the largest share first", entry.name()),
                );
            }
        }
        entry.close();
        if let (Some(key), Some(label), Some(from), Some(to), Some(provenance)) =
            (key, label, from, to, provenance)
        {
            bands.push(QuantityBand { key, label, from, to, provenance });
        }
    }
    if let Some(hole) =
        (0..=100).find(|percent| !bands.iter().any(|band| (band.from..=band.to).contains(percent)))
    {
        root.fault(format!("no band holds {hole} %"));
    }
    root.close();
    let tie = tie?;
    Some(QuantityWords {
        bands,
        tie: tie.value,
        tie_provenance: tie.provenance,
        sources: sources.into_notes(),
    })
}
