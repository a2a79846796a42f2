//! Keying answers that came on paper: twice, by two people blind to each other, then compared and agreed.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use keyline_forms::form::{Kind, Question};
use keyline_operations::Refused;
use keyline_operations::voices::{
    Difference, Keying, PaperSheet, agree_on_paper, differences, key_paper, paper_sheets,
};
use maud::{Markup, html};
use serde_json::{Map, Number, Value};

use super::Here;
use crate::components::{
    Asked, DateTyped, Field, Tone, Width, asked, button, empty_state, fault_sentence, form, hidden, table,
    tag, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

const SHEET: &str = "-sheet";

/// The sheets and how far they are.
pub(in crate::voices) async fn list(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let here = Here::find(&visitor, &scope, &survey).await?;
    let sheets =
        paper_sheets(visitor.cx(), visitor.actor(), scope.grant.inspection(), here.survey.id).await?;
    let person = scope.grant.person_id();
    let row = |sheet: &PaperSheet| {
        let mine = person.is_some_and(|person| sheet.waits_for(person));
        let keyed: Vec<&str> = sheet.keyed.iter().map(|keyed| keyed.by_name.as_str()).collect();
        let next = if sheet.keyed.len() == 2 {
            html! { a href=(here.href(&scope, &format!("/paper/compare?sheet={}", encoded(&sheet.sheet)))) { (w.t("paper-compare")) } }
        } else if mine {
            html! { a href=(here.href(&scope, &format!("/paper/key?sheet={}", encoded(&sheet.sheet)))) { (w.t("paper-key-second")) } }
        } else {
            html! { (tag(Tone::Neutral, &w.t("paper-waits"))) }
        };
        vec![html! { (sheet.sheet) }, html! { (keyed.join(", ")) }, next]
    };
    let body = html! {
        p class="kl_lead" { (w.t("paper-lead")) }
        p { a class="ds_button" href=(here.href(&scope, "/paper/key")) { (w.t("paper-key")) } }
        @if sheets.is_empty() { (empty_state(&w.t("paper-empty-title"), &w.t("paper-empty-text"), None)) }
        @else {
            (table(&w.t("paper-sheets"), &[&w.t("paper-sheet"), &w.t("paper-keyed-by"), &w.t("paper-next")],
                &sheets.iter().map(row).collect::<Vec<_>>()))
        }
    };
    let mut layout = frame(&visitor, &scope, &here.inspection, Room::Voices, w.t("survey-key-paper"), body);
    layout.breadcrumbs = here.crumbs(&visitor, &scope, true);
    Ok(visitor.show(&layout))
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The questions of the paper, in its order.
fn questions(here: &Here) -> Vec<&Question> {
    here.form.form().questions().filter(|question| question.is_asked()).collect()
}

/// A question as a control. Everything on the sheet can be keyed, whether it should have been answered or not.
fn control(here: &Here, question: &Question, typed: &Typed, fault: Option<String>) -> Asked {
    let form = here.form.form();
    let name = &question.name;
    Asked {
        field: name.clone(),
        kind: question.kind,
        label: form.own(&question.label).to_owned(),
        appearance: question.appearance.clone().unwrap_or_default(),
        choices: form
            .choices(question)
            .iter()
            .map(|c| (c.name.clone(), form.own(&c.label).to_owned(), String::new()))
            .collect(),
        typed: typed.all(name).filter(|value| !value.is_empty()).map(str::to_owned).collect(),
        boxes: ["day", "month", "year"].map(|part| typed.get(&format!("{name}-{part}")).to_owned()),
        fault,
        ..Asked::default()
    }
}

/// What was keyed for a question; none when the sheet says nothing.
fn value(question: &Question, typed: &Typed) -> Option<Value> {
    let name = &question.name;
    let values: Vec<&str> = typed.all(name).map(str::trim).filter(|value| !value.is_empty()).collect();
    match question.kind {
        Kind::SelectMultiple | Kind::Rank => (!values.is_empty())
            .then(|| Value::Array(values.iter().map(|value| Value::String((*value).to_owned())).collect())),
        Kind::Date => {
            DateTyped::of(name, |field| typed.get(field)).date().map(|day| Value::String(day.to_string()))
        }
        Kind::Integer => values.first().map(|text| {
            text.parse::<i64>()
                .map_or_else(|_| Value::String((*text).to_owned()), |n| Value::Number(n.into()))
        }),
        Kind::Decimal | Kind::Range => values.first().map(|text| {
            let number = text.parse::<f64>().ok().and_then(Number::from_f64);
            number.map_or_else(|| Value::String((*text).to_owned()), Value::Number)
        }),
        _ => values.first().map(|text| Value::String((*text).to_owned())),
    }
}

fn keyed(here: &Here, typed: &Typed) -> Value {
    let mut answers = Map::new();
    for question in questions(here) {
        if let Some(value) = value(question, typed) {
            answers.insert(question.name.clone(), value);
        }
    }
    Value::Object(answers)
}

/// The form for a sheet. The query may name it.
pub(in crate::voices) async fn key_form(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let typed = Typed::of([(SHEET, typed.get("sheet"))]);
    Ok(render_key(&visitor, &scope, &here, &typed, &Problems::default()))
}

fn render_key(visitor: &Visitor, scope: &Scope, here: &Here, typed: &Typed, problems: &Problems) -> Response {
    let w = visitor.words();
    let body = html! {
        p class="kl_lead" { (w.t("paper-key-text")) }
        (form(&here.href(scope, "/paper/key"), &html! {
            (text_field(&Field::new(SHEET, w.t("paper-sheet")).hint(w.t("paper-sheet-hint"))
                .value(typed.get(SHEET)).error(problems.on("sheet")), "text"))
            @for question in questions(here) {
                (asked(w, &control(here, question, typed, None)))
            }
            (button(&w.t("paper-save")))
        }))
    };
    let mut layout = frame(visitor, scope, &here.inspection, Room::Voices, w.t("paper-key"), body);
    layout.breadcrumbs = here.crumbs(visitor, scope, true);
    layout.width = Width::Text;
    layout.problems = problems.summary().map(|all| {
        let at = |field: String| if field == "sheet" { SHEET.to_owned() } else { field };
        all.into_iter().map(|(field, said)| (at(field), said)).collect()
    });
    visitor.show_as(problems.status(), &layout)
}

/// Keeps a keying.
pub(in crate::voices) async fn key(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let input = Keying {
        inspection: scope.grant.inspection(),
        survey: here.survey.id,
        sheet: typed.get(SHEET).to_owned(),
        answers: keyed(&here, &typed),
    };
    match key_paper(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&here.href(&scope, "/paper?done=paper-keyed")).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            Ok(render_key(&visitor, &scope, &here, &typed, &problems))
        }
    }
}

async fn sheet(visitor: &Visitor, scope: &Scope, here: &Here, name: &str) -> PageResult<PaperSheet> {
    paper_sheets(visitor.cx(), visitor.actor(), scope.grant.inspection(), here.survey.id)
        .await?
        .into_iter()
        .find(|sheet| sheet.sheet == name && sheet.keyed.len() == 2)
        .ok_or(PageError::NOT_FOUND)
}

/// The comparison of both keyings.
pub(in crate::voices) async fn compare(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let sheet = sheet(&visitor, &scope, &here, typed.get("sheet")).await?;
    Ok(render_compare(&visitor, &scope, &here, &sheet, &Typed::default(), &[]))
}

fn differ(sheet: &PaperSheet) -> Vec<Difference> {
    match sheet.keyed.as_slice() {
        [first, second] => differences(&first.answers, &second.answers),
        _ => Vec::new(),
    }
}

fn said(here: &Here, question: &str, value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => here.choice(question, text),
        Value::Array(all) => all
            .iter()
            .filter_map(Value::as_str)
            .map(|v| here.choice(question, v))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}

fn render_compare(
    visitor: &Visitor,
    scope: &Scope,
    here: &Here,
    sheet: &PaperSheet,
    typed: &Typed,
    faults: &[(String, String)],
) -> Response {
    let w = visitor.words();
    let different = differ(sheet);
    let names: Vec<&str> = sheet.keyed.iter().map(|keyed| keyed.by_name.as_str()).collect();
    let rows: Vec<Vec<Markup>> = different
        .iter()
        .map(|d| {
            vec![
                html! { (here.question(&d.question)) },
                html! { (said(here, &d.question, &d.first)) },
                html! { (said(here, &d.question, &d.second)) },
            ]
        })
        .collect();
    let fault_of = |name: &str| faults.iter().find(|(field, _)| field == name).map(|(_, said)| said.clone());
    let ask: Vec<&Question> = questions(here)
        .into_iter()
        .filter(|q| different.iter().any(|d| d.question == q.name) || fault_of(&q.name).is_some())
        .collect();
    let body = html! {
        p class="kl_lead" {
            @if different.is_empty() { (w.t("paper-no-difference")) }
            @else { (w.with("paper-differences", &[("count", &different.len())])) }
        }
        @if !different.is_empty() {
            (table(&w.t("paper-compare"), &[&w.t("paper-question"), names.first().unwrap_or(&""), names.get(1).unwrap_or(&"")], &rows))
        }
        (form(&here.href(scope, "/paper/compare"), &html! {
            (hidden(SHEET, &sheet.sheet))
            @if !ask.is_empty() { p { (w.t("paper-agree-text")) } }
            @for question in &ask { (asked(w, &control(here, question, typed, fault_of(&question.name)))) }
            (button(&w.t("paper-agree")))
        }))
    };
    let title = w.with("paper-compare-title", &[("sheet", &sheet.sheet)]);
    let mut layout = frame(visitor, scope, &here.inspection, Room::Voices, title, body);
    layout.breadcrumbs = here.crumbs(visitor, scope, true);
    layout.width = Width::Text;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if !faults.is_empty() {
        layout.problems = Some(faults.to_vec());
    }
    visitor.show_as(status, &layout)
}

/// Keeps the agreed answers.
pub(in crate::voices) async fn agree(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let sheet = sheet(&visitor, &scope, &here, typed.get(SHEET)).await?;
    let mut answers = sheet.keyed[0].answers.as_object().cloned().unwrap_or_default();
    let different = differ(&sheet);
    for question in questions(&here) {
        let asked = different.iter().any(|d| d.question == question.name)
            || typed.pairs().any(|(field, _)| field.split(['-', '.']).next() == Some(&question.name));
        if asked {
            match value(question, &typed) {
                Some(value) => answers.insert(question.name.clone(), value),
                None => answers.remove(&question.name),
            };
        }
    }
    let input = Keying {
        inspection: scope.grant.inspection(),
        survey: here.survey.id,
        sheet: sheet.sheet.clone(),
        answers: Value::Object(answers),
    };
    match agree_on_paper(visitor.cx(), visitor.actor(), input, &here.form).await {
        Ok(Ok(())) => Ok(Redirect::to(&here.href(&scope, "/paper?done=paper-agreed")).into_response()),
        Ok(Err(filling)) => {
            let w = visitor.words();
            let faults: Vec<(String, String)> =
                filling.check().into_iter().map(|f| (f.question.clone(), fault_sentence(w, &f))).collect();
            Ok(render_compare(&visitor, &scope, &here, &sheet, &typed, &faults))
        }
        Err(Refused::NotNow(reasons)) => {
            let faults: Vec<(String, String)> =
                reasons.iter().map(|r| ("main-content".to_owned(), visitor.sentence(r))).collect();
            Ok(render_compare(&visitor, &scope, &here, &sheet, &typed, &faults))
        }
        Err(other) => Err(other.into()),
    }
}
