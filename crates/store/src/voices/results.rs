//! What was released of a closed survey: made once, when its grace is over, and shown ever after.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::SurveyId;

use crate::error::Result;
use crate::rows::time;
use crate::{Source, Tx};

/// Keeps what was released of a survey. It is released once.
pub async fn release(tx: &mut Tx, survey: SurveyId, released: &str, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO survey_release (survey_id, released, released_at) VALUES ($1, $2, $3)",
        survey.to_string(),
        released,
        time(now)
    )
    .map(|_| ())
}

/// What was released of a survey of the grant's inspection.
pub async fn released(source: &mut impl Source, grant: &Grant, survey: SurveyId) -> Result<Option<String>> {
    Ok(fetch_optional!(
        source,
        (String,),
        "SELECT r.released FROM survey_release r JOIN survey s ON s.id = r.survey_id
         WHERE s.inspection_id = $1 AND s.id = $2",
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .map(|(text,)| text))
}

/// What was released of a survey somewhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedElsewhere {
    /// The area.
    pub area: String,
    /// What was released.
    pub released: String,
    /// Digest of the form that was asked.
    pub form_digest: String,
}

/// What was released of surveys with this form in the areas of a programme: for comparison. Without the inspection
/// `except`. The newest first.
pub async fn released_elsewhere(
    source: &mut impl Source,
    programme: &str,
    form_key: &str,
    except: &Grant,
) -> Result<Vec<ReleasedElsewhere>> {
    let rows = fetch_all!(
        source,
        (String, String, String),
        "SELECT i.area, r.released, s.form_digest FROM survey_release r JOIN survey s ON s.id = r.survey_id
         JOIN inspection i ON i.id = s.inspection_id
         WHERE i.programme = $1 AND s.form_key = $2 AND i.id <> $3 ORDER BY r.released_at DESC, i.id LIMIT 50",
        programme,
        form_key,
        except.inspection().to_string()
    )?;
    let found = rows.into_iter();
    Ok(found.map(|(area, released, form_digest)| ReleasedElsewhere { area, released, form_digest }).collect())
}
