//! What the participation lead does: moving somebody on, the check, the training, buddy and supporter.

use jiff::SignedDuration;
use jiff::civil::Date;
use keyline_domain::access::{Actor, Role};
use keyline_domain::ids::{PersonId, VolunteerId, secret, secret_hash};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::volunteers::day_problem;
use keyline_domain::volunteers::ready::{Availability, Topic};
use keyline_domain::volunteers::stage::{Stage, WhyNot, before_after, may_move};
use keyline_store::care::texts;
use keyline_store::inspections::{members, mine};
use keyline_store::volunteers::{self as rows, Volunteer};
use keyline_store::{Tx, audit, people, sign_in};
use serde_json::json;

use super::{facts_of, get, lead_work, record, same};
use crate::access::accounts;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// The account of somebody who is welcomed.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Name as the team shall see it.
    pub name: String,
    /// Address with which they sign in.
    pub email: String,
}

/// A move.
#[derive(Debug, Clone)]
pub struct MoveVolunteer {
    /// Who.
    pub volunteer: VolunteerId,
    /// The version at which they were seen.
    pub version: i64,
    /// Where to.
    pub to: Option<Stage>,
    /// Why not taken on.
    pub reason: Option<WhyNot>,
    /// The account, when they are welcomed for the first time.
    pub account: NewAccount,
    /// That whoever ends somebody's part was asked once more.
    pub sure: bool,
}

/// Moves a volunteer to another stage. Being welcomed for the first time gives an account and, when it is a new one, a link
/// that signs in once within an hour, to be handed over. Withdrawing destroys what they wrote, at once. Audit entry
/// `volunteer.moved` with from and to; `volunteer.withdrawn` for withdrawing.
///
/// # Errors
/// [`Refused::Fields`] for a move that the table does not have, or for which something is missing, and for withdrawing without
/// the confirmation; [`Refused::Stale`] when somebody has done something with it since.
pub async fn move_volunteer(cx: &Cx, actor: &Actor, input: MoveVolunteer) -> Result<Option<String>> {
    let to = input.to.ok_or_else(|| Refused::field("to", "problem-choose"))?;
    let mut work = lead_work(cx, actor).await?;
    let mut volunteer = get(&mut work.tx, input.volunteer).await?;
    same(&mut work.tx, &volunteer, input.version).await?;
    let training = rows::training(&mut work.tx, volunteer.id).await?;
    let mut facts = facts_of(&volunteer, &training);
    facts.reason = input.reason.is_some();
    may_move(volunteer.stage, volunteer.before, to, facts).map_err(Refused::Fields)?;
    if to == Stage::Withdrawn && !input.sure {
        return Err(Refused::field("sure", "volunteer-end-sure-missing"));
    }
    if to == Stage::Withdrawn {
        forget(cx, &mut work.tx, &mut volunteer).await?;
        record(cx, &mut work.tx, actor, "volunteer.withdrawn", volunteer.id, &json!({})).await?;
        work.tx.commit().await?;
        return Ok(None);
    }
    let from = volunteer.stage;
    let mut link = None;
    if to == Stage::Welcomed && volunteer.person.is_none() {
        let (person, made) = account(cx, &mut work.tx, actor, &input.account).await?;
        volunteer.person = Some(person);
        link = made;
    }
    volunteer.before = before_after(from, volunteer.before, to);
    volunteer.stage = to;
    volunteer.reason = input.reason.filter(|_| to == Stage::NotTakenOn);
    volunteer.moved_on = cx.today();
    rows::save(&mut work.tx, &volunteer).await?;
    // Why somebody was not taken on is not in the trail, which is kept longer than the reason.
    let detail = json!({ "from": from, "to": to });
    record(cx, &mut work.tx, actor, "volunteer.moved", volunteer.id, &detail).await?;
    work.tx.commit().await?;
    Ok(link)
}

// A new account with its first link; or one that is there, when it is that of a volunteer and of nobody else: whoever
// leads the volunteers must not come to an account of the team by way of them.
async fn account(
    cx: &Cx,
    tx: &mut Tx,
    actor: &Actor,
    new: &NewAccount,
) -> Result<(PersonId, Option<String>)> {
    if let Some(there) = people::find_by_email(tx, &new.email.trim().to_lowercase()).await? {
        let roles: Vec<Role> =
            mine::list(tx, there.id).await?.into_iter().flat_map(|m| m.standing.roles).collect();
        let volunteers_only =
            !roles.is_empty() && roles.iter().all(|role| *role == Role::YoungInspectionVolunteer);
        let free = rows::find_by_person(tx, there.id).await?.is_none();
        if there.administrator || there.disabled_at.is_some() || !volunteers_only || !free {
            return Err(Refused::field("email", "problem-email-taken"));
        }
        return Ok((there.id, None));
    }
    let account = accounts::NewAccount {
        email: new.email.clone(),
        name: new.name.clone(),
        designation: "young inspection volunteer".to_owned(),
        organisation: "Young inspection volunteers".to_owned(),
        administrator: false,
    };
    let person = accounts::add_account(cx, tx, actor, account).await?;
    let (now, token) = (cx.now(), secret(cx.random()));
    let expires = now.checked_add(SignedDuration::from_hours(1)).unwrap_or(now);
    sign_in::add_link(tx, &secret_hash(&token), person, now, expires, false).await?;
    audit::add(tx, now, None, actor, "sign-in.link-made", &person.to_string(), &json!({})).await?;
    Ok((person, Some(format!("{}/sign-in/link/{token}", cx.settings.public_address))))
}

/// Destroys what somebody wrote, with everything that is known of them but the record of money. An account that only a
/// volunteer used ends with it, and so do the roles.
pub(super) async fn forget(cx: &Cx, tx: &mut Tx, volunteer: &mut Volunteer) -> Result<()> {
    let (today, now) = (cx.today(), cx.now());
    texts::delete(tx, &volunteer.owner()).await?;
    rows::forget_training(tx, volunteer.id).await?;
    rows::unbuddy(tx, volunteer.id).await?;
    if let Some(person) = volunteer.person {
        let all = mine::list(tx, person).await?;
        for mine in &all {
            members::end(tx, mine.inspection.id, person, Role::YoungInspectionVolunteer, now).await?;
        }
        let only =
            all.iter().all(|m| m.standing.roles.iter().all(|role| *role == Role::YoungInspectionVolunteer));
        if only && let Some(mut account) = people::find(tx, person).await?.filter(|a| !a.administrator) {
            account.disabled_at = Some(now);
            people::save(tx, &account).await?;
            sign_in::end_other_sessions(tx, person, "").await?;
        }
    }
    *volunteer = Volunteer {
        place: None,
        stage: Stage::Withdrawn,
        before: None,
        reason: None,
        moved_on: today,
        check: None,
        buddy: None,
        supporter: None,
        availability: Availability::default(),
        gone_on: Some(today),
        // Unbuddying others does not touch this row.
        ..volunteer.clone()
    };
    Ok(rows::save(tx, volunteer).await?)
}

/// The result of the check of the Protecting Vulnerable Groups scheme.
#[derive(Debug, Clone)]
pub struct NoteCheck {
    /// Whose.
    pub volunteer: VolunteerId,
    /// The version at which they were seen.
    pub version: i64,
    /// Whether it was passed.
    pub passed: Option<bool>,
    /// The day of the result.
    pub on: Option<Date>,
}

/// Notes the result of the check: yes or no, and the day. A "no" after the welcome waits on the desk and keeps them from
/// sessions (see [`may_meet`](keyline_domain::volunteers::stage::may_meet)). Audit entry `volunteer.check-noted`, without the
/// result.
///
/// # Errors
/// [`Refused::Fields`] without an answer or with a day that cannot be; [`Refused::NotNow`] before the check is under
/// way.
pub async fn note_check(cx: &Cx, actor: &Actor, input: NoteCheck) -> Result<()> {
    let mut problems = Vec::new();
    if input.passed.is_none() {
        problems.push(FieldProblem::new("passed", Reason::new("problem-choose")));
    }
    match input.on {
        None => problems.push(FieldProblem::new("on", Reason::new("problem-date"))),
        Some(on) => problems.extend(day_problem("on", on, cx.today())),
    }
    let (Some(check), true) = (input.passed.zip(input.on), problems.is_empty()) else {
        return Err(Refused::Fields(problems));
    };
    let mut work = lead_work(cx, actor).await?;
    let mut volunteer = get(&mut work.tx, input.volunteer).await?;
    same(&mut work.tx, &volunteer, input.version).await?;
    if !matches!(volunteer.stage, Stage::Checks | Stage::Training | Stage::Welcomed) {
        return Err(Refused::reason("volunteer-check-not-yet"));
    }
    volunteer.check = Some(check);
    rows::save(&mut work.tx, &volunteer).await?;
    record(cx, &mut work.tx, actor, "volunteer.check-noted", volunteer.id, &json!({})).await?;
    Ok(work.tx.commit().await?)
}

/// A topic of the training.
#[derive(Debug, Clone)]
pub struct NoteTraining {
    /// Whose.
    pub volunteer: VolunteerId,
    /// Which topic.
    pub topic: Topic,
    /// When it was done; `None`: it was not, after all.
    pub done_on: Option<Date>,
}

/// Notes that a topic of the training was done, or takes that back. Audit entry `volunteer.training-noted`.
///
/// # Errors
/// [`Refused::Fields`] for a day that cannot be; [`Refused::NotNow`] before the training.
pub async fn note_training(cx: &Cx, actor: &Actor, input: NoteTraining) -> Result<()> {
    if let Some(problem) = input.done_on.and_then(|on| day_problem("done_on", on, cx.today())) {
        return Err(Refused::Fields(vec![problem]));
    }
    let mut work = lead_work(cx, actor).await?;
    let volunteer = get(&mut work.tx, input.volunteer).await?;
    if !matches!(volunteer.stage, Stage::Training | Stage::Welcomed) {
        return Err(Refused::reason("volunteer-training-not-yet"));
    }
    rows::set_training(&mut work.tx, volunteer.id, input.topic, input.done_on, work.by).await?;
    let detail = json!({ "topic": input.topic, "on": input.done_on });
    record(cx, &mut work.tx, actor, "volunteer.training-noted", volunteer.id, &detail).await?;
    Ok(work.tx.commit().await?)
}

/// Buddy and supporter.
#[derive(Debug, Clone)]
pub struct SetSupport {
    /// Whose.
    pub volunteer: VolunteerId,
    /// The version at which they were seen.
    pub version: i64,
    /// Another volunteer.
    pub buddy: Option<VolunteerId>,
    /// A member of staff.
    pub supporter: Option<PersonId>,
}

/// Names buddy and supporter. Audit entry `volunteer.supported`.
///
/// # Errors
/// [`Refused::Fields`] for a buddy who is not a welcomed volunteer or is the same one, and for a supporter who is not one of the
/// scrutiny bodies' staff: nobody of a partnership, and no volunteer.
pub async fn set_support(cx: &Cx, actor: &Actor, input: SetSupport) -> Result<()> {
    let mut work = lead_work(cx, actor).await?;
    let mut volunteer = get(&mut work.tx, input.volunteer).await?;
    same(&mut work.tx, &volunteer, input.version).await?;
    if volunteer.gone_on.is_some() {
        return Err(Refused::Hidden);
    }
    let mut problems = Vec::new();
    if let Some(buddy) = input.buddy {
        let found = rows::find(&mut work.tx, buddy).await?;
        if buddy == volunteer.id || found.is_none_or(|b| b.stage != Stage::Welcomed) {
            problems.push(FieldProblem::new("buddy", Reason::new("volunteer-buddy-wrong")));
        }
    }
    if let Some(supporter) = input.supporter
        && rows::supporters(&mut work.tx).await?.iter().all(|(person, ..)| *person != supporter)
    {
        problems.push(FieldProblem::new("supporter", Reason::new("volunteer-supporter-wrong")));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    volunteer.buddy = input.buddy;
    volunteer.supporter = input.supporter;
    rows::save(&mut work.tx, &volunteer).await?;
    let detail = json!({ "buddy": input.buddy, "supporter": input.supporter });
    record(cx, &mut work.tx, actor, "volunteer.supported", volunteer.id, &detail).await?;
    Ok(work.tx.commit().await?)
}
