//! The first page of the room: where the report stands, its sections, and what can be done next.

use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::inspections::way::{Offer, Progress, ReportState, Step, is_over, offer};
use keyline_domain::programmes::{ReportTemplate, SectionKind};
use keyline_operations::view;
use keyline_store::inspections;
use keyline_store::report::editions::{self, EditionKind};
use keyline_store::report::{self, Report, WrittenSection};
use maud::{Markup, html};

use crate::components::{Tone, button, form, link_button, not_offered, tag, task_list};
use crate::frame::{PageResult, Problems, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Problems::default()).await
}

/// The page, with what stood in the way of something that was asked of it.
pub(super) async fn render(visitor: &Visitor, scope: &Scope, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let report = report::get(&mut reader, &scope.grant).await?;
    let named = is_named(visitor, scope, &mut reader).await?;
    let page = Page { visitor, scope, progress: &progress, report: &report, named };
    let mut body = html! { p class="kl_lead" { (w.t("report-room-about")) } (page.state()) };
    if scope.grant.permits(Action::SeeReport) {
        let written = report::sections(&mut reader, &scope.grant).await?;
        let template = &visitor.cx().programme(&inspection)?.report;
        body = html! { (body) (page.sections(template, &written)) };
    }
    let body = html! { (body) (page.draft()) (page.embargo()) (page.publication(&inspection.reference)) };
    let mut layout = frame(visitor, scope, &inspection, Room::Report, w.t("room-report"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Whether the visitor may open the embargoed copy: inside the team, or a named reader.
async fn is_named(
    visitor: &Visitor,
    scope: &Scope,
    source: &mut impl keyline_store::Source,
) -> PageResult<bool> {
    let Some(edition) = editions::latest(source, &scope.grant, EditionKind::Embargoed).await? else {
        return Ok(false);
    };
    if scope.grant.inside() {
        return Ok(true);
    }
    let person = visitor.signed_in().map(|s| s.person.id);
    let readers = editions::readers(source, &scope.grant, edition.id).await?;
    Ok(readers.iter().any(|r| Some(r.person) == person))
}

struct Page<'a> {
    visitor: &'a Visitor,
    scope: &'a Scope,
    progress: &'a Progress,
    report: &'a Report,
    named: bool,
}

impl Page<'_> {
    fn t(&self, key: &str) -> String {
        self.visitor.words().t(key)
    }

    fn href(&self, rest: &str) -> String {
        self.scope.href(&format!("report/{rest}"))
    }

    /// The control of a step where it is offered to this person; why not yet, or nothing when it is done.
    fn offered(&self, step: Step, control: &Markup) -> Markup {
        if !self.scope.grant.permits(step.action()) {
            return html! {};
        }
        match offer(step, self.progress, self.visitor.cx().now()) {
            Offer::Ready => control.clone(),
            Offer::Done => html! {},
            Offer::NotYet(_) if is_over(step, self.progress) => html! {},
            Offer::NotYet(reasons) => {
                let reasons: Vec<_> = reasons.iter().map(|r| self.visitor.sentence(r)).collect();
                not_offered(&self.t("report-not-yet"), &reasons)
            }
        }
    }

    fn state(&self) -> Markup {
        let (tone, word) = match self.report.state {
            ReportState::Writing => (Tone::Neutral, "report-state-writing"),
            ReportState::WithPartnership => (Tone::Active, "report-state-with-partnership"),
            ReportState::Embargoed => (Tone::Warn, "report-state-embargoed"),
            ReportState::Scheduled => (Tone::Warn, "report-state-scheduled"),
            ReportState::Published => (Tone::Good, "report-state-published"),
        };
        html! { p { (self.t("report-state")) ": " (tag(tone, &self.t(word))) } }
    }

    fn sections(&self, template: &ReportTemplate, written: &[WrittenSection]) -> Markup {
        let w = self.visitor.words();
        let open = self.scope.grant.permits(Action::WriteReport)
            && offer(Step::WriteReport, self.progress, self.visitor.cx().now()).is_ready();
        let tasks: Vec<_> = template
            .sections
            .iter()
            .map(|section| {
                let by_hand = matches!(
                    section.kind,
                    SectionKind::Narrative | SectionKind::LineOfEnquiry | SectionKind::Summary
                );
                let stands = written.iter().find(|s| s.key == section.key);
                let href = (by_hand && open).then(|| self.href(&format!("sections/{}", section.key)));
                let (tone, state) = match stands {
                    _ if !by_hand => (Tone::Neutral, w.t("report-section-made")),
                    Some(s) => {
                        let at = w.date_time(&in_london(s.saved_at));
                        (Tone::Good, w.with("report-section-written", &[("name", &s.saved_by), ("at", &at)]))
                    }
                    None => (Tone::Warn, w.t("report-section-missing")),
                };
                (section.title.clone(), href, tone, state, Some(html! { (section.contents) }))
            })
            .collect();
        html! {
            h2 { (self.t("report-sections")) }
            @if tasks.is_empty() { p { (self.t("report-sections-empty")) } }
            (self.offered(Step::WriteReport, &html! {}))
            (task_list(&tasks))
            p { a href=(self.href("preview")) { (self.t("report-preview")) } }
        }
    }

    fn draft(&self) -> Markup {
        if !self.scope.grant.permits(Action::SeeDraft) {
            return html! {};
        }
        let sent = self.report.state >= ReportState::WithPartnership;
        let send = form(&self.href("send-draft"), &button(&self.t("report-draft-send")));
        html! {
            h2 { (self.t("report-draft")) }
            p { (self.t("report-draft-explained")) }
            (self.offered(Step::SendDraft, &send))
            @if sent {
                ul {
                    li { a href=(self.href("draft")) { (self.t("report-draft-read")) } }
                    li { a href=(self.href("points")) { (self.t("report-points-read")) } }
                }
            } @else if !self.scope.grant.permits(Action::SendDraft) {
                (not_offered(&self.t("report-not-yet"), &[self.t("wait-draft")]))
            }
        }
    }

    fn embargo(&self) -> Markup {
        let go = link_button(&self.href("embargo"), &self.t("report-embargo-go"));
        html! {
            h2 { (self.t("report-embargo")) }
            p { (self.t("report-embargo-explained")) }
            (self.offered(Step::SendEmbargoed, &go))
            @if self.named { p { a href=(self.href("embargoed")) { (self.t("report-embargo-read")) } } }
            @else if !self.scope.grant.permits(Action::SendEmbargoed) {
                (not_offered(&self.t("report-not-yet"), &[self.t("wait-embargoed")]))
            }
        }
    }

    fn publication(&self, reference: &str) -> Markup {
        let w = self.visitor.words();
        let go = link_button(&self.href("publication"), &self.t("report-publication-go"));
        let may_set = self.scope.grant.permits(Action::SetPublication);
        html! {
            h2 { (self.t("report-publication")) }
            p { (self.t("report-publication-explained")) }
            (self.offered(Step::SetPublication, &go))
            @match (self.report.published_at, self.report.publish_at) {
                (Some(at), _) => {
                    p { (w.with("report-published-on", &[("at", &w.date_time(&in_london(at)))])) " "
                        a href={ "/reports/" (reference) } { (self.t("report-published-open")) } }
                }
                // The partnership learns the minute from the people, not from here, until it is a named reader.
                (None, Some(at)) if self.scope.grant.inside() || self.named => {
                    p { (w.with("report-publication-at", &[("at", &w.date_time(&in_london(at)))])) }
                    @if may_set && at > self.visitor.cx().now() {
                        p { a href=(self.href("publication")) { (self.t("report-publication-change")) } }
                    }
                }
                _ => {}
            }
        }
    }
}
