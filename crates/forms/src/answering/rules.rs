//! The rules of each row of a form, read once: expressions with their names looked up, faults with their column.

use crate::expression::compile::Scope;
use crate::expression::shape::{ShapeId, TOP};
use crate::expression::{Expression, Names};
use crate::form::{
    ChoicesFrom, Fault, Form, Group, Item, Place, Question, Repeat, Text, references, yes_or_no,
};

use super::words::expressions_in;

/// Something that is always so, never so, or decided by an expression.
#[derive(Debug, Clone)]
pub(super) enum Switch {
    Always,
    Never,
    When(Expression),
}

impl Switch {
    pub(super) fn expression(&self) -> Option<&Expression> {
        match self {
            Self::When(expression) => Some(expression),
            Self::Always | Self::Never => None,
        }
    }
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Row {
    /// The topmost node, and the block about the submission.
    Frame,
    Question(Box<Question>),
    /// Without its items.
    Group(Box<Group>),
    /// Without its items.
    Repeat(Box<Repeat>),
}

/// Where a question's choices are.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// In a list of the form.
    List(u32),
    /// The answers to a question in a repeat.
    Answers(ShapeId),
}

/// The rules of one node.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) row: Row,
    pub(super) relevant: Switch,
    pub(super) required: Switch,
    pub(super) read_only: Switch,
    pub(super) constraint: Option<Expression>,
    pub(super) calculation: Option<Expression>,
    /// The value at the start, where it is an expression.
    pub(super) default: Option<Expression>,
    pub(super) choices: Option<Source>,
    pub(super) choice_filter: Option<Expression>,
    /// Whether the choices are shuffled.
    pub(super) shuffled: bool,
    pub(super) seed: Option<Expression>,
    pub(super) count: Option<Expression>,
    /// The questions after whose change the calculation is done (and only then).
    pub(super) trigger: Vec<ShapeId>,
}

impl Rules {
    fn none(row: Row) -> Self {
        Self {
            row,
            relevant: Switch::Always,
            required: Switch::Never,
            read_only: Switch::Never,
            constraint: None,
            calculation: None,
            default: None,
            choices: None,
            choice_filter: None,
            shuffled: false,
            seed: None,
            count: None,
            trigger: Vec::new(),
        }
    }

    pub(super) fn question(&self) -> Option<&Question> {
        match &self.row {
            Row::Question(question) => Some(question),
            _ => None,
        }
    }

    pub(super) fn place(&self) -> Option<&Place> {
        match &self.row {
            Row::Frame => None,
            Row::Question(question) => Some(&question.place),
            Row::Group(group) => Some(&group.place),
            Row::Repeat(repeat) => Some(&repeat.group.place),
        }
    }

    pub(super) fn label(&self) -> Option<&Text> {
        match &self.row {
            Row::Frame => None,
            Row::Question(question) => Some(&question.label),
            Row::Group(group) => Some(&group.label),
            Row::Repeat(repeat) => Some(&repeat.group.label),
        }
    }

    /// Whether everything within is on one page.
    pub(super) fn is_one_page(&self) -> bool {
        match &self.row {
            Row::Group(group) => group.appears("field-list"),
            Row::Repeat(repeat) => repeat.group.appears("field-list"),
            _ => false,
        }
    }

    pub(super) fn is_group(&self) -> bool {
        matches!(self.row, Row::Group(_) | Row::Repeat(_))
    }
}

/// Reads the rules of a form.
pub(super) struct Reader<'a> {
    pub(super) names: &'a Names,
    pub(super) form: &'a Form,
    pub(super) rules: Vec<Rules>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// The rules by node, and all faults.
    pub(super) fn read(form: &'a Form, names: &'a Names) -> (Vec<Rules>, Vec<Fault>) {
        let mut reader = Self { names, form, rules: vec![Rules::none(Row::Frame)], faults: Vec::new() };
        reader.items(&form.items);
        // `meta` and what is in it
        let rest = names.shape.len();
        reader.rules.resize_with(rest, || Rules::none(Row::Frame));
        reader.instance_name();
        (reader.rules, reader.faults)
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Question(question) if question.kind.is_external_instance() => {}
                Item::Question(question) => self.question(question),
                Item::Group(group) => {
                    self.group(group, false, Row::Group(Box::new(bare(group))));
                    self.items(&group.items);
                }
                Item::Repeat(repeat) => {
                    let row = Row::Repeat(Box::new(Repeat {
                        group: bare(&repeat.group),
                        count: repeat.count.clone(),
                    }));
                    let node = self.group(&repeat.group, true, row);
                    let scope = Scope::around(self.names, node);
                    let count = repeat.count.as_deref();
                    self.rules[node as usize].count =
                        self.expression(count, scope, &repeat.group.place, "repeat_count");
                    self.items(&repeat.group.items);
                }
            }
        }
    }

    fn group(&mut self, group: &Group, repeat: bool, row: Row) -> ShapeId {
        let node = self.next();
        let own = Scope::of(self.names, node);
        let scope = if repeat { Scope::around(self.names, node) } else { own };
        let mut rules = Rules::none(row);
        rules.relevant =
            self.switch(group.relevant.as_deref(), Switch::Always, scope, &group.place, "relevant");
        rules.read_only =
            self.switch(group.read_only.as_deref(), Switch::Never, scope, &group.place, "readonly");
        self.text(&group.label, own, &group.place, "label");
        self.rules.push(rules);
        node
    }

    fn question(&mut self, question: &Question) {
        let node = self.next();
        let scope = Scope::of(self.names, node);
        let place = &question.place;
        let mut rules = Rules::none(Row::Question(Box::new(question.clone())));
        rules.relevant = self.switch(question.relevant.as_deref(), Switch::Always, scope, place, "relevant");
        rules.required = self.switch(question.required.as_deref(), Switch::Never, scope, place, "required");
        rules.read_only = self.switch(question.read_only.as_deref(), Switch::Never, scope, place, "readonly");
        rules.constraint = self.expression(question.constraint.as_deref(), scope, place, "constraint");
        rules.calculation = self.expression(question.calculation.as_deref(), scope, place, "calculation");
        if question.default_is_expression {
            rules.default = self.expression(question.default.as_deref(), scope, place, "default");
        }
        for name in &question.trigger {
            match self.names.shape.named(name) {
                [one] => rules.trigger.push(*one),
                _ => self.faults.push(place.fault("trigger", format!("there is no question named “{name}”"))),
            }
        }
        for (text, column) in [
            (&question.label, "label"),
            (&question.hint, "hint"),
            (&question.guidance, "guidance_hint"),
            (&question.required_message, "required_message"),
            (&question.constraint_message, "constraint_message"),
        ] {
            self.text(text, scope, place, column);
        }
        if question.kind.has_choices() {
            self.choices(question, &mut rules, scope);
        }
        self.rules.push(rules);
    }

    fn choices(&mut self, question: &Question, rules: &mut Rules, scope: Scope<'_>) {
        let place = &question.place;
        match &question.choices {
            Some(ChoicesFrom::Answers(written)) => {
                let name = written.trim_start_matches("${").trim_end_matches('}');
                match self.names.shape.named(name) {
                    [node] if self.names.shape.depth(*node) > 0 => {
                        rules.choices = Some(Source::Answers(*node));
                    }
                    [_] => self.faults.push(place.fault("type", format!("“{name}” is not in a repeat"))),
                    _ => {
                        self.faults.push(place.fault("type", format!("there is no question named “{name}”")));
                    }
                }
            }
            Some(from) => {
                let list = from.list().and_then(|name| self.names.lists.find(name));
                rules.choices = list.map(Source::List);
                if list.is_none() {
                    let reason = format!("there is no list of choices named “{}”", from.name());
                    self.faults.push(place.fault("type", reason));
                }
            }
            None => self.faults.push(place.fault("type", "it has no list of choices")),
        }
        let filter = question.choice_filter.as_deref();
        rules.choice_filter = match rules.choices {
            Some(Source::List(list)) => {
                self.expression(filter, scope.filtering(list), place, "choice_filter")
            }
            Some(Source::Answers(node)) => {
                let entry = self.names.shape.region(self.names.shape.node(node).region).opened_by;
                self.expression(filter, scope.among(entry), place, "choice_filter")
            }
            None => None,
        };
        rules.shuffled = question.parameters.get("randomize").is_some_and(|value| value == "true");
        rules.seed =
            self.expression(question.parameters.get("seed").map(String::as_str), scope, place, "parameters");
        if let Some(Source::List(list)) = rules.choices {
            let name = self.names.lists.table(list).name.clone();
            let labels: Vec<(Text, Place)> = (self.form.lists.iter().chain(&self.form.external_lists))
                .filter(|list| list.name == name)
                .flat_map(|list| &list.choices)
                .filter(|choice| choice.label.iter().any(|(_, text)| !expressions_in(text).is_empty()))
                .map(|choice| (choice.label.clone(), choice.place.clone()))
                .collect();
            for (label, place) in labels {
                self.text(&label, scope, &place, "label");
            }
        }
    }

    /// The name of the submission, which the settings may work out.
    fn instance_name(&mut self) {
        let Some(source) = self.form.settings.get("instance_name") else { return };
        let scope = Scope::of(self.names, TOP);
        if let Err(refusal) = Expression::read(source, scope) {
            self.faults.push(Place::new("settings", 2).fault("instance_name", refusal.to_string()));
        }
    }

    fn next(&self) -> ShapeId {
        u32::try_from(self.rules.len()).unwrap_or(0)
    }

    fn expression(
        &mut self,
        source: Option<&str>,
        scope: Scope<'_>,
        place: &Place,
        column: &str,
    ) -> Option<Expression> {
        let source = source.filter(|source| !source.trim().is_empty())?;
        match Expression::read(source, scope) {
            Ok(expression) => Some(expression),
            Err(refusal) => {
                self.faults.push(place.fault(column, refusal.to_string()));
                None
            }
        }
    }

    fn switch(
        &mut self,
        source: Option<&str>,
        blank: Switch,
        scope: Scope<'_>,
        place: &Place,
        column: &str,
    ) -> Switch {
        let Some(source) = source.map(str::trim).filter(|source| !source.is_empty()) else { return blank };
        match yes_or_no(source) {
            Some(true) => Switch::Always,
            Some(false) => Switch::Never,
            None => self.expression(Some(source), scope, place, column).map_or(blank, Switch::When),
        }
    }

    /// Whether what is to be filled in in a text can be.
    fn text(&mut self, text: &Text, scope: Scope<'_>, place: &Place, column: &str) {
        for (language, written) in text.iter() {
            let column =
                if language.is_empty() { column.to_owned() } else { format!("{column}::{language}") };
            if let Err(malformed) = references(written) {
                self.faults.push(place.fault(&column, malformed.to_string()));
                continue;
            }
            for span in expressions_in(written) {
                if let Err(refusal) = Expression::read(&written[span], scope) {
                    self.faults.push(place.fault(&column, refusal.reason));
                }
            }
        }
    }
}

/// A group without what is in it.
fn bare(group: &Group) -> Group {
    Group {
        name: group.name.clone(),
        label: group.label.clone(),
        hint: group.hint.clone(),
        media: group.media.clone(),
        relevant: group.relevant.clone(),
        read_only: group.read_only.clone(),
        appearance: group.appearance.clone(),
        place: group.place.clone(),
        ..Group::default()
    }
}
