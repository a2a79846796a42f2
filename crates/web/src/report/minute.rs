//! Setting the minute of publication.

use axum::response::{IntoResponse, Redirect};
use jiff::civil::Time;
use keyline_domain::clock::in_london;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_operations::Refused;
use keyline_operations::report::{SetPublication, set_publication};
use keyline_store::{inspections, report};
use maud::html;

use crate::components::{
    Choice, DateTyped, Field, Width, button, checkboxes, date_field, form, not_offered, text_field,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Asks for the minute; the one that is set stands there already.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    let set = report::get(&mut reader, &scope.grant).await?.publish_at;
    drop(reader);
    let typed = set.map_or_else(Typed::default, |at| {
        let at = in_london(at);
        Typed::of([
            ("day-day", at.day().to_string()),
            ("day-month", at.month().to_string()),
            ("day-year", at.year().to_string()),
            ("time", format!("{:02}:{:02}", at.hour(), at.minute())),
        ])
    });
    render(&visitor, &scope, &typed, &Problems::default()).await
}

/// Sets the minute.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let day = DateTyped::of("day", |name| typed.get(name)).date();
    let time: Option<Time> = typed.parse("time");
    let (Some(day), Some(time)) = (day, time) else {
        let mut problems = Vec::new();
        if day.is_none() {
            problems.push(FieldProblem::new("day", Reason::new("problem-date")));
        }
        if time.is_none() {
            problems.push(FieldProblem::new("time", Reason::new("report-problem-time")));
        }
        let problems = Problems::from_refusal(&visitor, Refused::Fields(problems))?;
        return render(&visitor, &scope, &typed, &problems).await;
    };
    let non_working_day = typed.has("non_working_day", "yes");
    let input = SetPublication { inspection: scope.grant.inspection(), day, time, non_working_day };
    match set_publication(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("report?done=publication-set")).into_response()),
        Err(refused) => render(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let report = report::get(&mut reader, &scope.grant).await?;
    let come = report.publish_at.is_some_and(|at| at <= visitor.cx().now());
    let body = if report.state < keyline_domain::inspections::way::ReportState::Embargoed {
        not_offered(&w.t("report-not-yet"), &[w.t("wait-embargoed")])
    } else if come {
        not_offered(&w.t("report-not-yet"), &[w.t("report-minute-come")])
    } else {
        form(
            &scope.href("report/publication"),
            &html! {
                (date_field(&Field::new("day", w.t("report-minute-day")).error(problems.on("day")),
                    &DateTyped::of("day", |name| typed.get(name)), w))
                (text_field(&Field::new("time", w.t("report-minute-time")).hint(w.t("report-minute-time-hint"))
                    .value(typed.get("time")).error(problems.on("time")), "time"))
                (checkboxes(&Field::new("non_working_day", w.t("report-minute-non-working")).unchecked()
                    .hint(w.t("report-minute-non-working-hint")).error(problems.on("non_working_day")), &[
                    Choice::new("yes", w.t("report-minute-non-working-yes"), typed.has("non_working_day", "yes")),
                ]))
                (button(&w.t("report-minute-save")))
            },
        )
    };
    let body = html! { p { (w.t("report-publication-explained")) } (body) };
    let mut layout = frame(visitor, scope, &inspection, Room::Report, w.t("report-publication-go"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("report"), w.t("room-report"))];
    Ok(visitor.show_as(problems.status(), &layout))
}
