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

/// Areas of a programme in which a survey with this form was released, with what was released: for comparison. Without
/// the inspection `except`. The newest first.
pub async fn released_elsewhere(
    source: &mut impl Source,
    programme: &str,
    form_key: &str,
    except: &Grant,
) -> Result<Vec<(String, String)>> {
    fetch_all!(
        source,
        (String, String),
        "SELECT i.area, r.released FROM survey_release r JOIN survey s ON s.id = r.survey_id
         JOIN inspection i ON i.id = s.inspection_id
         WHERE i.programme = $1 AND s.form_key = $2 AND i.id <> $3 ORDER BY r.released_at DESC, i.id LIMIT 50",
        programme,
        form_key,
        except.inspection().to_string()
    )
}
