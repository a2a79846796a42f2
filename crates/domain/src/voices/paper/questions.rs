//! Which items of an instrument paper can ask, and how much room the answer needs.

use std::collections::BTreeMap;

use keyline_forms::form::{Choice, ChoicesFrom, Form, Kind, Question};

use super::{PaperWords, said};
use crate::documents::{PaperChoice, Room};

/// Longer lists are written and not ticked: nobody looks through them on paper.
const MOST_CHOICES: usize = 30;
/// Lines for a few words, and for what somebody has to say.
const SHORT: u8 = 2;
const LONG: u8 = 7;
/// Digits of a number when nothing says how large it may be.
const DIGITS: u8 = 4;
/// More values than these of a range are written and not ticked.
const MOST_STEPS: i64 = 10;

/// Whether paper asks this question.
pub(super) fn is_asked(question: &Question) -> bool {
    let kind = matches!(
        question.kind,
        Kind::Text
            | Kind::Integer
            | Kind::Decimal
            | Kind::Range
            | Kind::SelectOne
            | Kind::SelectMultiple
            | Kind::Rank
            | Kind::SelectOneExternal
            | Kind::Date
            | Kind::Time
            | Kind::DateTime
            | Kind::Acknowledge
            | Kind::Trigger
            | Kind::Barcode
    );
    kind && question.calculation.is_none() && !is_read(question)
}

/// Whether it is only read: a note, a question that nobody may change, the headings of a table of selects.
pub(super) fn is_read(question: &Question) -> bool {
    let fixed = question.read_only.as_deref().and_then(keyline_forms::form::yes_or_no) == Some(true);
    let headings = question.kind.has_choices() && question.appears("label");
    question.calculation.is_none()
        && (question.kind == Kind::Note || headings || (fixed && !question.label.is_empty()))
}

/// The symbol that a row names; none when there is no such symbol, since the words say all.
pub(super) fn symbol(columns: &BTreeMap<String, String>) -> String {
    let named = columns.get("symbol").map_or("", |name| name.trim());
    if crate::documents::symbols::drawing(named).is_some() { named.to_owned() } else { String::new() }
}

/// What to do, in words, and the room for it.
pub(super) fn room(form: &Form, question: &Question, wanted: &str, words: &PaperWords<'_>) -> (String, Room) {
    let lines = |count| (words.write_here.clone(), Room::Lines { count });
    let number = || (words.write_number.clone(), Room::digits([(String::new(), DIGITS)]));
    match question.kind {
        Kind::SelectOne | Kind::SelectMultiple | Kind::Rank | Kind::SelectOneExternal => {
            let Some(choices) = choices(form, question, wanted) else { return lines(1) };
            let instruction = match question.kind {
                Kind::SelectMultiple => &words.tick_several,
                Kind::Rank => &words.put_in_order,
                _ => &words.tick_one,
            };
            (instruction.clone(), Room::boxes(choices))
        }
        Kind::Acknowledge | Kind::Trigger => {
            let yes = PaperChoice { text: words.agreed.clone(), symbol: String::new() };
            (words.tick_to_agree.clone(), Room::boxes([yes]))
        }
        Kind::Range => match steps(&question.parameters) {
            Some(steps) => (words.tick_one.clone(), Room::boxes(steps)),
            None => number(),
        },
        Kind::Integer => number(),
        // where the decimal separator goes is for the hand to say
        Kind::Decimal => (words.write_number.clone(), Room::Lines { count: 1 }),
        Kind::Date => (words.write_date.clone(), Room::digits(date(question, words))),
        Kind::Time => (words.write_time.clone(), Room::digits(time(words))),
        Kind::DateTime => {
            let both = date(question, words).into_iter().chain(time(words));
            (words.write_date.clone(), Room::digits(both))
        }
        _ if question.appears("multiline") => lines(LONG),
        _ => lines(SHORT),
    }
}

/// The choices that are printed; none when they are not known here, or too many.
fn choices(form: &Form, question: &Question, wanted: &str) -> Option<Vec<PaperChoice>> {
    let list = match question.choices.as_ref()? {
        ChoicesFrom::List(name) => form.list(name)?,
        ChoicesFrom::ExternalList(name) => form.external_lists.iter().find(|list| list.name == *name)?,
        ChoicesFrom::File(_) | ChoicesFrom::Answers(_) => return None,
    };
    let printed =
        |choice: &Choice| PaperChoice { text: label(choice, form, wanted), symbol: symbol(&choice.extra) };
    (1..=MOST_CHOICES).contains(&list.choices.len()).then(|| list.choices.iter().map(printed).collect())
}

/// What a choice is called on paper: its label, or its name when it has none.
pub(super) fn label(choice: &Choice, form: &Form, wanted: &str) -> String {
    let label = said(&choice.label, form, wanted);
    if label.is_empty() { choice.name.clone() } else { label }
}

/// The values of a range of whole numbers, when they are few.
fn steps(parameters: &BTreeMap<String, String>) -> Option<Vec<PaperChoice>> {
    let whole = |name: &str, otherwise: i64| match parameters.get(name) {
        Some(written) => written.trim().parse::<i64>().ok(),
        None => Some(otherwise),
    };
    // the defaults are those of XLSForm
    let (start, end, step) = (whole("start", 0)?, whole("end", 10)?, whole("step", 1)?);
    let count = end.checked_sub(start)?.checked_div(step).filter(|count| (0..=MOST_STEPS).contains(count))?;
    let value = |n| {
        Some(PaperChoice {
            text: start.checked_add(step.checked_mul(n)?)?.to_string(),
            symbol: String::new(),
        })
    };
    (0..=count).map(value).collect()
}

/// The boxes of a date, as far as the question asks for it.
fn date(question: &Question, words: &PaperWords<'_>) -> Vec<(String, u8)> {
    let year = (words.year.clone(), 4);
    let month = (words.month.clone(), 2);
    if question.appears("year") {
        vec![year]
    } else if question.appears("month-year") {
        vec![month, year]
    } else {
        vec![(words.day.clone(), 2), month, year]
    }
}

fn time(words: &PaperWords<'_>) -> Vec<(String, u8)> {
    vec![(words.hour.clone(), 2), (words.minute.clone(), 2)]
}
