//! What the report is made from: confirmed grades, findings, recommendations, counts.

use keyline_domain::access::Grant;
use keyline_domain::judgement::report::{ReportedFinding, ReportedGrade, ReportedRecommendation};

use crate::Source;
use crate::error::{Error, Result};
use crate::rows::word;

row! { struct GradeRow { indicator: String, to_level: i64 } }

/// The grades as the panel confirmed them.
pub async fn grades(source: &mut impl Source, grant: &Grant) -> Result<Vec<ReportedGrade>> {
    fetch_all!(
        source,
        GradeRow,
        "SELECT indicator, to_level FROM panel_decision WHERE inspection_id = $1 ORDER BY indicator",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| Ok(ReportedGrade { level: level(&r.indicator, r.to_level)?, indicator: r.indicator }))
    .collect()
}

pub(super) fn level(id: &str, level: i64) -> Result<u8> {
    u8::try_from(level).map_err(|_| Error::Inconsistent {
        table: "panel_decision",
        column: "to_level",
        id: id.to_owned(),
        found: level.to_string(),
    })
}

row! { struct FindingRow { id: String, indicator: String, kind: String, body: String } }

/// The findings that stand.
pub async fn findings(source: &mut impl Source, grant: &Grant) -> Result<Vec<ReportedFinding>> {
    fetch_all!(
        source,
        FindingRow,
        "SELECT id, indicator, kind, body FROM finding WHERE inspection_id = $1 AND withdrawn_at IS NULL
         ORDER BY indicator, id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(ReportedFinding {
            side: word("finding", "kind", &r.id, &r.kind)?,
            indicator: r.indicator,
            body: r.body,
        })
    })
    .collect()
}

row! { struct RecommendationRow { number: i64, indicator: String, body: String } }

/// The recommendations in order.
pub async fn recommendations(source: &mut impl Source, grant: &Grant) -> Result<Vec<ReportedRecommendation>> {
    Ok(fetch_all!(
        source,
        RecommendationRow,
        "SELECT number, indicator, body FROM recommendation WHERE inspection_id = $1 ORDER BY number",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| ReportedRecommendation {
        number: u32::try_from(r.number).unwrap_or(0),
        indicator: r.indicator,
        body: r.body,
    })
    .collect())
}

/// How many people were heard and how much was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Answers to surveys, by audience.
    pub survey_answers: Vec<(String, u32)>,
    /// People who took part in sessions, by kind of session.
    pub people_met: Vec<(String, u32)>,
    /// Sessions held.
    pub sessions: u32,
    /// Records read to the end.
    pub records_read: u32,
    /// Documents read: requests that were answered with one.
    pub documents: u32,
}

row! { struct CountRow { audience: String, people: i64 } }

/// Counts people and things.
pub async fn counts(source: &mut impl Source, grant: &Grant) -> Result<Counts> {
    let id = grant.inspection().to_string();
    let n = |value: i64| u32::try_from(value).unwrap_or(0);
    let pairs = |rows: Vec<CountRow>| rows.into_iter().map(|r| (r.audience, n(r.people))).collect();
    let answers = fetch_all!(
        source,
        CountRow,
        "SELECT s.audience, COUNT(a.id) AS people FROM survey s LEFT JOIN survey_answer a ON a.survey_id = s.id
         WHERE s.inspection_id = $1 AND s.state = 'closed' GROUP BY s.audience ORDER BY s.audience",
        &id
    )?;
    let met = fetch_all!(
        source,
        CountRow,
        "SELECT e.kind AS audience, CAST(SUM(e.people) AS BIGINT) AS people FROM engagement e
         WHERE e.inspection_id = $1 GROUP BY e.kind ORDER BY e.kind",
        &id
    )?;
    let (sessions, records, documents) = fetch_one!(
        source,
        (i64, i64, i64),
        "SELECT (SELECT COUNT(*) FROM engagement e WHERE e.inspection_id = i.id),
           (SELECT COUNT(DISTINCT r.label) FROM record_reading r
             WHERE r.inspection_id = i.id AND r.state = 'finished'),
           (SELECT COUNT(DISTINCT d.document_id) FROM request_document d
             JOIN document_request q ON q.id = d.request_id WHERE q.inspection_id = i.id)
         FROM inspection i WHERE i.id = $1",
        &id
    )?;
    Ok(Counts {
        survey_answers: pairs(answers),
        people_met: pairs(met),
        sessions: n(sessions),
        records_read: n(records),
        documents: n(documents),
    })
}
