//! The sample of records, and the readings of its records. Beside it: pairs ([`pairs`]), the plan of reading ([`plan`]), and
//! what was settled ([`moderation`]).

pub mod moderation;
pub mod pairs;
pub mod plan;

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PairId, PersonId, ReadingId, SampleId, SubmissionId};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::rows::{json, read, read_optional, time, word};
use crate::{Source, Tx};

/// A drawn sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Id.
    pub id: SampleId,
    /// The return it was drawn from.
    pub submission: SubmissionId,
    /// The seed: 64 hexadecimal digits.
    pub seed: String,
    /// Name of the method with its edition.
    pub method: String,
    /// Rows of the return.
    pub population: i64,
    /// How many were drawn.
    pub size: i64,
    /// How many replacements were asked for.
    pub reserves: i64,
    /// Confidence in percent and margin in percentage points; none when a number was chosen.
    pub precision: Option<(u8, u8)>,
    /// Who drew it.
    pub drawn_by: Option<PersonId>,
    /// When.
    pub drawn_at: Timestamp,
}

/// One label of the sample or its reserve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The partnership's label.
    pub label: String,
    /// Place in the order of drawing, from 1; the reserve counts on.
    pub position: i64,
    /// Whether it was drawn as a replacement.
    pub reserve: bool,
    /// Whether it is read now.
    pub in_use: bool,
    /// The reserve that stands in for it.
    pub replaced_by: Option<String>,
    /// Why.
    pub replaced_reason: Option<String>,
}

row! { struct SampleRow {
    id: String, submission_id: String, seed: String, method: String, population: i64, size: i64, reserves: i64,
    confidence: Option<i64>, margin: Option<i64>, drawn_by: Option<String>, drawn_at: String,
} }

row! { struct RecordRow {
    label: String, position: i64, reserve: bool, in_use: bool, replaced_by: Option<String>,
    replaced_reason: Option<String>,
} }

/// Adds the sample with its labels: the sample in order, then the reserve.
///
/// # Errors
/// [`Error::Exists`] when the inspection has a sample.
pub async fn add_sample(
    tx: &mut Tx,
    inspection: InspectionId,
    sample: &Sample,
    labels: &[String],
    reserve: &[String],
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO sample (id, inspection_id, submission_id, seed, method, population, size, reserves, confidence,
           margin, drawn_by, drawn_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        sample.id.to_string(),
        inspection.to_string(),
        sample.submission.to_string(),
        &sample.seed,
        &sample.method,
        sample.population,
        sample.size,
        sample.reserves,
        sample.precision.map(|p| i64::from(p.0)),
        sample.precision.map(|p| i64::from(p.1)),
        sample.drawn_by.map(|p| p.to_string()),
        time(sample.drawn_at)
    )?;
    let all = labels.iter().map(|l| (l, false)).chain(reserve.iter().map(|l| (l, true)));
    for (position, (label, reserve)) in (1_i64..).zip(all) {
        execute!(
            tx,
            "INSERT INTO sample_record (sample_id, label, position, reserve, in_use) VALUES ($1, $2, $3, $4, $5)",
            sample.id.to_string(),
            label,
            position,
            reserve,
            !reserve
        )?;
    }
    Ok(())
}

/// The sample of the inspection that the grant opens, with its labels in order.
pub async fn sample(source: &mut impl Source, grant: &Grant) -> Result<Option<(Sample, Vec<Record>)>> {
    let t = "sample";
    let Some(r) = fetch_optional!(
        source,
        SampleRow,
        "SELECT id, submission_id, seed, method, population, size, reserves, confidence, margin, drawn_by, drawn_at
         FROM sample WHERE inspection_id = $1",
        grant.inspection().to_string()
    )?
    else {
        return Ok(None);
    };
    let small = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok());
    let sample = Sample {
        id: read(t, "id", &r.id, &r.id)?,
        submission: read(t, "submission_id", &r.id, &r.submission_id)?,
        drawn_by: read_optional(t, "drawn_by", &r.id, r.drawn_by.as_deref())?,
        drawn_at: read(t, "drawn_at", &r.id, &r.drawn_at)?,
        precision: small(r.confidence).zip(small(r.margin)),
        seed: r.seed,
        method: r.method,
        population: r.population,
        size: r.size,
        reserves: r.reserves,
    };
    let records = fetch_all!(
        source,
        RecordRow,
        "SELECT label, position, reserve, in_use, replaced_by, replaced_reason FROM sample_record
         WHERE sample_id = $1 ORDER BY position",
        sample.id.to_string()
    )?
    .into_iter()
    .map(|r| Record {
        label: r.label,
        position: r.position,
        reserve: r.reserve,
        in_use: r.in_use,
        replaced_by: r.replaced_by,
        replaced_reason: r.replaced_reason,
    })
    .collect();
    Ok(Some((sample, records)))
}

/// Takes a label out of use and a reserve into use.
///
/// # Errors
/// [`Error::Stale`] when either is no longer as it was seen.
pub async fn replace(
    tx: &mut Tx,
    sample: SampleId,
    label: &str,
    by: &str,
    reason: &str,
    at: Timestamp,
) -> Result<()> {
    let out = execute!(
        tx,
        "UPDATE sample_record SET in_use = $1, replaced_by = $2, replaced_reason = $3, replaced_at = $4
         WHERE sample_id = $5 AND label = $6 AND in_use",
        false,
        by,
        reason,
        time(at),
        sample.to_string(),
        label
    )?;
    let taken = execute!(
        tx,
        "UPDATE sample_record SET in_use = $1
         WHERE sample_id = $2 AND label = $3 AND reserve AND NOT in_use AND replaced_by IS NULL",
        true,
        sample.to_string(),
        by
    )?;
    if out == 1 && taken == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Where a reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingState {
    /// A draft.
    Open,
    /// Finished by its reader.
    Finished,
}

impl ReadingState {
    /// The word of the database and of translation keys (`records-reading-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Finished => "finished",
        }
    }
}

/// One reading of one record by one pair. The answers are JSON as `keyline-forms` writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Id.
    pub id: ReadingId,
    /// Label of the record.
    pub label: String,
    /// The pair whose reading it is; none of one from before there were pairs.
    pub pair: Option<PairId>,
    /// Name of the pair, or else of the reader.
    pub by: String,
    /// Who began it.
    pub reader: PersonId,
    /// Name of who saved it last, for colleagues.
    pub reader_name: String,
    /// What was answered.
    pub answers: serde_json::Value,
    /// Where it stands.
    pub state: ReadingState,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// For two editors.
    pub version: i64,
}

row! { struct ReadingRow {
    id: String, label: String, reader_id: String, pair_id: Option<String>, pair_name: Option<String>,
    reader_name: String, answers: String, state: String, started_at: String, saved_at: String, version: i64,
} }

impl ReadingRow {
    fn reading(self) -> Result<Reading> {
        let t = "record_reading";
        Ok(Reading {
            id: read(t, "id", &self.id, &self.id)?,
            reader: read(t, "reader_id", &self.id, &self.reader_id)?,
            pair: read_optional(t, "pair_id", &self.id, self.pair_id.as_deref())?,
            by: self.pair_name.unwrap_or_else(|| self.reader_name.clone()),
            answers: json(t, "answers", &self.id, &self.answers)?,
            state: word(t, "state", &self.id, &self.state)?,
            started_at: read(t, "started_at", &self.id, &self.started_at)?,
            saved_at: read(t, "saved_at", &self.id, &self.saved_at)?,
            label: self.label,
            reader_name: self.reader_name,
            version: self.version,
        })
    }
}

/// Adds an empty reading of a pair.
///
/// # Errors
/// [`Error::Exists`] when the person has begun one of this label, in whichever pair.
pub async fn add_reading(
    tx: &mut Tx,
    inspection: InspectionId,
    id: ReadingId,
    label: &str,
    pair: PairId,
    reader: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO record_reading (id, inspection_id, label, reader_id, pair_id, saved_by, answers, state, started_at,
           saved_at, version)
         VALUES ($1, $2, $3, $4, $5, $4, '{}', 'open', $6, $6, 1)",
        id.to_string(),
        inspection.to_string(),
        label,
        reader.to_string(),
        pair.to_string(),
        time(at)
    )
    .map(|_| ())
}

/// The readings of the inspection that the grant opens, by label and pair; of one pair or of all.
pub async fn list_readings(
    source: &mut impl Source,
    grant: &Grant,
    of: Option<PairId>,
) -> Result<Vec<Reading>> {
    fetch_all!(
        source,
        ReadingRow,
        "SELECT r.id, r.label, r.reader_id, r.pair_id, q.name AS pair_name, p.name AS reader_name, r.answers, r.state,
           r.started_at, r.saved_at, r.version
         FROM record_reading r JOIN person p ON p.id = COALESCE(r.saved_by, r.reader_id)
         LEFT JOIN reading_pair q ON q.id = r.pair_id
         WHERE r.inspection_id = $1 AND ($2 = '' OR r.pair_id = $2) ORDER BY r.label, q.name, p.name, r.id",
        grant.inspection().to_string(),
        of.map(|p| p.to_string()).unwrap_or_default()
    )?
    .into_iter()
    .map(ReadingRow::reading)
    .collect()
}

/// One reading of the inspection that the grant opens.
pub async fn find_reading(
    source: &mut impl Source,
    grant: &Grant,
    reading: ReadingId,
) -> Result<Option<Reading>> {
    fetch_optional!(
        source,
        ReadingRow,
        "SELECT r.id, r.label, r.reader_id, r.pair_id, q.name AS pair_name, p.name AS reader_name, r.answers, r.state,
           r.started_at, r.saved_at, r.version
         FROM record_reading r JOIN person p ON p.id = COALESCE(r.saved_by, r.reader_id)
         LEFT JOIN reading_pair q ON q.id = r.pair_id
         WHERE r.inspection_id = $1 AND r.id = $2",
        grant.inspection().to_string(),
        reading.to_string()
    )?
    .map(ReadingRow::reading)
    .transpose()
}

/// A reading as it is saved.
#[derive(Debug, Clone, Copy)]
pub struct Saved<'a> {
    /// Everything that was answered.
    pub answers: &'a serde_json::Value,
    /// Where it stands from now on.
    pub state: ReadingState,
    /// Who saves.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Saves a reading that was read at `version`, and keeps this state of it for good.
///
/// # Errors
/// [`Error::Stale`] when it was saved in between.
pub async fn save_reading(tx: &mut Tx, reading: ReadingId, saved: Saved<'_>, version: i64) -> Result<()> {
    let answers = serde_json::to_string(saved.answers)?;
    let touched = execute!(
        tx,
        "UPDATE record_reading SET answers = $1, state = $2, saved_at = $3, saved_by = $4, version = version + 1
         WHERE id = $5 AND version = $6",
        &answers,
        saved.state.word(),
        time(saved.at),
        saved.by.to_string(),
        reading.to_string(),
        version
    )?;
    if touched != 1 {
        return Err(Error::Stale);
    }
    execute!(
        tx,
        "INSERT INTO reading_version (reading_id, version, answers, state, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        reading.to_string(),
        version + 1,
        &answers,
        saved.state.word(),
        saved.by.to_string(),
        time(saved.at)
    )
    .map(|_| ())
}

/// What a reading held at an earlier version; nothing at its beginning, none when there is no such version.
pub async fn answers_at(
    source: &mut impl Source,
    reading: ReadingId,
    version: i64,
) -> Result<Option<serde_json::Value>> {
    if version == 1 {
        return Ok(Some(serde_json::Value::Object(serde_json::Map::new())));
    }
    let id = reading.to_string();
    fetch_optional!(
        source,
        (String,),
        "SELECT answers FROM reading_version WHERE reading_id = $1 AND version = $2",
        &id,
        version
    )?
    .map(|(answers,)| json("reading_version", "answers", &id, &answers))
    .transpose()
}

/// A state in which a reading was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingVersion {
    /// Which, from 2: nothing was saved at the beginning.
    pub version: i64,
    /// What was answered.
    pub answers: serde_json::Value,
    /// Name of who saved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Every state in which a reading was saved, the newest first.
pub async fn versions_of(source: &mut impl Source, reading: ReadingId) -> Result<Vec<ReadingVersion>> {
    let (t, id) = ("reading_version", reading.to_string());
    fetch_all!(
        source,
        (i64, String, Option<String>, String),
        "SELECT v.version, v.answers, p.name, v.saved_at FROM reading_version v LEFT JOIN person p ON p.id = v.saved_by
         WHERE v.reading_id = $1 ORDER BY v.version DESC",
        &id
    )?
    .into_iter()
    .map(|(version, answers, by, at)| {
        Ok(ReadingVersion {
            version,
            answers: json(t, "answers", &id, &answers)?,
            by: by.unwrap_or_default(),
            at: read(t, "saved_at", &id, &at)?,
        })
    })
    .collect()
}
