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

/// What was said to each of some questions, by their places. Nothing is there for what is not an answer: nothing, or a
/// structure.
pub(super) fn read<'a>(
    kept: &'a str,
    places: &HashMap<&str, usize>,
) -> serde_json::Result<Vec<Option<Said<'a>>>> {
    let mut json = serde_json::Deserializer::from_str(kept);
    Places(places).deserialize(&mut json)
}

struct Places<'p>(&'p HashMap<&'p str, usize>);

impl<'de> DeserializeSeed<'de> for Places<'_> {
    type Value = Vec<Option<Said<'de>>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Places<'_> {
    type Value = Vec<Option<Said<'de>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answers by the names of their questions")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut found = vec![None; self.0.len()];
        while let Some(Word(name)) = map.next_key()? {
            match self.0.get(&*name) {
                Some(place) => found[*place] = map.next_value::<Maybe<'de>>()?.0,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
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
        let places = HashMap::from([("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 4)]);
        let kept = r#"{"b":["x","y"],"a":"said \"so\"","other":{"deep":[1]},"c":3,"d":0.5,"e":null}"#;
        let found = read(kept, &places).unwrap();
        assert_eq!(
            found,
            [
                Some(Said::Text("said \"so\"".into())),
                Some(Said::Several(vec!["x".into(), "y".into()])),
                Some(Said::Whole(3)),
                Some(Said::Decimal(0.5)),
                None,
            ]
        );
        assert!(found[1].as_ref().unwrap().is_one_of(&["y".to_owned()]));
        assert!(!found[0].as_ref().unwrap().is_one_of(&["y".to_owned()]));
        assert!(matches!(
            &read(r#"{"a":"plain"}"#, &places).unwrap()[0],
            Some(Said::Text(Cow::Borrowed("plain")))
        ));
        assert!(read("[]", &places).is_err() && read("{", &places).is_err());
    }
}
