//! Editions: a document as it went out, which never changes. An embargoed one names its readers.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::documents::Document;
use keyline_domain::ids::{EditionId, PersonId};

use crate::error::Result;
use crate::rows::{json, read, time};
use crate::{Source, Tx};

/// What an edition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionKind {
    /// For the partnership, to check its facts.
    Draft,
    /// For named readers before publication.
    Embargoed,
    /// For everybody.
    Published,
}

impl EditionKind {
    /// The word in the database and in the audit trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Embargoed => "embargoed",
            Self::Published => "published",
        }
    }
}

/// An edition.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Id.
    pub id: EditionId,
    /// What went out.
    pub document: Document,
    /// Its PDF in the document store, once set.
    pub pdf_digest: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
}

row! { struct EditionRow { id: String, document: String, pdf_digest: Option<String>, made_at: String } }

impl EditionRow {
    pub(super) fn edition(self) -> Result<Edition> {
        let t = "report_edition";
        Ok(Edition {
            id: read(t, "id", &self.id, &self.id)?,
            document: json(t, "document", &self.id, &self.document)?,
            made_at: read(t, "made_at", &self.id, &self.made_at)?,
            pdf_digest: self.pdf_digest,
        })
    }
}

/// Keeps an edition.
pub async fn add(
    tx: &mut Tx,
    grant: &Grant,
    id: EditionId,
    kind: EditionKind,
    document: &Document,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO report_edition (id, inspection_id, kind, document, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        id.to_string(),
        grant.inspection().to_string(),
        kind.word(),
        serde_json::to_string(document)?,
        grant.person_id().map(|p| p.to_string()),
        time(at)
    )
    .map(|_| ())
}

/// The latest edition of a kind.
pub async fn latest(source: &mut impl Source, grant: &Grant, kind: EditionKind) -> Result<Option<Edition>> {
    fetch_optional!(
        source,
        EditionRow,
        "SELECT id, document, pdf_digest, made_at FROM report_edition WHERE inspection_id = $1 AND kind = $2
         ORDER BY made_at DESC, id DESC LIMIT 1",
        grant.inspection().to_string(),
        kind.word()
    )?
    .map(EditionRow::edition)
    .transpose()
}

/// Notes where the PDF of an edition is.
pub async fn set_pdf(tx: &mut Tx, id: EditionId, digest: &str) -> Result<()> {
    execute!(tx, "UPDATE report_edition SET pdf_digest = $1 WHERE id = $2", digest, id.to_string())
        .map(|_| ())
}

/// Names a reader of an edition.
pub async fn add_reader(tx: &mut Tx, id: EditionId, person: PersonId, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO edition_reader (edition_id, person_id, named_at) VALUES ($1, $2, $3)
         ON CONFLICT (edition_id, person_id) DO NOTHING",
        id.to_string(),
        person.to_string(),
        time(at)
    )
    .map(|_| ())
}

row! { struct ReaderRow { person_id: String, name: String, designation: String, organisation: String } }

/// A named reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedReader {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Designation.
    pub designation: String,
    /// Organisation.
    pub organisation: String,
}

/// The named readers of an edition.
pub async fn readers(source: &mut impl Source, grant: &Grant, id: EditionId) -> Result<Vec<NamedReader>> {
    fetch_all!(
        source,
        ReaderRow,
        "SELECT r.person_id, p.name, p.designation, p.organisation FROM edition_reader r
         JOIN report_edition e ON e.id = r.edition_id JOIN person p ON p.id = r.person_id
         WHERE e.id = $1 AND e.inspection_id = $2 ORDER BY p.name, p.id",
        id.to_string(),
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(NamedReader {
            person: read("edition_reader", "person_id", &r.person_id, &r.person_id)?,
            name: r.name,
            designation: r.designation,
            organisation: r.organisation,
        })
    })
    .collect()
}
