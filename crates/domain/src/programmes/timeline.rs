//! The timeline template of a programme version: steps placed in counted weeks after notification.

use serde::{Deserialize, Serialize};

/// The steps and phases of one programme version, as written in `timeline.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineTemplate {
    /// Length from notification to publication, in counted weeks.
    pub weeks: u16,
    /// The phases in order; every step belongs to one.
    pub phases: Vec<Phase>,
    /// The steps in the order of the source.
    pub steps: Vec<StepTemplate>,
}

/// A named stretch of the plan, in counted weeks (both inclusive).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Stable key, for example `preparation`.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// First counted week, 1 is the week of notification.
    pub from_week: u16,
    /// Last counted week.
    pub to_week: u16,
}

/// One step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTemplate {
    /// Stable key, for example `pre-inspection-return`. Operations refer to steps by it.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// Key of the phase.
    pub phase: String,
    /// When it happens.
    pub timing: StepTiming,
    /// Who acts: keys such as `partnership`, `team`, `public`.
    pub parties: Vec<String>,
    /// What each party does, one sentence; empty when the source says nothing.
    pub note: String,
}

/// When a step happens, in counted weeks after notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepTiming {
    /// Due on one day of a week; a bank holiday moves it to the next working day.
    Day {
        /// Counted week.
        week: u16,
        /// Day of the week, 1 Monday to 5 Friday.
        weekday: u8,
    },
    /// Open from the Monday of one week to the Friday of another. Windows stay windows.
    Window {
        /// First counted week.
        from_week: u16,
        /// Last counted week.
        to_week: u16,
    },
    /// Begins when the plan has ended (follow-up).
    After {
        /// The last counted week of the plan.
        week: u16,
    },
}
