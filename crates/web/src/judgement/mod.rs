//! Judgement: findings, grades alone, agreed grades, the panel's pack.

mod agree;
mod finding;
mod finding_form;
mod grade;
mod overview;
mod pack;
mod spread;

use keyline_domain::access::Action;
use maud::{Markup, html};

use crate::components::{Choice, Field, checkboxes, compare, warning};
use crate::frame::{Gate, Problems, Routes, Typed, Visitor};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    let see = Gate::Inspection(Action::SeeJudgement);
    let write = Gate::Inspection(Action::WriteFinding);
    let grade = Gate::Inspection(Action::GradeAlone);
    let agree = Gate::Inspection(Action::AgreeGrade);
    let decide = Gate::Inspection(Action::DecideOnPanel);
    r.get("/inspections/{inspection}/judgement", see, overview::get)
        .get("/inspections/{inspection}/judgement/findings/new", write, finding_form::new)
        .post("/inspections/{inspection}/judgement/findings/new", write, finding_form::write)
        .get("/inspections/{inspection}/judgement/findings/{finding}", see, finding::get)
        .get("/inspections/{inspection}/judgement/findings/{finding}/change", write, finding_form::edit)
        .post("/inspections/{inspection}/judgement/findings/{finding}/change", write, finding_form::change)
        .post("/inspections/{inspection}/judgement/findings/{finding}/withdraw", write, finding::withdraw)
        .get("/inspections/{inspection}/judgement/grade/{indicator}", grade, grade::get)
        .post("/inspections/{inspection}/judgement/grade/{indicator}", grade, grade::post)
        .get("/inspections/{inspection}/judgement/agree/{indicator}", agree, agree::get)
        .post("/inspections/{inspection}/judgement/agree/{indicator}", agree, agree::post)
        .get("/inspections/{inspection}/judgement/panel", see, pack::get)
        .post("/inspections/{inspection}/judgement/panel/{indicator}", decide, pack::post)
}

/// What two people wrote at the same time, for the second of them. Saving again saves against the new version.
#[derive(Debug)]
pub(crate) struct Both {
    /// What was typed here.
    pub mine: String,
    /// What stands.
    pub theirs: String,
    /// Who wrote what stands.
    pub by: String,
    /// The version of what stands.
    pub version: i64,
}

impl Both {
    /// Two forms side by side: each field is its label, what was typed here, and what stands. Only fields that differ are
    /// shown, so that nobody takes back unseen what somebody else has changed.
    pub(crate) fn of_fields(fields: &[(String, String, String)], by: String, version: i64) -> Self {
        let differ: Vec<_> = fields.iter().filter(|(_, mine, theirs)| mine.trim() != theirs.trim()).collect();
        let side = |text: fn(&(String, String, String)) -> &str| {
            let lines: Vec<String> = differ.iter().map(|f| format!("{}: {}", f.0, text(f))).collect();
            lines.join("\n\n")
        };
        Self { mine: side(|f| &f.1), theirs: side(|f| &f.2), by, version }
    }

    /// Both texts side by side, and what to do.
    pub(crate) fn show(&self, visitor: &Visitor) -> Markup {
        let w = visitor.words();
        let theirs = w.with("judgement-both-theirs", &[("by", &self.by)]);
        html! {
            div id="both" {
                (warning(&w.t("judgement-both-label"), &html! { p { (w.with("judgement-both-text", &[("by", &self.by)])) } }))
                (compare(&w.t("judgement-both-mine"), &self.mine, &theirs, &self.theirs))
            }
        }
    }
}

/// The confirmation that a text identifies nobody; asked for only when something in it looked as if it might.
pub(crate) fn nobody_field(visitor: &Visitor, typed: &Typed, problems: &Problems) -> Markup {
    nobody_field_named("identifies_nobody", visitor, typed, problems)
}

fn nobody_field_named(name: &str, visitor: &Visitor, typed: &Typed, problems: &Problems) -> Markup {
    let error = problems.on(name);
    let given = typed.has(name, "yes");
    if error.is_none() && !given {
        return html! {};
    }
    let w = visitor.words();
    let choice = Choice::new("yes", w.t("evidence-nobody"), given);
    checkboxes(&Field::new(name, w.t("evidence-nobody-legend")).unchecked().error(error), &[choice])
}
