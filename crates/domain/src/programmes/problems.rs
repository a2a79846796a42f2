//! What is wrong with a file of the methodology, said so that its author can put it right.
//!
//! A problem is addressed to a methodology officer or a developer, so it is an English sentence and not
//! a key of the translation files. Every reader in this folder goes on after a fault, so that one run of
//! `keyline programme check` names them all.

use std::cell::RefCell;
use std::fmt;

use serde::Serialize;

/// One fault in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, thiserror::Error)]
pub struct Problem {
    /// Path of the file as it was handed in, with forward slashes.
    pub file: String,
    /// Line in the file, counted from 1. A file that is missing altogether has line 1.
    pub line: usize,
    /// What is wrong and, where it can be said, what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Where readers put what they find wrong.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: RefCell<Vec<Problem>>,
}

impl Problems {
    /// Notes one fault.
    pub(super) fn add(&self, file: &str, line: usize, message: impl Into<String>) {
        let problem = Problem { file: file.to_owned(), line, message: message.into() };
        let mut found = self.found.borrow_mut();
        if !found.contains(&problem) {
            found.push(problem);
        }
    }

    /// The value, or every fault in the order of files and lines.
    ///
    /// `value` is `None` only when a fault made it impossible to build, so the list is never empty then.
    pub(super) fn or<T>(self, value: Option<T>) -> Result<T, Vec<Problem>> {
        let mut found = self.found.into_inner();
        found.sort();
        match value {
            Some(value) if found.is_empty() => Ok(value),
            _ => Err(found),
        }
    }
}

/// Where the lines of a text end, so that each of its places is found without counting from the top.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(end, _)| end).collect())
    }

    /// The line of a byte offset, counted from 1.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}
