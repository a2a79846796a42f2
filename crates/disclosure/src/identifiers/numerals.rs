//! Groups of digits as people write long numbers, and the finders that begin at one.

use std::ops::Range;

use super::{Found, contact, dates, numbers, postcodes};

/// Most groups that are looked at together; a date or a number has at most six, whoever writes it.
const TOGETHER: usize = 12;
/// Groups after which a long row of numbers is taken up again, so that what is found may begin at each.
const STEP: usize = TOGETHER / 2;

/// What stands between a group and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: it is the first.
    First,
    /// One or two blanks.
    Blank,
    /// A line break, with the blanks around it.
    Break,
    /// A dash, with or without blanks.
    Dash,
    /// A slash.
    Slash,
    /// A full stop.
    Dot,
    /// A bracket, with or without blanks.
    Bracket,
}

/// Digits that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn digits<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// Whether the gaps behind the first of some groups are all among these.
pub(super) fn gaps_among(groups: &[Group], allowed: &[Gap]) -> bool {
    groups.iter().skip(1).all(|group| allowed.contains(&group.gap))
}

/// Whether groups have these lengths.
pub(super) fn lengths(groups: &[Group], wanted: &[usize]) -> bool {
    groups.len() == wanted.len() && groups.iter().zip(wanted).all(|(group, &length)| group.len() == length)
}

/// From the start of the first group to the end of the last.
pub(super) fn whole(groups: &[Group]) -> Range<usize> {
    match (groups.first(), groups.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// Looks at the groups from a digit on; the place where the search goes on.
pub(super) fn find(text: &str, at: usize, found: &mut Vec<Found>) -> usize {
    let mut groups = Groups::default();
    let all = groups.read(text, at);
    let starts = if all.len() == TOGETHER { STEP } else { all.len() };
    for start in 0..starts {
        let groups = &all[start..];
        numbers::health(text, groups, found);
        numbers::national_insurance(text, groups, found);
        contact::phone(text, groups, found);
        dates::find(text, groups, found);
        postcodes::find(text, groups[0], found);
    }
    all.get(starts).map_or(all[all.len() - 1].end, |next| next.start)
}

/// Where groups are read into, so that nothing is allocated for each number of a text.
pub(super) struct Groups([Group; TOGETHER]);

impl Default for Groups {
    fn default() -> Self {
        Self([Group { start: 0, end: 0, gap: Gap::First }; TOGETHER])
    }
}

impl Groups {
    /// The groups from a digit on that hang together.
    pub(super) fn read(&mut self, text: &str, at: usize) -> &[Group] {
        let bytes = text.as_bytes();
        let digits_end =
            |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut next = Some((at, Gap::First));
        let mut count = 0;
        while let (Some((start, gap)), true) = (next, count < TOGETHER) {
            let end = digits_end(start);
            self.0[count] = Group { start, end, gap };
            count += 1;
            next = gap_from(bytes, end);
        }
        &self.0[..count]
    }
}

/// The gap that begins at a place, when a digit follows it, and where that is.
fn gap_from(bytes: &[u8], from: usize) -> Option<(usize, Gap)> {
    let (mut blanks, mut gap) = (0, None);
    for (at, &byte) in bytes.iter().enumerate().skip(from).take(24) {
        let mark = match byte {
            b'0'..=b'9' => {
                // figures of a table stand further apart
                let gap = gap.or((1..=2).contains(&blanks).then_some(Gap::Blank))?;
                return Some((at, gap));
            }
            b' ' | b'\r' => {
                blanks += 1;
                continue;
            }
            b'\n' => Gap::Break,
            b'-' => Gap::Dash,
            b'/' => Gap::Slash,
            b'.' => Gap::Dot,
            b'(' | b')' => Gap::Bracket,
            _ => return None,
        };
        gap = match (gap, mark) {
            (None, mark) => Some(mark),
            // "(0)" and "-\n"; an empty line or two dots end it
            (Some(Gap::Bracket), Gap::Bracket | Gap::Dash) | (Some(Gap::Dash), Gap::Bracket) => {
                Some(Gap::Bracket)
            }
            (Some(Gap::Dash), Gap::Break) => Some(Gap::Break),
            _ => return None,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, Gap)> {
        let mut groups = Groups::default();
        groups.read(text, 0).iter().map(|group| (group.digits(text), group.gap)).collect()
    }

    #[test]
    fn groups_hang_together_by_marks() {
        use Gap::{Blank, Bracket, Break, Dash, Dot, First, Slash};
        assert_eq!(read("010170 1233 x"), [("010170", First), ("1233", Blank)]);
        assert_eq!(read("01/02-2012."), [("01", First), ("02", Slash), ("2012", Dash)]);
        assert_eq!(read("44 (0) 131"), [("44", First), ("0", Bracket), ("131", Bracket)]);
        assert_eq!(read("07700\r\n   900123"), [("07700", First), ("900123", Break)]);
        assert_eq!(read("07700-\n900123"), [("07700", First), ("900123", Break)]);
        assert_eq!(read("1.5"), [("1", First), ("5", Dot)]);
        for apart in ["1\n\n2", "1   2", "1, 2", "1 a 2", "1\t2", "1 / / 2", "1 "] {
            assert_eq!(read(apart), [("1", First)], "{apart}");
        }
        assert_eq!(read("1 2 3 4 5 6 7 8 9 10 11 12 13 14").len(), TOGETHER);
    }
}
