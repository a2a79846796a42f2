//! The position statement: where it stands, how long it may be, and what has to be in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::programmes::PositionStatement;
use crate::reasons::{FieldProblem, Reason};

/// The answers by key of their question.
pub type Answers = BTreeMap<String, String>;

/// Where a position statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementState {
    /// The partnership writes it; the team sees nothing of it.
    Writing,
    /// It was sent and waits for the lead.
    Submitted,
    /// The lead has sent it back, and said why; the partnership writes again.
    SentBack,
    /// The lead has accepted it.
    Accepted,
}

/// What is done with a position statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementAct {
    /// The partnership saves what it has written.
    Save,
    /// The partnership sends it.
    Submit,
    /// The lead accepts it.
    Accept,
    /// The lead sends it back.
    SendBack,
}

impl StatementState {
    /// All states, in the order of the way.
    pub const ALL: [Self; 4] = [Self::Writing, Self::Submitted, Self::SentBack, Self::Accepted];

    /// The word of the database and of translation keys (`statement-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Submitted => "submitted",
            Self::SentBack => "sent_back",
            Self::Accepted => "accepted",
        }
    }

    /// Where it stands after an act.
    ///
    /// # Errors
    /// The key of the sentence that says why it cannot be done now.
    pub fn after(self, act: StatementAct) -> Result<Self, &'static str> {
        use StatementAct as A;
        match (self, act) {
            (Self::Writing | Self::SentBack, A::Save) => Ok(self),
            (Self::Writing | Self::SentBack, A::Submit) => Ok(Self::Submitted),
            (Self::Submitted, A::Accept) => Ok(Self::Accepted),
            (Self::Submitted, A::SendBack) => Ok(Self::SentBack),
            (Self::Submitted | Self::Accepted, A::Save | A::Submit) => Err("statement-sent-already"),
            (_, A::Accept | A::SendBack) => Err("statement-nothing-to-decide"),
        }
    }
}

/// The words of a text as a person would count them: marks of Markdown alone are none.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The words of all answers.
pub fn words_of(answers: &Answers) -> usize {
    answers.values().map(|text| words(text)).sum()
}

/// Name of the field of an answer.
pub fn field(key: &str) -> String {
    format!("answer-{key}")
}

/// All answers as one text, each below its question, as two writers compare them.
pub fn as_one_text(asked: &PositionStatement, answers: &Answers) -> String {
    let parts = asked.questions.iter().map(|q| {
        let text = answers.get(&q.key).map_or("", |text| text.trim());
        format!("{}\n{text}", q.title)
    });
    parts.collect::<Vec<_>>().join("\n\n")
}

/// What is missing or too long before it can be sent, when it is written and not uploaded.
pub fn unfinished(asked: &PositionStatement, answers: &Answers) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = asked
        .questions
        .iter()
        .filter(|q| answers.get(&q.key).is_none_or(|text| words(text) == 0))
        .map(|q| FieldProblem::new(&field(&q.key), Reason::new("statement-problem-empty")))
        .collect();
    let count = words_of(answers);
    if count > usize::from(asked.most_words)
        && let Some(first) = asked.questions.first()
    {
        let reason =
            Reason::new("statement-problem-long").with("count", count).with("most", asked.most_words);
        problems.push(FieldProblem::new(&field(&first.key), reason));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programmes::{Provenance, StatementQuestion};

    fn asked(most_words: u16) -> PositionStatement {
        let provenance = Provenance { source: "own".into(), confirmed: false, reason: String::new() };
        let question = |key: &str| StatementQuestion {
            key: key.into(),
            title: key.into(),
            help: String::new(),
            provenance: provenance.clone(),
        };
        PositionStatement {
            step: "step".into(),
            about: String::new(),
            most_words,
            questions: vec![question("now"), question("next")],
            provenance: provenance.clone(),
        }
    }

    fn answers(now: &str, next: &str) -> Answers {
        [("now".to_owned(), now.to_owned()), ("next".to_owned(), next.to_owned())].into()
    }

    #[test]
    fn what_may_be_done_where() {
        use StatementState as S;
        let table = [
            (S::Writing, ["writing", "submitted", "-", "-"]),
            (S::Submitted, ["-", "-", "accepted", "sent_back"]),
            (S::SentBack, ["sent_back", "submitted", "-", "-"]),
            (S::Accepted, ["-", "-", "-", "-"]),
        ];
        let acts = [StatementAct::Save, StatementAct::Submit, StatementAct::Accept, StatementAct::SendBack];
        for (state, row) in table {
            for (act, wanted) in acts.into_iter().zip(row) {
                assert_eq!(state.after(act).map_or("-", S::word), wanted, "{state:?} after {act:?}");
            }
            assert_eq!(serde_json::to_value(state).unwrap(), state.word());
        }
        assert_eq!(table.map(|(state, _)| state), S::ALL);
    }

    #[test]
    fn words_are_counted_as_people_count() {
        for (text, wanted) in [
            ("", 0),
            ("  \n ", 0),
            ("# Heading\n\n- one\n- **two** words", 4),
            ("well-being isn't 5,000", 3),
            ("a — b … c", 3),
            ("[the plan](#doc_1) says", 3),
            ("Tha seo math", 3),
        ] {
            assert_eq!(words(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn as_one_text_each_answer_stands_below_its_question() {
        let asked = asked(9);
        let titles: Vec<&str> = asked.questions.iter().map(|q| q.title.as_str()).collect();
        assert_eq!(
            as_one_text(&asked, &answers("one", " two\n")),
            format!("{}\none\n\n{}\ntwo", titles[0], titles[1])
        );
        assert_eq!(as_one_text(&asked, &Answers::new()), format!("{}\n\n\n{}\n", titles[0], titles[1]));
    }

    #[test]
    fn what_keeps_it_from_being_sent() {
        let found = |most, now: &str, next: &str| -> Vec<String> {
            let problems = unfinished(&asked(most), &answers(now, next));
            problems.into_iter().map(|p| format!("{} {}", p.field, p.reason.key)).collect()
        };
        assert_eq!(found(4, "one two", "three four"), Vec::<String>::new());
        assert_eq!(found(3, "one two", "three four"), ["answer-now statement-problem-long"]);
        assert_eq!(found(9, "one", " - "), ["answer-next statement-problem-empty"]);
        assert_eq!(unfinished(&asked(9), &Answers::new()).len(), 2);
    }
}
