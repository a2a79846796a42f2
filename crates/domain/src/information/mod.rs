//! What the public is told about a programme: the rules of its pages, how hard they are to read, news and meetings.
//!
//! The first text of each page stands in the programme's folder ([`crate::programmes::Information`]); edits lie over it.

pub mod news;
pub mod readability;

use serde::Serialize;

use crate::evidence::text_problem;
use crate::programmes::texts_pieces;
use crate::reasons::{FieldProblem, Reason};

/// Most characters of a page.
pub const PAGE_LIMIT: usize = 20_000;
/// Most characters of the title of a page.
pub const TITLE_LIMIT: usize = 100;
/// Most characters of the sentence that says what a page holds.
pub const SUMMARY_LIMIT: usize = 300;
/// Most characters of a note of what changed.
pub const NOTE_LIMIT: usize = 500;

/// What may stand in curly brackets inside a sentence of a page.
pub const VALUES: &[(&str, &str)] = &[
    ("action-plan-weeks", "weeks until the partnership's action plan is due"),
    ("address", "the web address of this site"),
    ("disposal-days", "days after publication on which personal material is destroyed"),
    ("lead-body", "the body that leads the inspection"),
    ("legal-basis", "the power under which the inspections are done"),
    ("population", "whom the inspections are about"),
    ("programme", "the full title of the programme"),
    ("reading-days", "working days on which records are read"),
    ("remit", "what the inspections are to find out"),
    ("tell-us", "the web address of the page on which anybody can write to the inspection"),
    ("under-age", "the age below which a person counts"),
    ("weeks", "the length of an inspection in counted weeks"),
    ("years", "how many years the inspection looks back"),
];

/// What may stand in curly brackets on a line of its own, and becomes a list, a table or a picture.
pub const PIECES: &[(&str, &str)] = &[
    ("addressees", "to whom the letter goes"),
    ("documents-asked", "the documents that the partnership is asked for"),
    ("evaluated-indicators", "the quality indicators that are graded"),
    ("help", "whom this audience can turn to"),
    ("lines-of-enquiry", "the questions of the inspection"),
    ("principles", "what holds for everything that the team does"),
    ("return-columns", "what the list of children holds"),
    ("rights", "the rights and promises by which evidence is read"),
    ("scale", "the levels of the grades"),
    ("scrutiny-bodies", "who inspects"),
    ("surveys", "the surveys of this audience with their weeks"),
    ("what-happens-when", "the steps of this audience, as a picture and a list"),
];

/// What an officer writes of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageText {
    /// Title.
    pub title: String,
    /// What the page says, in a sentence: people read it where they choose a page.
    pub summary: String,
    /// The text, Markdown.
    pub body: String,
}

impl PageText {
    /// All of it as one text, to lay beside another.
    pub fn whole(&self) -> String {
        format!("{}\n\n{}\n\n{}", self.title, self.summary, self.body)
    }

    /// The text as it is kept: one kind of line end, no blanks around it, title and summary on one line.
    #[must_use]
    pub fn tidied(&self) -> Self {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            title: line(&self.title),
            summary: line(&self.summary),
            body: self.body.replace("\r\n", "\n").trim_end().to_owned() + "\n",
        }
    }

    /// What is wrong with it, each at its field. Title and summary are plain words, in which nothing is filled in.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (name, text, limit) in
            [("title", &self.title, TITLE_LIMIT), ("summary", &self.summary, SUMMARY_LIMIT)]
        {
            problems.extend(text_problem(name, text, limit));
            if text.contains(['{', '}']) {
                problems.push(FieldProblem::new(name, Reason::new("information-placeholder-stray")));
            }
        }
        problems.extend(page_problems(&self.body));
        problems
    }
}

/// What is wrong with the text of a page: its length, and what stands in curly brackets. A name of [`PIECES`] has to
/// stand on a line of its own.
pub fn page_problems(body: &str) -> Vec<FieldProblem> {
    let problem = |reason| FieldProblem::new("body", reason);
    let mut problems = Vec::from_iter(text_problem("body", body, PAGE_LIMIT));
    problems.extend(placeholder_faults(body).into_iter().map(|fault| {
        problem(match fault {
            PlaceholderFault::Unknown(name) => {
                Reason::new("information-placeholder-unknown").with("name", name)
            }
            PlaceholderFault::NotAlone(name) => {
                Reason::new("information-placeholder-not-alone").with("name", name)
            }
            PlaceholderFault::Stray => Reason::new("information-placeholder-stray"),
        })
    }));
    problems
}

/// What is wrong with something in curly brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceholderFault {
    /// A name that stands for nothing.
    Unknown(String),
    /// A piece that shares its line with other words.
    NotAlone(String),
    /// A bracket that opens no name.
    Stray,
}

/// Every fault of what stands in curly brackets in a page.
pub fn placeholder_faults(body: &str) -> Vec<PlaceholderFault> {
    let mut faults = Vec::new();
    for line in body.lines() {
        for piece in texts_pieces(line) {
            match piece {
                Err(()) => faults.push(PlaceholderFault::Stray),
                Ok((name, true)) if PIECES.iter().any(|(known, _)| *known == name) => {
                    if line.trim() != format!("{{{name}}}") {
                        faults.push(PlaceholderFault::NotAlone(name.to_owned()));
                    }
                }
                Ok((name, true)) if !VALUES.iter().any(|(known, _)| *known == name) => {
                    faults.push(PlaceholderFault::Unknown(name.to_owned()));
                }
                Ok(_) => {}
            }
        }
    }
    faults
}

/// What is wrong with the note of what changed.
pub fn note_problems(note: &str) -> Vec<FieldProblem> {
    Vec::from_iter(text_problem("note", note, NOTE_LIMIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_brackets_is_known_and_in_its_place() {
        let fault = |body: &str| placeholder_faults(body);
        assert_eq!(fault("In {weeks} weeks.\n\n{what-happens-when}\n"), []);
        assert_eq!(fault("Call {nobody}."), [PlaceholderFault::Unknown("nobody".into())]);
        assert_eq!(fault("See {scale} here"), [PlaceholderFault::NotAlone("scale".into())]);
        assert_eq!(fault("a { b"), [PlaceholderFault::Stray]);
        assert_eq!(page_problems("").len(), 1);
        assert_eq!(page_problems(&"a ".repeat(PAGE_LIMIT)).len(), 1);
        assert_eq!(note_problems(" ").len(), 1);
        assert!(note_problems("A telephone number was wrong.").is_empty());
    }

    #[test]
    fn title_and_summary_are_plain_words_on_one_line() {
        let text = |title: &str, summary: &str| PageText {
            title: title.into(),
            summary: summary.into(),
            body: "Words.\r\n".into(),
        };
        let fields = |text: PageText| text.problems().into_iter().map(|p| p.field).collect::<Vec<_>>();
        assert!(fields(text("Rights", "What you may ask for.")).is_empty());
        assert_eq!(fields(text(" ", "")), ["title", "summary"]);
        assert_eq!(fields(text("In {weeks} weeks", "a")), ["title"]);
        assert_eq!(fields(text("a", &"b".repeat(SUMMARY_LIMIT + 1))), ["summary"]);
        assert_eq!(text(" Your\n rights ", "a").tidied().whole(), "Your rights\n\na\n\nWords.\n");
    }

    #[test]
    fn no_name_stands_for_two_things() {
        assert!(VALUES.iter().all(|(value, _)| PIECES.iter().all(|(piece, _)| piece != value)));
    }
}
