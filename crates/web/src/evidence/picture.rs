//! The small picture of an indicator's evidence: a bar for each kind, divided by strength. Kinds without evidence
//! are drawn empty, so that what is thin is seen at a glance.

use keyline_charts::by_room;
use keyline_charts::stacked::{Part, Row, Stacked};
use keyline_domain::evidence::{Kind, Strength};
use keyline_store::evidence::Weight;
use maud::{Markup, html};

use crate::components::{Tone, details, table, tag};
use crate::frame::Visitor;

/// The picture of one indicator with its table, and a flag when it is thin. `title` is the indicator's.
pub(crate) fn weight_picture(visitor: &Visitor, indicator: &str, title: &str, all: &[Weight]) -> Markup {
    let w = visitor.words();
    let own: Vec<_> = all.iter().filter(|x| x.indicator == indicator).collect();
    let pieces = |kind: Kind, strength: Strength| -> u32 {
        own.iter().filter(|x| x.kind == kind && x.strength == strength).map(|x| x.pieces).sum()
    };
    let of_kind = |kind: Kind| -> u32 { Strength::ALL.iter().map(|s| pieces(kind, *s)).sum() };
    let kinds = Kind::ALL.iter().filter(|k| of_kind(**k) > 0).count();
    let total: u32 = Kind::ALL.iter().map(|k| of_kind(*k)).sum();
    let name = |kind: Kind| w.t(&format!("evidence-kind-{}", kind.word()));
    let steps: Vec<String> =
        Strength::ALL.iter().map(|s| w.t(&format!("evidence-strength-{}", s.word()))).collect();
    let picture = Stacked {
        id: format!("weight-{}", indicator.replace('.', "-")),
        title: title.to_owned(),
        description: w.with("evidence-picture", &[("pieces", &total), ("kinds", &kinds)]),
        steps: steps.clone(),
        // Five pieces of one kind fill a bar, so that little looks little.
        whole: Some(f64::from(Kind::ALL.iter().map(|k| of_kind(*k)).max().unwrap_or(0).max(5))),
        rows: Kind::ALL
            .iter()
            .map(|kind| Row {
                label: name(*kind),
                parts: Strength::ALL
                    .iter()
                    .map(|s| {
                        let n = pieces(*kind, *s);
                        Part { value: f64::from(n), shown: n.to_string() }
                    })
                    .collect(),
                total: w.with("evidence-pieces", &[("count", &of_kind(*kind))]),
            })
            .collect(),
    };
    let mut header: Vec<&str> = vec![];
    let kind_word = w.t("evidence-kind");
    header.push(&kind_word);
    header.extend(steps.iter().map(String::as_str));
    let rows: Vec<Vec<Markup>> = Kind::ALL
        .iter()
        .map(|kind| {
            let mut cells = vec![html! { (name(*kind)) }];
            cells.extend(Strength::ALL.iter().map(|s| html! { (pieces(*kind, *s)) }));
            cells
        })
        .collect();
    html! {
        p {
            @if total == 0 { (tag(Tone::Bad, &w.t("evidence-none"))) }
            @else if kinds < 2 { (tag(Tone::Warn, &w.t("evidence-thin"))) }
            @else { (tag(Tone::Good, &w.with("evidence-kinds", &[("count", &kinds)]))) }
            " " (w.with("evidence-pieces", &[("count", &total)]))
        }
        @if total > 0 { (by_room(&picture.draw(), &picture.draw_narrow())) }
        (details(&w.t("evidence-as-table"), &table(title, &header, &rows)))
    }
}
