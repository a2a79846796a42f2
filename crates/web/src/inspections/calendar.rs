//! The calendar of a person: the page that makes and ends its private address, and the feed behind it.
//!
//! The feed holds whole days only, so that it needs no time zone. An entry is known by inspection and step and its
//! sequence grows with each change of the step, so that a program updates it in place.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use icalendar::{Calendar, Component as _, Event, Property};
use jiff::ToSpan as _;
use keyline_domain::clock::{day_of, in_london};
use keyline_domain::inspections::plan::StepKind;
use keyline_operations::inspections::{acts_in, calendar_owner, end_calendar, make_calendar};
use keyline_store::inspections::mine::{self, Mine};
use keyline_store::inspections::plan::{self, StepRow};
use keyline_words::Words;
use maud::{Markup, html};

use super::once::shown_once;
use crate::components::{Width, button, button_warning, form};
use crate::frame::{PageError, PageResult, Visitor};

/// How often a program should ask again.
const REFRESH: &str = "PT6H";

/// The page of a person's calendar.
pub(super) async fn page(visitor: Visitor) -> PageResult {
    show(&visitor, None).await
}

/// Makes an address, and shows it once.
pub(super) async fn make(visitor: Visitor) -> PageResult {
    let address = make_calendar(visitor.cx(), visitor.actor()).await?;
    show(&visitor, Some(&address)).await
}

/// Ends the address.
pub(super) async fn end(visitor: Visitor) -> PageResult {
    end_calendar(visitor.cx(), visitor.actor()).await?;
    Ok(Redirect::to("/calendar?done=calendar-ended").into_response())
}

async fn show(visitor: &Visitor, address: Option<&str>) -> PageResult {
    let w = visitor.words();
    let person = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.id;
    let mut reader = visitor.cx().read().await?;
    let since = mine::feed_since(&mut reader, person).await?;
    let body: Markup = html! {
        p { (w.t("calendar-what")) }
        @if let Some(address) = address {
            p { (w.t("calendar-shown-once")) }
            (shown_once("address", &w.t("calendar-address"), address))
        }
        @if let Some(since) = since {
            p { (w.with("calendar-since", &[("day", &w.date(day_of(since)))])) }
            (form("/calendar", &button(&w.t("calendar-anew"))))
            (form("/calendar/end", &button_warning(&w.t("calendar-end"))))
        } @else {
            p { (w.t("calendar-none")) }
            (form("/calendar", &button(&w.t("calendar-make"))))
        }
    };
    let mut layout = visitor.layout(w.t("calendar-title"), body);
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}

/// The feed: `/calendar/TOKEN.ics`.
pub(super) async fn feed(visitor: Visitor, Path(name): Path<String>) -> PageResult<Response> {
    let token = name.strip_suffix(".ics").ok_or(PageError::NOT_FOUND)?;
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let person = calendar_owner(&mut reader, token).await?.ok_or(PageError::NOT_FOUND)?;
    let account = keyline_store::people::find(&mut reader, person).await?.ok_or(PageError::NOT_FOUND)?;
    let inspections = mine::list(&mut reader, person).await?;
    let steps = plan::steps_of(&mut reader, person).await?;
    drop(reader);
    let w = visitor.app().words(&account.language);
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Keyline//Plan of inspections//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.name(&w.t("calendar-name"));
    calendar.append_property(
        Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done(),
    );
    calendar.append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    for mine in inspections.iter().filter(|m| open(m)) {
        let area = cx
            .library
            .council(&mine.inspection.area)
            .map_or(mine.inspection.area.as_str(), |c| c.name.as_str());
        let own = steps.iter().filter(|(id, _)| *id == mine.inspection.id);
        for (_, row) in own.filter(|(_, row)| acts_in(&mine.standing.roles, &row.step)) {
            calendar.push(entry(w, mine, area, row, &cx.settings.public_address));
        }
    }
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "inline; filename=\"keyline.ics\""),
    ];
    Ok((headers, calendar.to_string()).into_response())
}

// As the gate has it: the team's inspections open with the declaration, the partnership's at once.
fn open(mine: &Mine) -> bool {
    let team = mine.standing.roles.iter().any(|r| r.side() != keyline_domain::access::Side::Partnership);
    (mine.standing.declared || !team) && mine.inspection.closed_on.is_none()
}

// The title holds area and step, which everybody in the inspection may know, and nothing that was found.
fn entry(w: Words<'_>, mine: &Mine, area: &str, row: &StepRow, address: &str) -> Event {
    let step = &row.step;
    let title = format!("{area}: {}", step.title);
    let title = if step.done.is_some() { w.with("calendar-done", &[("title", &title)]) } else { title };
    let last = if step.kind == StepKind::After { step.span.from } else { step.span.to };
    let day = |date: jiff::civil::Date| date.strftime("%Y%m%d").to_string();
    let date = |key: &str, on| Property::new(key, day(on)).add_parameter("VALUE", "DATE").done();
    let changed = in_london(row.changed_at).with_time_zone(jiff::tz::TimeZone::UTC);
    let mut event = Event::with_uid(&format!("{}.{}@keyline", step.key, mine.inspection.id));
    event
        .add_property("DTSTAMP", changed.strftime("%Y%m%dT%H%M%SZ").to_string())
        .add_property("LAST-MODIFIED", changed.strftime("%Y%m%dT%H%M%SZ").to_string())
        .add_property("SEQUENCE", row.sequence.to_string())
        .add_property("SUMMARY", title)
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("URL", format!("{address}/inspections/{}/plan", mine.inspection.reference))
        .append_property(date("DTSTART", step.span.from))
        // The end of an entry of whole days is the day after its last.
        .append_property(date("DTEND", last.saturating_add(1.day())));
    event.done()
}
