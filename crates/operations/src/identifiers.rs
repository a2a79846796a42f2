//! Who could be identified by a text that somebody writes: the one place where the verbs ask.
//!
//! What is sure to identify is refused at its field: a CHI number, a date of birth, a postcode, a person's name after
//! a title. What only may (a full date) asks for a confirmation and is let through with it. Every text of evidence,
//! findings and grades passes here, so a finer check is put here once.

use keyline_domain::reasons::{FieldProblem, Reason};

/// What may be wrong with texts, as (field, text). `checked` is the writer's confirmation for what only may identify;
/// without it the field `identifies_nobody` asks for it.
pub(crate) fn problems(texts: &[(&str, &str)], checked: bool) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut doubtful = None;
    for (field, text) in texts {
        if let Some((key, found)) = sure(text) {
            problems.push(FieldProblem::new(field, Reason::new(key).with("found", found)));
        } else if doubtful.is_none() {
            doubtful = doubt(text);
        }
    }
    if let Some(found) = doubtful.filter(|_| !checked) {
        let reason = Reason::new("identifier-doubt").with("found", found);
        problems.push(FieldProblem::new("identifies_nobody", reason));
    }
    problems
}

fn sure(text: &str) -> Option<(&'static str, String)> {
    chi_number(text)
        .map(|found| ("identifier-chi", found))
        .or_else(|| birth(text).map(|found| ("identifier-birth", found)))
        .or_else(|| postcode(text).map(|found| ("identifier-postcode", found)))
        .or_else(|| name(text).map(|found| ("identifier-name", found)))
}

// Words without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty())
}

// Ten digits of which the first six are a day, month and year, written together or as six and four.
fn chi_number(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = at;
        let mut digits = String::new();
        while end < chars.len()
            && (chars[end].is_ascii_digit()
                || digits.len() == 6
                    && matches!(chars[end], ' ' | '-')
                    && chars.get(end + 1).is_some_and(char::is_ascii_digit))
        {
            if chars[end].is_ascii_digit() {
                digits.push(chars[end]);
            }
            end += 1;
        }
        let number = |from: usize| digits[from..from + 2].parse::<u8>().unwrap_or(0);
        if digits.len() == 10 && (1..=31).contains(&number(0)) && (1..=12).contains(&number(2)) {
            return Some(chars[at..end].iter().collect());
        }
        at = end.max(at + 1);
    }
    None
}

fn birth(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    ["date of birth", "d.o.b", "dob ", "dob:", "born on"].iter().find_map(|mark| {
        let after = &lower[lower.find(mark)? + mark.len()..];
        let near: String = after.chars().take(20).collect();
        near.contains(|c: char| c.is_ascii_digit()).then(|| format!("{mark}{near}").trim().to_owned())
    })
}

fn postcode(text: &str) -> Option<String> {
    let words: Vec<&str> = words(text).collect();
    let joined = words.iter().map(|w| (*w).to_owned());
    let pairs = words.windows(2).map(|w| format!("{} {}", w[0], w[1]));
    joined.chain(pairs).find(|candidate| is_postcode(candidate))
}

fn is_postcode(text: &str) -> bool {
    let upper: Vec<char> = text.to_uppercase().chars().filter(|c| *c != ' ').collect();
    if !(5..=7).contains(&upper.len()) {
        return false;
    }
    let (outward, inward) = upper.split_at(upper.len() - 3);
    let letters = outward.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let tail = &outward[letters..];
    // A blank may only stand between the two halves.
    let blank = text.find(' ').is_none_or(|at| at == outward.len());
    blank
        && inward[0].is_ascii_digit()
        && inward[1..].iter().all(char::is_ascii_alphabetic)
        && (1..=2).contains(&letters)
        && (1..=2).contains(&tail.len())
        && tail[0].is_ascii_digit()
        && tail[1..].iter().all(char::is_ascii_alphanumeric)
}

const BEFORE_A_NAME: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Dr", "called", "named"];

fn name(text: &str) -> Option<String> {
    let words: Vec<&str> = words(text).collect();
    words
        .windows(2)
        .find(|w| BEFORE_A_NAME.contains(&w[0]) && w[1].chars().next().is_some_and(char::is_uppercase))
        .map(|w| format!("{} {}", w[0], w[1]))
}

// A full date may be that of a birth or of an event that only one child had.
fn doubt(text: &str) -> Option<String> {
    let date = |w: &&str| {
        let parts: Vec<&str> = w.split(['/', '.', '-']).collect();
        parts.len() == 3 && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
    };
    words(text).find(date).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        problems(&[("body", text)], false)
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.reason.key))
            .collect()
    }

    #[test]
    fn what_identifies_is_refused_at_its_field() {
        for (text, key) in [
            ("The child 0101901234 was seen.", "identifier-chi"),
            ("(010190 1234)", "identifier-chi"),
            ("Date of birth: 3 May 2012", "identifier-birth"),
            ("Lives at PH1 5LP with family", "identifier-postcode"),
            ("near G11AA.", "identifier-postcode"),
            ("Spoke with Mrs Fictional today", "identifier-name"),
            ("a boy called Example", "identifier-name"),
        ] {
            assert_eq!(found(text), [format!("body {key}")], "{text}");
        }
    }

    #[test]
    fn ordinary_sentences_pass() {
        for text in [
            "Of 142 staff who answered, 98 (69%) agreed; indicator 2.1, line 3.",
            "The service manager called the team in week 12. Police Scotland took part.",
            "Telephone 0131 496 0000 was answered at once.",
            "",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_may_identify_asks_for_a_confirmation() {
        assert_eq!(found("Seen on 12/02/2026."), ["identifies_nobody identifier-doubt"]);
        assert!(problems(&[("body", "Seen on 12/02/2026.")], true).is_empty());
        assert!(!problems(&[("body", "CHI 0101901234")], true).is_empty(), "no confirmation lets it through");
    }
}
