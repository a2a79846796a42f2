//! Surveys and sessions: for the team and the partnership; and the public pages on which a survey is answered.

mod answering;
mod devices;
mod openrosa;
mod overview;
mod received;
mod session;
mod survey;
mod surveys;

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let r = r.get("/inspections/{inspection}/voices", Gate::Inspection(Action::SeeInspection), overview::get);
    devices(sessions(results(running(public(r)))))
}

/// What is open to everybody who has a link.
fn public(r: Routes) -> Routes {
    r.get("/surveys/{address}", Gate::Public, answering::get)
        .post("/surveys/{address}", Gate::Public, answering::post)
        .get("/surveys/{address}/with/{code}", Gate::Public, answering::with_code)
        .get("/surveys/{address}/paper", Gate::Public, survey::hand_out::for_everybody)
        .get("/surveys/{address}/thanks", Gate::Public, answering::thanks)
}

/// Making, handing out, closing; paper.
fn running(r: Routes) -> Routes {
    let see = Gate::Inspection(Action::SeeSurveys);
    let run = Gate::Inspection(Action::RunSurvey);
    let count = Gate::Inspection(Action::CountPeople);
    let key = Gate::Inspection(Action::KeyPaperAnswers);
    let contacts = Gate::Inspection(Action::AnswerContacts);
    r.get("/inspections/{inspection}/voices/surveys", see, surveys::get)
        .post("/inspections/{inspection}/voices/surveys", run, surveys::open)
        .get("/inspections/{inspection}/voices/surveys/{survey}", see, survey::get)
        .post("/inspections/{inspection}/voices/surveys/{survey}/close", run, survey::close)
        .post("/inspections/{inspection}/voices/surveys/{survey}/move", run, survey::move_minute)
        .post("/inspections/{inspection}/voices/surveys/{survey}/codes", run, survey::hand_out::codes)
        .get(
            "/inspections/{inspection}/voices/surveys/{survey}/reminder.pdf",
            see,
            survey::hand_out::reminder_sheet,
        )
        .get("/inspections/{inspection}/voices/surveys/{survey}/paper.pdf", see, survey::hand_out::paper)
        .get("/inspections/{inspection}/voices/surveys/{survey}/people", count, survey::people::get)
        .post("/inspections/{inspection}/voices/surveys/{survey}/people", count, survey::people::post)
        .get("/inspections/{inspection}/voices/surveys/{survey}/paper", key, survey::paper::list)
        .get("/inspections/{inspection}/voices/surveys/{survey}/paper/key", key, survey::paper::key_form)
        .post("/inspections/{inspection}/voices/surveys/{survey}/paper/key", key, survey::paper::key)
        .get("/inspections/{inspection}/voices/surveys/{survey}/paper/compare", key, survey::paper::compare)
        .post("/inspections/{inspection}/voices/surveys/{survey}/paper/compare", key, survey::paper::agree)
        .get("/inspections/{inspection}/voices/contacts", contacts, survey::contacts::get)
        .post("/inspections/{inspection}/voices/contacts/{contact}", contacts, survey::contacts::done)
}

/// What was said: texts, numbers, files.
fn results(r: Routes) -> Routes {
    let texts = Gate::Inspection(Action::ReadSurveyTexts);
    let mark = Gate::Inspection(Action::MarkSurveyText);
    let record = Gate::Inspection(Action::RecordEvidence);
    let see = Gate::Inspection(Action::SeeSurveyResults);
    let raw = Gate::Inspection(Action::ExportAnswers);
    r.get("/inspections/{inspection}/voices/surveys/{survey}/texts", texts, survey::reading::get)
        .post(
            "/inspections/{inspection}/voices/surveys/{survey}/texts/read",
            mark,
            survey::reading::mark_read,
        )
        .post("/inspections/{inspection}/voices/surveys/{survey}/texts/tag", mark, survey::reading::set_tags)
        .post(
            "/inspections/{inspection}/voices/surveys/{survey}/texts/evidence",
            record,
            survey::reading::as_evidence,
        )
        .get("/inspections/{inspection}/voices/surveys/{survey}/results", see, survey::results::get)
        .get(
            "/inspections/{inspection}/voices/surveys/{survey}/results/{format}",
            see,
            survey::export::released,
        )
        .get("/inspections/{inspection}/voices/surveys/{survey}/answers", raw, survey::export::ask)
        .post("/inspections/{inspection}/voices/surveys/{survey}/answers", raw, survey::export::raw)
}

fn sessions(r: Routes) -> Routes {
    let note = Gate::Inspection(Action::NoteSession);
    r.get("/inspections/{inspection}/voices/sessions", note, session::list)
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

/// Devices that fill forms in away from the network: the page on which they are added, and what they ask for.
fn devices(r: Routes) -> Routes {
    let own = Gate::Inspection(Action::UseDevice);
    let note = Gate::Inspection(Action::NoteSession);
    r.get("/inspections/{inspection}/voices/devices", own, devices::get)
        .post("/inspections/{inspection}/voices/devices", own, devices::add)
        .post("/inspections/{inspection}/voices/devices/{device}/end", own, devices::end)
        .post("/inspections/{inspection}/voices/received/{notes}/remove", note, session::remove_received)
        .get("/openrosa/{inspection}/formList", Gate::Device, openrosa::form_list)
        .get("/openrosa/{inspection}/forms/{form}", Gate::Device, openrosa::form)
        .get("/openrosa/{inspection}/forms/{form}/manifest", Gate::Device, openrosa::manifest)
        .head("/openrosa/{inspection}/submission", Gate::Device, openrosa::before_submission)
        .post_files("/openrosa/{inspection}/submission", Gate::Device, openrosa::submission)
}
