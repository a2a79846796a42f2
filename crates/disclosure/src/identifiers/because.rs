//! Why something is taken for an identifier, as a key and values that a page puts into words.

/// The reason of a hit. Its values are words from the lists of this crate and counts, never what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Ten digits: a date of birth and a check digit that is right.
    DateAndCheckDigit,
    /// Ten digits whose check digit is right, in the groups in which such a number is written.
    CheckDigitInGroups,
    /// Ten digits whose check digit is right, as it is for one number in eleven.
    CheckDigitAlone,
    /// The words before it call it that.
    CalledSo {
        /// The word.
        word: &'static str,
    },
    /// Written in the groups of such a number, with a date of birth; its check digit is wrong.
    WrittenSo,
    /// Nine digits that are one when the zero is put back that a spreadsheet took away.
    LostZero,
    /// Two letters that are given out, six digits and a letter.
    LettersAndDigits,
    /// A mailbox and a domain.
    Mailbox,
    /// Begins as mobile numbers do.
    Mobile,
    /// Begins as numbers of homes and offices do.
    Landline,
    /// Begins as numbers of helplines and switchboards do.
    ServiceNumber,
    /// Begins with the code of a country.
    CountryCode,
    /// The shape of a postcode, in an area that exists.
    PostcodeShape,
    /// The first half of a postcode, in an area of Scotland.
    DistrictShape,
    /// A full date, of whatever.
    FullDate,
    /// A title or an office stands before it.
    Title {
        /// The title.
        word: &'static str,
    },
    /// A word for a relative or a helper stands before it.
    Relation {
        /// The word.
        word: &'static str,
    },
    /// Introduced as a name: "called", "name is".
    Introduced {
        /// The word.
        word: &'static str,
    },
    /// A known forename with a surname.
    FullName,
    /// A known surname, a comma and a known forename.
    SurnameFirst,
    /// An initial and a known surname.
    InitialAndSurname,
    /// A known forename alone.
    Forename,
    /// A forename that is also a place, a month or a word, and the words around it speak of a person.
    ForenameInContext,
    /// A forename that is also a place, a month or a word, and nothing says which.
    ForenameOrWord,
}

impl Because {
    /// Key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::DateAndCheckDigit => "identifier-because-date-and-check-digit",
            Self::CheckDigitInGroups => "identifier-because-check-digit-in-groups",
            Self::CheckDigitAlone => "identifier-because-check-digit-alone",
            Self::CalledSo { .. } => "identifier-because-called-so",
            Self::WrittenSo => "identifier-because-written-so",
            Self::LostZero => "identifier-because-lost-zero",
            Self::LettersAndDigits => "identifier-because-letters-and-digits",
            Self::Mailbox => "identifier-because-mailbox",
            Self::Mobile => "identifier-because-mobile",
            Self::Landline => "identifier-because-landline",
            Self::ServiceNumber => "identifier-because-service-number",
            Self::CountryCode => "identifier-because-country-code",
            Self::PostcodeShape => "identifier-because-postcode-shape",
            Self::DistrictShape => "identifier-because-district-shape",
            Self::FullDate => "identifier-because-full-date",
            Self::Title { .. } => "identifier-because-title",
            Self::Relation { .. } => "identifier-because-relation",
            Self::Introduced { .. } => "identifier-because-introduced",
            Self::FullName => "identifier-because-full-name",
            Self::SurnameFirst => "identifier-because-surname-first",
            Self::InitialAndSurname => "identifier-because-initial-and-surname",
            Self::Forename => "identifier-because-forename",
            Self::ForenameInContext => "identifier-because-forename-in-context",
            Self::ForenameOrWord => "identifier-because-forename-or-word",
        }
    }

    /// The values of its sentence.
    pub fn values(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::CalledSo { word }
            | Self::Title { word }
            | Self::Relation { word }
            | Self::Introduced { word } => {
                vec![("word", word)]
            }
            _ => Vec::new(),
        }
    }

    /// Whether only a list of names says so, and nothing in the text: worth a question, not a refusal.
    pub fn is_list_alone(self) -> bool {
        matches!(
            self,
            Self::Forename | Self::ForenameInContext | Self::ForenameOrWord | Self::InitialAndSurname
        )
    }

    /// One of each, for whoever words them.
    pub const SAMPLES: [Self; 24] = [
        Self::DateAndCheckDigit,
        Self::CheckDigitInGroups,
        Self::CheckDigitAlone,
        Self::CalledSo { word: "chi" },
        Self::WrittenSo,
        Self::LostZero,
        Self::LettersAndDigits,
        Self::Mailbox,
        Self::Mobile,
        Self::Landline,
        Self::ServiceNumber,
        Self::CountryCode,
        Self::PostcodeShape,
        Self::DistrictShape,
        Self::FullDate,
        Self::Title { word: "mrs" },
        Self::Relation { word: "brother" },
        Self::Introduced { word: "called" },
        Self::FullName,
        Self::SurnameFirst,
        Self::InitialAndSurname,
        Self::Forename,
        Self::ForenameInContext,
        Self::ForenameOrWord,
    ];
}
