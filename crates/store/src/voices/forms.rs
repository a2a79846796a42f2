//! Forms as they were published: named by the digest of their content, never changed.

use jiff::Timestamp;

use crate::error::Result;
use crate::rows::time;
use crate::{Source, Tx};

/// Keeps a form and gives its digest. The same form is kept once.
pub async fn keep(tx: &mut Tx, key: &str, form: &str, now: Timestamp) -> Result<String> {
    let digest = blake3::hash(form.as_bytes()).to_hex().to_string();
    execute!(
        tx,
        "INSERT INTO form_version (digest, form_key, form, kept_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (digest) DO NOTHING",
        &digest,
        key,
        form,
        time(now)
    )?;
    Ok(digest)
}

/// The form of that digest, as it was kept.
pub async fn find(source: &mut impl Source, digest: &str) -> Result<Option<String>> {
    Ok(fetch_optional!(source, (String,), "SELECT form FROM form_version WHERE digest = $1", digest)?
        .map(|(form,)| form))
}
