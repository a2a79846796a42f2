//! Rendered pages of published reports, kept in memory: an edition does not change, so neither does its page.
//!
//! A page is taken as it is while the database has not been written to by this process; after a write, and every
//! [`BELIEVED`] because another process may have written, one small query says whether the edition is still the same.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::HeaderValue;
use keyline_domain::ids::EditionId;

/// Most pages that are kept; beyond it the memory is emptied and filled anew.
const MOST: usize = 256;
/// Longest time for which a page is taken as it is.
const BELIEVED: Duration = Duration::from_secs(2);

/// A rendered page with its validators.
#[derive(Debug)]
pub(super) struct Rendered {
    /// The edition it shows.
    pub edition: EditionId,
    /// The page.
    pub body: Bytes,
    /// Its entity tag.
    pub etag: HeaderValue,
    /// When it was published, as HTTP writes it.
    pub modified: HeaderValue,
}

/// The memory.
#[derive(Debug, Default)]
pub struct PageCache(RwLock<HashMap<String, Kept>>);

#[derive(Debug)]
struct Kept {
    generation: u64,
    found_right: Instant,
    page: Arc<Rendered>,
}

impl PageCache {
    /// The page under a key, and whether it is right at this generation of the database without asking.
    pub(super) fn get(&self, key: &str, generation: u64) -> Option<(bool, Arc<Rendered>)> {
        let pages = self.0.read().ok()?;
        let kept = pages.get(key)?;
        let right = kept.generation == generation && kept.found_right.elapsed() < BELIEVED;
        Some((right, kept.page.clone()))
    }

    /// Keeps a page as right at a generation.
    pub(super) fn keep(&self, key: &str, generation: u64, page: Arc<Rendered>) {
        // A poisoned lock means that nothing is kept, and pages are rendered each time.
        let Ok(mut pages) = self.0.write() else { return };
        if pages.len() >= MOST && !pages.contains_key(key) {
            pages.clear();
        }
        pages.insert(key.to_owned(), Kept { generation, found_right: Instant::now(), page });
    }
}
