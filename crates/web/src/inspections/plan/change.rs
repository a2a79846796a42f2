//! What changed in the plan and in the programme, in words.

use keyline_domain::clock::in_london;
use keyline_domain::inspections::plan::{Span, StepKind};
use keyline_domain::programmes::timeline::StepTiming;
use keyline_domain::programmes::{Change, Part};
use keyline_store::inspections::plan::{Move, VersionChange};
use maud::{Markup, html};

use super::{View, days};
use crate::components::{details, table};
use crate::frame::Visitor;

/// Every move and change of version, newest first.
pub(super) fn history(view: &View<'_>, moves: &[Move], versions: &[VersionChange]) -> Markup {
    let w = view.visitor.words();
    let at = |at| w.date_time(&in_london(at));
    let rows: Vec<Vec<Markup>> = moves
        .iter()
        .map(|m| {
            let step = view.plan.step(&m.step);
            let kind = step.map_or(StepKind::Day, |s| s.kind);
            vec![
                html! { (step.map_or(m.step.as_str(), |s| s.title.as_str())) },
                html! {
                    (days(view.visitor, kind, Span { from: m.from, to: m.to }))
                    @if m.carried > 0 { p class="ds_hint-text" { (w.with("plan-carried", &[("count", &m.carried)])) } }
                },
                html! { (m.reason) },
                html! { (m.by) },
                html! { (at(m.at)) },
            ]
        })
        .collect();
    let header = ["plan-step", "plan-moved-to", "plan-reason", "plan-by", "plan-at"].map(|key| w.t(key));
    html! {
        h2 { (w.t("plan-history")) }
        @if rows.is_empty() { p { (w.t("plan-history-none")) } }
        @else { (table(&w.t("plan-history"), &header.each_ref().map(String::as_str), &rows)) }
        @if !versions.is_empty() {
            h2 { (w.t("version-history")) }
            ul {
                @for c in versions {
                    li {
                        (w.with("version-changed", &[("from", &c.from), ("to", &c.to), ("name", &c.by), ("at", &at(c.at))]))
                        " " (c.reason)
                    }
                }
            }
        }
    }
}

/// The differences of two versions as a list. A long wording opens on demand.
pub(super) fn differences(visitor: &Visitor, changes: &[Change]) -> Markup {
    let w = visitor.words();
    let named = |part: Part, key: &str, title: &str| {
        let what = w.t(part_key(part));
        if title.is_empty() || title == key { format!("{what} {key}") } else { format!("{what} {title}") }
    };
    html! {
        ul {
            @for change in changes {
                li {
                    @match change {
                        Change::Framework { from, to } =>
                            (w.with("change-framework", &[("from", from), ("to", to)])),
                        Change::Weeks { from, to } => (w.with("change-weeks", &[("from", from), ("to", to)])),
                        Change::Added { part, key, title } =>
                            (w.with("change-added", &[("what", &named(*part, key, title))])),
                        Change::Removed { part, key, title } =>
                            (w.with("change-removed", &[("what", &named(*part, key, title))])),
                        Change::StepMoved { title, from, to, .. } =>
                            (w.with("change-moved", &[("what", title), ("from", &timing(visitor, *from)), ("to", &timing(visitor, *to))])),
                        Change::Reworded { part, key, from, to } => {
                            (details(&w.with("change-reworded", &[("what", &named(*part, key, ""))]), &html! {
                                p { strong { (w.t("change-before")) } " " (from) }
                                p { strong { (w.t("change-after")) } " " (to) }
                            }))
                        },
                    }
                }
            }
        }
    }
}

fn timing(visitor: &Visitor, timing: StepTiming) -> String {
    let w = visitor.words();
    match timing {
        StepTiming::Day { week, weekday } => {
            let key = match weekday {
                1 => "weekday-monday",
                2 => "weekday-tuesday",
                3 => "weekday-wednesday",
                4 => "weekday-thursday",
                _ => "weekday-friday",
            };
            w.with("change-timing-day", &[("week", &week), ("weekday", &w.t(key))])
        }
        StepTiming::Window { from_week, to_week } if from_week == to_week => {
            w.with("change-timing-week", &[("week", &from_week)])
        }
        StepTiming::Window { from_week, to_week } => {
            w.with("change-timing-window", &[("from", &from_week), ("to", &to_week)])
        }
        StepTiming::After { week } => w.with("change-timing-after", &[("week", &week)]),
    }
}

fn part_key(part: Part) -> &'static str {
    match part {
        Part::Statement => "part-statement",
        Part::Indicator => "part-indicator",
        Part::LineOfEnquiry => "part-line-of-enquiry",
        Part::Step => "part-step",
        Part::ScrutinyBody => "part-scrutiny-body",
        Part::Addressee => "part-addressee",
        Part::Principle => "part-principle",
        Part::ReturnColumn => "part-return-column",
        Part::DocumentRequest => "part-document-request",
        Part::StatementQuestion => "part-statement-question",
        Part::SessionKind => "part-session-kind",
        Part::Instrument => "part-instrument",
        Part::Question => "part-question",
        Part::ReportSection => "part-report-section",
        Part::Lens => "part-lens",
        Part::Text => "part-text",
    }
}
