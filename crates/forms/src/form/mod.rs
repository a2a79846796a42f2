//! A form as it was written: what an XLSForm workbook says, without its sheets.
//!
//! | file | subject |
//! | --- | --- |
//! | [`self`] | [`Form`] and walking over its items |
//! | [`item`] | [`Item`]: questions, groups, repeats |
//! | [`kind`] | [`Kind`]: what sort of answer a question asks for |
//! | [`choices`] | lists of choices and where a question takes its choices from |
//! | [`text`] | texts in several languages, media |
//! | `loops` | loops written out as groups |
//! | [`entity`] | entities that a submission makes or changes (ODK Entities) |
//! | [`references`] | `${name}` in expressions and texts |
//! | `lexing` | expressions as tokens, not understood |
//! | [`place`] | the place of a row, and [`Fault`] |
//!
//! Expressions are kept as written, with `${name}` in them; the room `expression` understands them. What XLSForm lets an
//! author leave out and pyxform fills in (the question beside `or_other`, the choice `other`) stands here with
//! `generated: true`, so that whoever asks the questions need not know of it; `writing` leaves it out again. What only
//! matters to the XML (the node that counts a repeat, the header of a table of selects) is made by `xform`.
//!
//! The JSON of a [`Form`] is the frozen version of an instrument: a new field needs `#[serde(default)]`.

pub mod choices;
pub mod entity;
pub mod item;
pub mod kind;
pub(crate) mod lexing;
mod loops;
pub mod place;
pub mod references;
pub mod text;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use choices::{Choice, ChoiceList, ChoicesFrom};
pub use entity::Entity;
pub use item::{Group, Item, Question, Repeat};
pub use kind::Kind;
pub use place::{Fault, Place};
pub use references::{Reference, references};
pub use text::{Language, Media, Text};

/// A form: its questions in order, its lists of choices, and what the settings sheet says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Identifies the form towards clients (`form_id`), for example `staff-survey`.
    pub id: String,
    /// Title shown to respondents; the id when none was written.
    pub title: String,
    /// The version, when one was written: free text, by convention digits that grow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Name of the root element of answers in XML; `data` unless the settings name another.
    pub name: String,
    /// The languages in the order of their columns. A form with unnamed texts only has none.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// The language that unnamed texts are in and that is shown first (`default_language`), as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_language: Option<String>,
    /// All other settings under their names in lower case, as written; `attribute::…` with that prefix.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
    /// Questions, groups and repeats in order.
    pub items: Vec<Item>,
    /// The lists of the sheet `choices`, in order of their first row.
    #[serde(default)]
    pub lists: Vec<ChoiceList>,
    /// The lists of the sheet `external_choices`, which clients look up in a file of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_lists: Vec<ChoiceList>,
    /// The tags of the sheet `osm`, by list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub osm: Vec<ChoiceList>,
    /// Entities that a submission makes or changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
}

impl Form {
    /// The list of choices of that name.
    pub fn list(&self, name: &str) -> Option<&ChoiceList> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// The first question of that name, in whatever group.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.walk().find_map(|item| match item {
            Item::Question(question) if question.name == name => Some(question),
            _ => None,
        })
    }

    /// Every item, groups and repeats before what is in them, in the order of the form.
    pub fn walk(&self) -> Walk<'_> {
        Walk { open: vec![self.items.iter()] }
    }

    /// Every question in the order of the form.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.walk().filter_map(|item| match item {
            Item::Question(question) => Some(question),
            Item::Group(_) | Item::Repeat(_) => None,
        })
    }

    /// The form with a group for each choice in place of each loop (`begin loop`). Whoever asks the questions, or looks
    /// for them by path, wants this one.
    pub fn without_loops(&self) -> Cow<'_, Self> {
        loops::unrolled(self).map_or(Cow::Borrowed(self), Cow::Owned)
    }

    /// A setting that is on or off; off when it is missing or neither.
    pub fn is_set(&self, setting: &str) -> bool {
        self.settings.get(setting).and_then(|value| yes_or_no(value)).unwrap_or(false)
    }

    /// The name of the language that unnamed texts are in: the default language, or `default`.
    pub fn unnamed_language(&self) -> &str {
        self.default_language.as_deref().unwrap_or("default")
    }

    /// A text in the form's own language.
    pub fn own<'t>(&self, text: &'t Text) -> &'t str {
        let language = self.unnamed_language();
        text.in_language(language, language)
    }

    /// The choices of a question that has a list of its own; empty for every other.
    pub fn choices(&self, question: &Question) -> &[Choice] {
        question.list().and_then(|list| self.list(list)).map_or(&[], |list| &list.choices)
    }

    /// A choice of a question as people read it, in the form's own language; none when the question offers no such value.
    pub fn choice_label(&self, question: &Question, value: &str) -> Option<&str> {
        self.choices(question)
            .iter()
            .find(|choice| choice.name == value)
            .map(|choice| self.own(&choice.label))
    }
}

/// What XLSForm takes for yes and no in settings.
pub fn yes_or_no(value: &str) -> Option<bool> {
    match value {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "true()" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "false()" => Some(false),
        _ => None,
    }
}

/// Items in the order of the form, see [`Form::walk`].
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    open: Vec<std::slice::Iter<'a, Item>>,
}

impl<'a> Iterator for Walk<'a> {
    type Item = &'a Item;

    fn next(&mut self) -> Option<&'a Item> {
        while let Some(items) = self.open.last_mut() {
            if let Some(item) = items.next() {
                self.open.push(item.items().iter());
                return Some(item);
            }
            self.open.pop();
        }
        None
    }
}
