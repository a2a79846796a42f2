//! How many people there are of whom a survey asks, as the partnership says: for the rate of response.

use keyline_domain::access::Grant;
use keyline_domain::ids::SurveyId;

use crate::error::Result;
use crate::{Source, Tx};

/// A number of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// The question whose choice they have; empty for all of the survey.
    pub question: String,
    /// The choice.
    pub value: String,
    /// How many there are.
    pub people: u32,
}

/// How many there are of all of whom the survey asks, when the partnership has said.
pub fn everybody(numbers: &[People]) -> Option<u32> {
    numbers
        .iter()
        .find(|number| number.question.is_empty())
        .map(|number| number.people)
        .filter(|people| *people > 0)
}

/// Sets the numbers of a survey, replacing those that were there.
pub async fn set(tx: &mut Tx, survey: SurveyId, numbers: &[People]) -> Result<()> {
    execute!(tx, "DELETE FROM survey_people WHERE survey_id = $1", survey.to_string())?;
    for one in numbers {
        execute!(
            tx,
            "INSERT INTO survey_people (survey_id, question, value, people) VALUES ($1, $2, $3, $4)",
            survey.to_string(),
            &one.question,
            &one.value,
            i64::from(one.people)
        )?;
    }
    Ok(())
}

/// The numbers of a survey of the grant's inspection.
pub async fn list(source: &mut impl Source, grant: &Grant, survey: SurveyId) -> Result<Vec<People>> {
    Ok(fetch_all!(
        source,
        (String, String, i64),
        "SELECT p.question, p.value, p.people FROM survey_people p JOIN survey s ON s.id = p.survey_id
         WHERE s.inspection_id = $1 AND s.id = $2 ORDER BY p.question, p.value",
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .into_iter()
    .map(|(question, value, people)| People { question, value, people: u32::try_from(people).unwrap_or(0) })
    .collect())
}
