//! The column `parameters`: `key=value` pairs, and which of them a type takes.

use std::collections::BTreeMap;

use crate::form::references::{is_name, is_reference};
use crate::form::{Kind, yes_or_no};

/// Parameters whose case matters, because they name columns of a file.
const CASE_MATTERS: [&str; 2] = ["label", "value"];

/// Pairs between blanks, commas or semicolons; blanks may stand around the sign.
pub(super) fn parse(written: &str) -> Result<BTreeMap<String, String>, String> {
    let mut pairs = BTreeMap::new();
    let mut rest = skip(written);
    let malformed = || "Parameters must be in the form of 'key1=value1 key2=value2.".to_owned();
    while !rest.is_empty() {
        let (key, after) = token(rest).ok_or_else(malformed)?;
        let after = skip(after).strip_prefix('=').ok_or_else(malformed)?;
        let (value, after) = token(skip(after)).ok_or_else(malformed)?;
        let key = key.to_lowercase();
        let value =
            if CASE_MATTERS.contains(&key.as_str()) { value.to_owned() } else { value.to_lowercase() };
        pairs.insert(key, value);
        rest = skip(after);
    }
    Ok(pairs)
}

fn skip(text: &str) -> &str {
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',' || letter == ';')
}

fn token(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | ',' | ';'))
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The parameters that a kind takes; none when it takes whatever there is.
fn accepted(kind: Kind, from_file: bool) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Text => Some(&["rows"]),
        Kind::Range => Some(&["end", "placeholder", "start", "step", "tick_interval", "tick_labelset"]),
        Kind::SelectOne | Kind::SelectMultiple | Kind::Rank | Kind::SelectOneExternal if from_file => {
            Some(&["label", "randomize", "seed", "value"])
        }
        Kind::SelectOne | Kind::SelectMultiple | Kind::Rank | Kind::SelectOneExternal => {
            Some(&["randomize", "seed"])
        }
        Kind::Image => Some(&["app", "max-pixels"]),
        Kind::Audio | Kind::BackgroundAudio => Some(&["quality"]),
        Kind::Audit => Some(&[
            "identify-user",
            "location-max-age",
            "location-min-interval",
            "location-priority",
            "track-changes",
            "track-changes-reasons",
        ]),
        Kind::Geopoint => {
            Some(&["allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy"])
        }
        Kind::Geoshape | Kind::Geotrace => {
            Some(&["allow-mock-accuracy", "incremental", "reference-geometry"])
        }
        _ => None,
    }
}

/// What is wrong with the parameters of a question, each with the column to name.
pub(super) fn check(
    kind: Kind,
    from_file: bool,
    appearance: Option<&str>,
    parameters: &BTreeMap<String, String>,
) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if let Some(accepted) = accepted(kind, from_file) {
        let rejected: Vec<&str> =
            parameters.keys().map(String::as_str).filter(|key| !accepted.contains(key)).collect();
        if !rejected.is_empty() {
            let reason = format!(
                "The accepted parameter keys for this question type are '{}'. The following are invalid parameter \
                 key(s): '{}'.",
                accepted.join(", "),
                rejected.join(", ")
            );
            return vec![("parameters", reason)];
        }
    } else if !parameters.is_empty() {
        let reason = format!("A question of type '{}' takes no parameters; they are not used.", kind.name());
        return vec![("", reason)];
    }
    let get = |key: &str| parameters.get(key).map(String::as_str);
    let mut fault = |reason: &str| faults.push(("parameters", reason.to_owned()));
    match kind {
        Kind::Text if get("rows").is_some_and(|rows| !is_whole(rows)) => {
            fault("Parameter rows must have an integer value.");
        }
        Kind::Image => image(&get, appearance, &mut fault),
        Kind::Audio | Kind::BackgroundAudio => {
            let known: &[&str] = if kind == Kind::Audio {
                &["voice-only", "low", "normal", "external"]
            } else {
                &["voice-only", "low", "normal"]
            };
            if get("quality").is_some_and(|quality| !known.contains(&quality)) {
                fault("Invalid value for quality.");
            }
        }
        Kind::Audit => audit(&get, &mut fault),
        Kind::Geopoint | Kind::Geoshape | Kind::Geotrace => geo(&get, &mut fault),
        Kind::SelectOne | Kind::SelectMultiple | Kind::Rank | Kind::SelectOneExternal => {
            selects(&get, &mut fault);
            for (key, column) in [("value", "parameters (value)"), ("label", "parameters (label)")] {
                if get(key).is_some_and(|value| !is_name(value)) {
                    faults.push((column, super::INVALID_NAME.to_owned()));
                }
            }
        }
        _ => {}
    }
    faults
}

fn is_whole(text: &str) -> bool {
    text.parse::<i64>().is_ok()
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

fn image<'a>(get: &dyn Fn(&str) -> Option<&'a str>, appearance: Option<&str>, fault: &mut dyn FnMut(&str)) {
    if get("max-pixels").is_some_and(|pixels| !is_whole(pixels)) {
        fault("Parameter max-pixels must have an integer value.");
    }
    if matches!(appearance, None | Some("annotate"))
        && let Some(app) = get("app")
        && let Some(reason) = not_a_package(app)
    {
        fault(&format!("Parameter 'app' has an invalid Android package name - {reason}"));
    }
}

fn not_a_package(name: &str) -> Option<&'static str> {
    let segments: Vec<&str> = name.split('.').collect();
    if segments.len() < 2 {
        return Some("the package name must have at least one '.' separator.");
    }
    if name.ends_with('.') {
        return Some("the package name cannot end in a '.' separator.");
    }
    for segment in segments {
        match segment.chars().next() {
            None => return Some("package segments must be of non-zero length."),
            Some('_') => {
                return Some("the character '_' cannot be the first character in a package name segment.");
            }
            Some('0'..='9') => {
                return Some("a digit cannot be the first character in a package name segment.");
            }
            Some(_) => {}
        }
        if !segment.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
            return Some(
                "the package name can only include letters (a-z, A-Z), numbers (0-9), dots (.), and underscores (_).",
            );
        }
    }
    None
}

fn audit<'a>(get: &dyn Fn(&str) -> Option<&'a str>, fault: &mut dyn FnMut(&str)) {
    for key in ["track-changes", "identify-user"] {
        if let Some(value) = get(key)
            && !matches!(value, "true" | "false")
        {
            fault(&format!("{key} must be set to true or false: '{value}' is an invalid value."));
        }
    }
    if get("track-changes-reasons").is_some_and(|value| value != "on-form-edit") {
        fault("track-changes-reasons must be set to on-form-edit");
    }
    let place = (get("location-priority"), get("location-min-interval"), get("location-max-age"));
    let (Some(priority), Some(interval), Some(age)) = place else {
        if place != (None, None, None) {
            fault(
                "To include location information in the audit, 'location-priority', 'location-min-interval', and \
                 'location-max-age' are required parameters.",
            );
        }
        return;
    };
    if !matches!(priority, "no-power" | "low-power" | "balanced" | "high-accuracy") {
        fault(&format!(
            "Parameter location-priority must be set to no-power, low-power, balanced, or high-accuracy: '{priority}' \
             is an invalid value"
        ));
    }
    let mut seconds = |key: &str, value: &str| {
        let number = value.parse::<i64>();
        match number {
            Err(_) => fault(&format!("Parameter {key} must have an integer value.")),
            Ok(..0) => fault(&format!("Parameter {key} must be greater than or equal to zero.")),
            Ok(_) => {}
        }
        number.ok()
    };
    if let (Some(interval), Some(age)) =
        (seconds("location-min-interval", interval), seconds("location-max-age", age))
        && age < interval
    {
        fault("Parameter location-max-age must be greater than or equal to location-min-interval.");
    }
}

fn geo<'a>(get: &dyn Fn(&str) -> Option<&'a str>, fault: &mut dyn FnMut(&str)) {
    for key in ["capture-accuracy", "warning-accuracy"] {
        if get(key).is_some_and(|value| !is_number(value)) {
            fault(&format!("The '{key}' parameter must have a numeric value."));
        }
    }
    if get("incremental").is_some_and(|value| yes_or_no(value) != Some(true)) {
        fault(
            "For geoshape and geotrace questions, the 'incremental' parameter may either be 'true' or not included.",
        );
    }
    if get("allow-mock-accuracy").is_some_and(|value| !matches!(value, "true" | "false")) {
        fault("The 'allow-mock-accuracy' parameter must be either 'true' or 'false'.");
    }
}

fn selects<'a>(get: &dyn Fn(&str) -> Option<&'a str>, fault: &mut dyn FnMut(&str)) {
    match (get("randomize"), get("seed")) {
        (Some(value), _) if !matches!(value, "true" | "false") => {
            fault(&format!("randomize must be set to true or false: '{value}' is an invalid value"));
        }
        (Some(_), Some(seed)) if !is_reference(seed) && !is_number(seed) => {
            fault("seed value must be a number or a reference to another field.");
        }
        (None, Some(_)) => fault("Parameters must include randomize=true to use a seed."),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stand_between_blanks_commas_or_semicolons() {
        let pairs = parse("Start=1, end = 10;STEP=2 ; value=Name").unwrap();
        let expected = [("end", "10"), ("start", "1"), ("step", "2"), ("value", "Name")];
        assert_eq!(pairs, expected.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect());
        assert!(parse(" , ").unwrap().is_empty());
        for written in ["a", "a=", "=1", "a==1", "a=1=2", "a b=1", "a=1 b"] {
            assert!(parse(written).is_err(), "{written}");
        }
    }

    #[test]
    fn each_kind_takes_its_own() {
        let faults = |kind, written| check(kind, false, None, &parse(written).unwrap()).len();
        assert_eq!(faults(Kind::Text, "rows=3"), 0);
        assert_eq!(faults(Kind::Text, "rows=three"), 1);
        assert_eq!(faults(Kind::Audio, "quality=external"), 0);
        assert_eq!(faults(Kind::BackgroundAudio, "quality=external"), 1);
        assert_eq!(faults(Kind::SelectOne, "seed=1"), 1);
        assert_eq!(faults(Kind::SelectOne, "randomize=true seed=${a}"), 0);
        assert_eq!(faults(Kind::Audit, "location-priority=balanced"), 1);
        assert_eq!(faults(Kind::Image, "app=com.example.app max-pixels=1024"), 0);
        assert_eq!(faults(Kind::Image, "app=com.1example"), 1);
        assert_eq!(faults(Kind::Geotrace, "incremental=false"), 1);
    }
}
