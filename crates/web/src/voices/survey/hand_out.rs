//! Handing a survey out: its link with a QR code, the links of single services, codes, and sheets to print.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use keyline_domain::access::Action;
use keyline_domain::documents::Document;
use keyline_domain::voices::Distribution;
use keyline_operations::voices::{MOST_CODES, code_sheet, paper_sheet, print_codes, reminder};
use keyline_store::voices::links;
use maud::{Markup, PreEscaped, html};

use super::Here;
use crate::components::{Field, button, details, form, number_field, qr};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// Width of a QR code in pixels: easily read from a sheet on the wall.
const QR_WIDTH: u32 = 180;

/// The section of the survey's page.
pub(super) async fn links(visitor: &Visitor, scope: &Scope, here: &Here) -> PageResult<Markup> {
    let w = visitor.words();
    let survey = &here.survey;
    let base = &visitor.cx().settings.public_address;
    let link = format!("{base}/surveys/{}", survey.address);
    let services = links::list(&mut visitor.cx().read().await?, &scope.grant, survey.id).await?;
    let runs = scope.grant.permits(Action::RunSurvey);
    Ok(html! {
        section {
            h2 { (w.t("survey-hand-out-title")) }
            div class="kl_hand-out" {
                div class="kl_qr" role="img" aria-label=(w.with("survey-qr", &[("link", &link)])) { (PreEscaped(qr(&link, QR_WIDTH))) }
                div {
                    p { (w.t("survey-hand-out")) }
                    p { a href={ "/surveys/" (survey.address) } { (link) } }
                    p { a href=(here.href(scope, "/reminder.pdf")) { (w.t("survey-reminder")) } }
                    p { a href=(here.href(scope, "/paper.pdf")) { (w.t("survey-paper-form")) } }
                }
            }
            @if !services.is_empty() {
                h3 { (w.t("survey-service-links")) }
                (crate::components::table(&w.t("survey-service-links-text"), &[&w.t("survey-service"), &w.t("survey-link")],
                    &services.iter().map(|s| vec![
                        html! { (here.choice(&s.question, &s.value)) },
                        html! { a href={ "/surveys/" (s.address) } { (base) "/surveys/" (s.address) } },
                    ]).collect::<Vec<_>>()))
            }
            @if survey.distribution == Distribution::Codes {
                p { (w.with("survey-codes-printed", &[("count", &survey.codes)])) }
                @if runs {
                    (details(&w.t("survey-print-codes"), &html! {
                        p { (w.t("survey-print-codes-text")) }
                        (form(&here.href(scope, "/codes"), &html! {
                            (number_field(&Field::new("number", w.t("survey-number-of-codes")).hint(w.with("survey-number-of-codes-hint", &[("most", &MOST_CODES)]))))
                            (button(&w.t("survey-print-codes-now")))
                        }))
                    }))
                }
            }
        }
    })
}

/// Prints codes: the answer is the sheet, and it is the only place where the codes are.
pub(in crate::voices) async fn codes(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let number = typed.parse::<u32>("number").unwrap_or(0);
    let (cx, actor) = (visitor.cx(), visitor.actor());
    match print_codes(cx, actor, scope.grant.inspection(), here.survey.id, number).await {
        Ok(printed) => {
            let w = visitor.words();
            let base = format!("{}/surveys/{}", cx.settings.public_address, here.survey.address);
            let sheet = code_sheet(cx, &here.survey, &printed, &base, &|link| qr(link, QR_WIDTH), w);
            pdf(&visitor, sheet, "survey-codes.pdf", true).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            super::render(&visitor, &scope, &here, &typed, &problems).await
        }
    }
}

/// The sheet that reminds people: to hang up, or to send.
pub(in crate::voices) async fn reminder_sheet(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let link = format!("{}/surveys/{}", visitor.cx().settings.public_address, here.survey.address);
    let sheet = reminder(visitor.cx(), &here.survey, &link, &qr(&link, QR_WIDTH), visitor.words());
    pdf(&visitor, sheet, "survey-reminder.pdf", false).await
}

/// The survey on paper, for the team.
pub(in crate::voices) async fn paper(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    public_paper(&visitor, &here.survey.address, visitor.words().lang()).await
}

/// The survey on paper, for everybody who has its link.
pub(in crate::voices) async fn for_everybody(
    visitor: Visitor,
    Path(address): Path<String>,
    asked: Typed,
) -> PageResult {
    public_paper(&visitor, &address, asked.get("language")).await
}

async fn public_paper(visitor: &Visitor, address: &str, language: &str) -> PageResult {
    let cx = visitor.cx();
    let opened = keyline_operations::voices::open_survey_page(cx, address).await?;
    let visit = crate::voices::answering::Visit::of(visitor, address, &opened, language);
    let texts = visit.texts().await?;
    let help = texts.help_blocks(visit.words);
    let document = paper_sheet(cx, &opened, texts.introduction, texts.notice, help, visit.words);
    pdf(visitor, document, "survey.pdf", false).await
}

async fn pdf(visitor: &Visitor, document: Document, name: &str, secret: bool) -> PageResult<Response> {
    let renderer = visitor.cx().renderer.clone();
    let pdf = tokio::task::spawn_blocking(move || renderer(&document))
        .await
        .map_err(|e| PageError::fault(&e))?
        .map_err(|e| PageError::fault(&std::io::Error::other(e)))?;
    let disposition = if secret { "attachment" } else { "inline" };
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, format!("{disposition}; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, pdf).into_response())
}
