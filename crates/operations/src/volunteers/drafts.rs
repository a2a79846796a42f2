//! Drafts of the children's version: written by the team, read and commented by volunteers, answered.

use keyline_domain::access::{Action, Actor};
use keyline_domain::concerns::required;
use keyline_domain::ids::{ChildrensDraftId, CommentId, InspectionId};
use keyline_domain::volunteers::drafts::{COMMENT_LIMIT, Outcome, comment_problems, draft_problems};
use keyline_store::people;
use keyline_store::volunteers::drafts::{self as rows, Comment, Draft};
use serde_json::json;

use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// A draft to be shown.
#[derive(Debug, Clone)]
pub struct WriteDraft {
    /// Where.
    pub inspection: InspectionId,
    /// Its title.
    pub title: String,
    /// Its text; blank lines divide paragraphs.
    pub body: String,
    /// The number of the newest draft when the writer began; 0 when there was none.
    pub seen: i64,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Shows the volunteers a new draft of the children's version. Audit entry `childrens-draft.shown`.
///
/// # Errors
/// [`Refused::Fields`] for a missing or too long text, and for an identifier in it; [`Refused::Stale`] with the newer draft
/// when somebody has shown one in the meantime.
pub async fn write_childrens_draft(cx: &Cx, actor: &Actor, input: WriteDraft) -> Result<ChildrensDraftId> {
    let mut work = cx.work(actor, input.inspection, Action::WriteChildrensVersion).await?;
    let mut problems = draft_problems(&input.title, &input.body);
    problems.extend(identifiers::problems(
        &[("title", &input.title), ("body", &input.body)],
        input.identifies_nobody,
    ));
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let grant = work.grant.clone();
    let newest = rows::list(&mut work.tx, &grant).await?.into_iter().next();
    if let Some(newest) = newest.filter(|d| d.number != input.seen) {
        let by = people::find(&mut work.tx, newest.written_by).await?.map_or_else(String::new, |a| a.name);
        let theirs = format!("{}\n\n{}", newest.title, newest.body);
        return Err(Refused::Stale { theirs, by, version: newest.number });
    }
    let draft = Draft {
        id: ChildrensDraftId::new(work.now, cx.random()),
        number: 0,
        title: input.title.trim().to_owned(),
        body: input.body.trim().to_owned(),
        written_by: work.person()?,
        written_at: work.now,
    };
    rows::add(&mut work.tx, &grant, &draft).await?;
    work.record("childrens-draft.shown", draft.id, json!({})).await?;
    work.commit().await?;
    Ok(draft.id)
}

/// Something to be said about a draft.
#[derive(Debug, Clone)]
pub struct CommentOnDraft {
    /// Where.
    pub inspection: InspectionId,
    /// Which draft.
    pub draft: ChildrensDraftId,
    /// About which paragraph, from 1; `None`: the whole.
    pub paragraph: Option<u32>,
    /// What.
    pub text: String,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Says something about a draft. Audit entry `childrens-draft.commented`, without the text.
///
/// # Errors
/// [`Refused::Hidden`] for a draft of elsewhere; [`Refused::Fields`] for no text, a paragraph that is not there, or an
/// identifier.
pub async fn comment_on_draft(cx: &Cx, actor: &Actor, input: CommentOnDraft) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::CommentChildrensVersion).await?;
    let grant = work.grant.clone();
    let all = rows::list(&mut work.tx, &grant).await?;
    let draft = all.into_iter().find(|d| d.id == input.draft).ok_or(Refused::Hidden)?;
    let mut problems = comment_problems(&draft.body, input.paragraph, &input.text);
    problems.extend(identifiers::problems(&[("text", &input.text)], input.identifies_nobody));
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let comment = Comment {
        id: CommentId::new(work.now, cx.random()),
        draft: draft.id,
        paragraph: input.paragraph,
        text: input.text.trim().to_owned(),
        written_by: work.person()?,
        writer: String::new(),
        written_at: work.now,
        answer: None,
        answered_by: None,
    };
    rows::add_comment(&mut work.tx, &comment).await?;
    work.record("childrens-draft.commented", draft.id, json!({ "comment": comment.id })).await?;
    work.commit().await
}

/// An answer.
#[derive(Debug, Clone)]
pub struct AnswerComment {
    /// Where.
    pub inspection: InspectionId,
    /// Which comment.
    pub comment: CommentId,
    /// What was done.
    pub outcome: Option<Outcome>,
    /// What is said about it.
    pub text: String,
    /// The answer that stood there when the writer began.
    pub seen: Option<(Outcome, String)>,
}

/// Says what was done about a comment. Answering again replaces the answer; the trail keeps both outcomes. Audit entry
/// `childrens-draft.answered`.
///
/// # Errors
/// [`Refused::Hidden`] for a comment of elsewhere; [`Refused::Fields`] without outcome or text; [`Refused::Stale`] with the other
/// answer when somebody has answered in the meantime.
pub async fn answer_comment(cx: &Cx, actor: &Actor, input: AnswerComment) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::WriteChildrensVersion).await?;
    let grant = work.grant.clone();
    let all = rows::comments(&mut work.tx, &grant).await?;
    let comment = all.into_iter().find(|c| c.id == input.comment).ok_or(Refused::Hidden)?;
    let outcome = input.outcome.ok_or_else(|| Refused::field("outcome", "problem-choose"))?;
    if let Some(problem) = required("answer", &input.text, COMMENT_LIMIT) {
        return Err(Refused::Fields(vec![problem]));
    }
    if comment.answer != input.seen {
        let theirs = comment.answer.map_or_else(String::new, |(_, text)| text);
        return Err(Refused::Stale { theirs, by: comment.answered_by.unwrap_or_default(), version: 0 });
    }
    let (by, now) = (work.person()?, work.now);
    rows::answer(&mut work.tx, comment.id, outcome, input.text.trim(), by, now).await?;
    let detail = json!({ "comment": comment.id, "outcome": outcome });
    work.record("childrens-draft.answered", comment.draft, detail).await?;
    work.commit().await
}
