//! What the pages of a survey carry from one to the next, since nothing is kept before the answer is sent: neither on
//! the server nor, unless the person says so, on the device. Everything that comes back is distrusted and read anew.

use keyline_domain::ids::AnswerId;
use keyline_words::Words;
use maud::{Markup, html};
use serde_json::Value;

use crate::components::hidden;
use crate::frame::{Typed, Visitor};

/// Fields of the form beside the questions. No question has a name that begins with a line.
pub(super) const ANSWER: &str = "-answer";
pub(super) const ANSWERS: &str = "-answers";
pub(super) const PAGE: &str = "-page";
pub(super) const ACT: &str = "-act";
pub(super) const LANGUAGE: &str = "-language";
/// The page that looks over, in [`PAGE`].
pub(super) const END: &str = "end";
pub(super) const CODE: &str = "code";
pub(super) const CONTACT: &str = "contact";

/// Longest text of answers that is read: far above any form of the programmes, far below what would hurt.
const LONGEST: usize = 400_000;

/// What a page carries.
#[derive(Clone)]
pub(super) struct Carried {
    /// The random id, so that sending twice counts once.
    pub(super) answer: AnswerId,
    /// What has been answered so far.
    pub(super) answers: Value,
    /// The page that was shown.
    pub(super) page: String,
    /// What the person wants to do.
    pub(super) act: String,
    /// The language of the page.
    pub(super) language: String,
    /// The code, as typed.
    pub(super) code: String,
    /// What was left to be contacted.
    pub(super) contact: String,
    /// Whether something of it could not be read.
    pub(super) damaged: bool,
}

impl Carried {
    /// Reads it from a form.
    pub(super) fn of(visitor: &Visitor, typed: &Typed) -> Self {
        let text = typed.get(ANSWERS);
        let read = if text.is_empty() {
            Some(Value::Object(serde_json::Map::new()))
        } else {
            Some(text)
                .filter(|text| text.len() <= LONGEST)
                .and_then(|text| serde_json::from_str(text).ok())
                .filter(Value::is_object)
        };
        Self {
            answer: typed.parse(ANSWER).unwrap_or_else(|| AnswerId::random(visitor.cx().random())),
            damaged: read.is_none(),
            answers: read.unwrap_or_else(|| Value::Object(serde_json::Map::new())),
            page: typed.get(PAGE).to_owned(),
            act: typed.get(ACT).to_owned(),
            language: typed.get(LANGUAGE).to_owned(),
            code: typed.get(CODE).to_owned(),
            contact: typed.get(CONTACT).to_owned(),
        }
    }

    /// The fields with which the next page carries it.
    pub(super) fn fields(&self, page: &str) -> Markup {
        html! {
            (hidden(ANSWER, self.answer))
            (hidden(ANSWERS, &self.answers))
            (hidden(PAGE, page))
            (hidden(LANGUAGE, &self.language))
            @if !self.code.is_empty() { (hidden(CODE, &self.code)) }
            // The page that looks over has a field for it.
            @if page != END && !self.contact.is_empty() { (hidden(CONTACT, &self.contact)) }
        }
    }
}

/// The words of a language that a survey may be read in.
pub(super) fn words_in<'v>(visitor: &'v Visitor, language: &str) -> Words<'v> {
    visitor.app().words(language)
}
