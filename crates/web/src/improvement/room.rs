//! The first page of the room: recommendations with the actions that answer them, and where the plan stands.

use keyline_domain::access::Action;
use keyline_domain::inspections::way::{ActionPlanState, Offer, ReportState, Step, offer};
use keyline_operations::view;
use keyline_store::improvement::{self, ActionPlan, PlannedAction, Recommendation};
use keyline_store::{inspections, report};
use maud::{Markup, html};

use crate::components::{
    Tone, button, empty_state, form, inset, link_button, not_offered, summary_list, tag,
};
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let report = report::get(&mut reader, &scope.grant).await?;
    let recommendations = improvement::recommendations(&mut reader, &scope.grant).await?;
    let actions = improvement::actions(&mut reader, &scope.grant).await?;
    let plan = improvement::plan(&mut reader, &scope.grant).await?;
    let weeks = visitor.cx().programme(&inspection)?.action_plan_weeks.value;
    // The partnership meets the recommendations in the draft and the embargoed copy, not here before publication.
    let shown = scope.grant.inside() || report.state == ReportState::Published;
    let may_recommend = scope.grant.permits(Action::Recommend) && report.state < ReportState::Embargoed;
    let page = Page { visitor: &visitor, scope: &scope, plan: plan.as_ref() };
    let body = html! {
        p class="kl_lead" { (w.t("improvement-about")) }
        @if shown {
            @if may_recommend {
                p { (link_button(&scope.href("improvement/recommendations/new"), &w.t("improvement-make"))) }
            }
            @if recommendations.is_empty() {
                (empty_state(&w.t("improvement-none-title"), &w.t("improvement-none"), None))
            }
            @for r in &recommendations { (page.recommendation(r, &actions, may_recommend)) }
        } @else { (empty_state(&w.t("improvement-hidden-title"), &w.t("improvement-hidden"), None)) }
        h2 { (w.t("improvement-plan")) }
        (page.standing(weeks))
        (page.step(Step::SubmitActionPlan, &progress, &html! {
            p { (w.t("improvement-submit-explained")) }
            (form(&scope.href("improvement/submit"), &button(&w.t("improvement-submit"))))
        }))
        (page.step(Step::ReviewActionPlan, &progress,
            &link_button(&scope.href("improvement/review"), &w.t("improvement-review"))))
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Improvement, w.t("room-improvement"), body)))
}

struct Page<'a> {
    visitor: &'a Visitor,
    scope: &'a Scope,
    plan: Option<&'a ActionPlan>,
}

impl Page<'_> {
    fn step(
        &self,
        step: Step,
        progress: &keyline_domain::inspections::way::Progress,
        control: &Markup,
    ) -> Markup {
        if !self.scope.grant.permits(step.action()) {
            return html! {};
        }
        match offer(step, progress, self.visitor.cx().now()) {
            Offer::Ready => control.clone(),
            Offer::Done => html! {},
            Offer::NotYet(reasons) => {
                let reasons: Vec<_> = reasons.iter().map(|r| self.visitor.sentence(r)).collect();
                not_offered(&self.visitor.words().t("report-not-yet"), &reasons)
            }
        }
    }

    fn standing(&self, weeks: u16) -> Markup {
        let w = self.visitor.words();
        let Some(plan) = self.plan else {
            return html! { p { (w.with("improvement-plan-before", &[("weeks", &weeks)])) } };
        };
        let (tone, key) = match plan.state {
            ActionPlanState::Awaited => (Tone::Neutral, "improvement-state-awaited"),
            ActionPlanState::Submitted => (Tone::Active, "improvement-state-submitted"),
            ActionPlanState::SentBack => (Tone::Warn, "improvement-state-sent-back"),
            ActionPlanState::Accepted => (Tone::Good, "improvement-state-accepted"),
        };
        let late = plan.state != ActionPlanState::Accepted && self.visitor.cx().today() > plan.due_on;
        let due = if late { "improvement-overdue" } else { "improvement-due" };
        html! {
            p { (tag(tone, &w.t(key))) " " (w.with(due, &[("day", &w.date(plan.due_on))])) }
            @if let (Some(name), false) = (&plan.reviewed_by, plan.review.is_empty()) {
                (inset(&html! {
                    p { strong { (w.with("improvement-review-said", &[("name", name)])) } }
                    p class="kl_pre" { (plan.review) }
                }))
            }
        }
    }

    fn recommendation(&self, r: &Recommendation, actions: &[PlannedAction], may_change: bool) -> Markup {
        let w = self.visitor.words();
        let writing = self
            .plan
            .is_some_and(|p| matches!(p.state, ActionPlanState::Awaited | ActionPlanState::SentBack));
        let may_plan = writing && self.scope.grant.permits(Action::SubmitActionPlan);
        // A plan that is still being written is the partnership's own.
        let never_submitted = self.plan.is_none_or(|p| p.submitted_at.is_none());
        let hidden = never_submitted && !self.scope.grant.permits(Action::SubmitActionPlan);
        let own: Vec<_> = actions.iter().filter(|a| a.recommendation == r.id).collect();
        let base = format!("improvement/recommendations/{}", r.id);
        html! {
            section {
                h2 id={ "recommendation-" (r.number) } { (w.with("improvement-recommendation", &[("number", &r.number)])) }
                p class="kl_pre" { (r.body) }
                p { (w.with("improvement-on", &[("indicator", &r.indicator)])) }
                @if may_change {
                    p { a href=(self.scope.href(&base)) { (w.t("improvement-change"))
                        span class="visually-hidden" { " " (r.number) } } }
                }
                @if self.plan.is_some() {
                    @if hidden { p { (w.t("improvement-actions-hidden")) } }
                    @else if own.is_empty() { p { (w.t("improvement-actions-none")) } }
                    @else { @for action in &own { (self.action(action, may_plan)) } }
                    @if may_plan {
                        p { a href=(self.scope.href(&format!("{base}/actions"))) { (w.t("improvement-action-add"))
                            span class="visually-hidden" { " " (r.number) } } }
                    }
                }
            }
        }
    }

    fn action(&self, action: &PlannedAction, may_change: bool) -> Markup {
        let w = self.visitor.words();
        let href = self.scope.href(&format!("improvement/actions/{}", action.id));
        html! {
            (summary_list(&[
                (w.t("improvement-action-what"), html! { span class="kl_pre" { (action.body) } }),
                (w.t("improvement-action-owner"), html! { (action.owner) }),
                (w.t("improvement-action-measure"), html! { span class="kl_pre" { (action.measure) } }),
                (w.t("improvement-action-due"), html! { (w.date(action.due_on)) }),
            ]))
            @if may_change { p { a href=(href) { (w.t("improvement-change"))
                span class="visually-hidden" { " " (action.body) } } } }
        }
    }
}
