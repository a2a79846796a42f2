//! Who could be identified by a text that somebody writes: the one place where all verbs that keep such a text ask.
//!
//! What hardly can be anything else, and what the text itself says is a person's name, is refused at its field. What is only
//! likely, such as a forename that nothing but a list of names gives away, asks for a confirmation and is let through with it. Weaker traces, such as any full date, are left to the review
//! before a text leaves the team: asked at every date, people learn to confirm without reading.

use keyline_disclosure::identifiers::{Hit, Kind, Strength, scan_text};
use keyline_domain::reasons::{FieldProblem, Reason};

/// What may be wrong with texts, as (field, text). `checked` is the writer's confirmation for what only may identify;
/// without it the field `identifies_nobody` asks for it.
pub(crate) fn problems(texts: &[(&str, &str)], checked: bool) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut doubtful = None;
    for (field, text) in texts {
        let hits = scan_text(text);
        if let Some(hit) = hits.iter().find(|hit| is_sure(hit)) {
            problems.push(FieldProblem::new(field, Reason::new(key(hit.kind)).with("found", &hit.matched)));
        } else if doubtful.is_none() {
            doubtful = hits.into_iter().find(|hit| hit.strength == Strength::Likely);
        }
    }
    if let Some(hit) = doubtful.filter(|_| !checked) {
        let reason = Reason::new("identifier-doubt").with("found", &hit.matched);
        problems.push(FieldProblem::new("identifies_nobody", reason));
    }
    problems
}

/// What stands in a text that must not leave the team: the same that is refused where it is written. What is only likely
/// has been confirmed by whoever wrote it. As (place in bytes, key of what it is).
pub(crate) fn sure_in(text: &str) -> impl Iterator<Item = (usize, Kind)> {
    scan_text(text).into_iter().filter(is_sure).map(|hit| (hit.range.start, hit.kind))
}

fn is_sure(hit: &Hit) -> bool {
    let said_to_be_a_name = hit.kind == Kind::PersonName && !hit.because.is_list_alone();
    hit.strength == Strength::Strong || hit.strength == Strength::Likely && said_to_be_a_name
}

fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::ChiNumber => "identifier-chi",
        Kind::DateOfBirth => "identifier-birth",
        Kind::Postcode | Kind::PostcodeDistrict | Kind::Address => "identifier-postcode",
        Kind::PersonName => "identifier-name",
        Kind::NhsNumber | Kind::NationalInsuranceNumber | Kind::Email | Kind::Phone => "identifier-number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let problems = problems(&[("body", text)], false);
        problems.into_iter().map(|p| format!("{} {}", p.field, p.reason.key)).collect()
    }

    #[test]
    fn what_identifies_is_refused_at_its_field() {
        for (text, key) in [
            ("The child 0101110014 was seen.", "identifier-chi"),
            ("Date of birth: 03/05/2012", "identifier-birth"),
            ("Lives at PH1 5LP with family", "identifier-postcode"),
            ("Spoke with Mrs Fictional today", "identifier-name"),
            ("Write to someone@fictional.test", "identifier-number"),
        ] {
            assert_eq!(found(text), [format!("body {key}")], "{text}");
            assert!(!problems(&[("body", text)], true).is_empty(), "no confirmation lets it through: {text}");
        }
    }

    #[test]
    fn ordinary_sentences_pass() {
        for text in [
            "Of 142 staff who answered, 98 (69%) agreed; indicator 2.1, line 3.",
            "The service manager called the team in week 12. Police Scotland took part.",
            "The survey closed on 12 March 2026.",
            "",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_may_identify_asks_for_a_confirmation() {
        for text in
            ["The desk at 0131 496 0000 answered.", "Eilidh said that it helped.", "J. Macdonald was there."]
        {
            assert_eq!(found(text), ["identifies_nobody identifier-doubt"], "{text}");
            assert!(problems(&[("body", text)], true).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_whole_name_is_refused() {
        assert_eq!(found("Eilidh Macdonald said that it helped."), ["body identifier-name"]);
    }
}
