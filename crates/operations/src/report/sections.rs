//! Writing a section.

use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::InspectionId;
use keyline_domain::inspections::way::Step;
use keyline_store::report::{self, SectionText};
use serde_json::json;

use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};

/// A section as somebody leaves it.
#[derive(Debug, Clone)]
pub struct SaveSection {
    /// Where.
    pub inspection: InspectionId,
    /// Key of the section in the programme's report template.
    pub section: String,
    /// The text: blank lines part paragraphs, lines that begin with `- ` are a list, `## ` begins a heading.
    pub body: String,
    /// The version that was read; 0 when the section was empty.
    pub version: i64,
    /// That the writer has checked what looked like it could identify somebody.
    pub identifies_nobody: bool,
}

/// Saves a section of the report. Audit entry `report.section-saved`, without the text.
///
/// # Errors
/// [`Refused::Hidden`] for a section that nobody writes; [`Refused::NotNow`] when the report is closed;
/// [`Refused::Fields`] for an empty text, or for an identifier in it; [`Refused::Stale`] with the other text when somebody saved in between.
pub async fn save_section(cx: &Cx, actor: &Actor, input: SaveSection) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::WriteReport).await?;
    let inspection = work.inspection().await?;
    let programme = cx.programme(&inspection)?;
    if !programme.report.written_sections().any(|s| s.key == input.section) {
        return Err(Refused::Hidden);
    }
    work.require(Step::WriteReport).await?;
    let body = input.body.trim();
    if body.is_empty() {
        return Err(Refused::field("body", "problem-required"));
    }
    let problems = identifiers::problems(&[("body", body)], input.identifies_nobody);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let by = work.person()?;
    let text = SectionText { key: &input.section, body, version: input.version };
    match report::save_section(&mut work.tx, inspection.id, text, by, work.now).await {
        Err(keyline_store::Error::Stale) => {
            let stands = report::sections(&mut work.tx, &work.grant).await?;
            let theirs = stands.into_iter().find(|s| s.key == input.section).ok_or(Refused::Hidden)?;
            return Err(Refused::Stale { theirs: theirs.body, by: theirs.saved_by, version: theirs.version });
        }
        other => other?,
    }
    work.record("report.section-saved", &input.section, json!({ "characters": body.chars().count() }))
        .await?;
    work.commit().await
}
