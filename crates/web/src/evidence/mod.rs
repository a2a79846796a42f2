//! Evidence: the list with its pictures, one piece, and the forms.

mod form;
mod list;
mod picture;
mod piece;
mod titles;

pub(crate) use form::prefilled;
pub(crate) use list::strength;
pub(crate) use picture::weight_picture;
pub(crate) use piece::linked_source;
pub(crate) use titles::Titles;

use keyline_domain::access::Action;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let see = Gate::Inspection(Action::SeeEvidence);
    let write = Gate::Inspection(Action::RecordEvidence);
    r.get("/inspections/{inspection}/evidence", see, list::get)
        .get("/inspections/{inspection}/evidence/new", write, form::new)
        .post("/inspections/{inspection}/evidence/new", write, form::record)
        .post("/inspections/{inspection}/evidence/from-text", write, form::from_text)
        .get("/inspections/{inspection}/evidence/{evidence}", see, piece::get)
        .get("/inspections/{inspection}/evidence/{evidence}/change", write, form::edit)
        .post("/inspections/{inspection}/evidence/{evidence}/change", write, form::change)
        .post("/inspections/{inspection}/evidence/{evidence}/withdraw", write, piece::withdraw)
}
