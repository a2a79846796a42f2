//! The overview of an inspection: every step of the way with where it stands, and why one is not offered yet.

use keyline_domain::inspections::way::{Offer, Step};
use keyline_operations::view;
use keyline_store::inspections;
use maud::html;

use super::rooms::{Room, frame};
use crate::components::{Tone, task_list};
use crate::frame::{PageResult, Scope, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let tasks: Vec<_> = view::offers(visitor.cx(), &progress)
        .into_iter()
        .map(|(step, offer)| {
            let mine = scope.grant.permits(step.action());
            let (tone, state, note) = match &offer {
                Offer::Done => (Tone::Good, w.t("offer-done"), None),
                Offer::Ready if mine => (Tone::Active, w.t("offer-yours"), None),
                Offer::Ready => (Tone::Neutral, w.t("offer-ready"), None),
                Offer::NotYet(reasons) => (
                    Tone::Neutral,
                    w.t("offer-not-yet"),
                    Some(
                        html! { @for r in reasons { span class="kl_reason" { (visitor.sentence(r)) " " } } },
                    ),
                ),
            };
            let href = (mine && offer.is_ready()).then(|| scope.href(place(step)));
            (w.t(&format!("step-{}", step.word())), href, tone, state, note)
        })
        .collect();
    let body = html! { h2 { (w.t("overview-way")) } (task_list(&tasks)) };
    let title = w.t("room-overview");
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Overview, title, body)))
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
