//! Submissions of ODK's clients: answers in XML, as JSON and back.
//!
//! The JSON is that of [`crate::answering`]; whoever receives it goes on with [`crate::answering::Filling::resume`], which
//! trusts nothing in it. Here it is only taken apart: what the form has no place for is named and left out.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::markup::Markup;
use crate::answering::{Compiled, kinds, outcome};
use crate::expression::shape::{ShapeId, TOP};
use crate::form::{Kind, Question};

/// How deep elements may stand in each other; a form is not as deep.
const DEEPEST: usize = 100;

/// How many elements without a place are named.
const MOST_NAMED: usize = 100;

/// A submission, taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Received {
    /// The form that it says it answers.
    pub form_id: String,
    /// The version of that form, when it says one.
    pub version: Option<String>,
    /// Its own id: the same for the same submission sent twice.
    pub instance_id: Option<String>,
    /// The id of the submission that this one corrects.
    pub deprecated_id: Option<String>,
    /// The name that the form gives it.
    pub instance_name: Option<String>,
    /// The answers.
    pub answers: Value,
    /// Names of the files that were answers: pictures, sounds, the log of the client.
    pub files: Vec<String>,
    /// Paths of elements with a text that the form has no place for, at most a hundred.
    pub unknown: Vec<String>,
}

/// Why something is no submission.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnswers {
    /// It is not XML, or a kind of XML that is not accepted here (document types, entities of one's own).
    #[error("not well-formed XML: {0}")]
    NotXml(String),
    /// Elements stand in each other deeper than any form.
    #[error("elements are nested too deep")]
    TooDeep,
    /// There is no element in it.
    #[error("there is no element in it")]
    Empty,
}

/// The id and version of the form that a submission answers, without reading the rest: to find the form.
///
/// # Errors
/// [`NotAnswers`] when there is no first element.
pub fn form_of(xml: &str) -> Result<(String, Option<String>), NotAnswers> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| NotAnswers::NotXml(error.to_string()))? {
            Event::Start(start) | Event::Empty(start) => {
                let id = attribute(&start, "id")?.unwrap_or_default();
                return Ok((id, attribute(&start, "version")?));
            }
            Event::DocType(_) => return Err(doctype()),
            Event::Eof => return Err(NotAnswers::Empty),
            _ => {}
        }
    }
}

fn doctype() -> NotAnswers {
    NotAnswers::NotXml("document types are not accepted".to_owned())
}

/// Takes a submission apart.
///
/// # Errors
/// [`NotAnswers`]; what merely has no place in the form is no error.
pub fn read_answers(compiled: &Compiled, xml: &str) -> Result<Received, NotAnswers> {
    let mut reader = Reader::from_str(xml);
    let mut taking = Taking::new(compiled);
    loop {
        let event = reader.read_event().map_err(|error| NotAnswers::NotXml(error.to_string()))?;
        match event {
            Event::Start(start) => taking.start(&start)?,
            Event::Empty(start) => {
                taking.start(&start)?;
                taking.end();
            }
            Event::End(_) => taking.end(),
            Event::Text(text) => taking.text(&text),
            Event::CData(text) => taking.text(&text),
            Event::GeneralRef(name) => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*name))
                    .map_err(|error| NotAnswers::NotXml(error.to_string()))?
                    .into_owned();
                taking.text(&text);
            }
            Event::DocType(_) => return Err(doctype()),
            Event::Eof => break,
            _ => {}
        }
    }
    taking.finish()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, NotAnswers> {
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| NotAnswers::NotXml(error.to_string()))?;
        if attribute.key.as_ref() == name {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| NotAnswers::NotXml(error.to_string()))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// An element that was begun.
struct Open {
    name: String,
    /// The node of the form that it is; none for what the form has no place for.
    node: Option<ShapeId>,
    text: String,
    /// The answers in it, when it is an object in JSON.
    answers: Option<Map<String, Value>>,
    /// A template of a repeat, in which nobody answered.
    template: bool,
}

struct Taking<'a> {
    compiled: &'a Compiled,
    questions: Vec<Option<&'a Question>>,
    /// By parent and name: nobody should wait because a submission repeats a long form's first name.
    children: HashMap<(ShapeId, &'a str), ShapeId>,
    open: Vec<Open>,
    received: Option<Received>,
    seen: Received,
}

impl<'a> Taking<'a> {
    fn new(compiled: &'a Compiled) -> Self {
        let questions = outcome::questions_by_node(compiled.form(), compiled.names().shape.len());
        let shape = &compiled.names().shape;
        let mut children = HashMap::with_capacity(shape.len());
        let mut open = vec![TOP];
        while let Some(node) = open.pop() {
            for child in &shape.node(node).children {
                children.entry((node, shape.node(*child).name.as_str())).or_insert(*child);
                open.push(*child);
            }
        }
        Self { compiled, questions, children, open: Vec::new(), received: None, seen: Received::default() }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), NotAnswers> {
        if self.open.len() == DEEPEST {
            return Err(NotAnswers::TooDeep);
        }
        if self.received.is_some() {
            return Err(NotAnswers::NotXml("there are several topmost elements".to_owned()));
        }
        let local = start.local_name();
        let name: &str = local.as_ref();
        let template = attribute(start, "jr:template")?.is_some();
        let Some(parent) = self.open.last() else {
            self.seen.form_id = attribute(start, "id")?.unwrap_or_default();
            self.seen.version = attribute(start, "version")?;
            self.open.push(Open {
                name: name.to_owned(),
                node: Some(TOP),
                text: String::new(),
                answers: Some(Map::new()),
                template: false,
            });
            return Ok(());
        };
        let template = template || parent.template;
        let node = parent.node.and_then(|node| self.children.get(&(node, name)).copied());
        let holds = node.is_some_and(|node| self.compiled.layout().holds(node));
        self.open.push(Open {
            name: name.to_owned(),
            node,
            text: String::new(),
            answers: holds.then(Map::new),
            template,
        });
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.template {
            return;
        }
        if self.open.is_empty() {
            let answers = Value::Object(open.answers.unwrap_or_default());
            self.received = Some(Received { answers, ..std::mem::take(&mut self.seen) });
            return;
        }
        let text = open.text.trim();
        let in_meta = self.open.len() == 2 && self.open[1].name == "meta";
        if in_meta && self.about(&open.name, text) {
            return;
        }
        let Some(node) = open.node else {
            if !text.is_empty() {
                self.unknown(&open.name);
            }
            return;
        };
        let value = match (self.questions.get(node as usize).copied().flatten(), open.answers) {
            (Some(_), _) if text.is_empty() => return,
            (Some(question), _) => {
                if question.kind.is_upload() {
                    self.seen.files.push(text.to_owned());
                }
                kinds::to_json(question.kind, false, text)
            }
            (None, Some(answers)) => Value::Object(answers),
            (None, None) => return,
        };
        let is_repeat = self.compiled.names().shape.node(node).repeat;
        let Some(holder) = self.open.iter_mut().rev().find_map(|open| open.answers.as_mut()) else { return };
        match (is_repeat, holder.get_mut(&open.name)) {
            (true, Some(Value::Array(entries))) => entries.push(value),
            (true, _) => {
                holder.insert(open.name, Value::Array(vec![value]));
            }
            (false, None) => {
                if value.as_object().is_none_or(|object| !object.is_empty()) {
                    holder.insert(open.name, value);
                }
            }
            (false, Some(_)) => self.unknown(&open.name),
        }
    }

    /// What is about the submission and no answer.
    fn about(&mut self, name: &str, text: &str) -> bool {
        let text = Some(text.to_owned()).filter(|text| !text.is_empty());
        match name {
            "instanceID" => self.seen.instance_id = text,
            "deprecatedID" => self.seen.deprecated_id = text,
            "instanceName" => self.seen.instance_name = text,
            "audit" => self.seen.files.extend(text),
            _ => return false,
        }
        true
    }

    fn unknown(&mut self, name: &str) {
        if self.seen.unknown.len() < MOST_NAMED {
            let path: Vec<&str> = self.open.iter().map(|open| open.name.as_str()).chain([name]).collect();
            self.seen.unknown.push(format!("/{}", path.join("/")));
        }
    }

    fn finish(self) -> Result<Received, NotAnswers> {
        if !self.open.is_empty() {
            return Err(NotAnswers::NotXml("an element is not closed".to_owned()));
        }
        self.received.ok_or(NotAnswers::Empty)
    }
}

/// Answers as a submission in XML. Everything that the form has stands in it, empty where it was not answered.
pub fn write_answers(
    compiled: &Compiled,
    answers: &Value,
    instance_id: &str,
    deprecated_id: Option<&str>,
) -> String {
    let form = compiled.form();
    let questions = outcome::questions_by_node(form, compiled.names().shape.len());
    let mut markup = Markup::new(questions.len() * 64);
    markup.start(&form.name);
    markup.attribute("id", &form.id);
    if let Some(version) = &form.version {
        markup.attribute("version", version);
    }
    if let Some(namespace) = form.settings.get("instance_xmlns") {
        markup.attribute("xmlns", namespace);
    }
    let none = Map::new();
    let writing = Writing { compiled, questions };
    writing.inside(TOP, answers.as_object().unwrap_or(&none), &mut markup);
    markup.start("meta");
    markup.element("instanceID", instance_id);
    if let Some(deprecated_id) = deprecated_id {
        markup.element("deprecatedID", deprecated_id);
    }
    markup.end();
    markup.end();
    markup.finish()
}

struct Writing<'a> {
    compiled: &'a Compiled,
    questions: Vec<Option<&'a Question>>,
}

impl Writing<'_> {
    fn inside(&self, node: ShapeId, answers: &Map<String, Value>, markup: &mut Markup) {
        let shape = &self.compiled.names().shape;
        for child in &shape.node(node).children {
            let of = shape.node(*child);
            let value = answers.get(&of.name);
            match self.questions.get(*child as usize).copied().flatten() {
                Some(question) if question.kind == Kind::Audit => {}
                Some(question) => {
                    let texts = value.and_then(kinds::from_json).unwrap_or_default();
                    markup.element(&question.name, &texts.join(" "));
                }
                // What is about the submission is written last.
                None if node == TOP && of.name == "meta" => {}
                None if of.repeat => {
                    for entry in value.and_then(Value::as_array).into_iter().flatten() {
                        self.object(*child, &of.name, entry.as_object(), markup);
                    }
                }
                None if self.compiled.layout().holds(*child) => {
                    self.object(*child, &of.name, value.and_then(Value::as_object), markup);
                }
                None => self.object(*child, &of.name, Some(answers), markup),
            }
        }
    }

    fn object(&self, node: ShapeId, name: &str, answers: Option<&Map<String, Value>>, markup: &mut Markup) {
        let none = Map::new();
        markup.start(name);
        self.inside(node, answers.unwrap_or(&none), markup);
        markup.end();
    }
}
