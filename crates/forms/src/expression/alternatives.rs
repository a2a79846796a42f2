//! Conditions that ask for one answer of one question: the only ones that can be said in words, and the only ones whose
//! asked people can be counted from the answers to one other question.

use super::parse;
use super::syntax::{Ast, Operator};

/// The question whose answer must be one of the values, when this is all that a condition says.
///
/// Understood are `${question} = 'answer'` (also the other way round), `selected(${question}, 'answer')`, several of
/// these about the same question with `or` between them, and brackets around them.
pub fn one_of(written: &str) -> Option<(String, Vec<String>)> {
    let mut found = Vec::new();
    alternatives(&parse(written).ok()?, &mut found)?;
    let (question, _) = found.first()?.clone();
    let same = found.iter().all(|(other, _)| *other == question);
    same.then(|| (question, found.into_iter().map(|(_, value)| value).collect()))
}

/// Question and value of each alternative; none when there is anything else among them.
fn alternatives(condition: &Ast, found: &mut Vec<(String, String)>) -> Option<()> {
    let pair = |one: &Ast, other: &Ast| match (one, other) {
        (Ast::Reference { name, last_saved: false, .. }, Ast::Text(value)) => {
            Some((name.clone(), value.clone()))
        }
        _ => None,
    };
    match condition {
        Ast::Chain { first, rest } if rest.iter().all(|(operator, _)| *operator == Operator::Or) => {
            alternatives(first, found)?;
            rest.iter().try_for_each(|(_, other)| alternatives(other, found))
        }
        Ast::Chain { first, rest } => {
            let [(Operator::Equal, other)] = rest.as_slice() else { return None };
            found.push(pair(first, other).or_else(|| pair(other, first))?);
            Some(())
        }
        Ast::Call { function, arguments, .. } if function == "selected" => {
            let [question, value] = arguments.as_slice() else { return None };
            found.push(pair(question, value)?);
            Some(())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_answer_of_one_question_is_understood() {
        for (written, question, values) in [
            ("${a} = 'b'", "a", vec!["b"]),
            ("'b'=${a}", "a", vec!["b"]),
            ("selected( ${a} , \"b c\" )", "a", vec!["b c"]),
            ("(${a} = 'b') or ${a} = 'c' or selected(${a}, 'd')", "a", vec!["b", "c", "d"]),
            ("((${a-1} = ' or '))", "a-1", vec![" or "]),
        ] {
            let (asked, of) = one_of(written).unwrap();
            assert_eq!(
                (asked.as_str(), of.iter().map(String::as_str).collect::<Vec<_>>()),
                (question, values),
                "{written}"
            );
        }
    }

    #[test]
    fn what_says_more_is_left_to_the_reader() {
        for written in [
            "${a} = 'b' and ${a} = 'c'",
            "${a} = 'b' or ${c} = 'd'",
            "${a} != 'b'",
            "not(${a} = 'b')",
            "${a} > 3",
            "${a} = ${b}",
            "${last-saved#a} = 'b'",
            "${a} = 'b",
            "${a} = 'b')",
            "(${a} = 'b'",
            "${a} = 'b' or",
            "${a}",
            "selected(${a} 'b')",
            "true()",
            "",
        ] {
            assert_eq!(one_of(written), None, "{written}");
        }
        assert_eq!(one_of(&"(".repeat(100_000)), None);
    }

    proptest! {
        #[test]
        fn no_condition_is_too_odd(written in "[a-z$'\"(){}=, é]{0,40}") {
            one_of(&written);
        }
    }
}
