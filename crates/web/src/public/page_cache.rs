//! Rendered pages of published reports, kept in memory: an edition does not change, so neither does its page.
//!
//! A page is taken as it is while the database has not been written to by this process; after a write one small
//! query says whether the edition is still the same.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use axum::body::Bytes;
use axum::http::HeaderValue;
use keyline_domain::ids::EditionId;

/// Most pages that are kept; beyond it the memory is emptied and filled anew.
const MOST: usize = 256;

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
pub struct PageCache(RwLock<HashMap<String, (u64, Arc<Rendered>)>>);

impl PageCache {
    /// The page under a key with the generation of the database at which it was last found right.
    pub(super) fn get(&self, key: &str) -> Option<(u64, Arc<Rendered>)> {
        self.0.read().ok()?.get(key).cloned()
    }

    /// Keeps a page as right at a generation.
    pub(super) fn keep(&self, key: &str, generation: u64, page: Arc<Rendered>) {
        // A poisoned lock means that nothing is kept, and pages are rendered each time.
        let Ok(mut pages) = self.0.write() else { return };
        if pages.len() >= MOST && !pages.contains_key(key) {
            pages.clear();
        }
        pages.insert(key.to_owned(), (generation, page));
    }
}
