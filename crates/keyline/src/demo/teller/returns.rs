//! What the partnership sends; the sample; the readings.

use keyline_domain::access::Action;
use keyline_domain::inspections::way::ReturnState;
use keyline_domain::programmes::{ColumnKind, ReturnColumn};
use keyline_domain::records::SampleSize;
use keyline_domain::returns::RequestState;
use keyline_forms::answering::Filling;
use keyline_forms::form::{Form, Kind};
use keyline_operations::records::{
    DrawSample, OpenReading, PageSaved, SavePage, StartReading, TurnReading, draw_sample, finish_reading,
    open_reading, save_page, start_reading,
};
use keyline_operations::returns::{
    Arrived, DecideDocuments, DecideReturn, SayNotHeld, SubmitReturn, UploadDocuments, accept_return,
    decide_documents, say_not_held, submit_return, upload_documents,
};
use keyline_store::records as rows;
use keyline_store::returns::{SubmissionState, list_requests, list_submissions};

use super::Teller;
use super::set_up::finish;
use crate::commands::in_words;

/// The return comes, first with a column that it must not have, then as it should be; the team accepts it.
pub(super) async fn pre_inspection_return(t: &Teller<'_>) -> anyhow::Result<()> {
    let columns = &t.programme.pre_inspection_return.columns;
    let grant = t.grant("coordinator", Action::SeeReturns).await?;
    if list_submissions(&mut t.cx.db.read().await?, &grant).await?.is_empty() {
        t.at_step("pre-inspection-return", -60)?;
        let mut lines = table(columns, t.tale.cohort);
        for (n, line) in lines.iter_mut().enumerate() {
            line.push(if n == 0 { "Surname".into() } else { "Madeup".into() });
        }
        submit(t, "return-with-names.csv", &lines).await?;
    }
    if t.progress().await?.pre_inspection_return == ReturnState::Awaited {
        t.at_step("pre-inspection-return", 0)?;
        submit(t, "pre-inspection-return.csv", &table(columns, t.tale.cohort)).await?;
    }
    if t.progress().await?.pre_inspection_return == ReturnState::Submitted {
        t.at_step("pre-inspection-return", 200)?;
        let latest = list_submissions(&mut t.cx.db.read().await?, &grant)
            .await?
            .into_iter()
            .find(|s| s.state == SubmissionState::Submitted)
            .ok_or_else(|| anyhow::anyhow!("the return that was submitted is not there"))?;
        let input =
            DecideReturn { inspection: t.id, submission: latest.id, reason: String::new(), version: None };
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
fn table(columns: &[ReturnColumn], size: u32) -> Vec<Vec<String>> {
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
                        ColumnKind::Choice { values } => {
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
                let input = SayNotHeld { inspection: t.id, request: request.id, reason: reason.into() };
                say_not_held(t.cx, &coordinator, input).await.map_err(in_words)?;
                continue;
            }
            let text = format!(
                "{}\n\nThis document is made up for the demonstration. It stands for what a partnership would send.\n",
                request.title
            );
            let file = Arrived::of_bytes(t.cx, &format!("{}.txt", request.key), text.into_bytes())
                .await
                .map_err(in_words)?;
            let input = UploadDocuments { inspection: t.id, request: request.id, files: vec![file] };
            upload_documents(t.cx, &coordinator, input).await.map_err(in_words)?;
        }
        if matches!(request.state, RequestState::Asked | RequestState::Submitted) {
            let input = DecideDocuments {
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

/// The lead draws the sample from a seed.
pub(super) async fn sample(t: &Teller<'_>) -> anyhow::Result<()> {
    if t.progress().await?.sample == 0 {
        t.at_step("analyse-written-evidence", 0)?;
        let input = DrawSample { inspection: t.id, size: SampleSize::Number(12), reserves: 3 };
        draw_sample(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    Ok(())
}

/// Inspectors and the local record reader read the records in turn.
pub(super) async fn readings(t: &Teller<'_>) -> anyhow::Result<()> {
    let readers = ["inspector-health", "record-reader", "inspector-education", "inspector-police", "depute"];
    let grant = t.grant("lead", Action::SeeReadings).await?;
    let Some((_, records)) = rows::sample(&mut t.cx.db.read().await?, &grant).await? else { return Ok(()) };
    let read = rows::list_readings(&mut t.cx.db.read().await?, &grant, None).await?;
    for (n, record) in records.iter().filter(|r| !r.reserve).enumerate() {
        if read.iter().any(|r| r.label == record.label && r.state == rows::ReadingState::Finished) {
            continue;
        }
        let reader = t.actor(readers[n % readers.len()]);
        t.at_step("record-review", 25 * i64::try_from(n).unwrap_or(0))?;
        let inspection = t.id;
        let start = StartReading { inspection, label: record.label.clone() };
        let reading = start_reading(t.cx, &reader, start).await.map_err(in_words)?;
        let opened =
            open_reading(t.cx, &reader, OpenReading { inspection, reading }).await.map_err(in_words)?;
        let (mut version, mut filling) = (opened.reading.version, opened.filling(t.cx));
        let mut page = filling.pages().into_iter().next();
        while let Some(here) = page {
            let typed = filled(&filling, opened.tool.form(), &here.id, n);
            let input = SavePage { inspection, reading, page: here.id.clone(), typed, version };
            filling = match save_page(t.cx, &reader, input).await.map_err(in_words)? {
                PageSaved::Kept { filling, .. } => filling,
                PageSaved::Wrong(_, faults) => {
                    anyhow::bail!("the made-up reading {n} was not accepted: {faults:?}")
                }
            };
            version += 1;
            page = filling.next_after(&here.id);
        }
        let turn = TurnReading { inspection, reading, version };
        let missing = finish_reading(t.cx, &reader, turn).await.map_err(in_words)?;
        anyhow::ensure!(missing.is_empty(), "the made-up reading {n} is not complete: {missing:?}");
    }
    finish(t, "record-review").await
}

/// A made-up page: each question gets a value that it offers; own words stand in every fourth reading.
fn filled(filling: &Filling, form: &Form, page: &str, turn: usize) -> Vec<(String, String)> {
    let Some(view) = filling.view(page) else { return Vec::new() };
    let place = |name: &str| form.questions().position(|question| question.name == name).unwrap_or(0);
    let typed = view.questions.iter().filter_map(|asked| {
        let pick = turn * 5 + place(&asked.question.name) * 2 + turn / 3;
        let value = match asked.question.kind {
            Kind::SelectOne | Kind::SelectMultiple => {
                asked.choices.get(pick % asked.choices.len().max(1))?.name.clone()
            }
            Kind::Integer => "2".to_owned(),
            Kind::Text if turn.is_multiple_of(4) || asked.required => {
                "Made up for the demonstration.".to_owned()
            }
            _ => return None,
        };
        Some((asked.path.clone(), value))
    });
    typed.collect()
}
