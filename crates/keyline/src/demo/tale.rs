//! One inspection of the story: which programme version, when it began, how far it has come.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};
use keyline_domain::inspections::plan::Plan;
use keyline_domain::programmes::{Library, Programme};

/// Id of the programme that the story uses.
pub(crate) const PROGRAMME: &str = "supervision-orders-at-home";
/// Key of the fictional area.
pub(crate) const AREA: &str = "strathmarnock";

/// How far an inspection has come when the demonstration begins to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Until {
    /// In preparation: notified, the coordinator has accepted.
    Preparation,
    /// Evidence is gathered: return and documents have come, the staff survey is open, the sample is drawn.
    Gathering,
    /// On site: records are read, sessions noted, evidence recorded.
    OnSite,
    /// Reporting: graded, before the panel, the draft with the partnership.
    Reporting,
    /// Published, with an accepted action plan.
    Followed,
}

/// One inspection to be told.
#[derive(Debug, Clone)]
pub(crate) struct Tale {
    /// Version of the programme.
    pub(crate) version: String,
    /// Day of the notification.
    pub(crate) starts_on: Date,
    /// How far it goes.
    pub(crate) until: Until,
    /// Children in the cohort.
    pub(crate) cohort: u32,
    /// Staff who answer.
    pub(crate) answers: u32,
    /// Name of this tale in the progress line.
    pub(crate) name: &'static str,
}

/// The tales of the demonstration on a day: two past years, the one that is followed to its end, and one in each
/// phase of the plan.
pub(crate) fn tales(library: &Library, today: Date) -> anyhow::Result<Vec<Tale>> {
    let current =
        library.latest(PROGRAMME).ok_or_else(|| anyhow::anyhow!("{PROGRAMME} is not in the library"))?;
    let earlier = library
        .programmes()
        .iter()
        .find(|p| p.id == PROGRAMME && p.version != current.version)
        .unwrap_or(current);
    let published_by = |programme: &Programme, day: Date| {
        starting(library, programme, today, |plan| plan.step("publication").is_some_and(|s| s.span.to <= day))
    };
    // In the holidays nothing moves: an inspection stands where its last counted week left it.
    let calendar = library.calendar(AREA);
    let mut counted = today;
    while calendar.is_holiday_week(counted) {
        counted = counted.checked_sub(7.days())?;
    }
    let in_week = |week: u16| {
        starting(library, current, today, |plan| plan.counted_week(counted).is_some_and(|w| w >= week))
    };
    let tale = |programme: &Programme, starts_on, until, cohort, answers, name| Tale {
        version: programme.version.clone(),
        starts_on,
        until,
        cohort,
        answers,
        name,
    };
    Ok(vec![
        tale(
            earlier,
            published_by(earlier, today - 110.weeks())?,
            Until::Followed,
            61,
            88,
            "the inspection of two years ago",
        ),
        tale(
            earlier,
            published_by(earlier, today - 58.weeks())?,
            Until::Followed,
            58,
            104,
            "the inspection of last year",
        ),
        tale(
            current,
            published_by(current, today - 7.weeks())?,
            Until::Followed,
            74,
            143,
            "the inspection that is told to its end",
        ),
        tale(current, in_week(16)?, Until::Reporting, 66, 97, "an inspection in its reporting phase"),
        tale(current, in_week(12)?, Until::OnSite, 49, 76, "an inspection on site"),
        tale(current, in_week(6)?, Until::Gathering, 53, 39, "an inspection gathering evidence"),
        tale(current, in_week(2)?, Until::Preparation, 44, 0, "an inspection in preparation"),
    ])
}

// The latest Monday on which an inspection could have begun so that its plan fits today.
fn starting(
    library: &Library,
    programme: &Programme,
    today: Date,
    fits: impl Fn(&Plan) -> bool,
) -> anyhow::Result<Date> {
    let calendar = library.calendar(AREA);
    let mut monday = today;
    while monday.weekday() != Weekday::Monday {
        monday = monday.yesterday()?;
    }
    for _ in 0..200 {
        let notified = calendar.on_or_after(monday);
        // In a school-holiday week nobody is notified.
        if calendar.first_counted_day(notified) == notified {
            let plan = Plan::from_template(&programme.timeline, notified, &calendar)?;
            if fits(&plan) {
                return Ok(notified);
            }
        }
        monday = monday.checked_sub(7.days())?;
    }
    anyhow::bail!("no day fits")
}

/// Half past nine in the morning, with some minutes so that what happens on one day has an order.
pub(crate) fn moment(day: Date, minutes: i64) -> anyhow::Result<Timestamp> {
    let morning = keyline_domain::clock::at_london(day, jiff::civil::time(9, 30, 0, 0))?;
    Ok(morning.checked_add(minutes.minutes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_every_day_of_a_year_each_phase_has_its_inspection() {
        let library = crate::embedded::library(None).unwrap();
        let current = library.latest(PROGRAMME).unwrap();
        let calendar = library.calendar(AREA);
        let mut day = jiff::civil::date(2026, 11, 23);
        for _ in 0..52 {
            let tales = tales(&library, day).unwrap();
            assert_eq!(tales.len(), 7);
            for t in &tales {
                assert!(t.starts_on <= day, "{}", t.name);
                if t.until == Until::Followed {
                    let programme = library.programme(PROGRAMME, &t.version).unwrap();
                    let plan = Plan::from_template(&programme.timeline, t.starts_on, &calendar).unwrap();
                    assert!(plan.step("publication").unwrap().span.to <= day);
                }
            }
            let plan = Plan::from_template(&current.timeline, tales[3].starts_on, &calendar).unwrap();
            assert!(plan.step("final-analysis").unwrap().span.to <= day, "{day}");
            day = day.checked_add(7.days()).unwrap();
        }
    }
}
