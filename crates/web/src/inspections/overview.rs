//! The overview of an inspection: every step of the way with where it stands, and why one is not offered yet.

use keyline_domain::clock::day_of;
use keyline_domain::inspections::plan::Plan;
use keyline_domain::inspections::way::{Offer, Progress, ReportState, Step, is_over};
use keyline_operations::inspections::{dated_plan, planned};
use keyline_operations::view;
use keyline_store::inspections::{self, Inspection};
use maud::{Markup, html};

use super::rooms::{Room, frame};
use crate::components::{Task, Tone, progress_bar, summary_list, task_list};
use crate::frame::{PageResult, Scope, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(cx, &mut reader, &inspection).await?;
    let plan = match dated_plan(cx, &mut reader, &scope.grant, &inspection).await? {
        Some(dated) => dated.plan,
        None => planned(cx, &inspection)?,
    };
    drop(reader);
    let offers = view::offers(cx, &progress);
    let behind = |(step, offer): &&(Step, Offer)| *offer == Offer::Done || is_over(*step, &progress);
    let done = offers.iter().filter(behind).count();
    let all = offers.len();
    let now: Vec<_> = offers
        .iter()
        .filter(|(_, offer)| offer.is_ready())
        .map(|pair| task(&visitor, &scope, &progress, pair))
        .collect();
    let way: Vec<_> = offers.iter().map(|pair| task(&visitor, &scope, &progress, pair)).collect();
    let body = html! {
        (facts(&visitor, &inspection, &progress, &plan))
        (progress_bar("way", &w.t("overview-way"), done as u64, all as u64,
            &w.with("overview-done", &[("done", &done), ("all", &all)])))
        @if !now.is_empty() { h2 { (w.t("overview-now")) } (task_list(&now)) }
        h2 { (w.t("overview-way")) }
        (task_list(&way))
    };
    let title = w.t("room-overview");
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Overview, title, body)))
}

/// What is inspected by which programme, when it was notified, and when the report is planned to come out.
fn facts(visitor: &Visitor, inspection: &Inspection, progress: &Progress, plan: &Plan) -> Markup {
    let w = visitor.words();
    let programme = visitor.cx().library.programme(&inspection.programme, &inspection.programme_version);
    let mut rows = vec![(
        w.t("overview-programme"),
        html! { (programme.map_or(inspection.programme.as_str(), |p| p.title.value.as_str())) " (" (inspection.programme_version) ")" },
    )];
    rows.push(match inspection.notified_on {
        Some(day) => (w.t("overview-notified"), html! { (w.date_long(day)) }),
        None => (w.t("overview-notify-on"), html! { (w.date_long(inspection.starts_on)) }),
    });
    if let (ReportState::Published, Some(at)) = (progress.report, progress.publish_at) {
        rows.push((w.t("overview-published"), html! { (w.date_long(day_of(at))) }));
    } else if let Some(step) = plan.step("publication") {
        rows.push((step.title.clone(), html! { (w.date_long(step.span.from)) }));
    }
    summary_list(&rows)
}

fn task(visitor: &Visitor, scope: &Scope, progress: &Progress, (step, offer): &(Step, Offer)) -> Task {
    let w = visitor.words();
    let mine = scope.grant.permits(step.action());
    let (tone, state) = match offer {
        Offer::Done => (Tone::Good, "offer-done"),
        _ if is_over(*step, progress) => (Tone::Neutral, "offer-over"),
        Offer::Ready if mine => (Tone::Active, "offer-yours"),
        Offer::Ready => (Tone::Neutral, "offer-ready"),
        Offer::NotYet(_) => (Tone::Neutral, "offer-not-yet"),
    };
    let note = match offer {
        Offer::NotYet(reasons) => {
            Some(html! { @for r in reasons { span class="kl_reason" { (visitor.sentence(r)) " " } } })
        }
        _ => None,
    };
    let href = (mine && offer.is_ready()).then(|| scope.href(place(*step)));
    (w.t(&format!("step-{}", step.word())), href, tone, w.t(state), note)
}

/// The page on which a step is done.
pub(crate) fn place(step: Step) -> &'static str {
    match step {
        Step::Notify => "notify",
        Step::InvitePartnership => "people",
        Step::SubmitReturn | Step::AcceptReturn | Step::UploadDocuments => "returns",
        Step::OpenSurvey | Step::CloseSurvey | Step::NoteSessions => "voices",
        Step::DrawSample | Step::ReadRecords => "records",
        Step::RecordEvidence => "evidence",
        Step::WriteFindings | Step::GradeAlone | Step::AgreeGrades | Step::DecideOnPanel => "judgement",
        Step::WriteReport
        | Step::SendDraft
        | Step::AnswerPoints
        | Step::SendEmbargoed
        | Step::SetPublication
        | Step::Publish => "report",
        Step::SubmitActionPlan | Step::ReviewActionPlan => "improvement",
    }
}
