//! The room's first page: whether the sample is drawn, how much of it is read, and the doors that are open.

use keyline_domain::access::Action;
use keyline_domain::inspections::way::Step;
use keyline_store::records::{Reading, ReadingState};
use maud::{Markup, html};

use super::Stand;
use crate::components::{card, cards, figure_tile, figures, link_button, progress_bar};
use crate::frame::{PageError, PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let doors = doors(&visitor, &scope);
    if doors.is_empty() {
        return Err(PageError::NOT_FOUND);
    }
    let stand = Stand::of(&visitor, &scope).await?;
    let pair = stand.reading.pair_of(scope.grant.person_id()).map(|pair| pair.id);
    let own: Vec<&Reading> =
        stand.reading.readings.iter().filter(|r| pair.is_some() && r.pair == pair).collect();
    let finished = own.iter().filter(|r| r.state == ReadingState::Finished).count();
    let body = html! {
        p class="kl_lead" { (w.t("records-lead")) }
        (sample(&visitor, &scope, &stand))
        @if scope.grant.permits(Action::ReadRecord) && stand.drawn.is_some() {
            (figures(&html! {
                (figure_tile(&(own.len() - finished).to_string(), &w.t("records-own-begun"), None))
                (figure_tile(&finished.to_string(), &w.t("records-own-finished"), None))
            }))
        }
        (cards(&html! { @for door in &doors { (door) } }))
    };
    let title = w.t("room-records");
    Ok(visitor.show(&frame(&visitor, &scope, &stand.inspection, Room::Records, title, body)))
}

fn doors(visitor: &Visitor, scope: &Scope) -> Vec<Markup> {
    let w = visitor.words();
    let mut doors = Vec::new();
    let mut door = |action, path: &str, title: &str, text: &str| {
        if scope.grant.permits(action) {
            doors.push(card(&scope.href(path), &w.t(title), &html! { p { (w.t(text)) } }));
        }
    };
    door(Action::ReadRecord, "records/readings", "records-readings", "records-readings-text");
    door(Action::SeeSample, "records/sample", "records-sample", "records-sample-text");
    door(Action::SeeReadingPlan, "records/plan", "reading-plan", "reading-plan-text");
    door(Action::SeeReadingPlan, "records/training", "reading-training", "reading-training-text");
    door(Action::SeeReadingPlan, "records/timetable", "reading-timetable", "reading-timetable-text");
    door(Action::SeeReadings, "records/team", "records-team", "records-team-text");
    door(Action::SeeReadings, "records/team/agreement", "records-agreement", "reading-agreement-text");
    door(Action::SeeReadings, "records/team/results", "records-results", "records-results-text");
    door(Action::SeeReadings, "records/team/indicators", "reading-indicators", "reading-indicators-text");
    doors
}

fn sample(visitor: &Visitor, scope: &Scope, stand: &Stand) -> Markup {
    let w = visitor.words();
    if stand.drawn.is_some() {
        let p = &stand.progress;
        return progress(visitor, p.records_read, p.sample);
    }
    if let Some(why) = stand.not_yet(visitor, Step::DrawSample, "records-draw-not-yet") {
        return why;
    }
    html! {
        p { (w.t("records-can-be-drawn")) }
        @if scope.grant.permits(Action::DrawSample) {
            p { (link_button(&scope.href("records/draw"), &w.t("records-draw"))) }
        }
    }
}

/// How many records of the sample are read.
pub(super) fn progress(visitor: &Visitor, read: u32, sample: u32) -> Markup {
    let w = visitor.words();
    let text = w.with("records-read-of", &[("read", &read), ("sample", &sample)]);
    progress_bar("records-read", &w.t("records-read"), read.into(), sample.into(), &text)
}
