//! Cues: words in a free text that put it in front of a person at once.
//!
//! A cue never rejects or changes an answer, and a text without a cue is not taken to be safe: every free text is read
//! by somebody. The words are data of the programme, a file for each language (`cues/<lang>.toml`), and are looked for
//! in all languages at once, because people do not always write in the language of the page.

use serde::{Deserialize, Serialize};
use toml::Table;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that point to one kind of harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// Kind of harm, a key such as `self-harm`.
    pub kind: String,
    /// Its name, as it is shown to the reader.
    pub title: String,
    /// Why these words are looked for, in one sentence.
    pub why: String,
    /// Only in answers of these audiences; empty for those of everybody. Words of the trade ("risk of harm") say
    /// nothing in an answer of staff.
    pub audiences: Vec<String>,
    phrases: Vec<Phrase>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Phrase {
    /// Words one after the other; true for any ending.
    Words(Vec<(String, bool)>),
    /// Letters anywhere, within words too.
    Inside(String),
}

/// All cues of a programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cues(Vec<Cue>);

impl Cues {
    /// Reads one file of cues and adds its words.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the file.
    pub fn read(&mut self, text: &str) -> Result<(), String> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let inside = match table.get("match").and_then(toml::Value::as_str) {
            None | Some("words") => false,
            Some("inside") => true,
            Some(other) => return Err(format!("match is \"{other}\", but only words and inside are known")),
        };
        let entries = table
            .get("cue")
            .and_then(toml::Value::as_array)
            .ok_or("a file of cues needs at least one [[cue]]")?;
        for entry in entries {
            let said = |name: &str| {
                entry
                    .get(name)
                    .and_then(toml::Value::as_str)
                    .filter(|said| !said.trim().is_empty())
                    .map(str::to_owned)
                    .ok_or_else(|| format!("a cue needs the property {name}"))
            };
            let kind = said("kind")?;
            let phrases = entry
                .get("phrases")
                .and_then(toml::Value::as_array)
                .ok_or_else(|| format!("the cue {kind} needs a list of phrases"))?;
            let phrases = phrases
                .iter()
                .map(|phrase| Phrase::read(phrase.as_str().unwrap_or_default(), inside))
                .collect::<Option<Vec<_>>>()
                .ok_or_else(|| format!("a phrase of the cue {kind} is empty"))?;
            let audiences = entry
                .get("audiences")
                .and_then(toml::Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(toml::Value::as_str)
                .map(str::to_owned)
                .collect();
            self.0.push(Cue { kind, title: said("title")?, why: said("why")?, audiences, phrases });
        }
        Ok(())
    }

    /// The kinds of harm whose words stand in a text of somebody of an audience, each once, in the order of the files.
    pub fn found_in(&self, text: &str, audience: &str) -> Vec<String> {
        let folded = folded(text);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut kinds: Vec<String> = Vec::new();
        for cue in &self.0 {
            let asked = cue.audiences.is_empty() || cue.audiences.iter().any(|one| one == audience);
            if asked
                && !kinds.contains(&cue.kind)
                && cue.phrases.iter().any(|phrase| phrase.is_in(&folded, &words))
            {
                kinds.push(cue.kind.clone());
            }
        }
        kinds
    }

    /// The first cue of a kind: its name and why it is looked for.
    pub fn of_kind(&self, kind: &str) -> Option<&Cue> {
        self.0.iter().find(|cue| cue.kind == kind)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Phrase {
    fn read(written: &str, inside: bool) -> Option<Self> {
        if inside {
            let letters = folded(written);
            return (!letters.is_empty()).then_some(Self::Inside(letters));
        }
        let words: Vec<(String, bool)> = written
            .split_whitespace()
            .flat_map(|word| {
                let any_ending = word.ends_with('*');
                let folded = folded(word);
                let parts: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
                let last = parts.len();
                parts.into_iter().enumerate().map(move |(n, part)| (part, any_ending && n + 1 == last))
            })
            .collect();
        (!words.is_empty()).then_some(Self::Words(words))
    }

    fn is_in(&self, folded: &str, words: &[&str]) -> bool {
        match self {
            Self::Inside(letters) => folded.contains(letters.as_str()),
            Self::Words(phrase) => words.windows(phrase.len()).any(|stretch| {
                stretch.iter().zip(phrase).all(|(word, (wanted, any_ending))| {
                    if *any_ending { word.starts_with(wanted.as_str()) } else { word == wanted }
                })
            }),
        }
    }
}

/// A text as words in lower case with one blank between them: apostrophes left out (so that `dont` and `don't` are one),
/// accents taken off, other signs as blanks.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        if matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`' | '´') {
            continue;
        }
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> Cues {
        let mut cues = Cues::default();
        cues.read(
            r#"
            match = "words"
            [[cue]]
            kind = "harm"
            title = "Harm"
            why = "Somebody hurts the child."
            phrases = ["hit* me", "don't feel safe", "bruis*"]
            [[cue]]
            kind = "self-harm"
            title = "Self-harm"
            why = "The child may hurt itself."
            phrases = ["kms"]
            [[cue]]
            kind = "neglect"
            title = "Neglect"
            why = "Nobody looks after the child."
            audiences = ["children"]
            phrases = ["neglect*"]
            "#,
        )
        .unwrap();
        cues.read(
            "match = \"inside\"\n[[cue]]\nkind = \"harm\"\ntitle = \"T\"\nwhy = \"W\"\nphrases = [\"ضرب\"]",
        )
        .unwrap();
        cues
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        for (text, kinds) in [
            ("He HITS me", vec!["harm"]),
            ("hitting\nme", vec!["harm"]),
            ("i dont feel safe at home", vec!["harm"]),
            ("I don’t féel… safe", vec!["harm"]),
            ("bruises, and kms.", vec!["harm", "self-harm"]),
            ("يضربني", vec!["harm"]),
            ("She never hits, me neither", vec!["harm"]),
            // Between two words of a phrase no other may stand; that is why every text is read.
            ("he hits only me", vec![]),
            ("whits medal", vec![]),
            ("10 kms away", vec!["self-harm"]),
            ("", vec![]),
        ] {
            assert_eq!(cues().found_in(text, "staff"), kinds, "{text}");
        }
        assert_eq!(cues().found_in("neglected", "children"), ["neglect"]);
        assert!(cues().found_in("neglected", "staff").is_empty());
    }

    #[test]
    fn a_file_that_is_wrong_is_refused() {
        for (text, said) in [
            ("", "at least one"),
            ("[[cue]]\nkind = \"a\"", "list of phrases"),
            ("[[cue]]\nkind = \"a\"\nphrases = [\"*\"]\nwhy = \"b\"\ntitle = \"t\"", "is empty"),
            ("[[cue]]\nkind = \"a\"\nphrases = [\"b\"]\ntitle = \"t\"", "why"),
            ("match = \"fuzzy\"\n[[cue]]", "fuzzy"),
            ("=", ""),
        ] {
            let error = Cues::default().read(text).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
