//! What the parts of one programme may refer to: steps, indicators, lines of enquiry, instruments.

use std::collections::{BTreeMap, BTreeSet};

use super::frameworks::Framework;
use super::programme::LineOfEnquiry;
use super::reading::Section;
use super::sourced::list;
use super::timeline::StepTiming;

/// The names that other files of a programme can refer to.
pub(super) struct Known<'k> {
    /// The framework, when it could be found; without it indicators are not checked a second time.
    pub(super) framework: Option<&'k Framework>,
    /// Numbers of the evaluated indicators.
    pub(super) evaluated: BTreeSet<String>,
    /// The lines of enquiry.
    pub(super) lines_of_enquiry: &'k [LineOfEnquiry],
    /// The steps by key, with their timing where it could be read; `None` when the timeline could not be
    /// read at all, and nothing is checked against it.
    pub(super) steps: Option<BTreeMap<String, Option<StepTiming>>>,
    /// Keys of the instruments.
    pub(super) instruments: BTreeSet<String>,
}

impl Known<'_> {
    /// A step named in `property`.
    pub(super) fn step(&self, entry: &Section<'_>, property: &'static str) -> Option<String> {
        let step = entry.text(property)?;
        match &self.steps {
            Some(steps) if !steps.contains_key(&step) => {
                entry.fault_at(
                    property,
                    format!("unknown step “{step}”; the timeline has: {}", list(steps.keys())),
                );
                None
            }
            _ => Some(step),
        }
    }

    /// Whether there is a line of enquiry with this key.
    pub(super) fn has_line(&self, key: &str) -> bool {
        self.lines_of_enquiry.iter().any(|line| line.key == key)
    }

    /// Indicators of the framework, named in `property`.
    pub(super) fn indicators(&self, entry: &Section<'_>, property: &'static str) -> Vec<String> {
        indicators_of(self.framework, entry, property)
    }

    /// Indicators that the programme evaluates, named in `property`.
    pub(super) fn evaluated(&self, entry: &Section<'_>, property: &'static str) -> Vec<String> {
        let found = self.indicators(entry, property);
        for number in found.iter().filter(|number| !self.evaluated.contains(*number)) {
            entry.fault_at(property, format!("indicator “{number}” is not evaluated by this programme"));
        }
        found
    }

    /// Lines of enquiry named in `property`.
    pub(super) fn lines(&self, entry: &Section<'_>, property: &'static str) -> Vec<String> {
        let found = entry.plain_texts(property);
        for line in found.iter().filter(|line| !self.has_line(line)) {
            entry.fault_at(property, format!("unknown line of enquiry “{line}”"));
        }
        found
    }
}

/// Indicators of a framework, named in `property`; each unknown one is a fault.
pub(super) fn indicators_of(
    framework: Option<&Framework>,
    entry: &Section<'_>,
    property: &'static str,
) -> Vec<String> {
    let found = entry.texts(property);
    if let Some(framework) = framework {
        for (number, _) in found.iter().filter(|(number, _)| framework.indicator(number).is_none()) {
            entry.fault_at(
                property,
                format!("unknown indicator “{number}”: framework “{}” has no such number", framework.id),
            );
        }
    }
    found.into_iter().map(|(number, _)| number).collect()
}
