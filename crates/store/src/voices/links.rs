//! Links of single services: the page comes with that answer filled in.

use keyline_domain::access::Grant;
use keyline_domain::ids::SurveyId;

use crate::error::Result;
use crate::rows::read;
use crate::{Source, Tx};

/// A link of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLink {
    /// Last part of the link.
    pub address: String,
    /// The survey.
    pub survey: SurveyId,
    /// The question that it fills in.
    pub question: String,
    /// With what.
    pub value: String,
}

/// Adds a link.
///
/// # Errors
/// [`crate::Error::Exists`] when the value has one.
pub async fn add(tx: &mut Tx, link: &ServiceLink) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO survey_link (address, survey_id, question, value) VALUES ($1, $2, $3, $4)",
        &link.address,
        link.survey.to_string(),
        &link.question,
        &link.value
    )
    .map(|_| ())
}

/// The link of that address.
pub(super) async fn find(source: &mut impl Source, address: &str) -> Result<Option<ServiceLink>> {
    fetch_optional!(
        source,
        (String, String, String, String),
        "SELECT address, survey_id, question, value FROM survey_link WHERE address = $1",
        address
    )?
    .map(link)
    .transpose()
}

/// The links of a survey of the grant's inspection.
pub async fn list(source: &mut impl Source, grant: &Grant, survey: SurveyId) -> Result<Vec<ServiceLink>> {
    fetch_all!(
        source,
        (String, String, String, String),
        "SELECT l.address, l.survey_id, l.question, l.value FROM survey_link l JOIN survey s ON s.id = l.survey_id
         WHERE s.inspection_id = $1 AND s.id = $2 ORDER BY l.question, l.value",
        grant.inspection().to_string(),
        survey.to_string()
    )?
    .into_iter()
    .map(link)
    .collect()
}

fn link((address, survey, question, value): (String, String, String, String)) -> Result<ServiceLink> {
    Ok(ServiceLink { survey: read("survey_link", "survey_id", &address, &survey)?, address, question, value })
}
