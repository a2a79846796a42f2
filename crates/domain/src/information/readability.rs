//! How hard a text is to read, by three published measures.
//!
//! - **Flesch reading ease**: R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32(3), 1948. From
//!   about 100 (very easy) down to 0 (very hard).
//! - **Flesch-Kincaid grade**: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of new
//!   readability formulas for Navy enlisted personnel", Research Branch Report 8-75, 1975. The year of school in the
//!   United States in which a text is understood; plus five it is about an age.
//! - **LIX**: C. H. Björnsson, "Läsbarhet", 1968. Words for each sentence, plus the percentage of words with more than six
//!   letters. Needs no syllables, so it checks the other two. Below 30 is as easy as a book for children.
//!
//! What they do not see: whether words are known, and whether a text makes sense. They are a check and no proof.
//!
//! Syllables of English words are counted by rule and not from a dictionary. Over a page the mistakes of single words
//! nearly cancel; the test holds the count of a list of words.

/// What was counted in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Sentences. A piece without a full stop, such as an item of a list, is one too.
    pub sentences: u32,
    /// Words. A number counts as a word of one syllable.
    pub words: u32,
    /// Syllables.
    pub syllables: u32,
    /// Words of more than six letters.
    pub long_words: u32,
}

/// How hard a text is to read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Readability {
    /// What was counted.
    pub counts: Counts,
    /// Flesch reading ease; higher is easier.
    pub ease: f64,
    /// Flesch-Kincaid grade; lower is easier.
    pub grade: f64,
    /// LIX; lower is easier.
    pub lix: f64,
}

impl Counts {
    /// The three measures; `None` for a text without words.
    pub fn measure(self) -> Option<Readability> {
        if self.words == 0 || self.sentences == 0 {
            return None;
        }
        let (words, sentences) = (f64::from(self.words), f64::from(self.sentences));
        let (length, weight) = (words / sentences, f64::from(self.syllables) / words);
        Some(Readability {
            counts: self,
            ease: 206.835 - 1.015 * length - 84.6 * weight,
            grade: 0.39 * length + 11.8 * weight - 15.59,
            lix: length + 100.0 * f64::from(self.long_words) / words,
        })
    }
}

/// Counts a text that comes in pieces: paragraphs and items of lists. A sentence does not go beyond its piece.
pub fn count<S: AsRef<str>>(pieces: impl IntoIterator<Item = S>) -> Counts {
    let mut counts = Counts::default();
    for piece in pieces {
        let mut open = false;
        for word in piece.as_ref().split_whitespace() {
            let letters: String =
                word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            if !letters.is_empty() {
                open = true;
                counts.words += 1;
                counts.syllables += word.split(['-', '–', '/']).map(syllables).sum::<u32>().max(1);
                counts.long_words += u32::from(letters.chars().count() > 6 && !is_number(&letters));
            }
            let end = word.trim_end_matches(['"', '”', '’', '\'', ')', '*']);
            if open && end.ends_with(['.', '?', '!']) {
                counts.sentences += 1;
                open = false;
            }
        }
        counts.sentences += u32::from(open);
    }
    counts
}

/// The three measures of a text in pieces; `None` when it has no words.
pub fn measure<S: AsRef<str>>(pieces: impl IntoIterator<Item = S>) -> Option<Readability> {
    count(pieces).measure()
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// About how many syllables an English word has: groups of vowels, less the silent e, plus vowels that are spoken apart.
pub fn syllables(word: &str) -> u32 {
    // What stands behind an apostrophe makes no syllable of its own: child's, don't.
    let stem = word.split(['\'', '’']).next().unwrap_or_default();
    let letters: Vec<char> =
        stem.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() {
        return u32::from(word.chars().any(char::is_alphanumeric));
    }
    let mut count = 0;
    let mut before = ' ';
    for (n, &letter) in letters.iter().enumerate() {
        let next = letters.get(n + 1).copied().unwrap_or(' ');
        if is_vowel(letter) {
            let apart = match (before, letter) {
                // area, idea, video; but not people, sea
                ('e', 'o') => !letters.starts_with(&['p', 'e', 'o']),
                ('e', 'a') => n + 1 == letters.len() && letters.len() > 3,
                // Australian, child-minder's "various"; but not -tion, -cial, -cious
                ('i', 'a' | 'o' | 'u') => {
                    !matches!(letters.get(n.wrapping_sub(2)), Some('t' | 'c' | 's' | 'g'))
                }
                ('i', 'e') => {
                    matches!(next, 't' | 'n')
                        && n > 2
                        && next != ' '
                        && !letters.starts_with(&['f', 'r', 'i'])
                }
                ('u', 'a') => !matches!(letters.get(n.wrapping_sub(2)), Some('q' | 'g')),
                ('y', 'a' | 'e' | 'i' | 'o' | 'u') => n > 2,
                _ => false,
            };
            if !is_vowel(before) || apart {
                count += 1;
            }
        }
        before = letter;
    }
    count = count.max(1);
    let end = |text: &str| stem.to_lowercase().ends_with(text);
    let at =
        |back: usize| letters.len().checked_sub(back).and_then(|n| letters.get(n)).copied().unwrap_or(' ');
    let silent = if end("le") || end("les") {
        // table has two, while has one
        let consonant = at(if end("les") { 4 } else { 3 });
        is_vowel(consonant)
    } else if end("ed") {
        !is_vowel(at(3)) && !matches!(at(3), 't' | 'd')
    } else if end("es") {
        !is_vowel(at(3)) && !matches!(at(3), 's' | 'z' | 'x' | 'c' | 'g' | 'h')
    } else if end("ety") {
        // safety has two, society four
        !is_vowel(at(4))
    } else if end("ely") || end("eful") || end("efully") || end("eless") || end("ement") {
        true
    } else {
        end("e") && !is_vowel(at(2))
    };
    if silent && count > 1 { count - 1 } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, said: f64) {
        assert!((found - said).abs() < 0.06, "{found} instead of {said}");
    }

    // The two sentences by which the measures are commonly explained (Wikipedia, "Flesch-Kincaid readability tests").
    #[test]
    fn the_formulas_give_the_numbers_of_published_examples() {
        let cat = measure(["The cat sat on the mat."]).unwrap();
        assert_eq!(cat.counts, Counts { sentences: 1, words: 6, syllables: 6, long_words: 0 });
        near(cat.ease, 116.1);
        // Counted there: 24 syllables and 13 words.
        let platypus = Counts { sentences: 1, words: 13, syllables: 24, long_words: 5 }.measure().unwrap();
        near(platypus.ease, 37.5);
        near(platypus.grade, 11.3);
        near(platypus.lix, 13.0 + 500.0 / 13.0);
    }

    #[test]
    fn syllables_of_words_that_stand_in_our_pages() {
        for (word, said) in [
            ("child", 1),
            ("children", 2),
            ("young", 1),
            ("people", 2),
            ("inspector", 3),
            ("inspection", 3),
            ("report", 2),
            ("safe", 1),
            ("safety", 2),
            ("services", 3),
            ("social", 2),
            ("worker", 2),
            ("parents", 2),
            ("asked", 1),
            ("wanted", 2),
            ("listened", 2),
            ("table", 2),
            ("while", 1),
            ("rules", 1),
            ("records", 2),
            ("area", 3),
            ("idea", 3),
            ("read", 1),
            ("school", 1),
            ("schools", 1),
            ("weeks", 1),
            ("answer", 2),
            ("question", 2),
            ("questions", 2),
            ("police", 2),
            ("nurse", 1),
            ("nurses", 2),
            ("Australian", 4),
            ("creature", 2),
            ("quality", 3),
            ("published", 2),
            ("confidential", 4),
            ("private", 2),
            ("name", 1),
            ("names", 1),
            ("names’", 1),
            ("don’t", 1),
            ("day", 1),
            ("eye", 1),
            ("involvement", 3),
            ("carefully", 3),
            ("video", 3),
            ("quiet", 2),
            ("0800", 1),
            ("you", 1),
            ("change", 1),
            ("changes", 2),
            ("places", 2),
            ("grown", 1),
            ("anybody", 4),
            ("science", 2),
            ("friend", 1),
            ("friends", 1),
        ] {
            assert_eq!(syllables(word), said, "{word}");
        }
    }

    #[test]
    fn pieces_and_stops_part_sentences() {
        let counts = count(["Call us. Can we help? Yes!", "An item of a list", "3 weeks (or 4).", "—"]);
        assert_eq!((counts.sentences, counts.words), (5, 15));
        assert_eq!(measure(["—"]), None);
        assert_eq!(count(["Responsibilities 0800123456"]).long_words, 1);
    }
}
