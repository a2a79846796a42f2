//! Lists of words, written as a text and looked up by hash.

use std::collections::HashSet;
use std::sync::OnceLock;

/// A list of words in small letters.
pub(super) struct Words {
    text: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl Words {
    /// From a text in which blanks part the words.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, set: OnceLock::new() }
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.split_ascii_whitespace()
    }

    /// Whether the list has a word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.all().collect()).contains(word)
    }
}
