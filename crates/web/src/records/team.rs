//! All readings, for the team: who has read what, and what differs and is not settled yet.

use keyline_domain::records::comparing::{ReadRecord, held};
use keyline_domain::records::sight::Sight;
use keyline_forms::answering::Compiled;
use keyline_operations::records::{read_records, surroundings};
use keyline_store::records::{Reading, ReadingState, Record};
use maud::{Markup, html};
use std::sync::Arc;

use super::{Stand, crumbs, overview};
use crate::components::{Tone, empty_state, table, tag};
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(&visitor, &scope).await?;
    let body = if let Some((_, drawn)) = stand.drawn.clone() {
        let tool = stand.tool(&visitor, &scope)?;
        let (read, _) = read_records(visitor.cx(), &mut stand.reader, &scope.grant, &stand.reading).await?;
        html! {
            p class="kl_lead" { (w.t("records-team-lead")) }
            (overview::progress(&visitor, stand.progress.records_read, stand.progress.sample))
            (by_record(&visitor, &scope, &stand, &tool, &drawn, &read))
            p { a href=(scope.href("records/team/agreement")) { (w.t("records-agreement")) } }
        }
    } else {
        empty_state(&w.t("records-team-empty-title"), &w.t("records-team-empty-text"), None)
    };
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, w.t("records-team"), body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[]);
    Ok(visitor.show(&layout))
}

fn by_record(
    visitor: &Visitor,
    scope: &Scope,
    stand: &Stand,
    tool: &Arc<Compiled>,
    drawn: &[Record],
    read: &[ReadRecord],
) -> Markup {
    let w = visitor.words();
    let around = surroundings(visitor.cx(), tool);
    let mut rows = Vec::new();
    for record in drawn {
        let of: Vec<&Reading> = stand.reading.readings.iter().filter(|r| r.label == record.label).collect();
        if !record.in_use && of.is_empty() {
            continue;
        }
        let names = |state: ReadingState| {
            let named: Vec<&str> = of.iter().filter(|r| r.state == state).map(|r| r.by.as_str()).collect();
            (named.len(), named.join(", "))
        };
        let ((count, finished), (_, begun)) = (names(ReadingState::Finished), names(ReadingState::Open));
        let sees = stand.reading.sight_of(&scope.grant, &record.label);
        let differs = match (sees, read.iter().find(|r| r.label == record.label)) {
            (Sight::Open, Some(read)) if read.readings.len() > 1 => {
                let left = held(tool, &around, read).open.len();
                if left == 0 {
                    tag(Tone::Good, &w.t("reading-nothing-left"))
                } else {
                    tag(Tone::Warn, &w.with("reading-left-to-settle", &[("count", &left)]))
                }
            }
            (Sight::UntilAllFinished, _) => html! { (w.t("reading-blind-short")) },
            _ => html! {},
        };
        rows.push(vec![
            html! {
                @if count > 0 && sees == Sight::Open {
                    a href=(super::compare::href(scope, &record.label)) { (record.label) }
                } @else { (record.label) }
                @if !record.in_use { " (" (w.t("records-state-replaced")) ")" }
            },
            html! { (finished) },
            html! { (begun) },
            differs,
        ]);
    }
    let header = ["records-label", "records-reading-finished", "records-reading-open", "reading-differences"];
    let header = header.map(|key| w.t(key));
    table(&w.t("records-by-record"), &header.each_ref().map(String::as_str), &rows)
}
