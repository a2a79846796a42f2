//! Results of several areas taken together.

use keyline_statistics::proportions::whole_percent;

use super::Results;

/// The share of an answer in several areas together, in whole percent: of those whose count and base are both shown. None
/// when fewer than half are, since the rest would then stand for all.
pub fn share_together(all: &[&Results], question: &str, choice: Option<&str>, value: &str) -> Option<u8> {
    let shown: Vec<(u64, u64)> =
        all.iter().filter_map(|results| share(results, question, choice, value)).collect();
    if 2 * shown.len() < all.len() {
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
    use super::*;
    use crate::voices::results::{QuestionShown, Row};

    fn area(answered: Option<u64>, count: Option<u64>) -> Results {
        let row = Row { asked: None, answered, counts: vec![count, None] };
        let shown = QuestionShown {
            question: "q".into(),
            choice: None,
            answers: vec!["yes".into(), "no".into()],
            whole: Some(row),
            by: Vec::new(),
            withheld: None,
        };
        Results { people: None, smallest: 5, groupings: Vec::new(), questions: vec![shown] }
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
}
