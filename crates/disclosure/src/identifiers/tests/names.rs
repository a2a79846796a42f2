//! Names by the words around them and by the list. All are made up.

use super::*;
use Strength::{Likely, Weak};

/// The names found, with strength and reason.
fn names(text: &str) -> Vec<(String, Strength, Because)> {
    let hits = scan_text(text).into_iter().filter(|hit| hit.kind == Kind::PersonName);
    hits.map(|hit| (hit.matched, hit.strength, hit.because)).collect()
}

#[track_caller]
fn one(text: &str, name: &str, strength: Strength, because: Because) {
    assert_eq!(names(text), [(name.to_owned(), strength, because)], "{text}");
}

#[test]
fn names_of_the_list() {
    for (text, name, because) in [
        ("We spoke to Jamie Smith yesterday.", "Jamie Smith", Because::FullName),
        ("Eilidh said that she felt safe.", "Eilidh", Because::Forename),
        ("Later Surinder’s mum came.", "Surinder", Because::Forename),
        ("Chloë Ní Bhriain and", "Chloë Ní Bhriain", Because::FullName),
        ("from Mary-Ann O’Neil", "Mary-Ann O’Neil", Because::FullName),
        ("asked Jamie Lee Macdonald to", "Jamie Lee Macdonald", Because::FullName),
        ("asked Jamie\nMacdonald to", "Jamie\nMacdonald", Because::FullName),
        ("asked Ali al-Hassan to", "Ali al-Hassan", Because::FullName),
        ("asked Maria van der Berg to", "Maria van der Berg", Because::FullName),
        ("Kowalski, Agnieszka", "Kowalski, Agnieszka", Because::SurnameFirst),
        ("MACDONALD, Eilidh was seen", "MACDONALD, Eilidh", Because::SurnameFirst),
        ("JAMIE MACDONALD", "JAMIE MACDONALD", Because::FullName),
        ("by J. Macdonald in", "J. Macdonald", Because::InitialAndSurname),
        ("by J.K. Macdonald in", "J.K. Macdonald", Because::InitialAndSurname),
        ("a Jamie-led group", "Jamie", Because::Forename),
    ] {
        one(text, name, Likely, because);
    }
}

#[test]
fn places_months_and_words_are_people_by_what_stands_around() {
    for (text, name) in [
        ("Skye said she wants to stay.", "Skye"),
        ("Then Angus told us about school.", "Angus"),
        ("Skye’s mum came along.", "Skye"),
        ("We met Lewis and Jamie at home.", "Lewis"),
        ("With Jamie and Harris at home", "Harris"),
        ("April thinks that it helped.", "April"),
        ("Hope lives with her gran.", "Hope"),
        ("Ross wanted to stay", "Ross"),
        ("Grace Qwertyson said so", "Grace Qwertyson"),
    ] {
        let found = names(text);
        let hit = found.iter().find(|hit| hit.0 == name);
        assert_eq!(
            hit.map(|hit| (hit.1, hit.2)),
            Some((Likely, Because::ForenameInContext)),
            "{text}: {found:?}"
        );
    }
    // with a surname that is nothing else
    one("then Angus Macdonald came", "Angus Macdonald", Likely, Because::FullName);
    one("then Mark Paterson came", "Mark Paterson", Likely, Because::FullName);
}

#[test]
fn places_months_and_words_are_themselves_otherwise() {
    for text in [
        "Children in Angus, Moray and Lewis felt safe in April and May.",
        "Families on the Isle of Skye travel to Arran or Iona.",
        "Angus Council and Moray Council said so.",
        "The Ross and Cromarty office, near Nairn.",
        "Lewis and Harris are islands.",
        "It began on 12 April 2024 and ended in June.",
        "From May to August, each summer.",
        "Hope is not a plan. Will services change? Grant funding grew. Mark the date. Faith groups helped. Bill payers.",
        "Rose by 5%. May we ask? Grace periods ended.",
        "She moved from Paisley to Stirling, then Elgin and Lorne.",
        "Schools across Hamilton and Kelso",
        "the Heather Street surgery",
    ] {
        let likely: Vec<_> = names(text).into_iter().filter(|hit| hit.1 > Weak).collect();
        assert_eq!(likely, [], "{text}");
    }
}

#[test]
fn what_nothing_decides_is_weak() {
    for (text, name) in
        [("we asked Angus", "Angus"), ("and gave Skye a card", "Skye"), ("we saw Hope again", "Hope")]
    {
        one(text, name, Weak, Because::ForenameOrWord);
    }
}

#[test]
fn bodies_and_buildings_named_after_people() {
    for text in [
        "Robert Gordon University",
        "the Jamie Smith Academy",
        "St Andrew and St Margaret",
        "Fort William and Port Ellen",
        "Victoria Street",
        "Elizabeth House",
        "the Queen Elizabeth hospital",
        "Loch Katrine",
        "at Jamie Smith House",
        "Catherine Wheel Trust",
        "King James",
        "the Margaret Kerr Unit",
        "DIANE and ADA are systems",
    ] {
        assert_eq!(names(text), [], "{text}");
    }
}

#[test]
fn words_before_a_name_make_it_one_whatever_it_is() {
    for (text, name, word) in [
        ("Then Mrs Qwertyson left", "Qwertyson", "mrs"),
        ("Dr. Qwertyson", "Qwertyson", "dr"),
        ("my brother Zzub helps", "Zzub", "brother"),
        ("their foster carer, Zzub, helps", "Zzub", "carer"),
        ("my social worker Zzub", "Zzub", "social worker"),
        ("His Mum Zzub came", "Zzub", "mum"),
        ("a boy called Zzub", "Zzub", "called"),
        ("My name is Zzub Qwertyson", "Zzub Qwertyson", "name is"),
        ("My name's Zzub", "Zzub", "name is"),
        ("Name: Zzub Qwertyson", "Zzub Qwertyson", "name"),
        ("a girl known as Zzub", "Zzub", "known as"),
    ] {
        let found = names(text);
        assert_eq!(found.iter().map(|hit| hit.0.as_str()).collect::<Vec<_>>(), [name], "{text}");
        assert_eq!(found[0].2.values(), [("word", word)], "{text}");
    }
    for text in [
        "the brother. Zzub",
        "the carer’s Zzub",
        "social Worker Reports",
        "our Work Zzub",
        "as Zzub",
        "miss Zzub",
    ] {
        assert_eq!(names(text), [], "{text}");
    }
}

#[test]
fn reasons_hold_no_content() {
    let text = "Mrs Smith, Jamie Macdonald, CHI 0101701233, EH99 1SP, jo@example.org, 07700 900123, born 3 March 2012";
    let hits = scan_text(text);
    assert_eq!(hits.len(), 7, "{hits:?}");
    for hit in hits {
        let values: Vec<_> = hit.because.values().into_iter().map(|(_, value)| value).collect();
        assert!(values.iter().all(|value| !hit.matched.to_lowercase().contains(value)), "{hit:?}");
    }
}

#[test]
fn each_reason_has_a_key_of_its_own() {
    let keys: std::collections::BTreeSet<_> = Because::SAMPLES.iter().map(|because| because.key()).collect();
    assert_eq!(keys.len(), Because::SAMPLES.len());
}
