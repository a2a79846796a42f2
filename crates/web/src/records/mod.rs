//! The sample of records and their readings: for the lead who draws, for those who read, for the team that compares.
//!
//! Labels are all that the partnership sees of the sample; readings of others are for the team alone, and every opening
//! of one is in the audit trail.
//!
//! | module | subject |
//! | --- | --- |
//! | `sample`, `draw`, `replace` | the sample |
//! | `plan`, `pairs`, `health`, `training`, `timetable` | who reads which records with whom, and when |
//! | `readings`, `reading`, `finishing`, `earlier`, `concern` | the readings of the own pair |
//! | `team`, `compare`, `settle`, `agreement` | readings of all pairs, what differs, what holds, how far pairs agree |
//! | `results`, `outside`, `indicators` | what the records show, inside the team, outside it, and beside surveys |

mod agreement;
mod compare;
mod concern;
mod draw;
mod earlier;
mod exclusions;
mod finishing;
mod frame_files;
mod health;
mod indicators;
mod item;
mod offline;
mod outside;
mod overview;
mod pairs;
mod plan;
mod preview;
mod reading;
mod readings;
mod replace;
mod results;
mod sample;
mod settle;
mod team;
mod timetable;
mod training;

use std::sync::Arc;

use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::access::Action;
use keyline_domain::inspections::way::{Offer, Progress, Step, offer};
use keyline_domain::records::sight::Sight;
use keyline_forms::answering::Compiled;
use keyline_operations::records::{ReadingNow, tool_for};
use keyline_operations::{Refused, view};
use keyline_store::Reader;
use keyline_store::inspections::{self, Inspection};
use keyline_store::records::{Record, Sample};
use maud::Markup;

use crate::components::not_offered;
use crate::frame::{Gate, PageError, PageResult, Routes, Scope, Visitor};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let labels = Gate::Inspection(Action::SeeSample);
    let list = Gate::Inspection(Action::SeeFrame);
    let draws = Gate::Inspection(Action::DrawSample);
    let reads = Gate::Inspection(Action::ReadRecord);
    let team = Gate::Inspection(Action::SeeReadings);
    let settles = Gate::Inspection(Action::ModerateReadings);
    let sees_plan = Gate::Inspection(Action::SeeReadingPlan);
    let plans = Gate::Inspection(Action::PlanReading);
    let names = Gate::Inspection(Action::NameReaders);
    r.get("/inspections/{inspection}/records", Gate::Inspection(Action::SeeInspection), overview::get)
        .get("/inspections/{inspection}/records/sample", labels, sample::get)
        .get("/inspections/{inspection}/records/sample.csv", list, sample::csv)
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
        .get("/inspections/{inspection}/records/readings/{reading}/earlier", reads, earlier::get)
        .post("/inspections/{inspection}/records/readings/{reading}/finish", reads, finishing::finish)
        .post("/inspections/{inspection}/records/readings/{reading}/reopen", reads, finishing::reopen)
        .get("/inspections/{inspection}/records/offline", reads, offline::get)
        .get("/inspections/{inspection}/records/offline/list", reads, offline::list)
        .get("/inspections/{inspection}/records/offline/readings/{reading}", reads, offline::reading)
        .get("/inspections/{inspection}/records/offline/worker.js", reads, offline::worker)
        .get("/inspections/{inspection}/records/offline/manifest.webmanifest", reads, offline::manifest)
        .get("/inspections/{inspection}/records/team", team, team::get)
        .get("/inspections/{inspection}/records/team/results", team, results::get)
        .get("/inspections/{inspection}/records/team/compare/{label}", team, compare::get)
        .get("/inspections/{inspection}/records/team/compare/{label}/{item}", settles, settle::get)
        .post("/inspections/{inspection}/records/team/compare/{label}/{item}", settles, settle::post)
        .get("/inspections/{inspection}/records/team/agreement", team, agreement::get)
        .get("/inspections/{inspection}/records/team/agreement/{item}", team, item::get)
        .get("/inspections/{inspection}/records/team/outside", team, outside::get)
        .get("/inspections/{inspection}/records/team/outside.csv", team, outside::csv)
        .get("/inspections/{inspection}/records/team/indicators", team, indicators::get)
        .get("/inspections/{inspection}/records/plan", sees_plan, plan::get)
        .post("/inspections/{inspection}/records/plan/window", plans, plan::window)
        .post("/inspections/{inspection}/records/plan/extend", plans, plan::extend)
        .post("/inspections/{inspection}/records/plan/twice", plans, plan::twice)
        .post("/inspections/{inspection}/records/plan/give-out", plans, plan::give)
        .get("/inspections/{inspection}/records/plan/pairs", plans, pairs::get)
        .post("/inspections/{inspection}/records/plan/pairs", plans, pairs::form_one)
        .post("/inspections/{inspection}/records/plan/pairs/{pair}", plans, pairs::change)
        .post("/inspections/{inspection}/records/plan/pairs/{pair}/end", plans, pairs::end)
        .get("/inspections/{inspection}/records/plan/move/{label}/{turn}", plans, timetable::ask)
        .post("/inspections/{inspection}/records/plan/move/{label}/{turn}", plans, timetable::post)
        .get("/inspections/{inspection}/records/plan/health", plans, health::get)
        .post("/inspections/{inspection}/records/plan/health", plans, health::post)
        .get("/inspections/{inspection}/records/training", sees_plan, training::get)
        .post("/inspections/{inspection}/records/training", names, training::add)
        .post("/inspections/{inspection}/records/training/{place}", names, training::change)
        .post("/inspections/{inspection}/records/training/{place}/reads", plans, training::choose)
        .get("/inspections/{inspection}/records/timetable", sees_plan, timetable::get)
}

/// What every page of the room begins with.
struct Stand {
    reader: Reader,
    inspection: Inspection,
    progress: Progress,
    drawn: Option<(Sample, Vec<Record>)>,
    /// Pairs, what each is to read, days and hours, and what has been read.
    reading: ReadingNow,
}

impl Stand {
    async fn of(visitor: &Visitor, scope: &Scope) -> PageResult<Self> {
        let mut reader = visitor.cx().read().await?;
        let inspection = inspections::get(&mut reader, &scope.grant).await?;
        let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
        let reading = ReadingNow::load(&mut reader, &scope.grant).await?;
        let drawn = reading.sample.clone();
        Ok(Self { reader, inspection, progress, drawn, reading })
    }

    /// The labels that are read now, in the order of drawing.
    fn in_use(&self) -> impl Iterator<Item = &Record> {
        self.drawn.iter().flat_map(|(_, records)| records.iter().filter(|r| r.in_use))
    }

    /// Why the visitor may not see what all records together show, if so: who still reads sees the own records only.
    fn blind(&self, visitor: &Visitor, scope: &Scope) -> Option<Markup> {
        let w = visitor.words();
        (self.reading.sight(&scope.grant) != Sight::Open)
            .then(|| not_offered(&w.t("reading-not-now"), &[w.t("reading-still-reads")]))
    }

    /// The tool as the visitor may see it: without its questions about health unless entitled to them.
    fn tool(&self, visitor: &Visitor, scope: &Scope) -> PageResult<Arc<Compiled>> {
        let entitled = self.reading.entitled(scope.grant.person_id());
        let programme = visitor.cx().programme(&self.inspection)?;
        tool_for(visitor.cx(), programme, entitled)?.ok_or(PageError::NOT_FOUND)
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

/// Leads on to a page of the room once something was done; otherwise why it was not, a change that somebody else made
/// meanwhile in the words of this room.
fn done(scope: &Scope, outcome: Result<(), Refused>, to: &str, word: &str) -> Result<Response, Refused> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&scope.href(&format!("records/{to}?done={word}"))).into_response()),
        Err(Refused::Stale { .. }) => Err(Refused::reason("reading-changed-elsewhere")),
        Err(other) => Err(other),
    }
}

/// The way to a page of the room.
fn crumbs(visitor: &Visitor, scope: &Scope, further: &[(&str, &str)]) -> Vec<(String, String)> {
    let w = visitor.words();
    let room = [("records", "room-records")];
    room.iter().chain(further).map(|(path, key)| (scope.href(path), w.t(key))).collect()
}
