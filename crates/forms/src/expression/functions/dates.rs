//! Functions of days and times. What is not a date gives the empty text, as an unanswered question does.

use super::Function;
use crate::expression::calendar::{self, Moment};
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::{Value, number_of};

pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    let around = evaluator.surroundings;
    let offset = around.now.offset().seconds() / 60;
    match (function, arguments) {
        (Function::Today, _) => Ok(Value::Text(calendar::date_text(around.now.date()).into())),
        (Function::Now, _) => {
            Ok(Value::Text(calendar::moment_text(around.now.date(), around.now.time(), offset).into()))
        }
        (Function::Date, [of]) => Ok(match moment(evaluator, of, focus)? {
            Some(moment) => Value::Text(calendar::date_text(moment.date).into()),
            None => Value::EMPTY,
        }),
        (Function::DateTime, [of]) => Ok(match moment(evaluator, of, focus)? {
            Some(moment) => {
                let offset = moment.offset.unwrap_or(offset);
                Value::Text(calendar::moment_text(moment.date, moment.time, offset).into())
            }
            None => Value::EMPTY,
        }),
        (Function::DecimalDateTime, [of]) => {
            let moment = moment(evaluator, of, focus)?;
            Ok(Value::Number(moment.map_or(f64::NAN, |moment| calendar::instant_days(&moment, offset))))
        }
        (Function::DecimalTime, [of]) => {
            let text = evaluator.text(of, focus)?;
            let time = calendar::time(&text).or_else(|| calendar::moment(&text).map(|moment| moment.time));
            Ok(Value::Number(time.map_or(f64::NAN, calendar::fraction_of)))
        }
        (Function::FormatDate | Function::FormatDateTime, [of, pattern]) => {
            let Some(moment) = moment(evaluator, of, focus)? else { return Ok(Value::EMPTY) };
            let pattern = evaluator.text(pattern, focus)?;
            let times = function == Function::FormatDateTime;
            match calendar::format(&moment, &pattern, &around.calendar, times) {
                Ok(text) => Ok(Value::Text(text.into())),
                Err(letter) => Err(Stop::DatePattern(letter)),
            }
        }
        _ => Ok(Value::EMPTY),
    }
}

/// A text that is a date, or a number of days since 1970.
fn moment<'a>(evaluator: &Evaluator<'a>, of: &'a Code, focus: &Focus) -> Result<Option<Moment>, Stop> {
    let number = match evaluator.value(of, focus)? {
        Value::Number(number) => number,
        Value::Truth(_) => return Ok(None),
        value => {
            let text = evaluator.text_of(value);
            match calendar::moment(&text) {
                Some(moment) => return Ok(Some(moment)),
                None => number_of(&text),
            }
        }
    };
    Ok(calendar::from_days(number).map(|(date, time)| Moment { date, time, offset: None }))
}
