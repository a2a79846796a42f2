//! News, webinars and meetings: what is told beside the pages of a programme.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::clock::at_london;
use crate::evidence::{TITLE_LIMIT, text_problem, worded};
use crate::reasons::{FieldProblem, Reason};

/// Most characters of the text of an item.
pub const BODY_LIMIT: usize = 10_000;
/// Most characters of a place, of a link, and of the reason for taking something back.
pub const LINE_LIMIT: usize = 500;
/// Most days from the begin of a meeting to its end.
const LONGEST_DAYS: i64 = 7;
/// Most days that the day of an item may lie back when it is published: an older one is a slip of the hand. Ours.
const OLDEST_DAYS: i64 = 366;
/// Most days ahead on which a meeting that is published may begin. Ours.
const FARTHEST_DAYS: i64 = 732;

worded! {
    /// What is told.
    Kind {
        /// Something that happened or changed.
        News = "news",
        /// A talk on the web.
        Webinar = "webinar",
        /// A meeting at a place, or a call.
        Meeting = "meeting",
    }
}

worded! {
    /// Where an item stands.
    State {
        /// Only editors see it.
        Draft = "draft",
        /// Everybody sees it.
        Published = "published",
        /// News that was taken back: its page says so and why, and no list has it.
        Withdrawn = "withdrawn",
        /// A meeting that does not take place: it stays in the list, marked.
        CalledOff = "called-off",
    }
}

impl Kind {
    /// Whether it has a begin and an end.
    pub fn is_meeting(self) -> bool {
        self != Self::News
    }

    /// The state in which something of this kind is that was taken back.
    pub fn taken_back(self) -> State {
        if self.is_meeting() { State::CalledOff } else { State::Withdrawn }
    }
}

/// When and where a meeting is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Where; may be empty when there is a link.
    pub place: String,
    /// The web address at which one takes part; may be empty when there is a place.
    pub link: String,
    /// Keys of the audiences of the programme for whom it is.
    pub audiences: BTreeSet<String>,
}

/// An item as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What is told.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Text, Markdown.
    pub body: String,
    /// Id of the programme; empty for all.
    pub programme: String,
    /// Key of the area; empty for none.
    pub area: String,
    /// The day it bears; of a meeting the day on which it is announced.
    pub day: Date,
    /// Of a meeting, when and where.
    pub meeting: Option<Meeting>,
}

/// A day and two times of the clock in Scotland as instants: begin and end of a meeting. It ends on the day on which it
/// begins: an end that comes first is a slip of the hand, and [`Written::problems`] says so.
pub fn span(day: Date, from: Time, to: Time) -> Option<(Timestamp, Timestamp)> {
    Some((at_london(day, from).ok()?, at_london(day, to).ok()?))
}

impl Written {
    /// What is wrong with it. `audiences` are those of the programme; any, when it is for all programmes.
    pub fn problems(&self, audiences: &[&str]) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (field, text, most) in [("title", &self.title, TITLE_LIMIT), ("body", &self.body, BODY_LIMIT)] {
            problems.extend(text_problem(field, text, most));
        }
        let mut say = |field: &str, reason| problems.push(FieldProblem::new(field, reason));
        if self.kind.is_meeting() {
            let Some(meeting) = &self.meeting else {
                say("starts_on", Reason::new("news-when-missing"));
                return problems;
            };
            let longest = meeting.starts_at.checked_add(jiff::SignedDuration::from_hours(24 * LONGEST_DAYS));
            if meeting.ends_at <= meeting.starts_at || longest.is_ok_and(|longest| meeting.ends_at > longest)
            {
                say("ends", Reason::new("news-ends-before"));
            }
            if meeting.place.trim().is_empty() && meeting.link.trim().is_empty() {
                say("place", Reason::new("news-place-or-link"));
            }
            for (field, text) in [("place", &meeting.place), ("link", &meeting.link)] {
                if text.chars().count() > LINE_LIMIT {
                    let over = text.chars().count() - LINE_LIMIT;
                    say(field, Reason::new("problem-text-long").with("limit", LINE_LIMIT).with("over", over));
                }
            }
            let link = meeting.link.trim();
            if !link.is_empty() && (!link.starts_with("https://") || link.contains(char::is_whitespace)) {
                say("link", Reason::new("news-link-https"));
            }
            if meeting.audiences.is_empty()
                || meeting.audiences.iter().any(|a| !audiences.contains(&a.as_str()))
            {
                say("audience", Reason::new("news-audience-missing"));
            }
        }
        problems
    }

    /// What keeps it from becoming public now, beside [`Self::problems`]: its day is still to come or long gone, the meeting
    /// is over or years away. Of something that is public already this is asked for what was changed.
    pub fn publish_problems(&self, today: Date, now: Timestamp) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut say = |field: &str, key: &str| problems.push(FieldProblem::new(field, Reason::new(key)));
        if self.day > today {
            say("day", "news-day-to-come");
        } else if today.checked_sub(OLDEST_DAYS.days()).is_ok_and(|first| self.day < first) {
            say("day", "news-day-long-ago");
        }
        if let Some(meeting) = &self.meeting {
            let last = now.checked_add(jiff::SignedDuration::from_hours(24 * FARTHEST_DAYS));
            if meeting.ends_at <= now {
                say("starts_on", "news-meeting-over");
            } else if last.is_ok_and(|last| meeting.starts_at > last) {
                say("starts_on", "news-meeting-far");
            }
        }
        problems
    }
}

/// What is wrong with the reason for taking an item back.
pub fn reason_problems(reason: &str) -> Vec<FieldProblem> {
    Vec::from_iter(text_problem("reason", reason, LINE_LIMIT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn webinar() -> Written {
        let (starts_at, ends_at) = span(date(2026, 7, 8), time(14, 0, 0, 0), time(15, 0, 0, 0)).unwrap();
        let audiences = BTreeSet::from(["coordinators".to_owned()]);
        let link = "https://example.test/webinar".to_owned();
        Written {
            kind: Kind::Webinar,
            title: "Fictional webinar".into(),
            body: "What it is about.".into(),
            programme: "p".into(),
            area: String::new(),
            day: date(2026, 6, 1),
            meeting: Some(Meeting { starts_at, ends_at, place: String::new(), link, audiences }),
        }
    }

    fn fields(written: &Written) -> Vec<String> {
        written.problems(&["coordinators", "staff"]).into_iter().map(|p| p.field).collect()
    }

    #[test]
    fn a_meeting_says_when_where_and_for_whom() {
        assert!(fields(&webinar()).is_empty());
        let wrong = |change: fn(&mut Meeting), field: &str| {
            let mut written = webinar();
            change(written.meeting.as_mut().unwrap());
            assert_eq!(fields(&written), [field]);
        };
        wrong(|m| m.ends_at = m.starts_at, "ends");
        wrong(|m| m.ends_at += jiff::SignedDuration::from_hours(24 * 8), "ends");
        wrong(|m| m.link.clear(), "place");
        wrong(|m| m.link = "javascript:alert(1)".into(), "link");
        wrong(|m| m.audiences.clear(), "audience");
        wrong(|m| m.audiences.extend(["pets".to_owned()]), "audience");
        assert_eq!(fields(&Written { meeting: None, ..webinar() }), ["starts_on"]);
        let news =
            Written { kind: Kind::News, meeting: None, title: " ".into(), body: String::new(), ..webinar() };
        assert_eq!(fields(&news), ["title", "body"]);
    }

    #[test]
    fn times_are_those_of_scotland() {
        let (from, to) = span(date(2026, 7, 8), time(22, 0, 0, 0), time(23, 0, 0, 0)).unwrap();
        assert_eq!(
            (from.to_string(), to.to_string()),
            ("2026-07-08T21:00:00Z".into(), "2026-07-08T22:00:00Z".into())
        );
    }

    #[test]
    fn a_meeting_that_ends_before_or_when_it_begins_is_refused_and_not_moved_to_the_next_day() {
        for to in [time(14, 0, 0, 0), time(13, 0, 0, 0), time(1, 0, 0, 0)] {
            let mut written = webinar();
            let (starts_at, ends_at) = span(date(2026, 7, 8), time(14, 0, 0, 0), to).unwrap();
            let meeting = written.meeting.as_mut().unwrap();
            (meeting.starts_at, meeting.ends_at) = (starts_at, ends_at);
            assert_eq!(fields(&written), ["ends"], "{to}");
        }
    }

    #[test]
    fn nothing_is_published_before_its_day_and_no_meeting_that_is_over() {
        let (today, noon) = (date(2026, 6, 1), at_london(date(2026, 6, 1), time(12, 0, 0, 0)).unwrap());
        let wrong = |change: &dyn Fn(&mut Written)| {
            let mut written = webinar();
            change(&mut written);
            written.publish_problems(today, noon).into_iter().map(|p| p.reason.key).collect::<Vec<_>>()
        };
        let at = |y| span(date(y, 6, 1), time(10, 0, 0, 0), time(11, 0, 0, 0)).unwrap();
        let moved = |w: &mut Written, year| {
            let meeting = w.meeting.as_mut().unwrap();
            (meeting.starts_at, meeting.ends_at) = at(year);
        };
        assert_eq!(wrong(&|_| {}), Vec::<String>::new());
        assert_eq!(wrong(&|w| w.day = date(2026, 6, 2)), ["news-day-to-come"]);
        assert_eq!(wrong(&|w| w.day = date(206, 6, 1)), ["news-day-long-ago"]);
        assert_eq!(wrong(&|w| moved(w, 2026)), ["news-meeting-over"]);
        assert_eq!(wrong(&|w| moved(w, 2062)), ["news-meeting-far"]);
    }

    #[test]
    fn what_was_taken_back_is_a_matter_of_the_kind() {
        assert_eq!(Kind::News.taken_back(), State::Withdrawn);
        assert_eq!(Kind::Webinar.taken_back(), State::CalledOff);
        assert_eq!(reason_problems("").len(), 1);
    }
}
