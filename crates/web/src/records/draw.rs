//! Drawing the sample: a number or a precision, the parts of the list, what that comes to, and the draw.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::programmes::ReturnColumn;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::records::drawing::{Allocation, Listed, MOST_COLUMNS, Parts, Planned, Wanted, plan};
use keyline_domain::records::{CONFIDENCES, MOST_RESERVES, SampleSize, size};
use keyline_operations::Refused;
use keyline_operations::records::{DrawSample, draw_sample, list_in_parts};
use maud::{Markup, html};

use super::{Stand, crumbs, preview};
use crate::components::{
    Choice, Column, Field, Width, button, button_group, checkboxes, data_table, details, fieldset, form,
    link_button, number_field, radios,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Margins for which the sizes are shown, in percentage points.
const MARGINS: [u8; 4] = [5, 7, 10, 15];

/// The form; with a size in the address, also what that comes to.
pub(super) async fn get(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    if typed.get("by").is_empty() {
        let first = Typed::of([
            ("by", "precision"),
            ("confidence", "95"),
            ("reserves", "5"),
            ("allocation", "proportional"),
            ("minimum", "1"),
        ]);
        return render(&visitor, &scope, &first, &Problems::default(), None).await;
    }
    let columns: Vec<String> = typed.all("strata").map(str::to_owned).collect();
    let list = {
        let stand = Stand::of(&visitor, &scope).await?;
        let known = strata_columns(&visitor, &stand)?;
        let mut reader = visitor.cx().read().await?;
        let chosen: Vec<String> =
            columns.iter().filter(|key| known.iter().any(|c| c.key == **key)).cloned().collect();
        list_in_parts(&mut reader, &scope.grant, &chosen).await
    };
    // Before the return is accepted the page says so.
    let Ok((_, list)) = list else {
        return render(&visitor, &scope, &typed, &Problems::default(), None).await;
    };
    match wanted(&typed, &list).and_then(|wanted| plan(&list, &wanted)) {
        Ok(planned) => render(&visitor, &scope, &typed, &Problems::default(), Some(&planned)).await,
        Err(problem) => {
            let problems = Problems::of(&visitor, &[problem]);
            render(&visitor, &scope, &typed, &problems, None).await
        }
    }
}

/// Draws.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let columns: Vec<String> = typed.all("strata").map(str::to_owned).collect();
    let mut reader = visitor.cx().read().await?;
    // What cannot be listed is refused by the verb, with its reasons.
    let list = list_in_parts(&mut reader, &scope.grant, &columns).await.map(|(_, list)| list);
    drop(reader);
    let read = wanted(&typed, &list.unwrap_or_default()).and_then(|wanted| {
        if typed.parse::<u32>("reserves").is_none() {
            return Err(FieldProblem::new("reserves", Reason::new("problem-number")));
        }
        let Wanted { size, reserves, parts } = wanted;
        Ok(DrawSample { inspection: scope.grant.inspection(), size, reserves, parts })
    });
    let drawn = match read {
        Ok(input) => draw_sample(visitor.cx(), visitor.actor(), input).await,
        Err(problem) => Err(Refused::Fields(vec![problem])),
    };
    match drawn {
        Ok(_) => Ok(Redirect::to(&scope.href("records/sample?done=sample-drawn")).into_response()),
        Err(refused) => {
            render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?, None).await
        }
    }
}

/// What was typed, as the rule takes it. Shares that are expected come by the place of their part in the order of names.
fn wanted(typed: &Typed, list: &[Listed]) -> Result<Wanted, FieldProblem> {
    let size = chosen(typed)?;
    let columns: Vec<String> = typed.all("strata").map(str::to_owned).collect();
    let parts = if columns.is_empty() {
        None
    } else {
        let wrong = |field: &str, key: &str| FieldProblem::new(field, Reason::new(key));
        let allocation = Allocation::parse(typed.get("allocation"));
        let mut names: Vec<&str> = list.iter().map(|row| row.part.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let mut expected = std::collections::BTreeMap::new();
        for (at, name) in names.into_iter().enumerate() {
            let field = format!("expected-{at}");
            if !typed.get(&field).trim().is_empty() {
                let share = typed.parse::<u8>(&field).filter(|share| (1..=99).contains(share));
                expected.insert(
                    name.to_owned(),
                    share.ok_or_else(|| FieldProblem::new(&field, Reason::new("records-problem-share")))?,
                );
            }
        }
        Some(Parts {
            columns,
            allocation: allocation.ok_or_else(|| wrong("allocation", "problem-choose"))?,
            minimum: typed.parse("minimum").ok_or_else(|| wrong("minimum", "problem-number"))?,
            expected,
        })
    };
    Ok(Wanted { size, reserves: typed.parse("reserves").unwrap_or(0), parts })
}

/// The columns by which the programme lets a list be divided.
fn strata_columns<'v>(visitor: &'v Visitor, stand: &Stand) -> PageResult<Vec<&'v ReturnColumn>> {
    let columns = &visitor.cx().programme(&stand.inspection)?.pre_inspection_return.columns;
    Ok(columns.iter().filter(|column| column.stratum).collect())
}

// Whether the values can be is the rule's; here only that each can be read as its kind.
fn chosen(typed: &Typed) -> Result<SampleSize, FieldProblem> {
    let wrong = |field: &str, key: &str| FieldProblem::new(field, Reason::new(key));
    match typed.get("by") {
        "number" => {
            typed.parse("number").map(SampleSize::Number).ok_or_else(|| wrong("number", "problem-number"))
        }
        "precision" => Ok(SampleSize::Precision {
            confidence: typed.parse("confidence").ok_or_else(|| wrong("confidence", "problem-choose"))?,
            margin: typed.parse("margin").ok_or_else(|| wrong("margin", "records-problem-margin"))?,
        }),
        _ => Err(wrong("by", "problem-choose")),
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    problems: &Problems,
    shown: Option<&Planned>,
) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let body = match offer(Step::DrawSample, &stand.progress, visitor.cx().now()) {
        Offer::Done => html! {
            p { (w.t("records-drawn-already")) }
            p { (link_button(&scope.href("records/sample"), &w.t("records-sample"))) }
        },
        Offer::NotYet(_) => {
            let why = stand.not_yet(visitor, Step::DrawSample, "records-draw-not-yet");
            why.unwrap_or_default()
        }
        Offer::Ready => {
            let (_, list) = list_in_parts(&mut stand.reader, &scope.grant, &[]).await?;
            let left_out = list.iter().filter(|row| row.excluded).count();
            let people = u32::try_from(list.len() - left_out).unwrap_or(u32::MAX);
            let columns = strata_columns(visitor, &stand)?;
            html! {
                p class="kl_lead" { (w.with("records-draw-lead", &[("count", &people)])) }
                p {
                    (w.with("records-excluded-count", &[("count", &left_out)])) " "
                    a href=(scope.href("records/exclusions")) { (w.t("records-exclusions")) }
                }
                p { a href=(scope.href("records/about-samples")) { (w.t("records-about")) } }
                (sizes(visitor, people))
                @if let Some(planned) = shown { (preview::show(visitor, typed, planned)) }
                (fields(visitor, scope, typed, problems, people, &columns, shown))
            }
        }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("records-draw"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/sample", "records-sample")]);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

/// What each precision comes to in this population.
fn sizes(visitor: &Visitor, population: u32) -> Markup {
    let w = visitor.words();
    let titles: Vec<String> =
        CONFIDENCES.iter().map(|c| w.with("records-confidence-is", &[("confidence", c)])).collect();
    let first = w.t("records-margin");
    let mut columns = vec![Column::text(&first)];
    columns.extend(titles.iter().map(|t| Column::number(t)));
    let rows: Vec<Vec<Markup>> = MARGINS
        .iter()
        .map(|&margin| {
            let mut row = vec![html! { (w.with("records-margin-is", &[("margin", &margin)])) }];
            row.extend(CONFIDENCES.iter().map(|&confidence| {
                let size = size(population, SampleSize::Precision { confidence, margin });
                html! { @if let Ok(size) = size { (size) } }
            }));
            row
        })
        .collect();
    details(
        &w.t("records-sizes"),
        &html! { p { (w.t("records-sizes-text")) } (data_table(&w.t("records-sizes"), &columns, &rows)) },
    )
}

fn fields(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    problems: &Problems,
    population: u32,
    columns: &[&ReturnColumn],
    shown: Option<&Planned>,
) -> Markup {
    let w = visitor.words();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let by = ["precision", "number"]
        .map(|by| Choice::new(by, w.t(&format!("records-by-{by}")), typed.has("by", by)));
    let confidences: Vec<Choice> = CONFIDENCES
        .iter()
        .map(|c| {
            let label = w.with("records-confidence-is", &[("confidence", c)]);
            Choice::new(c.to_string(), label, typed.has("confidence", &c.to_string()))
        })
        .collect();
    let show = scope.href("records/draw");
    form(
        &scope.href("records/draw"),
        &html! {
            (radios(&field("by", "records-by"), &by))
            (fieldset(&w.t("records-by-precision"), Some(&w.t("records-precision-hint")), &html! {
                (radios(&field("confidence", "records-confidence").unchecked(), &confidences))
                (number_field(&field("margin", "records-margin").hint(w.t("records-margin-hint")).unchecked()))
            }))
            (fieldset(&w.t("records-by-number"), None, &number_field(&field("number", "records-number")
                .hint(w.with("records-number-hint", &[("population", &population)])).unchecked())))
            @if !columns.is_empty() { (parts_fields(visitor, typed, problems, columns, shown)) }
            (number_field(&field("reserves", "records-reserves-wanted")
                .hint(w.with("records-reserves-hint", &[("most", &MOST_RESERVES)]))))
            p { (w.t("records-draw-once")) }
            // First in the form, so that the Enter key looks and does not draw.
            (button_group(&html! {
                button class="ds_button ds_button--secondary" type="submit" formmethod="get" formaction={ (show) "#preview" } {
                    (w.t("records-show-size"))
                }
                (button(&w.t("records-draw-now")))
            }))
        },
    )
}

/// The columns, the rule and the fewest of each part; for Neyman's rule, the share that is expected in each part once the
/// parts are known.
fn parts_fields(
    visitor: &Visitor,
    typed: &Typed,
    problems: &Problems,
    columns: &[&ReturnColumn],
    shown: Option<&Planned>,
) -> Markup {
    let w = visitor.words();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name)).unchecked()
    };
    let chosen: Vec<Choice> = columns
        .iter()
        .map(|column| Choice::new(&column.key, &column.title, typed.has("strata", &column.key)))
        .collect();
    let rules = Allocation::ALL.map(|rule| {
        let word = rule.word();
        Choice::new(word, w.t(&format!("records-allocation-{word}")), typed.has("allocation", word))
            .hint(w.t(&format!("records-allocation-{word}-hint")))
    });
    let expects = typed.has("allocation", Allocation::Neyman.word());
    fieldset(
        &w.t("records-parts"),
        Some(&w.t("records-parts-hint")),
        &html! {
            (checkboxes(&field("strata", "records-strata")
                .hint(w.with("records-strata-hint", &[("most", &MOST_COLUMNS)])), &chosen))
            (radios(&field("allocation", "records-allocation"), &rules))
            (number_field(&field("minimum", "records-minimum").hint(w.t("records-minimum-hint"))))
            @if let Some(planned) = shown.filter(|planned| expects && planned.parts.len() > 1) {
                p { (w.t("records-expected-text")) }
                @for (at, part) in planned.parts.iter().enumerate() {
                    @let name = format!("expected-{at}");
                    (number_field(&Field::new(&name, w.with("records-expected", &[("part", &part.name)]))
                        .value(typed.get(&name)).error(problems.on(&name)).unchecked()))
                }
            }
        },
    )
}
