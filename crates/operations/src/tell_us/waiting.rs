//! What waits for whom, and the notice when the clock of a message has run out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Duty, Role, ServiceAction, decide, duty_permits, permits};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::returns::reminders::day_to_write;
use keyline_domain::tell_us::State;
use keyline_store::care::keys;
use keyline_store::tell_us::{self, Message, Place};
use keyline_store::{Tx, duties, inspections, jobs, people};
use keyline_words::Catalogue;
use serde::{Deserialize, Serialize};

use crate::context::Cx;
use crate::mail::{Notice, mail_notice};
use crate::refused::{Refused, Result};

/// Messages that wait for a first decision of somebody, in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The inspection; `None`: services in general.
    pub inspection: Option<InspectionId>,
    /// How many wait.
    pub waiting: u32,
    /// How many of them have waited longer than they may.
    pub overdue: u32,
}

/// Where messages wait that the actor may decide about, and how many; nothing where none waits. One statement.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting_for(cx: &Cx, actor: &Actor) -> Result<Vec<Waiting>> {
    let Some(person) = actor.person() else { return Ok(Vec::new()) };
    let all = tell_us::waiting_of(&mut cx.read().await?, person.id, cx.today()).await?;
    let mine = all.into_iter().filter_map(|waits| {
        let inspection = match waits.place {
            Place::Inspection(standing) => {
                decide(actor, Action::AnswerMessages, standing.inspection, Some(&standing)).ok()?;
                Some(standing.inspection)
            }
            Place::General(duty) => {
                duty_permits(duty, ServiceAction::HandleMessages).then_some(())?;
                None
            }
        };
        Some(Waiting { inspection, waiting: waits.waiting, overdue: waits.overdue })
    });
    Ok(mine.collect())
}

/// The kind of the job that mails a notice.
pub const KIND: &str = "message-overdue";

/// Which notice. It holds no time: nothing tells more of when somebody wrote than the day in the list does.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payload {
    /// Whose messages.
    pub inspection: Option<InspectionId>,
    /// The day on which it was found.
    pub day: Date,
    /// How many ran out.
    pub count: u32,
    /// To whom.
    pub person: PersonId,
}

/// Tells the handlers of messages whose day is over, once for each message, on working days from eight in the morning on;
/// gives how many mails are queued. Without a mail server the list and the start page say it. No audit entry: it would tell
/// that somebody wrote.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn tell_overdue(cx: &Cx) -> Result<u32> {
    let now = cx.now();
    let Some(today) = day_to_write(now).filter(|_| cx.mailer.is_some()) else { return Ok(0) };
    if tell_us::overdue(&mut cx.read().await?, today).await?.is_empty() {
        return Ok(0);
    }
    let mut tx = cx.db.begin().await?;
    let mut found = BTreeMap::<Option<InspectionId>, u32>::new();
    for (message, inspection) in tell_us::overdue(&mut tx, today).await? {
        // Another server may have been quicker.
        if tell_us::told(&mut tx, message, today).await? {
            *found.entry(inspection).or_default() += 1;
        }
    }
    let mut mails = 0;
    for (inspection, count) in found {
        for person in handlers(&mut tx, inspection).await? {
            let payload = Payload { inspection, day: today, count, person };
            let payload = serde_json::to_value(payload).map_err(Refused::fault)?;
            jobs::enqueue(&mut tx, now, cx.random(), KIND, &payload, now).await?;
            mails += 1;
        }
    }
    tx.commit().await?;
    Ok(mails)
}

async fn handlers(tx: &mut Tx, inspection: Option<InspectionId>) -> Result<Vec<PersonId>> {
    let mut people: Vec<PersonId> = Vec::new();
    if let Some(id) = inspection {
        let may = |role: &Role| permits(*role, Action::AnswerMessages);
        let roles: Vec<Role> = Role::ALL.iter().copied().filter(may).collect();
        people.extend(keys::holders(tx, id, &roles).await?.into_iter().map(|(person, _, _)| person));
    } else {
        for duty in Duty::ALL.iter().filter(|d| duty_permits(**d, ServiceAction::HandleMessages)) {
            people.extend(duties::holders(tx, *duty).await?.into_iter().map(|(person, _)| person));
        }
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// Mails a notice: how many, and where; nothing when none of them waits any more. Run twice, the mail has the same identity.
///
/// # Errors
/// When the server does not take it: to be tried again.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let mut reader = cx.read().await?;
    let account = people::find(&mut reader, payload.person).await?.filter(|a| a.disabled_at.is_none());
    let Some(account) = account else { return Ok(()) };
    let late = |m: &Message| m.state == State::New && m.due_on.is_some_and(|day| day < cx.today());
    if !tell_us::list(&mut reader, payload.inspection).await?.iter().any(late) {
        return Ok(());
    }
    let w = Catalogue::shared().words(&account.language);
    let (about, page) = match payload.inspection {
        Some(id) => {
            let grant = cx.grant(&Actor::Clock, id, Action::SeeInspection).await?;
            let row = inspections::get(&mut reader, &grant).await?;
            let area = cx.library.council(&row.area).map_or(row.area.as_str(), |c| c.name.as_str());
            (area.to_owned(), format!("/inspections/{}/messages", row.reference))
        }
        None => (w.t("tell-us-general"), "/messages".to_owned()),
    };
    drop(reader);
    let subject = w.with("message-mail-subject", &[("about", &about)]);
    let lines = vec![w.with("message-mail-text", &[("count", &payload.count)]), w.t("message-mail-why")];
    let place = payload.inspection.map_or_else(|| "general".to_owned(), |id| id.to_string());
    let id = format!("messages.{place}.{}.{}", payload.day, payload.person);
    mail_notice(cx, w, account, Notice { id, subject, lines, page }).await
}
