//! What we say of ourselves: what Keyline is, help, accessibility, privacy, licences. The texts are in
//! `locales/en/public.ftl`; a page is a list of headings, each with its paragraphs.

use std::sync::LazyLock;

use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::components::{Width, summary_list, table};
use crate::frame::{PageResult, Visitor};

/// The keys of a heading and of its paragraphs.
type Part = (&'static str, &'static [&'static str]);

/// A page: the keys of its title and its lead, its parts, and what stands below them.
fn text_page(visitor: &Visitor, (title, lead): (&str, &str), parts: &[Part], after: &Markup) -> Response {
    let w = visitor.words();
    let body = html! {
        p class="kl_lead" { (w.t(lead)) }
        @for (heading, paragraphs) in parts {
            h2 { (w.t(heading)) }
            @for key in *paragraphs { p { (w.t(key)) } }
        }
        (after)
    };
    let mut layout = visitor.layout(w.t(title), body);
    layout.description = Some(w.t(lead));
    layout.width = Width::Text;
    visitor.show(&layout)
}

/// What Keyline is.
pub(super) async fn keyline(visitor: Visitor) -> PageResult {
    let parts: &[Part] = &[
        ("about-inspections", &["about-inspections-1", "about-inspections-2"]),
        ("about-method", &["about-method-1", "about-method-2"]),
        ("about-software", &["about-software-1", "about-software-2"]),
    ];
    Ok(text_page(&visitor, ("about-title", "about-lead"), parts, &html! {}))
}

/// Help.
pub(super) async fn help(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let numbers = html! {
        h2 { (w.t("help-numbers")) }
        (summary_list(&[
            (w.t("home-danger"), html! { a href="tel:999" { "999" } }),
            (w.t("home-childline"), html! { a href="tel:08001111" { "0800 1111" } }),
        ]))
    };
    let parts: &[Part] = &[
        ("help-sign-in", &["help-sign-in-1", "help-sign-in-2"]),
        ("help-reports", &["help-reports-1", "help-reports-2"]),
        ("help-survey", &["help-survey-1"]),
        ("help-device", &["help-device-1"]),
        ("help-volunteers", &["help-volunteers-1", "help-volunteers-2"]),
        ("help-information", &["help-information-1", "help-information-2"]),
    ];
    Ok(text_page(&visitor, ("help-title", "help-lead"), parts, &numbers))
}

/// The accessibility statement.
pub(super) async fn accessibility(visitor: Visitor) -> PageResult {
    let parts: &[Part] = &[
        ("accessibility-how", &["accessibility-how-1", "accessibility-how-2"]),
        ("accessibility-reports", &["accessibility-reports-1"]),
        ("accessibility-limits", &["accessibility-limits-1", "accessibility-limits-2"]),
    ];
    Ok(text_page(&visitor, ("accessibility-title", "accessibility-lead"), parts, &html! {}))
}

/// What is kept about people.
pub(super) async fn privacy(visitor: Visitor) -> PageResult {
    let parts: &[Part] = &[
        ("privacy-visitors", &["privacy-visitors-1", "privacy-visitors-2"]),
        ("privacy-survey", &["privacy-survey-1"]),
        ("privacy-children", &["privacy-children-1", "privacy-children-2"]),
        ("privacy-accounts", &["privacy-accounts-1", "privacy-accounts-2"]),
        ("privacy-volunteers", &["privacy-volunteers-1"]),
    ];
    Ok(text_page(&visitor, ("privacy-title", "privacy-lead"), parts, &html! {}))
}

#[derive(Debug, Deserialize)]
struct Licence {
    name: String,
    version: String,
    #[serde(rename = "licence")]
    terms: String,
    source: Option<String>,
}

// Written by `cargo xtask licences`.
static LICENCES: LazyLock<Vec<Licence>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/licences.json")).expect("the list of licences is JSON")
});

/// Whose work Keyline stands on.
pub(super) async fn licences(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = LICENCES
        .iter()
        .map(|l| {
            let name = match &l.source {
                Some(source) if source.starts_with("https://") => {
                    html! { a href=(source) rel="noreferrer" { (l.name) } }
                }
                _ => html! { (l.name) },
            };
            vec![name, html! { (l.version) }, html! { (l.terms) }]
        })
        .collect();
    let header = ["licences-name", "licences-version", "licences-licence"].map(|key| w.t(key));
    let list = table(&w.t("licences-others"), &header.each_ref().map(String::as_str), &rows);
    Ok(text_page(
        &visitor,
        ("licences-title", "licences-lead"),
        &[("licences-own", &["licences-own-1"]), ("licences-others", &["licences-others-1"])],
        &list,
    ))
}
