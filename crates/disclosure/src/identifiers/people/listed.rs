//! Names by the list: a forename with a surname, a surname before a forename, an initial with a surname, a forename alone.

use super::context::{Sense, sense};
use super::cues::is_title;
use super::lexicon;
use super::row::{Row, Word, up_to_possessive};
use super::words::Words;
use crate::identifiers::around::head;
use crate::identifiers::{Because, Found, Kind, Strength};

/// Most words of a name.
const LONGEST: usize = 4;

/// Words before a forename that make it a place, a saint or a king.
static NOT_BEFORE: Words =
    Words::new("ben cape fort glen king loch mount port prince princess queen saint st");

/// Looks at a word of the row; the number of the word that comes next.
pub(super) fn find(row: &Row<'_, '_>, first: usize, found: &mut Vec<Found>) -> usize {
    let word = &row.words[first];
    if word.is_initial() {
        return after_initials(row, first, found);
    }
    if word.lexical.is_surname() && !word.lexical.is_ambiguous() && before_forename(row, first, found) {
        return first + 1;
    }
    if !word.lexical.is_forename() || word.lexical.is_time() && !is_month_name(word, row) {
        return first + 1;
    }
    let length = length_of_name(row, first);
    let next = first + length;
    let after_such =
        first.checked_sub(1).is_some_and(|before| NOT_BEFORE.has(row.words[before].lower(row.text).as_str()));
    if after_such || row.is_of_a_building(next) {
        return next + 1;
    }
    if let Some((strength, because)) = judge(row, first, length) {
        let range = word.start..row.words[next - 1].end;
        found.push(Found { kind: Kind::PersonName, strength, because, range });
    }
    next
}

/// April, May, June and August are given, and Jan and Jun; the other months and the days are not.
fn is_month_name(word: &Word, row: &Row<'_, '_>) -> bool {
    matches!(
        word.lower(row.text).as_str(),
        "jan" | "jun" | "april" | "may" | "june" | "august" | "autumn" | "summer"
    )
}

/// How many words from a forename on belong to the name.
fn length_of_name(row: &Row<'_, '_>, first: usize) -> usize {
    let words = &row.words[first..];
    let follows = |word: &&Word| {
        let lower = word.lower(row.text);
        word.lexical.can_be_in_a_name() && !lexicon::is_no_name(lower.as_str()) && !is_title(&lower)
    };
    let length = 1 + words.iter().skip(1).take(LONGEST - 1).take_while(follows).count();
    let length = up_to_possessive(&words[..length]);
    // an initial at the end is that of the next word: "Jamie A Young"
    if length > 1 && words[length - 1].is_initial() && !words[length - 1].dotted {
        length - 1
    } else {
        length
    }
}

fn judge(row: &Row<'_, '_>, first: usize, length: usize) -> Option<(Strength, Because)> {
    let word = &row.words[first];
    let more = &row.words[first + 1..first + length];
    let surname = more.iter().any(|word| word.lexical.is_surname() || word.lexical.is_forename());
    let certain = more.iter().any(|word| word.lexical.is_surname() && !word.lexical.is_ambiguous());
    let shouted = word.is_shouted();
    if !word.lexical.is_ambiguous() {
        return Some(match (more.is_empty(), shouted) {
            (false, false) if surname => (Strength::Likely, Because::FullName),
            (false, true) if certain => (Strength::Likely, Because::FullName),
            // bodies are shortened so: DIANE, ADA
            (_, true) if word.end - word.start <= 5 => return None,
            (_, true) => (Strength::Weak, Because::Forename),
            _ => (Strength::Likely, Because::Forename),
        });
    }
    if certain {
        return Some((Strength::Likely, Because::FullName));
    }
    match sense(row, first, length) {
        Sense::Person if shouted => Some((Strength::Weak, Because::ForenameOrWord)),
        Sense::Person => Some((Strength::Likely, Because::ForenameInContext)),
        Sense::Open => Some((Strength::Weak, Because::ForenameOrWord)),
        Sense::Other => None,
    }
}

/// `J. Smith`, `J K Macdonald`
fn after_initials(row: &Row<'_, '_>, first: usize, found: &mut Vec<Found>) -> usize {
    let initials = row.words[first..].iter().take_while(|word| word.is_initial()).count();
    let next = first + initials;
    let Some(surname) = row.words.get(next) else { return next };
    let dotted = row.words[next - 1].dotted;
    // "A" and "I" begin sentences
    let article = !dotted && matches!(row.words[next - 1].lower(row.text).as_str(), "a" | "i");
    let known = surname.lexical.is_surname() && !surname.lexical.is_ambiguous();
    if known && !article && !surname.is_shouted() && !row.is_of_a_building(next + 1) {
        let range = row.words[first].start..surname.end;
        let strength = if dotted { Strength::Likely } else { Strength::Weak };
        found.push(Found { kind: Kind::PersonName, strength, because: Because::InitialAndSurname, range });
        return next + 1;
    }
    next
}

/// `SMITH, Jamie` as lists have it: at the end of the line, or with the surname in capitals.
fn before_forename(row: &Row<'_, '_>, first: usize, found: &mut Vec<Found>) -> bool {
    let surname = &row.words[first];
    if first + 1 < row.words.len() {
        return false;
    }
    let rest = head(row.text, surname.end, 32);
    let Some(name) = rest.strip_prefix(", ").or_else(|| rest.strip_prefix(',')) else { return false };
    let length = name.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'-').count();
    let (name, behind) = name.split_at(length);
    let lexical = lexicon::look_up(name);
    let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
    let ends = behind.is_empty() || behind.starts_with(['\n', '\r', '\t', ';']);
    if !(capital && lexical.is_forename() && !lexical.is_ambiguous() && (ends || surname.is_shouted())) {
        return false;
    }
    let end = surname.end + rest.len() - behind.len();
    let (strength, because) = (Strength::Likely, Because::SurnameFirst);
    found.push(Found { kind: Kind::PersonName, strength, because, range: surname.start..end });
    true
}
