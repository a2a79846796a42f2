//! The personal material of an inspection is destroyed on its day, step by step, with a certificate.

mod certificate;
mod destroy;
mod postpone;

pub use destroy::{Advanced, advance, dispose, dispose_due};
pub use postpone::{Outlook, PostponeDisposal, outlook, postpone_disposal};
