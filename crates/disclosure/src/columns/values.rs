//! What the values of a column look like, taken together.

use std::collections::BTreeSet;

use super::headers::Meaning;
use super::{Because, ColumnSuspicion};
use crate::identifiers::people::lexicon::{is_no_name, look_up};
use crate::identifiers::{Kind, Strength, dates, numbers, scan_text};

/// A cell that is not empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'v> {
    /// Which of the column's values it is.
    pub(super) index: usize,
    pub(super) text: &'v str,
}

/// Whether all values are ticks: a column "CHI recorded?" with yes and no identifies nobody.
pub(super) fn are_marks(filled: &[Cell<'_>]) -> bool {
    const MARKS: &[&str] = &[
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "0",
        "1",
        "x",
        "n/a",
        "na",
        "unknown",
        "not known",
        "not recorded",
        "✓",
        "-",
    ];
    !filled.is_empty() && filled.iter().all(|cell| MARKS.contains(&cell.text.to_lowercase().as_str()))
}

/// The suspicion that values alone raise, the surest kinds first.
pub(super) fn suspect(filled: &[Cell<'_>], meaning: &Meaning, allowed: &[&str]) -> Option<ColumnSuspicion> {
    let allowed: BTreeSet<String> = allowed.iter().map(|value| value.trim().to_lowercase()).collect();
    let may_be_names = |cell: &str| !meaning.of_things && !allowed.contains(&cell.to_lowercase());
    health_numbers(filled)
        .or_else(|| found_in_cells(filled, &may_be_names))
        .or_else(|| if meaning.of_events { None } else { birthdays(filled) })
        .or_else(|| names(filled, &may_be_names))
}

fn suspicion(
    kind: Kind,
    strength: Strength,
    filled: &[Cell<'_>],
    looks: impl Fn(&str) -> bool,
) -> ColumnSuspicion {
    let cells: Vec<usize> = filled.iter().filter(|cell| looks(cell.text)).map(|cell| cell.index).collect();
    let because = Because::Values { matching: cells.len(), filled: filled.len() };
    ColumnSuspicion { kind, strength, because, cells }
}

/// Ten digits and nothing else but separators; nine when a spreadsheet took the leading zero for nothing.
fn whole_number(cell: &str) -> Option<[u8; 10]> {
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    if cell.chars().any(|c| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '/' | '\u{a0}')) {
        return None;
    }
    if cell.len() == 9 { numbers::ten_digits(&format!("0{cell}")) } else { numbers::ten_digits(cell) }
}

/// Of random ten-digit numbers 0.32 % pass for CHI numbers and 9 % for NHS numbers: a column is suspected when many
/// times more of its numbers pass.
fn health_numbers(filled: &[Cell<'_>]) -> Option<ColumnSuspicion> {
    let numbers: Vec<[u8; 10]> = filled.iter().filter_map(|cell| whole_number(cell.text)).collect();
    let share = |passing: fn(&[u8; 10]) -> bool, percent: usize, least: usize| {
        let passed = numbers.iter().filter(|number| passing(number)).count();
        passed >= least && passed * 100 >= percent * numbers.len()
    };
    if share(numbers::is_chi, 10, 1) {
        return Some(suspicion(Kind::ChiNumber, Strength::Strong, filled, |cell| {
            whole_number(cell).is_some_and(|number| numbers::is_chi(&number))
        }));
    }
    share(numbers::passes_check, 60, 3).then(|| {
        suspicion(Kind::NhsNumber, Strength::Likely, filled, |cell| {
            whole_number(cell).is_some_and(|number| numbers::passes_check(&number))
        })
    })
}

/// Identifiers that no column of codes contains, in any cell: as the whole cell or within a remark. Bare ten-digit
/// cells were judged together above. A whole name is enough; a forename alone may be a code.
fn found_in_cells(filled: &[Cell<'_>], may_be_names: &dyn Fn(&str) -> bool) -> Option<ColumnSuspicion> {
    let certain = |cell: &&Cell<'_>| {
        let hits = if whole_number(cell.text).is_some() { Vec::new() } else { scan_text(cell.text) };
        let named = may_be_names(cell.text);
        let surest = hits.into_iter().filter(|hit| match hit.kind {
            Kind::PersonName => named && hit.strength >= Strength::Likely && !hit.because.is_list_alone(),
            _ => hit.strength == Strength::Strong,
        });
        surest
            .map(|hit| (hit.strength, hit.kind))
            .max_by_key(|(strength, kind)| (*strength, std::cmp::Reverse(*kind)))
    };
    let found: Vec<(usize, Strength, Kind)> = filled
        .iter()
        .filter_map(|cell| certain(&cell).map(|(strength, kind)| (cell.index, strength, kind)))
        .collect();
    let (_, strength, kind) =
        *found.iter().max_by_key(|(_, strength, kind)| (*strength, std::cmp::Reverse(*kind)))?;
    let cells: Vec<usize> = found.iter().filter(|hit| hit.2 == kind).map(|hit| hit.0).collect();
    let because = Because::Values { matching: cells.len(), filled: filled.len() };
    Some(ColumnSuspicion { kind, strength, because, cells })
}

/// Full dates in at least half of the cells. Events of one programme lie within a few years of each other, birthdays of
/// children do not.
fn birthdays(filled: &[Cell<'_>]) -> Option<ColumnSuspicion> {
    let years: Vec<u16> = filled.iter().filter_map(|cell| dates::year_of_date(cell.text)).collect();
    if years.len() < 3 || years.len() * 2 < filled.len() {
        return None;
    }
    let spread = years.iter().max()? - years.iter().min()?;
    let strength = if spread > 5 { Strength::Likely } else { Strength::Weak };
    Some(suspicion(Kind::DateOfBirth, strength, filled, |cell| dates::year_of_date(cell).is_some()))
}

/// Known forenames in at least half of the cells; or at least five cells, four in five of them one to three capitalised
/// words that are not allowed values, and most of them different: a code list repeats, names rarely do.
fn names(filled: &[Cell<'_>], may_be_names: &dyn Fn(&str) -> bool) -> Option<ColumnSuspicion> {
    let looks = |cell: &str| may_be_names(cell) && looks_like_name(cell);
    let like_names: Vec<&str> = filled.iter().map(|cell| cell.text).filter(|cell| looks(cell)).collect();
    let known = |cell: &str| looks(cell) && begins_with_forename(cell);
    let forenames = like_names.iter().filter(|cell| known(cell)).count();
    if forenames >= 2 && forenames * 2 >= filled.len() {
        return Some(suspicion(Kind::PersonName, Strength::Likely, filled, looks));
    }
    let different: BTreeSet<&str> = like_names.iter().copied().collect();
    if like_names.len() < 5
        || like_names.len() * 5 < filled.len() * 4
        || different.len() * 10 < like_names.len() * 6
    {
        return None;
    }
    // a list of places or months is full of words that are names as well
    let ambiguous = different.iter().filter(|cell| look_up(cell).is_ambiguous()).count();
    let strength = if ambiguous * 2 >= different.len() { Strength::Weak } else { Strength::Likely };
    Some(suspicion(Kind::PersonName, strength, filled, looks))
}

fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty())
}

/// One to three words of letters, each with a capital first; "SMITH, Jo" too, but not a lone acronym.
fn looks_like_name(cell: &str) -> bool {
    let words: Vec<&str> = words(cell).collect();
    let capitalised = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
    };
    (1..=3).contains(&words.len())
        && words.iter().all(capitalised)
        && words.iter().any(|word| word.chars().count() > 1)
        && !words.iter().any(|word| is_no_name(&word.to_lowercase()))
        && (words.len() > 1 || words[0].chars().any(char::is_lowercase))
}

/// Whether one of the words is a forename and nothing else.
fn begins_with_forename(cell: &str) -> bool {
    words(cell).map(look_up).any(|word| word.is_forename() && !word.is_ambiguous())
}
