//! What is late, what is due, and what is next for whom. Every question is asked of a given day.

use jiff::civil::Date;

use super::{Plan, PlannedStep, StepKind};
use crate::inspections::calendar::monday_of;

/// How a step stands on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// Done on that day.
    Done(Date),
    /// Its last day has passed by so many working days of the area (at least 1).
    Overdue(u32),
    /// Its last day is today.
    DueToday,
    /// It has begun and its last day is still to come.
    Open,
    /// It begins, or falls due, later in this week (Monday to Sunday).
    ThisWeek,
    /// It begins after this week.
    Later,
}

impl StepStatus {
    /// Key for classes of the page and for the translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::Overdue(_) => "overdue",
            Self::DueToday => "due-today",
            Self::Open => "open",
            Self::ThisWeek => "this-week",
            Self::Later => "later",
        }
    }
}

impl Plan {
    /// How one step stands.
    pub fn status_of(&self, step: &PlannedStep, today: Date) -> StepStatus {
        if let Some(on) = step.done {
            return StepStatus::Done(on);
        }
        if step.kind == StepKind::After && step.span.from <= today {
            return StepStatus::Open;
        }
        if step.span.to < today {
            return StepStatus::Overdue(self.calendar.working_days_between(step.span.to, today).max(1));
        }
        if step.span.to == today {
            StepStatus::DueToday
        } else if step.span.from <= today {
            StepStatus::Open
        } else if monday_of(step.span.from) == monday_of(today) {
            StepStatus::ThisWeek
        } else {
            StepStatus::Later
        }
    }

    /// How every step stands, in the order of the plan.
    pub fn status(&self, today: Date) -> Vec<(&PlannedStep, StepStatus)> {
        self.steps.iter().map(|step| (step, self.status_of(step, today))).collect()
    }

    /// The steps in which a party acts, in the order of the plan.
    pub fn for_party<'a>(&'a self, party: &'a str) -> impl Iterator<Item = &'a PlannedStep> + 'a {
        self.steps.iter().filter(move |step| step.parties.iter().any(|key| key == party))
    }

    /// The steps not yet done whose last day lies between two days, both included. Steps without an end
    /// are never due.
    pub fn due_between(&self, from: Date, to: Date) -> impl Iterator<Item = &PlannedStep> {
        self.steps.iter().filter(move |step| {
            step.done.is_none() && step.kind != StepKind::After && from <= step.span.to && step.span.to <= to
        })
    }

    /// What a party should turn to first: the oldest overdue step, else what is due or begins soonest.
    /// An open window counts by its last day, one that has not begun by its first.
    pub fn what_is_next(&self, party: &str, today: Date) -> Option<(&PlannedStep, StepStatus)> {
        self.agenda(party, today).into_iter().next()
    }

    /// Everything a party has still to do, most pressing first.
    pub fn agenda(&self, party: &str, today: Date) -> Vec<(&PlannedStep, StepStatus)> {
        let mut steps: Vec<_> = self
            .steps
            .iter()
            .filter(|step| step.done.is_none() && step.parties.iter().any(|key| key == party))
            .map(|step| (step, self.status_of(step, today)))
            .collect();
        steps.sort_by_key(|(step, status)| match status {
            // a step that never ends waits behind everything that has a date
            StepStatus::Open if step.kind == StepKind::After => Date::MAX,
            StepStatus::ThisWeek | StepStatus::Later => step.span.from,
            _ => step.span.to,
        });
        steps
    }
}
