//! Rows of uploads that come in parts, and of the pieces that have come. The pieces lie in [`crate::documents`] under
//! the upload's id.
//!
//! Pieces are added beside the units of work of the verbs ([`crate::Db::begin_apart`]); each names the byte after
//! which it comes, so that of two who send the same part one is too late.

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{DocumentId, InspectionId, PersonId, RequestId, UploadId};

use crate::documents::Piece;
use crate::error::{Error, Result};
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// An upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Id.
    pub id: UploadId,
    /// Of which inspection.
    pub inspection: InspectionId,
    /// Against which request.
    pub request: RequestId,
    /// Name of the file.
    pub name: String,
    /// Bytes of the whole file.
    pub bytes: u64,
    /// Bytes that have come.
    pub received: u64,
    /// What the client said of it, to be sent back as it was.
    pub metadata: String,
    /// SHA-256 that the whole file should have, in hexadecimal.
    pub sha256: Option<String>,
    /// Who began it, and who alone goes on with it.
    pub begun_by: PersonId,
    /// When it is given up unless more comes.
    pub expires_at: Timestamp,
    /// Digest of the whole once it is being kept: its pieces may belong to a document from then on.
    pub digest: Option<String>,
    /// The document that it became.
    pub document: Option<DocumentId>,
}

row! { struct UploadRow {
    id: String, inspection_id: String, request_id: String, name: String, bytes: i64, received: i64, metadata: String,
    sha256: Option<String>, begun_by: String, expires_at: String, digest: Option<String>, document_id: Option<String>,
} }

const TABLE: &str = "upload";

impl UploadRow {
    fn upload(self) -> Result<Upload> {
        Ok(Upload {
            id: read(TABLE, "id", &self.id, &self.id)?,
            inspection: read(TABLE, "inspection_id", &self.id, &self.inspection_id)?,
            request: read(TABLE, "request_id", &self.id, &self.request_id)?,
            bytes: count("bytes", &self.id, self.bytes)?,
            received: count("received", &self.id, self.received)?,
            begun_by: read(TABLE, "begun_by", &self.id, &self.begun_by)?,
            expires_at: read(TABLE, "expires_at", &self.id, &self.expires_at)?,
            document: read_optional(TABLE, "document_id", &self.id, self.document_id.as_deref())?,
            name: self.name,
            metadata: self.metadata,
            sha256: self.sha256,
            digest: self.digest,
        })
    }
}

fn count(column: &'static str, id: &str, found: i64) -> Result<u64> {
    let wrong = |_| Error::Inconsistent { table: TABLE, column, id: id.to_owned(), found: found.to_string() };
    u64::try_from(found).map_err(wrong)
}

fn number(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Adds an upload of which nothing has come.
pub async fn add_upload(tx: &mut Tx, upload: &Upload) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO upload (id, inspection_id, request_id, name, bytes, received, metadata, sha256, begun_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9)",
        upload.id.to_string(),
        upload.inspection.to_string(),
        upload.request.to_string(),
        &upload.name,
        number(upload.bytes),
        &upload.metadata,
        upload.sha256.as_deref(),
        upload.begun_by.to_string(),
        time(upload.expires_at)
    )
    .map(|_| ())
}

/// One upload of the inspection that the grant opens.
pub async fn find_upload(
    source: &mut impl Source,
    grant: &Grant,
    upload: UploadId,
) -> Result<Option<Upload>> {
    fetch_optional!(
        source,
        UploadRow,
        "SELECT id, inspection_id, request_id, name, bytes, received, metadata, sha256, begun_by, expires_at, digest,
           document_id
         FROM upload WHERE id = $1 AND inspection_id = $2",
        upload.to_string(),
        grant.inspection().to_string()
    )?
    .map(UploadRow::upload)
    .transpose()
}

/// The uploads of the inspection that have not become a document, in the order they were begun.
pub async fn open_uploads(source: &mut impl Source, grant: &Grant) -> Result<Vec<Upload>> {
    fetch_all!(
        source,
        UploadRow,
        "SELECT id, inspection_id, request_id, name, bytes, received, metadata, sha256, begun_by, expires_at, digest,
           document_id
         FROM upload WHERE inspection_id = $1 AND document_id IS NULL ORDER BY id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(UploadRow::upload)
    .collect()
}

/// The uploads, of whatever inspection, that are to be given up.
pub async fn expired_uploads(source: &mut impl Source, now: Timestamp) -> Result<Vec<Upload>> {
    fetch_all!(
        source,
        UploadRow,
        "SELECT id, inspection_id, request_id, name, bytes, received, metadata, sha256, begun_by, expires_at, digest,
           document_id
         FROM upload WHERE expires_at <= $1 ORDER BY expires_at, id LIMIT 100",
        time(now)
    )?
    .into_iter()
    .map(UploadRow::upload)
    .collect()
}

row! { struct PieceRow { start: i64, bytes: i64, name: String, held_by: Option<String> } }

/// The pieces of an upload in their order, and the node on whose disk one of them waits for the object store.
pub async fn pieces_of(source: &mut impl Source, upload: UploadId) -> Result<(Vec<Piece>, Option<String>)> {
    let id = upload.to_string();
    let rows = fetch_all!(
        source,
        PieceRow,
        "SELECT start, bytes, name, held_by FROM upload_piece WHERE upload_id = $1 ORDER BY start",
        &id
    )?;
    let mut node = None;
    let pieces = rows.into_iter().map(|row| {
        let held = row.held_by.is_some();
        node = node.take().or(row.held_by);
        let (start, bytes) = (count("start", &id, row.start)?, count("bytes", &id, row.bytes)?);
        Ok(Piece { name: row.name, start, bytes, held })
    });
    let pieces = pieces.collect::<Result<_>>()?;
    Ok((pieces, node))
}

/// Adds pieces that are in their place; the first begins where the upload stood. Those that are held wait on the disk of
/// `node`.
///
/// # Errors
/// [`Error::Stale`] when others came in between, or the upload is gone or done.
pub async fn add_pieces(
    tx: &mut Tx,
    upload: UploadId,
    pieces: &[Piece],
    node: &str,
    expires_at: Timestamp,
) -> Result<()> {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Ok(()) };
    let touched = execute!(
        tx,
        "UPDATE upload SET received = $1, expires_at = $2
         WHERE id = $3 AND received = $4 AND bytes >= $5 AND document_id IS NULL",
        number(last.start + last.bytes),
        time(expires_at),
        upload.to_string(),
        number(first.start),
        number(last.start + last.bytes)
    )?;
    if touched != 1 {
        return Err(Error::Stale);
    }
    for piece in pieces {
        execute!(
            tx,
            "INSERT INTO upload_piece (upload_id, start, bytes, name, held_by) VALUES ($1, $2, $3, $4, $5)",
            upload.to_string(),
            number(piece.start),
            number(piece.bytes),
            &piece.name,
            piece.held.then_some(node)
        )?;
    }
    Ok(())
}

/// Notes what the whole of an upload is before it is kept, so that what is cleared up later leaves its pieces alone.
pub async fn set_digest(tx: &mut Tx, upload: UploadId, digest: &str) -> Result<()> {
    execute!(tx, "UPDATE upload SET digest = $1 WHERE id = $2", digest, upload.to_string()).map(|_| ())
}

/// Makes the upload the document that it became; it stood at `received`. Its pieces are the document's from now on.
///
/// # Errors
/// [`Error::Stale`] when others came in between, or the upload is gone or done.
pub async fn finish_upload(
    tx: &mut Tx,
    upload: UploadId,
    received: u64,
    document: DocumentId,
    expires_at: Timestamp,
) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE upload SET received = bytes, document_id = $1, expires_at = $2
         WHERE id = $3 AND received = $4 AND document_id IS NULL",
        document.to_string(),
        time(expires_at),
        upload.to_string(),
        number(received)
    )?;
    if touched != 1 {
        return Err(Error::Stale);
    }
    execute!(tx, "DELETE FROM upload_piece WHERE upload_id = $1", upload.to_string()).map(|_| ())
}

/// Removes the rows of an upload; its files are cleared up by whoever calls.
pub async fn remove_upload(tx: &mut Tx, upload: UploadId) -> Result<()> {
    execute!(tx, "DELETE FROM upload_piece WHERE upload_id = $1", upload.to_string())?;
    execute!(tx, "DELETE FROM upload WHERE id = $1", upload.to_string()).map(|_| ())
}
