//! What a column header says about the column, in the many spellings in which people write headers.

use crate::identifiers::Kind;

/// What a header tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The identifier it announces.
    pub(super) identifier: Option<Kind>,
    /// It speaks of a place, body or thing: capitalised values are not people.
    pub(super) of_things: bool,
    /// It speaks of something that happens: dates are not birthdays.
    pub(super) of_events: bool,
}

/// Things that have names without being people.
const THINGS: &[&str] = &[
    "school",
    "nursery",
    "council",
    "authority",
    "authorities",
    "area",
    "service",
    "services",
    "team",
    "plan",
    "file",
    "document",
    "column",
    "organisation",
    "organization",
    "agency",
    "board",
    "region",
    "locality",
    "place",
    "town",
    "city",
    "ward",
    "establishment",
    "setting",
    "provider",
    "project",
    "programme",
    "order",
    "variable",
    "field",
    "sheet",
    "partnership",
    "cluster",
    "hospital",
    "body",
    "type",
    "category",
    "status",
    "stage",
    "country",
    "language",
    "ethnicity",
    "religion",
    "legal",
];

/// Things that happen on a date.
const EVENTS: &[&str] = &[
    "review",
    "reviewed",
    "meeting",
    "start",
    "started",
    "end",
    "ended",
    "order",
    "referral",
    "referred",
    "hearing",
    "plan",
    "visit",
    "visited",
    "registration",
    "registered",
    "closed",
    "opened",
    "open",
    "close",
    "allocated",
    "received",
    "sent",
    "completed",
    "completion",
    "made",
    "granted",
    "discharge",
    "admission",
    "placement",
    "placed",
    "moved",
    "move",
    "report",
    "reported",
    "contact",
    "assessment",
    "conference",
    "incident",
    "updated",
    "created",
    "recorded",
    "event",
    "decision",
    "deadline",
    "due",
    "from",
    "to",
    "until",
    "last",
    "next",
    "first",
    "cso",
    "supervision",
    "signed",
    "approved",
];

/// The words of a header in lower case: split at everything that is no letter or digit and where small letters turn
/// into capitals (`DateOfBirth`), apostrophes dropped.
fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_small = false;
    for c in header.chars().filter(|c| !matches!(c, '\'' | '’')) {
        let breaks = !c.is_alphanumeric() || (c.is_uppercase() && before_small);
        if breaks && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Reads a header.
pub(super) fn read(header: &str) -> Meaning {
    let words = words(header);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    // run together, for "Post Code", "D.O.B." and "CHI-No" alike
    let joined: String = words.concat();
    let of_things = has(THINGS);
    Meaning { identifier: identifier(&has, &joined, of_things), of_things, of_events: has(EVENTS) }
}

fn identifier(has: &dyn Fn(&[&str]) -> bool, joined: &str, of_things: bool) -> Option<Kind> {
    let number = has(&["number", "no", "num", "nr", "nbr", "id", "identifier", "code"]);
    if (has(&["chi"]) && !has(&["square", "squared", "sq"]))
        || ["chinumber", "chino", "chinum", "chiid", "chinr"].iter().any(|spelling| joined.contains(spelling))
        || joined.contains("communityhealthindex")
    {
        // MACHINES and TEACHING hold "chin", never one of the spellings above
        return Some(Kind::ChiNumber);
    }
    if (has(&["nhs"]) && number)
        || joined == "nhs"
        || joined.contains("nhsnumber")
        || joined.contains("nhsno") && !joined.contains("nhsnot")
    {
        return Some(Kind::NhsNumber);
    }
    if has(&["nino"])
        || joined.contains("nationalinsurance")
        || ["ninumber", "nino", "ninum"].contains(&joined)
    {
        return Some(Kind::NationalInsuranceNumber);
    }
    if has(&["dob", "birthday", "birthdate", "dateofbirth"])
        || joined.contains("dateofbirth")
        || joined.contains("birthdate")
        || joined.contains("dateborn")
        || joined.contains("bornon")
        || joined.ends_with("dob")
        || joined == "born"
    {
        return Some(Kind::DateOfBirth);
    }
    if joined.contains("postcode") || joined.contains("postalcode") || has(&["pcode", "zip", "zipcode"]) {
        return Some(Kind::Postcode);
    }
    if joined.contains("email") || joined.contains("mailaddress") {
        return Some(Kind::Email);
    }
    if has(&["phone", "telephone", "mobile", "tel", "mob", "landline"])
        || joined.contains("phonenumber")
        || joined.contains("phoneno")
    {
        return Some(Kind::Phone);
    }
    if (has(&["address", "addr", "addresses", "addressline", "street", "homeaddress"])
        || joined.starts_with("address") && joined[7..].chars().all(|c| c.is_ascii_digit())
        || joined.contains("housenumber")
        || joined.contains("houseno"))
        && !has(&["ip", "web", "url", "mac"])
        && !has(&["team", "issues", "needs"])
    {
        return Some(Kind::Address);
    }
    let names = has(&["name", "names", "fullname", "initials", "nickname", "fname", "lname", "sname"]);
    let certain = has(&[
        "forename",
        "forenames",
        "surname",
        "surnames",
        "firstname",
        "lastname",
        "christian",
        "maiden",
    ]) || [
        "knownas",
        "familyname",
        "firstname",
        "lastname",
        "forename",
        "surname",
        "middlename",
        "givenname",
    ]
    .iter()
    .any(|spelling| joined.contains(spelling));
    let person = has(&[
        "child",
        "childs",
        "childrens",
        "pupil",
        "pupils",
        "person",
        "persons",
        "parent",
        "parents",
        "mother",
        "mothers",
        "father",
        "fathers",
        "carer",
        "carers",
        "worker",
        "workers",
        "client",
        "patient",
        "sibling",
        "professional",
    ]);
    (certain || (names && (person || !of_things))).then_some(Kind::PersonName)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(header: &str) -> Option<Kind> {
        read(header).identifier
    }

    #[test]
    fn words_of_headers() {
        assert_eq!(words("Child's DateOfBirth (dd/mm)"), ["childs", "date", "of", "birth", "dd", "mm"]);
        assert_eq!(words("CHI_No."), ["chi", "no"]);
    }

    #[test]
    fn many_spellings() {
        for (kind_wanted, spellings) in [
            (
                Kind::PersonName,
                "Name|NAME|Child's name|child_name|Full Name|Forename(s)|SURNAME|First name|firstName|LastName|last-name|Known as|Family name|Name of child|Initials|Social worker name|Lead professional (name)|Name of person at school",
            ),
            (
                Kind::ChiNumber,
                "CHI|chi|CHI number|CHI No.|CHI_NO|ChiNumber|CHI No (if known)|Community Health Index",
            ),
            (Kind::NhsNumber, "NHS number|NHS No|nhs_no|NHSNumber|NHS"),
            (
                Kind::DateOfBirth,
                "DOB|D.O.B.|dob|Date of birth|DateOfBirth|date_of_birth|Birth date|birthdate|Birthday|Child DoB|Born",
            ),
            (
                Kind::Postcode,
                "Postcode|Post code|POST_CODE|postCode|Home postcode|Postal code|Postcode sector",
            ),
            (Kind::Address, "Address|Home address|Address line 1|Address1|addr_1|Street"),
            (Kind::Email, "Email|E-mail|e-mail address|EmailAddress"),
            (Kind::Phone, "Phone|Telephone no|Mobile|tel.|PhoneNumber"),
            (Kind::NationalInsuranceNumber, "NINO|NI number|NI No|National insurance no|ni_number"),
        ] {
            for header in spellings.split('|') {
                assert_eq!(kind(header), Some(kind_wanted), "{header}");
            }
        }
    }

    #[test]
    fn other_headers() {
        for header in [
            "Pseudonym",
            "Record",
            "Age band",
            "School name",
            "Name of school",
            "Local authority name",
            "Team name",
            "Named person in place",
            "Chi-squared",
            "Machine",
            "Teaching",
            "NHS board",
            "Number of siblings",
            "Date of order",
            "Year of birth band",
            "Place of birth",
            "Legal basis",
            "Order type",
            "IP address",
            "Nominated",
            "Notes",
            "",
            "NI",
            "Plan addresses needs",
            "Tenure",
        ] {
            assert_eq!(kind(header), None, "{header}");
        }
    }
}
