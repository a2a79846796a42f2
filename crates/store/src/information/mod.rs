//! The pages by which the public is told about programmes: their versions, what is published, their PDFs; and the duties of
//! those who write them. [`news`] is beside them.

pub mod news;

use jiff::Timestamp;
use keyline_domain::ids::PersonId;
use keyline_domain::information::PageText;

use crate::error::Result;
use crate::rows::{read, time};
use crate::{Source, Tx};

/// A text of a page as somebody saved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number; the file's text is 0.
    pub number: i64,
    /// Title and summary; `None` in versions from before they could be changed, which have those of the file.
    pub headed: Option<(String, String)>,
    /// The text, Markdown.
    pub body: String,
    /// Hash of the file's text as it stood when this was saved.
    pub base: String,
    /// The version that was taken up again, if it was.
    pub restored: Option<i64>,
    /// Name of who saved it.
    pub saved_by: String,
    /// When.
    pub saved_at: Timestamp,
}

row! { struct VersionRow {
    number: i64, title: Option<String>, summary: Option<String>, body: String, base: String, restored: Option<i64>,
    saved_by: String, saved_at: String,
} }

/// The versions of a page, the latest first.
pub async fn versions(source: &mut impl Source, programme: &str, page: &str) -> Result<Vec<Version>> {
    fetch_all!(
        source,
        VersionRow,
        "SELECT v.number, v.title, v.summary, v.body, v.base, v.restored, p.name AS saved_by, v.saved_at
         FROM information_version v JOIN person p ON p.id = v.saved_by
         WHERE v.programme = $1 AND v.page = $2 ORDER BY v.number DESC",
        programme,
        page
    )?
    .into_iter()
    .map(|r| {
        Ok(Version {
            saved_at: read("information_version", "saved_at", page, &r.saved_at)?,
            number: r.number,
            headed: r.title.zip(r.summary),
            body: r.body,
            base: r.base,
            restored: r.restored,
            saved_by: r.saved_by,
        })
    })
    .collect()
}

/// Adds a version under its number, which is one more than the latest.
///
/// # Errors
/// A fault of the database when the number is taken: the caller has looked, in the same transaction.
pub async fn add_version(
    tx: &mut Tx,
    (programme, page): (&str, &str),
    (number, restored): (i64, Option<i64>),
    (text, base): (&PageText, &str),
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO information_version (programme, page, number, title, summary, body, base, restored, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        programme,
        page,
        number,
        text.title.as_str(),
        text.summary.as_str(),
        text.body.as_str(),
        base,
        restored,
        by.to_string(),
        time(at)
    )
    .map(|_| ())
}

/// That a version was put before the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The page: `audience/key`.
    pub page: String,
    /// How many times the page was published, this time included.
    pub turn: i64,
    /// The version.
    pub number: i64,
    /// What changed.
    pub note: String,
    /// Name of who published it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

row! { struct PublicationRow {
    page: String, turn: i64, number: i64, note: String, by_name: String, published_at: String,
} }

/// The publications of all pages of a programme, the latest of each page first.
pub async fn publications(source: &mut impl Source, programme: &str) -> Result<Vec<Publication>> {
    fetch_all!(
        source,
        PublicationRow,
        "SELECT b.page, b.turn, b.number, b.note, p.name AS by_name, b.published_at
         FROM information_publication b JOIN person p ON p.id = b.published_by
         WHERE b.programme = $1 ORDER BY b.page, b.turn DESC",
        programme
    )?
    .into_iter()
    .map(|r| {
        Ok(Publication {
            at: read("information_publication", "published_at", &r.page, &r.published_at)?,
            page: r.page,
            turn: r.turn,
            number: r.number,
            note: r.note,
            by: r.by_name,
        })
    })
    .collect()
}

/// Puts a version before the public.
pub async fn publish(
    tx: &mut Tx,
    (programme, page): (&str, &str),
    (turn, number): (i64, i64),
    note: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO information_publication (programme, page, turn, number, note, published_by, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        programme,
        page,
        turn,
        number,
        note,
        by.to_string(),
        time(at)
    )
    .map(|_| ())
}

/// What the public reads instead of the file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The page: `audience/key`.
    pub page: String,
    /// Title and summary; `None` in texts from before they could be changed, which have those of the file.
    pub headed: Option<(String, String)>,
    /// The text, Markdown.
    pub body: String,
    /// Since when.
    pub at: Timestamp,
}

row! { struct PublishedRow {
    page: String, title: Option<String>, summary: Option<String>, body: String, published_at: String,
} }

/// The published texts of a programme's pages; a page that was never edited is not among them.
pub async fn published(source: &mut impl Source, programme: &str) -> Result<Vec<Published>> {
    fetch_all!(
        source,
        PublishedRow,
        "SELECT b.page, v.title, v.summary, v.body, b.published_at
         FROM information_publication b
         JOIN information_version v ON v.programme = b.programme AND v.page = b.page AND v.number = b.number
         WHERE b.programme = $1 AND b.turn = (
           SELECT MAX(l.turn) FROM information_publication l WHERE l.programme = b.programme AND l.page = b.page)",
        programme
    )?
    .into_iter()
    .map(|r| {
        Ok(Published {
            at: read("information_publication", "published_at", &r.page, &r.published_at)?,
            page: r.page,
            headed: r.title.zip(r.summary),
            body: r.body,
        })
    })
    .collect()
}

/// The PDF of something that a page says, by its hash: its digest in the document store, once it was set.
pub async fn pdf(source: &mut impl Source, content: &str) -> Result<Option<String>> {
    let found: Option<(Option<String>,)> = fetch_optional!(
        source,
        (Option<String>,),
        "SELECT digest FROM information_pdf WHERE content = $1",
        content
    )?;
    Ok(found.and_then(|(digest,)| digest))
}

/// Notes that a PDF was asked for; whether this is the first time, or it was last asked for before `again` and is still not
/// there. So one text has one setting under way, however many ask.
pub async fn ask_pdf(tx: &mut Tx, content: &str, at: Timestamp, again: Timestamp) -> Result<bool> {
    let touched = execute!(
        tx,
        "INSERT INTO information_pdf (content, digest, asked_at) VALUES ($1, NULL, $2)
         ON CONFLICT (content) DO UPDATE SET asked_at = excluded.asked_at
           WHERE information_pdf.digest IS NULL AND information_pdf.asked_at < $3",
        content,
        time(at),
        time(again)
    )?;
    Ok(touched == 1)
}

/// Notes the PDF that was set.
pub async fn keep_pdf(tx: &mut Tx, content: &str, digest: &str, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO information_pdf (content, digest, asked_at) VALUES ($1, $2, $3)
         ON CONFLICT (content) DO UPDATE SET digest = excluded.digest",
        content,
        digest,
        time(at)
    )
    .map(|_| ())
}
