//! The results of a survey that is over: the same tables for the team and the partnership, small numbers hidden.

use axum::extract::Path;
use keyline_charts::bars::{Bar, Bars};
use keyline_charts::by_room;
use keyline_domain::access::Action;
use keyline_domain::voices::results::{
    Base, CHOSEN, QuestionShown, Range, Results, Round, Row, Withheld, range, share_together,
};
use keyline_forms::versions::Meaning;
use keyline_operations::voices::{Compared, compared, released_results};
use keyline_store::voices::people;
use maud::{Markup, html};

use super::Here;
use crate::components::{details, empty_state, inset, table};
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// What the page shows.
struct Shown<'r> {
    results: &'r Results,
    compared: &'r Compared,
    /// How many people there are, when the partnership said.
    invited: Option<u32>,
}

/// The page.
pub(in crate::voices) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let here = Here::find(&visitor, &scope, &survey).await?;
    let body = if here.survey.window().results_open(cx.now()) {
        let results = released_results(cx, &scope.grant, here.survey.id).await?;
        let mut reader = cx.read().await?;
        let compared = compared(cx, &mut reader, &scope.grant, &here.survey).await?;
        let all = people::list(&mut reader, &scope.grant, here.survey.id).await?;
        let invited = people::everybody(&all);
        drop(reader);
        html! {
            (head(&visitor, &results, invited))
            (super::export::section(&visitor, &scope, &here))
            @for (question, parts) in by_question(&results) {
                (one(&visitor, &here, &Shown { results: &results, compared: &compared, invited }, question, &parts))
            }
            @if results.questions.is_empty() {
                (empty_state(&w.t("results-nothing-title"), &w.with("results-nothing-text", &[("smallest", &results.smallest)]), None))
            }
        }
    } else {
        empty_state(&w.t("results-not-yet-title"), &w.t("results-not-yet-text"), None)
    };
    let title = w.with("results-title", &[("survey", &here.survey.title)]);
    let mut layout = frame(&visitor, &scope, &here.inspection, Room::Voices, title, body);
    layout.breadcrumbs = if scope.grant.permits(Action::SeeSurveys) {
        here.crumbs(&visitor, &scope, true)
    } else {
        vec![(scope.href("voices"), w.t("room-voices"))]
    };
    Ok(visitor.show(&layout))
}

fn head(visitor: &Visitor, results: &Results, invited: Option<u32>) -> Markup {
    let w = visitor.words();
    html! {
        p class="kl_lead" {
            @match results.people {
                Some(people) => (w.with("results-lead", &[("count", &people)])),
                None => (w.with("survey-answered-few", &[("smallest", &results.smallest)])),
            }
            @if let Some((invited, percent)) = invited
                .and_then(|invited| Some((invited, results.response(u64::from(invited))?))) {
                " " (w.with("results-of-invited", &[("invited", &invited), ("percent", &percent)]))
            }
        }
        (inset(&html! {
            p { (w.with("results-hidden", &[("smallest", &results.smallest)])) }
            p { (w.t("results-self-selected")) }
        }))
    }
}

/// The parts of each question together: one, or one for each choice of a question with several.
fn by_question(results: &Results) -> Vec<(&str, Vec<&QuestionShown>)> {
    let mut found: Vec<(&str, Vec<&QuestionShown>)> = Vec::new();
    for shown in &results.questions {
        match found.last_mut() {
            Some((question, parts)) if *question == shown.question => parts.push(shown),
            _ => found.push((&shown.question, vec![shown])),
        }
    }
    found
}

/// One line of a picture and its table: what was answered, and the numbers of everybody.
struct Line<'r> {
    label: String,
    row: Option<&'r Row>,
    answer: usize,
}

impl Line<'_> {
    fn count(&self) -> Option<u64> {
        self.row?.counts.get(self.answer).copied().flatten()
    }

    fn percent(&self) -> Option<u8> {
        self.row?.percent(self.answer)
    }

    fn range(&self, shown: &Shown<'_>) -> Option<Range> {
        range(shown.results, self.row?, self.answer, u64::from(shown.invited?))
    }
}

fn lines<'r>(here: &Here, question: &str, parts: &[&'r QuestionShown]) -> Vec<Line<'r>> {
    let several = parts.iter().any(|part| part.choice.is_some());
    if several {
        return parts
            .iter()
            .map(|part| Line {
                label: here.choice(question, part.choice.as_deref().unwrap_or_default()),
                row: part.whole.as_ref(),
                answer: part.answers.iter().position(|a| a == CHOSEN).unwrap_or(0),
            })
            .collect();
    }
    let Some(part) = parts.first() else { return Vec::new() };
    part.answers
        .iter()
        .enumerate()
        .map(|(answer, value)| Line { label: here.choice(question, value), row: part.whole.as_ref(), answer })
        .collect()
}

fn one(
    visitor: &Visitor,
    here: &Here,
    shown: &Shown<'_>,
    question: &str,
    parts: &[&QuestionShown],
) -> Markup {
    let w = visitor.words();
    let results = shown.results;
    let label = here.question(question);
    let lines = lines(here, question, parts);
    let withheld = parts.iter().all(|part| part.withheld.is_some());
    let first = parts.iter().find_map(|part| part.whole.as_ref());
    html! {
        section class="kl_result" id={ "q-" (question) } {
            h2 { (label) }
            @if withheld {
                p { (w.t(match parts.first().and_then(|p| p.withheld) {
                    Some(Withheld::Routing) => "results-withheld-routing",
                    _ => "results-withheld-protected",
                })) }
            } @else {
                @let base = first.map(|row| said_base(visitor, row)).unwrap_or_default();
                p { (base) }
                (picture(visitor, question, &label, &base, shown, &lines))
                (details(&w.t("results-as-table"), &numbers(visitor, &label, shown, &lines)))
                @for (n, grouping) in results.groupings.iter().enumerate() {
                    @if grouping.groups.len() > 1 && parts.iter().any(|part| part.by.iter().any(|(by, _)| *by == n)) {
                        (details(&w.with("results-by", &[("group", &here.question(&grouping.question))]),
                            &groups(visitor, here, results, n, parts, question)))
                    }
                }
                (comparison(visitor, here, shown.compared, question, parts))
            }
        }
    }
}

fn said_base(visitor: &Visitor, row: &Row) -> String {
    let w = visitor.words();
    match row.base() {
        Some(Base::Answered(people)) => w.with("results-answered", &[("count", &people)]),
        Some(Base::Asked(people)) => w.with("results-asked", &[("count", &people)]),
        None => w.t("results-base-hidden"),
    }
}

fn said(visitor: &Visitor, count: Option<u64>) -> String {
    count.map_or_else(|| visitor.words().t("results-hidden-cell"), |n| n.to_string())
}

/// A percentage as it is said: whole, with the quantity word.
fn said_percent(visitor: &Visitor, line: &Line<'_>) -> String {
    let w = visitor.words();
    let (Some(percent), Some(count), Some(base)) =
        (line.percent(), line.count(), line.row.and_then(Row::base))
    else {
        return String::new();
    };
    let band =
        visitor.cx().library.frameworks().quantity_words().and_then(|words| words.band(count, base.people()));
    match band {
        Some(band) => w.with("results-percent-word", &[("value", &percent), ("word", &band.label)]),
        None => w.with("percent", &[("value", &percent)]),
    }
}

/// Bars of a hundred, each with its range; of counts where of whom shares are taken is hidden.
fn picture(
    visitor: &Visitor,
    question: &str,
    label: &str,
    base: &str,
    shown: &Shown<'_>,
    lines: &[Line<'_>],
) -> Markup {
    let shares = lines.iter().all(|line| line.count().is_none() || line.percent().is_some());
    let bars = Bars {
        id: format!("bars-{question}"),
        title: label.to_owned(),
        description: base.to_owned(),
        whole: shares.then_some(100.0),
        bars: lines
            .iter()
            .map(|line| Bar {
                label: line.label.clone(),
                value: if shares {
                    line.percent().map(f64::from)
                } else {
                    line.count().map(|n| f64::from(u32::try_from(n).unwrap_or(u32::MAX)))
                },
                shown: match (line.count(), line.percent()) {
                    (Some(count), Some(percent)) => {
                        visitor.words().with("results-bar", &[("count", &count), ("value", &percent)])
                    }
                    (count, _) => said(visitor, count),
                },
                interval: line.range(shown).map(|range| (f64::from(range.low), f64::from(range.high))),
                category: 0,
            })
            .collect(),
    };
    by_room(&bars.draw(), &bars.draw_narrow())
}

fn numbers(visitor: &Visitor, label: &str, shown: &Shown<'_>, lines: &[Line<'_>]) -> Markup {
    let w = visitor.words();
    let ranges = lines.iter().any(|line| line.range(shown).is_some());
    let mut header = vec![w.t("results-answer"), w.t("results-count"), w.t("results-share")];
    if ranges {
        header.push(w.t("results-range"));
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(|line| {
            let mut cells = vec![
                html! { (line.label) },
                html! { (said(visitor, line.count())) },
                html! { (said_percent(visitor, line)) },
            ];
            if ranges {
                cells.push(html! {
                    @if let Some(Range { low, high }) = line.range(shown) {
                        (w.with("results-range-is", &[("low", &low), ("high", &high)]))
                    }
                });
            }
            cells
        })
        .collect();
    html! {
        (table(label, &header, &rows))
        @if let (true, Some(invited)) = (ranges, shown.invited) {
            p class="kl_quiet" { (w.with("results-range-text", &[("invited", &invited)])) }
        }
    }
}

fn groups(
    visitor: &Visitor,
    here: &Here,
    results: &Results,
    grouping: usize,
    parts: &[&QuestionShown],
    question: &str,
) -> Markup {
    let w = visitor.words();
    let of = &results.groupings[grouping];
    let several = parts.iter().any(|part| part.choice.is_some());
    let mut header = vec![w.t("survey-group")];
    let mut cells: Vec<Vec<Markup>> = of
        .groups
        .iter()
        .map(|group| {
            let names: Vec<String> = group
                .values
                .iter()
                .map(|value| {
                    if value.is_empty() {
                        w.t("results-group-unsaid")
                    } else {
                        here.choice(&of.question, value)
                    }
                })
                .collect();
            vec![html! { (names.join(", ")) }]
        })
        .collect();
    let mut add = |label: String, part: &QuestionShown, answer: usize| {
        header.push(label);
        let rows = part.by.iter().find(|(by, _)| *by == grouping).map(|(_, rows)| rows);
        for (n, line) in cells.iter_mut().enumerate() {
            let row = rows.and_then(|rows| rows.get(n));
            let count = row.and_then(|row| row.counts.get(answer).copied().flatten());
            let percent = row.and_then(|row| row.percent(answer));
            line.push(html! {
                (said(visitor, count))
                @if let Some(percent) = percent { " (" (w.with("percent", &[("value", &percent)])) ")" }
            });
        }
    };
    for part in parts {
        if several {
            let label = here.choice(question, part.choice.as_deref().unwrap_or_default());
            add(label, part, part.answers.iter().position(|a| a == CHOSEN).unwrap_or(0));
        } else {
            for (n, value) in part.answers.iter().enumerate() {
                add(here.choice(question, value), part, n);
            }
        }
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    html! {
        (table(&here.question(question), &header, &cells))
        @if of.groups.iter().any(|group| group.values.len() > 1) { p class="kl_quiet" { (w.t("results-joined")) } }
    }
}

fn comparison(
    visitor: &Visitor,
    here: &Here,
    compared: &Compared,
    question: &str,
    parts: &[&QuestionShown],
) -> Markup {
    let w = visitor.words();
    let mut columns: Vec<(String, Vec<&Round>)> = Vec::new();
    if let Some(earlier) = &compared.earlier {
        columns.push((w.t("results-earlier"), vec![earlier]));
    }
    if let Some(elsewhere) = &compared.elsewhere {
        let title = w.with("results-elsewhere", &[("areas", &elsewhere.areas)]);
        columns.push((title, elsewhere.rounds.iter().collect()));
    }
    if columns.is_empty() {
        return html! {};
    }
    let means = |meaning: Meaning| {
        columns.iter().flat_map(|(_, rounds)| rounds).any(|round| round.meaning(question) == meaning)
    };
    let mut header = vec![w.t("results-answer"), w.t("results-here")];
    header.extend(columns.iter().map(|(title, _)| title.clone()));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut rows = Vec::new();
    for part in parts {
        for (n, value) in part.answers.iter().enumerate() {
            if part.choice.is_some() && value != CHOSEN {
                continue;
            }
            let name = part.choice.as_deref().unwrap_or(value);
            let mut cells = vec![
                html! { (here.choice(question, name)) },
                html! { (percent_of(visitor, part.whole.as_ref().and_then(|row| row.percent(n)))) },
            ];
            cells.extend(columns.iter().map(|(_, all)| {
                html! { (percent_of(visitor, share_together(all, question, part.choice.as_deref(), value))) }
            }));
            rows.push(cells);
        }
    }
    details(
        &w.t("results-compare"),
        &html! {
            (table(&here.question(question), &header, &rows))
            @if means(Meaning::WithCare) { p { strong { (w.t("results-compare-care")) } } }
            @if means(Meaning::NotComparable) { p { strong { (w.t("results-compare-not")) } } }
            p class="kl_quiet" { (w.t("results-compare-text")) }
        },
    )
}

fn percent_of(visitor: &Visitor, percent: Option<u8>) -> String {
    let w = visitor.words();
    percent.map_or_else(|| w.t("results-hidden-cell"), |value| w.with("percent", &[("value", &value)]))
}
