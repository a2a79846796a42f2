//! Questions, groups and repeats.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::choices::ChoicesFrom;
use super::kind::Kind;
use super::place::Place;
use super::text::{Media, Text};

/// What a form is made of.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all items are questions, and they are read far more often than moved"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "item")]
pub enum Item {
    /// A question, a note, a calculation, or something that the device knows.
    Question(Question),
    /// Items that belong together.
    Group(Group),
    /// Items that are asked as often as there are things to tell of.
    Repeat(Repeat),
}

impl Item {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Question(question) => &question.name,
            Self::Group(group) => &group.name,
            Self::Repeat(repeat) => &repeat.group.name,
        }
    }

    /// The items in it; a question has none.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::Question(_) => &[],
            Self::Group(group) => &group.items,
            Self::Repeat(repeat) => &repeat.group.items,
        }
    }

    /// Where it was read.
    pub fn place(&self) -> &Place {
        match self {
            Self::Question(question) => &question.place,
            Self::Group(group) => &group.place,
            Self::Repeat(repeat) => &repeat.group.place,
        }
    }

    /// The group of a group or repeat.
    pub fn group(&self) -> Option<&Group> {
        match self {
            Self::Question(_) => None,
            Self::Group(group) => Some(group),
            Self::Repeat(repeat) => Some(&repeat.group),
        }
    }
}

/// A question, or anything else that has one value. Expressions are as written, with `${name}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name, unique in its group.
    pub name: String,
    /// What sort of value.
    pub kind: Kind,
    /// The question as put to the respondent.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// A line of explanation under it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    /// More explanation, for those who ask the question or open it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub guidance: Text,
    /// Pictures and sounds beside the label.
    #[serde(default, skip_serializing_if = "Media::is_empty")]
    pub media: Media,
    /// When it must be answered: an expression, or `yes`/`true` in any of their forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
    /// What is said when it is not.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub required_message: Text,
    /// When it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// What must be true of the answer, which is called `.` in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What is said when it is not.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub constraint_message: Text,
    /// The value, when it is worked out and not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculation: Option<String>,
    /// The value at the start: a text, or an expression when [`Question::default_is_expression`] says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Whether the default is worked out when the form is opened, and again in each new repeat around it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub default_is_expression: bool,
    /// When it cannot be changed: an expression, or `yes`/`true` in any of their forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<String>,
    /// How it is shown, as words with blanks between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<String>,
    /// Parameters by name, for example `start`, `end` and `step` of a range.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Names of the questions after whose change the calculation is done again (and only then).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trigger: Vec<String>,
    /// Where its choices come from, for kinds that have choices; for a geographic question its reference geometry, for a
    /// range the labels of its ticks, for OSM the list of its tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<ChoicesFrom>,
    /// Which of the choices are offered; columns of the list are called by their names in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice_filter: Option<String>,
    /// Whether `or_other` was written: the choice `other` and the question `…_other` follow it as generated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_other: bool,
    /// The property of an entity that the answer is saved to, with the list before a `#` if written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_to: Option<String>,
    /// Further attributes of the `bind` in XML, from columns `bind::…`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bind: BTreeMap<String, String>,
    /// Further attributes of the control in XML, from columns `body::…` or `control::…`, `autoplay` and `rows`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub control: BTreeMap<String, String>,
    /// Further attributes of the node in XML, from columns `instance::…`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instance: BTreeMap<String, String>,
    /// Columns that are not XLSForm's, under their names, for example `indicators`. Opaque here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// Whether it was added by what another row says, and is in no row of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generated: bool,
    /// Where it was read.
    #[serde(default)]
    pub place: Place,
}

impl Question {
    /// The name of its list in the sheet `choices`.
    pub fn list(&self) -> Option<&str> {
        match &self.choices {
            Some(ChoicesFrom::List(name)) => Some(name),
            _ => None,
        }
    }

    /// Whether it asks something of a person who has nothing but a browser: neither a text to read nor worked out, nor
    /// something that the device knows or takes in.
    pub fn is_asked(&self) -> bool {
        self.calculation.is_none()
            && !matches!(self.kind, Kind::Note | Kind::Calculate | Kind::Hidden)
            && !self.kind.is_metadata()
            && !self.kind.is_upload()
            && !self.kind.is_external_instance()
    }

    /// Its expressions: the rules, and the default (which may be a text).
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        [
            &self.calculation,
            &self.constraint,
            &self.read_only,
            &self.required,
            &self.relevant,
            &self.choice_filter,
            &self.default,
        ]
        .into_iter()
        .flatten()
        .map(String::as_str)
    }

    /// Whether a word stands in its appearance.
    pub fn appears(&self, word: &str) -> bool {
        self.appearance.as_deref().is_some_and(|words| words.split_whitespace().any(|other| other == word))
    }
}

/// Items that belong together. Expressions are as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name, unique in the group around it.
    pub name: String,
    /// Its heading.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// A line of explanation; shown only where a table of selects is made of the group.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    /// Pictures and sounds beside the heading.
    #[serde(default, skip_serializing_if = "Media::is_empty")]
    pub media: Media,
    /// When what is in it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// When what is in it cannot be changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<String>,
    /// How it is shown: `field-list` puts everything in it on one page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<String>,
    /// The list over whose choices its items are repeated, with `%(name)s` and `%(label)s` in their texts (`begin loop`).
    /// See [`crate::form::Form::without_loops`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loop_over: Option<String>,
    /// What is in it.
    pub items: Vec<Item>,
    /// Further attributes of the `bind` in XML.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bind: BTreeMap<String, String>,
    /// Further attributes of the control in XML.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub control: BTreeMap<String, String>,
    /// Further attributes of the node in XML.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instance: BTreeMap<String, String>,
    /// Columns that are not XLSForm's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// Where its first row was read.
    #[serde(default)]
    pub place: Place,
}

impl Group {
    /// Its expressions.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        let further =
            ["calculate", "constraint", "required"].into_iter().filter_map(|name| self.bind.get(name));
        [&self.read_only, &self.relevant].into_iter().flatten().chain(further).map(String::as_str)
    }

    /// Whether a word stands in its appearance.
    pub fn appears(&self, word: &str) -> bool {
        self.appearance.as_deref().is_some_and(|words| words.split_whitespace().any(|other| other == word))
    }
}

/// A group that is filled in any number of times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// What is repeated.
    #[serde(flatten)]
    pub group: Group,
    /// How often (`repeat_count`): an expression; the respondent decides when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
}
