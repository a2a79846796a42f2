//! A record that cannot be read is replaced by the next of the reserve, with the reason.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::inspections::way::Step;
use keyline_operations::records::{ReplaceRecord, replace_record};
use keyline_store::records::{self, ReadingState};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Stand, crumbs};
use crate::components::{Choice, Field, Width, button, form, not_offered, select, text_area};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The address of the form for a label.
pub(super) fn href(scope: &Scope, label: &str) -> String {
    format!("{}?label={}", scope.href("records/replace"), utf8_percent_encode(label, NON_ALPHANUMERIC))
}

/// The form.
pub(super) async fn get(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    render(&visitor, &scope, &typed, &Problems::default()).await
}

/// Replaces.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = ReplaceRecord {
        inspection: scope.grant.inspection(),
        label: typed.get("label").to_owned(),
        reason: typed.get("reason").to_owned(),
    };
    match replace_record(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("records/sample?done=record-replaced")).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let body = match stand.not_yet(visitor, Step::ReadRecords, "records-replace-not-yet") {
        Some(why) => why,
        None => fields(visitor, scope, &mut stand, typed, problems).await?,
    };
    let mut layout =
        frame(visitor, scope, &stand.inspection, Room::Records, w.t("records-replace-title"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/sample", "records-sample")]);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

async fn fields(
    visitor: &Visitor,
    scope: &Scope,
    stand: &mut Stand,
    typed: &Typed,
    problems: &Problems,
) -> PageResult<Markup> {
    let w = visitor.words();
    let read = records::list_readings(&mut stand.reader, &scope.grant, None).await?;
    let is_read = |label: &str| read.iter().any(|r| r.label == label && r.state == ReadingState::Finished);
    let left: Vec<&str> = stand.in_use().map(|r| r.label.as_str()).filter(|l| !is_read(l)).collect();
    let reserve = stand
        .drawn
        .iter()
        .any(|(_, all)| all.iter().any(|r| r.reserve && !r.in_use && r.replaced_by.is_none()));
    let mut reasons = Vec::new();
    if left.is_empty() {
        reasons.push(w.t("records-all-read"));
    }
    if !reserve {
        reasons.push(w.t("records-reserve-used-up"));
    }
    if !reasons.is_empty() {
        return Ok(html! {
            (not_offered(&w.t("records-replace-not-yet"), &reasons))
            // What was typed is not lost with the form.
            @if !typed.get("reason").is_empty() { p class="kl_pre" { (typed.get("reason")) } }
        });
    }
    let mut labels = vec![Choice::new("", w.t("choose-one"), typed.get("label").is_empty())];
    labels.extend(left.iter().map(|l| Choice::new(*l, *l, typed.get("label") == *l)));
    Ok(html! {
        p { (w.t("records-replace-text")) }
        (form(&scope.href("records/replace"), &html! {
            (select(&Field::new("label", w.t("records-label")).error(problems.on("label")), &labels))
            (text_area(&Field::new("reason", w.t("records-replace-reason")).hint(w.t("records-replace-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 3))
            (button(&w.t("records-replace-now")))
        }))
    })
}
