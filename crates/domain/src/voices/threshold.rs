//! The smallest number of people of whom a count is shown.
//!
//! Five for staff is the field's habit; ten where children can be singled out, which is also the threshold of the
//! nearest published tool for checking statistical output (ACRO, default 10). A named person may raise it for an
//! inspection, where the area is small; nobody can lower it, and nobody can change it once the first results are open,
//! because two thresholds over the same answers can be subtracted from each other.

use crate::reasons::Reason;

/// The smallest number of staff that is shown.
pub const SMALLEST_STAFF: u32 = 5;

/// The smallest number of children, young people, parents or carers that is shown.
pub const SMALLEST_FAMILIES: u32 = 10;

/// The highest threshold that can be set: above it, nothing of a small area would be left.
pub const HIGHEST: u32 = 50;

/// What holds for an audience (a word of the programme) where nobody has set anything.
pub fn smallest(audience: &str) -> u32 {
    match audience {
        "staff" | "leaders" | "elected-members" | "team" => SMALLEST_STAFF,
        _ => SMALLEST_FAMILIES,
    }
}

/// Checks a threshold that somebody wants to set.
///
/// # Errors
/// The reason: below what holds for the audience, above [`HIGHEST`], or too late.
pub fn settable(audience: &str, wanted: u32, results_are_open: bool) -> Result<u32, Reason> {
    let least = smallest(audience);
    if results_are_open {
        return Err(Reason::new("threshold-too-late"));
    }
    if !(least..=HIGHEST).contains(&wanted) {
        return Err(Reason::new("threshold-range").with("least", least).with("most", HIGHEST));
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_raised_and_never_lowered() {
        for (audience, wanted, open, allowed) in [
            ("staff", 5, false, true),
            ("staff", 4, false, false),
            ("staff", 8, false, true),
            ("children", 9, false, false),
            ("children", 10, false, true),
            ("parents", 50, false, true),
            ("parents", 51, false, false),
            ("staff", 8, true, false),
            ("somebody-new", 5, false, false),
        ] {
            assert_eq!(settable(audience, wanted, open).is_ok(), allowed, "{audience} {wanted} {open}");
        }
    }
}
