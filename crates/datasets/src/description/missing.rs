//! Why a cell has no value. That a value was hidden to protect people must never look like a person who did not
//! answer, nor the other way round: each reason has a code of its own in every format.

/// Why a cell has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Missing {
    /// There is a value, and it is hidden to protect people.
    Suppressed,
    /// The question was not put to this person.
    NotAsked,
    /// The question was put and left out.
    NotAnswered,
    /// The person said that they do not know.
    DoesNotKnow,
}

impl Missing {
    /// All reasons, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Suppressed, Self::NotAsked, Self::NotAnswered, Self::DoesNotKnow];

    /// The sign in a text format, after the shorthand of United Kingdom official statistics: `[c]` confidential, `[z]`
    /// not applicable, `[x]` not available; `[dk]` is ours. At most eight bytes, because SPSS compares no more of a
    /// missing text.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Suppressed => "[c]",
            Self::NotAsked => "[z]",
            Self::NotAnswered => "[x]",
            Self::DoesNotKnow => "[dk]",
        }
    }

    /// The reason as a word for programs, as in JSON and in the column `kind` of a codebook.
    pub fn key(self) -> &'static str {
        match self {
            Self::Suppressed => "suppressed",
            Self::NotAsked => "not-asked",
            Self::NotAnswered => "not-answered",
            Self::DoesNotKnow => "does-not-know",
        }
    }

    /// Its place in [`Self::ALL`].
    pub fn index(self) -> usize {
        match self {
            Self::Suppressed => 0,
            Self::NotAsked => 1,
            Self::NotAnswered => 2,
            Self::DoesNotKnow => 3,
        }
    }

    /// Whether a text is the sign of a reason.
    pub(crate) fn is_sign(text: &str) -> bool {
        text.starts_with('[') && Self::ALL.iter().any(|missing| missing.sign() == text)
    }
}

/// Words of the description that people read, in the language of the table. English by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// For [`Missing::Suppressed`].
    pub suppressed: String,
    /// For [`Missing::NotAsked`].
    pub not_asked: String,
    /// For [`Missing::NotAnswered`].
    pub not_answered: String,
    /// For [`Missing::DoesNotKnow`].
    pub does_not_know: String,
    /// For a choice that was picked, of several.
    pub chosen: String,
    /// For a choice that was not.
    pub not_chosen: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            suppressed: "Suppressed to protect people".to_owned(),
            not_asked: "Not asked".to_owned(),
            not_answered: "Not answered".to_owned(),
            does_not_know: "Does not know".to_owned(),
            chosen: "Chosen".to_owned(),
            not_chosen: "Not chosen".to_owned(),
        }
    }
}

impl Words {
    /// The word for a reason.
    pub fn of(&self, missing: Missing) -> &str {
        match missing {
            Missing::Suppressed => &self.suppressed,
            Missing::NotAsked => &self.not_asked,
            Missing::NotAnswered => &self.not_answered,
            Missing::DoesNotKnow => &self.does_not_know,
        }
    }
}
