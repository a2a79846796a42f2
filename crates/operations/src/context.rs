//! What a verb works with: the database, the documents, the clock, randomness, the programmes.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::access::{Action, Actor, Grant, decide};
use keyline_domain::clock::{Clock, day_of, to_micros};
use keyline_domain::documents::Document;
use keyline_domain::ids::{InspectionId, Randomness};
use keyline_domain::programmes::{Framework, Library, Programme};
use keyline_store::documents::Documents;
use keyline_store::inspections::Inspection;
use keyline_store::vault::Vault;
use keyline_store::{Db, Reader, inspections};

use crate::care::Keyring;
use crate::mail::Mailer;
use crate::refused::{Refused, Result};
use crate::returns::{FileReader, RunningUploads};
use crate::voices::{DayCounts, OpenedSurveys, ReadyForms};
use crate::work::Work;

/// Sets a document as a tagged PDF. Handed in by the binary, so that nothing else depends on the typesetter.
pub type Renderer = Arc<dyn Fn(&Document) -> std::result::Result<Vec<u8>, String> + Send + Sync>;

/// What an installation chooses.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address at which people reach the product, without a slash at the end.
    pub public_address: String,
    /// Folder into which published reports are written.
    pub published: PathBuf,
    /// Where "exit this page" leads.
    pub exit_address: String,
    /// Days for which an invitation can be accepted.
    pub invitation_days: i32,
    /// Hours after which an idle session ends.
    pub idle_hours: i64,
    /// Header in which a proxy passes the visitor's address on; empty without one.
    pub address_header: String,
    /// Where clamd listens, as [`keyline_store::antivirus::Scanner::of`] reads it; empty without one.
    pub antivirus: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_address: "http://127.0.0.1:8080".into(),
            published: PathBuf::from("keyline-data/published"),
            exit_address: "https://www.bbc.co.uk/weather".into(),
            invitation_days: 14,
            idle_hours: 12,
            address_header: String::new(),
            antivirus: String::new(),
        }
    }
}

/// The parts of a context.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The documents on disk.
    pub documents: Documents,
    /// Seals fields.
    pub vault: Vault,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Randomness>,
    /// Programmes, frameworks, areas.
    pub library: Library,
    /// Sets PDFs.
    pub renderer: Renderer,
    /// Reads files of strangers.
    pub files: FileReader,
    /// Hands mails to a server; `None` when the installation sends none.
    pub mailer: Option<Mailer>,
    /// What the installation chooses.
    pub settings: Settings,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("db", &self.db)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// The context of a verb. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cx(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    parts: Parts,
    forms: ReadyForms,
    day_counts: DayCounts,
    opened_surveys: OpenedSurveys,
    keyring: Keyring,
    running_uploads: RunningUploads,
    kept_agreement: crate::records::Kept,
}

impl Deref for Cx {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

impl Cx {
    /// A context of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            parts,
            forms: ReadyForms::default(),
            day_counts: DayCounts::default(),
            opened_surveys: OpenedSurveys::default(),
            keyring: Keyring::default(),
            running_uploads: RunningUploads::default(),
            kept_agreement: crate::records::Kept::default(),
        }))
    }

    /// The forms that are remembered ready to be asked.
    pub(crate) fn ready_forms(&self) -> &ReadyForms {
        &self.0.forms
    }

    /// What was counted of open surveys today.
    pub(crate) fn day_counts(&self) -> &DayCounts {
        &self.0.day_counts
    }

    /// The care keys that are unlocked.
    pub fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    /// The surveys that are remembered as they were last read.
    pub(crate) fn opened_surveys(&self) -> &OpenedSurveys {
        &self.0.opened_surveys
    }

    /// The hashes of uploads under way.
    pub(crate) fn running_uploads(&self) -> &RunningUploads {
        &self.0.running_uploads
    }

    /// How far pairs of readers agree, as it was last worked out.
    pub(crate) fn kept_agreement(&self) -> &crate::records::Kept {
        &self.0.kept_agreement
    }

    /// This instant.
    pub fn now(&self) -> Timestamp {
        to_micros(self.clock.now())
    }

    /// Today in Scotland.
    pub fn today(&self) -> Date {
        day_of(self.now())
    }

    /// The randomness, as ids want it.
    pub fn random(&self) -> &dyn Randomness {
        &*self.random
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Reader> {
        Ok(self.db.read().await?)
    }

    /// Asks the policy whether an actor may do something in an inspection.
    ///
    /// # Errors
    /// [`Refused::Hidden`] or [`Refused::DeclareFirst`].
    pub async fn grant(&self, actor: &Actor, inspection: InspectionId, action: Action) -> Result<Grant> {
        let mut reader = self.read().await?;
        let standing = match actor.person() {
            Some(person) => inspections::members::standing(&mut reader, inspection, person.id).await?,
            None => None,
        };
        Ok(decide(actor, action, inspection, standing.as_ref())?)
    }

    /// Opens the unit of work of a verb: begins the transaction, asks the policy.
    ///
    /// # Errors
    /// As [`Cx::grant`].
    pub async fn work(&self, actor: &Actor, inspection: InspectionId, action: Action) -> Result<Work> {
        Work::open(self, actor, inspection, action).await
    }

    /// The programme version an inspection is pinned to.
    ///
    /// # Errors
    /// A fault when the files of that version are gone: an installation must keep them.
    pub fn programme(&self, inspection: &Inspection) -> Result<&Programme> {
        self.library.programme(&inspection.programme, &inspection.programme_version).ok_or_else(|| {
            Refused::fault(anyhow::anyhow!(
                "programme {} version {} is not in the library",
                inspection.programme,
                inspection.programme_version
            ))
        })
    }

    /// The quality framework of a programme version.
    ///
    /// # Errors
    /// A fault when the library lost it: the reader of the folder refuses a programme without its framework.
    pub fn framework(&self, programme: &Programme) -> Result<&Framework> {
        self.library.framework(&programme.framework).ok_or_else(|| {
            Refused::fault(anyhow::anyhow!("framework {} is not in the library", programme.framework))
        })
    }
}
