//! Which words are names of people, and which of them are something else as well.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::Words;

/// What the list of names says of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lexical(u8);

impl Lexical {
    const FORENAME: u8 = 1;
    const SURNAME: u8 = 2;
    const WORD: u8 = 4;
    const PLACE: u8 = 8;
    const MONTH: u8 = 16;
    const SEASON: u8 = 32;

    /// The letters of `names.txt`.
    fn from_letters(letters: &str) -> Self {
        Self(letters.bytes().fold(0, |all, letter| {
            all | match letter {
                b'f' => Self::FORENAME,
                b's' => Self::SURNAME,
                b'w' => Self::WORD,
                b'p' => Self::PLACE,
                b'm' => Self::MONTH,
                b'd' => Self::SEASON,
                _ => 0,
            }
        }))
    }

    fn has(self, what: u8) -> bool {
        self.0 & what != 0
    }

    pub(crate) fn is_forename(self) -> bool {
        self.has(Self::FORENAME)
    }

    pub(crate) fn is_surname(self) -> bool {
        self.has(Self::SURNAME)
    }

    pub(crate) fn is_place(self) -> bool {
        self.has(Self::PLACE)
    }

    pub(crate) fn is_time(self) -> bool {
        self.has(Self::MONTH | Self::SEASON)
    }

    /// Also a place, a month or a word.
    pub(crate) fn is_ambiguous(self) -> bool {
        self.has(Self::WORD | Self::PLACE | Self::MONTH | Self::SEASON)
    }

    /// A place, a month or a day is part of a name only when it is a name too. A word that nobody knows may be one.
    pub(crate) fn can_be_in_a_name(self) -> bool {
        !self.has(Self::PLACE | Self::MONTH | Self::SEASON) || self.has(Self::FORENAME | Self::SURNAME)
    }

    /// What two parts joined by a hyphen are together: as sure as the surer.
    fn joined(self, other: Self) -> Self {
        let names = (self.0 | other.0) & (Self::FORENAME | Self::SURNAME);
        let else_too = self.0 & other.0 & (Self::WORD | Self::PLACE | Self::MONTH | Self::SEASON);
        Self(names | else_too)
    }
}

/// Names, as `names/README.md` says from where. Small letters without accents and apostrophes.
static NAMES: LazyLock<HashMap<&'static [u8], Lexical>> = LazyLock::new(|| {
    let list = include_str!("../../../names/names.txt");
    let mut letters = Lexical::default();
    let mut names = HashMap::with_capacity(1 << 16);
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[') {
            Some(group) => letters = Lexical::from_letters(group.trim_end_matches(']')),
            None => names.extend(line.split(' ').map(|name| (name.as_bytes(), letters))),
        }
    }
    names
});

/// Longer words are not looked up.
const LONGEST: usize = 24;

/// A word in small letters without apostrophes, on the stack.
#[derive(Clone, Copy)]
pub(crate) struct Lower {
    letters: [u8; LONGEST],
    length: usize,
}

impl Lower {
    /// Of a longer word only that it is long is kept.
    pub(crate) fn new(word: &str) -> Self {
        let mut lower = Self { letters: [0; LONGEST], length: 0 };
        for letter in word.bytes().filter(|&letter| letter != b'\'') {
            let Some(place) = lower.letters.get_mut(lower.length) else {
                lower.length = 0;
                break;
            };
            *place = letter.to_ascii_lowercase();
            lower.length += 1;
        }
        lower
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

/// What the list says of a word, or of two joined by a hyphen. The word has no accents.
pub(crate) fn look_up(word: &str) -> Lexical {
    let one = |part: &str| NAMES.get(Lower::new(part).as_bytes()).copied().unwrap_or_default();
    match word.split_once('-') {
        Some((first, rest)) => one(first).joined(rest.split('-').map(one).fold(
            Lexical(u8::MAX),
            |all, part| {
                if all.0 == u8::MAX { part } else { all.joined(part) }
            },
        )),
        None => one(word),
    }
}

/// Capitalised words that are no names: what follows a title or a relation at the start of a sentence or in the
/// name of an office.
static NO_NAMES: Words = Words::new(
    "a about advocate after all also an and are as at before board british but by clerk council councils \
    court courts department did do during each education english every february for friday from gaelic \
    had has have he head health her him his how i if in inspector inspectors is it its january manager \
    march monday most my no not november october of officer officers on one or our panel people police \
    principal provost report reporter reports saturday scotland scottish september service services she \
    so some sunday support team teams that the their them then there these they this those thursday to \
    tuesday two was we wednesday were what when where which while who why will with work worker workers \
    yes you young your",
);

/// Words that make what stands before them a building, a street or a body.
static BUILDINGS: Words = Words::new(
    "academy avenue bank bay bridge building burn castle cathedral centre chapel charity church clinic \
    close college cottage court courthouse crescent drive foundation gardens glen grammar grove hall \
    high hill hospice hospital hotel house infirmary institute island lane library loch lodge medical \
    memorial museum nursery park partnership place practice primary project road room school secondary \
    society square station street surgery terrace theatre tower trust unit university valley view villa \
    ward way wing wynd",
);

/// Whether a word makes what stands before it a building, a street or a body. In small letters.
pub(crate) fn is_building(word: &str) -> bool {
    BUILDINGS.has(word)
}

/// Whether a word belongs to an office, a building or the grammar of a sentence. In small letters.
pub(crate) fn is_no_name(word: &str) -> bool {
    NO_NAMES.has(word) || is_building(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_list() {
        let is = |word: &str| {
            let word = look_up(word);
            (word.is_forename(), word.is_surname(), word.is_ambiguous())
        };
        assert_eq!(is("Eilidh"), (true, false, false));
        assert_eq!(is("Surinder"), (true, false, false));
        assert!(look_up("O'Neil").is_surname());
        assert!(look_up("MCDONALD").is_surname());
        assert_eq!(is("Angus"), (true, true, true));
        assert!(look_up("Mary-Ann").is_forename());
        assert!(look_up("Smith-Jones").is_surname());
        assert_eq!(is("Table"), (false, false, false));
        assert_eq!(is(&"x".repeat(200)), (false, false, false));
        assert!(look_up("Moray").is_place() && look_up("May").is_time());
    }
}
