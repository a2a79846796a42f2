//! Questions of the type `range`: a scale with a start, an end, a step, ticks and labels at them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::form::{ChoiceList, Question};

/// Start, end and step when they are not written.
pub(crate) const DEFAULTS: [(&str, &str); 3] = [("start", "1"), ("end", "10"), ("step", "1")];

/// What is wrong with the parameters of a range. The list is that of `tick_labelset`, if the form has it.
pub(super) fn check(question: &Question, list: Option<&ChoiceList>) -> Vec<String> {
    match faults_of(question, list) {
        Ok(()) => Vec::new(),
        Err(fault) => vec![format!("For the 'range' question type, the parameter{fault}")],
    }
}

/// Whether one of the numbers is no whole number, so that the answer is none either.
pub(crate) fn is_decimal(parameters: &BTreeMap<String, String>) -> bool {
    ["start", "end", "step", "tick_interval", "placeholder"]
        .iter()
        .filter_map(|key| parameters.get(*key))
        .filter_map(|value| number(value))
        .any(|value| !value.fract().is_zero())
}

fn number(text: &str) -> Option<Decimal> {
    let text = text.strip_prefix('+').unwrap_or(text);
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

fn faults_of(question: &Question, list: Option<&ChoiceList>) -> Result<(), String> {
    let parameters = &question.parameters;
    let appearance = question.appearance.as_deref().unwrap_or("");
    let no_ticks = appearance.contains("no-ticks");
    let ticks = ["tick_interval", "placeholder", "tick_labelset"];
    if !appearance.is_empty()
        && !appearance.contains("vertical")
        && !no_ticks
        && ticks.iter().any(|key| parameters.contains_key(*key))
    {
        return Err(
            "s 'tick_interval', 'placeholder', and 'tick_labelset' are only supported for the appearances \
                    'vertical', 'no-ticks', 'vertical no-ticks', and the default (empty) horizontal."
                .to_owned(),
        );
    }
    let optional = |name: &str| match parameters.get(name) {
        None => Ok(None),
        Some(text) => number(text).map(Some).ok_or_else(|| format!(" '{name}' must be a number.")),
    };
    let or_default = |name: &str, default: Decimal| optional(name).map(|value| value.unwrap_or(default));
    let start = or_default("start", Decimal::ONE)?;
    let end = or_default("end", Decimal::TEN)?;
    let step = or_default("step", Decimal::ONE)?;
    let interval = optional("tick_interval")?;
    let placeholder = optional("placeholder")?;
    let (lowest, highest) = (start.min(end), start.max(end));
    // Beyond what a number can hold nothing is a multiple of anything.
    let width = highest.checked_sub(lowest).unwrap_or(Decimal::MAX);
    let multiple = |value: Decimal, of: Decimal| {
        value
            .checked_sub(start)
            .and_then(|distance| distance.checked_rem(of))
            .is_some_and(|rest| rest.is_zero())
    };
    for (name, value) in [("step", Some(step)), ("tick_interval", interval)] {
        let Some(value) = value else { continue };
        if value.is_zero() {
            return Err(format!(" '{name}' must not be '0' (zero)."));
        }
        if value > width {
            return Err(format!(
                " '{name}' must not be larger than the range (the difference between 'start' and 'end')."
            ));
        }
    }
    if let Some(interval) = interval
        && !interval.checked_rem(step).is_some_and(|rest| rest.is_zero())
    {
        return Err(" 'tick_interval' must be a multiple of 'step'.".to_owned());
    }
    if let Some(placeholder) = placeholder {
        if !multiple(placeholder, step) {
            return Err(" 'placeholder' must be a multiple of 'step'.".to_owned());
        }
        if placeholder < lowest || placeholder > highest {
            return Err(" 'placeholder' must be between the 'start' and 'end' values, inclusive).".to_owned());
        }
    }
    if !parameters.contains_key("tick_labelset") {
        return Ok(());
    }
    let Some(list) = list else {
        return Err(
            " 'tick_labelset' must be a choice list name from the 'list_name' column on the choices sheet."
                .to_owned(),
        );
    };
    let mut labelled = Vec::new();
    for choice in &list.choices {
        let value = number(&choice.name)
            .ok_or_else(|| " 'tick_labelset' choice values must all be numbers.".to_owned())?;
        if value < lowest || value > highest {
            return Err(" 'tick_labelset' choices must be between the 'start' and 'end' values, inclusive."
                .to_owned());
        }
        let (name, of) = interval.map_or(("step", step), |interval| ("tick_interval", interval));
        if !multiple(value, of) {
            return Err(format!(
                " 'tick_labelset' choices' values must be equal to the start of the range plus a multiple of '{name}'."
            ));
        }
        if !labelled.contains(&value) {
            labelled.push(value);
        }
    }
    if no_ticks {
        if labelled.len() > 2 {
            return Err(
                " 'tick_labelset' choice list must have only 2 items when the 'appearance' is 'no-ticks'."
                    .to_owned(),
            );
        }
        if labelled.len() != 2 || !labelled.contains(&start) || !labelled.contains(&end) {
            return Err(" 'tick_labelset' choice list values may onlymatch the range 'start' and 'end' values when the \
                        'appearance' is 'no-ticks'."
                .to_owned());
        }
    }
    Ok(())
}
