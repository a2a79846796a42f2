//! People of an inspection: members by side and role, declared interests, invitations.

mod add;
mod interest;
mod invite;

use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::{Action, Role, Side};
use keyline_operations::inspections::{EndRole, end_role, role_action};
use keyline_store::inspections::invitations::{self, Invitation};
use keyline_store::inspections::members::{self, Member};
use keyline_store::inspections::{self};
use maud::{Markup, html};

use super::rooms::{Room, frame};
use crate::components::{
    Tone, button_group, empty_state, hidden, link_button, link_button_secondary, table_under_heading, tag,
};
use crate::frame::{Gate, PageError, PageResult, Routes, Scope, Typed, Visitor};

/// The routes of the people's pages.
pub(super) fn routes(r: Routes) -> Routes {
    let see = Gate::Inspection(Action::SeeInspection);
    let team = Gate::Inspection(Action::ManageTeam);
    let decide = Gate::Inspection(Action::DecideInterest);
    // Which roles somebody may invite, renew or end is asked of the policy by the verb: the gate is the wider one.
    r.get("/inspections/{inspection}/people", Gate::Inspection(Action::SeePeople), get)
        .post("/inspections/{inspection}/people/end", see, end)
        .get("/inspections/{inspection}/people/add", team, add::get)
        .post("/inspections/{inspection}/people/add", team, add::post)
        .get("/inspections/{inspection}/people/invite", see, invite::get)
        .post("/inspections/{inspection}/people/invite", see, invite::post)
        .post("/inspections/{inspection}/people/invitations/{invitation}/withdraw", see, invite::withdraw)
        .post("/inspections/{inspection}/people/invitations/{invitation}/renew", see, invite::renew)
        .get("/inspections/{inspection}/people/{person}/interest", decide, interest::get)
        .post("/inspections/{inspection}/people/{person}/interest", decide, interest::post)
}

/// The page.
async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let members = members::list(&mut reader, &scope.grant).await?;
    let may_invite =
        scope.grant.permits(Action::InvitePartnership) || scope.grant.permits(Action::ManageTeam);
    let invited = if may_invite { invitations::list(&mut reader, &scope.grant).await? } else { Vec::new() };
    let (partnership, team): (Vec<&Member>, Vec<&Member>) =
        members.iter().partition(|m| m.role.side() == Side::Partnership);
    let body = html! {
        p class="kl_lead" { (w.t("people-what")) }
        (actions(&visitor, &scope, inspection.notified_on.is_none()))
        (waiting(&visitor, &scope, &members))
        h2 { (w.t("people-team")) }
        (listing(&visitor, &scope, &w.t("people-team"), &team))
        h2 { (w.t("people-partnership")) }
        (listing(&visitor, &scope, &w.t("people-partnership"), &partnership))
        @if may_invite {
            h2 { (w.t("people-invitations")) }
            (invitations_table(&visitor, &scope, &invited))
        }
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::People, w.t("room-people"), body)))
}

fn actions(visitor: &Visitor, scope: &Scope, before_notification: bool) -> Markup {
    let w = visitor.words();
    let may = |action| scope.grant.permits(action);
    button_group(&html! {
        @if may(Action::Notify) && before_notification {
            (link_button(&scope.href("notify"), &w.t("people-notify")))
        }
        @if may(Action::ManageTeam) { (link_button_secondary(&scope.href("people/add"), &w.t("people-add-title"))) }
        @if may(Action::ManageTeam) || may(Action::InvitePartnership) {
            (link_button_secondary(&scope.href("people/invite"), &w.t("people-invite-title")))
        }
        @if may(Action::SeeLetters) { (link_button_secondary(&scope.href("letters"), &w.t("people-letters"))) }
    })
}

// The statement is for those who decide: it is on the page of the decision and not here.
fn waiting(visitor: &Visitor, scope: &Scope, members: &[Member]) -> Markup {
    let w = visitor.words();
    let mut open: Vec<&Member> = members
        .iter()
        .filter(|m| m.interest.as_ref().is_some_and(|i| i.has_interest && i.cleared.is_none()))
        .filter(|m| Some(m.person) != scope.grant.person_id())
        .collect();
    open.dedup_by_key(|m| m.person);
    html! {
        @if scope.grant.permits(Action::DecideInterest) && !open.is_empty() {
            h2 { (w.t("people-decisions")) }
            ul {
                @for m in open {
                    li {
                        a href=(scope.href(&format!("people/{}/interest", m.person))) {
                            (w.with("people-decision-of", &[("name", &m.name), ("role", &role_name(visitor, m.role))]))
                        }
                    }
                }
            }
        }
    }
}

fn listing(visitor: &Visitor, scope: &Scope, caption: &str, members: &[&Member]) -> Markup {
    let w = visitor.words();
    if members.is_empty() {
        return html! { p { (w.t("people-nobody")) } };
    }
    // Who stands on the partnership's side sees who takes part, not what the team declared.
    let inside = scope.grant.inside();
    let changes = members.iter().any(|m| scope.grant.permits(role_action(m.role)));
    let mut header =
        vec![w.t("people-name"), w.t("people-role"), w.t("people-designation"), w.t("people-organisation")];
    if inside {
        header.push(w.t("people-interest"));
    }
    if changes {
        header.push(w.t("people-do"));
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = members
        .iter()
        .map(|m| {
            let role = role_name(visitor, m.role);
            let mut row = vec![
                html! { (m.name) },
                html! { (role) },
                html! { (m.designation) },
                html! { (m.organisation) },
            ];
            if inside {
                row.push(interest_tag(visitor, m));
            }
            if changes {
                row.push(html! {
                    @if scope.grant.permits(role_action(m.role)) {
                        form method="post" action=(scope.href("people/end")) {
                            (hidden("person", m.person)) (hidden("role", m.role))
                            button class="kl_link-button" type="submit" {
                                (w.t("people-end"))
                                span class="visually-hidden" {
                                    " " (w.with("people-end-for", &[("name", &m.name), ("role", &role)]))
                                }
                            }
                        }
                    }
                });
            }
            row
        })
        .collect();
    table_under_heading(caption, &header, &rows)
}

fn interest_tag(visitor: &Visitor, member: &Member) -> Markup {
    let w = visitor.words();
    if member.role.side() == Side::Partnership {
        return html! { (w.t("people-interest-not-asked")) };
    }
    let (tone, key) = match &member.interest {
        None => (Tone::Warn, "people-interest-missing"),
        Some(i) if !i.has_interest => (Tone::Good, "people-interest-none"),
        Some(i) => match i.cleared {
            None => (Tone::Warn, "people-interest-waits"),
            Some(true) => (Tone::Good, "people-interest-cleared"),
            Some(false) => (Tone::Bad, "people-interest-barred"),
        },
    };
    tag(tone, &w.t(key))
}

fn invitations_table(visitor: &Visitor, scope: &Scope, invited: &[Invitation]) -> Markup {
    let w = visitor.words();
    if invited.is_empty() {
        let href = scope.href("people/invite");
        let link = w.t("people-invite-title");
        return empty_state(
            &w.t("people-invitations"),
            &w.t("people-invitations-none"),
            Some((&href, &link)),
        );
    }
    let now = visitor.cx().now();
    let day = |at| w.date(keyline_domain::clock::day_of(at));
    let rows: Vec<Vec<Markup>> = invited
        .iter()
        .map(|i| {
            let (tone, key) = match (i.accepted_at, i.withdrawn_at) {
                (Some(_), _) => (Tone::Good, "people-state-accepted"),
                (None, Some(_)) => (Tone::Neutral, "people-state-withdrawn"),
                (None, None) if i.is_live(now) => (Tone::Active, "people-state-open"),
                (None, None) => (Tone::Warn, "people-state-expired"),
            };
            let open = i.accepted_at.is_none() && scope.grant.permits(role_action(i.role));
            let act = |verb: &str, key: &str| html! {
                form method="post" action=(scope.href(&format!("people/invitations/{}/{verb}", i.id))) {
                    button class="kl_link-button" type="submit" {
                        (w.t(key)) span class="visually-hidden" { " " (w.with("people-for", &[("name", &i.name)])) }
                    }
                }
            };
            vec![
                html! { (i.name) br; (i.email) },
                html! { (role_name(visitor, i.role)) },
                html! { (w.with("people-invited-by", &[("day", &day(i.invited_at)), ("name", &i.invited_by)])) },
                html! { (day(i.expires_at)) },
                tag(tone, &w.t(key)),
                html! {
                    @if open { (act("renew", "people-renew")) }
                    @if open && i.withdrawn_at.is_none() { (act("withdraw", "people-withdraw")) }
                },
            ]
        })
        .collect();
    let header =
        ["people-name", "people-role", "people-invited", "people-until", "people-state", "people-do"]
            .map(|key| w.t(key));
    table_under_heading(&w.t("people-invitations"), &header.each_ref().map(String::as_str), &rows)
}

/// Ends a role.
async fn end(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let person = typed.parse("person").ok_or(PageError::NOT_FOUND)?;
    let role = typed.parse("role").ok_or(PageError::NOT_FOUND)?;
    let input = EndRole { inspection: scope.grant.inspection(), person, role };
    end_role(visitor.cx(), visitor.actor(), input).await?;
    let own = scope.grant.person_id() == Some(person);
    let next = if own { "/start".to_owned() } else { scope.href("people") };
    Ok(Redirect::to(&format!("{next}?done=role-ended")).into_response())
}

/// The name of a role.
pub(crate) fn role_name(visitor: &Visitor, role: Role) -> String {
    visitor.words().t(&format!("role-{}", role.word()))
}
