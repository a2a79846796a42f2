//! The plan of reading: days and hours, pairs with what each reads, what is read twice and how it was drawn.

use jiff::civil::Time;
use keyline_domain::access::Action;
use keyline_domain::clock::{at_london, in_london};
use keyline_domain::records::pairs::RULE;
use keyline_operations::Result;
use keyline_operations::records::{
    DrawTwice, ExtendReadingWindow, SetReadingWindow, draw_twice, extend_reading_window, give_out,
    set_reading_window, twice_again,
};
use keyline_store::records::plan::{self, Twice};
use maud::{Markup, html};

use super::{Stand, crumbs};
use crate::components::{
    Choice, Column, DateTyped, Field, Tone, button, data_table, date_field, details, empty_state, form,
    hidden, link_button_secondary, number_field, radios, summary_list, tag, text_area, text_field,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Sets days and hours.
pub(super) async fn window(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = SetReadingWindow {
        inspection: scope.grant.inspection(),
        first_day: DateTyped::of("first-day", |name| typed.get(name)).date(),
        opens: time(typed.get("opens")),
        closes: time(typed.get("closes")),
        version: typed.parse("version").unwrap_or(0),
    };
    let done = set_reading_window(visitor.cx(), visitor.actor(), input).await;
    answered(&visitor, &scope, &typed, done, "reading-window-set").await
}

/// Lets records stay open longer.
pub(super) async fn extend(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let day = DateTyped::of("until", |name| typed.get(name)).date();
    let until = day.zip(time(typed.get("until-time"))).and_then(|(day, time)| at_london(day, time).ok());
    let input = ExtendReadingWindow {
        inspection: scope.grant.inspection(),
        at_once: typed.has("begins", "now"),
        until,
        reason: typed.get("reason").to_owned(),
        version: typed.parse("version").unwrap_or(0),
    };
    let done = extend_reading_window(visitor.cx(), visitor.actor(), input).await;
    answered(&visitor, &scope, &typed, done, "reading-window-extended").await
}

/// Draws what is read twice.
pub(super) async fn twice(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = DrawTwice { inspection: scope.grant.inspection(), number: typed.parse("number") };
    let done = draw_twice(visitor.cx(), visitor.actor(), input).await.map(|_| ());
    answered(&visitor, &scope, &typed, done, "reading-twice-drawn").await
}

/// Gives out what is not given out yet.
pub(super) async fn give(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let done = give_out(visitor.cx(), visitor.actor(), scope.grant.inspection()).await.map(|_| ());
    answered(&visitor, &scope, &typed, done, "reading-given-out").await
}

/// A time of day as people write it: 9:00, 09:00 or 9.
fn time(typed: &str) -> Option<Time> {
    let mut parts = typed.trim().split([':', '.']);
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next().map_or(Ok(0), str::parse).ok()?;
    Time::new(hour, minute, 0, 0).ok().filter(|_| parts.next().is_none())
}

async fn answered(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    done: Result<()>,
    word: &str,
) -> PageResult {
    match super::done(scope, done, "plan", word) {
        Ok(response) => Ok(response),
        Err(refused) => render(visitor, scope, typed, &Problems::from_refusal(visitor, refused)?).await,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let drawn = plan::twice(&mut stand.reader, &scope.grant).await?;
    let plans = scope.grant.permits(Action::PlanReading);
    let body = html! {
        p class="kl_lead" { (w.t("reading-plan-lead")) }
        h2 { (w.t("reading-hours")) }
        (hours(visitor, &stand)?)
        @if plans { (hours_forms(visitor, scope, &stand, typed, problems)?) }
        h2 { (w.t("reading-pairs")) }
        (pairs(visitor, &stand))
        @if plans {
            p { (link_button_secondary(&scope.href("records/plan/pairs"), &w.t("reading-pairs-change"))) }
        }
        h2 { (w.t("reading-twice")) }
        (twice_part(visitor, scope, &stand, drawn.as_ref(), plans, typed, problems))
        h2 { (w.t("reading-given")) }
        p { (w.with("reading-rule", &[("rule", &RULE)])) }
        (details(&w.t("reading-rule-title"), &html! { ol {
            @for step in ["reading-rule-1", "reading-rule-2", "reading-rule-3", "reading-rule-4"] { li { (w.t(step)) } }
        } }))
        p { a href=(scope.href("records/timetable")) { (w.t("reading-timetable")) } }
        @if plans {
            @if all_given(&stand, drawn.as_ref()) { p { (w.t("reading-all-given")) } }
            @else {
                (form(&scope.href("records/plan/give-out"), &html! {
                    p { (w.t("reading-give-out-text")) }
                    (button(&w.t("reading-give-out")))
                }))
            }
            h2 { (w.t("reading-health")) }
            p { (w.with("reading-health-count", &[("count", &stand.reading.health.len())])) }
            p { a href=(scope.href("records/plan/health")) { (w.t("reading-health-change")) } }
        }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("reading-plan"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[]);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Whether there are records, and nothing is left to be given out.
fn all_given(stand: &Stand, twice: Option<&Twice>) -> bool {
    let twice = twice.map(|t| t.drawn.as_slice()).unwrap_or_default();
    !stand.reading.tasks.is_empty() && stand.reading.to_give_out(twice).is_empty()
}

fn hours(visitor: &Visitor, stand: &Stand) -> PageResult<Markup> {
    let w = visitor.words();
    let rule = &visitor.cx().programme(&stand.inspection)?.record_reading.value;
    let Some(set) = &stand.reading.window else {
        return Ok(empty_state(
            &w.t("reading-window-none"),
            &w.with("reading-window-none-text", &[("days", &rule.days)]),
            None,
        ));
    };
    let days = set.window.all_days();
    let said: Vec<String> = days.iter().map(|day| w.date_long(*day)).collect();
    let from_to = [
        ("opens", &clock(set.window.opens) as &dyn std::fmt::Display),
        ("closes", &clock(set.window.closes)),
    ];
    let mut rows = vec![
        (w.t("reading-days"), html! { (said.join(", ")) }),
        (w.t("reading-each-day"), html! { (w.with("reading-from-to", &from_to)) }),
    ];
    if let Some(more) = set.window.extension {
        let [from, until] = [more.from, more.until].map(|at| w.date_time(&in_london(at)));
        rows.push((
            w.t("reading-extended"),
            html! { (w.with("reading-extended-is", &[("from", &from), ("until", &until), ("reason", &set.reason)])) },
        ));
    }
    Ok(summary_list(&rows))
}

/// A time of day without seconds.
pub(super) fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn hours_forms(
    visitor: &Visitor,
    scope: &Scope,
    stand: &Stand,
    typed: &Typed,
    problems: &Problems,
) -> PageResult<Markup> {
    let w = visitor.words();
    let rule = &visitor.cx().programme(&stand.inspection)?.record_reading.value;
    let set = stand.reading.window.as_ref();
    let version = set.map_or(0, |s| s.version);
    let or = |name: &str, other: String| {
        if typed.get(name).is_empty() { other } else { typed.get(name).to_owned() }
    };
    let day = |name: &str, other: Option<jiff::civil::Date>| {
        let typed = DateTyped::of(name, |name| typed.get(name));
        if typed.is_empty() { other.map(DateTyped::from).unwrap_or_default() } else { typed }
    };
    let begun = !stand.reading.readings.is_empty();
    let field = |name: &'static str, key: &str| Field::new(name, w.t(key)).error(problems.on(name));
    let opens = clock(set.map_or(rule.opens, |s| s.window.opens));
    let closes = clock(set.map_or(rule.closes, |s| s.window.closes));
    let setting = html! {
        (hidden("version", version))
        (date_field(&field("first-day", "reading-first-day")
            .hint(w.with("reading-first-day-hint", &[("days", &rule.days)])), &day("first-day", set.map(|s| s.window.first_day)), w))
        (text_field(&field("opens", "reading-opens").hint(w.t("reading-time-hint")).value(or("opens", opens)), "text"))
        (text_field(&field("closes", "reading-closes").value(or("closes", closes)), "text"))
        (button(&w.t("reading-set-hours")))
    };
    let last = set.and_then(|s| s.window.all_days().last().copied());
    let extending = html! {
        (hidden("version", version))
        (radios(&field("begins", "reading-begins"), &["last", "now"].map(|begins| {
            let chosen = typed.has("begins", begins) || typed.get("begins").is_empty() && begins == "last";
            Choice::new(begins, w.t(&format!("reading-begins-{begins}")), chosen)
        })))
        (date_field(&field("until", "reading-until"), &day("until", last), w))
        (text_field(&field("until-time", "reading-until-time").hint(w.t("reading-time-hint")).value(typed.get("until-time")), "text"))
        (text_area(&field("reason", "reading-reason").value(typed.get("reason")), 2))
        (button(&w.t("reading-extend")))
    };
    Ok(html! {
        @if !begun { (details(&w.t("reading-set-hours"), &form(&scope.href("records/plan/window"), &setting))) }
        @if set.is_some() { (details(&w.t("reading-extend"), &form(&scope.href("records/plan/extend"), &extending))) }
    })
}

fn pairs(visitor: &Visitor, stand: &Stand) -> Markup {
    let w = visitor.words();
    let now = &stand.reading;
    let tasks = now.tasks_now();
    let rows: Vec<Vec<Markup>> = now
        .live()
        .map(|pair| {
            let of = |turn: u8| tasks.iter().filter(|t| t.pair == pair.id && t.turn == turn).count();
            let finished = tasks
                .iter()
                .filter(|t| t.pair == pair.id)
                .filter(|t| {
                    now.reading(&t.label, t.pair)
                        .is_some_and(|r| r.state == keyline_store::records::ReadingState::Finished)
                })
                .count();
            vec![
                html! { (w.with("reading-pair-is", &[("name", &pair.name)])) },
                html! { (pair.names()) },
                html! { (of(1)) },
                html! { (of(2)) },
                html! { (finished) },
                html! { @if now.pair_entitled(pair.id) { (tag(Tone::Active, &w.t("reading-health-yes"))) }
                @else { (w.t("reading-health-no")) } },
            ]
        })
        .collect();
    if rows.is_empty() {
        return empty_state(&w.t("reading-no-pairs"), &w.t("reading-no-pairs-text"), None);
    }
    let titles = [
        "reading-pair",
        "reading-people",
        "reading-first",
        "reading-second",
        "records-reading-finished",
        "reading-health-part",
    ];
    let titles = titles.map(|key| w.t(key));
    let [pair, people, first, second, finished, health] = titles.each_ref().map(String::as_str);
    let columns = [
        Column::text(pair),
        Column::text(people),
        Column::number(first),
        Column::number(second),
        Column::number(finished),
        Column::text(health),
    ];
    data_table(&w.t("reading-pairs"), &columns, &rows)
}

fn twice_part(
    visitor: &Visitor,
    scope: &Scope,
    stand: &Stand,
    drawn: Option<&Twice>,
    plans: bool,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    if let Some(twice) = drawn {
        let (tone, key) = if twice_again(twice) {
            (Tone::Good, "records-again-yes")
        } else {
            (Tone::Bad, "reading-again-no")
        };
        let at = w.date_time(&in_london(twice.drawn_at));
        return html! {
            p { (w.with("reading-twice-is", &[("drawn", &twice.drawn.len()), ("of", &twice.labels.len()), ("at", &at)]))
                " " (tag(tone, &w.t(key))) }
            (summary_list(&[
                (w.t("records-labels"), html! { (twice.drawn.join(", ")) }),
                (w.t("records-method"), html! { (twice.method) }),
                (w.t("records-seed"), html! { code class="kl_code" { (twice.seed) } }),
            ]))
            (details(&w.t("reading-twice-from"), &html! { p { (w.t("reading-twice-from-text")) } p { (twice.labels.join(", ")) } }))
        };
    }
    let most = stand.reading.in_use().len();
    html! {
        p { (w.t("reading-twice-text")) }
        @if most == 0 { p { (w.t("wait-sample")) } }
        @else if plans {
            (form(&scope.href("records/plan/twice"), &html! {
                (number_field(&Field::new("number", w.t("reading-twice-number"))
                    .hint(w.with("reading-twice-hint", &[("most", &most)]))
                    .value(typed.get("number")).error(problems.on("number"))))
                (button(&w.t("reading-twice-draw")))
            }))
        } @else { p { (w.t("reading-twice-none")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (typed, is) in [("9", Some("09:00")), ("08:30", Some("08:30")), ("17.45", Some("17:45"))] {
            assert_eq!(time(typed).map(clock).as_deref(), is, "{typed}");
        }
        for wrong in ["", "nine", "25:00", "8:75", "8:30:00"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
