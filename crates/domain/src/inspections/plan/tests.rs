//! The plan against a table worked out by hand, and its laws for any calendar and any move.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::ids::Randomness;
use crate::inspections::calendar::DateRange;
use crate::programmes::timeline::{Phase, StepTemplate};

struct Fixed;
impl Randomness for Fixed {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(1);
    }
}

fn someone() -> PersonId {
    PersonId::new(at(), &Fixed)
}

fn at() -> Timestamp {
    "2026-02-02T09:30:00Z".parse().unwrap()
}

fn day(week: u16, weekday: u8) -> StepTiming {
    StepTiming::Day { week, weekday }
}

fn window(from_week: u16, to_week: u16) -> StepTiming {
    StepTiming::Window { from_week, to_week }
}

/// The weeks of the 21-week programme; weekdays and phases are this test's own.
fn supervision_order() -> TimelineTemplate {
    let phase = |key: &str, from_week, to_week| Phase {
        key: key.to_owned(),
        title: key.to_owned(),
        from_week,
        to_week,
    };
    let step = |key: &str, phase: &str, timing, parties: &[&str]| StepTemplate {
        key: key.to_owned(),
        title: key.to_owned(),
        phase: phase.to_owned(),
        timing,
        parties: parties.iter().map(|party| (*party).to_owned()).collect(),
        note: String::new(),
    };
    TimelineTemplate {
        weeks: 21,
        phases: vec![
            phase("preparation", 1, 4),
            phase("information", 4, 11),
            phase("on-site", 12, 15),
            phase("reporting", 16, 21),
        ],
        steps: vec![
            step(NOTIFICATION, "preparation", day(1, 1), &["team", "partnership"]),
            step("first-meeting", "preparation", day(2, 2), &["team", "partnership"]),
            step("pre-inspection-return", "preparation", day(3, 5), &["partnership"]),
            step("document-return", "preparation", day(4, 5), &["partnership"]),
            step("staff-survey", "information", window(4, 7), &["staff"]),
            step("young-people-survey", "information", window(4, 8), &["young-people"]),
            step("parents-survey", "information", window(4, 8), &["parents"]),
            step("discussion-1", "information", day(5, 3), &["team", "partnership"]),
            step("desk-analysis", "information", window(6, 6), &["team"]),
            step("record-review", "information", window(8, 8), &["team", "partnership"]),
            step("discussion-2", "information", day(11, 3), &["team", "partnership"]),
            step("on-site", "on-site", window(12, 12), &["team", "partnership"]),
            step("final-analysis", "on-site", window(13, 13), &["team"]),
            step("discussion-3", "on-site", day(15, 3), &["team", "partnership"]),
            step("draft-report", "reporting", day(17, 5), &["team", "partnership"]),
            step("embargoed-report", "reporting", day(20, 1), &["partnership"]),
            step("publication", "reporting", day(21, 2), &["team", "public"]),
            step("follow-up", "reporting", StepTiming::After { week: 21 }, &["partnership"]),
        ],
    }
}

fn range(from: Date, to: Date) -> DateRange {
    DateRange::new(from, to).unwrap()
}

/// A fictional council: February midterm, two weeks at Easter, May Day, summer.
fn strathmarnock() -> Calendar {
    Calendar::scotland(vec![
        range(date(2026, 2, 16), date(2026, 2, 20)),
        range(date(2026, 4, 3), date(2026, 4, 17)),
        range(date(2026, 6, 25), date(2026, 8, 11)),
    ])
}

fn plan_from(notified: Date, calendar: &Calendar) -> Plan {
    Plan::from_template(&supervision_order(), notified, calendar).unwrap()
}

/// Notified on Monday 19 January 2026.
fn strathmarnock_plan() -> Plan {
    plan_from(date(2026, 1, 19), &strathmarnock())
}

fn table(plan: &Plan) -> String {
    let row = |step: &PlannedStep| format!("{:<22} {} {}", step.key, step.span.from, step.span.to);
    plan.steps.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_21_weeks_around_midterm_and_easter() {
    // Week 5 would begin on 16 February (midterm) and begins on 23 February; weeks 11 and 12 would begin
    // on 6 and 13 April (Easter), so week 11 begins on 20 April after week 10 of 30 March. Week 20 has three
    // school days left (22 to 24 June), week 21 is the first with a school day after the summer (10 August).
    assert_eq!(
        table(&strathmarnock_plan()),
        "\
notification           2026-01-19 2026-01-19
first-meeting          2026-01-27 2026-01-27
pre-inspection-return  2026-02-06 2026-02-06
document-return        2026-02-13 2026-02-13
staff-survey           2026-02-09 2026-03-13
young-people-survey    2026-02-09 2026-03-20
parents-survey         2026-02-09 2026-03-20
discussion-1           2026-02-25 2026-02-25
desk-analysis          2026-03-02 2026-03-06
record-review          2026-03-16 2026-03-20
discussion-2           2026-04-22 2026-04-22
on-site                2026-04-27 2026-05-01
final-analysis         2026-05-04 2026-05-08
discussion-3           2026-05-20 2026-05-20
draft-report           2026-06-05 2026-06-05
embargoed-report       2026-06-22 2026-06-22
publication            2026-08-11 2026-08-11
follow-up              2026-08-17 2026-08-17"
    );
}

#[test]
fn a_bank_holiday_puts_a_day_off_and_leaves_a_window() {
    // Week 20 of a plan notified on Monday 2 February 2026 begins on 15 June, a bank holiday that year.
    let plan = plan_from(date(2026, 2, 2), &Calendar::scotland(Vec::new()));
    let embargoed = plan.step("embargoed-report").unwrap();
    assert_eq!(embargoed.span.from, date(2026, 6, 16));
    assert_eq!(embargoed.put_off_from, Some(date(2026, 6, 15)));
    // The staff survey of this one opens before and closes after Good Friday, and another ends on it.
    let early = plan_from(date(2026, 3, 2), &Calendar::scotland(Vec::new()));
    assert_eq!(
        early.step("staff-survey").unwrap().span,
        Span { from: date(2026, 3, 23), to: date(2026, 4, 17) }
    );
    let on_friday = plan_from(date(2026, 2, 16), &Calendar::scotland(Vec::new()));
    assert_eq!(on_friday.step("staff-survey").unwrap().span.to, date(2026, 4, 3), "closes on Good Friday");
}

#[test]
fn a_day_put_off_from_good_friday_skips_the_easter_weeks() {
    // Week 3 from Monday 16 March 2026 ends on Good Friday 3 April; schools are closed until the 17th.
    let plan = plan_from(date(2026, 3, 16), &strathmarnock());
    assert_eq!(plan.step("pre-inspection-return").unwrap().span.to, date(2026, 4, 20));
}

#[test]
fn notification_stands_on_its_own_day_and_nothing_before_it() {
    for notified in [date(2026, 1, 23), date(2026, 1, 24), date(2026, 1, 25), date(2026, 1, 1)] {
        let plan = plan_from(notified, &strathmarnock());
        assert_eq!(plan.step(NOTIFICATION).unwrap().span.from, notified);
        assert!(plan.steps.iter().all(|step| step.span.from >= notified));
        assert_eq!(plan.counted_week(notified), Some(1));
    }
}

#[test]
fn weeks_are_counted_and_skipped() {
    let plan = strathmarnock_plan();
    assert_eq!(plan.counted_week(date(2026, 1, 18)), None, "the Sunday before");
    assert_eq!(plan.counted_week(date(2026, 2, 15)), Some(4));
    assert_eq!(plan.counted_week(date(2026, 2, 18)), None, "midterm");
    assert_eq!(plan.counted_week(date(2026, 2, 23)), Some(5));
    assert_eq!(plan.monday_of_week(11), date(2026, 4, 20));
    let rows = plan.week_rows();
    assert_eq!(rows.iter().filter(|(_, week)| week.is_some()).count(), 21);
    assert_eq!(rows.len(), 30, "a week of February, two of April and six of the summer are not counted");
    assert_eq!(plan.last_day(), date(2026, 8, 14));
}

#[test]
fn a_move_carries_the_steps_after_it_and_is_recorded() {
    let plan = strathmarnock_plan();
    let to = MoveTo::Day(date(2026, 5, 4));
    let preview = plan.preview_move("on-site", to, true).unwrap();
    assert_eq!(preview.chosen.to, Span { from: date(2026, 5, 4), to: date(2026, 5, 8) });
    let carried: Vec<&str> = preview.carried.iter().map(|change| change.step.as_str()).collect();
    assert_eq!(
        carried,
        ["final-analysis", "discussion-3", "draft-report", "embargoed-report", "publication", "follow-up"]
    );
    assert_eq!((preview.ends, preview.would_end), (date(2026, 8, 14), date(2026, 8, 18)));

    let (moved, events) = plan.apply_move("on-site", to, true, " Lead is ill ", someone(), at()).unwrap();
    assert_eq!(events.len(), 7);
    assert_eq!(events[0].step, "on-site");
    assert_eq!(events[0].carried_by, None);
    assert_eq!(events[0].reason, "Lead is ill");
    assert_eq!(events[1].carried_by.as_deref(), Some("on-site"));
    assert_eq!(moved.step("on-site").unwrap().moved.as_ref().unwrap().from.from, date(2026, 4, 27));
    assert_eq!(moved.step("discussion-2"), plan.step("discussion-2"), "an earlier step stays as it is");
    assert_eq!(moved.phase_span("on-site").unwrap(), Span { from: date(2026, 5, 4), to: date(2026, 5, 29) });
}

#[test]
fn a_move_without_carrying_says_what_it_overtakes() {
    let preview = strathmarnock_plan().preview_move("discussion-2", MoveTo::Week(13), false).unwrap();
    assert!(preview.carried.is_empty());
    assert_eq!(preview.overtaken, ["on-site", "final-analysis"]);
    let back = strathmarnock_plan().preview_move("on-site", MoveTo::Week(7), false).unwrap();
    assert_eq!(back.overtakes, ["record-review", "discussion-2"]);
}

#[test]
fn a_longer_window_moves_what_begins_after_its_end_only() {
    let plan = strathmarnock_plan();
    let longer = MoveTo::Window { from: date(2026, 2, 9), to: date(2026, 3, 27) };
    let preview = plan.preview_move("young-people-survey", longer, true).unwrap();
    let carried: Vec<&str> = preview.carried.iter().map(|change| change.step.as_str()).collect();
    assert_eq!(carried[0], "discussion-2", "discussion 1 and record reading lie within the window");
    assert!(!carried.contains(&"record-review"));
}

#[test]
fn a_move_onto_a_holiday_goes_to_the_next_day_that_may_be_due() {
    let plan = strathmarnock_plan();
    let preview = plan.preview_move("discussion-3", MoveTo::Day(date(2026, 6, 15)), false).unwrap();
    assert_eq!(preview.chosen.to.from, date(2026, 6, 16));
    assert_eq!(preview.asked, Some(date(2026, 6, 15)));
    let summer = plan.preview_move("discussion-3", MoveTo::Day(date(2026, 7, 8)), false).unwrap();
    assert_eq!(summer.chosen.to.from, date(2026, 8, 10), "the week of 10 August has three school days");
}

#[test]
fn what_does_not_move_says_why() {
    let plan = strathmarnock_plan().mark_done("first-meeting", date(2026, 1, 27)).unwrap();
    let may = date(2026, 5, 5);
    let refusal = |key: &str, to| plan.preview_move(key, to, true).unwrap_err();
    assert_eq!(refusal("nothing", MoveTo::Day(may)), MoveRefusal::UnknownStep("nothing".to_owned()));
    assert_eq!(refusal(NOTIFICATION, MoveTo::Day(may)), MoveRefusal::Notification);
    assert_eq!(refusal("first-meeting", MoveTo::Day(may)), MoveRefusal::Done(date(2026, 1, 27)));
    assert_eq!(refusal("on-site", MoveTo::Day(date(2026, 4, 27))), MoveRefusal::NothingChanges);
    assert_eq!(refusal("discussion-1", MoveTo::Window { from: may, to: may }), MoveRefusal::NotAWindow);
    assert!(matches!(
        refusal("on-site", MoveTo::Window { from: may, to: date(2026, 5, 4) }),
        MoveRefusal::EndsBeforeStart { .. }
    ));
    assert!(matches!(
        refusal("on-site", MoveTo::Day(date(2026, 1, 18))),
        MoveRefusal::BeforeNotification { .. }
    ));
    assert!(matches!(refusal("on-site", MoveTo::Day(date(2062, 4, 27))), MoveRefusal::TooFar));
    let mut carried = plan.clone();
    let discussion = carried.steps.iter_mut().find(|step| step.key == "discussion-2").unwrap();
    discussion.offset = Offset { from: CountedDay::new(1, 2).unwrap(), to: CountedDay::new(1, 2).unwrap() };
    assert!(matches!(
        carried.preview_move("record-review", MoveTo::Week(7), true).unwrap_err(),
        MoveRefusal::BeforeNotification { step, .. } if step == "discussion-2"
    ));
    assert_eq!(
        plan.apply_move("on-site", MoveTo::Day(may), true, "  ", someone(), at()).unwrap_err(),
        MoveRefusal::ReasonMissing
    );
}

#[test]
fn a_done_step_is_not_carried() {
    let plan = strathmarnock_plan().mark_done("final-analysis", date(2026, 5, 6)).unwrap();
    let preview = plan.preview_move("on-site", MoveTo::Week(13), true).unwrap();
    assert!(preview.carried.iter().all(|change| change.step != "final-analysis"));
}

#[test]
fn a_step_is_late_due_open_or_later() {
    let plan = strathmarnock_plan().mark_done(NOTIFICATION, date(2026, 1, 19)).unwrap();
    let status = |key: &str, today| plan.status_of(plan.step(key).unwrap(), today);
    assert_eq!(status(NOTIFICATION, date(2026, 3, 1)), StepStatus::Done(date(2026, 1, 19)));
    assert_eq!(status("first-meeting", date(2026, 1, 26)), StepStatus::ThisWeek);
    assert_eq!(status("first-meeting", date(2026, 1, 27)), StepStatus::DueToday);
    assert_eq!(status("first-meeting", date(2026, 1, 30)), StepStatus::Overdue(3));
    assert_eq!(status("first-meeting", date(2026, 1, 20)), StepStatus::Later);
    assert_eq!(
        status("pre-inspection-return", date(2026, 2, 7)),
        StepStatus::Overdue(1),
        "on a Saturday too"
    );
    assert_eq!(status("staff-survey", date(2026, 2, 17)), StepStatus::Open);
    assert_eq!(status("staff-survey", date(2026, 3, 13)), StepStatus::DueToday);
    assert_eq!(status("follow-up", date(2027, 3, 13)), StepStatus::Open);
    assert_eq!(plan.status(date(2026, 1, 20)).len(), plan.steps.len());
}

#[test]
fn each_party_sees_what_is_next() {
    let plan = strathmarnock_plan();
    let next = |party: &str, today| plan.what_is_next(party, today).map(|(step, _)| step.key.clone());
    let plan_keys: Vec<_> = plan.for_party("staff").map(|step| step.key.as_str()).collect();
    assert_eq!(plan_keys, ["staff-survey"]);
    assert_eq!(next("partnership", date(2026, 1, 19)).as_deref(), Some(NOTIFICATION));
    let started = plan.mark_done(NOTIFICATION, date(2026, 1, 19)).unwrap();
    let (step, status) = started.what_is_next("partnership", date(2026, 1, 28)).unwrap();
    assert_eq!((step.key.as_str(), status), ("first-meeting", StepStatus::Overdue(1)));
    assert_eq!(next("nobody", date(2026, 1, 28)), None);
    let due: Vec<_> = plan.due_between(date(2026, 2, 1), date(2026, 2, 28)).map(|s| s.key.as_str()).collect();
    assert_eq!(due, ["pre-inspection-return", "document-return", "discussion-1"]);
    let last = started.agenda("partnership", date(2026, 9, 30)).last().unwrap().0.key.clone();
    assert_eq!(last, "follow-up", "what never ends comes after all that is late");
}

#[test]
fn a_plan_survives_the_store() {
    let (plan, _) =
        strathmarnock_plan().apply_move("on-site", MoveTo::Week(14), true, "Storm", someone(), at()).unwrap();
    let text = serde_json::to_string(&plan).unwrap();
    let back: Plan = serde_json::from_str(&text).unwrap();
    assert_eq!(back, plan);
    let Plan { notified, weeks, calendar, phases, steps } = back;
    assert_eq!(Plan::restore(notified, weeks, calendar, phases, steps).unwrap(), plan);
}

#[test]
fn rows_that_contradict_each_other_are_refused() {
    let rebuilt = |change: &dyn Fn(&mut Vec<PlannedStep>)| {
        let Plan { notified, weeks, calendar, phases, mut steps } = strathmarnock_plan();
        change(&mut steps);
        Plan::restore(notified, weeks, calendar, phases, steps).unwrap_err()
    };
    assert_eq!(
        rebuilt(&|steps| steps[1].key = NOTIFICATION.to_owned()),
        PlanFault::DuplicateStep(NOTIFICATION.to_owned())
    );
    assert!(matches!(rebuilt(&|steps| steps[1].phase.clear()), PlanFault::UnknownPhase { .. }));
    assert!(matches!(rebuilt(&|steps| steps[1].offset.from.week = 0), PlanFault::ImpossibleTime(_)));
    let mut template = supervision_order();
    template.steps[8].timing = window(7, 6);
    let fault = Plan::from_template(&template, date(2026, 1, 19), &strathmarnock()).unwrap_err();
    assert_eq!(fault, PlanFault::ImpossibleTime("desk-analysis".to_owned()));
}

#[test]
fn a_corrected_calendar_moves_what_is_not_done() {
    let plan = strathmarnock_plan().mark_done("discussion-1", date(2026, 2, 25)).unwrap();
    let mut calendar = strathmarnock();
    calendar.school_holidays.remove(0);
    let (earlier, changes) = plan.with_calendar(&calendar);
    assert_eq!(earlier.step("discussion-1").unwrap().span, plan.step("discussion-1").unwrap().span);
    assert_eq!(earlier.step("record-review").unwrap().span.from, date(2026, 3, 9));
    assert!(changes.iter().any(|change| change.step == "record-review"));
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let holiday = (0_i64..400, 0_i64..55);
    (proptest::collection::vec(holiday, 0..6), proptest::collection::vec(0_i64..400, 0..8)).prop_map(
        |(school, extra)| {
            let start = date(2026, 1, 1);
            let school = school.into_iter().map(|(from, days)| {
                let from = start.saturating_add(from.days());
                range(from, from.saturating_add(days.days()))
            });
            let mut calendar = Calendar::scotland(school.collect());
            calendar.extra_holidays = extra.into_iter().map(|day| start.saturating_add(day.days())).collect();
            calendar
        },
    )
}

fn starts() -> impl Strategy<Value = Date> {
    (0_i64..380).prop_map(|days| date(2026, 1, 1).saturating_add(days.days()))
}

/// Index of a step other than notification.
fn some_step() -> impl Strategy<Value = usize> {
    1..supervision_order().steps.len()
}

proptest! {
    #[test]
    fn steps_keep_their_order(notified in starts(), calendar in calendars()) {
        let plan = plan_from(notified, &calendar);
        for (a, b) in plan.steps.iter().flat_map(|a| plan.steps.iter().map(move |b| (a, b))) {
            if a.template.from <= b.template.from {
                // a window does not make way for a bank holiday, so a day put off may pass its first days
                let put_off = a.put_off_from.is_some() && b.kind == StepKind::Window;
                prop_assert!(a.span.from <= b.span.from || put_off, "{} before {}", a.key, b.key);
            }
            prop_assert!(a.span.from <= a.span.to);
        }
    }

    #[test]
    fn nothing_is_due_on_a_day_off(notified in starts(), calendar in calendars()) {
        let plan = plan_from(notified, &calendar);
        for step in plan.steps.iter().filter(|step| step.kind != StepKind::Window && step.key != NOTIFICATION) {
            prop_assert!(calendar.is_working_day(step.span.to), "{}", step.key);
            prop_assert!(plan.counted_week(step.span.to).is_some(), "{}", step.key);
        }
    }

    #[test]
    fn steps_stand_in_the_week_of_the_template(notified in starts(), calendar in calendars()) {
        let plan = plan_from(notified, &calendar);
        for step in &plan.steps {
            let nominal = step.put_off_from.unwrap_or(step.span.from);
            prop_assert_eq!(plan.counted_week(nominal), Some(step.template.from.week), "{}", step.key);
            if step.kind == StepKind::Window {
                prop_assert_eq!(plan.counted_week(step.span.to), Some(step.template.to.week), "{}", step.key);
            }
        }
    }

    #[test]
    fn without_school_holidays_the_plan_is_its_weeks_long(notified in starts()) {
        let plan = plan_from(notified, &Calendar::scotland(Vec::new()));
        let expected = monday_of(notified).saturating_add((7 * 21 - 3).days());
        prop_assert_eq!(plan.last_day(), expected);
    }

    #[test]
    fn moving_and_moving_back_restores(
        notified in starts(), calendar in calendars(), step in some_step(), week in 2_u16..30, weekday in 0_i64..5,
        carry: bool,
    ) {
        let plan = plan_from(notified, &calendar);
        let key = plan.steps[step].key.clone();
        let target = plan.monday_of_week(week).saturating_add(weekday.days());
        if let Ok((moved, events)) = plan.apply_move(&key, MoveTo::Day(target), carry, "why", someone(), at()) {
            prop_assert!(!events.is_empty());
            let home = plan.steps[step].span.from;
            let (back, _) = moved.apply_move(&key, MoveTo::Day(home), carry, "back", someone(), at()).unwrap();
            prop_assert_eq!(table(&back), table(&plan));
            prop_assert!(back.steps.iter().all(|step| step.offset == step.template));
        }
    }

    #[test]
    fn a_carried_move_keeps_distances_and_days_off(
        notified in starts(), calendar in calendars(), step in some_step(), week in 2_u16..30, weekday in 0_i64..7,
    ) {
        let plan = plan_from(notified, &calendar);
        let key = plan.steps[step].key.clone();
        let target = plan.monday_of_week(week).saturating_add(weekday.days());
        let Ok(preview) = plan.preview_move(&key, MoveTo::Day(target), true) else { return Ok(()) };
        let moved = preview.plan();
        let shift = |step: &PlannedStep| step.offset.from.index() - step.template.from.index();
        for other in &moved.steps {
            prop_assert!(other.span.from >= notified);
            let later = other.template.from > plan.steps[step].template.from;
            let expected = if later || other.key == key { shift(&moved.steps[step]) } else { 0 };
            prop_assert_eq!(shift(other), expected, "{}", &other.key);
            if other.kind != StepKind::Window && other.key != NOTIFICATION {
                prop_assert!(calendar.is_working_day(other.span.to));
            }
        }
    }
}
