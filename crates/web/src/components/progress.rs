//! How far something is: tasks, a bar, a line of moments.

use maud::{Markup, html};

use super::content::{Tone, tag};

/// A task: title, address (if it can be opened), tone and state, and a note.
pub type Task = (String, Option<String>, Tone, String, Option<Markup>);

/// Tasks with where they stand.
pub fn task_list(tasks: &[Task]) -> Markup {
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

/// How many of how many. The number stands in words beside the bar; `id` must be the only one on its page.
pub fn progress_bar(id: &str, label: &str, done: u64, total: u64, text: &str) -> Markup {
    html! {
        div class="kl_progress" {
            label class="kl_progress__label" for=(id) { (label) }
            span class="kl_progress__text" { (text) }
            progress class="kl_progress__bar" id=(id) max=(total.max(1)) value=(done.min(total.max(1))) { (text) }
        }
    }
}

/// Something that happened, or will.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The day, machine-readable (`2026-11-23`) and as people read it.
    pub when: (String, String),
    /// What.
    pub title: Markup,
    /// More about it.
    pub note: Option<Markup>,
    /// How it stands, with its words.
    pub state: Option<(Tone, String)>,
}

/// Moments in their order.
pub fn timeline(moments: &[Moment]) -> Markup {
    html! {
        ol class="kl_timeline" {
            @for m in moments {
                @let tone = m.state.as_ref().map_or("", |(tone, _)| tone.name());
                li class={ "kl_timeline__moment" @if !tone.is_empty() { " kl_timeline__moment--" (tone) } } {
                    time class="kl_timeline__when" datetime=(m.when.0) { (m.when.1) }
                    div class="kl_timeline__what" {
                        p class="kl_timeline__title" { (m.title) }
                        @if let Some((tone, text)) = &m.state { (tag(*tone, text)) }
                        @if let Some(note) = &m.note { div class="kl_timeline__note" { (note) } }
                    }
                }
            }
        }
    }
}
