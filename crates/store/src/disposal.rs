//! The disposal of what is personal in an inspection: when, how far it has come, and the statements that destroy.
//!
//! Deleted rows are overwritten in the file of SQLite (`secure_delete`). What a backup holds is beyond this module.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::disposal::Step;
use keyline_domain::documents::Document;
use keyline_domain::ids::{InspectionId, PersonId};

use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional, time};
use crate::{Source, Tx};

/// How far the disposal of an inspection has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disposal {
    /// The day to which it was put off.
    pub put_off: Option<Date>,
    /// When its first step was done.
    pub started_at: Option<Timestamp>,
    /// When all was done.
    pub finished_at: Option<Timestamp>,
    /// What was destroyed and what is kept, in words; once all is done.
    pub certificate: Option<Document>,
    /// For two who put it off at once; 0 before the first.
    pub version: i64,
}

/// One time that it was put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postponement {
    /// From which day.
    pub from: Date,
    /// To which.
    pub to: Date,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

row! { struct DisposalRow {
    due_on: Option<String>, started_at: Option<String>, finished_at: Option<String>, certificate: Option<String>,
    version: i64,
} }

/// How far it has come.
pub async fn find(source: &mut impl Source, inspection: InspectionId) -> Result<Disposal> {
    let id = inspection.to_string();
    let row = fetch_optional!(
        source,
        DisposalRow,
        "SELECT due_on, started_at, finished_at, certificate, version FROM disposal WHERE inspection_id = $1",
        &id
    )?;
    let Some(row) = row else { return Ok(Disposal::default()) };
    let t = "disposal";
    Ok(Disposal {
        put_off: read_optional(t, "due_on", &id, row.due_on.as_deref())?,
        started_at: read_optional(t, "started_at", &id, row.started_at.as_deref())?,
        finished_at: read_optional(t, "finished_at", &id, row.finished_at.as_deref())?,
        certificate: row.certificate.map(|text| json(t, "certificate", &id, &text)).transpose()?,
        version: row.version,
    })
}

row! { struct OpenRow { id: String, published_at: String } }

/// The published inspections that have not been disposed of, with the moment of publication.
pub async fn open(source: &mut impl Source) -> Result<Vec<(InspectionId, Timestamp)>> {
    fetch_all!(
        source,
        OpenRow,
        "SELECT i.id, r.published_at FROM report r JOIN inspection i ON i.id = r.inspection_id
           LEFT JOIN disposal d ON d.inspection_id = i.id
         WHERE r.state = 'published' AND r.published_at IS NOT NULL AND d.finished_at IS NULL ORDER BY i.id"
    )?
    .into_iter()
    .map(|r| {
        let published = read("report", "published_at", &r.id, &r.published_at)?;
        Ok((read("inspection", "id", &r.id, &r.id)?, published))
    })
    .collect()
}

row! { struct PublishedRow { published_at: Option<String> } }

/// When the report of an inspection was published.
pub async fn published_at(source: &mut impl Source, inspection: InspectionId) -> Result<Option<Timestamp>> {
    let id = inspection.to_string();
    let row = fetch_optional!(
        source,
        PublishedRow,
        "SELECT published_at FROM report WHERE inspection_id = $1 AND state = 'published'",
        &id
    )?;
    read_optional("report", "published_at", &id, row.and_then(|r| r.published_at).as_deref())
}

async fn ensure(tx: &mut Tx, inspection: InspectionId) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO disposal (inspection_id, version) VALUES ($1, 0) ON CONFLICT (inspection_id) DO NOTHING",
        inspection.to_string()
    )
    .map(|_| ())
}

/// Puts the day off.
///
/// # Errors
/// [`Error::Stale`] when somebody else did in between, or it has begun.
pub async fn postpone(
    tx: &mut Tx,
    inspection: InspectionId,
    postponement: &Postponement,
    version: i64,
) -> Result<()> {
    ensure(tx, inspection).await?;
    let touched = execute!(
        tx,
        "UPDATE disposal SET due_on = $1, version = version + 1
         WHERE inspection_id = $2 AND version = $3 AND started_at IS NULL",
        day(postponement.to),
        inspection.to_string(),
        version
    )?;
    if touched != 1 {
        return Err(Error::Stale);
    }
    execute!(
        tx,
        "INSERT INTO disposal_postponement (inspection_id, number, from_on, to_on, reason, decided_by, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        inspection.to_string(),
        version + 1,
        day(postponement.from),
        day(postponement.to),
        &postponement.reason,
        postponement.by.map(|p| p.to_string()),
        time(postponement.at)
    )
    .map(|_| ())
}

row! { struct PostponementRow {
    from_on: String, to_on: String, reason: String, decided_by: Option<String>, decided_at: String,
} }

/// Each time that it was put off, in order.
pub async fn postponements(source: &mut impl Source, grant: &Grant) -> Result<Vec<Postponement>> {
    let (t, id) = ("disposal_postponement", grant.inspection().to_string());
    fetch_all!(
        source,
        PostponementRow,
        "SELECT from_on, to_on, reason, decided_by, decided_at FROM disposal_postponement
         WHERE inspection_id = $1 ORDER BY number",
        &id
    )?
    .into_iter()
    .map(|r| {
        Ok(Postponement {
            from: read(t, "from_on", &id, &r.from_on)?,
            to: read(t, "to_on", &id, &r.to_on)?,
            by: read_optional(t, "decided_by", &id, r.decided_by.as_deref())?,
            at: read(t, "decided_at", &id, &r.decided_at)?,
            reason: r.reason,
        })
    })
    .collect()
}

row! { struct StepRow { step: String, destroyed: i64, done_at: String } }

/// The steps that are done: how many of its kind were destroyed, and when.
pub async fn steps(
    source: &mut impl Source,
    inspection: InspectionId,
) -> Result<Vec<(Step, i64, Timestamp)>> {
    let id = inspection.to_string();
    let rows = fetch_all!(
        source,
        StepRow,
        "SELECT step, destroyed, done_at FROM disposal_step WHERE inspection_id = $1 ORDER BY done_at",
        &id
    )?;
    // In their own order: several may be done in one instant.
    let mut steps: Vec<(Step, i64, Timestamp)> = rows
        .into_iter()
        .filter_map(|r| {
            let step = Step::ALL.into_iter().find(|step| step.word() == r.step)?;
            Some(read("disposal_step", "done_at", &id, &r.done_at).map(|at| (step, r.destroyed, at)))
        })
        .collect::<Result<_>>()?;
    steps.sort_by_key(|(step, _, _)| *step);
    Ok(steps)
}

/// Counts what a step has destroyed so far, before it is done. Several transactions may add to it.
pub async fn add_to_step(
    tx: &mut Tx,
    inspection: InspectionId,
    step: Step,
    count: i64,
    at: Timestamp,
) -> Result<()> {
    ensure(tx, inspection).await?;
    execute!(
        tx,
        "UPDATE disposal SET started_at = $1 WHERE inspection_id = $2 AND started_at IS NULL",
        time(at),
        inspection.to_string()
    )?;
    execute!(
        tx,
        "INSERT INTO disposal_step (inspection_id, step, destroyed, done_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (inspection_id, step) DO UPDATE
         SET destroyed = disposal_step.destroyed + excluded.destroyed, done_at = excluded.done_at",
        inspection.to_string(),
        step.word(),
        count,
        time(at)
    )
    .map(|_| ())
}

/// Keeps the certificate: all is done.
///
/// # Errors
/// [`Error::Stale`] when it was done already.
pub async fn finish(
    tx: &mut Tx,
    inspection: InspectionId,
    certificate: &Document,
    at: Timestamp,
) -> Result<()> {
    ensure(tx, inspection).await?;
    let touched = execute!(
        tx,
        "UPDATE disposal SET finished_at = $1, certificate = $2, version = version + 1
         WHERE inspection_id = $3 AND finished_at IS NULL",
        time(at),
        serde_json::to_string(certificate)?,
        inspection.to_string()
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

row! { struct CountRow { count: i64 } }

/// How much a step would destroy now. Notes of readings are counted by whoever knows the tool: none here.
pub async fn count(source: &mut impl Source, inspection: InspectionId, step: Step) -> Result<i64> {
    let sql = match step {
        Step::Keys => "SELECT COUNT(*) AS count FROM inspection_key WHERE inspection_id = $1",
        Step::Contacts => {
            "SELECT COUNT(*) AS count FROM survey_contact
             WHERE survey_id IN (SELECT id FROM survey WHERE inspection_id = $1)"
        }
        Step::DeviceAnswers => {
            "SELECT COUNT(*) AS count FROM device_submission WHERE inspection_id = $1 AND sealed IS NOT NULL"
        }
        Step::SurveyWords => {
            "SELECT (SELECT COUNT(*) FROM survey_text
                     WHERE survey_id IN (SELECT id FROM survey WHERE inspection_id = $1))
                  + (SELECT COUNT(*) FROM survey_paper
                     WHERE survey_id IN (SELECT id FROM survey WHERE inspection_id = $1)) AS count"
        }
        Step::SessionNotes => {
            "SELECT COUNT(*) AS count FROM engagement WHERE inspection_id = $1 AND note <> '…'"
        }
        Step::Cohort => {
            "SELECT COUNT(*) AS count FROM cohort_child
             WHERE submission_id IN (SELECT id FROM return_submission WHERE inspection_id = $1)"
        }
        Step::ReadingNotes => return Ok(0),
        Step::TrainingList => {
            "SELECT COUNT(*) AS count FROM training_place WHERE inspection_id = $1 AND name <> '…'"
        }
        Step::Colleagues => {
            "SELECT COUNT(*) AS count FROM delegation
             WHERE name <> '…' AND request_id IN (SELECT id FROM document_request WHERE inspection_id = $1)"
        }
        Step::Documents => "SELECT COUNT(*) AS count FROM document WHERE inspection_id = $1 AND digest <> ''",
    };
    let row = fetch_optional!(source, CountRow, sql, inspection.to_string())?;
    Ok(row.map_or(0, |row| row.count))
}

/// Destroys the rows of a step that is one statement; gives how many. Readings and documents have their own.
pub async fn destroy(tx: &mut Tx, inspection: InspectionId, step: Step) -> Result<i64> {
    let id = inspection.to_string();
    let touched = match step {
        Step::Keys => execute!(tx, "DELETE FROM inspection_key WHERE inspection_id = $1", &id)?,
        Step::Contacts => execute!(
            tx,
            "DELETE FROM survey_contact WHERE survey_id IN (SELECT id FROM survey WHERE inspection_id = $1)",
            &id
        )?,
        Step::DeviceAnswers => execute!(
            tx,
            "UPDATE device_submission SET sealed = NULL WHERE inspection_id = $1 AND sealed IS NOT NULL",
            &id
        )?,
        Step::SurveyWords => return strip_surveys(tx, &id).await,
        Step::SessionNotes => {
            execute!(tx, "UPDATE engagement SET note = '…' WHERE inspection_id = $1 AND note <> '…'", &id)?
        }
        Step::Cohort => {
            execute!(
                tx,
                "DELETE FROM cohort_key
                 WHERE submission_id IN (SELECT id FROM return_submission WHERE inspection_id = $1)",
                &id
            )?;
            execute!(
                tx,
                "DELETE FROM cohort_child
                 WHERE submission_id IN (SELECT id FROM return_submission WHERE inspection_id = $1)",
                &id
            )?
        }
        Step::TrainingList => execute!(
            tx,
            "UPDATE training_place SET name = '…', designation = '…', organisation = '…', email = ''
             WHERE inspection_id = $1 AND name <> '…'",
            &id
        )?,
        Step::Colleagues => execute!(
            tx,
            "UPDATE delegation SET name = '…', email = '', not_held_reason = NULL
             WHERE name <> '…' AND request_id IN (SELECT id FROM document_request WHERE inspection_id = $1)",
            &id
        )?,
        Step::ReadingNotes | Step::Documents => 0,
    };
    Ok(i64::try_from(touched).unwrap_or(i64::MAX))
}

row! { struct WordsRow { survey_id: String, answer_id: String, question: String, answers: String } }

// What was chosen from a list stays in the answers. What was written goes, and with it the row that says who read it.
async fn strip_surveys(tx: &mut Tx, inspection: &str) -> Result<i64> {
    let rows = fetch_all!(
        tx,
        WordsRow,
        "SELECT t.survey_id, t.answer_id, t.question, a.answers FROM survey_text t
           JOIN survey_answer a ON a.survey_id = t.survey_id AND a.id = t.answer_id
           JOIN survey s ON s.id = t.survey_id
         WHERE s.inspection_id = $1 ORDER BY t.survey_id, t.answer_id",
        inspection
    )?;
    let words = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    for of_one in rows.chunk_by(|a, b| (&a.survey_id, &a.answer_id) == (&b.survey_id, &b.answer_id)) {
        let Some(first) = of_one.first() else { continue };
        let mut answers: serde_json::Map<String, serde_json::Value> =
            json("survey_answer", "answers", "(anonymous)", &first.answers)?;
        answers.retain(|question, _| !of_one.iter().any(|row| row.question == *question));
        execute!(
            tx,
            "UPDATE survey_answer SET answers = $1 WHERE survey_id = $2 AND id = $3",
            serde_json::to_string(&answers)?,
            &first.survey_id,
            &first.answer_id
        )?;
    }
    execute!(
        tx,
        "DELETE FROM survey_text WHERE survey_id IN (SELECT id FROM survey WHERE inspection_id = $1)",
        inspection
    )?;
    let keyed = execute!(
        tx,
        "DELETE FROM survey_paper WHERE survey_id IN (SELECT id FROM survey WHERE inspection_id = $1)",
        inspection
    )?;
    Ok(words.saturating_add(i64::try_from(keyed).unwrap_or(i64::MAX)))
}

/// Writes the answers of a reading without its notes. Neither its state nor its times change.
pub async fn strip_reading(tx: &mut Tx, reading: &str, answers: &serde_json::Value) -> Result<()> {
    execute!(
        tx,
        "UPDATE record_reading SET answers = $1 WHERE id = $2",
        serde_json::to_string(answers)?,
        reading
    )
    .map(|_| ())
}

/// Destroys the earlier states of the readings, in which notes stand too, and the reasons for what holds where two readings
/// differ, with what holds for questions that are answered in own words; gives how many reasons there were.
pub async fn strip_reasons(tx: &mut Tx, inspection: InspectionId, own_words: &[String]) -> Result<i64> {
    let id = inspection.to_string();
    for item in own_words {
        let sql = "UPDATE moderation SET answer = 'null' WHERE inspection_id = $1 AND item = $2";
        execute!(tx, sql, &id, item)?;
    }
    execute!(
        tx,
        "DELETE FROM reading_version
         WHERE reading_id IN (SELECT id FROM record_reading WHERE inspection_id = $1)",
        &id
    )?;
    let touched =
        execute!(tx, "UPDATE moderation SET reason = '…' WHERE inspection_id = $1 AND reason <> '…'", &id)?;
    Ok(i64::try_from(touched).unwrap_or(i64::MAX))
}

row! { struct TextRow { text_digest: Option<String>, look_digest: Option<String> } }

/// Under which digests lies what was read from a document: its text and its preview.
pub async fn texts_of(source: &mut impl Source, document: &str) -> Result<Vec<String>> {
    let row = fetch_optional!(
        source,
        TextRow,
        "SELECT text_digest, look_digest FROM document_text WHERE document_id = $1",
        document
    )?;
    Ok(row.into_iter().flat_map(|row| [row.text_digest, row.look_digest]).flatten().collect())
}

row! { struct NextDocumentRow { id: String, digest: String } }

/// The next document whose content is still there: its id and the digest of its content.
pub async fn next_document(
    source: &mut impl Source,
    inspection: InspectionId,
) -> Result<Option<(String, String)>> {
    let row = fetch_optional!(
        source,
        NextDocumentRow,
        "SELECT id, digest FROM document WHERE inspection_id = $1 AND digest <> '' ORDER BY id LIMIT 1",
        inspection.to_string()
    )?;
    Ok(row.map(|row| (row.id, row.digest)))
}

/// Whether anything else names this content: another document of whatever inspection, what was read from one, or an edition
/// of a report.
pub async fn is_named_elsewhere(source: &mut impl Source, document: &str, digest: &str) -> Result<bool> {
    let row = fetch_optional!(
        source,
        CountRow,
        "SELECT (SELECT COUNT(*) FROM document WHERE digest = $1 AND id <> $2)
              + (SELECT COUNT(*) FROM document_text
                 WHERE (text_digest = $1 OR look_digest = $1) AND document_id <> $2)
              + (SELECT COUNT(*) FROM report_edition WHERE pdf_digest = $1)
              + (SELECT COUNT(*) FROM information_pdf WHERE digest = $1) AS count",
        digest,
        document
    )?;
    Ok(row.is_some_and(|row| row.count > 0))
}

/// Takes name and digest out of the row of a document. The row stays: it says that something came, when and from whom, and
/// that it was withdrawn before, if it was.
pub async fn blank_document(tx: &mut Tx, document: &str, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE return_submission SET document_id = NULL, file_name = '…' WHERE document_id = $1",
        document
    )?;
    execute!(tx, "DELETE FROM document_text WHERE document_id = $1", document)?;
    execute!(
        tx,
        "UPDATE document SET name = '…', digest = '', withdrawn_at = $1,
           withdrawn_reason = CASE WHEN withdrawn_reason IS NULL THEN NULL ELSE '…' END
         WHERE id = $2",
        time(at),
        document
    )
    .map(|_| ())
}
