//! The audit trail: append-only, each entry bound to the one before by hash.
//!
//! The hash covers every field of the entry in a fixed order, each with its length before it, so that no two
//! different entries have the same bytes. Changing, removing or inserting a row breaks the chain at that row.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the chain, from 1.
    pub sequence: i64,
    /// When, cut to microseconds.
    pub at: Timestamp,
    /// The inspection it belongs to, if any.
    pub inspection: Option<String>,
    /// `person`, `public`, `clock` or `console`.
    pub actor: String,
    /// Id of the person, if a person acted.
    pub person: Option<String>,
    /// What was done, for example `grade.agreed`.
    pub action: String,
    /// Id of what it was done to.
    pub subject: String,
    /// Detail as JSON text: from, to, reason. Never the content of a concern or an anonymous answer.
    pub detail: String,
}

/// The hash of an entry that follows `previous`.
pub fn hash(previous: &str, entry: &Entry) -> String {
    let mut hasher = blake3::Hasher::new();
    let sequence = entry.sequence.to_string();
    let at = crate::clock::to_micros(entry.at).to_string();
    for field in [
        previous,
        &sequence,
        &at,
        entry.inspection.as_deref().unwrap_or(""),
        &entry.actor,
        entry.person.as_deref().unwrap_or(""),
        &entry.action,
        &entry.subject,
        &entry.detail,
    ] {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Where a chain first breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is missing before this one.
    #[error("entry {expected} is missing: the next one is {found}")]
    Missing {
        /// The sequence number that should come.
        expected: i64,
        /// The one that came.
        found: i64,
    },
    /// The entry does not hash to what is written beside it.
    #[error("entry {0} was changed, or the one before it was")]
    Changed(i64),
    /// The trail ends before the head that is written.
    #[error("the trail ends at entry {found}, but {expected} were written")]
    CutOff {
        /// Entries that were written.
        expected: i64,
        /// The last that is there.
        found: i64,
    },
}

/// Walks a chain entry by entry.
#[derive(Debug, Clone)]
pub struct Walk {
    sequence: i64,
    hash: String,
}

impl Default for Walk {
    fn default() -> Self {
        Self { sequence: 0, hash: GENESIS.to_owned() }
    }
}

impl Walk {
    /// Checks the next entry against its written hash.
    ///
    /// # Errors
    /// The first break.
    pub fn step(&mut self, entry: &Entry, written: &str) -> Result<(), Broken> {
        if entry.sequence != self.sequence + 1 {
            return Err(Broken::Missing { expected: self.sequence + 1, found: entry.sequence });
        }
        if hash(&self.hash, entry) != written {
            return Err(Broken::Changed(entry.sequence));
        }
        self.sequence = entry.sequence;
        written.clone_into(&mut self.hash);
        Ok(())
    }

    /// Checks that the walk ended at the written head.
    ///
    /// # Errors
    /// When entries were cut off at the end.
    pub fn finish(&self, head_sequence: i64, head_hash: &str) -> Result<i64, Broken> {
        if self.sequence != head_sequence {
            return Err(Broken::CutOff { expected: head_sequence, found: self.sequence });
        }
        if self.hash != head_hash {
            return Err(Broken::Changed(self.sequence));
        }
        Ok(self.sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(sequence: i64) -> Entry {
        Entry {
            sequence,
            at: "2026-11-23T10:00:00Z".parse().unwrap(),
            inspection: None,
            actor: "console".into(),
            person: None,
            action: "test".into(),
            subject: "x".into(),
            detail: "{}".into(),
        }
    }

    fn chain(n: i64) -> Vec<(Entry, String)> {
        let mut previous = GENESIS.to_owned();
        (1..=n)
            .map(|i| {
                let e = entry(i);
                previous = hash(&previous, &e);
                (e, previous.clone())
            })
            .collect()
    }

    #[test]
    fn a_whole_chain_holds_and_each_kind_of_break_is_named() {
        let walk = |chain: &[(Entry, String)]| {
            let mut w = Walk::default();
            chain.iter().try_for_each(|(e, h)| w.step(e, h)).map(|()| w)
        };
        let whole = chain(4);
        let w = walk(&whole).unwrap();
        assert_eq!(w.finish(4, &whole[3].1), Ok(4));
        assert_eq!(w.finish(5, "x"), Err(Broken::CutOff { expected: 5, found: 4 }));
        let mut changed = whole.clone();
        changed[2].0.detail = "{\"to\":6}".into();
        assert_eq!(walk(&changed).unwrap_err(), Broken::Changed(3));
        let mut cut = whole.clone();
        cut.remove(1);
        assert_eq!(walk(&cut).unwrap_err(), Broken::Missing { expected: 2, found: 3 });
    }
}
