//! An instrument from TOML.
//!
//! ```toml
//! [instrument]
//! key = "staff-survey"
//! title = "Survey of staff"
//! audience = "staff"
//! minutes = 10
//! source = "Fictional"
//! confirmed = false
//!
//! [[section]]
//! key = "about"
//! title = "About you"
//!
//! [[question]]
//! key = "role"
//! section = "about"
//! kind = "choice"
//! label = "What is your role?"
//! required = true
//! choices = [{ value = "social-work", label = "Social work" }, { value = "other", label = "Another role" }]
//!
//! [[question]]
//! key = "role-other"
//! section = "about"
//! kind = "text"
//! label = "Which role?"
//! relevant = { question = "role", is = "other" }
//! ```
//!
//! All faults are found in one go, each with its line. Rules between questions (unknown section, relevance)
//! are checked in the order of the file, so that a question can only depend on one that was asked before.

use std::collections::HashSet;

use toml::Spanned;

use crate::instrument::{Choice, Instrument, Question, QuestionKind, Relevant, Section};
use crate::tree::{Lines, Node};

/// The widest numbered scale: more levels than this cannot be offered as buttons.
pub const WIDEST_SCALE: i64 = 21;

/// Something wrong in the text of an instrument. The reader is the person who edits the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Fault {
    /// Line in the file, the first is 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl Instrument {
    /// Reads an instrument from TOML.
    ///
    /// # Errors
    /// Every fault with its line, in the order of the lines.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let lines = Lines::of(text);
        let root: Node = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| lines.line(span.start));
            vec![Fault { line, message: error.message().to_owned() }]
        })?;
        let mut reader = Reader { lines, faults: Vec::new() };
        let instrument = reader.instrument(root);
        let mut faults = reader.faults;
        match instrument {
            Some(instrument) if faults.is_empty() => Ok(instrument),
            _ => {
                faults.sort_by_key(|fault| fault.line);
                Err(faults)
            }
        }
    }
}

/// A table whose properties are taken out one by one; what is left over is unknown.
struct Properties {
    what: &'static str,
    line: usize,
    entries: Vec<(Spanned<String>, Spanned<Node>)>,
}

struct Reader {
    lines: Lines,
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(Fault { line, message: message.into() });
    }

    fn instrument(&mut self, root: Node) -> Option<Instrument> {
        let Node::Table(entries) = root else { return None };
        let mut root = Properties { what: "the file", line: 1, entries };
        let head = self.take(&mut root, "instrument");
        let sections = self.take_list(&mut root, "section");
        let questions = self.take_list(&mut root, "question");
        self.refuse_rest(root);

        let Some(head) = head else {
            self.fault(1, "the table [instrument] is missing");
            return None;
        };
        let mut head = self.properties(head, "instrument")?;
        let mut instrument = Instrument {
            key: self.key(&mut head).unwrap_or_default(),
            title: self.required_text(&mut head, "title").unwrap_or_default(),
            audience: self.required_text(&mut head, "audience").unwrap_or_default(),
            minutes: self.minutes(&mut head),
            source: self.required_text(&mut head, "source").unwrap_or_default(),
            confirmed: self.confirmed(&mut head),
            sections: Vec::new(),
            questions: Vec::new(),
        };
        let head_line = head.line;
        self.refuse_rest(head);
        if questions.is_empty() {
            self.fault(head_line, "an instrument needs at least one [[question]]");
        }

        let mut seen = HashSet::new();
        for section in sections {
            let Some(mut properties) = self.properties(section, "section") else { continue };
            let line = properties.line;
            let key = self.key(&mut properties);
            let title = self.required_text(&mut properties, "title").unwrap_or_default();
            self.refuse_rest(properties);
            let Some(key) = key else { continue };
            if !seen.insert(key.clone()) {
                self.fault(line, format!("the section key \"{key}\" is used twice"));
            }
            instrument.sections.push(Section { key, title });
        }

        let keys: Vec<String> = questions.iter().filter_map(written_key).collect();
        let mut seen = HashSet::new();
        for question in questions {
            let Some(properties) = self.properties(question, "question") else { continue };
            let line = properties.line;
            let Some(question) = self.question(properties, &instrument, &keys) else { continue };
            if !seen.insert(question.key.clone()) {
                self.fault(line, format!("the question key \"{}\" is used twice", question.key));
            }
            instrument.questions.push(question);
        }
        Some(instrument)
    }

    fn question(
        &mut self,
        mut properties: Properties,
        before: &Instrument,
        keys: &[String],
    ) -> Option<Question> {
        let line = properties.line;
        let key = self.key(&mut properties);
        let kind = self.kind(&mut properties);
        let label = self.required_text(&mut properties, "label").unwrap_or_default();
        let hint = self.text(&mut properties, "hint").map(|(text, _)| text);
        let section = self.text(&mut properties, "section");
        let required = self.flag(&mut properties, "required").unwrap_or(false);
        let choices = self.choices(&mut properties);
        let min = self.number(&mut properties, "min");
        let max = self.number(&mut properties, "max");
        let indicators = self.texts(&mut properties, "indicators");
        let lines = self.texts(&mut properties, "lines");
        let relevant = self.relevant(&mut properties, before, keys);
        self.refuse_rest(properties);

        if let Some((section, line)) = &section
            && !before.sections.iter().any(|known| known.key == *section)
        {
            self.fault(*line, format!("no [[section]] has the key \"{section}\""));
        }
        let question = Question {
            key: key?,
            section: section.map(|(section, _)| section),
            kind: kind?,
            label,
            hint,
            required,
            choices,
            min,
            max,
            indicators,
            lines,
            relevant,
        };
        self.check_kind(&question, line);
        Some(question)
    }

    /// The properties that only some kinds have.
    fn check_kind(&mut self, question: &Question, line: usize) {
        let name = question.kind.name();
        let key = &question.key;
        let offered = matches!(question.kind, QuestionKind::Choice | QuestionKind::Choices);
        let scale = question.kind == QuestionKind::Scale;
        let bounded = question.min.is_some() || question.max.is_some();
        if offered && question.choices.is_empty() {
            self.fault(line, format!("\"{key}\" is of kind {name} and needs choices"));
        }
        if scale {
            match (question.min, question.max) {
                (None, None) if question.choices.len() >= 2 => {}
                (Some(min), Some(max)) if question.choices.is_empty() => {
                    let width = max.checked_sub(min).and_then(|steps| steps.checked_add(1));
                    if !width.is_some_and(|levels| (2..=WIDEST_SCALE).contains(&levels)) {
                        self.fault(line, format!("the scale \"{key}\" needs 2 to {WIDEST_SCALE} levels"));
                    }
                }
                _ => self.fault(
                    line,
                    format!("the scale \"{key}\" needs either two choices or more, or min and max"),
                ),
            }
        } else if !offered && !question.choices.is_empty() {
            self.fault(line, format!("\"{key}\" is of kind {name}, which has no choices"));
        }
        match question.kind {
            QuestionKind::Scale => {}
            QuestionKind::WholeNumber => {
                if let (Some(min), Some(max)) = (question.min, question.max)
                    && min > max
                {
                    self.fault(line, format!("the min of \"{key}\" is above its max"));
                }
            }
            QuestionKind::Text => {
                if question.min.is_some() {
                    self.fault(line, format!("\"{key}\" is of kind text, which has no min"));
                }
                if question.max.is_some_and(|max| max < 1) {
                    self.fault(line, format!("the max of the text \"{key}\" counts characters: 1 or more"));
                }
            }
            _ if bounded => self.fault(line, format!("\"{key}\" is of kind {name}, which has no min or max")),
            _ => {}
        }
        if question.kind == QuestionKind::Note && question.required {
            self.fault(line, format!("the note \"{key}\" asks nothing and cannot be required"));
        }
    }

    fn kind(&mut self, properties: &mut Properties) -> Option<QuestionKind> {
        let (name, line) = self.required_text_at(properties, "kind")?;
        let kind = QuestionKind::from_name(&name);
        if kind.is_none() {
            let known: Vec<&str> = QuestionKind::ALL.into_iter().map(QuestionKind::name).collect();
            self.fault(line, format!("the kind \"{name}\" is not known; it is one of {}", known.join(", ")));
        }
        kind
    }

    fn choices(&mut self, properties: &mut Properties) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        for item in self.take_list(properties, "choices") {
            let Some(mut item) = self.properties(item, "choice") else { continue };
            let line = item.line;
            let value = self.required_text(&mut item, "value");
            let label = self.required_text(&mut item, "label");
            self.refuse_rest(item);
            let (Some(value), Some(label)) = (value, label) else { continue };
            if choices.iter().any(|choice| choice.value == value) {
                self.fault(line, format!("the choice value \"{value}\" is used twice"));
            }
            choices.push(Choice { value, label });
        }
        choices
    }

    fn relevant(
        &mut self,
        properties: &mut Properties,
        before: &Instrument,
        keys: &[String],
    ) -> Option<Relevant> {
        let node = self.take(properties, "relevant")?;
        let mut condition = self.properties(node, "relevant")?;
        let line = condition.line;
        let question = self.required_text(&mut condition, "question");
        let is = self.required_text(&mut condition, "is");
        self.refuse_rest(condition);
        let (question, is) = (question?, is?);
        match before.question(&question) {
            None if keys.contains(&question) => {
                self.fault(line, format!("relevant names \"{question}\", which is not asked before"));
            }
            None => self.fault(line, format!("relevant names \"{question}\", which is not a question")),
            Some(earlier) => {
                let levels = earlier.levels();
                let possible = match earlier.kind {
                    QuestionKind::Note => false,
                    QuestionKind::WholeNumber => is.parse::<i64>().is_ok(),
                    QuestionKind::Text => true,
                    _ => levels.contains(&is),
                };
                if !possible {
                    self.fault(line, format!("\"{question}\" can never be answered with \"{is}\""));
                }
            }
        }
        Some(Relevant { question, is })
    }

    fn minutes(&mut self, properties: &mut Properties) -> Option<u16> {
        let line = properties.line;
        let minutes = self.number(properties, "minutes")?;
        let minutes = u16::try_from(minutes).ok().filter(|minutes| *minutes > 0);
        if minutes.is_none() {
            self.fault(line, "minutes must be a positive whole number");
        }
        minutes
    }

    fn confirmed(&mut self, properties: &mut Properties) -> bool {
        let line = properties.line;
        let present = properties.entries.iter().any(|(name, _)| name.as_ref() == "confirmed");
        if !present {
            self.fault(line, "the instrument needs confirmed: true when the source was seen, or false");
        }
        self.flag(properties, "confirmed").unwrap_or(false)
    }

    /// A key that can stand in addresses, form fields and columns.
    fn key(&mut self, properties: &mut Properties) -> Option<String> {
        let (key, line) = self.required_text_at(properties, "key")?;
        let fits = key.len() <= 64
            && key.starts_with(|first: char| first.is_ascii_lowercase())
            && key
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte));
        if !fits {
            self.fault(
                line,
                format!("the key \"{key}\" must be a-z, 0-9, - and _, begin with a letter and have at most 64 characters"),
            );
        }
        Some(key)
    }

    fn required_text(&mut self, properties: &mut Properties, name: &str) -> Option<String> {
        self.required_text_at(properties, name).map(|(text, _)| text)
    }

    fn required_text_at(&mut self, properties: &mut Properties, name: &str) -> Option<(String, usize)> {
        if !properties.entries.iter().any(|(key, _)| key.as_ref() == name) {
            let message = format!("the {} needs the property {name}", properties.what);
            self.fault(properties.line, message);
            return None;
        }
        self.text(properties, name)
    }

    fn text(&mut self, properties: &mut Properties, name: &str) -> Option<(String, usize)> {
        let node = self.take(properties, name)?;
        let line = self.lines.line(node.span().start);
        match node.into_inner() {
            Node::Text(text) if !text.trim().is_empty() => Some((text, line)),
            Node::Text(_) => {
                self.fault(line, format!("{name} is empty"));
                None
            }
            _ => {
                self.fault(line, format!("{name} must be a text in quotes"));
                None
            }
        }
    }

    fn texts(&mut self, properties: &mut Properties, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.take_list(properties, name) {
            let line = self.lines.line(item.span().start);
            match item.into_inner() {
                Node::Text(text) => texts.push(text),
                _ => self.fault(line, format!("{name} must be a list of texts in quotes")),
            }
        }
        texts
    }

    fn number(&mut self, properties: &mut Properties, name: &str) -> Option<i64> {
        let node = self.take(properties, name)?;
        let line = self.lines.line(node.span().start);
        if let Node::Number(number) = node.into_inner() {
            return Some(number);
        }
        self.fault(line, format!("{name} must be a whole number"));
        None
    }

    fn flag(&mut self, properties: &mut Properties, name: &str) -> Option<bool> {
        let node = self.take(properties, name)?;
        let line = self.lines.line(node.span().start);
        if let Node::Flag(flag) = node.into_inner() {
            return Some(flag);
        }
        self.fault(line, format!("{name} must be true or false"));
        None
    }

    #[expect(clippy::unused_self, reason = "reads as its sisters, which report faults")]
    fn take(&mut self, properties: &mut Properties, name: &str) -> Option<Spanned<Node>> {
        let at = properties.entries.iter().position(|(key, _)| key.as_ref() == name)?;
        Some(properties.entries.remove(at).1)
    }

    fn take_list(&mut self, properties: &mut Properties, name: &str) -> Vec<Spanned<Node>> {
        let Some(node) = self.take(properties, name) else { return Vec::new() };
        let line = self.lines.line(node.span().start);
        if let Node::List(items) = node.into_inner() {
            return items;
        }
        self.fault(line, format!("{name} must be a list"));
        Vec::new()
    }

    fn properties(&mut self, node: Spanned<Node>, what: &'static str) -> Option<Properties> {
        let line = self.lines.line(node.span().start);
        if let Node::Table(entries) = node.into_inner() {
            return Some(Properties { what, line, entries });
        }
        self.fault(line, format!("{what} must be a table"));
        None
    }

    fn refuse_rest(&mut self, properties: Properties) {
        for (name, _) in properties.entries {
            let line = self.lines.line(name.span().start);
            self.fault(line, format!("{} has no property \"{}\"", properties.what, name.as_ref()));
        }
    }
}

/// The key of a question before anything is checked, to tell "asked later" from "not asked at all".
fn written_key(question: &Spanned<Node>) -> Option<String> {
    let Node::Table(entries) = question.as_ref() else { return None };
    entries.iter().find_map(|(name, value)| match (name.as_ref().as_str(), value.as_ref()) {
        ("key", Node::Text(key)) => Some(key.clone()),
        _ => None,
    })
}
