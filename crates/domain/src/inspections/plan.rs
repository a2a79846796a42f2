//! The dated plan of one inspection, made by a pure function of notification day, template and calendar.
//!
//! A step stands at an **offset**: a place in the row of counted days (week and weekday, five days to a
//! week, holiday weeks left out). Its **span** is what the calendar makes of the offset. Everything that
//! changes a plan changes offsets and asks [`place`](place::place) for the spans again, so that no rule
//! is written twice: see [`moves`] for moving a step and [`status`] for what is late, due and next.

mod moves;
mod place;
mod status;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::moves::{MovePreview, MoveRefusal, MoveTo, StepChange, StepMoved};
pub use self::place::{CountedDay, Offset};
pub use self::status::StepStatus;
use super::calendar::{Calendar, monday_of};
use crate::ids::PersonId;
use crate::programmes::timeline::{StepTiming, TimelineTemplate};

/// Key of the step that begins every plan. It happens on the day of notification and never moves.
pub const NOTIFICATION: &str = "notification";

/// First and last day of something, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day; the day of the deadline.
    pub to: Date,
}

/// How a step occupies its span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Happens, or is due, on one working day.
    Day,
    /// Open from the first to the last day.
    Window,
    /// Begins on the first day and has no end of its own: it is never late.
    After,
}

/// That a person moved a step away from where the template puts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Where it stood before the latest move.
    pub from: Span,
    /// The same as a place in the row of counted days, so that moving back is exact.
    pub from_offset: Offset,
    /// The reason given for the latest move.
    pub reason: String,
    /// Who moved it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// One step with its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// Key of the template step, unique in the plan.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// Key of the phase.
    pub phase: String,
    /// Keys of those who act.
    pub parties: Vec<String>,
    /// What each party does; may be empty.
    pub note: String,
    /// How it occupies its span.
    pub kind: StepKind,
    /// Where the template puts it. Never changes.
    pub template: Offset,
    /// Where it stands now; differs from `template` after a move.
    pub offset: Offset,
    /// The days of the calendar.
    pub span: Span,
    /// The day it would be due if it were not a holiday; `None` when no holiday stood in the way.
    pub put_off_from: Option<Date>,
    /// Set while it stands elsewhere than the template says.
    pub moved: Option<Moved>,
    /// The day it was done.
    pub done: Option<Date>,
}

/// A phase with its counted weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPhase {
    /// Key, as in the steps.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// First counted week of the template.
    pub from_week: u16,
    /// Last counted week of the template.
    pub to_week: u16,
}

/// A fault of a template or of stored rows that makes a plan impossible.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Two steps have the same key.
    #[error("the step `{0}` occurs twice")]
    DuplicateStep(String),
    /// A step names a phase that the plan does not have.
    #[error("the step `{step}` names the phase `{phase}`, which the plan does not have")]
    UnknownPhase {
        /// The step.
        step: String,
        /// The phase it names.
        phase: String,
    },
    /// Week 0, a weekday that is not 1 to 5, or a window that ends before it starts.
    #[error("the step `{0}` has an impossible time")]
    ImpossibleTime(String),
}

/// The dated plan. Rows of a store are its `steps`; [`Plan::restore`] checks them on the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The day of notification; its week is week 1.
    pub notified: Date,
    /// Length in counted weeks, as the template says.
    pub weeks: u16,
    /// The calendar by which the dates were found.
    pub calendar: Calendar,
    /// The phases in order.
    pub phases: Vec<PlannedPhase>,
    /// The steps in the order of the template.
    pub steps: Vec<PlannedStep>,
}

impl Plan {
    /// Dates every step of a template.
    ///
    /// Notification falls on its own day. Another day step falls on its weekday of its counted week, not
    /// before notification, put off to the next working day of a week that counts when it is a holiday.
    /// A window runs from Monday to Friday whatever the holidays, and opens no earlier than notification.
    ///
    /// # Errors
    /// When the template contradicts itself; `keyline programme check` finds the same faults with line numbers.
    pub fn from_template(
        template: &TimelineTemplate,
        notified: Date,
        calendar: &Calendar,
    ) -> Result<Self, PlanFault> {
        let phases = template
            .phases
            .iter()
            .map(|phase| PlannedPhase {
                key: phase.key.clone(),
                title: phase.title.clone(),
                from_week: phase.from_week,
                to_week: phase.to_week,
            })
            .collect();
        let mut steps = Vec::with_capacity(template.steps.len());
        for step in &template.steps {
            let (kind, offset) = offset_of(step.timing)
                .filter(|(_, offset)| offset.is_possible())
                .ok_or_else(|| PlanFault::ImpossibleTime(step.key.clone()))?;
            let nowhere = Span { from: notified, to: notified };
            steps.push(PlannedStep {
                key: step.key.clone(),
                title: step.title.clone(),
                phase: step.phase.clone(),
                parties: step.parties.clone(),
                note: step.note.clone(),
                kind,
                template: offset,
                offset,
                span: nowhere,
                put_off_from: None,
                moved: None,
                done: None,
            });
        }
        let plan = Self { notified, weeks: template.weeks, calendar: calendar.clone(), phases, steps };
        plan.check()?;
        Ok(plan.dated())
    }

    /// Puts together a plan from stored parts. The stored spans are kept as they are: a letter that
    /// named a date must not change because a calendar was corrected; see [`Plan::with_calendar`].
    ///
    /// # Errors
    /// When the rows contradict each other.
    pub fn restore(
        notified: Date,
        weeks: u16,
        calendar: Calendar,
        phases: Vec<PlannedPhase>,
        steps: Vec<PlannedStep>,
    ) -> Result<Self, PlanFault> {
        let plan = Self { notified, weeks, calendar, phases, steps };
        plan.check()?;
        Ok(plan)
    }

    fn check(&self) -> Result<(), PlanFault> {
        for (index, step) in self.steps.iter().enumerate() {
            if self.steps[..index].iter().any(|earlier| earlier.key == step.key) {
                return Err(PlanFault::DuplicateStep(step.key.clone()));
            }
            if !self.phases.iter().any(|phase| phase.key == step.phase) {
                let (step, phase) = (step.key.clone(), step.phase.clone());
                return Err(PlanFault::UnknownPhase { step, phase });
            }
            if !step.template.is_possible() || !step.offset.is_possible() {
                return Err(PlanFault::ImpossibleTime(step.key.clone()));
            }
        }
        Ok(())
    }

    /// The same offsets by a corrected calendar, and what changes its days by it. Steps already done stay.
    #[must_use]
    pub fn with_calendar(&self, calendar: &Calendar) -> (Self, Vec<StepChange>) {
        let mut plan = self.clone();
        plan.calendar = calendar.clone();
        let plan = plan.dated();
        let changes = self.changes_to(&plan);
        (plan, changes)
    }

    /// Finds the span of every step that is not done from its offset.
    fn dated(mut self) -> Self {
        let mondays = place::Mondays::of(&self);
        for step in self.steps.iter_mut().filter(|step| step.done.is_none()) {
            let placed = place::place(step, self.notified, &self.calendar, &mondays);
            step.span = placed.span;
            step.put_off_from = placed.put_off_from;
        }
        self
    }

    /// The step with this key.
    pub fn step(&self, key: &str) -> Option<&PlannedStep> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The counted week of a day: 1 is the week of notification. `None` before it and in a week that is
    /// not counted. Weeks after the end of the plan are counted on.
    pub fn counted_week(&self, date: Date) -> Option<u16> {
        let monday = monday_of(date);
        self.calendar
            .counted_mondays(self.notified)
            .take_while(|counted| *counted <= monday)
            .zip(1_u16..)
            .last()
            .filter(|(counted, _)| *counted == monday)
            .map(|(_, week)| week)
    }

    /// The Monday of a counted week. Week 0 is read as week 1.
    pub fn monday_of_week(&self, week: u16) -> Date {
        let at = usize::from(week.saturating_sub(1));
        self.calendar.counted_mondays(self.notified).nth(at).unwrap_or(Date::MAX)
    }

    /// Every week from notification to the end of the plan: its Monday, and its number unless uncounted.
    pub fn week_rows(&self) -> Vec<(Date, Option<u16>)> {
        let last = self.last_day();
        let mut monday = monday_of(self.notified);
        let mut counted = self.calendar.counted_mondays(self.notified).zip(1_u16..).peekable();
        let mut rows = Vec::new();
        while monday <= last {
            let week = counted.next_if(|(counted, _)| *counted == monday).map(|(_, week)| week);
            rows.push((monday, week));
            match monday.checked_add(jiff::Span::new().days(7)) {
                Ok(next) => monday = next,
                Err(_) => break,
            }
        }
        rows
    }

    /// The Friday of the last counted week, or the last day of a step that was moved beyond it.
    /// Steps that begin after the plan do not count.
    pub fn last_day(&self) -> Date {
        let friday = place::weekday_of(self.monday_of_week(self.weeks), 5);
        let steps = self.steps.iter().filter(|step| step.kind != StepKind::After);
        steps.map(|step| step.span.to).fold(friday, Date::max)
    }

    /// First and last day of a phase: its counted weeks from Monday to Friday, stretched or moved with its
    /// steps once one of them was moved. `None` for a phase the plan does not have.
    pub fn phase_span(&self, key: &str) -> Option<Span> {
        let phase = self.phases.iter().find(|phase| phase.key == key)?;
        let nominal = Span {
            from: self.monday_of_week(phase.from_week).max(self.notified),
            to: place::weekday_of(self.monday_of_week(phase.to_week), 5),
        };
        let steps = || self.steps.iter().filter(|step| step.phase == key && step.kind != StepKind::After);
        if steps().all(|step| step.offset == step.template) {
            return Some(nominal);
        }
        let from = steps().map(|step| step.span.from).min()?;
        let to = steps().map(|step| step.span.to).max()?;
        Some(Span {
            from: monday_of(from).max(self.notified),
            to: place::weekday_of(monday_of(to), 5).max(to),
        })
    }

    /// Notes the day a step was done. `None` when the plan has no such step.
    #[must_use]
    pub fn mark_done(&self, key: &str, on: Date) -> Option<Self> {
        let mut plan = self.clone();
        plan.steps.iter_mut().find(|step| step.key == key)?.done = Some(on);
        Some(plan)
    }
}

/// Where a template timing stands in the row of counted days.
fn offset_of(timing: StepTiming) -> Option<(StepKind, Offset)> {
    let offset = |from: (u16, u8), to: (u16, u8)| {
        Some(Offset { from: CountedDay::new(from.0, from.1)?, to: CountedDay::new(to.0, to.1)? })
    };
    Some(match timing {
        StepTiming::Day { week, weekday } => (StepKind::Day, offset((week, weekday), (week, weekday))?),
        StepTiming::Window { from_week, to_week } => {
            (StepKind::Window, offset((from_week, 1), (to_week, 5))?)
        }
        StepTiming::After { week } => {
            let next = week.checked_add(1)?;
            (StepKind::After, offset((next, 1), (next, 1))?)
        }
    })
}
