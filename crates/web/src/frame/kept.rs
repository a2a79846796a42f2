//! Pages kept between two writes, for the few that people open so often that they must cost little.
//!
//! What was written at one generation of the database is true until the next commit of this process; [`KEPT`] covers the
//! rest: the day changes, and another process may write.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use keyline_domain::ids::PersonId;

/// Longest time for which a page is kept.
const KEPT: Duration = Duration::from_secs(2);
/// Most pages that are kept; beyond it all are given up at once.
const MOST: usize = 500;

/// Bodies of pages by person and language: nobody reads a page that was written for another.
#[derive(Debug, Default)]
pub struct KeptPages(Mutex<HashMap<(PersonId, String), Page>>);

#[derive(Debug)]
struct Page {
    generation: u64,
    at: Instant,
    body: String,
}

impl KeptPages {
    /// The page that was written for a person in a language at this generation, unless it is too old.
    pub fn get(&self, person: PersonId, language: &str, generation: u64) -> Option<String> {
        let pages = self.0.lock().ok()?;
        let page = pages.get(&(person, language.to_owned()))?;
        (page.generation == generation && page.at.elapsed() < KEPT).then(|| page.body.clone())
    }

    /// Keeps a page. The generation is the one that was read before the rows: a commit in between makes the page old at
    /// once, never new by mistake.
    pub fn keep(&self, person: PersonId, language: &str, generation: u64, body: &str) {
        let Ok(mut pages) = self.0.lock() else { return };
        if pages.len() >= MOST {
            pages.clear();
        }
        let page = Page { generation, at: Instant::now(), body: body.to_owned() };
        pages.insert((person, language.to_owned()), page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_kept_for_its_person_language_and_generation_alone() {
        let one: PersonId = format!("per_{:032x}", 1).parse().unwrap();
        let other: PersonId = format!("per_{:032x}", 2).parse().unwrap();
        let pages = KeptPages::default();
        pages.keep(one, "en", 7, "page");
        assert_eq!(pages.get(one, "en", 7).as_deref(), Some("page"));
        assert_eq!(pages.get(one, "en", 8), None);
        assert_eq!(pages.get(one, "gd", 7), None);
        assert_eq!(pages.get(other, "en", 7), None);
    }
}
