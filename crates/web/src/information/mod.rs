//! What the public is told: the pages of programmes, news, webinars and meetings; and where they are written.

mod calendar;
mod editing;
mod news;
mod news_form;
mod pages;
mod public;
mod publishing;
mod versions;

use axum::http::HeaderValue;
use keyline_domain::access::ServiceAction;
use keyline_domain::information::readability::Readability;
use keyline_words::Words;
use maud::{Markup, html};

use crate::components::{Tone, summary_list, tag};
use crate::frame::{Gate, PageResult, Routes, Visitor};

pub(crate) use news::short_list;

/// How long a browser or a proxy may keep something public, as for reports.
const PUBLIC_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let see = Gate::Service(ServiceAction::SeePages);
    let edit = Gate::Service(ServiceAction::EditPages);
    let publish = Gate::Service(ServiceAction::PublishPages);
    let tell = Gate::Service(ServiceAction::WriteNews);
    r.get("/programmes", Gate::Public, public::programmes)
        .get("/programmes/{programme}", Gate::Public, public::programme)
        .get("/programmes/{programme}/{audience}", Gate::Public, public::audience)
        .get("/programmes/{programme}/{audience}/{page}", Gate::Public, public::page)
        .get("/programmes/{programme}/{audience}/{page}/page.pdf", Gate::Public, public::pdf)
        .get("/news", Gate::Public, news::list)
        .get("/news/feed.xml", Gate::Public, news::feed)
        .get("/news/{news}", Gate::Public, news::item)
        .get("/news/{news}/meeting.ics", Gate::Public, calendar::file)
        .get("/information", see, pages::list)
        .get("/information/pages/{programme}/{audience}/{page}", see, editing::get)
        .post("/information/pages/{programme}/{audience}/{page}", edit, editing::post)
        .get("/information/pages/{programme}/{audience}/{page}/versions", see, versions::list)
        .get("/information/pages/{programme}/{audience}/{page}/versions/{number}", see, versions::one)
        .post("/information/pages/{programme}/{audience}/{page}/versions/{number}", edit, versions::restore)
        .get("/information/pages/{programme}/{audience}/{page}/publish", publish, publishing::get)
        .post("/information/pages/{programme}/{audience}/{page}/publish", publish, publishing::post)
        .get("/information/news", tell, news_form::list)
        .get("/information/news/new", tell, news_form::new)
        .post("/information/news/new", tell, news_form::write)
        .get("/information/news/{news}", tell, news_form::get)
        .post("/information/news/{news}", tell, news_form::change)
        .post("/information/news/{news}/publish", tell, news_form::publish)
        .post("/information/news/{news}/take-back", tell, news_form::take_back)
}

/// Whether the visitor may do something for the service as a whole.
async fn may(visitor: &Visitor, action: ServiceAction) -> PageResult<bool> {
    let Some(person) = visitor.signed_in() else { return Ok(false) };
    Ok(keyline_operations::duties::may(&mut visitor.cx().read().await?, person.person.id, action).await?)
}

/// How hard a page is to read, beside what the programme wants.
fn readability(w: Words<'_>, found: Option<Readability>, hardest: u16) -> Markup {
    let Some(r) = found else { return html! { p { (w.t("information-nothing-to-read")) } } };
    let hard = r.grade > f64::from(hardest);
    let state = if hard {
        tag(Tone::Warn, &w.with("information-harder", &[("most", &hardest)]))
    } else {
        tag(Tone::Good, &w.with("information-within", &[("most", &hardest)]))
    };
    let number = |value: f64| html! { (format!("{value:.1}")) };
    html! {
        (summary_list(&[
            (w.t("information-grade"), html! { (number(r.grade)) " " (state) }),
            (w.t("information-ease"), number(r.ease)),
            (w.t("information-lix"), number(r.lix)),
            (w.t("information-sentence"), html! { (format!("{:.1}", f64::from(r.counts.words) / f64::from(r.counts.sentences))) }),
        ]))
        p class="ds_hint-text" { (w.t("information-readability-what")) }
    }
}
