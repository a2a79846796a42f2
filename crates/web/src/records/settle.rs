//! Settling which answer to one question holds, with the reason; the versions before.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::records::moderating::{differing, is_number};
use keyline_domain::records::tool;
use keyline_forms::form::{Form, Kind, Question};
use keyline_operations::Refused;
use keyline_operations::records::{Settle, settle};
use keyline_store::records::moderation::{self, Decision};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Stand, compare, crumbs};
use crate::components::{
    Choice, Field, Width, button, checkboxes, compare as side_by_side, details, form, hidden, number_field,
    radios, table, text_area, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

/// The value of the choice that says that the question holds no answer.
const NONE: &str = "-none";

/// The address of the form for a question of a record.
pub(super) fn href(scope: &Scope, label: &str, item: &str) -> String {
    format!("{}/{}", compare::href(scope, label), utf8_percent_encode(item, NON_ALPHANUMERIC))
}

/// Two decisions of two people.
struct Both {
    mine: String,
    theirs: String,
    by: String,
    version: i64,
}

/// The form.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, label, item)): Path<(String, String, String)>,
) -> PageResult {
    render(&visitor, &scope, &label, &item, None, &Problems::default(), None).await
}

/// Settles.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, label, item)): Path<(String, String, String)>,
    typed: Typed,
) -> PageResult {
    let none = typed.has("answer", NONE);
    let input = Settle {
        inspection: scope.grant.inspection(),
        label: label.clone(),
        item: item.clone(),
        answer: typed.all("answer").filter(|value| *value != NONE).map(str::to_owned).collect(),
        none: none || typed.has("none", "yes"),
        reason: typed.get("reason").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
        version: typed.parse("version").unwrap_or(0),
    };
    match settle(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            let to = format!("{}?done=reading-settled", compare::href(&scope, &label));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Refused::Stale { theirs, by, version }) => {
            let answers: Vec<&str> = typed.all("answer").collect();
            let mine = format!("{}\n{}", answers.join(", "), typed.get("reason"));
            let both = Both { mine, theirs, by, version };
            render(&visitor, &scope, &label, &item, Some(&typed), &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &label, &item, Some(&typed), &problems, None).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    label: &str,
    item: &str,
    typed: Option<&Typed>,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let all = moderation::list(&mut stand.reader, &scope.grant).await?;
    let versions: Vec<&Decision> = all.iter().filter(|d| d.label == label && d.item == item).collect();
    let tool = stand.tool(visitor, scope)?;
    let tool_form = tool.form();
    let question = tool_form.question(item).ok_or(PageError::NOT_FOUND)?;
    let title = tool_form.own(&question.label).to_owned();
    let body = match compare::opened_readings(visitor, scope, &stand, label).await? {
        Err(why) => why,
        Ok(opened) => {
            let given: Vec<Value> = opened.iter().map(|o| o.reading.answers.clone()).collect();
            if !differing(tool_form, &given).iter().any(|q| q.name == item) {
                return Err(PageError::NOT_FOUND);
            }
            let rows: Vec<Vec<Markup>> = opened
                .iter()
                .map(|o| {
                    let said = o.reading.answers.get(item).map_or_else(
                        || w.t("records-not-answered"),
                        |answer| tool::in_words(tool_form, question, answer),
                    );
                    vec![html! { (w.with("reading-pair-is", &[("name", &o.reading.by)])) }, html! { (said) }]
                })
                .collect();
            let header = ["reading-pair", "results-answer"].map(|key| w.t(key));
            html! {
                @if let Some(both) = both {
                    (warning(&w.t("title-problem"), &html! { p { (w.with("reading-settled-elsewhere", &[("name", &both.by)])) } }))
                    (side_by_side(&w.t("text-yours"), &both.mine, &w.t("text-theirs"), &both.theirs))
                }
                (table(&w.t("reading-what-pairs-said"), &header.each_ref().map(String::as_str), &rows))
                (fields(visitor, scope, label, tool_form, question, &versions, typed, problems, both))
                @if !versions.is_empty() { (history(visitor, tool_form, question, &versions)) }
            }
        }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/team", "records-team")]);
    layout
        .breadcrumbs
        .push((compare::href(scope, label), w.with("records-compare-title", &[("label", &label)])));
    layout.problems = problems.summary();
    layout.width = Width::Text;
    let status = if both.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

#[expect(clippy::too_many_arguments, reason = "one form: what it is about, what was typed, what is wrong")]
fn fields(
    visitor: &Visitor,
    scope: &Scope,
    label: &str,
    tool_form: &Form,
    question: &Question,
    versions: &[&Decision],
    typed: Option<&Typed>,
    problems: &Problems,
    both: Option<&Both>,
) -> Markup {
    let w = visitor.words();
    let stands = versions.last();
    let version = both.map_or_else(
        || typed.and_then(|t| t.parse("version")).unwrap_or_else(|| stands.map_or(0, |d| d.version)),
        |both| both.version,
    );
    let before: Vec<String> = match (typed, stands) {
        (Some(typed), _) => typed.all("answer").map(str::to_owned).collect(),
        (None, Some(d)) if d.answer.is_null() => vec![NONE.to_owned()],
        (None, Some(d)) => tool::values(&d.answer),
        (None, None) => Vec::new(),
    };
    let has = |value: &str| before.iter().any(|b| b == value);
    let reason = typed.map_or_else(|| stands.map_or("", |d| &d.reason), |t| t.get("reason"));
    let field = Field::new("answer", w.t("reading-answer-holds")).error(problems.on("answer"));
    let none = Choice::new(NONE, w.t("reading-no-answer-holds"), has(NONE));
    let mut choices: Vec<Choice> = tool::levels(tool_form, question)
        .into_iter()
        .map(|level| {
            let label = tool_form.choice_label(question, &level).unwrap_or(&level).to_owned();
            Choice::new(level.clone(), label, has(&level))
        })
        .collect();
    choices.push(none);
    let nothing = Typed::default();
    form(
        &href(scope, label, &question.name),
        &html! {
            (hidden("version", version))
            @if is_number(question) {
                (number_field(&field.hint(w.t("reading-number-hint")).value(before.first().filter(|b| *b != NONE).cloned().unwrap_or_default()).unchecked()))
                (checkboxes(&Field::new("none", w.t("reading-or")).unchecked(),
                    &[Choice::new("yes", w.t("reading-no-answer-holds"), has(NONE) || typed.is_some_and(|t| t.has("none", "yes")))]))
            } @else if question.kind == Kind::SelectMultiple { (checkboxes(&field, &choices)) }
            @else { (radios(&field, &choices)) }
            (text_area(&Field::new("reason", w.t("reading-why-holds")).hint(w.t("reading-why-holds-hint"))
                .value(reason).error(problems.on("reason")), 3))
            (nobody_field(visitor, typed.unwrap_or(&nothing), problems))
            (button(&w.t("reading-settle-now")))
        },
    )
}

fn history(visitor: &Visitor, tool_form: &Form, question: &Question, versions: &[&Decision]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = versions
        .iter()
        .rev()
        .map(|d| {
            let said = if d.answer.is_null() {
                w.t("reading-no-answer-holds")
            } else {
                tool::in_words(tool_form, question, &d.answer)
            };
            vec![
                html! { (w.date_time(&in_london(d.at))) },
                html! { (said) },
                html! { (d.reason) },
                html! { (d.by) },
            ]
        })
        .collect();
    let header = ["reading-since", "results-answer", "reading-reason", "reading-person"].map(|key| w.t(key));
    details(
        &w.with("reading-versions", &[("count", &versions.len())]),
        &table(&w.t("reading-versions-caption"), &header.each_ref().map(String::as_str), &rows),
    )
}
