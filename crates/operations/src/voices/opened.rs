//! Surveys as they were last read, so that neither a page of questions nor an answer asks the database anew which survey
//! it belongs to.
//!
//! What was read stays true until a verb of this process commits ([`keyline_store::Db::verbs`]; answers change nothing of
//! a survey); another process is seen after [`KEPT`] at the latest. Whether a survey takes answers is asked of the clock
//! each time, and once more by the writer in the transaction that keeps the answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use keyline_forms::answering::Compiled;
use keyline_store::voices::{PublicSurvey, find_public};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Longest time for which a survey is kept: so long may a change by another process stay unseen.
const KEPT: Duration = Duration::from_secs(2);
/// Most addresses that are remembered; beyond it all are given up at once.
const MOST: usize = 1_000;

/// A survey as its page needs it.
#[derive(Debug, Clone)]
pub struct OpenedSurvey {
    /// The survey, its area, and what the link fills in.
    pub public: PublicSurvey,
    /// The questions.
    pub form: Arc<Compiled>,
}

/// The surveys that are remembered, by the last part of their link.
#[derive(Debug, Default)]
pub struct OpenedSurveys(Mutex<HashMap<String, Known>>);

#[derive(Debug)]
struct Known {
    verbs: u64,
    read_at: Instant,
    opened: Arc<OpenedSurvey>,
}

impl OpenedSurveys {
    fn find(&self, address: &str, verbs: u64) -> Option<Arc<OpenedSurvey>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(address)?;
        (known.verbs == verbs && known.read_at.elapsed() < KEPT).then(|| known.opened.clone())
    }

    fn keep(&self, address: &str, verbs: u64, opened: &Arc<OpenedSurvey>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(address.to_owned(), Known { verbs, read_at: Instant::now(), opened: opened.clone() });
    }
}

/// Finds the survey behind a link. Nothing is kept of who opens it: opening a page leaves no trace.
///
/// # Errors
/// [`Refused::Hidden`] for an unknown link.
pub async fn open_survey_page(cx: &Cx, address: &str) -> Result<Arc<OpenedSurvey>> {
    // Before the rows are read: a commit in between makes what is kept old at once, never new by mistake.
    let verbs = cx.db.verbs();
    if let Some(opened) = cx.opened_surveys().find(address, verbs) {
        return Ok(opened);
    }
    let mut reader = cx.read().await?;
    let public = find_public(&mut reader, address).await?.ok_or(Refused::Hidden)?;
    let form = cx.form(&mut reader, &public.survey.form_digest).await?;
    let opened = Arc::new(OpenedSurvey { public, form });
    cx.opened_surveys().keep(address, verbs, &opened);
    Ok(opened)
}
