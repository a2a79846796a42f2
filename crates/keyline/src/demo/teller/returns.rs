//! What the partnership sends; the sample.

use std::collections::BTreeMap;

use keyline_domain::access::Action;
use keyline_domain::inspections::way::ReturnState;
use keyline_domain::programmes::{ColumnKind, ReturnColumn};
use keyline_domain::records::SampleSize;
use keyline_domain::records::drawing::{Allocation, Parts};
use keyline_domain::returns::RequestState;
use keyline_operations::records::{DrawSample, ExcludeRecord, draw_sample, exclude_record};
use keyline_operations::returns::{
    Arrived, DecideDocuments, DecideReturn, SayNotHeld, SubmitReturn, UploadDocuments, accept_return,
    decide_documents, say_not_held, submit_return, upload_documents,
};
use keyline_store::returns::{SubmissionState, list_requests, list_submissions};
use keyline_store::sampling::exclusions;

use super::Teller;
use super::documents;
use super::set_up::finish;
use crate::commands::in_words;

/// The return comes, first with a column that it must not have, then as it should be; the team accepts it.
pub(super) async fn pre_inspection_return(t: &Teller<'_>) -> anyhow::Result<()> {
    let columns = &t.programme.pre_inspection_return.columns;
    let grant = t.grant("coordinator", Action::SeeReturns).await?;
    if list_submissions(&mut t.cx.db.read().await?, &grant).await?.is_empty() {
        t.at_step("pre-inspection-return", -60)?;
        let mut lines = table(columns, t.tale.cohort, t.tale.starts_on);
        for (n, line) in lines.iter_mut().enumerate() {
            line.push(if n == 0 { "Surname".into() } else { "Madeup".into() });
        }
        submit(t, "return-with-names.csv", &lines).await?;
    }
    if t.progress().await?.pre_inspection_return == ReturnState::Awaited {
        t.at_step("pre-inspection-return", 0)?;
        submit(t, "pre-inspection-return.csv", &table(columns, t.tale.cohort, t.tale.starts_on)).await?;
    }
    if t.progress().await?.pre_inspection_return == ReturnState::Submitted {
        t.at_step("pre-inspection-return", 200)?;
        let latest = list_submissions(&mut t.cx.db.read().await?, &grant)
            .await?
            .into_iter()
            .find(|s| s.state == SubmissionState::Submitted)
            .ok_or_else(|| anyhow::anyhow!("the return that was submitted is not there"))?;
        let input = DecideReturn {
            inspection: t.id,
            submission: latest.id,
            reason: String::new(),
            identifies_nobody: false,
            version: None,
        };
        accept_return(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    t.at_step("pre-inspection-return", 210)?;
    finish(t, "pre-inspection-return").await
}

async fn submit(t: &Teller<'_>, name: &str, lines: &[Vec<String>]) -> anyhow::Result<()> {
    let bytes = keyline_workbooks::write_csv(lines.iter().map(Vec::as_slice), true);
    let input = SubmitReturn { inspection: t.id, file_name: name.to_owned(), bytes };
    submit_return(t.cx, &t.actor("coordinator"), input).await.map_err(in_words)?;
    Ok(())
}

// A made-up cohort: every value is one that its column allows.
fn table(columns: &[ReturnColumn], size: u32, on: jiff::civil::Date) -> Vec<Vec<String>> {
    let mut lines = vec![columns.iter().map(|c| c.title.clone()).collect::<Vec<_>>()];
    for child in 0..size {
        lines.push(
            columns
                .iter()
                .enumerate()
                .map(|(n, column)| {
                    let turn = u64::from(child) * 7 + u64::try_from(n).unwrap_or(0) * 3;
                    match &column.kind {
                        ColumnKind::Text { .. } => format!("S{:03}", child + 1),
                        ColumnKind::WholeNumber { least, most } => {
                            let span = u64::from(most - least) + 1;
                            (u64::from(*least) + turn % span).to_string()
                        }
                        ColumnKind::Month { within } => {
                            let back = i32::from(*within).min(i32::try_from(turn % 20).unwrap_or(0));
                            on.saturating_sub(jiff::Span::new().months(back)).strftime("%Y-%m").to_string()
                        }
                        ColumnKind::Key { .. } => format!("FILE/{}", 4_000 + child * 7),
                        ColumnKind::Choice { values } | ColumnKind::AgeBand { values, .. } => {
                            values[usize::try_from(turn).unwrap_or(0) % values.len()].value.clone()
                        }
                        ColumnKind::YesNo => if turn % 3 == 0 { "yes" } else { "no" }.to_owned(),
                    }
                })
                .collect(),
        );
    }
    lines
}

/// Each request is answered: one is not held, the others come as a document.
pub(super) async fn documents(t: &Teller<'_>) -> anyhow::Result<()> {
    let coordinator = t.actor("coordinator");
    let grant = t.grant("coordinator", Action::SeeReturns).await?;
    let requests = list_requests(&mut t.cx.db.read().await?, &grant).await?;
    let last = requests.len();
    for (n, request) in requests.into_iter().enumerate() {
        t.at(request.due_on, -120 + 5 * i64::try_from(n).unwrap_or(0))?;
        if request.state == RequestState::Asked {
            if n + 1 == last {
                let reason = "The partnership has no such document; the subject is part of the plan above.";
                let input = SayNotHeld {
                    inspection: t.id,
                    request: request.id,
                    reason: reason.into(),
                    identifies_nobody: false,
                };
                say_not_held(t.cx, &coordinator, input).await.map_err(in_words)?;
                continue;
            }
            let (name, bytes) = documents::made_up(t, n, &request)?;
            let file = Arrived::of_bytes(t.cx, &name, bytes).await.map_err(in_words)?;
            let input = UploadDocuments { inspection: t.id, request: request.id, files: vec![file] };
            upload_documents(t.cx, &coordinator, input).await.map_err(in_words)?;
        }
        if matches!(request.state, RequestState::Asked | RequestState::Submitted) {
            let input = DecideDocuments {
                identifies_nobody: false,
                inspection: t.id,
                request: request.id,
                accept: true,
                reason: String::new(),
                version: None,
            };
            decide_documents(t.cx, &t.actor("support-officer"), input).await.map_err(in_words)?;
        }
    }
    if t.progress().await?.requests_open == 0 {
        t.at_end_of(&t.programme.document_return_step, 200)?;
        finish(t, &t.programme.document_return_step).await?;
    }
    Ok(())
}

// Where the programme has columns to divide by, the sample is drawn part by part.
fn parts(t: &Teller<'_>) -> Option<Parts> {
    let columns = t.programme.pre_inspection_return.columns.iter();
    let column = columns.filter(|column| column.stratum).map(|column| column.key.clone()).next()?;
    Some(Parts {
        columns: vec![column],
        allocation: Allocation::Proportional,
        minimum: 2,
        expected: BTreeMap::new(),
    })
}

/// The lead leaves a record out that nobody can read, and draws the sample from a seed.
pub(super) async fn sample(t: &Teller<'_>) -> anyhow::Result<()> {
    if t.progress().await?.sample == 0 {
        t.at_step("analyse-written-evidence", -30)?;
        let grant = t.grant("lead", Action::SeeSample).await?;
        if exclusions(&mut t.cx.db.read().await?, &grant).await?.is_empty() {
            let input = ExcludeRecord {
                inspection: t.id,
                label: "S007".to_owned(),
                reason: "The record has been with another council since the family moved.".to_owned(),
                checked: false,
            };
            exclude_record(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
        }
        t.at_step("analyse-written-evidence", 0)?;
        let input =
            DrawSample { inspection: t.id, size: SampleSize::Number(12), reserves: 3, parts: parts(t) };
        draw_sample(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    Ok(())
}
