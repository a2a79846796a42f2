//! How wide a text will be, guessed without a font, and broken into lines that fit.
//!
//! SVG does not wrap, and a server has no font to ask. The widths are those of a wide sans-serif in
//! thousandths of the size, rounded up, so that a guess errs towards too much room.

/// Width of a text set at a size, in the unit of the size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| f64::from(advance(letter))).sum::<f64>() / 1000.0 * size
}

fn advance(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 290,
        'f' | 'r' | 't' | '(' | ')' | '-' | '/' | 'I' => 390,
        'm' | 'w' | 'M' | 'W' | '%' | '—' | '@' => 900,
        'A'..='Z' => 710,
        'a'..='z' | '0'..='9' | '–' => 580,
        // a full-width ideograph takes the square of its size; other scripts stay below this
        letter if u32::from(letter) >= 0x2E80 => 1000,
        _ => 650,
    }
}

/// Breaks a text at spaces into lines no wider than `room`. A word that alone is wider is broken within.
/// An empty text has one empty line.
pub fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut rest = word;
        loop {
            let line = lines.last_mut().expect("there is always a line");
            let gap = if line.is_empty() { "" } else { " " };
            if width(line, size) + width(gap, size) + width(rest, size) <= room {
                line.push_str(gap);
                line.push_str(rest);
                break;
            }
            if line.is_empty() {
                let (head, tail) = split_to(rest, size, room);
                line.push_str(head);
                rest = tail;
                if rest.is_empty() {
                    break;
                }
            }
            lines.push(String::new());
        }
    }
    lines
}

/// As many letters as fit, at least one.
fn split_to(word: &str, size: f64, room: f64) -> (&str, &str) {
    let mut used = 0.0;
    for (at, letter) in word.char_indices() {
        used += f64::from(advance(letter)) / 1000.0 * size;
        if used > room && at > 0 {
            return word.split_at(at);
        }
    }
    (word, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_no_line_is_too_wide() {
        let text = "Professional discussion with leaders of Donaudampfschifffahrtsgesellschaft today";
        for room in [60.0, 120.0, 400.0] {
            let lines = lines(text, 14.0, room);
            assert!(lines.iter().all(|line| width(line, 14.0) <= room), "{lines:?}");
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }

    #[test]
    fn a_room_smaller_than_a_letter_still_ends() {
        assert_eq!(lines("ab", 14.0, 1.0), ["a", "b"]);
        assert_eq!(lines("", 14.0, 1.0), [""]);
    }
}
