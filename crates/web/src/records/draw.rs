//! Drawing the sample: a number or a precision, what a precision comes to in this population, and the draw.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::records::{CONFIDENCES, MOST_RESERVES, SampleSize, size};
use keyline_operations::Refused;
use keyline_operations::records::{DrawSample, draw_sample};
use maud::{Markup, html};

use super::{Stand, crumbs, population};
use crate::components::{
    Choice, Column, Field, Width, button, button_group, callout, data_table, details, fieldset, form,
    link_button, number_field, radios,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Margins for which the sizes are shown, in percentage points.
const MARGINS: [u8; 4] = [5, 7, 10, 15];

/// The form; with a size in the address, also how many records that is.
pub(super) async fn get(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    if typed.get("by").is_empty() {
        let first = Typed::of([("by", "precision"), ("confidence", "95"), ("reserves", "5")]);
        return render(&visitor, &scope, &first, &Problems::default(), None).await;
    }
    let mut stand = Stand::of(&visitor, &scope).await?;
    let people = population(&mut stand.reader, &scope).await?.unwrap_or(0);
    drop(stand);
    match chosen(&typed).and_then(|chosen| size(people, chosen)) {
        Ok(size) => render(&visitor, &scope, &typed, &Problems::default(), Some(size)).await,
        Err(problem) => {
            let problems = Problems::of(&visitor, &[problem]);
            render(&visitor, &scope, &typed, &problems, None).await
        }
    }
}

/// Draws.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let read = chosen(&typed).and_then(|size| {
        let reserves = typed.parse::<u32>("reserves");
        let reserves =
            reserves.ok_or_else(|| FieldProblem::new("reserves", Reason::new("problem-number")))?;
        Ok(DrawSample { inspection: scope.grant.inspection(), size, reserves })
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
    shown: Option<u32>,
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
            let people = population(&mut stand.reader, scope).await?.unwrap_or(0);
            html! {
                p class="kl_lead" { (w.with("records-draw-lead", &[("count", &people)])) }
                (sizes(visitor, people))
                @if let Some(size) = shown { (preview(visitor, typed, people, size)) }
                (fields(visitor, scope, typed, problems, people))
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

fn preview(visitor: &Visitor, typed: &Typed, population: u32, size: u32) -> Markup {
    let w = visitor.words();
    let numbers: [(&str, &dyn std::fmt::Display); 2] = [("size", &size), ("population", &population)];
    let said = if typed.has("by", "precision") {
        let (confidence, margin) = (typed.get("confidence").trim(), typed.get("margin").trim());
        let all = [numbers[0], numbers[1], ("confidence", &confidence), ("margin", &margin)];
        w.with("records-preview-precision", &all)
    } else {
        w.with("records-preview-number", &numbers)
    };
    html! { div id="preview" role="status" { (callout(&w.t("records-preview"), &html! { p { (said) } })) } }
}

fn fields(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems, population: u32) -> Markup {
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
