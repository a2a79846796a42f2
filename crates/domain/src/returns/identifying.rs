//! Columns that look like names, CHI numbers, dates of birth or postcodes.
//!
//! Sending more than is asked for may be a data breach, so a table in which a column looks so is refused whole. The rules
//! are strict where a value is unmistakable (one CHI number with a right check digit is enough) and look at the share of a
//! column where it is not (words with a capital letter).
//!
//! What is unmistakable in a text is asked of [`keyline_disclosure::identifiers`]. Here is only what is stricter for a table that
//! was asked to hold none: any full date, any postcode of an area that may not exist, half a column of capitalised words.

use jiff::civil::Date;
use keyline_disclosure::identifiers::{Because, Hit, Kind, Strength, scan_text};

/// What a column looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    /// Names of people.
    Name,
    /// Community Health Index numbers.
    Chi,
    /// Dates: of birth, or of something else that tells a child apart.
    BirthDate,
    /// Postcodes.
    Postcode,
    /// Ways to reach a person, and National Insurance numbers.
    Contact,
}

impl IdentifierKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Name, Self::Chi, Self::BirthDate, Self::Postcode, Self::Contact];

    /// Key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "returns-identifier-name",
            Self::Chi => "returns-identifier-chi",
            Self::BirthDate => "returns-identifier-birth",
            Self::Postcode => "returns-identifier-postcode",
            Self::Contact => "returns-identifier-contact",
        }
    }

    /// A word for it, of which the page makes a phrase.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Chi => "chi",
            Self::BirthDate => "birth",
            Self::Postcode => "postcode",
            Self::Contact => "contact",
        }
    }

    /// What a heading says when its column holds these; headings are compared without blanks and marks.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Name => &[
                "name",
                "fullname",
                "childname",
                "childsname",
                "nameofchild",
                "forename",
                "forenames",
                "firstname",
                "surname",
                "lastname",
                "familyname",
                "givenname",
                "initials",
                "knownas",
                "mothersname",
                "fathersname",
            ],
            Self::Chi => &["chi", "chinumber", "chino", "nhsnumber", "healthnumber"],
            Self::BirthDate => &["dob", "dateofbirth", "birthdate", "birthday", "born", "dateborn"],
            Self::Postcode => &["postcode", "address", "homeaddress", "street", "postalcode"],
            Self::Contact => &[
                "email",
                "emailaddress",
                "phone",
                "phonenumber",
                "telephone",
                "mobile",
                "nino",
                "ninumber",
                "nationalinsurancenumber",
            ],
        }
    }
}

/// What was found in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What it looks like.
    pub kind: IdentifierKind,
    /// Which of the cells, by their index; none when the heading alone says so.
    pub cells: Vec<usize>,
}

/// Looks at a column that was not asked for by its heading and at the texts of its cells (none of them empty).
pub fn scan(heading: &str, cells: &[&str]) -> Vec<Identifier> {
    let heading: String =
        heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let unmistakable: Vec<Vec<IdentifierKind>> = cells.iter().map(|text| unmistakable(text)).collect();
    // One in 28 numbers of ten digits begins with a date by chance: where half of the column has such numbers that do not,
    // they are the partnership's own.
    let others = cells.iter().filter(|text| ten_digits(text) == Some(false)).count();
    let own_numbers = others * 2 >= cells.len();
    IdentifierKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let sureness = |n: usize, text: &str| {
                let mistyped =
                    || kind == IdentifierKind::Chi && !own_numbers && ten_digits(text) == Some(true);
                let certain = unmistakable[n].contains(&kind) || mistyped();
                if certain { Some(Sureness::Certain) } else { looks(kind, text) }
            };
            let hits: Vec<(usize, Sureness)> =
                cells.iter().enumerate().filter_map(|(n, text)| Some((n, sureness(n, text)?))).collect();
            let sure = hits.iter().any(|(_, sureness)| *sureness == Sureness::Certain);
            let many = hits.len() >= 2 && hits.len() * 2 >= cells.len();
            let headed = kind.headings().contains(&heading.as_str());
            (sure || many || headed)
                .then(|| Identifier { kind, cells: hits.into_iter().map(|(n, _)| n).collect() })
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sureness {
    /// One cell is enough.
    Certain,
    /// Tells when at least half of the column looks so.
    Likely,
}

/// What a text is found to hold for which one cell is enough. A forename that only the list of names knows may be a code.
fn unmistakable(text: &str) -> Vec<IdentifierKind> {
    let certain = |hit: &Hit| match hit.kind {
        Kind::PersonName => hit.strength >= Strength::Likely && !hit.because.is_list_alone(),
        _ => hit.strength == Strength::Strong || hit.because == Because::DateAndCheckDigit,
    };
    let kind = |hit: Hit| match hit.kind {
        Kind::ChiNumber | Kind::NhsNumber => IdentifierKind::Chi,
        Kind::DateOfBirth => IdentifierKind::BirthDate,
        Kind::Postcode | Kind::PostcodeDistrict | Kind::Address => IdentifierKind::Postcode,
        Kind::PersonName => IdentifierKind::Name,
        Kind::NationalInsuranceNumber | Kind::Email | Kind::Phone => IdentifierKind::Contact,
    };
    scan_text(text).into_iter().filter(certain).map(kind).collect()
}

fn looks(kind: IdentifierKind, text: &str) -> Option<Sureness> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '"'))
        .filter(|w| !w.is_empty())
        .collect();
    match kind {
        IdentifierKind::Chi => chi_without_its_zero(&words),
        IdentifierKind::BirthDate => birth_date(&words),
        IdentifierKind::Postcode => postcode(&words),
        IdentifierKind::Name => name(&words),
        IdentifierKind::Contact => None,
    }
}

fn digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Of a cell that holds ten digits and nothing else, whether they begin with a date as a CHI number does. One with a slip in
/// its check digit still tells who is meant.
fn ten_digits(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.len() != 10 || !digits(text) {
        return None;
    }
    let pair = |at: usize| text[at..at + 2].parse::<i8>().unwrap_or_default();
    Some(Date::new(2000 + i16::from(pair(4)), pair(2), pair(0)).is_ok())
}

/// A spreadsheet takes the number for a quantity and drops the zero before it; nine digits may be a reference as well.
fn chi_without_its_zero(words: &[&str]) -> Option<Sureness> {
    let is_one = |word: &&str| {
        word.len() == 9
            && digits(word)
            && scan_text(&format!("0{word}")).iter().any(|hit| hit.because == Because::DateAndCheckDigit)
    };
    words.iter().any(is_one).then_some(Sureness::Likely)
}

fn birth_date(words: &[&str]) -> Option<Sureness> {
    let numeric = |word: &&str| numeric_date(word);
    if let Some(sureness) = words.iter().filter_map(numeric).max_by_key(|s| *s == Sureness::Certain) {
        return Some(sureness);
    }
    words
        .windows(3)
        .any(|w| {
            let day = w[0].trim_end_matches(|c: char| c.is_ascii_alphabetic());
            month(w[1]) && day.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d)) && year(w[2])
        })
        .then_some(Sureness::Certain)
}

fn year(text: &str) -> bool {
    text.len() == 4 && text.parse::<i16>().is_ok_and(|y| (1900..=2100).contains(&y))
}

fn month(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.to_lowercase();
    text.len() >= 3 && MONTHS.iter().any(|m| text.starts_with(m))
}

/// `01/02/2012`, `1.2.2012`, `2012-02-01` (with or without a time behind) are certain, `01/02/12` is likely.
fn numeric_date(word: &str) -> Option<Sureness> {
    let word = word.split_once('T').map_or(word, |(date, _)| date);
    let mark = word.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = word.split(mark).collect();
    let &[a, b, c] = parts.as_slice() else { return None };
    let month_by_name = !digits(b) && month(b);
    if !digits(a) || !(digits(b) || month_by_name) || !digits(c) {
        return None;
    }
    let (day, long) = if year(a) { (c, a) } else { (a, c) };
    let day: i8 = day.parse().ok()?;
    let month: i8 = if month_by_name { 1 } else { b.parse().ok()? };
    let plausible =
        |y: i16| Date::new(y, month, day).is_ok() || Date::new(y, day, month).is_ok() && !month_by_name;
    if year(long) {
        return plausible(long.parse().ok()?).then_some(Sureness::Certain);
    }
    (long.len() == 2 && plausible(2000)).then_some(Sureness::Likely)
}

fn postcode(words: &[&str]) -> Option<Sureness> {
    if words.windows(2).any(|pair| is_outward(pair[0]) && is_inward(pair[1])) {
        return Some(Sureness::Certain);
    }
    // Without the blank it may be a reference of the partnership's own.
    words
        .iter()
        .any(|w| {
            w.is_ascii() && w.len() >= 5 && is_outward(&w[..w.len() - 3]) && is_inward(&w[w.len() - 3..])
        })
        .then_some(Sureness::Likely)
}

/// The first half: one or two letters, a digit, and perhaps a digit or letter more.
fn is_outward(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &text.as_bytes()[letters.min(text.len())..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest[0].is_ascii_digit()
        && rest.iter().all(u8::is_ascii_alphanumeric)
}

/// The second half: a digit and two letters that postcodes use there.
fn is_inward(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let b = text.as_bytes();
    b.len() == 3
        && b[0].is_ascii_digit()
        && b[1..].iter().all(|c| c.is_ascii_uppercase() && !b"CIKMOV".contains(c))
}

/// One to four words of letters, each with a capital first: likely, so that it takes half a column.
fn name(words: &[&str]) -> Option<Sureness> {
    let particle =
        |w: &str| matches!(w.to_lowercase().as_str(), "de" | "van" | "von" | "al" | "da" | "mac" | "of");
    let proper = |w: &str| {
        let mut chars = w.chars();
        chars.next().is_some_and(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
            && w.chars().filter(|c| c.is_alphabetic()).count() >= 2
    };
    let initial = |w: &str| {
        w.trim_end_matches('.').chars().count() == 1 && w.chars().all(|c| c.is_uppercase() || c == '.')
    };
    let count = words.iter().filter(|w| proper(w)).count();
    let fits = words.iter().all(|w| proper(w) || initial(w) || particle(w));
    ((1..=4).contains(&words.len()) && count >= 1 && fits).then_some(Sureness::Likely)
}
