//! Concerns: raising one from anywhere, the own ones, the lead's overview, and the page of one.
//!
//! What was written is shown only in the answer to a reason, never by an address that could be kept or opened again.

mod carry;
mod concern;
mod help;
mod overview;
mod own;
mod raise;
mod reading;

pub(crate) use carry::{EVERY_TEXT, raise_with_text};
pub(crate) use concern::session;
pub(crate) use help::lines as help_lines;
pub(crate) use raise::form_to_take_along;

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let raise = Gate::Inspection(Action::RaiseConcern);
    let decide = Gate::Inspection(Action::DecideConcern);
    r.get("/concern", Gate::SignedIn, raise::choose)
        .get("/concern/own", Gate::SignedIn, own::get)
        .post("/concern/away", Gate::SignedIn, own::away)
        .get("/inspections/{inspection}/concern", raise, raise::get)
        .post("/inspections/{inspection}/concern", raise, raise::post)
        .get("/inspections/{inspection}/concern/{concern}/thanks", raise, raise::thanks)
        .post("/inspections/{inspection}/concern/{concern}/answer", raise, own::answer)
        .get("/inspections/{inspection}/concerns", raise, overview::get)
        .post("/inspections/{inspection}/concerns/contacts", decide, overview::contacts)
        .get("/inspections/{inspection}/concerns/{concern}", raise, concern::get)
        .post("/inspections/{inspection}/concerns/{concern}", raise, reading::post)
        .post("/inspections/{inspection}/concerns/{concern}/decide", decide, concern::decide)
        .post("/inspections/{inspection}/concerns/{concern}/hand-over", decide, concern::hand_over)
        .post("/inspections/{inspection}/concerns/{concern}/acknowledge", raise, concern::acknowledge)
        .post("/inspections/{inspection}/concerns/{concern}/close", raise, concern::close)
}
