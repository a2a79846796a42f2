//! A form ready to be filled in: every expression read, every name looked up, the order of calculations known.

use crate::expression::Names;
use crate::expression::lists::Lists;
use crate::expression::shape::ShapeId;
use crate::form::{ChoicesFrom, Fault, Form, Question};

use super::layout::Layout;
use super::order::{Circle, Order, relevance, value};
use super::rules::{Reader, Row, Rules};

/// A form ready to be filled in. Made once per version of a form and shared.
#[derive(Debug)]
pub struct Compiled {
    pub(super) form: Form,
    pub(super) names: Names,
    pub(super) rules: Vec<Rules>,
    pub(super) order: Order,
    pub(super) layout: Layout,
    /// By question, those whose calculation it triggers.
    pub(super) triggers: Vec<Vec<ShapeId>>,
    /// Whether given answers can be taken in one after the other, because none makes room for another or decides what
    /// another may be: there are no repeats, no filtered choices and no defaults.
    pub(super) taken_in_at_once: bool,
}

impl Compiled {
    /// Reads every expression of a form.
    ///
    /// # Errors
    /// All faults with their places: expressions that cannot be read, unknown names and functions, circles of
    /// calculations and relevance, and choices in files, which cannot be offered here.
    pub fn new(form: &Form) -> Result<Self, Vec<Fault>> {
        let form = form.without_loops();
        let (parts, mut faults) = read(&form);
        if parts.is_some() {
            faults.extend(choices_elsewhere(&form));
        }
        match parts {
            Some(Parts { names, rules, order, layout, triggers }) if faults.is_empty() => {
                let taken_in_at_once = rules.iter().all(stands_alone);
                Ok(Self { form: form.into_owned(), names, rules, order, layout, triggers, taken_in_at_once })
            }
            _ => Err(faults),
        }
    }

    /// The form, with its loops written out.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// What the names in its expressions mean.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Where its answers stand in JSON.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The questions that a page cannot ask, because they take pictures, sounds or files.
    pub fn not_on_pages(&self) -> impl Iterator<Item = &Question> {
        self.rules.iter().filter_map(Rules::question).filter(|question| question.kind.is_upload())
    }
}

fn stands_alone(rules: &Rules) -> bool {
    match &rules.row {
        Row::Repeat(_) => false,
        Row::Question(question) => {
            let listed = question.choices.is_none() || question.list().is_some();
            listed && question.choice_filter.is_none() && question.default.is_none()
        }
        Row::Frame | Row::Group(_) => true,
    }
}

/// What is made of a form.
struct Parts {
    names: Names,
    rules: Vec<Rules>,
    order: Order,
    layout: Layout,
    triggers: Vec<Vec<ShapeId>>,
}

/// Reads what can be read of a form without loops, with all faults; without circles there is something to fill in.
fn read(form: &Form) -> (Option<Parts>, Vec<Fault>) {
    let names = Names::of(form);
    let (rules, mut faults) = Reader::read(form, &names);
    let layout = Layout::of(&names.shape, |node| rules[node as usize].is_group());
    let mut reads = Vec::new();
    let mut triggers = vec![Vec::new(); names.shape.len()];
    for (node, rules) in (0..).zip(&rules) {
        if let Some(expression) = rules.relevant.expression() {
            reads.push((relevance(node), expression.reads()));
        }
        // a calculation with a trigger is not done again by itself
        if let Some(calculation) = rules.calculation.as_ref().filter(|_| rules.trigger.is_empty()) {
            reads.push((value(node), calculation.reads()));
        }
        if let Some(count) = &rules.count {
            reads.push((value(node), count.reads()));
        }
        for trigger in &rules.trigger {
            triggers[*trigger as usize].push(node);
        }
    }
    match Order::new(&names.shape, reads) {
        Ok(order) => (Some(Parts { names, rules, order, layout, triggers }), faults),
        Err(circles) => {
            faults.extend(circles.iter().map(|circle| circle_fault(&names, &rules, circle)));
            (None, faults)
        }
    }
}

/// Questions that pages cannot ask although clients of ODK can, because their choices are in a file that goes with the
/// form. A form without faults of its own ([`check`]) and without these can be filled in here ([`Compiled::new`]).
pub fn choices_elsewhere(form: &Form) -> Vec<Fault> {
    let lists = Lists::of(form);
    let elsewhere = |question: &&Question| {
        let list = question.choices.as_ref().and_then(ChoicesFrom::list).and_then(|name| lists.find(name));
        question.kind.has_choices() && list.is_some_and(|list| lists.table(list).elsewhere)
    };
    let reason = "its choices are in a file that goes with the form; here choices stand in the sheet choices";
    form.questions().filter(elsewhere).map(|question| question.place.fault("type", reason)).collect()
}

/// All faults of the expressions of a form: what cannot be read, unknown names and functions, circles. Choices in files
/// are no fault here, since clients of ODK can offer them.
pub fn check(form: &Form) -> Vec<Fault> {
    read(&form.without_loops()).1
}

/// A circle as a fault at the first of its rows.
fn circle_fault(names: &Names, rules: &[Rules], circle: &Circle) -> Fault {
    let name = |quantity: &u32| names.shape.node(quantity / 2).name.as_str();
    // the rows that say something; what is within a group depends on it without a rule of its own
    let says = |quantity: &&u32| {
        let rules = &rules[(**quantity / 2) as usize];
        if quantity.is_multiple_of(2) {
            rules.relevant.expression().is_some()
        } else {
            rules.calculation.is_some() || rules.count.is_some()
        }
    };
    let mut way: Vec<&u32> = circle.iter().filter(says).collect();
    if let Some(first) = (0..way.len()).min_by_key(|index| *way[*index]) {
        way.rotate_left(first);
    }
    let Some(first) = way.first() else {
        return Fault {
            sheet: "survey".to_owned(),
            row: 0,
            column: "relevant".to_owned(),
            reason: "relevance is circular".to_owned(),
        };
    };
    let rule = &rules[(**first / 2) as usize];
    let column = match (first.is_multiple_of(2), &rule.row) {
        (true, _) => "relevant",
        (false, Row::Repeat(_)) => "repeat_count",
        (false, _) => "calculation",
    };
    let names: Vec<String> =
        way.iter().chain([first]).map(|quantity| format!("“{}”", name(quantity))).collect();
    let reason = if way.len() == 1 {
        format!("“{}” is worked out from itself", name(first))
    } else {
        format!("these are worked out from each other in a circle: {}", names.join(" from "))
    };
    rule.place().cloned().unwrap_or_default().fault(column, reason)
}
