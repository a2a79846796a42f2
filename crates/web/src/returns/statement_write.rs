//! Writing the position statement: saved by a press, or by the script as one goes from field to field; the second of two
//! writers is shown both texts.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::programmes::PositionStatement;
use keyline_domain::returns::statement::{Answers, StatementAct, StatementState, as_one_text, field, words};
use keyline_operations::Refused;
use keyline_operations::markdown::blocks;
use keyline_operations::returns::{
    DOCUMENT_LIMIT, SaveStatement, save_statement, seen_statement, submit_statement, take_document_out,
    upload_statement,
};
use keyline_store::inspections;
use keyline_store::returns::{Document, documents_of};
use keyline_workbooks::FileKind;
use maud::{Markup, html};

use super::breadcrumbs;
use super::marks::{gone, links};
use super::receive::{Taken, named, take};
use crate::components::{
    Field, Width, button, button_secondary, compare, details, file_field, form, form_multipart, hidden,
    not_offered, table, text_area, warning,
};
use crate::frame::{Files, PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

/// The form with what stands there.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, None, &Problems::default(), &html! {}, StatusCode::OK).await
}

/// Saves.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
    let asked =
        visitor.cx().programme(&inspection)?.position_statement.as_ref().ok_or(PageError::NOT_FOUND)?;
    let answers: Answers =
        asked.questions.iter().map(|q| (q.key.clone(), typed.get(&field(&q.key)).to_owned())).collect();
    let mine = as_one_text(asked, &answers);
    let input = SaveStatement {
        inspection: inspection.id,
        answers,
        version: typed.parse("version").unwrap_or(0),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    let result = save_statement(visitor.cx(), visitor.actor(), input).await;
    after(&visitor, &scope, Some(typed), &mine, result, "returns/statement/write?done=statement-saved").await
}

/// Sends it to the team.
pub(super) async fn submit(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let version = typed.parse("version").unwrap_or(0);
    let result = submit_statement(visitor.cx(), visitor.actor(), scope.grant.inspection(), version).await;
    after(&visitor, &scope, None, "", result, "returns/statement?done=statement-submitted").await
}

/// Takes the uploaded document out.
pub(super) async fn take_out(visitor: Visitor, scope: Scope) -> PageResult {
    let result = take_document_out(visitor.cx(), visitor.actor(), scope.grant.inspection()).await;
    after(&visitor, &scope, None, "", result, "returns/statement/write?done=statement-taken-out").await
}

/// Takes a document instead.
pub(super) async fn upload(visitor: Visitor, scope: Scope, mut files: Files) -> PageResult {
    let taken = take(&visitor, &mut files).await;
    files.drain().await;
    let (problem, status) = match taken? {
        Taken::Whole(files) => {
            match upload_statement(visitor.cx(), visitor.actor(), scope.grant.inspection(), files).await {
                Err(Refused::Fields(wrong)) => {
                    let texts = wrong.iter().map(|problem| named(&visitor, problem));
                    (Problems::texts("files", texts), StatusCode::UNPROCESSABLE_ENTITY)
                }
                other => {
                    let to = "returns/statement/write?done=statement-uploaded";
                    return after(&visitor, &scope, None, "", other, to).await;
                }
            }
        }
        Taken::TooMuch(problem) => {
            (Problems::texts("files", [named(&visitor, &problem)]), StatusCode::PAYLOAD_TOO_LARGE)
        }
    };
    render(&visitor, &scope, None, &problem, &html! {}, status).await
}

async fn after(
    visitor: &Visitor,
    scope: &Scope,
    typed: Option<Typed>,
    mine: &str,
    result: Result<(), Refused>,
    to: &str,
) -> PageResult {
    let w = visitor.words();
    match result {
        Ok(()) => Ok(Redirect::to(&scope.href(to)).into_response()),
        Err(Refused::Stale { theirs, by, version }) => {
            let both = html! {
                (warning(&w.t("warning"), &html! { p { (w.with("statement-meanwhile", &[("who", &by)])) } }))
                @if !mine.is_empty() { (compare(&w.t("returns-mine"), mine, &w.t("returns-theirs"), &theirs)) }
            };
            // After a look at both texts the form saves against what stands there now.
            let typed = typed.map(|typed| {
                let others = typed.pairs().filter(|(name, _)| *name != "version");
                let pairs: Vec<_> = others.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                Typed::of(pairs.into_iter().chain([("version".to_owned(), version.to_string())]))
            });
            render(visitor, scope, typed.as_ref(), &Problems::default(), &both, StatusCode::CONFLICT).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(visitor, refused)?;
            let status = problems.status();
            render(visitor, scope, typed.as_ref(), &problems, &html! {}, status).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    typed: Option<&Typed>,
    problems: &Problems,
    above: &Markup,
    status: StatusCode,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let asked =
        visitor.cx().programme(&inspection)?.position_statement.as_ref().ok_or(PageError::NOT_FOUND)?;
    let seen = seen_statement(&mut reader, &scope.grant).await?;
    let documents: Vec<Document> =
        documents_of(&mut reader, &scope.grant).await?.into_iter().map(|(_, d)| d).collect();
    let state = seen.as_ref().map_or(StatementState::Writing, |s| s.stands.state);
    let stands = seen.as_ref().map(|s| {
        let answers = s.stands.answers.iter().map(|(key, text)| (field(key), text.clone()));
        Typed::of(answers.chain([("version".to_owned(), s.stands.version.to_string())]))
    });
    let kept = stands.unwrap_or_default();
    let typed = typed.unwrap_or(&kept);
    let document = seen.as_ref().and_then(|s| s.document.as_ref());
    let texts = asked.questions.iter().map(|q| typed.get(&field(&q.key)));
    let marked: Vec<_> = texts.flat_map(blocks).flat_map(|block| links(&block)).collect();
    let body = html! {
        (above)
        @if inspection.notified_on.is_none() {
            (not_offered(&w.t("statement-not-yet"), &[w.t("wait-notified")]))
        } @else if let Err(key) = state.after(StatementAct::Save) {
            (not_offered(&w.t("statement-not-yet"), &[w.t(key)]))
        } @else {
            p class="kl_lead" { (asked.about) }
            (upload_form(visitor, scope, document, problems))
            (write_form(visitor, scope, asked, typed, problems))
            (gone(visitor, &marked, &documents))
            (marks(visitor, &documents))
            h2 { (w.t("statement-send")) }
            p { (w.t("statement-send-explained")) }
            (form(&scope.href("returns/statement/submit"), &html! {
                (hidden("version", kept.parse::<i64>("version").unwrap_or(0)))
                (button(&w.t("statement-send")))
            }))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Returns, w.t("statement-write"), body);
    layout.breadcrumbs = breadcrumbs(visitor, scope);
    layout.breadcrumbs.push((scope.href("returns/statement"), w.t("statement-title")));
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(status, &layout))
}

fn write_form(
    visitor: &Visitor,
    scope: &Scope,
    asked: &PositionStatement,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let names: Vec<String> = asked.questions.iter().map(|q| field(&q.key)).collect();
    let count: usize = names.iter().map(|name| words(typed.get(name))).sum();
    let said = w.with("statement-words", &[("count", &count), ("most", &asked.most_words)]);
    // The sentence that the script says again, with the number to be put in.
    let pattern = w.with("statement-words", &[("count", &"#"), ("most", &asked.most_words)]);
    html! {
        form class="kl_form" method="post" action=(scope.href("returns/statement/write")) novalidate
            data-keep data-kept=(w.t("statement-kept")) data-not-kept=(w.t("statement-not-kept")) {
            (hidden("version", typed.parse::<i64>("version").unwrap_or(0)))
            @for (question, name) in asked.questions.iter().zip(&names) {
                (text_area(&Field::new(name, &question.title).hint(&question.help).value(typed.get(name))
                    .error(problems.on(name)).unchecked(), 14))
            }
            (nobody_field(visitor, typed, problems))
            p role="status" data-words=(pattern) { (said) }
            p role="status" data-keep-state {}
            (button_secondary(&w.t("statement-save")))
        }
    }
}

fn upload_form(visitor: &Visitor, scope: &Scope, document: Option<&Document>, problems: &Problems) -> Markup {
    let w = visitor.words();
    let accept: Vec<String> = FileKind::ALL.iter().map(|kind| format!(".{}", kind.extension())).collect();
    let hint = w.with("statement-file-hint", &[("limit", &(DOCUMENT_LIMIT / (1024 * 1024)))]);
    let send = form_multipart(
        &scope.href("returns/statement/upload"),
        &html! {
            (file_field(&Field::new("files", w.t("statement-file")).hint(hint).error(problems.on("files")),
                &accept.join(","), false))
            (button_secondary(&w.t("statement-upload")))
        },
    );
    html! {
        @if let Some(document) = document {
            p { (w.with("statement-uploaded", &[("name", &document.name)])) " "
                a href=(scope.href("returns/statement/document")) { (w.t("statement-open")) } }
            (form(&scope.href("returns/statement/take-out"), &button_secondary(&w.t("statement-take-out"))))
        }
        @if problems.on("files").is_none() { (details(&w.t("statement-instead"), &send)) } @else { (send) }
    }
}

// What to write so that a document is marked as evidence.
fn marks(visitor: &Visitor, documents: &[Document]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = documents
        .iter()
        .map(|d| {
            let name = d.name.replace(['[', ']'], " ");
            vec![html! { (d.name) }, html! { code { "[" (name) "](#" (d.id) ")" } }]
        })
        .collect();
    let header = ["returns-document", "statement-mark"].map(|key| w.t(key));
    html! {
        @if !rows.is_empty() {
            (details(&w.t("statement-marks"), &html! {
                p { (w.t("statement-marks-explained")) }
                (table(&w.t("statement-marks"), &header.each_ref().map(String::as_str), &rows))
            }))
        }
    }
}
