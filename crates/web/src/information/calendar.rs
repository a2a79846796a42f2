//! The calendar file of a webinar or meeting (RFC 5545). A program that has it takes a later one as the same entry: the
//! UID stays, and SEQUENCE grows with each change.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use jiff::Timestamp;
use keyline_domain::clock::in_london;
use keyline_domain::documents::{Block, Run};
use keyline_domain::information::news::{Meeting, State};
use keyline_store::information::news::News;

use super::PUBLIC_CACHE;
use super::news::{seen, text};
use crate::frame::{PageError, PageResult, Visitor};

/// Summer time in the United Kingdom as it has been since 1996: from the last Sunday of March to the last of October, at
/// 01:00 UTC (the Summer Time Order 2002).
const LONDON: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
    BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    TZNAME:BST\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
    TZNAME:GMT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// The file: `/news/NEWS/meeting.ics`.
pub(super) async fn file(visitor: Visitor, Path(id): Path<String>) -> PageResult<Response> {
    let item = seen(&visitor, &id).await?;
    let meeting = item.written.meeting.as_ref().ok_or(PageError::NOT_FOUND)?;
    let calendar = write(&item, meeting, &visitor.cx().settings.public_address);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (CACHE_CONTROL, PUBLIC_CACHE),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"meeting.ics\"")),
    ];
    Ok((headers, calendar).into_response())
}

fn write(item: &News, meeting: &Meeting, site: &str) -> String {
    let off = item.state == State::CalledOff;
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Keyline//Meetings//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    let at = |key: &str, at: Timestamp| {
        let clock = in_london(at).strftime("%Y%m%dT%H%M%S").to_string();
        Property::new(key, clock).add_parameter("TZID", "Europe/London").done()
    };
    let saved = in_london(item.saved_at).with_time_zone(jiff::tz::TimeZone::UTC);
    let stamp = saved.strftime("%Y%m%dT%H%M%SZ").to_string();
    let page = format!("{site}/news/{}", item.id);
    let mut event = Event::with_uid(&format!("{}@keyline", item.id));
    event
        .add_property("DTSTAMP", &stamp)
        .add_property("LAST-MODIFIED", &stamp)
        .add_property("SEQUENCE", item.sequence.to_string())
        .add_property("STATUS", if off { "CANCELLED" } else { "CONFIRMED" })
        .add_property("URL", &page)
        .summary(&item.written.title)
        .description(&description(item, meeting, &page))
        .append_property(at("DTSTART", meeting.starts_at))
        .append_property(at("DTEND", meeting.ends_at));
    let place = if meeting.place.is_empty() { &meeting.link } else { &meeting.place };
    event.location(place);
    calendar.push(event.done());
    // The crate knows no time zones, and a time zone has to stand before what names it.
    calendar.to_string().replacen("BEGIN:VEVENT", &format!("{LONDON}BEGIN:VEVENT"), 1)
}

/// What a block says in plain text: lists keep their items, tables their rows.
fn plain(block: &Block) -> Option<String> {
    let words = |runs: &[Run]| runs.iter().map(Run::plain).collect::<String>();
    let lines = |lines: Vec<String>| Some(lines.join("\n"));
    match block {
        Block::Paragraph { runs } | Block::Quote { runs, .. } => Some(words(runs)),
        Block::Heading { text, .. } => Some(text.clone()),
        Block::Bullets { items } => lines(items.iter().map(|i| format!("- {}", words(i))).collect()),
        Block::Numbered { items } => {
            lines((1..).zip(items).map(|(n, i): (u32, _)| format!("{n}. {}", words(i))).collect())
        }
        Block::Table { header, rows, .. } => {
            lines(std::iter::once(header).chain(rows).map(|row| row.join(" | ")).collect())
        }
        _ => None,
    }
}

fn description(item: &News, meeting: &Meeting, page: &str) -> String {
    let mut lines: Vec<String> = text(&item.written.body).iter().filter_map(plain).collect();
    if !meeting.link.is_empty() && item.state == State::Published {
        lines.push(meeting.link.clone());
    }
    lines.push(page.to_owned());
    lines.join("\n\n")
}
