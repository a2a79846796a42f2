//! The form of what is asked for, for a new request and for one that is changed.

use keyline_domain::access::Role;
use keyline_domain::ids::PersonId;
use keyline_operations::returns::AskedFor;
use keyline_store::returns::{Held, Request};
use keyline_workbooks::FileKind;
use maud::{Markup, html};

use crate::components::{
    Choice, DateTyped, Field, checkboxes, date_field, details, select, table, text_area, text_field,
};
use crate::evidence::Titles;
use crate::frame::{Problems, Typed, Visitor};
use crate::inspections::role_name;

/// What was typed, as the verb wants it.
pub(super) fn asked_for(typed: &Typed) -> AskedFor {
    AskedFor {
        title: typed.get("title").to_owned(),
        purpose: typed.get("purpose").to_owned(),
        indicators: typed.all("indicators").map(str::to_owned).collect(),
        due_on: DateTyped::of("due", |name| typed.get(name)).date(),
        owner: typed.parse("owner"),
        public_at: typed.get("public_at").to_owned(),
        asked_again: typed.get("asked_again").to_owned(),
    }
}

/// A request as the form has it.
pub(super) fn typed_of(r: &Request) -> Typed {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut pairs = vec![
        ("title", r.title.clone()),
        ("purpose", r.purpose.clone()),
        ("due-day", r.due_on.day().to_string()),
        ("due-month", r.due_on.month().to_string()),
        ("due-year", r.due_on.year().to_string()),
        ("owner", r.owner.map(|p| p.to_string()).unwrap_or_default()),
        ("public_at", text(&r.public_at)),
        ("asked_again", text(&r.asked_again)),
    ];
    pairs.extend(r.indicators.iter().map(|n| ("indicators", n.clone())));
    Typed::of(pairs)
}

/// The fields.
pub(super) fn fields(
    visitor: &Visitor,
    titles: &Titles<'_>,
    holders: &[(PersonId, String, Role)],
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let mut owners = vec![Choice::new("", w.t("returns-owner-coordinator"), typed.get("owner").is_empty())];
    owners.extend(holders.iter().map(|(person, name, role)| {
        let id = person.to_string();
        let label = format!("{name}, {}", role_name(visitor, *role));
        Choice::new(&id, label, typed.get("owner") == id)
    }));
    html! {
        (text_field(&field("title", "returns-ask-title").hint(w.t("returns-ask-title-hint")), "text"))
        (text_area(&field("purpose", "returns-purpose").hint(w.t("returns-purpose-hint")), 3))
        (checkboxes(&field("indicators", "returns-indicators").hint(w.t("returns-indicators-hint")),
            &titles.evaluated_choices(|n| typed.has("indicators", n))))
        (date_field(&field("due", "returns-due-day"), &DateTyped::of("due", |name| typed.get(name)), w))
        (select(&field("owner", "returns-owner").hint(w.t("returns-owner-hint")).unchecked(), &owners))
        (text_field(&field("public_at", "returns-public-at").hint(w.t("returns-public-at-hint")).optional(w), "url"))
        (text_area(&field("asked_again", "returns-asked-again").hint(w.t("returns-asked-again-hint")).optional(w), 3))
    }
}

/// What the area has given before, folded in under the form.
pub(super) fn given_before(visitor: &Visitor, held: &[Held]) -> Markup {
    let w = visitor.words();
    if held.is_empty() {
        return html! {};
    }
    let rows: Vec<Vec<Markup>> = held
        .iter()
        .map(|h| {
            vec![
                html! { (h.title) },
                html! { (kind(&h.kind)) },
                html! { (programme(visitor, &h.programme)) },
                html! { (w.date(h.given_on)) },
            ]
        })
        .collect();
    let header = ["returns-document", "returns-kind", "held-programme", "held-given-on"].map(|key| w.t(key));
    details(
        &w.with("held-all", &[("count", &held.len())]),
        &html! {
            p { (w.t("held-explained")) }
            (table(&w.t("held-caption"), &header.each_ref().map(String::as_str), &rows))
        },
    )
}

/// The ending of a kind of file, as people call it.
pub(super) fn kind(media_type: &str) -> String {
    FileKind::from_media_type(media_type).map_or("", FileKind::extension).to_uppercase()
}

/// The short title of a programme.
pub(super) fn programme(visitor: &Visitor, id: &str) -> String {
    let latest = visitor.cx().library.latest(id);
    latest.map_or_else(|| id.to_owned(), |p| p.short_title.value.clone())
}
