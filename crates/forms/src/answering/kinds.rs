//! From what was typed or sent to the value that is kept, by kind of question, and back to JSON.
//!
//! Values are kept as texts, as in ODK's forms: choices with blanks between them, numbers without ornament, days and
//! times in ISO 8601.

use serde_json::Value;

use crate::expression::calendar;
use crate::expression::value::{number_of, text_of};
use crate::form::{Kind, Question};

use super::fault::Code;

/// The most characters of a text that was typed.
pub const LONGEST_TEXT: usize = 10_000;

/// The largest whole number: what a JSON reader with doubles still holds exactly.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// A text without control characters, line ends as `\n`, no white space at the ends.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|one| !one.is_control() || matches!(one, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

/// The value of a question that has no choices. What is blank is no answer.
pub(super) fn read(question: &Question, written: &str) -> Result<String, Code> {
    let length = written.chars().count();
    if length > LONGEST_TEXT {
        return Err(Code::TooLong { limit: LONGEST_TEXT, length });
    }
    let text = clean(written);
    if text.is_empty() {
        return Ok(text);
    }
    let wrong = Code::Type { expected: question.kind };
    match question.kind {
        Kind::Integer => {
            let number = number_of(&text);
            if text.contains('.') || !is_plain(&text) || number.is_nan() || number.abs() > LARGEST {
                return Err(wrong);
            }
            Ok(text_of(number))
        }
        Kind::Decimal => plain_number(&text).map(text_of).ok_or(wrong),
        Kind::Range => {
            let number = plain_number(&text).ok_or(wrong)?;
            let scale = Scale::of(question);
            if scale.holds(number) { Ok(text_of(number)) } else { Err(Code::OutOfRange(scale)) }
        }
        Kind::Date => {
            let day = calendar::day(&text).or_else(|| calendar::moment(&text).map(|moment| moment.date));
            day.map(calendar::date_text).ok_or(wrong)
        }
        Kind::Time => calendar::time(&text).map(|_| text).ok_or(wrong),
        Kind::DateTime => calendar::moment(&text).filter(|_| text.contains('T')).map(|_| text).ok_or(wrong),
        Kind::Acknowledge | Kind::Trigger => match text.as_str() {
            "OK" => Ok(text),
            _ => Err(wrong),
        },
        Kind::Geopoint => {
            if is_point(&text) {
                Ok(text)
            } else {
                Err(wrong)
            }
        }
        Kind::Geotrace | Kind::Geoshape => {
            let points: Vec<&str> =
                text.split(';').map(str::trim).filter(|point| !point.is_empty()).collect();
            let closed = question.kind == Kind::Geotrace || points.first() == points.last();
            let enough = points.len() >= if question.kind == Kind::Geotrace { 2 } else { 4 };
            if enough && closed && points.iter().all(|point| is_point(point)) {
                Ok(points.join("; "))
            } else {
                Err(wrong)
            }
        }
        _ => Ok(text),
    }
}

/// Whether a text is written with digits and a point, not as a date.
fn is_plain(text: &str) -> bool {
    text.strip_prefix('-').unwrap_or(text).bytes().all(|one| one.is_ascii_digit() || one == b'.')
}

/// A number that was written as digits.
fn plain_number(text: &str) -> Option<f64> {
    let number = number_of(text);
    (is_plain(text) && number.is_finite()).then_some(number)
}

/// `latitude longitude`, and perhaps altitude and accuracy.
fn is_point(text: &str) -> bool {
    let numbers: Vec<f64> = text.split_ascii_whitespace().map(number_of).collect();
    (2..=4).contains(&numbers.len())
        && numbers.iter().all(|number| number.is_finite())
        && numbers[0].abs() <= 90.0
        && numbers[1].abs() <= 180.0
}

/// The numbers that a range offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The first.
    pub start: f64,
    /// The last.
    pub end: f64,
    /// From one to the next.
    pub step: f64,
}

impl Scale {
    /// From the parameters `start`, `end` and `step`; 1 to 10 in ones without them.
    pub fn of(question: &Question) -> Self {
        let number = |name: &str, blank: f64| {
            let written = question.parameters.get(name).map(|text| number_of(text));
            written.filter(|number| number.is_finite()).unwrap_or(blank)
        };
        Self { start: number("start", 1.0), end: number("end", 10.0), step: number("step", 1.0) }
    }

    /// Whether it offers a number. A millionth of a step is forgiven, since steps such as 0.1 are not exact.
    pub fn holds(self, number: f64) -> bool {
        let (low, high) = (self.start.min(self.end), self.start.max(self.end));
        if !(low..=high).contains(&number) {
            return false;
        }
        let steps = (number - self.start) / self.step;
        self.step == 0.0 || (steps - steps.round()).abs() < 1e-6
    }

    /// The numbers in order, at most so many.
    pub fn numbers(self, most: usize) -> Vec<f64> {
        let step = if self.step == 0.0 { 1.0 } else { self.step.abs() };
        let direction = if self.end < self.start { -1.0 } else { 1.0 };
        #[expect(clippy::cast_precision_loss, reason = "as many as fit on a page")]
        let at = |index: usize| {
            let number = self.start + direction * step * index as f64;
            // 0.1 + 0.2 is to be 0.3
            (number * 1e9).round() / 1e9
        };
        (0..most).map(at).take_while(|number| self.holds(*number)).collect()
    }
}

/// Whether the answers to a kind are numbers in JSON.
pub(super) fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Decimal | Kind::Range)
}

/// A kept value as JSON. `number` says that it is one, whatever the kind.
pub(crate) fn to_json(kind: Kind, number: bool, text: &str) -> Value {
    match kind {
        Kind::SelectMultiple | Kind::Rank => text.split_ascii_whitespace().map(Value::from).collect(),
        _ if number || is_number(kind) => number_to_json(text),
        _ => Value::from(text),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
fn number_to_json(text: &str) -> Value {
    let number = number_of(text);
    if number.fract() == 0.0 && number.abs() <= LARGEST {
        return Value::from(number as i64);
    }
    serde_json::Number::from_f64(number).map_or_else(|| Value::from(text), Value::Number)
}

/// What was sent as JSON, as it would be typed: choices one by one. `None` for what no answer looks like.
pub(crate) fn from_json(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(text) => Some(vec![text.clone()]),
        Value::Number(number) => {
            let number = number.as_f64()?;
            Some(vec![text_of(number)])
        }
        Value::Bool(truth) => Some(vec![truth.to_string()]),
        Value::Array(values) => values
            .iter()
            .map(|value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => number.as_f64().map(text_of),
                _ => None,
            })
            .collect(),
        Value::Object(_) => None,
    }
}
