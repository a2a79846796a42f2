//! Accounts and sessions. Verbs here stand outside the inspections, so they ask no grant but say who may.

pub mod accounts;
pub mod devices;
pub mod passkeys;
pub mod passwords;
pub mod second_factor;
pub mod sessions;

use keyline_domain::access::Actor;

use crate::refused::{Refused, Result};

/// Whether the service as a whole may be changed: by an administrator, or at the console.
pub(crate) fn administers(actor: &Actor) -> Result<()> {
    match actor {
        Actor::Console => Ok(()),
        Actor::Person(person) if person.administrator => Ok(()),
        _ => Err(Refused::Hidden),
    }
}
