//! The room of the report: sections, draft, points of factual accuracy, embargo, minute of publication.

mod editions;
mod embargo;
mod minute;
mod points;
mod room;
mod sections;

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room. Whoever may see any edition may see the embargoed one, so that opens the first page; what
/// it shows is asked piece by piece.
pub(crate) fn routes(r: Routes) -> Routes {
    let at = Gate::Inspection;
    r.get("/inspections/{inspection}/report", at(Action::SeeEmbargoed), room::get)
        .get("/inspections/{inspection}/report/preview", at(Action::SeeReport), editions::preview)
        .get("/inspections/{inspection}/report/sections/{section}", at(Action::WriteReport), sections::get)
        .post("/inspections/{inspection}/report/sections/{section}", at(Action::WriteReport), sections::post)
        .post("/inspections/{inspection}/report/send-draft", at(Action::SendDraft), editions::send_draft)
        .get("/inspections/{inspection}/report/draft", at(Action::SeeDraft), editions::draft)
        .get("/inspections/{inspection}/report/draft.pdf", at(Action::SeeDraft), editions::draft_pdf)
        .get("/inspections/{inspection}/report/points", at(Action::SeeDraft), points::list)
        .get("/inspections/{inspection}/report/points/new", at(Action::RaisePoint), points::raise_form)
        .post("/inspections/{inspection}/report/points/new", at(Action::RaisePoint), points::raise)
        .post("/inspections/{inspection}/report/points/close", at(Action::RaisePoint), points::close)
        .get("/inspections/{inspection}/report/points/{point}", at(Action::AnswerPoint), points::answer_form)
        .post("/inspections/{inspection}/report/points/{point}", at(Action::AnswerPoint), points::answer)
        .get("/inspections/{inspection}/report/embargo", at(Action::SendEmbargoed), embargo::get)
        .post("/inspections/{inspection}/report/embargo", at(Action::SendEmbargoed), embargo::post)
        .get("/inspections/{inspection}/report/embargoed", at(Action::SeeEmbargoed), editions::embargoed)
        .get(
            "/inspections/{inspection}/report/embargoed.pdf",
            at(Action::SeeEmbargoed),
            editions::embargoed_pdf,
        )
        .get("/inspections/{inspection}/report/publication", at(Action::SetPublication), minute::get)
        .post("/inspections/{inspection}/report/publication", at(Action::SetPublication), minute::post)
}
