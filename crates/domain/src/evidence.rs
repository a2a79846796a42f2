//! Evidence: everything said, read, counted or seen, with its kind, its strength and what it is tagged to.
//!
//! The three strengths are those that teams tag with from early on, so that later work answers what is uncertain and
//! confirms what is strong or worrying. To add a kind: a line in [`Kind`], the
//! word in the table's CHECK, and `evidence-kind-…` in the locales.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{DocumentId, SampleId, SessionId, SubmissionId, SurveyId};
use crate::programmes::{Framework, Lenses, Programme};
use crate::reasons::{FieldProblem, Reason};

/// Most characters of a title.
pub const TITLE_LIMIT: usize = 200;
/// Most characters of a text: evidence, finding, reason.
pub const TEXT_LIMIT: usize = 10_000;

macro_rules! worded {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$item])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// All of them, in the order of the pages.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in the database, in forms and in keys of translations.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::evidence::UnknownWord;
            fn from_str(word: &str) -> Result<Self, crate::evidence::UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    other => Err(crate::evidence::UnknownWord(other.chars().take(60).collect())),
                }
            }
        }
    };
}
pub(crate) use worded;

/// A word that is none of a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of the words")]
pub struct UnknownWord(pub String);

worded! {
    /// Where evidence comes from. A finding rests on two of these, or says why one is enough.
    Kind {
        /// Answers to a survey.
        Survey = "survey",
        /// Records that were read.
        Record = "record",
        /// A group of people.
        FocusGroup = "focus_group",
        /// A professional discussion or a talk with one person.
        Discussion = "discussion",
        /// Something seen on site.
        Observation = "observation",
        /// A document of the partnership.
        Document = "document",
        /// The pre-inspection return.
        Return = "return",
    }
}

worded! {
    /// What the evidence says about the indicator, by itself.
    Strength {
        /// Nothing that worries.
        NoSignificantConcern = "no_significant_concern",
        /// Later work has to answer it.
        Uncertain = "uncertain",
        /// A concern about the quality of services. Somebody at risk is passed on as a concern, not noted here.
        Concern = "concern",
    }
}

/// What evidence is tagged to. Keys as the programme and its framework write them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tags {
    /// Numbers of quality indicators.
    pub indicators: BTreeSet<String>,
    /// Keys of lines of enquiry.
    pub lines: BTreeSet<String>,
    /// Rights and promises, as `lens/item`, for example `uncrc/article-12`.
    pub rights: BTreeSet<String>,
}

impl Tags {
    /// Whether evidence with these tags may carry a finding on an indicator: it is tagged to the indicator itself or
    /// to a line of enquiry for which the programme names that indicator.
    pub fn reach(&self, indicator: &str, programme: &Programme) -> bool {
        self.indicators.contains(indicator)
            || self.lines.iter().any(|key| {
                programme
                    .line_of_enquiry(key)
                    .is_some_and(|line| line.indicators.iter().any(|i| i == indicator))
            })
    }
}

/// Every tag that an inspection offers: all indicators of the framework, the programme's lines of enquiry and the
/// items of its lenses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabulary {
    tags: Tags,
}

impl Vocabulary {
    /// The tags of a programme version.
    pub fn of(programme: &Programme, framework: &Framework, lenses: &Lenses) -> Self {
        let rights = programme
            .lenses
            .iter()
            .filter_map(|key| lenses.lens(&key.value))
            .flat_map(|lens| lens.items.iter().map(move |item| format!("{}/{}", lens.key, item.key)));
        Self {
            tags: Tags {
                indicators: framework.indicators.iter().map(|i| i.number.clone()).collect(),
                lines: programme.lines_of_enquiry.iter().map(|l| l.key.clone()).collect(),
                rights: rights.collect(),
            },
        }
    }
}

/// The record that evidence comes from. The id says which kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Origin {
    /// A survey.
    Survey(SurveyId),
    /// A session with people.
    Session(SessionId),
    /// A document.
    Document(DocumentId),
    /// A submitted pre-inspection return.
    Submission(SubmissionId),
    /// The sample of records.
    Sample(SampleId),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Survey(id) => id.fmt(f),
            Self::Session(id) => id.fmt(f),
            Self::Document(id) => id.fmt(f),
            Self::Submission(id) => id.fmt(f),
            Self::Sample(id) => id.fmt(f),
        }
    }
}

impl FromStr for Origin {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        text.parse()
            .map(Self::Survey)
            .or_else(|_| text.parse().map(Self::Session))
            .or_else(|_| text.parse().map(Self::Document))
            .or_else(|_| text.parse().map(Self::Submission))
            .or_else(|_| text.parse().map(Self::Sample))
            .map_err(|_| UnknownWord(text.chars().take(60).collect()))
    }
}

impl TryFrom<String> for Origin {
    type Error = UnknownWord;
    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.to_string()
    }
}

/// What somebody writes about one piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it comes from.
    pub kind: Kind,
    /// A line for lists.
    pub title: String,
    /// What was said, read, counted or seen.
    pub body: String,
    /// What it says.
    pub strength: Strength,
    /// The day it speaks of, apart from the day on which it is written down.
    pub describes_on: Date,
    /// The record it comes from, where there is one.
    pub origin: Option<Origin>,
    /// What it is tagged to.
    pub tags: Tags,
}

impl Written {
    /// What is wrong with it, field by field. `today` is the day in Scotland: evidence does not speak of the future.
    /// At least one indicator or line of enquiry is wanted, because evidence without either can carry nothing.
    pub fn problems(&self, vocabulary: &Vocabulary, today: Date) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        problems.extend(text_problem("title", &self.title, TITLE_LIMIT));
        problems.extend(text_problem("body", &self.body, TEXT_LIMIT));
        if self.describes_on > today {
            problems.push(FieldProblem::new("describes_on", Reason::new("evidence-day-ahead")));
        }
        if self.tags.indicators.is_empty() && self.tags.lines.is_empty() {
            problems.push(FieldProblem::new("indicator", Reason::new("evidence-untagged")));
        }
        let known = &vocabulary.tags;
        for (field, tags, offered) in [
            ("indicator", &self.tags.indicators, &known.indicators),
            ("line", &self.tags.lines, &known.lines),
            ("right", &self.tags.rights, &known.rights),
        ] {
            if let Some(tag) = tags.difference(offered).next() {
                problems.push(FieldProblem::new(field, Reason::new("evidence-unknown-tag").with("tag", tag)));
            }
        }
        problems
    }
}

/// What is wrong with a text that has to be there: it is empty, or longer than `limit` characters.
pub fn text_problem(field: &str, text: &str, limit: usize) -> Option<FieldProblem> {
    if text.trim().is_empty() {
        return Some(FieldProblem::new(field, Reason::new("problem-required")));
    }
    let length = text.chars().count();
    (length > limit).then(|| {
        FieldProblem::new(
            field,
            Reason::new("problem-text-long").with("limit", limit).with("over", length - limit),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn written() -> Written {
        Written {
            kind: Kind::Survey,
            title: "Staff feel supported".into(),
            body: "Most staff who answered said so.".into(),
            strength: Strength::NoSignificantConcern,
            describes_on: date(2026, 2, 2),
            origin: None,
            tags: Tags { indicators: ["2.1".to_owned()].into(), ..Tags::default() },
        }
    }

    fn vocabulary() -> Vocabulary {
        Vocabulary {
            tags: Tags {
                indicators: ["2.1".to_owned(), "5.3".to_owned()].into(),
                lines: ["at-home".to_owned()].into(),
                rights: ["uncrc/article-12".to_owned()].into(),
            },
        }
    }

    fn wrong(change: impl FnOnce(&mut Written)) -> Vec<String> {
        let mut w = written();
        change(&mut w);
        let problems = w.problems(&vocabulary(), date(2026, 2, 2));
        problems.into_iter().map(|p| format!("{} {}", p.field, p.reason.key)).collect()
    }

    #[test]
    fn each_fault_is_named_at_its_field() {
        assert_eq!(wrong(|_| {}), Vec::<String>::new());
        assert_eq!(wrong(|w| w.title = " ".into()), ["title problem-required"]);
        assert_eq!(wrong(|w| w.body = "x".repeat(TEXT_LIMIT + 1)), ["body problem-text-long"]);
        assert_eq!(wrong(|w| w.describes_on = date(2026, 2, 3)), ["describes_on evidence-day-ahead"]);
        assert_eq!(wrong(|w| w.tags = Tags::default()), ["indicator evidence-untagged"]);
        assert_eq!(
            wrong(|w| w.tags.indicators = ["9.9".to_owned()].into()),
            ["indicator evidence-unknown-tag"]
        );
        assert_eq!(
            wrong(|w| w.tags.rights = ["uncrc/none".to_owned()].into()),
            ["right evidence-unknown-tag"]
        );
        let line_only = wrong(|w| {
            w.tags = Tags { lines: ["at-home".to_owned()].into(), ..Tags::default() };
        });
        assert!(line_only.is_empty());
    }

    #[test]
    fn words_and_origins_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.word().parse::<Kind>().unwrap(), *kind);
        }
        for strength in Strength::ALL {
            assert_eq!(strength.word().parse::<Strength>().unwrap(), *strength);
        }
        let id = format!("sur_{:032x}", 5);
        assert_eq!(id.parse::<Origin>().unwrap().to_string(), id);
        assert!(format!("per_{:032x}", 5).parse::<Origin>().is_err());
    }
}
