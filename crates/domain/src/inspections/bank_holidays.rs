//! Scottish bank holidays: by rule for any year, with the days that were moved or added as data.
//!
//! Rules: Banking and Financial Dealings Act 1971, schedule 1 (Scotland), and the St Andrew's Day
//! Bank Holiday (Scotland) Act 2007. Boxing Day and the last Monday in May and the days in place of
//! a weekend are proclaimed every year by long custom; we treat them as rules.
//! A new one-off day is a new entry in `areas/bank-holidays.toml`, never a change here.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The one-off changes that ship with the product.
const SHIPPED: &str = include_str!("../../../../areas/bank-holidays.toml");

/// Which holiday a day is. Pages translate the key; a one-off day carries its own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holiday {
    /// 1 January.
    NewYearsDay,
    /// 2 January.
    SecondOfJanuary,
    /// The Friday before Easter Sunday.
    GoodFriday,
    /// First Monday in May.
    EarlyMay,
    /// Last Monday in May.
    Spring,
    /// First Monday in August (England's is the last).
    Summer,
    /// 30 November.
    StAndrewsDay,
    /// 25 December.
    Christmas,
    /// 26 December.
    BoxingDay,
    /// Appointed for one year, with the name it was given.
    OneOff(String),
}

impl Holiday {
    /// Key for the translation files; the name of a one-off day stands in the data instead.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NewYearsDay => "new-years-day",
            Self::SecondOfJanuary => "second-of-january",
            Self::GoodFriday => "good-friday",
            Self::EarlyMay => "early-may",
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::StAndrewsDay => "st-andrews-day",
            Self::Christmas => "christmas",
            Self::BoxingDay => "boxing-day",
            Self::OneOff(_) => "one-off",
        }
    }
}

/// One day of one year that is a bank holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day off: never a Saturday or Sunday.
    pub date: Date,
    /// What it is.
    pub holiday: Holiday,
    /// True when it stands in for a day that fell on a weekend.
    pub substitute: bool,
}

/// One moved or added day, as written in `areas/bank-holidays.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The day that is a bank holiday.
    pub date: Date,
    /// The day of the rules that is an ordinary working day instead; `None` for an extra day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Date>,
    /// What it is called.
    pub name: String,
    /// Where it can be checked.
    pub source: String,
    /// False while it is only announced.
    pub confirmed: bool,
}

/// The rules with their changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankHolidays {
    /// Days moved or added, in any order.
    #[serde(default, rename = "change")]
    pub changes: Vec<Change>,
}

impl BankHolidays {
    /// The Scottish bank holidays with the one-off days known when the product was built.
    pub fn scotland() -> Self {
        Self::from_toml(SHIPPED).expect("areas/bank-holidays.toml is read by a test")
    }

    /// Reads the changes from the text of a file like `areas/bank-holidays.toml`.
    ///
    /// # Errors
    /// The reader's own message, with line and column.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Every bank holiday of a year in the order of the calendar. Each is a Monday to Friday.
    pub fn in_year(&self, year: i16) -> Vec<BankHoliday> {
        let mut days: BTreeMap<Date, BankHoliday> = by_rule(year);
        for change in &self.changes {
            if let Some(given_up) = change.instead_of {
                days.remove(&given_up);
            }
        }
        for change in self.changes.iter().filter(|change| change.date.year() == year) {
            let holiday = Holiday::OneOff(change.name.clone());
            days.insert(change.date, BankHoliday { date: change.date, holiday, substitute: false });
        }
        days.into_values().collect()
    }

    /// The bank holiday on this day, when it is one.
    pub fn on(&self, date: Date) -> Option<BankHoliday> {
        // a weekend is never a bank holiday here: the day in its place is
        if is_weekend(date) {
            return None;
        }
        self.in_year(date.year()).into_iter().find(|day| day.date == date)
    }
}

/// Saturday or Sunday.
pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The nine holidays of a year before any change. A day that falls on a weekend is taken on the next
/// weekday that is not a holiday itself, so 1 January on a Sunday gives Monday the 2nd and Tuesday the 3rd.
fn by_rule(year: i16) -> BTreeMap<Date, BankHoliday> {
    let fixed = [
        (1, 1, Holiday::NewYearsDay),
        (1, 2, Holiday::SecondOfJanuary),
        (11, 30, Holiday::StAndrewsDay),
        (12, 25, Holiday::Christmas),
        (12, 26, Holiday::BoxingDay),
    ];
    let mut days = BTreeMap::new();
    let mut enter = |date: Date, holiday: Holiday, substitute: bool| {
        days.insert(date, BankHoliday { date, holiday, substitute });
    };
    for (date, holiday) in [
        (nth_monday(year, 5, 1), Holiday::EarlyMay),
        (nth_monday(year, 5, -1), Holiday::Spring),
        (nth_monday(year, 8, 1), Holiday::Summer),
    ] {
        if let Some(date) = date {
            enter(date, holiday, false);
        }
    }
    if let Some(friday) = easter_sunday(year).and_then(|sunday| sunday.checked_sub(2.days()).ok()) {
        enter(friday, Holiday::GoodFriday, false);
    }
    let on_weekdays: Vec<(Date, Holiday)> = fixed
        .into_iter()
        .filter_map(|(month, day, holiday)| Some((Date::new(year, month, day).ok()?, holiday)))
        .collect();
    for (date, holiday) in on_weekdays.iter().filter(|(date, _)| !is_weekend(*date)) {
        enter(*date, holiday.clone(), false);
    }
    for (date, holiday) in on_weekdays.into_iter().filter(|(date, _)| is_weekend(*date)) {
        let mut instead = date;
        while is_weekend(instead) || days.contains_key(&instead) {
            match instead.tomorrow() {
                Ok(next) => instead = next,
                Err(_) => break,
            }
        }
        days.insert(instead, BankHoliday { date: instead, holiday, substitute: true });
    }
    days
}

/// The nth Monday of a month; -1 is the last.
fn nth_monday(year: i16, month: i8, nth: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, Weekday::Monday).ok()
}

/// Easter Sunday of the Gregorian calendar, by the method printed anonymously in Nature in 1876
/// (Meeus, Astronomical Algorithms, chapter 8). The letters are those of the method.
#[expect(clippy::many_single_char_names, reason = "the method is published with these letters")]
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month_day = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(month_day / 31).ok()?, i8::try_from(month_day % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month_days(year: i16) -> String {
        let days: Vec<String> = BankHolidays::scotland()
            .in_year(year)
            .iter()
            .map(|day| format!("{:02}-{:02}", day.date.month(), day.date.day()))
            .collect();
        days.join(" ")
    }

    /// Written down from the published lists, weekends replaced by the day taken instead.
    const KNOWN: [(i16, &str); 16] = [
        (2012, "01-02 01-03 04-06 05-07 06-04 06-05 08-06 11-30 12-25 12-26"),
        (2013, "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"),
        (2015, "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28"),
        (2016, "01-01 01-04 03-25 05-02 05-30 08-01 11-30 12-26 12-27"),
        (2017, "01-02 01-03 04-14 05-01 05-29 08-07 11-30 12-25 12-26"),
        (2019, "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26"),
        (2020, "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28"),
        (2021, "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28"),
        (2022, "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27"),
        (2023, "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26"),
        (2024, "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"),
        (2025, "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26"),
        (2026, "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28"),
        (2027, "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28"),
        (2033, "01-03 01-04 04-15 05-02 05-30 08-01 11-30 12-26 12-27"),
        (2035, "01-01 01-02 03-23 05-07 05-28 08-06 11-30 12-25 12-26"),
    ];

    #[test]
    fn the_years_are_as_published() {
        for (year, days) in KNOWN {
            assert_eq!(month_days(year), days, "{year}");
        }
    }

    #[test]
    fn every_year_has_at_least_nine_days_and_none_on_a_weekend() {
        for year in 2012..2100 {
            let days = BankHolidays::scotland().in_year(year);
            assert!(days.len() >= 9, "{year}: {days:?}");
            assert!(days.iter().all(|day| !is_weekend(day.date)), "{year}: {days:?}");
        }
    }

    #[test]
    fn a_day_in_place_of_a_weekend_says_so() {
        let holidays = BankHolidays::scotland();
        let third = holidays.on(jiff::civil::date(2023, 1, 3)).unwrap();
        assert_eq!(third.holiday, Holiday::NewYearsDay);
        assert!(third.substitute);
        assert_eq!(holidays.on(jiff::civil::date(2023, 1, 2)).unwrap().holiday, Holiday::SecondOfJanuary);
        assert_eq!(holidays.on(jiff::civil::date(2023, 1, 1)), None);
    }

    #[test]
    fn a_moved_day_frees_the_day_of_the_rule() {
        let holidays = BankHolidays::scotland();
        assert_eq!(holidays.on(jiff::civil::date(2022, 5, 30)), None);
        assert!(holidays.on(jiff::civil::date(2022, 6, 2)).is_some());
    }

    #[test]
    fn a_misspelt_field_is_refused() {
        let fault = BankHolidays::from_toml("[[change]]\nday = \"2030-01-01\"\n").unwrap_err();
        assert!(fault.to_string().contains("day"), "{fault}");
    }
}
