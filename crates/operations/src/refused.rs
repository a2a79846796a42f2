//! Why a verb was not done, as a value that a page can show.

use keyline_domain::access::Denied;
use keyline_domain::reasons::{FieldProblem, Reason};

/// Result of a verb.
pub type Result<T> = std::result::Result<T, Refused>;

/// Why a verb was not done. Nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Does not exist, or is not to be seen: the same answer.
    #[error("not found")]
    Hidden,
    /// The team member has to declare an interest, or that there is none, before the inspection opens.
    #[error("a declaration of interest is missing")]
    DeclareFirst,
    /// It may not be done now; each reason is a sentence for a person.
    #[error("not now: {}", .0.iter().map(|r| r.key.as_str()).collect::<Vec<_>>().join(", "))]
    NotNow(Vec<Reason>),
    /// Something is wrong with what was typed.
    #[error("fields: {}", .0.iter().map(|p| format!("{} {}", p.field, p.reason.key)).collect::<Vec<_>>().join(", "))]
    Fields(Vec<FieldProblem>),
    /// Somebody else saved in the meantime. Holds their text, so that the page can show both.
    #[error("changed by somebody else in the meantime")]
    Stale {
        /// What stands there now.
        theirs: String,
        /// Who wrote it, by name.
        by: String,
        /// The version to save against after looking at both.
        version: i64,
    },
    /// No room on the disk: a clear page, and nothing was written.
    #[error("the disk is full")]
    Full,
    /// A fault of the program or its surroundings; logged once, at the edge.
    #[error("fault")]
    Fault(#[source] anyhow::Error),
}

impl Refused {
    /// One reason.
    pub fn reason(key: &str) -> Self {
        Self::NotNow(vec![Reason::new(key)])
    }

    /// One field.
    pub fn field(field: &str, key: &str) -> Self {
        Self::Fields(vec![FieldProblem::new(field, Reason::new(key))])
    }

    /// A fault with what was being done.
    pub fn fault(error: impl Into<anyhow::Error>) -> Self {
        Self::Fault(error.into())
    }

    /// The same for a form in which a field has another name than the verb gives it.
    #[must_use]
    pub fn with_field(mut self, named: &str, field: &str) -> Self {
        if let Self::Fields(problems) = &mut self {
            for problem in problems.iter_mut().filter(|problem| problem.field == named) {
                field.clone_into(&mut problem.field);
            }
        }
        self
    }

    /// The same for a form with a field for the passphrase: a care key that is locked is said there.
    #[must_use]
    pub fn locked_at(self, field: &str) -> Self {
        match self {
            Self::NotNow(reasons) if reasons.iter().any(|reason| reason.key == "care-locked") => {
                Self::field(field, "care-locked")
            }
            other => other,
        }
    }
}

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Hidden => Self::Hidden,
            Denied::DeclareFirst => Self::DeclareFirst,
        }
    }
}

impl From<keyline_store::Error> for Refused {
    fn from(error: keyline_store::Error) -> Self {
        match error {
            keyline_store::Error::Full => Self::Full,
            error @ keyline_store::Error::Away(_) => {
                tracing::warn!(error = ?error, "a document could not be reached");
                Self::reason("documents-away")
            }
            keyline_store::Error::Stale => {
                Self::Stale { theirs: String::new(), by: String::new(), version: 0 }
            }
            other => Self::Fault(other.into()),
        }
    }
}
