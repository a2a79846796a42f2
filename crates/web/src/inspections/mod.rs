//! The start page of a person, and the inspection: overview, people, plan, letters, calendar.

mod calendar;
mod interest;
mod invitation;
mod letters;
mod notify;
mod once;
mod overview;
mod people;
mod plan;
pub(crate) mod rooms;
mod set_up;
mod start;

pub(crate) use once::shown_once;
pub(crate) use people::role_name;
pub(crate) use rooms::name;
pub use rooms::{Room, frame};
pub(crate) use start::phase;

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let notify = Gate::Inspection(Action::Notify);
    let letters = Gate::Inspection(Action::SeeLetters);
    r.get("/start", Gate::SignedIn, start::get)
        .get("/inspections", Gate::Administrator, set_up::register)
        .get("/inspections/new", Gate::Administrator, set_up::get)
        .post("/inspections/new", Gate::Administrator, set_up::post)
        .get("/inspections/{inspection}", Gate::Inspection(Action::SeeInspection), overview::get)
        .get("/inspections/{inspection}/interest", Gate::Inspection(Action::DeclareInterest), interest::get)
        .post("/inspections/{inspection}/interest", Gate::Inspection(Action::DeclareInterest), interest::post)
        .get("/inspections/{inspection}/notify", notify, notify::get)
        .post("/inspections/{inspection}/notify", notify, notify::post)
        .get("/inspections/{inspection}/letters", letters, letters::list)
        .get("/inspections/{inspection}/letters/{letter}", letters, letters::show)
        .post("/inspections/{inspection}/letters/{letter}/renew", notify, letters::renew)
        .get("/letter/{token}", Gate::Public, letters::private)
        .get("/invitation/{token}", Gate::Public, invitation::get)
        .post("/invitation/{token}", Gate::Public, invitation::post)
        .get("/calendar", Gate::SignedIn, calendar::page)
        .post("/calendar", Gate::SignedIn, calendar::make)
        .post("/calendar/end", Gate::SignedIn, calendar::end)
        .get("/calendar/{token}", Gate::Public, calendar::feed)
        .room(people::routes)
        .room(plan::routes)
}
