//! Training, and when somebody has time.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use crate::evidence::worded;

worded! {
    /// A topic of the training. That volunteers are trained is published; which topics, is ours `[B]`.
    Topic {
        /// What an inspection is and what volunteers do in it.
        Role = "role",
        /// When somebody may be unsafe: what to do, and what not to promise.
        KeepingSafe = "keeping-safe",
        /// Meeting young people: listening, and letting them stop.
        Listening = "listening",
        /// Writing up without anybody's name.
        WritingUp = "writing-up",
        /// Looking after oneself, and whom to call.
        LookingAfter = "looking-after",
    }
}

/// Whether every topic is done.
pub fn trained(done: &[(Topic, Date)]) -> bool {
    Topic::ALL.iter().all(|topic| done.iter().any(|(d, _)| d == topic))
}

worded! {
    /// A part of a day.
    Part {
        /// Until noon.
        Morning = "morning",
        /// Until the evening.
        Afternoon = "afternoon",
        /// The evening.
        Evening = "evening",
    }
}

/// The days of a week, in order, with their words.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// When somebody has time in a usual week: words such as `monday-evening`. Unknown words are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Availability(BTreeSet<String>);

impl Availability {
    /// Reads the words of a form or of a row.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let known: BTreeSet<String> = slots().collect();
        Self(words.into_iter().filter(|w| known.contains(*w)).map(str::to_owned).collect())
    }

    /// The words, in the order of the week.
    pub fn words(&self) -> Vec<String> {
        slots().filter(|slot| self.0.contains(slot)).collect()
    }

    /// Whether a part of a day is among them.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether somebody has said that they have time on a day at an hour (0 to 23). Who has said nothing is not ruled out.
    pub fn fits(&self, day: Date, hour: i8) -> bool {
        self.0.is_empty() || self.0.contains(&slot(day.weekday(), part_of(hour)))
    }
}

/// The part of a day to which an hour belongs.
pub fn part_of(hour: i8) -> Part {
    match hour {
        ..12 => Part::Morning,
        12..17 => Part::Afternoon,
        _ => Part::Evening,
    }
}

fn slot(day: Weekday, part: Part) -> String {
    let word = DAYS.iter().find(|(d, _)| *d == day).map_or("", |(_, word)| word);
    format!("{word}-{}", part.word())
}

/// Every part of every day of a week, in order.
pub fn slots() -> impl Iterator<Item = String> {
    DAYS.iter().flat_map(|(_, day)| Part::ALL.iter().map(move |part| format!("{day}-{}", part.word())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn trained_is_who_has_done_every_topic() {
        let day = date(2026, 3, 2);
        let mut done: Vec<(Topic, Date)> = Topic::ALL.iter().map(|t| (*t, day)).collect();
        assert!(trained(&done));
        done.pop();
        assert!(!trained(&done));
        assert!(!trained(&[]));
    }

    #[test]
    fn availability_is_read_in_the_order_of_the_week_and_asked_by_day() {
        let own = Availability::of(["friday-evening", "monday-morning", "someday-noon", "monday-morning"]);
        assert_eq!(own.words(), ["monday-morning", "friday-evening"]);
        // 2 March 2026 is a Monday.
        for (day, hour, fits) in [(2, 9, true), (2, 11, true), (2, 12, false), (6, 17, true), (6, 16, false)]
        {
            assert_eq!(own.fits(date(2026, 3, day), hour), fits, "{day} {hour}");
        }
        assert!(Availability::default().fits(date(2026, 3, 2), 9), "silence rules nobody out");
        assert_eq!(slots().count(), 21);
    }
}
