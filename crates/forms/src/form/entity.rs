//! Entities: things outside a submission that it makes or changes.

use serde::{Deserialize, Serialize};

use super::place::Place;

/// A row of the sheet `entities`. Expressions are as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Name of the list of entities.
    pub list: String,
    /// The label that a new entity gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Which entity is changed; none makes a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<String>,
    /// When one is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_if: Option<String>,
    /// When one is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_if: Option<String>,
    /// The repeat that it was once asked to stand in; its place follows from the references now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<String>,
    /// Where it was read.
    #[serde(default)]
    pub place: Place,
}
