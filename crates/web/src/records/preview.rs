//! What a sample comes to, part by part: as a sentence, a picture and a table. Before the draw and after it.

use keyline_charts::by_room;
use keyline_charts::stacked::{Part, Row, Stacked};
use keyline_domain::records::drawing::{Planned, PlannedPart, Tells, order_of_part};
use maud::{Markup, html};

use crate::components::{Column, callout, data_table};
use crate::frame::{Typed, Visitor};

/// Before the draw.
pub(super) fn show(visitor: &Visitor, typed: &Typed, planned: &Planned) -> Markup {
    let w = visitor.words();
    let numbers: [(&str, &dyn std::fmt::Display); 2] =
        [("size", &planned.size), ("population", &planned.population)];
    let said = if typed.has("by", "precision") {
        let margin = typed.get("margin").trim();
        let all = [numbers[0], numbers[1], ("confidence", &planned.confidence), ("margin", &margin)];
        w.with("records-preview-precision", &all)
    } else {
        w.with("records-preview-number", &numbers)
    };
    html! {
        div id="preview" role="status" {
            (callout(&w.t("records-preview"), &html! { p { (said) } p { (tells(visitor, planned.tells, planned.confidence)) } }))
        }
        @if planned.parts.len() > 1 || planned.parts.iter().any(|part| !part.name.is_empty()) {
            (parts(visitor, &planned.parts))
        }
    }
}

/// What the sample can tell, in a sentence.
pub(super) fn tells(visitor: &Visitor, tells: Tells, confidence: u8) -> String {
    let w = visitor.words();
    match tells {
        Tells::Everything => w.t("records-tells-everything"),
        Tells::Nothing => w.t("records-tells-nothing"),
        Tells::Within(points) => {
            let points = format!("{points:.1}");
            w.with("records-tells-within", &[("points", &points), ("confidence", &confidence)])
        }
    }
}

/// The picture of the allocation, and its table.
pub(super) fn parts(visitor: &Visitor, parts: &[PlannedPart]) -> Markup {
    let w = visitor.words();
    let mut parts: Vec<&PlannedPart> = parts.iter().collect();
    parts.sort_by_key(|part| order_of_part(&part.name));
    let whole = parts.iter().map(|part| part.population).max().unwrap_or(1);
    let picture = Stacked {
        id: "allocation".to_owned(),
        title: w.t("records-allocation-picture"),
        description: w.t("records-allocation-described"),
        steps: vec![w.t("records-part-drawn"), w.t("records-part-not-drawn")],
        whole: Some(f64::from(whole)),
        rows: parts
            .iter()
            .map(|part| Row {
                label: part.name.clone(),
                parts: [part.drawn, part.population - part.drawn.min(part.population)]
                    .map(|n| Part { value: f64::from(n), shown: n.to_string() })
                    .to_vec(),
                total: w.with("records-part-of", &[("drawn", &part.drawn), ("population", &part.population)]),
            })
            .collect(),
    };
    let rows: Vec<Vec<Markup>> = parts
        .iter()
        .map(|part| {
            vec![
                html! { (part.name) },
                html! { (part.population) },
                html! { (part.excluded) },
                html! { (part.drawn) },
                html! { @match part.weight() { Some(weight) => (format!("{weight:.2}")), None => "–" } },
            ]
        })
        .collect();
    let titles = [
        "records-part",
        "records-part-population",
        "records-part-excluded",
        "records-part-drawn",
        "records-part-weight",
    ]
    .map(|key| w.t(key));
    let mut columns = vec![Column::text(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::number(title)));
    html! {
        (by_room(&picture.draw(), &picture.draw_narrow()))
        (data_table(&w.t("records-parts-table"), &columns, &rows))
        p { (w.t("records-part-weight-text")) }
    }
}
