//! What the notification says: the letter to each addressee, from the programme's text and the dated plan.

use std::collections::BTreeMap;

use jiff::civil::Date;
use keyline_domain::documents::{Block, Document, DocumentKind};
use keyline_domain::inspections::plan::{Plan, PlannedStep};
use keyline_domain::programmes::{Addressee, Programme, ScrutinyPart};
use keyline_store::inspections::Inspection;

use crate::context::Cx;
use crate::markdown::{blocks, escaped};
use crate::refused::{Refused, Result};

/// Language of the letters: the one in which every programme has its texts.
const LANGUAGE: &str = "en";

/// What all letters of one notification share.
#[derive(Debug)]
pub(super) struct Notification<'a> {
    pub(super) programme: &'a Programme,
    pub(super) plan: &'a Plan,
    pub(super) lead: &'a str,
    pub(super) values: BTreeMap<&'static str, String>,
}

impl<'a> Notification<'a> {
    pub(super) fn new(
        cx: &'a Cx,
        inspection: &Inspection,
        plan: &'a Plan,
        lead: &'a str,
        reply_by: Date,
    ) -> Result<Self> {
        let programme = cx.programme(inspection)?;
        let council = cx.library.council(&inspection.area).ok_or_else(|| {
            Refused::fault(anyhow::anyhow!("area {} is not in the library", inspection.area))
        })?;
        let framework = cx.library.framework(&programme.framework);
        let on = |step: &str| due(plan, step).map(in_words).unwrap_or_default();
        let span = |key: &str| plan.step(key).map(|s| s.span);
        let onsite = onsite(programme, plan);
        let indicators = list(programme.evaluated_indicators.iter().map(|i| {
            let title =
                framework.and_then(|f| f.indicator(&i.value)).map_or("", |found| found.title.as_str());
            format!("{} {title}", i.value)
        }));
        let mut values = BTreeMap::from([
            ("area", escaped(&council.name)),
            ("council", escaped(&council.name)),
            ("document-return-due", on(&programme.document_return_step)),
            ("evaluated-indicators", indicators),
            ("health-board", escaped(&council.health_board.value)),
            ("inspection-lead", escaped(lead)),
            ("lines-of-enquiry", list(programme.lines_of_enquiry.iter().map(|l| escaped(&l.title)))),
            ("notification-date", in_words(plan.notified)),
            ("partnership", escaped(&council.partnership.value)),
            ("pre-inspection-return-due", on(&programme.pre_inspection_return.step)),
            ("programme", escaped(&programme.title.value)),
            ("publication-date", span("publication").map(|s| in_words(s.from)).unwrap_or_default()),
            ("reply-by", in_words(reply_by)),
            (
                "scrutiny-bodies",
                list(
                    programme
                        .scrutiny_bodies
                        .iter()
                        .filter(|b| b.part != ScrutinyPart::AtTimes)
                        .map(|b| escaped(&b.name)),
                ),
            ),
            ("weeks", plan.weeks.to_string()),
        ]);
        if let Some(step) = onsite {
            values.insert("onsite-from", in_words(step.span.from));
            values.insert("onsite-to", in_words(step.span.to));
        }
        Ok(Self { programme, plan, lead, values })
    }

    /// The letter to one addressee. What the text says before its first heading is the address block.
    pub(super) fn letter(&self, addressee: &Addressee, name: &str) -> Result<Document> {
        let text = self
            .programme
            .texts
            .get("notification-letter")
            .ok_or_else(|| Refused::fault(anyhow::anyhow!("the programme has no notification letter")))?;
        let mut values = self.values.clone();
        values.insert("addressee", escaped(&addressee.title));
        let filled = text.fill(LANGUAGE, &values).map_err(Refused::fault)?;
        let date_text = in_words(self.plan.notified);
        let all = blocks(&filled);
        let subject_at = all.iter().position(|b| matches!(b, Block::Heading { level: 1, .. }));
        let (before, after) = all.split_at(subject_at.unwrap_or(0));
        let title = match after.first() {
            Some(Block::Heading { level: 1, text, .. }) => text.clone(),
            _ => text.title.clone(),
        };
        let mut front = vec![(String::new(), name.trim().to_owned())];
        front.extend(before.iter().filter_map(|block| match block {
            Block::Paragraph { runs } => {
                let line: String = runs.iter().map(keyline_domain::documents::Run::plain).collect();
                (line != date_text).then(|| (String::new(), line))
            }
            _ => None,
        }));
        let body = after.iter().skip(usize::from(subject_at.is_some())).cloned().map(lifted).collect();
        let lead_body = self.programme.scrutiny_bodies.iter().find(|b| b.part == ScrutinyPart::Lead);
        Ok(Document {
            kind: DocumentKind::Letter,
            title,
            subtitle: String::new(),
            language: "en-GB".to_owned(),
            author: lead_body.map_or_else(|| self.lead.to_owned(), |b| b.name.clone()),
            date: self.plan.notified,
            date_text,
            watermark: None,
            front,
            contents_title: String::new(),
            blocks: body,
        })
    }
}

/// The day on which a step is due.
pub(super) fn due(plan: &Plan, step: &str) -> Option<Date> {
    plan.step(step).map(|s| s.span.to)
}

/// The working days after the notification within which the letter asks for the names of the two contacts. Ours: the
/// published pages name no day.
pub const REPLY_WORKING_DAYS: u16 = 5;

/// A day in English words, as letters write it.
fn in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

// The week on site is the step that the programme calls so, else the one in which most parties meet.
fn onsite<'p>(programme: &Programme, plan: &'p Plan) -> Option<&'p PlannedStep> {
    plan.step("onsite-engagement").or_else(|| {
        let sessions = programme.session_kinds.iter().map(|kind| kind.step.as_str());
        sessions.filter_map(|key| plan.step(key)).max_by_key(|step| step.parties.len())
    })
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}

// The subject is the title of the document, so that the headings below it begin one level higher.
fn lifted(block: Block) -> Block {
    match block {
        Block::Heading { level, text, anchor } => {
            Block::Heading { level: level.saturating_sub(1).clamp(1, 3), text, anchor }
        }
        other => other,
    }
}
