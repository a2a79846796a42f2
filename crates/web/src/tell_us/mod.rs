//! Tell us: the public pages, which work without a script and know nothing of who asks; and the pages of the handlers.

mod back;
mod handle;
mod message;
mod public;
mod telephones;

pub(crate) use public::{layout as public_layout, unreviewed};
pub(crate) use telephones::telephones;

use keyline_domain::access::{Action, ServiceAction};

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let answer = Gate::Inspection(Action::AnswerMessages);
    let general = Gate::Service(ServiceAction::HandleMessages);
    r.get("/tell-us", Gate::Public, public::start)
        .get("/tell-us/about/{place}", Gate::Public, public::get)
        .post("/tell-us/about/{place}", Gate::Public, public::post)
        .get("/tell-us/answer", Gate::Public, back::get)
        .post("/tell-us/answer", Gate::Public, back::post)
        .get("/tell-us/promise", Gate::Public, public::promise)
        .get("/inspections/{inspection}/messages", answer, handle::list)
        .get("/inspections/{inspection}/messages/{message}", answer, handle::get)
        .post("/inspections/{inspection}/messages/{message}", answer, handle::post)
        .get("/messages", general, handle::list_general)
        .get("/messages/{message}", general, handle::get_general)
        .post("/messages/{message}", general, handle::post_general)
}
