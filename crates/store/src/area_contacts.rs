//! Whom to call in an area when somebody may be unsafe.

use jiff::Timestamp;
use keyline_domain::ids::PersonId;

use crate::error::{Error, Result};
use crate::rows::time;
use crate::{Source, Tx};

/// The contacts of an area, a line for each, and their version; `None` when nobody has written them yet.
pub async fn find(source: &mut impl Source, area: &str) -> Result<Option<(String, i64)>> {
    fetch_optional!(source, (String, i64), "SELECT contacts, version FROM area_contact WHERE area = $1", area)
}

/// Writes the contacts of an area.
///
/// # Errors
/// [`Error::Stale`] when they have changed since the version that was looked at (0: there were none).
pub async fn save(
    tx: &mut Tx,
    area: &str,
    contacts: &str,
    version: i64,
    (at, by): (Timestamp, PersonId),
) -> Result<()> {
    let changed = execute!(
        tx,
        "INSERT INTO area_contact (area, contacts, version, changed_at, changed_by) VALUES ($1, $2, $3 + 1, $4, $5)
         ON CONFLICT (area) DO UPDATE SET contacts = excluded.contacts, version = excluded.version,
           changed_at = excluded.changed_at, changed_by = excluded.changed_by
         WHERE area_contact.version = $3",
        area,
        contacts,
        version,
        time(at),
        by.to_string()
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}
