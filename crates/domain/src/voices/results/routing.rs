//! Who is asked a question, as far as it can be told from the answers to one other question.
//!
//! The rules of disclosure need to know it: the number of people asked is itself a count of answers given before. What
//! hangs on several answers at once would give away how answers combine, so such a question is not shown in numbers.

use keyline_forms::expression::syntax::{Operator, Start};
use keyline_forms::expression::{Ast, parse};
use keyline_forms::form::{Form, Item};

/// On what it hangs whether a question is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Routing {
    /// Everybody is asked.
    Everyone,
    /// Those who chose one of these for one question.
    Chose {
        /// The other question.
        question: String,
        /// Its choices.
        choices: Vec<String>,
    },
    /// It hangs on more than one answer, or on something else.
    Compound,
}

/// The conditions of a question, those of the groups around it among them, by its name.
pub fn routings(form: &Form) -> Vec<(String, Routing)> {
    let mut found = Vec::new();
    walk(&form.items, &mut Vec::new(), false, &mut found);
    found
}

fn walk<'f>(
    items: &'f [Item],
    conditions: &mut Vec<&'f str>,
    repeated: bool,
    found: &mut Vec<(String, Routing)>,
) {
    for item in items {
        let own = match item {
            Item::Question(question) => question.relevant.as_deref(),
            Item::Group(group) => group.relevant.as_deref(),
            Item::Repeat(repeat) => repeat.group.relevant.as_deref(),
        };
        let own = own.map(str::trim).filter(|condition| !condition.is_empty());
        conditions.extend(own);
        match item {
            Item::Question(question) => {
                let routing = match conditions.as_slice() {
                    _ if repeated => Routing::Compound,
                    [] => Routing::Everyone,
                    [one] => of_condition(one),
                    _ => Routing::Compound,
                };
                found.push((question.name.clone(), routing));
            }
            Item::Group(_) => walk(item.items(), conditions, repeated, found),
            Item::Repeat(_) => walk(item.items(), conditions, true, found),
        }
        if own.is_some() {
            conditions.pop();
        }
    }
}

fn of_condition(condition: &str) -> Routing {
    let Ok(ast) = parse(condition) else { return Routing::Compound };
    let mut question = None;
    let mut choices = Vec::new();
    match (alternatives(&ast, &mut question, &mut choices), question) {
        (true, Some(question)) => Routing::Chose { question, choices },
        _ => Routing::Compound,
    }
}

/// Whether a condition is `${a} = 'x'` or `selected(${a}, 'x')`, or several of these about the same question with `or`.
fn alternatives(ast: &Ast, question: &mut Option<String>, choices: &mut Vec<String>) -> bool {
    match ast {
        Ast::Chain { first, rest } => match rest.as_slice() {
            [(Operator::Equal, right)] => {
                chosen(first, right, question, choices) || chosen(right, first, question, choices)
            }
            _ if rest.iter().all(|(operator, _)| *operator == Operator::Or) => {
                alternatives(first, question, choices)
                    && rest.iter().all(|(_, further)| alternatives(further, question, choices))
            }
            _ => false,
        },
        Ast::Call { function, arguments, .. } if function == "selected" => match arguments.as_slice() {
            [of, Ast::Text(choice)] => chosen(of, &Ast::Text(choice.clone()), question, choices),
            _ => false,
        },
        // What stands between brackets is a path that starts at a value, with nothing after it.
        Ast::Path(path) if path.steps.is_empty() => match &path.start {
            Start::Value { of, predicates } if predicates.is_empty() => alternatives(of, question, choices),
            _ => false,
        },
        _ => false,
    }
}

fn chosen(of: &Ast, choice: &Ast, question: &mut Option<String>, choices: &mut Vec<String>) -> bool {
    let (Ast::Reference { name, last_saved: false, .. }, Ast::Text(choice)) = (of, choice) else {
        return false;
    };
    if question.as_ref().is_some_and(|there| there != name) {
        return false;
    }
    *question = Some(name.clone());
    choices.push(choice.clone());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_conditions_are_understood_and_others_are_not() {
        let chose = |question: &str, choices: &[&str]| Routing::Chose {
            question: question.to_owned(),
            choices: choices.iter().map(|c| (*c).to_owned()).collect(),
        };
        for (condition, wanted) in [
            ("${a} = 'x'", chose("a", &["x"])),
            ("'x' = ${a}", chose("a", &["x"])),
            ("${a} = 'x' or ${a} = 'y' or ${a}='z'", chose("a", &["x", "y", "z"])),
            ("(${a} = 'x') or (${a} = 'y')", chose("a", &["x", "y"])),
            ("selected(${a}, 'x')", chose("a", &["x"])),
            ("${a} = 'x' or ${b} = 'y'", Routing::Compound),
            ("${a} = 'x' and ${b} = 'y'", Routing::Compound),
            ("${a} != 'x'", Routing::Compound),
            ("${a} > 3", Routing::Compound),
            ("true()", Routing::Compound),
        ] {
            assert_eq!(of_condition(condition), wanted, "{condition}");
        }
    }
}
