//! Who may do what: roles per inspection, actions, and the one policy.
//!
//! The policy is a pure function over (standing of the actor, action). A compartment wall stands above
//! the roles: without a live role in *this* inspection, whatever the account may do elsewhere, the
//! inspection is not found. `docs/access-matrix.txt` is printed from here and compared in the tests.
//!
//! To add an action: add it to [`Action`], answer it in [`policy`]'s match (it does not compile until you
//! do), print the matrix anew (`docs/access-matrix.txt` says how), and read the difference.

mod action;
mod policy;
mod role;
mod service;
pub mod throttle;

pub use action::{Action, Kind};
pub use policy::{Denied, Grant, Standing, decide, matrix, permits};
pub use role::{Role, Side};
pub use service::{Duty, ServiceAction, duty_permits};

use serde::{Deserialize, Serialize};

use crate::ids::PersonId;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// Somebody who has not signed in.
    Public,
    /// A person with an account.
    Person(Person),
    /// The clock: jobs that the product itself set.
    Clock,
    /// The command line on the server, by whoever may read the key file.
    Console,
}

/// The account behind a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// Name as shown to colleagues.
    pub name: String,
    /// Manages accounts and the service; has no way into an inspection by that.
    pub administrator: bool,
}

impl Actor {
    /// The account, if a person acts.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Public | Self::Clock | Self::Console => None,
        }
    }

    /// The word of the audit trail.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Person(_) => "person",
            Self::Clock => "clock",
            Self::Console => "console",
        }
    }
}
