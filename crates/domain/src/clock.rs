//! Time: instants in UTC, days and deadlines in Europe/London. `now` is read at the edge and handed in.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// This instant, cut to microseconds so that both databases give back what they were given.
    fn now(&self) -> Timestamp;
}

/// The time zone of the field's days, deadlines and embargoes.
///
/// # Panics
/// Never: the time zone database is part of the program.
pub fn london() -> TimeZone {
    TimeZone::get("Europe/London").expect("the time zone database is bundled")
}

/// The day it is in Scotland at this instant.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(london()).date()
}

/// The instant as people in Scotland read it.
pub fn in_london(at: Timestamp) -> Zoned {
    at.to_zoned(london())
}

/// The instant of a wall-clock time in Scotland. In the hour that does not exist in spring the later
/// reading is taken, in the hour that comes twice in autumn the earlier.
///
/// # Errors
/// When the date is outside the range of the calendar.
pub fn at_london(day: Date, time: Time) -> Result<Timestamp, jiff::Error> {
    DateTime::from_parts(day, time).to_zoned(london()).map(|z| z.timestamp())
}

/// Cuts an instant to microseconds.
pub fn to_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn the_set_minute_follows_summer_time() {
        let winter = at_london(date(2026, 11, 23), time(9, 30, 0, 0)).unwrap();
        assert_eq!(winter.to_string(), "2026-11-23T09:30:00Z");
        let summer = at_london(date(2026, 7, 1), time(9, 30, 0, 0)).unwrap();
        assert_eq!(summer.to_string(), "2026-07-01T08:30:00Z");
        assert_eq!(day_of("2026-07-01T23:30:00Z".parse().unwrap()), date(2026, 7, 2));
    }
}
