//! Answers counted by groups of people, in the shape in which the rules of disclosure take them.
//!
//! One walk over the answers, whatever their number. Only closed questions are counted: one or several of a list of
//! choices. What people wrote in their own words, numbers and days are read by the team and are in no table.

use std::collections::{BTreeMap, HashMap};

use keyline_disclosure::release::survey::{Asked, Grouping, Question as Counts, Stratum, Survey};
use keyline_forms::form::{Form, Kind, Question};
use serde_json::Value;

use super::routing::{Routing, routings};

/// What one table of the release is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// The choices of a question of which one is made, in the order of the list.
    One {
        /// Name of the question.
        question: String,
    },
    /// Whether a question with several choices was answered at all.
    Answered {
        /// Name of the question.
        question: String,
    },
    /// Whether one of several choices was made, by those who answered.
    Chosen {
        /// Name of the question.
        question: String,
        /// The choice.
        choice: String,
    },
}

impl Table {
    /// Name of the question.
    pub fn question(&self) -> &str {
        match self {
            Self::One { question } | Self::Answered { question } | Self::Chosen { question, .. } => question,
        }
    }
}

/// A survey as counted, before anything is hidden, and what its tables are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The counts.
    pub survey: Survey,
    /// What each of its questions is about.
    pub tables: Vec<Table>,
    /// Names of the questions that divide people into groups, in the order of the groupings.
    pub groupings: Vec<String>,
}

/// The questions of a form that tell groups of people apart (`group_by` in its settings).
pub fn grouping(form: &Form) -> impl Iterator<Item = &Question> {
    let names = form.settings.get("group_by").map_or("", String::as_str);
    names
        .split_whitespace()
        .filter_map(|name| form.question(name))
        .filter(|question| question.kind == Kind::SelectOne && question.list().is_some())
}

/// A question of one choice: yes, no, and nothing said come as indices.
struct Plan<'f> {
    name: &'f str,
    choices: HashMap<&'f str, usize>,
    several: bool,
    // Index of its first table.
    first: usize,
    asked: Asked,
}

/// Counts answers. Groups come from `group_by` of the form's settings.
pub fn counted<'a>(form: &Form, answers: impl Iterator<Item = &'a Value>) -> Counted {
    let groups: Vec<Vec2<'_>> = grouping(form).map(|question| choices_of(form, question)).collect();
    let names: Vec<String> = grouping(form).map(|question| question.name.clone()).collect();
    let routing: BTreeMap<String, Routing> = routings(form).into_iter().collect();
    let mut tables = Vec::new();
    let mut plans: Vec<Plan<'_>> = Vec::new();
    for question in form.questions() {
        let closed = matches!(question.kind, Kind::SelectOne | Kind::SelectMultiple);
        if !closed || question.list().is_none() || names.contains(&question.name) {
            continue;
        }
        let choices = choices_of(form, question);
        let asked = asked(routing.get(&question.name), &plans, &names, &groups);
        let first = tables.len();
        let several = question.kind == Kind::SelectMultiple;
        if several {
            tables.push(Table::Answered { question: question.name.clone() });
            tables.extend(choices.iter().map(|choice| Table::Chosen {
                question: question.name.clone(),
                choice: (*choice).to_owned(),
            }));
        } else {
            tables.push(Table::One { question: question.name.clone() });
        }
        let choices = choices.into_iter().enumerate().map(|(n, choice)| (choice, n)).collect();
        plans.push(Plan { name: &question.name, choices, several, first, asked });
    }
    let group_index: Vec<HashMap<&str, usize>> =
        groups.iter().map(|choices| choices.iter().enumerate().map(|(n, c)| (*c, n)).collect()).collect();
    let widths: Vec<usize> = widths(&plans, tables.len());
    let mut strata: HashMap<Vec<usize>, Sums> = HashMap::new();
    for answer in answers {
        let levels: Vec<usize> = names
            .iter()
            .zip(&group_index)
            .map(|(name, index)| {
                let value = answer.get(name).and_then(Value::as_str);
                // Who belongs to no group has a level of their own.
                value.and_then(|value| index.get(value)).copied().unwrap_or(index.len())
            })
            .collect();
        let sums = strata.entry(levels.clone()).or_insert_with(|| Sums::new(&widths));
        sums.people += 1;
        add(&plans, answer, &levels, sums);
    }
    finish(form, &plans, tables, names, &groups, &widths, strata)
}

type Vec2<'f> = Vec<&'f str>;

fn choices_of<'f>(form: &'f Form, question: &'f Question) -> Vec<&'f str> {
    let list = question.list().and_then(|list| form.list(list));
    list.map(|list| list.choices.iter().map(|choice| choice.name.as_str()).collect()).unwrap_or_default()
}

/// Who is asked, in the words of the rules of disclosure.
fn asked(routing: Option<&Routing>, before: &[Plan<'_>], groupings: &[String], groups: &[Vec2<'_>]) -> Asked {
    let (question, choices) = match routing {
        None | Some(Routing::Everyone) => return Asked::Everyone,
        Some(Routing::Compound) => return Asked::Compound,
        Some(Routing::Chose { question, choices }) => (question, choices),
    };
    if let Some(grouping) = groupings.iter().position(|name| name == question) {
        let levels = choices
            .iter()
            .filter_map(|choice| groups[grouping].iter().position(|group| group == choice))
            .collect();
        return Asked::Groups { grouping, levels };
    }
    let Some(parent) = before.iter().find(|plan| plan.name == question) else { return Asked::Compound };
    if parent.asked == Asked::Compound {
        return Asked::Compound;
    }
    let indices: Vec<usize> =
        choices.iter().filter_map(|choice| parent.choices.get(choice.as_str()).copied()).collect();
    match (parent.several, indices.as_slice()) {
        (false, _) => Asked::When { question: parent.first, answers: indices },
        // Of several choices, each has a table of its own, in which yes is the first answer.
        (true, [one]) => Asked::When { question: parent.first + 1 + one, answers: vec![0] },
        (true, _) => Asked::Compound,
    }
}

/// How many answers each table has.
fn widths(plans: &[Plan<'_>], tables: usize) -> Vec<usize> {
    let mut widths = vec![2; tables];
    for plan in plans.iter().filter(|plan| !plan.several) {
        // The last answer is that nothing was said.
        widths[plan.first] = plan.choices.len() + 1;
    }
    widths
}

/// The counts of one stratum: for each table, each answer, and how many had no other choice.
struct Sums {
    people: u64,
    counts: Vec<Vec<u64>>,
    only: Vec<u64>,
}

impl Sums {
    fn new(widths: &[usize]) -> Self {
        Self {
            people: 0,
            counts: widths.iter().map(|width| vec![0; *width]).collect(),
            only: vec![0; widths.len()],
        }
    }
}

const YES: usize = 0;
const NO: usize = 1;

fn add(plans: &[Plan<'_>], answer: &Value, levels: &[usize], sums: &mut Sums) {
    // What each table was answered with by this person; none when it was not asked.
    let mut given: Vec<Option<usize>> = vec![None; sums.counts.len()];
    for plan in plans {
        let was_asked = match &plan.asked {
            Asked::Everyone => true,
            Asked::When { question, answers } => given[*question].is_some_and(|g| answers.contains(&g)),
            Asked::Groups { grouping, levels: of } => of.contains(&levels[*grouping]),
            // Not shown in numbers, so it does not matter beyond those who answered.
            Asked::Compound => answer.get(plan.name).is_some(),
        };
        if !was_asked {
            continue;
        }
        let value = answer.get(plan.name);
        if plan.several {
            let chosen: Vec<usize> = value
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|choice| plan.choices.get(choice.as_str()?).copied())
                .collect();
            let answered = if chosen.is_empty() { NO } else { YES };
            given[plan.first] = Some(answered);
            if answered == YES {
                for choice in 0..plan.choices.len() {
                    given[plan.first + 1 + choice] = Some(if chosen.contains(&choice) { YES } else { NO });
                }
                if let [only] = chosen.as_slice() {
                    sums.only[plan.first + 1 + only] += 1;
                }
            }
        } else {
            let silence = plan.choices.len();
            let choice = value.and_then(Value::as_str).and_then(|value| plan.choices.get(value)).copied();
            given[plan.first] = Some(choice.unwrap_or(silence));
        }
    }
    for (table, given) in given.into_iter().enumerate() {
        if let Some(given) = given {
            sums.counts[table][given] += 1;
        }
    }
}

fn finish(
    form: &Form,
    plans: &[Plan<'_>],
    tables: Vec<Table>,
    names: Vec<String>,
    groups: &[Vec2<'_>],
    widths: &[usize],
    strata: HashMap<Vec<usize>, Sums>,
) -> Counted {
    debug_assert_eq!(groups.len(), grouping(form).count(), "groupings are those of the form");
    let mut strata: Vec<(Vec<usize>, Sums)> = strata.into_iter().collect();
    strata.sort_by(|a, b| a.0.cmp(&b.0));
    let by: Vec<usize> = (0..names.len()).collect();
    let mut questions: Vec<Counts> = widths
        .iter()
        .enumerate()
        .map(|(table, width)| Counts {
            counts: (0..*width)
                .map(|answer| strata.iter().map(|(_, sums)| sums.counts[table][answer]).collect())
                .collect(),
            by: by.clone(),
            ..Counts::default()
        })
        .collect();
    for plan in plans {
        questions[plan.first].asked = plan.asked.clone();
        if !plan.several {
            questions[plan.first].silence = Some(plan.choices.len());
            continue;
        }
        questions[plan.first].silence = Some(NO);
        for choice in 0..plan.choices.len() {
            let table = plan.first + 1 + choice;
            let question = &mut questions[table];
            question.asked = match plan.asked {
                Asked::Compound => Asked::Compound,
                _ => Asked::When { question: plan.first, answers: vec![YES] },
            };
            question.lack = Some(NO);
            let only: Vec<u64> = strata.iter().map(|(_, sums)| sums.only[table]).collect();
            let none = vec![0; only.len()];
            question.least = vec![only, none];
        }
    }
    let survey = Survey {
        // One level more than there are groups, for those who said none.
        groupings: groups
            .iter()
            .map(|choices| Grouping { levels: choices.len() + 1, extremes: None })
            .collect(),
        strata: strata
            .iter()
            .map(|(levels, sums)| Stratum { levels: levels.clone(), people: sums.people })
            .collect(),
        questions,
    };
    Counted { survey, tables, groupings: names }
}
