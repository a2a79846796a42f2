//! Young inspection volunteers: care-experienced people of 18 to 26 who meet young people for the inspection.
//!
//! | module | subject |
//! | --- | --- |
//! | [`stage`] | from the first interest to being welcomed, and every other way it can go |
//! | [`ready`] | training, and when somebody has time |
//! | [`money`] | expenses and payments, in pence |
//! | [`drafts`] | drafts of the children's version of a report, and what volunteers say about them |
//! | [`said`] | "You said, we did" |
//!
//! What is kept of whom and for how long is in `docs/privacy/volunteers.md`. Sources give the age (18 to 26), that they are
//! trained, supported and paid, and that their write-ups are evidence. How long anything is kept, what the training
//! consists of and what may be claimed are ours, and unconfirmed: `[B]` in the docstrings marks each.

pub mod drafts;
pub mod money;
pub mod ready;
pub mod said;
pub mod stage;

use jiff::Span;
use jiff::civil::Date;

use crate::concerns::{required, too_long};
use crate::reasons::{FieldProblem, Reason};
use crate::tell_us::receipt;
use stage::Stage;

/// Most characters of each text of the interest form.
pub const TEXT_LIMIT: usize = 3_000;

/// Days for which an interest is kept that nobody went on with. `[B]`: ours.
pub const KEPT_WAITING: i64 = 365;
/// Days for which it is kept after somebody was not taken on, so that the decision can be taken back. `[B]`: ours.
pub const KEPT_AFTER_NO: i64 = 182;
/// Days for which expenses and payments are kept once somebody has left: six years, as accounts are. `[B]`: ours.
pub const KEPT_MONEY: i64 = 2_192;

/// The first day on which a check can have been: that on which the scheme began (the Protecting Vulnerable Groups scheme,
/// 28 February 2011). Nobody was trained for this before it either.
pub const FIRST_DAY: Date = jiff::civil::date(2011, 2, 28);

/// What is wrong with the day on which something was done for or by a volunteer: a check, a topic of the training.
pub fn day_problem(field: &str, day: Date, today: Date) -> Option<FieldProblem> {
    let key = match day {
        _ if day > today => "volunteer-day-to-come",
        _ if day < FIRST_DAY => "volunteer-day-too-early",
        _ => return None,
    };
    Some(FieldProblem::new(field, Reason::new(key).with("year", FIRST_DAY.year())))
}

/// Days ahead within which a session is planned: a later one is a slip of the hand. `[B]`: ours.
pub const PLANNED_WITHIN: i64 = 366;

/// What is wrong with the day of a session that is to be planned: it has been, or is more than a year away.
pub fn planned_day_problem(day: Date, today: Date) -> Option<FieldProblem> {
    let last = today.checked_add(Span::new().days(PLANNED_WITHIN)).unwrap_or(Date::MAX);
    let key = match day {
        _ if day < today => "planned-day-gone",
        _ if day > last => "planned-day-far",
        _ => return None,
    };
    Some(FieldProblem::new("day", Reason::new(key)))
}

/// What somebody writes who would like to take part. All of it is sealed.
#[derive(Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Interest {
    /// What to call them.
    pub name: String,
    /// How to reach them.
    pub reach: String,
    /// Their experience of care, as much as they like to say.
    #[serde(default)]
    pub experience: String,
    /// What they like to do.
    #[serde(default)]
    pub likes: String,
    /// What support they need.
    #[serde(default)]
    pub support: String,
}

impl std::fmt::Debug for Interest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interest(…)")
    }
}

/// What somebody says of their age. Only that they are of the age is kept, by there being a row at all: no day of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Younger than 18.
    Younger,
    /// 18 to 26, both included.
    Fits,
    /// 27 or older.
    Older,
}

impl std::str::FromStr for Age {
    type Err = crate::evidence::UnknownWord;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "younger" => Ok(Self::Younger),
            "fits" => Ok(Self::Fits),
            "older" => Ok(Self::Older),
            other => Err(crate::evidence::UnknownWord(other.chars().take(60).collect())),
        }
    }
}

impl Age {
    /// The words, in the order of the form.
    pub const WORDS: [&'static str; 3] = ["younger", "fits", "older"];
}

impl Interest {
    /// Every fault, each at its field.
    pub fn problems(&self, age: Option<Age>) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        problems.extend(required("name", &self.name, 100));
        match age {
            None => problems.push(FieldProblem::new("age", Reason::new("problem-choose"))),
            Some(Age::Younger) => {
                problems.push(FieldProblem::new("age", Reason::new("volunteer-age-younger")));
            }
            Some(Age::Older) => problems.push(FieldProblem::new("age", Reason::new("volunteer-age-older"))),
            Some(Age::Fits) => {}
        }
        problems.extend(required("reach", &self.reach, 500));
        for (field, text) in
            [("experience", &self.experience), ("likes", &self.likes), ("support", &self.support)]
        {
            problems.extend(too_long(field, text, TEXT_LIMIT));
        }
        let all = [
            ("name", &self.name),
            ("reach", &self.reach),
            ("experience", &self.experience),
            ("likes", &self.likes),
            ("support", &self.support),
        ];
        for (field, text) in all {
            if receipt::stands_in(text) {
                problems.push(FieldProblem::new(field, Reason::new("tell-us-receipt-in-text")));
            }
        }
        problems
    }
}

/// On which day what somebody wrote is destroyed, given where they stand since when, and where a pause leads back to.
/// `None`: as long as they take part. Whoever withdraws is forgotten at once, which needs no day.
pub fn destroyed_on(stage: Stage, before: Option<Stage>, since: Date) -> Option<Date> {
    let days = match stage {
        // Whoever pauses before the welcome has no account in which to end it: they wait as everybody else does.
        Stage::Paused if before != Some(Stage::Welcomed) => KEPT_WAITING,
        Stage::Interested | Stage::SpokenTo | Stage::Checks | Stage::Training => KEPT_WAITING,
        Stage::NotTakenOn => KEPT_AFTER_NO,
        Stage::Withdrawn => 0,
        Stage::Paused | Stage::Welcomed => return None,
    };
    since.checked_add(Span::new().days(days)).ok()
}

/// On which day the record of money of somebody who has left is destroyed.
pub fn money_destroyed_on(left: Date) -> Date {
    left.checked_add(Span::new().days(KEPT_MONEY)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn interest() -> Interest {
        Interest { name: "Made-up name".into(), reach: "text 01632 960 000".into(), ..Interest::default() }
    }

    fn wrong(age: Option<Age>, change: impl FnOnce(&mut Interest)) -> Vec<String> {
        let mut i = interest();
        change(&mut i);
        i.problems(age).into_iter().map(|p| format!("{} {}", p.field, p.reason.key)).collect()
    }

    #[test]
    fn as_little_as_can_be_is_asked_for_and_the_age_is_a_band() {
        assert_eq!(wrong(Some(Age::Fits), |_| {}), Vec::<String>::new());
        assert_eq!(wrong(None, |_| {}), ["age problem-choose"]);
        assert_eq!(wrong(Some(Age::Younger), |_| {}), ["age volunteer-age-younger"]);
        assert_eq!(wrong(Some(Age::Older), |_| {}), ["age volunteer-age-older"]);
        assert_eq!(wrong(Some(Age::Fits), |i| i.name = " ".into()), ["name problem-required"]);
        assert_eq!(wrong(Some(Age::Fits), |i| i.reach.clear()), ["reach problem-required"]);
        assert_eq!(
            wrong(Some(Age::Fits), |i| i.likes = "x".repeat(TEXT_LIMIT + 1)),
            ["likes answer-too-long"]
        );
        for (n, word) in Age::WORDS.iter().enumerate() {
            assert_eq!(word.parse::<Age>().unwrap() as usize, n);
        }
        assert!("17".parse::<Age>().is_err());
    }

    #[test]
    fn a_check_is_not_older_than_its_scheme_and_not_still_to_come() {
        let today = date(2026, 6, 1);
        let wrong = |day| day_problem("on", day, today).map(|p| p.reason.key);
        assert_eq!((wrong(today), wrong(FIRST_DAY)), (None, None));
        assert_eq!(wrong(date(2026, 6, 2)).as_deref(), Some("volunteer-day-to-come"));
        assert_eq!(wrong(date(2011, 2, 27)).as_deref(), Some("volunteer-day-too-early"));
    }

    #[test]
    fn a_session_is_planned_for_today_or_a_day_within_a_year() {
        let today = date(2026, 6, 1);
        let wrong = |day| planned_day_problem(day, today).map(|p| p.reason.key);
        assert_eq!((wrong(today), wrong(date(2027, 6, 2))), (None, None));
        assert_eq!(wrong(date(2026, 5, 31)).as_deref(), Some("planned-day-gone"));
        assert_eq!(wrong(date(2027, 6, 3)).as_deref(), Some("planned-day-far"));
    }

    #[test]
    fn what_was_written_is_never_shown_by_chance() {
        assert_eq!(format!("{:?}", interest()), "Interest(…)");
    }

    #[test]
    fn each_stage_says_how_long_what_was_written_is_kept() {
        let since = date(2026, 1, 1);
        let kept = |stage| destroyed_on(stage, Some(Stage::Welcomed), since).map(|d| d.to_string());
        assert_eq!(kept(Stage::Interested).as_deref(), Some("2027-01-01"));
        assert_eq!(kept(Stage::Training).as_deref(), Some("2027-01-01"));
        assert_eq!(kept(Stage::NotTakenOn).as_deref(), Some("2026-07-02"));
        assert_eq!(kept(Stage::Withdrawn).as_deref(), Some("2026-01-01"));
        assert_eq!((kept(Stage::Welcomed), kept(Stage::Paused)), (None, None));
        let pausing = destroyed_on(Stage::Paused, Some(Stage::Checks), since).map(|d| d.to_string());
        assert_eq!(
            pausing.as_deref(),
            Some("2027-01-01"),
            "a pause before the welcome does not keep it for ever"
        );
        assert_eq!(money_destroyed_on(since), date(2032, 1, 2));
    }
}
