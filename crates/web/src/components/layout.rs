//! The frame of every page: head, header, navigation, footer.

use keyline_words::Words;
use maud::{DOCTYPE, Markup, html};

use super::forms::error_summary;
use crate::assets::asset;

/// How wide the text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// The rooms of an inspection.
    #[default]
    Wide,
    /// Forms and texts.
    Text,
    /// A picture that wants the whole window.
    Full,
}

/// What a page is made of.
#[derive(Debug)]
pub struct Layout<'a> {
    /// The language.
    pub words: Words<'a>,
    /// Title of the page; its one `h1` unless `own_heading`.
    pub title: String,
    /// A line above the heading, for example the inspection.
    pub above: Option<String>,
    /// Name of the person who is signed in.
    pub person: Option<String>,
    /// Whether the person manages accounts.
    pub administrator: bool,
    /// The way to here: address and text, without this page.
    pub breadcrumbs: Vec<(String, String)>,
    /// Links to the rooms of the inspection, from `section_nav`.
    pub rooms: Option<Markup>,
    /// Something has been done.
    pub notice: Option<Markup>,
    /// Problems of a form: field and sentence.
    pub problems: Option<Vec<(String, String)>>,
    /// Address to leave for in a hurry: public voice pages have it.
    pub exit: Option<String>,
    /// Where a concern is raised from here; the link stands in the header of every page of the team.
    pub concern: Option<String>,
    /// Description for search engines; without one the page asks not to be listed.
    pub description: Option<String>,
    /// How wide the text runs.
    pub width: Width,
    /// A script of this page alone, by the name of its asset; the page works without it.
    pub script: Option<&'static str>,
    /// Where the browser learns how to put this page among the programs of a laptop.
    pub manifest: Option<String>,
    /// The body has an `h1` of its own.
    pub own_heading: bool,
    /// What the page says.
    pub body: Markup,
}

impl<'a> Layout<'a> {
    /// A page with a title and a body.
    pub fn new(words: Words<'a>, title: impl Into<String>, body: Markup) -> Self {
        Self {
            words,
            title: title.into(),
            above: None,
            person: None,
            administrator: false,
            breadcrumbs: Vec::new(),
            rooms: None,
            notice: None,
            problems: None,
            exit: None,
            concern: None,
            description: None,
            width: Width::Wide,
            script: None,
            manifest: None,
            own_heading: false,
            body,
        }
    }
}

/// The whole document.
pub fn page(l: &Layout<'_>) -> Markup {
    let w = l.words;
    let has_problems = l.problems.is_some();
    html! {
        (DOCTYPE)
        html lang=(w.lang()) dir=(w.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title {
                    @if has_problems { (w.t("title-problem")) " " }
                    (l.title) " - " (w.t("product"))
                }
                @match &l.description {
                    Some(text) => { meta name="description" content=(text); }
                    None => { meta name="robots" content="noindex, nofollow"; }
                }
                link rel="icon" href=(asset("mark.svg")) type="image/svg+xml";
                @if let Some(href) = &l.manifest { link rel="manifest" href=(href) crossorigin="use-credentials"; }
                link rel="stylesheet" href=(asset("design-system.css"));
                link rel="stylesheet" href=(asset("keyline.css"));
                link rel="stylesheet" href=(asset("charts.css"));
                script type="module" src=(asset("keyline.js")) {}
                @if let Some(script) = l.script { script type="module" src=(asset(script)) {} }
            }
            body class="kl_body" {
                div class="ds_skip-links" {
                    ul class="ds_skip-links__list" {
                        li class="ds_skip-links__item" {
                            a class="ds_skip-links__link" href="#main-content" { (w.t("skip-to-content")) }
                        }
                    }
                }
                @if let Some(exit) = &l.exit {
                    aside class="kl_exit" aria-label=(w.t("exit-page")) {
                        a class="kl_exit__button" href=(exit) rel="nofollow noreferrer noopener" data-exit
                            aria-describedby="exit-page-note" {
                            (w.t("exit-page"))
                        }
                        p class="visually-hidden" id="exit-page-note" { (w.t("exit-page-note")) }
                    }
                }
                (header(l))
                div class=(if l.width == Width::Full { "ds_wrapper kl_wrapper kl_wrapper--full" } else { "ds_wrapper kl_wrapper" }) {
                    @if !l.breadcrumbs.is_empty() {
                        nav class="kl_breadcrumbs" aria-label=(w.t("breadcrumbs")) {
                            ol class="ds_breadcrumbs" {
                                @for (href, text) in &l.breadcrumbs {
                                    li class="ds_breadcrumbs__item" { a class="ds_breadcrumbs__link" href=(href) { (text) } }
                                }
                            }
                        }
                    }
                    @if let Some(rooms) = &l.rooms { (rooms) }
                    main id="main-content" class=(if l.width == Width::Text { "kl_main kl_main--text" } else { "kl_main" }) {
                        @if let Some(problems) = &l.problems { (error_summary(&w.t("error-summary-title"), problems, &l.body)) }
                        @if let Some(notice) = &l.notice { (notice) }
                        @if !l.own_heading {
                            header class="kl_page-header" {
                                @if let Some(above) = &l.above { p class="kl_page-header__above" { (above) } }
                                h1 class="ds_page-header__title" { (l.title) }
                            }
                        }
                        (l.body)
                    }
                }
                (footer(l))
            }
        }
    }
}

fn header(l: &Layout<'_>) -> Markup {
    let w = l.words;
    html! {
        header class="kl_header" {
            div class="ds_wrapper kl_header__inner" {
                a class="kl_brand" href="/" {
                    img class="kl_brand__mark" src=(asset("mark.svg")) alt="" width="36" height="36";
                    span class="kl_brand__name" { (w.t("product")) }
                }
                @if let Some(person) = &l.person {
                    nav class="kl_person" aria-label=(w.t("nav-person")) {
                        ul {
                            @if let Some(href) = &l.concern {
                                li { a class="kl_concern" href=(href) target="_blank" rel="noopener" {
                                    (w.t("raise-concern")) span class="visually-hidden" { " " (w.t("new-tab")) }
                                } }
                            }
                            li { a href="/start" { (w.t("nav-start")) } }
                            @if l.administrator { li { a href="/accounts" { (w.t("nav-accounts")) } } }
                            li { a href="/account" { (person) } }
                            li { form method="post" action="/sign-out" { button class="kl_link-button" type="submit" { (w.t("nav-sign-out")) } } }
                        }
                    }
                } @else if l.exit.is_none() {
                    nav class="kl_person" aria-label=(w.t("nav-person")) {
                        ul {
                            li { a href="/programmes" { (w.t("nav-programmes")) } }
                            li { a href="/reports" { (w.t("nav-reports")) } }
                            li { a href="/sign-in" { (w.t("nav-sign-in")) } }
                        }
                    }
                }
            }
        }
    }
}

fn footer(l: &Layout<'_>) -> Markup {
    let w = l.words;
    html! {
        footer class="kl_footer" {
            div class="ds_wrapper" {
                nav aria-label=(w.t("nav-footer")) {
                    ul class="kl_footer__links" {
                        li { a href="/" { (w.t("nav-public")) } }
                        li { a href="/tell-us" target="_blank" rel="noopener" { (w.t("nav-tell-us")) span class="visually-hidden" { " " (w.t("new-tab")) } } }
                        li { a href="/volunteer" { (w.t("volunteer-title")) } }
                        li { a href="/you-said" { (w.t("you-said-title")) } }
                        li { a href="/about" { (w.t("nav-about")) } }
                        li { a href="/help" { (w.t("nav-help")) } }
                        li { a href="/about/accessibility" { (w.t("nav-accessibility")) } }
                        li { a href="/about/privacy" { (w.t("nav-privacy")) } }
                        li { a href="/about/licences" { (w.t("nav-licences")) } }
                        li {
                            @if w.lang() != "en" { a href="/language/en" lang="en" hreflang="en" { "English" } }
                            @else { a href="/language/gd" lang="gd" hreflang="gd" { "Gàidhlig" } }
                        }
                    }
                }
                p class="kl_footer__worry" { (w.t("footer-worry")) " " a href="tel:08001111" dir="ltr" { "0800 1111" } }
            }
        }
    }
}
