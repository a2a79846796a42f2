//! Setting up an inspection, and the register: what administrators of the service see, which is no content.

use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::access::Role;
use keyline_operations::Refused;
use keyline_operations::inspections::{FirstMember, SetUp, set_up};
use keyline_store::{inspections, people};
use maud::{Markup, html};

use crate::components::{
    Choice, DateTyped, Field, Tone, Width, button, date_field, empty_state, form, link_button, select, table,
    tag, text_field,
};
use crate::frame::{PageResult, Problems, Typed, Visitor};

/// The register.
pub(super) async fn register(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let all = inspections::register(&mut reader).await?;
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|i| {
            let area = visitor.cx().library.council(&i.area).map_or(i.area.as_str(), |c| c.name.as_str());
            let (tone, key) = if i.closed_on.is_some() {
                (Tone::Neutral, "register-closed")
            } else if i.published {
                (Tone::Good, "register-published")
            } else if i.notified_on.is_some() {
                (Tone::Active, "register-running")
            } else {
                (Tone::Neutral, "register-planned")
            };
            vec![html! { (i.reference) }, html! { (area) }, tag(tone, &w.t(key))]
        })
        .collect();
    let header = ["register-reference", "register-area", "register-state"].map(|key| w.t(key));
    let body = html! {
        p class="kl_lead" { (w.t("register-what")) }
        p { (link_button("/inspections/new", &w.t("set-up-title"))) }
        @if rows.is_empty() { (empty_state(&w.t("register-empty-title"), &w.t("register-empty-text"), None)) }
        @else { (table(&w.t("register-title"), &header.each_ref().map(String::as_str), &rows)) }
    };
    Ok(visitor.show(&visitor.layout(w.t("register-title"), body)))
}

/// The empty form.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    Ok(render(&visitor, &Typed::default(), &Problems::default()))
}

/// Sets up.
pub(super) async fn post(visitor: Visitor, typed: Typed) -> PageResult {
    match try_set_up(&visitor, &typed).await {
        Ok(()) => Ok(Redirect::to("/inspections?done=set-up").into_response()),
        Err(refused) => Ok(render(&visitor, &typed, &Problems::from_refusal(&visitor, refused)?)),
    }
}

async fn try_set_up(visitor: &Visitor, typed: &Typed) -> Result<(), Refused> {
    let (programme, version) = typed
        .get("programme")
        .split_once('@')
        .ok_or_else(|| Refused::field("programme", "problem-choose"))?;
    let starts_on = DateTyped::of("starts_on", |key| typed.get(key))
        .date()
        .ok_or_else(|| Refused::field("starts_on", "problem-date"))?;
    let mut reader = visitor.cx().read().await?;
    let lead = people::find_by_email(&mut reader, typed.get("lead"))
        .await?
        .filter(|account| account.disabled_at.is_none())
        .ok_or_else(|| Refused::field("lead", "set-up-no-account"))?;
    drop(reader);
    let body = visitor
        .cx()
        .library
        .programme(programme, version)
        .and_then(|p| p.scrutiny_bodies.first())
        .map(|b| b.key.clone());
    let input = SetUp {
        programme: programme.to_owned(),
        version: Some(version.to_owned()),
        area: typed.get("area").to_owned(),
        starts_on,
        team: vec![FirstMember { person: lead.id, role: Role::Lead, body }],
    };
    set_up(visitor.cx(), visitor.actor(), input).await.map(|_| ())
}

fn render(visitor: &Visitor, typed: &Typed, problems: &Problems) -> Response {
    let w = visitor.words();
    let library = &visitor.cx().library;
    let mut programmes = vec![Choice::new("", "", typed.get("programme").is_empty())];
    // The newest first: it is the one that is meant nearly always.
    for p in library.programmes().iter().rev() {
        let value = format!("{}@{}", p.id, p.version);
        let label = format!("{} ({})", p.short_title.value, p.version);
        programmes.push(Choice::new(&value, label, typed.has("programme", &value)));
    }
    let mut areas = vec![Choice::new("", "", typed.get("area").is_empty())];
    areas.extend(library.councils().iter().map(|c| Choice::new(&c.key, &c.name, typed.has("area", &c.key))));
    let body = html! {
        p { (w.t("set-up-what")) }
        (form("/inspections/new", &html! {
            (select(&Field::new("programme", w.t("set-up-programme")).error(problems.on("programme")), &programmes))
            (select(&Field::new("area", w.t("set-up-area")).error(problems.on("area")), &areas))
            (date_field(&Field::new("starts_on", w.t("set-up-starts-on")).hint(w.t("set-up-starts-hint"))
                .error(problems.on("starts_on")), &DateTyped::of("starts_on", |key| typed.get(key)), w))
            (text_field(&Field::new("lead", w.t("set-up-lead")).hint(w.t("set-up-lead-hint"))
                .value(typed.get("lead")).autocomplete("off").error(problems.on("lead")), "email"))
            (button(&w.t("set-up-do")))
        }))
    };
    let mut layout = visitor.layout(w.t("set-up-title"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    visitor.show_as(problems.status(), &layout)
}
