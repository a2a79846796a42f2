//! What personal material is destroyed when, putting that off, and the certificate.
//!
//! Nothing is destroyed from these pages: the clock does it on the day. The lead sees before what will go, and may put
//! the day off with a reason that everybody here can read.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::disposal::{KEPT, MOST_DAYS};
use keyline_operations::Refused;
use keyline_operations::disposal::{Outlook, PostponeDisposal, outlook, postpone_disposal};
use keyline_operations::report::pdf;
use keyline_store::disposal::{Postponement, postponements, steps};
use keyline_store::inspections::{self, Inspection, members};
use maud::{Markup, html};

use crate::components::{
    Column, DateTyped, Field, Tone, button, callout, data_table, date_field, document_body, form, hidden,
    letter_head, link_button_secondary, tag, text_area,
};
use crate::frame::{Gate, PageError, PageResult, Problems, Routes, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let see = Gate::Inspection(Action::SeeDisposal);
    r.get("/inspections/{inspection}/disposal", see, get)
        .post("/inspections/{inspection}/disposal", Gate::Inspection(Action::PostponeDisposal), post)
        .get("/inspections/{inspection}/disposal/{certificate}", see, certificate)
}

async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = PostponeDisposal {
        inspection: scope.grant.inspection(),
        to: DateTyped::of("to", |name| typed.get(name)).date(),
        reason: typed.get("reason").to_owned(),
        version: typed.parse("version").unwrap_or(-1),
        checked: typed.has("identifies_nobody", "yes"),
    };
    match postpone_disposal(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("disposal?done=disposal-postponed")).into_response()),
        // Who was quicker put it off too: the page shows to when and why, and keeps what was typed.
        Err(Refused::Stale { .. }) => {
            let stale = Problems::one(&visitor, "reason", "disposal-stale");
            render(&visitor, &scope, &typed, &stale).await
        }
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let outlook = outlook(visitor.cx(), &mut reader, &inspection).await?;
    let history = postponements(&mut reader, &scope.grant).await?;
    let done = steps(&mut reader, inspection.id).await?;
    let names = members::names(&mut reader, &scope.grant).await?;
    let body = html! {
        p class="kl_lead" { (w.t("disposal-lead")) }
        (state(visitor, scope, &outlook))
        @if !done.is_empty() {
            h2 { (w.t("certificate-destroyed")) }
            @let rows: Vec<Vec<Markup>> = done.iter().map(|(step, count, at)| vec![
                html! { (w.t(&format!("disposal-step-{}", step.word()))) },
                html! { (count) },
                html! { (w.date_time(&in_london(*at))) },
            ]).collect();
            (counted(visitor, "certificate-destroyed", &["disposal-what", "disposal-count", "disposal-when"], &rows))
        }
        @if outlook.disposal.finished_at.is_none() {
            h2 { (w.t("disposal-there")) }
            p { (w.t("disposal-there-text")) }
            @let rows: Vec<Vec<Markup>> = outlook.there.iter().map(|(step, count)| vec![
                html! { (w.t(&format!("disposal-step-{}", step.word()))) },
                html! { (count) },
            ]).collect();
            (counted(visitor, "disposal-there", &["disposal-what", "disposal-count"], &rows))
        }
        h2 { (w.t("disposal-kept")) }
        ul { @for key in KEPT { li { (w.t(&format!("disposal-kept-{key}"))) } } }
        @if !history.is_empty() {
            h2 { (w.t("disposal-postponed-title")) }
            ul { @for one in &history {
                @let who = one.by.and_then(|person| names.get(&person)).map_or("", String::as_str);
                li { (postponed(visitor, one)) " " (who) }
            } }
        }
        @if scope.grant.permits(Action::PostponeDisposal) && outlook.due.is_some()
            && outlook.disposal.started_at.is_none() {
            (fields(visitor, scope, typed, problems, &outlook))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Disposal, w.t("room-disposal"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn counted(visitor: &Visitor, caption: &str, titles: &[&str], rows: &[Vec<Markup>]) -> Markup {
    let w = visitor.words();
    let titles: Vec<String> = titles.iter().map(|key| w.t(key)).collect();
    let columns: Vec<Column> = titles
        .iter()
        .enumerate()
        .map(|(n, title)| if n == 1 { Column::number(title) } else { Column::text(title) })
        .collect();
    data_table(&w.t(caption), &columns, rows)
}

fn postponed(visitor: &Visitor, one: &Postponement) -> String {
    let w = visitor.words();
    let (from, to) = (w.date(one.from), w.date(one.to));
    w.with("disposal-postponed", &[("from", &from), ("to", &to), ("reason", &one.reason)])
}

/// Where it stands, and the day.
fn state(visitor: &Visitor, scope: &Scope, outlook: &Outlook) -> Markup {
    let w = visitor.words();
    if let Some(at) = outlook.disposal.finished_at {
        return html! {
            p { (tag(Tone::Good, &w.t("disposal-state-done"))) " "
                (w.with("disposal-done-on", &[("at", &w.date_time(&in_london(at)))])) }
            p { (link_button_secondary(&scope.href("disposal/certificate"), &w.t("disposal-certificate"))) }
        };
    }
    if outlook.disposal.started_at.is_some() {
        return html! { p { (tag(Tone::Active, &w.t("disposal-state-begun"))) " " (w.t("disposal-begun")) } };
    }
    match (outlook.due, outlook.days) {
        (Some(day), _) => {
            let title = w.with("disposal-due", &[("day", &w.date(day))]);
            callout(&title, &html! { p { (w.t("disposal-due-text")) } })
        }
        (None, Some(days)) => {
            html! { p { (tag(Tone::Neutral, &w.t("disposal-state-planned"))) " "
            (w.with("disposal-planned", &[("days", &days)])) } }
        }
        (None, None) => html! { p { (w.t("disposal-no-day")) } },
    }
}

fn fields(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems, outlook: &Outlook) -> Markup {
    let w = visitor.words();
    html! {
        h2 { (w.t("disposal-postpone")) }
        p { (w.t("disposal-postpone-text")) }
        (form(&scope.href("disposal"), &html! {
            (hidden("version", outlook.disposal.version))
            (date_field(&Field::new("to", w.t("disposal-to"))
                .hint(w.with("disposal-to-hint", &[("most", &MOST_DAYS)])).error(problems.on("to")),
                &DateTyped::of("to", |name| typed.get(name)), w))
            (text_area(&Field::new("reason", w.t("disposal-reason")).hint(w.t("disposal-reason-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 3))
            (nobody_field(visitor, typed, problems))
            (button(&w.t("disposal-postpone-now")))
        }))
    }
}

/// The certificate as a page; `certificate.pdf` gives the PDF.
async fn certificate(visitor: Visitor, scope: Scope, Path((_, name)): Path<(String, String)>) -> PageResult {
    let as_pdf = match name.as_str() {
        "certificate" => false,
        "certificate.pdf" => true,
        _ => return Err(PageError::NOT_FOUND),
    };
    let mut reader = visitor.cx().read().await?;
    let inspection: Inspection = inspections::get(&mut reader, &scope.grant).await?;
    let stands = keyline_store::disposal::find(&mut reader, inspection.id).await?;
    drop(reader);
    let document = stands.certificate.ok_or(PageError::NOT_FOUND)?;
    if as_pdf {
        let name = format!("attachment; filename=\"{}-disposal.pdf\"", scope.reference);
        let headers = [(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, name)];
        return Ok((headers, pdf(visitor.cx(), &document).await?).into_response());
    }
    let w = visitor.words();
    let body = html! {
        (letter_head(&document))
        (document_body(&document))
        p { a href=(scope.href("disposal/certificate.pdf")) { (w.t("disposal-certificate-pdf")) } }
    };
    let title = document.title.clone();
    let mut layout = frame(&visitor, &scope, &inspection, Room::Disposal, title, body);
    layout.breadcrumbs = vec![(scope.href("disposal"), w.t("room-disposal"))];
    Ok(visitor.show(&layout))
}
