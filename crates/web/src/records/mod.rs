//! The sample of records and their readings: for the lead who draws, for those who read, for the team that compares.
//!
//! Labels are all that the partnership sees of the sample; readings of others are for the team alone, and every opening
//! of one is in the audit trail.

mod compare;
mod concern;
mod draw;
mod exclusions;
mod finishing;
mod frame_files;
mod overview;
mod preview;
mod reading;
mod readings;
mod replace;
mod results;
mod sample;
mod team;

use keyline_domain::access::Action;
use keyline_domain::inspections::way::{Offer, Progress, Step, offer};
use keyline_operations::view;
use keyline_store::Reader;
use keyline_store::inspections::{self, Inspection};
use keyline_store::records::{self, Record, Sample};
use maud::Markup;

use crate::components::not_offered;
use crate::frame::{Gate, PageResult, Routes, Scope, Visitor};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let labels = Gate::Inspection(Action::SeeSample);
    let list = Gate::Inspection(Action::SeeFrame);
    let draws = Gate::Inspection(Action::DrawSample);
    let reads = Gate::Inspection(Action::ReadRecord);
    let team = Gate::Inspection(Action::SeeReadings);
    r.get("/inspections/{inspection}/records", Gate::Inspection(Action::SeeInspection), overview::get)
        .get("/inspections/{inspection}/records/sample", labels, sample::get)
        .get("/inspections/{inspection}/records/sample.csv", labels, sample::csv)
        .get("/inspections/{inspection}/records/draw", draws, draw::get)
        .post("/inspections/{inspection}/records/draw", draws, draw::post)
        .get("/inspections/{inspection}/records/exclusions", draws, exclusions::get)
        .post("/inspections/{inspection}/records/exclusions", draws, exclusions::post)
        .post("/inspections/{inspection}/records/exclusions/back", draws, exclusions::back)
        .get("/inspections/{inspection}/records/about-samples", labels, frame_files::about)
        .get("/inspections/{inspection}/records/list.csv", list, frame_files::csv)
        .get("/inspections/{inspection}/records/list.tsv", list, frame_files::tsv)
        .get("/inspections/{inspection}/records/replace", draws, replace::get)
        .post("/inspections/{inspection}/records/replace", draws, replace::post)
        .get("/inspections/{inspection}/records/readings", reads, readings::get)
        .post("/inspections/{inspection}/records/readings", reads, readings::start)
        .get("/inspections/{inspection}/records/readings/{reading}", reads, reading::get)
        .post("/inspections/{inspection}/records/readings/{reading}", reads, reading::post)
        .get("/inspections/{inspection}/records/readings/{reading}/check", reads, finishing::get)
        .post("/inspections/{inspection}/records/readings/{reading}/finish", reads, finishing::finish)
        .post("/inspections/{inspection}/records/readings/{reading}/reopen", reads, finishing::reopen)
        .get("/inspections/{inspection}/records/team", team, team::get)
        .get("/inspections/{inspection}/records/team/results", team, results::get)
        .get("/inspections/{inspection}/records/team/compare/{label}", team, compare::get)
}

/// What every page of the room begins with.
struct Stand {
    reader: Reader,
    inspection: Inspection,
    progress: Progress,
    drawn: Option<(Sample, Vec<Record>)>,
}

impl Stand {
    async fn of(visitor: &Visitor, scope: &Scope) -> PageResult<Self> {
        let mut reader = visitor.cx().read().await?;
        let inspection = inspections::get(&mut reader, &scope.grant).await?;
        let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
        let drawn = records::sample(&mut reader, &scope.grant).await?;
        Ok(Self { reader, inspection, progress, drawn })
    }

    /// The labels that are read now, in the order of drawing.
    fn in_use(&self) -> impl Iterator<Item = &Record> {
        self.drawn.iter().flat_map(|(_, records)| records.iter().filter(|r| r.in_use))
    }

    /// Why a step cannot be done yet; nothing when it may be done or has been.
    fn not_yet(&self, visitor: &Visitor, step: Step, title: &str) -> Option<Markup> {
        match offer(step, &self.progress, visitor.cx().now()) {
            Offer::NotYet(reasons) => {
                let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
                Some(not_offered(&visitor.words().t(title), &reasons))
            }
            Offer::Ready | Offer::Done => None,
        }
    }
}

/// The way to a page of the room.
fn crumbs(visitor: &Visitor, scope: &Scope, further: &[(&str, &str)]) -> Vec<(String, String)> {
    let w = visitor.words();
    let room = [("records", "room-records")];
    room.iter().chain(further).map(|(path, key)| (scope.href(path), w.t(key))).collect()
}
