//! Showing things: tables, lists, states, notices.

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

/// A short state.
pub fn tag(tone: Tone, text: &str) -> Markup {
    let (class, mark) = match tone {
        Tone::Neutral => ("ds_tag ds_tag--grey kl_tag", "○"),
        Tone::Active => ("ds_tag ds_tag--blue kl_tag", "◐"),
        Tone::Good => ("ds_tag ds_tag--green kl_tag", "✓"),
        Tone::Warn => ("ds_tag ds_tag--yellow kl_tag", "!"),
        Tone::Bad => ("ds_tag ds_tag--red kl_tag", "✕"),
    };
    html! { span class=(class) { span class="kl_tag__mark" aria-hidden="true" { (mark) } " " (text) } }
}

/// A table with a caption. Cells are markup, so that they may hold links; the first column names the row.
pub fn table(caption: &str, header: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div class="kl_table-wrapper" role="region" aria-label=(caption) tabindex="0" {
            table class="ds_table" {
                caption { (caption) }
                thead { tr { @for h in header { th scope="col" { (h) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (n, cell) in row.iter().enumerate() {
                                @if n == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
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

/// Tasks with where they stand: title, address (if it can be opened), tone and state, and a note.
pub fn task_list(tasks: &[(String, Option<String>, Tone, String, Option<Markup>)]) -> Markup {
    html! {
        ul class="ds_task-list kl_task-list" {
            @for (title, href, tone, state, note) in tasks {
                li class="ds_task-list__task" {
                    div class="ds_task-list__task-details" {
                        h3 class="ds_task-list__task-heading" {
                            @if let Some(href) = href { a class="ds_task-list__task-link" href=(href) { (title) } }
                            @else { (title) }
                        }
                        @if let Some(note) = note { div class="ds_task-list__task-summary" { (note) } }
                    }
                    (tag(*tone, state))
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

/// Something has been done.
pub fn notification(title: &str, text: &str) -> Markup {
    html! {
        div class="kl_notice" role="status" {
            strong class="kl_notice__title" { span aria-hidden="true" { "✓ " } (title) }
            @if !text.is_empty() { p { (text) } }
        }
    }
}

/// Why a step is not offered now.
pub fn not_offered(title: &str, reasons: &[String]) -> Markup {
    html! {
        div class="kl_not-yet" {
            p class="kl_not-yet__title" { span aria-hidden="true" { "○ " } (title) }
            ul class="ds_no-bullets" { @for reason in reasons { li { (reason) } } }
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

/// A card of a start page.
pub fn card(href: &str, title: &str, body: &Markup) -> Markup {
    html! { article class="kl_card" { h3 class="kl_card__title" { a href=(href) { (title) } } (body) } }
}

/// Text that opens on demand.
pub fn details(summary: &str, body: &Markup) -> Markup {
    html! { details class="ds_details kl_details" { summary class="ds_details__summary" { (summary) } div class="ds_details__text" { (body) } } }
}

/// Two texts side by side, for two editors.
pub fn compare(mine_title: &str, mine: &str, theirs_title: &str, theirs: &str) -> Markup {
    html! {
        div class="kl_compare" {
            section class="kl_compare__side" { h3 { (theirs_title) } p class="kl_pre" { (theirs) } }
            section class="kl_compare__side" { h3 { (mine_title) } p class="kl_pre" { (mine) } }
        }
    }
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
