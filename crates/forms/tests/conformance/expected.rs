//! What faults and warnings must say.
//!
//! pyxform puts the place of a fault into its sentence: `[row : 3] On the 'survey' sheet, the 'name' value is invalid. …`. We
//! keep the place apart, so the same sentence is put together here from place and reason. Nothing else is added.

use keyline_forms::form::Fault;
use serde_json::Value;

/// Faults in all ways in which pyxform words a place.
pub(crate) struct Problems(Vec<String>);

impl Problems {
    pub(crate) fn of(faults: &[Fault]) -> Self {
        Self(faults.iter().map(worded).collect())
    }

    pub(crate) fn first(&self) -> &str {
        self.0.first().map_or("", |problem| problem.lines().next().unwrap_or(""))
    }

    pub(crate) fn all(&self) -> String {
        self.0.iter().map(|problem| problem.lines().next().unwrap_or("")).collect::<Vec<_>>().join(" / ")
    }

    /// Compares with what must be said and what must not.
    pub(crate) fn check(
        &self,
        args: &Value,
        contains: &str,
        contains_not: &str,
        faults: &[Fault],
    ) -> Result<(), String> {
        let said = self.0.join("\n");
        for text in texts(&args[contains]) {
            // A row that pyxform cannot tell, because the name was added by itself, is known here.
            let known =
                faults.iter().any(|fault| said.contains(&text.replace("[row : unknown]", &row(fault))));
            let parts_are_said = text.lines().all(|line| said.contains(line));
            if !(said.contains(&text) || known || parts_are_said) {
                return Err(format!("does not say: {text}\n  but: {}", self.all()));
            }
        }
        for text in texts(&args[contains_not]) {
            if faults.iter().any(|fault| fault.reason.contains(&text)) {
                return Err(format!("says: {text}"));
            }
        }
        Ok(())
    }
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

fn row(fault: &Fault) -> String {
    format!("[row : {}]", fault.row)
}

fn worded(fault: &Fault) -> String {
    let Fault { sheet, column, reason, .. } = fault;
    let row = row(fault);
    let mut small = reason.clone();
    if let Some(first) = small.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    format!(
        "{fault}\n{row} {reason}\n{row} On the '{sheet}' sheet, the '{column}' value is invalid. {reason}\n{row} On the \
         '{sheet}' sheet, {small}\n{reason}"
    )
}
