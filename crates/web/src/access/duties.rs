//! Who does what for the service as a whole: given and taken by administrators.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Duty;
use keyline_domain::clock::day_of;
use keyline_operations::duties::set_duty;
use keyline_store::{duties, people};
use maud::{Markup, html};

use crate::components::{
    Button, Choice, Field, Kind, Tone, button_secondary, empty_state, form, hidden, radios, select, table,
    tag,
};
use crate::frame::{PageResult, Problems, Typed, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, &Typed::default(), &Problems::default()).await
}

async fn render(visitor: &Visitor, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let given = duties::list(&mut reader).await?;
    let accounts = people::list(&mut reader).await?;
    drop(reader);
    let word = |duty: Duty| w.t(&format!("duty-{}", duty.word()));
    let list: Vec<Vec<Markup>> = given
        .iter()
        .map(|one| {
            vec![
                html! { (one.name) },
                html! {
                    (word(one.duty))
                    @if one.duty.reads_sealed() && !one.has_key { " " (tag(Tone::Warn, &w.t("care-without-key"))) }
                },
                html! { (w.date(day_of(one.since))) },
                html! { (form("/accounts/duties", &html! {
                    (hidden("person", one.person)) (hidden("duty", one.duty.word())) (hidden("given", "no"))
                    (Button::new(&w.t("duty-end")).kind(Kind::Link).hidden(&one.name))
                })) },
            ]
        })
        .collect();
    let mut people = vec![Choice::new("", w.t("choose-one"), typed.get("person").is_empty())];
    people.extend(accounts.iter().filter(|a| a.disabled_at.is_none()).map(|a| {
        let id = a.id.to_string();
        let chosen = typed.get("person") == id;
        Choice::new(id, format!("{}, {}", a.name, a.designation), chosen)
    }));
    let header = ["field-name", "duty-heading", "duty-since", "duty-end"].map(|key| w.t(key));
    let body = html! {
        p class="kl_lead" { (w.t("duties-lead")) }
        @if list.is_empty() { (empty_state(&w.t("duties-none-title"), &w.t("duties-none"), None)) }
        @else { (table(&w.t("duties-title"), &header.each_ref().map(String::as_str), &list)) }
        section {
            h2 { (w.t("duty-give")) }
            (form("/accounts/duties", &html! {
                (hidden("given", "yes"))
                (select(&Field::new("person", w.t("duty-person")).error(problems.on("person")), &people))
                (radios(&Field::new("duty", w.t("duty-heading")).error(problems.on("duty")),
                    &Duty::ALL.iter().map(|d| Choice::new(d.word(), word(*d), typed.get("duty") == d.word())
                        .hint(w.t(&format!("duty-{}-hint", d.word())))).collect::<Vec<_>>()))
                (button_secondary(&w.t("duty-give")))
            }))
        }
    };
    let mut layout = visitor.layout(w.t("duties-title"), body);
    layout.problems = problems.summary();
    layout.breadcrumbs = vec![("/accounts".to_owned(), w.t("nav-accounts"))];
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Gives a duty or takes it.
pub(super) async fn post(visitor: Visitor, typed: Typed) -> PageResult {
    let Some(person) = typed.parse("person") else {
        return render(&visitor, &typed, &Problems::one(&visitor, "person", "problem-choose")).await;
    };
    let Some(duty) = typed.parse("duty") else {
        return render(&visitor, &typed, &Problems::one(&visitor, "duty", "problem-choose")).await;
    };
    match set_duty(visitor.cx(), visitor.actor(), person, duty, typed.get("given") == "yes").await {
        Ok(()) => Ok(Redirect::to("/accounts/duties?done=duties-changed").into_response()),
        Err(refused) => render(&visitor, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}
