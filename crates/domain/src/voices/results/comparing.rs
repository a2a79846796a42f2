//! Results of several areas or rounds beside each other: only what was asked in the same way is compared.

use std::collections::BTreeMap;

use keyline_forms::form::{Form, Item};
use keyline_forms::versions::{Meaning, differences};
use keyline_statistics::proportions::whole_percent;

use super::Results;

/// The results of another area or an earlier time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// What was released.
    pub results: Results,
    /// What the changes of the form since then mean, by the names of the questions; unchanged ones are left out.
    pub changed: BTreeMap<String, Meaning>,
}

impl Round {
    /// Results to the form `was`, to be compared with results to the form `is`.
    pub fn new(results: Results, was: &Form, is: &Form) -> Self {
        let mut questions = Vec::new();
        placed("", &is.items, &mut questions);
        let mut changed = BTreeMap::new();
        for difference in differences(was, is) {
            // what changed about a group changed for every question in it
            let within = format!("{}/", difference.path);
            let touched =
                questions.iter().filter(|(path, _)| *path == difference.path || path.starts_with(&within));
            for (_, name) in touched {
                let meaning = changed.entry((*name).to_owned()).or_insert(Meaning::Comparable);
                *meaning = (*meaning).max(difference.meaning());
            }
        }
        changed.retain(|_, meaning| *meaning != Meaning::Comparable);
        Self { results, changed }
    }

    /// Whether the answers to a question can be compared with ours.
    pub fn meaning(&self, question: &str) -> Meaning {
        self.changed.get(question).copied().unwrap_or(Meaning::Comparable)
    }
}

/// The questions with their paths and names.
fn placed<'f>(around: &str, items: &'f [Item], into: &mut Vec<(String, &'f str)>) {
    for item in items {
        let path =
            if around.is_empty() { item.name().to_owned() } else { format!("{around}/{}", item.name()) };
        placed(&path, item.items(), into);
        if let Item::Question(question) = item {
            into.push((path, &question.name));
        }
    }
}

/// The share of an answer in several rounds together, in whole percent: of those whose count and base are both shown. None
/// when fewer than half of those that can be compared are, since the rest would then stand for all.
pub fn share_together(all: &[&Round], question: &str, choice: Option<&str>, value: &str) -> Option<u8> {
    let alike = all.iter().filter(|round| round.meaning(question) != Meaning::NotComparable);
    let (mut asked, mut shown) = (0, Vec::new());
    for round in alike {
        asked += 1;
        shown.extend(share(&round.results, question, choice, value));
    }
    if 2 * shown.len() < asked {
        return None;
    }
    whole_percent(shown.iter().map(|(part, _)| part).sum(), shown.iter().map(|(_, whole)| whole).sum())
}

/// How many gave an answer, and of how many; none when either is hidden.
fn share(results: &Results, question: &str, choice: Option<&str>, value: &str) -> Option<(u64, u64)> {
    let shown = results.questions.iter().find(|q| q.question == question && q.choice.as_deref() == choice)?;
    let row = shown.whole.as_ref()?;
    let at = shown.answers.iter().position(|answer| answer == value)?;
    Some((row.counts.get(at).copied().flatten()?, row.base()?.people()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::voices::results::{QuestionShown, Row};

    fn area(answered: Option<u64>, count: Option<u64>) -> Round {
        let row = Row { asked: None, answered, counts: vec![count, None] };
        let shown = QuestionShown {
            question: "q".into(),
            choice: None,
            answers: vec!["yes".into(), "no".into()],
            whole: Some(row),
            by: Vec::new(),
            withheld: None,
        };
        let results = Results { people: None, smallest: 5, groupings: Vec::new(), questions: vec![shown] };
        Round { results, changed: BTreeMap::new() }
    }

    #[test]
    fn areas_count_by_their_people() {
        let (small, large) = (area(Some(10), Some(10)), area(Some(90), Some(35)));
        assert_eq!(share_together(&[&small, &large], "q", None, "yes"), Some(45));
    }

    #[test]
    fn half_of_the_areas_must_be_shown() {
        let (shown, hidden, baseless) =
            (area(Some(40), Some(10)), area(Some(40), None), area(None, Some(20)));
        assert_eq!(share_together(&[&shown, &hidden], "q", None, "yes"), Some(25));
        assert_eq!(share_together(&[&shown, &hidden, &baseless], "q", None, "yes"), None);
        assert_eq!(share_together(&[&hidden], "q", None, "yes"), None);
        for (question, choice, value) in
            [("other", None, "yes"), ("q", Some("yes"), "yes"), ("q", None, "?"), ("q", None, "no")]
        {
            assert_eq!(share_together(&[&shown], question, choice, value), None);
        }
        assert_eq!(share_together(&[], "q", None, "yes"), None);
    }

    #[test]
    fn what_was_asked_in_another_way_is_left_out() {
        let (same, mut other) = (area(Some(40), Some(10)), area(Some(40), Some(30)));
        other.changed.insert("q".into(), Meaning::NotComparable);
        assert_eq!(share_together(&[&same, &other], "q", None, "yes"), Some(25));
        assert_eq!(share_together(&[&other], "q", None, "yes"), None);
    }

    #[test]
    fn a_change_of_a_group_touches_its_questions() {
        let form = |relevant: &str, label: &str| -> Form {
            serde_json::from_value(json!({ "id": "t", "title": "T", "name": "data", "items": [
                { "item": "question", "name": "first", "kind": "text", "label": { "": label } },
                { "item": "group", "name": "more", "relevant": relevant, "items": [
                    { "item": "question", "name": "second", "kind": "text" }] },
                { "item": "question", "name": "third", "kind": "text" }] }))
            .unwrap()
        };
        let was = form("${first} = 'a'", "How are you?");
        let results = area(None, None).results;
        assert_eq!(Round::new(results.clone(), &was, &was).changed, BTreeMap::new());
        let round = Round::new(results, &was, &form("${first} = 'b'", "What was your day like?"));
        assert_eq!(round.meaning("first"), Meaning::WithCare);
        assert_eq!(round.meaning("second"), Meaning::WithCare);
        assert_eq!(round.meaning("third"), Meaning::Comparable);
    }
}
