//! The first page: what it is about, in which language, and the code where one is needed.

use axum::http::StatusCode;
use keyline_domain::voices::Distribution;
use maud::html;

use super::carried::{ACT, CODE, Carried};
use super::{Visit, act, shown};
use crate::components::{Button, Field, form, inset, prose, text_field};
use crate::frame::PageResult;

pub(super) async fn page(visit: &Visit<'_>, carried: &Carried, problem: Option<String>) -> PageResult {
    let w = visit.words;
    let texts = visit.texts().await?;
    let survey = &visit.opened.public.survey;
    let form_read = visit.opened.form.form();
    let by_code = survey.distribution == Distribution::Codes;
    let start = w.t("survey-start");
    let others = shown::other_languages(form_read, w.lang());
    // Without the code the fields carry it hidden; here it is typed.
    let code = carried.code.clone();
    let without = Carried { code: String::new(), ..carried.clone() };
    let body = html! {
        @if !others.is_empty() {
            nav class="kl_languages" aria-label=(w.t("survey-language")) {
                ul {
                    @for (tag, name) in &others {
                        li { a href={ (visit.action()) "?language=" (tag) } lang=(tag) hreflang=(tag) { (name) } }
                    }
                }
            }
        }
        @if shown::is_unreviewed(form_read, w.lang()) {
            (inset(&html! { p { (w.t("translation-unreviewed")) } }))
        }
        div class="kl_text" { (prose(&texts.introduction)) }
        p { (w.with("survey-start-about", &[("count", &form_read.questions().filter(|q| q.is_asked()).count())])) }
        (form(&visit.action(), &html! {
            (without.fields(""))
            @if by_code {
                (text_field(
                    &Field::new(CODE, w.t("survey-code")).hint(w.t("survey-code-hint")).value(code.clone()).error(problem.clone()).autocomplete("off"),
                    "text",
                ))
            } @else if let Some(said) = &problem {
                (inset(&html! { p id="start" { (said) } }))
            }
            // Only a script can keep something on the device, so only a script offers it.
            div data-keep-offer=(survey.id) data-title=(w.t("survey-keep-title")) data-hint=(w.t("survey-keep-hint"))
                data-found=(w.t("survey-kept-found")) data-go-on=(w.t("survey-kept-go-on"))
                data-delete=(w.t("survey-kept-delete")) data-deleted=(w.t("survey-kept-deleted")) {}
            (Button::new(&start).sends(ACT, act::START))
        }))
        (inset(&html! { h2 { (w.t("survey-help-now")) } (texts.help(w)) }))
        p { a href={ (visit.action()) "/paper?language=" (w.lang()) } { (w.t("survey-paper")) } }
    };
    let layout = visit.layout(visit.title(), body);
    Ok(match problem {
        Some(said) => {
            let field = if by_code { CODE } else { "start" };
            visit.show(StatusCode::UNPROCESSABLE_ENTITY, layout, vec![(field.to_owned(), said)])
        }
        None => visit.show(StatusCode::OK, layout, Vec::new()),
    })
}
