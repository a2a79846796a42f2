//! A form that is being filled in, as controls of a page and as lines to look over.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use keyline_domain::clock::in_london;
use keyline_domain::reasons::Reason;
use keyline_forms::answering::{AnswerFault, Filling};
use keyline_forms::form::Form;
use keyline_operations::voices::filling_in;
use keyline_words::Words;
use serde_json::Value;

use super::Visit;
use super::carried::Carried;
use crate::components::{Asked, asked_of, fault_sentence, heading, name_of, pairs_of};
use crate::frame::Typed;

/// What is wrong with one field, in words.
pub(crate) struct Fault {
    /// Where it leads.
    pub(crate) field: String,
    /// What to do.
    pub(crate) said: String,
}

impl Fault {
    /// Something is wrong with the page as a whole.
    pub(super) fn of_page(said: String) -> Self {
        Self { field: "page".to_owned(), said }
    }
}

/// The controls of a page.
pub(super) struct PageShown {
    /// The heading over them: the group they belong to.
    pub(super) heading: Option<String>,
    /// The questions.
    pub(super) questions: Vec<Asked>,
}

/// One question looked over.
pub(super) struct Line {
    /// The page on which it can be changed.
    pub(super) page: String,
    /// The question.
    pub(super) question: String,
    /// The answer; none when there is none.
    pub(super) answer: Option<String>,
}

/// The form as this person fills it in.
pub(super) struct Shown<'v> {
    words: Words<'v>,
    // Reading a page changes what has been answered, and with it which pages there are.
    filling: Mutex<Filling>,
}

impl<'v> Shown<'v> {
    /// What has been answered so far.
    pub(super) fn of(visit: &Visit<'v>, carried: &Carried) -> Self {
        let form = &visit.opened.form;
        let language = name_of(form.form(), visit.words.lang());
        let filling = filling_in(visit.visitor.cx(), form, &carried.answers, carried.answer, &language);
        Self { words: visit.words, filling: Mutex::new(filling) }
    }

    fn filling(&self) -> MutexGuard<'_, Filling> {
        self.filling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pages that are asked now.
    pub(super) fn pages(&self) -> Vec<String> {
        self.filling().pages().into_iter().map(|page| page.id).collect()
    }

    /// The first of them.
    pub(super) fn first_page(&self) -> String {
        self.pages().into_iter().next().unwrap_or_default()
    }

    /// Whether a page is asked now.
    pub(super) fn has_page(&self, page: &str) -> bool {
        self.filling().page(page).is_some()
    }

    /// The page after one.
    pub(super) fn after(&self, page: &str) -> Option<String> {
        self.filling().next_after(page).map(|page| page.id)
    }

    /// The page before one.
    pub(super) fn before(&self, page: &str) -> Option<String> {
        self.filling().previous_before(page).map(|page| page.id)
    }

    /// Which page of how many.
    pub(super) fn progress(&self, page: &str) -> (u64, u64) {
        let pages = self.pages();
        let at = pages.iter().position(|id| id == page).map_or(1, |at| at + 1);
        (u64::try_from(at).unwrap_or(1), u64::try_from(pages.len()).unwrap_or(1))
    }

    /// What has been answered, to be carried on. What could not be kept is left out.
    pub(super) fn answers(&self) -> Value {
        self.filling().answers()
    }

    /// Takes what a page sent, and says what is wrong with it.
    pub(super) fn take(&self, page: &str, typed: &Typed) -> Vec<Fault> {
        let mut filling = self.filling();
        let pairs = pairs_of(&filling, page, typed.pairs());
        let taken = filling.take_page(page, &pairs);
        taken.faults.iter().map(|fault| self.fault(fault)).collect()
    }

    /// The first page on which something is wrong, with what.
    pub(super) fn first_faults(&self) -> (String, Vec<Fault>) {
        let filling = self.filling();
        let Some(page) = filling.first_wrong() else {
            drop(filling);
            return (self.first_page(), Vec::new());
        };
        let paths: Vec<&str> = page.questions().collect();
        let faults = filling
            .check()
            .iter()
            .filter(|fault| paths.contains(&fault.question.as_str()))
            .map(|fault| self.fault(fault))
            .collect();
        (page.id.clone(), faults)
    }

    /// The controls of a page.
    pub(super) fn page(&self, page: &str, faults: &[Fault]) -> PageShown {
        let filling = self.filling();
        let Some(view) = filling.view(page) else {
            return PageShown { heading: None, questions: Vec::new() };
        };
        let heading = heading(&view);
        let form = filling.compiled().form();
        let questions = view
            .questions
            .iter()
            .map(|question| {
                let mut control = asked_of(form, question);
                control.fault =
                    faults.iter().find(|fault| fault.field == control.field).map(|fault| fault.said.clone());
                control
            })
            .collect();
        PageShown { heading, questions }
    }

    /// Everything that is asked, with what was answered.
    pub(super) fn summary(&self) -> Vec<Line> {
        self.filling()
            .summary()
            .into_iter()
            .map(|line| Line {
                page: line.page,
                question: line.question,
                answer: (!line.answer.is_empty()).then(|| line.answer.join("\n")),
            })
            .collect()
    }

    fn fault(&self, fault: &AnswerFault) -> Fault {
        Fault { field: fault.question.clone(), said: fault_sentence(self.words, fault) }
    }
}

/// The other languages of a form: tag, and name without it.
pub(super) fn other_languages(form: &Form, shown: &str) -> Vec<(String, String)> {
    form.languages
        .iter()
        .filter_map(|language| {
            let tag = language.tag.clone().filter(|tag| tag != shown)?;
            let name = language.name.split(" (").next().unwrap_or(&language.name);
            Some((tag, name.to_owned()))
        })
        .collect()
}

/// Whether the translation of a language waits for review by a speaker.
pub(super) fn is_unreviewed(form: &Form, tag: &str) -> bool {
    let unreviewed = form.settings.get("unreviewed").map_or("", String::as_str);
    unreviewed.split_whitespace().any(|other| other == tag)
}

/// The sentence of a reason, with instants and days as people read them.
pub(crate) fn sentence(w: Words<'_>, reason: &Reason) -> String {
    let values: Vec<(String, String)> = reason
        .values
        .iter()
        .map(|(name, value)| {
            let said = value.parse::<Timestamp>().map_or_else(|_| value.clone(), |at| minute(w, at));
            (name.clone(), said)
        })
        .collect();
    w.with_pairs(&reason.key, &values)
}

/// A minute, as people in Scotland read it.
pub(super) fn minute(w: Words<'_>, at: Timestamp) -> String {
    w.date_time(&in_london(at))
}
