//! Young inspection volunteers: the public form, the participation lead's pages, the volunteers' own pages, and what an
//! inspection shows of them; "You said, we did" with its public page.
//!
//! The pages of the participation lead and of a volunteer belong to no inspection: their gate is being signed in, and what
//! they show comes from verbs that ask who it is (`operations/volunteers`). Everybody else finds nothing there.

mod deciding;
mod desk;
mod drafts;
mod expense;
mod inspection;
mod mine;
mod money;
mod one;
mod public;
mod said;
mod write_up;
mod you_said;

use keyline_domain::access::{Action, ServiceAction};
use keyline_operations::volunteers::{only_a_volunteer, what_i_am};
use maud::{Markup, html};

use crate::components::{card, cards};
use crate::frame::{Gate, PageResult, Routes, Visitor};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let lead = Gate::Service(ServiceAction::LookAfterVolunteers);
    let see = Gate::Inspection(Action::SeeTakingPart);
    let place = Gate::Inspection(Action::PlaceVolunteers);
    let tell = Gate::Inspection(Action::TellWhatChanged);
    let read = Gate::Inspection(Action::SeeChildrensVersion);
    let write = Gate::Inspection(Action::WriteChildrensVersion);
    let comment = Gate::Inspection(Action::CommentChildrensVersion);
    r.get("/volunteer", Gate::Public, public::get)
        .post("/volunteer", Gate::Public, public::post)
        .get("/volunteer/withdraw", Gate::Public, public::withdraw)
        .post("/volunteer/withdraw", Gate::Public, public::withdrawn)
        .get("/you-said", Gate::Public, you_said::areas)
        .get("/you-said/{area}", Gate::Public, you_said::get)
        .get("/volunteers", lead, desk::get)
        .get("/volunteers/taking-part", lead, desk::taking_part)
        .get("/volunteers/expenses/{expense}", lead, expense::get)
        .post("/volunteers/expenses/{expense}", lead, expense::post)
        .get("/volunteers/{volunteer}", lead, one::get)
        .post("/volunteers/{volunteer}", lead, one::post)
        .get("/my", Gate::SignedIn, mine::get)
        .get("/my/time", Gate::SignedIn, mine::time)
        .post("/my/time", Gate::SignedIn, mine::save_time)
        .get("/my/leave", Gate::SignedIn, mine::leaving)
        .post("/my/leave", Gate::SignedIn, mine::left)
        .get("/my/money", Gate::SignedIn, money::get)
        .post("/my/money", Gate::SignedIn, money::claim)
        .get("/my/money/{expense}", Gate::SignedIn, money::edit)
        .post("/my/money/{expense}", Gate::SignedIn, money::change)
        .get("/my/sessions/{session}", Gate::SignedIn, write_up::get)
        .post("/my/sessions/{session}", Gate::SignedIn, write_up::post)
        .get("/inspections/{inspection}/volunteers", see, inspection::get)
        .post("/inspections/{inspection}/volunteers", place, inspection::post)
        .get("/inspections/{inspection}/said", see, said::list)
        .get("/inspections/{inspection}/said/new", tell, said::new)
        .post("/inspections/{inspection}/said/new", tell, said::write)
        .get("/inspections/{inspection}/said/{said}", tell, said::edit)
        .post("/inspections/{inspection}/said/{said}", tell, said::post)
        .get("/inspections/{inspection}/childrens-version", read, drafts::get)
        .post("/inspections/{inspection}/childrens-version", comment, drafts::comment)
        .get("/inspections/{inspection}/childrens-version/new", write, drafts::new)
        .post("/inspections/{inspection}/childrens-version/new", write, drafts::write)
        .get("/inspections/{inspection}/childrens-version/{comment}", write, drafts::answering)
        .post("/inspections/{inspection}/childrens-version/{comment}", write, drafts::answer)
}

/// Whether the own pages of a volunteer are where somebody begins: they are a volunteer, and nothing else anywhere.
pub(crate) async fn have_own_start(visitor: &Visitor) -> PageResult<bool> {
    let Some(signed_in) = visitor.signed_in() else { return Ok(false) };
    Ok(!signed_in.person.administrator && only_a_volunteer(visitor.cx(), visitor.actor()).await?)
}

/// The doors to the pages of volunteers on the start page of those who may pass; `None` for everybody else.
pub(crate) async fn doors(visitor: &Visitor) -> PageResult<Option<Markup>> {
    let (leads, own) = what_i_am(visitor.cx(), visitor.actor()).await?;
    if !leads && !own {
        return Ok(None);
    }
    let w = visitor.words();
    Ok(Some(cards(&html! {
        @if own { (card("/my", &w.t("my-title"), &html! { p { (w.t("my-door")) } })) }
        @if leads { (card("/volunteers", &w.t("volunteers-title"), &html! { p { (w.t("volunteers-door")) } })) }
    })))
}
