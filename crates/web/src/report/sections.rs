//! Writing a section. The second of two editors is shown both texts, and saves against what stands there then.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_operations::report::{SaveSection, save_section};
use keyline_operations::{Refused, view};
use keyline_store::{inspections, report};
use maud::{Markup, html};

use crate::components::{Field, Width, button, compare, form, hidden, not_offered, text_area, warning};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

type At = Path<(String, String)>;

/// The form with what stands there.
pub(super) async fn get(visitor: Visitor, scope: Scope, Path((_, section)): At) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    let stands = report::sections(&mut reader, &scope.grant).await?.into_iter().find(|s| s.key == section);
    drop(reader);
    let (body, version) = stands.map_or((String::new(), 0), |s| (s.body, s.version));
    let typed = Typed::of([("body", body), ("version", version.to_string())]);
    render(&visitor, &scope, &section, &typed, &Problems::default(), &html! {}).await
}

/// Saves.
pub(super) async fn post(visitor: Visitor, scope: Scope, Path((_, section)): At, typed: Typed) -> PageResult {
    let input = SaveSection {
        inspection: scope.grant.inspection(),
        section: section.clone(),
        body: typed.get("body").to_owned(),
        version: typed.parse("version").unwrap_or(0),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match save_section(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("report?done=section-saved")).into_response()),
        Err(Refused::Stale { theirs, by, version }) => {
            let w = visitor.words();
            let mine = typed.get("body").to_owned();
            let clash = html! {
                (warning(&w.with("report-edit-clash-title", &[("name", &by)]), &html! {
                    strong { (w.with("report-edit-clash-title", &[("name", &by)])) } " " (w.t("report-edit-clash"))
                }))
                (compare(&w.t("report-mine"), &mine, &w.with("report-theirs", &[("name", &by)]), &theirs))
            };
            let typed = Typed::of([("body", mine), ("version", version.to_string())]);
            let mut page = render(&visitor, &scope, &section, &typed, &Problems::default(), &clash).await?;
            *page.status_mut() = axum::http::StatusCode::CONFLICT;
            Ok(page)
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &section, &typed, &problems, &html! {}).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    key: &str,
    typed: &Typed,
    problems: &Problems,
    above: &Markup,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let programme = visitor.cx().programme(&inspection)?;
    let section = programme.report.written_sections().find(|s| s.key == key).ok_or(PageError::NOT_FOUND)?;
    let line = section.line.as_deref().and_then(|line| programme.line_of_enquiry(line));
    let edit = match offer(Step::WriteReport, &progress, visitor.cx().now()) {
        Offer::NotYet(reasons) => {
            let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
            html! {
                (not_offered(&w.t("report-not-yet"), &reasons))
                p class="kl_pre" { (typed.get("body")) }
            }
        }
        Offer::Ready | Offer::Done => form(
            &scope.href(&format!("report/sections/{key}")),
            &html! {
                (hidden("version", typed.get("version")))
                (text_area(&Field::new("body", w.t("report-edit-body")).hint(w.t("report-edit-hint"))
                    .value(typed.get("body")).error(problems.on("body")), 18))
                (nobody_field(visitor, typed, problems))
                (button(&w.t("report-edit-save")))
            },
        ),
    };
    let body = html! {
        p { (section.contents) }
        @if let Some(line) = line { blockquote { (line.text) } }
        (above)
        (edit)
    };
    let title = w.with("report-edit-title", &[("title", &section.title)]);
    let mut layout = frame(visitor, scope, &inspection, Room::Report, title, body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("report"), w.t("room-report"))];
    Ok(visitor.show_as(problems.status(), &layout))
}
