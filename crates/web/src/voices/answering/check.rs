//! Looking over what was answered, and sending it. The notice, the help and what is passed on stand before the button.

use axum::http::StatusCode;
use maud::html;

use super::carried::{ACT, CONTACT, Carried, END};
use super::shown::Shown;
use super::{Visit, act};
use crate::components::{Button, Field, Kind, button_group, form, text_area};
use crate::frame::PageResult;

pub(super) async fn page(
    visit: &Visit<'_>,
    carried: &Carried,
    shown: &Shown<'_>,
    status: StatusCode,
    problems: Vec<(String, String)>,
) -> PageResult {
    let w = visit.words;
    let texts = visit.texts().await?;
    let rows = shown.summary();
    let (send, back) = (w.t("survey-send"), w.t("survey-back"));
    let wrong = |field: &str| problems.iter().find(|(f, _)| f == field).map(|(_, said)| said.clone());
    let last = shown.pages().last().cloned().unwrap_or_default();
    let back_to = format!("{}{last}", act::GO);
    let body = html! {
        p class="kl_lead" { (w.t("survey-check-lead")) }
        @if rows.iter().all(|row| row.answer.is_none()) { p { (w.t("survey-check-empty")) } }
        (form(&visit.action(), &html! {
            (carried.fields(END))
            dl class="ds_summary-list kl_check" data-keep=(visit.opened.public.survey.id) data-keep-page=(END) {
                @for row in &rows {
                    div class="ds_summary-list__item" {
                        dt class="ds_summary-list__key" { (row.question) }
                        dd class="ds_summary-list__value kl_pre" {
                            @match &row.answer { Some(answer) => (answer), None => span class="kl_quiet" { (w.t("survey-not-answered")) } }
                        }
                        dd class="ds_summary-list__actions" {
                            button class="ds_link kl_link-button" type="submit" name=(ACT) value={ (act::GO) (row.page) }
                                aria-label=(w.with("survey-change-what", &[("question", &row.question)])) { (w.t("survey-change")) }
                        }
                    }
                }
            }
            section {
                h2 { (w.t("survey-contact-title")) }
                (text_area(
                    &Field::new(CONTACT, w.t("survey-contact-label")).hint(w.t("survey-contact-hint"))
                        .value(carried.contact.clone()).error(wrong(CONTACT)).unchecked(),
                    2,
                ))
            }
            (texts.before_sending(w))
            div id="send" {}
            (button_group(&html! {
                (Button::new(&send).sends(ACT, act::SEND))
                (Button::new(&back).kind(Kind::Secondary).sends(ACT, &back_to))
            }))
        }))
    };
    Ok(visit.show(status, visit.layout(w.t("survey-check-title"), body), problems))
}
