//! Functions of truth and of answers that are several choices, which are texts with blanks between them.

use std::borrow::Cow;

use super::Function;
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::{Value, truth_of};

#[expect(clippy::cast_precision_loss, reason = "a text does not hold 2^52 choices")]
pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    match (function, arguments) {
        (Function::True, _) => Ok(Value::Truth(true)),
        (Function::Not, [of]) => Ok(Value::Truth(!evaluator.truth(of, focus)?)),
        (Function::Boolean, [of]) => Ok(Value::Truth(evaluator.truth(of, focus)?)),
        (Function::BooleanFromString, [of]) => {
            let text = evaluator.text(of, focus)?;
            Ok(Value::Truth(matches!(&*text, "true" | "1")))
        }
        (Function::If, [condition, then, otherwise]) => {
            let taken = if evaluator.truth(condition, focus)? { then } else { otherwise };
            evaluator.value(taken, focus)
        }
        (Function::Coalesce, _) => {
            for argument in arguments {
                let text = evaluator.text(argument, focus)?;
                if !text.is_empty() {
                    return Ok(Value::Text(text));
                }
            }
            Ok(Value::EMPTY)
        }
        (Function::Once, [of]) => {
            let standing = evaluator.text_at(evaluator.current);
            if standing.is_empty() { evaluator.value(of, focus) } else { Ok(Value::Text(standing)) }
        }
        (Function::Selected, [list, value]) => {
            let (list, value) = (evaluator.text(list, focus)?, evaluator.text(value, focus)?);
            let value = value.trim();
            Ok(Value::Truth(list.split_ascii_whitespace().any(|one| one == value)))
        }
        (Function::SelectedAt, [list, index]) => {
            let (list, index) = (evaluator.text(list, focus)?, evaluator.number(index, focus)?);
            if index.is_nan() || index < 0.0 {
                return Ok(Value::EMPTY);
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "not negative; saturates"
            )]
            let index = index as usize;
            Ok(match list.split_ascii_whitespace().nth(index) {
                Some(one) => Value::Text(Cow::Owned(one.to_owned())),
                None => Value::EMPTY,
            })
        }
        (Function::CountSelected, [list]) => {
            let list = evaluator.text(list, focus)?;
            Ok(Value::Number(list.split_ascii_whitespace().count() as f64))
        }
        (Function::Checklist, [least, most, answers @ ..]) => {
            let mut yes = 0.0;
            for answer in answers {
                evaluator.each_text(answer, focus, |text| {
                    yes += f64::from(u8::from(ticked(text)));
                    Ok(())
                })?;
            }
            between(evaluator, least, most, yes, focus)
        }
        (Function::WeightedChecklist, [least, most, answers @ ..]) => {
            let mut total = 0.0;
            for pair in answers.chunks(2) {
                let [answer, weight] = pair else { continue };
                if ticked(&evaluator.text(answer, focus)?) {
                    total += evaluator.number(weight, focus)?;
                }
            }
            between(evaluator, least, most, total, focus)
        }
        _ => Ok(Value::Truth(false)),
    }
}

/// Whether an answer counts in a checklist: `true`, or a number other than 0.
fn ticked(text: &str) -> bool {
    text == "true" || truth_of(crate::expression::value::number_of(text))
}

/// Whether a total lies between two bounds, of which -1 is none.
#[expect(clippy::float_cmp, reason = "-1 is written as such")]
fn between<'a>(
    evaluator: &Evaluator<'a>,
    least: &'a Code,
    most: &'a Code,
    total: f64,
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    let (least, most) = (evaluator.number(least, focus)?, evaluator.number(most, focus)?);
    Ok(Value::Truth((least == -1.0 || total >= least) && (most == -1.0 || total <= most)))
}
