//! News, webinars and meetings.

use jiff::Timestamp;
use keyline_domain::ids::{NewsId, PersonId};
use keyline_domain::information::news::{State, Written};

use crate::error::{Error, Result};
use crate::rows::{day, json, read, read_optional, time};
use crate::{Source, Tx};

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Id.
    pub id: NewsId,
    /// Where it stands.
    pub state: State,
    /// What it says.
    pub written: Written,
    /// Of the calendar entry: grows with each change once it was published.
    pub sequence: i64,
    /// Why it was taken back; empty otherwise.
    pub reason: String,
    /// Name of who saved it last.
    pub saved_by: String,
    /// When.
    pub saved_at: Timestamp,
    /// When it was first published.
    pub published_at: Option<Timestamp>,
    /// For two editors.
    pub version: i64,
}

row! { struct NewsRow {
    id: String, state: String, written: String, sequence: i64, reason: String, saved_by: String, saved_at: String,
    published_at: Option<String>, version: i64,
} }

impl NewsRow {
    fn read(self) -> Result<News> {
        let t = "news_item";
        Ok(News {
            id: read(t, "id", &self.id, &self.id)?,
            state: read(t, "state", &self.id, &self.state)?,
            written: json(t, "written", &self.id, &self.written)?,
            sequence: self.sequence,
            reason: self.reason,
            saved_by: self.saved_by,
            saved_at: read(t, "saved_at", &self.id, &self.saved_at)?,
            published_at: read_optional(t, "published_at", &self.id, self.published_at.as_deref())?,
            version: self.version,
        })
    }
}

/// Every item, drafts too, for those who write them: the newest day first.
pub async fn all(source: &mut impl Source) -> Result<Vec<News>> {
    fetch_all!(
        source,
        NewsRow,
        "SELECT n.id, n.state, n.written, n.sequence, n.reason, p.name AS saved_by, n.saved_at, n.published_at,
           n.version
         FROM news_item n JOIN person p ON p.id = n.saved_by ORDER BY n.day DESC, n.id DESC"
    )?
    .into_iter()
    .map(NewsRow::read)
    .collect()
}

/// What the public finds in lists: what is published, and meetings that were called off. The newest day first.
pub async fn listed(source: &mut impl Source) -> Result<Vec<News>> {
    Ok(all(source)
        .await?
        .into_iter()
        .filter(|n| matches!(n.state, State::Published | State::CalledOff))
        .collect())
}

/// One item.
pub async fn find(source: &mut impl Source, id: NewsId) -> Result<Option<News>> {
    fetch_optional!(
        source,
        NewsRow,
        "SELECT n.id, n.state, n.written, n.sequence, n.reason, p.name AS saved_by, n.saved_at, n.published_at,
           n.version
         FROM news_item n JOIN person p ON p.id = n.saved_by WHERE n.id = $1",
        id.to_string()
    )?
    .map(NewsRow::read)
    .transpose()
}

/// Adds a draft.
pub async fn add(tx: &mut Tx, id: NewsId, written: &Written, by: PersonId, at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO news_item (id, state, day, written, sequence, reason, saved_by, saved_at, version)
         VALUES ($1, 'draft', $2, $3, 0, '', $4, $5, 1)",
        id.to_string(),
        day(written.day),
        serde_json::to_string(written)?,
        by.to_string(),
        time(at)
    )
    .map(|_| ())
}

/// Saves an item as it now is, read at `item.version`; what it said before is kept.
///
/// # Errors
/// [`Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, item: &News, by: PersonId, at: Timestamp) -> Result<()> {
    let id = item.id.to_string();
    execute!(
        tx,
        "INSERT INTO news_earlier (news_id, version, written, saved_by, saved_at)
         SELECT id, version, written, saved_by, saved_at FROM news_item WHERE id = $1 AND version = $2",
        &id,
        item.version
    )?;
    let touched = execute!(
        tx,
        "UPDATE news_item SET state = $1, day = $2, written = $3, sequence = $4, reason = $5, saved_by = $6,
           saved_at = $7, published_at = $8, version = version + 1 WHERE id = $9 AND version = $10",
        item.state.word(),
        day(item.written.day),
        serde_json::to_string(&item.written)?,
        item.sequence,
        &item.reason,
        by.to_string(),
        time(at),
        item.published_at.map(time),
        &id,
        item.version
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What an item said before, the latest first: version, what it said, who saved it and when.
pub async fn earlier(source: &mut impl Source, id: NewsId) -> Result<Vec<(i64, Written, String, Timestamp)>> {
    let id = id.to_string();
    let rows: Vec<(i64, String, String, String)> = fetch_all!(
        source,
        (i64, String, String, String),
        "SELECT e.version, e.written, p.name, e.saved_at FROM news_earlier e JOIN person p ON p.id = e.saved_by
         WHERE e.news_id = $1 ORDER BY e.version DESC",
        &id
    )?;
    let t = "news_earlier";
    rows.into_iter()
        .map(|(version, written, by, at)| {
            Ok((version, json(t, "written", &id, &written)?, by, read(t, "saved_at", &id, &at)?))
        })
        .collect()
}
