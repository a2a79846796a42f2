//! Surveys and sessions: for the team and the partnership; and the public page on which a survey is answered.

mod answer;
mod overview;
mod results;
mod session;

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let surveys = Gate::Inspection(Action::SeeSurveys);
    let run = Gate::Inspection(Action::RunSurvey);
    let note = Gate::Inspection(Action::NoteSession);
    r.get("/surveys/{address}", Gate::Public, answer::get)
        .post("/surveys/{address}", Gate::Public, answer::post)
        .get("/surveys/{address}/thanks", Gate::Public, answer::thanks)
        .get("/inspections/{inspection}/voices", Gate::Inspection(Action::SeeInspection), overview::get)
        .get("/inspections/{inspection}/voices/surveys", surveys, overview::surveys)
        .post("/inspections/{inspection}/voices/surveys", run, overview::open)
        .post("/inspections/{inspection}/voices/surveys/{survey}/close", run, overview::close)
        .get(
            "/inspections/{inspection}/voices/surveys/{survey}/results",
            Gate::Inspection(Action::SeeSurveyResults),
            results::get,
        )
        .get("/inspections/{inspection}/voices/sessions", note, session::list)
        .get("/inspections/{inspection}/voices/sessions/new", note, session::new)
        .post("/inspections/{inspection}/voices/sessions/new", note, session::create)
        .get("/inspections/{inspection}/voices/sessions/{session}", note, session::edit)
        .post("/inspections/{inspection}/voices/sessions/{session}", note, session::change)
        .get(
            "/inspections/{inspection}/voices/all-sessions",
            Gate::Inspection(Action::SeeSessions),
            session::all,
        )
}
