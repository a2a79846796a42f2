//! Forms as they are asked: read from what was kept, and made ready once.
//!
//! A kept form never changes, so what was made ready of it is true for ever and is remembered by its digest
//! (docs/adr/0008). The few hundred forms of an installation take a few megabytes at most; beyond [`MOST`] all are
//! forgotten and made ready again when they are wanted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use keyline_forms::answering::Compiled;
use keyline_forms::form::Form;
use keyline_store::{Source, voices};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Most forms that are remembered.
const MOST: usize = 200;

/// The forms that are remembered.
#[derive(Debug, Default)]
pub struct ReadyForms(Mutex<HashMap<String, Arc<Compiled>>>);

impl ReadyForms {
    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Compiled>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cx {
    /// The form of a digest, ready to be asked.
    ///
    /// # Errors
    /// A fault when it is not kept, or cannot be read: it was checked before it was kept.
    pub async fn form(&self, source: &mut impl Source, digest: &str) -> Result<Arc<Compiled>> {
        if let Some(known) = self.ready_forms().known().get(digest) {
            return Ok(known.clone());
        }
        let text = voices::forms::find(source, digest)
            .await?
            .ok_or_else(|| Refused::fault(anyhow::anyhow!("form {digest} is not kept")))?;
        self.ready(digest, &serde_json::from_str(&text).map_err(Refused::fault)?)
    }

    /// A form that is kept in the programme's files, ready to be asked.
    pub(super) fn form_of_programme(&self, digest: &str, form: &Form) -> Result<Arc<Compiled>> {
        if let Some(known) = self.ready_forms().known().get(digest) {
            return Ok(known.clone());
        }
        self.ready(digest, form)
    }

    fn ready(&self, digest: &str, form: &Form) -> Result<Arc<Compiled>> {
        let compiled = Compiled::new(form).map_err(|faults| {
            let first = faults.first().map(ToString::to_string).unwrap_or_default();
            Refused::fault(anyhow::anyhow!("form {digest} cannot be asked: {first}"))
        })?;
        let ready = Arc::new(compiled);
        let mut known = self.ready_forms().known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(digest.to_owned(), ready.clone());
        Ok(ready)
    }
}
