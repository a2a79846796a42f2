//! The participation lead's desk: volunteers by stage with what needs doing, money that waits, who takes part where.

use keyline_domain::volunteers::money::{Pence, State, totals};
use keyline_domain::volunteers::stage::{Facts, Stage, next};
use keyline_operations::volunteers;
use keyline_store::volunteers::Volunteer;
use keyline_store::volunteers::money::Expense;
use maud::{Markup, html};

use crate::components::{
    Tone, empty_state, figure_tile, figures, link_button_secondary, table_under_heading, tag,
};
use crate::frame::{PageResult, Visitor};

/// How a volunteer is named: the account, or the number as long as there is none.
pub(super) fn name(visitor: &Visitor, volunteer: &Volunteer) -> String {
    let w = visitor.words();
    volunteer
        .name
        .clone()
        .filter(|_| volunteer.person.is_some())
        .unwrap_or_else(|| w.with("volunteer-number", &[("number", &volunteer.number)]))
}

/// An amount as it is shown.
pub(super) fn amount(pence: u64) -> String {
    format!("£{}.{:02}", pence / 100, pence % 100)
}

/// Where an expense stands.
pub(super) fn money_state(visitor: &Visitor, state: State) -> Markup {
    let tone = match state {
        State::Claimed => Tone::Active,
        State::Approved | State::Paid => Tone::Good,
        State::SentBack => Tone::Warn,
        State::TakenBack => Tone::Neutral,
    };
    tag(tone, &visitor.words().t(&format!("expense-state-{}", state.word())))
}

/// The list.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let desk = volunteers::desk(visitor.cx(), visitor.actor()).await?;
    let sums = totals(desk.expenses.iter().map(|e| (e.state, e.claim.pence)));
    let waiting = desk
        .volunteers
        .iter()
        .filter(|(v, facts)| v.gone_on.is_none() && next(v.stage, *facts).is_some())
        .count();
    let body = html! {
        p class="kl_lead" { (w.t("volunteers-text")) }
        (figures(&html! {
            (figure_tile(&waiting.to_string(), &w.t("volunteers-waiting"), None))
            (figure_tile(&amount(sums.claimed), &w.t("volunteers-claimed"), None))
            (figure_tile(&amount(sums.to_pay), &w.t("volunteers-to-pay"), None))
        }))
        p { (link_button_secondary("/volunteers/taking-part", &w.t("taking-part-title"))) }
        @if desk.volunteers.is_empty() {
            (empty_state(&w.t("volunteers-empty"), &w.t("volunteers-empty-text"), None))
            @let address = format!("{}/volunteer", visitor.cx().settings.public_address);
            p { a href="/volunteer" { (address) } }
        }
        @for stage in Stage::ALL { (of_stage(&visitor, *stage, &desk.volunteers)) }
        (money(&visitor, &desk.expenses, &desk.volunteers))
    };
    let mut layout = visitor.layout(w.t("volunteers-title"), body);
    layout.breadcrumbs = vec![("/start".to_owned(), w.t("nav-start"))];
    Ok(visitor.show(&layout))
}

fn of_stage(visitor: &Visitor, stage: Stage, all: &[(Volunteer, Facts)]) -> Markup {
    let w = visitor.words();
    let title = w.t(&format!("volunteer-stage-{}", stage.word()));
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .filter(|(v, _)| v.stage == stage)
        .map(|(v, facts)| {
            vec![
                html! { a href=(format!("/volunteers/{}", v.id)) { (name(visitor, v)) } },
                html! { (w.date(v.moved_on)) },
                next(stage, *facts).map_or_else(
                    || html! { (w.t("volunteer-next-nothing")) },
                    |key| tag(Tone::Active, &w.t(key)),
                ),
            ]
        })
        .collect();
    let header = ["volunteer-who", "volunteer-since", "volunteer-next"].map(|key| w.t(key));
    html! {
        @if !rows.is_empty() {
            h2 { (title) }
            (table_under_heading(&title, &header.each_ref().map(String::as_str), &rows))
        }
    }
}

fn money(visitor: &Visitor, expenses: &[Expense], all: &[(Volunteer, Facts)]) -> Markup {
    let w = visitor.words();
    let rows: Vec<Vec<Markup>> = expenses
        .iter()
        .filter(|e| matches!(e.state, State::Claimed | State::Approved))
        .map(|e| {
            let who = all.iter().find(|(v, _)| v.id == e.volunteer).map(|(v, _)| name(visitor, v));
            let what = w.t(&format!("expense-what-{}", e.claim.what.word()));
            vec![
                html! { a href=(format!("/volunteers/expenses/{}", e.id)) { (what) ", " (w.date(e.claim.day)) } },
                html! { (who.unwrap_or_default()) },
                html! { (Pence(e.claim.pence)) },
                money_state(visitor, e.state),
            ]
        })
        .collect();
    let title = w.t("expenses-waiting");
    let header = ["expense-what", "volunteer-who", "expense-amount", "expense-state"].map(|key| w.t(key));
    html! {
        h2 { (title) }
        @if rows.is_empty() { p { (w.t("expenses-none-waiting")) } }
        @else { (table_under_heading(&title, &header.each_ref().map(String::as_str), &rows)) }
    }
}

/// Who takes part where, and who nowhere yet.
pub(super) async fn taking_part(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let all = volunteers::taking_part(visitor.cx(), visitor.actor()).await?;
    let rows: Vec<Vec<Markup>> = all
        .taking
        .iter()
        .map(|t| {
            let area = visitor.cx().library.council(&t.area).map_or(t.area.as_str(), |c| c.name.as_str());
            vec![
                html! { a href=(format!("/volunteers/{}", t.volunteer)) { (t.name) } },
                html! { (area) " (" (t.reference) ")" },
                html! { (t.sessions) },
                html! { (t.written_up) },
                html! {
                    @if t.said == 0 { "0" }
                    @else { a href=(format!("/you-said/{}", t.area)) { (t.said) span class="visually-hidden" { " " (w.t("you-said-title")) ", " (area) } } }
                },
            ]
        })
        .collect();
    let header = [
        "volunteer-who",
        "start-inspection",
        "taking-part-sessions",
        "taking-part-written",
        "you-said-title",
    ]
    .map(|key| w.t(key));
    let body = html! {
        p class="kl_lead" { (w.t("taking-part-text")) }
        @if rows.is_empty() { (empty_state(&w.t("taking-part-empty"), &w.t("taking-part-empty-text"), None)) }
        @else { (table_under_heading(&w.t("taking-part-title"), &header.each_ref().map(String::as_str), &rows)) }
        @if !all.nowhere.is_empty() {
            h2 { (w.t("taking-part-nowhere")) }
            ul { @for v in &all.nowhere { li { a href=(format!("/volunteers/{}", v.id)) { (name(&visitor, v)) } } } }
        }
    };
    let mut layout = visitor.layout(w.t("taking-part-title"), body);
    layout.breadcrumbs = vec![("/volunteers".to_owned(), w.t("volunteers-title"))];
    Ok(visitor.show(&layout))
}
