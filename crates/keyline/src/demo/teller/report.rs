//! The report: written, checked, embargoed, published at its minute; then the action plan.

use jiff::civil::time;
use keyline_domain::access::Action;
use keyline_domain::inspections::way::{ActionPlanState, ReportState};
use keyline_operations::improvement::{
    AddAction, MakeRecommendation, PlannedText, ReviewPlan, SubmitPlan, add_action, make_recommendation,
    review_plan, submit_plan,
};
use keyline_operations::report::{
    AnswerPoint, CloseAccuracy, RaisePoint, SaveSection, SendDraft, SendEmbargoed, SetPublication,
    answer_point, close_accuracy, raise_point, read_embargoed, save_section, send_draft, send_embargoed,
    set_publication,
};
use keyline_store::improvement;
use keyline_store::report::accuracy;

use super::Teller;
use super::set_up::finish;
use crate::commands::in_words;

/// The lead writes the sections and makes the recommendations.
pub(super) async fn write(t: &Teller<'_>) -> anyhow::Result<()> {
    if t.progress().await?.report > ReportState::WithPartnership {
        return Ok(());
    }
    let lead = t.actor("lead");
    let grant = t.grant("lead", Action::SeeReport).await?;
    let written = keyline_store::report::sections(&mut t.cx.db.read().await?, &grant).await?;
    t.at_step("panel", 90)?;
    for s in t.programme.report.written_sections() {
        let Some(told) = t.script.section.iter().find(|told| told.key == s.key) else { continue };
        if written.iter().any(|w| w.key == s.key) {
            continue;
        }
        let input = SaveSection {
            inspection: t.id,
            section: s.key.clone(),
            body: told.body.trim().to_owned(),
            version: 0,
            identifies_nobody: true,
        };
        save_section(t.cx, &lead, input).await.map_err(in_words)?;
    }
    let made = improvement::recommendations(&mut t.cx.db.read().await?, &grant).await?;
    for r in t.script.recommendation.iter().filter(|r| t.programme.evaluates(&r.indicator)) {
        if made.iter().any(|m| m.body == r.body) {
            continue;
        }
        let input = MakeRecommendation {
            inspection: t.id,
            indicator: r.indicator.clone(),
            body: r.body.clone(),
            identifies_nobody: true,
        };
        make_recommendation(t.cx, &lead, input).await.map_err(in_words)?;
    }
    Ok(())
}

/// The draft goes out; the partnership raises its points; the lead answers each.
pub(super) async fn draft_and_points(t: &Teller<'_>) -> anyhow::Result<()> {
    let (lead, coordinator) = (t.actor("lead"), t.actor("coordinator"));
    let progress = t.progress().await?;
    if progress.report == ReportState::Writing {
        t.at_step("draft-to-partnership", 150)?;
        send_draft(t.cx, &lead, SendDraft { inspection: t.id }).await.map_err(in_words)?;
        finish(t, "draft-to-partnership").await?;
    }
    let grant = t.grant("lead", Action::SeeDraft).await?;
    let raised = accuracy::list(&mut t.cx.db.read().await?, &grant).await?;
    if !progress.accuracy_closed {
        t.at_step("draft-to-partnership", 400)?;
        for point in t.script.point.iter().filter(|p| !raised.iter().any(|r| r.body == p.body)) {
            let input = RaisePoint {
                inspection: t.id,
                place: point.place.clone(),
                body: point.body.clone(),
                proposal: point.proposal.clone(),
                identifies_nobody: true,
            };
            raise_point(t.cx, &coordinator, input).await.map_err(in_words)?;
        }
        close_accuracy(t.cx, &coordinator, CloseAccuracy { inspection: t.id }).await.map_err(in_words)?;
    }
    t.at_step("embargoed-report", -240)?;
    for point in accuracy::list(&mut t.cx.db.read().await?, &grant).await? {
        let Some(told) =
            t.script.point.iter().find(|p| p.body == point.body).filter(|_| point.outcome.is_none())
        else {
            continue;
        };
        let input = AnswerPoint {
            inspection: t.id,
            point: point.id,
            outcome: told.outcome,
            answer: told.answer.clone(),
            change_made: told.change_made.clone(),
            version: point.version,
            identifies_nobody: true,
        };
        answer_point(t.cx, &lead, input).await.map_err(in_words)?;
    }
    Ok(())
}

/// The embargoed copy goes to its named readers, and the coordinator reads it.
pub(super) async fn embargo(t: &Teller<'_>) -> anyhow::Result<()> {
    if t.progress().await?.report == ReportState::WithPartnership {
        t.at_step("embargoed-report", 0)?;
        let readers = vec![t.cast.id("coordinator"), t.cast.id("chief-officer")];
        send_embargoed(t.cx, &t.actor("lead"), SendEmbargoed { inspection: t.id, readers })
            .await
            .map_err(in_words)?;
    }
    if t.progress().await?.report == ReportState::Embargoed {
        t.at_step("embargoed-report", 30)?;
        finish(t, "embargoed-report").await?;
        t.at_step("embargoed-report", 60)?;
        read_embargoed(t.cx, &t.actor("coordinator"), t.id).await.map_err(in_words)?;
    }
    Ok(())
}

/// The minute is set and comes: the clock publishes, and the report is written as HTML, PDF and open data.
pub(super) async fn publish(t: &Teller<'_>) -> anyhow::Result<()> {
    let day = t.plan.step("publication").map_or(t.tale.starts_on, |s| s.span.to);
    if t.progress().await?.report == ReportState::Embargoed {
        t.at_step("embargoed-report", 120)?;
        let input = SetPublication { inspection: t.id, day, time: time(9, 30, 0, 0), non_working_day: false };
        set_publication(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    if t.progress().await?.report == ReportState::Scheduled {
        t.at(day, 1)?;
        keyline_jobs::run_due(t.cx).await.map_err(in_words)?;
    }
    // A run that was cut off may have published and not yet written the files, or failed at it and be about to try again.
    t.at(day, 30)?;
    keyline_jobs::run_due(t.cx).await.map_err(in_words)?;
    finish(t, "publication").await
}

/// The partnership answers each recommendation, and the link inspector accepts the plan.
pub(super) async fn action_plan(t: &Teller<'_>) -> anyhow::Result<()> {
    let coordinator = t.actor("coordinator");
    let grant = t.grant("coordinator", Action::SeeActionPlan).await?;
    let progress = t.progress().await?;
    let published = t.plan.step("publication").map_or(t.tale.starts_on, |s| s.span.to);
    if progress.action_plan == ActionPlanState::Awaited {
        t.at(published.checked_add(jiff::Span::new().days(30))?, 0)?;
        let planned = improvement::actions(&mut t.cx.db.read().await?, &grant).await?;
        for r in improvement::recommendations(&mut t.cx.db.read().await?, &grant).await? {
            let Some(told) = t.script.recommendation.iter().find(|s| s.body == r.body) else { continue };
            if planned.iter().any(|a| a.recommendation == r.id) {
                continue;
            }
            let text = PlannedText {
                body: told.action.clone(),
                owner: told.owner.clone(),
                measure: told.measure.clone(),
                due_on: Some(published.checked_add(jiff::Span::new().days(270))?),
                identifies_nobody: true,
            };
            let input = AddAction { inspection: t.id, recommendation: r.id, text };
            add_action(t.cx, &coordinator, input).await.map_err(in_words)?;
        }
        submit_plan(t.cx, &coordinator, SubmitPlan { inspection: t.id }).await.map_err(in_words)?;
    }
    if t.progress().await?.action_plan == ActionPlanState::Submitted {
        t.at(published.checked_add(jiff::Span::new().days(37))?, 0)?;
        let review = "Each recommendation has an action with an owner and a measure.".to_owned();
        let input = ReviewPlan { inspection: t.id, accepted: true, review };
        review_plan(t.cx, &t.actor("link-inspector"), input).await.map_err(in_words)?;
    }
    Ok(())
}
