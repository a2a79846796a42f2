//! Who is told of a step, in the product and by mail. A notice holds the area, what there is to do and by when, and a link
//! that asks for a sign-in: nothing of what was written.

use jiff::Timestamp;
use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::in_london;
use keyline_domain::concerns::way::Rung;
use keyline_domain::ids::{ConcernId, PersonId};
use keyline_store::care::keys;
use keyline_store::concerns::{self, Concern};
use keyline_store::inspections::Inspection;
use keyline_store::{Tx, audit, people};
use keyline_words::{Catalogue, Words};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::clock;
use crate::context::Cx;
use crate::mail::{Notice, mail_notice};
use crate::refused::{Refused, Result};
use crate::work::Work;

/// The kind of the job that mails a notice.
pub const KIND: &str = "concern-mail";

/// Which notice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payload {
    /// The concern.
    pub concern: ConcernId,
    /// The step.
    pub step: i64,
    /// The rung.
    pub rung: i64,
    /// To whom.
    pub person: PersonId,
}

/// By when the present step of a concern has to be done.
pub(crate) fn due(
    cx: &Cx,
    inspection: &Inspection,
    concern: &Concern,
    from: Timestamp,
) -> Result<Option<Timestamp>> {
    let rules = &cx.programme(inspection)?.concerns;
    let calendar = cx.library.calendar(&inspection.area);
    Ok(concern.stage.step().map(|step| rules.due(step, concern.danger, from, &calendar)))
}

/// Begins a step: tells whoever has to act, and starts its clock.
pub(crate) async fn begin(work: &mut Work, concern: &Concern) -> Result<()> {
    let told = rung(&mut work.tx, concern, 0, work.now).await?;
    for person in told.people {
        let payload = Payload { concern: concern.id, step: concern.step, rung: told.rung, person };
        work.enqueue(KIND, serde_json::to_value(payload).map_err(Refused::fault)?, work.now).await?;
    }
    if let Some(due) = concern.due_at {
        let payload = clock::Payload { concern: concern.id, step: concern.step, rung: told.rung + 1 };
        work.enqueue(clock::KIND, serde_json::to_value(payload).map_err(Refused::fault)?, due).await?;
    }
    Ok(())
}

/// Whom a rung reached.
pub(super) struct Told {
    /// The rung that was taken: one above the wanted when nobody stands on that, and the last when all are away.
    pub(super) rung: i64,
    /// Who was not told of this rung yet.
    pub(super) people: Vec<PersonId>,
    /// Whether nobody stands there or above.
    pub(super) nobody: bool,
}

/// Tells the people on a rung of a concern's ladder; when nobody stands there, whose account is live and who is not away,
/// the next. When everybody from there on is away, absence is no excuse for any of them.
pub(super) async fn rung(tx: &mut Tx, concern: &Concern, from: i64, now: Timestamp) -> Result<Told> {
    let mut stand = Vec::new();
    for (n, of) in (0_i64..).zip(concern.stage.ladder()).filter(|(n, _)| *n >= from) {
        let people: Vec<PersonId> = match of {
            Rung::Raiser => live(tx, concern.raised_by).await?.into_iter().collect(),
            Rung::Of(role) => keys::holders(tx, concern.inspection, &[*role])
                .await?
                .into_iter()
                .map(|(person, _, _)| person)
                .collect(),
        };
        for person in people {
            stand.push((n, person, keys::away(tx, person, now).await?.is_some()));
        }
    }
    let present = stand.iter().find(|(_, _, away)| !away).map(|(n, _, _)| *n);
    let reached = match present {
        Some(rung) => stand.iter().filter(|(n, _, away)| *n == rung && !away).collect::<Vec<_>>(),
        None => stand.iter().collect(),
    };
    let last = reached.last().map_or(from, |(n, _, _)| *n);
    let mut people = Vec::new();
    for (_, person, _) in reached {
        if concerns::tell(tx, concern.id, (concern.step, last), *person, now).await? {
            people.push(*person);
        }
    }
    Ok(Told { rung: last, people, nobody: stand.is_empty() })
}

async fn live(tx: &mut Tx, person: Option<PersonId>) -> Result<Option<PersonId>> {
    let Some(person) = person else { return Ok(None) };
    Ok(people::find(tx, person).await?.filter(|account| account.disabled_at.is_none()).map(|_| person))
}

/// Mails a notice, unless it was mailed already. The mail has the same identity each time, so that a second one, sent
/// because this process died after the server took it, is recognised as the same. Without a mail server the notice stands
/// in the product alone. Audit entry `concern.told`.
///
/// # Errors
/// When the server does not take it: to be tried again, for a week.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let at = (payload.step, payload.rung);
    let mut reader = cx.read().await?;
    let Some(concern) = concerns::find_any(&mut reader, payload.concern).await? else { return Ok(()) };
    if concerns::is_mailed(&mut reader, concern.id, at, payload.person).await? {
        return Ok(());
    }
    let Some(account) = people::find(&mut reader, payload.person).await?.filter(|a| a.disabled_at.is_none())
    else {
        return Ok(());
    };
    if cx.mailer.is_none() {
        return Ok(());
    }
    let grant = cx.grant(&Actor::Clock, concern.inspection, Action::SeeInspection).await?;
    let inspection = keyline_store::inspections::get(&mut reader, &grant).await?;
    drop(reader);
    let w = Catalogue::shared().words(&account.language);
    let notice = compose(cx, w, &inspection, &concern, &payload);
    mail_notice(cx, w, account, notice).await?;
    let now = cx.now();
    let mut tx = cx.db.begin().await?;
    concerns::mailed(&mut tx, concern.id, at, payload.person, now).await?;
    let detail = json!({ "step": payload.step, "rung": payload.rung, "person": payload.person });
    let (inspection, subject) = (Some(concern.inspection), concern.id.to_string());
    audit::add(&mut tx, now, inspection, &Actor::Clock, "concern.told", &subject, &detail).await?;
    Ok(tx.commit().await?)
}

fn compose(cx: &Cx, w: Words<'_>, inspection: &Inspection, concern: &Concern, payload: &Payload) -> Notice {
    let area = cx.library.council(&inspection.area).map_or(inspection.area.as_str(), |c| c.name.as_str());
    let subject = w.with(
        if payload.rung == 0 { "concern-mail-subject" } else { "concern-mail-subject-late" },
        &[("area", &area), ("number", &concern.number)],
    );
    let what = match concern.stage.step() {
        // It has gone on since: what to look at is the page.
        Some(step) if concern.step == payload.step => w.t(&format!("concern-do-{}", step.word())),
        _ => w.t("concern-mail-moved"),
    };
    let by = concern
        .due_at
        .map_or(String::new(), |due| w.with("concern-mail-due", &[("at", &w.date_time(&in_london(due)))]));
    let danger = if concern.danger { w.t("concern-mail-danger") } else { String::new() };
    let lines: Vec<String> =
        [danger, what, by, w.t("concern-mail-why")].into_iter().filter(|line| !line.is_empty()).collect();
    let page = if concern.raised_by == Some(payload.person) && payload.rung == 0 {
        "/concern/own".to_owned()
    } else {
        format!("/inspections/{}/concerns/{}", inspection.reference, concern.id)
    };
    let id = format!("{}.{}.{}.{}", payload.concern, payload.step, payload.rung, payload.person);
    Notice { id, subject, lines, page }
}
