//! Why something is refused or not offered, as a key of the translation files with its values.
//!
//! A refusal is a value that a reader can use: the button, the page and the command line show the same sentence.

use serde::{Deserialize, Serialize};

/// One reason, worded in `locales/*/…​.ftl` under `key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Key of the message.
    pub key: String,
    /// Values of the message's variables.
    pub values: Vec<(String, String)>,
}

impl Reason {
    /// A reason without values.
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), values: Vec::new() }
    }

    /// The same reason with one more value.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and texts are handed over as they are")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// Name of the field, as in the form.
    pub field: String,
    /// What to do about it.
    pub reason: Reason,
}

impl FieldProblem {
    /// A problem of a field.
    pub fn new(field: &str, reason: Reason) -> Self {
        Self { field: field.to_owned(), reason }
    }
}
