//! The position statement as it is read: where it stands, its text with the documents that it marks, the decision.

use std::collections::HashMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::documents::Block;
use keyline_domain::ids::PersonId;
use keyline_domain::programmes::PositionStatement;
use keyline_domain::returns::search::TextState;
use keyline_domain::returns::statement::{Answers, StatementAct, StatementState, words_of};
use keyline_operations::Refused;
use keyline_operations::inspections::dated_plan;
use keyline_operations::markdown::blocks;
use keyline_operations::returns::{
    DecideStatement, StatementSeen, decide_statement, open_statement, seen_statement,
};
use keyline_store::inspections::{self, members};
use keyline_store::returns::{Document, DocumentText, documents_of, find_text};
use maud::{Markup, html};

use super::decide::{Decision, meanwhile};
use super::download::handed_out;
use super::marks::{gone, links};
use super::{breadcrumbs, by_at, said};
use crate::components::{
    Tone, Width, empty_state, link_button, prose, summary_list, table_under_heading, tag,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default(), false, None).await
}

/// An earlier version.
pub(super) async fn version(
    visitor: Visitor,
    scope: Scope,
    Path((_, number)): Path<(String, String)>,
) -> PageResult {
    let number: i64 = number.parse().map_err(|_| PageError::NOT_FOUND)?;
    render(&visitor, &scope, &Typed::default(), &Problems::default(), false, Some(number)).await
}

/// The document that was uploaded as the statement.
pub(super) async fn document(visitor: Visitor, scope: Scope) -> PageResult {
    let (row, file) = open_statement(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    Ok(handed_out(row, file))
}

/// Accepts it.
pub(super) async fn accept(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    decide(&visitor, &scope, typed, true, "statement-accepted").await
}

/// Sends it back.
pub(super) async fn back(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    decide(&visitor, &scope, typed, false, "statement-sent-back").await
}

async fn decide(visitor: &Visitor, scope: &Scope, typed: Typed, accept: bool, done: &str) -> PageResult {
    let input = DecideStatement {
        inspection: scope.grant.inspection(),
        accept,
        reason: typed.get("reason").to_owned(),
        version: typed.parse("version").unwrap_or(0),
    };
    match decide_statement(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href(&format!("returns/statement?done={done}"))).into_response()),
        Err(Refused::Stale { .. }) => render(visitor, scope, &typed, &Problems::default(), true, None).await,
        Err(refused) => {
            let problems = Problems::from_refusal(visitor, refused)?;
            render(visitor, scope, &typed, &problems, false, None).await
        }
    }
}

/// The tag of a state.
pub(super) fn state_tag(visitor: &Visitor, state: StatementState) -> Markup {
    let tone = match state {
        StatementState::Writing => Tone::Neutral,
        StatementState::Submitted => Tone::Active,
        StatementState::SentBack => Tone::Warn,
        StatementState::Accepted => Tone::Good,
    };
    tag(tone, &visitor.words().t(&format!("statement-{}", state.word())))
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    problems: &Problems,
    stale: bool,
    version: Option<i64>,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let asked =
        visitor.cx().programme(&inspection)?.position_statement.as_ref().ok_or(PageError::NOT_FOUND)?;
    let seen = seen_statement(&mut reader, &scope.grant).await?;
    let dated = dated_plan(visitor.cx(), &mut reader, &scope.grant, &inspection).await?;
    let due = dated.and_then(|d| d.plan.step(&asked.step).map(|s| s.span.to));
    let page = Page {
        visitor,
        scope,
        asked,
        names: members::names(&mut reader, &scope.grant).await?,
        documents: documents_of(&mut reader, &scope.grant).await?.into_iter().map(|(_, d)| d).collect(),
    };
    let state = seen.as_ref().map_or(StatementState::Writing, |s| s.stands.state);
    let answers = answers_of(seen.as_ref(), version)?;
    let mut facts = vec![(w.t("returns-state"), state_tag(visitor, state))];
    if let Some(day) = due {
        facts.push((w.t("returns-due-day"), html! { (w.date(day)) }));
    }
    let document = seen.as_ref().and_then(|s| s.document.as_ref()).filter(|_| version.is_none());
    if let Some(document) = document {
        let text = find_text(&mut reader, &scope.grant, document.id).await?;
        facts.push((w.t("statement-length"), length(visitor, asked, text.as_ref())));
    } else if let Some(answers) = &answers {
        let count = words_of(answers);
        let said = w.with("statement-words", &[("count", &count), ("most", &asked.most_words)]);
        facts.push((w.t("statement-length"), html! { (said) }));
    }
    let writes = scope.grant.permits(Action::WritePositionStatement);
    let body = html! {
        p class="kl_lead" { (asked.about) }
        @if !asked.provenance.confirmed { p { (w.t("statement-unconfirmed")) } }
        @if stale { (page.meanwhile(seen.as_ref(), typed)) }
        (summary_list(&facts))
        @if let (StatementState::SentBack, Some(seen)) = (state, &seen) {
            (said(visitor, "returns-sent-back-why", seen.stands.reason.as_deref(),
                &by_at(visitor, &page.names, seen.stands.changed_by, seen.stands.changed_at)))
        }
        @if writes && state.after(StatementAct::Save).is_ok() && version.is_none() {
            p { (link_button(&scope.href("returns/statement/write"), &w.t("statement-write"))) }
        }
        @if let Some(document) = document {
            h2 { (w.t("statement-document")) }
            p { a href=(scope.href("returns/statement/document")) { (document.name) } }
        } @else if let Some(answers) = &answers {
            (page.text(answers))
        } @else { (empty_state(&w.t("statement-none-title"), &w.t("statement-none-text"), None)) }
        @if let Some(seen) = &seen {
            @if version.is_none() { (page.decision(seen, typed, problems)) }
            (page.versions(seen))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("statement-title"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    if version.is_some() {
        layout.breadcrumbs.push((scope.href("returns/statement"), w.t("statement-title")));
    }
    layout.problems = problems.summary();
    layout.width = Width::Text;
    let status = if stale { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

/// How long the document is that stands for the answers, as the job counted that reads documents.
fn length(visitor: &Visitor, asked: &PositionStatement, text: Option<&DocumentText>) -> Markup {
    let w = visitor.words();
    match text.map(|text| (text.state, text.words)) {
        None | Some((TextState::Waiting, _)) => html! { (w.t("statement-counting")) },
        Some((_, None)) => html! { (w.t("statement-not-counted")) },
        Some((_, Some(count))) => html! {
            (w.with("statement-words", &[("count", &count), ("most", &asked.most_words)]))
            @if count > i64::from(asked.most_words) { " " (tag(Tone::Warn, &w.t("statement-too-long"))) }
        },
    }
}

/// The answers to be shown: of the version, of what stands there, or of what was sent last. `None`: nothing yet.
fn answers_of(seen: Option<&StatementSeen>, version: Option<i64>) -> PageResult<Option<Answers>> {
    let Some(seen) = seen else {
        return if version.is_some() { Err(PageError::NOT_FOUND) } else { Ok(None) };
    };
    if let Some(number) = version {
        let found = seen.versions.iter().find(|v| v.version == number).ok_or(PageError::NOT_FOUND)?;
        return Ok(Some(found.answers.clone()));
    }
    let stands = &seen.stands.answers;
    let last = || seen.versions.first().map(|v| v.answers.clone());
    Ok(if stands.is_empty() { last() } else { Some(stands.clone()) }.filter(|a| words_of(a) > 0))
}

struct Page<'a> {
    visitor: &'a Visitor,
    scope: &'a Scope,
    asked: &'a PositionStatement,
    names: HashMap<PersonId, String>,
    documents: Vec<Document>,
}

impl Page<'_> {
    fn text(&self, answers: &Answers) -> Markup {
        let w = self.visitor.words();
        let mut marked = Vec::new();
        let parts: Vec<(&str, Vec<Block>)> = self
            .asked
            .questions
            .iter()
            .map(|q| {
                let text = answers.get(&q.key).map_or("", String::as_str);
                // A heading of the writer stands below that of the question.
                let blocks: Vec<Block> = blocks(text).into_iter().map(|b| lowered(&q.key, b)).collect();
                marked.extend(blocks.iter().flat_map(links));
                (q.title.as_str(), blocks)
            })
            .collect();
        let leads = |to: &str| marked.iter().any(|(_, href)| href == to);
        let documents: Vec<&Document> =
            self.documents.iter().filter(|d| leads(&format!("#{}", d.id))).collect();
        html! {
            @for (title, blocks) in &parts { h2 { (title) } (prose(blocks)) }
            (gone(self.visitor, &marked, &self.documents))
            @if !documents.is_empty() {
                h2 { (w.t("statement-marked")) }
                ul { @for d in documents {
                    li id=(d.id) { a href=(self.scope.href(&format!("returns/documents/{}", d.id))) { (d.name) } }
                } }
            }
        }
    }

    fn decision(&self, seen: &StatementSeen, typed: &Typed, problems: &Problems) -> Markup {
        let w = self.visitor.words();
        let waits = seen.stands.state.after(StatementAct::Accept).is_ok();
        let decision = Decision {
            base: self.scope.href("returns/statement"),
            version: seen.stands.version,
            accept: Some("statement-accept"),
            back: "statement-send-back",
            hint: "statement-send-back-hint",
        };
        html! {
            @if waits && self.scope.grant.permits(Action::DecidePositionStatement) {
                h2 { (w.t("returns-decision")) }
                (decision.forms(self.visitor, typed, problems))
            }
        }
    }

    fn meanwhile(&self, seen: Option<&StatementSeen>, typed: &Typed) -> Markup {
        let Some(stands) = seen.map(|s| &s.stands) else { return html! {} };
        let who = stands.changed_by.and_then(|p| self.names.get(&p)).map_or("", String::as_str);
        let state = self.visitor.words().t(&format!("statement-{}", stands.state.word()));
        meanwhile(
            self.visitor,
            who,
            &state,
            typed.get("reason"),
            stands.reason.as_deref().unwrap_or_default(),
        )
    }

    fn versions(&self, seen: &StatementSeen) -> Markup {
        let w = self.visitor.words();
        let rows: Vec<Vec<Markup>> = seen
            .versions
            .iter()
            .map(|v| {
                let href = self.scope.href(&format!("returns/statement/versions/{}", v.version));
                vec![
                    html! { a href=(href) { (w.with("statement-version", &[("number", &v.version)])) } },
                    html! { (by_at(self.visitor, &self.names, v.saved_by, v.saved_at)) },
                    state_tag(self.visitor, v.state),
                    html! { (words_of(&v.answers)) },
                ]
            })
            .collect();
        let header = ["statement-version-head", "statement-saved", "returns-state", "statement-length"]
            .map(|key| w.t(key));
        html! {
            @if !rows.is_empty() {
                h2 { (w.t("statement-versions")) }
                (table_under_heading(&w.t("statement-versions"), &header.each_ref().map(String::as_str), &rows))
            }
        }
    }
}

fn lowered(key: &str, block: Block) -> Block {
    match block {
        Block::Heading { level, text, anchor } => {
            Block::Heading { level: (level + 1).clamp(2, 3), text, anchor: format!("{key}-{anchor}") }
        }
        other => other,
    }
}
