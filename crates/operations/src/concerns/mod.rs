//! Concerns: raising, deciding, handing over, acknowledging, closing, reading.
//!
//! Every step is one transaction: the row of the concern, what was done, the sealed text, the audit entry, who is told,
//! and the clock of the next step. A process that dies between two steps leaves the one before whole.

mod act;
pub mod clock;
mod contacts;
mod raise;
mod read;
mod report;
pub mod tell;

pub use act::{AcknowledgeConcern, CloseConcern};
pub use act::{
    AnswerConcern, DecideConcern, HandOver, Ruling, acknowledge_concern, answer_concern, close_concern,
    decide_concern, hand_over_concern, set_away,
};
pub use contacts::set_contacts;
pub(crate) use raise::raise;
pub use raise::{Raise, raise_concern};
pub use read::{
    OpenedConcern, WaitingConcern, asked_of_raiser, concerns_waiting, open_concern, own_concerns,
};
pub use report::{Report, report};
