//! Names, CHI and National Insurance numbers are made up; telephone numbers are those that Ofcom keeps free for drama, the
//! NHS number is the example of the data dictionary, EH99 1SP is the Scottish Parliament.

mod fairness;
mod names;
mod properties;
mod prose;
mod rules;

use super::*;
use Kind::{
    ChiNumber, DateOfBirth, Email, NationalInsuranceNumber, NhsNumber, PersonName, Phone, Postcode,
    PostcodeDistrict,
};
use Strength::{Likely, Strong, Weak};

#[track_caller]
fn only(text: &str) -> (Kind, Strength, String) {
    let hits = scan_text(text);
    assert_eq!(hits.len(), 1, "{text}: {hits:?}");
    let hit = &hits[0];
    assert_eq!(text[hit.range.clone()], hit.matched);
    (hit.kind, hit.strength, hit.matched.clone())
}

#[test]
fn check_digit_by_hand() {
    // 943 476 5919, the example of the data dictionary: 9x10 + 4x9 + 3x8 + 4x7 + 7x6 + 6x5 + 5x4 + 9x3 + 1x2 = 299;
    // 299 mod 11 = 2; 11 - 2 = 9
    assert!(numbers::passes_check(&[9, 4, 3, 4, 7, 6, 5, 9, 1, 9]));
    assert!(!numbers::passes_check(&[9, 4, 3, 4, 7, 6, 5, 9, 1, 8]));
    assert!(!numbers::passes_check(&[0; 10]));
    // 29 February: 2012 had one, 2013 and 1913 had none
    assert!(numbers::begins_with_date(&[2, 9, 0, 2, 1, 2, 7, 7, 7, 0]));
    assert!(!numbers::begins_with_date(&[2, 9, 0, 2, 1, 3, 7, 7, 7, 0]));
}

#[test]
fn the_share_of_random_numbers_that_pass() {
    // all last four digits of one date: one in eleven
    let passing = (0..10_000_u32)
        .filter(|n| numbers::is_chi(&numbers::ten_digits(&format!("150806{n:04}")).unwrap()))
        .count();
    assert!((900..=920).contains(&passing), "{passing}");
}

#[test]
fn health_numbers() {
    for (text, kind, strength) in [
        ("the number 0101701233 was noted", ChiNumber, Strong),
        ("CHI: 010170 1233", ChiNumber, Strong),
        ("CHI_0101701233", ChiNumber, Strong),
        ("010-170-1233", ChiNumber, Strong),
        ("01 01 70 1233", ChiNumber, Strong),
        // one digit wrong
        ("chi number 0101701231", ChiNumber, Likely),
        ("010170 1231", ChiNumber, Likely),
        ("CHI 9999901234", ChiNumber, Likely),
        ("NHS number 943 476 5919", NhsNumber, Strong),
        ("943 476 5919", NhsNumber, Likely),
        // any id may pass the check by chance
        ("see 9434765919", NhsNumber, Weak),
        ("page ref 0101701233", ChiNumber, Likely),
    ] {
        let (found_kind, found_strength, _) = only(text);
        assert_eq!((found_kind, found_strength), (kind, strength), "{text}");
    }
}

#[test]
fn other_identifiers() {
    for (text, kind, strength, matched) in [
        ("lives at EH99 1SP now", Postcode, Strong, "EH99 1SP"),
        ("G20 9ZZ", Postcode, Strong, "G20 9ZZ"),
        ("postcode: ka10 6zz", Postcode, Likely, "ka10 6zz"),
        ("(EC1A1BB)", Postcode, Strong, "EC1A1BB"),
        ("GIR 0AA", Postcode, Strong, "GIR 0AA"),
        ("in the KY11 area", PostcodeDistrict, Weak, "KY11"),
        ("postcode M8", PostcodeDistrict, Weak, "M8"),
        ("NI no AB 12 34 56 C.", NationalInsuranceNumber, Strong, "AB 12 34 56 C"),
        ("ab123456c", NationalInsuranceNumber, Strong, "ab123456c"),
        ("write to jo.o'neil+x@example.org.uk.", Email, Strong, "jo.o'neil+x@example.org.uk"),
        ("ring 07700 900123 after tea", Phone, Strong, "07700 900123"),
        ("+44 (0)131 496 0123", Phone, Strong, "+44 (0)131 496 0123"),
        ("(0131) 496 0123", Phone, Likely, "(0131) 496 0123"),
        ("tel 01632 960123", Phone, Strong, "01632 960123"),
        ("0300 123 4567", Phone, Weak, "0300 123 4567"),
        ("born 3 March 2012", DateOfBirth, Strong, "3 March 2012"),
        ("DOB: 03/03/12", DateOfBirth, Strong, "03/03/12"),
        ("d.o.b. 2012-03-03", DateOfBirth, Strong, "2012-03-03"),
        ("Her date of birth is the 3rd of March 2012", DateOfBirth, Strong, "3rd of March 2012"),
        ("reviewed on 03.03.2024", DateOfBirth, Weak, "03.03.2024"),
        ("on March 3rd, 2024", DateOfBirth, Weak, "March 3rd, 2024"),
    ] {
        assert_eq!(only(text), (kind, strength, matched.to_owned()), "{text}");
    }
}

#[test]
fn names_by_what_stands_before_them() {
    for (text, strength, matched) in [
        ("Mr Smith came", Strong, "Smith"),
        ("Mrs. Mary-Ann O’Neil’s view", Strong, "Mary-Ann O’Neil"),
        ("MS MCDONALD", Strong, "MCDONALD"),
        // with a title a place is a person
        ("Mr Angus was there", Strong, "Angus"),
        ("her Auntie Jean helps", Likely, "Jean"),
        ("my name is Surinder Kaur", Likely, "Surinder Kaur"),
        ("a boy called Jamie", Likely, "Jamie"),
        ("a project called Includem", Weak, "Includem"),
        ("my brother Tam", Likely, "Tam"),
        ("her daughter April", Likely, "April"),
        ("we miss Angus", Weak, "Angus"),
        ("our social worker Shaheena is kind", Likely, "Shaheena"),
        ("Mr Smith On Monday", Strong, "Smith"),
    ] {
        assert_eq!(only(text), (PersonName, strength, matched.to_owned()), "{text}");
    }
}

#[test]
fn what_is_no_identifier() {
    for text in [
        "",
        "Children in Angus, Moray and Lewis felt safe in April and May.",
        "Pupils in S3 and P7 took the M8; CO2 and the A9.",
        "quality indicator 2.1.12 and 5.3",
        "Dr Gray's Hospital and the Sheriff Court",
        "My mum. The worker left. Her dad and I talk.",
        "31/02/2012 and 30 February 2012",
        "2,304 of 12,000; 12 13 14 15 16",
        "order 1234567890123",
        "GB123456A and QQ123456C are never given out",
        "room B1 2nd floor",
        "call 101 or 0800 1111",
        "social worker Reports were late",
        "an example@ or @example",
    ] {
        assert_eq!(scan_text(text), [], "{text}");
    }
}

#[test]
fn the_strongest_of_overlapping_hits_stays() {
    // the digits are also an area code with a number
    assert_eq!(only("0101701233").0, ChiNumber);
    let hits = scan_text("Ms Kaur, EH99 1SP, born 03/03/2012, 07700900123");
    assert_eq!(
        hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(),
        [PersonName, Postcode, DateOfBirth, Phone]
    );
}

#[test]
fn masks() {
    assert_eq!(mask("Mary O’Neil"), "M••• •’••••");
    assert_eq!(mask("010170 1233"), "0••••• ••••");
    assert_eq!(mask("a@b.org"), "a@•.•••");
    let shown = format!("{:?}", scan_text("Mr Smith"));
    assert!(shown.contains("S••••") && !shown.contains("Smith"), "{shown}");
}

#[test]
fn a_hostile_text_takes_no_longer_than_its_length() {
    // fifty thousand characters each; were the search quadratic, this test would take minutes
    for piece in [
        "a",
        "a@",
        "a.b@c.dd1",
        "0",
        "01/02/2012 ",
        "Mr A",
        "EH99 1SPx",
        "A ",
        "A. ",
        "Jamie ",
        "Angus, ",
        "Mc",
        "é",
        "’",
        "0 ",
        "+44 ",
        "EH",
        "\n",
        " ",
        "(0",
        "3 March ",
        "and Lewis ",
    ] {
        scan_text(&piece.repeat(50_000 / piece.len()));
    }
}
