//! Codes that open a survey once. Only keyed hashes are here, and a code that was used is not here any more.

use keyline_domain::ids::SurveyId;

use crate::error::Result;
use crate::{Source, Tx};

/// Adds the hashes of new codes, in the order of the hashes, which says nothing.
pub async fn add(tx: &mut Tx, survey: SurveyId, mut hashes: Vec<String>) -> Result<()> {
    hashes.sort_unstable();
    for hash in hashes {
        execute!(tx, "INSERT INTO survey_code (hash, survey_id) VALUES ($1, $2)", &hash, survey.to_string())?;
    }
    Ok(())
}

/// Whether a code of the survey can still be used.
pub async fn is_unused(source: &mut impl Source, survey: SurveyId, hash: &str) -> Result<bool> {
    let (count,) = fetch_one!(
        source,
        (i64,),
        "SELECT COUNT(*) FROM survey_code WHERE hash = $1 AND survey_id = $2",
        hash,
        survey.to_string()
    )?;
    Ok(count == 1)
}

/// Destroys the codes of a survey that were not used: it is over.
pub async fn clear(tx: &mut Tx, survey: SurveyId) -> Result<u64> {
    execute!(tx, "DELETE FROM survey_code WHERE survey_id = $1", survey.to_string())
}
