//! The plan as a picture: phases as groups, parties as categories, weeks that are not counted hatched.

use jiff::ToSpan as _;
use jiff::civil::Date;
use keyline_charts::gantt::{Gantt, Group, Lane, Mark, Shape, State, Words};
use keyline_domain::inspections::plan::{PlannedStep, Span, StepKind, StepStatus};
use maud::Markup;

use super::{View, days, parties, party};

/// Weeks drawn beyond the plan, so that a step without an end is seen to go on.
const BEYOND: i64 = 2;

/// The picture of the steps that are shown.
pub(super) fn draw(view: &View<'_>, shown: &impl Fn(&PlannedStep) -> bool) -> Markup {
    let w = view.visitor.words();
    let plan = view.plan;
    let weeks = weeks(view);
    let from = weeks.first().map_or(plan.notified, |(monday, _)| *monday);
    let to = weeks.last().map_or(plan.last_day(), |(monday, _)| monday.saturating_add(6.days()));
    let categories = parties(plan);
    let overdue = plan
        .steps
        .iter()
        .filter(|s| view.kept && matches!(plan.status_of(s, view.today), StepStatus::Overdue(_)))
        .count();
    let groups = plan
        .phases
        .iter()
        .map(|phase| Group {
            title: phase.title.clone(),
            span: plan.phase_span(&phase.key).map(|s| (number(s.from), number(s.to))),
            lanes: plan
                .steps
                .iter()
                .filter(|s| s.phase == phase.key && shown(s))
                .map(|s| lane(view, s, &categories))
                .collect(),
        })
        .filter(|group: &Group| !group.lanes.is_empty())
        .collect();
    let gantt = Gantt {
        id: "plan".to_owned(),
        title: w.t("plan-title"),
        description: w.with(
            "plan-picture-says",
            &[("from", &w.date(plan.notified)), ("to", &w.date(plan.last_day())), ("overdue", &overdue)],
        ),
        from: number(from),
        to: number(to),
        months: months(view, from, to),
        weeks: weeks
            .iter()
            .map(|(monday, week)| Mark {
                from: number(*monday),
                to: number(*monday) + 6,
                label: week.map_or_else(String::new, |n| n.to_string()),
            })
            .collect(),
        week_heading: w.t("plan-week"),
        uncounted: uncounted(view),
        today: (from <= view.today && view.today <= to)
            .then(|| (number(view.today), w.with("plan-today", &[("day", &w.date_short(view.today))]))),
        categories: categories.iter().map(|key| party(view.visitor, key)).collect(),
        groups,
        words: Words {
            done: w.t("plan-done"),
            overdue: w.t("plan-overdue"),
            uncounted: w.t("plan-uncounted"),
        },
    };
    gantt.draw().svg
}

/// Days since any day: the picture wants numbers.
fn number(day: Date) -> i32 {
    Date::constant(2000, 1, 1).until(day).map_or(0, |span| span.get_days())
}

fn weeks(view: &View<'_>) -> Vec<(Date, Option<u16>)> {
    let mut weeks = view.plan.week_rows();
    if let Some((last, _)) = weeks.last().copied() {
        weeks.extend((1..=BEYOND).map(|n| (last.saturating_add((7 * n).days()), None)));
    }
    weeks
}

fn months(view: &View<'_>, from: Date, to: Date) -> Vec<Mark> {
    let w = view.visitor.words();
    let mut months = Vec::new();
    let mut day = from;
    while day <= to {
        let last = day.last_of_month().min(to);
        months.push(Mark { from: number(day), to: number(last), label: w.month(day) });
        day = last.saturating_add(1.day());
    }
    months
}

// Weeks between the first and the last counted one that are not counted, with the name of their holiday.
fn uncounted(view: &View<'_>) -> Vec<Mark> {
    let holidays = view.visitor.cx().library.school_holidays(view.area);
    let name = |monday: Date| {
        let friday = monday.saturating_add(4.days());
        let named = holidays.and_then(|all| all.holidays.iter().find(|h| h.from <= friday && h.to >= monday));
        named.map_or_else(String::new, |h| h.name.clone())
    };
    let rows = view.plan.week_rows();
    let off = rows.iter().filter(|(_, week)| week.is_none());
    off.map(|(monday, _)| Mark { from: number(*monday), to: number(*monday) + 6, label: name(*monday) })
        .collect()
}

fn lane(view: &View<'_>, step: &PlannedStep, categories: &[String]) -> Lane {
    let words = days(view.visitor, step.kind, step.span);
    let state = match view.plan.status_of(step, view.today) {
        StepStatus::Done(_) => State::Done,
        StepStatus::Overdue(_) if view.kept => State::Overdue,
        _ => State::Plain,
    };
    Lane {
        label: step.title.clone(),
        dates: short(view, step.kind, step.span),
        says: format!("{}: {words}", step.title),
        from: number(step.span.from),
        to: number(step.span.to),
        shape: match step.kind {
            StepKind::Day => Shape::Diamond,
            StepKind::Window => Shape::Bar,
            StepKind::After => Shape::Open,
        },
        categories: step
            .parties
            .iter()
            .filter_map(|key| categories.iter().position(|known| known == key))
            .collect(),
        state,
    }
}

fn short(view: &View<'_>, kind: StepKind, span: Span) -> String {
    let w = view.visitor.words();
    match kind {
        StepKind::After => w.with("plan-from-on", &[("day", &w.date_short(span.from))]),
        _ if span.from == span.to => w.date_short(span.from),
        _ => format!("{} – {}", w.date_short(span.from), w.date_short(span.to)),
    }
}
