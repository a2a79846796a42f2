//! Who looks after the volunteers: the administrator's page.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::PersonId;
use keyline_operations::volunteers::set_lead;
use keyline_store::{people, volunteers};
use maud::html;

use crate::components::{
    Button, Choice, Field, Kind, Tone, Width, button_secondary, empty_state, form, hidden, select, tag,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, &Problems::default()).await
}

async fn render(visitor: &Visitor, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let accounts = people::list(&mut reader).await?;
    let leads = volunteers::leads(&mut reader).await?;
    drop(reader);
    let name = |id: PersonId| accounts.iter().find(|a| a.id == id).map_or("", |a| a.name.as_str());
    let mut choices = vec![Choice::new("", w.t("choose-one"), true)];
    choices.extend(
        accounts
            .iter()
            .filter(|a| a.disabled_at.is_none() && !leads.iter().any(|(p, _)| *p == a.id))
            .map(|a| Choice::new(a.id.to_string(), format!("{}, {}", a.name, a.designation), false)),
    );
    let body = html! {
        p class="kl_lead" { (w.t("volunteer-leads-text")) }
        @if leads.is_empty() { (empty_state(&w.t("volunteer-leads-none"), &w.t("volunteer-leads-none-text"), None)) }
        ul {
            @for (person, public) in &leads {
                li {
                    (name(*person)) " "
                    @if public.is_none() { (tag(Tone::Warn, &w.t("care-without-key"))) }
                    (form("/volunteers/leads", &html! {
                        (hidden("person", person)) (hidden("leads", "no"))
                        (Button::new(&w.t("handlers-end")).kind(Kind::Link).hidden(name(*person)))
                    }))
                }
            }
        }
        (form("/volunteers/leads", &html! {
            (hidden("leads", "yes"))
            (select(&Field::new("person", w.t("handlers-person")).error(problems.on("person")), &choices))
            (button_secondary(&w.t("handlers-add")))
        }))
    };
    let mut layout = visitor.layout(w.t("volunteer-leads-title"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![("/care/custodians".to_owned(), w.t("custodians-title"))];
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Names somebody, or ends it.
pub(super) async fn post(visitor: Visitor, typed: Typed) -> PageResult {
    let Some(person) = typed.parse::<PersonId>("person") else {
        return if typed.get("person").is_empty() {
            render(&visitor, &Problems::one(&visitor, "person", "problem-choose")).await
        } else {
            Err(PageError::NOT_FOUND)
        };
    };
    match set_lead(visitor.cx(), visitor.actor(), person, typed.get("leads") == "yes").await {
        Ok(()) => Ok(Redirect::to("/volunteers/leads?done=volunteer-leads").into_response()),
        Err(refused) => render(&visitor, &Problems::from_refusal(&visitor, refused)?).await,
    }
}
