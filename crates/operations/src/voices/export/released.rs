//! Released results as a table of counts.

use keyline_datasets::aggregated::{Counts, Figure, Labels, Line};
use keyline_datasets::{About, Dataset};
use keyline_domain::voices::results::{CHOSEN, QuestionShown, Results, Row, range};
use keyline_forms::form::Form;

/// A line for each answer of each question, of everybody and of each group; with the ranges of everybody's shares where
/// the partnership said how many `people` there are.
pub(super) fn dataset(form: &Form, results: &Results, people: Option<u32>, about: About) -> Dataset<'static> {
    let mut lines = Vec::new();
    for shown in &results.questions {
        let ranges = |row: &Row, answer: usize| {
            let range = range(results, row, answer, u64::from(people?))?;
            Some((range.low, range.high))
        };
        add(form, shown, shown.whole.as_ref(), ranges, &(String::new(), String::new()), &mut lines);
        for (grouping, rows) in &shown.by {
            let Some(of) = results.groupings.get(*grouping) else { continue };
            for (group, row) in of.groups.iter().zip(rows) {
                let names: Vec<String> =
                    group.values.iter().map(|value| choice(form, &of.question, value)).collect();
                add(
                    form,
                    shown,
                    Some(row),
                    |_, _| None,
                    &(label(form, &of.question), names.join(" / ")),
                    &mut lines,
                );
            }
        }
    }
    let by = vec![("group_by".to_owned(), "Divided by".to_owned()), ("group".to_owned(), "Group".to_owned())];
    Counts { by, lines, labels: Labels::default() }.dataset(about)
}

fn add(
    form: &Form,
    shown: &QuestionShown,
    row: Option<&Row>,
    ranges: impl Fn(&Row, usize) -> Option<(u8, u8)>,
    group: &(String, String),
    lines: &mut Vec<Line>,
) {
    for (n, answer) in shown.answers.iter().enumerate() {
        let category = match &shown.choice {
            Some(choice) if answer == CHOSEN => choice.clone(),
            // Those who did not choose it are the rest of those who answered.
            Some(_) => continue,
            None => answer.clone(),
        };
        let figure = match row.and_then(|row| Some((row, row.counts.get(n).copied().flatten()?))) {
            Some((row, count)) => Figure::Shown {
                count: u32::try_from(count).unwrap_or(u32::MAX),
                percent: row.percent(n),
                range: ranges(row, n),
            },
            None => Figure::Suppressed,
        };
        lines.push(Line {
            variable: shown.question.clone(),
            question: label(form, &shown.question),
            label: choice(form, &shown.question, &category),
            category,
            by: vec![group.0.clone(), group.1.clone()],
            figure,
        });
    }
}

fn label(form: &Form, question: &str) -> String {
    form.question(question).map_or(question, |question| form.own(&question.label)).to_owned()
}

fn choice(form: &Form, question: &str, value: &str) -> String {
    let said = form.question(question).and_then(|question| form.choice_label(question, value));
    said.unwrap_or(if value.is_empty() { "Not said" } else { value }).to_owned()
}
