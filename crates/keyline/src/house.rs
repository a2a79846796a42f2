//! Putting an installation together: the data folder, the database, the key, the programmes, the typesetter.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use keyline_domain::access::Actor;
use keyline_extraction::Extractor;
use keyline_mail::{Mail, Sender};
use keyline_operations::access::second_factor;
use keyline_operations::mail::Mailer;
use keyline_operations::report::write_publication;
use keyline_operations::returns::FileReader;
use keyline_operations::{Cx, Parts, Settings};
use keyline_store::documents::{Bucket, Documents};
use keyline_store::vault::{BESIDE, Vault};
use keyline_store::{Db, jobs, people};

use crate::commands::in_words;
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

/// Opens an installation, making what is missing. `alone` refuses when another server has the data folder. A key that
/// is missing is made for a new installation only: what an old one has sealed would be lost without a word.
pub(crate) async fn open(config: &Config, alone: bool) -> anyhow::Result<House> {
    open_with(config, alone, vault).await
}

/// Makes a new key for an installation whose key file is lost, and switches every second factor off; gives how many
/// there were.
pub(crate) async fn make_new_key(config: &Config) -> anyhow::Result<u64> {
    let file = key_file(config);
    anyhow::ensure!(!file.exists(), "{} is there: a new key is made only when it is lost", file.display());
    // Nothing is sealed or opened under this one: the key is made last, so that a run that was cut off can be repeated.
    let none = async |_: &Config, _: &Db| Ok(Vault::new([0; 32]));
    let house = open_with(config, true, none).await?;
    let accounts = second_factor::give_up_all(&house.cx, &Actor::Console).await.map_err(in_words)?;
    house.cx.db.close().await;
    Vault::make(&file, &SystemRandom).context("making the key file")?;
    Ok(accounts)
}

fn key_file(config: &Config) -> PathBuf {
    config.data.join("keyline.key")
}

async fn vault(config: &Config, db: &Db) -> anyhow::Result<Vault> {
    let file = key_file(config);
    if let Some(vault) = Vault::open(&file)? {
        return Ok(vault);
    }
    if people::any(&mut db.read().await?).await? {
        bail!(
            "{} is not there, but the database has accounts. Put it back from its own backup. If it is lost for good, \
             `keyline admin new-key` makes a new one and switches off every second factor, which nobody can check \
             without the old key; documents that came before can then never be opened again",
            file.display()
        );
    }
    Ok(Vault::make(&file, &SystemRandom)?)
}

fn documents(config: &Config, vault: Vault, random: Arc<SystemRandom>) -> anyhow::Result<Documents> {
    let documents = Documents::open(&config.data.join("documents"), vault, random)?;
    if config.documents_endpoint.is_empty() {
        return Ok(documents);
    }
    let file = &config.documents_secret_file;
    let secret = std::fs::read_to_string(file)
        .with_context(|| format!("reading `documents-secret-file` {}", file.display()))?;
    Ok(documents.in_bucket(&Bucket {
        name: config.documents_bucket.clone(),
        endpoint: config.documents_endpoint.clone(),
        region: config.documents_region.clone(),
        key_id: config.documents_key_id.clone(),
        secret: secret.trim().to_owned(),
    })?)
}

fn files() -> anyhow::Result<FileReader> {
    let limits = keyline_extraction::Limits::default();
    let extractor = Extractor::of_this_program(limits.clone()).context("finding this program")?;
    let (first, other) = (extractor.clone(), extractor.clone());
    Ok(FileReader {
        limits,
        kind: Arc::new(move |source| first.kind(source)),
        extract: Arc::new(move |source| extractor.extract(source)),
        preview: Arc::new(move |source| other.preview(source)),
    })
}

// Without a server nothing is queued, and the pages say so.
fn mailer(config: &Config) -> anyhow::Result<Option<Mailer>> {
    let file = &config.mail_server_file;
    let server = if file.as_os_str().is_empty() {
        config.mail_server.clone()
    } else {
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?
    };
    if server.trim().is_empty() {
        return Ok(None);
    }
    let sender = Sender::new(server.trim(), &config.mail_from).context("setting up mail")?;
    Ok(Some(Arc::new(move |mail| {
        let sender = sender.clone();
        Box::pin(async move {
            let mail = Mail {
                id: mail.id,
                to: mail.to,
                name: mail.name,
                subject: mail.subject,
                plain: mail.plain,
                html: mail.html,
            };
            sender.send(mail).await.map_err(|error| match std::error::Error::source(&error) {
                Some(cause) => format!("{error}: {cause}"),
                None => error.to_string(),
            })
        })
    })))
}

async fn open_with(
    config: &Config,
    alone: bool,
    vault: impl AsyncFnOnce(&Config, &Db) -> anyhow::Result<Vault>,
) -> anyhow::Result<House> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("making the data folder {}", config.data.display()))?;
    let lock = if alone { Some(lock(config)?) } else { None };
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
    let vault = vault(config, &db).await.context("opening the key file")?;
    let random = Arc::new(SystemRandom);
    let documents = documents(config, vault.clone(), random.clone()).context("opening the documents")?;
    let cx = Cx::new(Parts {
        db,
        documents,
        vault,
        clock: clock.clone(),
        random,
        library,
        renderer: Arc::new(|document| {
            keyline_report_pdf::child::render_in_child(document).map_err(|error| error.to_string())
        }),
        files: files()?,
        mailer: mailer(config)?,
        settings: Settings {
            public_address: config.address(),
            published: config.data.join("published"),
            exit_address: config.exit_address.clone(),
            invitation_days: config.invitation_days,
            idle_hours: config.idle_hours,
            address_header: config.address_header.clone(),
            antivirus: config.antivirus.clone(),
        },
    });
    if alone {
        // What a full disk or the like refuses here is worth a line in the log and not a server that does not start.
        if let Err(error) = clear_up(&cx, config).await {
            eprintln!(
                "keyline: what was left by a process that was cut off could not be cleared up: {error:#}"
            );
        }
    }
    Ok(House { cx, clock, _lock: lock })
}

// After a power cut: half-written files go, and jobs that a worker had claimed need not wait for their ten minutes.
async fn clear_up(cx: &Cx, config: &Config) -> anyhow::Result<()> {
    for file in std::fs::read_dir(&config.data)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with(BESIDE) {
            std::fs::remove_file(file.path())?;
        }
    }
    cx.documents.clear_up()?;
    write_publication::clear_up(&cx.settings.published)?;
    if jobs::claimed(&mut cx.db.read().await?).await? {
        let mut tx = cx.db.begin_apart().await?;
        jobs::give_back(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Holds the data folder for one process alone, as long as the file is kept.
pub(crate) fn lock(config: &Config) -> anyhow::Result<File> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("making the data folder {}", config.data.display()))?;
    let path = config.data.join("lock");
    let file = File::create(&path).with_context(|| format!("making {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another Keyline is using the data folder {}: stop it first, or name another folder with --data",
            config.data.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).context("locking the data folder"),
    }
}
