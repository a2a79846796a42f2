//! Surveys on paper: the questions of an instrument to be filled in by hand, cards that invite, a sheet that reminds.
//!
//! | module | subject |
//! | --- | --- |
//! | [`self`] | [`paper_form`]: from the instrument to the document, item by item |
//! | [`words`] | the few words that the paper needs in its language |
//! | [`questions`] (private) | the room that the answer to a question needs |
//! | [`conditions`] (private) | `relevant` said in words |
//! | [`sheets`] | [`invitation_sheet`] and [`reminder_sheet`] |
//!
//! The paper asks what the pages ask: same words, same order, and the numbers that a condition names are those printed.
//! What only a device can answer (places, files, values that are worked out) is left out, and so whoever keys in an
//! answer finds no such question on the paper. To let the paper ask a new kind of question, give it room in
//! [`questions`].

mod conditions;
mod questions;
pub mod sheets;
#[cfg(test)]
mod tests;
pub mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;
use keyline_forms::form::{Form, Group, Item, Question, Text, references};

use crate::documents::{Block, Document, DocumentKind, PaperQuestion, Room, Run};

pub use sheets::{Invitation, InvitationWords, Reminder, SheetHead, invitation_sheet, reminder_sheet};
pub use words::PaperWords;

/// How many boxes there are for the number of the sheet.
const SHEET_DIGITS: u8 = 5;
/// Headings are at most this deep.
const DEEPEST_HEADING: u8 = 3;
/// What stands where the pages would put in an answer.
const ANSWER_LEFT_OPEN: &str = "…";

/// What stands around the questions.
#[derive(Debug, Clone)]
pub struct PaperHead {
    /// Title; when empty, that of the form.
    pub title: String,
    /// Line under the title; empty for none.
    pub subtitle: String,
    /// Who asks.
    pub author: String,
    /// Day of the print.
    pub date: Date,
    /// The day in words.
    pub date_text: String,
    /// Whether to print it in large letters, as for children.
    pub large: bool,
    /// What is said before the first question.
    pub introduction: Vec<Block>,
    /// What happens with the answers; set apart at the end. Headings in it become paragraphs.
    pub notice: Vec<Block>,
    /// Where to find help; set apart after the notice. Headings in it become paragraphs.
    pub help: Vec<Block>,
}

/// The paper version of an instrument in one of its languages.
///
/// `language` is a language tag, for example `en-GB` or `ar`; texts are those of the form's language with that tag, or
/// with the same language in it (`en`), else those of the form's default language.
pub fn paper_form(form: &Form, language: &str, words: &PaperWords<'_>, head: PaperHead) -> Document {
    let title = if head.title.is_empty() { form.title.clone() } else { head.title };
    let kind = if head.large { DocumentKind::LargeQuestionnaire } else { DocumentKind::Questionnaire };
    let mut document = Document::new(kind, title, language, head.author, head.date, head.date_text);
    document.subtitle = head.subtitle;
    document.blocks.push(Block::question(PaperQuestion {
        text: words.sheet_number.clone(),
        hint: words.sheet_number_hint.clone(),
        room: Room::digits([(String::new(), SHEET_DIGITS)]),
        ..PaperQuestion::default()
    }));
    document.blocks.extend(head.introduction);
    let mut paper = Paper {
        form,
        wanted: language_name(form, language),
        words,
        numbers: numbers(form),
        blocks: Vec::new(),
    };
    paper.items(&form.items, 1, "");
    document.blocks.append(&mut paper.blocks);
    without_skips(&mut document.blocks);
    for (title, blocks) in [(&words.notice_title, head.notice), (&words.help_title, head.help)] {
        if !blocks.is_empty() {
            let blocks = blocks.into_iter().map(without_heading).collect();
            document.blocks.push(Block::Callout { title: title.clone(), blocks });
        }
    }
    document
}

/// The name that a form calls a language by: that of the same tag, else of the same language without region.
fn language_name<'f>(form: &'f Form, tag: &str) -> &'f str {
    let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let tagged = |wanted: &dyn Fn(&str) -> bool| {
        form.languages.iter().find(|language| language.tag.as_deref().is_some_and(wanted))
    };
    tagged(&|other| other.eq_ignore_ascii_case(tag))
        .or_else(|| tagged(&|other| main(other) == main(tag)))
        .map_or(form.unnamed_language(), |language| &language.name)
}

/// The number of each question that is printed with one, by its name. Names in different groups may be the same: the
/// first one is meant, as elsewhere in a form.
fn numbers(form: &Form) -> BTreeMap<&str, usize> {
    let mut numbers = BTreeMap::new();
    let asked = form.questions().filter(|question| questions::is_asked(question));
    for (n, question) in asked.enumerate() {
        numbers.entry(question.name.as_str()).or_insert(n + 1);
    }
    numbers
}

/// Lifts headings that would skip a level, since the introduction comes from elsewhere and may have lost its title.
fn without_skips(blocks: &mut [Block]) {
    let mut before = 0;
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            *level = (*level).clamp(1, before + 1).min(DEEPEST_HEADING);
            before = *level;
        }
    }
}

fn without_heading(block: Block) -> Block {
    match block {
        Block::Heading { text, .. } => Block::Paragraph { runs: vec![Run::strong(text)] },
        other => other,
    }
}

/// The paper while it is being written.
struct Paper<'f> {
    form: &'f Form,
    /// Name of the language, as the form calls it.
    wanted: &'f str,
    words: &'f PaperWords<'f>,
    numbers: BTreeMap<&'f str, usize>,
    blocks: Vec<Block>,
}

impl<'f> Paper<'f> {
    /// The items of a group at this depth of headings. `condition` is what groups without a heading ask of each of them.
    fn items(&mut self, items: &'f [Item], depth: u8, condition: &str) {
        for item in items {
            match item {
                Item::Question(question) if questions::is_asked(question) => {
                    self.question(question, condition);
                }
                Item::Question(question) if questions::is_read(question) => self.note(question, condition),
                Item::Question(_) => {}
                Item::Group(group) => self.group(group, depth, condition, false),
                Item::Repeat(repeat) => self.group(&repeat.group, depth, condition, true),
            }
        }
    }

    fn group(&mut self, group: &'f Group, depth: u8, condition: &str, repeated: bool) {
        let before = self.blocks.len();
        let own = self.condition(group.relevant.as_deref());
        let condition = joined(condition, &own);
        let heading = self.say(&group.label);
        if heading.is_empty() {
            self.items(&group.items, depth, &condition);
            return;
        }
        self.blocks.push(Block::heading(depth.min(DEEPEST_HEADING), heading));
        if !condition.is_empty() {
            self.blocks.push(Block::Paragraph { runs: vec![Run::strong(condition)] });
        }
        if repeated && !self.words.copy_for_more.is_empty() {
            self.blocks.push(Block::paragraph(&*self.words.copy_for_more));
        }
        let empty = self.blocks.len();
        self.items(&group.items, depth + 1, "");
        if self.blocks.len() == empty {
            // nothing in it is for paper
            self.blocks.truncate(before);
        }
    }

    fn question(&mut self, question: &'f Question, condition: &str) {
        let (instruction, room) = questions::room(self.form, question, self.wanted, self.words);
        let must = question.required.as_deref().and_then(keyline_forms::form::yes_or_no) == Some(true);
        let label = self.say(&question.label);
        let hint = self.say(&question.hint);
        // a question may be put in its hint alone, and one without either still has its name
        let (text, hint) = match (label.is_empty(), hint.is_empty()) {
            (false, _) => (label, hint),
            (true, false) => (hint, String::new()),
            (true, true) => (question.name.clone(), String::new()),
        };
        let own = self.condition(question.relevant.as_deref());
        self.blocks.push(Block::question(PaperQuestion {
            number: self.numbers.get(question.name.as_str()).map(ToString::to_string).unwrap_or_default(),
            text,
            hint,
            condition: joined(condition, &own),
            instruction: if must { joined(&instruction, &self.words.please_answer) } else { instruction },
            symbol: questions::symbol(&question.extra),
            room,
        }));
    }

    fn note(&mut self, note: &'f Question, condition: &str) {
        let condition = joined(condition, &self.condition(note.relevant.as_deref()));
        let said = [self.say(&note.label), self.say(&note.hint)];
        let mut paragraphs = said.iter().flat_map(|text| Block::paragraphs(text)).collect::<Vec<_>>();
        if let (Some(Block::Paragraph { runs }), false) = (paragraphs.first_mut(), condition.is_empty()) {
            runs.insert(0, Run::strong(format!("{condition} ")));
        }
        self.blocks.append(&mut paragraphs);
    }

    fn condition(&self, relevant: Option<&str>) -> String {
        relevant.map_or_else(String::new, |written| {
            conditions::in_words(written, self.form, self.wanted, &self.numbers, self.words)
        })
    }

    fn say(&self, text: &Text) -> String {
        said(text, self.form, self.wanted)
    }
}

/// A text of the form in the wanted language, with a gap where the pages would put in an answer.
fn said(text: &Text, form: &Form, wanted: &str) -> String {
    let text = text.in_language(wanted, form.unnamed_language()).trim();
    let mut out = String::new();
    let mut from = 0;
    for reference in references(text).unwrap_or_default() {
        out.push_str(&text[from..reference.span.start]);
        out.push_str(ANSWER_LEFT_OPEN);
        from = reference.span.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Two sentences, of which either may be empty.
fn joined(one: &str, other: &str) -> String {
    [one, other].into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(" ")
}
