//! The evidence of an inspection: a picture per indicator, and the list, narrowed by indicator, kind and strength.

use keyline_domain::evidence::{Kind, Strength};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_operations::view;
use keyline_store::evidence::{Evidence, Filter, list, weights};
use keyline_store::inspections;
use maud::{Markup, html};

use super::{Titles, weight_picture};
use crate::components::{
    Choice, Field, Tone, details, empty_state, link_button, not_offered, pagination, select, table, tag,
};
use crate::frame::{PageResult, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

const PAGE: usize = 50;

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(&visitor, &inspection)?;
    let filter = Filter {
        indicator: Some(typed.get("indicator").to_owned()).filter(|i| !i.is_empty()),
        kind: typed.parse("kind"),
        strength: typed.parse("strength"),
        withdrawn: typed.has("withdrawn", "yes"),
    };
    let found = list(&mut reader, &scope.grant, &filter).await?;
    let weighed = weights(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let writes = scope.grant.permits(Step::RecordEvidence.action());
    let open = offer(Step::RecordEvidence, &progress, visitor.cx().now());
    let body = html! {
        p class="kl_lead" { (w.t("evidence-lead")) }
        @match (&open, writes) {
            (Offer::NotYet(reasons), true) => {
                @let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
                (not_offered(&w.t("evidence-not-offered"), &reasons))
            }
            (_, true) => { p { (link_button(&scope.href("evidence/new"), &w.t("evidence-record"))) } }
            _ => {}
        }
        h2 { (w.t("evidence-by-indicator")) }
        @for number in titles.evaluated() {
            section class="kl_indicator" {
                h3 { a href={ (scope.href("evidence")) "?indicator=" (number) } { (titles.indicator(&number)) } }
                (weight_picture(&visitor, &number, &titles.indicator(&number), &weighed))
            }
        }
        h2 id="list" { (w.t("evidence-list")) }
        (narrow(&visitor, &scope, &titles, &typed))
        (pieces(&visitor, &scope, &titles, &found, &typed))
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Evidence, w.t("room-evidence"), body)))
}

fn narrow(visitor: &Visitor, scope: &Scope, titles: &Titles<'_>, typed: &Typed) -> Markup {
    let w = visitor.words();
    let any = || Choice::new("", w.t("evidence-any"), false);
    let mut indicators = vec![any()];
    indicators.extend(titles.evaluated_choices(|n| typed.get("indicator") == n));
    let further = titles.further_choices(typed).into_iter();
    indicators.extend(further.filter(|c| c.chosen));
    let mut kinds = vec![any()];
    kinds.extend(Kind::ALL.iter().map(|k| {
        Choice::new(k.word(), w.t(&format!("evidence-kind-{}", k.word())), typed.get("kind") == k.word())
    }));
    let mut strengths = vec![any()];
    strengths.extend(Strength::ALL.iter().map(|s| {
        let label = w.t(&format!("evidence-strength-{}", s.word()));
        Choice::new(s.word(), label, typed.get("strength") == s.word())
    }));
    let withdrawn = [
        Choice::new("", w.t("evidence-standing"), false),
        Choice::new("yes", w.t("evidence-with-withdrawn"), typed.has("withdrawn", "yes")),
    ];
    let narrowed = ["indicator", "kind", "strength", "withdrawn"].iter().any(|f| !typed.get(f).is_empty());
    let fields = html! {
        form class="kl_form kl_filter" method="get" action={ (scope.href("evidence")) "#list" } {
            (select(&Field::new("indicator", w.t("evidence-indicator")).unchecked(), &indicators))
            (select(&Field::new("kind", w.t("evidence-kind")).unchecked(), &kinds))
            (select(&Field::new("strength", w.t("evidence-strength")).unchecked(), &strengths))
            (select(&Field::new("withdrawn", w.t("evidence-which")).unchecked(), &withdrawn))
            button class="ds_button ds_button--secondary" type="submit" { (w.t("evidence-narrow")) }
        }
    };
    html! {
        @if narrowed { (fields) p { a href=(scope.href("evidence")) { (w.t("evidence-all")) } } }
        @else { (details(&w.t("evidence-narrow"), &fields)) }
    }
}

fn pieces(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    found: &[Evidence],
    typed: &Typed,
) -> Markup {
    let w = visitor.words();
    if found.is_empty() {
        return empty_state(&w.t("evidence-empty-title"), &w.t("evidence-empty-text"), None);
    }
    let page = typed.parse::<usize>("page").unwrap_or(0).min(found.len() / PAGE);
    let rows: Vec<_> = found
        .iter()
        .skip(page * PAGE)
        .take(PAGE)
        .map(|e| {
            vec![
                html! {
                    a href=(scope.href(&format!("evidence/{}", e.id))) { (e.written.title) }
                    @if e.withdrawn.is_some() { " " (tag(Tone::Neutral, &w.t("evidence-withdrawn"))) }
                },
                html! { (w.t(&format!("evidence-kind-{}", e.written.kind.word()))) },
                strength(visitor, e.written.strength),
                titles.tags(&e.written.tags),
                html! { (w.date(e.written.describes_on)) },
            ]
        })
        .collect();
    let headings =
        ["evidence-title", "evidence-kind", "evidence-strength", "evidence-tags", "evidence-speaks-of"]
            .map(|key| w.t(key));
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let at = |n: usize| {
        let kept: Vec<String> = typed
            .pairs()
            .filter(|(k, v)| matches!(*k, "indicator" | "kind" | "strength" | "withdrawn") && !v.is_empty())
            .map(|(k, v)| {
                format!(
                    "{k}={}&",
                    percent_encoding::utf8_percent_encode(v, percent_encoding::NON_ALPHANUMERIC)
                )
            })
            .collect();
        format!("{}?{}page={n}#list", scope.href("evidence"), kept.concat())
    };
    let newer = (page > 0).then(|| at(page - 1));
    let older = ((page + 1) * PAGE < found.len()).then(|| at(page + 1));
    let (newer_word, older_word) = (w.t("evidence-newer"), w.t("evidence-older"));
    html! {
        (table(&w.with("evidence-pieces", &[("count", &found.len())]), &headings, &rows))
        (pagination(&w.t("evidence-pages"), newer.as_deref().map(|h| (h, newer_word.as_str())),
            older.as_deref().map(|h| (h, older_word.as_str()))))
    }
}

/// A strength as a short state.
pub(crate) fn strength(visitor: &Visitor, strength: Strength) -> Markup {
    let tone = match strength {
        Strength::NoSignificantConcern => Tone::Good,
        Strength::Uncertain => Tone::Warn,
        Strength::Concern => Tone::Bad,
    };
    tag(tone, &visitor.words().t(&format!("evidence-strength-{}", strength.word())))
}
