//! How far pairs that read the same records agree, question by question.

use keyline_charts::bars::{Bar, Bars};
use keyline_charts::by_room;
use keyline_domain::records::agreeing::{FEWEST_COMPARED, ItemAgreement};
use keyline_operations::records::{TwiceRead, agreement_of, twice_read};
use keyline_statistics::agreement::summary::Coefficient;
use keyline_statistics::agreement::weights::Weights;
use keyline_statistics::agreement::{NoRange, Range, Undefined};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Stand, crumbs};
use crate::components::{Column, data_table, details, empty_state, figure_tile, figures, inset};
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The address of the page of one question.
pub(super) fn href(scope: &Scope, item: &str) -> String {
    format!("{}/{}", scope.href("records/team/agreement"), utf8_percent_encode(item, NON_ALPHANUMERIC))
}

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let body = if let Some(why) = stand.blind(&visitor, &scope) {
        why
    } else {
        let read = twice_read(visitor.cx(), &mut stand.reader, &scope.grant, &stand.reading).await?;
        if read.records.is_empty() {
            empty_state(&w.t("records-agreement-none-title"), &w.t("reading-agreement-none-text"), None)
        } else {
            let tool = stand.tool(&visitor, &scope)?;
            let found = agreement_of(visitor.cx(), &tool, &read).await?;
            shown(&visitor, &scope, tool.form(), &read, &found)
        }
    };
    let mut layout =
        frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("records-agreement"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/team", "records-team")]);
    Ok(visitor.show(&layout))
}

fn shown(
    visitor: &Visitor,
    scope: &Scope,
    form: &keyline_forms::form::Form,
    read: &TwiceRead,
    found: &[ItemAgreement],
) -> Markup {
    let w = visitor.words();
    let label = |item: &ItemAgreement| {
        form.question(&item.question).map_or(item.question.as_str(), |q| form.own(&q.label)).to_owned()
    };
    let titles = [
        "records-question",
        "records-compared",
        "reading-percent",
        "reading-alpha",
        "reading-fleiss",
        "reading-ac",
    ];
    let titles = titles.map(|key| w.t(key));
    let [question, compared, percent, alpha, fleiss, ac] = titles.each_ref().map(String::as_str);
    let columns = [
        Column::text(question),
        Column::number(compared),
        Column::text(percent),
        Column::text(alpha),
        Column::text(fleiss),
        Column::text(ac),
    ];
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|item| {
            let ac1 = item.found.gwet.iter().find(|(weights, _)| *weights == Weights::Unweighted);
            vec![
                html! { a href=(href(scope, &item.question)) { (label(item)) } },
                html! { (item.found.read_twice) },
                html! { (percentage(visitor, &item.found.percent)) },
                html! { (coefficient(visitor, &item.found.alpha)) },
                html! { (coefficient(visitor, &item.found.fleiss)) },
                html! { @if let Some((_, ac1)) = ac1 { (coefficient(visitor, ac1)) } },
            ]
        })
        .collect();
    let few = read.records.len() < usize::try_from(FEWEST_COMPARED).unwrap_or(usize::MAX);
    html! {
        p class="kl_lead" { (w.t("reading-agreement-lead")) }
        (figures(&html! {
            (figure_tile(&read.records.len().to_string(), &w.t("records-read-twice"), Some(&read.labels.join(", "))))
            (figure_tile(&read.pairs.len().to_string(), &w.t("reading-pairs-compared"), None))
        }))
        @if few { (inset(&html! { p { (w.with("records-too-few", &[("count", &read.records.len()), ("fewest", &FEWEST_COMPARED)])) } })) }
        (picture(visitor, found, label))
        (details(&w.t("reading-measures"), &html! { ul {
            @for key in ["reading-measure-percent", "reading-measure-alpha", "reading-measure-fleiss", "reading-measure-ac",
                "reading-measure-kappa", "reading-measure-interval"] { li { (w.t(key)) } }
        } }))
        (data_table(&w.t("records-agreement-by-question"), &columns, &rows))
    }
}

/// Percent agreement of each question that was read twice, with its interval.
fn picture(visitor: &Visitor, found: &[ItemAgreement], label: impl Fn(&ItemAgreement) -> String) -> Markup {
    let w = visitor.words();
    let bars: Vec<Bar> = found
        .iter()
        .filter_map(|item| {
            let estimate = item.found.percent.ok()?;
            let interval = match estimate.range {
                Range::Between { low, high, .. } => Some((low * 100.0, high * 100.0)),
                Range::None(_) => None,
            };
            let shown = format!("{:.0}%", estimate.value * 100.0);
            Some(Bar {
                label: label(item),
                value: Some(estimate.value * 100.0),
                shown,
                interval,
                category: 0,
            })
        })
        .collect();
    let picture = Bars {
        id: "agreement".into(),
        title: w.t("reading-agreement-picture"),
        description: w.t("reading-agreement-picture-text"),
        whole: Some(100.0),
        bars,
    };
    details(&w.t("reading-agreement-picture"), &by_room(&picture.draw(), &picture.draw_narrow()))
}

/// A share in whole percent with its interval.
pub(super) fn percentage(visitor: &Visitor, found: &Coefficient) -> String {
    let w = visitor.words();
    match found {
        Err(why) => w.t(undefined(*why)),
        Ok(e) => match e.range {
            Range::Between { low, high, .. } => format!(
                "{:.0}% ({})",
                e.value * 100.0,
                w.with(
                    "reading-from-to-number",
                    &[("low", &format!("{:.0}", low * 100.0)), ("high", &format!("{:.0}", high * 100.0)),]
                )
            ),
            Range::None(why) => format!("{:.0}% ({})", e.value * 100.0, no_range(visitor, why)),
        },
    }
}

/// A coefficient with two digits and its interval, or why there is none.
pub(super) fn coefficient(visitor: &Visitor, found: &Coefficient) -> String {
    let w = visitor.words();
    match found {
        Err(why) => w.t(undefined(*why)),
        Ok(e) => match e.range {
            Range::Between { low, high, .. } => format!(
                "{:.2} ({})",
                e.value,
                w.with(
                    "reading-from-to-number",
                    &[("low", &format!("{low:.2}")), ("high", &format!("{high:.2}")),]
                )
            ),
            Range::None(why) => format!("{:.2} ({})", e.value, no_range(visitor, why)),
        },
    }
}

fn undefined(why: Undefined) -> &'static str {
    match why {
        Undefined::NothingReadTwice => "reading-undefined-nothing",
        Undefined::OneCategory => "reading-undefined-one",
        Undefined::BelowZero => "reading-undefined-below",
    }
}

fn no_range(visitor: &Visitor, why: NoRange) -> String {
    let w = visitor.words();
    match why {
        NoRange::OneUnit => w.t("reading-no-range-one"),
        NoRange::NoDifference => w.t("reading-no-range-same"),
        NoRange::OftenUndefined { rounds, undefined } => {
            w.with("reading-no-range-often", &[("rounds", &rounds), ("undefined", &undefined)])
        }
        NoRange::TooFewRounds => w.t("reading-no-range-rounds"),
    }
}

/// The name of weights, printed beside every coefficient that has them.
pub(super) fn weights(visitor: &Visitor, weights: Weights) -> String {
    visitor.words().t(match weights {
        Weights::Unweighted => "reading-weights-none",
        Weights::Linear => "reading-weights-linear",
        Weights::Quadratic => "reading-weights-quadratic",
    })
}
