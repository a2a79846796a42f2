//! Fictional pictures for the tests and for the eye: a 21-week plan, survey answers, grades.

use keyline_charts::Picture;
use keyline_charts::bars::{Bar, Bars};
use keyline_charts::gantt::{Gantt, Group, Lane, Mark, Shape, State, Words};
use keyline_charts::stacked::{Part, Row, Stacked};

/// Every sample with its name.
pub(crate) fn all() -> Vec<(&'static str, Picture)> {
    vec![
        ("gantt", plan().draw()),
        ("bars", answers().draw()),
        ("bars-narrow", answers().draw_narrow()),
        ("stacked", grades().draw()),
        ("stacked-narrow", grades().draw_narrow()),
    ]
}

fn mark(from: i32, to: i32, label: &str) -> Mark {
    Mark { from, to, label: label.to_owned() }
}

/// Day 0 is Monday 19 January; weeks 5, 11, 12 of the calendar are holidays, as is the summer.
pub(crate) fn plan() -> Gantt {
    let uncounted = [(28, 34, "February holiday"), (77, 90, "Spring holiday")];
    let mut number = 0;
    let weeks = (0..26)
        .map(|week| {
            let from = week * 7;
            let off = week > 23 || uncounted.iter().any(|(first, last, _)| (*first..=*last).contains(&from));
            number += i32::from(!off);
            mark(from, from + 6, &if off { String::new() } else { number.to_string() })
        })
        .collect();
    Gantt {
        id: "plan".to_owned(),
        title: "Plan of the inspection in Strathmarnock".to_owned(),
        description: "Four phases from notification on 19 January to publication on 30 June 2026. \
                      One step is overdue: the document return. The table below has every date."
            .to_owned(),
        from: 0,
        to: 26 * 7 - 1,
        months: vec![
            mark(0, 12, "January"),
            mark(13, 40, "February"),
            mark(41, 71, "March"),
            mark(72, 101, "April"),
            mark(102, 132, "May"),
            mark(133, 162, "June"),
            mark(163, 193, "July"),
        ],
        weeks,
        week_heading: "Week".to_owned(),
        uncounted: uncounted.iter().map(|(from, to, label)| mark(*from, *to, label)).collect(),
        today: Some((38, "Today, 26 February".to_owned())),
        categories: [
            "Inspection team",
            "Partnership",
            "Staff",
            "Children and young people",
            "Parents and carers",
            "Public",
        ]
        .map(str::to_owned)
        .to_vec(),
        groups: groups(),
        words: Words {
            done: "Done".to_owned(),
            overdue: "Overdue".to_owned(),
            uncounted: "School holidays: weeks not counted".to_owned(),
        },
    }
}

fn groups() -> Vec<Group> {
    use Shape::{Bar, Diamond, Open};
    use State::{Done, Overdue, Plain};
    let lane = |label: &str, dates: &str, from, to, shape, categories: &[usize], state| Lane {
        label: label.to_owned(),
        dates: dates.to_owned(),
        says: format!("{label}: {dates}"),
        from,
        to,
        shape,
        categories: categories.to_vec(),
        state,
    };
    let group = |title: &str, span, lanes| Group { title: title.to_owned(), span: Some(span), lanes };
    vec![
        group(
            "Preparation",
            (0, 25),
            vec![
                lane("Notification", "19 Jan", 0, 0, Diamond, &[0, 1], Done),
                lane(
                    "First meeting with the inspection coordinator and participation lead",
                    "27 Jan",
                    8,
                    8,
                    Diamond,
                    &[0, 1],
                    Done,
                ),
                lane("Pre-inspection return", "6 Feb", 18, 18, Diamond, &[1], Done),
                lane("Document return", "13 Feb", 25, 25, Diamond, &[1], Overdue),
            ],
        ),
        group(
            "Gathering information",
            (21, 95),
            vec![
                lane("Staff survey", "9 Feb – 13 Mar", 21, 53, Bar, &[2, 0], Plain),
                lane("Survey of children and young people", "9 Feb – 20 Mar", 21, 60, Bar, &[3], Plain),
                lane("Survey of parents and carers", "9 Feb – 20 Mar", 21, 60, Bar, &[4], Plain),
                lane("Professional discussion 1", "25 Feb", 37, 37, Diamond, &[0, 1], Overdue),
                lane("Team analyses the written evidence", "2 – 6 Mar", 42, 46, Bar, &[0], Plain),
                lane("Reading of children's records", "16 – 20 Mar", 56, 60, Bar, &[0, 1], Plain),
                lane("Professional discussion 2", "22 Apr", 93, 93, Diamond, &[0, 1], Plain),
            ],
        ),
        group(
            "Engagement",
            (98, 123),
            vec![
                lane(
                    "Engagement with staff, children, young people and families on site",
                    "27 Apr – 1 May",
                    98,
                    102,
                    Bar,
                    &[0, 1, 2, 3, 4],
                    Plain,
                ),
                lane("Final analysis", "4 – 8 May", 105, 109, Bar, &[0], Plain),
                lane("Professional discussion 3", "20 May", 121, 121, Diamond, &[0, 1], Plain),
            ],
        ),
        group(
            "Reporting",
            (126, 165),
            vec![
                lane(
                    "Quality and consistency panel; first draft to the partnership",
                    "5 Jun",
                    137,
                    137,
                    Diamond,
                    &[0, 1],
                    Plain,
                ),
                lane("Embargoed report to the partnership", "22 Jun", 154, 154, Diamond, &[0, 1], Plain),
                lane("Report and video published", "30 Jun", 162, 162, Diamond, &[5, 0], Plain),
                lane("Action plan and follow-up", "from 6 Jul", 168, 168, Open, &[1], Plain),
            ],
        ),
    ]
}

/// Answers to a fictional staff survey.
pub(crate) fn answers() -> Bars {
    let bar = |label: &str, value: Option<f64>, shown: &str, interval| Bar {
        label: label.to_owned(),
        value,
        shown: shown.to_owned(),
        interval,
        category: 0,
    };
    Bars {
        id: "answers".to_owned(),
        title: "Staff who agree".to_owned(),
        description: "Share of staff who agree with each statement, with its 95% interval.".to_owned(),
        whole: Some(100.0),
        bars: vec![
            bar(
                "Children in need of care are identified early",
                Some(81.0),
                "81% (146 of 180)",
                Some((74.8, 86.1)),
            ),
            bar(
                "I have the time I need to build a relationship with each child",
                Some(44.0),
                "44% (79 of 180)",
                Some((36.8, 51.2)),
            ),
            bar("Plans are reviewed on time", Some(63.0), "63% (113 of 179)", Some((55.9, 69.9))),
            bar("My manager supports me", Some(100.0), "100% (9 of 9)", Some((70.1, 100.0))),
            bar("Night staff are asked for their view", None, "too few to show", None),
        ],
    }
}

/// Grades given by the fictional inspectors, by indicator.
pub(crate) fn grades() -> Stacked {
    let row = |label: &str, counts: [u32; 6], total: &str| Row {
        label: label.to_owned(),
        parts: counts.iter().map(|n| Part { value: f64::from(*n), shown: n.to_string() }).collect(),
        total: total.to_owned(),
    };
    Stacked {
        id: "grades".to_owned(),
        title: "Grades by indicator".to_owned(),
        description: "How many inspectors gave each grade to each of four indicators.".to_owned(),
        steps: ["Excellent", "Very good", "Good", "Adequate", "Weak", "Unsatisfactory"]
            .map(str::to_owned)
            .to_vec(),
        whole: None,
        rows: vec![
            row("2.1 Impact on children and young people", [0, 4, 8, 3, 1, 0], "n = 16"),
            row("5.3 Care planning, managing risk and effective intervention", [1, 2, 5, 6, 2, 1], "n = 17"),
            row("5.4 Involving children, young people and families", [3, 6, 4, 2, 0, 0], "n = 15"),
            row("9.2 Leadership of strategy and direction", [0, 0, 0, 0, 0, 0], "too few"),
        ],
    }
}
