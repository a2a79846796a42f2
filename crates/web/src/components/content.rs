//! Showing things: states, notices, lists, cards.

use maud::{Markup, html};

/// How something stands, said by word and shape as well as by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    Neutral,
    /// Under way.
    Active,
    /// Done, well.
    Good,
    /// Look at it.
    Warn,
    /// Late or wrong.
    Bad,
}

impl Tone {
    /// The name in class names.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Active => "active",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The shape that says the same as the colour.
    fn mark(self) -> &'static str {
        match self {
            Self::Neutral => "○",
            Self::Active => "◐",
            Self::Good => "✓",
            Self::Warn => "!",
            Self::Bad => "✕",
        }
    }
}

/// A short state.
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! {
        span class={ "ds_tag kl_tag kl_tag--" (tone.name()) } {
            span class="kl_tag__mark" aria-hidden="true" { (tone.mark()) } (text)
        }
    }
}

/// Pairs of a name and what it is.
pub fn summary_list(rows: &[(String, Markup)]) -> Markup {
    html! {
        dl class="ds_summary-list" {
            @for (key, value) in rows {
                div class="ds_summary-list__item" {
                    dt class="ds_summary-list__key" { (key) }
                    dd class="ds_summary-list__value" { (value) }
                }
            }
        }
    }
}

/// Text set apart.
pub fn inset(body: &Markup) -> Markup {
    html! { div class="ds_inset-text" { div class="ds_inset-text__text" { (body) } } }
}

/// Something that must not be missed.
pub fn warning(label: &str, body: &Markup) -> Markup {
    html! {
        div class="ds_warning-text" {
            strong class="ds_warning-text__icon" aria-hidden="true" {}
            strong class="visually-hidden" { (label) }
            div class="ds_warning-text__text" { (body) }
        }
    }
}

/// A titled panel.
pub fn callout(title: &str, body: &Markup) -> Markup {
    html! { section class="kl_callout" { h2 class="kl_callout__title" { (title) } (body) } }
}

/// Something has been done, said at the top of the next page.
pub fn notification(title: &str, text: &str) -> Markup {
    html! {
        div class="kl_notice" role="status" {
            span class="kl_notice__mark" aria-hidden="true" { "✓" }
            div {
                p class="kl_notice__title" { (title) }
                @if !text.is_empty() { p { (text) } }
            }
        }
    }
}

/// The end of a longer way: what has happened, what comes next. Holds the page's `h1`.
pub fn confirmation(title: &str, body: &Markup) -> Markup {
    html! {
        div class="ds_notification-panel kl_confirmation" {
            h1 class="ds_notification-panel__title" { (title) }
            div class="ds_notification-panel__content" { (body) }
        }
    }
}

/// Why a step is not offered now.
pub fn not_offered(title: &str, reasons: &[String]) -> Markup {
    html! {
        div class="kl_not-yet" {
            p class="kl_not-yet__title" { span class="kl_not-yet__mark" aria-hidden="true" { "○" } (title) }
            ul { @for reason in reasons { li { (reason) } } }
        }
    }
}

/// Nothing there yet, and what to do about it.
pub fn empty_state(title: &str, text: &str, action: Option<(&str, &str)>) -> Markup {
    html! {
        div class="kl_empty" {
            p class="kl_empty__title" { (title) }
            p { (text) }
            @if let Some((href, label)) = action { a class="ds_button ds_button--secondary" href=(href) { (label) } }
        }
    }
}

/// A number that people look for first.
pub fn figure_tile(value: &str, label: &str, note: Option<&str>) -> Markup {
    html! {
        div class="kl_tile" {
            span class="kl_tile__value" { (value) }
            span class="kl_tile__label" { (label) }
            @if let Some(note) = note { span class="kl_tile__note" { (note) } }
        }
    }
}

/// Tiles in a row.
pub fn figures(tiles: &Markup) -> Markup {
    html! { div class="kl_tiles" { (tiles) } }
}

/// Cards beside one another, as many as fit.
pub fn cards(cards: &Markup) -> Markup {
    html! { div class="kl_cards" { (cards) } }
}

/// A person: initials in a ring, name, and what they are here.
pub fn person_chip(name: &str, role: &str) -> Markup {
    let initials: String = name.split_whitespace().filter_map(|w| w.chars().next()).take(2).collect();
    html! {
        span class="kl_chip" {
            span class="kl_chip__mark" aria-hidden="true" { (initials) }
            span class="kl_chip__name" { (name) }
            @if !role.is_empty() { span class="kl_chip__role" { (role) } }
        }
    }
}

/// A card of a start page, right below the page's heading.
pub fn card(href: &str, title: &str, body: &Markup) -> Markup {
    html! { article class="kl_card" { h2 class="kl_card__title" { a href=(href) { (title) } } (body) } }
}

/// Text that opens on demand.
pub fn details(summary: &str, body: &Markup) -> Markup {
    details_open(false, summary, body)
}

/// The same, open from the start: when something in it is wrong, nobody should have to look for it.
pub fn details_open(open: bool, summary: &str, body: &Markup) -> Markup {
    html! { details class="ds_details kl_details" open[open] { summary class="ds_details__summary" { (summary) } div class="ds_details__text" { (body) } } }
}

/// Links to the rooms of an inspection: address, label, whether it is this page.
pub fn section_nav(label: &str, links: &[(String, String, bool)]) -> Markup {
    html! {
        nav class="kl_rooms" aria-label=(label) {
            ul { @for (href, text, here) in links {
                li { a href=(href) aria-current=[here.then_some("page")] { (text) } }
            } }
        }
    }
}

/// Newer and older pages.
pub fn pagination(label: &str, newer: Option<(&str, &str)>, older: Option<(&str, &str)>) -> Markup {
    html! {
        @if newer.is_some() || older.is_some() {
            nav class="kl_pagination" aria-label=(label) {
                @if let Some((href, text)) = newer { a rel="prev" href=(href) { "← " (text) } }
                @if let Some((href, text)) = older { a rel="next" href=(href) { (text) " →" } }
            }
        }
    }
}
