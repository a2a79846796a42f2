//! Whether a text that is about to leave the team could identify somebody.

use keyline_domain::documents::Document;
use keyline_domain::judgement::places::sections;
use keyline_domain::reasons::Reason;

/// The places of a document where something could identify a person; empty when none is found. Each reason names the
/// section, the kind of identifier and never the identifier itself.
pub fn identifiers_in(document: &Document) -> Vec<Reason> {
    let mut found = Vec::new();
    for section in sections(document) {
        for (number, sentence) in section.sentences.iter().enumerate() {
            for kind in kinds_in(sentence) {
                found.push(
                    Reason::new("report-identifier")
                        .with("section", &section.title)
                        .with("sentence", format!("{} ", number + 1).trim())
                        .with("kind", kind),
                );
            }
        }
    }
    found
}

/// What identifies a person in a sentence: keys of the translations.
fn kinds_in(sentence: &str) -> Vec<&'static str> {
    let words: Vec<&str> =
        sentence.split(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '.' | '/' | '-'))).collect();
    let mut kinds = Vec::new();
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    if words.iter().any(|w| digits(w) == 10 && w.len() == 10) {
        kinds.push("CHI");
    }
    if words
        .iter()
        .any(|w| w.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.')))
    {
        kinds.push("e-mail");
    }
    if words.windows(2).any(|pair| is_outward(pair[0]) && is_inward(pair[1])) {
        kinds.push("postcode");
    }
    kinds
}

/// The first half of a postcode: one or two letters, a digit, at most one more letter or digit.
fn is_outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &word.as_bytes()[letters..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest[0].is_ascii_digit()
        && rest.get(1).is_none_or(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// The second half of a postcode: a digit and two letters.
fn is_inward(word: &str) -> bool {
    let word = word.trim_end_matches('.').as_bytes();
    word.len() == 3 && word[0].is_ascii_digit() && word[1..].iter().all(u8::is_ascii_uppercase)
}
