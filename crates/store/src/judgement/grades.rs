//! Grades given alone, and the agreed grade.
//!
//! The grades of others are read with an [`Opened`], which only [`open`] makes, after the domain's rule has been asked
//! with the rows as they stand. A page that wants to show them has no other way to them.

use jiff::Timestamp;
use keyline_domain::access::{Action, Grant};
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_domain::judgement::grades::{Count, Viewer, may_see_others};
use keyline_domain::reasons::Reason;

use crate::error::{Error, Result};
use crate::rows::{read, time};
use crate::{Source, Tx};

/// A grade that one person gave alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeAlone {
    /// Whose.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Scrutiny body, key of the programme's list.
    pub body: Option<String>,
    /// The level, as the scale stores it.
    pub level: i64,
    /// Why.
    pub reason: String,
    /// When.
    pub graded_at: Timestamp,
    /// What was given alone, when the grade was changed after all had opened.
    pub alone_level: Option<i64>,
}

impl GradeAlone {
    /// What was given alone.
    pub fn given_alone(&self) -> i64 {
        self.alone_level.unwrap_or(self.level)
    }
}

row! { struct GradeRow {
    person_id: String, name: String, body: Option<String>, level: i64, reason: String, graded_at: String,
    alone_level: Option<i64>,
} }

impl GradeRow {
    fn grade(self) -> Result<GradeAlone> {
        let t = "grade_alone";
        Ok(GradeAlone {
            person: read(t, "person_id", &self.person_id, &self.person_id)?,
            graded_at: read(t, "graded_at", &self.person_id, &self.graded_at)?,
            name: self.name,
            body: self.body,
            level: self.level,
            reason: self.reason,
            alone_level: self.alone_level,
        })
    }
}

const COLUMNS: &str = "SELECT g.person_id, p.name,
    (SELECT MAX(m.body) FROM membership m WHERE m.inspection_id = g.inspection_id AND m.person_id = g.person_id)
      AS body,
    g.level, g.reason, g.graded_at, g.alone_level
  FROM grade_alone g JOIN person p ON p.id = g.person_id";

/// The own grade of the person behind the grant.
pub async fn own(source: &mut impl Source, grant: &Grant, indicator: &str) -> Result<Option<GradeAlone>> {
    let Some(person) = grant.person_id() else { return Ok(None) };
    fetch_optional!(
        source,
        GradeRow,
        sqlx::AssertSqlSafe(format!(
            "{COLUMNS} WHERE g.inspection_id = $1 AND g.indicator = $2 AND g.person_id = $3"
        )),
        grant.inspection().to_string(),
        indicator,
        person.to_string()
    )?
    .map(GradeRow::grade)
    .transpose()
}

/// That the grades of all on one indicator are open to one person: the own grade is there and all have graded, or the
/// grade is agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    inspection: InspectionId,
    indicator: String,
}

/// How far the grading of one indicator is open to the person behind a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Openness {
    /// Closed: the count is all there is to see, and why.
    Closed(Count, Reason),
    /// Open.
    Open(Count, Opened),
}

impl Openness {
    /// The count, which everybody with a way to the judgement may see.
    pub fn count(&self) -> Count {
        match self {
            Self::Closed(count, _) | Self::Open(count, _) => *count,
        }
    }
}

row! { struct CountRow { graders: i64, graded: i64, agreed: bool } }

// The two conditions are those of the counts in `progress`: a live role that grades, and the inspection open to it.
const GRADES: &str = "m.ended_at IS NULL AND m.role IN ('lead', 'depute', 'inspector', 'associate-assessor')
    AND EXISTS (SELECT 1 FROM interest d WHERE d.inspection_id = m.inspection_id AND d.person_id = m.person_id
      AND (NOT d.has_interest OR d.cleared IS NOT NULL AND d.cleared))";

/// How many have graded an indicator, of how many.
pub async fn count(source: &mut impl Source, grant: &Grant, indicator: &str) -> Result<Count> {
    let r = fetch_one!(
        source,
        CountRow,
        sqlx::AssertSqlSafe(format!(
            "SELECT
               (SELECT COUNT(DISTINCT m.person_id) FROM membership m WHERE m.inspection_id = $1 AND {GRADES})
                 AS graders,
               (SELECT COUNT(*) FROM grade_alone g WHERE g.inspection_id = $1 AND g.indicator = $2
                 AND EXISTS (SELECT 1 FROM membership m WHERE m.inspection_id = g.inspection_id
                   AND m.person_id = g.person_id AND {GRADES})) AS graded,
               EXISTS (SELECT 1 FROM agreed_grade a WHERE a.inspection_id = $1 AND a.indicator = $2) AS agreed"
        )),
        grant.inspection().to_string(),
        indicator
    )?;
    let n = |value: i64| u32::try_from(value).unwrap_or(0);
    Ok(Count { graders: n(r.graders), graded: n(r.graded), agreed: r.agreed })
}

/// Asks the rule whether the grades on an indicator are open to the person behind the grant.
pub async fn open(source: &mut impl Source, grant: &Grant, indicator: &str) -> Result<Openness> {
    let count = count(source, grant, indicator).await?;
    let viewer = Viewer {
        grader: grant.person().is_some() && grant.permits(Action::GradeAlone),
        own: own(source, grant, indicator).await?.is_some(),
    };
    Ok(match may_see_others(viewer, count) {
        Ok(()) => {
            Openness::Open(count, Opened { inspection: grant.inspection(), indicator: indicator.to_owned() })
        }
        Err(reason) => Openness::Closed(count, reason),
    })
}

/// The grades of all on an indicator, best first. The proof says which.
pub async fn all(source: &mut impl Source, opened: &Opened) -> Result<Vec<GradeAlone>> {
    fetch_all!(
        source,
        GradeRow,
        sqlx::AssertSqlSafe(format!(
            "{COLUMNS} WHERE g.inspection_id = $1 AND g.indicator = $2 ORDER BY g.level DESC, p.name, g.person_id"
        )),
        opened.inspection.to_string(),
        &opened.indicator
    )?
    .into_iter()
    .map(GradeRow::grade)
    .collect()
}

/// Who has graded an indicator: ids alone, for the separation of duties.
pub async fn graded_by(source: &mut impl Source, grant: &Grant, indicator: &str) -> Result<Vec<PersonId>> {
    fetch_all!(
        source,
        (String,),
        "SELECT person_id FROM grade_alone WHERE inspection_id = $1 AND indicator = $2 ORDER BY person_id",
        grant.inspection().to_string(),
        indicator
    )?
    .into_iter()
    .map(|(id,)| read("grade_alone", "person_id", &id, &id))
    .collect()
}

/// Writes the grade of a person, or writes it anew. `keep_alone` says that the grades of all had opened: then what
/// was given alone is kept beside the change.
#[expect(clippy::too_many_arguments, reason = "one row, each column once")]
pub async fn give(
    tx: &mut Tx,
    inspection: InspectionId,
    indicator: &str,
    person: PersonId,
    level: i64,
    reason: &str,
    at: Timestamp,
    keep_alone: bool,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO grade_alone (inspection_id, indicator, person_id, level, reason, graded_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (inspection_id, indicator, person_id) DO UPDATE SET
           alone_level = CASE WHEN $7 AND grade_alone.alone_level IS NULL AND grade_alone.level <> excluded.level
             THEN grade_alone.level ELSE grade_alone.alone_level END,
           level = excluded.level, reason = excluded.reason, graded_at = excluded.graded_at",
        inspection.to_string(),
        indicator,
        person.to_string(),
        level,
        reason,
        time(at),
        keep_alone
    )
    .map(|_| ())
}

/// The grade that the lead recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedGrade {
    /// The indicator.
    pub indicator: String,
    /// The level, as the scale stores it.
    pub level: i64,
    /// Why.
    pub reason: String,
    /// What was said against it; empty when nothing was.
    pub dissent: String,
    /// Who recorded it.
    pub agreed_by: PersonId,
    /// Name.
    pub name: String,
    /// When.
    pub agreed_at: Timestamp,
    /// For two editors.
    pub version: i64,
}

row! { struct AgreedRow {
    indicator: String, level: i64, reason: String, dissent: String, agreed_by: String, name: String,
    agreed_at: String, version: i64,
} }

/// The agreed grades of the inspection that the grant opens.
pub async fn agreed(source: &mut impl Source, grant: &Grant) -> Result<Vec<AgreedGrade>> {
    fetch_all!(
        source,
        AgreedRow,
        "SELECT a.indicator, a.level, a.reason, a.dissent, a.agreed_by, p.name, a.agreed_at, a.version
         FROM agreed_grade a JOIN person p ON p.id = a.agreed_by WHERE a.inspection_id = $1 ORDER BY a.indicator",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(AgreedGrade {
            agreed_by: read("agreed_grade", "agreed_by", &r.indicator, &r.agreed_by)?,
            agreed_at: read("agreed_grade", "agreed_at", &r.indicator, &r.agreed_at)?,
            indicator: r.indicator,
            level: r.level,
            reason: r.reason,
            dissent: r.dissent,
            name: r.name,
            version: r.version,
        })
    })
    .collect()
}

/// What is written as an agreed grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// The indicator.
    pub indicator: &'a str,
    /// The level.
    pub level: i64,
    /// Why.
    pub reason: &'a str,
    /// What was said against it.
    pub dissent: &'a str,
}

/// Records the agreed grade. `version` is the one that was read; `None` when there was none.
///
/// # Errors
/// [`Error::Stale`] when somebody recorded one in between.
pub async fn agree(
    tx: &mut Tx,
    inspection: InspectionId,
    grade: Agreement<'_>,
    version: Option<i64>,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    let touched = match version {
        Some(version) => execute!(
            tx,
            "UPDATE agreed_grade SET level = $1, reason = $2, dissent = $3, agreed_by = $4, agreed_at = $5,
               version = version + 1
             WHERE inspection_id = $6 AND indicator = $7 AND version = $8",
            grade.level,
            grade.reason,
            grade.dissent,
            by.to_string(),
            time(at),
            inspection.to_string(),
            grade.indicator,
            version
        )?,
        None => execute!(
            tx,
            "INSERT INTO agreed_grade (inspection_id, indicator, level, reason, dissent, agreed_by, agreed_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (inspection_id, indicator) DO NOTHING",
            inspection.to_string(),
            grade.indicator,
            grade.level,
            grade.reason,
            grade.dissent,
            by.to_string(),
            time(at)
        )?,
    };
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
