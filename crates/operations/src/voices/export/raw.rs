//! The answers themselves as a table: a row for each answer, in the order of the random ids.

use std::collections::BTreeMap;

use keyline_datasets::{About, Category, Cell, Dataset, Kind, Missing, Streamed, Variable};
use keyline_domain::ids::AnswerId;
use keyline_domain::voices::results::{Routing, routings};
use keyline_forms::form::{Form, Kind as Asked, Question};
use serde_json::Value;

use super::own;

/// What one column is made of.
enum Column<'f> {
    One { question: &'f Question, codes: BTreeMap<String, u32> },
    Several { question: &'f Question, choice: String },
    Number { question: &'f Question, whole: bool },
    Day { question: &'f Question },
    Words { question: &'f Question },
}

/// The table. A question with several choices has a column for each.
pub(super) fn dataset<'a>(
    form: &'a Form,
    all: &'a [(AnswerId, jiff::civil::Date, Value)],
    about: About,
) -> Dataset<'a> {
    let routing: BTreeMap<String, Routing> = routings(form).into_iter().collect();
    let mut columns = Vec::new();
    let mut variables = Vec::new();
    for question in form.questions().filter(|question| is_kept(question)) {
        add(form, question, &mut columns, &mut variables);
    }
    let rows = Streamed(move || {
        let (columns, routing) = (&columns, &routing);
        let of = |answer: &Value| columns.iter().map(|column| cell(column, answer, routing)).collect();
        all.iter().map(|(_, _, answer)| Ok::<_, std::io::Error>(of(answer))).collect::<Vec<_>>()
    });
    Dataset::new(about, variables, rows)
}

fn is_kept(question: &Question) -> bool {
    !matches!(question.kind, Asked::Note)
}

const REASONS: [Missing; 2] = [Missing::NotAsked, Missing::NotAnswered];

fn add<'f>(
    form: &'f Form,
    question: &'f Question,
    columns: &mut Vec<Column<'f>>,
    variables: &mut Vec<Variable>,
) {
    let label = own(form, &question.label);
    let variable = |name: String, label: String, kind: Kind| {
        let made = Variable::new(name, label.clone(), kind).asked(label).may_miss(&REASONS);
        match &question.relevant {
            Some(relevant) => made.asked_when(relevant.clone()),
            None => made,
        }
    };
    let list = question.list().and_then(|list| form.list(list));
    match (question.kind, list) {
        (Asked::SelectOne, Some(list)) => {
            let pairs = list.choices.iter().map(|c| (c.name.clone(), own(form, &c.label)));
            let kind = Kind::Category { categories: Category::list(pairs), ordered: false };
            variables.push(variable(question.name.clone(), label, kind));
            let codes = (0..).zip(&list.choices).map(|(n, c)| (c.name.clone(), n)).collect();
            columns.push(Column::One { question, codes });
        }
        (Asked::SelectMultiple, Some(list)) => {
            for choice in &list.choices {
                let name = format!("{}_{}", question.name, choice.name);
                let kind = Kind::Chosen { of: question.name.clone() };
                let said = format!("{label} – {}", own(form, &choice.label));
                variables.push(variable(name, said, kind));
                columns.push(Column::Several { question, choice: choice.name.clone() });
            }
        }
        (Asked::Integer, _) => {
            variables.push(variable(question.name.clone(), label, Kind::Whole));
            columns.push(Column::Number { question, whole: true });
        }
        (Asked::Decimal | Asked::Range, _) => {
            variables.push(variable(question.name.clone(), label, Kind::Decimal { places: 2 }));
            columns.push(Column::Number { question, whole: false });
        }
        (Asked::Date, _) => {
            variables.push(variable(question.name.clone(), label, Kind::Date));
            columns.push(Column::Day { question });
        }
        _ => {
            variables.push(variable(question.name.clone(), label, Kind::Text));
            columns.push(Column::Words { question });
        }
    }
}

fn cell(column: &Column<'_>, answer: &Value, routing: &BTreeMap<String, Routing>) -> Cell {
    let question = match column {
        Column::One { question, .. }
        | Column::Several { question, .. }
        | Column::Number { question, .. }
        | Column::Day { question }
        | Column::Words { question } => question,
    };
    let Some(value) = answer.get(&question.name) else {
        return Cell::Missing(missing(routing.get(&question.name), answer));
    };
    let read = match column {
        Column::One { codes, .. } => {
            value.as_str().and_then(|v| codes.get(v)).map(|code| Cell::Category(*code))
        }
        Column::Several { choice, .. } => {
            value.as_array().map(|chosen| Cell::Chosen(chosen.iter().any(|c| c.as_str() == Some(choice))))
        }
        Column::Number { whole: true, .. } => value.as_i64().map(Cell::Whole),
        Column::Number { whole: false, .. } => value.as_f64().map(Cell::Decimal),
        Column::Day { .. } => value.as_str().and_then(|day| day.parse().ok()).map(Cell::Date),
        Column::Words { .. } => {
            Some(Cell::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        }
    };
    read.unwrap_or(Cell::Missing(Missing::NotAnswered))
}

/// Whether a question without an answer was asked. A condition on several answers is not worked out again here; the
/// question then counts as not answered, which says less.
fn missing(routing: Option<&Routing>, answer: &Value) -> Missing {
    match routing {
        Some(Routing::Chose { question, choices }) => {
            let chosen = |value: &Value| value.as_str().is_some_and(|v| choices.iter().any(|c| c == v));
            let asked = match answer.get(question) {
                Some(Value::Array(values)) => values.iter().any(chosen),
                Some(value) => chosen(value),
                None => false,
            };
            if asked { Missing::NotAnswered } else { Missing::NotAsked }
        }
        _ => Missing::NotAnswered,
    }
}
