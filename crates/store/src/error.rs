//! What can go wrong in the store.

/// Result of the store.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of the store. `Display` does not repeat the source.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else saved in between.
    #[error("the row was changed by somebody else in the meantime")]
    Stale,
    /// A constraint that says "only one of these" was hit.
    #[error("there is one already: {0}")]
    Exists(String),
    /// A row that makes no sense.
    #[error("table {table}, column {column}, row {id}: `{found}` cannot be read")]
    Inconsistent {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
        /// Id of the row.
        id: String,
        /// What stood there.
        found: String,
    },
    /// No room on the disk: nothing was written.
    #[error("the disk is full")]
    Full,
    /// A document is not where its address says, or was changed.
    #[error("document {0} is missing")]
    Document(String),
    /// The object store does not answer, or not as it should.
    #[error("the object store does not answer as it should")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The scanner for malicious software is away, or cannot scan this; what it said.
    #[error("the scanner for malicious software did not scan: {0}")]
    Scanner(String),
    /// The sealed value cannot be opened with this key.
    #[error("a sealed value cannot be opened")]
    Sealed,
    /// The key file is there and holds no key.
    #[error("the key file does not hold a key of 64 hexadecimal digits: put it back from its backup")]
    NoKey,
    /// The database.
    #[error("the database answered with an error")]
    Database(#[source] sqlx::Error),
    /// The file system.
    #[error("the file system answered with an error")]
    Disk(#[source] std::io::Error),
    /// A migration.
    #[error("the database could not be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// JSON in a column.
    #[error("a stored value is not the JSON it should be")]
    Json(#[from] serde_json::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(db) = &error {
            if db.is_unique_violation() {
                return Self::Exists(db.constraint().unwrap_or_else(|| db.message()).to_owned());
            }
            // SQLITE_FULL; PostgreSQL's disk_full
            if matches!(db.code().as_deref(), Some("13" | "53100")) {
                return Self::Full;
            }
        }
        Self::Database(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        // One of ours that went through a reader of bytes.
        let error = match error.downcast::<Self>() {
            Ok(ours) => return ours,
            Err(error) => error,
        };
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Disk(error),
        }
    }
}
