//! What the records show beside what staff and families say, indicator by indicator. Where they disagree, the gap is itself
//! something to look into.
//!
//! Records were drawn by chance and have the interval of a random sample; whoever answers a survey chose to, which is said beside
//! every interval of theirs, with how many answered of how many.

use keyline_domain::access::Action;
use keyline_domain::records::comparing::results;
use keyline_domain::records::estimating::{Estimate, estimates};
use keyline_domain::voices::results::{CHOSEN, Range, range};
use keyline_forms::form::{Form, Question};
use keyline_operations::records::{read_records, surroundings};
use keyline_operations::voices::released_results;
use keyline_store::voices::{self, people};
use maud::{Markup, html};

use super::results::{certainty, percent};
use super::{Stand, crumbs};
use crate::components::{empty_state, inset, table};
use crate::evidence::Titles;
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// One source's answer to one question.
struct Line {
    source: String,
    question: String,
    answer: String,
    share: String,
    certainty: String,
}

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let titles = Titles::of(&visitor, &stand.inspection)?;
    let evaluated = visitor.cx().programme(&stand.inspection)?.indicators_evaluated();
    let body = if let Some(why) = stand.blind(&visitor, &scope) {
        why
    } else {
        let mut by_indicator: Vec<(&str, String, Vec<Line>)> = Vec::new();
        for number in &evaluated {
            let mut lines = of_records(&visitor, &scope, &mut stand, number).await?;
            lines.extend(of_surveys(&visitor, &scope, &mut stand, number).await?);
            by_indicator.push((number, titles.indicator(number), lines));
        }
        html! {
            p class="kl_lead" { (w.t("reading-indicators-lead")) }
            (inset(&html! { p { (w.t("reading-indicators-caution")) } }))
            @for (number, title, lines) in &by_indicator {
                h2 { (title) }
                @if lines.is_empty() { (empty_state(&w.t("reading-indicator-nothing"), &w.t("reading-indicator-nothing-text"), None)) }
                @else { (shown(&visitor, number, lines)) }
            }
        }
    };
    let mut layout =
        frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("reading-indicators"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/team", "records-team")]);
    Ok(visitor.show(&layout))
}

fn serves(question: &Question, number: &str) -> bool {
    let written = question.extra.get("indicators").map_or("", String::as_str);
    written.split_whitespace().any(|indicator| indicator == number)
}

async fn of_records(
    visitor: &Visitor,
    scope: &Scope,
    stand: &mut Stand,
    number: &str,
) -> PageResult<Vec<Line>> {
    let w = visitor.words();
    let tool = stand.tool(visitor, scope)?;
    let form = tool.form();
    let (read, strata) = read_records(visitor.cx(), &mut stand.reader, &scope.grant, &stand.reading).await?;
    let found = results(&tool, &surroundings(visitor.cx(), &tool), &read, strata.len());
    let mut lines = Vec::new();
    for result in found.iter().filter(|r| r.answered > 0 && serves(r.question, number)) {
        // The records of which it was asked: the shares beside it are of them.
        let source = w.with("reading-source-records", &[("count", &result.answered)]);
        for ((value, count), estimate) in result.counts.iter().zip(estimates(form, result, &strata)) {
            let share = match &estimate {
                Estimate::Of(weighted) => percent(weighted.share),
                Estimate::SomeAsked | Estimate::Untold(_) => keyline_statistics::proportions::whole_percent(
                    u64::try_from(*count).unwrap_or(0),
                    u64::try_from(result.answered).unwrap_or(0),
                ),
            };
            lines.push(Line {
                source: source.clone(),
                question: form.own(&result.question.label).to_owned(),
                answer: form.choice_label(result.question, value).unwrap_or(value).to_owned(),
                share: share.map_or_else(String::new, |share| format!("{share}%")),
                certainty: certainty(visitor, &estimate),
            });
        }
    }
    Ok(lines)
}

async fn of_surveys(
    visitor: &Visitor,
    scope: &Scope,
    stand: &mut Stand,
    number: &str,
) -> PageResult<Vec<Line>> {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut lines = Vec::new();
    if !scope.grant.permits(Action::SeeSurveyResults) {
        return Ok(lines);
    }
    for survey in voices::list(&mut stand.reader, &scope.grant).await? {
        if !survey.window().results_open(cx.now()) {
            continue;
        }
        let tool = cx.form(&mut stand.reader, &survey.form_digest).await?;
        let form: &Form = tool.form();
        let released = released_results(cx, &scope.grant, survey.id).await?;
        let invited = people::everybody(&people::list(&mut stand.reader, &scope.grant, survey.id).await?);
        for shown in &released.questions {
            let Some(question) = form.question(&shown.question).filter(|q| serves(q, number)) else {
                continue;
            };
            let Some(row) = &shown.whole else { continue };
            for (place, value) in shown.answers.iter().enumerate() {
                let said = match &shown.choice {
                    Some(choice) if value == CHOSEN => choice,
                    Some(_) => continue,
                    None => value,
                };
                let certainty =
                    match invited.and_then(|of| Some((range(&released, row, place, u64::from(of))?, of))) {
                        Some((Range { low, high }, of)) => w.with(
                            "reading-self-selected",
                            &[
                                ("low", &low),
                                ("high", &high),
                                ("answered", &released.people.unwrap_or(0)),
                                ("of", &of),
                            ],
                        ),
                        None => w.t("reading-self-selected-none"),
                    };
                lines.push(Line {
                    source: survey.title.clone(),
                    question: form.own(&question.label).to_owned(),
                    answer: form.choice_label(question, said).unwrap_or(said).to_owned(),
                    share: row
                        .percent(place)
                        .map_or_else(|| w.t("results-hidden-cell"), |share| format!("{share}%")),
                    certainty,
                });
            }
        }
    }
    Ok(lines)
}

// A question may serve several indicators: the number tells its tables apart.
fn shown(visitor: &Visitor, number: &str, lines: &[Line]) -> Markup {
    let w = visitor.words();
    let header = ["results-answer", "records-share", "reading-certainty"].map(|key| w.t(key));
    html! {
        @for part in lines.chunk_by(|one, next| one.question == next.question && one.source == next.source) {
            @let first = part.first().map(|l| format!("{number}, {}: {}", l.source, l.question)).unwrap_or_default();
            @let rows: Vec<Vec<Markup>> = part.iter().map(|l| vec![
                html! { (l.answer) }, html! { (l.share) }, html! { (l.certainty) },
            ]).collect();
            div class="kl_result" { (table(&first, &header.each_ref().map(String::as_str), &rows)) }
        }
    }
}
