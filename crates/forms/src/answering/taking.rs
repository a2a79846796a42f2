//! Reading what a page sent: pairs of field and value, as an HTML form sends them.
//!
//! A field is called as its question (`age`, `children[1]/age`). A day may come in three fields, `born.day`,
//! `born.month` and `born.year`; a time of day in `at.hour` and `at.minute`; an order of choices as a number for each
//! choice, `order.health`. On the page of a repeat, the field is the repeat and its value `add` or `remove` with the
//! number of the entry (`remove 2`).

use std::collections::BTreeMap;

use crate::expression::instance::FrameId;
use crate::expression::shape::ShapeId;
use crate::form::Kind;

use super::fault::{AnswerFault, Code};
use super::filling::Filling;
use super::kinds;
use super::pages::PageKind;

/// What came of reading a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taken {
    /// What is wrong with the answers of this page. Empty means that one can go on.
    pub faults: Vec<AnswerFault>,
    /// Paths of questions of this page that became relevant by what was sent, and were not shown before. The page is to
    /// be shown again if there are any.
    pub appeared: Vec<String>,
    /// The entry that was added, when this was the page of a repeat: the page to go to is its first.
    pub added: Option<String>,
    /// Fields that belong to no question of this page.
    pub dropped: Vec<String>,
    /// Whether there is such a page at the moment.
    pub known: bool,
}

impl Taken {
    /// Whether one can go on to the next page.
    pub fn accepted(&self) -> bool {
        self.known && self.faults.is_empty() && self.appeared.is_empty()
    }
}

/// What a page sent for one question: values by part; the part of the question as a whole is blank.
pub(super) type Parts = BTreeMap<String, Vec<String>>;

/// The most values of one field, and the most fields, that are looked at.
const MOST_PAIRS: usize = 50_000;

impl Filling {
    /// Takes what a page sent. What could not be kept is shown again as it was typed; a question of the page that is not
    /// among the pairs has no answer any more (a box that was unticked sends nothing).
    pub fn take_page(&mut self, page: &str, pairs: &[(String, String)]) -> Taken {
        let Some(page) = self.page(page) else { return Taken::default() };
        let mut taken = Taken { known: true, ..Taken::default() };
        if let PageKind::Entries = page.kind {
            self.take_entries(&page.id, pairs, &mut taken);
            return taken;
        }
        let before = page.questions.clone();
        let fields: BTreeMap<&str, usize> =
            before.iter().enumerate().map(|(index, (path, _))| (path.as_str(), index)).collect();
        let mut sent: Vec<Parts> = vec![Parts::new(); before.len()];
        for (field, value) in pairs.iter().take(MOST_PAIRS) {
            let whole = fields.get(field.as_str()).map(|index| (*index, ""));
            let part = || {
                // names of questions may have points in them: the longest name that fits is meant
                let points = field.char_indices().rev().filter(|(_, one)| *one == '.').map(|(at, _)| at);
                points
                    .into_iter()
                    .find_map(|at| fields.get(&field[..at]).map(|index| (*index, &field[at + 1..])))
            };
            match whole.or_else(part) {
                Some((index, part)) => sent[index].entry(part.to_owned()).or_default().push(value.clone()),
                None => taken.dropped.push(kinds::clean(field)),
            }
        }
        for ((_, place), parts) in before.iter().zip(sent) {
            let (frame, node) = *place;
            if self.is_asked(node) && !self.is_read_only(frame, node) {
                self.receive(frame, node, parts);
            }
        }
        // what was sent may have changed what the page asks
        let after = self.page(&page.id).map(|page| page.questions).unwrap_or_default();
        for (path, place) in after {
            if before.iter().any(|(other, _)| *other == path) {
                taken.faults.extend(self.check_one(place.0, place.1));
            } else if self.is_asked(place.1) {
                taken.appeared.push(path);
            }
        }
        taken
    }

    fn take_entries(&mut self, repeat: &str, pairs: &[(String, String)], taken: &mut Taken) {
        for (field, value) in pairs.iter().take(MOST_PAIRS) {
            if field != repeat {
                taken.dropped.push(kinds::clean(field));
                continue;
            }
            let words: Vec<&str> = value.split_whitespace().collect();
            match words.as_slice() {
                ["add"] => match self.add_entry(repeat) {
                    Ok(entry) => taken.added = Some(entry),
                    Err(fault) => taken.faults.push(fault),
                },
                ["remove", number] if !self.remove_entry(&format!("{repeat}[{number}]")) => {
                    taken.dropped.push(kinds::clean(value));
                }
                _ => {}
            }
        }
    }

    /// Keeps an answer, or what was typed with the reason why it is none.
    pub(super) fn receive(&mut self, frame: FrameId, node: ShapeId, parts: Parts) {
        let read = self.read_parts(frame, node, &parts);
        let place = (frame, node);
        match read {
            Ok(text) => {
                self.typed.remove(&place);
                self.wrong.remove(&place);
                self.put(frame, node, text);
            }
            Err(code) => {
                let limited = parts.into_iter().map(|(part, values)| {
                    let values = values.into_iter().take(1_000).map(|value| shown_again(&value)).collect();
                    (part, values)
                });
                self.typed.insert(place, limited.collect());
                self.wrong.insert(place, code);
                self.put(frame, node, String::new());
            }
        }
    }

    fn read_parts(&self, frame: FrameId, node: ShapeId, parts: &Parts) -> Result<String, Code> {
        let Some(question) = self.rules(node).question() else { return Ok(String::new()) };
        let whole = parts.get("").map_or(&[][..], Vec::as_slice);
        if question.kind == Kind::Rank && whole.is_empty() {
            return self.read_choices(frame, node, &ranked(parts)?);
        }
        if question.kind.has_choices() {
            return self.read_choices(frame, node, whole);
        }
        let part = |name: &str| {
            parts.get(name).and_then(|values| values.first()).map_or("", |value| value.trim()).to_owned()
        };
        let wrong = Code::Type { expected: question.kind };
        let text = match question.kind {
            Kind::Date | Kind::DateTime | Kind::Time if whole.is_empty() => {
                let (day, month, year) = (part("day"), part("month"), part("year"));
                let (hour, minute) = (part("hour"), part("minute"));
                let date = [&day, &month, &year].iter().any(|part| !part.is_empty());
                let time = [&hour, &minute].iter().any(|part| !part.is_empty());
                let padded = |text: &str, width: usize| {
                    let digits = !text.is_empty()
                        && text.len() <= width
                        && text.bytes().all(|one| one.is_ascii_digit());
                    digits.then(|| format!("{text:0>width$}"))
                };
                // two figures of a year would be guessed
                let date_text = || {
                    let year = padded(&year, 4).filter(|_| year.len() == 4)?;
                    Some(format!("{year}-{}-{}", padded(&month, 2)?, padded(&day, 2)?))
                };
                let time_text = || Some(format!("{}:{}", padded(&hour, 2)?, padded(&minute, 2)?));
                match question.kind {
                    _ if !date && !time => String::new(),
                    Kind::Date => date_text().ok_or(wrong)?,
                    Kind::Time => time_text().ok_or(wrong)?,
                    _ => format!("{}T{}", date_text().ok_or(wrong.clone())?, time_text().ok_or(wrong)?),
                }
            }
            _ => match whole {
                [] => String::new(),
                [one] => one.clone(),
                [first, rest @ ..] if rest.iter().all(|other| other == first) => first.clone(),
                _ => return Err(Code::MoreThanOne),
            },
        };
        kinds::read(question, &text)
    }
}

/// An order of choices from a number for each.
fn ranked(parts: &Parts) -> Result<Vec<String>, Code> {
    let mut numbered = Vec::new();
    for (choice, values) in parts {
        let text = values.first().map_or("", |value| value.trim());
        if !text.is_empty() {
            numbered.push((text.parse::<u32>().map_err(|_| Code::NotAnOrder)?, choice.clone()));
        }
    }
    numbered.sort();
    if numbered.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Code::NotAnOrder);
    }
    Ok(numbered.into_iter().map(|(_, choice)| choice).collect())
}

/// What was typed as far as it is shown again: all of it, but not without bounds.
fn shown_again(value: &str) -> String {
    value.chars().take(kinds::LONGEST_TEXT * 2).collect()
}
