//! Putting an installation together: the data folder, the database, the key, the programmes, the typesetter.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use keyline_operations::{Cx, Parts, Settings};
use keyline_store::Db;
use keyline_store::documents::Documents;
use keyline_store::vault::Vault;

use crate::config::Config;
use crate::embedded;
use crate::system::{SystemClock, SystemRandom};

/// An open installation.
pub(crate) struct House {
    /// The context of the verbs.
    pub(crate) cx: Cx,
    /// The clock, which the demonstration sets.
    pub(crate) clock: Arc<SystemClock>,
    // Held as long as the server runs: two servers on one data folder would each keep their own caches.
    _lock: Option<File>,
}

/// Opens an installation, making what is missing. `alone` refuses when another server has the data folder.
pub(crate) async fn open(config: &Config, alone: bool) -> anyhow::Result<House> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("making the data folder {}", config.data.display()))?;
    let lock = if alone { Some(lock(&config.data.join("lock"))?) } else { None };
    let clock = Arc::new(SystemClock::default());
    let overlay: Option<PathBuf> =
        (!config.methodology.as_os_str().is_empty()).then(|| config.methodology.clone());
    let library =
        embedded::library(overlay.as_deref()).context("reading programmes, frameworks and areas")?;
    let db = if config.database.is_empty() {
        Db::open_sqlite(&config.data.join("keyline.sqlite")).await
    } else {
        Db::open_postgres(&config.database).await
    }
    .context("opening the database")?;
    let cx = Cx::new(Parts {
        db,
        documents: Documents::open(&config.data.join("documents")).context("opening the documents")?,
        vault: Vault::open(&config.data.join("keyline.key"), &SystemRandom)
            .context("opening the key file")?,
        clock: clock.clone(),
        random: Arc::new(SystemRandom),
        library,
        renderer: Arc::new(|document| {
            keyline_report_pdf::child::render_in_child(document).map_err(|error| error.to_string())
        }),
        settings: Settings {
            public_address: config.address(),
            published: config.data.join("published"),
            exit_address: config.exit_address.clone(),
            invitation_days: config.invitation_days,
            idle_hours: config.idle_hours,
        },
    });
    Ok(House { cx, clock, _lock: lock })
}

fn lock(path: &std::path::Path) -> anyhow::Result<File> {
    let file = File::create(path).with_context(|| format!("making {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another Keyline is using this data folder"),
        Err(TryLockError::Error(error)) => Err(error).context("locking the data folder"),
    }
}
            address_header: config.address_header.clone(),
