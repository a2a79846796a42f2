//! All numbers and names here are made up.

use super::*;
use Strength::{Likely, Strong, Weak};

fn found(header: &str, values: &[&str]) -> Option<(Kind, Strength)> {
    scan_column(header, values).map(|suspicion| (suspicion.kind, suspicion.strength))
}

const NAMES: [&str; 6] =
    ["Jamie Smith", "Surinder Kaur", "Mary-Ann O’Neil", "Tam", "KOWALSKI, Ola", "Isla McDonald"];

#[test]
fn a_header_is_enough() {
    let suspicion = scan_column("Child's forename", &["", "jamie", "tam"]).unwrap();
    assert_eq!(suspicion.kind, Kind::PersonName);
    assert_eq!(suspicion.because, Because::Header);
    assert_eq!(suspicion.cells, [1, 2]);
    assert_eq!(found("DOB", &[]), Some((Kind::DateOfBirth, Strong)));
    // but whether there is one is no identifier
    assert_eq!(found("CHI number", &["Yes", "no", ""]), None);
}

#[test]
fn health_numbers_among_the_values() {
    let chi = ["0101701233", "010170 1233", "101701233", "101701233.0"];
    for value in chi {
        assert_eq!(found("Record", &[value, "x"]), Some((Kind::ChiNumber, Strong)), "{value}");
    }
    let suspicion = scan_column("Ref", &["", "A1", "0101701233"]).unwrap();
    assert_eq!(suspicion.because, Because::Values { matching: 1, filled: 2 });
    assert_eq!(suspicion.cells, [2]);
    assert_eq!(found("Ref", &["9434765919"; 3]), Some((Kind::NhsNumber, Likely)));
}

#[test]
fn one_of_many_reference_numbers_passes_by_chance() {
    // fifty consecutive ids of ten digits, a few of which would be CHI numbers
    let ids: Vec<String> = (0..50).map(|n| format!("{}", 3_101_701_200_u64 + n)).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let passing = ids
        .iter()
        .filter(|id| {
            crate::identifiers::numbers::is_chi(&crate::identifiers::numbers::ten_digits(id).unwrap())
        })
        .count();
    assert!((1..5).contains(&passing), "{passing}");
    assert_eq!(found("Reference", &ids), None);
}

#[test]
fn identifiers_within_remarks() {
    let suspicion = scan_column("Remarks", &["fine", "mother at EH99 1SP", "CHI 010170 1233"]).unwrap();
    assert_eq!((suspicion.kind, suspicion.strength), (Kind::ChiNumber, Strong));
    assert_eq!(suspicion.cells, [2]);
    assert_eq!(found("Contact", &["jo@example.org"]), Some((Kind::Email, Strong)));
    assert_eq!(found("Where", &["EH99 1SP", "G20 9ZZ"]), Some((Kind::Postcode, Strong)));
}

#[test]
fn a_single_cell_is_enough_when_it_is_hardly_anything_else() {
    let remarks = ["fine", "", "spoke to Jamie Smith", "fine", "asked Mrs Kaur again", "fine"];
    let suspicion = scan_column("Remarks", &remarks).unwrap();
    assert_eq!((suspicion.kind, suspicion.strength), (Kind::PersonName, Strong));
    assert_eq!(suspicion.cells, [2, 4]);
    // nothing of the cells is kept, however it is printed
    let shown = format!("{suspicion:?}");
    assert!(!shown.contains("Jamie") && !shown.contains("Kaur"), "{shown}");
    // a forename alone may be a code
    assert_eq!(found("Plan", &["Fraser", "North", "South", "East"]), None);
    // and a school may be named after somebody
    assert_eq!(found("School", &["Jamie Smith", "North"]), None);
    assert_eq!(scan_column_allowing("Site", &["Jamie Smith", "North"], &["jamie smith"]), None);
}

#[test]
fn few_cells_with_known_forenames() {
    assert_eq!(found("Ref", &["Eilidh", "Surinder"]), Some((Kind::PersonName, Likely)));
    assert_eq!(found("Ref", &["Eilidh", "Eilidh", "x1"]), Some((Kind::PersonName, Likely)));
    assert_eq!(found("Ref", &["Eilidh", "x1", "x2", "x3"]), None);
}

#[test]
fn columns_of_dates() {
    let births = ["03/03/2008", "2012-05-06", "7 July 2019", "2010-01-02 00:00:00"];
    assert_eq!(found("Date", &births), Some((Kind::DateOfBirth, Likely)));
    assert_eq!(found("Date", &["03/03/2024", "04/03/2024", "05/06/2024"]), Some((Kind::DateOfBirth, Weak)));
    assert_eq!(found("Date of order", &births), None);
    assert_eq!(found("Date", &["03/03/2024", "late", "soon"]), None);
}

#[test]
fn columns_of_names() {
    assert_eq!(found("Who", &NAMES), Some((Kind::PersonName, Likely)));
    assert_eq!(scan_column_allowing("Who", &NAMES, &NAMES), None);
    assert_eq!(found("Schools", &NAMES), Some((Kind::PersonName, Likely)));
    assert_eq!(found("School", &NAMES), None);
    // a code list repeats
    let codes = ["Home", "Kinship", "Foster", "Home", "Foster", "Home", "Home", "Kinship", "Foster", "Home"];
    assert_eq!(found("Lives", &codes), None);
    assert_eq!(found("Lives", &["at home", "with gran", "foster", "kinship", "abroad"]), None);
    assert_eq!(found("Body", &["SCRA", "NHS", "HMIE", "COPFS", "SSSC"]), None);
    // places and months that are names: a question only
    assert_eq!(
        found("Where", &["Angus", "Moray", "Stirling", "Lewis", "Harris", "Fort"]),
        Some((Kind::PersonName, Weak))
    );
}

#[test]
fn pseudonyms_and_codes_pass() {
    for (header, values) in [
        ("Pseudonym", ["P-0001", "P-0002", "P-0003", "P-0004", "P-0005"]),
        ("Age", ["3", "7", "12", "15", "16"]),
        ("Legal basis", ["s83", "s91", "s83", "s83", "s86"]),
        ("Weeks on order", ["104", "12", "60", "33", "8"]),
    ] {
        assert_eq!(found(header, &values), None, "{header}");
    }
    assert_eq!(found("", &[]), None);
}
