//! News, webinars and meetings: writing, publishing, taking back.

use keyline_domain::access::{Actor, ServiceAction};
use keyline_domain::ids::NewsId;
use keyline_domain::information::news::{Meeting, State, Written, reason_problems};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::audit;
use keyline_store::information::news::{self as rows, News};
use serde_json::json;

use super::pages::{informed, lost_problems};
use crate::context::Cx;
use crate::duties;
use crate::refused::{Refused, Result};

/// Writes an item, or changes one.
#[derive(Debug, Clone)]
pub struct SaveNews {
    /// The item and the version that was read; `None` for a new one.
    pub item: Option<(NewsId, i64)>,
    /// What it says.
    pub written: Written,
}

/// Keeps a new item as a draft, or changes one; what it said before is kept. A change of something published is public at
/// once, and a calendar that has the meeting takes it over. Audit entry `news.written` or `news.changed`.
///
/// # Errors
/// [`Refused::Hidden`] unless the actor may write news; [`Refused::Stale`] with the other's text when somebody saved in
/// between; [`Refused::NotNow`] for something that was taken back; [`Refused::Fields`], of something published also when it is
/// moved to a day or a time at which it could not be published.
pub async fn save_news(cx: &Cx, actor: &Actor, input: SaveNews) -> Result<NewsId> {
    let (mut tx, by) = duties::begin(cx, actor, ServiceAction::WriteNews).await?;
    let written = trimmed(input.written);
    let mut before = None;
    if let Some((id, version)) = input.item {
        let item = current(rows::find(&mut tx, id).await?, version)?;
        if matches!(item.state, State::Withdrawn | State::CalledOff) {
            return Err(Refused::reason("news-taken-back"));
        }
        before = Some(item);
    }
    let mut problems = problems(cx, &written);
    if let Some(before) = before.as_ref().filter(|item| item.state == State::Published) {
        // What was right when it was published stays: a link can be added to a meeting that is over.
        let moved = |m: &Option<Meeting>| m.as_ref().map(|m| (m.starts_at, m.ends_at));
        let day_moved = before.written.day != written.day;
        let time_moved = moved(&before.written.meeting) != moved(&written.meeting);
        problems.extend(
            written
                .publish_problems(cx.today(), cx.now())
                .into_iter()
                .filter(|p| if p.field == "day" { day_moved } else { time_moved }),
        );
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let now = cx.now();
    let (id, action) = match before {
        None => {
            let id = NewsId::new(now, cx.random());
            rows::add(&mut tx, id, &written, by, now).await?;
            (id, "news.written")
        }
        Some(item) if item.written == written => return Ok(item.id),
        Some(item) => {
            let sequence = item.sequence + i64::from(item.state == State::Published);
            rows::save(&mut tx, &News { written: written.clone(), sequence, ..item.clone() }, by, now)
                .await?;
            (item.id, "news.changed")
        }
    };
    let detail = json!({ "kind": written.kind, "programme": written.programme, "day": written.day });
    audit::add(&mut tx, now, None, actor, action, &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// Publishes a draft. Audit entry `news.published`.
///
/// # Errors
/// [`Refused::Hidden`] unless the actor may write news; [`Refused::Stale`] when somebody saved in between;
/// [`Refused::NotNow`] when it is no draft; [`Refused::Fields`] for a day that is still to come or long gone, and for a meeting
/// that is over or years away.
pub async fn publish_news(cx: &Cx, actor: &Actor, id: NewsId, version: i64) -> Result<()> {
    let (mut tx, by) = duties::begin(cx, actor, ServiceAction::WriteNews).await?;
    let item = current(rows::find(&mut tx, id).await?, version)?;
    if item.state != State::Draft {
        return Err(Refused::reason("news-no-draft"));
    }
    let now = cx.now();
    let problems = item.written.publish_problems(cx.today(), now);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let kind = item.written.kind;
    rows::save(&mut tx, &News { state: State::Published, published_at: Some(now), ..item }, by, now).await?;
    audit::add(&mut tx, now, None, actor, "news.published", &id.to_string(), &json!({ "kind": kind }))
        .await?;
    Ok(tx.commit().await?)
}

/// Takes something published back.
#[derive(Debug, Clone)]
pub struct TakeBackNews {
    /// The item.
    pub item: NewsId,
    /// The version that was read.
    pub version: i64,
    /// Why; the public reads it.
    pub reason: String,
}

/// Withdraws news, or calls a meeting off: its calendar entry says so from then on. Audit entry `news.taken-back`.
///
/// # Errors
/// [`Refused::Hidden`] unless the actor may write news; [`Refused::Stale`] when somebody saved in between;
/// [`Refused::NotNow`] unless it is published; [`Refused::Fields`] without a reason.
pub async fn take_back_news(cx: &Cx, actor: &Actor, input: TakeBackNews) -> Result<()> {
    let (mut tx, by) = duties::begin(cx, actor, ServiceAction::WriteNews).await?;
    let item = current(rows::find(&mut tx, input.item).await?, input.version)?;
    if item.state != State::Published {
        return Err(Refused::reason("news-not-published"));
    }
    let problems = reason_problems(&input.reason);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let (now, reason) = (cx.now(), input.reason.trim().to_owned());
    let (state, sequence) = (item.written.kind.taken_back(), item.sequence + 1);
    rows::save(&mut tx, &News { state, sequence, reason: reason.clone(), ..item }, by, now).await?;
    let detail = json!({ "state": state, "reason": reason });
    audit::add(&mut tx, now, None, actor, "news.taken-back", &input.item.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

fn current(found: Option<News>, version: i64) -> Result<News> {
    let item = found.ok_or(Refused::Hidden)?;
    if item.version == version {
        return Ok(item);
    }
    Err(Refused::Stale { theirs: item.written.body, by: item.saved_by, version: item.version })
}

fn trimmed(written: Written) -> Written {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let meeting = |m: Meeting| Meeting { place: line(&m.place), link: m.link.trim().to_owned(), ..m };
    Written {
        title: line(&written.title),
        body: written.body.trim().to_owned(),
        meeting: written.meeting.filter(|_| written.kind.is_meeting()).map(meeting),
        ..written
    }
}

fn problems(cx: &Cx, written: &Written) -> Vec<FieldProblem> {
    let programmes = informed(cx);
    let chosen = programmes.iter().filter(|p| written.programme.is_empty() || p.id == written.programme);
    let mut audiences: Vec<&str> =
        chosen.flat_map(|p| p.information.audiences.iter().map(|a| a.key.as_str())).collect();
    audiences.dedup();
    let mut problems = written.problems(&audiences);
    problems.extend(lost_problems(&written.body));
    if !written.programme.is_empty() && programmes.iter().all(|p| p.id != written.programme) {
        problems.push(FieldProblem::new("programme", Reason::new("problem-choose")));
    }
    if !written.area.is_empty() && cx.library.council(&written.area).is_none() {
        problems.push(FieldProblem::new("area", Reason::new("problem-choose")));
    }
    problems
}
