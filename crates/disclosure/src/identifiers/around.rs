//! What stands around a place in a text: the words before it that call it something, and whether it stands by itself.

use std::ops::Range;

/// How far back a cue is looked for, in bytes.
const REACH: usize = 32;

/// A cue that was found: the entry of the list, and what stands between it and the place.
pub(super) struct Cue<'t> {
    pub(super) word: &'static str,
    pub(super) between: &'t str,
}

/// The last of the cues that stands as whole words before a place, on its line or on the one above. Cues are in small letters;
/// a blank in one stands for any blank, and what is written in capitals is compared all the same.
pub(super) fn cue_before<'t>(text: &'t str, place: usize, cues: &[&'static str]) -> Option<Cue<'t>> {
    let window = window_before(text, place);
    let mut found: Option<(usize, &'static str)> = None;
    let mut previous_letter = false;
    for (at, letter) in window.char_indices() {
        if letter.is_alphanumeric() && !previous_letter {
            let rest = &window.as_bytes()[at..];
            for cue in cues {
                let fits = rest.len() >= cue.len()
                    && rest.iter().zip(cue.bytes()).all(|(written, wanted)| {
                        written.eq_ignore_ascii_case(&wanted)
                            || wanted == b' ' && written.is_ascii_whitespace()
                    })
                    && !window[at + cue.len()..].starts_with(char::is_alphanumeric);
                if fits && found.is_none_or(|(start, word)| start < at || word.len() < cue.len()) {
                    found = Some((at, cue));
                }
            }
        }
        previous_letter = letter.is_alphanumeric();
    }
    found.map(|(at, word)| Cue { word, between: &window[at + word.len()..] })
}

/// Up to [`REACH`] bytes before a place, from the beginning of a word, with at most one line break.
fn window_before(text: &str, place: usize) -> &str {
    let mut from = place.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    // a word that the window cuts is none
    if text[..from].ends_with(char::is_alphanumeric) {
        from += text[from..place].find(|c: char| !c.is_alphanumeric()).unwrap_or(place - from);
    }
    let window = &text[from..place];
    let lines = window.bytes().rev().enumerate().filter(|(_, byte)| *byte == b'\n').nth(1);
    lines.map_or(window, |(behind, _)| &window[window.len() - behind..])
}

/// Whether no letter or digit stands directly before a place. An underscore may.
pub(super) fn free_before(text: &str, place: usize) -> bool {
    match place.checked_sub(1).map(|before| text.as_bytes()[before]) {
        None => true,
        Some(byte) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => !text[..place].ends_with(char::is_alphanumeric),
    }
}

/// The same, or a label to which a number is stuck: `CHI0101701233`.
pub(super) fn free_before_or_label(text: &str, place: usize) -> bool {
    const LABELS: [&[u8]; 6] = [b"chi", b"nhs", b"dob", b"tel", b"mob", b"no"];
    free_before(text, place)
        || LABELS.iter().any(|label| {
            place.checked_sub(label.len()).is_some_and(|start| {
                text.as_bytes()[start..place].eq_ignore_ascii_case(label) && free_before(text, start)
            })
        })
}

/// Whether no letter or digit stands directly behind a place. An underscore may.
pub(super) fn free_behind(text: &str, place: usize) -> bool {
    match text.as_bytes().get(place) {
        None => true,
        Some(byte) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => !text[place..].starts_with(char::is_alphanumeric),
    }
}

/// Whether a range stands by itself, not inside a longer word or number.
pub(super) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    free_before(text, range.start) && free_behind(text, range.end)
}

/// The part of a text from a place on, at most so many bytes of it, whole characters.
pub(super) fn head(text: &str, place: usize, bytes: usize) -> &str {
    let mut end = (place + bytes).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[place..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(before: &str) -> Option<&'static str> {
        cue_before(before, before.len(), &["chi", "chi number", "date of birth", "d.o.b"]).map(|cue| cue.word)
    }

    #[test]
    fn cues_are_whole_words_on_the_line_or_the_one_above() {
        assert_eq!(cue("her CHI is "), Some("chi"));
        assert_eq!(cue("CHI Number: "), Some("chi number"));
        assert_eq!(cue("CHI_"), Some("chi"));
        assert_eq!(cue("Date of\nbirth: "), Some("date of birth"));
        assert_eq!(cue("D.O.B. "), Some("d.o.b"));
        assert_eq!(cue("Date of birth:\n"), Some("date of birth"));
        assert_eq!(cue("Date of birth:\n\n"), None);
        assert_eq!(cue("children "), None);
        assert_eq!(cue("archi "), None);
        assert_eq!(cue("CHI and a great many other words here "), None);
        assert_eq!(cue("ééééééééééééééééééééééé CHI é"), Some("chi"));
    }
}
