//! Functions of texts. Characters are Unicode's, positions count characters and not bytes.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};

use super::Function;
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::Value;

#[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^52 characters")]
pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    match function {
        Function::Concat => {
            let mut all = String::new();
            for argument in arguments {
                evaluator.each_text(argument, focus, |text| push(&mut all, text))?;
            }
            return Ok(Value::Text(all.into()));
        }
        Function::Join => return join(evaluator, arguments, focus),
        _ => {}
    }
    let Some(first) = arguments.first() else {
        // string(), string-length() and normalize-space() of the node at hand
        let text = evaluator.text_at(focus.node);
        return Ok(match function {
            Function::StringLength => Value::Number(text.chars().count() as f64),
            Function::NormalizeSpace => Value::Text(normalize(&text).into()),
            _ => Value::Text(text),
        });
    };
    let first = evaluator.text(first, focus)?;
    match function {
        Function::StringOf => return Ok(Value::Text(first)),
        Function::StringLength => return Ok(Value::Number(first.chars().count() as f64)),
        Function::NormalizeSpace => return Ok(Value::Text(normalize(&first).into())),
        Function::Substr | Function::Substring => {
            let start = evaluator.number(&arguments[1], focus)?;
            let end = arguments.get(2).map(|argument| evaluator.number(argument, focus)).transpose()?;
            let part = if function == Function::Substr {
                substr(&first, start, end)
            } else {
                substring(&first, start, end)
            };
            return Ok(Value::Text(part.into()));
        }
        _ => {}
    }
    let second = match arguments.get(1) {
        Some(second) => evaluator.text(second, focus)?,
        None => Cow::Borrowed(""),
    };
    Ok(match function {
        Function::Contains => Value::Truth(first.contains(&*second)),
        Function::StartsWith => Value::Truth(first.starts_with(&*second)),
        Function::EndsWith => Value::Truth(first.ends_with(&*second)),
        Function::Regex => Value::Truth(pattern(&second).map_err(Stop::Pattern)?.is_match(&first)),
        Function::SubstringBefore => {
            let part = first.split_once(&*second).map_or("", |(before, _)| before);
            Value::Text(part.to_owned().into())
        }
        Function::SubstringAfter => {
            let part = first.split_once(&*second).map_or("", |(_, after)| after);
            Value::Text(part.to_owned().into())
        }
        Function::Translate => {
            let to = match arguments.get(2) {
                Some(third) => evaluator.text(third, focus)?,
                None => Cow::Borrowed(""),
            };
            Value::Text(translate(&first, &second, &to).into())
        }
        _ => Value::EMPTY,
    })
}

/// Appends, within the limit on the length of a text.
fn push(all: &mut String, text: &str) -> Result<(), Stop> {
    if all.len() + text.len() > Evaluator::LONGEST_TEXT {
        return Err(Stop::TooLong);
    }
    all.push_str(text);
    Ok(())
}

fn join<'a>(evaluator: &Evaluator<'a>, arguments: &'a [Code], focus: &Focus) -> Result<Value<'a>, Stop> {
    let separator = match arguments.first() {
        Some(first) => evaluator.text(first, focus)?,
        None => Cow::Borrowed(""),
    };
    let mut all = String::new();
    let mut first = true;
    for argument in arguments.iter().skip(1) {
        evaluator.each_text(argument, focus, |text| {
            if !std::mem::take(&mut first) {
                push(&mut all, &separator)?;
            }
            push(&mut all, text)
        })?;
    }
    Ok(Value::Text(all.into()))
}

/// Runs of white space become one blank, and none is left at the ends.
fn normalize(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// From the character with index `start` to the one before `end`; negative indices count from the end.
fn substr(text: &str, start: f64, end: Option<f64>) -> String {
    let length = text.chars().count();
    let index = |number: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "clamped to the length"
        )]
        let index =
            if number < 0.0 { number + length as f64 } else { number }.clamp(0.0, length as f64) as usize;
        index
    };
    if start.is_nan() || end.is_some_and(f64::is_nan) {
        return String::new();
    }
    let (start, end) = (index(start), end.map_or(length, index));
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// XPath 1.0's: from the character with number `start` (the first is 1), so many characters, both rounded.
#[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^52 characters")]
fn substring(text: &str, start: f64, count: Option<f64>) -> String {
    let from = (start + 0.5).floor();
    let to = count.map_or(f64::INFINITY, |count| from + (count + 0.5).floor());
    text.chars()
        .enumerate()
        .filter(|(index, _)| {
            let number = *index as f64 + 1.0;
            number >= from && number < to
        })
        .map(|(_, letter)| letter)
        .collect()
}

/// Each character of `from` becomes the one at its place in `to`, or nothing where `to` is shorter.
fn translate(text: &str, from: &str, to: &str) -> String {
    let mut map = std::collections::HashMap::new();
    let mut to = to.chars();
    for letter in from.chars() {
        let replacement = to.next();
        map.entry(letter).or_insert(replacement);
    }
    text.chars().filter_map(|letter| map.get(&letter).copied().unwrap_or(Some(letter))).collect()
}

/// A pattern that must match the whole text, as ODK's `regex()` asks. `\d` is the ten ASCII digits as in Java.
///
/// # Errors
/// Why it cannot be used, on one line: looking around and back references need unbounded time and are refused.
pub(crate) fn pattern(written: &str) -> Result<Regex, String> {
    let mut source = String::from(r"\A(?:");
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            source.push(letter);
            continue;
        }
        match letters.next() {
            Some('d') => source.push_str("[0-9]"),
            Some('D') => source.push_str("[^0-9]"),
            Some(other) => source.extend(['\\', other]),
            None => source.push('\\'),
        }
    }
    source.push_str(r")\z");
    RegexBuilder::new(&source).size_limit(1 << 20).nest_limit(100).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the pattern is too large".to_owned(),
        other => {
            let last = other.to_string().lines().last().unwrap_or_default().to_owned();
            format!("the pattern cannot be used: {}", last.trim_start_matches("error: "))
        }
    })
}
