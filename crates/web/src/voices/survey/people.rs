//! How many people there are of whom a survey asks: what makes a rate of the response.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::voices::results::grouping;
use keyline_operations::voices::set_people;
use keyline_store::voices::people::{self, People};
use maud::html;

use super::Here;
use crate::components::{Field, button, fieldset, form, number_field};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};

// The field of a number: the question and the choice, or neither.
fn field_of(question: &str, value: &str) -> String {
    if question.is_empty() { "all".to_owned() } else { format!("{question}.{value}") }
}

fn rows(here: &Here) -> Vec<(String, String)> {
    let form = here.form.form();
    let mut rows = vec![(String::new(), String::new())];
    for question in grouping(form) {
        let choices = question.list().and_then(|list| form.list(list)).map_or(&[][..], |list| &list.choices);
        rows.extend(choices.iter().map(|choice| (question.name.clone(), choice.name.clone())));
    }
    rows
}

/// The form.
pub(in crate::voices) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let numbers = people::list(&mut visitor.cx().read().await?, &scope.grant, here.survey.id).await?;
    let typed = Typed::of(numbers.iter().map(|n| (field_of(&n.question, &n.value), n.people.to_string())));
    Ok(render(&visitor, &scope, &here, &typed, &Problems::default()))
}

fn render(visitor: &Visitor, scope: &Scope, here: &Here, typed: &Typed, problems: &Problems) -> Response {
    let w = visitor.words();
    let number = |question: &str, value: &str| {
        let name = field_of(question, value);
        let label = if question.is_empty() { w.t("survey-everybody") } else { here.choice(question, value) };
        number_field(&Field::new(&name, label).value(typed.get(&name)).error(problems.on(&name)).unchecked())
    };
    let questions: Vec<String> = grouping(here.form.form()).map(|q| q.name.clone()).collect();
    let body = html! {
        p class="kl_lead" { (w.t("survey-people-text")) }
        (form(&here.href(scope, "/people"), &html! {
            (number("", ""))
            @for question in &questions {
                (fieldset(&here.question(question), None, &html! {
                    @for (of, value) in rows(here).iter().filter(|(of, _)| of == question) { (number(of, value)) }
                }))
            }
            (button(&w.t("survey-people-save")))
        }))
    };
    here.page_of_form(visitor, scope, "survey-people", body, problems)
}

/// Saves the numbers.
pub(in crate::voices) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let mut numbers = Vec::new();
    for (question, value) in rows(&here) {
        let name = field_of(&question, &value);
        let text = typed.get(&name).trim();
        if text.is_empty() {
            continue;
        }
        match text.parse::<u32>() {
            Ok(people) if people <= 1_000_000 => numbers.push(People { question, value, people }),
            _ => {
                let problems = Problems::one(&visitor, &name, "problem-number");
                return Ok(render(&visitor, &scope, &here, &typed, &problems));
            }
        }
    }
    let (cx, actor, inspection) = (visitor.cx(), visitor.actor(), scope.grant.inspection());
    match set_people(cx, actor, inspection, here.survey.id, numbers).await {
        Ok(()) => Ok(Redirect::to(&here.href(&scope, "?done=survey-people-set")).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            Ok(render(&visitor, &scope, &here, &typed, &problems))
        }
    }
}
