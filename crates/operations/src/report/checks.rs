//! Whether a text that is about to leave the team could identify somebody.
//!
//! The same finder has been asked where each text was written; this is the last look, at the whole, before it leaves.

use keyline_disclosure::identifiers::Kind;
use keyline_domain::documents::Document;
use keyline_domain::judgement::places::{SectionSentences, sections};
use keyline_domain::reasons::Reason;

use crate::identifiers::sure_in;

/// The places of a document where something could identify a person; empty when none is found. Each reason names the
/// section, the kind of identifier and never the identifier itself.
pub fn identifiers_in(document: &Document) -> Vec<Reason> {
    sections(document).iter().flat_map(in_section).collect()
}

fn in_section(section: &SectionSentences) -> Vec<Reason> {
    // As one text: "Mrs." ends no sentence.
    let text = section.sentences.join(" ");
    let sentence_at = |place: usize| {
        let mut end = 0;
        section
            .sentences
            .iter()
            .take_while(|s| {
                end += s.len() + 1;
                end <= place
            })
            .count()
            + 1
    };
    sure_in(&text)
        .map(|(place, kind)| {
            Reason::new(key(kind))
                .with("section", &section.title)
                .with("sentence", sentence_at(place).to_string())
        })
        .collect()
}

fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::ChiNumber => "report-identifier-chi",
        Kind::DateOfBirth => "report-identifier-birth",
        Kind::Postcode | Kind::PostcodeDistrict | Kind::Address => "report-identifier-postcode",
        Kind::PersonName => "report-identifier-name",
        Kind::NhsNumber | Kind::NationalInsuranceNumber | Kind::Email | Kind::Phone => {
            "report-identifier-number"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_named_and_what_stands_in_it_is_not() {
        let sentences = ["All is well.", "They met Mrs.", "Fictional at PH1 5LP."];
        let section = SectionSentences {
            anchor: "a".into(),
            title: "Summary".into(),
            sentences: sentences.map(str::to_owned).to_vec(),
        };
        let found: Vec<_> = in_section(&section)
            .into_iter()
            .map(|r| (r.key, r.values.into_iter().map(|(_, v)| v).collect::<Vec<_>>().join(" ")))
            .collect();
        assert_eq!(
            found,
            [
                ("report-identifier-name".into(), "Summary 3".into()),
                ("report-identifier-postcode".into(), "Summary 3".into())
            ]
        );
    }
}
