//! What an expression yields, and how one kind of value turns into another: XPath 1.0, section 4, and for texts that
//! are dates the rule of ODK's forms, by which they are days since 1 January 1970.

use std::borrow::Cow;

use super::calendar;

/// A node of the answers or of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// What stands above the topmost node.
    Document,
    /// A node of the answers: which frame, which node of the form.
    Answer(u32, u32),
    /// A list as a whole: what `instance('name')` gives.
    List(u32),
    /// The node that holds all items of a list (`root`).
    Items(u32),
    /// An item of a list: which list, which row.
    Item(u32, u32),
    /// A cell of an item: which list, row and column.
    Cell(u32, u32, u32),
}

/// What an expression yields.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// Nodes in the order of the form; the text of the first is what they are as a text.
    Nodes(Vec<Node>),
}

impl Value<'_> {
    /// The empty text.
    pub(super) const EMPTY: Value<'static> = Value::Text(Cow::Borrowed(""));
}

/// A text as a number: digits with at most one point and a minus before them, a date, a date with a time, else not a
/// number. Exponents and a plus are not numbers in XPath.
pub fn number_of(text: &str) -> f64 {
    let trimmed = text.trim();
    let digits = trimmed.strip_prefix('-').unwrap_or(trimmed);
    let mut points = 0;
    let plain = !digits.is_empty()
        && digits.bytes().all(|one| {
            points += usize::from(one == b'.');
            one.is_ascii_digit() || one == b'.'
        });
    if plain && points <= 1 && digits != "." {
        return trimmed.parse().unwrap_or(f64::NAN);
    }
    if digits.len() >= 10 && digits.as_bytes()[4] == b'-' {
        return calendar::days(trimmed).unwrap_or(f64::NAN);
    }
    f64::NAN
}

/// A number as a text: no exponent, no point without need; `NaN`, `Infinity`.
pub fn text_of(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else if number == 0.0 {
        // also for the negative zero
        "0".to_owned()
    } else {
        number.to_string()
    }
}

/// A number as true or false.
pub fn truth_of(number: f64) -> bool {
    number != 0.0 && !number.is_nan()
}
