//! What people say: how a survey is handed out, when it takes answers, what of its results may be shown.
//!
//! | module | subject |
//! | --- | --- |
//! | [`window`] | the minute at which a survey closes, the grace, when results open |
//! | [`threshold`] | the smallest number of people that is shown |
//! | [`codes`] | codes that open a survey once |
//! | [`devices`] | passwords of devices that fill forms in away from the network |
//! | [`cues`] | words in a free text that put it in front of a person at once |
//! | [`paper`] | the questions on paper, cards that invite, a sheet that reminds |
//! | [`response`] | how many have answered of how many |
//! | [`results`] | what was said, in numbers that may be shown |
//!
//! Numbers of people are small here (32 to 200 children in an area), so a count below the threshold is never shown, nor
//! a count from which it could be worked out, nor the split of a group that is itself too small.

pub mod codes;
pub mod cues;
pub mod devices;
pub mod paper;
pub mod response;
pub mod results;
pub mod threshold;
pub mod window;

use serde::{Deserialize, Serialize};

pub use window::{GRACE, Taking, Window};

/// How a survey is handed out. Fixed when it is made: no way makes an answer less anonymous than another, and none can
/// be exchanged for another while people answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// One link for everybody.
    OpenLink,
    /// One link for everybody and one for each service, which fills in the service.
    ServiceLinks,
    /// A link that opens with a printed code, once for each code.
    Codes,
}

impl Distribution {
    /// All ways, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::OpenLink, Self::ServiceLinks, Self::Codes];

    /// The word in forms, in the database and in keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::OpenLink => "open-link",
            Self::ServiceLinks => "service-links",
            Self::Codes => "codes",
        }
    }

    /// The way of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}
