//! Texts in several languages, and pictures or sounds that go with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language of a form, written `English (en)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Language {
    /// The name as it stands after the `::` of a column, with its tag: `English (en)`.
    pub name: String,
    /// The tag in the brackets at the end, for example `en` or `gd`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

impl Language {
    /// From what stands after the `::` of a column.
    pub fn named(name: &str) -> Self {
        let tag = name
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('))
            .map(|(_, tag)| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty());
        Self { name: name.to_owned(), tag }
    }
}

/// A text by language. The key is the language's name as in [`Language::name`], or blank for a text in a column
/// without a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// A text in no named language.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(String::new(), text.into())]))
    }

    /// Whether there is no text in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it stands in a column of a language.
    pub fn is_translated(&self) -> bool {
        self.0.keys().any(|language| !language.is_empty())
    }

    /// The text in the wanted language, else in the default language, else without a language, else in whatever
    /// language there is; blank when there is none. Both languages are names as in [`Language::name`].
    pub fn in_language(&self, wanted: &str, default: &str) -> &str {
        self.0
            .get(wanted)
            .or_else(|| self.0.get(default))
            .or_else(|| self.0.get(""))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The texts with their languages.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

/// Names of files that are shown or played with a label, by language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// A picture.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub image: Text,
    /// The picture at its full size, shown when the small one is touched.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub big_image: Text,
    /// A recording.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub audio: Text,
    /// A film.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub video: Text,
}

impl Media {
    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, text)| text.is_empty())
    }

    /// The four with their XLSForm names.
    pub fn parts(&self) -> [(&'static str, &Text); 4] {
        [
            ("image", &self.image),
            ("big-image", &self.big_image),
            ("audio", &self.audio),
            ("video", &self.video),
        ]
    }

    /// One of the four by its XLSForm name.
    pub fn part_mut(&mut self, name: &str) -> Option<&mut Text> {
        match name {
            "image" => Some(&mut self.image),
            "big-image" => Some(&mut self.big_image),
            "audio" => Some(&mut self.audio),
            "video" => Some(&mut self.video),
            _ => None,
        }
    }
}
