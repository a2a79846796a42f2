//! What must hold for every text.

use proptest::prelude::*;

use super::*;

/// Letters, digits and marks that finders look at, in a random order, with characters of one to four bytes between.
const BUSY: &str = "[0-9A-Da-d /.@é’'\\-+()\n\u{a0}\u{200b}０-９٠-٩名😀_,:]{0,80}";

/// A sentence of small words, which holds nothing.
fn prose() -> impl Strategy<Value = String> {
    let words = "the plan helped when workers listened and families were asked early about what they need most of all";
    let words: Vec<&str> = words.split(' ').collect();
    prop::collection::vec(prop::sample::select(words), 0..12).prop_map(|words| words.join(" "))
}

fn chi() -> impl Strategy<Value = String> {
    (1_u32..=28, 1_u32..=12, 0_u32..100, 0_u32..1000, 0_usize..5).prop_filter_map(
        "has a check digit",
        |(day, month, year, serial, form)| {
            let nine = format!("{day:02}{month:02}{year:02}{serial:03}");
            let sum: u32 =
                nine.chars().zip((2..=10).rev()).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
            let check = (11 - sum % 11) % 11;
            let ten = format!("{nine}{check}");
            let grouped = |mark: &str| format!("{}{mark}{}", &ten[..6], &ten[6..]);
            let written = match form {
                0 => ten.clone(),
                1 => grouped(" "),
                2 => grouped("-"),
                3 => grouped("\n"),
                _ => ten.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect(),
            };
            (check < 10 && nine.chars().any(|c| c != '1')).then_some(written)
        },
    )
}

/// An identifier of each kind, in its many forms.
fn identifier() -> impl Strategy<Value = (Kind, String)> {
    let insurance = ("[ABCEHJ][ABCEHJL]", "[0-9]{6}", "[A-D]", prop::sample::select(vec!["", " "]))
        .prop_map(|(prefix, digits, suffix, gap)| format!("{prefix}{gap}{digits}{gap}{suffix}"));
    let postcode = ("(EH|G|KY|ZE|SW|W)[1-9][0-9]?", "[0-9][ABDEFGHJLNPQRSTUWXYZ]{2}", "[ ]?")
        .prop_map(|(outward, inward, gap)| format!("{outward}{gap}{inward}"));
    let mobile = ("0|\\+44 ?", "7[0-9]{3}", "[ -]?", "[0-9]{6}")
        .prop_map(|(lead, code, gap, number)| format!("{lead}{code}{gap}{number}"));
    let birth =
        (1_u8..=28, 1_u8..=12, 1950_u16..2026, 0_usize..4).prop_map(|(day, month, year, form)| match form {
            0 => format!("{day:02}/{month:02}/{year}"),
            1 => format!("{year}-{month:02}-{day:02}"),
            2 => format!("{day} March {year}"),
            _ => format!("{day}.{month}.{year}"),
        });
    let forename =
        prop::sample::select(vec!["Jamie", "Eilidh", "Surinder", "Agnieszka", "Kwame", "Shaheena"]);
    let surname = prop::sample::select(vec!["Macdonald", "Kaur", "Nowak", "Okafor", "Nguyen"]);
    prop_oneof![
        chi().prop_map(|text| (Kind::ChiNumber, text)),
        insurance.prop_map(|text| (Kind::NationalInsuranceNumber, text)),
        postcode.prop_map(|text| (Kind::Postcode, text)),
        "[a-z][a-z0-9.]{0,20}[a-z]@[a-z]{1,12}\\.(org|scot|co\\.uk)".prop_map(|text| (Kind::Email, text)),
        mobile.prop_map(|text| (Kind::Phone, text)),
        birth.prop_map(|text| (Kind::DateOfBirth, text)),
        (forename, surname).prop_map(|(one, two)| (Kind::PersonName, format!("{one} {two}"))),
    ]
}

proptest! {
    #[test]
    fn any_text_gives_hits_in_order_at_character_boundaries(text in prop_oneof![".{0,80}", "\\PC{0,60}", BUSY]) {
        let hits = scan_text(&text);
        for hit in &hits {
            prop_assert_eq!(text.get(hit.range.clone()), Some(hit.matched.as_str()));
            prop_assert!(!hit.range.is_empty());
        }
        for pair in hits.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start);
        }
    }

    #[test]
    fn a_planted_identifier_is_found(before in prose(), (kind, planted) in identifier(), after in prose()) {
        let text = format!("{before} {planted} {after}");
        let start = before.len() + 1;
        let hits = scan_text(&text);
        let found = hits.iter().any(|hit| {
            hit.kind == kind && hit.range.start <= start && hit.range.end >= start + planted.len()
        });
        prop_assert!(found, "{:?}: {:?}", text, hits);
    }

    #[test]
    fn prose_without_anything_is_left_alone(text in prose()) {
        prop_assert_eq!(scan_text(&text), []);
    }

    #[test]
    fn text_around_a_hit_does_not_move_it(before in prose(), (_, planted) in identifier()) {
        // what is found in a line of its own is found there again behind another line
        let alone = scan_text(&planted);
        let behind = scan_text(&format!("{before}.\n\n{planted}"));
        let shift = before.len() + 3;
        let alone: Vec<_> = alone.iter().map(|hit| (hit.kind, hit.range.start + shift..hit.range.end + shift)).collect();
        let behind: Vec<_> = behind.into_iter().map(|hit| (hit.kind, hit.range)).collect();
        prop_assert_eq!(alone, behind);
    }
}
