//! Cell texts that no spreadsheet program takes for a formula.
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab or a line break can run when a CSV file is opened
//! ("CSV injection"). An apostrophe before it makes it a text. [`unguarded`] takes the apostrophe away when
//! our own export comes back; the two are inverse for every text.

/// Beginnings that make a formula, with their full-width forms, which some programs treat alike.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet program could take the text for a formula. Leading blanks do not protect, because
/// some programs drop them; plain numbers are no formulas.
pub fn is_formula_like(text: &str) -> bool {
    text.starts_with(FORMULA_STARTS) && !is_plain_number(text)
        || text.trim_start().starts_with(FORMULA_STARTS) && !is_plain_number(text.trim())
}

/// The text as it is written: with an apostrophe before it when it looks like a formula.
pub fn guarded(text: &str) -> String {
    if needs_guard(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text as it was meant: without the apostrophe that [`guarded`] puts before it.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => text,
    }
}

/// Whether [`guarded`] puts an apostrophe before the text. Texts that begin with apostrophes and then look like a
/// formula are guarded too: otherwise it could not be told whether an apostrophe is ours.
pub fn needs_guard(text: &str) -> bool {
    is_formula_like(text) || text.starts_with('\'') && is_formula_like(text.trim_start_matches('\''))
}

/// Digits with at most one sign before and one decimal point within, such as `-5` or `+0.25`.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}
