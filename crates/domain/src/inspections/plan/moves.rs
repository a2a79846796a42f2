//! Moving a step, and what moves with it.
//!
//! A move is first shown ([`Plan::preview_move`]) and then made ([`Plan::apply_move`]) by the same code.
//! With `carry`, the steps that the template starts later keep their distance in counted days: those that
//! start after the moved step ends follow its end, those that start while it is open follow its start.
//! "Later" is read from the template, not from the dates, so that a move and the move back carry the same steps.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::place::{Offset, due_on_or_after};
use super::{Moved, NOTIFICATION, Plan, PlannedStep, Span, StepKind};
use crate::ids::PersonId;
use crate::reasons::Reason;

/// Where a step is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoveTo {
    /// To this day. A window starts on it and keeps its length in counted days.
    Day(Date),
    /// From one day to another; for windows only.
    Window {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// To the same weekday of another counted week. A window keeps its length.
    Week(u16),
}

/// Old and new days of one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepChange {
    /// Key of the step.
    pub step: String,
    /// Where it stands.
    pub from: Span,
    /// Where it would stand.
    pub to: Span,
}

/// What a move would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovePreview {
    /// The step itself.
    pub chosen: StepChange,
    /// The day that was asked for when a holiday puts the step off; `None` when it stands as asked.
    pub asked: Option<Date>,
    /// The other steps that change their days, in the order of the plan.
    pub carried: Vec<StepChange>,
    /// Steps that the template starts later than the moved one and that would now start before it.
    pub overtaken: Vec<String>,
    /// Steps that the template starts earlier and that would now start after it.
    pub overtakes: Vec<String>,
    /// Last day of the plan now.
    pub ends: Date,
    /// Last day of the plan afterwards.
    pub would_end: Date,
    plan: Plan,
}

impl MovePreview {
    /// The plan as it would be, for a picture of it. It is not a recorded move: see [`Plan::apply_move`].
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }
}

/// One recorded change of one step, as the audit trail and the plan's history keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepMoved {
    /// Key of the step.
    pub step: String,
    /// Where it stood.
    pub from: Span,
    /// Where it stands.
    pub to: Span,
    /// The reason given.
    pub reason: String,
    /// Key of the step that was moved by hand, when this one was carried along.
    pub carried_by: Option<String>,
    /// Who moved it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Why a step does not move.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveRefusal {
    /// The plan has no such step.
    #[error("the plan has no step `{0}`")]
    UnknownStep(String),
    /// Notification is where the plan begins.
    #[error("notification does not move")]
    Notification,
    /// It is done.
    #[error("the step was done on {0}")]
    Done(Date),
    /// This step, chosen or carried, would stand before notification.
    #[error("the step `{step}` would stand before notification on {notified}")]
    BeforeNotification {
        /// The step.
        step: String,
        /// The day of notification.
        notified: Date,
    },
    /// The window would end before it starts.
    #[error("the window would end on {to}, before it starts on {from}")]
    EndsBeforeStart {
        /// First day asked for.
        from: Date,
        /// Last day asked for.
        to: Date,
    },
    /// A window was asked for, but the step has one day.
    #[error("the step has one day and no window")]
    NotAWindow,
    /// A move without a reason is not recorded.
    #[error("a reason is needed")]
    ReasonMissing,
    /// It stands there already.
    #[error("the step stands there already")]
    NothingChanges,
    /// The day lies beyond what the plan can count.
    #[error("the day is too far away")]
    TooFar,
}

impl MoveRefusal {
    /// The same as a key of the translation files.
    pub fn reason(&self) -> Reason {
        match self {
            Self::UnknownStep(step) => Reason::new("plan-move-unknown-step").with("step", step),
            Self::Notification => Reason::new("plan-move-notification"),
            Self::Done(on) => Reason::new("plan-move-done").with("on", on),
            Self::BeforeNotification { step, notified } => {
                Reason::new("plan-move-before-notification").with("step", step).with("notified", notified)
            }
            Self::EndsBeforeStart { from, to } => {
                Reason::new("plan-move-ends-before-start").with("from", from).with("to", to)
            }
            Self::NotAWindow => Reason::new("plan-move-not-a-window"),
            Self::ReasonMissing => Reason::new("plan-move-reason-missing"),
            Self::NothingChanges => Reason::new("plan-move-nothing-changes"),
            Self::TooFar => Reason::new("plan-move-too-far"),
        }
    }
}

/// Furthest counted week to which a step may be moved: ten years. A typing slip in the year shows itself.
const FURTHEST_WEEK: u16 = 520;

impl Plan {
    /// What moving a step would do; changes nothing.
    ///
    /// # Errors
    /// Why the step does not move; never [`MoveRefusal::ReasonMissing`].
    pub fn preview_move(&self, key: &str, to: MoveTo, carry: bool) -> Result<MovePreview, MoveRefusal> {
        let step = self.step(key).ok_or_else(|| MoveRefusal::UnknownStep(key.to_owned()))?;
        if step.key == NOTIFICATION {
            return Err(MoveRefusal::Notification);
        }
        if let Some(on) = step.done {
            return Err(MoveRefusal::Done(on));
        }
        let offset = self.offset_for(step, to)?;
        let start_shift = offset.from.index() - step.offset.from.index();
        let end_shift = offset.to.index() - step.offset.to.index();

        let mut plan = self.clone();
        for other in plan.steps.iter_mut().filter(|other| other.done.is_none()) {
            if other.key == step.key {
                other.offset = offset;
            } else if carry && other.key != NOTIFICATION && other.template.from > step.template.from {
                let follows_end = other.template.from > step.template.to;
                let shift = if follows_end { end_shift } else { start_shift };
                other.offset = shifted(other, shift, self.notified)?;
            }
        }
        let plan = plan.dated();
        let mut changes = self.changes_to(&plan);
        let chosen_at = changes.iter().position(|change| change.step == key);
        let chosen = chosen_at.map(|at| changes.remove(at)).ok_or(MoveRefusal::NothingChanges)?;
        let asked = match to {
            MoveTo::Day(day) if day != chosen.to.from => Some(day),
            _ => None,
        };
        let (overtaken, overtakes) = out_of_order(&plan, key);
        let (ends, would_end) = (self.last_day(), plan.last_day());
        Ok(MovePreview { chosen, asked, carried: changes, overtaken, overtakes, ends, would_end, plan })
    }

    /// Moves a step and records it: one event for the step itself, first, and one for every other step
    /// whose days change by it.
    ///
    /// # Errors
    /// Why the step does not move.
    pub fn apply_move(
        &self,
        key: &str,
        to: MoveTo,
        carry: bool,
        reason: &str,
        by: PersonId,
        at: Timestamp,
    ) -> Result<(Self, Vec<StepMoved>), MoveRefusal> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(MoveRefusal::ReasonMissing);
        }
        let preview = self.preview_move(key, to, carry)?;
        let mut plan = preview.plan;
        let changes = std::iter::once((preview.chosen, None))
            .chain(preview.carried.into_iter().map(|change| (change, Some(key.to_owned()))));
        let mut events = Vec::new();
        for (change, carried_by) in changes {
            if let Some(step) = plan.steps.iter_mut().find(|step| step.key == change.step) {
                let from_offset = self.step(&change.step).map_or(step.template, |before| before.offset);
                let moved = Moved { from: change.from, from_offset, reason: reason.to_owned(), by, at };
                step.moved = (step.offset != step.template).then_some(moved);
            }
            let StepChange { step, from, to } = change;
            events.push(StepMoved { step, from, to, reason: reason.to_owned(), carried_by, by, at });
        }
        Ok((plan, events))
    }

    /// The steps whose days differ in another plan of the same template.
    pub(super) fn changes_to(&self, plan: &Self) -> Vec<StepChange> {
        self.steps
            .iter()
            .filter_map(|step| {
                let to = plan.step(&step.key)?.span;
                (to != step.span).then(|| StepChange { step: step.key.clone(), from: step.span, to })
            })
            .collect()
    }

    fn offset_for(&self, step: &PlannedStep, to: MoveTo) -> Result<Offset, MoveRefusal> {
        let length = step.offset.to.index() - step.offset.from.index();
        let keeping_length = |from: super::CountedDay| {
            from.later(length).map(|to| Offset { from, to }).ok_or(MoveRefusal::TooFar)
        };
        let offset = match to {
            MoveTo::Week(week) => {
                let weekday = step.offset.from.weekday;
                keeping_length(super::CountedDay::new(week, weekday).ok_or_else(|| self.too_early(step))?)?
            }
            MoveTo::Day(day) => {
                if day < self.notified {
                    return Err(self.too_early(step));
                }
                // Back to where it came from, exactly: a holiday makes two places one day.
                if self.template_span(step).from == day {
                    keeping_length(step.template.from)?
                } else if let Some(moved) = step.moved.as_ref().filter(|moved| moved.from.from == day) {
                    keeping_length(moved.from_offset.from)?
                } else {
                    let day = match step.kind {
                        StepKind::Window => day,
                        StepKind::Day | StepKind::After => {
                            due_on_or_after(&self.calendar, self.notified, day)
                        }
                    };
                    keeping_length(self.counted_day(day, false).ok_or(MoveRefusal::TooFar)?)?
                }
            }
            MoveTo::Window { from, to } => {
                if step.kind != StepKind::Window {
                    return Err(MoveRefusal::NotAWindow);
                }
                if to < from {
                    return Err(MoveRefusal::EndsBeforeStart { from, to });
                }
                if from < self.notified {
                    return Err(self.too_early(step));
                }
                if self.template_span(step) == (Span { from, to }) {
                    step.template
                } else {
                    let days = (self.counted_day(from, false), self.counted_day(to, true));
                    let (Some(first), Some(last)) = days else { return Err(MoveRefusal::TooFar) };
                    if last < first {
                        return Err(MoveRefusal::EndsBeforeStart { from, to });
                    }
                    Offset { from: first, to: last }
                }
            }
        };
        if offset.to.week > FURTHEST_WEEK { Err(MoveRefusal::TooFar) } else { Ok(offset) }
    }

    /// Where the template alone would put the step.
    fn template_span(&self, step: &PlannedStep) -> Span {
        let mut plan = self.clone();
        plan.steps = vec![PlannedStep { offset: step.template, done: None, ..step.clone() }];
        plan.dated().steps.first().map_or(step.span, |step| step.span)
    }

    fn too_early(&self, step: &PlannedStep) -> MoveRefusal {
        MoveRefusal::BeforeNotification { step: step.key.clone(), notified: self.notified }
    }
}

fn shifted(step: &PlannedStep, days: i32, notified: Date) -> Result<Offset, MoveRefusal> {
    let too_early = || MoveRefusal::BeforeNotification { step: step.key.clone(), notified };
    let offset = Offset {
        from: step.offset.from.later(days).ok_or_else(too_early)?,
        to: step.offset.to.later(days).ok_or_else(too_early)?,
    };
    if offset.to.week > FURTHEST_WEEK { Err(MoveRefusal::TooFar) } else { Ok(offset) }
}

/// Steps on the wrong side of this one, compared with the template: (overtaken, overtakes).
fn out_of_order(plan: &Plan, key: &str) -> (Vec<String>, Vec<String>) {
    let Some(step) = plan.step(key) else { return (Vec::new(), Vec::new()) };
    let keys = |wrong: &dyn Fn(&PlannedStep) -> bool| {
        plan.steps.iter().filter(|other| wrong(other)).map(|other| other.key.clone()).collect()
    };
    let overtaken =
        keys(&|other| other.template.from > step.template.from && other.span.from < step.span.from);
    let overtakes =
        keys(&|other| other.template.from < step.template.from && other.span.from > step.span.from);
    (overtaken, overtakes)
}
