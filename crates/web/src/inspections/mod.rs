//! The start page of a person, and the inspection: overview, people, plan, letters.

mod interest;
mod overview;
mod rooms;
mod start;

pub use rooms::{Room, frame};

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    r.get("/start", Gate::SignedIn, start::get)
        .get("/inspections/{inspection}", Gate::Inspection(Action::SeeInspection), overview::get)
        .get("/inspections/{inspection}/interest", Gate::Inspection(Action::DeclareInterest), interest::get)
        .post("/inspections/{inspection}/interest", Gate::Inspection(Action::DeclareInterest), interest::post)
}
