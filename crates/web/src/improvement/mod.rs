//! The room of improvement: recommendations of the team, action plan of the partnership, review by the link inspector.

mod actions;
mod plan;
mod recommendations;
mod room;

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let at = Gate::Inspection;
    let (see, make, plan) = (Action::SeeActionPlan, Action::Recommend, Action::SubmitActionPlan);
    r.get("/inspections/{inspection}/improvement", at(see), room::get)
        .get("/inspections/{inspection}/improvement/recommendations/new", at(make), recommendations::new_form)
        .post("/inspections/{inspection}/improvement/recommendations/new", at(make), recommendations::make)
        .get(
            "/inspections/{inspection}/improvement/recommendations/{which}",
            at(make),
            recommendations::form_of,
        )
        .post(
            "/inspections/{inspection}/improvement/recommendations/{which}",
            at(make),
            recommendations::change,
        )
        .post(
            "/inspections/{inspection}/improvement/recommendations/{which}/remove",
            at(make),
            recommendations::remove,
        )
        .get(
            "/inspections/{inspection}/improvement/recommendations/{which}/actions",
            at(plan),
            actions::new_form,
        )
        .post("/inspections/{inspection}/improvement/recommendations/{which}/actions", at(plan), actions::add)
        .get("/inspections/{inspection}/improvement/actions/{action}", at(plan), actions::form_of)
        .post("/inspections/{inspection}/improvement/actions/{action}", at(plan), actions::change)
        .post("/inspections/{inspection}/improvement/actions/{action}/remove", at(plan), actions::remove)
        .post("/inspections/{inspection}/improvement/submit", at(plan), plan::submit)
        .get("/inspections/{inspection}/improvement/review", at(Action::ReviewActionPlan), plan::review_form)
        .post("/inspections/{inspection}/improvement/review", at(Action::ReviewActionPlan), plan::review)
}
