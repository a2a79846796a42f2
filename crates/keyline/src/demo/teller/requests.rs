//! What the partnership has in hand: an owner, work begun, a colleague with a link, a document given again; hours, and the
//! position statement.

use keyline_domain::access::Action;
use keyline_domain::returns::RequestState;
use keyline_domain::returns::statement::{Answers, StatementState};
use keyline_operations::returns::{
    AskedFor, ChangeRequest, DecideStatement, DelegateRequest, ReuseDocument, SaveStatement, SayHours,
    already_held, answering, ask_to_reuse, begin_request, change_request, decide_statement, delegate_request,
    reuse_document, save_statement, say_hours, submit_statement,
};
use keyline_store::inspections;
use keyline_store::returns::{Request, delegations, list_requests, reuses, statement};

use super::Teller;
use crate::commands::in_words;

async fn request(t: &Teller<'_>, key: &str) -> anyhow::Result<Option<Request>> {
    let grant = t.grant("coordinator", Action::SeeReturns).await?;
    let requests = list_requests(&mut t.cx.db.read().await?, &grant).await?;
    Ok(requests.into_iter().find(|r| r.key == key))
}

/// In the first weeks: one request in the hands of the participation lead, who has begun; one with a colleague; one answered
/// by a document of an earlier inspection, and one more such document wished for.
pub(super) async fn in_hand(t: &Teller<'_>) -> anyhow::Result<()> {
    let day = t.tale.starts_on.checked_add(jiff::Span::new().days(3))?;
    t.at(day, 0)?;
    held_by_somebody(t).await?;
    t.at(day, 60)?;
    with_a_colleague(t).await?;
    t.at(day, 120)?;
    given_again(t).await
}

async fn held_by_somebody(t: &Teller<'_>) -> anyhow::Result<()> {
    let Some(r) = request(t, "participation-evidence").await? else { return Ok(()) };
    if r.owner.is_none() && r.state == RequestState::Asked {
        let asked = AskedFor {
            title: r.title,
            purpose: r.purpose,
            indicators: r.indicators,
            due_on: Some(r.due_on),
            owner: Some(t.cast.id("participation-lead")),
            ..AskedFor::default()
        };
        let input = ChangeRequest { inspection: t.id, request: r.id, asked, version: r.version };
        change_request(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    if r.state == RequestState::Asked {
        begin_request(t.cx, &t.actor("participation-lead"), t.id, r.id).await.map_err(in_words)?;
    }
    Ok(())
}

async fn with_a_colleague(t: &Teller<'_>) -> anyhow::Result<()> {
    let Some(r) = request(t, "outcome-figures").await? else { return Ok(()) };
    let grant = t.grant("coordinator", Action::SeeReturns).await?;
    let known = delegations(&mut t.cx.db.read().await?, &grant).await?;
    if !r.state.is_open() || known.iter().any(|d| d.request == r.id) {
        return Ok(());
    }
    let input = DelegateRequest {
        inspection: t.id,
        request: r.id,
        name: "Eilidh Made-up".into(),
        email: "performance@strathmarnock.test".into(),
    };
    delegate_request(t.cx, &t.actor("coordinator"), input).await.map_err(in_words)?;
    Ok(())
}

async fn given_again(t: &Teller<'_>) -> anyhow::Result<()> {
    for (key, given) in [("promise-plan", true), ("improvement-quality-assurance", false)] {
        let Some(r) = request(t, key).await? else { continue };
        let grant = t.grant("coordinator", Action::SeeReturns).await?;
        let mut reader = t.cx.db.read().await?;
        let inspection = inspections::get(&mut reader, &grant).await?;
        let held = already_held(t.cx, &mut reader, &grant, &inspection).await.map_err(in_words)?;
        let known = reuses(&mut reader, &grant).await?;
        drop(reader);
        // The latest comes first.
        let Some(earlier) = answering(&held, &r).first().map(|h| h.document) else { continue };
        let input = ReuseDocument { inspection: t.id, request: r.id, document: earlier };
        if r.state == RequestState::Asked && known.iter().all(|k| k.request != r.id) {
            ask_to_reuse(t.cx, &t.actor("lead"), input.clone()).await.map_err(in_words)?;
        }
        if given && r.state == RequestState::Asked {
            reuse_document(t.cx, &t.actor("coordinator"), input).await.map_err(in_words)?;
        }
    }
    Ok(())
}

/// The coordinator says how long a request took, for those of which it is known.
pub(super) async fn hours(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("coordinator", Action::SeeReturns).await?;
    let requests = list_requests(&mut t.cx.db.read().await?, &grant).await?;
    for (n, r) in requests.into_iter().enumerate().filter(|(n, _)| n % 3 != 2) {
        if r.minutes.is_none() && r.state == RequestState::Accepted {
            t.at(r.due_on, 30)?;
            let hours = format!("{}.5", n + 1);
            let input = SayHours { inspection: t.id, request: r.id, hours, version: r.version };
            say_hours(t.cx, &t.actor("coordinator"), input).await.map_err(in_words)?;
        }
    }
    Ok(())
}

/// The position statement is written and sent, and accepted where the inspection has gone on.
pub(super) async fn position_statement(t: &Teller<'_>, accepted: bool) -> anyhow::Result<()> {
    let Some(asked) = &t.programme.position_statement else { return Ok(()) };
    let grant = t.grant("coordinator", Action::SeeReturns).await?;
    let stands = statement(&mut t.cx.db.read().await?, &grant).await?;
    if stands.is_none() {
        t.at_step(&asked.step, -240)?;
        let answers: Answers =
            t.script.statement.iter().map(|s| (s.question.clone(), s.body.trim().to_owned())).collect();
        let input = SaveStatement { inspection: t.id, answers, version: 0, identifies_nobody: false };
        save_statement(t.cx, &t.actor("coordinator"), input).await.map_err(in_words)?;
    }
    let stands = statement(&mut t.cx.db.read().await?, &grant).await?;
    if let Some(s) = stands.filter(|s| s.state == StatementState::Writing) {
        t.at_step(&asked.step, -120)?;
        submit_statement(t.cx, &t.actor("coordinator"), t.id, s.version).await.map_err(in_words)?;
    }
    let stands = statement(&mut t.cx.db.read().await?, &grant).await?;
    if let Some(s) = stands.filter(|s| accepted && s.state == StatementState::Submitted) {
        t.at_step(&asked.step, 60)?;
        let input =
            DecideStatement { inspection: t.id, accept: true, reason: String::new(), version: s.version };
        decide_statement(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    Ok(())
}
