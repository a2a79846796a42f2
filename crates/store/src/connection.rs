//! Opening a database, reading from it, and the unit of work.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{
    Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
};
use tokio::sync::Notify;

use crate::error::{Error, Result};
use crate::migrate::{self, Engine};
use crate::voices::answers::Writer;

/// A database, with its pools. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pools: Pools,
    commits: Arc<Commits>,
    wake: Arc<Notify>,
    answers: Option<Arc<OnceLock<Writer>>>,
}

/// How many commits there have been.
#[derive(Debug)]
struct Commits {
    all: AtomicU64,
    verbs: AtomicU64,
}

#[derive(Debug, Clone)]
enum Pools {
    // One writer keeps SQLITE_BUSY away; readers see the last commit through the write-ahead log.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

/// A borrowed connection of either engine.
#[derive(Debug)]
pub enum Link<'a> {
    /// SQLite.
    Sqlite(&'a mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'a mut PgConnection),
}

/// Something that can be read from: a [`Reader`] or a [`Tx`].
pub trait Source: Send {
    /// The connection behind it.
    fn link(&mut self) -> Link<'_>;
}

/// A connection for reading.
#[derive(Debug)]
pub enum Reader {
    /// SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// PostgreSQL.
    Postgres(PoolConnection<Postgres>),
}

impl Source for Reader {
    fn link(&mut self) -> Link<'_> {
        match self {
            Self::Sqlite(c) => Link::Sqlite(c),
            Self::Postgres(c) => Link::Postgres(c),
        }
    }
}

/// The unit of work: nothing is saved until [`Tx::commit`]; dropped, everything is undone.
///
/// Writers follow one another on both engines: SQLite has one writer, and on PostgreSQL a unit of work takes the
/// row of the audit head first. So what a verb has read cannot change before it commits.
#[derive(Debug)]
pub struct Tx {
    inner: TxInner,
    commits: Arc<Commits>,
    wake: Arc<Notify>,
    enqueued: bool,
    apart: bool,
}

/// Counts a commit when it is dropped.
#[derive(Debug)]
struct Counted {
    commits: Arc<Commits>,
    apart: bool,
}

impl Drop for Counted {
    fn drop(&mut self) {
        if !self.apart {
            self.commits.verbs.fetch_add(1, Ordering::Release);
        }
        self.commits.all.fetch_add(1, Ordering::Release);
    }
}

#[derive(Debug)]
enum TxInner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Source for Tx {
    fn link(&mut self) -> Link<'_> {
        match &mut self.inner {
            TxInner::Sqlite(t) => Link::Sqlite(t),
            TxInner::Postgres(t) => Link::Postgres(t),
        }
    }
}

impl Tx {
    /// Saves everything, durably.
    ///
    /// # Errors
    /// When the database cannot; then nothing was saved.
    pub async fn commit(self) -> Result<()> {
        // Counted when this function is left, in whatever way: a visitor who hangs up may cut it short after the
        // database has been told to commit.
        let _counted = Counted { commits: self.commits, apart: self.apart };
        match self.inner {
            TxInner::Sqlite(t) => t.commit().await?,
            TxInner::Postgres(t) => t.commit().await?,
        }
        if self.enqueued {
            self.wake.notify_waiters();
        }
        Ok(())
    }

    /// The clause that passes over rows another worker has taken; SQLite's single writer needs none.
    pub(crate) fn skip_locked(&self) -> &'static str {
        match self.inner {
            TxInner::Sqlite(_) => "",
            TxInner::Postgres(_) => " FOR UPDATE SKIP LOCKED",
        }
    }

    pub(crate) fn mark_enqueued(&mut self) {
        self.enqueued = true;
    }
}

impl Db {
    /// Opens a SQLite file, making it if need be, and brings it up to date. Commits are durable (`synchronous=FULL`).
    ///
    /// # Errors
    /// When the file cannot be opened or a migration fails.
    pub async fn open_sqlite(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .busy_timeout(Duration::from_secs(30))
            .statement_cache_capacity(300);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            // When the disk is full, SQLite may end a transaction by itself, and the driver goes on counting it as open:
            // such a connection could never begin another one, so it is opened anew.
            .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
            .acquire_timeout(Duration::from_mins(1))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        migrate::run_sqlite(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .min_connections(1)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_mins(1))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self::of(Pools::Sqlite { writer, readers }))
    }

    /// Opens a PostgreSQL database and brings it up to date.
    ///
    /// # Errors
    /// When it cannot be reached or a migration fails.
    pub async fn open_postgres(url: &str) -> Result<Self> {
        let options: PgConnectOptions = url.parse().map_err(Error::Database)?;
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_mins(1))
            .connect_with(options.statement_cache_capacity(300))
            .await?;
        migrate::run_postgres(&pool).await?;
        Ok(Self::of(Pools::Postgres(pool)))
    }

    fn of(pools: Pools) -> Self {
        Self {
            pools,
            commits: Arc::new(Commits { all: AtomicU64::new(1), verbs: AtomicU64::new(1) }),
            wake: Arc::new(Notify::new()),
            answers: Some(Arc::default()),
        }
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// When none is to be had.
    pub async fn read(&self) -> Result<Reader> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Reader::Sqlite(readers.acquire().await?),
            Pools::Postgres(pool) => Reader::Postgres(pool.acquire().await?),
        })
    }

    /// Begins a unit of work. Only the operations and the jobs do.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin(&self) -> Result<Tx> {
        let mut tx = self.begin_apart().await?;
        tx.apart = false;
        if let Link::Postgres(c) = tx.link() {
            sqlx::query("SELECT sequence FROM audit_head WHERE one = 1 FOR UPDATE").execute(c).await?;
        }
        Ok(tx)
    }

    /// Begins a unit of work that does not wait for the others: for anonymous answers, which are in no
    /// audit entry and change nothing that a verb reads.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin_apart(&self) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { writer, .. } => TxInner::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => TxInner::Postgres(pool.begin().await?),
        };
        let (commits, wake) = (self.commits.clone(), self.wake.clone());
        Ok(Tx { inner, commits, wake, enqueued: false, apart: true })
    }

    /// The one writer of anonymous answers, started when it is first wanted.
    pub fn answers(&self) -> Writer {
        match &self.answers {
            Some(cell) => cell.get_or_init(|| Writer::start(self)).clone(),
            None => Writer::start(self),
        }
    }

    /// The same database without its writer of answers: what the writer itself holds.
    pub(crate) fn without_writer(&self) -> Self {
        Self { answers: None, ..self.clone() }
    }

    /// Grows with every commit of this process: what was computed at one generation is true until the next.
    pub fn generation(&self) -> u64 {
        self.commits.all.load(Ordering::Acquire)
    }

    /// Grows with every commit of this process but those of anonymous answers ([`Db::begin_apart`]): for what no answer
    /// changes.
    pub fn verbs(&self) -> u64 {
        self.commits.verbs.load(Ordering::Acquire)
    }

    /// Resolves when a job has been enqueued by this process.
    pub async fn enqueued(&self) {
        self.wake.notified().await;
    }

    /// Closes the pools; SQLite folds its write-ahead log back.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
