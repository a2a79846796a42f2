//! Letters that were sent, each with a private page for its addressee.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::documents::Document;
use keyline_domain::ids::{InspectionId, LetterId};

use crate::error::Result;
use crate::rows::{json, read, read_optional, time};
use crate::{Source, Tx};

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Id.
    pub id: LetterId,
    /// What kind it is, for example `notification`.
    pub kind: String,
    /// Key of the office, for example `chief-constable`.
    pub addressee: String,
    /// Who holds the office.
    pub addressee_name: String,
    /// Address.
    pub email: String,
    /// What it says.
    pub document: Document,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When its private page was first opened.
    pub first_read_at: Option<Timestamp>,
}

row! { struct LetterRow {
    id: String, kind: String, addressee: String, addressee_name: String, email: String, document: String,
    sent_at: String, first_read_at: Option<String>,
} }

impl LetterRow {
    fn letter(self) -> Result<Letter> {
        let t = "letter";
        Ok(Letter {
            id: read(t, "id", &self.id, &self.id)?,
            document: json(t, "document", &self.id, &self.document)?,
            sent_at: read(t, "sent_at", &self.id, &self.sent_at)?,
            first_read_at: read_optional(t, "first_read_at", &self.id, self.first_read_at.as_deref())?,
            kind: self.kind,
            addressee: self.addressee,
            addressee_name: self.addressee_name,
            email: self.email,
        })
    }
}

/// Adds a letter with the hash of its page's token.
pub async fn add(tx: &mut Tx, inspection: InspectionId, l: &Letter, token_hash: &str) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO letter (id, inspection_id, kind, addressee, addressee_name, email, document, token_hash, sent_at,
           first_read_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        l.id.to_string(),
        inspection.to_string(),
        &l.kind,
        &l.addressee,
        &l.addressee_name,
        &l.email,
        serde_json::to_string(&l.document)?,
        token_hash,
        time(l.sent_at),
        l.first_read_at.map(time)
    )
    .map(|_| ())
}

/// The letters of the inspection, in the order in which they were sent.
pub async fn list(source: &mut impl Source, grant: &Grant) -> Result<Vec<Letter>> {
    fetch_all!(
        source,
        LetterRow,
        "SELECT id, kind, addressee, addressee_name, email, document, sent_at, first_read_at FROM letter
         WHERE inspection_id = $1 ORDER BY sent_at, id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(LetterRow::letter)
    .collect()
}

/// The letter behind the token of its private page, whoever holds it.
pub async fn find_by_token(source: &mut impl Source, token_hash: &str) -> Result<Option<Letter>> {
    fetch_optional!(
        source,
        LetterRow,
        "SELECT id, kind, addressee, addressee_name, email, document, sent_at, first_read_at FROM letter
         WHERE token_hash = $1",
        token_hash
    )?
    .map(LetterRow::letter)
    .transpose()
}

/// Notes the first opening of a letter's page; later ones change nothing. Gives the inspection when it was the first.
pub async fn note_read(tx: &mut Tx, letter: LetterId, at: Timestamp) -> Result<Option<InspectionId>> {
    let id = letter.to_string();
    let touched = execute!(
        tx,
        "UPDATE letter SET first_read_at = $1 WHERE id = $2 AND first_read_at IS NULL",
        time(at),
        &id
    )?;
    if touched == 0 {
        return Ok(None);
    }
    let (inspection,) = fetch_one!(tx, (String,), "SELECT inspection_id FROM letter WHERE id = $1", &id)?;
    read("letter", "inspection_id", &id, &inspection).map(Some)
}

/// Gives a letter's page a new token, so that the old link opens nothing; says whether there is such a letter.
pub async fn set_token(
    tx: &mut Tx,
    inspection: InspectionId,
    letter: LetterId,
    token_hash: &str,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE letter SET token_hash = $1 WHERE id = $2 AND inspection_id = $3",
        token_hash,
        letter.to_string(),
        inspection.to_string()
    )?;
    Ok(touched > 0)
}
