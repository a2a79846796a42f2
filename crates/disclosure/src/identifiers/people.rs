//! Names of people in running text.
//!
//! A name is capitalised words in a row. What makes one of such a row is either the words around it ("Mrs …", "my brother
//! …", "a boy called …"), whatever the name, or the list of names in `names/names.txt`. Forenames that are also places,
//! months or words (Angus, Skye, April, Hope) are decided by the words around them.
//!
//! | module | subject |
//! | --- | --- |
//! | [`lexicon`] | which words are names, and which of them are something else as well |
//! | [`row`] | capitalised words that stand together |
//! | [`cues`] | titles, relatives and introductions before a name |
//! | [`context`] | whether the words around a forename speak of a person |
//! | [`listed`] | names by the list |
//! | [`words`] | lists of words |

mod context;
mod cues;
pub(crate) mod lexicon;
mod listed;
mod row;
mod words;

use super::{Found, Kind, Strength};
use cues::Cue;
use row::{Row, Word};

/// Looks at the row of words from a capital on; the place where the search goes on.
pub(super) fn find(text: &str, at: usize, found: &mut Vec<Found>) -> usize {
    let mut words = [Word::default(); row::TOGETHER];
    let row = Row::read(text, at, &mut words);
    let mut number = 0;
    while number < row.words.len() {
        number = match cues::before(&row, number) {
            Some(cue) => named(&row, number, cue, found),
            None => listed::find(&row, number, found),
        };
    }
    row.end
}

/// A name by what stands before it; the number of the word that comes next.
fn named(row: &Row<'_, '_>, first: usize, cue: Cue, found: &mut Vec<Found>) -> usize {
    let words = &row.words[first..];
    let opens = |word: &Word| !lexicon::is_no_name(word.lower(row.text).as_str());
    if words.first().is_none_or(|word| !opens(word) || word.is_initial() && words.len() == 1) {
        return first + 1;
    }
    // "Mr Smith On Monday" ends where the sentence goes on
    let length =
        words.iter().take(4).take_while(|word| opens(word) && word.lexical.can_be_in_a_name()).count().max(1);
    let length = row::up_to_possessive(&words[..length]);
    // "Dr Gray's Hospital" is no person
    if row.is_of_a_building(first + length) {
        return first + length + 1;
    }
    let alone = length == 1 && words[0].lexical.is_ambiguous();
    let strength = match cue.strength {
        // a project called Hope, a nurse called in June
        Strength::Likely if alone && !cue.is_relation() => Strength::Weak,
        strength => strength,
    };
    let range = words[0].start..words[length - 1].end;
    found.push(Found { kind: Kind::PersonName, strength, because: cue.because, range });
    first + length
}
