//! The results of a closed survey, small numbers hidden: the same for the team and for the partnership.

use axum::extract::Path;
use keyline_charts::bars::{Bar, Bars};
use keyline_domain::inspections::way::SurveyState;
use keyline_domain::voices::{SMALLEST, Shown, released};
use keyline_forms::tally;
use keyline_store::inspections;
use keyline_store::voices::{self, answers};
use maud::html;

use crate::components::{details, empty_state, table};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let id = survey.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let survey = voices::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    let body = if survey.state == SurveyState::Closed {
        let all = answers::list(&mut reader, &scope.grant, id).await?;
        let tallies = tally(&survey.instrument, all.iter());
        let shown = released(&survey.instrument, &tallies);
        html! {
            p class="kl_lead" { (w.with("results-lead", &[("count", &all.len())])) }
            p { (w.with("results-hidden", &[("smallest", &SMALLEST)])) }
            @for q in &shown {
                @if let Some(question) = survey.instrument.question(&q.question) {
                    section class="kl_result" {
                        h2 { (question.label) }
                        @if let Shown::Count(answered) = q.answered {
                            @let bars = Bars {
                                id: format!("q-{}", q.question),
                                title: question.label.clone(),
                                description: w.with("results-answered", &[("count", &answered)]),
                                whole: None,
                                bars: q.levels.iter().map(|(value, shown)| Bar {
                                    label: label(&w, question, value),
                                    value: length(*shown),
                                    shown: text(&w, *shown),
                                    interval: None,
                                    category: 0,
                                }).collect(),
                            };
                            div class="kc-scroll" { (bars.draw().svg) }
                            (details(&w.t("results-as-table"), &table(&question.label, &[&w.t("results-answer"), &w.t("results-count")],
                                &q.levels.iter().map(|(value, shown)| vec![html! { (label(&w, question, value)) }, html! { (text(&w, *shown)) }]).collect::<Vec<_>>())))
                        } @else {
                            p { (w.t("results-too-few")) }
                        }
                    }
                }
            }
        }
    } else {
        empty_state(&w.t("results-not-yet-title"), &w.t("results-not-yet-text"), None)
    };
    let title = w.with("results-title", &[("survey", &survey.instrument.title)]);
    let mut layout = frame(&visitor, &scope, &inspection, Room::Voices, title, body);
    layout.breadcrumbs = vec![
        (scope.href("voices"), w.t("room-voices")),
        (scope.href("voices/surveys"), w.t("voices-surveys")),
    ];
    Ok(visitor.show(&layout))
}

fn label(w: &keyline_words::Words<'_>, question: &keyline_forms::Question, value: &str) -> String {
    question.label_of(value).map_or_else(
        || match value {
            "yes" => w.t("yes"),
            "no" => w.t("no"),
            other => other.to_owned(),
        },
        str::to_owned,
    )
}

fn length(shown: Shown) -> Option<f64> {
    match shown {
        Shown::Count(n) => Some(f64::from(u32::try_from(n).unwrap_or(u32::MAX))),
        Shown::Hidden => None,
    }
}

fn text(w: &keyline_words::Words<'_>, shown: Shown) -> String {
    match shown {
        Shown::Count(n) => n.to_string(),
        Shown::Hidden => w.t("results-hidden-cell"),
    }
}
