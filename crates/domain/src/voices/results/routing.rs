//! Who is asked a question, as far as it can be told from the answers to one other question.
//!
//! The rules of disclosure need to know it: the number of people asked is itself a count of answers given before. What
//! hangs on several answers at once would give away how answers combine, so such a question is not shown in numbers.

use keyline_forms::expression::one_of;
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
    one_of(condition).map_or(Routing::Compound, |(question, choices)| Routing::Chose { question, choices })
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
