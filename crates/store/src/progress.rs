//! The facts that the offers rest on, counted in two statements for one inspection.
//!
//! What the programme says (evaluated indicators, sections of the report) comes in as lists, since the store
//! does not know programmes.

use keyline_domain::ids::InspectionId;
use keyline_domain::inspections::way::{IndicatorProgress, Progress};

use crate::Source;
use crate::error::Result;
use crate::rows::{read_optional, word};

row! { struct FactsRow {
    notified_on: Option<String>, coordinator: bool, participation_lead: bool, graders: i64,
    return_state: String, requests: i64, requests_open: i64, staff_survey: String, sample: i64,
    records_read: i64, sessions: i64, evidence: i64, findings_thin: i64, sections_written: i64,
    report: String, accuracy_closed: bool, points_open: i64, publish_at: Option<String>, recommendations: i64,
    recommendations_unanswered: i64, action_plan_due: Option<String>, action_plan: String,
} }

row! { struct IndicatorRow {
    indicator: String, evidence: i64, kinds: i64, findings: i64, grades_alone: i64, agreed: Option<i64>,
    confirmed: Option<i64>,
} }

const FACTS: &str = "
SELECT i.notified_on,
  EXISTS (SELECT 1 FROM membership m WHERE m.inspection_id = i.id AND m.ended_at IS NULL
    AND m.role = 'inspection-coordinator') AS coordinator,
  EXISTS (SELECT 1 FROM membership m WHERE m.inspection_id = i.id AND m.ended_at IS NULL
    AND m.role = 'participation-lead') AS participation_lead,
  (SELECT COUNT(DISTINCT m.person_id) FROM membership m WHERE m.inspection_id = i.id AND m.ended_at IS NULL
    AND m.role IN ('lead', 'depute', 'inspector', 'associate-assessor')
    AND EXISTS (SELECT 1 FROM interest d WHERE d.inspection_id = i.id AND d.person_id = m.person_id
      AND (NOT d.has_interest OR d.cleared IS NOT NULL AND d.cleared))) AS graders,
  COALESCE((SELECT s.state FROM return_submission s WHERE s.inspection_id = i.id AND s.state <> 'refused'
    ORDER BY s.submitted_at DESC, s.id DESC LIMIT 1), 'awaited') AS return_state,
  (SELECT COUNT(*) FROM document_request r WHERE r.inspection_id = i.id AND r.state <> 'withdrawn') AS requests,
  (SELECT COUNT(*) FROM document_request r WHERE r.inspection_id = i.id
    AND r.state IN ('asked', 'in_progress', 'sent_back')) AS requests_open,
  COALESCE((SELECT s.state FROM survey s WHERE s.inspection_id = i.id AND s.audience = 'staff'
    ORDER BY s.id LIMIT 1), 'planned') AS staff_survey,
  (SELECT COUNT(*) FROM sample s JOIN sample_record r ON r.sample_id = s.id
    WHERE s.inspection_id = i.id AND r.in_use) AS sample,
  (SELECT COUNT(DISTINCT r.label) FROM record_reading r
    JOIN sample s ON s.inspection_id = r.inspection_id
    JOIN sample_record d ON d.sample_id = s.id AND d.label = r.label AND d.in_use
    WHERE r.inspection_id = i.id AND r.state = 'finished') AS records_read,
  (SELECT COUNT(*) FROM engagement e WHERE e.inspection_id = i.id) AS sessions,
  (SELECT COUNT(*) FROM evidence e WHERE e.inspection_id = i.id AND e.withdrawn_at IS NULL) AS evidence,
  (SELECT COUNT(*) FROM finding f WHERE f.inspection_id = i.id AND f.withdrawn_at IS NULL
    AND f.single_kind_reason IS NULL
    AND (SELECT COUNT(DISTINCT e.kind) FROM finding_evidence x JOIN evidence e ON e.id = x.evidence_id
      WHERE x.finding_id = f.id AND e.withdrawn_at IS NULL) < 2) AS findings_thin,
  (SELECT COUNT(*) FROM report_section s WHERE s.inspection_id = i.id AND s.body <> '') AS sections_written,
  COALESCE((SELECT r.state FROM report r WHERE r.inspection_id = i.id), 'writing') AS report,
  EXISTS (SELECT 1 FROM report r WHERE r.inspection_id = i.id AND r.accuracy_closed_at IS NOT NULL)
    AS accuracy_closed,
  (SELECT COUNT(*) FROM accuracy_point p WHERE p.inspection_id = i.id AND p.outcome IS NULL) AS points_open,
  (SELECT r.publish_at FROM report r WHERE r.inspection_id = i.id) AS publish_at,
  (SELECT COUNT(*) FROM recommendation r WHERE r.inspection_id = i.id) AS recommendations,
  (SELECT COUNT(*) FROM recommendation r WHERE r.inspection_id = i.id
    AND NOT EXISTS (SELECT 1 FROM planned_action a WHERE a.recommendation_id = r.id))
    AS recommendations_unanswered,
  (SELECT a.due_on FROM action_plan a WHERE a.inspection_id = i.id) AS action_plan_due,
  COALESCE((SELECT a.state FROM action_plan a WHERE a.inspection_id = i.id), 'awaited') AS action_plan
FROM inspection i WHERE i.id = $1";

const INDICATORS: &str = "
SELECT n.indicator,
  (SELECT COUNT(*) FROM evidence e JOIN evidence_tag t ON t.evidence_id = e.id AND t.kind = 'indicator'
    WHERE e.inspection_id = $1 AND e.withdrawn_at IS NULL AND t.tag = n.indicator) AS evidence,
  (SELECT COUNT(DISTINCT e.kind) FROM evidence e JOIN evidence_tag t ON t.evidence_id = e.id
    AND t.kind = 'indicator'
    WHERE e.inspection_id = $1 AND e.withdrawn_at IS NULL AND t.tag = n.indicator) AS kinds,
  (SELECT COUNT(*) FROM finding f WHERE f.inspection_id = $1 AND f.withdrawn_at IS NULL
    AND f.indicator = n.indicator) AS findings,
  (SELECT COUNT(*) FROM grade_alone g WHERE g.inspection_id = $1 AND g.indicator = n.indicator
    AND EXISTS (SELECT 1 FROM membership m WHERE m.inspection_id = g.inspection_id AND m.person_id = g.person_id
      AND m.ended_at IS NULL AND m.role IN ('lead', 'depute', 'inspector', 'associate-assessor'))
    AND EXISTS (SELECT 1 FROM interest d WHERE d.inspection_id = g.inspection_id AND d.person_id = g.person_id
      AND (NOT d.has_interest OR d.cleared IS NOT NULL AND d.cleared)))
    AS grades_alone,
  (SELECT a.level FROM agreed_grade a WHERE a.inspection_id = $1 AND a.indicator = n.indicator) AS agreed,
  (SELECT d.to_level FROM panel_decision d WHERE d.inspection_id = $1 AND d.indicator = n.indicator)
    AS confirmed
FROM (SELECT indicator FROM agreed_grade WHERE inspection_id = $1
  UNION SELECT indicator FROM grade_alone WHERE inspection_id = $1
  UNION SELECT indicator FROM finding WHERE inspection_id = $1
  UNION SELECT t.tag FROM evidence_tag t JOIN evidence e ON e.id = t.evidence_id
    WHERE e.inspection_id = $1 AND t.kind = 'indicator') n";

/// Counts the facts of an inspection. `indicators` are the evaluated ones of the pinned programme version, in
/// order; `sections` the number of sections its report template wants.
pub async fn of(
    source: &mut impl Source,
    inspection: InspectionId,
    indicators: &[String],
    sections: u32,
) -> Result<Progress> {
    let id = inspection.to_string();
    let r = fetch_one!(source, FactsRow, FACTS, &id)?;
    let counted = fetch_all!(source, IndicatorRow, INDICATORS, &id)?;
    let n = |value: i64| u32::try_from(value).unwrap_or(0);
    Ok(Progress {
        notified_on: read_optional("inspection", "notified_on", &id, r.notified_on.as_deref())?,
        coordinator: r.coordinator,
        participation_lead: r.participation_lead,
        graders: n(r.graders),
        pre_inspection_return: word("return_submission", "state", &id, &r.return_state)?,
        requests: n(r.requests),
        requests_open: n(r.requests_open),
        staff_survey: word("survey", "state", &id, &r.staff_survey)?,
        sample: n(r.sample),
        records_read: n(r.records_read),
        sessions: n(r.sessions),
        evidence: n(r.evidence),
        indicators: indicators
            .iter()
            .map(|indicator| {
                counted.iter().find(|c| c.indicator == *indicator).map_or_else(
                    || IndicatorProgress { indicator: indicator.clone(), ..IndicatorProgress::default() },
                    |c| IndicatorProgress {
                        indicator: indicator.clone(),
                        evidence: n(c.evidence),
                        kinds: n(c.kinds),
                        findings: n(c.findings),
                        grades_alone: n(c.grades_alone),
                        agreed: c.agreed,
                        confirmed: c.confirmed,
                    },
                )
            })
            .collect(),
        findings_thin: n(r.findings_thin),
        sections_empty: sections.saturating_sub(n(r.sections_written)),
        report: word("report", "state", &id, &r.report)?,
        accuracy_closed: r.accuracy_closed,
        points_open: n(r.points_open),
        publish_at: read_optional("report", "publish_at", &id, r.publish_at.as_deref())?,
        recommendations: n(r.recommendations),
        recommendations_unanswered: n(r.recommendations_unanswered),
        action_plan_due: read_optional("action_plan", "due_on", &id, r.action_plan_due.as_deref())?,
        action_plan: word("action_plan", "state", &id, &r.action_plan)?,
    })
}
