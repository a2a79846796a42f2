//! Days and times as people read them.

use jiff::Zoned;
use jiff::civil::Date;

use crate::Words;

const MONTHS: [&str; 12] = [
    "month-january",
    "month-february",
    "month-march",
    "month-april",
    "month-may",
    "month-june",
    "month-july",
    "month-august",
    "month-september",
    "month-october",
    "month-november",
    "month-december",
];

const WEEKDAYS: [&str; 7] = [
    "weekday-monday",
    "weekday-tuesday",
    "weekday-wednesday",
    "weekday-thursday",
    "weekday-friday",
    "weekday-saturday",
    "weekday-sunday",
];

impl Words<'_> {
    /// `23 November 2026`.
    pub fn date(&self, day: Date) -> String {
        format!("{} {} {}", day.day(), self.month(day), day.year())
    }

    /// `Monday 23 November 2026`.
    pub fn date_long(&self, day: Date) -> String {
        let index = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        format!("{} {}", self.t(WEEKDAYS[index]), self.date(day))
    }

    /// `23 Nov`.
    pub fn date_short(&self, day: Date) -> String {
        let month: String = self.month(day).chars().take(3).collect();
        format!("{} {month}", day.day())
    }

    /// `23 November 2026, 09:30`.
    pub fn date_time(&self, at: &Zoned) -> String {
        format!("{}, {:02}:{:02}", self.date(at.date()), at.hour(), at.minute())
    }

    /// The name of the day's month.
    pub fn month(&self, day: Date) -> String {
        let index = usize::try_from(day.month() - 1).unwrap_or(0);
        self.t(MONTHS[index])
    }
}

#[cfg(test)]
mod tests {
    use crate::Catalogue;
    use jiff::civil::date;

    #[test]
    fn days_as_people_read_them() {
        let catalogue = Catalogue::load();
        let words = catalogue.words("en");
        assert_eq!(words.date(date(2026, 11, 3)), "3 November 2026");
        assert_eq!(words.date_long(date(2026, 11, 23)), "Monday 23 November 2026");
        assert_eq!(words.date_short(date(2026, 9, 1)), "1 Sep");
    }
}
