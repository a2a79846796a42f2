//! An answer as it was kept, read straight into the places of its questions: a table of a hundred thousand answers is
//! made without a tree of each.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What was said to one question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said<'a> {
    /// Words, a choice, a day.
    Text(Cow<'a, str>),
    /// Several choices.
    Several(Vec<Cow<'a, str>>),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Decimal(f64),
}

impl Said<'_> {
    /// Whether a choice is what was said, or among it.
    pub(super) fn is_one_of(&self, choices: &[String]) -> bool {
        let one = |said: &str| choices.iter().any(|choice| choice == said);
        match self {
            Self::Text(said) => one(said),
            Self::Several(all) => all.iter().any(|said| one(said)),
            Self::Whole(_) | Self::Decimal(_) => false,
        }
    }
}

/// Finds what was said to each of some questions. Answers name their questions mostly in the same order, so each place is
/// first looked for where the answer before had it.
pub(super) struct Finder<'q> {
    names: &'q [&'q str],
    places: HashMap<&'q str, usize>,
    order: Vec<Option<usize>>,
}

impl<'q> Finder<'q> {
    /// For the questions of these names.
    pub(super) fn new(names: &'q [&'q str]) -> Self {
        let places = names.iter().copied().zip(0..).collect();
        Self { names, places, order: Vec::new() }
    }

    /// What was said, by the places of the questions; what `found` held before is gone. Nothing is there for what is not
    /// an answer: nothing, or a structure.
    pub(super) fn read<'a>(
        &mut self,
        kept: &'a str,
        found: &mut Vec<Option<Said<'a>>>,
    ) -> serde_json::Result<()> {
        found.clear();
        found.resize(self.names.len(), None);
        let mut json = serde_json::Deserializer::from_str(kept);
        Finding { finder: self, found }.deserialize(&mut json)
    }

    // The place of a question that an answer names as its `nth`.
    fn place(&mut self, nth: usize, name: &str) -> Option<usize> {
        let known = self.order.get(nth).copied().flatten();
        if known.is_some_and(|place| self.names[place] == name) {
            return known;
        }
        let place = self.places.get(name).copied();
        self.order.truncate(nth);
        self.order.push(place);
        place
    }
}

struct Finding<'f, 'q, 'a> {
    finder: &'f mut Finder<'q>,
    found: &'f mut Vec<Option<Said<'a>>>,
}

impl<'de> DeserializeSeed<'de> for Finding<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Finding<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answers by the names of their questions")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut nth = 0;
        while let Some(Word(name)) = map.next_key()? {
            match self.finder.place(nth, &name) {
                Some(place) => self.found[place] = map.next_value::<Maybe<'de>>()?.0,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            nth += 1;
        }
        Ok(())
    }
}

/// A text, borrowed where nothing in it is escaped.
#[derive(Deserialize)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

struct Maybe<'a>(Option<Said<'a>>);

impl<'de> Deserialize<'de> for Maybe<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneAnswer).map(Self)
    }
}

struct OneAnswer;

impl<'de> Visitor<'de> for OneAnswer {
    type Value = Option<Said<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Said::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Said::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut all: S) -> Result<Self::Value, S::Error> {
        let mut found = Vec::new();
        while let Some(Maybe(one)) = all.next_element()? {
            if let Some(Said::Text(text)) = one {
                found.push(text);
            }
        }
        Ok(Some(Said::Several(found)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Said::Whole(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).ok().map(Said::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Said::Decimal(number)))
    }

    fn visit_bool<E>(self, said: bool) -> Result<Self::Value, E> {
        Ok(Some(Said::Text(Cow::Borrowed(if said { "true" } else { "false" }))))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_to_the_places_of_their_questions() {
        let mut finder = Finder::new(&["a", "b", "c", "d", "e"]);
        let mut found = Vec::new();
        let kept = r#"{"b":["x","y"],"a":"said \"so\"","other":{"deep":[1]},"c":3,"d":0.5,"e":null}"#;
        let all = [
            Some(Said::Text("said \"so\"".into())),
            Some(Said::Several(vec!["x".into(), "y".into()])),
            Some(Said::Whole(3)),
            Some(Said::Decimal(0.5)),
            None,
        ];
        // The second time by the order of the first.
        for _ in 0..2 {
            finder.read(kept, &mut found).unwrap();
            assert_eq!(found, all);
        }
        assert!(found[1].as_ref().unwrap().is_one_of(&["y".to_owned()]));
        assert!(!found[0].as_ref().unwrap().is_one_of(&["y".to_owned()]));
        // In another order, and with fewer.
        finder.read(r#"{"c":4,"more":1,"a":"plain"}"#, &mut found).unwrap();
        assert!(matches!(&found[0], Some(Said::Text(Cow::Borrowed("plain")))));
        assert_eq!(found[1..], [None, Some(Said::Whole(4)), None, None]);
        finder.read(kept, &mut found).unwrap();
        assert_eq!(found, all);
        assert!(finder.read("[]", &mut found).is_err() && finder.read("{", &mut found).is_err());
    }
}
