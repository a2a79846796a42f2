//! The published rules of each identifier, as tables: what they allow is found, and what they forbid is not.
//!
//! Sources: NHS Data Model and Dictionary, "NHS number" (modulus 11; the CHI number shares it); HMRC, National Insurance Manual
//! NIM39110 (prefixes and suffixes); Royal Mail, "Programmers' guide to the postcode address file" (shapes, inward letters);
//! Ofcom, "Telephone numbers for use in TV and radio drama".

use super::*;
use Kind::{ChiNumber, DateOfBirth, Email, NationalInsuranceNumber, NhsNumber, Phone, Postcode};

/// The strongest hit of a kind that covers a text as written.
fn found(kind: Kind, text: &str, written: &str) -> Option<Strength> {
    scan_text(text).into_iter().find(|hit| hit.kind == kind && hit.matched == written).map(|hit| hit.strength)
}

#[track_caller]
fn is_found(kind: Kind, written: &str) {
    for text in
        [written.to_owned(), format!("Noted: {written}."), format!("({written})"), format!("a\n{written}\nb")]
    {
        assert!(found(kind, &text, written).is_some(), "{text:?}: {:?}", scan_text(&text));
    }
}

#[track_caller]
fn is_not_found(kind: Kind, text: &str) {
    let hits = scan_text(text);
    assert!(hits.iter().all(|hit| hit.kind != kind), "{text:?}: {hits:?}");
}

/// The check digit that a number of nine digits has, if any, by the sum as it is published.
fn check_digit(nine: &str) -> Option<u32> {
    let sum: u32 =
        nine.chars().zip((2..=10).rev()).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        digit => Some(digit),
    }
}

#[test]
fn published_health_numbers() {
    // the examples of the dictionary, of the NHS App's help and of NHS England's test ranges
    for number in ["9434765919", "4010232137", "9876543210", "9999999468", "9000000009", "9990548609"] {
        let grouped = format!("{} {} {}", &number[..3], &number[3..6], &number[6..]);
        is_found(NhsNumber, number);
        is_found(NhsNumber, &grouped);
        let wrong = format!("{}{}", &number[..9], (number[9..].parse::<u8>().unwrap() + 1) % 10);
        is_not_found(NhsNumber, &wrong);
        is_not_found(NhsNumber, &format!("{} {} {}", &wrong[..3], &wrong[3..6], &wrong[6..]));
    }
}

#[test]
fn each_number_has_one_right_check_digit_or_none() {
    for serial in 0..1000 {
        let nine = format!("150806{serial:03}");
        for digit in 0..10 {
            let hits = scan_text(&format!("seen {nine}{digit} today"));
            let certain = hits.iter().any(|hit| hit.because == Because::DateAndCheckDigit);
            assert_eq!(certain, check_digit(&nine) == Some(digit), "{nine}{digit}");
        }
    }
}

#[test]
fn chi_numbers_begin_with_a_day_that_exists() {
    let with_check = |day: &str| {
        (0..1000)
            .map(|serial| format!("{day}{serial:03}"))
            .find_map(|nine| check_digit(&nine).map(|digit| format!("{nine}{digit}")))
            .unwrap()
    };
    // 2000 had a 29 February and 1900 had none; one century is enough
    for day in ["010100", "311299", "290200", "290204", "290296", "300460", "310112"] {
        is_found(ChiNumber, &with_check(day));
    }
    for day in [
        "000170", "320170", "010070", "011370", "310470", "310670", "310970", "311170", "300204", "290201",
        "290213",
    ] {
        is_not_found(ChiNumber, &with_check(day));
    }
}

#[test]
fn chi_numbers_however_they_are_written() {
    for written in [
        "0101701233",
        "010170 1233",
        "010170-1233",
        "010170/1233",
        "010170 - 1233",
        "010 170 1233",
        "010-170-1233",
        "01 01 70 1233",
        "01/01/70 1233",
        "01-01-70-1233",
        "01.01.70 1233",
        "01 01 70 12 33",
        "01017 01233",
        "010170 123 3",
        "010170\n1233",
        "010170\r\n1233",
        "010170\u{a0}1233",
        "010170–1233",
        "010\u{200b}170\u{200b}1233",
        "０１０１７０１２３３",
        "٠١٠١٧٠١٢٣٣",
        "۰۱۰۱۷۰ ۱۲۳۳",
        "०१०१७०१२३३",
    ] {
        is_found(ChiNumber, written);
    }
    // stuck to its label
    assert!(found(ChiNumber, "CHI0101701233", "0101701233").is_some());
    // the zero that a spreadsheet takes away
    assert_eq!(found(ChiNumber, "CHI: 101701233", "101701233"), Some(Strength::Strong));
    is_not_found(ChiNumber, "invoice 101701233");
    // part of something longer
    for text in ["00101701233", "01017012330", "x0101701233", "0101701233x"] {
        is_not_found(ChiNumber, text);
    }
}

#[test]
fn prefixes_of_national_insurance_numbers() {
    let letters = || 'A'..='Z';
    let given: Vec<String> = letters()
        .flat_map(|one| letters().map(move |two| format!("{one}{two}")))
        .filter(|prefix| {
            found(NationalInsuranceNumber, &format!("{prefix}123456C"), &format!("{prefix}123456C")).is_some()
        })
        .collect();
    // twenty letters may be the first, nineteen the second; seven pairs of these are not given out
    assert_eq!(given.len(), 20 * 19 - 7);
    let never =
        ["BG", "GB", "NK", "KN", "TN", "NT", "ZZ", "QQ", "DA", "AD", "FA", "IA", "UA", "VA", "AO", "OO"];
    assert!(never.iter().all(|prefix| !given.iter().any(|one| one == prefix)), "{given:?}");
    assert!(given.iter().any(|prefix| prefix == "OA"));
}

#[test]
fn national_insurance_numbers_however_they_are_written() {
    for written in [
        "AB123456C",
        "AB 123456 C",
        "AB 12 34 56 C",
        "ab123456c",
        "AB-12-34-56-C",
        "AB 123 456 C",
        "JG 10 37 59 A",
        "AB\n123456C",
        "AB12 34\n56C",
        "ＡＢ１２３４５６Ｃ",
        "AB\u{a0}12\u{a0}34\u{a0}56\u{a0}C",
        "AB 1234 56 D",
    ] {
        is_found(NationalInsuranceNumber, written);
    }
    for text in ["AB123456E", "AB123456", "AB12345C", "AB1234567C", "CAB123456C", "AB123456CD", "A1123456C"] {
        is_not_found(NationalInsuranceNumber, text);
    }
    // without its last letter when it is called one
    assert_eq!(
        found(NationalInsuranceNumber, "National Insurance: AB 12 34 56", "AB 12 34 56"),
        Some(Strength::Likely)
    );
}

#[test]
fn shapes_of_postcodes() {
    // the examples of the guide, one of each shape, and the one that has none
    for written in [
        "M1 1AE",
        "B33 8TH",
        "CR2 6XH",
        "DN55 1PT",
        "W1A 1HQ",
        "EC1A 1BB",
        "GIR 0AA",
        "gir 0aa",
        "GIR0AA",
        "EH99 1SP",
        "ZE1 0AA",
        "HS1 2AA",
        "KW17 2AA",
        "EH991SP",
        "eh99 1sp",
        "EH99  1SP",
        "EH99\n1SP",
        "EH99-1SP",
        "EH99\u{a0}1SP",
        "ＥＨ９９　１ＳＰ",
        "E\u{200b}H99 1SP",
    ] {
        is_found(Postcode, written);
    }
    for text in [
        "QX1 1AA",
        "ZZ99 3WZ",
        "EH9999 1SP",
        "EH99 SP1",
        "EH99 11SP",
        "EH 99 1SP",
        "XEH99 1SP",
        "EH99 1SPX",
        "E 1 1AA",
        "EH99\n\n1SP",
        "M8 3rd exit",
    ] {
        is_not_found(Postcode, text);
    }
}

#[test]
fn letters_at_the_end_of_a_postcode() {
    let given: String = ('A'..='Z')
        .filter(|letter| found(Postcode, &format!("EH1 1{letter}A"), &format!("EH1 1{letter}A")).is_some())
        .collect();
    let last: String = ('A'..='Z')
        .filter(|letter| found(Postcode, &format!("EH1 1A{letter}"), &format!("EH1 1A{letter}")).is_some())
        .collect();
    // neither of the last two is C, I, K, M, O or V
    assert_eq!(given, "ABDEFGHJLNPQRSTUWXYZ");
    assert_eq!(last, given);
}

#[test]
fn telephone_numbers_of_drama() {
    for written in [
        "07700 900123",
        "07700900123",
        "+447700900123",
        "+44 7700 900123",
        "+44 (0)7700 900123",
        "0044 7700 900123",
        "(07700) 900123",
        "07700-900-123",
        "07700.900.123",
        "0 7700 900123",
        "07700\n900123",
        "０７７００　９００１２３",
        "٠٧٧٠٠٩٠٠١٢٣",
        "077 00 90 01 23",
        "0131 496 0123",
        "(0131) 496 0123",
        "0131-496-0123",
        "01314960123",
        "+44 131 496 0123",
        "+44(0)131 496 0123",
        "0141 496 0999",
        "01632 960123",
        "01632960123",
        "020 7946 0123",
        "+442079460123",
        "028 9649 6123",
        "029 2018 0123",
        "0808 157 0123",
        "0909 879 0123",
        "03069 990123",
        "0800 157012",
        "+48 600 123 456",
        "+353 1 234 5678",
    ] {
        if written == "0909 879 0123" || written == "0 7700 900123" {
            // premium rate reaches no home, and nobody groups the zero alone
            is_not_found(Phone, written);
        } else {
            is_found(Phone, written);
        }
    }
    for text in [
        "999",
        "111",
        "0800 1111",
        "0131 496 01",
        "07700 9001234",
        "077009001",
        "01/02/2012 12:30",
        "00 12 34 56 78",
        "-5 000 000 000",
    ] {
        is_not_found(Phone, text);
    }
}

#[test]
fn addresses_of_mailboxes() {
    for written in [
        "jo@example.org",
        "JO@EXAMPLE.ORG",
        "jo.o'neil+x@mail.example.org.uk",
        "j_o%1@ex-ample.scot",
        "ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        "o’neil@example.org",
        "jo@example.museum",
        "jo@1.example.org",
        "zoë@example.org",
    ] {
        is_found(Email, written);
    }
    for text in
        ["jo@", "@example.org", "jo@example", "jo@.org", "jo@example.c", "jo @ example.org", "a@@b.org"]
    {
        is_not_found(Email, text);
    }
}

#[test]
fn dates_however_they_are_written() {
    for written in [
        "03/03/2012",
        "3/3/2012",
        "03-03-2012",
        "3.3.2012",
        "03/03/12",
        "2012-03-03",
        "2012/03/03",
        "3 March 2012",
        "3rd March 2012",
        "3rd of March 2012",
        "03 Mar 2012",
        "3 Mar. 2012",
        "3-Mar-12",
        "3 March, 2012",
        "3 March '12",
        "March 3, 2012",
        "Mar 3rd, 2012",
        "3\nMarch 2012",
        "03 / 03 / 2012",
        "٠٣/٠٣/٢٠١٢",
        "29/02/2012",
        "12/31/2012",
        "3 SEPT 2012",
    ] {
        is_found(DateOfBirth, written);
    }
    for text in [
        "29/02/2013",
        "31/04/2012",
        "32/01/2012",
        "03/03/1899",
        "03/03/2100",
        "3/3-2012",
        "2.1.12",
        "3 Marsh 2012",
        "March 2012",
    ] {
        is_not_found(DateOfBirth, text);
    }
    // what is no date by itself is one when it is called so
    for (text, written) in [
        ("DOB 03 03 2012", "03 03 2012"),
        ("DOB: 03032012", "03032012"),
        ("born 030312", "030312"),
        ("DOB03/03/2012", "03/03/2012"),
    ] {
        assert_eq!(found(DateOfBirth, text, written), Some(Strength::Strong), "{text}");
    }
    is_not_found(DateOfBirth, "03 03 2012");
    is_not_found(DateOfBirth, "03032012");
}
