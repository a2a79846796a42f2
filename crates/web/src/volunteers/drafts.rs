//! The children's version: the draft that counts with what was said about it, earlier drafts, a new one, answering.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::ids::CommentId;
use keyline_domain::volunteers::drafts::{Outcome, paragraphs};
use keyline_operations::Refused;
use keyline_operations::volunteers::{
    AnswerComment, CommentOnDraft, WriteDraft, answer_comment, comment_on_draft, write_childrens_draft,
};
use keyline_store::inspections;
use keyline_store::volunteers::drafts::{self as rows, Comment, Draft};
use maud::{Markup, html};

use crate::components::{
    Choice, Field, Tone, Width, button, callout, details, empty_state, form, hidden, link_button, radios,
    select, tag, text_area, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::{Both, nobody_field};

/// The newest draft, with what was said.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Says something about it.
pub(super) async fn comment(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let draft = typed.parse("draft").ok_or(PageError::NOT_FOUND)?;
    let paragraph = match typed.get("place") {
        "" => None,
        // What is no number is no paragraph either: the verb says so at the field.
        other => Some(other.parse().unwrap_or(0)),
    };
    let input = CommentOnDraft {
        inspection: scope.grant.inspection(),
        draft,
        paragraph,
        text: typed.get("text").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match comment_on_draft(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("childrens-version?done=childrens-commented")).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &typed, &problems).await
        }
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let drafts = rows::list(&mut reader, &scope.grant).await?;
    let comments = rows::comments(&mut reader, &scope.grant).await?;
    drop(reader);
    let writes = scope.grant.permits(Action::WriteChildrensVersion);
    let says = scope.grant.permits(Action::CommentChildrensVersion);
    let body = html! {
        p class="kl_lead" { (w.t(if says { "childrens-text-own" } else { "childrens-text" })) }
        @if writes { p { (link_button(&scope.href("childrens-version/new"), &w.t("childrens-new"))) } }
        @match drafts.split_first() {
            None => (empty_state(&w.t("childrens-empty"), &w.t("childrens-empty-text"), None)),
            Some((newest, earlier)) => {
                (one(visitor, scope, newest, &comments))
                @if says { (comment_form(visitor, scope, newest, typed, problems)) }
                @for draft in earlier {
                    (details(&w.with("childrens-number", &[("number", &draft.number), ("title", &draft.title)]), &one(visitor, scope, draft, &comments)))
                }
            }
        }
    };
    let title = w.t("room-childrens-version");
    let mut layout = frame(visitor, scope, &inspection, Room::ChildrensVersion, title, body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn one(visitor: &Visitor, scope: &Scope, draft: &Draft, comments: &[Comment]) -> Markup {
    let w = visitor.words();
    let about = |place: Option<u32>| {
        let all: Vec<&Comment> =
            comments.iter().filter(|c| c.draft == draft.id && c.paragraph == place).collect();
        html! { @for c in all { (said(visitor, scope, c)) } }
    };
    html! {
        section {
            h2 { (w.with("childrens-number", &[("number", &draft.number), ("title", &draft.title)])) }
            @for (place, text) in (1_u32..).zip(paragraphs(&draft.body)) {
                p class="kl_pre" { strong { (place) ". " } (text) }
                (about(Some(place)))
            }
            (about(None))
        }
    }
}

fn said(visitor: &Visitor, scope: &Scope, c: &Comment) -> Markup {
    let w = visitor.words();
    let own = scope.grant.person_id() == Some(c.written_by);
    // Volunteers see what others of them said, and not who.
    let who = if own {
        w.t("childrens-you")
    } else if scope.grant.permits(Action::CommentChildrensVersion) {
        w.t("childrens-another")
    } else {
        c.writer.clone()
    };
    html! {
        blockquote {
            p { strong { (who) } ": " (c.text) }
            @match &c.answer {
                Some((outcome, answer)) => p {
                    (tag(Tone::Good, &w.t(&format!("childrens-outcome-{}", outcome.word())))) " " (answer)
                },
                None => p { (tag(Tone::Neutral, &w.t("childrens-open"))) },
            }
            @if scope.grant.permits(Action::WriteChildrensVersion) {
                p { a href=(scope.href(&format!("childrens-version/{}", c.id))) {
                    (w.t(if c.answer.is_some() { "childrens-answer-again" } else { "childrens-answer" }))
                    span class="visually-hidden" { " " (c.text) }
                } }
            }
        }
    }
}

fn comment_form(
    visitor: &Visitor,
    scope: &Scope,
    draft: &Draft,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let mut places = vec![Choice::new("", w.t("childrens-whole"), typed.get("place").is_empty())];
    for (place, _) in (1_u32..).zip(paragraphs(&draft.body)) {
        let word = place.to_string();
        let chosen = typed.get("place") == word;
        places.push(Choice::new(word, w.with("childrens-paragraph", &[("number", &place)]), chosen));
    }
    callout(
        &w.t("childrens-say"),
        &form(
            &scope.href("childrens-version"),
            &html! {
                (hidden("draft", draft.id))
                (select(&Field::new("place", w.t("childrens-place")).error(problems.on("place")).unchecked(), &places))
                (text_area(&Field::new("text", w.t("childrens-think")).hint(w.t("childrens-think-hint")).value(typed.get("text")).error(problems.on("text")), 4))
                (nobody_field(visitor, typed, problems))
                (button(&w.t("childrens-send")))
            },
        ),
    )
}

/// The form for a new draft, filled with the newest.
pub(super) async fn new(visitor: Visitor, scope: Scope) -> PageResult {
    let drafts = rows::list(&mut visitor.cx().read().await?, &scope.grant).await?;
    let typed = match drafts.first() {
        Some(d) => {
            Typed::of([("title", d.title.clone()), ("body", d.body.clone()), ("seen", d.number.to_string())])
        }
        None => Typed::default(),
    };
    new_page(&visitor, &scope, &typed, &Problems::default(), None).await
}

async fn new_page(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let seen = both.map_or_else(|| typed.get("seen").to_owned(), |b| b.version.to_string());
    let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let body = html! {
        @if let Some(both) = both { (both.show(visitor)) }
        p { (w.t("childrens-new-text")) }
        (form(&scope.href("childrens-version/new"), &html! {
            (hidden("seen", seen))
            (text_field(&field("title", "childrens-title"), "text"))
            (text_area(&field("body", "childrens-body").hint(w.t("childrens-body-hint")), 16))
            (nobody_field(visitor, typed, problems))
            (button(&w.t("childrens-show")))
        }))
    };
    let mut layout = frame(visitor, scope, &inspection, Room::ChildrensVersion, w.t("childrens-new"), body);
    layout.breadcrumbs = vec![(scope.href("childrens-version"), w.t("room-childrens-version"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(status(problems, both), &layout))
}

fn status(problems: &Problems, both: Option<&Both>) -> StatusCode {
    if both.is_some() { StatusCode::CONFLICT } else { problems.status() }
}

/// Shows a new draft to the volunteers.
pub(super) async fn write(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = WriteDraft {
        inspection: scope.grant.inspection(),
        title: typed.get("title").to_owned(),
        body: typed.get("body").to_owned(),
        seen: typed.parse("seen").unwrap_or(0),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match write_childrens_draft(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("childrens-version?done=childrens-shown")).into_response()),
        Err(Refused::Stale { theirs, by, version }) => {
            let mine = format!("{}\n\n{}", typed.get("title"), typed.get("body"));
            let both = Both { mine, theirs, by, version };
            new_page(&visitor, &scope, &typed, &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            new_page(&visitor, &scope, &typed, &problems, None).await
        }
    }
}

/// The form for an answer.
pub(super) async fn answering(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
) -> PageResult {
    answer_page(&visitor, &scope, &id, None, &Problems::default(), None).await
}

async fn answer_page(
    visitor: &Visitor,
    scope: &Scope,
    id: &str,
    typed: Option<&Typed>,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let id: CommentId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let comments = rows::comments(&mut reader, &scope.grant).await?;
    let drafts = rows::list(&mut reader, &scope.grant).await?;
    drop(reader);
    let c = comments.into_iter().find(|c| c.id == id).ok_or(PageError::NOT_FOUND)?;
    let draft = drafts.into_iter().find(|d| d.id == c.draft).ok_or(PageError::NOT_FOUND)?;
    let all = paragraphs(&draft.body);
    let about = c.paragraph.and_then(|n| all.get(n as usize - 1)).copied();
    let (outcome, answer) = match (typed, &c.answer) {
        (Some(typed), _) => (typed.get("outcome").to_owned(), typed.get("answer").to_owned()),
        (None, Some((outcome, text))) => (outcome.word().to_owned(), text.clone()),
        (None, None) => (String::new(), String::new()),
    };
    // The answer that was looked at comes back with the form; after a conflict it is the one that stands now.
    let (seen_outcome, seen_answer) = match (typed, &c.answer) {
        (Some(typed), _) if both.is_none() => {
            (typed.get("seen_outcome").to_owned(), typed.get("seen_answer").to_owned())
        }
        (_, Some((outcome, text))) => (outcome.word().to_owned(), text.clone()),
        (_, None) => (String::new(), String::new()),
    };
    let choices: Vec<Choice> = Outcome::ALL
        .iter()
        .map(|o| Choice::new(o.word(), w.t(&format!("childrens-outcome-{}", o.word())), outcome == o.word()))
        .collect();
    let body = html! {
        @if let Some(text) = about { p class="kl_pre" { (text) } } @else { p { (w.t("childrens-whole")) } }
        blockquote { p { strong { (c.writer) } ": " (c.text) } }
        @if let Some(both) = both { (both.show(visitor)) }
        (form(&scope.href(&format!("childrens-version/{id}")), &html! {
            (hidden("seen_outcome", seen_outcome)) (hidden("seen_answer", seen_answer))
            (radios(&Field::new("outcome", w.t("childrens-outcome")).error(problems.on("outcome")), &choices))
            (text_area(&Field::new("answer", w.t("childrens-answer-field")).hint(w.t("childrens-answer-hint")).value(answer).error(problems.on("answer")), 4))
            (button(&w.t("childrens-answer-save")))
        }))
    };
    let mut layout =
        frame(visitor, scope, &inspection, Room::ChildrensVersion, w.t("childrens-answer"), body);
    layout.breadcrumbs = vec![(scope.href("childrens-version"), w.t("room-childrens-version"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(status(problems, both), &layout))
}

/// Answers.
pub(super) async fn answer(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let comment: CommentId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = AnswerComment {
        inspection: scope.grant.inspection(),
        comment,
        outcome: typed.parse("outcome"),
        text: typed.get("answer").to_owned(),
        seen: typed.parse::<Outcome>("seen_outcome").map(|o| (o, typed.get("seen_answer").to_owned())),
    };
    match answer_comment(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("childrens-version?done=childrens-answered")).into_response()),
        Err(refused @ Refused::Hidden) => Err(refused.into()),
        Err(Refused::Stale { theirs, by, version }) => {
            let both = Both { mine: typed.get("answer").to_owned(), theirs, by, version };
            answer_page(&visitor, &scope, &id, Some(&typed), &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            answer_page(&visitor, &scope, &id, Some(&typed), &problems, None).await
        }
    }
}
