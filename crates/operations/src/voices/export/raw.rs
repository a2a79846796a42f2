//! The answers themselves as a table: a row for each answer, in the order of the random ids.

use std::collections::HashMap;

use keyline_datasets::{About, Category, Cell, Dataset, Kind, Missing, Rows, Variable, Visit, WriteFault};
use keyline_domain::voices::results::{Routing, routings};
use keyline_forms::form::{Form, Kind as Asked, Question};

use super::kept::{BrokenOff, Kept};
use super::said::{Finder, Said};

/// What one column is made of, with the place of its question among the questions.
struct Column {
    place: usize,
    made: Made,
}

enum Made {
    One { codes: Codes },
    Several { choice: String },
    Number { whole: bool },
    Day,
    Words,
}

/// The choices of a list with their places. Most lists have so few that looking through them is the shortest way.
struct Codes {
    names: Vec<String>,
    places: HashMap<String, u32>,
}

impl Codes {
    const FEW: usize = 16;

    fn of(names: Vec<String>) -> Self {
        let many = names.len() > Self::FEW;
        let places = if many { names.iter().cloned().zip(0..).collect() } else { HashMap::new() };
        Self { names, places }
    }

    fn code(&self, name: &str) -> Option<u32> {
        if self.names.len() > Self::FEW {
            return self.places.get(name).copied();
        }
        (0..).zip(&self.names).find_map(|(code, known)| (known == name).then_some(code))
    }
}

/// The rows, made of answers as they are kept.
struct Answers<'a> {
    all: &'a Kept,
    columns: Vec<Column>,
    questions: Vec<&'a str>,
    // Where a question hangs on the choice of one other: the place of that other, and the choices.
    asked_after: Vec<Option<(usize, Vec<String>)>>,
}

impl From<BrokenOff> for WriteFault {
    fn from(broken_off: BrokenOff) -> Self {
        Self::Rows(broken_off.into())
    }
}

impl Rows for Answers<'_> {
    fn walk(&self, visit: Visit<'_>) -> Result<(), WriteFault> {
        let mut finder = Finder::new(&self.questions);
        let (mut said, mut row) = (Vec::new(), Vec::new());
        self.all.each(|answer| {
            finder.read(answer, &mut said).map_err(|fault| WriteFault::Rows(fault.into()))?;
            row.clear();
            row.extend(self.columns.iter().map(|column| cell(column, &said, &self.asked_after)));
            visit(&row)
        })
    }
}

/// The table, of answers as they are kept. A question with several choices has a column for each.
pub(super) fn dataset<'a>(form: &'a Form, all: &'a Kept, about: About) -> Dataset<'a> {
    let routing: HashMap<String, Routing> = routings(form).into_iter().collect();
    let asked: Vec<&Question> = form.questions().filter(|question| is_kept(question)).collect();
    let questions: Vec<&str> = asked.iter().map(|question| question.name.as_str()).collect();
    let mut columns = Vec::new();
    let mut variables = Vec::new();
    for (place, question) in asked.iter().enumerate() {
        add(form, question, place, &mut columns, &mut variables);
    }
    let asked_after = questions
        .iter()
        .map(|question| match routing.get(*question) {
            Some(Routing::Chose { question, choices }) => {
                let place = questions.iter().position(|known| *known == question);
                place.map(|place| (place, choices.clone()))
            }
            _ => None,
        })
        .collect();
    Dataset::new(about, variables, Answers { all, columns, questions, asked_after })
}

fn is_kept(question: &Question) -> bool {
    !matches!(question.kind, Asked::Note)
}

const REASONS: [Missing; 2] = [Missing::NotAsked, Missing::NotAnswered];

fn add(
    form: &Form,
    question: &Question,
    place: usize,
    columns: &mut Vec<Column>,
    variables: &mut Vec<Variable>,
) {
    let label = form.own(&question.label).to_owned();
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
            let pairs = list.choices.iter().map(|c| (c.name.clone(), form.own(&c.label).to_owned()));
            let kind = Kind::Category { categories: Category::list(pairs), ordered: false };
            variables.push(variable(question.name.clone(), label, kind));
            let codes = Codes::of(list.choices.iter().map(|choice| choice.name.clone()).collect());
            columns.push(Column { place, made: Made::One { codes } });
        }
        (Asked::SelectMultiple, Some(list)) => {
            for choice in &list.choices {
                let name = format!("{}_{}", question.name, choice.name);
                let kind = Kind::Chosen { of: question.name.clone() };
                let said = format!("{label} – {}", form.own(&choice.label));
                variables.push(variable(name, said, kind));
                columns.push(Column { place, made: Made::Several { choice: choice.name.clone() } });
            }
        }
        (Asked::Integer, _) => {
            variables.push(variable(question.name.clone(), label, Kind::Whole));
            columns.push(Column { place, made: Made::Number { whole: true } });
        }
        (Asked::Decimal | Asked::Range, _) => {
            variables.push(variable(question.name.clone(), label, Kind::Decimal { places: 2 }));
            columns.push(Column { place, made: Made::Number { whole: false } });
        }
        (Asked::Date, _) => {
            variables.push(variable(question.name.clone(), label, Kind::Date));
            columns.push(Column { place, made: Made::Day });
        }
        _ => {
            variables.push(variable(question.name.clone(), label, Kind::Text));
            columns.push(Column { place, made: Made::Words });
        }
    }
}

fn cell(column: &Column, said: &[Option<Said<'_>>], asked_after: &[Option<(usize, Vec<String>)>]) -> Cell {
    let Some(value) = &said[column.place] else {
        return Cell::Missing(missing(asked_after[column.place].as_ref(), said));
    };
    let read = match (&column.made, value) {
        (Made::One { codes }, Said::Text(said)) => codes.code(said).map(Cell::Category),
        (Made::Several { choice }, Said::Several(chosen)) => {
            Some(Cell::Chosen(chosen.iter().any(|c| c == choice)))
        }
        (Made::Number { whole: true }, Said::Whole(number)) => Some(Cell::Whole(*number)),
        (Made::Number { whole: false }, Said::Decimal(number)) => Some(Cell::Decimal(*number)),
        #[expect(clippy::cast_precision_loss, reason = "what people count is far below 2^53")]
        (Made::Number { whole: false }, Said::Whole(number)) => Some(Cell::Decimal(*number as f64)),
        (Made::Day, Said::Text(day)) => day.parse().ok().map(Cell::Date),
        (Made::Words, value) => Some(Cell::Text(match value {
            Said::Text(text) => text.clone().into_owned(),
            Said::Several(all) => all.join(", "),
            Said::Whole(number) => number.to_string(),
            Said::Decimal(number) => number.to_string(),
        })),
        _ => None,
    };
    read.unwrap_or(Cell::Missing(Missing::NotAnswered))
}

/// Whether a question without an answer was asked. A condition on several answers is not worked out again here; the
/// question then counts as not answered, which says less.
fn missing(asked_after: Option<&(usize, Vec<String>)>, said: &[Option<Said<'_>>]) -> Missing {
    let Some((place, choices)) = asked_after else { return Missing::NotAnswered };
    let asked = said[*place].as_ref().is_some_and(|said| said.is_one_of(choices));
    if asked { Missing::NotAnswered } else { Missing::NotAsked }
}
