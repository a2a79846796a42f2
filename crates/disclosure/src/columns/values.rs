//! What the values of a column look like, taken together.

use std::collections::BTreeSet;

use super::headers::Meaning;
use super::{Because, ColumnSuspicion};
use crate::identifiers::{Kind, Strength, dates, mask, numbers, people, scan_text};

/// Whether all values are ticks: a column "CHI recorded?" with yes and no identifies nobody.
pub(super) fn are_marks(filled: &[&str]) -> bool {
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
    !filled.is_empty() && filled.iter().all(|value| MARKS.contains(&value.to_lowercase().as_str()))
}

/// Up to three different masked values of those that qualify.
pub(super) fn examples(filled: &[&str], qualifies: impl Fn(&str) -> bool) -> Vec<String> {
    let mut masked: Vec<String> = Vec::new();
    for value in filled.iter().filter(|value| qualifies(value)) {
        let example = mask(value);
        if !masked.contains(&example) {
            masked.push(example);
        }
        if masked.len() == 3 {
            break;
        }
    }
    masked
}

/// The suspicion that values alone raise, the surest kinds first.
pub(super) fn suspect(filled: &[&str], meaning: &Meaning, allowed: &[&str]) -> Option<ColumnSuspicion> {
    health_numbers(filled)
        .or_else(|| found_in_cells(filled))
        .or_else(|| if meaning.of_events { None } else { birthdays(filled) })
        .or_else(|| if meaning.of_things { None } else { names(filled, allowed) })
}

fn suspicion(
    kind: Kind,
    strength: Strength,
    filled: &[&str],
    looks: impl Fn(&str) -> bool,
) -> ColumnSuspicion {
    let matching = filled.iter().filter(|value| looks(value)).count();
    ColumnSuspicion {
        kind,
        strength,
        because: Because::Values { matching, filled: filled.len() },
        examples_masked: examples(filled, looks),
    }
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
fn health_numbers(filled: &[&str]) -> Option<ColumnSuspicion> {
    let numbers: Vec<[u8; 10]> = filled.iter().filter_map(|cell| whole_number(cell)).collect();
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
/// cells were judged together above, and names in remarks are for whoever reads the remarks.
fn found_in_cells(filled: &[&str]) -> Option<ColumnSuspicion> {
    let strong = |cell: &str| {
        if whole_number(cell).is_some() {
            return None;
        }
        scan_text(cell).into_iter().find(|hit| hit.strength == Strength::Strong).map(|hit| hit.kind)
    };
    let kinds: Vec<Option<Kind>> = filled.iter().map(|cell| strong(cell)).collect();
    let kind = kinds.iter().flatten().min().copied()?;
    let matching = kinds.iter().filter(|&&found| found == Some(kind)).count();
    let masked: Vec<String> = filled
        .iter()
        .flat_map(|cell| scan_text(cell))
        .filter(|hit| hit.kind == kind && hit.strength == Strength::Strong)
        .map(|hit| hit.masked())
        .collect();
    let masked: Vec<&str> = masked.iter().map(String::as_str).collect();
    Some(ColumnSuspicion {
        kind,
        strength: Strength::Strong,
        because: Because::Values { matching, filled: filled.len() },
        examples_masked: examples(&masked, |_| true),
    })
}

/// Full dates in at least half of the cells. Events of one programme lie within a few years of each other, birthdays of
/// children do not.
fn birthdays(filled: &[&str]) -> Option<ColumnSuspicion> {
    let years: Vec<u16> = filled.iter().filter_map(|cell| dates::year_of_date(cell)).collect();
    if years.len() < 3 || years.len() * 2 < filled.len() {
        return None;
    }
    let spread = years.iter().max()? - years.iter().min()?;
    let strength = if spread > 5 { Strength::Likely } else { Strength::Weak };
    Some(suspicion(Kind::DateOfBirth, strength, filled, |cell| dates::year_of_date(cell).is_some()))
}

/// At least five cells, four in five of them one to three capitalised words that are not allowed values, and most
/// of them different: a code list repeats, names rarely do.
fn names(filled: &[&str], allowed: &[&str]) -> Option<ColumnSuspicion> {
    let allowed: BTreeSet<String> = allowed.iter().map(|value| value.trim().to_lowercase()).collect();
    let looks = |cell: &str| !allowed.contains(&cell.to_lowercase()) && looks_like_name(cell);
    let like_names: Vec<&str> = filled.iter().copied().filter(|cell| looks(cell)).collect();
    let different: BTreeSet<&str> = like_names.iter().copied().collect();
    if like_names.len() < 5
        || like_names.len() * 5 < filled.len() * 4
        || different.len() * 10 < like_names.len() * 6
    {
        return None;
    }
    // a list of places or months is full of words that are names as well
    let ambiguous = different.iter().filter(|cell| people::is_ambiguous(cell)).count();
    let strength = if ambiguous * 2 >= different.len() { Strength::Weak } else { Strength::Likely };
    Some(suspicion(Kind::PersonName, strength, filled, looks))
}

/// One to three words of letters, each with a capital first; "SMITH, Jo" too, but not a lone acronym.
fn looks_like_name(cell: &str) -> bool {
    let words: Vec<&str> = cell.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty()).collect();
    let capitalised = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
    };
    (1..=3).contains(&words.len())
        && words.iter().all(capitalised)
        && words.iter().any(|word| word.chars().count() > 1)
        && !words.iter().any(|word| people::is_no_name(word))
        && (words.len() > 1 || words[0].chars().any(char::is_lowercase))
}
