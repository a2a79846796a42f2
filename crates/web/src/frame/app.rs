//! What all pages share.

use std::ops::Deref;
use std::sync::Arc;

use keyline_operations::Cx;
use keyline_words::{Catalogue, Words};

use super::kept::KeptPages;
use super::known_sessions::KnownSessions;
use super::limits::Limits;
use crate::public::PageCache;

/// The shared state. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Shared>);

/// The parts of the shared state.
#[derive(Debug)]
pub struct Shared {
    /// The context of the verbs.
    pub cx: Cx,
    /// The languages.
    pub catalogue: Catalogue,
    /// Sessions as they were last read.
    pub sessions: KnownSessions,
    /// Rendered pages of published reports.
    pub report_pages: PageCache,
    /// Start pages, kept between two writes.
    pub start_pages: KeptPages,
    /// How much one address may send.
    pub limits: Limits,
}

impl Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// The pages over a context.
    pub fn new(cx: Cx) -> Self {
        Self(Arc::new(Shared {
            cx,
            catalogue: Catalogue::load(),
            report_pages: PageCache::default(),
            start_pages: KeptPages::default(),
            sessions: KnownSessions::default(),
            limits: Limits::default(),
        }))
    }

    /// The words of a language.
    pub fn words(&self, lang: &str) -> Words<'_> {
        self.catalogue.words(lang)
    }
}
