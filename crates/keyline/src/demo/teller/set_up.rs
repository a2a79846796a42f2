//! The first days: setting up, the team's declarations, the notification, the partnership's people.

use keyline_domain::access::{Action, Actor, Role, Side};
use keyline_domain::ids::InspectionId;
use keyline_domain::inspections::plan::StepKind;
use keyline_domain::programmes::Programme;
use keyline_operations::Cx;
use keyline_operations::inspections::{
    AcceptInvitation, DeclareInterest, FinishStep, FirstMember, Holder, Invite, Notify, SetUp,
    accept_invitation, declare_interest, finish_step, invite, notify as send_notification, renew_invitation,
    set_up,
};
use keyline_store::inspections::{self, invitations, members};

use super::Teller;
use crate::commands::in_words;
use crate::demo::people::{Cast, PARTS};
use crate::demo::tale::{AREA, PROGRAMME, Tale, Until};

/// Finds the inspection of the tale, or sets it up.
pub(super) async fn found(
    cx: &Cx,
    cast: &Cast,
    programme: &Programme,
    tale: &Tale,
) -> anyhow::Result<InspectionId> {
    let known = inspections::list_of(&mut cx.db.read().await?, cast.id("lead")).await?;
    if let Some(inspection) = known.iter().find(|i| i.starts_on == tale.starts_on && i.area == AREA) {
        return Ok(inspection.id);
    }
    let team = PARTS
        .iter()
        .filter_map(|p| {
            let role = p.role.filter(|r| r.side() != Side::Partnership)?;
            let body = p
                .body
                .and_then(|key| programme.scrutiny_bodies.iter().find(|b| b.key == key))
                .map(|b| b.key.clone());
            Some(FirstMember { person: cast.id(p.key), role, body })
        })
        .collect();
    let input = SetUp {
        programme: PROGRAMME.into(),
        version: Some(tale.version.clone()),
        area: AREA.into(),
        starts_on: tale.starts_on,
        team,
    };
    set_up(cx, &Actor::Console, input).await.map_err(in_words)
}

/// Team and oversight declare that they have no interest.
pub(super) async fn team(t: &Teller<'_>) -> anyhow::Result<()> {
    for part in PARTS.iter().filter(|p| p.role.is_some_and(|r| r.side() != Side::Partnership)) {
        let standing = members::standing(&mut t.cx.db.read().await?, t.id, t.cast.id(part.key)).await?;
        if standing.is_some_and(|s| !s.declared) {
            let none = DeclareInterest { inspection: t.id, has_interest: false, statement: String::new() };
            declare_interest(t.cx, &t.actor(part.key), none).await.map_err(in_words)?;
        }
    }
    Ok(())
}

/// The notification goes to the five addressees.
pub(super) async fn notify(t: &Teller<'_>) -> anyhow::Result<()> {
    if t.progress().await?.notified_on.is_some() {
        return Ok(());
    }
    t.at_step("notification", 0)?;
    let reply_by = t.cx.library.calendar(AREA).add_working_days(t.tale.starts_on, 5);
    let holders = t
        .programme
        .addressees
        .iter()
        .map(|a| Holder {
            addressee: a.key.clone(),
            name: format!("Fictional office holder, {}", a.title),
            email: format!("{}@strathmarnock.test", a.key),
        })
        .collect();
    let notification = Notify { inspection: t.id, reply_by, holders };
    send_notification(t.cx, &t.actor("support-officer"), notification).await.map_err(in_words)?;
    finish(t, "notification").await
}

/// Coordinator, participation lead and the others of the partnership are invited and accept.
pub(super) async fn partnership(t: &Teller<'_>) -> anyhow::Result<()> {
    for (n, part) in
        PARTS.iter().filter(|p| p.role.is_some_and(|r| r.side() == Side::Partnership)).enumerate()
    {
        let role: Role = part.role.unwrap_or(Role::InspectionCoordinator);
        let standing = members::standing(&mut t.cx.db.read().await?, t.id, t.cast.id(part.key)).await?;
        if standing.is_some_and(|s| s.roles.contains(&role)) {
            continue;
        }
        let minutes = i64::try_from(n).unwrap_or(0) * 20;
        t.at(t.tale.starts_on.tomorrow()?, minutes)?;
        let officer = t.actor("support-officer");
        let email = format!("{}@strathmarnock.test", part.key);
        let grant = t.grant("support-officer", Action::InvitePartnership).await?;
        let open = invitations::list(&mut t.cx.db.read().await?, &grant)
            .await?
            .into_iter()
            .find(|i| i.is_live(t.cx.now()) && i.email == email && i.role == role);
        let link = if let Some(open) = open {
            // Cut off between invitation and acceptance: the link is gone, so it is renewed.
            renew_invitation(t.cx, &officer, t.id, open.id).await.map_err(in_words)?.link
        } else {
            let input = Invite { inspection: t.id, email, name: part.name.to_owned(), role, body: None };
            invite(t.cx, &officer, input).await.map_err(in_words)?.link
        };
        t.at(t.tale.starts_on.tomorrow()?, minutes + 10)?;
        let accept = AcceptInvitation {
            token: link.rsplit('/').next().unwrap_or_default().to_owned(),
            name: part.name.to_owned(),
            designation: part.designation.to_owned(),
            organisation: part.organisation.to_owned(),
            device: String::new(),
        };
        accept_invitation(t.cx, &t.actor(part.key), accept).await.map_err(in_words)?;
    }
    if t.has_step("meet-coordinator") && t.plan.step("meet-coordinator").is_some_and(|s| s.span.to <= t.today)
    {
        t.at_end_of("meet-coordinator", 300)?;
        finish(t, "meet-coordinator").await?;
    }
    Ok(())
}

/// Steps that leave no other trace in the story, such as professional discussions, were done by their last day. One
/// discussion is late where the report is being written, so that a late step can be seen.
pub(super) async fn what_else_was_done(t: &Teller<'_>) -> anyhow::Result<()> {
    let late = (t.tale.until == Until::Reporting).then_some("professional-discussion-3");
    for step in &t.plan.steps {
        let over = step.kind != StepKind::After && step.span.to < t.today;
        if over && late != Some(step.key.as_str()) {
            t.at_end_of(&step.key, 420)?;
            finish(t, &step.key).await?;
        }
    }
    Ok(())
}

/// Says that a step of the plan has been done, on the day to which the clock is set.
pub(super) async fn finish(t: &Teller<'_>, step: &str) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::FinishStep).await?;
    let steps = inspections::plan::steps(&mut t.cx.db.read().await?, &grant).await?;
    if !t.has_step(step) || steps.iter().any(|row| row.step.key == step && row.step.done.is_some()) {
        return Ok(());
    }
    let input = FinishStep { inspection: t.id, step: step.to_owned(), done_on: Some(t.cx.today()) };
    finish_step(t.cx, &t.actor("lead"), input).await.map_err(in_words)
}
